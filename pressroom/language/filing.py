"""Filing: where a term stands in an index, by the alphabet and the articles of its language."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Mapping

from pressroom.language.bcp47 import primary_subtag

_LIGATURES = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ё": "е"})
"""Letters that Unicode takes for one, and readers look up under another."""
_ARTICLES: Mapping[str, frozenset[str]] = {
    "en": frozenset("a an the".split()),
    "de": frozenset("der die das ein eine".split()),
    "fr": frozenset("le la les un une".split()),
    "es": frozenset("el la los las un una".split()),
    "it": frozenset("il lo la i gli le un uno una".split()),
}
"""“The Hague” is filed under H."""
_APOSTROPHE = re.compile("’")
"""An apostrophe is passed over in filing."""
_ELISION = re.compile(r"^\W*(l|un)’|’")
"""In French and Italian an elided article goes too: “L’Aquila” is filed under A."""


def sort_key(term: str, language: str = "en") -> tuple[tuple[tuple[int, str], ...], str]:
    """What a term is sorted by: its words one after the other, numbers by their value and before words.

    Capitals, accents, punctuation and a leading article do not count.
    """
    tongue = primary_subtag(language)
    passed_over = _ELISION if tongue in ("fr", "it") else _APOSTROPHE
    words = passed_over.sub("", _plain(term)).split()
    if len(words) > 1 and words[0] in _ARTICLES.get(tongue, frozenset()):
        words = words[1:]
    return tuple((int(word), "") if word.isdecimal() else (sys.maxsize, word) for word in words), term


def first_letter(term: str, language: str) -> str:
    """The letter of the alphabet under which a term is filed; empty for a number, and for a term without letters."""
    words, _ = sort_key(term, language)
    return words[0][1][:1].upper() if words else ""


def _plain(term: str) -> str:
    """The letters and figures of a term. An accent is taken from a Latin or Greek letter; й and և are letters."""
    letters = (_decomposed(c) for c in term.casefold().translate(_LIGATURES))
    return "".join(c if c.isalnum() or c in "’'" else " " for letter in letters for c in letter).replace("'", "’")


def _decomposed(letter: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    return plain if plain < "\u0400" else letter
