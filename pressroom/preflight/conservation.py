"""Conservation: the words of the sources are looked for in an edition before it is made. None may be lost.

What the sources say is read a second time and without Markdown (`manuscript.plain_lines`); what the edition says is
read off the XHTML that is laid out. Both are bags of words, so that the time is linear in their number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain, pairwise

from lxml import etree

from pressroom.design import Composition, Unit
from pressroom.design.letters import INLINE
from pressroom.errors import Finding, Place, Source, error
from pressroom.manuscript import SourceLine, plain_lines, words_of
from pressroom.publication import Publication, pictures_in
from pressroom.xhtml import XHTML

_CALLS = frozenset(("noteref", "backlink"))
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_SHOWN = 12
"""Lost words that a message shows."""


def words_lost(composition: Composition) -> Iterator[Finding]:
    """Does the edition hold every word of the sources? One that is lost is missed by nobody but its author."""
    chapters = {chapter.file for chapter in composition.publication.chapters()}
    shared = Counter[str]()
    own: dict[str, _Words] = {}
    told = set[tuple[str, str]]()
    for unit in composition.units:
        words = _Words(unit)
        if unit.source in chapters:
            own[unit.source] = own[unit.source].with_more(words) if unit.source in own else words
        else:
            shared |= words.at_most
    for source in composition.publication.sources:
        if source.file in own:
            lines = [line for line in plain_lines(source) if line.editions is None or composition.name in line.editions]
            if lost := _lost_of(source, lines, own[source.file], shared):
                told |= {(source.file, word) for _, word in lost}
                yield _finding(source, lost)
    yield from _lost_of_openings(composition.publication, own, shared)
    yield from _lost_of_pictures(composition, own, shared, told)


class _Words:
    """The words of the laid-out pages of a source."""

    def __init__(self, unit: Unit) -> None:
        joined, self._parted = _texts(unit.document.root)
        self.joined = words_of(joined)
        self.times = Counter(self.joined)

    @cached_property
    def at_most(self) -> Counter[str]:
        """How often each word is found, with elements joined to the words around them or not. Few books need it."""
        return Counter(self.joined) | Counter(words_of(self._parted))

    def holds(self, word: str) -> bool:
        """Whether a word is among them."""
        return word in self.times or word in self.at_most

    def with_more(self, other: _Words) -> _Words:
        """The words of two units of one source."""
        self.at_most = self.at_most + other.at_most
        self.joined += other.joined
        self.times += other.times
        return self


def _texts(root: etree._Element) -> tuple[str, str]:
    """The text of a page with inline elements joined to the words around them, and with every element parted."""
    joined: list[str] = []
    parted: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            parts = [element.tail] if event == "end" else []
        else:
            is_inline = element.tag.removeprefix(XHTML) in INLINE or element.tag.startswith(_MATHML)
            is_inline = is_inline and element.get("class") not in _CALLS
            joined.append("" if is_inline else " ")
            parts = [element.text if event == "start" else element.tail]
            if event == "start" and (element.get("class") or "").startswith("formula"):
                parted.append(f" {element.get('alt', '')}")  # a drawn formula says its signs there
        parted.append(" ")
        joined += filter(None, parts)
        parted += filter(None, parts)
    return "".join(joined), "".join(parted)


def _lost_of(source: Source, lines: Sequence[SourceLine], own: _Words, shared: Counter[str]) -> list[tuple[int, str]]:
    """The words of a source that its pages do not hold, with their lines.

    Of several places of a word, the one whose neighbours are lost too is meant.
    """
    printed = Counter(chain.from_iterable(line.words for line in lines))
    missing = printed - own.times - shared
    if missing:
        missing = printed - own.at_most - shared
    lost: list[tuple[int, str]] = []
    pairs = set(pairwise(own.joined)) if missing else set()
    for known in range(3 if missing else 0):
        broken = {line for line, _ in lost}
        for line in sorted(lines, key=lambda line: line.line not in broken):
            for n, word in enumerate(line.words):
                if missing[word] > 0 and _known_neighbours(line.words, n, pairs) <= known:
                    missing[word] -= 1
                    lost.append((line.line, word))
    return sorted(lost, key=lambda each: each[0])


def _known_neighbours(words: Sequence[str], n: int, pairs: set[tuple[str, str]]) -> int:
    """How many of its neighbours a word stands beside on the pages too."""
    before, after = tuple(words[max(0, n - 1) : n + 1]), tuple(words[n : n + 2])
    return (before in pairs) + (after in pairs)


def _finding(source: Source, lost: Sequence[tuple[int, str]]) -> Finding:
    numbers = list(dict.fromkeys(line for line, _ in lost))
    shown = " ".join(word for _, word in lost[:_SHOWN]) + (" …" if len(lost) > _SHOWN else "")
    words = f"{len(lost)} words of this chapter are" if len(lost) > 1 else "A word of this chapter is"
    them = "them" if len(lost) > 1 else "it"
    where = f" They stand on lines {', '.join(map(str, numbers[:20]))}." if len(numbers) > 1 else ""
    why = f"{words} lost: “{shown}”. The edition would be made without {them}.{where}"
    remedy = "Write the line in another way. If it is sound Markdown, this is a fault of Pressroom: please report it."
    places = [source.place(line) for line in numbers]
    return replace(error("words-lost", places[0], why, remedy), also=tuple(places[1:]))


def _lost_of_openings(publication: Publication, own: dict[str, _Words], shared: Counter[str]) -> Iterator[Finding]:
    """Findings on titles and other values of front matter that the pages do not hold."""
    for chapter in publication.chapters():
        texts = {"title": chapter.title, "subtitle": chapter.subtitle, "author": " ".join(chapter.authors)}
        texts |= {"date": chapter.date, "place": chapter.where}
        words = own.get(chapter.file)
        for what, text in texts.items() if words else ():
            lost = [word for word in words_of(text) if not (shared[word] or words.holds(word))] if words else []
            if lost:
                why = f"The {what} of this chapter is not in the edition: “{' '.join(lost[:_SHOWN])}” is lost."
                remedy = "If the layout is your own, print it there; else this is a fault of Pressroom."
                yield error("words-lost", chapter.place, why, remedy)


def _lost_of_pictures(
    composition: Composition, own: dict[str, _Words], shared: Counter[str], told: set[tuple[str, str]]
) -> Iterator[Finding]:
    """Findings on captions and credits of pictures that the pages do not hold, wherever their words come from."""
    for place, file, what, text in _texts_of_pictures(composition.publication):
        words = own.get(file)
        if words is None:
            continue
        lost = [word for word in words_of(text) if not (shared[word] or (file, word) in told or words.holds(word))]
        if lost:
            why = f"The {what} of this picture is not in the edition: “{' '.join(lost[:_SHOWN])}” is lost."
            remedy = "If the layout is your own, print it there; else this is a fault of Pressroom: please report it."
            yield error("words-lost", place, why, remedy)


def _texts_of_pictures(publication: Publication) -> Iterator[tuple[Place, str, str, str]]:
    """Every caption and credit, with its place, its chapter and what it is."""
    for chapter, block in publication.illustrations():
        for owner in (block, *pictures_in(block)):
            if owner.caption:
                yield owner.place, chapter.file, "caption", owner.caption.text
        for figure in pictures_in(block):
            yield figure.place, chapter.file, "credit", figure.credit_line
