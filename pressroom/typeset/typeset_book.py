"""Typesetting: a composition becomes a book of drawn pages, and that a PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pressroom.design import Composition
from pressroom.errors import Finding, Place, PressroomError, has_errors
from pressroom.typeset.boxes import PageBoxes
from pressroom.typeset.drawn_book import DrawnBook, drawn_book, found, print_pages
from pressroom.typeset.engine import engine_options
from pressroom.typeset.engine.dressing import Dresser
from pressroom.typeset.engine.fetcher import CompositionFetcher
from pressroom.typeset.engine.log import collecting_findings
from pressroom.typeset.engine.style_reading import StyleReader
from pressroom.typeset.engine.versions import versions
from pressroom.typeset.engine.writer import FileFacts, write_pdf
from pressroom.typeset.kept_units import kept_units
from pressroom.typeset.looked import LaidPage, LookedBook, LookedUnit
from pressroom.typeset.neutral import Neutral, neutral
from pressroom.typeset.pool import PoolTypesetter
from pressroom.typeset.tags import Written
from pressroom.typeset.unit_typesetters import EngineTypesetter, KeepingTypesetter, OnLaid, UnitTypesetter
from pressroom.typeset.units import PlacedUnit, blanks_before, folio, settle


@dataclass(frozen=True)
class Workshop:
    """The means with which a composition is typeset. They change how long that takes, never what comes of it."""

    cache: Path | None = None
    """The folder of what is kept between builds; None keeps nothing."""
    builder: str = ""
    """The state of the builder: pages that another one has made are not taken."""
    jobs: int = 1
    """In how many processes units are laid out."""
    step: OnLaid = lambda name: None
    """Called for every unit that has been laid out."""
    also_tagged: frozenset[bool] = frozenset()
    """Whether other editions of the build are tagged, untagged, or both: they may have the same pages."""
    style_reader: StyleReader | None = None
    """Has style sheets that an earlier layout has read; None where there is none."""


def typeset(composition: Composition, workshop: Workshop | None = None) -> DrawnBook:
    """The drawn pages of a composition. Raises PressroomError where a page could not be made as the manuscript asks,
    and MachineError where a process dies.
    """
    workshop, pages = workshop or Workshop(), neutral(composition)
    with PoolTypesetter(pages.composition, workshop.jobs, workshop.step, workshop.style_reader) as pool:
        if workshop.cache is None:
            return _book(composition, pages, pool)
        kept = kept_units(pages.composition, workshop.cache / "units", f"{versions()} {workshop.builder}")
        also = workshop.also_tagged if pages.is_shared else frozenset()
        keeping = KeepingTypesetter(kept, pool, workshop.step, also)
        book = _book(composition, pages, keeping)
        return replace(book, findings=(*book.findings, *keeping.findings))


def _book(composition: Composition, pages: Neutral, typesetter: UnitTypesetter) -> DrawnBook:
    tagged, dresser = composition.page.is_tagged, Dresser.of(pages)
    placed = settle(pages.composition.units, typesetter.lay)
    drawn = typesetter.draw([one.drawing(is_tagged=tagged) for one in placed])
    dressed = [dresser.dress(unit) for unit in drawn]
    return drawn_book(placed, dressed, lambda: dresser.dress(typesetter.blank(is_tagged=tagged)))


def look(composition: Composition, step: OnLaid = lambda name: None) -> LookedBook:
    """The pages of a composition with their appearances. Raises PressroomError as `typeset` does."""
    typesetter = EngineTypesetter(composition, step)
    engine, placed = typesetter.engine, settle(composition.units, typesetter.lay)
    units = [engine.look(one.settled, one.first) for one in placed]
    findings = found(placed, units)
    pages = tuple(_laid_pages(placed, units, engine.look_at_blank))
    letters = print_pages(placed, (unit.letters for unit in units))
    return LookedBook(pages, letters, engine.font_reader.files, findings)


def _laid_pages(
    placed: Sequence[PlacedUnit], units: Sequence[LookedUnit], blank: Callable[[], PageBoxes]
) -> Iterator[LaidPage]:
    for (one, blanks), looked in zip(blanks_before(placed), units, strict=True):
        yield from (LaidPage(blank(), name) for name in blanks)
        for n, page in enumerate(looked.pages):
            ids = frozenset(id for id, place in one.laid.anchors.items() if place == n)
            yield LaidPage(page, folio(one.unit, one.first + n), one.unit, n, ids)


def write(book: DrawnBook, composition: Composition, modified: dt.datetime, file: Path) -> Written:
    """Write the PDF of a book to a file, dated `modified`, before it is finished.

    Raises PressroomError where the engine breaks.
    """
    findings: list[Finding] = []
    with collecting_findings(Place("layouts"), findings):
        write_pdf(
            file,
            [sheet.page for sheet in book.sheets],
            [*book.units, *([book.blank] if book.blank else [])],
            _facts(composition, modified),
            CompositionFetcher(composition),
        )
    if has_errors(findings):
        raise PressroomError(findings)
    painted = tuple(sheet.painted for sheet in book.sheets if sheet.painted)
    return Written(file, painted, tuple(dict.fromkeys(findings)))


def _facts(composition: Composition, modified: dt.datetime) -> FileFacts:
    """What the PDF of an edition says of itself."""
    settings = composition.publication.settings
    subjects = ", ".join(subject.name for subject in settings.subjects)
    authors = ", ".join(creator.name for creator in settings.creators)
    return FileFacts(
        identifier=settings.identifier(composition.name),
        title=settings.title,
        authors=(authors,) if authors else (),
        description=settings.description or "",
        keywords=tuple(dict.fromkeys(filter(None, (word.strip() for word in subjects.split(","))))),
        date=modified.strftime("%Y-%m-%dT%H:%M:%SZ"),
        language=settings.language,
        options=engine_options(composition),
    )
