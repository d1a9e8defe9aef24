"""Ebooks: laid out, packed, and kept to their budget; text that flows, or the pages of the book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pressroom import design, epub, fixed, machine, photographs, preflight
from pressroom.design import Composition, PrintPage
from pressroom.design.ladder import Step
from pressroom.errors import Finding, warning
from pressroom.production import budget
from pressroom.production.finished import Renditions
from pressroom.production.job import Job
from pressroom.production.paging import Paging
from pressroom.production.writing import disk, writable_cache
from pressroom.publication import EpubEdition


@dataclass(frozen=True)
class MadeEbook:
    """An ebook that has been written."""

    pages: int
    """Of a fixed layout; text that flows has none."""
    findings: tuple[Finding, ...]
    onix: bytes | None = None
    """What is told the trade of it, where that is asked for."""


def make_ebook(job: Job, paging: Paging, file: Path) -> MadeEbook:
    """Lay an ebook out and write it; once more with smaller pictures, where it would be too large."""
    composition, renditions = job.compose()
    made = _write(job, composition, paging, file)
    size = file.stat().st_size
    if size > budget.limit_of(_edition(job)):
        composition, renditions = _reduced(job, composition, renditions, size)
        made = _write(job, composition, paging, file)
    told = preflight.check_file(preflight.MadeFile(job.manuscript.publication, job.name, file))
    return replace(made, findings=(*made.findings, *_ask_store(job, composition, renditions), *told))


def foresee(job: Job) -> Iterator[Finding]:
    """What can be said of an ebook when it is laid out, and not made."""
    composition, renditions = job.compose()
    yield from budget.foreseen(_weighed(job, composition, renditions))
    yield from _ask_store(job, composition, renditions)


def _edition(job: Job) -> EpubEdition:
    assert isinstance(job.edition, EpubEdition)
    return job.edition


def _ask_store(job: Job, composition: Composition, renditions: Renditions) -> tuple[Finding, ...]:
    """What its store would say of its pages."""
    return preflight.check_pages(preflight.EbookPages(_edition(job), composition, renditions, job.manuscript.place_of))


def _write(job: Job, composition: Composition, paging: Paging, file: Path) -> MadeEbook:
    if _edition(job).is_fixed:
        return _write_pages(job, composition, paging, file)
    page_list, findings = _page_list(job, composition, paging)
    job.progress.begin(job.name, 1)
    with disk(), writable_cache(job.order.root):
        fonts = epub.fonts_of(composition, job.cache / "fonts")
    with file.open("wb") as target:
        held = epub.export(composition, job.modified, target, page_list, fonts)
    job.progress.step()
    source = _source(job, paging, is_known=page_list is not None)
    return MadeEbook(0, findings, _record(job, composition, held, file, source))


def _write_pages(job: Job, composition: Composition, paging: Paging, file: Path) -> MadeEbook:
    laid = lay_pages(job, composition)
    source, findings = source_of(job, laid, paging)
    book = replace(book_of(job, composition, laid), pages_from=source)
    with file.open("wb") as target:
        held = fixed.export_fixed(book, job.modified, target)
    record = _record(job, composition, held, file, _source(job, paging, is_known=bool(source)))
    return MadeEbook(len(laid.sheets), (*laid.findings, *findings), record)


def _page_list(
    job: Job, composition: Composition, paging: Paging
) -> tuple[design.PageList | None, tuple[Finding, ...]]:
    """The pages of a print edition for this ebook. Without them it is made all the same, and that is told."""
    source = _edition(job).pages_from
    if source is None:
        return None, ()
    paged, findings = paging.of(source, job, "has no page numbers")
    return (design.page_list(paged.pages, paged.composition, composition) if paged else None), findings


def _record(job: Job, composition: Composition, held: epub.Survey, file: Path, paged: tuple[str, int]) -> bytes | None:
    """What is told the trade, if anything; `paged` is the edition whose pages are known, and how many it has."""
    if not _edition(job).onix:
        return None
    return epub.onix_record(composition, epub.EbookFacts(held, file.stat().st_size, job.modified, *paged))


def _source(job: Job, paging: Paging, *, is_known: bool) -> tuple[str, int]:
    name = _edition(job).pages_from if is_known else None
    return (name, paging.count(name)) if name else ("", 0)


# ---- its budget


def _weighed(job: Job, composition: Composition, renditions: Renditions, size: int = 0) -> budget.OversizeEbook:
    return budget.OversizeEbook(_edition(job), composition, renditions, size, job.place("max_mb"))


def _reduced(job: Job, composition: Composition, renditions: Renditions, size: int) -> tuple[Composition, Renditions]:
    """An ebook that is too large, with all its pictures smaller."""

    def develop(step: Step) -> Renditions:
        publication, of = job.set_on_pages(step), job.manuscript
        return job.develop(design.recipes(publication, publication.settings.editions[job.name], of.layout, of.album))

    step, told = budget.reduction(_weighed(job, composition, renditions, size), develop)
    job.report.add([told])
    return job.compose(step)


# ---- Fixed layouts: an ebook whose pages are laid out as those of a PDF, and handed over with their text in its place.

if TYPE_CHECKING:
    from pressroom.fixed.capture import LaidSheets  # loaded when pages are to be set: a machine may lack Pango


def lay_pages(job: Job, composition: Composition) -> LaidSheets:
    """The pages as values."""
    capture = machine.load_page_engine("pressroom.fixed.capture")
    job.progress.begin(job.name, len(composition.units))
    laid: LaidSheets = capture.lay_sheets(composition, job.modified, job.progress.step)
    return laid


def book_of(job: Job, composition: Composition, laid: LaidSheets) -> fixed.Book:
    """The pages with what an ebook needs beside them. Raises PressroomError for a font that it may not bring."""
    settings = job.manuscript.publication.settings
    hidden = settings.identifier(job.name) if getattr(job.edition, "fonts", "") == "obfuscate" else ""
    with disk(), writable_cache(job.order.root):
        fonts = fixed.fixed_fonts(composition, laid.fonts, job.cache / "fonts", hidden)
        return fixed.Book(composition, laid.sheets, laid.fonts, fonts, _shop_cover(job))


def _shop_cover(job: Job) -> photographs.Rendition | None:
    """The cover as shops and shelves show it, with its words, as of every ebook. None where it needs no picture."""
    of = job.manuscript
    recipe, _ = design.cover_picture(of.publication, job.name, of.layout, of.album, of.place_of)
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
        remedy = "Give both the same trim, and the same chapters; or take pages_from out."
        return "", (warning("pages-differ", job.place("pages_from"), why, remedy),)
    return job.manuscript.publication.settings.identifier(source), ()


def same_pages(ours: Sequence[PrintPage], theirs: Sequence[PrintPage], composition: Composition) -> bool:
    """Whether two editions have the same pages: every word of the manuscript under the same number."""
    chapters = {unit.id for unit in composition.units if unit.source}
    return [p for p in ours if p.unit in chapters] == [p for p in theirs if p.unit in chapters]
