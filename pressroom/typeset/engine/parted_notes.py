"""Parted notes: a note that has no room below the line of its call goes on at the foot of the next page.

The engine moves such a line with its note to the next page, or prints a note over the text that is longer than a page.
Functions of weasyprint.layout are stood in for while pages are laid out. Each hands on to the engine's own: what is put
at the foot of a page is a copy of the note's box with a `_Part`, which says where the copy begins and how high it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import LayoutContext, block, page

_LEAST = 2
"""Lines of a note that stay together at the foot of a page, and at that of the next."""
_SHARE = 0.75
"""The part of a page that a note may fill that is parted."""
_HAIR = 0.1
"""px by which places that are the same may differ."""
PART, _FOOT = "pressroom_part", "pressroom_foot"
"""The attribute of a note's box, and that of the engine's context."""

_block_level_layout = block.block_level_layout
_iter_line_boxes = block.iter_line_boxes
_break_line = block._break_line
_make_page = page.make_page
_flex_layout = block.flex_layout
_layout_footnote = LayoutContext.layout_footnote
_unlayout_footnote = LayoutContext.unlayout_footnote
_report_footnote = LayoutContext.report_footnote


@dataclass
class _Part:
    """What of a note stands at the foot of a page."""

    begins: Any = None
    """Where it begins, as the engine counts; None at the note's beginning."""
    height: float = inf
    """How high it may be, in px."""
    goes_on: Any = None
    """Where the rest begins, once the part was laid out; None where the note ends."""


@dataclass
class _Foot:
    """The foot of the page that is being laid out."""

    line: float | None = None
    """The lower edge of the line whose notes are laid out, in px from the top, with what must stay free below it; None
    for a line that may stand below the page: items of a flex box are tried so.
    """
    whole: Any = None
    """The note that is parted by the page, its part, and the rest for the next page."""
    part: Any = None
    rest: Any = None
    parted_at: float | None = None
    """The lower edge of the line that calls it."""
    laid: Any = None
    """The note that was put there last."""
    is_trying: bool = False
    """Whether a flex box is laid out, which tries its items as if pages had no end."""
    held: list[Any] = field(default_factory=list)
    """Notes that the engine would move to gain room for a line."""
    behind: list[Any] = field(default_factory=list)
    """The notes that are called in the same line, after that one."""

    def forget_part(self) -> None:
        self.whole = self.part = self.rest = None


@contextmanager
def parting_notes() -> Iterator[None]:
    """A block in which the engine parts notes so."""
    block.block_level_layout, block.iter_line_boxes = block_level_layout, iter_line_boxes
    block._break_line, page.make_page, block.flex_layout = break_line, make_page, flex_layout
    LayoutContext.layout_footnote, LayoutContext.unlayout_footnote = layout_footnote, unlayout_footnote
    LayoutContext.report_footnote = report_footnote
    try:
        yield
    finally:
        block.block_level_layout, block.iter_line_boxes = _block_level_layout, _iter_line_boxes
        block._break_line, page.make_page, block.flex_layout = _break_line, _make_page, _flex_layout
        LayoutContext.layout_footnote, LayoutContext.unlayout_footnote = _layout_footnote, _unlayout_footnote
        LayoutContext.report_footnote = _report_footnote


def _foot_of(context: Any) -> _Foot:
    foot: _Foot = vars(context).setdefault(_FOOT, _Foot())
    return foot


# ---- the engine's functions of these names


def make_page(context: Any, *more: Any) -> Any:
    """Lay out a page; the rest of a note that it parts is the first note of the next."""
    foot = vars(context)[_FOOT] = _Foot()
    made = _make_page(context, *more)
    goes_on = [foot.rest] if foot.rest is not None else []
    context.reported_footnotes[:0] = [*goes_on, *foot.behind]
    return made


def flex_layout(context: Any, *more: Any, **named: Any) -> Any:
    """Lay out a flex box: notes that its items call are not parted while these are tried."""
    foot = _foot_of(context)
    before, foot.is_trying = foot.is_trying, True
    try:
        return _flex_layout(context, *more, **named)
    finally:
        foot.is_trying = before


def iter_line_boxes(context: Any, box: Any, position_y: float, bottom_space: float, *more: Any) -> Iterator[Any]:
    """Lay out lines one by one; the engine lays out the notes of each before it asks for the next."""
    for number, (line, resume_at) in enumerate(_iter_line_boxes(context, box, position_y, bottom_space, *more), 1):
        together = 1 + max(0, box.style["orphans"] - number) if resume_at else 1
        foot = _foot_of(context)
        below = line.position_y + together * line.height
        foot.line, foot.laid = None if foot.is_trying and bottom_space == -inf else below + max(0.0, bottom_space), None
        yield line, resume_at


def block_level_layout(context: Any, box: Any, bottom_space: float, skip_stack: Any, *more: Any, **named: Any) -> Any:
    """Lay out a block; of a note that is parted, what stands on this page. Items of a grid come with names."""
    part: _Part | None = getattr(box, PART, None)
    if part is None:
        return _block_level_layout(context, box, bottom_space, skip_stack, *more, **named)
    bottom_space = context.page_bottom - box.position_y - part.height
    notes, context.current_page_footnotes = context.current_page_footnotes, []  # where a line ends, none of them moves
    made, part.goes_on, *others = _block_level_layout(context, box, bottom_space, part.begins, *more, **named)
    context.current_page_footnotes = notes
    return made, None, *others


def layout_footnote(context: Any, footnote: Any) -> bool:
    """Put a note at the foot of the page. True if it has no room there, even parted."""
    foot = _foot_of(context)
    called_at = foot.line
    line = max(called_at or 0.0, _line_at_head(context))
    is_tried = foot.is_trying and called_at is None
    if foot.rest is not None and (is_tried or called_at == foot.parted_at):  # it follows when that note has ended
        context.footnotes.remove(footnote)
        foot.behind.append(footnote)
        overflows = False
    elif is_tried:
        overflows = bool(_layout_footnote(context, footnote))
    else:
        overflows = bool(_layout_footnote(context, footnote)) or foot.rest is not None
        if not overflows and not context.in_column and context.overflows(context.page_bottom, line):
            overflows, foot.parted_at = not _is_parted(context, foot, footnote, line), called_at
    foot.line, foot.laid = called_at, footnote  # notes have lines, too
    return overflows


def break_line(context: Any, *more: Any) -> Any:
    """End a page before a line. The notes that the engine has moved to gain room for it stay where they are."""
    foot = _foot_of(context)
    context.current_page_footnotes += foot.held
    if len(foot.held) > 1:  # the engine turns as many of those that it has moved round
        moved = context.reported_footnotes[-len(foot.held) :]
        context.reported_footnotes[-len(foot.held) :] = moved[::-1]
    foot.held = []
    return _break_line(context, *more)


def unlayout_footnote(context: Any, footnote: Any) -> None:
    """Take a note from the page, since its call goes to the next one."""
    foot = _foot_of(context)
    if foot.whole is footnote:
        _put(context, foot.part, footnote)
        foot.forget_part()
    elif footnote in foot.behind:
        foot.behind.remove(footnote)
    _unlayout_footnote(context, footnote)


def report_footnote(context: Any, footnote: Any) -> None:
    """Move a note to the next page: that of the line which is laid out. To gain room for a line, none is moved."""
    foot = _foot_of(context)
    if footnote is not foot.laid:
        context.current_page_footnotes.remove(footnote)
        foot.held.insert(0, footnote)
        return
    if footnote in foot.behind:
        foot.behind.remove(footnote)
        context.reported_footnotes.append(footnote)
        return
    if foot.whole is not None and footnote in (foot.whole, foot.part):
        footnote = foot.whole
        _put(context, foot.part, footnote)
        foot.forget_part()
    _report_footnote(context, footnote)


# ---- parting


def _line_at_head(context: Any) -> float:
    """Down to where a page must stay free of a note that is parted: there the text goes on, or a row of a table that is
    higher than the cell of the call.
    """
    sheet = context.current_footnote_area.page
    return float(sheet.content_box_y() + (1 - _SHARE) * sheet.height)


def _is_parted(context: Any, foot: _Foot, footnote: Any, line: float) -> bool:
    """Part the last note at the foot of the page, so that there is room for the line; False if that cannot be."""
    begins = getattr(footnote, PART, _Part()).begins
    height = _height_above_break(context, line)
    if not height:
        return False
    part = _with_part(footnote, _Part(begins, height))
    _put(context, footnote, part)
    context._update_footnote_area()
    rest = getattr(part, PART).goes_on
    if rest is None or context.overflows(context.page_bottom, line):
        _put(context, part, footnote)
        context._update_footnote_area()
        return False
    foot.whole, foot.part, foot.rest = footnote, part, _with_part(footnote, _Part(rest))
    return True


def _height_above_break(context: Any, line: float) -> float:
    """How much of the last note has room below a line: whole lines, in px; 0 if the note cannot be parted there."""
    area = build.create_anonymous_boxes(context.current_footnote_area.deepcopy())
    area = _block_level_layout(context, area, -inf, None, context.current_footnote_area.page)[0]
    note = area.children[-1]
    lines = (box for box in note.descendants() if isinstance(box, boxes.LineBox))
    feet = sorted({round(box.position_y + box.height - note.position_y, 1) for box in lines})
    room = note.margin_height() - (line - context.page_bottom)
    here = min(sum(foot <= room + _HAIR for foot in feet), len(feet) - _LEAST)
    return feet[here - 1] + _HAIR if here >= _LEAST else 0.0


def _with_part(footnote: Any, part: _Part) -> Any:
    copy = footnote.copy()
    setattr(copy, PART, part)
    return copy


def _put(context: Any, old: Any, new: Any) -> None:
    """Put a note's box in the place of another at the foot of the page."""
    notes = context.current_page_footnotes
    if old in notes:
        notes[notes.index(old)] = new
