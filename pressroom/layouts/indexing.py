"""The index: marks of all chapters as entries, in the order of their language, with what stands under each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pressroom.publication import IndexMark, Publication


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


def index_of(publication: Publication) -> tuple[IndexGroup, ...]:
    """The index of a publication."""
    marks = [mark for chapter in publication.chapters() for mark in chapter.marks]
    entries = sorted(_entries(marks), key=lambda entry: sort_key(entry.term))
    return tuple(IndexGroup(letter, tuple(group)) for letter, group in groupby(entries, key=lambda e: _letter(e.term)))


def sort_key(term: str) -> tuple[str, str]:
    """How a term is filed: by its letters and figures, capitals and accents aside."""
    plain = unicodedata.normalize("NFKD", term.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split()), term


def _letter(term: str) -> str:
    first = sort_key(term)[0][:1].upper()
    return "" if not first or first.isdigit() else first


def _entries(marks: list[IndexMark]) -> Iterator[IndexEntry]:
    for term in dict.fromkeys(mark.term for mark in marks):
        own = [mark for mark in marks if mark.term == term]
        subs = dict.fromkeys(mark.sub for mark in own if mark.sub)
        yield IndexEntry(
            term,
            anchors=_anchors(own, ""),
            see=tuple(dict.fromkeys(mark.see for mark in own if mark.see)),
            see_also=tuple(dict.fromkeys(mark.see_also for mark in own if mark.see_also)),
            subs=tuple(IndexEntry(sub, _anchors(own, sub)) for sub in sorted(subs, key=sort_key)),
        )


def _anchors(marks: list[IndexMark], sub: str) -> tuple[str, ...]:
    return tuple(mark.anchor for mark in marks if mark.anchor and mark.sub == sub)
