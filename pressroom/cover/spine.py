"""The spine's words: on one line, as large as the spine and its height allow, and turned as the language has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pressroom.cover.arrangement import CoverRole, CoverSheet, words_of
from pressroom.design.fonts import Cut, cut_for, ink
from pressroom.language.conventions import spine_turn
from pressroom.publication.measures import PT_PER_MM

LEAST_PT = 6.0
"""Points: smaller type fills in where it is printed light on dark."""
CLEAR = 1.5
"""Millimetres that stay free on both sides where a printer does not say: covers are folded a little off."""
_MOST_OF_WIDTH = 0.62
"""Of the spine's width: the size of the title, where there is room for more."""
_SMALLER = 0.74
"""Of the title's size: that of the other words."""
_GAP = 1.1
"""Between makers and title, in sizes of the title."""
_LIGHT_FROM_PT = 15.0
"""Points from which the title has the weight of the text."""


@dataclass(frozen=True)
class SpineText:
    """One of the spine's texts. Lengths are units of the grid."""

    role: CoverRole
    text: str
    cut: Cut
    size: float
    start: float
    """From where the line begins to this text."""
    top: float
    """From the edge of the spine that is above the turned line to the text's own line."""


def spine_texts(sheet: CoverSheet, width: float, clear: float) -> tuple[SpineText, ...]:
    """The words of a spine so wide, with so much free at both sides, in units; none where there is no room for any.

    The publisher goes before the makers go, and the title goes last.
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
    sheet: CoverSheet
    words: Sequence[tuple[CoverRole, str]]
    length: float
    axis: float
    least: float

    def size(self, width: float, room: float) -> float:
        """The largest size of the title at which the line keeps clear of both edges and of its ends."""
        size = _MOST_OF_WIDTH * width
        while size >= self.least and (self._across(size) > room or self._long(size) > self.length):
            size *= 0.98
        return size

    def texts(self, size: float) -> Iterator[SpineText]:
        """The words in their places: the book's at the head, the publisher's at the foot, whichever way they read."""
        title = self._cut("title", size)
        baseline = self.axis + title.cap * size / 2
        is_up = spine_turn(self.sheet.settings.language) == "up"
        widths = {role: self._cut(role, size).width(text) * self._own(role, size) for role, text in self.words}
        book = sum(w for role, w in widths.items() if role != "publisher") + _GAP * size * ("makers" in widths)
        start = self.length - book if is_up else 0.0
        for role, text in self.words:
            cut, own = self._cut(role, size), self._own(role, size)
            top = baseline - (own + (cut.ascent - cut.descent) * own) / 2
            if role == "publisher":
                yield SpineText(role, text, cut, own, 0.0 if is_up else self.length - widths[role], top)
            else:
                yield SpineText(role, text, cut, own, start, top)
                start += widths[role] + _GAP * size

    def _cut(self, role: CoverRole, size: float) -> Cut:
        is_light = size * self.sheet.grid.paper.unit * PT_PER_MM >= _LIGHT_FROM_PT
        weight = {"title": 400 if is_light else 600, "makers": 600}.get(role, 400)
        words = words_of(self.sheet.settings)[role]
        return cut_for(words, self.sheet.faces["text" if role == "title" else "captions"], weight)

    def _own(self, role: CoverRole, size: float) -> float:
        return size if role == "title" else max(_SMALLER * size, min(size, self.least))

    def _across(self, size: float) -> float:
        """Twice the reach of the ink from the spine's axis, on which the title's capitals are centred."""
        raised = self._cut("title", size).cap * size / 2
        reach = 0.0
        for role, text in self.words:
            over, under = ink(self._cut(role, size).face, text)
            own = self._own(role, size)
            reach = max(reach, over * own - raised, under * own + raised)
        return 2 * reach

    def _long(self, size: float) -> float:
        widths = (self._cut(role, size).width(text) * self._own(role, size) for role, text in self.words)
        return sum(widths) + _GAP * size * (len(self.words) - 1) + size * any(r == "publisher" for r, _ in self.words)
