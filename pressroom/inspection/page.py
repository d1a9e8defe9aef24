"""A page of a PDF: its boxes, and everything that its operators paint. Lengths are points unless they say otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pikepdf import Array, Dictionary

from pressroom.inspection.colourspaces import Family, PaintColour
from pressroom.inspection.embedding import Font

PdfBox = tuple[float, float, float, float]
"""Left, bottom, right, top."""
PaintUse = Literal["text", "line", "area"]
PT_PER_INCH = 72
ENDLESS = "forms that hold themselves, or each other too often"
_LETTER: PdfBox = (0.0, 0.0, 612.0, 792.0)
"""What readers take where a file has no media box."""
_DEEPEST = 50
"""Branches of the tree of pages; damaged files go round in circles."""


@dataclass(frozen=True)
class Boxes:
    """A page's boxes (ISO 32000-1, 14.11.2), as they are written; None where one is not."""

    media: PdfBox
    crop: PdfBox | None = None
    bleed: PdfBox | None = None
    trim: PdfBox | None = None
    art: PdfBox | None = None

    @property
    def trimmed(self) -> PdfBox:
        """Where the page is cut: its trim or art box, else all that is shown of it."""
        return self.trim or self.art or self.sheet

    @property
    def sheet(self) -> PdfBox:
        """What is shown of it: the crop box, as far as it lies within the media box."""
        if self.crop is None:
            return self.media
        left, bottom = max(self.crop[0], self.media[0]), max(self.crop[1], self.media[1])
        right, top = min(self.crop[2], self.media[2]), min(self.crop[3], self.media[3])
        return (left, bottom, right, top) if left < right and bottom < top else self.media


@dataclass(frozen=True)
class Paint:
    """Something is painted in a colour."""

    use: PaintUse
    colour: PaintColour
    size: float
    """Of text, its size; of a line, its width; of an area 0."""


@dataclass(frozen=True)
class PlacedPicture:
    """A picture where it stands on a page."""

    name: str
    digest: str
    """SHA-256 of its bytes as they lie in the file."""
    pixels: tuple[int, int]
    width: float
    height: float
    family: Family
    is_calibrated: bool
    """Whether it brings a profile of its own."""
    bits: int
    """Per component."""
    ink: int | None = None
    """Most ink on one spot, in percent of one plate, where that was measured."""

    @property
    def ppi(self) -> float:
        """Pixels per inch at which it is printed: the poorer of its two directions."""
        if not (self.width and self.height):
            return 0.0
        return min(self.pixels[0] / self.width, self.pixels[1] / self.height) * PT_PER_INCH


@dataclass(frozen=True)
class PageFacts:
    """All that is known of a page."""

    number: int
    """From 1."""
    label: str
    """What the file calls it: “iv”, “12”."""
    boxes: Boxes
    rotation: int
    """By how much it is turned for the eye: 0, 90, 180 or 270 degrees."""
    paints: frozenset[Paint]
    pictures: tuple[PlacedPicture, ...]
    fonts: frozenset[Font]
    transparency: tuple[str, ...]
    """What on it lets something shine through, in words."""
    annotations: tuple[str, ...]
    """The kinds of its annotations: Link, Widget …"""
    text: PdfBox | None
    """What all letters of the page cover."""
    damage: str = ""
    """What of it could not be read."""

    @property
    def is_endless(self) -> bool:
        """Whether no machine would come to the end of it."""
        return self.damage == ENDLESS


def inherited(page: Any, key: str) -> Any:
    """What a page says, or else the branch of the tree that it hangs on (ISO 32000-1, 7.7.3.4)."""
    node = page
    for _ in range(_DEEPEST):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def boxes_of(page: Any) -> Boxes:
    """The boxes of a page as they are written, in points whatever its unit."""
    unit = unit_of(page)
    media = _upright(inherited(page, "/MediaBox"), unit) or _LETTER
    crop = _upright(inherited(page, "/CropBox"), unit)
    own = [_upright(page.get(key), unit) for key in ("/BleedBox", "/TrimBox", "/ArtBox")]
    return Boxes(media, crop, *own)


def unit_of(page: Any) -> float:
    """The size of a page's unit in points (UserUnit)."""
    unit = page.get("/UserUnit", 1)
    return float(unit) if isinstance(unit, int | float | Decimal) and unit > 0 else 1.0


def rotation_of(page: Any) -> int:
    """By how much a page is turned for the eye."""
    turn = inherited(page, "/Rotate")
    return int(turn) % 360 // 90 * 90 if isinstance(turn, int | float | Decimal) else 0


def annotations_of(page: Any) -> Iterator[str]:
    """The kinds of a page's annotations, without those of printers themselves (ISO 32000-1, 14.11.3)."""
    found = page.get("/Annots")
    for annotation in found if isinstance(found, Array) else ():
        kind = str(annotation.get("/Subtype", "/unknown"))[1:] if isinstance(annotation, Dictionary) else "unknown"
        if kind not in ("PrinterMark", "TrapNet"):
            yield kind


def _upright(array: Any, unit: float) -> PdfBox | None:
    if not isinstance(array, Array) or len(array) != len(_LETTER):
        return None
    if not all(isinstance(n, int | float | Decimal) for n in array):
        return None
    x0, y0, x1, y1 = (float(n) * unit for n in array)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
