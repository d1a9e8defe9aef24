"""The index: marks of all chapters as entries, in the order of their language, with what stands under each."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pressroom.publication import IndexMark, Publication

_LIGATURES = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ё": "е"})
"""Letters that Unicode takes for one, and readers look up under another."""
_ARTICLES: Mapping[str, frozenset[str]] = defaultdict(
    frozenset,
    {
        "en": frozenset("a an the".split()),
        "de": frozenset("der die das ein eine".split()),
        "fr": frozenset("le la les un une".split()),
        "es": frozenset("el la los las un una".split()),
        "it": frozenset("il lo la i gli le un uno una".split()),
    },
)
"""“The Hague” is filed under H."""
_ELISION: Mapping[str, re.Pattern[str]] = defaultdict(
    lambda: re.compile("’"), {language: re.compile(r"^\W*(l|un)’|’") for language in ("fr", "it")}
)
"""“L’Aquila” is filed under A; any other apostrophe is passed over."""


@dataclass(frozen=True)
class IndexEntry:
    """A term, the places that it leads to, and where else to look."""

    term: str
    anchors: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    subs: tuple[IndexEntry, ...] = ()

    @property
    def id(self) -> str:
        """By which cross-entries find it."""
        return "index--" + "-".join(f"{ord(c):x}" for c in self.term)


@dataclass(frozen=True)
class IndexGroup:
    """The entries under one letter."""

    letter: str
    entries: tuple[IndexEntry, ...]


def index_of(publication: Publication, ids: Collection[str] | None = None) -> tuple[IndexGroup, ...]:
    """The index of a publication; of an edition, where `ids` are those of its pages: others lead nowhere there."""
    marks = [mark for chapter in publication.chapters() for mark in chapter.marks]
    if ids is not None:
        marks = [mark for mark in marks if mark.anchor in ids or mark.see]
        placed = {mark.term for mark in marks if mark.anchor}
        marks = [replace(m, see_also=m.see_also * (m.see_also in placed)) for m in marks if m.anchor or m.see in placed]
    language = publication.settings.language
    entries = sorted(_entries(marks, language), key=lambda entry: sort_key(entry.term, language))
    groups = groupby(entries, key=lambda entry: _letter(entry.term, language))
    return tuple(IndexGroup(letter, tuple(group)) for letter, group in groups)


def sort_key(term: str, language: str = "en") -> tuple[tuple[tuple[int, str], ...], str]:
    """How a term is filed: word by word, figures by their value and first; capitals, accents, signs and a leading
    article aside.
    """
    words = _ELISION[_primary(language)].sub("", _plain(term)).split()
    if len(words) > 1 and words[0] in _ARTICLES[_primary(language)]:
        words = words[1:]
    return tuple((int(word), "") if word.isdecimal() else (sys.maxsize, word) for word in words), term


def _plain(term: str) -> str:
    """The letters and figures of a term. An accent is taken from a Latin or Greek letter; й and և are letters."""
    letters = (_decomposed(c) for c in term.casefold().translate(_LIGATURES))
    return "".join(c if c.isalnum() or c in "’'" else " " for letter in letters for c in letter).replace("'", "’")


def _decomposed(letter: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    return plain if plain < "\u0400" else letter


def _letter(term: str, language: str) -> str:
    words, _ = sort_key(term, language)
    return words[0][1][:1].upper() if words else ""


def _primary(language: str) -> str:
    return language.split("-", maxsplit=1)[0].lower()


def _entries(marks: Sequence[IndexMark], language: str) -> Iterator[IndexEntry]:
    for term in dict.fromkeys(mark.term for mark in marks):
        under = [mark for mark in marks if mark.term == term]
        subs = sorted({mark.sub for mark in under if mark.sub}, key=lambda sub: sort_key(sub, language))
        inner = tuple(_entry(sub, [mark for mark in under if mark.sub == sub]) for sub in subs)
        yield replace(_entry(term, [mark for mark in under if not mark.sub]), subs=inner)


def _entry(term: str, marks: Sequence[IndexMark]) -> IndexEntry:
    return IndexEntry(
        term,
        anchors=tuple(mark.anchor for mark in marks if mark.anchor),
        see=tuple(dict.fromkeys(mark.see for mark in marks if mark.see)),
        see_also=tuple(dict.fromkeys(mark.see_also for mark in marks if mark.see_also)),
    )
