"""Finished PDFs, made here or elsewhere, are checked against what a printer asks for."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pikepdf

from pressroom import inspection, judges, photographs
from pressroom.design import Composition
from pressroom.errors import Finding, Place, PressroomError, UsageError, did_you_mean, error
from pressroom.keeping.shelf import Shelf
from pressroom.preflight import press
from pressroom.production.job import Job, Renditions
from pressroom.production.order import Product, Report, collecting_errors
from pressroom.production.writing import check_out, write
from pressroom.publication import PdfEdition
from pressroom.settings import find_printer, read_settings
from pressroom.whereabouts import CHAPTERS, PRODUCTS, SETTINGS_FILE, check_named

_MOST_BYTES = 4_000_000_000
"""Bytes of a finished file: a large book of photographs has a quarter of them, and printers take no more."""
_LEAST_KEPT = 0.75
"""The share of image_ppi that a picture may fall to where page make-up has drawn it larger than was planned."""


def check_pdf(
    file: Path,
    printer: str | None = None,
    report_file: Path | None = None,
    root: Path | None = None,
    *,
    judge: bool = False,
) -> Report:
    """Check a PDF, made here or elsewhere, and write its light table (HTML) to `report_file`, if there is one.

    `printer` may also be one of the publication at `root`. A PDF that claims PDF/UA and has no printer named is taken
    for one to be read on a screen. `judge` also asks what others say, as far as they are on this machine.
    """
    report = Report()
    with collecting_errors(report):
        data = _read(file)
        facts = _inspect(data, file)
        is_for_press = printer is not None or not any(name.startswith("PDF/UA") for name in facts.standards)
        rules = find_printer(printer, root) if printer else None
        own = _edition_of(file)
        least = _least_ppi(own) if own and own.for_press else None
        asked = own.least_ppi if own else None
        finished = press.PressFile(
            facts, Place(str(file)), rules, is_for_press=is_for_press, min_ppi=least, asked_ppi=asked
        )
        report.add(press.check_finished(finished))
        if judge:
            report.add(judges.judged(file, Place(str(file))))
        if report_file is not None:
            from pressroom.reports import lighttable  # noqa: PLC0415 - seldom asked for

            check_out(report_file.parent)
            text = lighttable.light_table(
                file.name, facts, list(inspection.pictures_of(data, facts.pages)), report.findings
            )
            report.products.append(_write_report(report_file, text.encode()))
    return report


def check_epub(file: Path, *, judge: bool) -> Report:
    """What the judges of this machine say of an ebook. Pressroom checks its own while it makes them, and no other."""
    report = Report()
    with collecting_errors(report):
        _read(file)
        if not judge:
            why = "Pressroom itself checks PDFs only. Others on this machine may check an ebook."
            raise UsageError([error("judge-unasked", Place(str(file)), why, f"Type: pressroom check {file} --judge")])
        report.add(judges.judged(file, Place(str(file))))
    return report


def check_made(
    job: Job, composition: Composition, renditions: Renditions, file: Path, shelf: Shelf
) -> tuple[Finding, ...]:
    """Check an edition's PDF as a printer would. `shelf` holds the facts about pages that were read before."""
    edition, profile = composition.page, composition.profile
    figures = [figure for _, figure in composition.publication.pictures() if figure.id in renditions]
    digests = {id: _digest(made.path.read_bytes()) for id, made in renditions.items()}
    by_bytes = {digests[id]: made for id, made in renditions.items()}

    def ink(picture: bytes, is_turned_over: bool) -> int | None:  # noqa: FBT001 - called by place
        """The most ink (in %) of a picture: as measured when it was made, else measured now."""
        known = by_bytes.get(_digest(picture))
        return known.ink if known else photographs.ink_of_jpeg(picture, is_turned_over)

    finished = press.PressFile(
        inspection.inspect(file, ink, with_text=edition.printer is not None, shelf=shelf),
        Place(f"the edition “{composition.name}”"),
        composition.rules,
        meant=edition.standard,
        trim=edition.trim,
        min_ppi=_least_ppi(edition),
        asked_ppi=edition.least_ppi,
        most_ink=profile.ink if profile else None,
        is_cover=bool(composition.folds),
        is_for_press=edition.for_press,
        is_draft=not job.is_final,
        sources={digests[figure.id]: figure.place for figure in reversed(figures)},
        reported=pictures_reported(job),
    )
    return press.check_finished(finished)


def pictures_reported(job: Job) -> frozenset[Place]:
    """Where pictures stand that were reported to be small before they were laid out."""
    return frozenset(finding.place for finding in job.report.findings if finding.id == "picture-small")


def _least_ppi(edition: PdfEdition) -> int:
    """The pixels per inch below which a finished picture of an edition is reported; 0 where it has no limit."""
    return round(min(edition.least_ppi or 0, edition.image_ppi * _LEAST_KEPT))


def _edition_of(file: Path) -> PdfEdition | None:
    """The edition that a product in the dist/ of a publication was made for: it is held to the same limits as then.

    None for a file from elsewhere, or of a publication that cannot be read.
    """
    folder = file.resolve().parent
    root = folder.parent
    if folder.name != PRODUCTS or not (root / SETTINGS_FILE).is_file():
        return None
    try:
        settings = read_settings(root).settings
    except PressroomError:
        return None
    stem = settings.file_stem
    named = (
        edition.page
        for name, edition in settings.editions.items()
        if edition.page and edition.file_name(stem, name, is_first_ebook=False) == file.name
    )
    return next(named, None)


def shelf_of_facts(job: Job) -> Shelf:
    """The facts about an edition's finished pages that were kept."""
    return Shelf(job.order.cache / "pages" / f"{job.name}.facts", job.builder, inspection.KEPT)


def _read(file: Path) -> bytes:
    """Read a file. Raises UsageError where it cannot be read, or nobody could hold it in memory."""
    check_named(file)
    try:
        if file.stat().st_size > _MOST_BYTES:
            why = f"This file has more than {_MOST_BYTES // 1_000_000_000} GB, and would take as much memory."
            raise UsageError([error("file-huge", Place(str(file)), why, "Was another file saved under this name?")])
        return file.read_bytes()
    except OSError as fault:
        why = f"This file cannot be read: {fault.strerror}."
        beside = [each.name for each in file.parent.glob("*")]
        remedy = did_you_mean(file.name, beside) or "Name a PDF that is there."
        if file.is_dir():
            why, remedy = "This is a folder.", f"To check the publication in it, type: pressroom check --root {file}"
        raise UsageError([error("file-missing", Place(str(file)), why, remedy)]) from None


def _no_pdf(file: Path) -> UsageError:
    """What is said of a file of another kind."""
    why = "This is no PDF. With a file, `check` looks at finished PDFs and, with --judge, at EPUBs."
    remedy = "Without a file, it looks at the whole publication: pressroom check"
    if file.suffix.lower() not in (*CHAPTERS, ".yaml"):
        remedy = f"To bring a text into a publication, type: pressroom import {file}"
    return UsageError([error("file-kind", Place(str(file)), why, remedy)])


def _inspect(data: bytes, file: Path) -> inspection.Inspected:
    """Inspect a PDF. Raises PressroomError for one that is locked or damaged."""
    try:
        return inspection.inspect(data, photographs.ink_of_jpeg, is_whole=photographs.is_whole)
    except pikepdf.PasswordError:
        why = "The file is locked with a password; a printer cannot open it."
        raise PressroomError([error("file-acts", Place(str(file)), why, "Export it without a password.")]) from None
    except pikepdf.PdfError as fault:
        if file.suffix.lower() != ".pdf" and b"%PDF" not in data[:1024]:
            raise _no_pdf(file) from None
        why = f"This is not a PDF, or a damaged one: {str(fault).partition(': ')[2] or fault}."
        raise PressroomError([error("pdf-damaged", Place(str(file)), why, "Make or fetch the file again.")]) from None


def _write_report(path: Path, data: bytes) -> Product:
    """Write the light table."""
    write(path, data)
    return Product("light table", path.suffix[1:], path, 0, len(data), _digest(data))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
