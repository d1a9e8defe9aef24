"""Arranges the words of the front cover on the grid, the same way for a page and for the ebook's cover picture.

Sizes are steps of one scale; the title takes the largest step at which all the words have room. On a photograph all of
them stand together, at its head or at its foot. Without one, the makers stand above a rule, the title hangs from the
rule, and the subtitle is at the foot. Lengths are units of the layout's grid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from pressroom.cover.linebreaks import SHORT, lines_of, longest_piece
from pressroom.design.composition import FontFace
from pressroom.design.fonts import Cut, cut_for
from pressroom.design.grid import Grid
from pressroom.language.words import is_rtl, words_for
from pressroom.photographs.legibility import CoverPosition
from pressroom.publication import Settings

CoverRole = Literal["title", "subtitle", "makers", "publisher"]
SCALE = tuple(round(0.5556 * (4 / 3) ** (half / 2), 4) for half in range(23))
"""Sizes of type, in half steps of a 4:3 scale: from that of a caption to that of a short word as wide as the page."""
LARGEST_ON_PHOTOGRAPH = 18
"""The largest step of a title on a photograph."""
PLAIN = 12
"""The step below which a title has the weight of running text."""
TITLE = 6
"""The smallest step that looks like a title; below it, a title only has to fit the page."""
MOST_LINES = 8
"""The most lines that a title takes, as long as it can be set smaller."""
FEW_LINES = 3
"""A title of at most so many lines has no line that ends with a short word, if it can be avoided."""
GIVE = 4
"""The steps by which a title may be set smaller for better line breaks."""
REMNANT = 0.35
"""A line shorter than this share of the longest line looks left over."""
AIR = 1.12
"""The factor on the leading of text in a fallback font, whose letters may be taller."""
ROOM_ON_PHOTOGRAPH, ROOM = 0.42, 0.75
"""The shares of the page's height that words may take; on a photograph less, so that it can be seen."""
RULE = 0.1
"""The weight of the rule above the title."""
HANG = 2.0
"""The least space between the rule and the title's capitals."""


@dataclass(frozen=True)
class CoverText:
    """One text of the cover, broken into lines."""

    role: CoverRole
    lines: tuple[str, ...]
    cut: Cut
    size: float
    leading: float
    top: float = 0
    """The top of its first line's box, from the top of the page."""
    at_end: bool = False
    """Whether it is aligned to the end of the line (the right, or the left where text runs right to left)."""

    @property
    def face(self) -> FontFace:
        """The font face that it is set in."""
        return self.cut.face

    @property
    def baseline_offset(self) -> float:
        """The distance from the top of a line's box to its baseline."""
        return self.leading / 2 + self.cut.base * self.size

    @property
    def width(self) -> float:
        """The width of its longest line."""
        return max(map(self.cut.width, self.lines)) * self.size

    def overhang(self, line: str) -> float:
        """How far a line of the title is moved into the margin, so that its ink and not its box is aligned."""
        return self.cut.bearings.get(line[0], 0.0) * self.size if self.role == "title" else 0.0

    def baseline(self, line: int) -> float:
        """The baseline of a line, from the top of the page; -1 is the last line."""
        return self.top + self.baseline_offset + line % len(self.lines) * self.leading

    def under(self, y: float) -> CoverText:
        """The same text, moved so that the capitals of its first line reach up to `y`."""
        return replace(self, top=y + self.cut.cap * self.size - self.baseline_offset)


CoverTexts = tuple[CoverText, ...]


@dataclass(frozen=True)
class DrawnRule:
    """A rule (a drawn line) as wide as the measure."""

    top: float
    weight: float


@dataclass(frozen=True)
class Arrangement:
    """The words of the cover in their places."""

    place: CoverPosition
    texts: tuple[CoverText, ...]
    rules: tuple[DrawnRule, ...]


@dataclass(frozen=True)
class CoverSheet:
    """The page that a cover is arranged on. Lengths are units of the grid."""

    grid: Grid
    settings: Settings
    faces: Mapping[str, Sequence[FontFace]]
    """The font faces by their use: text, captions."""
    companions: Callable[[str], Sequence[FontFace]] = lambda _: ()
    """Finds the faces for words that a family has not all letters of."""

    def cut_of(self, words: str, use: str, weight: int) -> Cut:
        """The cut of type that has all letters of some words."""
        return cut_for(words, self.faces[use], weight, self.companions)

    @property
    def width(self) -> float:
        """The width of the trimmed page."""
        return self.grid.trim.width / self.grid.paper.unit

    @property
    def height(self) -> float:
        """The height of the trimmed page."""
        return self.grid.trim.height / self.grid.paper.unit

    @property
    def margin(self) -> float:
        """The margin, the same on all four sides because a cover has neither running head nor folio."""
        return self.grid.paper.side

    @property
    def measure(self) -> float:
        """The width between the margins, in which lines are set."""
        return self.width - 2 * self.margin

    @property
    def is_rtl(self) -> bool:
        """Whether the text runs from right to left."""
        return is_rtl(self.settings.language)

    def texts(self, step: int, roles: Sequence[CoverRole], title_weight: int) -> CoverTexts:
        """The texts of these roles that are not empty, in the sizes that go with a title of size `step`."""
        texts: list[CoverText] = []
        for role in roles:
            steps = _steps(role, step)
            if texts and (texts[-1].role, role) == ("makers", "publisher"):
                steps = (SCALE.index(texts[-1].size),)  # the same size, because they may share a line
            weight = {"title": title_weight if step >= PLAIN else 400, "makers": 600}.get(role, 400)
            if words := words_of(self.settings)[role]:
                texts.append(self._text(role, words, steps, weight))
        return tuple(texts)

    def _text(self, role: CoverRole, words: str, steps: Sequence[int], weight: int) -> CoverText:
        """A text at the step that gives the fewest lines; of several such steps, the first."""
        cut = self.cut_of(words, "text" if role in ("title", "subtitle") else "captions", weight)
        lines = {step: lines_of(words, self.measure / SCALE[step], cut.width) for step in steps}
        step = min(steps, key=lambda step: len(lines[step]))
        leading = 1.1 if step > PLAIN else 1.2 if step > TITLE else 1.35
        leading *= 1 if cut.is_ours else AIR
        return CoverText(role, lines[step], cut, SCALE[step], leading * SCALE[step])


def _steps(role: CoverRole, title: int) -> Sequence[int]:
    """The steps that a text may take beside a title of a given step, the best first."""
    if role == "title":
        return (title,)
    least = min(3, title)
    best = max(least, min(8 if role == "subtitle" else 5, title - 5))
    return range(best, max(least, best - 2) - 1, -1)


def words_of(settings: Settings) -> Mapping[CoverRole, str]:
    """The words of each text of the cover, by its role; "" where the publication has none."""
    makers = words_for(settings.language).list_comma.join(settings.makers)
    publisher = settings.publisher or ""
    return {
        "title": settings.title,
        "subtitle": settings.subtitle or "",
        "makers": makers,
        "publisher": publisher if publisher != makers else "",
    }


def on_photograph(sheet: CoverSheet) -> tuple[Arrangement, Arrangement]:
    """The two arrangements on a photograph: all words at its head, and all words at its foot."""

    def texts_at(step: int) -> CoverTexts:
        return _beside(sheet.texts(step, ("title", "subtitle", "makers", "publisher"), 400), sheet.measure)

    texts = _largest(sheet, range(LARGEST_ON_PHOTOGRAPH, -1, -1), ROOM_ON_PHOTOGRAPH, texts_at, _height)
    head = _stacked(texts, sheet.margin)
    foot = _stacked(texts, sheet.height - sheet.margin - _height(texts))
    return Arrangement("top", head, ()), Arrangement("bottom", foot, ())


def without_photograph(sheet: CoverSheet) -> Arrangement:
    """The arrangement in type alone: makers above a rule, a large title hung from it, the subtitle at the foot."""

    def texts_at(step: int) -> CoverTexts:
        return sheet.texts(step, ("title", "makers", "publisher", "subtitle"), 300)

    def height(texts: CoverTexts) -> float:
        above, title, below = _apart(texts, sheet.measure)
        return _height(above) + HANG / 2 + _hang(title) + _height((title,)) + HANG + _height(below)

    texts = _largest(sheet, range(len(SCALE) - 1, -1, -1), ROOM, texts_at, height)
    above, title, below = _apart(texts, sheet.measure)
    head = _stacked(above, sheet.margin)
    rule = DrawnRule(head[-1].baseline(-1) + HANG / 2 if head else sheet.margin, RULE)
    hung = _stacked((title,), rule.top + _hang(title))
    foot = _stacked(below, sheet.height - sheet.margin - _height(below))
    return Arrangement("top", (*hung, *foot, *head), (rule,))


def _apart(texts: CoverTexts, measure: float) -> tuple[CoverTexts, CoverText, CoverTexts]:
    """Divide the texts: those above the rule, the title, and those at the foot.

    The publisher is above the rule if it shares a line with the makers and there is a subtitle; else it is at the foot.
    """
    title, *others = texts
    above = _beside(tuple(text for text in others if text.role != "subtitle"), measure)
    below = tuple(text for text in others if text.role == "subtitle")
    if not below or not any(text.at_end for text in above):
        below += tuple(text for text in above if text.role == "publisher")
        above = tuple(text for text in above if text.role == "makers")
    return above, title, _beside(below, measure)


def _hang(title: CoverText) -> float:
    """The space between the rule and the title's capitals."""
    return max(HANG, 0.5 * title.size)


def _largest(
    sheet: CoverSheet,
    steps: Sequence[int],
    room: float,
    texts_at: Callable[[int], CoverTexts],
    height: Callable[[CoverTexts], float],
) -> CoverTexts:
    """The texts at the first step at which they have room, or a little smaller if the title then breaks better."""

    def fits(texts: CoverTexts) -> bool:
        title = texts[0]
        is_whole = longest_piece(sheet.settings.title, title.cut.width) * title.size <= sheet.measure
        return is_whole and len(title.lines) <= MOST_LINES and height(texts) <= room * sheet.height

    large = (texts_at(step) for step in steps if step >= TITLE)
    fitting = list(islice(filter(fits, large), GIVE + 1))
    if fitting:
        return next((texts for texts in fitting if _breaks_well(texts[0])), fitting[0])
    small = [texts_at(step) for step in steps if step < TITLE]
    return next((texts for texts in small if height(texts) <= sheet.height - 2 * sheet.margin), small[-1])


def _breaks_well(title: CoverText) -> bool:
    """Whether no line of the title looks left over and, if they are few, none but the last ends with a short word."""
    widths = [title.cut.width(line) for line in title.lines]
    is_even = min(widths) >= REMNANT * max(widths)
    few = title.lines[:-1] if len(title.lines) <= FEW_LINES else ()
    return is_even and not any(len(line.rpartition(" ")[2]) <= SHORT for line in few)


def _beside(texts: CoverTexts, measure: float) -> CoverTexts:
    """Move a publisher that comes last to the end of the line before it, if both have room on it."""
    *before, last = texts if texts else (None,)
    if last is None or last.role != "publisher" or not before or before[-1].width + last.width + 2 > measure:
        return texts
    return (*before, replace(last, at_end=True))


def _stacked(texts: CoverTexts, top: float) -> CoverTexts:
    """Place texts below each other; a text aligned to the end of the line shares the baseline of the one before it."""
    stack: list[CoverText] = []
    for text in texts:
        y = top
        if stack and text.at_end:
            y = stack[-1].baseline(-1) - text.cut.cap * text.size
        elif stack:
            y = stack[-1].baseline(-1) + _gap(stack[-1], text)
        stack.append(text.under(y))
    return tuple(stack)


def _gap(above: CoverText, below: CoverText) -> float:
    """The space from the last baseline of a text to the capitals of the next."""
    if (above.role, below.role) == ("makers", "publisher"):
        return below.leading - below.cut.cap * below.size
    if below.role in ("makers", "publisher"):
        return max(0.5 * above.size, 1.4 * below.leading)
    return max(0.45 * above.size, min(0.8 * above.size, 2.0), 0.9 * below.leading)


def _height(texts: CoverTexts) -> float:
    """The height of texts placed below each other."""
    return max((text.baseline(-1) for text in _stacked(texts, 0)), default=0.0)
