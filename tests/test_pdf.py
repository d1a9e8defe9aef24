"""PDFs: pages as letters and words. What stands where, under which number, in which box."""

import datetime as dt
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from measuring import Letter
from measuring import letters as letters_of
from PIL import Image, ImageStat

from pressroom import pdf, production
from pressroom.design import Unit
from pressroom.errors import PressroomError
from pressroom.typeset.units import Laid, LayRequest, PlacedUnit, blanks_before, settle
from pressroom.xhtml import XhtmlDocument

Factory = Callable[..., Path]
DATE = dt.datetime(2023, 9, 27, tzinfo=dt.UTC)
MM = 72 / 25.4
HEAD = "title: T\nlanguage: en\n"
SCREEN = HEAD + "editions:\n  screen: {format: pdf, trim: 210x270mm}\n"
PRESS = HEAD + "editions:\n  print: {format: pdf, trim: 210x270mm, bleed: 3mm, marks: [crop, registration]}\n"


def make(root: Path, edition: str) -> pypdfium2.PdfDocument:
    report = production.build(production.Order(root, (edition,), source_date=DATE))
    assert [p.edition for p in report.products] == [edition], report.findings
    return pypdfium2.PdfDocument(report.products[0].path)


def words(page: pypdfium2.PdfPage) -> str:
    return re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()).strip()


def labels(document: pypdfium2.PdfDocument) -> list[str]:
    return [document.get_page_label(n) for n in range(len(document))]


def put(root: Path, picture: Image.Image) -> None:
    (root / "assets/photos").mkdir(parents=True)
    picture.save(root / "assets/photos/red.png")


def letters(page: pypdfium2.PdfPage, cell_mm: float = 30) -> list[str]:
    """A page as rows of letters: `.` paper, `a` ink, `R` red, `G` green, one for each cell of the trim."""
    picture = page.render(scale=0.5).to_pil().convert("RGB")
    trim = [n * 0.5 for n in page.get_trimbox()]
    height = page.get_height() * 0.5
    cell = cell_mm * MM * 0.5
    rows = []
    for top in range(round((trim[3] - trim[1]) / cell)):
        row = ""
        for left in range(round((trim[2] - trim[0]) / cell)):
            x, y = trim[0] + left * cell, height - trim[3] + top * cell
            row += letter(picture.crop((int(x) + 1, int(y) + 1, int(x + cell) - 1, int(y + cell) - 1)))
        rows.append(row)
    return rows


def letter(cell: Image.Image) -> str:
    red, green, blue = ImageStat.Stat(cell).mean
    if red > 200 and green < 90 and blue < 90:
        return "R"
    if green > 150 and red < 90 and blue < 90:
        return "G"
    return "." if min(red, green, blue) > 252 else "a"


# ---- pages


@pytest.mark.slow
def test_a_wide_picture_spans_text_and_margin_and_its_caption_stands_below(publication: Factory) -> None:
    root = publication({"book/a.md": "# A\n\n![A red field](red.png){.wide}\nA caption.\n"}, settings=SCREEN)
    put(root, Image.new("RGB", (1700, 1200), (255, 0, 0)))
    document = make(root, "screen")
    page = document[labels(document).index("1")]
    rows = letters(page)
    reds = [row for row in rows if "R" in row]
    assert reds
    assert all(row == "aRRRRRa" for row in reds), rows
    assert all("R" not in row for row in rows[:2]), "the title stands above"
    assert "1 A caption." in words(page)


@pytest.mark.slow
def test_a_full_page_picture_covers_the_bleed_on_all_four_sides(publication: Factory) -> None:
    root = publication({"book/a.md": "# A\n\nText.\n\n![Red](red.png){.bleed}\nA caption.\n\nMore.\n"}, settings=PRESS)
    put(root, Image.new("RGB", (1600, 2000), (255, 0, 0)))
    document = make(root, "print")
    page = next(p for p in document if "RRRRRRR" in letters(p))
    assert letters(page) == ["RRRRRRR"] * 9
    picture = page.render(scale=1).to_pil().convert("RGB")
    left, bottom, right, top = page.get_bleedbox()
    for x in (left + 2, right - 3):
        for y in (bottom + 2, top - 3):
            assert picture.getpixel((int(x), int(page.get_height() - y)))[0] > 200


@pytest.mark.slow
def test_a_gallery_on_a_page_of_its_own_keeps_within_the_margins(publication: Factory) -> None:
    gallery = "::: gallery {.page}\n![Red](red.png)\n\n![Red](red.png)\n\nBoth.\n:::\n"
    root = publication({"book/a.md": f"# A\n\nText.\n\n{gallery}\nMore.\n"}, settings=SCREEN)
    put(root, Image.new("RGB", (1600, 2000), (255, 0, 0)))
    reds = [row for page in make(root, "screen") for row in letters(page) if "R" in row]
    assert reds
    assert all(row[0] != "R" and row[-1] != "R" for row in reds), reds


@pytest.mark.slow
def test_no_picture_is_distorted(publication: Factory) -> None:
    """A picture keeps its shape, whatever a placement crops of it."""
    square = Image.new("RGB", (1500, 1000), "white")
    square.paste((255, 0, 0), (500, 250, 1000, 750))
    placements = ("column", "wide", "page", "inset")
    figures = "\n\n".join(f"![x](red.png){{.{placement}}}\nC.\n\nText." for placement in placements)
    root = publication({"book/a.md": f"# A\n\n{figures}\n"}, settings=SCREEN)
    put(root, square)
    document = make(root, "screen")
    ratios = []
    for page in list(document)[labels(document).index("1") :]:
        for image in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = image.get_bounds()
            ratios.append((right - left) / (top - bottom))
    assert len(ratios) == len(placements)
    assert ratios == pytest.approx([1.5] * len(placements), rel=0.01)


@pytest.mark.slow
def test_every_word_of_a_chapter_is_printed_once_and_in_order(publication: Factory) -> None:
    text = " ".join(f"w{n:04d}" for n in range(1200))
    root = publication({"book/a.md": f"# A\n\n{text}\n"}, settings=SCREEN)
    found = re.findall(r"w\d{4}", " ".join(words(p).replace("\ufffe", "") for p in make(root, "screen")))
    assert found == [f"w{n:04d}" for n in range(1200)]


# ---- numbers


@pytest.mark.slow
def test_front_matter_has_roman_folios_and_the_first_chapter_page_one(publication: Factory) -> None:
    root = publication(
        {"book/a.md": "---\ntitle: Preface\nrole: preface\n---\n\nText.\n", "book/b.md": "# First\n\nText.\n"},
        settings=SCREEN,
    )
    document = make(root, "screen")
    found = labels(document)
    assert found[0] == "i"
    assert "First" in words(document[found.index("1")])
    preface = next(n for n, p in enumerate(document) if re.search(r"^Text\..*Preface", words(p)))
    assert set(found[preface]) <= set("ivxl")
    assert re.search(rf"\b{found[preface]}\b", words(document[preface]))
    assert found.index("1") % 2 == 0, "page 1 is a recto"


@pytest.mark.slow
def test_chapters_begin_on_a_recto_and_blank_pages_are_blank(publication: Factory) -> None:
    root = publication({f"book/{n}.md": f"# Chapter {n}\n\nText.\n" for n in range(1, 4)}, settings=SCREEN)
    document = make(root, "screen")
    starts = [n for n, p in enumerate(document) if re.search(r"^Text\..*Chapter \d", words(p))]
    assert len(starts) == 3
    assert all(n % 2 == 0 for n in starts)
    assert all(words(document[n + 1]) == "" for n in starts[:-1])


@pytest.mark.slow
def test_a_chapter_is_found_at_its_title_not_at_the_picture_that_faces_it(publication: Factory) -> None:
    files = {"book/a.md": "# One\n\n![x](){.opener}\n\nText.\n", "book/b.md": "# Two\n\nAs [said](a.md) before.\n"}
    document = make(publication(files, settings=SCREEN), "screen")
    title = next(n for n, page in enumerate(document) if "Text." in words(page))
    label = labels(document)[title]
    assert any(f"said (p. {label})" in words(page).replace("\xa0", " ") for page in document)
    assert re.search(rf"One[ .]*{label}\b", next(words(page) for page in document if "Contents" in words(page)))


@pytest.mark.slow
def test_running_heads_name_the_book_on_the_left_and_the_chapter_on_the_right(publication: Factory) -> None:
    root = publication(
        {"book/a.md": "# Far away\n\n" + "Some words of text. " * 330},
        settings=SCREEN.replace("title: T", "title: The Book"),
    )
    document = make(root, "screen")
    found = labels(document)
    assert words(document[found.index("1")]).count("Far away") == 1, "no running head over the title"
    assert "The Book" in words(document[found.index("2")])
    assert "Far away" not in words(document[found.index("2")])
    assert "Far away" in words(document[found.index("3")])
    assert "The Book" not in words(document[found.index("3")])


@pytest.mark.slow
def test_bookmarks_follow_parts_chapters_and_sections(publication: Factory) -> None:
    settings = SCREEN + "chapters:\n  - a.md\n  - part: Two\n    chapters: [b.md]\n"
    files = {"book/a.md": "# One\n\n## Inside\n\nText.\n", "book/b.md": "# Three\n\nText.\n"}
    document = make(publication(files, settings=settings), "screen")
    outline = [(item.level, item.get_title()) for item in document.get_toc()]
    wanted = ["One", "Inside", "Three"]
    assert [t for _, t in outline if t in wanted] == wanted
    levels = {title: level for level, title in outline}
    assert levels["Inside"] == levels["One"] + 1
    assert levels["Three"] > levels["One"]


# ---- lines and notes; tests/test_long_book.py reads the numbers of a whole book


@pytest.mark.slow
def test_no_word_is_parted_without_a_hyphen_but_what_is_longer_than_a_line(publication: Factory) -> None:
    running = " ".join(f"word and **more** [Strong{n:03d}](https://example.org)" for n in range(60))
    address = "https://example.org/" + "a" * 150
    text = f"# A\n\n*<{address}>*\n\n*{running}*\n\nCalled.[^n]\n\n[^n]: *{running}*\n"
    document = make(publication({"book/a.md": text}, settings=SCREEN), "screen")
    pages = list(document)[labels(document).index("1") :]
    printed = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    assert len(re.findall(r"Strong\d{3}", printed)) == 120
    assert re.sub(r"\s", "", printed).count(address) == 1
    for page in pages:
        text = page.get_textpage()
        assert all(text.get_charbox(n)[2] < page.get_width() - 20 for n in range(text.count_chars()))


@pytest.mark.slow
def test_a_note_stands_at_the_foot_of_the_page_that_calls_it(publication: Factory) -> None:
    text = "# A\n\n" + "Some words of text. " * 120 + "Called here.[^n]\n\n[^n]: The note itself.\n"
    document = make(publication({"book/a.md": text}, settings=SCREEN), "screen")
    page = next(p for p in document if "Called here" in words(p))
    assert re.search(r"Called here\. ?1.*1\s*The note itself\.", words(page))


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "![x]()\nA caption.[^n]\n",
        "![x](){.wide}\nA caption.[^n]\n",
        "![x](){.inset}\nA caption.[^n]\n\nText beside it.\n",
        "::: gallery\n![x]()\nOne.[^n]\n\n![y]()\nTwo.\n:::\n",
        "| a[^n] | b |\n|---|---|\n| 1 | 2 |\n",
        "## Heading[^n]\n\nText.\n",
        "::: sidebar Title\nInside.[^n]\n:::\n",
        "::: timeline\n1994[^n]\n: Text.\n:::\n",
        "> Quoted.[^n]\n",
        "- Item.[^n]\n",
    ],
)
def test_a_note_is_printed_once_wherever_it_is_called(publication: Factory, text: str) -> None:
    root = publication({"book/a.md": f"# A\n\n{text}\n[^n]: THENOTE.\n"}, settings=SCREEN)
    assert " ".join(words(p) for p in make(root, "screen")).count("THENOTE") == 1


@pytest.mark.slow
def test_no_line_ends_between_a_number_and_its_unit_not_in_notes_either(publication: Factory) -> None:
    text = f"# A\n\n{'10 km ' * 99}[^n]\n\n[^n]: {'20 km ' * 99}\n"
    document = make(publication({"book/a.md": text}, settings=SCREEN), "screen")
    page = next(p for p in document if "20" in words(p))
    lines = page.get_textpage().get_text_bounded().splitlines()
    assert sum("km" in line for line in lines) > 10
    assert not [line for line in lines if line.strip().endswith(("10", "20"))]


@pytest.mark.slow
def test_a_long_note_keeps_all_its_paragraphs(publication: Factory) -> None:
    text = "# A\n\nCalled.[^n]\n\n[^n]: First part.\n\n    Second part.\n\n    - third part\n"
    whole = " ".join(words(p) for p in make(publication({"book/a.md": text}, settings=SCREEN), "screen"))
    assert all(part in whole for part in ("First part.", "Second part.", "third part"))


# ---- the file


@pytest.mark.slow
def test_boxes_are_exact_and_begin_at_zero(publication: Factory) -> None:
    document = make(publication({"book/a.md": "# A\n\nText.\n"}, settings=PRESS), "print")
    for page in document:
        assert page.get_mediabox()[:2] == (0, 0)
        left, bottom, right, top = page.get_trimbox()
        assert (right - left) / MM == pytest.approx(210, abs=0.01)
        assert (top - bottom) / MM == pytest.approx(270, abs=0.01)
        assert page.get_bleedbox() == pytest.approx(
            (left - 3 * MM, bottom - 3 * MM, right + 3 * MM, top + 3 * MM), abs=0.01
        )


@pytest.mark.slow
def test_marks_are_on_every_plate_and_outside_the_bleed(publication: Factory) -> None:
    root = publication({"book/a.md": "# A\n\nText.\n"}, settings=PRESS)
    make(root, "print")
    with pikepdf.open(next((root / "dist").glob("*-print.pdf"))) as file:
        for page in file.pages:
            assert page.Resources.ColorSpace.EveryPlate[1] == "/All"
    page = make(root, "print")[0]
    picture = page.render(scale=2).to_pil().convert("L")
    left, bottom, right, top = (n * 2 for n in page.get_bleedbox())
    height = page.get_height() * 2
    inside = picture.crop((int(left) - 2, int(height - top) - 2, int(left) + 40, int(height - bottom) + 2))
    assert inside.getextrema()[0] > 250, "no mark within the bleed"
    assert picture.crop((0, 0, int(left) - 6, picture.height)).getextrema()[0] < 128, "marks in the margin"
    assert right > left


@pytest.mark.slow
def test_text_of_a_press_pdf_is_black_ink_only(publication: Factory) -> None:
    settings = PRESS.replace("bleed: 3mm", "bleed: 3mm, profile: coated-fogra39")
    root = publication({"book/a.md": "# A\n\nText, [linked](https://example.org).\n"}, settings=settings)
    make(root, "print")
    with pikepdf.open(next((root / "dist").glob("*-print.pdf"))) as file:
        operators = {str(i.operator) for page in file.pages for i in pikepdf.parse_content_stream(page)}
        assert not operators & {"rg", "RG", "g", "G"}
        assert all("/Annots" not in page for page in file.pages)


@pytest.mark.slow
def test_a_screen_pdf_is_tagged_and_shows_its_title(publication: Factory) -> None:
    settings = HEAD + "editions:\n  screen: {format: pdf, standard: PDF/UA-1}\n"
    root = publication({"book/a.md": "# A\n\n![What it shows]()\nCaption.\n"}, settings=settings)
    make(root, "screen")
    with pikepdf.open(next((root / "dist").glob("*-screen.pdf"))) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == "en"
        assert file.Root.ViewerPreferences.DisplayDocTitle


# ---- the engine's promises


def unit(id: str, matter: str = "body", start: str = "recto", see: str = "") -> Unit:
    link = f'<a href="#{see}" class="reference">there</a>' if see else ""
    document = XhtmlDocument(f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{link}</body></html>')
    return Unit(id, "chapter", id, matter, start, document)  # type: ignore[arg-type]


def test_a_reference_that_moves_its_own_target_is_reported_and_not_looped() -> None:
    def lay(requests: Sequence[LayRequest]) -> list[Laid]:
        # The longer the number shown, the earlier the target: it never settles.
        return [Laid(3, {"x": 1 if request.folios["x"] in ("", "3") else 2}) for request in requests]

    with pytest.raises(PressroomError) as stopped:
        settle((unit("a", see="x"),), lay)
    assert [f.id for f in stopped.value.findings] == ["pages-unsettled"]


def test_only_units_whose_references_changed_are_laid_out_again() -> None:
    laid: list[str] = []

    def lay(requests: Sequence[LayRequest]) -> list[Laid]:
        laid.extend(f"{request.unit.id} {' '.join(request.folios.values())}".strip() for request in requests)
        return [Laid(2, {request.unit.id: 0}) for request in requests]

    placed = settle((unit("a", see="b"), unit("b"), unit("c")), lay)
    assert laid == ["a 00", "b", "c", "a 3"]  # “00” holds the place of a folio that is not known yet
    assert [one.first for one in placed] == [1, 3, 5]


def test_a_unit_waits_only_for_those_that_decide_on_which_side_it_begins() -> None:
    waves: list[list[str]] = []

    def lay(requests: Sequence[LayRequest]) -> list[Laid]:
        waves.append([f"{request.unit.id} {request.side}" for request in requests])
        return [Laid(1, {}) for _ in requests]

    settle((unit("a"), unit("b", start="next"), unit("c", start="next"), unit("d", start="verso")), lay)
    assert waves == [["a recto", "d verso"], ["b verso"], ["c recto"]]


def test_a_blank_page_between_ranges_has_no_number_and_one_within_has() -> None:
    def one(id: str, matter: str, first: int, pages: int) -> PlacedUnit:
        return PlacedUnit(LayRequest(unit(id, matter), "recto", {}), Laid(pages, {}), first)

    chain = [one("f", "front", 1, 1), one("g", "front", 3, 1), one("a", "body", 1, 1), one("b", "body", 3, 2)]
    assert [blanks for _, blanks in blanks_before(chain)] == [(), ("ii",), ("",), ("2",)]


@pytest.mark.slow
def test_a_page_may_ask_for_nothing_that_the_composition_does_not_hold(publication: Factory) -> None:
    root = publication({"book/a.md": "# A\n\nText.\n"}, settings=SCREEN)
    template = root / "layouts/reportage/colophon.xhtml.j2"
    template.parent.mkdir(parents=True)
    template.write_text(
        '{% extends "base.xhtml.j2" %}{% block content %}<section id="colophon">'
        '<img src="file:///etc/hostname" alt="x"/></section>{% endblock %}'
    )
    (root / "book/publication.yaml").write_text(SCREEN + "chapters: [a.md, {generated: [colophon]}]\n")
    report = production.build(production.Order(root, source_date=DATE))
    assert report.products == []
    assert "page-engine" in {f.id for f in report.findings}


@pytest.mark.slow
def test_the_same_composition_gives_the_same_bytes(publication: Factory) -> None:
    root = publication({"book/a.md": "# A\n\n![x]()\nCaption.[^1]\n\n[^1]: Note.\n"}, settings=PRESS)
    order = production.Order(root, source_date=DATE)
    first, second = (production.build(order).products[0] for _ in range(2))
    assert first.sha256 == second.sha256
    assert io.BytesIO(first.path.read_bytes()).read(5) == b"%PDF-"
    assert pdf.__doc__


@pytest.mark.slow
def test_a_note_that_moved_to_a_later_page_is_reported(publication: Factory) -> None:
    """Whatever the page engine does with notes, each is where its call is, or the maker knows."""
    paragraphs = "\n\n".join("Some words of text that fill lines. " * 9 + f"[^{n}]" for n in range(24))
    notes = "\n".join(f"[^{n}]: NOTE{n:02d} " + "with more words to read. " * 4 for n in range(24))
    root = publication({"book/a.md": f"# A\n\n{paragraphs}\n\n{notes}\n"}, settings=SCREEN)
    report = production.build(production.Order(root, source_date=DATE))
    apart = {
        re.sub(r"\D", "", f.message.split("”")[0].rpartition("-")[2]) for f in report.findings if f.id == "note-apart"
    }
    document = pypdfium2.PdfDocument(report.products[0].path)
    for page in document:
        found = words(page)
        for number in re.findall(r"NOTE(\d\d)", found):
            called = re.search(rf"lines\. ?{int(number) + 1}\b", found)
            assert called or str(int(number) + 1) in apart, number


@pytest.mark.slow
def test_every_line_is_filled_but_the_last_of_a_paragraph(publication: Factory) -> None:
    """The last word is kept whole, and whether it fits or not, no line before it is left short."""
    words = "Nothing in it is a photograph. The pictures are greys, computed when the book is built, in the shapes in "
    words += "which photographs come: wide, square, upright, and once as "
    text = "\n\n".join(words + "a " * n + "panorama." for n in range(24))
    root = publication(
        {"book/a.md": f"# A\n\n{text}\n"}, settings=HEAD + "editions: {s: {format: pdf, trim: us-trade}}\n"
    )
    document = make(root, "s")
    short = []
    for page in document:
        lines: dict[int, list[Letter]] = {}
        for one in letters_of(page):
            if 9 < one.size < 10:
                lines.setdefault(round(one.y), []).append(one)
        ends = {y: max(line, key=lambda one: one.x) for y, line in lines.items()}
        edge = max((end.x for end in ends.values()), default=0)
        short += [end for end in ends.values() if end.x < edge - 8 and end.text != "."]
    assert short == []
