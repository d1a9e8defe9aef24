"""The verb `batch`: builds a catalogue, and prints one table of all titles."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from pressroom import catalogue, production
from pressroom.catalogue import CatalogueReport, TitleOutcome, TitlePlan
from pressroom.cli.ordering import order_at
from pressroom.cli.terminal import FOLDED, Terminal, count, counted, finding_json, near, product_json, size_of
from pressroom.errors import ExitCode, Finding, Place, Severity, UsageError, error

_WIDEST = 44
"""Letters of a title in the table."""


def batch(options: argparse.Namespace, terminal: Terminal) -> production.Report:
    """Build every publication in some folders, or print what would be built."""
    terminal.titles = []
    order = order_at(options.folders[0], options, options.out.resolve() if options.out else None)
    if options.plan:
        return _plan(options, order, terminal)
    if options.executor and options.jobs:
        why = "--jobs counts the titles that this machine builds at once, and with --executor it builds none."
        remedy = "Say it to the workers: dask worker --nthreads N"
        raise UsageError([error("jobs-elsewhere", Place("--jobs"), why, remedy)])
    if options.report:
        catalogue.check_page(options.report)
    started = time.monotonic()
    try:
        with terminal.progress() as progress:
            report = catalogue.run_batch(_batch_of(options, order), progress)
    except KeyboardInterrupt:
        sys.stderr.write("\nThe ledger has the titles that were finished: go on with --resume.")
        raise
    seconds = time.monotonic() - started
    if options.report:
        catalogue.write_page(report, options.report, seconds)
    terminal.titles = list(map(_title_json, report.titles))
    _show(report, terminal)
    _summarise(report, seconds, terminal)
    if options.report:
        terminal.say(f"The summary is in {near(options.report)}.")
    return production.Report(findings=report.findings, exit_code=report.exit_code)


def _batch_of(options: argparse.Namespace, order: production.Order) -> catalogue.Batch:
    """The batch that the command line describes."""
    return catalogue.Batch(
        folders=tuple(options.folders),
        order=order,
        limits=catalogue.Limits(options.memory, options.time),
        jobs=options.jobs,
        cluster=options.executor,
        shard=options.shard,
        ledger=options.ledger,
        is_resumed=options.resume,
    )


def _plan(options: argparse.Namespace, order: production.Order, terminal: Terminal) -> production.Report:
    """Print what would be built of each title, for make or Snakemake: always as JSON."""
    terminal.form = "json"
    plans, findings = catalogue.plan_all(tuple(options.folders), order, options.shard)
    terminal.titles = list(map(_plan_json, plans))
    code = max((ExitCode.FAULTS for plan in plans if plan.findings), default=ExitCode.MADE)
    return production.Report(findings=list(findings), exit_code=code)


def _show(report: CatalogueReport, terminal: Terminal) -> None:
    """Print the findings on the batch, then the errors and warnings of each title, each with the title's folder."""
    terminal.show(report.findings)
    unbuilt = [finding for outcome in report.titles for finding in outcome.findings if finding.id == "title-unbuilt"]
    for outcome in report.titles:
        findings = [finding for finding in outcome.findings if finding not in unbuilt[FOLDED:]]
        terminal.show((_in_title(finding, outcome) for finding in findings), folded=True)
    if len(unbuilt) > FOLDED:
        terminal.say(f"… and {len(unbuilt) - FOLDED} more of “title-unbuilt”.")


def _in_title(finding: Finding, outcome: TitleOutcome) -> Finding:
    """A finding whose place says in which title its file lies."""
    file, name = finding.place.file, outcome.title.name
    if file == name or Path(file).is_absolute():
        return finding
    link = "/" if (outcome.root / file).exists() else ": "  # “stories/mill/book/a.md”, “stories/mill: --edition”
    return replace(finding, place=replace(finding.place, file=f"{name}{link}{file}"))


def _summarise(report: CatalogueReport, seconds: float, terminal: Terminal) -> None:
    """Print a line for each title, and one for all."""
    rows = [
        ("title", "products", "pages", "size", *(f"{each}s" for each in list(Severity)[:2]), "advice", "seconds", "")
    ]
    rows += map(_line, report.titles)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest, last in rows:
        numbers = "  ".join(text.rjust(width) for text, width in zip(rest, widths[1:], strict=False))
        terminal.say(f"  {first.ljust(widths[0])}  {numbers}  {last}".rstrip())
    made = sum(outcome.exit_code is ExitCode.MADE for outcome in report.titles)
    found = counted([finding for outcome in report.titles for finding in outcome.findings])
    terminal.say(f"{made} of {count(len(report.titles), 'title')} made in {seconds:.1f} s. {found}".rstrip())


def _line(outcome: TitleOutcome) -> tuple[str, ...]:
    """A row of the table as texts."""
    name = outcome.called or outcome.title.name
    return (
        name if len(name) <= _WIDEST else f"{name[: _WIDEST - 1]}…",
        str(len(outcome.products)),
        str(outcome.pages or ""),
        size_of(outcome.bytes) if outcome.bytes else "",
        *(str(outcome.counted(severity) or "") for severity in Severity),
        f"{outcome.seconds:.1f}",
        outcome.remark,
    )


def _title_json(outcome: TitleOutcome) -> dict[str, Any]:
    """An outcome as a JSON object."""
    return {
        "root": str(outcome.root),
        "title": outcome.called,
        "exit_code": int(outcome.exit_code),
        "products": list(map(product_json, outcome.products)),
        "findings": list(map(finding_json, outcome.findings)),
        "seconds": outcome.seconds,
    }


def _plan_json(plan: TitlePlan) -> dict[str, Any]:
    """A plan as a JSON object."""
    return {
        "root": str(plan.title.root),
        "inputs": list(map(str, plan.inputs)),
        "products": list(map(str, plan.products)),
        "findings": list(map(finding_json, plan.findings)),
    }
