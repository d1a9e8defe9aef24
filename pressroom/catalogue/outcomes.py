"""Outcomes: what is asked of the process that builds a title, and what came of it. All of it can be pickled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pressroom.catalogue.limits import Limits
from pressroom.catalogue.titles import CatalogueTitle
from pressroom.errors import ExitCode, Finding, Severity, has_errors
from pressroom.production import Order, Product, Report

Way = Literal["built", "unchanged", "resumed"]
"""How it came about: built now, found unchanged, or taken from the ledger."""
_REMARKS: Mapping[Way, str] = {"built": "", "unchanged": "unchanged", "resumed": "made before"}


@dataclass(frozen=True)
class TitleTask:
    """One title to be built in a process of its own, here or on another machine."""

    title: CatalogueTitle
    order: Order
    limits: Limits
    version: str
    """The version of Pressroom that asks for it."""


@dataclass(frozen=True)
class TitleOutcome:
    """What came of one title."""

    title: CatalogueTitle
    called: str
    """The publication's own title; "" where it could not be read."""
    exit_code: ExitCode
    products: tuple[Product, ...]
    findings: tuple[Finding, ...]
    seconds: float
    way: Way = "built"

    @property
    def root(self) -> Path:
        """The publication's folder."""
        return self.title.root

    @property
    def pages(self) -> int:
        """The pages of all its products."""
        return sum(product.pages for product in self.products)

    @property
    def bytes(self) -> int:
        """The size of all its products."""
        return sum(product.bytes for product in self.products)

    @property
    def remark(self) -> str:
        """That it is not made, or was not made anew."""
        if self.exit_code is not ExitCode.MADE:
            return "not all made" if self.products else "not made"
        return _REMARKS[self.way]

    def counted(self, severity: Severity) -> int:
        """How many of its findings have a severity."""
        return sum(finding.severity is severity for finding in self.findings)


def outcome_of(title: CatalogueTitle, report: Report, seconds: float, way: Way = "built") -> TitleOutcome:
    """A build's report as the outcome of its title, without what cannot be pickled."""
    called = report.facts.title if report.facts else ""
    way = "unchanged" if report.is_unchanged else way
    return TitleOutcome(
        title, called, report.exit_code, tuple(report.products), tuple(report.findings), round(seconds, 3), way
    )


def failed(
    title: CatalogueTitle, findings: Iterable[Finding], seconds: float = 0, code: ExitCode = ExitCode.FAULTS
) -> TitleOutcome:
    """The outcome of a title of which nothing was made."""
    found = tuple(findings)
    assert has_errors(found)
    return TitleOutcome(title, "", code, (), found, round(seconds, 3))
