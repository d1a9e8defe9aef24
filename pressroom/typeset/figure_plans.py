"""Figure plans: which figures of a chapter move, and which become smaller, so that its pages are filled.

Both are chosen on predicted pages. Text is drawn forward first, so that pictures keep their size; where white stays
that a reader notices, figures are tried that fill the page before them if they are a little smaller. Lengths are in pt.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pressroom.publication.measures import PT_PER_MM
from pressroom.typeset.floats import (
    BlockOrder,
    FloatPlan,
    MoveLimits,
    Predict,
    best_planned,
    planned,
)
from pressroom.typeset.page_filling import FilledPages, Stock
from pressroom.typeset.page_looks import NOTED, WIDE, PageBlock, PageLook

LEAST_SHARE = 0.78
"""The least share of its size to which a figure is made smaller to fill a page."""
_TO_BE_SURE = 0.985
"""A share is this much smaller than it need be, since heights are whole lines."""
_SHORT = 16 * PT_PER_MM
"""What text is high at most, in pt, that looks forgotten on the last page of a chapter: three lines."""
_LAST_FIGURES = 3
"""How many figures, from the last one back, are tried smaller so that a chapter does not end on such a page."""


@dataclass(frozen=True)
class FigurePlan:
    """An order of blocks with the figures that become smaller, and what is expected of it."""

    floats: FloatPlan
    shares: Mapping[int, float] = field(default_factory=dict)
    """The share of its size that a figure takes; none named: all of it."""

    @property
    def order(self) -> BlockOrder:
        """The blocks in their order."""
        return self.floats.order

    @property
    def white(self) -> float:
        """The white that will remain."""
        return self.floats.white


def best_figure_plan(
    filled: FilledPages,
    predict: Predict,
    limits: MoveLimits,
    shares: Mapping[int, float] | None = None,
    hopeless: Container[int] = (),
) -> FigurePlan:
    """The best plan that is found for pages on which figures have `shares` of their size.

    Figures that are `hopeless` keep their size: smaller, they have not filled a page.
    """
    moved = best_planned(filled.looks, filled.order, predict, limits)
    best = _with_smaller(FigurePlan(moved, shares or {}), filled, predict, limits, hopeless)
    if best.white <= WIDE**2:
        return best
    unmoved = FigurePlan(FloatPlan(filled.order, filled.white, limits.moves), shares or {})
    return min(best, _with_smaller(unmoved, filled, predict, limits, hopeless), key=lambda each: each.white)


def _with_smaller(
    best: FigurePlan, filled: FilledPages, predict: Predict, limits: MoveLimits, hopeless: Container[int]
) -> FigurePlan:
    """A plan with figures made smaller, one after the other, as long as less stays white so."""
    looks = predict(best.order)
    while best.white > 0:
        trials = [
            (filled.with_smaller(figure, share), {**best.shares, figure: share})
            for figure, share in _shares(filled.stock, (filled.looks, looks))
            if figure not in best.shares and figure not in hopeless
        ]
        plans = [
            (FigurePlan(planned(trial.looks, trial.order, trial.in_order, limits), found), trial)
            for trial, found in trials
        ]
        plan, filled_so = min(plans, key=lambda each: each[0].white, default=(best, filled))
        if plan.white >= best.white:
            break
        best, filled, looks = plan, filled_so, filled_so.in_order(plan.order)
    return best


def _shares(stock: Stock, layouts: Sequence[Sequence[PageLook]]) -> Iterator[tuple[int, float]]:
    """Figures that would stand at the foot of the page before theirs, and the shares of their size that fit there."""
    found = dict[int, float]()
    for looks in layouts:
        for page, following in pairwise(looks):
            figure = _figure_to_fit(following)
            if page.gap > NOTED and figure is not None and figure in stock.pictures:
                share = _share(stock, page, following, figure) * _TO_BE_SURE
                if LEAST_SHARE <= share < 1:
                    found.setdefault(figure, share)
    yield from found.items()


def _figure_to_fit(page: PageLook) -> int | None:
    """The figure at the head of a page, perhaps under headings."""
    first = next((block for block in page.blocks if block.kind != "heading"), None)
    return first.number if first is not None and first.kind == "figure" else None


def _share(stock: Stock, page: PageLook, following: PageLook, figure: int) -> float:
    """The share of its size with which a figure, and the headings above it, fit at the foot of a page."""
    end = next(n for n, block in enumerate(following.blocks, 1) if block.number == figure)
    return 1 - _over(stock, page, following.blocks[:end]) / stock.pictures[figure]


def _over(stock: Stock, page: PageLook, blocks: Sequence[PageBlock]) -> float:
    """By how much blocks of the following page are too high for the foot of a page."""
    last, foot = page.blocks[-1].number, page.blocks[-1].bottom
    for block in blocks:
        foot += (stock.space(last, block.number) if block.number != last else 0.0) + block.bottom - block.top
        last = block.number
    return foot - page.bottom


def shares_without_short_end(filled: FilledPages, shares: Mapping[int, float]) -> Iterator[Mapping[int, float]]:
    """Where a chapter ends on a page of a few lines: sizes with which they would stand on the page before. Of the last
    figures, one is a little smaller.
    """
    before, last = filled.looks[-2:] if len(filled.looks) > 1 else (None, None)
    if before is None or last is None or not before.blocks or not _is_short(last):
        return
    too_high = max(0.0, _over(filled.stock, before, last.blocks))
    figures = [number for number in reversed(filled.order) if number in filled.stock.pictures]
    for figure in figures[:_LAST_FIGURES]:
        less = (1 - too_high / filled.stock.pictures[figure]) * _TO_BE_SURE
        share = less * shares.get(figure, 1.0)
        if share >= LEAST_SHARE and ends_sooner(filled.with_smaller(figure, less), filled):
            yield {**shares, figure: share}


def _is_short(page: PageLook) -> bool:
    """Whether a page has a few lines and nothing else."""
    is_text = all(block.kind in ("text", "heading") for block in page.blocks)
    return bool(page.blocks) and is_text and page.blocks[-1].bottom - page.blocks[0].top <= _SHORT


def ends_sooner(pages: FilledPages, others: FilledPages) -> bool:
    """Whether a chapter has fewer pages, and no more white on them."""
    return len(pages.looks) < len(others.looks) and pages.white <= others.white
