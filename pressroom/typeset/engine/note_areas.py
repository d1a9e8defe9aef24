"""Note areas: notes at the foot of a page, each laid out once for it.

For every note that it adds, the engine lays out anew all that stand on the page, and looks for each box of a line among
all notes of the document that are still to come: time grows with the square of their number. Notes under each other
have the height of their sum, so that each is measured alone; and what is to come is found by what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

from weasyprint import document
from weasyprint.formatting_structure import boxes
from weasyprint.layout import LayoutContext

from pressroom.typeset.engine.parted_notes import PART

_LayoutContext = document.LayoutContext


@contextmanager
def measuring_notes() -> Iterator[None]:
    """A block in which the engine measures each note alone."""
    document.LayoutContext = _MeasuringContext
    try:
        yield
    finally:
        document.LayoutContext = _LayoutContext


class _WaitingNotes(list[Any]):
    """The notes that are still to be laid out, with a quick answer to whether a note is one of them."""

    def __init__(self, notes: Iterable[Any] = ()) -> None:
        super().__init__(notes)
        self._known = set(map(id, self))

    def __contains__(self, note: object) -> bool:
        return id(note) in self._known

    def append(self, note: Any) -> None:
        super().append(note)
        self._known.add(id(note))

    def remove(self, note: Any) -> None:
        super().remove(note)
        self._known.discard(id(note))

    def copy(self) -> _WaitingNotes:
        return _WaitingNotes(self)


class _MeasuringContext(LayoutContext):  # type: ignore[misc]
    """The engine's state while it lays out a document."""

    current_footnote_area: Any
    current_page_footnotes: list[Any]
    page_bottom: Any

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.footnotes = _WaitingNotes()
        self._measured: dict[int, tuple[Any, float]] = {}
        """Notes that were measured for the area in hand, with their heights in px."""
        self._area: Any = None

    def _update_footnote_area(self) -> Any:
        area, notes = self.current_footnote_area, self.current_page_footnotes
        if not (_adds_up(area) and all(map(_stands_alone, notes))):
            return super()._update_footnote_area()
        if area is not self._area:
            self._area, self._measured = area, {}
        height = sum(map(self._height, notes))
        if area.height != "auto" and not self.in_column:
            self.page_bottom += area.margin_height()
        area.children, area.height = notes, height
        if not self.in_column:
            self.page_bottom -= area.margin_height()
        return False

    def _height(self, note: Any) -> float:
        """The height of a note as the engine lays it out in the area of this page."""
        if id(note) not in self._measured or hasattr(note, PART):  # what stands here of a parted one changes
            area, bottom = self.current_footnote_area.copy(), self.page_bottom
            self.current_footnote_area, notes = area, self.current_page_footnotes
            self.current_page_footnotes, area.height = [note], "auto"
            super()._update_footnote_area()
            self._measured[id(note)] = note, area.height
            self.current_footnote_area, self.page_bottom, self.current_page_footnotes = self._area, bottom, notes
        return self._measured[id(note)][1]


def _adds_up(area: Any) -> bool:
    """Whether an area is as high as what stands in it."""
    style = area.style
    return bool(style["height"] == "auto" and area.min_height == 0 and area.max_height == inf)


def _stands_alone(note: Any) -> bool:
    """Whether a note has no margin that another's could collapse with, and no part in a line."""
    margins = (note.style["margin_top"], note.style["margin_bottom"])
    return isinstance(note, boxes.BlockLevelBox) and all(margin != "auto" and margin.value == 0 for margin in margins)
