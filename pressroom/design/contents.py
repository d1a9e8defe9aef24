"""The table of contents as a tree of parts, chapters and sections, the same for print and ebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pressroom.design.composition import ContentsEntry
from pressroom.language.words import Words
from pressroom.publication import FRONT_ROLES, Chapter, Generated, Heading, Part, Publication


def is_front(chapter: Chapter) -> bool:
    """Whether a chapter belongs to the front matter, which has roman folios."""
    return chapter.role in FRONT_ROLES


def contents_of(publication: Publication, words: Words) -> tuple[ContentsEntry, ...]:
    """The contents of a publication, in reading order."""
    return tuple(_entry(piece, words) for piece in publication.pieces if not _is_contents(piece))


def to_depth(entries: Iterable[ContentsEntry], depth: int | None) -> tuple[ContentsEntry, ...]:
    """Contents with so many levels below the parts: 1 for chapters alone, 2 with their sections; None for all."""
    return tuple(_to_depth(entry, depth + entry.is_part) for entry in entries) if depth else tuple(entries)


def _to_depth(entry: ContentsEntry, depth: int) -> ContentsEntry:
    under = tuple(_to_depth(child, depth - 1) for child in entry.children) if depth > 1 else ()
    return replace(entry, children=under)


def _is_contents(piece: Part | Chapter | Generated) -> bool:
    return isinstance(piece, Generated) and piece.kind == "contents"


def _entry(piece: Part | Chapter | Generated, words: Words) -> ContentsEntry:
    if isinstance(piece, Part):
        inner = tuple(_entry(p, words) for p in piece.pieces)
        return ContentsEntry(piece.title, piece.id, piece.number, inner, is_part=True)
    if isinstance(piece, Chapter):
        headings, lang = [block for block in piece.blocks if isinstance(block, Heading)], piece.language
        return ContentsEntry(piece.title, piece.id, piece.number, tuple(_sections(headings, lang)), lang)
    return ContentsEntry(getattr(words, piece.kind), piece.id)


def _sections(headings: list[Heading], language: str) -> Iterator[ContentsEntry]:
    """Headings nested by their levels; a heading that skips a level goes under the nearest one above it."""
    while headings:
        first, rest = headings[0], headings[1:]
        inner = 0
        while inner < len(rest) and rest[inner].level > first.level:
            inner += 1
        yield ContentsEntry(first.text, first.id, children=tuple(_sections(rest[:inner], language)), language=language)
        headings = rest[inner:]
