"""The ebook, in two forms: reflowable text that takes the size its reader chooses, or the fixed pages of the book."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from pressroom.publication.edition_form import (
    Contradiction,
    EditionForm,
    EditionReference,
    FormName,
    PictureSize,
    Store,
    Topic,
)
from pressroom.publication.measures import MM_PER_INCH, Trim, TrimSize, pixels
from pressroom.publication.pdf_edition import PdfEdition

MOST_PIXELS = 5_600_000
"""The most pixels of a picture in a fixed layout (Apple Books Asset Guide 5.3)."""


class EpubEdition(EditionForm):
    """An ebook."""

    format: Literal["epub"]
    layout_mode: Literal["reflowable", "fixed"] = "reflowable"
    """Text that takes the size its reader chooses, or the very pages of the book."""
    trim: TrimSize | None = None
    """Of a fixed layout, the size of its pages: that of the edition in pages_from, unless another is given."""
    pages_from: str | None = None
    """The edition whose page numbers the ebook carries; a fixed layout has its size, too."""
    store: Store = "generic"
    """The shop that sells it: its rules are kept, and choose image_px, quality and max_mb where nothing is said."""
    image_px: Annotated[int, Field(ge=200, le=10000)] = 1600
    """Longest side of a picture, in pixels; no picture has more than 5.6 million of them."""
    quality: Annotated[int, Field(ge=50, le=95)] = 85
    """Of photographs as JPEG: 85 looks like the original, 60 shows its blocks."""
    max_mb: Annotated[float, Field(gt=0)] = 50
    """Largest size of the file in megabytes of 1,000,000 bytes; all pictures are reduced alike until it is kept."""
    fonts: Literal["embed", "obfuscate", "none"] = "embed"
    """The layout's fonts: in the ebook as they are, in it but of no use elsewhere, or left to the reader."""
    onix: bool = False
    """Whether a record for the book trade (ONIX 3.0) is written beside it."""

    topics: ClassVar[tuple[Topic, ...]] = ("ebook",)
    page: ClassVar[None] = None
    wrap: ClassVar[None] = None
    suffix: ClassVar[str] = "epub"

    @property
    def form(self) -> FormName:
        """Reflowable or fixed."""
        return self.layout_mode

    @property
    def ebook(self) -> EpubEdition:
        """Itself."""
        return self

    @property
    def is_fixed(self) -> bool:
        """Whether it has pages of its own."""
        return self.layout_mode == "fixed"

    @property
    def waits_for(self) -> EditionReference | None:
        """The edition whose page numbers it carries."""
        return EditionReference("pages_from", self.pages_from) if self.pages_from is not None else None

    def laid_out_as(self, book: PdfEdition | None) -> EpubEdition | FixedPages:
        """The pages of a fixed layout, in the size of the `book` that it waits for; reflowable text as itself."""
        if not self.is_fixed:
            return self
        trim = self.trim or (book or PdfEdition(format="pdf")).trim
        return FixedPages(format="pdf", trim=trim, image_ppi=min(150, _finest(trim)), quality=self.quality)

    def file_name(self, stem: str, name: str, *, is_first_ebook: bool) -> str:
        """The first ebook has the publication's own name."""
        return f"{stem}.epub" if is_first_ebook else f"{stem}-{name}.epub"

    def picture_size(self, ratio: float, placed_mm: float, most_pixels: int) -> PictureSize:
        """The longest side as the edition has it, and no more pixels than its store takes."""
        del placed_mm
        width, height = math.isqrt(math.floor(most_pixels * ratio)), math.isqrt(math.floor(most_pixels / ratio))
        return PictureSize(min(self.image_px, width), min(self.image_px, height), self.quality)

    def with_pictures(self, size: int, quality: int) -> Self:
        """Sizes in an ebook are in px."""
        return self._with(quality=quality, image_px=size)

    def contradictions(self, name: str) -> Iterator[Contradiction]:
        """What pages need, and what only pages have."""
        if self.trim and not self.is_fixed:
            why = f"“{name}” is reflowable: it has no pages that could have a size."
            remedy = "Add layout_mode: fixed, or delete trim."
            yield Contradiction("trim-without-pages", "trim", why, remedy)
        if self.is_fixed and "image_px" in self.model_fields_set:
            why = f"“{name}” has a fixed layout, in which the size of a page decides how many pixels a picture needs."
            yield Contradiction("image-px-fixed", "image_px", why, "Delete image_px.")
        if self.is_fixed and self.fonts == "none":
            why = f"“{name}” has a fixed layout; in the reader’s own fonts its lines would overlap."
            remedy = "Delete fonts, or layout_mode: fixed."
            yield Contradiction("fixed-without-fonts", "fonts", why, remedy)


class FixedPages(PdfEdition):
    """The pages of a fixed layout: laid out as those of a PDF for the screen. Nobody types it."""

    quality: int
    """Of photographs as JPEG."""

    @property
    def picture_quality(self) -> int:
        """As its ebook has it."""
        return self.quality

    def picture_size(self, ratio: float, placed_mm: float, most_pixels: int) -> PictureSize:
        """Of a picture that is cropped to its place, most pixels may never be seen: no more than a store takes."""
        del most_pixels
        width = pixels(placed_mm, self.image_ppi)
        if width * width / ratio > MOST_PIXELS:
            width = math.isqrt(int(MOST_PIXELS * ratio)) - 1
        return PictureSize(width, max(1, round(width / ratio)), self.quality)

    def with_pictures(self, size: int, quality: int) -> Self:
        """Sizes on pages are in ppi."""
        return self._with(quality=quality, image_ppi=size)


def _finest(trim: Trim) -> int:
    """The ppi at which a whole page has as many pixels as a store takes of one picture."""
    return int(MM_PER_INCH * math.sqrt(MOST_PIXELS / (trim.width * trim.height)))
