"""Ebooks: laid out, packed, and kept to their budget. What reflowable and fixed ones share, and the reflowable one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pressroom import design, epub, preflight
from pressroom.design import Composition
from pressroom.design.ladder import Step
from pressroom.errors import Finding
from pressroom.production import budget
from pressroom.production.finished import Renditions
from pressroom.production.job import Job
from pressroom.production.order import MadeProduct
from pressroom.production.paging import Paging
from pressroom.production.writing import disk, writable_cache
from pressroom.publication import EpubEdition

Write = Callable[[Job, Composition, Paging, Path], MadeProduct]
"""Writes an ebook that is laid out."""


def make_reflowable(job: Job, paging: Paging, file: Path) -> MadeProduct:
    """An ebook whose text flows."""
    return make_within_budget(job, paging, file, _write)


def make_within_budget(job: Job, paging: Paging, file: Path, write: Write) -> MadeProduct:
    """Lay an ebook out and write it; once more with smaller pictures, where it would be too large."""
    composition, renditions = job.compose()
    made = write(job, composition, paging, file)
    size = file.stat().st_size
    if size > budget.limit_of(ebook_of(job)):
        composition, renditions = _reduced(job, composition, renditions, size)
        made = write(job, composition, paging, file)
    findings = preflight.check_file(job.hand, file)
    return replace(made, findings=(*made.findings, *_ask_store(job, composition, renditions), *findings))


def foresee_ebook(job: Job) -> None:
    """Report what can be said of an ebook when it is laid out, and not made."""
    composition, renditions = job.compose()
    job.report.add(budget.foreseen(_weighed(job, composition, renditions)))
    job.report.add(_ask_store(job, composition, renditions))


def ebook_of(job: Job) -> EpubEdition:
    """What publication.yaml says of the ebook."""
    assert job.hand.ebook
    return job.hand.ebook


def _ask_store(job: Job, composition: Composition, renditions: Renditions) -> tuple[Finding, ...]:
    """What its store would say of its pages."""
    return preflight.check_pages(preflight.EbookPages(job.hand, ebook_of(job), composition, renditions))


def _write(job: Job, composition: Composition, paging: Paging, file: Path) -> MadeProduct:
    page_list, findings = _page_list(job, composition, paging)
    job.progress.begin(job.name, 1)
    with disk(), writable_cache(job.order.root):
        fonts = epub.fonts_of(composition, job.cache / "fonts")
    with file.open("wb") as target:
        held = epub.export(composition, job.modified, target, page_list, fonts)
    job.progress.step()
    source = paged_source(job, paging, is_known=page_list is not None)
    return MadeProduct(0, findings, onix_record(job, composition, held, file, source))


def _page_list(
    job: Job, composition: Composition, paging: Paging
) -> tuple[design.PageList | None, tuple[Finding, ...]]:
    """The pages of a print edition for this ebook. Without them it is made all the same, and that is told."""
    source = ebook_of(job).pages_from
    if source is None:
        return None, ()
    paged, findings = paging.of(source, job, "has no page numbers")
    return (design.page_list(paged.pages, paged.composition, composition) if paged else None), findings


def onix_record(
    job: Job, composition: Composition, held: epub.Survey, file: Path, paged: tuple[str, int]
) -> bytes | None:
    """The ONIX record, where one is asked for; `paged` is the edition whose pages are known, and how many it has."""
    if not ebook_of(job).onix:
        return None
    return epub.onix_record(composition, epub.EbookFacts(held, file.stat().st_size, job.modified, *paged))


def paged_source(job: Job, paging: Paging, *, is_known: bool) -> tuple[str, int]:
    """The edition whose page numbers the ebook carries, and how many pages it has; "" and 0 where it carries none."""
    name = ebook_of(job).pages_from if is_known else None
    return (name, paging.count(name)) if name else ("", 0)


# ---- its budget


def _weighed(job: Job, composition: Composition, renditions: Renditions, size: int = 0) -> budget.OversizeEbook:
    return budget.OversizeEbook(ebook_of(job), composition, renditions, size, job.hand.place("max_mb"))


def _reduced(job: Job, composition: Composition, renditions: Renditions, size: int) -> tuple[Composition, Renditions]:
    """An ebook that is too large, with all its pictures smaller."""

    def develop(step: Step) -> Renditions:
        return job.develop(design.recipes(job.on_pages(step)))

    step, finding = budget.reduction(_weighed(job, composition, renditions, size), develop)
    job.report.add([finding])
    return job.compose(step)
