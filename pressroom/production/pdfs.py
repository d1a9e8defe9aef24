"""PDFs: the pages of a book, and the printed cover around them, each checked as a printer would check it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pressroom import cover
from pressroom.design import Composition
from pressroom.production.finished import Renditions, check_made
from pressroom.production.job import Job
from pressroom.production.order import MadeProduct
from pressroom.production.paging import Paging
from pressroom.rules.caliper import spine_of


def make_pdf(job: Job, paging: Paging, file: Path) -> MadeProduct:
    """The pages of a book."""
    composition, renditions = job.compose()
    return _write(job, composition, renditions, paging, file)


def make_cover(job: Job, paging: Paging, file: Path) -> MadeProduct:
    """The cover around a printed book, whose pages make its spine."""
    wrap = job.hand.wrap
    assert wrap
    job.check()
    profile, renditions = job.pictures(job.hand)
    spine = spine_of(wrap, job.hand.rules, paging.pages_of(wrap.of, job))
    assert spine  # the plan was checked for it
    composition, findings = cover.lay_out_cover(job.hand, spine, renditions)
    job.report.add(findings)
    return _write(job, replace(composition, profile=profile), renditions, paging, file)


def foresee_pdf(job: Job) -> None:
    """Report what laying out the XHTML finds."""
    job.compose()


def foresee_cover(job: Job) -> None:
    """Report what can be said before the pages are made, which give the spine."""
    job.check()


def _write(job: Job, composition: Composition, renditions: Renditions, paging: Paging, file: Path) -> MadeProduct:
    """Write a PDF, and check it. A proof is for nobody but the office, and is not checked."""
    made = paging.typeset(job, composition)
    job.report.add(made.findings)
    file.write_bytes(made.data)
    if composition.page.proof:
        return MadeProduct(len(made.folios), made.findings)
    faults = check_made(composition, renditions, made.data, job.report.findings, is_draft=not job.is_final)
    return MadeProduct(len(made.folios), (*made.findings, *faults))
