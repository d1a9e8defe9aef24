"""The index: the entries of all chapters in the sort order of their language, each with its locators."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from pressroom.language.filing import first_letter, sort_key
from pressroom.publication import IndexMark, Publication
from pressroom.publication.reading_order import stops

MANY = 5
"""The most headings that an index entry of an ebook shows; an entry with more shows numbers."""


@dataclass(frozen=True)
class IndexPlace:
    """A locator: the target of an entry and the text that is printed for it."""

    anchor: str
    through: str = ""
    """The id at which a longer discussion ends."""
    text: str = ""
    """The text of the locator in an ebook, which has no pages: the nearest heading, or a number."""
    name: str = ""
    """The accessible name if the text is ambiguous: number and heading, or heading and chapter."""
    is_number: bool = True
    """Whether the text is a number, which follows a heading or other numbers."""


@dataclass(frozen=True)
class IndexEntry:
    """A term, its locators and its cross-references."""

    term: str
    places: tuple[IndexPlace, ...] = ()
    see: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    subs: tuple[IndexEntry, ...] = ()

    @property
    def id(self) -> str:
        """The id that cross-references link to."""
        return "index--" + "-".join(f"{ord(c):x}" for c in self.term)


@dataclass(frozen=True)
class IndexGroup:
    """The entries under one letter."""

    letter: str
    entries: tuple[IndexEntry, ...]


def index_of(publication: Publication, ids: Collection[str] | None = None) -> tuple[IndexGroup, ...]:
    """The index of a publication, or of an edition if `ids` are the ids of its pages; other places are left out."""
    marks = [mark for chapter in publication.chapters() for mark in chapter.marks]
    if ids is not None:
        marks = [mark for mark in marks if mark.anchor in ids or mark.see]
        placed = {mark.term for mark in marks if mark.anchor}
        marks = [replace(m, see_also=m.see_also * (m.see_also in placed)) for m in marks if m.anchor or m.see in placed]
        held = ((mark, tuple(id for id in mark.through if id in ids)) for mark in marks)
        marks = [replace(mark, through=through) for mark, through in held]
    language = publication.settings.language
    signs = _signposts(publication)
    entries = sorted(_entries(marks, language, signs), key=lambda entry: sort_key(entry.term, language))
    groups = groupby(entries, key=lambda entry: first_letter(entry.term, language))
    return tuple(IndexGroup(letter, tuple(group)) for letter, group in groups)


def _entries(marks: Sequence[IndexMark], language: str, signs: Mapping[str, _Signpost]) -> Iterator[IndexEntry]:
    by_term = defaultdict[str, list[IndexMark]](list)
    for mark in marks:
        by_term[mark.term].append(mark)
    for term, under in by_term.items():
        subs = sorted({mark.sub for mark in under if mark.sub}, key=lambda sub: sort_key(sub, language))
        inner = tuple(_entry(sub, [mark for mark in under if mark.sub == sub], signs) for sub in subs)
        yield replace(_entry(term, [mark for mark in under if not mark.sub], signs), subs=inner)


def _entry(term: str, marks: Sequence[IndexMark], signs: Mapping[str, _Signpost]) -> IndexEntry:
    return IndexEntry(
        term,
        places=tuple(_places([mark for mark in marks if mark.anchor], signs)),
        see=tuple(dict.fromkeys(mark.see for mark in marks if mark.see)),
        see_also=tuple(dict.fromkeys(mark.see_also for mark in marks if mark.see_also)),
    )


# ---- locators of an ebook


class _Signpost(NamedTuple):
    """The place of an id."""

    position: int
    chapter: str
    heading: str = ""
    """The nearest heading; empty directly under the chapter's title."""

    @property
    def whole(self) -> str:
        return ": ".join(filter(None, (self.chapter, self.heading)))


def _signposts(publication: Publication) -> dict[str, _Signpost]:
    """Every id of the publication, with its chapter and its nearest heading."""
    order = [(chapter, stop) for chapter in publication.chapters() for stop in stops(chapter)]
    return {stop.id: _Signpost(n, chapter.title, stop.heading) for n, (chapter, stop) in enumerate(order)}


def _places(marks: Sequence[IndexMark], signs: Mapping[str, _Signpost]) -> Iterator[IndexPlace]:
    """The locators of an entry in reading order; the first under each heading has the heading, others a number."""
    nowhere = _Signpost(len(signs), "")
    found = sorted(((signs.get(m.anchor, nowhere), m) for m in marks), key=lambda pair: pair[0].position)
    wholes = list(dict.fromkeys(sign.whole for sign, _ in found))
    shorts = Counter(sign.heading or sign.chapter for sign in {s.whole: s for s, _ in found}.values())
    times: Counter[str] = Counter()
    for n, (sign, mark) in enumerate(found, 1):
        times[sign.whole] += 1
        short = sign.heading or sign.chapter
        is_number = len(wholes) > MANY or times[sign.whole] > 1 or not short
        number = n if len(wholes) > MANY else times[sign.whole]
        text = str(number) if is_number else short if shorts[short] == 1 else sign.whole
        name = f"{number}, {sign.whole}" if is_number else sign.whole
        yield IndexPlace(mark.anchor, next(iter(mark.through), ""), text, name if name != text else "", is_number)
