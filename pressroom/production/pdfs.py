"""PDFs: the pages of a book and its printed cover, each checked as a printer would check it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pressroom import cover, machine, preflight
from pressroom.design import Composition
from pressroom.production.job import Job, Renditions
from pressroom.production.order import MadeProduct, Making
from pressroom.production.paging import Paging, workshop_of
from pressroom.rules.caliper import spine_of

if TYPE_CHECKING:
    from pressroom.pdf import DrawnBook  # as in paging


def make_pdf(job: Job, paging: Paging, file: Path) -> Making:
    """Make the PDF of a book's pages."""
    composition, renditions = job.compose()
    return _write(job, composition, renditions, paging, file)


def make_cover(job: Job, paging: Paging, file: Path) -> Making:
    """Make the PDF of a printed cover."""
    composition, renditions = compose_cover(job, paging)
    return _write(job, composition, renditions, paging, file)


def compose_cover(job: Job, paging: Paging) -> tuple[Composition, Renditions]:
    """Lay a printed cover out as XHTML, with a spine as wide as the pages of its book are thick."""
    wrap = job.hand.wrap
    assert wrap
    job.check()
    profile, renditions = job.pictures(job.hand)
    spine = spine_of(wrap, job.hand.rules, paging.pages_of(wrap.of, job))
    assert spine  # preflight stops a cover whose paper has no known thickness
    composition, findings = cover.lay_out_cover(job.hand, spine, renditions)
    job.report.add(findings, needs_build=True)
    return replace(composition, profile=profile), renditions


def foresee_pdf(job: Job) -> None:
    """Report the findings on the pages as XHTML."""
    job.compose()


def foresee_cover(job: Job) -> None:
    """Report the findings that need no spine, because the pages of the book are not made yet."""
    job.check()


def _write(job: Job, composition: Composition, renditions: Renditions, paging: Paging, file: Path) -> Making:
    """Lay out the pages of a PDF, and begin to write and check it."""
    book = paging.typeset(job, composition)
    job.report.add(book.findings, needs_build=True)
    return paging.beside.begin(job.name, partial(_bind, job, composition, renditions, book, file))


def _bind(job: Job, composition: Composition, renditions: Renditions, book: DrawnBook, file: Path) -> MadeProduct:
    """Write a PDF and check it, unless the same one was kept."""
    from pressroom.production import kept_pdfs  # noqa: PLC0415 - a plan is checked without it

    parts = kept_pdfs.parts_of(job, composition, renditions, book.digest)
    write = partial(_write_and_check, job, composition, renditions, book, file)
    return kept_pdfs.kept_or_made(job, parts, file, write)


def _write_and_check(
    job: Job, composition: Composition, renditions: Renditions, book: DrawnBook, file: Path
) -> MadeProduct:
    """Write a PDF and check it. A proof stays in the house, and is not checked."""
    from pressroom import inspection  # noqa: PLC0415 - as above
    from pressroom.production.finished import check_made, shelf_of_facts  # noqa: PLC0415

    pdf = machine.load_page_engine("pressroom.pdf")
    made = pdf.bind(book, composition, job.modified, file, workshop_of(job))
    if composition.page.proof:
        return MadeProduct(len(made.folios), made.findings)
    with shelf_of_facts(job) as shelf:
        faults = check_made(job, composition, renditions, file, shelf)
    units, numbers = zip(*book.first_pages, strict=True)
    unread = preflight.words_unfound(job.name, zip(units, inspection.texts_of(file, numbers), strict=False))
    return MadeProduct(len(made.folios), (*made.findings, *faults, *unread))
