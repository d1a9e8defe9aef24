"""Editions: the forms in which a publication is made, with their sizes. Lengths are in millimetres."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from pressroom.forms import Form

MM_PER_INCH = 25.4
PT_PER_MM = 72 / MM_PER_INCH
WIDEST_BLEED = 30.0
"""A length in millimetres."""
_UNITS = {"mm": 1.0, "cm": 10.0, "in": MM_PER_INCH, "pt": 1 / PT_PER_MM}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)")
_TRIM = re.compile(r"(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)?\s*[x×]\s*(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)")
MOST_PIXELS = 5_600_000
"""The most pixels of a picture in a fixed layout (Apple Books Asset Guide 5.3)."""
SMALLEST, LARGEST = 50.0, 1000.0
"""The least and the greatest side of a trim size, in millimetres: a line of text, and a press sheet."""


@dataclass(frozen=True)
class Trim:
    """The size of a finished page, in millimetres."""

    width: float
    height: float

    def __str__(self) -> str:
        return f"{self.width:g} × {self.height:g} mm"


def same_trim(one: Trim, other: Trim) -> bool:
    """Whether two sizes are equal within the tolerance of trimming, as 8.5 in and 216 mm are."""
    return abs(one.width - other.width) < 0.5 and abs(one.height - other.height) < 0.5


NAMED_TRIMS = {
    "a4": Trim(210, 297),
    "a5": Trim(148, 210),
    "b5": Trim(176, 250),
    "letter": Trim(8.5 * MM_PER_INCH, 11 * MM_PER_INCH),
    "us-trade": Trim(6 * MM_PER_INCH, 9 * MM_PER_INCH),
    "square-8.5": Trim(8.5 * MM_PER_INCH, 8.5 * MM_PER_INCH),
}


def parse_length(text: Any) -> float:
    """Millimetres of a length with a unit: “3mm”, “0.125in”. Raises ValueError."""
    if isinstance(text, float):
        return text
    match = _LENGTH.fullmatch(str(text).strip())
    if match:
        return float(match[1]) * _UNITS[match[2]]
    if re.fullmatch(r"0+(\.0+)?", str(text)):
        return 0.0
    raise ValueError(f"“{text}” is not a length; write a number and its unit, such as 3mm or 0.125in")


def parse_trim(text: Any) -> Trim:
    """A trim size, named or WIDTHxHEIGHT with a unit: “a5”, “210x270mm”. Raises ValueError."""
    if isinstance(text, Trim):
        return text
    name = str(text).strip().lower()
    if name in NAMED_TRIMS:
        return NAMED_TRIMS[name]
    match = _TRIM.fullmatch(name)
    if not match:
        names = ", ".join(NAMED_TRIMS)
        raise ValueError(f"“{text}” is not a trim size; write WIDTHxHEIGHT with a unit, such as 210x270mm, or {names}")
    trim = Trim(float(match[1]) * _UNITS[match[2] or match[4]], float(match[3]) * _UNITS[match[4]])
    if not (SMALLEST <= trim.width <= LARGEST and SMALLEST <= trim.height <= LARGEST):
        raise ValueError(f"no page can be {trim}; each side must be from {SMALLEST:g} to {LARGEST:g} mm")
    return trim


Length = Annotated[
    float, BeforeValidator(parse_length), WithJsonSchema({"type": "string", "examples": ["3mm", "0.125in"]})
]
TrimSize = Annotated[
    Trim, BeforeValidator(parse_trim), WithJsonSchema({"type": "string", "examples": ["210x270mm", *NAMED_TRIMS]})
]


def _bleed(mm: float) -> float:
    if mm > WIDEST_BLEED:
        raise ValueError(f"no press trims {mm:g} mm from a page; write at most {WIDEST_BLEED:g}mm, most often 3mm")
    return mm


Bleed = Annotated[Length, AfterValidator(_bleed)]
Printer = Literal["kdp", "ingramspark", "lulu", "bod", "offset"]
Store = Literal["apple", "kindle", "kobo", "google", "generic"]
Standard = Literal["PDF/UA-1", "PDF/X-4", "PDF/X-3", "PDF/X-1a", "PDF/A-2u"]


class EpubEdition(Form):
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

    @property
    def is_fixed(self) -> bool:
        """Whether it has pages of its own."""
        return self.layout_mode == "fixed"


class PdfEdition(Form):
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
    """Pictures with fewer pixels per inch than this are reported."""
    printer: Printer | None = None
    """Whose rules to keep."""
    proof: Literal["spreads", "booklet"] | None = None
    """Two pages to a sheet for the office printer: as spreads, or to be folded into a booklet."""
    proof_on: TrimSize = Trim(297, 210)
    """The office printer's paper: a4, letter, 420x297mm."""

    @property
    def for_press(self) -> bool:
        """Whether this goes to a printer, in ink, rather than to a screen."""
        return bool(self.bleed or self.marks or self.printer or (self.standard or "").startswith("PDF/X"))


class CoverEdition(Form):
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
    """Whose rules to keep."""

    @property
    def for_press(self) -> bool:
        """A printed cover always goes to a printer."""
        return True


class FixedPages(PdfEdition):
    """The pages of a fixed layout: laid out as those of a PDF for the screen. Nobody types it."""

    quality: int
    """Of photographs as JPEG."""


def as_pages(edition: Edition, editions: Mapping[str, Edition]) -> Edition:
    """What an edition’s pages are laid out as: of a fixed layout those of a PDF, of any other its own."""
    if not (isinstance(edition, EpubEdition) and edition.is_fixed):
        return edition
    book = editions.get(edition.pages_from or "")
    trim = edition.trim or (book.trim if isinstance(book, PdfEdition) else PdfEdition(format="pdf").trim)
    finest = MM_PER_INCH * math.sqrt(MOST_PIXELS / (trim.width * trim.height))
    return FixedPages(format="pdf", trim=trim, image_ppi=min(150, int(finest)), quality=edition.quality)


Edition = Annotated[EpubEdition | PdfEdition | CoverEdition, Field(discriminator="format")]

DEFAULT_EDITIONS: dict[str, EpubEdition | PdfEdition | CoverEdition] = {
    "ebook": EpubEdition(format="epub", pages_from="print"),
    "screen": PdfEdition(format="pdf", standard="PDF/UA-1"),
    "print": PdfEdition(
        format="pdf",
        bleed=3.0,
        marks=("crop", "registration"),
        standard="PDF/X-4",
        profile="coated-fogra39",
        image_ppi=300,
        min_ppi=200,
    ),
}
"""The editions of a publication that names none."""
