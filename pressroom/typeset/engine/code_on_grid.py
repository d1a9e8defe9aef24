"""Code on the grid: text after code that a page breaks stands on the lines of the page again.

Code has a leading of its own. What its lines lack to those of the text stands above and below it, in a style sheet that
knows how many lines it has; where a page breaks it, only the engine knows how many stand on the next page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import block
from weasyprint.text.line_break import strut

_HAIR = 0.01
"""px by which heights that are the same may differ."""

_block_box_layout = block.block_box_layout


@contextmanager
def keeping_code_on_grid() -> Iterator[None]:
    """A block in which the engine lays out code so."""
    block.block_box_layout = block_box_layout
    try:
        yield
    finally:
        block.block_box_layout = _block_box_layout


def block_box_layout(
    context: Any, box: Any, bottom_space: float, skip_stack: Any, containing_block: Any, *more: Any, **named: Any
) -> Any:
    """The engine's function of this name; `more` and `named` as there. Columns name some."""
    made, resume_at, *others = _block_box_layout(
        context, box, bottom_space, skip_stack, containing_block, *more, **named
    )
    if box.element_tag == "pre" and skip_stack and resume_at is None and made is not None:
        lacking = _lacking(made.border_height(), strut(containing_block.style)[0])
        if not context.overflows_page(bottom_space, made.border_box_y() + made.border_height() + lacking):
            made.padding_bottom += lacking
    return made, resume_at, *others


def _lacking(height: float, line: float) -> float:
    """What a height lacks to whole lines."""
    over = height % line if line else 0.0
    return line - over if _HAIR < over < line - _HAIR else 0.0
