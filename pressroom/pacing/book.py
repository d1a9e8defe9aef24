"""The book: the cheapest sequence of spreads, found by dynamic programming over the places where a spread can begin.

The method is that of breaking a paragraph into lines (D. E. Knuth and M. F. Plass, “Breaking paragraphs into lines”,
Software: Practice and Experience 11, 1981): a spread is a line, whose costs depend on the lines before it as well.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import inf
from operator import mul
from typing import NamedTuple

from pressroom.pacing.costs import TASTE, WEIGHTS, Costs, added, priced
from pressroom.pacing.sequence import PAGES_A_PICTURE, PacingPaper, PacingWish, PictureToPace
from pressroom.pacing.spread_forms import SpreadForm, SpreadMaker, SpreadStart

_BEAM = 4
"""The books that go on from each place; six made books cheaper by 1.2 % at most, of 200 pictures on three papers."""
_ASKED = (-40.0, 20.0)
"""The prices of a spread between which a length that was asked for is sought."""
_BY_DEFAULT = (-2.0, 6.0)
"""The same for a length that nobody asked for: outside it, pages are empty or crammed."""
_TRIES, _TRIES_BY_DEFAULT = 8, 3
"""The prices that are tried for either."""
_OF_WHITE = (2.0, 4.0, 8.0, 16.0)
"""The prices of white that are tried for a book that covers too little of its type area."""
_NO_WISH = PacingWish()
_CLOSE = (1, 0.03)
"""Pages by which the length may miss what is wanted, or their share of it."""
_LONG = 5
"""Spreads without rest, or without a picture that fills a page, beyond which one more costs the same."""
_WORST_TURN = 9.0
"""A way that costs so much more than the cheapest to the same place is given up: no later turn makes it good."""


@dataclass(frozen=True)
class PacedSpread:
    """A spread of the book, with all its costs by name."""

    form: SpreadForm
    costs: Mapping[str, float]


@dataclass(frozen=True)
class Pacing:
    """A book of pictures: what each spread holds, and why."""

    pictures: tuple[PictureToPace, ...]
    paper: PacingPaper
    wish: PacingWish
    spreads: tuple[PacedSpread, ...] = ()

    @property
    def pages(self) -> int:
        """The pages with pictures."""
        return sum(cover is not None for spread in self.spreads for cover in spread.form.cover)

    @property
    def costs(self) -> Costs:
        """The costs of the whole book, by name."""
        return added(*(spread.costs for spread in self.spreads))


class _Prices(NamedTuple):
    """What is sought with the book: its length, and how much of the type area it covers."""

    paper: float
    """The price of a spread."""
    white: float = 0.0
    """The price of a page of white; of a part of one, as much of it."""


@dataclass(frozen=True)
class _Way:
    """A beginning of the book that ends with a spread."""

    total: float = 0.0
    spread: SpreadForm | None = None
    before: _Way | None = None
    restless: int = 0
    """Spreads since the last quiet one."""
    dry: int = 0
    """Spreads since the last one with a picture that fills a page."""


@dataclass
class _Search:
    """All spreads that can be made, and the search for the cheapest book among them."""

    maker: SpreadMaker
    seed: int
    made: dict[SpreadStart, dict[SpreadStart, list[SpreadForm]]] = field(default_factory=dict)

    def spreads(self, start: SpreadStart) -> dict[SpreadStart, list[SpreadForm]]:
        if start not in self.made:
            made = self.maker.spreads(start)
            self.made[start] = {end: [_tasted(s, self.seed) for s in several] for end, several in made.items()}
        return self.made[start]

    def cheapest(self, prices: _Prices) -> _Way:
        """The cheapest book if paper and white cost so much."""
        count = len(self.maker.pictures)
        table: dict[SpreadStart, list[_Way]] = {(0, False): [_Way()]}
        cheapest_to: dict[SpreadStart, float] = {}
        for start in ((n, begun) for n in range(count) for begun in (False, True)):
            ways = _best(table.pop(start, []))
            if not ways:
                continue
            for end, several in self.spreads(start).items():
                going_on = table.setdefault(end, [])
                for spread in several:
                    is_restless_end = end[0] == count and not spread.is_quiet
                    own = spread.total + prices.paper + (WEIGHTS["ending"] if is_restless_end else 0.0)
                    own += prices.white * spread.white
                    cheapest = min(cheapest_to.get(end, inf), ways[0].total + own + _WORST_TURN)
                    cheapest_to[end] = cheapest
                    going_on.extend(_onward(ways, spread, own, cheapest))
        return min(table[count, False], key=lambda way: way.total)


def pace(pictures: Sequence[PictureToPace], paper: PacingPaper, wish: PacingWish = _NO_WISH) -> Pacing:
    """Arrange pictures in their order as a book on this paper.

    The same pictures, paper and wish give the same book. The length is the one nearest to what is wished for.
    """
    book = Pacing(tuple(pictures), paper, wish)
    if not pictures:
        return book
    search = _Search(SpreadMaker(pictures, paper), wish.seed)
    way, prices = _of_length(search, wish)
    if not wish.pages:
        way, prices = _filled(search, way, prices)
    return replace(book, spreads=tuple(_told(way, prices)))


def _of_length(search: _Search, wish: PacingWish) -> tuple[_Way, _Prices]:
    """The book whose pages are nearest to those that are wanted, and the price of a spread by which it comes out.

    The price is halved between cheap and dear. For a length that nobody asked for it stays near its weight.
    """
    wanted = wish.pages or round(len(search.maker.pictures) * PAGES_A_PICTURE)
    (low, high), tries = (_ASKED, _TRIES) if wish.pages else (_BY_DEFAULT, _TRIES_BY_DEFAULT)
    price = WEIGHTS["paper"]
    way = best = search.cheapest(_Prices(price))
    best_price = price
    for _ in range(tries):
        if abs(_pages(best) - wanted) <= max(_CLOSE[0], wanted * _CLOSE[1]):
            break
        low, high = (low, price) if _pages(way) < wanted else (price, high)
        price = (low + high) / 2
        way = search.cheapest(_Prices(price))
        if abs(_pages(way) - wanted) < abs(_pages(best) - wanted):
            best, best_price = way, price
    return best, _Prices(best_price)


def _filled(search: _Search, way: _Way, prices: _Prices) -> tuple[_Way, _Prices]:
    """The book with the least price of white that covers what its paper asks for, or else the one that covers most."""
    best, wanted = way, search.maker.paper.covered
    for white in _OF_WHITE:
        if _covered(best) >= wanted:
            break
        tried = prices._replace(white=white)
        fuller = search.cheapest(tried)
        if _covered(fuller) > _covered(best):
            best, prices = fuller, tried
    return best, prices


def _covered(way: _Way) -> float:
    """The share of the type area that is covered on the pages with pictures."""
    return 1 - sum(each.spread.white for each in _backwards(way) if each.spread) / max(1, _pages(way))


def _pages(way: _Way) -> int:
    """The pages with pictures of a book."""
    return sum(cover is not None for spread in _backwards(way) if spread.spread for cover in spread.spread.cover)


def _backwards(way: _Way) -> Iterator[_Way]:
    current: _Way | None = way
    while current is not None:
        yield current
        current = current.before


def _best(ways: list[_Way]) -> list[_Way]:
    """The best ways to a place; one of each pattern is enough."""
    kept: dict[tuple[str, int, int], _Way] = {}
    for way in sorted(ways, key=lambda way: way.total):
        pattern = way.spread.pattern if way.spread else ""
        kept.setdefault((pattern, way.restless, way.dry), way)
        if len(kept) == _BEAM:
            break
    return list(kept.values())


def _onward(ways: Sequence[_Way], spread: SpreadForm, own: float, limit: float) -> Iterator[_Way]:
    """The best ways that go on with this spread, which alone costs `own`; none that would cost more than `limit`."""
    best: dict[tuple[int, int], _Way] = {}
    for way in ways:
        if way.total + own > limit:
            break
        total = way.total + own + sum(map(mul, _turning(way, spread), _TURNING_WEIGHTS))
        restless = 0 if spread.is_quiet else min(_LONG, way.restless + 1)
        dry = 0 if spread.bleeds == 1 else min(_LONG, way.dry + 1)
        if (restless, dry) not in best or total < best[restless, dry].total:
            best[restless, dry] = _Way(total, spread, way, restless, dry)
    yield from best.values()


_TURNING = ("rest", "drought", "repeat", "again", "even", "bleeds")
"""The costs of turning the leaf."""
_TURNING_WEIGHTS = tuple(WEIGHTS[name] for name in _TURNING)


def _turning(way: _Way, spread: SpreadForm) -> tuple[float, ...]:
    """What it costs to turn the leaf to a spread: an amount for each name of `_TURNING`."""
    rest = 0 if spread.is_quiet or way.restless < 2 else way.restless - 1
    drought = 0 if spread.bleeds == 1 or way.dry < 2 else way.dry - 1
    last, before = way.spread, way.before
    if last is None or before is None:
        return rest, drought, 0, 0, 0, 0
    again = before.spread is not None and before.spread.pattern == spread.pattern
    apart = abs(last.pictures - spread.pictures)
    even = 1 if not apart else max(0, apart - 3)
    strong = 0.0
    if last.bleeds + spread.bleeds > 1.5:
        strong = (1.5 if last.over or spread.over else 1.0) * (0.4 if spread.opens else 1.0)
    return rest, drought, _alike(last.pattern, spread.pattern), again, even, strong


@lru_cache(maxsize=20_000)
def _alike(one: str, other: str) -> float:
    """How alike two patterns are."""
    if one == other:
        return 1.0
    pages, others = one.split(" "), other.split(" ")
    if pages[::-1] == others:
        return 0.6
    return 0.3 if set(pages) & set(others) - {"page", "head", "text", "-"} else 0.0


def _tasted(spread: SpreadForm, seed: int) -> SpreadForm:
    """A spread with the cost of a taste, which is another for every seed; none for seed 0."""
    if not seed:
        return spread
    key = f"{seed} {spread.first} {spread.last} {spread.pattern}"
    taste = (zlib.crc32(key.encode()) % 1000 / 999 - 0.5) * TASTE
    return replace(spread, extra={**spread.extra, "taste": taste})


def _told(way: _Way, prices: _Prices) -> list[PacedSpread]:
    """The spreads of a book from the first to the last, each with all its costs."""
    told = []
    for each in _backwards(way):
        if each.spread is not None and each.before is not None:
            turning = priced(**dict(zip(_TURNING, _turning(each.before, each.spread), strict=True)))
            sought = {"paper": prices.paper, "fill": prices.white * each.spread.white}
            told.append(PacedSpread(each.spread, added(each.spread.costs, turning, sought)))
    return told[::-1]
