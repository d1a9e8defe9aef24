"""The picture desk: an entry for each photograph, the contact sheet, and the list of photographs still missing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pressroom import drafts, photographs, preflight, reports
from pressroom.errors import Finding
from pressroom.production.order import (
    Manuscript,
    NoProgress,
    Order,
    Product,
    Progress,
    Report,
    chosen,
    collecting_errors,
)
from pressroom.production.reading import read
from pressroom.production.writing import check_out, disk, writable_cache, write
from pressroom.reports import Thumbnail

_THUMBNAIL = photographs.Recipe(640, 480, 80)
_BYTE_ORDER_MARK = "\ufeff"
"""The mark by which Excel recognises a CSV file as UTF-8."""
_PICTURE_IDS = (
    "photo-",
    "picture-",
    "drawing-",
    "alt-",
    "caption-",
    "credit-",
    "blur-",
    "crop-",
    "focus-",
    "aspect-",
)
"""The beginnings of the ids of findings that belong on a contact sheet."""


@dataclass(frozen=True)
class Papers:
    """The papers that are to be written for the picture desk."""

    sheet: bool = False
    """Whether to write the contact sheet (HTML)."""
    missing: bool = False
    """Whether to write the list of missing photographs (CSV and plain text)."""


def photos(order: Order, papers: Papers, progress: Progress | None = None) -> Report:
    """Report an entry for each photograph of a publication, and write the papers that are asked for."""
    report = Report()
    with collecting_errors(report), disk(), drafts.tidy():
        manuscript = report.manuscript = read(order, progress)
        report.add(manuscript.findings)
        report.add(_plan_findings(order, manuscript))
        publication, album, layout = manuscript.publication, manuscript.album, manuscript.layout
        report.entries = reports.entries(publication, album, layout)
        out = order.products_folder
        if papers.sheet or papers.missing:
            check_out(out)
        stem = publication.settings.file_stem
        if papers.sheet:
            text = _contact_sheet(manuscript, report, order, progress or NoProgress())
            report.products.append(_write_paper("contact-sheet", out / f"{stem}-photographs.html", text))
        if papers.missing:
            csv = _BYTE_ORDER_MARK + reports.missing_csv(publication, album, layout)
            report.products.append(_write_paper("missing", out / f"{stem}-missing.csv", csv))
            text = reports.missing_text(publication, album, layout)
            report.products.append(_write_paper("missing", out / f"{stem}-missing.txt", text))
    return report


def _plan_findings(order: Order, manuscript: Manuscript) -> Iterator[Finding]:
    """Check the plans of the ordered editions, which report pictures that are too small."""
    for name in chosen(order, manuscript):
        yield from preflight.check_plan(manuscript.edition(name))


def _contact_sheet(manuscript: Manuscript, report: Report, order: Order, progress: Progress) -> str:
    """The contact sheet as HTML, with the findings on pictures and the files that no figure uses."""
    thumbnails = _thumbnails(manuscript, order, progress)
    used = {photograph.file for photograph in manuscript.album.values()}
    unused = tuple(str(file.relative_to(order.root)) for file in manuscript.files if file not in used)
    findings = [finding for finding in report.findings if finding.id.startswith(_PICTURE_IDS)]
    return reports.contact_sheet(manuscript.publication, report.entries, thumbnails, findings, unused)


def _thumbnails(manuscript: Manuscript, order: Order, progress: Progress) -> Mapping[str, Thumbnail]:
    """A thumbnail of each photograph, by the id of its figure."""
    recipes = dict.fromkeys(manuscript.album, _THUMBNAIL)
    progress.begin("contact sheet", len(recipes))
    with disk(), writable_cache(order):
        renditions = photographs.render_all(manuscript.album, recipes, order.cache / "renditions", progress.step)
    return {id: Thumbnail(made.path.read_bytes(), made.media_type) for id, made in renditions.items()}


def _write_paper(name: str, path: Path, text: str) -> Product:
    """Write a paper, and return it as a product."""
    data = text.encode()
    write(path, data)
    return Product(name, path.suffix[1:], path, 0, len(data), hashlib.sha256(data).hexdigest())
