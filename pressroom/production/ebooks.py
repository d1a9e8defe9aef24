"""Ebooks: how reflowable ones are made, and what they share with fixed ones: the budget, the store, the ONIX record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pressroom import design, preflight
from pressroom.design import Composition
from pressroom.design.ladder import Step
from pressroom.errors import Finding
from pressroom.production import budget
from pressroom.production.job import Job, Renditions
from pressroom.production.order import MadeProduct, Making
from pressroom.production.paging import Paging
from pressroom.production.writing import disk, writable_cache
from pressroom.publication import EpubEdition

if TYPE_CHECKING:
    from pressroom import epub  # loaded where an ebook is written: a plan is checked without it

Write = Callable[[Job, Composition, Paging, Path], MadeProduct]
"""A function that writes an ebook that is laid out."""


def make_reflowable(job: Job, paging: Paging, file: Path) -> Making:
    """Make a reflowable ebook."""
    return make_within_budget(job, paging, file, _write)


def make_within_budget(job: Job, paging: Paging, file: Path, write: Write) -> Making:
    """Lay an ebook out and write it; write it again with smaller pictures if it is larger than its max_mb.

    Raises PressroomError where no size of its pictures makes it small enough.
    """
    composition, renditions = job.compose()
    made = write(job, composition, paging, file)
    size = file.stat().st_size
    if size > budget.limit_of(ebook_of(job)):
        composition, renditions = _reduced(job, composition, renditions, size)
        made = write(job, composition, paging, file)
    findings = preflight.check_file(job.hand, file)
    product = replace(made, findings=(*made.findings, *_ask_store(job, composition, renditions), *findings))
    return lambda: product


def foresee_ebook(job: Job) -> None:
    """Report the findings on an ebook that is laid out and not written."""
    composition, renditions = job.compose()
    job.report.add(budget.foresee_size(_weighed(job, composition, renditions)))
    job.report.add(_ask_store(job, composition, renditions))


def ebook_of(job: Job) -> EpubEdition:
    """The settings of the ebook edition."""
    assert job.hand.ebook
    return job.hand.ebook


def _ask_store(job: Job, composition: Composition, renditions: Renditions) -> tuple[Finding, ...]:
    """Check the pages of the ebook as its store would."""
    return preflight.check_pages(preflight.EbookPages(job.hand, ebook_of(job), composition, renditions))


def _write(job: Job, composition: Composition, paging: Paging, file: Path) -> MadeProduct:
    """Write a reflowable ebook with its page list and subset fonts."""
    from pressroom import epub  # noqa: PLC0415 - as above

    page_list, findings = _page_list(job, composition, paging)
    job.progress.begin(job.name, 1)
    with disk(), writable_cache(job.order):
        fonts = epub.fonts_of(composition, job.cache / "fonts")
    with file.open("wb") as target:
        held = epub.export(composition, job.modified, target, page_list, fonts)
    job.progress.step()
    source = paged_source(job, paging, is_known=page_list is not None)
    return MadeProduct(0, findings, onix_record(job, composition, held, file, source))


def _page_list(
    job: Job, composition: Composition, paging: Paging
) -> tuple[design.PageList | None, tuple[Finding, ...]]:
    """The page list after a print edition; where its pages are not known, None and a finding."""
    source = ebook_of(job).pages_from
    if source is None:
        return None, ()
    paged, findings = paging.of(source, job, "has no page numbers")
    return (design.page_list(paged.pages, paged.composition, composition) if paged else None), findings


def onix_record(
    job: Job, composition: Composition, held: epub.Survey, file: Path, paged: tuple[str, int]
) -> bytes | None:
    """The ONIX record of an ebook, if its edition asks for one; `paged` comes from `paged_source`."""
    if not ebook_of(job).onix:
        return None
    from pressroom import epub  # noqa: PLC0415 - as above

    return epub.onix_record(composition, epub.EbookFacts(held, file.stat().st_size, job.modified, *paged))


def paged_source(job: Job, paging: Paging, *, is_known: bool) -> tuple[str, int]:
    """The edition whose page numbers the ebook carries, and its number of pages; "" and 0 where it carries none."""
    name = ebook_of(job).pages_from if is_known else None
    return (name, paging.count(name)) if name else ("", 0)


# ---- its budget


def _weighed(job: Job, composition: Composition, renditions: Renditions, size: int = 0) -> budget.WeighedEbook:
    """The ebook as its budget sees it; `size` is that of the packed file in bytes."""
    return budget.WeighedEbook(ebook_of(job), composition, renditions, size, job.hand.place("max_mb"))


def _reduced(job: Job, composition: Composition, renditions: Renditions, size: int) -> tuple[Composition, Renditions]:
    """Lay out an ebook that is too large with smaller pictures, and report how small they are."""

    def develop(step: Step) -> Renditions:
        return job.develop(job.recipes(job.on_pages(step)))

    step, finding = budget.reduction(_weighed(job, composition, renditions, size), develop)
    job.report.add([finding])
    return job.compose(step)
