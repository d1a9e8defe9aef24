"""Outline: the headings of a page as a ladder without missing rungs, whatever wrote them.

Screen readers offer headings by level. One that jumps from the first to the third level sends a listener in search of
the second (WCAG 2.2, 1.3.1; PDF/UA-1, 7.4.2 forbids it), and an edition may leave out the heading that was between.
"""

from __future__ import annotations

import re

_HEADING = re.compile(r"(<h)([1-6])\b([^>]*>.*?</h)\2>", re.DOTALL)


def without_gaps(xhtml: str) -> str:
    """A page whose first heading is what it was, and each other stands one level under the one that it belongs to."""
    over: list[tuple[int, int]] = []
    """Of the headings under which the next one stands: the level as written, and as it is set."""

    def settled(match: re.Match[str]) -> str:
        written = int(match[2])
        while len(over) > 1 and over[-1][0] >= written:
            over.pop()
        level = min(over[-1][1] + 1, 6) if over else written
        over.append((written, level))
        return f"{match[1]}{level}{match[3]}{level}>"

    return _HEADING.sub(settled, xhtml)
