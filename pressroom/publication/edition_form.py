"""The form of an edition: what every room asks of an edition, whatever it is made as. Each form answers for itself.

A new form is a module beside this one with a class of its own, its name in `FormName`, its entry in `editions`, and the
maker that `production.makers` registers for it.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, WithJsonSchema

from pressroom.forms import Form
from pressroom.whereabouts import PRINTERS

FormName = Literal["reflowable", "fixed", "pdf", "cover"]
"""The forms: an ebook whose text flows, one with the pages of the book, a PDF, a printed cover."""
Topic = Literal["pages", "ebook", "cover"]
"""What preflight asks about: pages and their pictures, what stores and readers want, the sheet around a book."""
Printer = Annotated[
    str,
    AfterValidator(functools.partial(unicodedata.normalize, "NFC")),  # as the names of files are compared
    WithJsonSchema({"type": "string", "examples": list(PRINTERS)}),
]
Store = Literal["apple", "kindle", "kobo", "google", "generic"]
Standard = Literal["PDF/UA-1", "PDF/X-4", "PDF/X-3", "PDF/X-1a", "PDF/A-2u"]


@dataclass(frozen=True)
class EditionReference:
    """An edition that another one names, and the key in which it does."""

    key: str
    name: str


@dataclass(frozen=True)
class Contradiction:
    """Keys of one edition that cannot hold together."""

    id: str
    key: str
    message: str
    remedy: str


@dataclass(frozen=True)
class PictureSize:
    """What an edition asks of one picture."""

    width: int
    """Pixels, at most."""
    height: int
    """Pixels, at most."""
    quality: int
    """Of a JPEG."""
    in_inks: bool = False
    """Whether it is separated where the edition has the profile of a press."""


class EditionForm(Form):
    """What every form answers. The answers here are those of a form that has nothing to say.

    Each form also has `ebook`, `page` and `wrap`, for who needs the keys of one form: itself where it is an ebook, the
    page that something is laid out on, or the cover of a printed book, else None.
    """

    topics: ClassVar[tuple[Topic, ...]] = ()
    """What preflight asks about before it is made."""
    suffix: ClassVar[str] = "pdf"
    """Ending of its file's name."""
    is_product: ClassVar[bool] = True
    """Whether it is sold by itself, with an identifier of its own."""

    @property
    def form(self) -> FormName:
        """What it is made as."""
        raise NotImplementedError

    @property
    def for_press(self) -> bool:
        """Whether it goes to a printer, in ink, rather than to a screen."""
        return False

    @property
    def shows_front(self) -> bool:
        """Whether it shows the front cover; a printer wants that on a sheet of its own, around the book."""
        return True

    @property
    def printed_by(self) -> str | None:
        """The name of the printer whose rules it keeps."""
        return None

    @property
    def waits_for(self) -> EditionReference | None:
        """The edition whose pages it needs before it can be made."""
        return None

    def file_name(self, stem: str, name: str, *, is_first_ebook: bool) -> str:
        """The name of its file, from the publication's stem and the edition's own name."""
        del is_first_ebook
        return f"{stem}-{name}.{self.suffix}"

    def picture_size(self, ratio: float, placed_mm: float, most_pixels: int) -> PictureSize | None:
        """What it asks of a picture of this ratio (width to height) that stands `placed_mm` wide on its page, where a
        store takes at most so many pixels; None where it shows no pictures of the manuscript.
        """
        del ratio, placed_mm, most_pixels
        return None

    def with_pictures(self, size: int, quality: int) -> Self:
        """The edition with its pictures at another size and JPEG quality, where it has a budget to keep."""
        del size, quality
        return self

    def contradictions(self, name: str) -> Iterator[Contradiction]:
        """Keys that were typed for the edition `name` and cannot hold together."""
        del name
        yield from ()

    def _with(self, **changes: Any) -> Self:
        return self.model_copy(update=changes)
