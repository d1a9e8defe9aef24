"""The printed cover: back, spine and front on one sheet around the pages of a book. Lengths are millimetres."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from pressroom.publication.edition_form import (
    EditionForm,
    EditionReference,
    FormName,
    Printer,
    Standard,
    Topic,
)
from pressroom.publication.measures import Bleed, Length


class CoverEdition(EditionForm):
    """The cover of a printed edition: back, spine and front on one sheet."""

    format: Literal["cover"]
    of: Annotated[str, Field(alias="for")] = "print"
    """The edition that it is the cover of; its pages make the spine."""
    paper: str | None = None
    """Which of the printer's papers the pages are printed on: white, cream."""
    caliper: Length | None = None
    """Thickness of one sheet of the paper, which is two pages."""
    bleed: Bleed = 3.0
    """How far the cover runs over its edges."""
    marks: tuple[Literal["crop", "registration"], ...] = ()
    """Marks for the bindery, outside the bleed."""
    standard: Standard | None = None
    """The standard the file is to meet."""
    profile: str | None = None
    """Printing condition: a profile in assets/profiles, without .icc."""
    printer: Printer | None = None
    """The printer whose rules hold: one that comes with Pressroom, or one of assets/printers."""

    topics: ClassVar[tuple[Topic, ...]] = ("pages", "cover")
    ebook: ClassVar[None] = None
    page: ClassVar[None] = None
    is_product: ClassVar[bool] = False

    @property
    def form(self) -> FormName:
        """A printed cover."""
        return "cover"

    @property
    def wrap(self) -> CoverEdition:
        """Itself."""
        return self

    @property
    def for_press(self) -> bool:
        """A printed cover always goes to a printer."""
        return True

    @property
    def printed_by(self) -> str | None:
        """The name of the printer whose rules it keeps."""
        return self.printer

    @property
    def waits_for(self) -> EditionReference | None:
        """Its book: the number of pages makes the spine."""
        return EditionReference("for", self.of)
