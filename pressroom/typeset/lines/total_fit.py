"""Total fit: the breaks of a paragraph that are best together, instead of the fullest line after the other.

After Donald E. Knuth and Michael F. Plass, “Breaking Paragraphs into Lines”, Software: Practice and Experience 11
(1981); letterspace as a last means after Hàn Thế Thành, “Micro-typographic extensions to the TeX typesetting system”
(2000). Here a line may also be narrower than its fellows, and the first one may be set in other letters.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import floor, inf
from typing import NamedTuple


@dataclass(frozen=True)
class Fit:
    """What a line may do, and what each fault costs. Spaces are counted in natural word spaces."""

    narrow: float = 0.75
    """The narrowest word space of a line, in the mean, as it is seen: with tracking and kerning of its neighbours."""
    wide: float = 1.45
    """The widest word space of a good line; wider ones are possible, but dear."""
    tracking: float = 0.01
    """The most that a letter is moved from the next, in em; and where a paragraph has open lines all the same."""
    last_tracking: float = 0.015
    calm: tuple[float, float] = (0.95, 1.1)
    """Word spaces between these need no letterspace."""
    is_ragged: bool = False
    """Whether lines keep their natural spaces, and end where they end."""
    hyphen: float = 320.0
    two_hyphens: float = 4000.0
    """The second hyphen in a row; there is never a third."""
    contrast: float = 9_000.0
    """Neighbours of which one is open and one tight."""
    line: float = 8.0
    """Each line: of two ways alike, the shorter."""
    runt: float = 900_000.0
    """A last line of fewer than five letters."""
    short: float = 20_000.0
    """A last line of less than a fifth of its width."""


class Breakpoint(NamedTuple):
    """A place where a line may end. Widths are in px, from the beginning of the paragraph."""

    end: float
    """The width of all before it, without the spaces that vanish there, and with the hyphen that appears."""
    start: float
    """The width of all before what comes after it."""
    spaces_end: int
    """The spaces that can be set before `end`, and before `start`."""
    spaces_start: int
    letters: int
    """The letters before it that can be moved apart."""
    signs: int
    """All letters and figures before it."""
    has_hyphen: bool = False
    is_forced: bool = False
    """Whether a line ends here in any case."""
    penalty: float = 0.0
    over_end: float = 0.0
    """How far the last sign of a line stands out beyond the edge, and the first one of the next line."""
    over_start: float = 0.0
    kerned_end: float = 0.0
    """What kerning adds to the spaces before `end`, and before `start`, in px."""
    kerned_start: float = 0.0


class Spacing(NamedTuple):
    """How a line is set."""

    space: float = 0.0
    """What is added to each word space, in px."""
    tracking: int = 0
    """What is added to each letter, in thousandths of an em: the unit in which a PDF moves letters."""


class Line(NamedTuple):
    """One line of a paragraph."""

    first: int
    """The number of the place after which it begins, and of the place where it ends."""
    last: int
    spacing: Spacing


@dataclass(frozen=True)
class MeasuredParagraph:
    """A paragraph to be broken."""

    places: Sequence[Breakpoint]
    """The first one is its beginning, the last one its end."""
    widths: Sequence[float]
    """The widths of its lines in px; the last one is that of all further lines."""
    space: float
    """The natural word space in px."""
    em: float
    """The size of its letters in px."""
    fit: Fit = Fit()
    is_full: bool = False
    """Whether its last line is as wide as the others: it goes on elsewhere."""
    first: Sequence[Breakpoint] = ()
    """The same places as the first line has them, where that is set in other letters."""
    first_unparted: bool = False
    """Whether the first line must not end in a hyphen: it is the last one of a page."""

    def slack(self, number: int, first: int, last: int) -> float:
        """What a line lacks to its width, as line `number`."""
        places = self.first if self.first and not number else self.places
        before, after = places[first], places[last]
        natural = after.end - before.start - after.over_end - before.over_start
        return self.widths[min(number, len(self.widths) - 1)] - natural


_HYPHEN_BEFORE_LAST = 4e7
"""As dear as a line with spaces of 2.6: only a worse line has a hyphen before the last one."""
_FEWEST = 5
"""Letters of a last line."""
_GOOD, _TOO_WIDE = 0.49, 2.0
"""What a space may grow by, in natural spaces, at first and then; wider ones only where there are no other lines."""
_MANY_HYPHENS = 0.12
"""The share of lines from which on hyphens are many: it is seen whether there are fewer if letters give way by more."""


def break_lines(paragraph: MeasuredParagraph) -> tuple[Line, ...]:
    """The lines of a paragraph; none where no lines fit, as with a word that is wider than its line."""
    fit, lines = paragraph.fit, _Breaker(paragraph, _GOOD).lines()
    is_runt = bool(lines) and _is_runt(paragraph, lines[-1])
    if lines and (fit.is_ragged or not (is_runt or _has_many_hyphens(paragraph, lines))):
        return lines
    if fit.last_tracking > fit.tracking:
        paragraph = replace(paragraph, fit=replace(fit, tracking=fit.last_tracking))
    if lines:
        wider = _Breaker(paragraph, _GOOD).lines()
        is_better = wider and not _is_runt(paragraph, wider[-1])
        return wider if is_better and (is_runt or _hyphens(paragraph, wider) < _hyphens(paragraph, lines)) else lines
    return _Breaker(paragraph, _TOO_WIDE).lines() or _Breaker(paragraph, inf).lines()


def _has_many_hyphens(paragraph: MeasuredParagraph, lines: Sequence[Line]) -> bool:
    return _hyphens(paragraph, lines) > _MANY_HYPHENS * len(lines)


def _hyphens(paragraph: MeasuredParagraph, lines: Sequence[Line]) -> int:
    """How many lines end with a hyphen."""
    return sum(paragraph.places[line.last].has_hyphen for line in lines)


def widest_space(paragraph: MeasuredParagraph, lines: Sequence[Line]) -> float:
    """The widest word space as it is seen, in natural ones; infinite where no lines fit, or a word alone fills none."""
    return max((_seen_space(paragraph, number, line) for number, line in enumerate(lines)), default=inf)


def _seen_space(paragraph: MeasuredParagraph, number: int, line: Line) -> float:
    before, place = paragraph.places[line.first], paragraph.places[line.last]
    if place.spaces_end > before.spaces_start or line.last == len(paragraph.places) - 1 or place.is_forced:
        return 1 + (line.spacing.space + line.spacing.tracking / 1000 * paragraph.em) / paragraph.space
    lacks = paragraph.slack(number, line.first, line.last) - paragraph.fit.last_tracking * paragraph.em * _joints(
        before, place
    )
    return inf if lacks > paragraph.em / 50 else 1.0


def _is_runt(paragraph: MeasuredParagraph, line: Line) -> bool:
    """Whether a line has too few letters to be the last one."""
    return paragraph.places[line.last].signs - paragraph.places[line.first].signs < _FEWEST


class _Way(NamedTuple):
    """The best way to a place, by its number of lines and the colour of the last one."""

    cost: float
    before: int
    """The place where the last line begins, and the way to there."""
    key: tuple[int, int]
    hyphens: int
    """The hyphens in a row at its end."""


_TIGHT, _EVEN, _OPEN, _LOOSE = range(4)
"""Colours of a line. Neighbours that are further apart than one step are seen."""
_NONE = (0, _EVEN)


class _Breaker:
    """Finds the cheapest way through the places of a paragraph."""

    def __init__(self, paragraph: MeasuredParagraph, most: float) -> None:
        self.paragraph, self.fit, self.most = paragraph, paragraph.fit, most
        self.places = paragraph.places
        self.special = len(paragraph.widths) - 1 if not paragraph.first else max(1, len(paragraph.widths) - 1)
        """From this line on, all are alike."""
        self.ways: dict[int, dict[tuple[int, int], _Way]] = {0: {_NONE: _Way(0.0, -1, _NONE, 0)}}
        """The ways to each place that lines reach."""

    def lines(self) -> tuple[Line, ...]:
        starts = [place.start for place in self.places]
        longest = max(self.paragraph.widths) * (2 - self.fit.narrow + 3 * self.fit.tracking) + 3 * self.paragraph.em
        shortest = min(self.paragraph.widths) / (1.1 + self.most / 2)
        forced = 0
        for last, place in enumerate(self.places[1:], 1):
            nearest = bisect_left(starts, place.end - longest, forced, last)
            ends = self._ends(last) or self.fit.is_ragged
            furthest = last if ends else bisect_right(starts, place.end - shortest, nearest, last)
            for first in range(furthest - 1, nearest - 1, -1):
                if first in self.ways and not self._try(first, last):
                    break
            if place.is_forced:
                forced = last
        return tuple(self._found())[::-1]

    def _ends(self, last: int) -> bool:
        return self.places[last].is_forced or last == len(self.places) - 1

    def _try(self, first: int, last: int) -> bool:
        """Try a line; False where it is too long, and so is each one that begins before it."""
        place, fit, ends = self.places[last], self.fit, self._ends(last)
        number, fits, line_cost, colour = -1, False, inf, _EVEN
        for key, way in self.ways[first].items():
            if key[0] != number:
                number = key[0]
                line_cost, colour = self._cost(number, first, last)
                fits = fits or line_cost >= 0
            if not 0 <= line_cost < inf or (place.has_hyphen and way.hyphens > 1):
                continue
            if ends and way.hyphens and self.most == _GOOD:
                continue
            row = way.hyphens + 1 if place.has_hyphen else 0
            cost = way.cost + line_cost + fit.contrast * (abs(colour - key[1]) > 1)
            cost += fit.two_hyphens * (row > 1) + _HYPHEN_BEFORE_LAST * (ends and way.hyphens > 0)
            ways, after = self.ways.setdefault(last, {}), (min(number + 1, self.special), colour)
            if after not in ways or cost < ways[after].cost:
                ways[after] = _Way(cost, first, key, row)
        return fits

    def _cost(self, number: int, first: int, last: int) -> tuple[float, int]:
        """What a line costs by itself, and its colour; below 0 if it is too long, infinite if it is not allowed."""
        place, fit = self.places[last], self.fit
        slack, ends = self.paragraph.slack(number, first, last), self._ends(last)
        if fit.is_ragged:
            bad, colour = self._rag(slack, number, ends=ends), _EVEN
        else:
            bad, colour = self._badness(slack, first, last, ends=ends and not self.paragraph.is_full)
        if bad < 0:
            return -1.0, colour
        if place.has_hyphen and self.paragraph.first_unparted and not first:
            return inf, colour
        cost = (fit.line + bad) ** 2 + (place.penalty + fit.hyphen * place.has_hyphen) ** 2
        return cost + (self._runt(first, last, slack, number) if ends else 0.0), colour

    def _rag(self, slack: float, number: int, *, ends: bool) -> float:
        """The badness of a ragged line: it lacks little, and there are as few lines as can be."""
        if slack < -0.01:
            return -1.0
        width = self.paragraph.widths[min(number, len(self.paragraph.widths) - 1)]
        return 10_000.0 + (0.0 if ends else 300 * (slack / width) ** 2)

    def _badness(self, slack: float, first: int, last: int, *, ends: bool) -> tuple[float, int]:
        """The badness of a justified line, and its colour; below 0 if it is too long."""
        before, place, fit = self.places[first], self.places[last], self.fit
        spaces = place.spaces_end - before.spaces_start
        room = spaces * self.paragraph.space
        most = fit.tracking * self.paragraph.em * _joints(before, place)
        gives = room * (1 - fit.narrow) + place.kerned_end - before.kerned_start
        if slack + gives + most < -0.01:
            return -1.0, _EVEN
        if ends and slack >= 0:
            return 0.0, _EVEN
        if not spaces:
            return self._of_one_word(slack, most)
        tracked = _tracked(slack, room, most, fit)
        extra = (slack - tracked) / room
        if extra > self.most:
            return inf, _LOOSE
        part = extra / (fit.wide - 1) if extra >= 0 else extra * room / max(gives, 0.01)
        share = tracked / most if most else 0.0
        return 100 * abs(part) ** 3 + 12 * abs(share), _colour(extra, share)

    def _of_one_word(self, slack: float, most: float) -> tuple[float, int]:
        if abs(slack) <= most + 0.02 * self.paragraph.em:
            return 12.0 + 60 * (slack / most) ** 2 if most else 12.0, _EVEN
        return (inf if self.most < inf else 1e5 * (1 + slack / self.paragraph.em)), _LOOSE

    def _runt(self, first: int, last: int, slack: float, number: int) -> float:
        """What a short last line costs."""
        if _is_runt(self.paragraph, Line(first, last, Spacing())):
            return self.fit.runt
        width = self.paragraph.widths[min(number, len(self.paragraph.widths) - 1)]
        return self.fit.short if slack > 0.8 * width else 0.0

    def _found(self) -> Iterator[Line]:
        """The lines of the cheapest way, from the last one."""
        last = len(self.places) - 1
        ways = self.ways.get(last)
        if not ways:
            return
        key = min(ways, key=lambda key: ways[key].cost)
        steps: list[tuple[int, int]] = []
        while last:
            way = self.ways[last][key]
            steps.append((way.before, last))
            last, key = way.before, way.key
        for number, (first, last) in zip(range(len(steps) - 1, -1, -1), steps, strict=True):
            yield Line(first, last, spacing(self.paragraph, number, first, last))


def _tracked(slack: float, room: float, most: float, fit: Fit) -> float:
    """What of a line's slack goes between its letters: nothing, while its spaces are calm."""
    calm = max((fit.calm[0] - 1) * room, min((fit.calm[1] - 1) * room, slack))
    return max(-most, min(most, slack - calm))


def _colour(extra: float, share: float) -> int:
    if extra < -0.12 or share < -0.4:
        return _TIGHT
    if extra > 0.45 or share > 0.7:
        return _LOOSE
    return _OPEN if extra > 0.2 or share > 0.3 else _EVEN


def spacing(paragraph: MeasuredParagraph, number: int, first: int, last: int) -> Spacing:
    """How a line is set that begins after the place `first` and ends at `last`."""
    fit, place, before = paragraph.fit, paragraph.places[last], paragraph.places[first]
    slack = paragraph.slack(number, first, last)
    ends = place.is_forced or (last == len(paragraph.places) - 1 and not paragraph.is_full)
    if fit.is_ragged or (ends and slack >= 0):
        return Spacing()
    spaces, joints = place.spaces_end - before.spaces_start, _joints(before, place)
    tracked = _tracked(slack, spaces * paragraph.space, fit.tracking * paragraph.em * joints, fit)
    thousandths = _whole(1000 * tracked / (joints * paragraph.em)) if joints else 0
    rest = slack - thousandths / 1000 * (place.letters - before.letters - 1) * paragraph.em
    return Spacing(rest / spaces if spaces else 0.0, thousandths)


def _joints(before: Breakpoint, place: Breakpoint) -> int:
    """The letters that are moved from another one; what the letter before a space is moved by is seen as space."""
    spaces = place.spaces_end - before.spaces_start
    return max(0, place.letters - before.letters - 1 - spaces)


def _whole(thousandths: float) -> int:
    """Whole thousandths, rounded so that spaces become no narrower than they may."""
    return floor(thousandths) if thousandths < 0 else round(thousandths)
