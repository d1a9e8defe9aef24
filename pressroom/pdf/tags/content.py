"""What changes in the content of a page: artifacts, and the ends of lines. Nothing that can be seen.

The page engine writes each operator on a line of its own, and text as the numbers of glyphs, two bytes for each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pikepdf

from pressroom.pdf.tags.lines import End

_LAST_GLYPH = re.compile(rb"<([0-9a-f]*)([0-9a-f]{4})>([-\d.]*)\] TJ\nET\b")
_FONT = re.compile(rb"^(/\w+) [-\d.]+ Tf$", re.MULTILINE)
_SPACE = re.compile(rb"<([0-9a-f]{4})> <0020>")
_SOFT_HYPHEN = rb"<\1>] TJ\n/Span <</ActualText <FEFF00AD>>> BDC\n[<\2>\3] TJ\nEMC\nET"


def artifact(margin: str) -> bytes:
    """The beginning of an artifact (ISO 32000-1, 14.8.2.2): a running head or foot, or what is only for the eye."""
    if not margin.startswith("@"):
        return b"/Artifact BMC"
    place = "Header" if margin.startswith("@top") else "Footer" if margin.startswith("@bottom") else ""
    return b"/Artifact <</Type /Pagination%s>> BDC" % (b" /Subtype /" + place.encode() if place else b"")


@dataclass
class Typist:
    """Mends the ends of lines, and remembers which glyph is the space of a font."""

    spaces: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def ended(self, text: bytes, end: End, page: pikepdf.Page) -> bytes:
        """A piece of text with a space at its end, or with its last hyphen told to be none of the word’s."""
        if end == "broken":
            return _LAST_GLYPH.sub(_SOFT_HYPHEN, text)
        head, close, tail = text.rpartition(b"\nET")
        fonts = _FONT.findall(head)
        space = self._space(page.Resources.Font[fonts[-1].decode()]) if fonts else b""
        return head + b"\n<" + space + b"> Tj" + close + tail if space else text

    def _space(self, font: pikepdf.Object) -> bytes:
        """The number of a font’s space; nothing if it was embedded without one."""
        if font.objgen not in self.spaces:
            known = _SPACE.search(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else None
            self.spaces[font.objgen] = known[1] if known else b""
        return self.spaces[font.objgen]
