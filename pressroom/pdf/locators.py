"""Locators: the page numbers of an index entry. Each page once, and three or more in a row as a range: “12, 14–16”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from pressroom.words import roman

_LEAST_RANGE = 3
"""Pages in a row from which a range is printed; two that touch are told apart, as separate mentions."""
_ROMANS = {roman(number): number for number in range(1, 500)}


@dataclass(frozen=True)
class Locator:
    """A page or a range of pages, and the first of the places that it stands for."""

    text: str
    first: int
    """Which of the places, from 0."""


def locators(folios: Sequence[str]) -> tuple[Locator, ...]:
    """The locators of places on these pages: front matter first, no range from roman to arabic numbers."""
    places: dict[tuple[bool, int], int] = {}
    for n, folio in enumerate(folios):
        number = _number(folio)
        if number is not None:
            places.setdefault(number, n)
    return tuple(locator for run in _runs(sorted(places)) for locator in _printed(run, places))


def _number(folio: str) -> tuple[bool, int] | None:
    if folio.isdecimal():
        return True, int(folio)
    return (False, _ROMANS[folio]) if folio in _ROMANS else None


def _runs(numbers: Sequence[tuple[bool, int]]) -> Iterator[list[tuple[bool, int]]]:
    run: list[tuple[bool, int]] = []
    for kind, number in numbers:
        if run and run[-1] != (kind, number - 1):
            yield run
            run = []
        run.append((kind, number))
    if run:
        yield run


def _printed(run: Sequence[tuple[bool, int]], places: dict[tuple[bool, int], int]) -> Iterator[Locator]:
    names = [str(number) if is_arabic else roman(number) for is_arabic, number in run]
    if len(run) >= _LEAST_RANGE:
        yield Locator(f"{names[0]}–{names[-1]}", places[run[0]])
        return
    yield from (Locator(name, places[number]) for name, number in zip(names, run, strict=True))


def join(places: etree._Element) -> None:
    """Print the places of an entry, links with their pages filled in, as locators with commas between them."""
    links = list(places)
    found = locators([str(link.get("data-page", "")) for link in links])
    if not found:  # nothing has been laid out yet
        return
    for link in links:
        places.remove(link)
    for n, locator in enumerate(found):
        link = links[locator.first]
        link.set("data-page", locator.text)
        link.tail = ", " if n + 1 < len(found) else None
        places.append(link)
