"""A cache that cannot be written to (a full disk, a locked folder): an order is then carried out with another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pressroom import drafts
from pressroom.errors import Finding, advice, has_errors
from pressroom.production.order import Order, Progress, Report, collecting_errors
from pressroom.production.writing import CACHE_CLOSED, disk

CarryOut = Callable[[Order, Progress | None], Report]
"""Carries out an order."""


def with_cache(carry_out: CarryOut, order: Order, progress: Progress | None) -> Report:
    """What comes of an order. Where its cache cannot be written to, it is carried out again, and that is reported."""
    if not order.keeps:
        return _with_temporary(carry_out, order, progress)
    report = carry_out(order, progress)
    closed = _closed(report)
    if closed is None:
        return report
    report = _with_temporary(carry_out, order, progress)
    if report.ok:
        report.add([_told(closed)], needs_build=True)
    return report


def _closed(report: Report) -> Finding | None:
    """The error that nothing can be kept, if the report has it."""
    return next((finding for finding in report.findings if finding.id == CACHE_CLOSED and has_errors([finding])), None)


def _with_temporary(carry_out: CarryOut, order: Order, progress: Progress | None) -> Report:
    failed = Report()
    with collecting_errors(failed), disk(), drafts.scratch() as folder:
        return carry_out(replace(order, keeps=False, cache_folder=folder, shared_folder=None), progress)
    return failed


def _told(closed: Finding) -> Finding:
    why = f"{closed.message} Nothing was kept: the next build makes all pictures and pages again."
    return advice(closed.id, closed.place, why, closed.remedy)
