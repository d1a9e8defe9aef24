"""The back of a printed cover: a text about the book, a line about its makers, publisher, price and barcode.

The text is set in the layout's column, in the largest size that has room, and hangs from a rule. The barcode stands
where the printer wants it, else at the foot beside the spine; the text and the lines at the foot keep clear of it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pressroom.cover import barcode
from pressroom.cover.arrangement import HANG, CoverSheet, CoverText
from pressroom.cover.barcode import APART, BARS, GUARD, LEFT, MODULE, RIGHT, Bar
from pressroom.design.fonts import Cut, line_count
from pressroom.publication import Publication
from pressroom.publication.measures import PT_PER_MM
from pressroom.rules.printers import Zone
from pressroom.xhtml import read_fragment, text_of, write_fragment

SIZES = ((0.9877, 1.5), (0.8554, 1.25), (0.7408, 1.05), (0.6415, 0.9), (0.5556, 0.75))
"""The sizes of the text, each with its leading, in units of the grid: from that of a deck to that of a caption."""
SMALL = (0.6415, 0.9)
"""The size and leading of the other texts, in units of the grid."""
BETWEEN = 0.5
"""The space between two paragraphs, in lines."""
LEAST_PT = 7.0
"""The smallest type on a back, in pt."""
_LAST = re.compile(r"[ \n](?=\S{1,10}$)")
"""The space before a short last word, which gets a no-break space so that it is not alone on its line."""


@dataclass(frozen=True)
class BackText:
    """Paragraphs in their place on the back. Lengths are units of the grid."""

    texts: tuple[str, ...]
    """The paragraphs as XHTML."""
    cut: Cut
    size: float
    leading: float
    left: float
    """The distance from the outer edge, opposite the spine."""
    top: float
    width: float

    @property
    def lines(self) -> float:
        """The number of lines that they take, including the space between paragraphs."""
        plain = (text_of(read_fragment(text)) for text in self.texts)
        lines = sum(line_count(text, self.width / self.size, self.cut.widths) for text in plain)
        return lines + BETWEEN * (len(self.texts) - 1)

    @property
    def bottom(self) -> float:
        """The bottom of the last line."""
        return self.top + self.lines * self.leading

    @property
    def baseline_offset(self) -> float:
        """The distance from the top of a line to its baseline."""
        return (self.leading + (self.cut.ascent - self.cut.descent) * self.size) / 2

    def under(self, y: float) -> BackText:
        """The same text, moved so that the capitals of its first line reach up to `y`."""
        return replace(self, top=y + self.cut.cap * self.size - self.baseline_offset)

    def on(self, baseline: float) -> BackText:
        """The same text, moved so that its first line stands on `baseline`."""
        return replace(self, top=baseline - self.baseline_offset)


@dataclass(frozen=True)
class Mark:
    """A bar or a box of text in a barcode. Lengths are mm, from the top left of the barcode's field."""

    left: float
    top: float
    width: float
    height: float
    text: str = ""


@dataclass(frozen=True)
class Barcode:
    """A barcode in its white field. Lengths are mm."""

    isbn: str
    """The ISBN as it is printed above the bars."""
    side: float
    """The distance of the field from the spine."""
    foot: float
    """The distance of the field from the foot of the page."""
    width: float
    height: float
    module: float
    """The width of one module."""
    bars: tuple[Mark, ...]
    digits: tuple[Mark, ...]
    line: Mark
    """The line of the ISBN."""


@dataclass(frozen=True)
class Back:
    """The arranged back. Lengths are units of the grid, but those of the barcode are mm."""

    rule: float
    """The top of the rule that the text hangs from."""
    blurb: BackText | None
    """The text about the book."""
    about: BackText | None
    """The line about its makers."""
    foot: BackText | None
    """Publisher and price."""
    barcode: Barcode | None
    is_full: bool = False
    """Whether the text has no room even in the smallest size."""


# ---- the barcode

_PAD, _LINE, _DIGITS = 2.0, 11.0, 9.5
"""Heights in modules: of the space at head and foot, of the line of the ISBN, of the digits below the bars."""
_HEIGHT = _PAD + _LINE + BARS + _DIGITS + _PAD


def barcode_of(isbn: str, digits: str, price: str | None, zone: Zone | None, margin: float) -> Barcode:
    """The barcode of an ISBN (as it is written, and in digits), in the printer's zone or at a margin in mm.

    In a zone too small for a barcode of full size it is smaller.
    """
    modules = LEFT + 95 + (APART + 47 + barcode.AFTER_ADD_ON if price else RIGHT)
    room = (zone.width, zone.height) if zone else (modules * MODULE, _HEIGHT * MODULE)
    module = min(MODULE, room[0] / modules, room[1] / _HEIGHT)
    away = zone.away if zone else margin
    x, y = (room[0] - modules * module) / 2 + LEFT * module, (room[1] - _HEIGHT * module) / 2
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
    """A bar of an EAN-13."""
    high = BARS + GUARD * bar.is_guard
    return Mark(x + bar.left * module, y + (_PAD + _LINE) * module, bar.width * module, high * module)


def _add_on(bar: Bar, x: float, y: float, module: float) -> Mark:
    """A bar of an EAN-5, which ends where the guard bars of the EAN-13 end."""
    top = _PAD + _LINE + BARS + GUARD - barcode.ADD_ON
    return Mark(x + bar.left * module, y + top * module, bar.width * module, barcode.ADD_ON * module)


def _digits(digits: str, x: float, y: float, module: float) -> Iterator[Mark]:
    """The digits of an EAN-13: the first before the bars, six below each half."""
    places = (-9.0, *(3 + 7.0 * n for n in range(6)), *(50 + 7.0 * n for n in range(6)))
    yield from (_digit(digit, x + place * module, y, module) for digit, place in zip(digits, places, strict=True))


def _digit(digit: str, x: float, y: float, module: float) -> Mark:
    """The box of a digit, seven modules wide."""
    return Mark(x, y, 7 * module, _DIGITS * module, digit)


# ---- the words


@dataclass(frozen=True)
class HangingLine:
    """The heights of the rule on the front and of the capitals that hang from it; the back repeats both."""

    rule: float
    capitals: float


def hanging_line(sheet: CoverSheet, title: CoverText | None) -> HangingLine:
    """The heights on the front, if its title hangs from a rule; else at the head of the page."""
    if title is None:
        return HangingLine(sheet.margin, sheet.margin + HANG)
    capitals = title.baseline(0) - title.cut.cap * title.size
    return HangingLine(capitals - max(HANG, 0.5 * title.size), capitals)


def line_under(pictures: float) -> HangingLine:
    """The heights under pictures that are so high: no rule is needed, since they make an edge."""
    return HangingLine(pictures, pictures + HANG)


def back_of(
    publication: Publication, sheet: CoverSheet, at: HangingLine, code: Barcode | None, zone: Zone | None
) -> Back:
    """The back of a book, with its barcode or with free room for one that the printer adds."""
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
    """The bottom of the lowest of these texts."""
    return max(block.bottom for block in blocks if block)


def _blurbs(publication: Publication, sheet: CoverSheet) -> Iterator[BackText]:
    """The text about the book in every size that can be read, the largest first."""
    if not publication.back:
        return
    paper = sheet.grid.paper
    left, width = (sheet.margin, sheet.measure)
    if not paper.narrow:
        left += paper.aside + paper.gap
        width -= paper.aside + paper.gap
    texts = tuple(map(_with_last_words, publication.back))
    words = text_of(read_fragment(" ".join(publication.back)))
    cut = sheet.cut_of(words, "text", 400)
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
    """The text, and the line about its makers: in the margin column beside its first line, else below the text."""
    about = _about(publication, sheet)
    if about is None:
        return blurb, None
    if sheet.grid.paper.narrow:
        return blurb, replace(about, top=blurb.bottom + 1, width=blurb.width)
    return blurb, about.on(blurb.top + blurb.baseline_offset)


def _about(publication: Publication, sheet: CoverSheet) -> BackText | None:
    """The line about the makers, if publication.yaml has one."""
    text, paper = publication.settings.cover.about, sheet.grid.paper
    if not text:
        return None
    width = sheet.measure if paper.narrow else paper.aside
    return BackText((html.escape(text),), sheet.cut_of(text, "captions", 400), *SMALL, sheet.margin, 0, width)


def _foot(publication: Publication, sheet: CoverSheet, taken: float) -> BackText | None:
    """Publisher and price at the foot, beside the width that the barcode takes from the spine on."""
    settings = publication.settings
    texts = tuple(html.escape(text) for text in (settings.publisher, settings.cover.price) if text)
    if not texts:
        return None
    cut = sheet.cut_of("".join(texts), "captions", 400)
    width = min(sheet.measure, max(6.0, sheet.width - sheet.margin - taken - 1))
    block = BackText(texts, cut, *SMALL, sheet.margin, 0, width)
    lines = sum(line_count(text, width / block.size, cut.widths) for text in texts)
    return replace(block, top=sheet.height - sheet.margin - (lines - 1) * block.leading - block.baseline_offset)
