"""Optics: the position of letters in their lines, read from the font files.

A picture stands on letters and not on the boxes of lines, and small type shares the baseline of the text beside it. How
much has to be added for that is arithmetic of the style sheets; what it starts from differs from family to family.
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
    """The measures of the families as CSS variables, in ems: how far the baseline is below the middle of a line, and
    how high capitals are.
    """
    cuts = {name: cut(roman(faces[use])) for name, use in _NAMES.items()}
    bases = {f"{name}-base": f"{found.base:.5g}" for name, found in cuts.items()}
    return bases | {f"{name}-cap": f"{found.cap:.5g}" for name, found in cuts.items()}


def caption_drop(faces: Mapping[str, Sequence[FontFace]]) -> float:
    """How much lower the last line of a caption stands in its place than a line of text would, in units of the grid: at
    least what its own tails need, and more where its first line must sink further to share a baseline with the text.
    """
    text, captions = cut(roman(faces["text"])), cut(roman(faces["captions"]))
    sinks = (1 - CAPTION_LEADING) / 2 + text.base * TEXT_SIZE - captions.base * CAPTION_SIZE
    return max(CAPTION_DROP, sinks)
