"""Transliteration: titles of every script as readable ASCII, for the names of files."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_AS_IT_SOUNDS = {
    **dict.fromkeys("اأآٱىةع", "a"), "إ": "i",  # Arabic
    "א": "a", "ע": "a", "ו": "o", "ח": "ch", "ט": "t", "כ": "k", "ך": "k", "צ": "ts", "ץ": "ts", "ש": "sh",  # Hebrew
}  # fmt: skip
"""Letters that stand for the vowels of Arabic and Hebrew, and those that the library writes too short to be read."""
_OF_ONE_WORD = ("CJK UNIFIED", "CJK COMPATIBILITY")
"""Names of characters that are words, or parts of words with a syllable each."""


_JOINING = frozenset("’‘ʼ՚׳״")
"""Signs inside words that part nothing."""


def ascii_words(text: str) -> list[str]:
    """The words of a text in small ASCII letters and digits.

    Letters with accents lose them; letters of other scripts are written as they sound (`anyascii`). Vowels that a
    script does not write are missing, and Chinese characters have their Mandarin sound in any language.
    """
    composed = unicodedata.normalize("NFC", text)
    # Names of publications in Latin letters are what they always were: their dashes and quotes part no words.
    gap = "" if all(_is_latin(sign) for sign in composed if sign.isalpha()) else " "
    return "".join(_plain(composed, gap)).lower().split()


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


def _plain(text: str, gap: str) -> Iterator[str]:
    from anyascii import anyascii  # noqa: PLC0415 - asked for a few names only

    for sign in text:
        without_accents = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
        if without_accents:
            yield "".join(c if c.isalnum() else " " for c in without_accents)
        elif unicodedata.category(sign)[0] in "LMN":
            sound = "".join(filter(str.isalnum, _AS_IT_SOUNDS.get(sign, anyascii(sign))))
            yield f" {sound} " if unicodedata.name(sign, "").startswith(_OF_ONE_WORD) else sound
        elif sign not in _JOINING:
            yield gap
