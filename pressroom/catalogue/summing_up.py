"""Summing up: the outcomes of a batch as the rows of one table, for the terminal and for a page of HTML."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from pressroom.catalogue.batching import CatalogueReport
from pressroom.catalogue.outcomes import TitleOutcome, Way
from pressroom.errors import ExitCode, Severity
from pressroom.production.writing import check_out, write
from pressroom.reports.cataloguepage import CatalogueRow, ProductLink, catalogue_page

_REMARKS: Mapping[Way, str] = {"built": "", "unchanged": "unchanged", "resumed": "made before"}


def catalogue_rows(report: CatalogueReport, beside: Path | None = None) -> Iterator[CatalogueRow]:
    """A row for each title; its products are linked from a page that lies in the folder `beside`."""
    for number, outcome in enumerate(report.titles, 1):
        yield CatalogueRow(
            number=number,
            name=outcome.title.name,
            title=outcome.called,
            products=tuple(_links(outcome, beside or Path.cwd())),
            pages=sum(product.pages for product in outcome.products),
            bytes=sum(product.bytes for product in outcome.products),
            counts={severity: outcome.counted(severity) for severity in Severity},
            seconds=outcome.seconds,
            remark=_REMARKS[outcome.way]
            if outcome.exit_code is ExitCode.MADE
            else "not all made"
            if outcome.products
            else "not made",
            findings=outcome.findings,
        )


def check_page(path: Path) -> None:
    """Check before the work that the page can be written. Raises PressroomError."""
    check_out(path.parent)


def write_page(report: CatalogueReport, path: Path, seconds: float) -> None:
    """Write the outcomes as one page of HTML. Raises PressroomError."""
    rows = tuple(catalogue_rows(report, path.parent.resolve()))
    write(path, catalogue_page(rows, report.findings, seconds).encode())


def _links(outcome: TitleOutcome, beside: Path) -> Iterator[ProductLink]:
    for product in outcome.products:
        try:
            path = Path(os.path.relpath(product.path, beside)).as_posix()
        except ValueError:  # on another drive of Windows
            path = product.path.as_posix()
        yield ProductLink(product.edition, product.path.name, quote(path), product.pages, product.bytes)
