"""Conservation: a second reading of the sources, whose words are looked for in what is laid out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Publish, laid_out
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from pressroom.design import Composition
from pressroom.errors import Finding, Source
from pressroom.manuscript import plain_lines, words_of
from pressroom.preflight import words_lost
from pressroom.production.order import Order
from pressroom.production.reading import read as read_publication
from pressroom.xhtml import XhtmlDocument

EBOOK = "title: T\nlanguage: en\neditions:\n  ebook: {format: epub}\n"


def plainly(text: str) -> str:
    return " | ".join(" ".join(line.words) for line in plain_lines(Source("book/a.md", text)))


READINGS = {
    "tasks with numbers": ("1. [ ] One\n2. [x] Two", "one | two"),
    "an admonition beside the text": ('!!! note inline end "A title"\n    Words.', "a title | words"),
    "an admonition with a bare title": ("!!! note My title\n    Words.", "my title | words"),
    "the caption of a table in French": ("Tableau : Qui vient.", "qui vient"),
    "a note with a space before its colon": ("Mot[^1].\n\n[^1] : Une note.", "mot | une note"),
    "emphasis": ("It *was* __very__ l**a**te.", "it was very late"),
    "a link": (
        'See [the mill](mill.md#top "Title") and [more][m].\n\n[m]: https://example.org/words',
        "see the mill and more",
    ),
    "an address": ("At <https://example.org/mill>.", "at https example org mill"),
    "numbers times numbers": ("Prints of 13x18 cm and 5 x 7 in, 0x1F.", "prints of 13 18 cm and 5 7 in 0 1f"),
    "a picture": ("![Alt](my_(mill).jpg){.wide}\nThe caption.", "the caption"),
    "braces": ('## The mill {#mill .x}\n[Ann]{.index term="Doe"} {lost words}', "the mill | ann lost words"),
    "a comment": ("One <!-- two\nthree --> four.", "one | four"),
    "tags": ("A <b>b</b>c<br>d <Unknown x='1'>e</Unknown>", "a bc d e"),
    "guillemets": ("<<Oui>>", "oui"),
    "entities": ("A&nbsp;b &eacute;t&#233;", "a b été"),
    "a list": ("1. one\n2) two\n- [x] three", "one | two | three"),
    "a table": ("| A | B |\n|---|---|\n| c | d | e |", "a b | c d e"),
    "code": ("```python title\nx = a[b]\n```\n`y{z}`", "x a b | y z"),
    "a note": ("Text.[^1]\n\n[^1]: The note.\n\n    More.", "text | the note | more"),
    "a note that nothing calls": ("Text.\n\n[^1]: The note.\n\n    More.\n\nText.", "text | text"),
    "a box": ("::: sidebar The title {#id}\nText.\n:::", "the title | text"),
    "front matter": ("---\ntitle: X\n---\nText.", "text"),
    "commands of TeX as text": (r"Type \\int\_0\^1 and \\frac12 here.", "type 1 and here"),
    "escapes": ("\\*one\\* \\[two\\] $5 to $10", "one two 5 to 10"),
    "formulas": ("The area $\\pi r^2$ and $$\\frac{a}{b}$$ grow.", "the area and grow"),
    "formulas without a sign of TeX": (
        "Of $xy$, $a + b = c$ and $n$th: $5 for ten, $6 for two.",
        "of and th 5 for ten 6 for two",
    ),
    "equations": ("$$\nx\n$$ {#eq-x}\n\\begin{align}\nx \\begin{b} y \\end{b} z\n\\end{align}\nend", "end"),
    "citations": ("As [see @doe99, p. 3] and @roe say.", "as and say"),
    "citations with all signs": ("[see\n@a; -@{b_c}, 3] @doe.99 [p. 3] and -@{x_y} say.", "and say"),
    "a caption of a table": ("| A |\n|---|\n| b |\n\n: The *caption* [@x]. {#tab-x}", "a | b | the caption"),
    "an entity without its end": ("&copy2 and &copy; 3", "copy2 and 3"),
    "templates": ("{{ name }} {% hint %} words", "hint words"),
    "Obsidian": ("![[mill.jpg]] [[Page|words]] %%a remark%%", "words"),
    "letters without spaces": ("日本\n語", "日 本 | 語"),
    "hyphenation": ("Donau\u00addampf", "donaudampf"),
}


@pytest.mark.parametrize(("typed", "expected"), READINGS.values(), ids=READINGS)
def test_the_second_reading_takes_off_what_is_not_printed(typed: str, expected: str) -> None:
    assert plainly(typed) == expected


def test_words_of_one_edition_are_known() -> None:
    text = '::: only {edition="screen, print"}\nOne.\n::: sidebar\nTwo.\n:::\n:::\nThree.'
    lines = [(line.words, line.editions) for line in plain_lines(Source("book/a.md", text))]
    both = frozenset({"screen", "print"})
    assert lines == [(("one",), both), (("two",), both), (("three",), None)]


def test_a_note_that_only_a_title_of_a_box_calls_is_not_printed() -> None:
    typed = "::: sidebar The mill[^a]\nWords.\n:::\n\n[^a]: A note.\n"
    assert [each.words for each in plain_lines(Source("a.md", typed))] == [("the", "mill"), ("words",)]


def test_a_note_is_for_the_editions_that_call_it() -> None:
    text = "::: only {edition=print}\nOne.[^1]\n:::\nTwo.[^2]\n\n[^1]: Note.\n\n    More.\n\n[^2]: Other.\n\nEnd."
    lines = {" ".join(line.words): line.editions for line in plain_lines(Source("book/a.md", text))}
    paper = frozenset({"print"})
    assert lines == {"one": paper, "two": None, "note": paper, "more": paper, "other": None, "end": None}


def composed(root: Path) -> Composition:
    manuscript = read_publication(Order(root))
    return laid_out(manuscript.edition("ebook"))


def without(composition: Composition, words: str) -> Composition:
    """The composition as it would be if a template or a parser dropped these words."""
    units = (replace(u, document=XhtmlDocument(u.document.text.replace(words, ""))) for u in composition.units)
    return replace(composition, units=tuple(units))


def lost(findings: Sequence[Finding]) -> list[str]:
    return [f"{f.place.file}:{f.place.line} {f.id}" for f in findings]


CHAPTER = """\
# The mill

It stood *here* once, as [they](https://example.org "T") say.[^1]

![A mill](mill.jpg){credit="Ann Doe"}
The mill at dusk.

| A | B |
|---|---|
| gone | lost |

::: sidebar Terms
What a *sail* is.
:::

[^1]: So they say.
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("stood ", ["book/a.md:3 words-lost"]),
        ("gone", ["book/a.md:10 words-lost"]),
        ("So they say", ["book/a.md:16 words-lost"]),
        ("Terms", ["book/a.md:12 words-lost"]),
        ("dusk", ["book/a.md:6 words-lost"]),
        ("Ann Doe", ["book/a.md:5 words-lost"]),
    ],
)
@pytest.mark.slow
def test_a_word_that_is_lost_is_an_error_with_its_line(publication: Publish, words: str, expected: list[str]) -> None:
    composition = composed(publication({"book/a.md": CHAPTER}, settings=EBOOK))
    assert lost([*words_lost(composition)]) == []
    assert lost([*words_lost(without(composition, words))]) == expected


SCHOLARLY = """\
# The mill

As [see @doe.99, pp. 3--4] and @doe.99 [ch. 2] say of $xy$ and $a + b$, see @tab-x, [@eq-x, below] and @ann.

$$ E = mc^2 \\text{ of every mass} $$ {#eq-x}

| A | B |
|---|---|
| $5 for one | $6 for two |

Table: The prices, *all* of $n$ years. {#tab-x credit="Ann Doe"}

![Alt](a.jpg)
The area $x^2$ grows.
"""


@pytest.mark.slow
def test_formulas_and_citations_are_no_lost_words(publication: Publish) -> None:
    bib = "@book{doe.99, author={Doe, Jo}, title={Mills}, year={1999}}"
    root = publication(
        {"book/a.md": SCHOLARLY, "book/refs.bib": bib},
        settings=EBOOK + "  print: {format: pdf}\nchapters: [a.md, {generated: [tables, bibliography]}]\n"
        "bibliography: refs.bib\n",
    )
    for edition in ("ebook", "print"):
        composition = laid_out(read_publication(Order(root)).edition(edition))
        assert [finding.message for finding in words_lost(composition)] == []
        assert lost([*words_lost(without(composition, "years"))]) == ["book/a.md:11 words-lost"]


def test_one_finding_names_all_lines(publication: Publish) -> None:
    composition = composed(publication({"book/a.md": CHAPTER}, settings=EBOOK))
    (finding,) = words_lost(without(without(composition, "gone"), "sail"))
    assert "2 words" in finding.message
    assert "gone sail" in finding.message
    assert [place.line for place in finding.also] == [13]


def test_cells_beyond_the_head_of_a_table_are_not_lost(publication: Publish) -> None:
    """GitHub drops them."""
    from pressroom.production import check  # noqa: PLC0415 - the other tests need no conductor

    table = "# A\n\n| Place | People |\n|---|---|\n| Goris | 120 | FOUR WORDS ARE KEPT |\n"
    report = check(Order(publication({"book/a.md": table}, settings=EBOOK)))
    assert lost(report.findings) == ["book/a.md:3 table-cells"]
    assert report.ok


PIECES = (
    "Words of {0}, *{1}* and **{2}**.",
    "## {0} {1}",
    "- {0}\n- {1}\n  1. {2}",
    "> {0} {1}\n> — {2}",
    "| {0} | {1} |\n|---|--:|\n| {2} | 12 |",
    "```python\n{0} = {1}[{2}]\n```",
    "![{0}](photo.jpg){{.wide}}\n{1}, “{2}”.",
    "::: sidebar {0}\n{1} {2}\n:::",
    "::: only {{edition=print}}\n{0}\n:::\n\n{1} {2}",
    "{0}\n: {1}\n: {2}",
    "Of {0}[^n{3}] once.\n\n[^n{3}]: {1} *{2}*.",
    '<div class="x">\n{0} <b>{1}</b>{2}\n</div>',
    '[{0}](https://example.org/x_y "t") [{1}]{{.index term="{2}"}}',
    "{0} --- {1}... \"{2}\" 'n' 5'6\" 1990-2000",
    "{0}\\\n{1}<br>{2} &amp; \\*no\\* `a_{{b}}`",
)
WORD = some.text("abcdefgéäøčабвЖ", min_size=3, max_size=9)


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(some.lists(some.tuples(some.sampled_from(PIECES), WORD, WORD, WORD), min_size=1, max_size=8), some.data())
def test_no_word_of_any_manuscript_is_lost_and_any_loss_is_found(
    publication: Publish, pieces: list[tuple[str, str, str, str]], data: some.DataObject
) -> None:
    blocks = [piece.format(*words, n) for n, (piece, *words) in enumerate(pieces)]
    text = "# Title\n\nBeginning of all.\n\n" + "\n\n".join(blocks) + "\n"
    composition = composed(publication({"book/a.md": text}, settings=EBOOK + "  print: {format: pdf}\n"))
    assert [finding.message for finding in words_lost(composition)] == []
    (unit,) = (unit for unit in composition.units if unit.source == "book/a.md")
    shown = [*re.finditer(r">[^<>]*?(\b[a-zа-яéäøčЖ]{3,}\b)", unit.document.text.partition("<body")[2])]
    word = data.draw(some.sampled_from([match[1] for match in shown]))
    broken = XhtmlDocument(unit.document.text.replace(f"{word}", "", 1))
    if word in words_of(" ".join(re.sub(r"<[^>]*>", " ", broken.text).split())):
        return  # it stands there twice
    units = tuple(replace(each, document=broken) if each is unit else each for each in composition.units)
    others = " ".join(re.sub(r"<[^>]*>", " ", each.document.text) for each in units if each is not units[-1])
    if word in plainly(text).split() and word not in words_of(others):
        assert [f.id for f in words_lost(replace(composition, units=units))][:1] == ["words-lost"]


@pytest.mark.slow
def test_of_two_hundred_thousand_words_none_is_called_lost(publication: Publish) -> None:
    composition = composed(publication(settings=EBOOK))
    paragraph = "Some *fifty* words of [plain](https://example.org) prose, said she, and no more than these here. "
    text = "# A\n\n" + (paragraph * 3 + "\n\n") * 4_000
    (unit,) = (unit for unit in composition.units if unit.source == "book/a.md")
    printed = (
        "<p>" + "Some <em>fifty</em> words of <a>plain</a> prose, said she, and no more than these here. " * 3 + "</p>"
    )
    page = unit.document.text.replace("Text.", printed * 4_000)
    units = tuple(replace(u, document=XhtmlDocument(page)) if u is unit else u for u in composition.units)
    sources = (Source("book/a.md", text),)
    book = replace(composition, units=units, publication=replace(composition.publication, sources=sources))
    assert len(words_of(text)) > 200_000
    assert [*words_lost(book)] == []
