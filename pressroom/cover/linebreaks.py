"""Lines: a display text broken into lines of like length, as a compositor would and a style sheet cannot."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence

SHORT = 3
"""Words of so few letters (“to”, “the”) rather begin a line than end it."""
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
"""Scripts that break between any two signs."""
_CLOSING = "、。，．！？：；」』）】》〉・ー"
"""Of their punctuation, what no line begins with."""
_PIECE = re.compile(rf"([ \t\n]*)([{_CJK}][{_CLOSING}]*|[^ \t\n{_CJK}-]+[-–—]*|[-–—]+)")
_MOST = 60
"""Pieces of a text that are weighed against each other; a longer one is broken where each line is full."""
_ENDS_BADLY = 0.3
"""A line that ends with a short word, or parts a compound, counts as so much shorter, as a share of the measure."""

Width = Callable[[str], float]
"""How long a text is, in ems."""


def lines_of(text: str, measure: float, width: Width) -> tuple[str, ...]:
    """A text in as few lines as a measure (in ems) allows, and these as even as can be."""
    pieces = [part for piece in _pieces(text) for part in _fitting(piece, measure, width)]
    full = _filled(pieces, measure, width)
    if len(full) < 2 or len(pieces) > _MOST:
        return tuple(full)
    return tuple(_evened(pieces, len(full), measure, width) or full)


def longest_piece(text: str, width: Width) -> float:
    """The length of the longest part of a text that cannot be broken, in ems."""
    return max((width(piece.strip()) for piece in _pieces(text)), default=0.0)


def _pieces(text: str) -> list[str]:
    """The parts between which a line may end, each with the space before it."""
    return [(" " if space else "") + word for space, word in _PIECE.findall(text.strip())]


def _fitting(piece: str, measure: float, width: Width) -> Iterator[str]:
    """A piece, or if it is longer than a line what of it goes into each."""
    while len(piece.strip()) > 1 and width(piece.strip()) > measure:
        length = next(n for n in range(len(piece) - 1, 0, -1) if n == 1 or width(piece[:n].strip()) <= measure)
        yield piece[:length]
        piece = piece[length:]
    yield piece


def _filled(pieces: Sequence[str], measure: float, width: Width) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and width((lines[-1] + piece).strip()) > measure:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return lines


def _evened(pieces: Sequence[str], count: int, measure: float, width: Width) -> list[str]:
    """The same number of lines with the least unevenness; nothing if they cannot be had."""
    best: dict[tuple[int, int], tuple[float, list[str]]] = {(0, 0): (0.0, [])}
    for end in range(1, len(pieces) + 1):
        for start in range(end - 1, -1, -1):
            line = "".join(pieces[start:end]).strip()
            if width(line) > measure:
                break
            cost = _cost(line, 1 - width(line) / measure, is_followed=end < len(pieces))
            for used in range(1, count + 1):
                before = best.get((used - 1, start))
                if before and before[0] + cost < best.get((used, end), (math.inf, []))[0]:
                    best[used, end] = (before[0] + cost, [*before[1], line])
    return best.get((count, len(pieces)), (0.0, []))[1]


def _cost(line: str, left_over: float, *, is_followed: bool) -> float:
    last = line.rpartition(" ")[2]
    ends_short = is_followed and len(last) <= SHORT
    is_parted = is_followed and last.endswith(("-", "–"))
    return left_over**2 + (_ENDS_BADLY**2 if ends_short or is_parted else 0.0)
