"""Locators: the page numbers of an index entry. Each page stands once, consecutive pages as a range: “12, 14–16”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from pressroom.language.words import roman

_ROMANS = {roman(number): number for number in range(1, 500)}
_Page = tuple[bool, int]
"""Whether the number is arabic, and the number. Roman front matter sorts first, and no range leads out of it."""


@dataclass(frozen=True)
class Locator:
    """A page or a range of pages, and the first indexed place in it."""

    text: str
    """Numbers in full: “114–115”."""
    first: int
    """The index of that place, from 0."""


def locators(folios: Sequence[str]) -> tuple[Locator, ...]:
    """The locators of places with these folios (“12”, or “12–15” for a passage), front matter first."""
    places: dict[_Page, int] = {}
    for n, folio in enumerate(folios):
        for page in _pages(folio):
            places.setdefault(page, n)
    return tuple(Locator(_printed(run), places[run[0]]) for run in _runs(sorted(places)))


def _pages(folio: str) -> Iterator[_Page]:
    """The pages of a place. Pages between a roman and an arabic number cannot be counted."""
    first, last = (_page(name) for name in (folio.split("–") * 2)[:2])
    if first and last and first[0] == last[0]:
        yield from ((first[0], number) for number in range(first[1], max(first[1], last[1]) + 1))
    else:
        yield from filter(None, (first, last))


def _page(name: str) -> _Page | None:
    if name.isdecimal():
        return True, int(name)
    return (False, _ROMANS[name]) if name in _ROMANS else None


def _runs(pages: Sequence[_Page]) -> Iterator[list[_Page]]:
    run: list[_Page] = []
    for kind, number in pages:
        if run and run[-1] != (kind, number - 1):
            yield run
            run = []
        run.append((kind, number))
    if run:
        yield run


def _printed(run: Sequence[_Page]) -> str:
    names = [str(number) if is_arabic else roman(number) for is_arabic, number in run]
    return "–".join(dict.fromkeys((names[0], names[-1])))


def join(places: etree._Element) -> None:
    """Replace the links of an index entry by its locators, with commas between them."""
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
