"""A page of a PDF: its boxes, and the facts about everything that it paints. Lengths are points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pikepdf import Array, Dictionary

from pressroom.inspection.colourspaces import Family, PaintColour
from pressroom.inspection.embedding import Font
from pressroom.inspection.pdf_names import name_of

PdfBox = tuple[float, float, float, float]
"""Left, bottom, right, top."""
PaintUse = Literal["text", "line", "area"]
PT_PER_INCH = 72
ENDLESS = "forms contain themselves, or each other too often"
MOST_CONTENT = 32 * 2**20
"""The longest content that is read, in bytes: parsed, it takes up to 6 GB, and few bytes unpack to any number."""
IMMENSE = f"its content is longer than {MOST_CONTENT >> 20} MB, so that nothing on it is looked at"
UNDRAWN = (ENDLESS, IMMENSE)
"""The damage of pages that would take all time or memory to draw."""
_LETTER: PdfBox = (0.0, 0.0, 612.0, 792.0)
"""The media box that readers assume where a file has none: US letter."""
_DEEPEST = 50
"""The most levels of the page tree that are climbed; in a damaged file it may be circular."""


@dataclass(frozen=True)
class Boxes:
    """A page’s boxes (ISO 32000-1, 14.11.2) as the file has them; None for a box that it lacks."""

    media: PdfBox
    crop: PdfBox | None = None
    bleed: PdfBox | None = None
    trim: PdfBox | None = None
    art: PdfBox | None = None

    @property
    def trimmed(self) -> PdfBox:
        """The finished page: its trim box or art box, else the sheet."""
        return self.trim or self.art or self.sheet

    @property
    def sheet(self) -> PdfBox:
        """The visible sheet: the crop box, as far as it lies within the media box."""
        if self.crop is None:
            return self.media
        left, bottom = max(self.crop[0], self.media[0]), max(self.crop[1], self.media[1])
        right, top = min(self.crop[2], self.media[2]), min(self.crop[3], self.media[3])
        return (left, bottom, right, top) if left < right and bottom < top else self.media


@dataclass(frozen=True)
class Paint:
    """One use of a colour: for text, a line or an area."""

    use: PaintUse
    colour: PaintColour
    size: float
    """The size of the text or the width of the line; 0 for an area."""


@dataclass(frozen=True)
class PlacedPicture:
    """A picture as it is placed on a page."""

    name: str
    digest: str
    """SHA-256 of its stream in the file, still encoded."""
    pixels: tuple[int, int]
    width: float
    height: float
    family: Family
    is_calibrated: bool
    """Whether its colour space is calibrated or has an ICC profile."""
    bits: int
    """Bits per component."""
    ink: int | None = None
    """The highest total ink, in percent of one plate, where it was measured."""
    is_damaged: bool = False
    """Whether pixels of it cannot be decoded, where that was asked."""

    @property
    def ppi(self) -> float:
        """Effective resolution in pixels per inch: the lower one of its two directions."""
        if not (self.width and self.height):
            return 0.0
        return min(self.pixels[0] / self.width, self.pixels[1] / self.height) * PT_PER_INCH


@dataclass(frozen=True)
class PageContent:
    """The facts about what a page shows."""

    paints: frozenset[Paint]
    pictures: tuple[PlacedPicture, ...]
    fonts: frozenset[Font]
    transparency: tuple[str, ...]
    """The kinds of transparency on it, in words."""
    damage: str = ""
    """The first thing that could not be read; empty for none."""


@dataclass(frozen=True)
class PageFacts:
    """The facts about one page."""

    number: int
    """From 1."""
    label: str
    """Its page label in the file: “iv”, “12”."""
    boxes: Boxes
    rotation: int
    """The rotation with which viewers display it: 0, 90, 180 or 270 degrees."""
    paints: frozenset[Paint]
    pictures: tuple[PlacedPicture, ...]
    fonts: frozenset[Font]
    transparency: tuple[str, ...]
    """The kinds of transparency on it, in words."""
    annotations: tuple[str, ...]
    """The kinds of its annotations: Link, Widget …"""
    text: PdfBox | None
    """The rectangle around all its text within the trim."""
    damage: str = ""
    """The first thing on it that could not be read; empty for none."""

    @property
    def is_endless(self) -> bool:
        """Whether it would take all time or memory to draw it."""
        return self.damage in UNDRAWN


def inherited(page: Any, key: str) -> Any:
    """The value of a page’s key, its own or inherited from the page tree (ISO 32000-1, 7.7.3.4)."""
    node = page
    for _ in range(_DEEPEST):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def boxes_of(page: Any) -> Boxes:
    """The boxes of a page in points, whatever its UserUnit."""
    unit = unit_of(page)
    media = _upright(inherited(page, "/MediaBox"), unit) or _LETTER
    crop = _upright(inherited(page, "/CropBox"), unit)
    own = [_upright(page.get(key), unit) for key in ("/BleedBox", "/TrimBox", "/ArtBox")]
    return Boxes(media, crop, *own)


def unit_of(page: Any) -> float:
    """The size of a page’s unit in points (UserUnit, ISO 32000-1, 14.11.1)."""
    unit = page.get("/UserUnit", 1)
    return float(unit) if isinstance(unit, int | float | Decimal) and unit > 0 else 1.0


def rotation_of(page: Any) -> int:
    """The rotation with which viewers display a page, in degrees."""
    turn = inherited(page, "/Rotate")
    return int(turn) % 360 // 90 * 90 if isinstance(turn, int | float | Decimal) else 0


def annotations_of(page: Any) -> Iterator[str]:
    """The kinds of a page’s annotations, except printer’s marks and trap networks (ISO 32000-1, 14.11.3, 14.11.6)."""
    found = page.get("/Annots")
    for annotation in found if isinstance(found, Array) else ():
        kind = name_of(annotation.get("/Subtype", "/unknown")) if isinstance(annotation, Dictionary) else "unknown"
        if kind not in ("PrinterMark", "TrapNet"):
            yield kind


def _upright(array: Any, unit: float) -> PdfBox | None:
    if not isinstance(array, Array) or len(array) != len(_LETTER):
        return None
    if not all(isinstance(n, int | float | Decimal) for n in array):
        return None
    x0, y0, x1, y1 = (float(n) * unit for n in array)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
