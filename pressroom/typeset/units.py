"""Units: each is laid out on its own, again and again until every page number that it prints is right.

A unit needs to know on which side of a sheet it begins, and the folios that its references print; the number of its
first page is added when it is drawn. The body goes first, the front matter (which lists its pages) after it; each range
of folios begins on a recto. What a unit becomes depends on its request alone: so units can be laid out in any order,
side by side, and kept between builds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pressroom.design import Unit
from pressroom.errors import Finding, Place, PressroomError, error
from pressroom.language.words import roman
from pressroom.typeset.floats import BlockOrder
from pressroom.typeset.page_fits import PageFits
from pressroom.typeset.page_references import references_of

Side = Literal["recto", "verso"]
"""Which of them is at the left, the page engine knows from the direction of the script."""
EXPECTED = "00"
"""A folio that is not known yet: as wide as most, so that few lines change when it is."""
ROUNDS = 8
"""Layouts settle in two or three; a reference that moves its own target might never."""


@dataclass(frozen=True)
class Decisions:
    """What make-up has decided for a unit: found once, and kept when other folios are filled in."""

    order: BlockOrder = ()
    """The order of its blocks, if it is not the manuscript's."""
    tables: Mapping[int, str] = field(default_factory=dict)
    """Classes of the tables that are too wide without them."""
    fits: PageFits = field(default_factory=PageFits)
    """What is changed of single blocks, so that pages are filled and figures keep their order."""
    run_on: Mapping[int, int | None] = field(default_factory=dict)
    """Paragraphs that might run on past full pictures: how many lines before the last that fits each is broken; None
    where that gains nothing.
    """


@dataclass(frozen=True)
class LayRequest:
    """A unit to be laid out."""

    unit: Unit
    side: Side
    """The side on which it begins."""
    folios: Mapping[str, str]
    """The folios of the places that it refers to; `EXPECTED` where they are not known yet, empty for none."""
    decisions: Decisions | None = None
    """Decisions that are known; None has them found."""


@dataclass(frozen=True)
class Laid:
    """A unit that has been laid out, without its pages."""

    pages: int
    anchors: Mapping[str, int]
    """Ids, and the page of the unit (from 0) on which each of them first stands."""
    decisions: Decisions = field(default_factory=Decisions)
    findings: tuple[Finding, ...] = ()
    """What the page engine reported."""


@dataclass(frozen=True)
class DrawRequest:
    """A unit to be drawn as it was laid out."""

    laid: LayRequest
    """With decisions."""
    first: int
    """The number of its first page."""
    is_tagged: bool
    """Whether its content is marked, for a file that is to be tagged."""


@dataclass(frozen=True)
class PlacedUnit:
    """A unit that is laid out, in its place in the book."""

    request: LayRequest
    laid: Laid
    first: int
    """The number of its first page within its range of folios."""

    @property
    def unit(self) -> Unit:
        """The unit."""
        return self.request.unit

    @property
    def settled(self) -> LayRequest:
        """The request with the decisions that were found."""
        return replace(self.request, decisions=self.laid.decisions)

    def drawing(self, *, is_tagged: bool) -> DrawRequest:
        """The request to draw it."""
        return DrawRequest(self.settled, self.first, is_tagged)

    @property
    def pages(self) -> int:
        """The number of its pages."""
        return self.laid.pages


Lay = Callable[[Sequence[LayRequest]], Sequence[Laid]]
"""Lays out units that do not depend on each other; the results come in the order of the requests."""


def settle(units: tuple[Unit, ...], lay: Lay) -> tuple[PlacedUnit, ...]:
    """Every unit laid out with the right page numbers, in reading order. Raises PressroomError if they never agree."""
    book = _Book({unit.id: references_of(unit.document) for unit in units}, lay)
    for _ in range(ROUNDS):
        before = book.laid.copy()
        book.lay_out([unit for unit in units if unit.matter != "front"])
        book.lay_out([unit for unit in units if unit.matter == "front"])
        if book.laid == before:
            return tuple(book.placed[unit.id] for unit in units)
    names = ", ".join(f"“{unit.title}”" for unit in units if book.is_outdated(unit))
    why = f"The page numbers printed in {names} never agree with the pages: each change of a number moves its target."
    raise PressroomError([error("pages-unsettled", Place("book"), why, "Reword a paragraph near such a reference.")])


class _Book:
    """The units of a book on their way to the right page numbers."""

    def __init__(self, references: Mapping[str, frozenset[str]], lay: Lay) -> None:
        self.references, self.lay = references, lay
        self.laid: dict[str, tuple[LayRequest, Laid]] = {}
        self.placed: dict[str, PlacedUnit] = {}
        self.shown: dict[str, str] = {}
        """The folio of every id, as known so far."""

    def lay_out(self, units: Sequence[Unit]) -> None:
        """Lay out a range of folios: wave after wave, since a unit may begin where another one ends."""
        while wave := list(self._wave(units)):
            for request, laid in zip(wave, self.lay(wave), strict=True):
                self.laid[request.unit.id] = request, laid
        first = _first(units)
        for unit in units:
            request, laid = self.laid[unit.id]
            first = _begin(unit, first)
            self.placed[unit.id] = PlacedUnit(request, laid, first)
            first += laid.pages
        for unit in units:
            placed = self.placed[unit.id]
            self.shown |= {id: folio(unit, placed.first + page) for id, page in placed.laid.anchors.items()}

    def _wave(self, units: Sequence[Unit]) -> Iterator[LayRequest]:
        """Requests for the units that were never laid out, or with other folios or on another side."""
        first: int | None = _first(units)
        for unit in units:
            first = None if first is None else _begin(unit, first)
            side = _side(first) if first is not None else _side_of_start(unit)
            known = self.laid.get(unit.id)
            if side is not None and (known is None or self.is_outdated(unit) or known[0].side != side):
                yield LayRequest(unit, side, self._folios(unit), known[1].decisions if known else None)
            first = first + known[1].pages if first is not None and known else None

    def _folios(self, unit: Unit) -> dict[str, str]:
        unknown = "" if unit.id in self.placed else EXPECTED
        return {id: self.shown.get(id, unknown) for id in sorted(self.references[unit.id])}

    def is_outdated(self, unit: Unit) -> bool:
        """Whether a unit prints other folios than those known now."""
        return self.laid[unit.id][0].folios != self._folios(unit)


def _first(units: Sequence[Unit]) -> int:
    """The number of the first page of a range of folios: 2 if it begins on a verso, so that there is no blank 1."""
    return 2 if units and units[0].start == "verso" else 1


def _begin(unit: Unit, first: int) -> int:
    """The number of a unit's first page: the next one, or the one after a blank page."""
    if unit.start == "recto":
        return first + (first % 2 == 0)
    return first + (first % 2 == 1) if unit.start == "verso" else first


def _side(number: int) -> Side:
    """Odd numbers are rectos, as long as every range of folios begins on one."""
    return "recto" if number % 2 else "verso"


def _side_of_start(unit: Unit) -> Side | None:
    """The side on which a unit begins whatever is before it; None for one that begins on the next page."""
    return None if unit.start == "next" else unit.start


def folio(unit: Unit, number: int) -> str:
    """A page's number as printed: roman in the front matter."""
    return roman(number) if unit.matter == "front" else str(number)


def blanks_before(placed: Iterable[PlacedUnit]) -> Iterator[tuple[PlacedUnit, tuple[str, ...]]]:
    """Every unit with the folios of the blank pages that go before it.

    A blank page within a range of folios is counted; one that completes a sheet before a new range has no number. Two
    blank pages never face each other.
    """
    following: dict[bool, int] = {}
    total = 0
    for one in placed:
        is_front = one.unit.matter == "front"
        begins_range = is_front not in following
        blanks = tuple(folio(one.unit, n) for n in range(following.get(is_front, one.first), one.first))
        if begins_range and total % 2 == one.first % 2:  # the sheet before it is not complete
            blanks = ("", *blanks)
        yield one, blanks
        following[is_front] = one.first + one.pages
        total += len(blanks) + one.pages
