"""Page filling: what the pages of a chapter will be like with its blocks in another order.

One layout tells how high each line and picture is, and how much white is between blocks. From these, pages are filled
without the page engine: so all moves of figures can be chosen first, and laid out at once. Lengths are points.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median_low

from pressroom.typeset.boxes import LaidBox, PageBoxes
from pressroom.typeset.floats import BlockKind, BlockOrder, PageBlock, PageLook, Predict, blocks_on, look, white
from pressroom.typeset.page_fits import height_of_pictures
from pressroom.typeset.runon import FEWEST

_HAIR = 1e-6
"""By how much sums of lengths may differ that are equal."""
_OVERLAP = 1.0
"""By how much a block must reach over the next one to be taken for one beside it."""


@dataclass(frozen=True)
class Strip:
    """What stands whole on a page: a line, or a block that is not parted."""

    height: float
    """From the lower edge of the strip before it in the same block."""
    can_begin: bool = True
    """Whether a page can begin with it."""
    notes: float = 0.0
    """The height of the notes that it calls."""
    is_beside: bool = False
    """Whether what follows stands beside it."""
    owns_page: bool = False
    """Whether it is a picture that fills a page."""


@dataclass(frozen=True)
class Stock:
    """The blocks of a chapter as one layout shows them."""

    strips: Mapping[int, Mapping[str, tuple[Strip, ...]]]
    """By the number of the block and the name of the one before it: a paragraph after a picture has no indent."""
    kinds: Mapping[int, BlockKind]
    names: Mapping[int, str]
    """What the white before and after a block depends on: its element."""
    spaces: Mapping[tuple[int, int], float]
    """The white between two blocks that follow each other."""
    usual_spaces: Mapping[tuple[str, str], float]
    """The same by their names; an empty name stands for the head of a page."""
    top: float
    bottom: float
    """The edges of the text area, without notes."""
    above_notes: float = 0.0
    """The white above the first note of a page."""
    pictures: Mapping[int, float] = field(default_factory=dict)
    """The height of the pictures of a figure, without its caption."""

    def with_smaller(self, figure: int, share: float) -> Stock:
        """With the pictures of a figure at a share of their size."""
        less = self.pictures[figure] * (1 - share)
        strips = {
            before: (replace(found[0], height=found[0].height - less), *found[1:])
            for before, found in self.strips[figure].items()
        }
        return replace(self, strips={**self.strips, figure: strips})

    def space(self, before: int | None, after: int) -> float:
        """The white between two blocks, or between the head of a page and its first block."""
        if before is None:
            return self.usual_spaces.get(("", self.names[after]), 0.0)
        if (before, after) in self.spaces:
            return self.spaces[before, after]
        pair = self.names[before], self.names[after]
        alike = next((each for each in (pair, pair[::-1]) if each in self.usual_spaces), None)
        if alike:
            return self.usual_spaces[alike]
        return max(self.usual_spaces.get(each, 0.0) for each in ((pair[0], "p"), ("p", pair[1])))

    def with_others(self, others: Iterable[Stock]) -> Stock:
        """With what other layouts tell that this one does not."""
        strips, spaces = self.strips, self.spaces
        for other in others:
            strips = {block: {**other.strips.get(block, {}), **found} for block, found in strips.items()}
            spaces = {**other.spaces, **spaces}
        return replace(self, strips=strips, spaces=spaces)

    def laid_in(self, order: BlockOrder) -> Iterator[tuple[StripPlace, Strip]]:
        """All strips of the blocks in an order."""
        before = ""
        for block in (number for number in order if number in self.strips):
            known = self.strips[block]
            for n, strip in enumerate(known.get(before) or next(iter(known.values()))):
                yield (block, n), strip
            before = self.names[block]


StripPlace = tuple[int, int]
"""A block, and the number of one of its strips."""


@dataclass(frozen=True)
class FilledPages:
    """The pages of a chapter as they were laid out, from which others are predicted."""

    stock: Stock
    order: BlockOrder
    starts: tuple[StripPlace, ...]
    """What each page begins with."""
    looks: tuple[PageLook, ...]

    @property
    def white(self) -> float:
        """The white that a reader notices on them."""
        return white(self.looks)

    def in_order(self, order: BlockOrder) -> tuple[PageLook, ...]:
        """The pages with the blocks in another order: those alike are taken as they are, the others are filled."""
        strips = list(self.stock.laid_in(order))
        old, new = [place for place, _ in self.stock.laid_in(self.order)], [place for place, _ in strips]
        index = {place: n for n, place in enumerate(old)}
        starts = [index[place] for place in self.starts]
        changed = _alike(old, new)
        later = len(new) - len(old)
        alike_again = len(new) - _alike(old[::-1], new[::-1])
        page = max(0, sum(start < changed for start in starts) - 2)
        made, at = list(self.looks[:page]), starts[page]
        while at < len(new):
            if at >= alike_again and at - later in starts:
                return (*made, *self.looks[starts.index(at - later) :])
            look, at = fill_page(self.stock, strips, at)
            made.append(look)
        return tuple(made)

    def with_smaller(self, figure: int, share: float) -> FilledPages:
        """The pages with a figure’s pictures at a share of their size: it may come onto the page before its own."""
        stock = self.stock.with_smaller(figure, share)
        strips = list(stock.laid_in(self.order))
        index = {place: n for n, (place, _) in enumerate(strips)}
        page = next(n for n, look in enumerate(self.looks) if any(block.number == figure for block in look.blocks))
        page = max(0, page - 1)
        looks, starts, at = list(self.looks[:page]), list(self.starts[:page]), index[self.starts[page]]
        while at < len(strips):
            starts.append(strips[at][0])
            look, at = fill_page(stock, strips, at)
            looks.append(look)
        return FilledPages(stock, self.order, tuple(starts), tuple(looks))


def predictions(filled: FilledPages, known: Mapping[BlockOrder, FilledPages]) -> Predict:
    """Tells what pages are like in any order: as they were laid out, if they were, or filled after what is known."""
    best = replace(filled, stock=filled.stock.with_others(other.stock for other in known.values()))
    return lambda order: known[order].looks if order in known else best.in_order(order)


def _alike(some: Sequence[StripPlace], others: Sequence[StripPlace]) -> int:
    """How many places of two are the same before the first that differs."""
    return next((n for n, (a, b) in enumerate(zip(some, others, strict=False)) if a != b), min(len(some), len(others)))


def fill_page(stock: Stock, strips: Sequence[tuple[StripPlace, Strip]], start: int) -> tuple[PageLook, int]:
    """The page that begins with a strip, and the index of the strip that the next page begins with."""
    edges: list[PageBlock] = []
    feet, y, last, end = [0.0], stock.top, None, start + 1
    for at in range(start, len(strips)):
        (block, n), strip = strips[at]
        if strip.owns_page:
            end = max(at, start + 1)
            if at == start:
                edges.append(PageBlock(block, "full", y, y + strip.height))
            break
        top = y + (stock.space(last, block) if block != last else 0.0)
        foot = feet[-1] + strip.notes + (stock.above_notes if strip.notes and not feet[-1] else 0.0)
        if at > start and (strip.can_begin if block == last else last is None or not _keeps(stock, last)):
            end = at
        if at > start and top + strip.height > stock.bottom - foot + _HAIR:
            break
        edges.append(PageBlock(block, stock.kinds[block] if n == 0 else "text", top, top + strip.height))
        feet.append(foot)
        if not strip.is_beside:
            y, last = top + strip.height, block
    else:
        end = len(strips)
    bottom = stock.bottom - feet[min(end - start, len(feet) - 1)]
    goes_on = end < len(strips) and strips[end][0][0] == strips[end - 1][0][0]
    return PageLook(bottom, tuple(_joined(edges[: end - start], bottom if goes_on else None))), end


def _keeps(stock: Stock, block: int) -> bool:
    """Whether a block stays with the next one."""
    return stock.kinds[block] == "heading" or stock.names[block] == "header"


def _joined(edges: Sequence[PageBlock], foot: float | None) -> Iterator[PageBlock]:
    """Blocks made of their strips; one that goes on overleaf reaches to the foot of the page."""
    for n, edge in enumerate(edges):
        if n and edges[n - 1].number == edge.number:
            continue
        last = max(m for m, other in enumerate(edges) if other.number == edge.number)
        is_last = last == len(edges) - 1 and foot is not None
        yield replace(edge, bottom=foot if is_last and foot is not None else edges[last].bottom)


# ---- reading


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
        if line.area.bottom > y + _HAIR:
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
