"""Reading order: the ids of a chapter in the order of reading, each with the heading over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pressroom.publication.content import Block, Box, Chapter, Figure, Gallery, Heading
from pressroom.xhtml import ids_of, read_fragment


@dataclass(frozen=True)
class Stop:
    """An id in the reading order of a chapter."""

    id: str
    heading: str = ""
    """The nearest heading above it; empty under the chapter's title."""


def stops(chapter: Chapter) -> tuple[Stop, ...]:
    """Every id of a chapter. The id of a block comes after those inside it, ids in a note where it is first called."""
    return tuple(_Walk({note.call_id: note.xhtml for note in chapter.notes}).chapter(chapter))


@dataclass
class _Walk:
    notes: dict[str, str]
    """The XHTML of the notes, by the ids of their first calls."""
    heading: str = ""

    def chapter(self, chapter: Chapter) -> Iterator[Stop]:
        yield from self._xhtml(chapter.title_xhtml)
        yield from self._blocks(chapter.blocks)
        yield Stop(chapter.id)

    def _blocks(self, blocks: tuple[Block, ...]) -> Iterator[Stop]:
        for block in blocks:
            if isinstance(block, Box):
                above = self.heading
                yield from self._blocks(block.blocks)
                self.heading = above
            elif isinstance(block, Heading):
                self.heading = block.text
                yield from self._xhtml(block.xhtml)
            elif isinstance(block, Figure | Gallery):
                yield from self._blocks(block.figures if isinstance(block, Gallery) else ())
                yield from self._xhtml(block.caption.xhtml if block.caption else "")
            else:
                yield from self._xhtml(block.xhtml)
                continue
            yield from [Stop(block.id, self.heading)] if block.id else []

    def _xhtml(self, xhtml: str) -> Iterator[Stop]:
        waiting = [iter(ids_of(read_fragment(xhtml, recover=True)))]  # faults are found where it is written
        while waiting:  # a note may call a note, and that one a third: the chain is as long as its author likes
            if (id := next(waiting[-1], None)) is None:
                waiting.pop()
                continue
            yield Stop(id, self.heading)
            waiting.append(iter(ids_of(read_fragment(self.notes.pop(id, ""), recover=True))))
