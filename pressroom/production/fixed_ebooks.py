"""Fixed-layout ebooks: pages laid out as those of a PDF, and packed into an EPUB with every word in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pressroom import cover, fixed, machine, photographs
from pressroom.design import Composition, PrintPage
from pressroom.errors import Finding, warning
from pressroom.production.ebooks import ebook_of, make_within_budget, onix_record, paged_source
from pressroom.production.job import Job
from pressroom.production.order import MadeProduct, Making
from pressroom.production.paging import Paging
from pressroom.production.writing import disk, writable_cache

if TYPE_CHECKING:
    from pressroom.fixed.capture import LaidSheets  # loaded when pages are to be set: a machine may lack Pango


def make_fixed(job: Job, paging: Paging, file: Path) -> Making:
    """Make a fixed-layout ebook."""
    return make_within_budget(job, paging, file, _write)


def _write(job: Job, composition: Composition, paging: Paging, file: Path) -> MadeProduct:
    """Write a fixed-layout ebook."""
    laid = _lay_pages(job, composition)
    source, findings = _same_pages_as(job, laid, paging)
    book = replace(_book(job, composition, laid), pages_from=source)
    with file.open("wb") as target:
        held = fixed.export_fixed(book, job.modified, target)
    record = onix_record(job, composition, held, file, paged_source(job, paging, is_known=bool(source)))
    return MadeProduct(len(laid.sheets), (*laid.findings, *findings), record)


def _lay_pages(job: Job, composition: Composition) -> LaidSheets:
    """Lay out the pages, and read what stands on them. Raises MachineError where the page engine is missing."""
    capture = machine.load_page_engine("pressroom.fixed.capture")
    job.progress.begin(job.name, len(composition.units))
    laid: LaidSheets = capture.lay_sheets(composition, job.progress.step)
    return laid


def _book(job: Job, composition: Composition, laid: LaidSheets) -> fixed.Book:
    """The pages with their fonts and cover. Raises PressroomError for a font that must not be embedded in an ebook."""
    hidden = job.hand.settings.identifier(job.name) if ebook_of(job).fonts == "obfuscate" else ""
    with disk(), writable_cache(job.order):
        fonts = fixed.fixed_fonts(composition, laid.fonts, job.cache / "fonts", hidden)
        return fixed.Book(composition, laid.sheets, laid.fonts, fonts, _shop_cover(job))


def _shop_cover(job: Job) -> photographs.Rendition | None:
    """The cover picture with its words, as shops and shelves show it; None where the cover needs no picture."""
    recipe, _ = cover.cover_picture(job.hand)
    return photographs.render_cover(job.hand.album.get("cover"), recipe, job.cache / "renditions") if recipe else None


def _same_pages_as(job: Job, laid: LaidSheets, paging: Paging) -> tuple[str, tuple[Finding, ...]]:
    """The identifier of the print edition in pages_from, if its pages are the same; else "", and a finding."""
    source = ebook_of(job).pages_from
    if source is None:
        return "", ()
    paged, findings = paging.of(source, job, "names no print edition that has the same pages")
    if paged is None:
        return "", findings
    if not same_pages(laid.pages, paged.pages, paged.composition):
        why = f"“{job.name}” and “{source}” have different pages: the same page number leads to other words."
        remedy = "Give both the same trim and the same chapters, or delete pages_from."
        return "", (warning("pages-differ", job.hand.place("pages_from"), why, remedy),)
    return job.hand.settings.identifier(source), ()


def same_pages(ours: Sequence[PrintPage], theirs: Sequence[PrintPage], composition: Composition) -> bool:
    """Whether two editions have the same pages, so that every chapter's words stand under the same page number."""
    chapters = {unit.id for unit in composition.units if unit.source}
    return [p for p in ours if p.unit in chapters] == [p for p in theirs if p.unit in chapters]
