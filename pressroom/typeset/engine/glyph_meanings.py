"""Glyph meanings: the letters that readers search for and copy, where they are not what the page engine says.

The engine gives each glyph the letters of its cluster, as they came first. Of several glyphs that draw one cluster, it
gives all letters to the first and none to the others; for a glyph without letters, readers show its number.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import lru_cache
from unicodedata import normalize

from fontTools.ttLib import TTFont

_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
_LAM_ALEF = {"لآ": "\ufef5", "لأ": "\ufef7", "لإ": "\ufef9", "لا": "\ufefb"}
_MEANT = dict.fromkeys(_SPACES, " ") | _LAM_ALEF | {"\u2010": "-"}
"""Fonts draw spaces of all widths with the glyph of the plain one, and what came first would be the meaning of all.
A ligature of lam and alef has a sign of its own in Unicode: readers turn the letters of a line around, and would turn
around the two letters that one glyph means (PDFium, poppler). At the end of a line, PDFium and pdf.js take only the
hyphen of keyboards for one that parts a word, and join the parts.
"""
_NOTHING = "\u200b"
"""The meaning of a glyph that adds no letter: a dot over a skeleton. Searches pass over it (a space of no width)."""


def meanings(told: Mapping[int, str], read_letters: Callable[[], Mapping[int, str]]) -> dict[int, str]:
    """What glyphs mean, from what the engine tells; `read_letters` reads the letters by which the font has them."""
    if "" not in told.values():
        return {glyph: _MEANT.get(text, text) for glyph, text in told.items()}
    named = read_letters()
    return {glyph: _MEANT.get(text, _own(text, named.get(glyph, ""))) for glyph, text in told.items()}


def _own(text: str, named: str) -> str:
    """The letters of one glyph: of a cluster’s, those by which the font has it."""
    own = next((letter for letter in named if letter in normalize("NFKD", text)), named[:1] if not text else "")
    return own or text or _NOTHING


@lru_cache(maxsize=16)
def letters_in(data: bytes, number: int) -> Mapping[int, str]:
    """The letters by which a font file has its glyphs, by their numbers."""
    found: dict[int, str] = {}
    with TTFont(io.BytesIO(data), lazy=True, fontNumber=number) as font:
        for code, name in (font.getBestCmap() or {}).items():
            glyph = font.getGlyphID(name)
            found[glyph] = found.get(glyph, "") + chr(code)
    return found
