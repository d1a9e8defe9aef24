"""The few words that the builder itself prints, in the languages it knows, and the direction of writing.

A publication in another language gets them in English, and a finding says so.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Literal

from pressroom.language.bcp47 import primary_subtag, script_subtag, written_language
from pressroom.language.vocabulary import VOCABULARY
from pressroom.language.word_list import ENGLISH, Words

__all__ = ["ENGLISH", "Words", "direction", "emphasises_by_weight", "is_known", "is_rtl", "roman", "tag_by_letters"]
__all__ += ["words_for"]
_WORDS = {"en": ENGLISH, **VOCABULARY}


def words_for(language: str) -> Words:
    """The words of a language, by its tag; of Chinese, those of its script. An unknown one has the English ones."""
    return _WORDS.get(written_language(language), ENGLISH)


def is_known(language: str) -> bool:
    """Whether the builder has words of its own in this language."""
    return written_language(language) in _WORDS


TABLE_WORDS = tuple(sorted({words.table for words in _WORDS.values()}))
"""The word for a table in every language, with which people begin the caption of one."""


_RTL_LANGUAGES = frozenset(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"])
_RTL_SCRIPTS = frozenset(["Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"])


def is_rtl(language: str) -> bool:
    """Whether a language is written from right to left: by the script in its tag, else by its usual script."""
    script = script_subtag(language)
    return script in _RTL_SCRIPTS if script else primary_subtag(language) in _RTL_LANGUAGES


_SCRIPTS_BY_NAME = {
    "ADLAM": "Adlm", "ARABIC": "Arab", "HEBREW": "Hebr", "NKO": "Nkoo", "SYRIAC": "Syrc", "THAANA": "Thaa",
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek",
}  # fmt: skip
"""The tags of scripts (ISO 15924) by the first words of the names of their letters in Unicode."""


def tag_by_letters(text: str, around: Literal["ltr", "rtl"]) -> str:
    """The tag of a text in a script that runs against the direction around it: “und-Arab” for Arabic in English.

    Empty for a text that begins as it runs around it, or has most of its letters so. Letters tell no language, but
    their script, which is enough for the direction and for the choice of fonts (BCP 47, 4.1).
    """
    strong = [letter for letter in text if unicodedata.bidirectional(letter) in ("L", "R", "AL")]
    against = [letter for letter in strong if (unicodedata.bidirectional(letter) == "L") == (around == "rtl")]
    if len(against) <= len(strong) / 2 or strong[0] != against[0]:
        return ""
    scripts = Counter(_SCRIPTS_BY_NAME.get(unicodedata.name(letter, "").partition(" ")[0], "") for letter in against)
    script = scripts.most_common(1)[0][0]
    return f"und-{script}" if script else ""


_UPRIGHT = frozenset("ar ckb dv fa ps sd syr ug ur he yi hi mr ne sa bn hy hyw ka am ta th ja ko zh".split())
"""Languages whose scripts have no italics; layouts emphasise by weight in them."""


def emphasises_by_weight(language: str) -> bool:
    """Whether a language’s script has no italics, so that emphasis is a heavier weight."""
    return primary_subtag(language) in _UPRIGHT


def direction(language: str) -> Literal["ltr", "rtl"]:
    """The direction in which a language is written, as HTML names it in `dir`."""
    return "rtl" if is_rtl(language) else "ltr"


def roman(number: int | str) -> str:
    """A number in small roman numerals."""
    rest, text = int(number), ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        text += letters * (rest // value)
        rest %= value
    return text
