"""The printed cover: its sheet fits the book, its barcode can be read, and its words keep clear of edges and folds."""

import ctypes
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from conftest import Publish, ids, lines, picture
from measuring import Frame, letters, pictures
from pdfs import exported
from pypdfium2 import raw

from pressroom import design, production
from pressroom.cover import back_recipes, barcode, cover_picture, lay_out_cover
from pressroom.cover.spine import LEAST_PT
from pressroom.errors import Finding, PressroomError
from pressroom.language.conventions import spine_turn
from pressroom.photographs import render_all, render_cover
from pressroom.publication import CoverEdition
from pressroom.publication.measures import PT_PER_MM
from pressroom.rules import caliper
from pressroom.rules.printers import builtin_printer

DATE = dt.datetime(2023, 9, 27, tzinfo=dt.UTC)
ISBN = "978-3-16-148410-0"
ABOUT = "title: The Weight of Keys\nsubtitle: A Week\nlanguage: en\n"
ABOUT += "creators: [{name: A. Author}]\npublisher: Example Press\n"
BOOK = ABOUT + f'description: What it is about.\nidentifiers: {{print: "urn:isbn:{ISBN}"}}\n'
OFFSET = "editions:\n  print: {format: pdf, bleed: 3mm, marks: [crop]}\n  cover: {format: cover, caliper: 0.1mm}\n"
KDP = "layout: reader\neditions:\n  print: {format: pdf, trim: 6x9in, printer: kdp}\n  cover: {format: cover}\n"
PRICE = "cover: {price: £18.99, price_code: 51899, about: A. Author is a reporter.}\n"


def bound(root: Path, pages: int) -> tuple[design.EditionInHand, caliper.Spine]:
    """The cover of a book of so many pages."""
    hand = production.read(production.Order(root)).edition("cover")
    assert hand.wrap
    spine = caliper.spine_of(hand.wrap, hand.rules, pages)
    assert spine is not None
    return hand, spine


@dataclass(frozen=True)
class Made:
    """A cover as a file, with its findings."""

    data: bytes
    composition: design.Composition
    findings: tuple[Finding, ...]

    @property
    def page(self) -> pypdfium2.PdfPage:
        return pypdfium2.PdfDocument(self.data)[0]

    @property
    def trim(self) -> Frame:
        """In points, from the top left of the page."""
        left, bottom, right, top = self.page.get_trimbox()
        high = self.page.get_height()
        return Frame(left, high - top, right, high - bottom)

    def folds(self) -> tuple[float, float]:
        first, second = (self.trim.left + fold * PT_PER_MM for fold in self.composition.folds)
        return first, second


def made(root: Path, pages: int = 200) -> Made:
    hand, spine = bound(root, pages)
    recipe, _ = cover_picture(hand)
    drawn = {"cover": render_cover(hand.album.get("cover"), recipe, root / ".cache")} if recipe else {}
    composition, findings = lay_out_cover(hand, spine, drawn)
    return Made(exported(composition), composition, findings)


def boxes(page: pypdfium2.PdfPage) -> Iterator[tuple[str, Frame]]:
    """Every printed letter with the box of its ink."""
    text, high = page.get_textpage(), page.get_height()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for n in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, n))
        if letter.strip() and raw.FPDFText_GetCharBox(text, n, left, right, bottom, top):
            yield letter, Frame(left.value, high - top.value, right.value, high - bottom.value)


def on_spine(cover: Made) -> list[tuple[str, Frame]]:
    first, second = cover.folds()
    return [(letter, box) for letter, box in boxes(cover.page) if first < (box.left + box.right) / 2 < second]


def read_codes(cover: Made, dpi: int) -> list[str]:
    image = cover.page.render(scale=dpi / 72).to_pil().convert("L")
    found = zxingcpp.read_barcodes(image, ean_add_on_symbol=zxingcpp.EanAddOnSymbol.Read)
    return [code.text for code in found if code.valid]


# ---- the barcode


def test_the_bars_are_those_of_the_standard() -> None:
    """The example of ISO/IEC 15420: 95 modules between guards, each digit seven of them with two bars."""
    bars = barcode.ean13("9783161484100")
    assert (bars[0].left, bars[-1].left + bars[-1].width) == (0, 95)
    assert sum(bar.is_guard for bar in bars) == 6
    assert len(bars) == 6 + 12 * 2
    add_on = barcode.ean5("51899")
    assert (add_on[0].left, add_on[-1].left + add_on[-1].width) == (0, 47)


@pytest.mark.slow
@pytest.mark.parametrize("dpi", [200, 300])
@pytest.mark.parametrize("editions", [OFFSET, KDP], ids=["reportage", "reader, KDP"])
def test_tills_read_the_isbn_and_the_price(publication: Publish, editions: str, dpi: int) -> None:
    cover = made(publication(settings=BOOK + PRICE + editions))
    assert "978316148410051899" in read_codes(cover, dpi)


@pytest.mark.slow
def test_without_a_price_the_barcode_is_that_of_the_isbn_alone(publication: Publish) -> None:
    assert read_codes(made(publication(settings=BOOK + OFFSET)), 200) == ["9783161484100"]


@pytest.mark.slow
def test_the_isbn_is_printed_as_it_is_written(publication: Publish) -> None:
    assert f"ISBN{ISBN}" in "".join(letter.text for letter in letters(made(publication(settings=BOOK + OFFSET)).page))


@pytest.mark.slow
def test_everything_on_the_sheet_is_ink(publication: Publish) -> None:
    """Bars in four inks that register badly cannot be read: they are black alone, on nothing."""
    cover = made(publication(settings=BOOK + PRICE + OFFSET))
    with pikepdf.open(io.BytesIO(cover.data)) as document:
        stream = [(tuple(operands), str(op)) for operands, op in pikepdf.parse_content_stream(document.pages[0])]
    assert not {op for _, op in stream} & {"rg", "RG", "g", "G"}
    assert {str(operands[0]) for operands, op in stream if op in ("cs", "CS")} <= {"/DeviceCMYK", "/EveryPlate"}
    fills = {tuple(map(float, operands)) for operands, op in stream if op in ("k", "scn") and len(operands) == 4}
    assert {(0, 0, 0, 1), (0, 0, 0, 0)} < fills


@pytest.mark.slow
def test_a_printer_has_its_zone_for_the_barcode(publication: Publish) -> None:
    """KDP: 2 × 1.2 in, a quarter of an inch from foot and spine."""
    cover = made(publication(settings=BOOK + PRICE + KDP))
    first, foot = cover.folds()[0], cover.trim.bottom
    zone = Frame(first - 2.25 * 72, foot - 1.45 * 72, first - 0.25 * 72, foot - 0.25 * 72)
    inside = [text for text in letters(cover.page) if zone.holds(text)]
    assert "".join(letter.text for letter in inside) == f"ISBN{ISBN}9783161484100" + "51899"
    free = made(publication(settings=ABOUT + PRICE.replace(", price_code: 51899", "") + KDP))
    assert not [text for text in letters(free.page) if zone.holds(text)]


# ---- the sheet


@pytest.mark.parametrize(
    ("cover", "pages", "width"),
    [
        ("printer: kdp", 148, 8.4659),  # 148 × 0.002252 in
        ("printer: kdp, paper: cream", 300, 19.05),
        ("printer: kdp", 147, 8.4659),  # the last leaf has a back
        ("printer: lulu", 444, 25.4 + 1.524),
        ("caliper: 0.1mm", 148, 7.4),
        ("printer: kdp, caliper: 0.1mm", 148, 7.4),  # what the publication says goes before
    ],
)
def test_the_spine_is_as_thick_as_the_paper_makes_it(cover: str, pages: int, width: float) -> None:
    keys = dict(pair.split(": ") for pair in cover.split(", "))
    rules = builtin_printer(keys["printer"]) if "printer" in keys else None
    spine = caliper.spine_of(CoverEdition.model_validate({"format": "cover", **keys}), rules, pages)
    assert spine is not None
    assert spine.width == pytest.approx(width, abs=0.001)


@pytest.mark.slow
def test_the_sheet_holds_back_spine_and_front(publication: Publish) -> None:
    cover = made(publication(settings=BOOK + OFFSET), 200)
    with pikepdf.open(io.BytesIO(cover.data)) as document:
        assert len(document.pages) == 1
        boxes = {name: [float(n) / PT_PER_MM for n in document.pages[0][name]] for name in ("/TrimBox", "/BleedBox")}
    left, bottom, right, top = boxes["/TrimBox"]
    assert (right - left, top - bottom) == pytest.approx((210 + 10 + 210, 270), abs=0.01)
    assert boxes["/BleedBox"] == pytest.approx([left - 3, bottom - 3, right + 3, top + 3], abs=0.01)


@pytest.mark.slow
def test_folds_are_marked_outside_the_bleed(publication: Publish) -> None:
    cover = made(publication(settings=BOOK + OFFSET))
    with pikepdf.open(io.BytesIO(cover.data)) as document:
        page = document.pages[0]
        trim = [float(n) for n in page.TrimBox]
        moves = [[float(n) for n in operands] for operands, op in pikepdf.parse_content_stream(page) if str(op) == "m"]
    for fold in cover.composition.folds:
        at = [y for x, y in moves if x == pytest.approx(trim[0] + fold * PT_PER_MM, abs=0.01)]
        assert len(at) == 2
        assert all(y > trim[3] + 3 * PT_PER_MM or y < trim[1] - 3 * PT_PER_MM for y in at)


@pytest.mark.slow
def test_the_photograph_covers_the_front_over_three_edges_and_ends_at_the_fold(publication: Publish) -> None:
    root = publication(settings=BOOK + "cover: {photograph: fire.jpg, alt: Fire}\n" + OFFSET)
    picture(root / "assets/photos/fire.jpg", 600, 800)
    cover = made(root)
    (frame,) = pictures(cover.page)
    bleed, trim = 3 * PT_PER_MM, cover.trim
    assert frame.left == pytest.approx(cover.folds()[1], abs=0.3)
    assert (frame.top, frame.right) == pytest.approx((trim.top - bleed, trim.right + bleed), abs=0.3)
    assert frame.bottom == pytest.approx(trim.bottom + bleed, abs=0.3)


@pytest.mark.slow
def test_books_that_are_read_from_the_right_have_their_front_at_the_left(publication: Publish) -> None:
    root = publication(settings=BOOK.replace("language: en", "language: he") + OFFSET)
    cover = made(root)
    middle = sum(cover.folds()) / 2
    front = {letter.text for letter in letters(cover.page) if letter.x < middle and letter.size > 30}
    assert set("TheWightofKys") <= front
    assert read_codes(cover, 200) == ["9783161484100"]


@pytest.mark.slow
def test_the_front_is_the_one_of_the_screen(publication: Publish) -> None:
    root = publication(settings=BOOK + OFFSET.replace("editions:\n", "editions:\n  screen: {format: pdf}\n"))
    report = production.build(production.Order(root, ("screen",), source_date=DATE))
    screen = list(letters(pypdfium2.PdfDocument(report.products[0].path)[0]))
    cover = made(root)
    left, top = cover.folds()[1], cover.trim.top
    front = [replace(one, x=one.x - left, y=one.y - top) for one in letters(cover.page) if one.x > left]
    assert [one.text for one in front] == [one.text for one in screen]
    for one, other in zip(front, screen, strict=True):
        assert (one.x, one.y, one.size) == pytest.approx((other.x, other.y, other.size), abs=0.2)


# ---- words


@pytest.mark.slow
@pytest.mark.parametrize("editions", [OFFSET, KDP, KDP.replace("kdp", "lulu").replace("reader", "reportage")])
def test_words_keep_clear_of_edges_and_folds(publication: Publish, editions: str) -> None:
    cover = made(publication(settings=BOOK + PRICE + editions), 300)
    safe = {"kdp": 3.175, "lulu": 6.35}.get(next((p for p in ("kdp", "lulu") if p in editions), ""), 5.0) * PT_PER_MM
    first, second = cover.folds()
    back = Frame(cover.trim.left + safe, cover.trim.top + safe, first - safe, cover.trim.bottom - safe)
    front = Frame(second + safe, cover.trim.top + safe, cover.trim.right - safe, cover.trim.bottom - safe)
    for letter, box in boxes(cover.page):
        if first < (box.left + box.right) / 2 < second:
            continue
        panel = back if box.right < first else front
        assert panel.left < box.left and box.right < panel.right, letter
        assert panel.top < box.top and box.bottom < panel.bottom, letter


@pytest.mark.slow
@pytest.mark.parametrize("pages", [100, 120, 200, 400])
@pytest.mark.parametrize(
    "title", ["The Weight of Keys", "Élégie à l’Ångström", "gypsy jug", "A Title That Goes On " * 6]
)
def test_the_spines_words_keep_clear_of_its_edges(publication: Publish, title: str, pages: int) -> None:
    settings = BOOK.replace("The Weight of Keys", title.strip()) + KDP
    cover = made(publication(settings=settings), pages)
    clear = 0.0625 * 72 - 0.1  # points; letters are measured to a tenth
    first, second = cover.folds()
    found = on_spine(cover)
    assert found or pages == 100
    for letter, box in found:
        assert first + clear < box.left and box.right < second - clear, letter
        assert cover.trim.top < box.top and box.bottom < cover.trim.bottom, letter


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "is_down"),
    [("en", True), ("en-GB", True), ("nl", True), ("fr", False), ("it", False), ("es", False), ("ru", False)],
)
def test_spines_read_as_their_language_has_them(publication: Publish, language: str, *, is_down: bool) -> None:
    settings = BOOK.replace("language: en", f"language: {language}").replace("The Weight", "QXZ") + OFFSET
    found = {letter: box.top for letter, box in on_spine(made(publication(settings=settings)))}
    assert (found["Q"] < found["X"] < found["Z"]) == is_down
    assert (found["Q"] > found["X"] > found["Z"]) == (not is_down)
    assert spine_turn(language) == ("down" if is_down else "up")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_publisher_is_at_the_foot_of_the_spine(publication: Publish, language: str) -> None:
    settings = BOOK.replace("language: en", f"language: {language}").replace("Example Press", "ZZZ") + OFFSET
    cover = made(publication(settings=settings))
    found = on_spine(cover)
    assert min(box.top for letter, box in found if letter == "Z") > 0.8 * cover.trim.bottom
    assert max(box.bottom for letter, box in found if letter != "Z") < 0.7 * cover.trim.bottom


@pytest.mark.slow
def test_a_spine_that_is_too_thin_has_no_words(publication: Publish) -> None:
    root = publication(settings=BOOK + KDP)
    few, thin = made(root, 78), made(root, 84)
    for cover in (few, thin):
        assert "spine-thin" in ids(cover.findings)
        assert not on_spine(cover)
    assert "from 79 pages on" in next(f.message for f in few.findings if f.id == "spine-thin")
    thick = made(root, 400)
    assert ids(thick.findings) == ["cover-measures"]
    across = max(box.right - box.left for _, box in on_spine(thick))
    assert across > LEAST_PT / 2


@pytest.mark.slow
def test_the_dimensions_of_the_cover_are_reported(publication: Publish) -> None:
    (finding,) = made(publication(settings=BOOK + OFFSET), 200).findings
    assert finding.id == "cover-measures"
    for part in ("200 pages", "10.00 mm", "430.00 × 270.00 mm", "436.00 × 276.00 mm", "210.00 and 220.00 mm"):
        assert part in finding.message


def back_text(root: Path) -> str:
    cover = made(root)
    first = cover.folds()[0]
    return "".join(letter.text for letter in letters(cover.page) if letter.x < first)


@pytest.mark.slow
def test_the_back_has_the_description_of_the_book(publication: Publish) -> None:
    assert "Whatitisabout." in back_text(publication(settings=BOOK + OFFSET))
    more = 'cover:\n  back: |\n    She said "no".\n\n    *Twice* & more.\n  price: £18.99\n  about: A. Author writes.\n'
    said = back_text(publication(settings=BOOK + more + OFFSET))
    assert "Shesaid“no”." in said
    assert "Twice&more." in said
    assert "A.Authorwrites." in said
    assert "ExamplePress£18.99" in said
    assert "Whatitisabout" not in said


def test_a_back_with_too_much_text_is_refused(publication: Publish) -> None:
    small = OFFSET.replace("format: pdf,", "format: pdf, trim: 90x140mm,")
    root = publication(settings=BOOK + f"cover:\n  back: {'A sentence of some words. ' * 70}\n" + small)
    with pytest.raises(PressroomError) as caught:
        made(root)
    assert [f.id for f in caught.value.findings if f.severity == "error"] == ["back-full"]


@pytest.mark.slow
@pytest.mark.parametrize("named", ["a.jpg", "[a.jpg, b.jpg, c.jpg]"], ids=["one", "a strip"])
def test_the_back_shows_photographs_over_its_words(publication: Publish, named: str) -> None:
    root = publication(settings=BOOK + f"cover: {{back: {named}, blurb: She said so.}}\n" + OFFSET)
    for name in "abc":
        picture(root / f"assets/photos/{name}.jpg", 300, 200)
    hand, spine = bound(root, 200)
    drawn = render_all(hand.album, back_recipes(hand, None), root / ".cache")
    composition, findings = lay_out_cover(hand, spine, drawn)
    cover = Made(exported(composition), composition, findings)
    shown, (fold, _) = list(pictures(cover.page)), cover.folds()
    assert len(shown) == named.count(".jpg")
    assert min(frame.left for frame in shown) < cover.trim.left, "over the outer edge"
    assert max(frame.right for frame in shown) == pytest.approx(fold, abs=0.5)
    words = [box for letter, box in boxes(cover.page) if box.right < fold]
    assert min(box.top for box in words) > max(frame.bottom for frame in shown)
    assert "Shesaidso." in "".join(letter for letter, box in boxes(cover.page) if box.right < fold)


@pytest.mark.slow
def test_a_long_back_is_set_smaller_and_keeps_clear_of_the_barcode(publication: Publish) -> None:
    root = publication(settings=BOOK + f"cover:\n  back: {'Q sentence of some words. ' * 40}\n" + KDP)
    cover = made(root)
    first = cover.folds()[0]
    field = cover.trim.bottom - 1.45 * 72
    assert max(box.bottom for letter, box in boxes(cover.page) if letter == "Q" and box.right < first) < field


# ---- in a build


def built(root: Path, *editions: str) -> production.Report:
    return production.build(production.Order(root, editions, source_date=DATE))


@pytest.mark.slow
def test_the_cover_goes_around_the_pages_that_were_made(publication: Publish) -> None:
    chapters = {f"book/{n}.md": f"# Chapter {n}\n\nText." for n in range(1, 15)}
    editions = OFFSET.replace("  print", "  p-first: {format: pdf}\n  print").replace("cover:", "a-cover:")
    root = publication(chapters, settings=BOOK + editions)
    both, alone = built(root), built(root, "a-cover")
    assert [product.edition for product in both.products] == ["p-first", "print", "a-cover"]
    assert [(product.edition, product.format, product.pages) for product in alone.products] == [("a-cover", "cover", 1)]
    assert both.products[-1].sha256 == alone.products[0].sha256
    pages = both.products[1].pages
    measures = next(f.message for f in both.findings if f.id == "cover-measures")
    assert measures.startswith(f"{pages + pages % 2} pages")


@pytest.mark.slow
def test_a_cover_without_its_book_is_not_made(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\nText 𐐷 𓀀."}, settings=BOOK + OFFSET)
    report = built(root)
    if any(f.id == "letter-missing" for f in report.findings):  # unless a font of this machine has them
        assert not report.products
        assert "cover-without-book" in ids(report.findings)


SMALL = "title: T\nlanguage: en\ndescription: D.\n"
PRINT = "editions:\n  print: {format: pdf, bleed: 3mm}\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (PRINT + "  cover: {format: cover}\n", "6:10 error spine-unknown"),
        (PRINT + "  cover: {format: cover, printer: ingramspark}\n", "6:10 error spine-unknown"),
        (PRINT + "  cover: {format: cover, printer: kdp, paper: green}\n", "6:47 error spine-unknown"),
        (PRINT + "  cover: {format: cover, printer: kdp}\n", "6:10 error cover-pages"),
        (PRINT + "  cover: {format: cover, caliper: 0.1mm}\n", "6:10 advice cover-pages"),
        (
            'identifiers: {print: "urn:isbn:9783161484101"}\n' + PRINT + "  cover: {format: cover, caliper: 0.1mm}\n",
            "4:22 error isbn-wrong",
        ),
        (
            "editions:\n  screen: {format: pdf}\n  cover: {format: cover, for: screen, caliper: 0.1mm}\n",
            "6:31 advice cover-for-screen",
        ),
        (
            "editions:\n  two: {format: pdf, proof: booklet}\n  cover: {format: cover, for: two, caliper: 0.1mm}\n",
            "6:31 error cover-of-proof",
        ),
        (
            "cover: {price_code: 51899}\n" + PRINT + "  cover: {format: cover, caliper: 0.1mm}\n",
            "4:21 advice price-code-unused",
        ),
        (
            "cover: {back: '# Loud'}\n" + PRINT + "  cover: {format: cover, caliper: 0.1mm}\n",
            "4:15 warning back-blocks",
        ),
    ],
)
def test_what_is_wrong_with_a_cover_is_reported_at_its_key(publication: Publish, settings: str, told: str) -> None:
    report = built(publication(settings=SMALL + settings), "cover")
    place, severity, id = told.split(" ")
    assert f"book/publication.yaml:{place} {severity} {id}" in lines(report.findings)
    assert bool(report.products) == (severity != "error")


@pytest.mark.slow
def test_a_back_without_words_is_reported(publication: Publish) -> None:
    settings = "title: T\nlanguage: en\n" + PRINT + "  cover: {format: cover, caliper: 0.1mm}\n"
    report = built(publication(settings=settings), "cover")
    assert "back-empty" in ids(report.findings)
    assert report.products


@pytest.mark.slow
@pytest.mark.parametrize("check", [True, False])
def test_check_reports_what_needs_no_laid_out_pages(publication: Publish, *, check: bool) -> None:
    root = publication(settings=SMALL + PRINT + "  cover: {format: cover}\n")
    report = production.check(production.Order(root)) if check else built(root)
    assert "spine-unknown" in ids(report.findings)
    assert "spine calculator" in next(f.remedy for f in _of_ingram(publication) if f.id == "spine-unknown")


def _of_ingram(publication: Publish) -> list[Finding]:
    root = publication(settings=SMALL + PRINT + "  cover: {format: cover, printer: ingramspark}\n")
    return production.check(production.Order(root)).findings
