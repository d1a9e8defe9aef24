"""Drawn pages: what the page engine paints, as values. They are kept, sent to another process, and written later.

Numbers are the engine's, in CSS px (96 to an inch), because its writer takes them back. Operators and resources are
those of ISO 32000-1, 7.8.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pressroom.errors import Finding
from pressroom.typeset.tags.painted import PaintedPage

PdfValue = Any
"""A name, number or operator; a `PdfString` or a `DrawnForm`; a list or dictionary of them."""
DEFAULT_SPACE = "/DefaultSpace"
"""Stands for the colour space of groups and gradients, which depends on the output intent of the whole file."""


@dataclass(frozen=True)
class PdfString:
    """A text string of a PDF."""

    text: str


@dataclass(frozen=True, eq=False)
class DrawnForm:
    """A part of a page with operators of its own: a transparency group, a pattern, a mask. A page may name it twice."""

    operators: bytes
    entries: PdfValue
    """Its dictionary, in the order of its keys: the identifier of the file is a hash of it."""
    resources: PdfValue = None
    """Its resources; None for a stream without any."""
    name: str = ""


@dataclass(frozen=True)
class PictureUse:
    """A picture on a page."""

    name: str
    """The engine's name for it: a hash of its address, or of its font and glyph."""
    address: str
    """The address in the composition; empty for a picture that a font brings."""
    data: bytes
    """The file of a picture that a font brings."""
    interpolate: bool
    ratio: float
    in_form: bool
    """Whether a form of the page shows it, and not the page itself."""


@dataclass(frozen=True)
class DrawnFont:
    """A face of a font, and the glyphs of it that a unit shows."""

    key: int
    """The engine's key for it, the same in every process."""
    file: str
    """The SHA-256 of its file."""
    facts: Mapping[str, Any]
    """Names and measures that the writer puts into the file."""
    widths: Mapping[int, int]
    """By glyph, in thousandths of an em."""
    meanings: Mapping[int, str]
    """By glyph: the text that it stood for first."""
    missing: Mapping[int, int]
    """Letters that the font lacks, and the glyphs that stand in for them."""


@dataclass(frozen=True)
class DrawnPage:
    """A page as it was painted."""

    width: float
    height: float
    bleed: Mapping[str, float]
    operators: bytes
    fonts: tuple[int, ...]
    """The keys of its fonts in the order of their first use."""
    pictures: tuple[PictureUse, ...]
    resources: Mapping[str, Mapping[str, PdfValue]]
    """Its states, forms, patterns and shadings by their names on this page."""
    anchors: Mapping[str, tuple[float, ...]]
    links: tuple[tuple[str, str, tuple[float, ...]], ...]
    """Kind, target and area of each."""
    bookmarks: tuple[tuple[int, str, tuple[float, ...], str], ...]
    """Level, label, place and state of each."""


@dataclass(frozen=True)
class DrawnUnit:
    """A unit with its page numbers, drawn: all that the file and the checks after it need of its pages."""

    pages: tuple[DrawnPage, ...]
    fonts: tuple[DrawnFont, ...]
    letters: tuple[tuple[range, ...], ...]
    """For each page, which letters of the unit stand on it."""
    painted: tuple[PaintedPage, ...] = ()
    """For each page its marked content, if the file is to be tagged. Sheets are counted from 0 in the unit."""
    findings: tuple[Finding, ...] = ()
    """Findings on its pages, which name folios."""
    font_files: Mapping[str, bytes] = field(default_factory=dict)
    """The files of its fonts by their SHA-256."""
