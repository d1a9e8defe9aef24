"""Line plans: the lines of a paragraph of the engine's, planned where it begins, and again where its widths change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import strut

from pressroom.language.bcp47 import primary_subtag
from pressroom.typeset.engine.line_text import (
    NotTextError,
    Path,
    TextShaper,
    breaks_in,
    byte_offsets,
    is_atom,
    leaves,
    share_of,
    style_key,
    text_in,
    width_of,
    word_of,
)
from pressroom.typeset.lines.breakpoints import ATOM, BreakPosition, breakpoints_of
from pressroom.typeset.lines.total_fit import Breakpoint, Fit, Line, MeasuredParagraph, break_lines

PLAN, PIECE = "pressroom_plan", "pressroom_piece"
"""Attributes of a paragraph's box, and of a text box."""
_MOST_WIDTHS = 60
"""The most lines beside floats whose widths are asked for."""
_NARROW = 45
"""Letters in a line, with its spaces, below which a column is narrow, and text in it ragged."""
_IDEOGRAPHIC, _NARROW_IDEOGRAPHIC = frozenset(["ja", "zh"]), 16
"""Languages that are written without spaces in letters of one width, and the letters of a narrow column in them."""
_IDEOGRAPHIC_FIT = Fit(tracking=0.05, last_tracking=0.1)
"""Their lines are filled between letters (W3C, Requirements for Japanese Text Layout, 3.8.4)."""
_OPEN = 0.6
"""What a space may grow by, in natural spaces, so that the last word of a page is not parted."""
_GIVEN_UP = "pressroom_given_up"
"""The attribute of a paragraph’s box for which there are no lines, and which is too long to be tried for each."""
_MOST_HELD = 200_000
"""Breakpoints that are remembered at once: about 60 MB."""
_MOST_AGAIN = 3_000
"""Breakpoints of the longest rest of a paragraph that is planned again: for the last line of a page, or where it has
no lines from an earlier place.
"""

split_inline_box = inline.split_inline_box
"""The engine's own, whatever stands in for it."""


@dataclass(frozen=True)
class AskedLine:
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
        """Where it begins, as the engine counts: children, then a byte."""
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
        held = [box for box in self.box.descendants() if is_atom(box) or isinstance(box, boxes.TextBox)]
        letters = sum(len(text_in(box)) for box in held)
        return self.is_full or letters * self.box.style["font_size"] > self.width or any(map(is_atom, held))

    def fit(self, letters: float) -> Fit:
        """How lines of so many letters are set."""
        style = self.box.style
        is_ideographic = primary_subtag(style["lang"] or "") in _IDEOGRAPHIC
        is_narrow = letters < (_NARROW_IDEOGRAPHIC if is_ideographic else _NARROW)
        is_ragged = style["text_align_all"] != "justify" or (is_narrow and word_of(style, "--narrow") != "justified")
        fit, tracking = _IDEOGRAPHIC_FIT if is_ideographic else Fit(), share_of(style, "--letter-fit")
        if tracking is not None:
            fit = replace(fit, tracking=tracking, last_tracking=tracking)
        return replace(fit, is_ragged=is_ragged)

    def widths(self) -> tuple[tuple[float, ...], bool]:
        """The widths of this line and those below, with that of all further ones; and whether a float begins here."""
        floats = [] if self.start else list(_floats(self.box))
        if not floats:
            return self._widths_from(self.width), False
        shapes = self.context.excluded_shapes
        self.context.excluded_shapes = shapes.copy()
        forget_pieces(self.box)
        split_inline_box(  # once without effect: an initial has its place then, and lines beside it their widths
            self.context, self.box, self.position_x, self.max_x, self.bottom_space, self.skip_stack,
            self.containing_block, [], [], [], [], [], self.first_letter_style, self.first_line_style,
        )  # fmt: skip
        widths = self._widths_from(self._available(self.box.position_y) - self.box.text_indent)
        self.context.excluded_shapes = shapes
        return widths, True

    def _widths_from(self, first: float) -> tuple[float, ...]:
        shapes, block = self.context.excluded_shapes, self.containing_block.width
        if not shapes:
            return first, block
        height = strut(self.box.style)[0]
        foot = max(shape.position_y + shape.margin_height() for shape in shapes)
        beside = min(_MOST_WIDTHS, int(max(0, foot - self.box.position_y) / max(height, 1)) + 1)
        below = (self._available(self.box.position_y + height * number) for number in range(1, beside + 1))
        return first, *below, block

    def _available(self, y: float) -> float:
        """The width of a line at a height, beside the floats there."""
        probe = self.box.copy()
        probe.position_y, probe.width, probe.height = y, 0, strut(self.box.style)[0]
        return float(inline.avoid_collisions(self.context, probe, self.containing_block, outer=False)[2])

    def is_last_of_page(self) -> bool:
        """Whether no other line has room below it."""
        foot = self.box.position_y + 2 * strut(self.box.style)[0]
        return bool(self.context.overflows_page(self.bottom_space, foot))


@dataclass(frozen=True)
class LinePlan:
    """The lines of a paragraph, or of what is left of it."""

    box: Any
    """The engine's box of the paragraph: copies of it have texts of their own."""
    leaves: tuple[Any, ...]
    is_elastic: Sequence[bool]
    """Whether the spaces of each leaf can be set."""
    starts: tuple[tuple[int, ...], ...]
    """Where its lines begin, as the engine counts."""
    ends: tuple[BreakPosition, ...]
    """Where its lines begin, and where the last one ends, in the text boxes."""
    lines: tuple[Line, ...]
    places: Sequence[Breakpoint]
    widths: tuple[float, ...]
    is_ragged: bool
    is_full: bool
    has_float: bool

    def number_at(self, start: tuple[int, ...]) -> int | None:
        """The line that begins at a place; spaces may have been skipped there."""
        return bisect_right(self.starts, start) - 1 if self.starts[0] <= start else None

    def width(self, number: int) -> float:
        """The width of a line in px."""
        return self.widths[min(number, len(self.widths) - 1)]

    def allows(self, number: int, width: float) -> bool:
        """Whether a line has the width for which it was planned."""
        return abs(self.width(number) - width) < 0.3 or (self.has_float and not number)

    def parts_word(self, number: int) -> bool:
        """Whether a line ends with a part of a word, and the paragraph goes on for a while."""
        line = self.lines[number]
        rest = len(self.places) - line.last
        return self.places[line.last].has_hyphen and 1 < rest < _MOST_AGAIN


@dataclass(frozen=True)
class _ParagraphText:
    """What does not depend on widths: a paragraph's breakpoints, and where they are."""

    places: Sequence[Breakpoint]
    first: Sequence[Breakpoint]
    """The same as the first line has them, where that is set otherwise."""
    positions: Sequence[BreakPosition]
    starts: Sequence[tuple[int, ...]]
    is_elastic: Sequence[bool]
    letters: int
    """With its spaces and signs."""


class LinePlanner:
    """Plans paragraphs for one composition, and remembers the plans: units are laid out again."""

    def __init__(self) -> None:
        self.shaper = TextShaper()
        self._texts: dict[Any, _ParagraphText] = {}
        self._lines: dict[Any, tuple[Line, ...]] = {}
        self._held = 0
        """Breakpoints that are remembered."""

    def plan(self, asked: AskedLine) -> tuple[LinePlan | None, int]:
        """The plan of the paragraph, and the number of this line in it; none where the engine fills the line itself."""
        plan, number = _known(asked)
        if plan is None and not hasattr(asked.box, _GIVEN_UP) and asked.needs_plan():
            plan = self._new(asked)
        if plan and plan.parts_word(number) and asked.is_last_of_page():
            unparted = self._new(asked, first_unparted=True)
            if unparted and unparted.lines[0].spacing.space < _OPEN * self.shaper.space(asked.box.style):
                return unparted, 0
        return plan, number

    def _new(self, asked: AskedLine, *, first_unparted: bool = False) -> LinePlan | None:
        try:
            texts = list(leaves(asked.box))
        except NotTextError:
            return None
        if not any(leaf.text.strip() for _, leaf, _ in texts if leaf and not is_atom(leaf)):
            return None
        key = _text_key(asked, texts)
        if key not in self._texts:
            self._hold(key, self._text(asked, texts))
        return self._with_lines(asked, key, tuple(leaf for _, leaf, _ in texts), first_unparted=first_unparted)

    def _hold(self, key: Any, text: _ParagraphText) -> None:
        """Remember a paragraph; of a long book, only the last chapters are."""
        self._held += len(text.places)
        if self._held > _MOST_HELD:
            self._texts.clear()
            self._lines.clear()
            self._held = len(text.places)
        self._texts[key] = text

    def _text(self, asked: AskedLine, texts: Sequence[tuple[Path, Any, float]]) -> _ParagraphText:
        text = "".join(text_in(leaf) for _, leaf, _ in texts if leaf)
        breaks = breaks_in(text, asked.box.style["lang"])
        styles = (None, asked.first_line_style) if asked.first_line_style and not asked.start else (None,)
        block = asked.containing_block
        runs = [[self.shaper.run(leaf, before, style, block) for _, leaf, before in texts] for style in styles]
        (places, positions), *first = (breakpoints_of(each, breaks) for each in runs)
        starts, is_elastic = tuple(_starts(positions, texts)), [run.has_elastic_spaces for run in runs[0]]
        return _ParagraphText(places, first[0][0] if first else (), positions, starts, is_elastic, len(text))

    def _with_lines(
        self, asked: AskedLine, key: Any, boxes: tuple[Any, ...], *, first_unparted: bool
    ) -> LinePlan | None:
        text, (widths, has_float) = self._texts[key], asked.widths()
        begin = max(0, bisect_right(text.starts, asked.start) - 1) if asked.start else 0
        fit = asked.fit(widths[-1] * text.letters / max(text.places[-1].end, 0.1))
        paragraph = MeasuredParagraph(
            text.places[begin:], widths, self.shaper.space(asked.box.style), asked.box.style["font_size"],
            fit, asked.is_full, text.first if not begin else (), first_unparted,
        )  # fmt: skip
        known = key, tuple(round(width, 2) for width in widths), begin, fit, asked.is_full, first_unparted
        if known not in self._lines:
            self._lines[known] = break_lines(paragraph)
        if not (lines := self._lines[known]):
            if len(paragraph.places) > _MOST_AGAIN:
                setattr(asked.box, _GIVEN_UP, True)
            return None
        ends = [begin + line.first for line in lines]
        return LinePlan(
            asked.box, boxes, text.is_elastic, tuple(text.starts[end] for end in ends),
            tuple(text.positions[end] for end in (*ends, begin + lines[-1].last)),
            lines, paragraph.places, widths, fit.is_ragged, asked.is_full, has_float,
        )  # fmt: skip


def _known(asked: AskedLine) -> tuple[LinePlan | None, int]:
    """The plan by which the paragraph was begun, while it holds."""
    plan: LinePlan | None = getattr(asked.box, PLAN, None)
    number = plan.number_at(asked.start) if plan and plan.box is asked.box else None
    return (plan, number) if plan and number is not None and plan.allows(number, asked.width) else (None, 0)


def forget_pieces(box: Any) -> None:
    """Let the engine fill the lines of a paragraph itself."""
    for leaf in box.descendants():
        vars(leaf).pop(PIECE, None)


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


def _text_key(asked: AskedLine, texts: Sequence[tuple[Path, Any, float]]) -> Any:
    first = sorted((name, str(value)) for name, value in (asked.first_line_style or {}).items())
    held = tuple((path, leaf and _leaf_key(asked, leaf), before) for path, leaf, before in texts)
    return held, () if asked.start else tuple(first)


def _leaf_key(asked: AskedLine, leaf: Any) -> tuple[Any, ...]:
    if is_atom(leaf):
        return ATOM, width_of(leaf, asked.containing_block)
    return leaf.text, style_key(leaf.style)


def _starts(positions: Sequence[BreakPosition], texts: Sequence[tuple[Path, Any, float]]) -> Iterator[tuple[int, ...]]:
    """Positions as the engine counts; the last one, where the text ends, is not a start."""
    yield ()
    run, offsets = -1, byte_offsets("")
    for position in positions[1:-1]:
        path, leaf, _ = texts[position.run]
        if position.run != run:
            run, offsets = position.run, byte_offsets(text_in(leaf))
        yield (*path, offsets[position.letter])
