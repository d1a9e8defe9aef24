"""Editions: each made, checked and written, or told why not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pressroom.cover.wrap import Bound, lay_out_cover
from pressroom.design import Composition
from pressroom.errors import Finding, has_errors
from pressroom.production.ebooks import foresee, make_ebook
from pressroom.production.finished import Renditions, check_made
from pressroom.production.job import Job
from pressroom.production.order import NoProgress, Order, Product, Progress, Report, chosen, collecting_errors
from pressroom.production.paging import Paging
from pressroom.production.reading import read
from pressroom.production.writing import check_out, pending, write
from pressroom.publication import CoverEdition, Edition, EpubEdition, PdfEdition, Settings
from pressroom.rules.caliper import spine_of


def check(order: Order, progress: Progress | None = None) -> Report:
    """Everything that can be told of a publication without making it."""
    report = Report()
    with collecting_errors(report):
        manuscript = report.manuscript = read(order, progress)
        report.add(manuscript.findings)
        for name in chosen(order, manuscript):
            with collecting_errors(report):
                _check(Job(name, manuscript, order, progress or NoProgress(), report))
    return report


def _check(job: Job) -> None:
    if isinstance(job.edition, EpubEdition):
        job.report.add(foresee(job))
    elif isinstance(job.edition, CoverEdition):
        job.ask()  # a spine is known when the pages are made
    else:
        job.compose()


def build(order: Order, progress: Progress | None = None) -> Report:
    """Make the editions that an order asks for, as far as they can be made."""
    report = Report()
    with collecting_errors(report):
        manuscript = report.manuscript = read(order, progress)
        report.add(manuscript.findings)
        if has_errors(manuscript.findings):
            return report
        out = order.out or order.root / "dist"
        check_out(out)
        names, paging = list(chosen(order, manuscript)), Paging()
        for name in in_turn(names, manuscript.publication.settings.editions):
            with collecting_errors(report):
                _make(Job(name, manuscript, order, progress or NoProgress(), report), paging, out)
        report.products.sort(key=lambda product: names.index(product.edition))
    return report


def in_turn(names: Sequence[str], editions: Mapping[str, Edition]) -> Iterator[str]:
    """The names of editions, each once, and before an ebook the edition whose page numbers it carries."""
    sources = ((getattr(editions[name], "pages_from", None) or "", name) for name in names)
    yield from dict.fromkeys(name for pair in sources for name in pair if name in names)


def _make(job: Job, paging: Paging, out: Path) -> None:
    """Make an edition and put it in its place, unless it has an error."""
    path = out / _file_name(job.manuscript.publication.settings, job.name)
    with pending(path) as draft:
        if isinstance(job.edition, EpubEdition):
            ebook = make_ebook(job, paging, draft.file)
            pages, findings, record = ebook.pages, ebook.findings, ebook.onix
        else:
            (pages, findings), record = _make_pdf(job, paging, draft.file), None
        job.report.add(findings)
        if has_errors(findings):
            return
        draft.keep()
    job.report.products.append(_product(job.name, job.edition.format, path, pages))
    if record:
        write(path.with_suffix(".onix.xml"), record)
        job.report.products.append(_product(job.name, "onix", path.with_suffix(".onix.xml"), 0))


def _make_pdf(job: Job, paging: Paging, file: Path) -> tuple[int, tuple[Finding, ...]]:
    """Write a PDF; its pages, and what is to be said of it. A proof is for nobody but the office."""
    is_cover = isinstance(job.edition, CoverEdition)
    composition, renditions = compose_cover(job, paging) if is_cover else job.compose()
    made = paging.typeset(job, composition)
    job.report.add(made.findings)
    file.write_bytes(made.data)
    if isinstance(composition.edition, PdfEdition) and composition.edition.proof:
        return len(made.folios), made.findings
    faults = check_made(composition, renditions, made.data, job.report.findings, is_draft=not job.is_final)
    return len(made.folios), (*made.findings, *faults)


def _product(name: str, format: str, path: Path, pages: int) -> Product:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Product(name, format, path, pages, path.stat().st_size, digest)


def _file_name(settings: Settings, name: str) -> str:
    """`slug.epub` for the first ebook, `slug-edition.…` for all else."""
    ebooks = [n for n, edition in settings.editions.items() if isinstance(edition, EpubEdition)]
    if name in ebooks:
        return f"{settings.file_stem}.epub" if name == ebooks[0] else f"{settings.file_stem}-{name}.epub"
    return f"{settings.file_stem}-{name}.pdf"


def compose_cover(job: Job, paging: Paging) -> tuple[Composition, Renditions]:
    """A cover's sheet as XHTML, with its pictures by their figures."""
    cover, of = job.edition, job.manuscript
    assert isinstance(cover, CoverEdition)
    job.ask()
    profile, renditions = job.pictures(of.publication)
    spine = spine_of(cover, job.rules, paging.pages_of(cover.of, job))
    assert spine is not None  # it was asked for
    bound = Bound(of.publication, job.name, of.layout, spine, of.place_of, job.rules)
    composition, findings = lay_out_cover(bound, renditions)
    job.report.add(findings)
    return replace(composition, profile=profile, rules=job.rules), renditions
