"""Breaks display text into lines of similar length, as a compositor would and a style sheet cannot."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence

SHORT = 3
"""Words of so few letters (“to”, “the”) begin a line rather than end it."""
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
"""The characters of scripts that may break between any two of them (a class of a regular expression)."""
_CLOSING = "、。，．！？：；」』）】》〉・ー"
"""The punctuation of these scripts that no line begins with."""
_PIECE = re.compile(rf"([ \t\n]*)([{_CJK}][{_CLOSING}]*|[^ \t\n{_CJK}-]+[-–—]*|[-–—]+)")
_MOST = 60
"""The most pieces for which even lines are sought; a longer text is broken where each line is full."""
_ENDS_BADLY = 0.3
"""A line that ends with a short word or inside a compound counts as so much shorter, as a share of the measure."""

Width = Callable[[str], float]
"""A function that gives the width of a text in ems."""


def lines_of(text: str, measure: float, width: Width) -> tuple[str, ...]:
    """Break a text into as few lines as a measure (in ems) allows, and make these as even as possible."""
    pieces = [part for piece in _pieces(text) for part in _fitting(piece, measure, width)]
    full = _filled(pieces, measure, width)
    if len(full) < 2 or len(pieces) > _MOST:
        return tuple(full)
    return tuple(_evened(pieces, len(full), measure, width) or full)


def longest_piece(text: str, width: Width) -> float:
    """The width of the widest part of a text that cannot be broken, in ems."""
    return max((width(piece.strip()) for piece in _pieces(text)), default=0.0)


def _pieces(text: str) -> list[str]:
    """The pieces between which a line may end, each with the space before it."""
    return [(" " if space else "") + word for space, word in _PIECE.findall(text.strip())]


def _fitting(piece: str, measure: float, width: Width) -> Iterator[str]:
    """A piece, cut into parts that fit the measure if it is wider than a line."""
    while len(piece.strip()) > 1 and width(piece.strip()) > measure:
        length = next(n for n in range(len(piece) - 1, 0, -1) if n == 1 or width(piece[:n].strip()) <= measure)
        yield piece[:length]
        piece = piece[length:]
    yield piece


def _filled(pieces: Sequence[str], measure: float, width: Width) -> list[str]:
    """Lines of which each takes as many pieces as fit."""
    lines = [""]
    for piece in pieces:
        if lines[-1] and width((lines[-1] + piece).strip()) > measure:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return lines


def _evened(pieces: Sequence[str], count: int, measure: float, width: Width) -> list[str]:
    """The `count` lines with the lowest total cost, by dynamic programming; an empty list if there are none."""
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
    """How badly a line is broken: the square of its empty share, and more if it ends badly."""
    last = line.rpartition(" ")[2]
    ends_short = is_followed and len(last) <= SHORT
    is_parted = is_followed and last.endswith(("-", "–"))
    return left_over**2 + (_ENDS_BADLY**2 if ends_short or is_parted else 0.0)
