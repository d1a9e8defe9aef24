"""The budget of an ebook: steps that reduce all its pictures alike, and the search for the first step that fits."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LEAST_PX, LEAST_PPI, LEAST_QUALITY = 600, 72, 60
"""The least longest side in pixels, the least ppi on fixed pages and the least JPEG quality of a photograph: it fills
the column of an e-reader and half the screen of a telephone, and JPEG blocks are not visible at arm's length.
"""
SHARE = 0.85
"""The approximate share of a photograph's bytes that each step leaves; smaller steps would save too little."""
_BY_SIDE, _BY_QUALITY = 1.8, 0.6
"""Exponents of how bytes grow with the side and as quality nears 100. They are rough: they only choose which step to
try first.
"""


@dataclass(frozen=True)
class Step:
    """The size and quality of all pictures of an ebook."""

    size: int
    """Longest side in pixels; on fixed pages, pixels per inch."""
    quality: int
    """JPEG quality."""


@dataclass(frozen=True)
class Weight:
    """The size of a picture at the first step."""

    bytes: int
    size: int
    """Size in the unit of the steps (px or ppi); smaller than the first step if the file has fewer pixels."""
    has_quality: bool = True
    """Whether it is a JPEG, whose quality is reduced too."""

    def at(self, step: Step, first: Step) -> float:
        """Estimate its bytes at another step."""
        side = math.pow(min(1.0, step.size / self.size), _BY_SIDE)
        return self.bytes * side * (_by_quality(step.quality, first.quality) if self.has_quality else 1)


def _by_quality(quality: int, before: int) -> float:
    return math.pow((100 - before) / (100 - quality), _BY_QUALITY)


def ladder(first: Step, least_size: int = LEAST_PX) -> tuple[Step, ...]:
    """Steps from the edition's size and quality down to the least ones, at even intervals.

    A size or quality that is below the least one already is not reduced.
    """
    least = Step(min(first.size, least_size), min(first.quality, LEAST_QUALITY))
    smaller, coarser = least.size / first.size, (100 - least.quality) / (100 - first.quality)
    left = math.pow(smaller, _BY_SIDE) / math.pow(coarser, _BY_QUALITY)
    count = math.ceil(math.log(left) / math.log(SHARE))
    ways = [n / count for n in range(1, count + 1)]
    steps = [Step(round(first.size * smaller**way), round(100 - (100 - first.quality) * coarser**way)) for way in ways]
    return tuple(dict.fromkeys([first, *steps]))


def first_fit(expected: Sequence[float], limit: float, weigh: Callable[[int], float]) -> int | None:
    """The index of the first step whose weight in bytes is within the limit; None if no step is. Weights decrease.

    `weigh` makes all pictures of a step, which is slow. The `expected` weights therefore choose the step to try next,
    and each measured weight corrects them, so that few steps are tried.
    """
    heavy, fitting, error = -1, len(expected), 1.0
    while fitting - heavy > 1:
        between = range(heavy + 1, fitting)
        here = next((n for n in between if expected[n] * error <= limit), between[-1])
        weight = weigh(here)
        error = weight / expected[here]
        heavy, fitting = (heavy, here) if weight <= limit else (here, fitting)
    return fitting if fitting < len(expected) else None
