"""A page of a PDF: its boxes, and everything that its operators paint. Lengths are points unless they say otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pikepdf

from pressroom.inspection.colours import Colour, Family
from pressroom.inspection.fonts import Font

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Use = Literal["text", "line", "area"]
PT_PER_INCH = 72


@dataclass(frozen=True)
class Boxes:
    """A page's boxes (ISO 32000-1, 14.11.2), as they are written; None where one is not."""

    media: Box
    crop: Box | None = None
    bleed: Box | None = None
    trim: Box | None = None
    art: Box | None = None

    @property
    def trimmed(self) -> Box:
        """Where the page is cut: its trim box, else its crop box, else all of it."""
        return self.trim or self.crop or self.media


@dataclass(frozen=True)
class Paint:
    """Something is painted in a colour."""

    use: Use
    colour: Colour
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
    has_mask: bool
    """Whether it lets through what is under it."""
    interpolates: bool
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
    paints: frozenset[Paint]
    pictures: tuple[PlacedPicture, ...]
    fonts: frozenset[Font]
    transparency: tuple[str, ...]
    """What on it lets something shine through, in words."""
    annotations: tuple[str, ...]
    """The kinds of its annotations: Link, Widget …"""
    text: Box | None
    """What all letters of the page cover."""


def boxes_of(page: pikepdf.Page) -> Boxes:
    """The boxes of a page as they are written, the media box also as it is inherited."""

    def box(name: str) -> Box | None:
        found = page.obj.get(name)
        return _upright(found) if found is not None else None

    media = _upright(page.mediabox)
    return Boxes(media, box("/CropBox"), box("/BleedBox"), box("/TrimBox"), box("/ArtBox"))


def _upright(array: pikepdf.Object) -> Box:
    x0, y0, x1, y1 = (float(n) for n in array)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def annotations_of(page: pikepdf.Page) -> Iterator[str]:
    """The kinds of a page's annotations."""
    for annotation in page.obj.get("/Annots", ()):
        yield str(annotation.get("/Subtype", "/unknown"))[1:]
