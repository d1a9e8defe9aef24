"""Page ranges of the index: finds the end of the section, box or chapter to which a discussion goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from lxml import etree

from pressroom.errors import Finding, error
from pressroom.publication import FRONT_ROLES, Block, Box, Chapter, Generated, Heading, IndexMark, Part, Piece, Prose
from pressroom.publication.reading_order import stops
from pressroom.xhtml import read_fragment, write_fragment

_CLOSING = frozenset(
    "p li ul ol dl dd dt div td th tr tbody thead table blockquote footer pre code span em strong".split()
)
"""Elements inside which the last words of a block may stand."""


def settle_ranges(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Finding]]:
    """The pieces with an anchor at the end of every range, and the findings on ranges that cannot be printed."""
    chapters = list(_chapters(pieces))
    wanted = {id for chapter in chapters for mark in chapter.marks for id in mark.through}
    if not wanted:
        return list(pieces), []
    ends = _Ends(wanted)
    written = {chapter.id: ends.chapter(chapter) for chapter in chapters}
    check = _Check(list(written.values()), _front(pieces), ends.found)
    settled = {
        id: replace(chapter, marks=tuple(check.mark(chapter, m) for m in chapter.marks))
        for id, chapter in written.items()
    }
    return [_with(piece, settled) for piece in pieces], check.findings


def _chapters(pieces: Sequence[Piece]) -> Iterator[Chapter]:
    for piece in pieces:
        yield from (p for p in (piece.pieces if isinstance(piece, Part) else (piece,)) if isinstance(p, Chapter))


def _front(pieces: Sequence[Piece]) -> frozenset[str]:
    """The ids of the pieces whose pages have roman numerals."""
    front = takewhile(lambda p: isinstance(p, Generated) or (isinstance(p, Chapter) and p.role in FRONT_ROLES), pieces)
    return frozenset(piece.id for piece in front)


def _with(piece: Piece, settled: dict[str, Chapter]) -> Piece:
    if isinstance(piece, Part):
        return replace(piece, pieces=tuple(settled.get(inner.id, inner) for inner in piece.pieces))
    return settled.get(piece.id, piece)


@dataclass
class _Ends:
    """Puts anchors at the ends of sections, boxes and chapters."""

    wanted: set[str]
    found: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The anchors at the end of each id. There are several, last one first, if some editions lack the last blocks."""
    count: int = 0

    def chapter(self, chapter: Chapter) -> Chapter:
        blocks = self._blocks(chapter.blocks)
        if chapter.id in self.wanted:
            self.found[chapter.id] = self._end(blocks, len(blocks))
        return replace(chapter, blocks=tuple(blocks))

    def _blocks(self, given: Sequence[Block]) -> list[Block]:
        blocks = [replace(b, blocks=tuple(self._blocks(b.blocks))) if isinstance(b, Box) else b for b in given]
        for n, block in enumerate(blocks):
            if isinstance(block, Heading | Box) and block.id in self.wanted:
                self.found[block.id] = self._end(blocks, _after(blocks, n))
        return blocks

    def _end(self, blocks: list[Block], stop: int) -> tuple[str, ...]:
        """Put an anchor into the last block before `stop`, and into each block that is the last one in some edition."""
        ids: list[str] = []
        for n in reversed(range(stop)):
            blocks[n], found = self._ended(block := blocks[n])
            ids += found
            if not (isinstance(block, Box) and block.editions):
                break
        return tuple(ids)

    def _ended(self, block: Block) -> tuple[Block, tuple[str, ...]]:
        if isinstance(block, Box):
            inner = list(block.blocks)
            found = self._end(inner, len(inner))
            return replace(block, blocks=tuple(inner)), found
        if not isinstance(block, Prose):
            return block, (block.id,)
        self.count += 1
        id = f"ix_end_{self.count}"
        return replace(block, xhtml=_with_anchor(block.xhtml, id)), (id,)


def _with_anchor(xhtml: str, id: str) -> str:
    """A piece of prose with an empty element right behind its last words."""
    holder = read_fragment(xhtml, recover=True)  # faults are found where it is written
    last = holder
    while len(last) and last[-1].tag in _CLOSING and not (last[-1].tail or "").strip():
        last = last[-1]
    before = last[-1] if len(last) else None
    text = (last.text if before is None else before.tail) or ""
    anchor = etree.SubElement(last, "span", id=id)
    anchor.text, anchor.tail = "", text[len(text.rstrip()) :]
    if before is None:
        last.text = text.rstrip()
    else:
        before.tail = text.rstrip()
    return write_fragment(holder)


def _after(blocks: Sequence[Block], n: int) -> int:
    """The index of the first block after a section or a box."""
    block = blocks[n]
    if not isinstance(block, Heading):
        return n + 1
    others = ((k, other) for k, other in enumerate(blocks) if k > n and isinstance(other, Heading))
    return next((k for k, other in others if other.level <= block.level), len(blocks))


class _Check:
    """Checks that ranges end after they begin, and within pages of the same numerals."""

    def __init__(self, chapters: Sequence[Chapter], front: frozenset[str], ends: dict[str, tuple[str, ...]]) -> None:
        self.front, self.ends = front, ends
        order = [(chapter.id, stop.id) for chapter in chapters for stop in stops(chapter)]
        self.position = {id: n for n, (_, id) in enumerate(order)}
        self.chapter = {id: chapter for chapter, id in order}
        self.findings: list[Finding] = []

    def mark(self, chapter: Chapter, mark: IndexMark) -> IndexMark:
        """A mark with the ends of its range."""
        if not mark.through:
            return mark
        ends = self.ends.get(mark.through[0], mark.through)
        end = self.position.get(ends[0], 0) if ends else 0
        if end < self.position.get(mark.anchor, 0):
            why = f"The page range of “{mark.term}” ends before it begins: “through” names a place before the mark."
            remedy = "Name a place after the mark, or move the mark."
            self.findings.append(error("index-range", mark.place, why, remedy))
        elif chapter.id in self.front and self.chapter[ends[0]] not in self.front:
            why = "A page range cannot leave the front matter: only pages of front matter have roman numerals."
            self.findings.append(error("index-range", mark.place, why, "Let it end there, and mark the text again."))
        return replace(mark, through=ends)
