"""Orders and reports: what is to be made, and what came of it."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pressroom.errors import ExitCode, Finding, PressroomError, has_errors
from pressroom.whereabouts import CACHE, PRODUCTS

if TYPE_CHECKING:  # an order is described, and its report begun, before anything is read
    from pressroom.design import EditionInHand, Layout
    from pressroom.design.arranging import ArrangedPage
    from pressroom.forms import PlaceOf
    from pressroom.pacing import Pacing
    from pressroom.photographs import Album
    from pressroom.publication import Change, Publication
    from pressroom.reports import PhotoEntry
    from pressroom.rules.printers import Printers


class Progress(Protocol):
    """The interface of a progress display."""

    def begin(self, what: str, steps: int) -> None:
        """Begin a piece of work that has a number of steps."""

    def step(self, done: str = "") -> None:
        """Mark one step as done; `done` is its name, such as a chapter’s title."""


class NoProgress:
    """A progress display that shows nothing."""

    def begin(self, what: str, steps: int) -> None:
        """Do nothing."""

    def step(self, done: str = "") -> None:
        """Do nothing."""


@dataclass(frozen=True)
class Order:
    """What is to be made."""

    root: Path
    editions: tuple[str, ...] = ()
    """The names of editions to make; all are made if it is empty."""
    out: Path | None = None
    """The folder for the products; None stands for the publication's dist/."""
    final: bool | None = None
    """Whether missing photographs are errors; None leaves it to the publication's status."""
    source_date: dt.datetime | None = None
    """The date that products carry (SOURCE_DATE_EPOCH); None takes the newest source's."""
    today: dt.date | None = None
    """The day against which embargoes on photographs are held; None holds none."""
    jobs: int = 1
    """In how many processes units are laid out. The products are the same."""
    keeps: bool = True
    """Whether anything is kept between builds. The products are the same."""
    variables: tuple[tuple[str, str], ...] = ()
    """Variables of the publication with values of their own, which those of publication.yaml give way to."""
    cache_folder: Path | None = None
    """The folder of what is kept; None stands for the publication's .pressroom/."""
    shared_folder: Path | None = None
    """A folder that several publications share, for what is made of a photograph or a font; None shares nothing."""

    @property
    def cache(self) -> Path:
        """The folder of what is kept between builds."""
        return self.cache_folder or self.root / CACHE

    @property
    def shared_cache(self) -> Path:
        """The folder of kept pictures and subset fonts, whose names tell all that they are made of."""
        return self.shared_folder or self.cache

    @property
    def products_folder(self) -> Path:
        """The folder for the products."""
        return self.out or self.root / PRODUCTS


@dataclass(frozen=True)
class Product:
    """A file that was made."""

    edition: str
    format: str
    path: Path
    pages: int
    """The number of pages of a PDF or a fixed-layout ebook; 0 for a reflowable ebook."""
    bytes: int
    sha256: str


@dataclass(frozen=True)
class MadeProduct:
    """The outcome of making an edition, beside its file."""

    pages: int
    """The number of pages of a PDF or a fixed-layout ebook; 0 for a reflowable ebook."""
    findings: tuple[Finding, ...]
    onix: bytes | None = None
    """The ONIX record for the book trade, if the edition asks for one."""


Making = Callable[[], MadeProduct]
"""An edition that is being written: waits until it is. Raises PressroomError for what keeps it from being made."""


@dataclass(frozen=True)
class Manuscript:
    """A publication as it was read, with its layout, its photographs and the findings on them."""

    publication: Publication
    layout: Layout
    album: Album
    files: tuple[Path, ...]
    """Every picture file in assets/, used or not."""
    findings: tuple[Finding, ...]
    place_of: PlaceOf
    """Gives the place of a key in publication.yaml."""
    printers: Printers
    """The rules of the printers that the editions name."""
    arranged: tuple[ArrangedPage, ...] = ()
    """The pages that the pacing has made of pictures without a word of placement."""
    pacings: tuple[Pacing, ...] = ()
    """The sequences of pictures that it was asked for, with their costs."""

    @property
    def facts(self) -> BookFacts:
        """What a summary says of it."""
        publication = self.publication
        pictures = len(list(publication.pictures()))
        chapters = len(list(publication.chapters()))
        return BookFacts(publication.settings.title, chapters, pictures, pictures - len(self.album))

    def edition(self, name: str) -> EditionInHand:
        """One of its editions."""
        from pressroom.design import EditionInHand  # noqa: PLC0415 - the publication that was read has loaded it

        return EditionInHand(self.publication, name, self.layout, self.album, self.place_of, self.printers)


@dataclass(frozen=True)
class BookFacts:
    """What a summary says of a publication."""

    title: str
    chapters: int
    pictures: int
    missing: int
    """The number of pictures that have not arrived."""


@dataclass
class Report:
    """The outcome of an order: products, findings and the exit code."""

    products: list[Product] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    manuscript: Manuscript | None = None
    """What was read; None where nothing could be, or had to be, read."""
    facts: BookFacts | None = None
    """What a summary says of the publication; None where it could not be read."""
    is_unchanged: bool = False
    """Whether the products are those of an earlier build, since nothing has changed."""
    entries: tuple[PhotoEntry, ...] = ()
    """An entry for each photograph, after `photos`."""
    changes: tuple[Change, ...] | None = None
    """The changes that typography made, after `check --typography`; else None."""
    exit_code: ExitCode = ExitCode.MADE

    @property
    def ok(self) -> bool:
        """Whether nothing kept an edition from being made."""
        return self.exit_code is ExitCode.MADE

    def add(self, findings: Iterable[Finding], *, needs_build: bool = False) -> None:
        """Add findings, each once. `needs_build`: they are about finished pages, which `check` does not make."""
        fresh = [f for f in findings if f not in self.findings]
        self.findings += [replace(f, needs_build=True) for f in fresh] if needs_build else fresh
        if has_errors(self.findings) and self.exit_code is ExitCode.MADE:
            self.exit_code = ExitCode.FAULTS

    def fail(self, fault: PressroomError) -> None:
        """Add the findings of an exception, and its exit code if that is higher."""
        self.add(fault.findings)
        self.exit_code = max(self.exit_code, fault.exit_code)


@contextlib.contextmanager
def collecting_errors(report: Report) -> Iterator[None]:
    """A block whose PressroomError goes into the report, so that the work after the block goes on."""
    try:
        yield
    except PressroomError as fault:
        report.fail(fault)


def chosen(order: Order, manuscript: Manuscript) -> Iterator[str]:
    """The editions that an order asks for; covers last, because the pages of their books make their spines."""
    editions = manuscript.publication.settings.editions
    for name in sorted(editions, key=lambda name: editions[name].wrap is not None):
        if not order.editions or name in order.editions:
            yield name
