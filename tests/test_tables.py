"""Numbered tables: where a caption may stand, what it becomes, how a table lies on pages."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from conftest import SETTINGS, Publish, lines, read
from pages_laid_out import lay_out_unit, words

from pressroom import production
from pressroom.publication import Prose

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"


def written(publication: Publish, text: str, more: str = "") -> tuple[str, list[str]]:
    files = {"book/a.md": f"# A\n\n{text}\n"} | ({"book/b.md": more} if more else {})
    shown = read(publication(files))
    blocks = [block.xhtml for c in shown.publication.chapters() for block in c.blocks if isinstance(block, Prose)]
    return "\n".join(blocks), lines(shown.findings)


@pytest.mark.parametrize(
    "text",
    [
        f"{TABLE}\nTable: A *caption* {{#tab-x}}",
        f"{TABLE}\n: A *caption* {{#tab-x}}",
        f"{TABLE}Table: A *caption* {{#tab-x}}",
        f"{TABLE}: A *caption* {{#tab-x}}",
        f"{TABLE}\ntable: A\n*caption* {{#tab-x}}",
        f"Table: A *caption* {{#tab-x}}\n\n{TABLE}",
        f"{{#tab-x}}\n{TABLE}\nTable: A *caption*",
    ],
)
def test_a_caption_stands_under_or_over_its_table(publication: Publish, text: str) -> None:
    xhtml, found = written(publication, f"{text}\n\nText of [](#tab-x).")
    assert found == []
    start = '<div class="table"><table id="tab-x"><caption><span class="number">Table 1</span> A'
    assert xhtml.startswith(
        (f"{start} <em>caption</em></caption><thead>", f"{start}\n<em>caption</em></caption><thead>")
    )
    assert xhtml.count("<tr>") == 2
    assert "</table></div>" in xhtml
    assert xhtml.endswith('<p>Text of <a class="reference" href="#tab-x">table 1</a>.</p>')


@pytest.mark.parametrize(
    "text",
    [
        "Table: no table follows\n\nText.",
        f"Text.\n\n{TABLE}\nText with Table: in it.",
        f"Term\n: definition\n\n{TABLE}",
        f"{TABLE}\nText.\n\nTable: too far away",
    ],
)
def test_what_stands_at_no_table_is_no_caption(publication: Publish, text: str) -> None:
    xhtml, _ = written(publication, text)
    assert "<caption>" not in xhtml
    words = re.sub(r"<[^>]*>", " ", xhtml)
    assert all(word in words for word in re.findall(r"[A-Za-z]{3,}", text))


def test_tables_are_counted_through_the_publication_wherever_they_stand(publication: Publish) -> None:
    quoted = "".join(f"> {line}\n" for line in f"{TABLE}: Quoted {{#tab-q}}".splitlines())
    listed = "- item\n\n" + "".join(f"  {line}\n" for line in f"{TABLE}: Listed {{#tab-l}}".splitlines())
    text = f"{quoted}\n{TABLE}\nBetween.\n\n{listed}\n[](#tab-l), [so](#tab-b)."
    xhtml, found = written(publication, text, f"# B\n\n{TABLE}: Last {{#tab-b}}\n\n[](#tab-q)")
    assert found == []
    assert re.findall(r'number">([^<]*)</span> (\w+)', xhtml) == [
        ("Table 1", "Quoted"),
        ("Table 2", "Listed"),
        ("Table 3", "Last"),
    ]
    assert '<a class="reference" href="#tab-l">Table 2</a>, <a class="reference" href="#tab-b">so</a>' in xhtml
    assert '<a class="reference" href="#tab-q">Table 1</a>' in xhtml


def test_a_caption_has_notes_marks_typography_and_a_credit(publication: Publish) -> None:
    text = f'{TABLE}\nTable: The "dead"[^1] of [Shushi]{{.index}}, $x^2$ {{#tab-x .wide credit="Health Ministry"}}\n'
    text += "\n[^1]: All."
    root = publication({"book/a.md": f"# A\n\n{text}\n"}, SETTINGS)
    [chapter] = read(root).publication.chapters()
    [block] = [block for block in chapter.blocks if isinstance(block, Prose)]
    assert "The “dead”<a class=" in block.xhtml
    assert '</math> <span class="credit" dir="auto">Health Ministry</span></caption>' in block.xhtml
    assert block.xhtml.startswith('<div class="table"><table id="tab-x" class="wide">')
    assert [(table.id, table.number, table.text) for table in chapter.tables] == [
        ("tab-x", "1", "The “dead” of Shushi, x²")
    ]
    assert [mark.term for mark in chapter.marks] == ["Shushi"]


def test_unknown_attributes_of_a_caption_are_told(publication: Publish) -> None:
    _, found = written(publication, f'{TABLE}\nTable: A {{#tab-x credits="B"}}')
    assert found == ["book/a.md:3:1 warning attribute-dropped"]


def test_an_id_that_two_things_have_is_told(publication: Publish) -> None:
    _, found = written(publication, f"{TABLE}\n: A {{#tab-x}}\n\n{TABLE}\n: B {{#tab-x}}\n\n$$x$$ {{#tab-x}}")
    assert [line.rpartition(" ")[2] for line in found] == ["id-twice", "id-twice"]
    assert found[0].startswith("book/a.md:13:6 ")


@pytest.mark.slow
def test_a_caption_stays_with_its_table_and_pages_cut_no_row(publication: Publish) -> None:
    rows = "".join(f"| {n} | Words of row {n} {'that goes on ' * 12} end {n} |\n" for n in range(30))
    text = "Some words of text that fill the page. " * 38
    settings = "title: T\nlanguage: en\neditions:\n  screen: {format: pdf, trim: a5, standard: PDF/UA-1}\n"
    root = publication({"book/a.md": f"# A\n\n{text}\n\n| n | text |\n|---|---|\n{rows}: The caption\n"}, settings)
    report = production.build(production.Order(root, ("screen",)))
    assert report.products, report.findings
    with pypdfium2.PdfDocument(report.products[0].path) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    [begins] = [n for n, page in enumerate(pages) if "The caption" in page]
    assert "Words of row 0" in pages[begins]
    for n in range(30):
        [here] = [page for page in pages if f"row {n} " in page]
        assert re.search(rf"end\s+{n}\b", here)
        assert "text" in here.split("Words of row")[0]  # the head of the table
    later = [n for n, page in enumerate(pages) if "Words of row" in page and n != begins]
    assert later
    assert [n for n, page in enumerate(pages) if "Table 1 (continued)" in page] == later


@pytest.mark.slow
def test_no_row_of_a_table_is_alone_on_its_page(publication: Publish) -> None:
    rows = "".join(f"| {n} | Place {n} |\n" for n in range(40))
    table = f"| n | place |\n|---|---|\n{rows}"
    lines = "Line.\n\n"
    texts = {f"book/{n}.md": f"# A\n\n{'Words of a text. ' * 50}\n\n{lines * n}{table}" for n in range(1, 10)}
    settings = "title: T\nlanguage: en\neditions:\n  screen: {format: pdf, trim: a5}\n"
    report = production.build(production.Order(publication(texts, settings), ("screen",)))
    with pypdfium2.PdfDocument(report.products[0].path) as pdf:
        counts = [page.get_textpage().get_text_range().count("Place") for page in pdf]
    assert sum(counts) == 9 * 40
    assert 1 not in counts


YEARS = range(2010, 2022)
HEAD = f"| {' | '.join(f'Year {year}' for year in YEARS)} |\n{'|---' * len(YEARS)}|\n"


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["reportage", "reader"])
@pytest.mark.parametrize(("rows", "is_turned"), [(4, True), (40, False)])
def test_a_landscape_table_has_a_page_of_its_own_if_it_fits(
    publication: Publish,
    layout: str,
    rows: int,
    *,
    is_turned: bool,
) -> None:
    body = "".join(f"| {' | '.join(f'value {year + n}' for year in YEARS)} |\n" for n in range(rows))
    text = f'Before.\n\n{HEAD}{body}\nTable: Wide.[^1] {{#tab-x .landscape credit="Ann"}}\n\nAfter.\n\n[^1]: A note.\n'
    pdf = "{format: pdf, trim: a5, standard: PDF/UA-1}"
    settings = f"title: T\nlanguage: en\nlayout: {layout}\neditions:\n  screen: {pdf}\n"
    report = production.build(production.Order(publication({"book/a.md": f"# A\n\n{text}"}, settings), ("screen",)))
    told = {"reportage": "table-upright", "reader": "table-wide"}[layout]  # reader breaks words of it, too
    findings = [f for f in report.findings if f.id.startswith("table")]
    assert [f.id for f in findings] == ([] if is_turned else [told])
    assert all("is upright: turned, no page has room" in f.message for f in findings)
    with pypdfium2.PdfDocument(report.products[0].path) as pdf:
        [page] = [page.get_textpage() for page in pdf if "Wide." in page.get_textpage().get_text_range()]
        words = page.get_text_range()
        at = page.search("Year").get_next()
        assert at is not None
        first, last = page.get_charbox(at[0]), page.get_charbox(at[0] + 3)
    assert "Wide." in words
    assert (abs(first[0] - last[0]) < 4) == is_turned  # the letters of a word stand above one another
    if is_turned:
        assert "A note." in words
        assert "Before" not in words
        assert "After" not in words


@pytest.mark.slow
@pytest.mark.parametrize("at", [0, 1])
def test_a_row_as_high_as_a_page_leaves_no_caption_alone(publication: Publish, at: int) -> None:
    """Nor does the head stay behind: pages part the row."""
    high, low = f"| 1 | {'The river rises for days. ' * 110} |\n", "| 2 | low |\n"
    rows = "".join((high, low, low) if at == 0 else (low, high, low))
    settings = "title: T\nlanguage: en\neditions: {print: {format: pdf, trim: a5}}\n"
    text = f"# A\n\nText.\n\n| Head | text |\n|---|---|\n{rows}\nTable: The caption\n"
    made = lay_out_unit(publication({"book/a.md": text}, settings))
    pages = [" ".join(words(box) for box in page.boxes if box.kind != "margin") for page in made.pages]
    [page] = [page for page in pages if "The caption" in page]
    assert "Head" in page
    assert page.count("The river rises") > 5
    assert "".join(pages).replace(" ", "").count("Theriverrisesfordays.") == 110
    assert not [finding for finding in made.findings if finding.id.startswith("table")]
