"""The conductor: read, check, lay out, export, check again, write. The only writer of products.

An edition with an error is not written, and an older product stays as it was; the other editions are made all the same.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pressroom import epub, layouts, machine, photographs, preflight, settings
from pressroom.errors import (
    ExitCode,
    Finding,
    MachineError,
    Place,
    PressroomError,
    UsageError,
    did_you_mean,
    error,
    has_errors,
)
from pressroom.forms import PlaceOf
from pressroom.layouts import Composition, Layout
from pressroom.manuscript import read_manuscript
from pressroom.photographs import Album
from pressroom.publication import CoverEdition, Edition, EpubEdition, Publication

CACHE = ".pressroom"


class Progress(Protocol):
    """Whoever wants to know how far the work is."""

    def begin(self, what: str, steps: int) -> None:
        """A piece of work begins that has so many steps."""

    def step(self) -> None:
        """One of them is done."""


class Silent:
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
class Manuscript:
    """A publication that has been read, with what its pictures are, and everything to know about both."""

    publication: Publication
    layout: Layout
    album: Album
    findings: tuple[Finding, ...]
    place_of: PlaceOf
    """Where a key of publication.yaml stands."""


@dataclass
class Report:
    """What came of an order."""

    products: list[Product] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    manuscript: Manuscript | None = None
    exit_code: ExitCode = ExitCode.MADE

    def add(self, findings: Iterable[Finding]) -> None:
        """More to know, each thing once."""
        self.findings += [f for f in findings if f not in self.findings]
        if has_errors(self.findings) and self.exit_code is ExitCode.MADE:
            self.exit_code = ExitCode.FAULTS

    def fail(self, fault: PressroomError) -> None:
        """Something could not be done."""
        self.add(fault.findings)
        self.exit_code = max(self.exit_code, fault.exit_code)


def read(order: Order) -> Manuscript:
    """Read a whole publication. Raises PressroomError where not even its settings can be read."""
    given = settings.read_settings(order.root)
    findings: list[Finding] = list(settings.not_yet(given.settings, given.place_of))
    _check_names(order, given.settings.editions)
    try:
        notes = settings.read_photo_notes(order.root)
    except PressroomError as fault:
        notes = settings.PhotoNotes({})
        findings += fault.findings
    publication, faults = read_manuscript(order.root, given.settings, notes.notes, given.place_of)
    final = given.settings.status == "final" if order.final is None else order.final
    album, missing = photographs.gather(publication, order.root, final=final)
    pictures = {figure.file.rpartition("/")[2] for _, figure in publication.figures()}
    findings += [*faults, *missing, *notes.unused(pictures)]
    try:
        layout = layouts.find_layout(given.settings.layout, order.root, given.place_of(("layout",)))
    except PressroomError as fault:
        raise PressroomError([*fault.findings, *findings]) from None
    findings += layouts.find_fonts(given.settings, layout, given.place_of)[1]
    return Manuscript(publication, layout, album, tuple(findings), given.place_of)


def check(order: Order, progress: Progress | None = None) -> Report:
    """Everything that can be told of a publication without making it."""
    report = Report()
    with _told(report):
        manuscript = report.manuscript = read(order)
        report.add(manuscript.findings)
        for name in _chosen(order, manuscript):
            with _told(report):
                _Edition(name, manuscript, order, progress or Silent(), report).compose()
    return report


def build(order: Order, progress: Progress | None = None) -> Report:
    """Make the editions that an order asks for, as far as they can be made."""
    report = Report()
    with _told(report):
        manuscript = report.manuscript = read(order)
        report.add(manuscript.findings)
        if has_errors(manuscript.findings):
            return report
        out = order.out or order.root / "dist"
        _check_out(out)
        for name in _chosen(order, manuscript):
            with _told(report):
                _Edition(name, manuscript, order, progress or Silent(), report).make(out)
    return report


@contextlib.contextmanager
def _told(report: Report) -> Iterator[None]:
    """What fails inside is reported, and does not keep what comes after from being done."""
    try:
        yield
    except PressroomError as fault:
        report.fail(fault)


def _check_names(order: Order, editions: Mapping[str, Edition]) -> None:
    known = f"There are: {', '.join(editions)}."
    unknown = [name for name in order.editions if name not in editions]
    if unknown:
        raise UsageError(
            error(
                "edition-unknown",
                Place("--edition"),
                f"No edition is called “{n}”.",
                did_you_mean(n, editions) or known,
            )
            for n in unknown
        )


def _chosen(order: Order, manuscript: Manuscript) -> Iterator[str]:
    """The editions to make. Covers wait for the version that makes them, as a hint has said."""
    for name, edition in manuscript.publication.settings.editions.items():
        if (not order.editions or name in order.editions) and not isinstance(edition, CoverEdition):
            yield name


@dataclass(frozen=True)
class _Edition:
    """One edition on its way from the manuscript to a file."""

    name: str
    manuscript: Manuscript
    order: Order
    progress: Progress
    report: Report

    @property
    def edition(self) -> Edition:
        return self.manuscript.publication.settings.editions[self.name]

    def make(self, out: Path) -> None:
        """Make it and write it, unless it has an error."""
        composition = self.compose()
        data, pages, findings = self._export(composition)
        self.report.add(findings)
        faults = preflight.check_file(preflight.MadeFile(composition.publication, self.name, data))
        self.report.add(faults)
        if has_errors((*findings, *faults)):
            return
        path = out / _file_name(composition.publication, self.name)
        _write(path, data)
        digest = hashlib.sha256(data).hexdigest()
        self.report.products.append(Product(self.name, self.edition.format, path, pages, len(data), digest))

    def compose(self) -> Composition:
        """Lay it out as XHTML, with its pictures at their size."""
        publication, layout, album = self.manuscript.publication, self.manuscript.layout, self.manuscript.album
        self.report.add(preflight.check_plan(preflight.Plan(publication, self.name, layout, album)))
        recipes = layouts.recipes(publication, self.edition, layout, album)
        if recipes:
            self.progress.begin(f"{self.name}: pictures", len(recipes))
        cache = self.order.root / CACHE / "renditions"
        with _disk(), _writable(cache, "Pictures at their size", "Delete what stands in its place."):
            renditions = photographs.render_all(album, recipes, cache, self.progress.step)
        return layouts.lay_out(publication, self.name, layout, renditions, self.manuscript.place_of)

    def _export(self, composition: Composition) -> tuple[bytes, int, tuple[Finding, ...]]:
        """The file, its pages (of a PDF), and what was found on the way."""
        modified = self.order.source_date or _newest(self.order.root)
        if isinstance(self.edition, EpubEdition):
            self.progress.begin(self.name, 1)
            data = epub.export(composition, modified)
            self.progress.step()
            return data, 0, ()
        pdf = machine.load_page_engine("pressroom.pdf")
        self.progress.begin(self.name, len(composition.units))
        made = pdf.export(composition, modified, self.progress.step)
        return made.data, len(made.folios), made.findings


def _newest(root: Path) -> dt.datetime:
    """When the newest source was changed: products of unchanged sources stay the same, to the byte."""
    files = (f for folder in ("book", "layouts", "assets") for f in (root / folder).rglob("*") if f.is_file())
    return dt.datetime.fromtimestamp(int(max((f.stat().st_mtime for f in files), default=0)), dt.UTC)


def _file_name(publication: Publication, name: str) -> str:
    """`slug.epub` for the first ebook, `slug-edition.…` for all else."""
    settings_ = publication.settings
    ebooks = [n for n, edition in settings_.editions.items() if isinstance(edition, EpubEdition)]
    if name in ebooks:
        return f"{settings_.file_stem}.epub" if name == ebooks[0] else f"{settings_.file_stem}-{name}.epub"
    return f"{settings_.file_stem}-{name}.pdf"


# ---- writing


def _check_out(out: Path) -> None:
    """Told before the work rather than after it."""
    with _disk(), _writable(out):
        out.mkdir(parents=True, exist_ok=True)
        handle, probe = tempfile.mkstemp(dir=out, prefix=".pressroom-")
        os.close(handle)
        Path(probe).unlink()


def _write(path: Path, data: bytes) -> None:
    """A product whole, or the older one untouched: written beside it, then put in its place."""
    with _disk(), _writable(path.parent):
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".pressroom-", suffix=path.suffix)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


@contextlib.contextmanager
def _disk() -> Iterator[None]:
    """A full disk is the machine's fault."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        why = "The disk is full; what could not be written whole was not written."
        raise MachineError([error("disk-full", machine.PLACE, why, "Make room, then build again.")]) from None


@contextlib.contextmanager
def _writable(
    folder: Path,
    what: str = "The products",
    help: str = "Make the folder writable, or name another with --out.",
) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        why = f"{what} cannot be written to {folder}: {fault.strerror or fault}. Older products are as they were."
        raise PressroomError([error("out-unwritable", Place(str(folder)), why, help)]) from None
