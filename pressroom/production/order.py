"""Orders and reports: what is to be made, and what came of it."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pressroom.design import EditionInHand, Layout
from pressroom.errors import ExitCode, Finding, PressroomError, has_errors
from pressroom.forms import PlaceOf
from pressroom.photographs import Album
from pressroom.publication import Change, Publication
from pressroom.reports import PhotoEntry
from pressroom.rules.printers import Printers


class Progress(Protocol):
    """Whoever wants to know how far the work is."""

    def begin(self, what: str, steps: int) -> None:
        """A piece of work begins that has so many steps."""

    def step(self) -> None:
        """One of them is done."""


class NoProgress:
    """Nobody wants to know."""

    def begin(self, what: str, steps: int) -> None:
        """Say nothing."""

    def step(self) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Order:
    """What is to be made."""

    root: Path
    editions: tuple[str, ...] = ()
    """Names of editions; none means all."""
    out: Path | None = None
    """Folder for the products; dist/ of the publication if none is named."""
    final: bool | None = None
    """Whether missing photographs are errors; None leaves it to the publication's status."""
    source_date: dt.datetime | None = None
    """The date that products carry (SOURCE_DATE_EPOCH); None takes the newest source's."""
    today: dt.date | None = None
    """The day against which embargoes on photographs are held; None holds none."""


@dataclass(frozen=True)
class Product:
    """A file that was made."""

    edition: str
    format: str
    path: Path
    pages: int
    """Pages of a PDF; 0 for an ebook, which has none of its own."""
    bytes: int
    sha256: str


@dataclass(frozen=True)
class MadeProduct:
    """What came of making an edition, beside its file."""

    pages: int
    """Of a PDF or a fixed ebook; text that flows has none."""
    findings: tuple[Finding, ...]
    onix: bytes | None = None
    """The record for the book trade, where one is asked for."""


@dataclass(frozen=True)
class Manuscript:
    """A publication that has been read, with what its pictures are, and everything to know about both."""

    publication: Publication
    layout: Layout
    album: Album
    files: tuple[Path, ...]
    """Every picture that lies in assets/, used or not."""
    findings: tuple[Finding, ...]
    place_of: PlaceOf
    """The place of a key of publication.yaml."""
    printers: Printers
    """The rules of the printers that the editions name."""

    def edition(self, name: str) -> EditionInHand:
        """One of its editions."""
        return EditionInHand(self.publication, name, self.layout, self.album, self.place_of, self.printers)


@dataclass
class Report:
    """What came of an order."""

    products: list[Product] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    manuscript: Manuscript | None = None
    entries: tuple[PhotoEntry, ...] = ()
    """Where the photographs were asked for: what there is to know of each."""
    changes: tuple[Change, ...] | None = None
    """Where they were asked for: what typography has altered."""
    exit_code: ExitCode = ExitCode.MADE

    @property
    def ok(self) -> bool:
        """Whether nothing kept an edition from being made."""
        return self.exit_code is ExitCode.MADE

    def add(self, findings: Iterable[Finding]) -> None:
        """More to know, each thing once."""
        self.findings += [f for f in findings if f not in self.findings]
        if has_errors(self.findings) and self.exit_code is ExitCode.MADE:
            self.exit_code = ExitCode.FAULTS

    def fail(self, fault: PressroomError) -> None:
        """Something could not be done."""
        self.add(fault.findings)
        self.exit_code = max(self.exit_code, fault.exit_code)


@contextlib.contextmanager
def collecting_errors(report: Report) -> Iterator[None]:
    """What fails inside is reported, and does not keep what comes after from being done."""
    try:
        yield
    except PressroomError as fault:
        report.fail(fault)


def chosen(order: Order, manuscript: Manuscript) -> Iterator[str]:
    """The editions to make; covers last, since the pages of their books make their spines."""
    editions = manuscript.publication.settings.editions
    for name in sorted(editions, key=lambda name: editions[name].wrap is not None):
        if not order.editions or name in order.editions:
            yield name
