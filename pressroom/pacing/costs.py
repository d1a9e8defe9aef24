"""The costs of a book, each with its name, its weight, and what it is for. `docs/album.md` has the same table.

A cost is what a spread loses. The pacing seeks the book with the least sum. To change its taste, change a weight.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

BLEED_CROP = 0.17
"""The greatest share of a picture that is cut away where it bleeds."""
SIDE = 44.0
"""Millimetres below which the side of a picture counts as a sliver."""
TASTE = 3.0
"""The range of the cost that a seed adds to a spread."""

Costs = dict[str, float]


class CostRow(NamedTuple):
    """One row of the table."""

    name: str
    weight: float
    unit: str
    about: str


TABLE = (
    CostRow("white", 9.0, "share of the type area", "white beside the block of a page of several pictures"),
    CostRow("mat", 6.0, "share of the type area", "white around a picture that stands alone, beyond a third"),
    CostRow("pale", 14.0, "share of the page", "white around a picture that stands alone, beyond half of the page"),
    CostRow("slack", 6.0, "page", "less than half of the type area is covered, or less than two fifths of the page"),
    CostRow("blank", 30.0, "page", "an empty page"),
    CostRow("crop", 14.0, "share of the picture", "what is cut from a picture inside the type area, at most 8 %"),
    CostRow("bleedcrop", 9.0, "share of the picture", "what is cut where a picture bleeds, at most 17 %"),
    CostRow("size", 1.5, "squared log of area", "a picture is smaller or larger than its weight asks for"),
    CostRow("sliver", 0.10, "mm", "a side is shorter than 44 mm"),
    CostRow("small", 9.0, "picture", "a picture has too few pixels for every form, and stands at its own size"),
    CostRow("ppi", 2.0, "picture", "the resolution is between the least one and 4/3 of it"),
    CostRow("jump", 0.55, "squared log of areas", "the largest picture of a spread is over four times the smallest"),
    CostRow("column", 12.0, "share of the width", "pictures form a thin column between two whites"),
    CostRow("read", 1.2, "page", "columns side by side that an eye would read as rows"),
    CostRow("seam", 4.5, "0 to 1", "something stands in the gutter"),
    CostRow("ragged", 0.16, "mm", "the feet of two facing blocks nearly meet"),
    CostRow("unlike", 3.0, "spread", "two single pictures of unlike measure face each other"),
    CostRow("abut", 6.0, "spread", "two pictures touch in the gutter and look like one"),
    CostRow("hang", 3.0, "page", "a picture at the head of its page with white below"),
    CostRow("twins", 6.0, "0 to 1", "facing pictures that are alike"),
    CostRow("clash", 0.02, "ΔE beyond 25", "facing pictures whose colours are far apart"),
    CostRow("letters", 0.03, "letter", "captions are longer than their band"),
    CostRow("crowd", 1.0, "picture", "more than five pictures on a spread"),
    CostRow("orphan", 5.0, "picture", "a weak picture has a spread of its own"),
    CostRow("timid", 4.0, "spread", "a chapter opens on one or two pictures with white around them; twice for more"),
    CostRow("neighbour", 3.0, "spread", "the title of a chapter faces the last page of the chapter before"),
    CostRow("repeat", 4.5, "spread", "the pattern of the spread before; .6 of it if mirrored, .3 if one page is alike"),
    CostRow("again", 1.8, "spread", "the pattern of the last spread but one"),
    CostRow("even", 0.7, "spread", "as many pictures as on the spread before, or far more or fewer"),
    CostRow("bleeds", 3.5, "spread", "pictures bleed on two spreads in a row"),
    CostRow("drought", 1.2, "spread", "no picture fills a page or runs over two for more than two spreads"),
    CostRow("rest", 0.9, "spread", "no quiet spread, of one or two pictures, for more than two"),
    CostRow("ending", 1.5, "book", "the book does not close on a quiet spread"),
    CostRow("fill", 0.0, "share of the type area", "any white; sought, up to 16, for a book that covers too little"),
    CostRow("paper", 1.8, "spread", "the price of paper; sought so that the wanted pages come out"),
)
"""Every cost, in the order of the docs: the page, the spread, the sequence."""
WEIGHTS: Mapping[str, float] = {row.name: row.weight for row in TABLE}


def priced(**amounts: float) -> Costs:
    """Amounts by the names of their costs, multiplied by the weights; what is nothing is left out."""
    return {name: WEIGHTS[name] * amount for name, amount in amounts.items() if amount}


def added(*parts: Mapping[str, float]) -> Costs:
    """The sum of several costs, name by name."""
    whole: Costs = {}
    for part in parts:
        for name, cost in part.items():
            whole[name] = whole.get(name, 0.0) + cost
    return whole
