"""Summing up: the outcomes of a batch as the rows of a page of HTML."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from pressroom.catalogue.batching import CatalogueReport
from pressroom.catalogue.outcomes import TitleOutcome
from pressroom.errors import Severity
from pressroom.production.writing import check_out, write
from pressroom.reports.cataloguepage import CatalogueRow, ProductLink, catalogue_page


def _rows(report: CatalogueReport, beside: Path) -> Iterator[CatalogueRow]:
    """A row for each title; its products are linked from a page that lies in the folder `beside`."""
    for number, outcome in enumerate(report.titles, 1):
        yield CatalogueRow(
            number=number,
            name=outcome.title.name,
            title=outcome.called,
            products=tuple(_links(outcome, beside)),
            pages=outcome.pages,
            bytes=outcome.bytes,
            counts={severity: outcome.counted(severity) for severity in Severity},
            seconds=outcome.seconds,
            remark=outcome.remark,
            findings=outcome.findings,
        )


def check_page(path: Path) -> None:
    """Check before the work that the page can be written. Raises PressroomError."""
    check_out(path.parent)


def write_page(report: CatalogueReport, path: Path, seconds: float) -> None:
    """Write the outcomes as one page of HTML. Raises PressroomError."""
    rows = tuple(_rows(report, path.parent.resolve()))
    write(path, catalogue_page(rows, report.findings, seconds).encode())


def _links(outcome: TitleOutcome, beside: Path) -> Iterator[ProductLink]:
    for product in outcome.products:
        try:
            path = Path(os.path.relpath(product.path, beside)).as_posix()
        except ValueError:  # on another drive of Windows
            path = product.path.as_posix()
        yield ProductLink(product.edition, product.path.name, quote(path), product.pages, product.bytes)
