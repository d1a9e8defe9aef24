"""Variables and words for single editions: one manuscript for several customers, languages and editions."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import Publish, laid_out, read

from pressroom import cli
from pressroom.errors import PressroomError, Severity
from pressroom.preflight import words_lost
from pressroom.production.order import Order
from pressroom.production.reading import read as read_publication
from pressroom.publication.variables import MOST_LETTERS, settled
from pressroom.settings import read_settings

TWO = "title: T\nlanguage: en\neditions:\n  ebook: {format: epub}\n  print: {format: pdf, trim: a5}\n"


def text_of(root: Path, edition: str = "ebook") -> str:
    """The text of the first chapter as an edition shows it."""
    composition = laid_out(read_publication(Order(root)).edition(edition))
    (unit,) = (unit for unit in composition.units if unit.source == "book/a.md")
    return re.sub(r"\s+", " ", "".join(unit.document.root.itertext()))


def grave(root: Path) -> list[str]:
    found = read_publication(Order(root)).findings
    return [f"{f.place.line}:{f.place.column} {f.id}" for f in found if f.severity is not Severity.ADVICE]


EVERYWHERE = """\
---
subtitle: For {{ client }}
---

# {{ client }} and more

Text of {{client}}, *{{ client }}*, `{{ client }}`, \\{\\{ client \\}\\}.[^1]

| Name |
|---|
| in a cell: {{ client }} |

![The roof of {{ client }}]()
A caption: {{ client }}.

::: sidebar A box: {{ client }}
Words.
:::

<div>in HTML: {{ client }}</div>

[^1]: In a note: {{ client }}.
"""


def test_variables_are_filled_in_wherever_text_is(publication: Publish) -> None:
    settings = TWO.replace("title: T", 'title: "For {{ client }}"\nvariables: {client: "Vale & <Sons> 1*"}')
    root = publication({"book/a.md": EVERYWHERE}, settings=settings)
    name = "Vale & <Sons> 1*"
    shown = text_of(root)
    assert f"{name} and more" in shown
    assert f"For {name}" in shown
    for place in ("Text of", "in a cell:", "A caption:", "A box:", "in HTML:", "In a note:"):
        assert f"{place} {name}" in shown, place
    assert f"Text of {name}, {name}, {{{{ client }}}}, {{{{ client }}}}." in shown  # code and escaped braces stay
    publication_ = read(root).publication
    assert publication_.settings.title == f"For {name}"
    ((_, figure),) = publication_.figures()
    assert figure.alt == f"The roof of {name}"
    assert grave(root) == ["13:1 photo-to-come"]


@pytest.mark.parametrize("address", ["{{url}}", "{{ url }}", "{{ url }}/", "https://{{ host }}/", "<{{ url }}>"])
def test_an_address_may_be_a_variable(publication: Publish, address: str) -> None:
    given = "variables: {url: https://example.org, host: example.org}\n"
    root = publication({"book/a.md": f"# A\n\nSee [the {{{{ host }}}}]({address}).\n"}, TWO + given)
    (unit,) = (
        each for each in laid_out(read_publication(Order(root)).edition("ebook")).units if each.source == "book/a.md"
    )
    (link,) = unit.document.root.iter("{*}a")
    assert ("".join(link.itertext()), link.get("href").rstrip("/")) == (
        "the example.org",
        "https://example.org",
    )
    assert grave(root) == []


@pytest.mark.parametrize(
    ("definition", "address"),
    [
        ("[site]: {{ url }}", "https://example.org"),
        ("[site]: {{url}}/mills?a=1", "https://example.org/mills?a=1"),
        ('[site]: https://{{ host }}/a "A title"', "https://example.org/a"),
        ("[site]: <{{ url }}/b>", "https://example.org/b"),
        ("[site]:\n  {{ url }}", "https://example.org"),
        ("> [site]: {{ url }}\n> [other]: {{ url }}", "https://example.org"),
    ],
)
def test_the_address_of_a_definition_may_be_a_variable(publication: Publish, definition: str, address: str) -> None:
    given = "variables: {url: https://example.org, host: example.org}\n"
    text = f"# A\n\nSee [the mill][site] and [more]( {{{{ url }}}}).\n\n{definition}\n\n    [code]: {{{{ url }}}}\n"
    manuscript = read_publication(Order(publication({"book/a.md": text}, settings=TWO + given)))
    assert manuscript.findings == ()
    composition = laid_out(manuscript.edition("print"))
    assert [*words_lost(composition)] == []
    written = "".join(unit.document.text for unit in composition.units)
    assert f'<a href="{address}"' in written
    assert "[code]: {{ url }}" in written


def test_an_address_with_an_unknown_variable_is_told_as_one(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\nSee [the mill]({{ site.url }}/mill).\n"}, TWO)
    assert {each.split()[1] for each in grave(root)} <= {"link-unread", "template-unread"}


def test_values_may_name_other_variables(publication: Publish) -> None:
    settings = TWO + 'variables: {first: Ann, name: "{{ first }} Doe", whole: "Dr {{ name }}"}\n'
    assert "By Dr Ann Doe." in text_of(publication({"book/a.md": "# A\n\nBy {{ whole }}."}, settings=settings))


def test_photos_yaml_has_variables(publication: Publish) -> None:
    files = {"book/a.md": "# A\n\n![Alt](x.jpg)\n", "book/photos.yaml": 'x.jpg: {caption: "At {{ town }}."}\n'}
    root = publication(files, settings=TWO + "variables: {town: Goris}\n")
    assert "At Goris." in text_of(root)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ('{a: "{{ a }}"}', ["variable-loop"]),
        ('{a: "{{ b }}", b: "x {{ c }}", c: "{{ a }}"}', ["variable-loop"]),
        ('{town: Goris, a: "{{ twon }}"}', ["variable-unknown"]),
        ('{"a b": x}', ["value-wrong"]),
        ("{a: [x]}", ["value-wrong"]),
        ("[a]", ["value-wrong"]),
    ],
)
def test_variables_without_a_value_are_errors(publication: Publish, variables: str, expected: list[str]) -> None:
    with pytest.raises(PressroomError) as fault:
        read_settings(publication(settings=f"{TWO}variables: {variables}\n"))
    assert [f.id for f in fault.value.findings] == expected
    assert fault.value.findings[0].place.line == 6


@pytest.mark.slow
def test_a_chain_of_ten_thousand_variables_is_settled() -> None:
    chain = {f"v{n}": f"{{{{ v{n + 1} }}}}" for n in range(10_000)} | {"v10000": "end"}
    made = settled(chain)
    assert made.values["v0"] == "end"
    assert made.looping == []


def test_values_that_name_others_again_and_again_are_cut_off(publication: Publish) -> None:
    bomb = {"v0": "ha"} | {f"v{n + 1}": f"{{{{ v{n} }}}}" * 10 for n in range(30)}
    made = settled(bomb)
    assert max(map(len, made.values.values())) <= MOST_LETTERS
    with pytest.raises(PressroomError) as fault:
        read_settings(publication(settings=f"{TWO}variables: {json.dumps(bomb)}\n"))
    assert {f.id for f in fault.value.findings} == {"variable-long"}


def test_an_unknown_variable_is_reported_with_its_likely_name(publication: Publish) -> None:
    text = "# A\n\nFor {{ cleint }} and {{ client }}.\n\nAgain {{ cleint }}, and {{ other }}.\n"
    root = publication({"book/a.md": text}, settings=TWO + "variables: {client: Vale}\n")
    assert grave(root) == ["3:5 variable-unknown", "5:25 variable-unknown"]
    first = next(f for f in read(root).findings if f.id == "variable-unknown")
    assert "Did you mean “client”?" in first.remedy
    assert [place.line for place in first.also] == [5]


def test_yaml_that_begins_with_braces_wants_quotes(publication: Publish) -> None:
    with pytest.raises(PressroomError) as fault:
        read_settings(publication(settings="title: {{ client }}\nlanguage: en\nvariables: {client: Vale}\n"))
    assert any("quotes" in f.remedy for f in fault.value.findings)


def test_set_gives_a_variable_another_value(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\nFor {{ client }}."}, settings=TWO + "variables: {client: Vale}\n")
    manuscript = read_publication(Order(root, variables=(("client", "Hill & Co"),)))
    (unit,) = (u for u in laid_out(manuscript.edition("ebook")).units if u.source == "book/a.md")
    assert "For Hill &amp; Co." in unit.document.text


def test_set_of_an_unknown_name_is_a_fault_of_the_command(
    publication: Publish, capsys: pytest.CaptureFixture[str]
) -> None:
    root = publication(settings=TWO + "variables: {client: Vale}\n")
    assert cli.main(["check", "--root", str(root), "--set", "cleint=X"]) == 2
    assert "Did you mean “client”?" in capsys.readouterr().out
    assert cli.main(["check", "--root", str(root), "--set", "client=X"]) == 0


# ---- words for single editions

ONLY = """\
# A [in print]{.only edition=print}

Buy it [in a shop]{.only edition=print} [*online*]{.only edition=ebook}, now.
"""


@pytest.mark.parametrize(
    ("edition", "expected"), [("ebook", "Buy it online, now."), ("print", "Buy it in a shop, now.")]
)
def test_words_for_one_edition_are_shown_in_it_alone(publication: Publish, edition: str, expected: str) -> None:
    root = publication({"book/a.md": ONLY}, settings=TWO)
    assert expected in text_of(root, edition)
    assert ("A in print" in text_of(root, edition)) is (edition == "print")
    assert grave(root) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Buy it [here]{.only edition=print}[online]{.only edition=ebook}, now.", "Buy it online, now."),
        ("[In print]{.only edition=print} it is.", "it is."),
        ("It is *here* [in print]{.only edition=print}.", "It is here."),
        ("It is ([in print]{.only edition=print}) here [in print]{.only edition=print}", "It is () here"),
        ("One[ two]{.only edition=print} three [*four* [five](#x)]{.only edition=print}, six.", "One three, six."),
    ],
)
def test_no_space_is_left_and_none_is_lost_around_words_of_another_edition(
    publication: Publish, typed: str, expected: str
) -> None:
    root = publication({"book/a.md": f"# A {{#x}}\n\n{typed}\n"}, settings=TWO)
    assert text_of(root).rstrip().endswith(expected)


def test_contents_show_no_words_of_single_editions(publication: Publish) -> None:
    (chapter,) = read(publication({"book/a.md": ONLY}, settings=TWO)).publication.chapters()
    assert chapter.title == "A"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("[words]{.only edition=prnit}", "3:8 edition-unknown"),
        ("[words]{.only}", "3:8 edition-unknown"),
        ("[words[^1]]{.only edition=print}\n\n[^1]: Note.", "3:12 only-note"),
    ],
)
def test_words_for_no_edition_are_an_error(publication: Publish, typed: str, expected: str) -> None:
    assert grave(publication({"book/a.md": f"# A\n\n{typed}\n"}, settings=TWO)) == [expected]


def test_a_gallery_of_plain_text_has_variables_and_loses_no_word(publication: Publish) -> None:
    files = {"book/a.txt": "The mills of {{ town }}\n\nThey stood in {{ town }} until 1920.\n"}
    root = publication(files, settings=f"{TWO}variables: {{town: Goris}}\n")
    manuscript = read_publication(Order(root))
    [chapter] = manuscript.publication.chapters()
    assert chapter.title == "The mills of Goris"
    edition = next(iter(manuscript.publication.settings.editions))
    composition = laid_out(manuscript.edition(edition))
    assert [*words_lost(composition)] == []
    assert any("stood in Goris until" in unit.document.text for unit in composition.units)
