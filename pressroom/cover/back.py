"""The back of a printed cover: what the book is, who made it, who publishes it, and its barcode.

The text stands in the layout's column, as large as it can be, hung from a rule. A barcode goes where the printer wants
it, else to the foot beside the spine; what is under the text keeps clear of it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pressroom.cover import barcode
from pressroom.cover.arrangement import HANG, CoverSheet, CoverText
from pressroom.cover.barcode import APART, BARS, GUARD, LEFT, MODULE, RIGHT, Bar
from pressroom.design.fonts import Cut, cut_for, line_count
from pressroom.publication import Publication
from pressroom.publication.measures import PT_PER_MM
from pressroom.rules.printers import Zone
from pressroom.xhtml import read_fragment, text_of, write_fragment

SIZES = ((0.9877, 1.5), (0.8554, 1.25), (0.7408, 1.05), (0.6415, 0.9), (0.5556, 0.75))
"""Sizes of the text and its leading, in units: from a deck's to a caption's."""
SMALL = (0.6415, 0.9)
"""Of what stands around it."""
BETWEEN = 0.5
"""Between two paragraphs, in lines."""
LEAST_PT = 7.0
"""Points: the smallest type on a back."""
_LAST = re.compile(r"[ \n](?=\S{1,10}$)")
"""Before a short last word, which is not left alone on its line."""


@dataclass(frozen=True)
class BackText:
    """Paragraphs in their place on the back, in units; `left` is from the edge that is not the spine's."""

    texts: tuple[str, ...]
    """XHTML."""
    cut: Cut
    size: float
    leading: float
    left: float
    top: float
    width: float

    @property
    def lines(self) -> float:
        """How many lines they take, with the white between them."""
        plain = (text_of(read_fragment(text)) for text in self.texts)
        lines = sum(line_count(text, self.width / self.size, self.cut.widths) for text in plain)
        return lines + BETWEEN * (len(self.texts) - 1)

    @property
    def bottom(self) -> float:
        """Where the last line ends."""
        return self.top + self.lines * self.leading

    @property
    def drop(self) -> float:
        """From the top of a line to its baseline."""
        return (self.leading + (self.cut.ascent - self.cut.descent) * self.size) / 2

    def under(self, y: float) -> BackText:
        """The same, the capitals of its first line reaching up to `y`."""
        return replace(self, top=y + self.cut.cap * self.size - self.drop)

    def on(self, baseline: float) -> BackText:
        """The same, its first line on a baseline."""
        return replace(self, top=baseline - self.drop)


@dataclass(frozen=True)
class Mark:
    """A bar, or a digit in its field. Lengths are mm, from the top left of the barcode's field."""

    left: float
    top: float
    width: float
    height: float
    text: str = ""


@dataclass(frozen=True)
class Barcode:
    """A barcode in its white field; `side` is the field's distance from the spine, `foot` from the foot, in mm."""

    isbn: str
    """As it is printed above the bars."""
    side: float
    foot: float
    width: float
    height: float
    module: float
    """Millimetres."""
    bars: tuple[Mark, ...]
    digits: tuple[Mark, ...]
    line: Mark
    """Where the ISBN stands."""


@dataclass(frozen=True)
class Back:
    """The back, in units but for the barcode."""

    rule: float
    blurb: BackText | None
    about: BackText | None
    foot: BackText | None
    barcode: Barcode | None
    is_full: bool = False
    """Whether it says more than there is room for."""


# ---- the barcode

_PAD, _LINE, _DIGITS = 2.0, 11.0, 9.5
"""In modules: around everything; the line of the ISBN; the digits under the bars."""
_HIGH = _PAD + _LINE + BARS + _DIGITS + _PAD


def barcode_of(isbn: str, digits: str, price: str | None, zone: Zone | None, margin: float) -> Barcode:
    """The barcode of an ISBN (as it is written, and in digits), in the printer's zone or at a margin in mm."""
    modules = LEFT + 95 + (APART + 47 + barcode.AFTER_ADD_ON if price else RIGHT)
    room = (zone.width, zone.height) if zone else (modules * MODULE, _HIGH * MODULE)
    module = min(MODULE, room[0] / modules, room[1] / _HIGH)
    away = zone.away if zone else margin
    x, y = (room[0] - modules * module) / 2 + LEFT * module, (room[1] - _HIGH * module) / 2
    bars = [_bar(bar, x, y, module) for bar in barcode.ean13(digits)]
    marks = list(_digits(digits, x, y + (_PAD + _LINE + BARS) * module, module))
    if price:
        right = x + (95 + APART) * module
        bars += [_add_on(bar, right, y, module) for bar in barcode.ean5(price)]
        top = y + (_PAD + _LINE + BARS + GUARD - barcode.ADD_ON - _DIGITS) * module
        marks += [_digit(d, right + (1 + 9 * n) * module, top, module) for n, d in enumerate(price)]
    line = Mark(x - LEFT / 2 * module, y + _PAD * module, (95 + LEFT) * module, (_LINE - 2) * module, f"ISBN {isbn}")
    return Barcode(isbn, away, away, *room, module, tuple(bars), tuple(marks), line)


def _bar(bar: Bar, x: float, y: float, module: float) -> Mark:
    high = BARS + GUARD * bar.is_guard
    return Mark(x + bar.left * module, y + (_PAD + _LINE) * module, bar.width * module, high * module)


def _add_on(bar: Bar, x: float, y: float, module: float) -> Mark:
    top = _PAD + _LINE + BARS + GUARD - barcode.ADD_ON
    return Mark(x + bar.left * module, y + top * module, bar.width * module, barcode.ADD_ON * module)


def _digits(digits: str, x: float, y: float, module: float) -> Iterator[Mark]:
    """The first before the bars, six under each half."""
    places = (-9.0, *(3 + 7.0 * n for n in range(6)), *(50 + 7.0 * n for n in range(6)))
    yield from (_digit(digit, x + place * module, y, module) for digit, place in zip(digits, places, strict=True))


def _digit(digit: str, x: float, y: float, module: float) -> Mark:
    return Mark(x, y, 7 * module, _DIGITS * module, digit)


# ---- the words


@dataclass(frozen=True)
class Hung:
    """Where the front has its rule, and the capitals of what hangs from it: the back has both at the same height."""

    rule: float
    capitals: float


def hung(sheet: CoverSheet, title: CoverText | None) -> Hung:
    """From the front's title where that hangs from a rule, else from the head of the page."""
    if title is None:
        return Hung(sheet.margin, sheet.margin + HANG)
    capitals = title.baseline(0) - title.cut.cap * title.size
    return Hung(capitals - max(HANG, 0.5 * title.size), capitals)


def back_of(publication: Publication, sheet: CoverSheet, at: Hung, code: Barcode | None, zone: Zone | None) -> Back:
    """The back of a book, with a barcode, or with room for one that the printer sets."""
    taken = (0.0, 0.0)
    if code or zone:
        box = (code.side + code.width, code.foot + code.height) if code else (0.0, 0.0)
        taken = box if code or not zone else (zone.away + zone.width, zone.away + zone.height)
    foot = _foot(publication, sheet, taken[0] / sheet.grid.paper.unit)
    limit = min(sheet.height - taken[1] / sheet.grid.paper.unit, foot.top if foot else sheet.height) - 1.5
    limit = min(limit, sheet.height - sheet.margin)
    blurbs = [_with_about(publication, sheet, block.under(at.capitals)) for block in _blurbs(publication, sheet)]
    if not blurbs:
        about = _about(publication, sheet)
        return Back(at.rule, None, about.under(at.capitals) if about else None, foot, code)
    fitting = (both for both in blurbs if _bottom(both) <= limit)
    both = next(fitting, blurbs[-1])
    return Back(at.rule, *both, foot, code, is_full=_bottom(both) > limit)


def _bottom(blocks: tuple[BackText | None, ...]) -> float:
    return max(block.bottom for block in blocks if block)


def _blurbs(publication: Publication, sheet: CoverSheet) -> Iterator[BackText]:
    """The text in every size that can be read, the largest first."""
    if not publication.back:
        return
    paper = sheet.grid.paper
    left, width = (sheet.margin, sheet.measure)
    if not paper.narrow:
        left += paper.aside + paper.gap
        width -= paper.aside + paper.gap
    texts = tuple(map(_with_last_words, publication.back))
    words = text_of(read_fragment(" ".join(publication.back)))
    cut = cut_for(words, sheet.faces["text"], 400)
    for size, leading in SIZES:
        if size * paper.unit * PT_PER_MM >= LEAST_PT or (size, leading) == SIZES[0]:
            yield BackText(texts, cut, size, leading, left, 0, width)


def _with_last_words(xhtml: str) -> str:
    """A paragraph whose last word, where it is short, stays with the one before it."""
    holder = read_fragment(xhtml)
    if len(holder):
        holder[-1].tail = _LAST.sub("\u00a0", holder[-1].tail or "")
    else:
        holder.text = _LAST.sub("\u00a0", holder.text or "")
    return write_fragment(holder)


def _with_about(publication: Publication, sheet: CoverSheet, blurb: BackText) -> tuple[BackText, BackText | None]:
    """The text, and who made the book: beside its first line where there is a margin, else under it."""
    about = _about(publication, sheet)
    if about is None:
        return blurb, None
    if sheet.grid.paper.narrow:
        return blurb, replace(about, top=blurb.bottom + 1, width=blurb.width)
    return blurb, about.on(blurb.top + blurb.drop)


def _about(publication: Publication, sheet: CoverSheet) -> BackText | None:
    text, paper = publication.settings.cover.about, sheet.grid.paper
    if not text:
        return None
    width = sheet.measure if paper.narrow else paper.aside
    return BackText((html.escape(text),), cut_for(text, sheet.faces["captions"], 400), *SMALL, sheet.margin, 0, width)


def _foot(publication: Publication, sheet: CoverSheet, taken: float) -> BackText | None:
    """Publisher and price at the foot, beside what is taken there from the spine on."""
    settings = publication.settings
    texts = tuple(html.escape(text) for text in (settings.publisher, settings.cover.price) if text)
    if not texts:
        return None
    cut = cut_for("".join(texts), sheet.faces["captions"], 400)
    width = min(sheet.measure, max(6.0, sheet.width - sheet.margin - taken - 1))
    block = BackText(texts, cut, *SMALL, sheet.margin, 0, width)
    lines = sum(line_count(text, width / block.size, cut.widths) for text in texts)
    return replace(block, top=sheet.height - sheet.margin - (lines - 1) * block.leading - block.drop)
