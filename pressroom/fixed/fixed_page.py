"""Fixed pages: the laid-out pages of a book as values, for an ebook that needs no page engine.

Every line and picture has its position on the page and its place in the elements of its document, in reading order.
Lengths are points, measured from the upper left corner of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pressroom.design.composition import Matter
from pressroom.typeset.boxes import Rectangle, Type


@dataclass(frozen=True)
class FallbackRun:
    """Letters of a line that are set in a fallback font."""

    start: int
    stop: int
    family: str


@dataclass(frozen=True)
class TypeRun:
    """Letters of one line in one type, placed in pt."""

    text: str
    left: float
    baseline: float
    """The distance of its baseline from the top of the page."""
    width: float
    type: Type
    word_spacing: float = 0.0
    end: Literal["", "word", "broken"] = ""
    """Whether a word ends at the end of the line, or is broken there with a hyphen that is not part of the word."""
    direction: str = "ltr"
    lent: tuple[FallbackRun, ...] = ()
    """The letters set in fallback fonts, in order."""

    @property
    def letters(self) -> str:
        """The text without the hyphen of a broken word."""
        return self.text[:-1] if self.end == "broken" else self.text

    @property
    def hyphen(self) -> str:
        """The hyphen of a broken word; else empty."""
        return self.text[-1] if self.end == "broken" else ""


@dataclass(frozen=True)
class Image:
    """A picture."""

    name: str
    """The file name of its rendition; for a formula, the address that holds its drawing."""
    box: Rectangle
    """The rectangle of the whole picture, before it is cropped."""
    frame: Rectangle
    """The rectangle in which it is visible."""
    alt: str = ""
    """Its alt text."""
    is_silent: bool = False
    """Whether another page has its alt text: a spread is described once."""
    described_by: str = ""
    """The id of its long description."""

    @property
    def address(self) -> str:
        """Its address on a page."""
        return self.name if self.name.startswith("data:") else f"../pictures/{self.name}"


@dataclass(frozen=True)
class Ground:
    """A background colour, or a rule."""

    box: Rectangle
    css: tuple[tuple[str, str], ...]
    """Colour and borders, as CSS: widths of lines in CSS px."""


@dataclass(frozen=True)
class Element:
    """An element of XHTML."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    """Names without a namespace, except `epub:type`."""
    kids: tuple[SheetNode, ...] = ()

    def get(self, name: str) -> str:
        """The value of an attribute; empty without it."""
        return dict(self.attributes).get(name, "")


SheetNode = Element | TypeRun | Image | str
"""A plain string is white space between lines, or text for screen readers that is not displayed."""


@dataclass(frozen=True)
class FixedPage:
    """One page. Width and height are in pt."""

    unit: str
    """The id of its unit; empty for a blank page between two units."""
    kind: str
    """The kind of its unit; `blank` for an empty page."""
    title: str
    matter: Matter
    folio: str
    """Its folio; empty if the page is not counted."""
    is_recto: bool
    """Whether it is a recto: a right page, or a left one in books that are read from right to left."""
    width: float
    height: float
    kids: tuple[SheetNode, ...] = ()
    """Its content in reading order."""
    furniture: tuple[TypeRun, ...] = ()
    """Running heads, folios and leaders, which screen readers skip."""
    grounds: tuple[Ground, ...] = ()
    """Backgrounds and rules from bottom to top, all under text and pictures."""


def walk(nodes: tuple[SheetNode, ...]) -> Iterator[SheetNode]:
    """All nodes, each before its children."""
    for node in nodes:
        yield node
        if isinstance(node, Element):
            yield from walk(node.kids)
