"""Running heads and folios, made late: a unit is laid out before its first page number is known.

The engine makes the boxes in the margins after all lines stand, and nothing else depends on the number of a page. So
they are left out of the layout, and made once the numbers are known: at a sixth of the time of another layout.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import weasyprint.layout
from weasyprint.layout.background import layout_box_backgrounds


@dataclass(frozen=True)
class PendingMargins:
    """The margins of one page, with all that the engine needs to fill them."""

    context: Any
    box: Any
    """The page's box, without boxes in its margins."""
    state: Any
    """Counters at the end of the page."""
    number: int
    """Which page of its document it is, from 1."""

    def fill(self, page_number: int) -> None:
        """Make the boxes for a page number. They replace those of another one."""
        state = copy.deepcopy(self.state)
        state[1]["page"] = [page_number]
        self.context.current_page = self.number
        margins = tuple(_make_margin_boxes(self.context, self.box, state))
        self.box.children = (*(c for c in self.box.children if not hasattr(c, "at_keyword")), *margins)
        for margin in margins:
            layout_box_backgrounds(self.box, margin, self.context.get_image_from_uri)


_make_margin_boxes = weasyprint.layout.make_margin_boxes


@contextmanager
def left_out() -> Iterator[dict[int, PendingMargins]]:
    """A block in which pages are laid out without margins; they are listed by the `id` of the page's box."""
    pending: dict[int, PendingMargins] = {}

    def postponed(context: Any, page: Any, state: Any) -> tuple[()]:
        pending[id(page)] = PendingMargins(context, page, state, context.current_page)
        return ()

    weasyprint.layout.make_margin_boxes = postponed
    try:
        yield pending
    finally:
        weasyprint.layout.make_margin_boxes = _make_margin_boxes
