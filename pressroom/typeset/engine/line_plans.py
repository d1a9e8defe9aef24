"""Line plans: the lines of a paragraph of the engine's, planned where it begins, and again where its widths change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any, NamedTuple

from pressroom.typeset.engine.asked_lines import AskedLine
from pressroom.typeset.engine.line_text import (
    NotTextError,
    Path,
    TextShaper,
    breaks_in,
    byte_offsets,
    is_atom,
    leaves,
    style_key,
    text_in,
    width_of,
)
from pressroom.typeset.engine.parted_words import spare_limits
from pressroom.typeset.lines.breakpoints import ATOM, BreakPosition, breakpoints_of
from pressroom.typeset.lines.total_fit import Breakpoint, Line, MeasuredParagraph, break_lines, widest_space

PLAN = "pressroom_plan"
"""The attribute of a paragraph's box."""
_TORN = 1.75
"""The widest space, in natural ones, for which no word is parted after fewer letters than usual."""
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


_Texts = Sequence[tuple[Path, Any, float]]
"""The leaves of a paragraph, with where they are and what stands before them."""


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


class _Frame(NamedTuple):
    """Where lines stand."""

    widths: tuple[float, ...]
    has_float: bool
    first_unparted: bool

    def rounded(self) -> tuple[Any, ...]:
        """What lines depend on of it: widths as far as they are seen."""
        return tuple(round(width, 2) for width in self.widths), self.first_unparted


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


class LinePlanner:
    """Plans paragraphs for one composition, and remembers the plans: units are laid out again."""

    def __init__(self) -> None:
        self.shaper = TextShaper()
        self._texts: dict[Any, _ParagraphText] = {}
        self._lines: dict[Any, tuple[tuple[Line, ...], float]] = {}
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
        seen = [leaf for _, leaf, _ in texts if leaf and not is_atom(leaf)]
        if not any(leaf.text.strip() for leaf in seen):
            return None
        frame = _Frame(*asked.widths(), first_unparted)
        plan, widest = self._planned(asked, texts, frame)
        if widest > _TORN and any(spare_limits(leaf.style) for leaf in seen):
            other, space = self._planned(asked, texts, frame, parts_more=True)
            plan = other if space < widest else plan
        if plan is None and sum(len(leaf.text) for leaf in seen) > _MOST_AGAIN:
            setattr(asked.box, _GIVEN_UP, True)
        return plan

    def _planned(
        self, asked: AskedLine, texts: _Texts, frame: _Frame, *, parts_more: bool = False
    ) -> tuple[LinePlan | None, float]:
        """The lines from here on, and the widest space in them."""
        key, text = self._text(asked, texts, parts_more=parts_more)
        begin = max(0, bisect_right(text.starts, asked.start) - 1) if asked.start else 0
        if not parts_more and _is_within_word(asked.start, text.starts[begin], texts):
            return None, inf
        fit = asked.fit(frame.widths[-1] * text.letters / max(text.places[-1].end, 0.1))
        if parts_more:
            fit = replace(fit, tracking=fit.last_tracking)
        paragraph = MeasuredParagraph(
            text.places[begin:], frame.widths, self.shaper.space(asked.box.style), asked.box.style["font_size"],
            fit, asked.is_full, text.first if not begin else (), frame.first_unparted,
        )  # fmt: skip
        lines, widest = self._broken((key, frame.rounded(), begin, fit, asked.is_full), paragraph)
        if not lines:
            return None, inf
        ends = [begin + line.first for line in lines]
        return LinePlan(
            asked.box, tuple(leaf for _, leaf, _ in texts), text.is_elastic, tuple(text.starts[end] for end in ends),
            tuple(text.positions[end] for end in (*ends, begin + lines[-1].last)),
            lines, paragraph.places, frame.widths, fit.is_ragged, asked.is_full, frame.has_float,
        ), widest  # fmt: skip

    def _broken(self, key: Any, paragraph: MeasuredParagraph) -> tuple[tuple[Line, ...], float]:
        """The lines of a paragraph, and their widest space."""
        if key not in self._lines:
            lines = break_lines(paragraph)
            is_ragged = bool(lines) and paragraph.fit.is_ragged
            self._lines[key] = lines, 1.0 if is_ragged else widest_space(paragraph, lines)
        return self._lines[key]

    def _text(self, asked: AskedLine, texts: _Texts, *, parts_more: bool) -> tuple[Any, _ParagraphText]:
        limits = [leaf and spare_limits(leaf.style) for _, leaf, _ in texts] if parts_more else []
        key = _text_key(asked, texts), tuple(limits)
        if key not in self._texts:
            self._hold(key, self._measured(asked, texts, parts_more=parts_more))
        return key, self._texts[key]

    def _hold(self, key: Any, text: _ParagraphText) -> None:
        """Remember a paragraph; of a long book, only the last chapters are."""
        self._held += len(text.places)
        if self._held > _MOST_HELD:
            self._texts.clear()
            self._lines.clear()
            self._held = len(text.places)
        self._texts[key] = text

    def _measured(self, asked: AskedLine, texts: _Texts, *, parts_more: bool) -> _ParagraphText:
        text = "".join(text_in(leaf) for _, leaf, _ in texts if leaf)
        breaks = breaks_in(text, asked.box.style["lang"])
        styles = (None, asked.first_line_style) if asked.first_line_style and not asked.start else (None,)
        block, run = asked.containing_block, self.shaper.run
        runs = [
            [run(leaf, before, style, block, parts_more=parts_more) for _, leaf, before in texts] for style in styles
        ]
        (places, positions), *first = (breakpoints_of(each, breaks) for each in runs)
        starts, is_elastic = tuple(_starts(positions, texts)), [run.has_elastic_spaces for run in runs[0]]
        return _ParagraphText(places, first[0][0] if first else (), positions, starts, is_elastic, len(text))


def _known(asked: AskedLine) -> tuple[LinePlan | None, int]:
    """The plan by which the paragraph was begun, while it holds."""
    plan: LinePlan | None = getattr(asked.box, PLAN, None)
    number = plan.number_at(asked.start) if plan and plan.box is asked.box else None
    return (plan, number) if plan and number is not None and plan.allows(number, asked.width) else (None, 0)


def _is_within_word(start: tuple[int, ...], place: tuple[int, ...], texts: _Texts) -> bool:
    """Whether a line begins within a word and not at its place: the line before it has parted the word in need."""
    if not start or start == place:
        return False
    text = next((text_in(leaf).encode() for path, leaf, _ in texts if leaf and path == start[:-1]), b"")
    before, after = text[: start[-1]].decode(errors="ignore")[-1:], text[start[-1] :].decode(errors="ignore")[:1]
    return before.isalpha() and after.isalpha()


def _text_key(asked: AskedLine, texts: _Texts) -> Any:
    first = sorted((name, str(value)) for name, value in (asked.first_line_style or {}).items())
    held = tuple((path, leaf and _leaf_key(asked, leaf), before) for path, leaf, before in texts)
    return held, () if asked.start else tuple(first)


def _leaf_key(asked: AskedLine, leaf: Any) -> tuple[Any, ...]:
    if is_atom(leaf):
        return ATOM, width_of(leaf, asked.containing_block)
    return leaf.text, style_key(leaf.style)


def _starts(positions: Sequence[BreakPosition], texts: _Texts) -> Iterator[tuple[int, ...]]:
    """Positions as the engine counts; the last one, where the text ends, is not a start."""
    yield ()
    run, offsets = -1, byte_offsets("")
    for position in positions[1:-1]:
        path, leaf, _ = texts[position.run]
        if position.run != run:
            run, offsets = position.run, byte_offsets(text_in(leaf))
        yield (*path, offsets[position.letter])
