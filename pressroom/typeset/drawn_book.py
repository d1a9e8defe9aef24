"""A book whose units are drawn: its pages in their order, with the blank ones between units."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pressroom.design import Unit
from pressroom.design.pagination import PrintPage
from pressroom.errors import Finding, PressroomError, Severity
from pressroom.typeset.drawn_pages import DrawnPage, DrawnUnit
from pressroom.typeset.looked import LookedUnit
from pressroom.typeset.tags.painted import PaintedPage, on_sheet
from pressroom.typeset.units import PlacedUnit, blanks_before, folio


@dataclass(frozen=True)
class Sheet:
    """One page of the book."""

    folio: str
    page: DrawnPage
    painted: PaintedPage | None = None
    """Its marked content, in a file that is to be tagged."""


@dataclass(frozen=True)
class DrawnBook:
    """The units of a book, and their pages."""

    placed: tuple[PlacedUnit, ...]
    units: tuple[DrawnUnit, ...]
    """Each unit of `placed`, drawn."""
    findings: tuple[Finding, ...]
    """The findings on its pages, each once; none of them an error."""
    sheets: tuple[Sheet, ...]
    """All pages in the order of the book, blank ones among them."""
    blank: DrawnUnit | None = None
    """A blank page, where there is one among them."""

    @property
    def digest(self) -> str:
        """The hash of all that a file of these pages depends on of them.

        What is marked on a page follows from its operators and the unit’s document, which are quicker to write out.
        """
        pages = [(sheet.folio, sheet.page, sheet.painted is not None) for sheet in self.sheets]
        documents = [one.unit.document.text for one in self.placed]
        parts = (pages, documents, [unit.fonts for unit in self.units], self.blank and self.blank.fonts)
        return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def first_pages(self) -> Iterator[tuple[Unit, int]]:
        """The first two pages of each unit, by their numbers in the file, from 0."""
        total = 0
        for one, blanks in blanks_before(self.placed):
            total += len(blanks)
            yield from ((one.unit, total + n) for n in range(min(2, one.pages)))
            total += one.pages

    @property
    def print_pages(self) -> tuple[PrintPage, ...]:
        """Which letters of which unit stand on each page; blank pages are left out."""
        return print_pages(self.placed, (drawn.letters for drawn in self.units))


def found(placed: Iterable[PlacedUnit], units: Iterable[DrawnUnit | LookedUnit]) -> tuple[Finding, ...]:
    """The findings of units, each once. Raises PressroomError if a page has an error, such as a lost note."""
    laid = (finding for one in placed for finding in one.laid.findings)
    findings = tuple(dict.fromkeys([*laid, *(finding for unit in units for finding in unit.findings)]))
    if faults := [finding for finding in findings if finding.severity is Severity.ERROR]:
        raise PressroomError(faults)
    return findings


def drawn_book(
    placed: Sequence[PlacedUnit], units: Sequence[DrawnUnit], draw_blank: Callable[[], DrawnUnit]
) -> DrawnBook:
    """The book of placed units, which were drawn in the same order. Raises PressroomError if a page has an error."""
    findings = found(placed, units)
    blank = draw_blank() if any(blanks for _, blanks in blanks_before(placed)) else None
    sheets = tuple(
        replace(sheet, painted=sheet.painted and on_sheet(sheet.painted, n))
        for n, sheet in enumerate(_sheets(placed, units, blank))
    )
    return DrawnBook(tuple(placed), tuple(units), findings, sheets, blank)


def _sheets(placed: Sequence[PlacedUnit], units: Sequence[DrawnUnit], blank: DrawnUnit | None) -> Iterator[Sheet]:
    for (one, blanks), drawn in zip(blanks_before(placed), units, strict=True):
        if blank:
            yield from (Sheet(name, blank.pages[0], *blank.painted) for name in blanks)
        for n, page in enumerate(drawn.pages):
            yield Sheet(folio(one.unit, one.first + n), page, drawn.painted[n] if drawn.painted else None)


def print_pages(placed: Sequence[PlacedUnit], letters: Iterable[Sequence[tuple[range, ...]]]) -> tuple[PrintPage, ...]:
    """Which letters of which unit stand on each page, from those of each unit; blank pages are left out."""
    return tuple(
        PrintPage(folio(one.unit, one.first + n), one.unit.id, here)
        for one, of_unit in zip(placed, letters, strict=True)
        for n, here in enumerate(of_unit)
    )
