"""Paging: the pages of the PDF editions that a build has laid out. Page lists of ebooks and spines are made of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pressroom import machine
from pressroom.design import Composition, PrintPage
from pressroom.errors import Finding, MachineError, PressroomError, advice, error, warning
from pressroom.production.job import Job
from pressroom.production.order import Report
from pressroom.production.side_by_side import SideBySide

if TYPE_CHECKING:
    from pressroom.pdf import (  # imported only when pages are laid out, because a machine may lack Pango
        DrawnBook,
        StyleReader,
        Workshop,
    )


@dataclass(frozen=True)
class Paged:
    """A PDF edition that is laid out, and what stands on each of its pages."""

    composition: Composition
    pages: tuple[PrintPage, ...]


@dataclass(frozen=True)
class Paging:
    """The PDF editions of a build, each laid out at most once for those that need its pages."""

    beside: SideBySide
    """Where PDFs are written, while other editions are laid out."""
    style_reader: StyleReader | None = None
    """Style sheets that an earlier layout has read; for who lays out the same edition again and again."""
    known: dict[str, Paged | PressroomError] = field(default_factory=dict)
    """By the names of editions: the pages, or the exception where they could not be laid out."""

    def typeset(self, job: Job, composition: Composition) -> DrawnBook:
        """Lay out the pages of an edition. Raises PressroomError where that cannot be done."""
        pdf = machine.load_page_engine("pressroom.pdf")
        job.progress.begin(job.name, len(composition.units))
        try:
            workshop = replace(workshop_of(job), style_reader=self.style_reader)
            book: DrawnBook = pdf.typeset(composition, workshop)
        except PressroomError as fault:
            self.known[job.name] = fault
            raise
        self.known[job.name] = Paged(composition, book.print_pages)
        return book

    def count(self, name: str) -> int:
        """The number of pages of an edition that was laid out; else 0."""
        paged = self.known.get(name)
        return len(paged.pages) if isinstance(paged, Paged) else 0

    def of(self, name: str, job: Job, consequence: str) -> tuple[Paged | None, tuple[Finding, ...]]:
        """The pages of an edition for the ebook of a job; or None and a finding, where they cannot be laid out.

        `consequence` says in that finding what the ebook then lacks: “has no page numbers”.
        """
        try:
            paged = self.known.get(name) or self._paginate(name, job)
            if isinstance(paged, PressroomError):
                raise paged
        except PressroomError as fault:
            self.known[name] = fault
            return None, (_page_list_missing(name, job, consequence, fault),)
        return paged, ()

    def _paginate(self, name: str, job: Job) -> Paged:
        """Lay out an edition without writing it. Its findings are left out: they belong to its own build."""
        composition, _ = job.other(name, Report()).compose()
        pdf = machine.load_page_engine("pressroom.pdf")
        job.progress.begin(f"{job.name}: pages of {name}", len(composition.units))
        book = pdf.typeset(composition, workshop_of(job))
        paged = self.known[name] = Paged(composition, book.print_pages)
        return paged

    def pages_of(self, book: str, job: Job) -> int:
        """The number of pages of the book that a job's cover goes around.

        A book that is not ordered is laid out to count its pages, and not written.
        Raises PressroomError where the book was ordered and could not be made.
        """
        made = next((product.pages for product in job.report.products if product.edition == book), 0)
        if made:
            return made
        if not job.order.editions or book in job.order.editions:
            why = f"“{book}” could not be made, so the thickness of the book and the width of its spine are unknown."
            remedy = f"Correct the errors of “{book}”, then build again."
            raise PressroomError([error("cover-without-book", job.hand.place(), why, remedy)])
        inner = job.other(book)
        laid = self.typeset(inner, inner.compose()[0])
        job.report.add(laid.findings)
        return len(laid.sheets)


def workshop_of(job: Job) -> Workshop:
    """The means with which the pages of an edition are laid out."""
    workshop: Workshop = machine.load_page_engine("pressroom.pdf").Workshop(
        cache=job.order.cache,
        builder=job.builder,
        jobs=job.order.jobs,
        step=job.progress.step,
        also_tagged=_also_tagged(job),
    )
    return workshop


def _also_tagged(job: Job) -> frozenset[bool]:
    """Whether the ordered editions on the same paper are tagged, untagged, or both."""
    names = job.order.editions or job.hand.settings.editions
    pages = (job.hand.settings.editions[name].page for name in names)
    return frozenset(page.is_tagged for page in pages if page and job.hand.page and page.trim == job.hand.page.trim)


def _page_list_missing(name: str, job: Job, consequence: str, fault: PressroomError) -> Finding:
    """The finding that an ebook goes without the pages of a print edition."""
    place, first = job.hand.place("pages_from"), fault.findings[0]
    why = f"The ebook “{job.name}” {consequence}: “{name}” could not be laid out"
    if isinstance(fault, MachineError):
        return advice("page-list-missing", place, f"{why} on this machine.", first.remedy)
    remedy = f"Type pressroom build --edition {name}, and correct the errors that it reports."
    return warning("page-list-missing", place, f"{why}. {first.message}", remedy)
