"""A PDF as a whole: what it says of itself, and its pages."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pikepdf
import pypdfium2

from pressroom.inspection.colours import Family
from pressroom.inspection.operators import MeasureInk, Painted, read_page
from pressroom.inspection.page import Box, PageFacts, annotations_of, boxes_of

_FAMILIES: Mapping[int, Family] = {1: "gray", 3: "rgb", 4: "cmyk"}
_NOTHING, _NONE = pikepdf.Dictionary(), pikepdf.Array()
_XMP_KEYS = {
    "GTS_PDFXVersion": ("http://www.npes.org/pdfx/ns/id/", "http://ns.adobe.com/pdfx/1.3/"),
    "GTS_PDFXConformance": ("http://ns.adobe.com/pdfx/1.3/",),
    "part": ("http://www.aiim.org/pdfa/ns/id/",),
    "conformance": ("http://www.aiim.org/pdfa/ns/id/",),
    "ua": ("http://www.aiim.org/pdfua/ns/id/",),
}


@dataclass(frozen=True)
class Intent:
    """The printing condition that a file was made for (ISO 32000-1, 14.11.5)."""

    kind: str
    """GTS_PDFX, GTS_PDFA1."""
    identifier: str
    """As it is registered: FOGRA39."""
    registry: str
    family: Family
    """Of the profile that lies in the file; unknown where none does."""


@dataclass(frozen=True)
class Inspected:
    """All that is known of a PDF."""

    version: str
    pages: tuple[PageFacts, ...]
    standards: tuple[str, ...]
    """What it claims to be: “PDF/X-4”, “PDF/A-2U”, “PDF/UA-1”."""
    intents: tuple[Intent, ...]
    title: str
    language: str
    is_encrypted: bool
    is_tagged: bool
    shows_title: bool
    has_trapped_key: bool
    """Whether it says if it has been trapped, as PDF/X asks."""
    has_identifier: bool
    has_bookmarks: bool
    has_forms: bool
    has_scripts: bool
    has_attachments: bool
    bytes: int


def inspect(data: bytes, measure_ink: MeasureInk = lambda _: None) -> Inspected:
    """Everything that a PDF holds. Raises pikepdf.PdfError where it cannot be read."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root, info = pdf.Root, pdf.docinfo
        names = root.get("/Names", _NOTHING)
        return Inspected(
            version=pdf.pdf_version,
            pages=tuple(_pages(pdf, data, measure_ink)),
            standards=tuple(_standards(pdf)),
            intents=tuple(_intents(root)),
            title=str(info.get("/Title", "")),
            language=str(root.get("/Lang", "")),
            is_encrypted=pdf.is_encrypted,
            is_tagged=bool(root.get("/MarkInfo", _NOTHING).get("/Marked", False)) and "/StructTreeRoot" in root,
            shows_title=bool(root.get("/ViewerPreferences", _NOTHING).get("/DisplayDocTitle", False)),
            has_trapped_key=str(info.get("/Trapped", "")) in ("/True", "/False"),
            has_identifier="/ID" in pdf.trailer,
            has_bookmarks="/First" in root.get("/Outlines", _NOTHING),
            has_forms=bool(root.get("/AcroForm", _NOTHING).get("/Fields", _NONE)),
            has_scripts="/JavaScript" in names or "/OpenAction" in root or "/AA" in root,
            has_attachments="/EmbeddedFiles" in names,
            bytes=len(data),
        )


def _pages(pdf: pikepdf.Pdf, data: bytes, measure_ink: MeasureInk) -> Iterator[PageFacts]:
    known: dict[tuple[int, int], tuple[str, int | None]] = {}
    texts = pypdfium2.PdfDocument(data)
    for number, page in enumerate(pdf.pages, 1):
        found = Painted(measure_ink, known=known)
        read_page(page, found)
        yield PageFacts(
            number,
            str(page.label),
            boxes_of(page),
            int(page.obj.get("/Rotate", 0)),
            frozenset(found.paints),
            tuple(found.pictures),
            frozenset(found.fonts),
            tuple(found.transparency),
            tuple(annotations_of(page)),
            _text_box(texts[number - 1], boxes_of(page).trimmed),
        )


def _text_box(page: pypdfium2.PdfPage, trim: Box) -> Box | None:
    """What all letters within the trim cover; a slug line outside it is not the page's."""
    text = page.get_textpage()
    rectangles = [text.get_rect(n) for n in range(text.count_rects())]
    inside = [r for r in rectangles if r[0] < trim[2] and r[2] > trim[0] and r[1] < trim[3] and r[3] > trim[1]]
    if not inside:
        return None
    lefts, bottoms, rights, tops = zip(*inside, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _intents(root: pikepdf.Object) -> Iterator[Intent]:
    for intent in root.get("/OutputIntents", ()):
        profile = intent.get("/DestOutputProfile")
        yield Intent(
            str(intent.get("/S", "/"))[1:],
            str(intent.get("/OutputConditionIdentifier", "")),
            str(intent.get("/RegistryName", "")),
            _FAMILIES.get(int(profile.get("/N", 0)), "unknown") if profile is not None else "unknown",
        )


def _standards(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The standards that a file says it keeps, in its XMP or, before that was the place, in its information."""
    said = _xmp(pdf)
    press = said.get("GTS_PDFXVersion") or str(pdf.docinfo.get("/GTS_PDFXVersion", ""))
    conformance = said.get("GTS_PDFXConformance") or str(pdf.docinfo.get("/GTS_PDFXConformance", ""))
    if press:
        yield conformance or press
    if "part" in said:
        yield f"PDF/A-{said['part']}{said.get('conformance', '')}"
    if "ua" in said:
        yield f"PDF/UA-{said['ua']}"


def _xmp(pdf: pikepdf.Pdf) -> dict[str, str]:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        found = {}
        for key, spaces in _XMP_KEYS.items():
            name = "part" if key == "ua" else key
            value = next((v for space in spaces if (v := metadata.get(f"{{{space}}}{name}"))), None)
            if value:
                found[key] = str(value)
        return found
