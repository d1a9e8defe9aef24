"""Filled readings: what one layout of a chapter tells of its blocks, from which other pages are predicted.

It tells how high each line and picture is, and how much white is between blocks. Lengths are points.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median_low

from pressroom.typeset.boxes import LaidBox, PageBoxes
from pressroom.typeset.floats import BlockOrder
from pressroom.typeset.page_filling import HAIR, FilledPages, Stock, Strip, StripPlace
from pressroom.typeset.page_fits import height_of_pictures
from pressroom.typeset.page_looks import BlockKind, PageBlock, blocks_on, look
from pressroom.typeset.runon import FEWEST

_OVERLAP = 1.0
"""By how much a block must reach over the next one to be taken for one beside it."""


@dataclass(frozen=True)
class _Part:
    """What is on one page of a block."""

    block: PageBlock
    name: str
    key: str
    """Its name with its class, by which it may stand beside the text."""
    strips: tuple[tuple[int, Strip], ...]
    """Each with the number of its paragraph."""
    pictures: float = 0.0
    """The height of the pictures of a figure."""

    @property
    def beside(self) -> Strip:
        """All of it as one strip that stands beside the text."""
        high, notes = self.block.bottom - self.block.top, sum(strip.notes for _, strip in self.strips)
        return Strip(high, notes=notes, is_beside=True)


def read_filled(pages: Sequence[PageBoxes], order: BlockOrder) -> FilledPages:
    """What a layout tells."""
    notes = {id: high for page in pages for id, high in _notes(page).items()}
    blocks = [list(blocks_on(page, page.boxes)) for page in pages]
    overleaf = [*({block.number for block, _ in found} for found in blocks[1:]), set[int]()]
    parts = [
        [_part(page, block, box, notes, goes_on=block.number in after) for block, box in found]
        for page, found, after in zip(pages, blocks, overleaf, strict=True)
    ]
    beside = {a.key for page in parts for a, b in pairwise(page) if b.block.top < a.block.bottom - _OVERLAP}
    beside |= {part.key for page in parts for part in page if part.block.bottom <= part.block.top}
    strips: dict[int, list[tuple[int, Strip]]] = defaultdict(list)
    starts: list[StripPlace] = []
    for page in filter(None, parts):
        first = page[0].block.number
        starts.append((first, len(strips[first])))
        for part in page:
            strips[part.block.number] += [(0, part.beside)] if part.key in beside else part.strips
    looks = tuple(look(boxes) for boxes, page in zip(pages, parts, strict=True) if page)
    names = {part.block.number: part.name for page in parts for part in page}
    known = [number for number in order if strips.get(number)]
    before = dict(zip(known, ["", *(names[number] for number in known)], strict=False))
    found = {number: {before[number]: tuple(with_breaks(strips[number]))} for number in known}
    return FilledPages(_stock(pages, parts, beside, names, found), order, tuple(starts), looks)


def _stock(
    pages: Sequence[PageBoxes],
    parts: Sequence[Sequence[_Part]],
    beside: Container[str],
    names: Mapping[int, str],
    strips: Mapping[int, Mapping[str, tuple[Strip, ...]]],
) -> Stock:
    texts = [page for page, found in zip(pages, parts, strict=True) if found and found[0].block.kind != "full"]
    flowing = [[part for part in page if part.key not in beside] for page in parts]
    pairs = [pair for page in flowing for pair in pairwise(page)]
    top = _usual(page[0].block.top for page in parts if page and page[0].block.kind != "full")
    bottom = max((page.bottom for page in texts), default=0.0)
    usual: dict[tuple[str, str], list[float]] = defaultdict(list)
    for page in flowing:
        if page and page[0].block.kind != "full":
            usual["", page[0].name].append(page[0].block.top - top)
    for a, b in pairs:
        usual[a.name, b.name].append(b.block.top - a.block.bottom)
    kinds: dict[int, BlockKind] = {}
    for part in (part for page in parts for part in page):
        kinds.setdefault(part.block.number, part.block.kind)
    return Stock(
        strips=strips,
        kinds=kinds,
        names=names,
        spaces={(a.block.number, b.block.number): b.block.top - a.block.bottom for a, b in pairs},
        usual_spaces={names: _usual(found) for names, found in usual.items()},
        top=top,
        bottom=bottom,
        above_notes=min(
            (bottom - page.bottom - sum(_notes(page).values()) for page in texts if _notes(page)), default=0.0
        ),
        pictures={part.block.number: part.pictures for page in flowing for part in page if part.pictures},
    )


def _usual(lengths: Iterable[float]) -> float:
    """The length in the middle; 0 if there is none."""
    return median_low([*lengths] or [0.0])


def _notes(page: PageBoxes) -> dict[str, float]:
    """The notes at the foot of a page, and how high they are."""
    notes: dict[str, float] = {}
    for box in (box for area in page.boxes if area.kind == "notes" for box in area.children):
        if (element := page.element(box)) is not None:
            id = element.get("id")
            notes[id] = notes.get(id, 0.0) + box.bottom - box.top
    return notes


def _part(page: PageBoxes, block: PageBlock, box: LaidBox, notes: Mapping[str, float], *, goes_on: bool) -> _Part:
    element = page.element(box)
    assert element is not None
    name = "caption" if element.tag == "figure" and block.kind == "text" else element.tag
    lines = list(_lines(page, box)) if block.kind == "text" else []
    strips = list(_strips(page, lines, box.top, notes))
    if not strips:
        strips = [(0, Strip(box.bottom - box.top, notes=_high(page, box, notes)))]
    elif not goes_on:  # what is below its last line belongs to that
        paragraph, last = strips[-1]
        high = sum(strip.height for _, strip in strips)
        strips[-1] = paragraph, replace(last, height=last.height + box.bottom - box.top - high)
    if block.kind == "full":
        strips = [(number, replace(strip, owns_page=True)) for number, strip in strips]
    pictures = height_of_pictures(page, box) if block.kind == "figure" else 0.0
    return _Part(block, name, f"{name} {element.get('class')}", tuple(strips), pictures)


def _lines(page: PageBoxes, box: LaidBox) -> Iterator[tuple[int, LaidBox]]:
    """The lines in a box, with the numbers of their paragraphs."""
    for child in box.children:
        if child.kind == "line":
            yield child.element or 0, child
        elif not child.part:
            yield from _lines(page, child)


def _strips(
    page: PageBoxes, lines: Sequence[tuple[int, LaidBox]], top: float, notes: Mapping[str, float]
) -> Iterator[tuple[int, Strip]]:
    """Lines one below the other; what stands side by side is one strip."""
    y = top
    for paragraph, line in lines:
        if line.area.bottom > y + HAIR:
            yield paragraph, Strip(line.area.bottom - y, notes=_high(page, line, notes))
            y = line.area.bottom


def _high(page: PageBoxes, box: LaidBox, notes: Mapping[str, float]) -> float:
    """How high the notes are that are called in a box."""
    return sum(notes.get(id, 0.0) for id in sorted(set(_calls(page, box))))


def _calls(page: PageBoxes, box: LaidBox) -> Iterator[str]:
    """The ids of the notes that are called in a box."""
    element = page.element(box)
    if box.part == "footnote-call" and element is not None:
        yield element.get("id")
    for child in box.children:
        yield from _calls(page, child)


def with_breaks(strips: Sequence[tuple[int, Strip]]) -> Iterator[Strip]:
    """The strips of a block with where pages can begin among them. Each comes with the number of its paragraph."""
    count, seen = Counter(paragraph for paragraph, _ in strips), Counter[int]()
    for paragraph, strip in strips:
        before = seen[paragraph]
        yield replace(strip, can_begin=not before or (before >= FEWEST and count[paragraph] - before >= FEWEST))
        seen[paragraph] += 1
