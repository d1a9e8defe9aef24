"""Floats: a figure that does not fit moves to the next page, and the text after it fills the gap.

The page engine has no page floats, so make-up works in passes: it lays out a chapter, measures the white at the foot of
its pages, moves each figure that caused some past as much text as fills the gap, and lays out the chapter again. Where
that leaves white further on is predicted by `page_filling`: so most chapters are laid out twice at most.
Figures keep their order, and stay in their section unless much white would remain. Lengths are points.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pressroom.typeset.page_looks import HAIR, NOTED, WIDE, BlockKind, PageBlock, PageLook, first_gap, white

_LEAST_HEIGHT = 0.75
"""What a page is taken to be high at least, in pt: heights are divided by it."""
MOVES = 3
"""How often one figure may give way: further from its place a reader would look for it in vain."""
REACH = 1
"""How many pages text that was drawn past a figure may stand before it."""
BlockOrder = tuple[int, ...]
"""The numbers of blocks in the manuscript, in the order in which they are laid out."""

Pointing = Mapping[int, int]
"""Blocks of text that point back at a figure, with the figure."""


def moved(
    looks: Sequence[PageLook],
    order: BlockOrder,
    fixed: frozenset[int],
    pointing: Pointing | None = None,
    most: Mapping[int, int] | None = None,
) -> tuple[int, BlockOrder] | None:
    """The first figure that can be moved to fill a gap before it, and the new order of blocks; None if there is none.

    `fixed` are the figures whose move has not helped. Text that is `pointing` at a figure is not drawn past it. `most`
    tells how many blocks may be drawn past a figure at most, where more have not helped.
    """
    heights = _heights(looks)
    kinds: dict[int, BlockKind] = {}
    for block in (block for look in looks for block in look.blocks):
        kinds.setdefault(block.number, block.kind)
    for page, following in pairwise(looks):
        first = _figure_at_head(following)
        if page.gap <= NOTED or first is None or first.number in fixed:
            continue
        if first.number in {block.number for block in page.blocks}:
            continue
        at = order.index(first.number)
        pointed = (n for n, figure in (pointing or {}).items() if figure >= first.number)
        run, text = _after(order[at:], {**kinds, **dict.fromkeys(pointed, "other")}, 1 if page.gap > WIDE else 0)
        text = text[: (most or {}).get(first.number)]
        high = max(_LEAST_HEIGHT, page.bottom - first.top)
        figure = high if first.kind == "full" else heights[first.number]
        count = _how_many([heights.get(n, 0.0) for n in text], page.gap, high, figure)
        count = _with_its_text(text, count, kinds)
        if count:
            passed = set(text[:count])
            end = at + max(n for n, number in enumerate(run) if number in passed) + 1
            return first.number, (
                *order[:at], *text[:count], *(n for n in order[at:end] if n not in passed), *order[end:],
            )  # fmt: skip
    return None


Predict = Callable[[BlockOrder], Sequence[PageLook]]
"""Tells what the pages are like with the blocks in an order."""


@dataclass(frozen=True)
class FloatPlan:
    """An order of blocks, and what is expected of it."""

    order: BlockOrder
    white: float
    """The white that will remain."""
    moves: Mapping[int, int]
    """How often each figure has been moved."""


@dataclass(frozen=True)
class MoveLimits:
    """How far figures may still be moved."""

    moves: Mapping[int, int] = field(default_factory=dict)
    """How often each has been moved."""
    pointing: Pointing = field(default_factory=dict)
    """Text that stays behind its figure."""
    steps: int | None = None
    """The most moves that are tried; None for as many as there may be."""


def best_planned(looks: Sequence[PageLook], order: BlockOrder, predict: Predict, limits: MoveLimits) -> FloatPlan:
    """The best order that is found; where much white would remain, also with one figure left where it is, and with
    full pictures drawn forward past a little text.
    """
    plan = planned(looks, order, predict, limits)
    if plan.white <= WIDE**2:
        return plan
    figures = {block.number for look in looks for block in look.blocks if block.kind in ("figure", "full")}
    without = (replace(limits, moves={**limits.moves, figure: MOVES}) for figure in sorted(figures))
    others = (planned(looks, order, predict, each) for each in without)
    return _advanced(min((plan, *others), key=lambda each: each.white), predict)


def planned(looks: Sequence[PageLook], order: BlockOrder, predict: Predict, limits: MoveLimits) -> FloatPlan:
    """The best order that is found by moving figures that leave white above them, from the first page to the last.

    A gap that is filled may open another one further on, which comes next: so no single step has to be better. Where
    text would stand too far from a figure, less of it is drawn forward.
    """
    tried, most = Counter(limits.moves), dict[int, int]()
    best = FloatPlan(order, white(looks), limits.moves)
    for _ in range(limits.steps or MOVES * len(order)):
        fixed = frozenset(n for n, times in tried.items() if times >= MOVES)
        step = moved(looks, order, fixed, limits.pointing, most)
        if step is None:
            break
        figure, wanted = step
        trial = predict(wanted)
        if first_gap(trial) >= first_gap(looks) and not strayed(trial, wanted):
            order, looks = wanted, trial
            tried[figure] += 1
            if white(looks) < best.white:
                best = FloatPlan(order, white(looks), dict(tried))
        else:
            most[figure] = wanted.index(figure) - order.index(figure) - 1
    return best


def _advanced(plan: FloatPlan, predict: Predict) -> FloatPlan:
    """A plan with full pictures before the text that a page alone holds before them, where less stays white so."""
    page = 0
    looks = predict(plan.order)
    while page < len(looks) - 1:
        wanted = _before_its_text(looks, page, plan.order)
        trial = predict(wanted) if wanted else looks
        if wanted and white(trial) < white(looks) and not strayed(trial, wanted):
            plan, looks = FloatPlan(wanted, white(trial), plan.moves), trial
        page += 1
    return plan


def _before_its_text(looks: Sequence[PageLook], page: int, order: BlockOrder) -> BlockOrder | None:
    """The order with the picture that follows a page of little text before this text."""
    blocks, first = looks[page].blocks, _figure_at_head(looks[page + 1])
    goes_on = page and looks[page - 1].blocks and looks[page - 1].blocks[-1].number == blocks[0].number
    if looks[page].gap <= WIDE or first is None or first.kind != "full" or goes_on:
        return None
    if any(block.kind not in ("text", "heading") for block in blocks):
        return None
    at, end = order.index(blocks[0].number), order.index(first.number)
    return (*order[:at], first.number, *order[at:end], *order[end + 1 :])


def strayed(looks: Sequence[PageLook], order: BlockOrder) -> bool:
    """Whether text that has passed figures stands further from one of them than on the facing page or the next: a
    reader would look for it in vain.
    """
    kinds, starts, ends = dict[int, BlockKind](), dict[int, int](), dict[int, int]()
    for n, block in ((n, block) for n, look in enumerate(looks) for block in look.blocks):
        kinds.setdefault(block.number, block.kind)
        starts.setdefault(block.number, n)
        ends[block.number] = n
    index = {number: n for n, number in enumerate(order)}
    figures = sorted(n for n, kind in kinds.items() if kind in ("figure", "full"))
    for text in (n for n, kind in kinds.items() if kind == "text"):
        before = bisect_left(figures, text)
        last = figures[before - 1] if before else text
        following = figures[before] if before < len(figures) else text
        if index[text] < index[last] and starts[last] - ends[text] > REACH:
            return True
        if index[following] < index[text] and starts[text] - ends[following] > REACH:
            return True
    return False


def _figure_at_head(page: PageLook) -> PageBlock | None:
    """The figure at the head of a page, perhaps under a heading."""
    first = next((block for block in page.blocks if block.kind != "heading"), None)
    return first if first and first.kind in ("figure", "full") else None


def _heights(looks: Sequence[PageLook]) -> dict[int, float]:
    heights: dict[int, float] = {}
    for block in (block for look in looks for block in look.blocks):
        heights[block.number] = heights.get(block.number, 0.0) + block.bottom - block.top
    return heights


def _after(rest: BlockOrder, kinds: Mapping[int, BlockKind], headings: int) -> tuple[list[int], list[int]]:
    """The blocks from a figure up to the first that no figure may pass, and the text blocks among them. The figure may
    pass so many headings.
    """
    run: list[int] = []
    for number in rest:
        kind = kinds.get(number, "other")
        headings -= kind == "heading"
        if kind == "other" or headings < 0:
            break
        run.append(number)
    return run, [number for number in run if kinds[number] in ("text", "heading")]


def _with_its_text(text: Sequence[int], count: int, kinds: Mapping[int, BlockKind]) -> int:
    """The count, less one if the last block is a heading: it stays with its text."""
    return count - 1 if count and kinds[text[count - 1]] == "heading" else count


def _how_many(heights: Sequence[float], gap: float, page: float, figure: float) -> int:
    """The number of text blocks that fill a gap and leave room for the figure after them; if no number does, the one
    that leaves least white. A figure moves a page at most; a full-page figure moves no further than the gap.
    """
    best, least, filled = 0, gap, 0.0
    furthest = gap if figure >= page else gap + page
    for count, height in enumerate(heights, 1):
        filled += height
        if filled > furthest + HAIR:
            break
        white = _white(filled - gap, page, figure)
        if white < least:
            best, least = count, white
        if not white:
            break
    return best


def _white(over: float, page: float, figure: float) -> float:
    """The white that remains if the text before the figure is higher than the gap by `over`; if negative, lower."""
    if abs(over) <= HAIR:
        return 0.0
    if over < 0:
        return -over
    rest = over % page
    return 0.0 if rest + figure + NOTED <= page else page - rest
