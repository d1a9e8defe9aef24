"""Units: laid out one after the other, so that each knows its first page, until every printed reference is right.

Numbers of pages are text that is filled in: a unit whose references came out other than shown is laid out again. The
body goes first, the front matter (which lists its pages) after it; each range of folios begins on a recto.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pressroom.design import Unit
from pressroom.errors import Finding, Place, PressroomError, error
from pressroom.language.words import roman
from pressroom.typeset.boxes import PageBoxes

Side = Literal["recto", "verso"]
"""Which of them is at the left, the page engine knows from the direction of the script."""
ROUNDS = 8
"""Layouts settle in two or three; a reference that moves its own target might never."""


@dataclass(frozen=True)
class Laid:
    """A unit on its pages."""

    unit: Unit
    first: int
    """Number of its first page within its range of folios."""
    pages: int
    anchors: Mapping[str, int]
    """Ids, and the page of the unit (from 0) on which each of them first stands."""
    references: frozenset[str]
    """The ids whose page numbers it prints."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """The ids of its notes, and of the places that call them."""
    sheets: tuple[PageBoxes, ...] = ()
    """Its pages, those of spreads among them."""
    findings: tuple[Finding, ...] = ()
    """Findings about its pages."""


Lay = Callable[[Unit, int, Side, Mapping[str, str]], Laid]
"""Lays out a unit from a page number, on a side, with the folios that its references show."""


def settle(units: tuple[Unit, ...], lay: Lay) -> tuple[Laid, ...]:
    """Every unit laid out with the right page numbers, in reading order. Raises PressroomError if they never agree."""
    shown: dict[str, str] = {}
    laid: dict[str, Laid] = {}
    used: dict[str, tuple[int, dict[str, str]]] = {}
    for _ in range(ROUNDS):
        changed = False
        for group in (_body(units), _front(units)):
            first = 1
            for unit in group:
                first = _begin(unit, first)
                now = laid.get(unit.id)
                wanted = {id: shown.get(id, "") for id in now.references} if now else {}
                if now is None or used[unit.id] != (first, wanted):
                    laid[unit.id] = now = lay(unit, first, _side(first), shown)
                    used[unit.id] = (first, {id: shown.get(id, "") for id in now.references})
                    changed = True
                for id, page in now.anchors.items():
                    shown[id] = folio(unit, first + page)
                first += now.pages
        if not changed:
            return tuple(laid[unit.id] for unit in units)
    names = ", ".join(
        f"“{u.title}”" for u in units if {i: shown.get(i, "") for i in laid[u.id].references} != used[u.id][1]
    )
    why = f"The page numbers printed in {names} never agree with the pages: each change of a number moves its target."
    raise PressroomError([error("pages-unsettled", Place("book"), why, "Reword a paragraph near such a reference.")])


def _front(units: tuple[Unit, ...]) -> Iterator[Unit]:
    yield from (u for u in units if u.matter == "front")


def _body(units: tuple[Unit, ...]) -> Iterator[Unit]:
    yield from (u for u in units if u.matter != "front")


def _begin(unit: Unit, first: int) -> int:
    """The number of a unit's first page: the next one, or the one after a blank page."""
    if unit.start == "recto":
        return first + (first % 2 == 0)
    return first + (first % 2 == 1) if unit.start == "verso" else first


def _side(number: int) -> Side:
    """Odd numbers are rectos, as long as every range of folios begins on one."""
    return "recto" if number % 2 else "verso"


def folio(unit: Unit, number: int) -> str:
    """A page's number as printed: roman in the front matter."""
    return roman(number) if unit.matter == "front" else str(number)


def blanks_before(laid: Iterable[Laid]) -> Iterator[tuple[Laid, tuple[str, ...]]]:
    """Every unit with the folios of the blank pages that go before it.

    A blank page within a range of folios is counted; one that completes a sheet before a new range has no number.
    """
    following: dict[bool, int] = {}
    total = 0
    for one in laid:
        is_front = one.unit.matter == "front"
        begins_range = is_front not in following
        blanks = tuple(folio(one.unit, n) for n in range(following.get(is_front, 1), one.first))
        if begins_range and total % 2:
            blanks = ("", *blanks)
        yield one, blanks
        following[is_front] = one.first + one.pages
        total += len(blanks) + one.pages
