"""Ebooks: laid out, packed, and kept to their budget; text that flows, or the pages of the book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pressroom import epub, layouts, preflight
from pressroom.build import budget, fixed
from pressroom.build.finished import Renditions
from pressroom.build.job import Job
from pressroom.build.paging import Paging
from pressroom.build.writing import disk, writable_cache
from pressroom.errors import Finding
from pressroom.layouts import Composition
from pressroom.layouts.budget import Step
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
    return preflight.check_pages(preflight.Pages(_edition(job), composition, renditions, job.manuscript.place_of))


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
    laid = fixed.lay_pages(job, composition)
    source, findings = fixed.source_of(job, laid, paging)
    book = replace(fixed.book_of(job, composition, laid), pages_from=source)
    with file.open("wb") as target:
        held = epub.export_fixed(book, job.modified, target)
    record = _record(job, composition, held, file, _source(job, paging, is_known=bool(source)))
    return MadeEbook(len(laid.sheets), (*laid.findings, *findings), record)


def _page_list(
    job: Job, composition: Composition, paging: Paging
) -> tuple[layouts.PageList | None, tuple[Finding, ...]]:
    """The pages of a print edition for this ebook. Without them it is made all the same, and that is told."""
    source = _edition(job).pages_from
    if source is None:
        return None, ()
    paged, findings = paging.of(source, job, "has no page numbers")
    return (layouts.page_list(paged.pages, paged.composition, composition) if paged else None), findings


def _record(job: Job, composition: Composition, held: epub.Survey, file: Path, paged: tuple[str, int]) -> bytes | None:
    """What is told the trade, if anything; `paged` is the edition whose pages are known, and how many it has."""
    if not _edition(job).onix:
        return None
    return epub.onix_record(composition, epub.Made(held, file.stat().st_size, job.modified, *paged))


def _source(job: Job, paging: Paging, *, is_known: bool) -> tuple[str, int]:
    name = _edition(job).pages_from if is_known else None
    return (name, paging.count(name)) if name else ("", 0)


# ---- its budget


def _weighed(job: Job, composition: Composition, renditions: Renditions, size: int = 0) -> budget.Made:
    return budget.Made(_edition(job), composition, renditions, size, job.place("max_mb"))


def _reduced(job: Job, composition: Composition, renditions: Renditions, size: int) -> tuple[Composition, Renditions]:
    """An ebook that is too large, with all its pictures smaller."""

    def develop(step: Step) -> Renditions:
        publication, of = job.set_on_pages(step), job.manuscript
        return job.develop(layouts.recipes(publication, publication.settings.editions[job.name], of.layout, of.album))

    step, told = budget.reduction(_weighed(job, composition, renditions, size), develop)
    job.report.add([told])
    return job.compose(step)
