"""Placements: where a picture can stand, in one table that every room reads.

A manuscript names a placement as a class, `![…](fire.jpg){.wide}`, and a layout prints that name as the CSS class of
the figure. The program itself asks for a trait. A new placement is one row here, its rules in the style sheets,
and a test.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Placement:
    """One row of the table: the name of a placement, and its traits."""

    name: str
    """The class that an author types, and the figure's CSS class."""
    standing: str
    """Where the picture stands, in words for the contact sheet."""
    full_width: bool = False
    """The picture is as wide as the text column and the margin column together."""
    floats: bool = False
    """The picture floats beside the text, and is as wide as the margin column."""
    own_page: bool = False
    """The picture has a page without text on it, in its place in the chapter."""
    two_pages: bool = False
    """The picture lies over two facing pages, which are inserted between the pages of the text."""
    bleeds: bool = False
    """The picture fills the page to its edges and into the bleed, and is cropped to that shape."""
    caption_apart: bool = False
    """The caption stands on another page than the picture, and says which."""
    to_head: bool = False
    """The picture reaches into the bleed at the head of its page, and its caption stands below it."""
    modifiers: tuple[str, ...] = ()
    """The words that may stand beside the name, and are classes of the figure too."""
    in_margin: bool = False
    """The caption stands in the margin column, where the paper has one."""
    opens_chapter: bool = False
    """As the first block of a chapter, the picture stands before the title."""
    in_text: bool = False
    """The picture is part of the text, in a line, a list, a cell or a note; it has no number and no caption."""
    on_cover: bool = False
    """The picture is the front cover’s: publication.yaml names it, and no manuscript can."""

    @property
    def has_free_width(self) -> bool:
        """The author may say how wide the picture is; elsewhere page or column decide."""
        return not (self.floats or self.own_page or self.two_pages or self.bleeds or self == IN_LINE)

    @property
    def reaches_edges(self) -> bool:
        """The picture goes on in the bleed, at one edge of a page at least."""
        return self.bleeds or self.to_head or self.two_pages

    @property
    def is_plate(self) -> bool:
        """The picture is alone on its page, inside the margins."""
        return self.own_page and not self.bleeds and not self.to_head


SIDES = ("verso", "recto")
"""The side of the book on which the page of a picture stands."""
SMALL, FOOT, LEFT, RIGHT = "small", "foot", "left", "right"
SMALL_SHARE = 0.84
"""How wide a small picture alone on its page is, in parts of the type area."""

COLUMN = Placement("column", "in the column", in_margin=True)
"""The placement of a picture for which none is named."""
IN_LINE = Placement("in-line", "in a line, as high as its letters", in_text=True)
IN_PLACE = Placement("in-place", "small, in a list, a table or a note", in_text=True)
"""The placements of pictures in text; where they stand decides."""
COVER = Placement("cover", "on the front cover", bleeds=True, on_cover=True)

_ROWS = (
    COLUMN,
    Placement("wide", "across column and margin", full_width=True),
    Placement("page", "alone on its page", full_width=True, own_page=True, modifiers=(SMALL, *SIDES)),
    Placement(
        "bleed",
        "over a whole page, to its edges",
        own_page=True,
        bleeds=True,
        caption_apart=True,
        in_margin=True,
        modifiers=SIDES,
    ),
    Placement("head", "at the head of its page, to its edges", own_page=True, to_head=True, modifiers=SIDES),
    Placement("edge", "at the head and the fore edge of its page", own_page=True, to_head=True, modifiers=SIDES),
    Placement(
        "spread",
        "over a spread, to its edges",
        two_pages=True,
        bleeds=True,
        caption_apart=True,
        in_margin=True,
        modifiers=(FOOT, *SIDES),
    ),
    Placement("over", "over the fold, beside its caption", two_pages=True, modifiers=(LEFT, RIGHT, *SIDES)),
    Placement("inset", "small, beside the text", floats=True),
    Placement(
        "opener",
        "over the whole page that opens the chapter",
        own_page=True,
        bleeds=True,
        caption_apart=True,
        in_margin=True,
        opens_chapter=True,
        modifiers=SIDES,
    ),
    COVER,
)
PLACEMENTS: Mapping[str, Placement] = {row.name: row for row in _ROWS}
"""Every placement by its name."""
IN_MANUSCRIPTS: Mapping[str, Placement] = {name: row for name, row in PLACEMENTS.items() if not row.on_cover}
"""The placements that a manuscript can name."""


def placement_of(classes: str) -> Placement:
    """The placement of a figure by its CSS classes, parted by spaces: the first that the table has, else the column."""
    return next((PLACEMENTS[name] for name in classes.split() if name in PLACEMENTS), COLUMN)


def caption_is_apart(classes: str) -> bool:
    """Whether the caption of a figure with these CSS classes stands on another page than its picture."""
    return placement_of(classes).caption_apart and FOOT not in classes.split()


MODIFIERS = frozenset(word for row in _ROWS for word in row.modifiers)
"""The words that may stand beside a placement."""


def misplaced_words(placed: Placement, others: Iterable[str]) -> tuple[str, ...]:
    """The words beside a placement that go with other placements only, so that they say nothing here."""
    return tuple(word for word in others if word in MODIFIERS and word not in placed.modifiers)
