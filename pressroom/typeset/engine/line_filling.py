"""Filling lines: where the engine is entered, so that it breaks paragraphs as they are planned as a whole.

Three functions of weasyprint.layout.inline are stood in for while pages are laid out. None is copied: each hands on to
the engine's own. `split_inline_box` is called where a line begins, with its width: there the paragraph is planned.
`split_text_box` ends a text where its line ends, and `text_align` sets the spaces. A break is an ordinary one for the
engine: notes, links, pages, orphans and marked content are as ever. `pinned` tells whether the engine is the one for
which this was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import strut

from pressroom.typeset.engine.line_spacing import SPACED, PieceSpacing, set_spaces, spaced_line, spaces_in
from pressroom.typeset.engine.line_text import (
    NotTextError,
    TextShaper,
    breaks_in,
    is_code,
    leaves,
    share_of,
    style_key,
    word_of,
)
from pressroom.typeset.lines.breakpoints import BreakPosition, breakpoints_of
from pressroom.typeset.lines.total_fit import Breakpoint, Fit, Line, MeasuredParagraph, break_lines

_ENDLESS = 1e5
"""A width, in px, at which the engine breaks no line by itself."""
_PLAN, _LINE, _PIECE = "pressroom_plan", "pressroom_line", "pressroom_piece"
"""Attributes of a paragraph's box, of the box of a line, and of a text box."""
_MOST_WIDTHS = 60
"""The most lines beside floats whose widths are asked for."""
_NARROW = 45
"""Letters in a line below which a column is narrow, and text in it ragged."""
_OPEN = 0.6
"""What a space may grow by, in natural spaces, so that the last word of a page is not parted."""
_LONGEST = 500_000
"""Letters of the longest paragraph that is planned."""

_split_inline_box = inline.split_inline_box
_split_text_box = inline.split_text_box
_split_first_line = inline.split_first_line
_text_align = inline.text_align


@dataclass(frozen=True)
class _Piece:
    """What of a text box stands in the line that is being filled."""

    end: int | None
    """The byte at which the line ends; None where it goes on after the text."""
    adds_hyphen: bool
    spacing: PieceSpacing


@dataclass(frozen=True)
class _Plan:
    """The lines of a paragraph, or of what is left of it."""

    box: Any
    """The engine's box of the paragraph: copies of it have texts of their own."""
    starts: tuple[tuple[int, ...], ...]
    """Where its lines begin, as the engine counts: children, then a byte."""
    cuts: tuple[BreakPosition, ...]
    """Where they begin and where the last one ends, in the text boxes."""
    lines: tuple[Line, ...]
    widths: tuple[float, ...]
    places: Sequence[Breakpoint]
    leaves: tuple[Any, ...]
    is_ragged: bool
    is_full: bool
    beside_floats: bool

    def number_at(self, start: tuple[int, ...]) -> int | None:
        """The line that begins at a place; spaces may have been skipped there."""
        return max((n for n, known in enumerate(self.starts) if known <= start), default=None)

    def width(self, number: int) -> float:
        return self.widths[min(number, len(self.widths) - 1)]

    def allows(self, number: int, width: float) -> bool:
        """Whether a line has the width for which it was planned."""
        return abs(self.width(number) - width) < 0.3 or (self.beside_floats and not number)


class LineFilling:
    """Plans paragraphs for one composition, and remembers the plans: units are laid out again."""

    def __init__(self) -> None:
        self.shaper = TextShaper()
        self.plans: dict[Any, tuple[tuple[Line, ...], Sequence[Breakpoint], Sequence[BreakPosition], Fit]] = {}

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """A block in which the engine fills lines so."""
        inline.split_inline_box = self.split_inline_box
        inline.split_text_box, inline.text_align = split_text_box, text_align
        try:
            yield
        finally:
            inline.split_inline_box = _split_inline_box
            inline.split_text_box, inline.text_align = _split_text_box, _text_align

    # ---- where a line begins

    def split_inline_box(self, context: Any, box: Any, position_x: float, max_x: float, *more: Any) -> Any:
        """The engine's function of this name; `more` as there."""
        if not isinstance(box, boxes.LineBox):
            return _split_inline_box(context, box, position_x, max_x, *more)
        asked = _Asked(context, box, position_x, max_x, *more)
        plan, number = self._plan(asked) if asked.can_be_planned() else (None, 0)
        setattr(box, _PLAN, plan)
        if plan is None:
            _forget(box)
            return _split_inline_box(context, box, position_x, max_x, *more)
        _hand_out(plan, number)
        made = _split_inline_box(context, box, position_x, position_x + _ENDLESS, *more)
        setattr(made[0], _LINE, (plan, number))
        made[0].width = min(made[0].width, plan.width(number))  # a line that seems too wide is moved below a float
        return made

    def _plan(self, asked: _Asked) -> tuple[_Plan | None, int]:
        """The plan of the paragraph, and the number of this line in it."""
        plan, number = _known(asked)
        if plan is None and asked.needs_plan():
            plan = self._new(asked)
        if plan and asked.ends_page(plan, number):
            unparted = self._new(asked, first_unparted=True)
            if unparted and unparted.lines[0].spacing.space < _OPEN * self.shaper.space(asked.box.style):
                return unparted, 0
        return plan, number

    def _new(self, asked: _Asked, *, first_unparted: bool = False) -> _Plan | None:
        try:
            texts = [(path, leaf, before) for path, leaf, before in leaves(asked.box)]
        except NotTextError:
            return None
        widths, beside_floats = asked.widths()
        key = _key(asked, texts, widths, first_unparted)
        if key not in self.plans:
            self.plans[key] = self._broken(asked, texts, widths, first_unparted=first_unparted)
        lines, places, cuts, fit = self.plans[key]
        if not lines:
            return None
        held = [cuts[line.first] for line in lines] + [cuts[lines[-1].last]]
        return _Plan(
            box=asked.box,
            starts=tuple(_start(cut, texts) for cut in held[:-1]),
            cuts=tuple(held),
            lines=lines,
            widths=widths,
            places=places,
            leaves=tuple(leaf for _, leaf, _ in texts),
            is_ragged=fit.is_ragged,
            is_full=asked.is_full,
            beside_floats=beside_floats,
        )

    def _broken(self, asked: _Asked, texts: Any, widths: tuple[float, ...], *, first_unparted: bool) -> Any:
        runs = [self.shaper.run(leaf, before, None) for _, leaf, before in texts]
        text = "".join(run.text for run in runs)
        if len(text) > _LONGEST or not text.strip():
            return (), (), (), Fit()
        breaks = breaks_in(text, asked.box.style["lang"])
        places, cuts = breakpoints_of(runs, breaks)
        first: Sequence[Breakpoint] = ()
        if asked.first_line_style and not asked.start:
            styled = [self.shaper.run(leaf, before, asked.first_line_style) for _, leaf, before in texts]
            first = breakpoints_of(styled, breaks)[0]
        begin = _begin(cuts, texts, asked.start)
        fit = asked.fit(widths[-1] * places[-1].signs / max(places[-1].end, 0.1))
        paragraph = MeasuredParagraph(
            places[begin:], widths, self.shaper.space(asked.box.style), asked.box.style["font_size"],
            fit, asked.is_full, first, first_unparted,
        )  # fmt: skip
        return break_lines(paragraph), places[begin:], cuts[begin:], fit


@dataclass(frozen=True)
class _Asked:
    """What the engine asks where a line begins, in its own order."""

    context: Any
    box: Any
    position_x: float
    max_x: float
    bottom_space: float
    skip_stack: Any
    containing_block: Any
    absolute_boxes: Any
    fixed_boxes: Any
    line_placeholders: Any
    waiting_floats: Any
    line_children: Any
    first_letter_style: Any
    first_line_style: Any

    @property
    def width(self) -> float:
        """The width of this line in px."""
        return self.max_x - self.position_x

    @property
    def start(self) -> tuple[int, ...]:
        """Where it begins, as the engine counts."""
        return tuple(_steps(self.skip_stack))

    @property
    def is_full(self) -> bool:
        """Whether the last line is as wide as the others."""
        return bool(self.box.style["text_align_last"] == "justify")

    def can_be_planned(self) -> bool:
        """Whether the text flows, and its layout does not ask for the engine's own lines."""
        style = self.box.style
        return (
            style["white_space"] == "normal"
            and style["font_size"] > 0
            and not self.first_letter_style
            and word_of(style, "--lines") != "first-fit"
        )

    def needs_plan(self) -> bool:
        """Whether the text may be wider than a line: titles and labels are not planned in vain."""
        letters = sum(len(box.text) for box in self.box.descendants() if isinstance(box, boxes.TextBox))
        return self.is_full or letters * self.box.style["font_size"] > self.width

    def fit(self, letters: float) -> Fit:
        """How lines of so many letters are set."""
        style = self.box.style
        is_narrow = letters < _NARROW and word_of(style, "--narrow") != "justified"
        is_ragged = style["text_align_all"] != "justify" or is_narrow
        tracking = share_of(style, "--letter-fit")
        return (
            Fit(is_ragged=is_ragged)
            if tracking is None
            else Fit(tracking=tracking, last_tracking=tracking, is_ragged=is_ragged)
        )

    def widths(self) -> tuple[tuple[float, ...], bool]:
        """The widths of this line and those below, with that of all further ones; and whether a float begins here."""
        floats = [] if self.start else list(_floats(self.box))
        if not floats:
            return self._widths_from(self.width), False
        shapes = self.context.excluded_shapes
        self.context.excluded_shapes = shapes.copy()
        _forget(self.box)
        _split_inline_box(  # once without effect: an initial has its place then, and lines beside it their widths
            self.context, self.box, self.position_x, self.max_x, self.bottom_space, self.skip_stack,
            self.containing_block, [], [], [], [], [], self.first_letter_style, self.first_line_style,
        )  # fmt: skip
        available = self._available(self.box.position_y) - self.box.text_indent
        widths = self._widths_from(available)
        self.context.excluded_shapes = shapes
        return widths, True

    def _widths_from(self, first: float) -> tuple[float, ...]:
        shapes, block = self.context.excluded_shapes, self.containing_block.width
        if not shapes:
            return first, block
        height = strut(self.box.style)[0]
        foot = max(shape.position_y + shape.margin_height() for shape in shapes)
        beside = min(_MOST_WIDTHS, int(max(0, foot - self.box.position_y) / height) + 1)
        below = (self._available(self.box.position_y + height * number) for number in range(1, beside + 1))
        return first, *below, block

    def _available(self, y: float) -> float:
        """The width of a line at a height, beside the floats there."""
        probe = self.box.copy()
        probe.position_y, probe.width, probe.height = y, 0, strut(self.box.style)[0]
        return float(inline.avoid_collisions(self.context, probe, self.containing_block, outer=False)[2])

    def ends_page(self, plan: _Plan, number: int) -> bool:
        """Whether a line is the last one of a page, and parts a word that ends on the next."""
        line = plan.lines[number]
        if line.last == plan.lines[-1].last or not plan.places[line.last].has_hyphen:
            return False
        height = strut(self.box.style)[0]
        return bool(self.context.overflows_page(self.bottom_space, self.box.position_y + 2 * height))


def _known(asked: _Asked) -> tuple[_Plan | None, int]:
    """The plan by which the paragraph was begun, while it holds."""
    plan: _Plan | None = getattr(asked.box, _PLAN, None)
    number = plan.number_at(asked.start) if plan and plan.box is asked.box else None
    return (plan, number) if plan and number is not None and plan.allows(number, asked.width) else (None, 0)


def _steps(skip_stack: Any) -> Iterator[int]:
    while skip_stack:
        ((number, skip_stack),) = skip_stack.items()
        yield number


def _floats(box: Any) -> Iterator[Any]:
    for child in box.children:
        if child.is_floated():
            yield child
        elif isinstance(child, boxes.InlineBox) and child.is_in_normal_flow():
            yield from _floats(child)


def _key(asked: _Asked, texts: Any, widths: tuple[float, ...], first_unparted: bool) -> Any:  # noqa: FBT001
    style = asked.box.style
    first = sorted((name, str(value)) for name, value in (asked.first_line_style or {}).items())
    held = tuple((leaf.text, style_key(leaf.style), before) for _, leaf, before in texts if leaf is not None)
    how = (style["text_align_all"], asked.is_full, word_of(style, "--narrow"), share_of(style, "--letter-fit"))
    return held, tuple(round(width, 2) for width in widths), asked.start, tuple(first), how, first_unparted


def _begin(cuts: Sequence[BreakPosition], texts: Any, start: tuple[int, ...]) -> int:
    """The place at which the engine begins: the last one that is not after it."""
    return max((n for n, cut in enumerate(cuts[:-1]) if n and start and _start(cut, texts) <= start), default=0)


def _start(cut: BreakPosition, texts: Any) -> tuple[int, ...]:
    """A cut as the engine counts."""
    if cut == BreakPosition(0, 0):
        return ()
    path, leaf, _ = texts[cut.run]
    return (*path, len(leaf.text[: cut.letter].encode()))


# ---- the pieces of a line


def _forget(box: Any) -> None:
    for leaf in box.descendants():
        vars(leaf).pop(_PIECE, None)


def _hand_out(plan: _Plan, number: int) -> None:
    """Tell each text box of a line how much of it stands there."""
    first, last, line = plan.cuts[number], plan.cuts[number + 1], plan.lines[number]
    ending = len(plan.leaves) - 1 if last.run == len(plan.leaves) else last.run
    for run in range(first.run, ending + 1):
        leaf = plan.leaves[run]
        if leaf is None:
            continue
        is_code_run = is_code(leaf)
        tracking = 0.0 if is_code_run else line.spacing.tracking / 1000 * leaf.style["font_size"]
        spacing = PieceSpacing(tracking, not is_code_run, run == ending)
        end = len(leaf.text[: last.letter].encode()) if run == last.run else None
        setattr(leaf, _PIECE, _Piece(end, last.adds_hyphen and run == last.run, spacing))


def split_text_box(context: Any, box: Any, available_width: Any, skip: int, is_line_start: bool = True) -> Any:  # noqa: FBT001, FBT002
    """The engine's function of this name."""
    piece: _Piece | None = getattr(box, _PIECE, None)
    if piece is None or available_width is None or available_width < _ENDLESS / 2:
        return _whole_if_it_fits(context, box, available_width, skip, is_line_start)
    text = box.text.encode()[skip : piece.end].decode()
    if piece.spacing.ends_line:
        text = text.rstrip(" ")
    if piece.adds_hyphen:
        text = text.rstrip("\u00ad") + box.style["hyphenate_character"]
    if not text:
        return None, piece.end, False
    part = box.copy_with_text(text)
    setattr(part, SPACED, piece.spacing)
    part.tracking = piece.spacing.tracking
    inline.split_first_line = lambda text, style, *_, **__: spaced_line(text, style, piece.spacing)
    try:
        made, _, _ = _split_text_box(context, part, None, 0, is_line_start)
    finally:
        inline.split_first_line = _split_first_line
    return made, piece.end, False


def _whole_if_it_fits(context: Any, box: Any, available_width: Any, skip: int, is_line_start: bool) -> Any:  # noqa: FBT001
    """A text in the engine's own way, but not broken where it fits except for the space at its end.

    WeasyPrint 70 breaks it after its first word then: `split_first_line` counts the space that hangs beyond the line.
    """
    made = _split_text_box(context, box, available_width, skip, is_line_start)
    if made[1] is None or available_width is None or not box.text.endswith(" "):
        return made
    if box.style["white_space"] not in ("normal", "pre-line"):
        return made
    whole = _split_text_box(context, box, None, skip, is_line_start)
    if whole[0] is None or whole[1] is not None:
        return made
    bare = whole[0].width - inline.trailing_whitespace_size(context, whole[0])
    return whole if bare <= available_width else made


# ---- a line that is filled


def text_align(context: Any, line: Any, available_width: float, last: bool) -> Any:  # noqa: FBT001
    """The engine's function of this name: the offset of a line in px."""
    planned = getattr(line, _LINE, None)
    # From right to left, the engine takes an indent off the width, and then moves the line the wrong way.
    indent = getattr(line, "text_indent", 0) if line.style["direction"] == "rtl" else 0
    if planned is None:
        return _text_align(context, line, available_width, last) + indent
    plan, number = planned
    return _aligned(context, line, plan, number, is_last=last) + 2 * indent


def _aligned(context: Any, line: Any, plan: _Plan, number: int, *, is_last: bool) -> float:
    before, after = plan.places[plan.lines[number].first], plan.places[plan.lines[number].last]
    flow = [child for child in line.children if child.is_in_normal_flow()]
    if not flow:
        return 0.0
    line.width = max(c.position_x + c.margin_width() for c in flow) - min(c.position_x for c in flow)
    slack = plan.width(number) + before.over_start + after.over_end - line.width
    if plan.is_ragged or (is_last and not plan.is_full and slack >= 0):
        return _ragged(context, line, plan, number, is_last=is_last)
    if spaces := spaces_in(line):
        set_spaces(line, slack / spaces)
    return _hung(line, plan.width(number), before.over_start)


def _ragged(context: Any, line: Any, plan: _Plan, number: int, *, is_last: bool) -> float:
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
