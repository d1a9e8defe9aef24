"""Quotes and apostrophes: straight quotes are classified by their context, paired, and nested by the convention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from pressroom.language.conventions import NARROW, NO_BREAK, Convention
from pressroom.language.galley import MARK, Edit

_STRAIGHT = "\"'"
QUOTES = frozenset(_STRAIGHT + "“”„‟«»‹›‘’‚‛")
_SILENT = frozenset(".,;:!?)]}")
"""Characters with which no quotation begins."""
_BEFOREQUOTES = frozenset("([{<¿¡—–-/=")
"""Characters after which a quotation may begin."""
_KINDS = {'"': 0, "'": 1}
_ROCK_N_ROLL = re.compile(r"\b(?:rock|fish|salt|drum|pick|guns|surf|mac|rhythm) '(n)'(?= \w)", re.IGNORECASE)
_MEASURE = re.compile(r"(?<![\w.,])\d{1,3}$")


@dataclass
class _Open:
    """An opening quote that waits for its closing one."""

    at: int
    kind: int
    """0 for the first pair of the convention, 1 for the second."""
    is_straight: bool


@dataclass
class _Pair:
    start: int
    end: int
    kind: int
    is_straight: bool
    """Whether the kind is still to be chosen."""


def quotes(text: str, convention: Convention) -> Iterator[Edit]:
    """Edits of all straight quotes whose meaning is certain."""
    if not set(_STRAIGHT).isdisjoint(text):
        yield from _QuoteReader(text, convention).read()


@dataclass
class _QuoteReader:
    """Reads a paragraph from its first quote to its last."""

    text: str
    convention: Convention
    waiting: list[_Open] = field(default_factory=list)
    pairs: list[_Pair] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)

    def read(self) -> list[Edit]:
        """The edits of the paragraph's straight quotes."""
        self.left, self.right = _nearest(self.text, "»"), _nearest(self.text[::-1], "«")[::-1]
        self.settled = set(_apostrophes(self.text, self.convention))
        for n in sorted(self.settled):
            self._set_apostrophe(n)
        for n, sign in enumerate(self.text):
            if sign in _STRAIGHT and n not in self.settled:
                self._straight(n, sign)
            elif sign in QUOTES:
                self._typographic(n, sign)
        self._unclosed()
        self._choose()
        return self.edits

    def _set(self, n: int, sign: str, rule: str) -> None:
        if self.text[n] in _STRAIGHT:
            self.edits.append(Edit(n, n + 1, sign, rule))

    def _set_apostrophe(self, n: int) -> None:
        is_double = self.text[n] == '"'
        sign = self.convention.double_apostrophe if is_double else self.convention.apostrophe
        self._set(n, sign, "apostrophe")

    # ---- reading

    def _straight(self, n: int, sign: str) -> None:
        kind = _KINDS[sign]
        if self._opens(n):
            self.waiting.append(_Open(n, kind, is_straight=True))
            return
        if not self._closes(n):
            return
        mates = [o for o in self.waiting if o.is_straight and o.kind == kind]
        if self._is_prime(n, sign, len(mates)):
            self._set(n, "″" if sign == '"' else "′", "prime")
        elif mates:
            self._close(mates[-1], n)
        elif sign == "'":
            self._alone(n)
        elif self.waiting and self._is_half_typographic(n, self.waiting[-1]):
            self._close(self.waiting[-1], n)

    def _alone(self, n: int) -> None:
        """Set a single quote that closes nothing: an apostrophe, if it is certain."""
        inside = _is_letter(self.left[n]) and _is_letter(self.right[n])
        if inside or _is_letter(self.text[n - 1]) or self.convention.quotes[1][1] == "’":
            self._set_apostrophe(n)

    def _is_half_typographic(self, n: int, opening: _Open) -> bool:
        """Whether a typographic opening quote is closed by a straight one, as in „so"."""
        first, last = self.convention.quotes[0]
        following = next((m for m in range(n + 1, len(self.text)) if self.text[m] in (first, last, '"')), None)
        opens_next = following is None or self.text[following] == first or self._opens(following)
        return not opening.is_straight and opening.kind == 0 and opens_next

    def _typographic(self, n: int, sign: str) -> None:
        openers, closers = zip(*self.convention.quotes, strict=True)
        is_closer = sign in closers and bool(self.waiting) and not self._opens(n)  # ”so” has one sign for both
        if sign in openers and not is_closer:
            self.waiting.append(_Open(n, openers.index(sign), is_straight=False))
        elif sign in closers and not (sign == "’" and _is_letter(self.text[n + 1 : n + 2])):
            mates = [o for o in self.waiting if o.kind == closers.index(sign)]
            if mates:
                self._close(mates[-1], n)

    def _close(self, opening: _Open, n: int) -> None:
        """Make a pair. Quotes that were opened inside it and never closed are forgotten."""
        self.waiting = self.waiting[: self.waiting.index(opening)]
        is_straight = opening.is_straight and self.text[n] in _STRAIGHT
        self.pairs.append(_Pair(opening.at, n, opening.kind, is_straight))

    def _opens(self, n: int) -> bool:
        left, right = self.left[n], self.right[n]
        if not right or right.isspace() or right in _SILENT:
            return False
        is_elided = self.text[n - 1 : n] in ("'", "’") and _is_letter(self.text[n - 2 : n - 1]) and _is_letter(right)
        return not left or left.isspace() or left in _BEFOREQUOTES or (n > 1 and is_elided)  # l'"ami"

    def _closes(self, n: int) -> bool:
        left = self.left[n]
        return bool(left) and not left.isspace() and left not in "([{<¿¡"

    def _is_prime(self, n: int, sign: str, opened: int) -> bool:
        """Whether a quote after a number means inches or feet: no quotation is open, or a later quote closes it."""
        if not _MEASURE.search(self.text[max(0, n - 5) : n]) or _is_letter(self.text[n + 1 : n + 2]):
            return False
        if not opened or sign == "'":
            return not opened
        following = (m for m in range(n + 1, len(self.text)) if self.text[m] == sign)
        later = sum(self._closes(m) for m in takewhile(lambda m: not self._opens(m), following))
        return later >= opened

    # ---- choosing

    def _unclosed(self) -> None:
        """Pair an opening quote at the start with the end: a long quotation opens in each of its paragraphs."""
        first = self.waiting[0] if self.waiting else None
        if first and first.kind == 0 and not self.text[: first.at].strip():
            self.pairs.append(_Pair(first.at, len(self.text), 0, first.is_straight))

    def _choose(self) -> None:
        """Give each pair its quotes: the kind that was typed or, inside another pair, the other kind."""
        around: list[_Pair] = []
        for pair in sorted(self.pairs, key=lambda p: p.start):
            while around and around[-1].end < pair.start:
                around.pop()
            if pair.is_straight and around:
                pair.kind = 1 - around[-1].kind
            around.append(pair)
            opening, closing = self.convention.quotes[pair.kind]
            self._set(pair.start, opening, "quotes")
            if pair.end < len(self.text):
                self._set(pair.end, closing, "quotes")


def _apostrophes(text: str, convention: Convention) -> Iterator[int]:
    """The indices of straight quotes that can only be apostrophes."""
    for n, sign in enumerate(text):
        is_apostrophe = sign == "'" or (sign == '"' and convention.double_apostrophe)
        if is_apostrophe and n and _is_letter(text[n - 1]) and _is_word(text[n + 1 : n + 2]):
            yield n
    yield from (found.start() for found in convention.elision.finditer(text))
    if convention.elisions:
        yield from (n for found in _ROCK_N_ROLL.finditer(text) for n in (found.start(1) - 1, found.end(1)))


def _nearest(text: str, guillemet: str) -> list[str]:
    """For each character the nearest one before it, other than quotes and the spaces inside guillemets."""
    found: list[str] = []
    last = ""
    for n, sign in enumerate(text):
        found.append(last)
        is_inside = sign in (NO_BREAK, NARROW) and text[n + 1 : n + 2] == guillemet
        if sign not in QUOTES and not is_inside:
            last = sign
    return found


def _is_letter(sign: str) -> bool:
    return bool(sign) and (sign.isalpha() or sign == MARK or "\u0300" <= sign <= "\u036f")


def _is_word(sign: str) -> bool:
    return _is_letter(sign) or sign.isdigit()
