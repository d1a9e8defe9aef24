"""Letters of symbol fonts: what office programs write with a private letter and a font becomes the character itself."""

from __future__ import annotations

import re

from mammoth.docx.dingbats import dingbats  # type: ignore[import-untyped]  # it has no stubs

_PRIVATE = re.compile("[\uf020-\uf0ff]")
_FONTS = frozenset(font for font, _ in dingbats)


def as_letters(text: str, font: str) -> str:
    """A text whose private letters are those that a symbol font shows for them; others stay as they are."""
    if font not in _FONTS or not _PRIVATE.search(text):
        return text
    return _PRIVATE.sub(lambda match: chr(dingbats.get((font, ord(match[0]) - 0xF000), ord(match[0]))), text)
