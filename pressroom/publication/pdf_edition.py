"""The PDF: for the screen, or with bleed and marks for the press. Lengths are millimetres."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from pressroom.publication.edition_form import (
    Contradiction,
    EditionForm,
    FormName,
    PictureSize,
    Printer,
    Standard,
    Topic,
)
from pressroom.publication.measures import Bleed, Length, Trim, TrimSize, pixels

PRESS_QUALITY, SCREEN_QUALITY = 92, 85
"""Of JPEGs. A screen forgives more than a magnifying glass over ink."""
PRESS_PPI = 150
"""The pixels per inch under which every printer calls a photograph blurred, for a press edition without `min_ppi`."""
_FOR_A_PRINTER = {"standard", "printer", "marks", "profile"}
"""Keys that a proof for the office printer cannot keep."""


class PdfEdition(EditionForm):
    """A PDF: for the screen, or with bleed and marks for the press."""

    format: Literal["pdf"]
    trim: TrimSize = Trim(210, 270)
    """Size of the finished page: WIDTHxHEIGHT with a unit, or a name such as a5."""
    bleed: Bleed = 0.0
    """How far pictures run over the edge of the page, so that no white shows where it is cut."""
    gutter: Length = 0.0
    """How much of a picture over two pages stands on both sides of the fold, since the binding takes some of it."""
    marks: tuple[Literal["crop", "registration"], ...] = ()
    """Marks for the bindery, outside the bleed."""
    standard: Standard | None = None
    """The standard the file is to meet."""
    profile: str | None = None
    """Printing condition: a profile in assets/profiles, without .icc."""
    image_ppi: Annotated[int, Field(ge=36, le=1200)] = 150
    """Pixels per inch that pictures are reduced to at the size they are placed."""
    min_ppi: Annotated[int, Field(ge=1, le=1200)] | None = None
    """Pictures with fewer pixels per inch than this are reported; without it, those that are too coarse for a press."""
    printer: Printer | None = None
    """The printer whose rules hold: one that comes with Pressroom, or one of assets/printers."""
    proof: Literal["spreads", "booklet"] | None = None
    """Two pages to a sheet for the office printer: as spreads, or to be folded into a booklet."""
    proof_on: TrimSize = Trim(297, 210)
    """The office printer's paper: a4, letter, 420x297mm."""

    topics: ClassVar[tuple[Topic, ...]] = ("pages",)
    ebook: ClassVar[None] = None
    wrap: ClassVar[None] = None

    @property
    def form(self) -> FormName:
        """A PDF."""
        return "pdf"

    @property
    def page(self) -> PdfEdition:
        """Its own page."""
        return self

    @property
    def for_press(self) -> bool:
        """Whether this goes to a printer, in ink, rather than to a screen."""
        return bool(self.bleed or self.marks or self.printer or (self.standard or "").startswith("PDF/X"))

    @property
    def least_ppi(self) -> int | None:
        """The pixels per inch below which a picture is reported, at the size at which it stands; None for no limit."""
        if self.min_ppi is not None or not self.for_press:
            return self.min_ppi
        return min(PRESS_PPI, self.image_ppi)

    @property
    def is_tagged(self) -> bool:
        """Whether its file is to be tagged."""
        return self.standard == "PDF/UA-1" and not self.for_press

    @property
    def shows_front(self) -> bool:
        """Whether it begins with the front cover: a printer wants that on a sheet of its own."""
        return not self.for_press

    @property
    def printed_by(self) -> str | None:
        """The name of the printer whose rules it keeps."""
        return self.printer

    @property
    def picture_quality(self) -> int:
        """Quality of its JPEGs."""
        return PRESS_QUALITY if self.for_press else SCREEN_QUALITY

    def picture_size(self, ratio: float, placed_mm: float, most_pixels: int) -> PictureSize:
        """As many pixels as its ppi asks for at the width on the page; a store has no say."""
        del most_pixels
        width = pixels(placed_mm, self.image_ppi)
        return PictureSize(width, max(1, round(width / ratio)), self.picture_quality, in_inks=True)

    def contradictions(self, name: str) -> Iterator[Contradiction]:
        """Keys that only a printer's file can keep, on a proof for the office printer."""
        for key in sorted(self.model_fields_set & _FOR_A_PRINTER) if self.proof else ():
            why = f"“{name}” is a proof with two pages to a sheet, for which {key} has no meaning."
            remedy = "Delete the key, or make the proof an edition of its own."
            yield Contradiction("proof-for-press", key, why, remedy)
