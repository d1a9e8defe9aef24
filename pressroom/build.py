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
        notes = {}
        findings += fault.findings
    publication, faults = read_manuscript(order.root, given.settings, notes, given.place_of)
    final = given.settings.status == "final" if order.final is None else order.final
    album, missing = photographs.gather(publication, order.root, final)
    findings += [*faults, *missing]
    try:
        layout = layouts.find_layout(given.settings.layout, order.root, given.place_of(("layout",)))
    except PressroomError as fault:
        raise PressroomError([*fault.findings, *findings]) from None
    return Manuscript(publication, layout, album, tuple(findings))


def check(order: Order, progress: Progress | None = None) -> Report:
    """Everything that can be told of a publication without making it."""
    report, progress = Report(), progress or Silent()
    try:
        manuscript = report.manuscript = read(order)
        report.add(manuscript.findings)
        for name in _chosen(order, manuscript):
            report.add(preflight.check_plan(_plan(manuscript, name)))
            _compose(manuscript, name, order, progress)
    except PressroomError as fault:
        report.fail(fault)
    return report


def build(order: Order, progress: Progress | None = None) -> Report:
    """Make the editions that an order asks for, as far as they can be made."""
    report, progress = Report(), progress or Silent()
    try:
        manuscript = report.manuscript = read(order)
        report.add(manuscript.findings)
        if has_errors(manuscript.findings):
            return report
        out = order.out or order.root / "dist"
        _check_out(out)
        for name in _chosen(order, manuscript):
            try:
                _make(manuscript, name, order, out, report, progress)
            except PressroomError as fault:
                report.fail(fault)
    except PressroomError as fault:
        report.fail(fault)
    return report


def _check_names(order: Order, editions: Mapping[str, Edition]) -> None:
    known = f"There are: {', '.join(editions)}."
    unknown = [name for name in order.editions if name not in editions]
    if unknown:
        raise UsageError(
            error("edition-unknown", Place("--edition"), f"No edition is called “{n}”.", did_you_mean(n, editions) or known)
            for n in unknown
        )


def _chosen(order: Order, manuscript: Manuscript) -> Iterator[str]:
    """The editions to make. Covers wait for the version that makes them, as a hint has said."""
    for name, edition in manuscript.publication.settings.editions.items():
        if (not order.editions or name in order.editions) and not isinstance(edition, CoverEdition):
            yield name


def _plan(manuscript: Manuscript, name: str) -> preflight.Plan:
    return preflight.Plan(manuscript.publication, name, manuscript.layout, manuscript.album)


def _make(manuscript: Manuscript, name: str, order: Order, out: Path, report: Report, progress: Progress) -> None:
    edition = manuscript.publication.settings.editions[name]
    report.add(preflight.check_plan(_plan(manuscript, name)))
    composition = _compose(manuscript, name, order, progress)
    modified = order.source_date or _newest(order.root)
    if isinstance(edition, EpubEdition):
        progress.begin(name, 1)
        data, pages, findings = epub.export(composition, modified), 0, ()
        progress.step()
    else:
        pdf = machine.load_page_engine("pressroom.pdf")
        progress.begin(name, len(composition.units))
        made = pdf.export(composition, modified, progress.step)
        data, pages, findings = made.data, len(made.folios), made.findings
    report.add(findings)
    faults = preflight.check_file(preflight.MadeFile(manuscript.publication, name, data))
    report.add(faults)
    if has_errors((*findings, *faults)):
        return
    path = out / _file_name(manuscript.publication, name)
    _write(path, data)
    report.products.append(Product(name, edition.format, path, pages, len(data), hashlib.sha256(data).hexdigest()))


def _compose(manuscript: Manuscript, name: str, order: Order, progress: Progress) -> Composition:
    publication, layout = manuscript.publication, manuscript.layout
    edition = publication.settings.editions[name]
    recipes = layouts.recipes(publication, edition, layout, manuscript.album)
    progress.begin(f"{name}: pictures", len(recipes))
    with _disk():
        renditions = photographs.render_all(manuscript.album, recipes, order.root / CACHE / "renditions", progress.step)
    return layouts.lay_out(publication, name, layout, renditions)


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
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        why = f"The products cannot be written to {folder}: {fault.strerror}. Older ones are as they were."
        help = "Make the folder writable, or name another with --out."
        raise PressroomError([error("out-unwritable", Place(str(folder)), why, help)]) from None


