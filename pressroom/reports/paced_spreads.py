"""Paced spreads: what the pacing has made of pictures, each spread with what it cost by name, for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pressroom.pacing import Pacing, words


def arrangement(pacings: Iterable[Pacing]) -> list[dict[str, Any]]:
    """Every sequence of pictures that was paced: its pages with pictures, its costs, and those of each spread."""
    return [
        {"pages": pacing.pages, "costs": _rounded(pacing.costs), "spreads": list(_spreads(pacing))}
        for pacing in pacings
        if pacing.spreads
    ]


def _spreads(pacing: Pacing) -> Iterator[dict[str, Any]]:
    pages = list(words(pacing))
    for spread in pacing.spreads:
        own, count = [], 0
        while count < spread.form.pictures:
            own.append(pages.pop(0))
            count += len(own[-1].pictures)
        yield {
            "pages": [{"pictures": list(page.pictures), "words": str(page)} for page in own],
            "costs": _rounded(spread.costs),
        }


def _rounded(costs: Mapping[str, float]) -> dict[str, float]:
    """Costs by name, the dearest first; those that round to nothing are left out."""
    dear = sorted(costs.items(), key=lambda cost: (-abs(cost[1]), cost[0]))
    return {name: round(cost, 2) for name, cost in dear if round(cost, 2)}
