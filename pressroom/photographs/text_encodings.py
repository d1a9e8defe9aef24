"""Letters: tells the encoding of a text from its bytes, where its file does not say, as those of older captions.

UTF-8 is certain. Of the encodings of one byte for a letter, that one is chosen in which the text looks most like words:
no capital inside a word, no symbol between letters, quotes where they open and close, no word that mixes scripts. Such
texts are short; a comparison of frequencies (charset-normalizer) told half of them wrongly.
"""

from __future__ import annotations

import codecs
import contextlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Encoding:
    """An encoding that was found or guessed."""

    codec: str
    """Python’s name of it."""
    name: str
    """The name by which people know it; “” for UTF-8, which is no guess."""
    languages: frozenset[str] = frozenset()
    """Languages that are usually written in it, where several look alike."""

    def decode(self, raw: bytes) -> str:
        """A text; bytes that stand for nothing become what they are in Latin-1."""
        if not self.name:
            return codecs.utf_8_decode(raw, "replace", False)[0]  # noqa: FBT003
        return "".join(_of_byte(self.codec, byte) for byte in raw)


UTF8 = Encoding("utf-8", "")
TWICE = Encoding("utf-8", "UTF-8, encoded twice")
"""UTF-8 that a program took for Windows-1252 or MacRoman and encoded again."""
_CENTRAL = frozenset("pl cs sk hu sl hr bs ro sq".split())
_GUESSED = (
    Encoding("cp1252", "Windows-1252"),
    Encoding("mac_roman", "MacRoman"),
    Encoding("cp1250", "Windows-1250", _CENTRAL),
    Encoding("cp1251", "Windows-1251", frozenset("ru uk be bg mk sr".split())),
    Encoding("cp1253", "Windows-1253", frozenset(("el",))),
    Encoding("cp1254", "Windows-1254", frozenset(("tr", "az"))),
    Encoding("mac_latin2", "Macintosh Central European", _CENTRAL),
    Encoding("mac_cyrillic", "Macintosh Cyrillic"),
    Encoding("koi8_r", "KOI8-R"),
    Encoding("cp850", "DOS 850"),
)
"""The encodings that are tried; of those that fit alike, the first is taken."""
_WORD = re.compile(r"[^\W\d_]+")
_WORD_BEFORE = re.compile(r"[^\W\d_]+$")
_LONGEST = 40
"""The most letters of a word that are looked at."""
_OPENING, _CLOSING = frozenset("“„«‘‚‹¿¡"), frozenset("”»’›…")
_APART = frozenset("–—©®™€£§°«»…")
"""Signs that stand beside words or numbers, never between two letters."""
_RARE = frozenset("ƒĀāĒēĢģĪīĶķĻļŅņŌōŖŗŪūЂђЃѓЉљЊњЋћЌќЏџЅѕЈј")
"""Letters that few languages have, but that others often turn into."""
_VOWELS = frozenset("аеёиоуыэюяіїєαεηιουωάέήίόύώϊϋ")
_WRONG, _RIGHT, _FAVOUR = -3.0, 1.0, 0.6
"""Points for a sign that no writer sets, for one that fits, and for an encoding of the publication’s own language."""


def encoding_of(texts: Iterable[bytes], language: str, *, utf8: bool = False) -> Encoding:
    """The encoding of some texts of one file, for a reader of a language (a BCP 47 tag).

    Where the file says that it is UTF-8, a text may end in half a letter: a by-line is cut after 32 bytes.
    """
    listed = [raw for raw in texts if not raw.isascii()]
    strange = [raw for raw in listed if not is_utf8(raw, cut=utf8)]
    if not strange:
        return TWICE if listed and all(map(undoubled, map(UTF8.decode, listed))) else UTF8
    joined = b"\n".join(strange)
    own = language.partition("-")[0].lower()
    scores = {each: _score(each.decode(joined)) + (_FAVOUR if own in each.languages else 0) for each in _GUESSED}
    return max(scores, key=lambda each: scores[each])


def decoded(raw: bytes, encoding: Encoding) -> str:
    """A text by the encoding that was told; UTF-8 where the text is that."""
    if encoding is TWICE:
        text = UTF8.decode(raw)
        return undoubled(text) or text
    return UTF8.decode(raw) if is_utf8(raw) else encoding.decode(raw)


def is_utf8(raw: bytes, *, cut: bool = False) -> bool:
    """Whether bytes are UTF-8; if they may be cut, the last letter may be incomplete."""
    try:
        codecs.utf_8_decode(raw, "strict", not cut)
    except UnicodeDecodeError:
        return False
    return True


def undoubled(text: str) -> str:
    """A text whose UTF-8 was taken for another encoding and encoded again, as it was before; “” if it was not."""
    for codec in ("cp1252", "mac_roman"):
        with contextlib.suppress(UnicodeError):
            raw = b"".join(_to_byte(codec, letter) for letter in text)
            before = codecs.utf_8_decode(raw, "strict", False)[0]  # noqa: FBT003
            if len(before) < len(text):
                return before
    return ""


def _of_byte(codec: str, byte: int) -> str:
    raw = bytes((byte,))
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _to_byte(codec: str, letter: str) -> bytes:
    try:
        return letter.encode(codec)
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def _score(text: str) -> float:
    """How much a text looks like words: the mean of points for each sign beyond ASCII, and of words for each script."""
    points = [_sign(text, at) for at, letter in enumerate(text) if not letter.isascii()]
    points += [_word(word) for word in _WORD.findall(text) if not word.isascii()]
    return sum(points) / len(points)


def _sign(text: str, at: int) -> float:
    """Points for the sign at a place, by the signs beside it."""
    letter, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if letter.isalpha() and letter not in "ªº":
        word = _WORD_BEFORE.search(text, max(0, at - _LONGEST), at)
        is_inner_capital = letter.isupper() and word is not None and any(map(str.islower, word[0]))
        return _WRONG if is_inner_capital else 0.0 if letter in _RARE else _RIGHT
    if letter == "’" and before.isalpha():
        return _RIGHT
    if letter in _OPENING and not before.isalnum() and after.isalnum():
        closing = {"¿": "?", "¡": "!"}.get(letter)
        is_closed = closing in text if closing else bool(_CLOSING.intersection(text))
        return _RIGHT if is_closed else 0.0
    if letter in _CLOSING and not before.isspace() and not after.isalnum():
        return _RIGHT
    is_apart = not before.isalpha() and not after.isalpha()
    return _RIGHT / 2 if letter == "\xa0" or (letter in _APART and is_apart) else _WRONG


def _word(word: str) -> float:
    """Points for a word with letters beyond ASCII: of one script, with a vowel; a Latin one has plain letters too."""
    scripts = {unicodedata.name(letter, "?").partition(" ")[0] for letter in word}
    if len(scripts) > 1:
        return _WRONG
    if len(word) <= 2:
        return 0.0
    if scripts == {"LATIN"}:
        return _WRONG if sum(not letter.isascii() for letter in word) / len(word) > 0.5 else 0.0
    return _RIGHT if _VOWELS.intersection(word.lower()) else _WRONG
