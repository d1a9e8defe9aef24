"""Arranges the words of a spine on one line, as large as its width and height allow, turned as its language asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pressroom.cover.arrangement import CoverRole, CoverSheet, words_of
from pressroom.design.fonts import Cut, ink
from pressroom.language.conventions import spine_turn
from pressroom.publication.measures import PT_PER_MM

LEAST_PT = 6.0
"""The smallest type on a spine, in pt: smaller type fills with ink where it is printed light on dark."""
CLEAR = 1.5
"""The space at both sides of the words, in mm, if the printer has no rule: a fold is never exactly in its place."""
_MOST_OF_WIDTH = 0.62
"""The largest size of the title, as a share of the spine's width."""
_SMALLER = 0.74
"""The size of the other words, as a share of the title's size."""
_GAP = 1.1
"""The space between makers and title, in ems of the title."""
_LIGHT_FROM_PT = 15.0
"""The size in pt from which the title has the weight of running text."""


@dataclass(frozen=True)
class SpineText:
    """One text of the spine. Lengths are units of the grid."""

    role: CoverRole
    text: str
    cut: Cut
    size: float
    start: float
    """The distance from the start of the line to this text."""
    top: float
    """The distance from the edge of the spine above the turned line to the top of this text."""


def spine_texts(sheet: CoverSheet, width: float, clear: float) -> tuple[SpineText, ...]:
    """The words of a spine of this width, with `clear` free at both sides, in units of the grid.

    Where not all have room the publisher is left out first, then the makers, and the title last.
    """
    least = LEAST_PT / PT_PER_MM / sheet.grid.paper.unit
    length = sheet.height - 2 * sheet.margin
    wanted: tuple[Sequence[CoverRole], ...] = (("makers", "title", "publisher"), ("makers", "title"), ("title",))
    for roles in wanted:
        words = [(role, words_of(sheet.settings)[role]) for role in roles if words_of(sheet.settings)[role]]
        line = _Line(sheet, words, length, width / 2, least)
        size = line.size(width, width - 2 * clear)
        if size >= least:
            return tuple(line.texts(size))
    return ()


@dataclass(frozen=True)
class _Line:
    """The words of a spine on one line. Lengths are units of the grid."""

    sheet: CoverSheet
    words: Sequence[tuple[CoverRole, str]]
    length: float
    """The length that the line may have."""
    axis: float
    """The distance from the spine's edge to its middle."""
    least: float
    """The smallest size of type."""

    def size(self, width: float, room: float) -> float:
        """The largest size of the title at which the line has room; below `least` where it has none."""
        size = _MOST_OF_WIDTH * width
        while size >= self.least and (self._across(size) > room or self._length(size) > self.length):
            size *= 0.98
        return size

    def texts(self, size: float) -> Iterator[SpineText]:
        """The words in their places: makers and title at the head of the spine, the publisher at its foot."""
        title = self._cut("title", size)
        baseline = self.axis + title.cap * size / 2
        is_up = spine_turn(self.sheet.settings.language) == "up"
        widths = {role: self._cut(role, size).width(text) * self._size_of(role, size) for role, text in self.words}
        book = sum(w for role, w in widths.items() if role != "publisher") + _GAP * size * ("makers" in widths)
        start = self.length - book if is_up else 0.0
        for role, text in self.words:
            cut, own = self._cut(role, size), self._size_of(role, size)
            top = baseline - (own + (cut.ascent - cut.descent) * own) / 2
            if role == "publisher":
                yield SpineText(role, text, cut, own, 0.0 if is_up else self.length - widths[role], top)
            else:
                yield SpineText(role, text, cut, own, start, top)
                start += widths[role] + _GAP * size

    def _cut(self, role: CoverRole, size: float) -> Cut:
        """The cut of type of a text, beside a title of this size."""
        is_light = size * self.sheet.grid.paper.unit * PT_PER_MM >= _LIGHT_FROM_PT
        weight = {"title": 400 if is_light else 600, "makers": 600}.get(role, 400)
        words = words_of(self.sheet.settings)[role]
        return self.sheet.cut_of(words, "text" if role == "title" else "captions", weight)

    def _size_of(self, role: CoverRole, size: float) -> float:
        """The size of a text, beside a title of this size."""
        return size if role == "title" else max(_SMALLER * size, min(size, self.least))

    def _across(self, size: float) -> float:
        """The width of the ink across the spine: twice its reach from the middle, on which the capitals are centred."""
        raised = self._cut("title", size).cap * size / 2
        reach = 0.0
        for role, text in self.words:
            over, under = ink(self._cut(role, size).face, text)
            own = self._size_of(role, size)
            reach = max(reach, over * own - raised, under * own + raised)
        return 2 * reach

    def _length(self, size: float) -> float:
        """The length of the line, with the spaces between its texts."""
        widths = (self._cut(role, size).width(text) * self._size_of(role, size) for role, text in self.words)
        return sum(widths) + _GAP * size * (len(self.words) - 1) + size * any(r == "publisher" for r, _ in self.words)
