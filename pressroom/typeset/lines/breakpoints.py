"""The places where a paragraph may be broken: after spaces, at hyphens, within words by the rules of their language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pressroom.typeset.lines.total_fit import Breakpoint

SPACES = " \u00a0"
"""Spaces that are wider or narrower in a justified line."""
SOFT_HYPHEN = "\u00ad"
ATOM = "\ufffc"
"""What stands in a text for a picture or a formula (Unicode, object replacement character)."""
UNSEEN = "\u200b\u00ad\u2060"
"""Signs without a width, which nobody moves from their neighbours."""
_HYPHENS = "-\u2010"
_DASHES = "—–"
_BEFORE_DASH = 120.0
"""What it costs that a line begins with a dash."""
_SHORT_PART = 200.0
"""What it costs that few letters are parted from their word."""


@dataclass(frozen=True)
class Run:
    """A stretch of a paragraph in one style, as it was shaped."""

    text: str
    at: Sequence[float]
    """Where each of its letters begins, and where the last one ends, in px."""
    before: float = 0.0
    """The margins, borders and padding between it and the run before, in px."""
    wraps: bool = True
    """Whether lines may end within it."""
    begins_line: bool = True
    """Whether a line may begin with it; the call of a note stays with its word."""
    has_elastic_spaces: bool = True
    """Whether its spaces become wider in a justified line; those of code do not."""
    moves_letters: bool = True
    """Whether its letters can be moved apart; those of a joined script cannot."""
    points: frozenset[int] = frozenset()
    """The letters before which a word may be parted."""
    spare: frozenset[int] = frozenset()
    """Those of them that leave so few letters on a line that a word is parted there only in need."""
    hyphens: Mapping[str, float] = field(default_factory=dict)
    """What a hyphen adds to the width of a line, by the letter after which it stands, in px."""
    edges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """How far signs stand out at the beginning and at the end of a line, in px."""
    kerned: Mapping[int, float] = field(default_factory=dict)
    """What kerning adds to a space between two letters, by its place in the text, in px; mostly below 0."""
    hyphen: str = "-"
    """The sign that appears where a word is parted."""


class BreakPosition(NamedTuple):
    """Where a line ends in the runs."""

    run: int
    letter: int
    """The letter of the run before which the next line begins."""
    adds_hyphen: bool = False


class _Trail(NamedTuple):
    """What stands before the spaces at the end of all that has come."""

    end: float
    spaces: int
    kerned: float
    sign: str
    run: Run


def breakpoints_of(runs: Sequence[Run], breaks: Sequence[bool]) -> tuple[list[Breakpoint], list[BreakPosition]]:
    """The places of a paragraph, with the beginning and the end, and where they are in the runs.

    `breaks` tells for each letter of the whole text whether a line may begin with it (UAX 14).
    """
    walk = _Walk(runs, breaks)
    return [Breakpoint(0.0, 0.0, 0, 0, 0, 0), *walk.places()], [BreakPosition(0, 0), *walk.positions]


class _Walk:
    """Goes through the letters of a paragraph."""

    def __init__(self, runs: Sequence[Run], breaks: Sequence[bool]) -> None:
        self.runs, self.breaks = runs, breaks
        self.x, self.spaces, self.kerned, self.letters, self.signs = 0.0, 0, 0.0, 0, 0
        self.trail: _Trail | None = None
        self.before: tuple[Run, str] | None = None
        """The letter before, with its run."""
        self.positions: list[BreakPosition] = []
        """Where the places are that were found so far."""

    def places(self) -> Iterator[Breakpoint]:
        """The places, from the first one after the beginning."""
        base = 0
        for number, run in enumerate(self.runs):
            if run.before:
                self.x, self.trail = self.x + run.before, None
            may_begin = self.breaks[base : base + len(run.text)]
            for letter, (sign, at, begins) in enumerate(zip(run.text, run.at, may_begin, strict=False)):
                here = self.x + at
                if (begins or letter in run.points or not letter) and (
                    place := self._place(run, letter, sign, here, begins=begins)
                ):
                    self.positions.append(self._cut(number, letter, place))
                    yield place
                self._pass(run, letter, sign, here)
            self.x, base = self.x + run.at[-1], base + len(run.text)
        self.positions.append(BreakPosition(len(self.runs), 0))
        yield self._last()

    def _cut(self, run: int, letter: int, place: Breakpoint) -> BreakPosition:
        adds = place.has_hyphen and not (self.before and self.before[1] in _HYPHENS)
        return (
            BreakPosition(run, letter, adds) if letter else BreakPosition(run - 1, len(self.runs[run - 1].text), adds)
        )

    def _pass(self, run: Run, letter: int, sign: str, here: float) -> None:
        if sign in SPACES:
            if sign == " " and self.trail is None and self.before:
                self.trail = _Trail(here, self.spaces, self.kerned, self.before[1], self.before[0])
            self.spaces += run.has_elastic_spaces
            self.kerned += run.kerned.get(letter, 0.0)
        else:
            self.trail = None
            seen = sign not in UNSEEN
            self.letters += run.moves_letters and seen
            self.signs += sign.isalnum()
        self.before = run, sign

    def _place(self, run: Run, letter: int, sign: str, here: float, *, begins: bool) -> Breakpoint | None:
        if self.before is None:
            return None
        owner, previous = self.before
        if previous == ATOM:  # what stands behind it without a space belongs to it
            return None
        if letter in run.points:
            return self._parted(run, previous, here, _SHORT_PART if letter in run.spare else 0.0)
        if previous == "\n":
            return self._made(here, here, is_forced=True)
        if not begins or not run.begins_line or not (run.wraps if letter else owner.wraps):
            return None
        if previous == SOFT_HYPHEN:
            return self._parted(owner, previous, here)
        if trail := self.trail:
            return self._made(
                trail.end, here, trail, over_end=_edge(trail.run, trail.sign, 1), over_start=_edge(run, sign, 0)
            )
        return self._made(
            here, here, over_end=_edge(owner, previous, 1), over_start=_edge(run, sign, 0),
            has_hyphen=previous in _HYPHENS, penalty=_BEFORE_DASH if sign in _DASHES else 0.0,
        )  # fmt: skip

    def _parted(self, run: Run, previous: str, here: float, penalty: float = 0.0) -> Breakpoint:
        end, over = here + run.hyphens.get(previous, 0.0), _edge(run, run.hyphen[-1:], 1)
        return self._made(end, here, over_end=over, has_hyphen=True, penalty=penalty)

    def _made(  # noqa: PLR0913 - a place has as many measures
        self, end: float, start: float, trail: _Trail | None = None, *, over_end: float = 0.0, over_start: float = 0.0,
        has_hyphen: bool = False, is_forced: bool = False, penalty: float = 0.0,
    ) -> Breakpoint:  # fmt: skip
        """A place; with a trail, the spaces before it vanish at the end of a line."""
        spaces, kerned = (trail.spaces, trail.kerned) if trail else (self.spaces, self.kerned)
        before = end, start, spaces, self.spaces, self.letters, self.signs
        return Breakpoint(*before, has_hyphen, is_forced, penalty, over_end, over_start, kerned, self.kerned)

    def _last(self) -> Breakpoint:
        owner, sign = (self.trail.run, self.trail.sign) if self.trail else self.before or (Run("", (0.0,)), "")
        return self._made(self.trail.end if self.trail else self.x, self.x, self.trail, over_end=_edge(owner, sign, 1))


def _edge(run: Run, sign: str, side: int) -> float:
    return run.edges.get(sign, (0.0, 0.0))[side]
