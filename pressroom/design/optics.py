"""Optics: the position of letters in their lines, read from the font files.

Pictures align with baselines and cap heights, not with line boxes, and captions share the baseline of the text beside
them. The style sheets compute the offsets from these measures, which differ between families.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pressroom.design.composition import FontFace
from pressroom.design.estimates import CAPTION_DROP, CAPTION_LEADING, CAPTION_SIZE
from pressroom.design.fonts import cut, roman

TEXT_SIZE = 0.7408
"""Size of the text, in units of the grid."""
_NAMES = {"serif": "text", "sans": "captions"}
"""The name in style sheets of the family for each use."""


def optics(faces: Mapping[str, Sequence[FontFace]]) -> dict[str, str]:
    """The measures of the families as CSS variables, in ems: the distance of the baseline below the middle of a line,
    and the cap height.
    """
    cuts = {name: cut(roman(faces[use])) for name, use in _NAMES.items()}
    bases = {f"{name}-base": f"{found.base:.5g}" for name, found in cuts.items()}
    return bases | {f"{name}-cap": f"{found.cap:.5g}" for name, found in cuts.items()}


def caption_drop(faces: Mapping[str, Sequence[FontFace]]) -> float:
    """How much lower the last line of a caption is than the text line in its place, in units of the grid: at least its
    descent, and more if its first line must move down to share a baseline with the text.
    """
    text, captions = cut(roman(faces["text"])), cut(roman(faces["captions"]))
    sinks = (1 - CAPTION_LEADING) / 2 + text.base * TEXT_SIZE - captions.base * CAPTION_SIZE
    return max(CAPTION_DROP, sinks)
