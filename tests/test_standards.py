"""Standards: a press file claims the right standard and conforms to it. The pages have every kind of paint."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from conftest import Publish, ids
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from pdfs import exported
from pikepdf import Dictionary, Name, String
from PIL import Image, ImageChops

from pressroom import production
from pressroom.design import Composition, FontFace, Style, Unit
from pressroom.design.fonts import installed
from pressroom.errors import Finding, Place, PressroomError
from pressroom.pdf import standards
from pressroom.pdf.finish import finish
from pressroom.photographs import Profile, Rendition
from pressroom.photographs.profiles import SRGB, find_profile
from pressroom.publication import PdfEdition, Publication, Settings
from pressroom.rules.printers import builtin_printer
from pressroom.typeset.tags import Written
from pressroom.typeset.typeset_book import typeset, write
from pressroom.xhtml import XhtmlDocument

pytestmark = pytest.mark.slow

DATE = dt.datetime(2023, 9, 27, 12, 30, tzinfo=dt.UTC)
MM = 72 / 25.4
PDFX = ("PDF/X-4", "PDF/X-3", "PDF/X-1a")
VERSIONS = {"PDF/X-4": "1.6", "PDF/X-3": "1.4", "PDF/X-1a": "1.4"}
CSS = """
@font-face { font-family: T; src: url(../fonts/%s) }
@page { size: 120mm 150mm; margin: 15mm; bleed: 10mm }
@page { @bottom-center { content: counter(page); color: #808080 } }
p, h1, div { margin: 0 0 2mm }
body { font: 10pt T; color: device-cmyk(0 0 0 1) }
a { color: inherit }
h1 { bookmark-level: 1; color: #c00000; border-bottom: 1pt solid device-cmyk(0 0 0 1); break-before: page }
.field { background: device-cmyk(1 0 0 0); padding: 3mm; font-size: 24pt; line-height: 1 }
.white { background: device-cmyk(0 0 0 1); color: #ffffff }
.smooth { background: linear-gradient(90deg, #ff0000, #808080 40%%, #0000ff); height: 10mm }
.tiled { background: url(../pictures/tile.png) 0 0 / 4mm 4mm; height: 12mm }
"""
BODY = """<section id="c"><h1>One</h1><p>Black text,
<a href="https://example.org/">a link</a>, <a href="#d">inside</a>.</p>
<p class="field">OVERPRINTED</p><p class="white">WHITE</p><div class="smooth"></div><div class="tiled"></div>
<p><img src="../pictures/ink.jpg" alt="Ink" width="90"/> <img src="../pictures/clear.png" alt="Grey" width="60"/></p>
<p><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" width="100"><defs><radialGradient id="g">
<stop offset="0" stop-color="#00ff00"/><stop offset="1" stop-color="#004400"/></radialGradient></defs>
<rect width="9" height="9" fill="url(#g)"/><path d="M10 1L19 9" stroke="#cc0066"/></svg></p>
<h1 id="d">Two</h1><p>More.</p><h1>Three</h1><p class="last">The last.</p></section>"""


@dataclass(frozen=True)
class Finished:
    """A finished file, and the findings about it."""

    data: bytes
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Book:
    """A book as the page engine leaves it."""

    composition: Composition
    written: Written
    folios: tuple[str, ...]

    def finished(self, profile: Profile | None, **keys: Any) -> Finished:
        """It finished for another edition."""
        edition = self.composition.edition.model_copy(update=keys)
        rules = builtin_printer(keys["printer"]) if "printer" in keys else None
        composition = replace(self.composition, edition=edition, profile=profile, rules=rules)
        made = finish(self.written, composition, self.folios, DATE)
        return Finished(made.file.read_bytes(), made.findings)

    def opened(self, profile: Profile | None, **keys: Any) -> pikepdf.Pdf:
        """The finished file."""
        return pikepdf.open(io.BytesIO(self.finished(profile, **keys).data))


@pytest.fixture(scope="module")
def fogra() -> Profile:
    return find_profile("coated-fogra39", Path("/nowhere"), Place("x"))


def composed(folder: Path, css: str = "", face: FontFace | None = None) -> Composition:
    """A book of three pages in all kinds of paint, for an offset press."""
    face = face or next(f for f in installed() if f.family == "Source Serif Pro" and f.weight == 400 and not f.italic)
    edition = PdfEdition(format="pdf", trim="120x150mm", bleed="3mm", marks=("crop", "registration"))
    settings = Settings(title="Inks", language="en", editions={"print": edition})
    xhtml = (
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>x</title></head><body>{BODY}</body></html>'
    )
    style = Style("page.css", CSS % face.file.name + css)
    units = (Unit("c", "chapter", "One", "body", "next", XhtmlDocument(xhtml)),)
    renditions = tuple(painted(folder))
    return Composition(Publication(settings, ()), "print", edition, units, (), (style,), renditions, (face,))


def painted(folder: Path) -> Iterator[Rendition]:
    """Pictures in ink, in grey with a mask that hides nothing, and a tile."""
    clear = Image.merge("LA", (Image.linear_gradient("L").resize((60, 40)), Image.new("L", (60, 40), 255)))
    pictures = {
        "ink.jpg": Image.new("CMYK", (90, 60), (200, 30, 0, 0)),
        "clear.png": clear,
        "tile.png": Image.new("L", (8, 8), 99),
    }
    for name, picture in pictures.items():
        picture.save(folder / name)
        yield Rendition(name, f"image/{name[-3:].replace('jpg', 'jpeg')}", folder / name, *picture.size)


def engine_made(composition: Composition, folder: Path) -> Book:
    book = typeset(composition)
    written = write(book, composition, DATE, folder / "pages.pdf")
    return Book(composition, written, tuple(sheet.folio for sheet in book.sheets))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("book")
    return engine_made(composed(folder), folder)


def streams(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every stream of operators: of pages, forms and patterns."""
    yield from pdf.pages
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and (thing.get("/Subtype") == "/Form" or "/PatternType" in thing):
            yield thing


def operators(pdf: pikepdf.Pdf) -> set[str]:
    return {str(i.operator) for stream in streams(pdf) for i in pikepdf.parse_content_stream(stream)}


def box(page: pikepdf.Page, name: str) -> list[float]:
    return [float(n) for n in page[name]]


def mm(*lengths: float) -> Any:
    return pytest.approx([length * MM for length in lengths], abs=0.01)


# ---- boxes, marks, slug


@pytest.mark.slow
def test_trim_bleed_and_sheet_are_exact_and_begin_at_zero(book: Book, fogra: Profile) -> None:
    with book.opened(fogra, standard="PDF/X-4") as pdf:
        for page in pdf.pages:
            assert box(page, "/MediaBox") == mm(0, 0, 140, 170)
            assert box(page, "/BleedBox") == mm(7, 7, 133, 163)
            assert box(page, "/TrimBox") == mm(10, 10, 130, 160)
            assert "/CropBox" not in page
            assert "/ArtBox" not in page


@pytest.mark.slow
def test_without_marks_the_sheet_ends_at_the_bleed(book: Book, fogra: Profile) -> None:
    with book.opened(fogra, printer="ingramspark", marks=()) as pdf:
        for page in pdf.pages:
            assert box(page, "/MediaBox") == box(page, "/BleedBox") == mm(0, 0, 126, 156)


@pytest.mark.slow
@pytest.mark.parametrize(("language", "first_left"), [("en", True), ("he", False)])
def test_where_a_printer_wants_none_there_is_no_bleed_at_the_spine(
    book: Book, fogra: Profile, language: str, *, first_left: bool
) -> None:
    settings = book.composition.publication.settings.model_copy(update={"language": language})
    turned = replace(book, composition=replace(book.composition, publication=Publication(settings, ())))
    with turned.opened(fogra, printer="kdp", marks=()) as pdf:
        for number, page in enumerate(pdf.pages):
            spine_is_left = (number % 2 == 0) == first_left
            assert box(page, "/MediaBox") == box(page, "/BleedBox") == mm(0, 0, 123, 156)
            assert box(page, "/TrimBox") == (mm(0, 3, 120, 153) if spine_is_left else mm(3, 3, 123, 153))


@pytest.mark.slow
def test_pages_look_the_same_whatever_their_boxes(book: Book, fogra: Profile) -> None:
    """What stands in the trim does not move when the sheet around it changes."""

    def trimmed(**keys: Any) -> Image.Image:
        page = pypdfium2.PdfDocument(book.finished(fogra, **keys).data)[1]
        left, bottom, right, top = page.get_trimbox()
        height = page.get_height()
        return (
            page.render(scale=2)
            .to_pil()
            .convert("L")
            .resize((280, 340), box=[2 * n for n in (left, height - top, right, height - bottom)])
        )

    apart = ImageChops.difference(trimmed(), trimmed(printer="kdp", marks=()))
    assert sum(n * count for n, count in enumerate(apart.histogram())) / (280 * 340) < 1.5


@pytest.mark.slow
def test_the_slug_outside_the_bleed_names_book_edition_date_and_page(book: Book, fogra: Profile) -> None:
    with book.opened(fogra) as pdf:
        said = [
            str(instruction.operands[1].ActualText)
            for page in pdf.pages
            for instruction in pikepdf.parse_content_stream(page)
            if str(instruction.operator) == "BDC" and "/ActualText" in instruction.operands[1]
        ]
    assert said == [f"Inks · print · 2023-09-27 · {n} ({n}/3)" for n in (1, 2, 3)]
    page = pypdfium2.PdfDocument(book.finished(fogra, marks=("crop",)).data)[1]
    picture = page.render(scale=4).to_pil().convert("L")
    below = picture.crop((int(12 * MM * 4), picture.height - int(6.9 * MM * 4), picture.width // 2, picture.height))
    assert below.getextrema()[0] < 80
    bleed = picture.crop(tuple(int(n * 4) for n in (7 * MM, 160 * MM, 133 * MM, 163 * MM)))
    assert bleed.getextrema() == (255, 255)


def test_a_title_that_the_face_cannot_draw_is_replaced_by_the_file_name(book: Book, fogra: Profile) -> None:
    settings = book.composition.publication.settings.model_copy(update={"title": "紙とインク", "slug": "paper"})
    named = replace(book, composition=replace(book.composition, publication=Publication(settings, ())))
    with named.opened(fogra) as pdf:
        content = pikepdf.unparse_content_stream(list(pikepdf.parse_content_stream(pdf.pages[0])))
    assert "paper · print".encode("utf-16-be").hex().encode() in content.lower() or b"paper" in content


def test_marks_and_slug_are_on_every_plate(book: Book, fogra: Profile) -> None:
    with book.opened(fogra) as pdf:
        assert all(page.Resources.ColorSpace.EveryPlate[1] == "/All" for page in pdf.pages)


# ---- inks


@pytest.mark.parametrize("standard", PDFX)
def test_a_press_file_paints_with_ink_alone(book: Book, fogra: Profile, standard: str) -> None:
    with book.opened(fogra, standard=standard) as pdf:
        assert not operators(pdf) & {"rg", "RG", "g", "G"}
        for stream in streams(pdf):
            for instruction in pikepdf.parse_content_stream(stream):
                if str(instruction.operator) in ("cs", "CS"):
                    assert instruction.operands[0] in ("/EveryPlate", "/Pattern")
        for thing in pdf.objects:
            if isinstance(thing, Dictionary | pikepdf.Stream):
                assert str(thing.get("/ColorSpace", "")) != "/DeviceRGB"
                assert "lab-d50" not in str(thing.get("/ColorSpace", "")), "spaces that nothing is painted in are gone"
                assert "/Interpolate" not in thing


def test_a_file_for_an_srgb_printer_has_no_cmyk(book: Book) -> None:
    with book.opened(SRGB, printer="lulu", marks=()) as pdf:
        assert int(pdf.Root.OutputIntents[0].DestOutputProfile.N) == 3
        found = operators(pdf)
        assert "rg" in found
        assert not found & {"k", "K", "cs", "CS"} - {"cs"}
        assert b"DeviceCMYK" not in b"".join(
            pikepdf.unparse_content_stream(list(pikepdf.parse_content_stream(stream))) for stream in streams(pdf)
        )


def test_only_solid_black_has_leave_to_overprint(book: Book, fogra: Profile) -> None:
    with book.opened(fogra, standard="PDF/X-4") as pdf:
        states = pdf.pages[0].Resources.ExtGState
        found = {name: (bool(state.OP), bool(state.op)) for name, state in states.items() if "/OPM" in state}
    assert found.items() <= {
        "/Over00": (False, False), "/Over01": (True, False), "/Over10": (False, True), "/Over11": (True, True)
    }.items()  # fmt: skip
    assert found["/Over11"] == (True, True)


# ---- what paper does not have


@pytest.mark.parametrize("standard", [*PDFX, None])
def test_there_are_no_links_scripts_files_or_forms_in_a_press_file(book: Book, fogra: Profile, standard: str) -> None:
    with book.opened(fogra, standard=standard) as pdf:
        assert not {str(key) for key in pdf.Root} & {"/Names", "/AcroForm", "/OpenAction", "/AA", "/Dests", "/AF"}
        assert all("/Annots" not in page and "/AA" not in page for page in pdf.pages)


@pytest.mark.parametrize(
    ("keys", "there"),
    [
        ({}, True),
        ({"standard": "PDF/X-4"}, True),
        ({"standard": "PDF/X-1a"}, False),
        ({"printer": "kdp", "marks": ()}, False),
    ],
)
def test_bookmarks_are_kept_unless_a_printer_refuses_them(
    book: Book, fogra: Profile, keys: dict[str, Any], *, there: bool
) -> None:
    assert bool(list(pypdfium2.PdfDocument(book.finished(fogra, **keys).data).get_toc())) is there


# ---- the claims of the file


@pytest.mark.parametrize("standard", PDFX)
def test_a_pdfx_declares_its_standard_and_printing_condition(book: Book, fogra: Profile, standard: str) -> None:
    finished = book.finished(fogra, standard=standard)
    assert not finished.findings
    assert finished.data.startswith(f"%PDF-{VERSIONS[standard]}".encode())
    with pikepdf.open(io.BytesIO(finished.data)) as pdf:
        assert pdf.pdf_version == VERSIONS[standard]
        info = pdf.docinfo
        assert str(info["/Trapped"]) == "/False"
        assert str(info["/Title"]) == "Inks"
        assert str(info["/CreationDate"]) == str(info["/ModDate"]) == "D:20230927123000+00'00'"
        name = {"PDF/X-4": None}.get(standard, f"{standard}:2003")
        assert (str(info.get("/GTS_PDFXVersion", "")) or None) == name
        assert "/GTS_PDFXConformance" not in info
        with pdf.open_metadata() as xmp:
            key = "pdfxid:GTS_PDFXVersion" if standard == "PDF/X-4" else "pdfx:GTS_PDFXVersion"
            assert xmp[key] == name or standard
            assert xmp["pdf:Trapped"] == "False"
            assert xmp["dc:title"] == "Inks"
            dates = {xmp[f"xmp:{what}Date"] for what in ("Create", "Modify", "Metadata")}
            assert dates == {"2023-09-27T12:30:00Z"}
            assert xmp["xmpMM:VersionID"] == "1"
        assert b"GTS_PDFXVersion" in finished.data, "metadata are readable without a PDF reader"
        (intent,) = pdf.Root.OutputIntents
        assert (str(intent.S), str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "FOGRA39")
        assert str(intent.OutputCondition) == str(intent.Info) == fogra.condition
        assert str(intent.RegistryName) == fogra.registry
        assert intent.DestOutputProfile.read_bytes() == fogra.data
        assert intent.DestOutputProfile.N == 4
        assert not pdf.is_encrypted
        assert len(pdf.trailer.ID) == 2
        assert not pdf.check_pdf_syntax()


@pytest.mark.parametrize(
    ("standard", "version", "conformance"),
    [("PDF/X-1a", "PDF/X-1:2001", "PDF/X-1a:2001"), ("PDF/X-3", "PDF/X-3:2002", None)],
)
def test_a_printer_may_want_the_oldest_form_of_a_standard(
    book: Book, fogra: Profile, standard: str, version: str, conformance: str | None
) -> None:
    finished = book.finished(fogra, standard=standard, printer="ingramspark", marks=())
    assert finished.data.startswith(b"%PDF-1.3")
    assert b"/ObjStm" not in finished.data
    with pikepdf.open(io.BytesIO(finished.data)) as pdf:
        assert str(pdf.docinfo["/GTS_PDFXVersion"]) == version
        assert (str(pdf.docinfo.get("/GTS_PDFXConformance", "")) or None) == conformance


@pytest.mark.slow
def test_identifiers_are_the_editions_and_the_contents(book: Book, fogra: Profile, tmp_path: Path) -> None:
    def named(of: Book) -> tuple[str, str]:
        with of.opened(fogra, standard="PDF/X-4") as pdf, pdf.open_metadata() as xmp:
            return str(xmp["xmpMM:DocumentID"]), str(xmp["xmpMM:InstanceID"])

    file = tmp_path / "other.pdf"
    file.write_bytes(book.written.file.read_bytes().replace(b"%%EOF", b"%%EOF\n"))
    other = replace(book, written=Written(file))
    assert named(book) == named(book)
    assert named(book)[0] == named(other)[0]
    assert named(book)[1] != named(other)[1]
    with book.opened(fogra, standard="PDF/X-4") as one, other.opened(fogra, standard="PDF/X-4") as two:
        assert bytes(one.trailer.ID[1]) != bytes(two.trailer.ID[1])


@pytest.mark.slow
@pytest.mark.parametrize("press", [True, False])
def test_a_pdfa_declares_its_standard_and_embeds_its_profile(tmp_path: Path, fogra: Profile, *, press: bool) -> None:
    composition = composed(tmp_path)
    update: dict[str, Any] = {"standard": "PDF/A-2u"} | ({} if press else {"bleed": 0.0, "marks": ()})
    edition = composition.edition.model_copy(update=update)
    made = exported(replace(composition, edition=edition, profile=fogra if press else None))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        with pdf.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "U")
            assert xmp.pdfa_status == "2U"
        (intent,) = pdf.Root.OutputIntents
        assert (str(intent.S), int(intent.DestOutputProfile.N)) == ("/GTS_PDFA1", 4 if press else 3)
        assert all("/Interpolate" not in thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream))
        assert any("/Annots" in page for page in pdf.pages) is not press
        assert all(int(link.F) & 4 for page in pdf.pages for link in page.get("/Annots", []))
        fonts = [font for font in pdf.objects if isinstance(font, Dictionary) and font.get("/Type") == "/Font"]
        assert all("/ToUnicode" in font for font in fonts if font.Subtype == "/Type0")


# ---- what cannot meet a standard


@pytest.mark.parametrize("standard", PDFX)
def test_a_pdfx_without_a_printing_condition_is_reported_with_a_remedy(tmp_path: Path, standard: str) -> None:
    composition = composed(tmp_path)
    wanted = replace(composition, edition=composition.edition.model_copy(update={"standard": standard}))
    with pytest.raises(PressroomError) as stopped:
        exported(wanted)
    (finding,) = stopped.value.findings
    assert finding.id == "profile-needed"
    assert "profile: coated-fogra39" in finding.remedy
    screen = replace(wanted, profile=SRGB)
    assert ids(standards.faults(screen)) == ["profile-not-press"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "css",
    [
        ".last { opacity: 0.5 }",
        "h1 { color: rgba(200, 0, 0, 0.5) }",
        ".smooth { background: linear-gradient(red, transparent) }",
    ],
)
def test_what_shows_through_stops_a_standard_that_has_no_transparency(tmp_path: Path, fogra: Profile, css: str) -> None:
    made = engine_made(composed(tmp_path, css), tmp_path)
    pages = {".l": "page 3", "h1": "pages 1, 2, 3", ".s": "page 1"}[css[:2]]
    for standard in ("PDF/X-1a", "PDF/X-3"):
        (finding,) = made.finished(fogra, standard=standard).findings
        assert (finding.id, str(finding.severity)) == ("transparency", "error")
        assert f"On {pages}," in finding.message
        assert standard in finding.message
    assert not made.finished(fogra, standard="PDF/X-4").findings


@pytest.mark.slow
@pytest.mark.parametrize("standard", ["PDF/X-1a", "PDF/X-3"])
def test_a_file_without_transparency_has_no_keys_for_it(book: Book, fogra: Profile, standard: str) -> None:
    with book.opened(fogra, standard=standard) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, Dictionary | pikepdf.Stream):
                assert not {str(key) for key in thing} & {"/ca", "/CA", "/SMask", "/BM", "/Group"}


# ---- fonts


def drawn_font(file: Path) -> Path:
    """An OpenType font of PostScript outlines: every letter a box as wide as the last one and a bit."""
    letters = [chr(n) for n in range(32, 127)]
    names = [".notdef", *(f"c{ord(letter)}" for letter in letters)]
    glyphs = {}
    for number, name in enumerate(names):
        pen = T2CharStringPen(300 + 4 * number, None)
        for x, y in ((50, 0), (250 + 4 * number, 0), (250 + 4 * number, 600), (50, 600)):
            (pen.lineTo if (x, y) != (50, 0) else pen.moveTo)((x, y))
        pen.closePath()
        glyphs[name] = pen.getCharString()
    font = FontBuilder(1000, isTTF=False)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({ord(letter): f"c{ord(letter)}" for letter in letters})
    font.setupCFF("Boxes-Regular", {"FullName": "Boxes"}, glyphs, {})
    font.setupHorizontalMetrics({name: (300 + 4 * number, 50) for number, name in enumerate(names)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.save(file)
    return file


@pytest.mark.slow
@pytest.mark.parametrize("standard", PDFX)
def test_opentype_fonts_are_embedded_as_the_standard_knows_them(tmp_path: Path, fogra: Profile, standard: str) -> None:
    face = FontFace("Boxes", 400, italic=False, file=drawn_font(tmp_path / "boxes.otf"))
    made = engine_made(composed(tmp_path, face=face), tmp_path)
    finished = made.finished(fogra, standard=standard)
    with pikepdf.open(io.BytesIO(finished.data)) as pdf:
        files = [thing.FontFile3 for thing in pdf.objects if isinstance(thing, Dictionary) and "/FontFile3" in thing]
        assert {str(file.Subtype) for file in files} == {"/OpenType" if standard == "PDF/X-4" else "/CIDFontType0C"}
        assert all(file.read_bytes()[:1] == b"\1" for file in files if file.Subtype == "/CIDFontType0C")
    pages = [
        pypdfium2.PdfDocument(made.finished(fogra, standard=s).data)[0].render(scale=1).to_pil()
        for s in ("PDF/X-4", standard)
    ]
    assert ImageChops.difference(*(page.convert("L") for page in pages)).getextrema()[1] < 40


@pytest.mark.parametrize("standard", PDFX)
def test_every_font_is_embedded(book: Book, fogra: Profile, standard: str) -> None:
    with book.opened(fogra, standard=standard) as pdf:
        fonts = [thing for thing in pdf.objects if isinstance(thing, Dictionary) and "/FontDescriptor" in thing]
        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & {str(key) for key in font.FontDescriptor} for font in fonts)


# ---- the same file again


def digests(folder: Path) -> str:
    """SHA-256 of the book in every standard."""
    composition, profile = composed(folder), find_profile("coated-fogra39", Path("/nowhere"), Place("x"))
    editions = [composition.edition.model_copy(update={"standard": s}) for s in (*PDFX, "PDF/A-2u", "PDF/UA-1", None)]
    made = [exported(replace(composition, edition=edition, profile=profile)) for edition in editions]
    return " ".join(hashlib.sha256(one).hexdigest() for one in made)


@pytest.mark.slow
def test_the_same_book_gives_the_same_bytes_anywhere_and_at_any_time(tmp_path: Path) -> None:
    code = "import sys, pathlib, test_standards; print(test_standards.digests(pathlib.Path(sys.argv[1])))"
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), str(here.parent)])
    found = set()
    for zone, seed in (("UTC", "1"), ("Asia/Yerevan", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        command = [sys.executable, "-c", code, str(tmp_path)]
        made = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
        found.add(made.strip())
    assert len(found) == 1
    assert len(set(found.pop().split())) == 5  # a press has no use for tags: PDF/UA-1 is a plain file there


# ---- other people's tools


def needs(tool: str, package: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(tool), reason=f"{tool} is not here: apt-get install {package}")


def plates(data: bytes, folder: Path, page: int) -> dict[str, Image.Image]:
    """A page as the plates that a raster processor makes of it, 100 pixels to the inch; ink is dark."""
    (folder / "in.pdf").write_bytes(data)
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r100", f"-sPageList={page}"]
    subprocess.run([*command, f"-sOutputFile={folder}/p.tif", str(folder / "in.pdf")], check=True, capture_output=True)
    names = ("Cyan", "Magenta", "Yellow", "Black")
    return {name: Image.open(folder / f"p({name}).tif").convert("L") for name in names}


@pytest.mark.slow
@needs("gs", "ghostscript")
@pytest.mark.parametrize("standard", PDFX)
def test_text_is_on_the_black_plate_alone_and_marks_are_on_all(
    book: Book, fogra: Profile, tmp_path: Path, standard: str
) -> None:
    made = plates(book.finished(fogra, standard=standard).data, tmp_path, 3)
    sheet = made["Black"].size
    trim = [round(n / 25.4 * 100) for n in (10, 10, 130, 160)]
    heading = [trim[0], round((10 + 32) / 25.4 * 100), trim[2], trim[3]]
    for name, plate in made.items():
        text = plate.crop(tuple(heading)).getextrema()[0]
        assert (text < 100) is (name == "Black"), name
        assert plate.crop((0, 0, sheet[0], trim[1] - 15)).getextrema()[0] < 200, "marks"


@pytest.mark.slow
@needs("gs", "ghostscript")
def test_colours_go_on_under_black_text_and_stop_under_white(book: Book, fogra: Profile, tmp_path: Path) -> None:
    made = plates(book.finished(fogra, standard="PDF/X-4").data, tmp_path, 1)
    trim = tuple(round(n / 25.4 * 100) for n in (10, 10, 130, 160))
    cyan, black = made["Cyan"].crop(trim), made["Black"].crop(trim)
    field = Image.eval(cyan, lambda n: 255 if n < 20 else 0).getbbox()
    assert field
    inner = (field[0] + 5, field[1] + 5, field[2] - 5, field[1] + 40)
    assert black.crop(inner).getextrema()[0] < 20, "black text stands on the field"
    assert cyan.crop(inner).getextrema()[1] < 20, "and the field has no holes"
    dark = Image.eval(black, lambda n: 255 if n < 20 else 0)
    white = dark.crop((inner[0], field[1] + 68, inner[2], field[1] + 78))
    assert white.getextrema() == (0, 255), "white letters are cut out of black"


JARS = [
    Path(f"/usr/share/java/{name}.jar")
    for name in ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api")
]
OF_PDFA_ALONE = ("3.1.11", "7.")
"""Faults that are none here: PDF/A-1 wants sets of the letters that fonts hold, and its own name in the metadata."""


@pytest.mark.slow
@needs("java", "default-jre-headless")
@pytest.mark.skipif(
    not all(jar.exists() for jar in JARS),
    reason="PDFBox is not here: apt-get install libpdfbox2-java libactivation-java libjaxb-api-java",
)
@pytest.mark.parametrize("standard", ["PDF/X-1a", "PDF/X-3"])
def test_another_reader_finds_no_fault_in_colours_fonts_and_pictures(
    book: Book, fogra: Profile, tmp_path: Path, standard: str
) -> None:
    """PDFBox knows PDF/A-1b alone. With a PDF/X it shares what is said of colours, fonts, transparency and actions; so
    the intent is called PDF/A's here, and what PDF/X does not ask for is passed over. A PDF/X-4 it cannot judge.
    """
    with book.opened(fogra, standard=standard) as pdf:
        pdf.Root.OutputIntents[0].S = pikepdf.Name.GTS_PDFA1
        pdf.save(tmp_path / "a.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    path = os.pathsep.join(str(jar) for jar in JARS)
    command = ["java", "-cp", path, "org.apache.pdfbox.preflight.Validator_A1b", str(tmp_path / "a.pdf")]
    said = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    assert "a.pdf" in said
    assert not [line for line in said.splitlines() if line[:1].isdigit() and not line.startswith(OF_PDFA_ALONE)], said


LEVEL_U = "ISO_19005_2:6.6.4-3"
"""Here pikepdf wants the letter B. It knows PDF/A-2b; level U asks for the same, and for Unicode of every letter."""
UNJUDGED = {"ISO_19005_2:6.2.4.2-2", "pikepdf:colour-space", "pikepdf:pattern", "pikepdf:schema-Resources"}
"""What it does not judge: overprinting, spot colours, patterns and gradients."""


def refusals(file: Path | io.BytesIO) -> set[str]:
    """The rules for which pikepdf’s validator does not approve a file as PDF/A-2, by veraPDF’s names or its own."""
    from pikepdf import pdfa  # noqa: PLC0415 - quick tests need not wait for it

    return {finding.rule for finding in pdfa.validate_written(file, "2b").findings} - {LEVEL_U} - UNJUDGED


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory, fogra: Profile) -> bytes:
    """The book as a PDF/A-2u for a press."""
    composition = composed(tmp_path_factory.mktemp("archived"))
    edition = composition.edition.model_copy(update={"standard": "PDF/A-2u"})
    return exported(replace(composition, edition=edition, profile=fogra))


def test_a_second_validator_approves_a_pdfa(archived: bytes) -> None:
    assert refusals(io.BytesIO(archived)) == set()


def lose_the_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def lose_a_font(pdf: pikepdf.Pdf) -> None:
    descriptor = next(o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/Type") == Name.FontDescriptor)
    for key in {"/FontFile2", "/FontFile3"} & {str(key) for key in descriptor}:
        del descriptor[key]


def run_a_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (lose_the_intent, "ISO_19005_2:6.2.4.3-3"),
        (lose_a_font, "ISO_19005_2:6.2.11.4.1-1"),
        (run_a_script, "pikepdf:schema-Catalog"),
    ],
)
def test_the_second_validator_finds_what_breaks_a_pdfa(
    archived: bytes, fault: Callable[[pikepdf.Pdf], None], rule: str
) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(archived)) as pdf:
        fault(pdf)
        pdf.save(out)
    assert rule in refusals(out)


@pytest.mark.slow
def test_a_whole_publication_is_built_to_its_standard(publication: Publish) -> None:
    head = "title: T\nlanguage: en\neditions:\n"
    root = publication(settings=head + "  screen: {format: pdf, standard: PDF/A-2u}\n")
    report = production.build(production.Order(root, source_date=DATE))
    assert "not-yet" not in ids(report.findings)
    with pikepdf.open(report.products[0].path) as pdf, pdf.open_metadata() as xmp:
        assert xmp.pdfa_status == "2U"
    assert refusals(report.products[0].path) == set()
