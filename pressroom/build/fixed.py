"""Fixed layouts: an ebook whose pages are laid out as those of a PDF, and handed over with their text in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pressroom import epub, layouts, machine, photographs
from pressroom.build.job import Job
from pressroom.build.paging import Paging
from pressroom.build.writing import disk, writable_cache
from pressroom.errors import Finding, warning
from pressroom.layouts import Composition, PrintPage
from pressroom.publication import EpubEdition

if TYPE_CHECKING:
    from pressroom.pdf import LaidSheets  # loaded when pages are to be set: a machine may lack Pango


def lay_pages(job: Job, composition: Composition) -> LaidSheets:
    """The pages as values."""
    pdf = machine.load_page_engine("pressroom.pdf")
    job.progress.begin(job.name, len(composition.units))
    laid: LaidSheets = pdf.lay_sheets(composition, job.modified, job.progress.step)
    return laid


def book_of(job: Job, composition: Composition, laid: LaidSheets) -> epub.Book:
    """The pages with what an ebook needs beside them. Raises PressroomError for a font that it may not bring."""
    settings = job.manuscript.publication.settings
    hidden = settings.identifier(job.name) if getattr(job.edition, "fonts", "") == "obfuscate" else ""
    with disk(), writable_cache(job.order.root):
        fonts = epub.fixed_fonts(composition, laid.fonts, job.cache / "fonts", hidden)
        return epub.Book(composition, laid.sheets, laid.fonts, fonts, _shop_cover(job))


def _shop_cover(job: Job) -> photographs.Rendition | None:
    """The cover as shops and shelves show it, with its words, as of every ebook. None where it needs no picture."""
    of = job.manuscript
    recipe, _ = layouts.cover_picture(of.publication, job.name, of.layout, of.album, of.place_of)
    return photographs.render_cover(of.album.get("cover"), recipe, job.cache / "renditions") if recipe else None


def source_of(job: Job, laid: LaidSheets, paging: Paging) -> tuple[str, tuple[Finding, ...]]:
    """The identifier of the print edition that has the same pages, if there is to be one."""
    assert isinstance(job.edition, EpubEdition)
    source = job.edition.pages_from
    if source is None:
        return "", ()
    paged, findings = paging.of(source, job, "is not said to have its pages")
    if paged is None:
        return "", findings
    if not same_pages(laid.pages, paged.pages, paged.composition):
        why = f"The pages of “{job.name}” are not those of “{source}”: a page number leads to other words in each."
        help = "Give both the same trim, and the same chapters; or take pages_from out."
        return "", (warning("pages-differ", job.place("pages_from"), why, help),)
    return job.manuscript.publication.settings.identifier(source), ()


def same_pages(ours: Sequence[PrintPage], theirs: Sequence[PrintPage], composition: Composition) -> bool:
    """Whether two editions have the same pages: every word of the manuscript under the same number."""
    chapters = {unit.id for unit in composition.units if unit.source}
    return [p for p in ours if p.unit in chapters] == [p for p in theirs if p.unit in chapters]
