"""Gap filling: figures move, and some become smaller, until pages are filled.

All is chosen on predicted pages, and laid out at once. Where pages come out much worse than predicted, each move is
laid out by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pressroom.typeset import floats, page_looks
from pressroom.typeset.adapt import Adapted
from pressroom.typeset.figure_plans import (
    LEAST_SHARE,
    FigurePlan,
    best_figure_plan,
    ends_sooner,
    shares_without_short_end,
)
from pressroom.typeset.filled_reading import read_filled
from pressroom.typeset.floats import BlockOrder, MoveLimits
from pressroom.typeset.page_filling import FilledPages, predictions
from pressroom.typeset.page_looks import PageLook
from pressroom.typeset.rendered import RenderedDocument
from pressroom.typeset.units import Decisions

LayDecided = Callable[[Decisions], tuple[Adapted, RenderedDocument]]
"""Lays out the chapter as it is decided."""
PASSES = 24
"""Layouts of a chapter in which gaps are filled: far more than are needed."""
_TIGHTER = 0.97
"""By how much figures become smaller than was predicted, where they did not fill their page."""


@dataclass(frozen=True)
class Trial:
    """A layout of the chapter, and what it was decided by."""

    decisions: Decisions
    adapted: Adapted
    document: RenderedDocument

    @cached_property
    def pages(self) -> FilledPages:
        """Its pages, from which others can be predicted."""
        return read_filled(self.document.boxes, self.adapted.order)

    @property
    def shares(self) -> tuple[tuple[int, float], ...]:
        """The figures that are smaller, with the share of their size."""
        return tuple(self.decisions.fits.shares.items())


class GapFilling:
    """Fills the gaps of one chapter, from a first layout."""

    def __init__(self, decisions: Decisions, adapted: Adapted, document: RenderedDocument, lay: LayDecided) -> None:
        self._lay = lay
        self._first = self._best = Trial(decisions, adapted, document)
        self._known = {(self._first.pages.order, self._first.shares): self._first}
        self._pointing = {**adapted.pointing, **{block: block for block in decisions.fits.turned}}

    def best(self) -> Trial:
        """The layout with the least white of all that were made."""
        limits, promised, hopeless = MoveLimits({}, self._pointing), self._first.pages.white, frozenset[int]()
        for _ in range(PASSES):
            last, shares = self._best, self._best.decisions.fits.shares
            known = {pages.order: pages for pages in self._layouts_with(last.shares)}
            plan = best_figure_plan(last.pages, predictions(last.pages, known), limits, shares, hopeless)
            if plan.white >= last.pages.white:
                break
            promised = min(promised, plan.white)
            if self._tried(plan.order, plan.shares) is self._best:
                limits = replace(limits, moves=plan.floats.moves)
            elif not self._fits_tighter(plan, shares):
                hopeless |= plan.shares.keys() - shares.keys()
        if self._best.pages.white > promised + page_looks.WIDE**2:
            self._move_one_by_one()
        return self._without_short_end()

    def _fits_tighter(self, plan: FigurePlan, shares: Mapping[int, float]) -> bool:
        """Whether the figures that a plan makes smaller fill their page if they are a little smaller still: captions
        under a narrower picture may take a line more than was predicted.
        """
        tighter = {figure: share if figure in shares else share * _TIGHTER for figure, share in plan.shares.items()}
        if tighter == plan.shares or min(tighter.values()) < LEAST_SHARE:
            return False
        return self._tried(plan.order, tighter) is self._best

    def _layouts_with(self, shares: tuple[tuple[int, float], ...]) -> list[FilledPages]:
        return [trial.pages for trial in self._known.values() if trial.shares == shares]

    def _move_one_by_one(self) -> None:
        """Have each move laid out."""
        first = self._first.pages

        def laid(order: BlockOrder) -> Sequence[PageLook]:
            return self._tried(order, self._first.decisions.fits.shares).pages.looks

        floats.planned(first.looks, first.order, laid, MoveLimits({}, self._pointing, PASSES))

    def _without_short_end(self) -> Trial:
        """The best layout, or one without the few lines that end it on a page of their own."""
        best = self._best
        for shares in shares_without_short_end(best.pages, best.decisions.fits.shares):
            trial = self._tried(best.pages.order, shares)
            if ends_sooner(trial.pages, best.pages) and not floats.strayed(trial.pages.looks, best.pages.order):
                return trial
        return best

    def _tried(self, order: BlockOrder, shares: Mapping[int, float]) -> Trial:
        """The layout with the blocks in an order and some figures smaller; kept as the best if it is."""
        key = order, tuple(shares.items())
        if key not in self._known:
            known = self._first.decisions
            named = known.order if order == self._first.pages.order else order
            decisions = replace(known, order=named, fits=replace(known.fits, shares=shares))
            trial = self._known[key] = Trial(decisions, *self._lay(decisions))
            if trial.pages.white < self._best.pages.white and not floats.strayed(trial.pages.looks, order):
                self._best = trial
        return self._known[key]
