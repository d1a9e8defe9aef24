"""Filling lines: where the engine is entered, so that it breaks paragraphs as they are planned as a whole.

Four functions of weasyprint.layout.inline are stood in for while pages are laid out. None is copied: each hands on to
the engine's own. `split_inline_box` is called where a line begins, with its width: there the paragraph is planned.
`split_text_box` ends a text where its line ends, and `text_align` sets the spaces. A break is an ordinary one for the
engine: notes, links, pages, orphans and marked content are as ever. `pinned` tells whether the engine is the one for
which this was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from pressroom.typeset.engine.asked_lines import PIECE, AskedLine, forget_pieces
from pressroom.typeset.engine.line_plans import PLAN, LinePlan, LinePlanner
from pressroom.typeset.engine.line_spacing import SPACED, PieceSpacing, ShapedPieces, set_spaces, spaces_in
from pressroom.typeset.engine.line_text import is_atom, is_code

_ENDLESS = 1e5
"""A width, in px, at which the engine breaks no line by itself."""
_LONG = 1_000
"""Letters of a text that is long."""
_MOST_LETTERS = 6.0
"""Letters that no line holds, for each em of its width: no alphabet has narrower ones on average."""
_LINE = "pressroom_line"
"""The attribute of the box of a line: its plan, and its number in it."""

_split_inline_box = inline.split_inline_box
_split_inline_level = inline.split_inline_level
_split_text_box = inline.split_text_box
_split_first_line = inline.split_first_line
_text_align = inline.text_align


@dataclass(frozen=True)
class _Piece:
    """What of a text box stands in the line that is being filled."""

    text: str
    begin: int
    end: int | None
    """The bytes at which it begins and ends; None where the line goes on after the text."""
    spacing: PieceSpacing


class LineFilling:
    """Fills lines for one composition."""

    def __init__(self) -> None:
        self.planner, self.shaped = LinePlanner(), ShapedPieces()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """A block in which the engine fills lines so."""
        inline.split_inline_box, inline.split_inline_level = self.split_inline_box, split_inline_level
        inline.split_text_box, inline.text_align = self.split_text_box, text_align
        try:
            yield
        finally:
            inline.split_inline_box, inline.split_inline_level = _split_inline_box, _split_inline_level
            inline.split_text_box, inline.text_align = _split_text_box, _text_align

    def split_inline_box(self, context: Any, box: Any, position_x: float, max_x: float, *more: Any) -> Any:
        """The engine's function of this name; `more` as there. A line begins where it is called with a line box."""
        if not isinstance(box, boxes.LineBox):
            return _split_inline_box(context, box, position_x, max_x, *more)
        asked = AskedLine(context, box, position_x, max_x, *more)
        plan, number = self.planner.plan(asked) if asked.can_be_planned() else (None, 0)
        setattr(box, PLAN, plan)
        if plan is None:
            forget_pieces(box)
            return _split_inline_box(context, box, position_x, max_x, *more)
        _hand_out(plan, number)
        made = _split_inline_box(context, box, position_x, position_x + _ENDLESS, *more)
        setattr(made[0], _LINE, (plan, number))
        made[0].width = min(made[0].width, plan.width(number))  # a line that seems too wide is moved below a float
        return made

    def split_text_box(
        self,
        context: Any,
        box: Any,
        available_width: Any,
        skip: int,
        is_line_start: bool = True,  # noqa: FBT001, FBT002 - the engine's own
    ) -> Any:
        """The engine's function of this name."""
        piece: _Piece | None = getattr(box, PIECE, None)
        if piece is None or available_width is None or available_width < _ENDLESS / 2:
            return _whole_if_it_fits(context, box, available_width, skip, is_line_start)
        text = piece.text if skip == piece.begin else _without(piece, skip - piece.begin)
        if not text:
            return None, piece.end, False
        part = box.copy_with_text(text)
        setattr(part, SPACED, piece.spacing)
        part.tracking = piece.spacing.tracking
        inline.split_first_line = lambda text, style, *_, **__: self.shaped.line(text, style, piece.spacing)
        try:
            made, _, _ = _split_text_box(context, part, None, 0, is_line_start)
        finally:
            inline.split_first_line = _split_first_line
        return made, piece.end, False


def split_inline_level(context: Any, box: Any, *more: Any) -> Any:
    """The engine's function of this name; `more` as there. In a first line of other letters, code keeps its own."""
    return _split_inline_level(context, box, *more[:-1], None if is_code(box) else more[-1])


# ---- the pieces of a line


def _hand_out(plan: LinePlan, number: int) -> None:
    """Tell each text box of a line what of it stands there."""
    first, last = plan.ends[number], plan.ends[number + 1]
    ending = min(last.run, len(plan.leaves) - 1)
    for run in range(first.run, ending + 1):
        leaf = plan.leaves[run]
        if leaf is not None and not is_atom(leaf):
            is_elastic = plan.is_elastic[run]
            tracking = plan.lines[number].spacing.tracking / 1000 * leaf.style["font_size"] if is_elastic else 0.0
            spacing = PieceSpacing(tracking, is_elastic=is_elastic, ends_line=run == ending)
            setattr(leaf, PIECE, _piece(plan, number, run, spacing))


def _piece(plan: LinePlan, number: int, run: int, spacing: PieceSpacing) -> _Piece:
    leaf, (first, last) = plan.leaves[run], plan.ends[number : number + 2]
    begins, ends = run == first.run, run == last.run
    text = leaf.text[first.letter if begins else 0 : last.letter if ends else None]
    if ends and last.adds_hyphen:
        text = text.rstrip("\u00ad") + leaf.style["hyphenate_character"]
    begin = plan.starts[number][-1] if begins and plan.starts[number] else 0
    end = plan.starts[number + 1][-1] if ends else None
    return _Piece(text.rstrip(" ") if spacing.ends_line else text, begin, end, spacing)


def _beginning(context: Any, box: Any, available_width: Any, skip: int, is_line_start: bool) -> Any:  # noqa: FBT001
    """A line in the engine's own way, which shapes all of a text for each: of a long one it gets what no line holds."""
    if available_width is not None and len(box.text) > _LONG:
        most = int(min(_LONG, 100 + _MOST_LETTERS * available_width / max(1, box.style["font_size"])))
        rest = box.text.encode()[skip:][: 4 * most].decode(errors="ignore")[:most]
        if len(rest) == most:
            part = box.copy_with_text(rest)
            if not any(map(str.isspace, rest)):  # no line holds such a word: the engine would try all its syllables
                part.style = part.style.copy()
                part.style["hyphens"] = "manual"
            made, resume_at, is_preserved = _split_text_box(context, part, available_width, 0, is_line_start)
            if resume_at is not None:
                return made, resume_at + skip, is_preserved
    return _split_text_box(context, box, available_width, skip, is_line_start)


def _without(piece: _Piece, count: int) -> str:
    """The text of a piece without its first bytes: spaces that the engine leaves out where a line begins."""
    return piece.text.encode()[max(0, count) :].decode()


def _whole_if_it_fits(context: Any, box: Any, available_width: Any, skip: int, is_line_start: bool) -> Any:  # noqa: FBT001
    """A text in the engine's own way, but not broken where it fits except for the space at its end.

    WeasyPrint 70 breaks it after its first word then: `split_first_line` counts the space that hangs beyond the line.
    """
    made = _beginning(context, box, available_width, skip, is_line_start)
    if made[1] is None or available_width is None or not box.text.endswith(" "):
        return made
    is_long = len(box.text.encode()) - skip > 4 * _LONG  # the end is far, and shaping all of it for each line is slow
    if is_long or box.style["white_space"] not in ("normal", "pre-line"):
        return made
    whole = _split_text_box(context, box, None, skip, is_line_start)
    if whole[0] is None or whole[1] is not None:
        return made
    bare = whole[0].width - inline.trailing_whitespace_size(context, whole[0])
    return whole if bare <= available_width else made


# ---- a line that is filled


def text_align(context: Any, line: Any, available_width: float, last: bool) -> Any:  # noqa: FBT001
    """The engine's function of this name: the offset of a line in px."""
    planned = vars(line).pop(_LINE, None)
    # From right to left, the engine takes an indent off the width, and then moves the line the wrong way.
    indent = getattr(line, "text_indent", 0) if line.style["direction"] == "rtl" else 0
    if planned is None:
        return _text_align(context, line, available_width, last) + indent
    plan, number = planned
    return _aligned(context, line, plan, number, is_last=last) + 2 * indent


def _aligned(context: Any, line: Any, plan: LinePlan, number: int, *, is_last: bool) -> float:
    before, after = plan.places[plan.lines[number].first], plan.places[plan.lines[number].last]
    flow = [child for child in line.children if child.is_in_normal_flow()]
    if not flow:
        return 0.0
    line.width = max(c.position_x + c.margin_width() for c in flow) - min(c.position_x for c in flow)
    slack = plan.width(number) + before.over_start + after.over_end - line.width
    is_last = (is_last and not plan.is_full) or after.is_forced
    if plan.is_ragged or (is_last and slack >= 0):
        return _ragged(context, line, plan, number, is_last=is_last)
    if spaces := spaces_in(line):
        set_spaces(line, slack / spaces)
    return _hung(line, plan.width(number), before.over_start)


def _ragged(context: Any, line: Any, plan: LinePlan, number: int, *, is_last: bool) -> float:
    """The offset of a line that keeps its spaces."""
    align = line.style["text_align_all"]
    if align == "justify" and not is_last:
        align = line.style["text_align_last"]
        if align in ("auto", "justify"):
            return 0.0
        is_last = True
    return float(_text_align(context, line, plan.width(number), is_last))


def _hung(line: Any, width: float, over_start: float) -> float:
    """The offset of a line that stands out of its edges. Its width is told as that between them."""
    if line.style["direction"] != "rtl":
        line.width = min(line.width, width)
        return -over_start
    wide, line.width = line.width, min(line.width, width)
    return float(wide - over_start - line.width)
