"""Page filling: what the pages of a chapter will be like with its blocks in another order.

One layout tells how high each line and picture is, and how much white is between blocks. From these, pages are filled
without the page engine: so all moves of figures can be chosen first, and laid out at once. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pressroom.typeset.floats import BlockOrder, Predict
from pressroom.typeset.page_looks import BlockKind, PageBlock, PageLook, white

HAIR = 1e-6
"""By how much sums of lengths may differ that are equal."""


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
        if at > start and top + strip.height > stock.bottom - foot + HAIR:
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
