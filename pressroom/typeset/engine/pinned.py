"""Pinned: whether the engine is the one that `line_filling`, `parted_notes`, `code_on_grid` and `resumed_pages`
stand in for.

Another version with the same functions will do. Where one of them differs, lines are filled by the engine, one after
the other, no note is parted, each layout is a whole one, and a finding says so.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Mapping
from typing import Any

import weasyprint
from weasyprint.draw.text import draw_first_line
from weasyprint.layout import LayoutContext, block, inline, layout_document, page
from weasyprint.layout.float import avoid_collisions
from weasyprint.text.line_break import Layout, first_line_metrics

from pressroom import machine
from pressroom.errors import Finding, warning

VERSION = "70.0"
FUNCTIONS: tuple[Callable[..., Any], ...] = (
    *(inline.get_next_linebox, inline.split_inline_box, inline.split_inline_level, inline.split_text_box),
    *(inline.skip_first_whitespace, inline.remove_last_whitespace, inline.text_align, avoid_collisions),
    *(first_line_metrics, Layout, draw_first_line),
    *(block.block_level_layout, block.iter_line_boxes, block._linebox_layout, block._in_flow_layout, page.make_page),
    *(LayoutContext.layout_footnote, LayoutContext.unlayout_footnote, LayoutContext.report_footnote),
    *(LayoutContext._update_footnote_area, block.flex_layout, block.block_box_layout),
    *(layout_document, page.make_all_pages, page.remake_page),
)
"""What is stood in for, and what calls it or is called from there."""
SOURCES: Mapping[str, str] = {
    "get_next_linebox": "67af458c2545e74f",
    "split_inline_box": "3a0cb7ca7e34c7ef",
    "split_inline_level": "d98c008c8fc00582",
    "split_text_box": "8c564329599ef23f",
    "skip_first_whitespace": "deb2f1a5e2a6c035",
    "remove_last_whitespace": "53f0c79c9fbbda50",
    "text_align": "e953d41b87ccfc30",
    "avoid_collisions": "5fc7793c573af328",
    "first_line_metrics": "55ec5d0b58b29a8b",
    "Layout": "681b737d1ba5e004",
    "draw_first_line": "1bb8eae6d88e71b1",
    "block_level_layout": "c1301dde9284e245",
    "iter_line_boxes": "04aec48abfcad809",
    "_linebox_layout": "e07bbe000974787e",
    "_in_flow_layout": "c2537262836dd981",
    "make_page": "656f183328e8b1b5",
    "layout_footnote": "5075f64aaae4a32d",
    "unlayout_footnote": "c7c223cf4a0fda54",
    "report_footnote": "f05bad3895c6824c",
    "_update_footnote_area": "2e317e4b066fb80c",
    "flex_layout": "88846efd249bd643",
    "block_box_layout": "a6279066e3d9ff7d",
    "layout_document": "a5cbf437e99caf72",
    "make_all_pages": "b5e4034894841caa",
    "remake_page": "1ff09b2dffa17839",
}
"""The beginning of the SHA-256 of their sources in `VERSION`."""


def digest_of(function: Callable[..., Any]) -> str:
    """The beginning of the SHA-256 of a function's source; empty where there is no source."""
    try:
        return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:16]
    except OSError:
        return ""


def differing(version: str = weasyprint.__version__) -> tuple[str, ...]:
    """The names of the functions that are not as they were."""
    if version == VERSION:
        return ()
    return tuple(one.__name__ for one in FUNCTIONS if digest_of(one) != SOURCES[one.__name__])


def finding(names: tuple[str, ...]) -> Finding:
    """What is said where lines are filled by the engine."""
    why = (
        f"Lines are filled one after the other, and spaces are wider: WeasyPrint {weasyprint.__version__} breaks lines "
        f"otherwise than {VERSION} ({', '.join(names)}), for which paragraphs are set as a whole and long notes parted."
    )
    return warning("lines-first-fit", machine.PLACE, why, f"Type: pip install weasyprint=={VERSION}")
