"""The budget of an ebook: steps that reduce all its pictures alike, and the search for the first that fits."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LEAST_PX, LEAST_PPI, LEAST_QUALITY = 600, 72, 60
"""Longest side, pixels to an inch of a fixed page, and JPEG quality at which a photograph still shows what it is of: it
fills the column of an e-reader and half a telephone, and its blocks are not yet seen at arm's length.
"""
SHARE = 0.85
"""Of its bytes, what each step leaves of a photograph, about: less of a difference is not worth another try."""
_BY_SIDE, _BY_QUALITY = 1.8, 0.6
"""How bytes grow with the side (detail is lost to a reduction more slowly than area) and as quality nears 100: roughly,
for it only chooses what is tried first, and decides nothing.
"""


@dataclass(frozen=True)
class Step:
    """The size and quality of all pictures of an ebook."""

    size: int
    """Pixels of the longest side; on fixed pages, pixels to an inch."""
    quality: int
    """Quality of JPEGs."""


@dataclass(frozen=True)
class Weight:
    """A picture as it is at the first step."""

    bytes: int
    size: int
    """Size in the unit of the steps (px or ppi); smaller than the first step where the file has no more pixels."""
    has_quality: bool = True
    """Whether it is a JPEG, whose quality is reduced too."""

    def at(self, step: Step, first: Step) -> float:
        """An estimate of its bytes at another step."""
        side = math.pow(min(1.0, step.size / self.size), _BY_SIDE)
        return self.bytes * side * (_by_quality(step.quality, first.quality) if self.has_quality else 1)


def _by_quality(quality: int, before: int) -> float:
    return math.pow((100 - before) / (100 - quality), _BY_QUALITY)


def ladder(first: Step, least_size: int = LEAST_PX) -> tuple[Step, ...]:
    """Steps from the edition's own size and quality down to the least, at even intervals.

    What is asked for below the least stays as it is.
    """
    least = Step(min(first.size, least_size), min(first.quality, LEAST_QUALITY))
    smaller, coarser = least.size / first.size, (100 - least.quality) / (100 - first.quality)
    left = math.pow(smaller, _BY_SIDE) / math.pow(coarser, _BY_QUALITY)
    count = math.ceil(math.log(left) / math.log(SHARE))
    ways = [n / count for n in range(1, count + 1)]
    steps = [Step(round(first.size * smaller**way), round(100 - (100 - first.quality) * coarser**way)) for way in ways]
    return tuple(dict.fromkeys([first, *steps]))


def first_fit(expected: Sequence[float], limit: float, weigh: Callable[[int], float]) -> int | None:
    """The first of some steps, each lighter than the one before, whose weight is within the limit; None if none is.

    To weigh a step means to make all its pictures. So what is expected tells where to begin, and every weight that is
    known corrects it: of two neighbours one fits and one does not, and few others are tried.
    """
    heavy, fitting, error = -1, len(expected), 1.0
    while fitting - heavy > 1:
        between = range(heavy + 1, fitting)
        here = next((n for n in between if expected[n] * error <= limit), between[-1])
        weight = weigh(here)
        error = weight / expected[here]
        heavy, fitting = (heavy, here) if weight <= limit else (here, fitting)
    return fitting if fitting < len(expected) else None
