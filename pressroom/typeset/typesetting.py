"""Typesetting: a composition becomes a book of drawn pages, and that a PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from pressroom.design import Composition
from pressroom.errors import Finding, Place, PressroomError, has_errors
from pressroom.publication import Settings
from pressroom.typeset.boxes import PageBoxes
from pressroom.typeset.drawn_book import DrawnBook, drawn_book, found, print_pages
from pressroom.typeset.engine import Engine, engine_options
from pressroom.typeset.engine.fetcher import CompositionFetcher
from pressroom.typeset.engine.log import collecting_findings
from pressroom.typeset.engine.writer import FileFacts, write_pdf
from pressroom.typeset.looked import LaidPage, LookedBook, LookedUnit
from pressroom.typeset.tags import Written
from pressroom.typeset.units import Laid, LayRequest, PlacedUnit, blanks_before, folio, settle

Step = Callable[[], None]
"""Called for every unit that has been laid out."""


def typeset(composition: Composition, step: Step = lambda: None) -> DrawnBook:
    """The drawn pages of a composition; `step` is called for every unit that has been laid out.

    Raises PressroomError where a page could not be made as the manuscript asks.
    """
    engine = Engine(composition)
    placed = settle(composition.units, partial(_lay_in_turn, engine, step))
    return drawn_book(placed, [engine.draw(one.settled, one.first) for one in placed], engine.blank)


def look(composition: Composition, step: Step = lambda: None) -> LookedBook:
    """The pages of a composition with their appearances. Raises PressroomError as `typeset` does."""
    engine = Engine(composition)
    placed = settle(composition.units, partial(_lay_in_turn, engine, step))
    units = [engine.look(one.settled, one.first) for one in placed]
    findings = found(placed, units)
    pages = tuple(_laid_pages(placed, units, engine.look_at_blank))
    letters = print_pages(placed, (unit.letters for unit in units))
    return LookedBook(pages, letters, engine.font_reader.files, findings)


def _lay_in_turn(engine: Engine, step: Step, requests: Sequence[LayRequest]) -> list[Laid]:
    laid = []
    for request in requests:
        laid.append(engine.lay(request))
        step()
    return laid


def _laid_pages(
    placed: Sequence[PlacedUnit], units: Sequence[LookedUnit], blank: Callable[[], PageBoxes]
) -> Iterator[LaidPage]:
    for (one, blanks), looked in zip(blanks_before(placed), units, strict=True):
        yield from (LaidPage(blank(), name) for name in blanks)
        for n, page in enumerate(looked.pages):
            ids = frozenset(id for id, place in one.laid.anchors.items() if place == n)
            yield LaidPage(page, folio(one.unit, one.first + n), one.unit, n, ids)


def write(book: DrawnBook, composition: Composition, modified: dt.datetime) -> Written:
    """The PDF of a book, dated `modified`, before it is finished. Raises PressroomError where the engine breaks."""
    findings: list[Finding] = []
    with collecting_findings(Place("layouts"), findings):
        data = write_pdf(
            [sheet.page for sheet in book.sheets],
            [*book.units, *([book.blank] if book.blank else [])],
            _facts(composition.publication.settings, composition.name, modified),
            CompositionFetcher(composition),
            engine_options(composition),
        )
    if has_errors(findings):
        raise PressroomError(findings)
    painted = tuple(sheet.painted for sheet in book.sheets if sheet.painted)
    return Written(data, painted, tuple(dict.fromkeys(findings)))


def _facts(settings: Settings, edition: str, modified: dt.datetime) -> FileFacts:
    """What the PDF of an edition says of itself."""
    subjects = ", ".join(subject.name for subject in settings.subjects)
    authors = ", ".join(creator.name for creator in settings.creators)
    return FileFacts(
        identifier=settings.identifier(edition),
        title=settings.title,
        authors=(authors,) if authors else (),
        description=settings.description or "",
        keywords=tuple(dict.fromkeys(filter(None, (word.strip() for word in subjects.split(","))))),
        date=modified.strftime("%Y-%m-%dT%H:%M:%SZ"),
        language=settings.language,
    )
