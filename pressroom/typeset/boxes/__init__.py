"""The page as data: all that stands on a page which was laid out, as frozen values that know no page engine.

`box_reader` makes them of the engine's boxes, `appearance` of its styles: nothing else reads these. Make-up, page list,
tags and fixed layouts ask the values. Every length is in points (72 to an inch); places are counted from the upper left
corner of the page. The engine counts in CSS px: `lengths` converts what is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pressroom.typeset.elements import DocumentElement

LaidBoxKind = Literal["text", "picture", "line", "leader", "table", "margin", "notes", "other"]
"""What a box holds: letters of one style in a line, a picture, a line, dots that lead to a page number, rows of a
table, what stands in a margin of the page, all notes at its foot, or anything else."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle on a page, in pt."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def within(self, other: Rectangle) -> Rectangle:
        """What of it lies within another; without width or height, if nothing does."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        width, height = min(self.right, other.right) - left, min(self.bottom, other.bottom) - top
        return Rectangle(left, top, max(0.0, width), max(0.0, height))


# ---- How things look. Only a fixed layout asks for it, since a PDF is painted by the engine.


@dataclass(frozen=True)
class Type:
    """How letters are set."""

    families: tuple[str, ...]
    """The families in order of preference, fallback fonts last."""
    size: float
    """In pt, as what is added between letters."""
    weight: int = 400
    style: str = "normal"
    colour: str = "#000"
    letter_spacing: float = 0.0
    properties: tuple[tuple[str, str], ...] = ()
    """What else style sheets say of them, as CSS without lengths: small capitals, figures, lines under words."""


@dataclass(frozen=True)
class FontStretch:
    """Letters of a line that were taken from one font file."""

    start: int
    stop: int
    font: str
    """The SHA-256 of the file."""


@dataclass(frozen=True)
class TextAppearance:
    """How the letters of a box are set, and where, in pt."""

    type: Type
    """With the families that the style sheet names."""
    left: float
    baseline: float
    width: float
    word_spacing: float
    direction: str
    fonts: tuple[FontStretch, ...]


@dataclass(frozen=True)
class RuleLine:
    """A line along a side of a box, or around it."""

    width: float
    """In pt."""
    style: str
    colour: str


@dataclass(frozen=True)
class BoxAppearance:
    """How a box looks that holds no letters itself. Colours are written as CSS."""

    border_box: Rectangle
    clip: Rectangle | None = None
    """Where what stands in it can be seen, if its overflow is hidden."""
    background: str = ""
    """Its colour; empty without one."""
    borders: tuple[tuple[str, RuleLine], ...] = ()
    """The rules along its sides: `top`, `right`, `bottom`, `left`."""
    outline: RuleLine | None = None
    """A rule around it, which takes up no room."""
    content: Rectangle | None = None
    """The box that a picture is fitted into."""
    fitted: Rectangle | None = None
    """The whole of a picture, which may reach outside that box."""


# ---- Where things stand


@dataclass(frozen=True, slots=True)
class LaidBox:
    """A part of a page: what an element takes up on it, a line of an element, the letters of one style in a line.

    Its places are in pt from the upper left corner of the page.
    """

    number: int
    """Its number on the page, from 0: boxes are counted before those in them."""
    kind: LaidBoxKind
    element: int | None
    """The number of the element that it is of."""
    part: str
    """Which pseudo-element of it: `before`, `after`, `marker`, `first-line`, `footnote-call`; mostly none."""
    area: Rectangle
    """Where it can be clicked: the box within its margins; of a part of a line, as high as the line."""
    top: float
    """Its upper edge, below its margin."""
    bottom: float
    """Its lower edge, above its margin."""
    text: str = ""
    margin: str = ""
    """The page margin that holds it: `@top-left`."""
    link: str = ""
    """Where the link leads that its element is: `#id` within the publication, or an address."""
    is_hidden: bool = False
    from_right: bool = False
    """Whether it is read from right to left."""
    looks: TextAppearance | BoxAppearance | None = None
    """Its colours and type; None where they were not read, and for invisible text."""
    children: tuple[LaidBox, ...] = ()


@dataclass(frozen=True)
class PageBoxes:
    """One page: its measures in pt, and the boxes on it."""

    document: DocumentElement
    """The document that the page is of."""
    width: float
    height: float
    left: float
    """The edge of the type area."""
    right: float
    bottom: float
    """Where the room for text ends, above the notes."""
    anchors: tuple[str, ...]
    """The ids whose elements begin on it."""
    boxes: tuple[LaidBox, ...]
    """Boxes in the order of the document; margins and notes come after it."""
    backgrounds: tuple[str, ...] = ()
    """Background colours of the whole page, the lowest first, where appearances were read."""

    def element(self, box: LaidBox) -> DocumentElement | None:
        """The element that a box of the page is of; None in margins."""
        return None if box.element is None else self.document.elements[box.element]

    def walk(self) -> Iterator[LaidBox]:
        """All boxes, each before those in it."""
        waiting = list(reversed(self.boxes))
        while waiting:
            box = waiting.pop()
            yield box
            waiting += reversed(box.children)


Rect = tuple[float, float, float, float]
"""Left, bottom, right, top, in points, from the lower left corner of the page."""


@dataclass(frozen=True)
class PaintedMarks:
    """What became of the boxes of a page when it was painted, by their numbers."""

    contents: Mapping[int, int]
    """The numbers of their marked content (ISO 32000-1, 14.6)."""
    links: Mapping[int, Rect] = field(default_factory=dict)
    """Where links can be clicked."""
