"""Source blocks: which line of the manuscript each paragraph and picture of a unit comes from, letter by letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pressroom.design.letters import Letters, kept, read
from pressroom.errors import Place
from pressroom.publication import Block, Box, Chapter, Figure, Gallery, Heading, pictures_in
from pressroom.xhtml import read_fragment

_COMPARED = 40
"""How many letters of a block are looked for: enough to tell two paragraphs apart."""


@dataclass(frozen=True)
class SourceBlock:
    """Where a paragraph, a heading or a picture begins."""

    first: int
    """Its first letter, as the letters of its unit or its page are counted."""
    place: Place
    figure: str = ""
    """The id of its figure, if it is one."""


def blocks_of(chapter: Chapter, letters: Letters) -> tuple[SourceBlock, ...]:
    """The blocks of a chapter that are found among the letters of its unit, in reading order."""
    pictures = {id: letter for letter, id in letters.figures.items()}
    found, reached = [SourceBlock(0, chapter.place)], 0
    for text, place, figure in _beginnings(chapter.blocks):
        first = pictures.get(figure, -1) if figure else letters.text.find(text, reached) if text else -1
        if first >= 0:
            found.append(SourceBlock(first, place, figure))
            reached = first if figure else first + len(text)
    return tuple(sorted(found, key=lambda block: block.first))


def _beginnings(blocks: tuple[Block, ...]) -> Iterator[tuple[str, Place, str]]:
    """The first letters of each block, its place, and the id of its figure."""
    for block in blocks:
        if isinstance(block, Box):
            yield kept(block.title)[:_COMPARED], block.place, ""
            yield from _beginnings(block.blocks)
        elif isinstance(block, Figure | Gallery):
            yield from (("", figure.place, figure.id) for figure in pictures_in(block))
        elif isinstance(block, Heading):
            yield kept(block.text)[:_COMPARED], block.place, ""
        else:
            yield read(read_fragment(block.xhtml, recover=True)).text[:_COMPARED], block.place, ""


def on_page(blocks: tuple[SourceBlock, ...], ranges: tuple[range, ...]) -> tuple[SourceBlock, ...]:
    """The blocks of which a page has letters, with their first letter counted on the page."""
    found, before = list[SourceBlock](), 0
    for letters in ranges:
        begun = [block for block in blocks if block.first <= letters.start][-1:]
        inside = [block for block in blocks if letters.start < block.first < letters.stop]
        for block in (*begun, *inside):
            first = before + max(0, block.first - letters.start)
            found.append(SourceBlock(first, block.place, block.figure))
        before += len(letters)
    return tuple(found)
