"""Layouts: the XHTML that every edition shares, as text; a publication's own files over the built-in ones."""

import re
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import laid_out
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pressroom import design, production
from pressroom.design import Composition, estimates, fonts, gallery_rows, grid
from pressroom.errors import Place, PressroomError
from pressroom.publication import PLACEMENTS, Caption, Figure, Gallery, PdfEdition, Trim

Factory = Callable[..., Path]
GOLDEN = Path(__file__).parent / "golden"
SETTINGS = """\
title: The Book
language: en
editions:
  ebook: {format: epub}
  print: {format: pdf, bleed: 3mm}
"""


def compose(root: Path, edition: str) -> Composition:
    """An edition as it is handed to its exporter; no picture is there, so that every figure is a placeholder."""
    manuscript = production.read(production.Order(root))
    assert not [f for f in manuscript.findings if f.severity == "error"], manuscript.findings
    return laid_out(manuscript.edition(edition))


def unit(composition: Composition, id: str) -> str:
    return next(u.xhtml for u in composition.units if u.id == id)


def faults(root: Path, edition: str = "ebook") -> dict[str, Place]:
    with pytest.raises(PressroomError) as stopped:
        compose(root, edition)
    return {f.id: f.place for f in stopped.value.findings}


# ---- golden pages


@pytest.mark.parametrize("case", sorted(GOLDEN.glob("*.md")), ids=lambda case: case.stem)
@pytest.mark.parametrize("edition", ["ebook", "print"])
@pytest.mark.slow
def test_a_chapter_becomes_this_xhtml(
    publication: Factory, case: Path, edition: str, request: pytest.FixtureRequest
) -> None:
    """After a wanted change of the templates: pytest tests/test_layouts.py --save-golden, and read the difference."""
    root = publication({"book/chapter.md": case.read_text("utf-8")}, settings=SETTINGS)
    found = unit(compose(root, edition), "c-chapter")
    golden = case.with_suffix(f".{edition}.xhtml")
    if request.config.getoption("--save-golden"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text("utf-8")


# ---- one XHTML for every edition


def test_the_words_of_a_chapter_are_the_same_in_every_edition(publication: Factory) -> None:
    case = (GOLDEN / "everything.md").read_text("utf-8")
    root = publication({"book/chapter.md": case}, settings=SETTINGS)

    def text(edition: str) -> str:
        tree = etree.fromstring(unit(compose(root, edition), "c-chapter").encode())
        for placeholder in tree.xpath("//*[@class='want']"):
            placeholder.text = ""
        return " ".join("".join(tree.find(".//{*}body").itertext()).split())

    ebook = text("ebook").replace("Only the ebook says this.", "")
    assert " ".join(ebook.split()) == " ".join(text("print").replace("Only print says this.", "").split())


def test_a_block_for_one_edition_takes_its_notes_and_links_with_it(publication: Factory) -> None:
    box = "::: only {edition=print}\n![x](){#fig-x}\nA caption.[^n]\n:::"
    chapter = f"# A\n\n{box}\n\nSee [the picture](#fig-x).\n\n[^n]: A note.\n"
    root = publication({"book/a.md": chapter}, settings=SETTINGS)
    ebook, printed = unit(compose(root, "ebook"), "c-a"), unit(compose(root, "print"), "c-a")
    assert "A note." in printed
    assert 'href="#fig-x"' in printed
    assert "A note." not in ebook
    assert 'href="#fig-x"' not in ebook
    assert "See the picture." in re.sub(r"<[^>]+>", "", ebook)


def test_contents_are_nested_and_parts_hold_their_chapters(publication: Factory) -> None:
    settings = SETTINGS + "chapters: [a.md, {part: Two, chapters: [b.md]}, {generated: [credits]}]\n"
    files = {"book/a.md": "# One\n\n## In\n\n### Deep\n\n## Next\n\nText.\n", "book/b.md": "# Three\n\nText.\n"}
    composition = compose(publication(files, settings=settings), "ebook")

    def outline(entries: tuple[design.ContentsEntry, ...]) -> list[object]:
        return [e.title if not e.children else [e.title, *outline(e.children)] for e in entries]

    assert outline(composition.contents) == [["One", ["In", "Deep"], "Next"], ["Two", "Three"], "Credits"]


def test_text_is_escaped_and_markup_is_not(publication: Factory) -> None:
    root = publication(
        {"book/a.md": '# A <b>bold</b> & plain\n\n![5 < 6 & "quoted"]()\n1 < 2 & *so*\n'},
        settings=SETTINGS.replace("The Book", "'Black & White <1>'") + "typography: false\n",
    )
    composition = compose(root, "ebook")
    page = unit(composition, "c-a")
    assert "1 &lt; 2 &amp; <em>so</em>" in page
    assert "5 &lt; 6 &amp; &#34;quoted&#34;" in page
    assert "Black &amp; White &lt;1&gt;" in unit(composition, "title-page")


@pytest.mark.parametrize(
    ("language", "word", "direction"),
    [("hy", "Բովանդակություն", "ltr"), ("ar", "المحتويات", "rtl"), ("ur", "Contents", "rtl")],
)
@pytest.mark.slow
def test_the_builders_own_words_speak_the_books_language(
    publication: Factory, language: str, word: str, direction: str
) -> None:
    root = publication(
        {"book/a.md": "# A\n\nText.\n"}, settings=SETTINGS.replace("language: en", f"language: {language}")
    )
    composition = compose(root, "ebook")
    assert composition.navigation
    assert word in composition.navigation.text
    assert f'dir="{direction}"' in composition.navigation.text


# ---- a publication's own files


def test_one_file_of_a_layout_is_replaced_and_the_others_stay(publication: Factory) -> None:
    files = {
        "book/a.md": "# A\n\nText.\n",
        "layouts/reportage/ebook.css": "p { color: red }\n",
        "layouts/reportage/colophon.xhtml.j2": '{% extends "builtin/reportage/colophon.xhtml.j2" %}',
    }
    composition = compose(
        publication(files, settings=SETTINGS + "chapters: [a.md, {generated: [colophon]}]\n"), "ebook"
    )
    styles = {style.name: style.css for style in composition.styles}
    assert styles["ebook.css"] == "p { color: red }\n"
    assert "figcaption" in styles["shared.css"]
    assert "Colophon" in unit(composition, "colophon")


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{% extends 'base.xhtml.j2' %}\n\n{% block content %}{{ nobody.knows }}{% endblock %}", 3),
        ("{% extends 'base.xhtml.j2' %}\n{% block content %}\n\n{{ 1 // 0 }}{% endblock %}", 4),
        ("{% extends 'base.xhtml.j2' %}\n{% block content %}{% for %}{% endblock %}", 2),
        ("{% extends 'base.xhtml.j2' %}\n{% block content %}{{ settings.__class__.__mro__ }}{% endblock %}", 2),
    ],
)
@pytest.mark.slow
def test_a_template_that_fails_is_reported_with_its_line(publication: Factory, template: str, line: int) -> None:
    root = publication({"layouts/reportage/title-page.xhtml.j2": template}, settings=SETTINGS)
    place = faults(root)["template-fault"]
    assert (place.file, place.line) == ("layouts/reportage/title-page.xhtml.j2", line)


def test_a_template_that_makes_no_xml_is_reported(publication: Factory) -> None:
    root = publication(
        {"layouts/reportage/part.xhtml.j2": "<p>", "layouts/reportage/cover.xhtml.j2": "<p>"}, settings=SETTINGS
    )
    assert faults(root)["template-malformed"].file.endswith("cover.xhtml.j2")


@pytest.mark.parametrize(
    "rule",
    ["@import 'other.css';", "p { background: url(http://example.org/x.png) }", "p { background: url(../x.png) }"],
)
def test_a_style_sheet_loads_no_files(publication: Factory, rule: str) -> None:
    root = publication({"layouts/reportage/ebook.css": f"\n{rule}\n"}, settings=SETTINGS)
    place = faults(root)["style-outside"]
    assert (place.file, place.line) == ("layouts/reportage/ebook.css", 2)


def test_what_a_style_sheet_asks_for_is_underlined(publication: Factory) -> None:
    rules = ["p { b: url( 'x y.png' ) }", r"p { b: u\72 l(x.png) }", "p { b: url(data:,x); c: url(#d) } /* url(e) */"]
    root = publication({"layouts/reportage/ebook.css": "\n".join(rules)}, SETTINGS)
    with pytest.raises(PressroomError) as stopped:
        compose(root, "ebook")
    places = [f.place for f in stopped.value.findings if f.id == "style-outside"]
    shown = [(p.line, p.excerpt[p.column - 1 :][: p.width]) for p in places]
    assert shown == [(1, "url( 'x y.png"), (2, r"u\72 l(x.png")]


def test_a_family_that_is_not_there_is_reported_with_a_suggestion(publication: Factory) -> None:
    root = publication(settings=SETTINGS + "fonts: {text: Source Serif Por}\n")
    found = [f for f in production.read(production.Order(root)).findings if f.id == "font-missing"]
    assert [(f.place.line, "Source Serif Pro" in f.remedy) for f in found] == [(6, True)]


# ---- the grid


@pytest.mark.parametrize("trim", [Trim(210, 270), Trim(148, 210), Trim(297, 210), Trim(100, 150), Trim(400, 300)])
def test_the_type_area_lies_within_the_page_on_any_paper(trim: Trim) -> None:
    layout = design.find_layout("reportage", Path("/nowhere"), Place("x"))
    made = grid.grid_for(PdfEdition(format="pdf", trim=trim), layout.manifest.papers)
    paper = made.paper
    assert paper.side * paper.unit * 2 + made.full_width <= trim.width + 0.01
    assert (paper.head + paper.lines) * paper.unit < trim.height


@pytest.mark.parametrize(
    "trim", [Trim(152.4, 228.6), Trim(148, 210), Trim(210, 270), Trim(210, 297), Trim(176, 250)], ids=str
)
def test_a_mirrored_page_keeps_its_proportions_on_any_paper(trim: Trim) -> None:
    """Margins are as 2 : 3 : 4 : 6, inner, head, outer and foot, by half a line; lines have about 60 to 70 letters."""
    layout = design.find_layout("reader", Path("/nowhere"), Place("x"))
    paper = grid.grid_for(PdfEdition(format="pdf", trim=trim), layout.manifest.papers).paper
    wide, high = trim.width / paper.unit, trim.height / paper.unit
    assert (wide - paper.side - paper.column) / paper.side == pytest.approx(2, abs=0.05)
    assert (high - paper.head - paper.lines) / paper.head == pytest.approx(2, abs=0.21)
    assert paper.column / wide == pytest.approx(22 / 32, abs=0.02)
    assert paper.lines / high == pytest.approx(22 / 32, abs=0.03)
    assert 58 <= paper.column * estimates.LETTERS <= 74


def test_pictures_are_requested_at_the_size_of_their_placement(publication: Factory) -> None:
    root = publication({"book/a.md": "# A\n\n![x]()\nC.\n\n![y](){.wide}\nD.\n"}, settings=SETTINGS)
    manuscript = production.read(production.Order(root))
    grid = manuscript.edition("print").grid
    assert grid is not None
    narrow, wide = (design.placed_width(block, grid) for _, block in manuscript.publication.illustrations())
    assert narrow == pytest.approx(115)
    assert wide == pytest.approx(170)


def test_lines_of_a_caption_are_counted_as_they_will_be_set() -> None:
    widths = dict.fromkeys("abcdefghij", 0.5) | {" ": 0.25}
    assert fonts.line_count("abcd", 2.0, widths) == 1
    assert fonts.line_count("abcd abcd", 4.25, widths) == 1
    assert fonts.line_count("abcd abcd", 4.2, widths) == 2
    assert fonts.line_count("", 4.2, widths) == 1


def test_no_layout_breaks_the_rules_of_the_unit() -> None:
    """What would cross from one unit of layout to another gives wrong pages without a word in any log."""
    rules: Mapping[str, str] = {
        r"target-(counter|text)": "page numbers are text that the builder fills in",
        r"@page\s*:first": "the first page of a file is not the first of the book",
        r"counter\(pages\)": "a unit does not know the whole",
        r"running\(|element\(": "running elements do not cross units",
    }
    for sheet in (Path(design.BUILTIN) / "layouts").rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
        for pattern, reason in rules.items():
            assert not re.search(pattern, text), f"{sheet.name}: {reason}"
        if "float: footnote" in text:
            assert "footnote-policy: line" in text


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["reportage", "reader", "album"])
def test_every_built_in_style_sheet_is_understood_by_the_page_engine(publication: Factory, layout: str) -> None:
    settings = f"title: T\nlanguage: en\nlayout: {layout}\neditions: {{print: {{format: pdf, trim: a5, bleed: 3mm}}}}\n"
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        report = production.build(production.Order(publication(settings=settings)))
    assert [f for f in report.findings if f.id == "page-engine"] == []
    assert len(report.products) == 1


# ---- make-up


def figure(id: str, caption: str = "", placement: str = "column") -> Figure:
    printed = Caption(caption, caption) if caption else None
    return Figure(id, "1", "", "", printed, "", PLACEMENTS[placement], Place("book/a.md"))


@pytest.mark.slow
@given(st.lists(st.floats(0.4, 4.0), min_size=1, max_size=12))
def test_on_a_screen_a_gallery_keeps_its_order_and_no_picture_stands_alone(ratios: list[float]) -> None:
    rows = gallery_rows.screen_rows(ratios)
    assert [n for row in rows for n in row] == list(range(len(ratios)))
    panoramas = [ratio > gallery_rows.PANORAMA for ratio in ratios]
    for row in rows:
        first, last = row[0], row[-1]
        between = all(panoramas[n] for n in (first - 1, last + 1) if 0 <= n < len(ratios))
        assert len(row) in (2, 3) or (len(row) == 1 and (panoramas[first] or between))


def test_a_caption_too_long_for_the_margin_goes_below_its_picture() -> None:
    layout = design.find_layout("reportage", Path("/nowhere"), Place("x"))
    widths = dict.fromkeys("abcdefghijklmnopqrstuvwxyz. ", 0.5)
    make_up = estimates.Estimates(lambda _: 1.5, layout.manifest.papers[0], widths)
    assert not make_up.figure(figure("a", "a short caption.")).below
    assert make_up.figure(figure("a", "a caption that has much to tell. " * 30)).below


@pytest.mark.parametrize("lines", range(1, 13))
def test_a_caption_has_room_for_the_tails_of_its_last_line(lines: int) -> None:
    layout = design.find_layout("reader", Path("/nowhere"), Place("x"))
    paper = layout.manifest.papers[0]
    caption = " ".join(["x"] * lines)  # each as wide as the page
    rows = estimates.Estimates(lambda _: 1.5, paper, {"x": 30, "1": 0, " ": 0}).figure(figure("a", caption)).rows
    assert lines * estimates.CAPTION_LEADING + 0.2 <= rows < lines * estimates.CAPTION_LEADING + 1.25


def test_a_gallery_shrinks_until_it_stands_on_one_page() -> None:
    layout = design.find_layout("reportage", Path("/nowhere"), Place("x"))
    paper = layout.manifest.papers[0]
    make_up = estimates.Estimates(lambda _: 0.7, paper, {})
    many = Gallery("g", "1", tuple(figure(str(n)) for n in range(9)), None, PLACEMENTS["column"], Place("book/a.md"))
    fit = make_up.gallery(many)
    assert all(row.fit < 1 for row in fit.rows)
    full = paper.aside + paper.gap + paper.column
    assert sum(full * row.fit / row.ratio for row in fit.rows) <= paper.lines


FULL, ROOM = 34.0, 31.0
"""The width and the height of a gallery alone on 8.5 × 8.5 in, in units of 5 mm."""


@pytest.mark.parametrize(
    ("ratios", "rows"),
    [
        ([1.5] * 3, [[1, 2]]),
        ([1.5] * 4, [[1, 3]]),
        ([1.5] * 5, [[2, 3]]),
        ([1.5] * 6, [[2, 2, 2]]),
        ([0.667] * 3, [[3]]),
        ([1.5, 6.0, 1.5], [[1, 2]]),
        ([1.5] * 10, [[2, 3], [2, 3]]),
        ([6.0] * 3, [[1, 1, 1]]),
    ],
)
def test_rows_of_a_gallery_are_as_wide_as_the_page_and_none_is_a_strip(
    ratios: list[float], rows: list[list[int]]
) -> None:
    pages = gallery_rows.gallery_pages(ratios, FULL, ROOM, lambda _n, _width: 0.0)
    assert [[len(row) for row in page.rows] for page in pages] == rows


@pytest.mark.slow
@given(st.lists(st.floats(0.4, 4.0), min_size=1, max_size=30), st.integers(0, 12))
@settings(max_examples=20)
def test_a_gallery_keeps_its_order_and_each_page_of_it_fits(ratios: list[float], caption: int) -> None:
    pages = gallery_rows.gallery_pages(ratios, FULL, ROOM, lambda _n, _width: caption)
    assert [n for page in pages for row in page.rows for n in row] == list(range(len(ratios)))
    for page in (page for page in pages if page.worth):
        heights = [FULL * page.fit / gallery_rows.row_ratio([ratios[n] for n in row]) + caption for row in page.rows]
        assert sum(heights) <= ROOM + 0.5 * sum(map(len, page.rows))


def test_long_captions_under_narrow_pictures_stand_below_all_rows() -> None:
    short, long = (lambda _n, width: 8 / width), (lambda _n, width: 400 / width)
    assert not gallery_rows.gallery_rows([1.5, 0.6, 1.5, 0.6, 1.5], FULL, ROOM, short, 6).gathered
    assert gallery_rows.gallery_rows([1.5, 0.6, 1.5, 0.6, 1.5], FULL, ROOM, long, 10).gathered


def test_no_caption_of_a_gallery_is_a_thin_column_of_many_lines() -> None:
    """Three pictures in a row on A5; under the narrow one a caption would be twice as high as it."""
    areas = [9.0, 12.0, 80.0]
    found = gallery_rows.gallery_rows([1.0, 1.5, 0.7], 23.0, 31.0, lambda n, wide: areas[n] / wide, 5)
    assert found.gathered


@pytest.mark.slow
def test_a_gallery_whose_captions_alone_would_fill_the_page_keeps_its_size() -> None:
    paper = design.find_layout("reader", Path("/nowhere"), Place("x")).manifest.papers[0]
    make_up = estimates.Estimates(lambda _: 0.7, paper, dict.fromkeys("abcdefghijklmnopqrstuvwxyz. ", 0.5))
    figures = tuple(figure(str(n), "a caption that has much to tell. " * 20) for n in range(4))
    fit = make_up.gallery(Gallery("g", "1", figures, None, PLACEMENTS["column"], Place("book/a.md")))
    assert [(len(row.figures), row.alone) for row in fit.rows] == [(1, True)] * 4
    assert all(row.fit * FULL > 8 for row in fit.rows)
