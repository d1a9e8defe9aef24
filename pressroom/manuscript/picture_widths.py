"""Widths of pictures as people write them for other programs, `{width=50%}` or `{width=300}`: shares of the column."""

from __future__ import annotations

import re

USUAL_COLUMN = {"": 700.0, "px": 700.0, "pt": 468.0, "in": 6.5, "cm": 16.5, "mm": 165.0, "em": 40.0, "rem": 40.0}
"""The width of a usual column of text in each unit, for which such lengths were chosen: that of web pages for pixels,
and of a letter with its margins for lengths on paper."""
LEAST = 0.05
"""The least share: a narrower picture would be a dot."""
_LENGTH = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*([a-z%]*)", re.IGNORECASE)


def share_of(width: str) -> float | None:
    """The share of the column that a width asks for, at most 1; None if it cannot be read."""
    match = _LENGTH.fullmatch(width.strip().replace("\\textwidth", "").replace("\\linewidth", ""))
    unit = match[2].lower() if match else ""
    if match is None or unit not in (*USUAL_COLUMN, "%"):
        return None
    number = float(match[1])
    share = number / (100 if unit == "%" else USUAL_COLUMN[unit])
    return max(LEAST, min(1.0, round(share, 3)))
