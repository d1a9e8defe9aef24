"""Fixed pages: the laid-out pages of a book as values, for an ebook that needs no page engine.

Every line and picture has its place on the page and stands in the elements of its document, in the order of reading.
Lengths are points, counted from the upper left corner of the page; style sheets of ebooks count in CSS px (`styles`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pressroom.design.composition import Matter
from pressroom.typeset.boxes import Rectangle, Type


@dataclass(frozen=True)
class FallbackRun:
    """Letters of a line that its family does not have: they are another’s."""

    start: int
    stop: int
    family: str


@dataclass(frozen=True)
class TypeRun:
    """Letters of one line in one type, placed in pt."""

    text: str
    left: float
    baseline: float
    """Its distance from the top of the page."""
    width: float
    type: Type
    word_spacing: float = 0.0
    end: Literal["", "word", "broken"] = ""
    """Whether a word ends where the line does; or is broken there, with a hyphen that is none of its letters."""
    direction: str = "ltr"
    lent: tuple[FallbackRun, ...] = ()
    """Letters of another family than the first, in their order."""

    @property
    def letters(self) -> str:
        """Its text, without the hyphen of a broken word."""
        return self.text[:-1] if self.end == "broken" else self.text

    @property
    def hyphen(self) -> str:
        """That hyphen."""
        return self.text[-1] if self.end == "broken" else ""


@dataclass(frozen=True)
class Image:
    """A picture."""

    name: str
    """Its file's, among the renditions."""
    box: Rectangle
    """Where all of it would stand."""
    frame: Rectangle
    """The part of the page on which it is seen."""
    alt: str = ""
    """What it shows, in words."""
    is_silent: bool = False
    """Whether those words stand elsewhere: a picture over two pages is described once."""
    described_by: str = ""
    """The id of its long description."""


@dataclass(frozen=True)
class Ground:
    """A colour behind the text, or a rule."""

    box: Rectangle
    css: tuple[tuple[str, str], ...]
    """Colour and borders, as CSS: widths of lines in CSS px."""


@dataclass(frozen=True)
class Element:
    """An element of XHTML."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    """Without a namespace; that of EPUB is written `epub:type`."""
    kids: tuple[SheetNode, ...] = ()

    def get(self, name: str) -> str:
        """The value of an attribute; empty without it."""
        return dict(self.attributes).get(name, "")


SheetNode = Element | TypeRun | Image | str
"""A plain string is white space between lines, or text that is read out and not displayed."""


@dataclass(frozen=True)
class FixedPage:
    """One page. Width and height are in pt."""

    unit: str
    """The id of the unit that it is a page of; empty for a blank one between two."""
    kind: str
    """The kind of its unit; `blank` for an empty page."""
    title: str
    matter: Matter
    folio: str
    """What the page is called; empty if it is not counted."""
    is_recto: bool
    """Whether it is a right page, or in books read from right to left a left one."""
    width: float
    height: float
    kids: tuple[SheetNode, ...] = ()
    """What is read, in order."""
    furniture: tuple[TypeRun, ...] = ()
    """Running heads, folios and leaders, which are for the eye only."""
    grounds: tuple[Ground, ...] = ()
    """From the lowest to the uppermost, all under text and pictures."""


def walk(nodes: tuple[SheetNode, ...]) -> Iterator[SheetNode]:
    """All nodes, each before those in it."""
    for node in nodes:
        yield node
        if isinstance(node, Element):
            yield from walk(node.kids)
