"""The conductor: makes, checks and writes each edition, or reports what keeps it from being made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from pressroom import drafts, machine
from pressroom.design import EditionInHand
from pressroom.errors import has_errors
from pressroom.production.bounds import bounded
from pressroom.production.closed_cache import with_cache
from pressroom.production.job import Job, asked_of_pictures
from pressroom.production.makers import maker_of
from pressroom.production.order import Making, NoProgress, Order, Product, Progress, Report, chosen, collecting_errors
from pressroom.production.paging import Paging
from pressroom.production.reading import read
from pressroom.production.receipts import builder_state
from pressroom.production.side_by_side import SideBySide
from pressroom.production.writing import PendingFile, check_out, disk, pending, write
from pressroom.publication import Edition


def check(order: Order, progress: Progress | None = None) -> Report:
    """Check a publication without making it: report every finding that needs no finished file."""
    return with_cache(_check, order, progress)


def build(order: Order, progress: Progress | None = None) -> Report:
    """Make the editions that an order asks for. One that has an error is reported, and the others are made."""
    return with_cache(_build, order, progress)


@machine.looking_seldom_for_unused_objects()
def _check(order: Order, progress: Progress | None) -> Report:
    report = Report()
    with collecting_errors(report), disk(), drafts.tidy():
        manuscript = report.manuscript = read(order, progress)
        report.facts = manuscript.facts
        report.add(manuscript.findings)
        names = list(chosen(order, manuscript))
        asked, builder = asked_of_pictures(map(manuscript.edition, names), order), builder_state()
        for name in names:
            with collecting_errors(report), bounded(order.root), disk():
                job = Job(manuscript.edition(name), order, progress or NoProgress(), report, asked, builder)
                maker_of(job.hand.edition).foresee(job)
    return report


@machine.looking_seldom_for_unused_objects()
def _build(order: Order, progress: Progress | None) -> Report:
    report = Report()
    with collecting_errors(report), disk(), drafts.tidy():
        manuscript = report.manuscript = read(order, progress)
        report.facts = manuscript.facts
        report.add(manuscript.findings)
        if has_errors(manuscript.findings):
            return report
        out = order.products_folder
        check_out(out)
        names, editions = list(chosen(order, manuscript)), manuscript.publication.settings.editions
        asked, builder = asked_of_pictures(map(manuscript.edition, _laid_out(names, editions)), order), builder_state()
        with ExitStack() as pending_files, SideBySide(order.jobs) as beside:
            paging, begun = Paging(beside), list[Callable[[], None]]()
            for name in in_turn(names, editions):
                if editions[name].wrap:  # a cover waits for the pages of its book
                    _end(begun, report, order)
                with collecting_errors(report), bounded(order.root), disk():
                    job = Job(manuscript.edition(name), order, progress or NoProgress(), report, asked, builder)
                    draft = pending_files.enter_context(pending(out / _file_name(job.hand)))
                    making = maker_of(job.hand.edition).make(job, paging, draft.file)
                    ending = partial(_put, job, making, draft)
                    if order.jobs < 2 or editions[name].ebook:  # it is made: it stays, whatever stops the others
                        ending()
                    else:
                        begun.append(ending)
            _end(begun, report, order)
        report.products.sort(key=lambda product: names.index(product.edition))
    return report


def _end(begun: list[Callable[[], None]], report: Report, order: Order) -> None:
    """End the editions that were begun, in their order."""
    while begun:
        with collecting_errors(report), bounded(order.root), disk():
            begun.pop(0)()


def _laid_out(names: Sequence[str], editions: Mapping[str, Edition]) -> Iterable[str]:
    """The names of editions that a build of some lays out: those, and the others whose pages they wait for."""
    return dict.fromkeys([*names, *(other.name for name in names if (other := editions[name].waits_for))])


def in_turn(names: Sequence[str], editions: Mapping[str, Edition]) -> Iterator[str]:
    """The names of editions in the order of making: each once, and after the edition whose pages it waits for."""
    waits = ((editions[name].waits_for, name) for name in names)
    yield from dict.fromkeys(
        each for other, name in waits for each in (other.name if other else "", name) if each in names
    )


def _put(job: Job, making: Making, draft: PendingFile) -> None:
    """Put the file of an edition in its place when it is made, unless it has an error."""
    made = making()
    job.report.add(made.findings, needs_build=True)
    if has_errors(made.findings):
        return
    draft.keep()
    format = job.hand.settings.editions[job.name].format
    job.report.products.append(_product(job.name, format, draft.path, made.pages))
    if made.onix:
        record = draft.path.with_suffix(".onix.xml")
        write(record, made.onix)
        job.report.products.append(_product(job.name, "onix", record, 0))


def _product(name: str, format: str, path: Path, pages: int) -> Product:
    """A written file as a product, with its size and SHA-256."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Product(name, format, path, pages, path.stat().st_size, digest)


def _file_name(hand: EditionInHand) -> str:
    """The name of an edition's file: `slug.epub` for the first ebook, `slug-edition.…` for every other edition."""
    first = next((name for name, edition in hand.settings.editions.items() if edition.ebook), "")
    return hand.edition.file_name(hand.settings.file_stem, hand.name, is_first_ebook=hand.name == first)
