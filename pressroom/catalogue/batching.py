"""Batching: the titles of a catalogue are built, as many at once as there is room, and entered in the ledger."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path

from pressroom import __version__
from pressroom.catalogue import ledger, standing
from pressroom.catalogue.limits import Limits, Shard
from pressroom.catalogue.outcomes import TitleOutcome, TitleTask, failed, outcome_of
from pressroom.catalogue.planning import collisions, planned_products
from pressroom.catalogue.sharing import shared_folder
from pressroom.catalogue.titles import CatalogueTitle, find_titles
from pressroom.catalogue.workplaces import Workplace, this_machine, titles_at_once
from pressroom.errors import ExitCode, Finding, Place, PressroomError, error, has_errors
from pressroom.production import NoProgress, Order, Progress, receipts

_TICK = 0.5
"""Seconds after which is looked whether the workplace is still there."""

Outcomes = Generator[TitleOutcome, None, None]
"""The outcomes of titles, as they come."""


@dataclass(frozen=True)
class Batch:
    """What is to be built of a catalogue, and how."""

    folders: tuple[Path, ...]
    order: Order
    """What is ordered of each title; its root is set for each."""
    limits: Limits = field(default_factory=Limits)
    jobs: int | None = None
    """How many titles are built at once on this machine; None leaves it to cores and memory."""
    cluster: str = ""
    """The address of a Dask scheduler; "" builds on this machine."""
    shard: Shard | None = None
    ledger: Path | None = None
    is_resumed: bool = False

    def order_for(self, title: CatalogueTitle) -> Order:
        """The order for one title."""
        return replace(self.order, root=title.root, jobs=1)

    def sharing(self, folder: Path | None) -> Batch:
        """The same, with a folder that its titles share."""
        return replace(self, order=replace(self.order, shared_folder=folder))

    @property
    def ledger_file(self) -> Path:
        """Where the ledger lies."""
        return self.ledger or ledger.ledger_in(self.folders[0], self.shard)


@dataclass
class CatalogueReport:
    """The outcome of a batch."""

    titles: list[TitleOutcome] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    """What is about the batch, and not about one title."""
    exit_code: ExitCode = ExitCode.MADE

    def fail(self, fault: PressroomError) -> None:
        """Add the findings of an exception, and its exit code if that is higher."""
        self.findings += fault.findings
        self.exit_code = max(self.exit_code, fault.exit_code)

    def add(self, outcome: TitleOutcome) -> None:
        """Add a title. One that has faults, or an unknown edition, is not a wrong command line."""
        self.titles.append(outcome)
        if outcome.exit_code is not ExitCode.MADE:
            code = ExitCode.MACHINE if outcome.exit_code is ExitCode.MACHINE else ExitCode.FAULTS
            self.exit_code = max(self.exit_code, code)


def run_batch(batch: Batch, progress: Progress | None = None) -> CatalogueReport:
    """Build the titles of a catalogue. Raises UsageError where there are none, or the ledger cannot be kept."""
    found, doubts = find_titles(batch.folders)
    titles = batch.shard.share(found) if batch.shard else found
    lines, damage = ledger.read_ledger(batch.ledger_file)
    ledger.begin_ledger(batch.ledger_file, is_resumed=batch.is_resumed)
    report, shown = CatalogueReport(findings=[*doubts, *damage]), progress or NoProgress()
    shown.begin("titles", len(titles))
    try:
        builder = receipts.builder_state()
        done = {title: outcome for title in titles if (outcome := _without_work(batch, title, lines, builder))}
        is_work = len(done) < len(titles)
        twice = _products_twice(batch, found, done) if is_work else {}
        with (
            shared_folder(batch.folders[0], len(found) if is_work else 0) as shared,
            contextlib.closing(_outcomes(batch.sharing(shared), titles, done, twice, report)) as outcomes,
        ):
            for outcome in outcomes:
                report.add(outcome)
                if outcome.way != "resumed":
                    ledger.enter(batch.ledger_file, outcome, batch.order_for(outcome.title))
                shown.step()
    except PressroomError as fault:
        report.fail(fault)
    turn = {title.root: n for n, title in enumerate(titles)}
    report.titles.sort(key=lambda outcome: turn[outcome.root])
    return report


def _outcomes(
    batch: Batch,
    titles: Sequence[CatalogueTitle],
    done: Mapping[CatalogueTitle, TitleOutcome],
    twice: Mapping[CatalogueTitle, Finding],
    report: CatalogueReport,
) -> Outcomes:
    """The outcomes of all titles: of those that are done, of those that must not be built, and of the others."""
    yield from done.values()
    rest = [title for title in titles if title not in done]
    yield from (failed(title, [twice[title]]) for title in rest if title in twice)
    yield from _built(batch, [title for title in rest if title not in twice], report)


def _without_work(
    batch: Batch, title: CatalogueTitle, lines: Mapping[Path, ledger.LedgerLine], builder: str
) -> TitleOutcome | None:
    """The outcome of a title of which nothing needs to be built."""
    line, order = lines.get(title.root), batch.order_for(title)
    if batch.is_resumed and line and line.still_holds(order):
        return line.outcome(title)
    started = time.monotonic()
    with contextlib.suppress(PressroomError):  # its own process reports it
        if report := standing.unchanged(order, builder):
            return outcome_of(title, report, time.monotonic() - started, "unchanged")
    return None


def _products_twice(
    batch: Batch, titles: Sequence[CatalogueTitle], done: Mapping[CatalogueTitle, TitleOutcome]
) -> Mapping[CatalogueTitle, Finding]:
    """The error of each title that would write the product of another one, in one folder for all."""
    if batch.order.out is None:
        return {}
    products = {title: [product.path for product in outcome.products] for title, outcome in done.items()}
    for title in titles:
        if title not in done:
            with contextlib.suppress(
                PressroomError
            ):  # what cannot be read writes nothing, and is reported by its build
                products[title] = list(planned_products(batch.order_for(title)))
    return collisions(products)


def _built(batch: Batch, titles: Sequence[CatalogueTitle], report: CatalogueReport) -> Outcomes:
    """The outcomes of titles, as they come. Those that a workplace does not build are outcomes too."""
    if not titles:
        return
    tasks = [TitleTask(title, batch.order_for(title), batch.limits, __version__) for title in titles]
    try:
        with _workplace(batch, len(titles), report) as workplace:
            report.findings += workplace.findings
            if has_errors(workplace.findings):
                report.exit_code = ExitCode.MACHINE
            yield from _at_work(workplace, tasks)
    except PressroomError as fault:
        report.fail(fault)
        built = {outcome.title for outcome in report.titles}
        for title in titles:
            if title not in built:
                yield failed(title, [_unbuilt(title)], code=ExitCode.MACHINE)


@contextlib.contextmanager
def _workplace(batch: Batch, number: int, report: CatalogueReport) -> Iterator[Workplace]:
    """Where a batch builds its titles. Raises MachineError where there is no such place."""
    if not batch.cluster:
        at_once, findings = titles_at_once(batch.jobs)
        report.findings += findings
        with this_machine(min(at_once, number), batch.limits.memory) as workplace:
            yield workplace
        return
    from pressroom.catalogue.cluster import on_cluster  # noqa: PLC0415 - an extra, for few

    with on_cluster(batch.cluster) as workplace:
        yield workplace


def _at_work(workplace: Workplace, tasks: Sequence[TitleTask]) -> Outcomes:
    """The outcomes of tasks, as they come."""
    waiting = {workplace.executor.submit(workplace.build, task): task for task in tasks}
    while waiting:
        done, _ = wait(waiting, _TICK, FIRST_COMPLETED)
        for future in done:
            yield _result(future, waiting.pop(future).title)
        if not done and not workplace.is_there():
            for task in waiting.values():
                yield failed(task.title, [_unbuilt(task.title)], code=ExitCode.MACHINE)
            return


def _result(future: Future[TitleOutcome], title: CatalogueTitle) -> TitleOutcome:
    """The outcome of a title, also where its worker was lost or the executor gave it up."""
    try:
        return future.result()
    except CancelledError:
        return failed(title, [_unbuilt(title)], code=ExitCode.MACHINE)
    except Exception as fault:  # noqa: BLE001 - each executor has faults of its own: they cost this title, and no other
        why = f"The worker that built this title was lost: {type(fault).__name__}: {fault}. It is not made."
        finding = error("worker-lost", Place(title.name), why, "See what its machine lacks, then go on with --resume.")
        return failed(title, [finding], code=ExitCode.MACHINE)


def _unbuilt(title: CatalogueTitle) -> Finding:
    """The error of a title that nobody was there to build."""
    why = "This title is not made, since the cluster no longer answers, or has no worker that can build it."
    remedy = "See that its scheduler and workers are there, then go on with --resume."
    return error("title-unbuilt", Place(title.name), why, remedy)
