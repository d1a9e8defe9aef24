"""Invisible changes to the content stream of a page: artifacts, line ends, and the Unicode values of letters.

The page engine writes each operator on a line of its own, and text as glyph numbers of two bytes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from unicodedata import bidirectional, category, normalize

import pikepdf
from pikepdf import String

from pressroom.typeset.tags.line_ends import End

_LAST_GLYPH = re.compile(rb"<([0-9a-f]*)([0-9a-f]{4})>([-\d.]*)\] TJ\nET\b")
_SHOWN = re.compile(rb"^(/\w+) [-\d.]+ Tf$|<([0-9a-f]+)>", re.MULTILINE)
"""The operator that selects a font, or a string of its glyphs."""
_GLYPH = re.compile(rb"[0-9a-f]{4}")
_LETTER = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_FEW = 1 / 12
"""The share of letters that a piece may tell otherwise than they are, and yet be read better as it is."""
_SOFT_HYPHEN = rb"<\1>] TJ\n/Span <</ActualText <FEFF00AD>>> BDC\n[<\2>\3] TJ\nEMC\nET"


def artifact(margin: str) -> bytes:
    """The beginning of an artifact (ISO 32000-1, 14.8.2.2): a running head or foot, or decoration."""
    if not margin.startswith("@"):
        return b"/Artifact BMC"
    place = "Header" if margin.startswith("@top") else "Footer" if margin.startswith("@bottom") else ""
    return b"/Artifact <</Type /Pagination%s>> BDC" % (b" /Subtype /" + place.encode() if place else b"")


ShownGlyphs = tuple[tuple[bytes, tuple[bytes, ...]], ...]
"""The glyphs of a page by the names of their fonts, each once."""


def glyphs_in(content: bytes) -> ShownGlyphs:
    """The glyphs of a page by the names of their fonts."""
    shown: dict[bytes, list[bytes]] = {}
    name = b""
    for font, glyphs in _SHOWN.findall(content):
        name = font or name
        shown.setdefault(name, []).append(glyphs)
    return tuple((name, tuple(sorted({*_GLYPH.findall(b"".join(shown[name]))}))) for name in sorted(shown))


@dataclass
class Typist:
    """Corrects the Unicode values of pieces of text; caches the ToUnicode maps of fonts."""

    fonts: dict[tuple[int, int], Mapping[bytes, str]] = field(default_factory=dict)

    def meanings(self, shown: ShownGlyphs, page: pikepdf.Page) -> list[tuple[bytes, list[tuple[bytes, str]]]]:
        """What the glyphs of a page, and a space that may be added, mean in this file, by the names of their fonts."""
        return [(name, self._meant(name, glyphs, page)) for name, glyphs in shown]

    def _meant(self, font: bytes, glyphs: Iterable[bytes], page: pikepdf.Page) -> list[tuple[bytes, str]]:
        letters = self._letters(page.Resources.Font[font.decode()])
        return [(glyph, letters.get(glyph, "")) for glyph in (*glyphs, _space_in(letters))]

    def typed(self, mcid: int, text: bytes, spoken: str, end: End | None, page: pikepdf.Page) -> bytes:
        """A piece of marked content with its opening operator; `spoken` is its text in the document.

        If its glyphs map to other letters (small capitals), it gets an ActualText. Otherwise only its end is corrected:
        a space is added, or a hyphen that is not in the word is marked as soft. Right to left, neither is needed.
        """
        meant, letters = self._read(text, page)
        if _is_in_order_of_sight(_plain(meant), _plain(spoken)):
            return b"/Span\n<</MCID %d>>\nBDC" % mcid + text
        if _plain(meant) != _plain(spoken):
            actual = {"word": f"{spoken} ", "broken": f"{spoken[:-1]}\u00ad", None: spoken}[end]
            return b"/Span\n<</MCID %d /ActualText %s>>\nBDC" % (mcid, String(actual).unparse()) + text
        begun = b"/Span\n<</MCID %d>>\nBDC" % mcid
        if end == "broken":
            return begun + _LAST_GLYPH.sub(_SOFT_HYPHEN, text)
        space = _space_in(letters) if end else b""
        head, close, tail = text.rpartition(b"\nET")
        return begun + (head + b"\n<" + space + b"> Tj" + close + tail if space else text)

    def _read(self, text: bytes, page: pikepdf.Page) -> tuple[str, Mapping[bytes, str]]:
        """The letters of a piece’s glyphs, and the letters by glyph of its last font."""
        read: list[str] = []
        letters: Mapping[bytes, str] = {}
        for font, glyphs in _SHOWN.findall(text):
            if font:
                letters = self._letters(page.Resources.Font[font.decode()])
            read += [letters.get(glyphs[n : n + 4], "\ufffd") for n in range(0, len(glyphs), 4)]
        return "".join(read), letters

    def _letters(self, font: pikepdf.Object) -> Mapping[bytes, str]:
        if font.objgen not in self.fonts:
            pairs = _LETTER.findall(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else ()
            letters = {glyph: bytes.fromhex(code.decode()).decode("utf-16-be") for glyph, code in pairs}
            self.fonts[font.objgen] = letters
        return self.fonts[font.objgen]


def _space_in(letters: Mapping[bytes, str]) -> bytes:
    """The glyph of a space; empty where a font shows none."""
    return next((glyph for glyph, letter in letters.items() if letter == " "), b"")


def _plain(text: str) -> str:
    return " ".join(_UNSEEN.sub("", normalize("NFC", text)).replace("\u2010", "-").split())


def _is_in_order_of_sight(meant: str, spoken: str) -> bool:
    """Whether a piece of text runs from right to left, and its glyphs, drawn from the left, mean its very letters.

    Such a piece needs no ActualText: readers turn its letters around themselves, and those of an ActualText once more.
    So it had better have none even where a font draws two letters as one, and a few are told twice. Vowel signs are not
    compared: a font may draw one with its letter.
    """
    letters, said = (Counter(filter(_is_letter, normalize("NFKD", text))) for text in (meant, spoken))
    if not any(bidirectional(letter) in ("R", "AL") for letter in said):
        return False
    return ((letters - said) | (said - letters)).total() <= _FEW * said.total()


def _is_letter(sign: str) -> bool:
    return category(sign) != "Mn" and sign != "\ufffd"
