"""Citations: what is read as one, how styles set it, the list of works, and bibliographies of others."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdfium2
import pytest
from conftest import Publish, ids, lines, read

from pressroom import production
from pressroom.manuscript.citing import CitedWork, Citing, citations_in
from pressroom.manuscript.markup import parse
from pressroom.publication import Prose

KEYS = Citing({"smith2020", "doe:99", "x_y"})
HEAD = "title: T\nlanguage: en\nchapters: [a.md, {generated: [bibliography]}]\nbibliography: refs.bib\n"
BIB = """@string{nat = "Nature"}
@article{smith2020, author = {Smith, Ann B. and M{\\"u}ller, Jo}, title = {A {NASA} Title \\& <more>},
  journal = nat # " Journal", year = 2020, month = mar, pages = {1--10}, volume = 5}
@book{who19, author = {{World Health Organization}}, title = {Fine}, subtitle = {And more}, date = {2019-05-06},
  location = {Paris}, publisher = {Press}, url = {https://x.org/a_b}}
@book{smithb, author = {Smith, Ann B. and M{\\"u}ller, Jo}, title = {Another}, year = {2020}, publisher = {P}}
"""
STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="{kind}" version="1.0">
<info><title>T</title><id>t</id></info>
<citation><layout prefix="{open}" suffix="{close}" delimiter="; ">{cite}</layout></citation>
<bibliography><layout>{cite}<text variable="title" prefix=" "/></layout></bibliography></style>"""
NAME = '<names variable="author"><name form="short"/></names>'
NOTES = STYLE.format(kind="note", open="", close=".", cite=f'{NAME}<text variable="locator" prefix=", "/>')
NUMBERS = STYLE.format(kind="in-text", open="[", close="]", cite='<text variable="citation-number"/>')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@smith2020]", [[CitedWork("smith2020")]]),
        (
            "[see @smith2020, pp. 33-35, and more; -@doe:99, ch. 2]",
            [
                [
                    CitedWork("smith2020", "see", ", and more", "page", "33-35"),
                    CitedWork("doe:99", label="chapter", locator="2", is_suppressed=True),
                ]
            ],
        ),
        ("@smith2020 says [@x_y, S. 5]", [[CitedWork("smith2020")], [CitedWork("x_y", label="page", locator="5")]]),
        ("[@x_y, pp. 3--5 and more]", [[CitedWork("x_y", suffix="and more", label="page", locator="3–5")]]),
        ("[see\n@x_y,\np. 3]", [[CitedWork("x_y", "see", label="page", locator="3")]]),
        ("@smith2020 [p. 3] says.", [[CitedWork("smith2020", label="page", locator="3")]]),
        ("(@doe:99), @{x_y}.", [[CitedWork("doe:99")], [CitedWork("x_y")]]),
        ("[@smith2020, emphasis mine]", [[CitedWork("smith2020", suffix=", emphasis mine")]]),
        (
            "[@smith2020, left; @x_y, I think]",
            [[CitedWork("smith2020", suffix=", left"), CitedWork("x_y", suffix=", I think")]],
        ),
        (
            "[@x_y, xii] -@x_y",
            [[CitedWork("x_y", label="page", locator="xii")], [CitedWork("x_y", is_suppressed=True)]],
        ),
        (
            "[@x_y, {pp. iv, vi-xi} and more; @doe:99, {ch. A}; @doe:99, {A 2} so]",
            [
                [
                    CitedWork("x_y", "", "and more", "page", "iv, vi-xi"),
                    CitedWork("doe:99", label="chapter", locator="A"),
                    CitedWork("doe:99", suffix=", A 2 so"),
                ]
            ],
        ),
        ("a@b.org, [mail me@x.org], [a @ b], `[@x_y]`, \\@x_y, \\[@x_y\\]", [[CitedWork("x_y")]]),
    ],
)
def test_citations_are_read_as_pandoc_writes_them(text: str, expected: list[list[CitedWork]]) -> None:
    assert [list(node.meta["works"]) for node in citations_in([parse(text, known=KEYS)])] == expected


def cited(
    publication: Publish, text: str, more: str = "", files: dict[str, str] | None = None
) -> tuple[str, list[str], Path]:
    root = publication({"book/a.md": f"# A\n\n{text}\n", "book/refs.bib": BIB, **(files or {})}, HEAD + more)
    shown = read(root)
    [chapter] = shown.publication.chapters()
    blocks = [block.xhtml for block in chapter.blocks if isinstance(block, Prose)]
    notes = [note.xhtml for note in chapter.notes]
    words = re.sub(r"<[^>]*>", "", "\n".join([*blocks, *notes]))
    return words, [line for line in lines(shown.findings) if "work-uncited" not in line], root


@pytest.mark.slow
def test_citations_and_the_list_of_works_are_set_in_the_style(publication: Publish) -> None:
    text = "As [see @smith2020, pp. 3-5; @who19] says. @smithb [p. 7], too; [-@who19] is bare."
    words, found, root = cited(publication, text)
    assert found == []
    assert words == (
        "As (World Health Organization, 2019; see Smith and Müller, 2020a, pp. 3–5) says. "
        "Smith and Müller (2020b, p. 7), too; (2019) is bare."
    )
    works = read(root).publication.works
    assert [re.sub("<[^>]*>", "", work.xhtml) for work in works] == [
        "Smith, A.B. and Müller, J. (2020a) “A NASA Title &amp; &lt;more&gt;”, Nature Journal, 5, pp. 1–10.",
        "Smith, A.B. and Müller, J. (2020b) Another. P.",
        "World Health Organization (2019) Fine: And more. Paris: Press. Available at: https://x.org/a_b.",
    ]
    assert [work.cited_at for work in works] == [("c-a-cite-1",), ("c-a-cite-2",), ("c-a-cite-1", "c-a-cite-3")]


def test_emphasis_around_a_work_is_set(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\n[*cf.* @who19, and _pass_im, **x**]\n", "book/refs.bib": BIB}, HEAD)
    (chapter,) = read(root).publication.chapters()
    (text,) = [block.xhtml for block in chapter.blocks if isinstance(block, Prose)]
    assert "<i>cf.</i>" in text
    assert "and _pass_im, <b>x</b>" in text


def test_links_lead_to_the_work_and_have_the_role_of_one(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\n[@who19]", "book/refs.bib": BIB}, HEAD)
    [chapter] = read(root).publication.chapters()
    assert (
        '<a class="cited" epub:type="biblioref" role="doc-biblioref" href="#bibliography--who19">'
        in chapter.blocks[0].xhtml
    )  # type: ignore[union-attr]


def test_a_style_of_numbers_counts_in_the_order_of_the_text(publication: Publish) -> None:
    files = {"book/numbers.csl": NUMBERS}
    words, found, _ = cited(publication, "[@who19] and [@smithb; @who19].", "citation_style: numbers.csl\n", files)
    assert found == []
    assert words == "[1] and [1; 2]."


def test_a_style_of_notes_has_citations_in_notes_and_none_in_a_note(publication: Publish) -> None:
    files = {"book/notes.csl": NOTES}
    text = "One.[@who19, 5] Own.[^1] @smithb says. Inline.^[See [@smith2020].]\n\n[^1]: In it [@smithb]."
    words, found, _ = cited(publication, text, "citation_style: notes\n", files)
    assert found == []
    first, *notes = words.split("\n")
    assert first == "One.1 Own.2 Smith &amp; Müller3 says. Inline.4"
    assert notes == ["World Health Organization, 5.", "In it Smith, Müller..", "Smith, Müller.", "See Smith, Müller.."]


def test_references_may_be_written_as_citations(publication: Publish) -> None:
    words, found, _ = cited(publication, "See @eq-x and [@eq-x]. @eq-x\n\n$$x$$ {#eq-x}\n\nMail @friend.")
    assert found == []
    assert words.startswith("See equation 1 and equation 1. Equation 1")
    assert words.endswith("Mail @friend.")


def test_what_nothing_has_is_told_with_what_may_be_meant(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\n[@smith202; @who19], @smth2020, @fig-no.", "book/refs.bib": BIB}, HEAD)
    found = [finding for finding in read(root).findings if finding.severity == "error"]
    assert lines(found) == [
        "book/a.md:3:1 error citation-unknown",
        "book/a.md:3:22 error citation-unknown",
        "book/a.md:3:33 error reference-dead",
    ]
    assert [finding.remedy for finding in found[:2]] == ["Did you mean “smith2020”?"] * 2


def test_a_citation_without_a_bibliography_is_told(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\nAs [@smith2020] says to @friend."})
    shown = read(root)
    assert lines(shown.findings) == ["book/a.md:3:4 warning citation-unread"]
    [chapter] = shown.publication.chapters()
    assert chapter.blocks[0].xhtml == "<p>As [@smith2020] says to @friend.</p>"  # type: ignore[union-attr]


def test_a_title_in_lists_has_no_citation_and_no_space_in_its_place(publication: Publish) -> None:
    text = "# Mills [@who19], and @smithb: $x^2$\n\n[@who19] [@smithb]"
    [chapter] = read(publication({"book/a.md": text, "book/refs.bib": BIB}, HEAD)).publication.chapters()
    assert chapter.title == "Mills, and Smith and Müller (2020): x²"
    [chapter] = read(publication({"book/a.md": "# Mills [@who19].\n\nText."})).publication.chapters()
    assert chapter.title == "Mills [@who19]."


def test_captions_in_photos_yaml_cite_in_the_line(publication: Publish) -> None:
    files = {"book/a.md": "# A\n\nText.\n\n![Alt](a.jpg)", "book/refs.bib": BIB, "book/notes.csl": NOTES}
    files["book/photos.yaml"] = "a.jpg: {caption: 'The mill [@who19, 5].'}\n"
    shown = read(publication(files, HEAD + "citation_style: notes\n"))
    [chapter] = shown.publication.chapters()
    caption = chapter.blocks[1].caption.xhtml  # type: ignore[union-attr]
    assert re.sub("<[^>]*>", "", caption) == "The mill World Health Organization, 5.."
    assert not chapter.notes
    assert [line for line in lines(shown.findings) if "work-uncited" not in line] == []


def test_a_place_that_is_named_like_a_work_is_no_leftover(publication: Publish) -> None:
    shown = read(publication({"book/a.md": "# A\n\nSee [@bridge].\n\n## The bridge {#bridge}\n\nText."}))
    assert lines(shown.findings) == []


def test_works_that_nothing_cites_are_told_once(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\n[@who19]", "book/refs.bib": BIB}, HEAD)
    [finding] = [finding for finding in read(root).findings if finding.id == "work-uncited"]
    assert "2 of 3 works are cited nowhere" in finding.message


def test_citations_that_lead_to_no_list_are_told(publication: Publish) -> None:
    root = publication(
        {"book/a.md": "# A\n\n[@who19]", "book/refs.bib": BIB}, HEAD.replace(", {generated: [bibliography]}", "")
    )
    assert "bibliography-unlisted" in ids(read(root).findings)


def test_bibliographies_may_be_csl_json(publication: Publish) -> None:
    works = [
        {"id": "Doe", "type": "webpage", "title": "A & B", "author": [{"family": "Doe", "given": "J."}], "custom": {}},
        {"id": 7, "title": "Untyped", "issued": {"raw": "2019"}, "author": "wrong"},
    ]
    files = {"book/refs.bib": "", "book/more.json": json.dumps(works)}
    root = publication({"book/a.md": "# A\n\n[@Doe] [@7]", **files}, HEAD.replace("refs.bib", "[refs.bib, more.json]"))
    shown = read(root)
    assert lines(shown.findings) == []
    assert any("<i>A &amp; B</i>" in work.xhtml for work in shown.publication.works)


@pytest.mark.parametrize(
    ("bib", "found"),
    [
        ("@book{a, title={x}}\n@book{a, title={y}}", ["book/refs.bib:2:1 warning key-twice"]),
        ("@book{a, title={x\n@book{b, title={y}}", ["book/refs.bib:1:1 warning entry-unread"]),
        ("@book{a, title={x}, title={y}}", ["book/refs.bib:1:1 warning entry-unread"]),
        ("@book{a, title=" + "{" * 100 + "}" * 100 + "}", []),
        ("@book{a, title=" + "{" * 102 + "}" * 102 + "}", ["book/refs.bib:1:1 warning entry-unread"]),
        ("@book{a, title=" + "{" * 3000 + "}" * 3000 + "}", ["book/refs.bib:1:1 warning entry-unread"]),
        ('@string{a = "x"}\n' + "".join(f"@string{{a{n} = a # a # a}}\n" for n in range(40)), []),
        ("no bibliography at all", []),
        ("\0", []),
    ],
    ids=["key twice", "open brace", "field twice", "100 braces", "102 braces", "3,000 braces", "bomb", "prose", "NUL"],
)
@pytest.mark.slow
def test_faults_of_a_bibliography_are_told_and_the_rest_is_read(
    publication: Publish, bib: str, found: list[str]
) -> None:
    root = publication({"book/a.md": "# A\n\n[@ok]", "book/refs.bib": f"{bib}\n@book{{ok, title={{Fine}}}}\n"}, HEAD)
    shown = read(root)
    assert [line for line in lines(shown.findings) if "work-uncited" not in line] == found


@pytest.mark.parametrize("name", ["none.bib", "../../secret.bib", "wrong.json", "list.json", "latin.bib", "large.bib"])
@pytest.mark.slow
def test_a_bibliography_that_cannot_be_read_is_told(publication: Publish, name: str) -> None:
    files: dict[str, str | bytes] = {"book/a.md": "# A\n\nText."}
    files |= {
        "book/wrong.json": "{",
        "book/list.json": "[1]",
        "book/latin.bib": b"\xe9",
        "book/large.bib": b" " * 10_000_001,
    }
    assert ids(read(publication(files, HEAD.replace("refs.bib", name))).findings) == ["bibliography-unread"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("<style/>", "style-unread"),
        ("not XML", "style-unread"),
        (
            '<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><style xmlns="http://purl.org/net/xbiblio/csl">&b;</style>',
            "style-unread",
        ),
        (" " * 50_000_000, "style-unread"),
        (
            '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info/></style>',
            "style-unread",
        ),
        (NUMBERS.replace('<text variable="citation-number"/>', '<text macro="none"/>'), "style-unread"),
    ],
    ids=["no namespace", "no XML", "entities", "50 MB", "no citation", "no macro"],
)
def test_a_style_that_cannot_be_read_is_told(publication: Publish, style: str, found: str) -> None:
    files = {"book/a.md": "# A\n\n[@who19]", "book/refs.bib": BIB, "book/own.csl": style}
    shown = [finding.id for finding in read(publication(files, HEAD + "citation_style: own.csl\n")).findings]
    assert found in shown


@pytest.mark.parametrize(("typed", "meant"), [("owm", "own"), ("harvard-cite-right", "harvard-cite-them-right")])
def test_a_style_that_is_not_there_is_told_with_what_may_be_meant(publication: Publish, typed: str, meant: str) -> None:
    files = {"book/a.md": "# A\n\n[@who19]", "book/refs.bib": BIB, "book/own.csl": NUMBERS}
    [finding] = [
        f for f in read(publication(files, HEAD + f"citation_style: {typed}\n")).findings if f.id == "style-missing"
    ]
    assert str(finding.place) == "book/publication.yaml:5:17"
    assert finding.remedy == f"Did you mean “{meant}”?"


def test_a_bibliography_with_another_name_is_told(publication: Publish) -> None:
    files = {"book/a.md": "# A\n\nText.", "book/refs.bib": BIB}
    [finding] = read(publication(files, HEAD.replace("refs.bib", "ref.bib"))).findings
    assert finding.message == "There is no “ref.bib” in book/."
    assert finding.remedy == "Did you mean “refs.bib”?"


RANGES = NUMBERS.replace("<citation>", '<citation collapse="citation-number">')


@pytest.mark.parametrize(
    ("delimiter", "cited", "expected"),
    [
        (", ", "[@b1; @b2; @b3]", "[1–3]"),
        (",", "[@b1; @b2; @b3; @b5]", "[1–3,5]"),
        ("], [", "[@b1; @b2; @b3]", "[1]–[3]"),
        (", ", "[@b1; @b2]", "[1, 2]"),
        (", ", "[@b1; @b3; @b5]", "[1, 3, 5]"),
    ],
)
@pytest.mark.slow
def test_numbers_in_a_row_are_a_range_where_the_style_says_so(
    publication: Publish, delimiter: str, cited: str, expected: str
) -> None:
    works = "".join(f"@book{{b{n}, author = {{Doe, A}}, title = {{T{n}}}, year = {{2000}}}}\n" for n in range(1, 6))
    order = " ".join(f"[@b{n}]" for n in range(1, 6))
    style = RANGES.replace('delimiter="; "', f'delimiter="{delimiter}"')
    files = {"book/a.md": f"# A\n\n{order}\n\n{cited}", "book/refs.bib": works, "book/n.csl": style}
    shown = read(publication(files, f"{HEAD}citation_style: n.csl\n"))
    [*_, last] = [block.xhtml for c in shown.publication.chapters() for block in c.blocks if isinstance(block, Prose)]
    assert re.sub("<[^>]*>", "", last) == expected


def test_a_citation_in_a_heading_has_its_words_in_contents_and_references(publication: Publish) -> None:
    text = "# What @smith2020 says\n\n## @who19 on it {#on}\n\nSee [](#on)."
    shown = read(publication({"book/a.md": text, "book/refs.bib": BIB}, HEAD))
    [chapter] = shown.publication.chapters()
    assert chapter.title == "What Smith and Müller (2020) says"
    heading, prose = chapter.blocks
    assert heading.text == "World Health Organization (2019) on it"  # type: ignore[union-attr]
    assert ">World Health Organization (2019) on it</a>" in prose.xhtml  # type: ignore[union-attr]


@pytest.mark.slow
def test_the_list_of_works_names_the_pages_that_cite_in_a_pdf(publication: Publish) -> None:
    text = f"# A\n\nFirst [@smith2020].\n\n{'Words of text. ' * 900}\n\nLast [@smith2020; @who19]."
    settings = HEAD + "editions:\n  screen: {format: pdf, trim: a5, standard: PDF/UA-1}\n"
    root = publication({"book/a.md": text, "book/refs.bib": BIB}, settings)
    report = production.build(production.Order(root, ("screen",)))
    with pypdfium2.PdfDocument(report.products[0].path) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
        first = next(n for n, page in enumerate(pages) if "First (" in page)
        last = next(n for n, page in enumerate(pages) if "Last (" in page)
        folios = [pdf.get_page_label(n) for n in (first, last)]
    works = re.sub(r"\s+", " ", pages[-1])
    assert f"(p. {folios[0]}, {folios[1]})" in works
    assert works.count("(p. ") == 2
