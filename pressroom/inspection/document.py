"""A PDF as a whole: its metadata, its claims, its interactive parts and its pages."""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name

from pressroom.inspection.colourspaces import Family
from pressroom.inspection.fingerprints import Fingerprints
from pressroom.inspection.images import IsWhole, MeasureInk
from pressroom.inspection.operators import DAMAGE, Painted, SharedObjects, read_page
from pressroom.inspection.page import (
    UNDRAWN,
    PageContent,
    PageFacts,
    PdfBox,
    annotations_of,
    boxes_of,
    inherited,
    rotation_of,
    unit_of,
)
from pressroom.inspection.pdf_names import name_of
from pressroom.inspection.stream_lengths import unpacked_length
from pressroom.keeping.shelf import NO_SHELF, Shelf

logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # else its repairs are logged to the terminal
_MOST_XMP = 10_000_000
"""Bytes of XMP: as a publisher’s catalogue of every font and picture in a file may have."""
_FAMILIES: Mapping[int, Family] = {1: "gray", 3: "rgb", 4: "cmyk"}
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
    """Its name in the registry of characterisations: FOGRA39."""
    registry: str
    family: Family
    """The process of the embedded profile; unknown where none is embedded."""


@dataclass(frozen=True)
class Inspected:
    """The facts about a PDF."""

    version: str
    pages: tuple[PageFacts, ...]
    standards: tuple[str, ...]
    """The standards that it claims: “PDF/X-4”, “PDF/A-2u”, “PDF/UA-1”."""
    intents: tuple[Intent, ...]
    title: str
    language: str
    is_encrypted: bool
    is_tagged: bool
    shows_title: bool
    has_trapped_key: bool
    """Whether it states if it has been trapped, as PDF/X asks."""
    has_identifier: bool
    has_bookmarks: bool
    has_forms: bool
    has_scripts: bool
    has_attachments: bool
    reads_from_right: bool
    """Whether its pages are bound at the right, as in Hebrew or Arabic."""
    bytes: int


def inspect(
    data: bytes | Path,
    measure_ink: MeasureInk = lambda _, __: None,
    *,
    is_whole: IsWhole | None = None,
    with_text: bool = True,
    shelf: Shelf = NO_SHELF,
) -> Inspected:
    """The facts about a PDF; the rectangles around its text are found only `with_text`, since that takes time.

    A path has it read where it lies, so that a long book is not held in memory. `measure_ink` measures the total ink of
    a JPEG. `is_whole` asks whether pictures can be decoded, which takes time, too. `shelf` holds the facts about pages
    that were read before. Raises pikepdf.PdfError for a file that cannot be read at all.
    """
    painted = partial(Painted, measure_ink, is_whole)
    with _opened(data) as pdf:
        root, info = pdf.Root, _dictionary(pdf.trailer, "/Info")
        names, preferences = _dictionary(root, "/Names"), _dictionary(root, "/ViewerPreferences")
        fields = _dictionary(root, "/AcroForm").get("/Fields")
        return Inspected(
            version=max(pdf.pdf_version, name_of(root.get("/Version", ""))),
            pages=tuple(_pages(pdf, _texts(data) if with_text else None, painted, shelf)),
            standards=tuple(_standards(pdf, info)),
            intents=tuple(_intents(root)),
            title=_text(info, "/Title"),
            language=_text(root, "/Lang"),
            is_encrypted=pdf.is_encrypted,
            is_tagged=bool(_dictionary(root, "/MarkInfo").get("/Marked", False)) and "/StructTreeRoot" in root,
            shows_title=bool(preferences.get("/DisplayDocTitle", False)),
            has_trapped_key=info.get("/Trapped") in (Name("/True"), Name("/False")),
            has_identifier="/ID" in pdf.trailer,
            has_bookmarks="/First" in _dictionary(root, "/Outlines"),
            has_forms=isinstance(fields, Array) and len(fields) > 0,
            has_scripts="/JavaScript" in names or "/AA" in root or isinstance(root.get("/OpenAction"), Dictionary),
            has_attachments="/EmbeddedFiles" in names,
            reads_from_right=preferences.get("/Direction") == Name.R2L,
            bytes=len(data) if isinstance(data, bytes) else data.stat().st_size,
        )


def _opened(data: bytes | Path) -> pikepdf.Pdf:
    """The file in pikepdf, whose own word for some damage of the page tree is another exception."""
    try:
        return pikepdf.open(io.BytesIO(data) if isinstance(data, bytes) else data)
    except RuntimeError as fault:
        raise pikepdf.PdfError(f"pages: {fault}") from None


def _dictionary(parent: Any, key: str) -> Any:
    """The dictionary under a key of another; an empty one where there is none."""
    found = parent.get(key)
    return found if isinstance(found, Dictionary) else Dictionary()


def _text(parent: Any, key: str) -> str:
    found = parent.get(key)
    return str(found) if isinstance(found, pikepdf.String) else ""


def _pages(
    pdf: pikepdf.Pdf, texts: pypdfium2.PdfDocument | None, painted: Callable[..., Painted], shelf: Shelf
) -> Iterator[PageFacts]:
    shared, fingerprints = SharedObjects(), Fingerprints()
    for number, page in enumerate(pdf.pages, 1):
        read = partial(_content, page.obj, painted(shared=shared))
        fingerprint = fingerprints.of(page.obj) if shelf.keeps else None
        content = shelf.value(PageContent, fingerprint, read) if fingerprint else read()
        boxes = boxes_of(page.obj)
        yield PageFacts(
            number,
            _label(page, number),
            boxes,
            rotation_of(page.obj),
            content.paints,
            content.pictures,
            content.fonts,
            content.transparency,
            tuple(annotations_of(page.obj)),
            _text_box(None if content.damage in UNDRAWN else texts, number, boxes.trimmed, unit_of(page.obj)),
            content.damage,
        )


def _content(page: Any, found: Painted) -> PageContent:
    read_page(page, inherited(page, "/Resources"), unit_of(page), found)
    return found.content()


def _label(page: pikepdf.Page, number: int) -> str:
    try:
        return str(page.label)
    except DAMAGE:
        return str(number)


def _texts(data: bytes | Path) -> pypdfium2.PdfDocument | None:
    """The file in PDFium, which finds the places of letters; None where PDFium cannot read it."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None


def _text_box(texts: pypdfium2.PdfDocument | None, number: int, trim: PdfBox, unit: float) -> PdfBox | None:
    """The rectangle around the text within the trim; a slug line outside does not belong to the page."""
    if texts is None or number > len(texts):
        return None
    try:
        text = texts[number - 1].get_textpage()
        rectangles = [[side * unit for side in text.get_rect(n)] for n in range(text.count_rects())]
    except pypdfium2.PdfiumError:
        return None
    inside = [r for r in rectangles if r[0] < trim[2] and r[2] > trim[0] and r[1] < trim[3] and r[3] > trim[1]]
    if not inside:
        return None
    lefts, bottoms, rights, tops = zip(*inside, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _intents(root: Any) -> Iterator[Intent]:
    found = root.get("/OutputIntents")
    for intent in found if isinstance(found, Array) else ():
        if isinstance(intent, Dictionary):
            profile = intent.get("/DestOutputProfile")
            components = profile.get("/N") if isinstance(profile, pikepdf.Stream) else None
            yield Intent(
                name_of(intent.get("/S", "/")),
                _text(intent, "/OutputConditionIdentifier"),
                _text(intent, "/RegistryName"),
                _FAMILIES.get(components, "unknown") if isinstance(components, int) else "unknown",
            )


def _standards(pdf: pikepdf.Pdf, info: Any) -> Iterator[str]:
    """The standards that a file claims, in its XMP or, as older ones have it, in its information dictionary."""
    xmp = _xmp(pdf)
    press = xmp.get("GTS_PDFXVersion") or _text(info, "/GTS_PDFXVersion")
    conformance = xmp.get("GTS_PDFXConformance") or _text(info, "/GTS_PDFXConformance")
    if press:
        yield conformance or press
    if "part" in xmp:
        yield f"PDF/A-{xmp['part']}{xmp.get('conformance', '').lower()}"
    if "ua" in xmp:
        yield f"PDF/UA-{xmp['ua']}"


def _xmp(pdf: pikepdf.Pdf) -> dict[str, str]:
    found: dict[str, str] = {}
    with contextlib.suppress(*DAMAGE):
        held = pdf.Root.get("/Metadata")
        if not isinstance(held, pikepdf.Stream) or unpacked_length(held, _MOST_XMP) > _MOST_XMP:
            return found
        metadata = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        for key, spaces in _XMP_KEYS.items():
            name = "part" if key == "ua" else key
            value = next((v for space in spaces if (v := metadata.get(f"{{{space}}}{name}"))), None)
            if value:
                found[key] = str(value)
    return found
