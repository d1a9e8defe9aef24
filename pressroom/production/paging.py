"""Paging: PDF editions as they were laid out in a build. Ebooks take page numbers from them, covers their spines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressroom import machine
from pressroom.design import Composition, PrintPage
from pressroom.errors import Finding, MachineError, PressroomError, advice, error, warning
from pressroom.production.job import Job
from pressroom.production.order import Report

if TYPE_CHECKING:
    from pressroom.pdf import MadePdf  # loaded when pages are to be set: a machine may lack Pango


@dataclass(frozen=True)
class Paged:
    """A PDF edition as it was laid out, and what stands on which of its pages."""

    composition: Composition
    pages: tuple[PrintPage, ...]


@dataclass(frozen=True)
class Paging:
    """Each PDF edition that was laid out, or why it could not be: none is laid out twice for others."""

    known: dict[str, Paged | PressroomError] = field(default_factory=dict)

    def typeset(self, job: Job, composition: Composition) -> MadePdf:
        """The PDF of an edition."""
        pdf = machine.load_page_engine("pressroom.pdf")
        job.progress.begin(job.name, len(composition.units))
        try:
            made: MadePdf = pdf.export(composition, job.modified, job.progress.step)
        except PressroomError as fault:
            self.known[job.name] = fault
            raise
        self.known[job.name] = Paged(composition, made.pages)
        return made

    def count(self, name: str) -> int:
        """The pages of an edition, if it was laid out; else 0."""
        paged = self.known.get(name)
        return len(paged.pages) if isinstance(paged, Paged) else 0

    def of(self, name: str, job: Job, otherwise: str) -> tuple[Paged | None, tuple[Finding, ...]]:
        """An edition that the ebook of a job takes its numbers from; or, where it cannot be laid out, what to say: what
        the ebook is `otherwise`.
        """
        try:
            paged = self.known.get(name) or self._laid_out(name, job)
            if isinstance(paged, PressroomError):
                raise paged
        except PressroomError as fault:
            self.known[name] = fault
            return None, (_missing(name, job, otherwise, fault),)
        return paged, ()

    def _laid_out(self, name: str, job: Job) -> Paged:
        """An edition laid out for the ebook of a job, and not written. What is told of it belongs to its own build."""
        pdf = machine.load_page_engine("pressroom.pdf")
        composition, _ = job.other(name, Report()).compose()
        job.progress.begin(f"{job.name}: pages of {name}", len(composition.units))
        paged = self.known[name] = Paged(composition, pdf.paginate(composition, job.modified, job.progress.step))
        return paged

    def pages_of(self, book: str, job: Job) -> int:
        """The pages of the book that a job’s cover goes around: counted when it was made, else it is laid out to be
        counted, and not written.
        """
        made = next((product.pages for product in job.report.products if product.edition == book), 0)
        if made:
            return made
        if not job.order.editions or book in job.order.editions:
            why = f"“{book}” was not made, so that nobody knows how thick a book this cover goes around."
            remedy = f"Mend what is told of “{book}”."
            raise PressroomError([error("cover-without-book", job.hand.place(), why, remedy)])
        inner = job.other(book)
        pdf = self.typeset(inner, inner.compose()[0])
        job.report.add(pdf.findings)
        return len(pdf.folios)


def _missing(name: str, job: Job, otherwise: str, fault: PressroomError) -> Finding:
    place, first = job.hand.place("pages_from"), fault.findings[0]
    why = f"The ebook “{job.name}” {otherwise}: “{name}” could not be laid out"
    if isinstance(fault, MachineError):
        return advice("page-list-missing", place, f"{why} on this machine.", first.remedy)
    remedy = f"Type pressroom build --edition {name}, and do what it says."
    return warning("page-list-missing", place, f"{why}. {first.message}", remedy)
