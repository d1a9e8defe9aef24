"""Openings: the first paragraph of a chapter made ready for a drop capital or a first line in small capitals.

A style sheet can choose the first line but not the first letter: that has quotation marks before it, accents over it,
or no capital form at all. So the paragraph gets a class, and its first letter a span, which style sheets use or leave.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from pressroom.publication import Block, Box, Figure, Gallery, Prose

SHORTEST = 260
"""Letters of a paragraph that fills the lines beside a drop capital, and one more."""
DEEPEST = 0.09
"""Ems that a drop capital may reach under its line before it touches the next."""
_START = re.compile(r"<p>(?P<markup>(?:<(?:strong|span|abbr|bdi|b)\b[^<>]*>)*)(?P<text>[^<]+)")
_QUOTES = ("Pi", "Pf", "Ps")
"""Categories of Unicode: opening and closing quotation marks (which of them opens differs by language), brackets."""


def with_opening(blocks: tuple[Block, ...], depth: Callable[[str], float]) -> tuple[Block, ...]:
    """A chapter's blocks with its first paragraph marked; only pictures and epigraphs may stand before it.

    `depth` tells how far a letter reaches under its line, in ems.
    """
    for n, block in enumerate(blocks):
        if isinstance(block, Prose):
            return (*blocks[:n], replace(block, xhtml=_opened(block.xhtml, depth)), *blocks[n + 1 :])
        if not (isinstance(block, Figure | Gallery) or (isinstance(block, Box) and block.kind == "epigraph")):
            break
    return blocks


def _opened(xhtml: str, depth: Callable[[str], float]) -> str:
    """A paragraph with the class `first`, and its initial marked where it has one and is long enough for it."""
    if not xhtml.startswith("<p>"):
        return xhtml
    start = _START.match(xhtml)
    marks, letter = initial_of(start["text"]) if start else ("", "")
    letters = len(re.sub(r"<[^>]*>", "", xhtml.partition("</p>")[0]))
    if start is None or not letter or letters < SHORTEST:
        return f'<p class="first">{xhtml[3:]}'
    mark = f'<span class="mark">{marks}</span>' if marks else ""
    deep = " deep" if depth(unicodedata.normalize("NFC", letter)) > DEEPEST else ""
    rest = start["text"][len(marks) + len(letter) :] + xhtml[start.end() :]
    return f'<p class="first">{start["markup"]}<span class="initial{deep}">{mark}{letter}</span>{rest}'


def initial_of(text: str) -> tuple[str, str]:
    """The quotation marks that a text begins with, and its first letter with its accents.

    Both are empty where no capital comes first: a dash of dialogue, a figure, a script without capitals.
    """
    end = 0
    while end < len(text) and (unicodedata.category(text[end]) in _QUOTES or text[end] in "\"'¿¡ \u00a0\u202f\u2009"):
        end += 1
    if end == len(text) or unicodedata.category(text[end]) not in ("Lu", "Lt"):
        return "", ""
    after = end + 1
    while after < len(text) and unicodedata.category(text[after]) == "Mn":
        after += 1
    return text[:end], text[end:after]
