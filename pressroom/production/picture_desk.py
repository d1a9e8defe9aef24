"""The picture desk: what each photograph says, the contact sheet, and the list of those still to come."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pressroom import photographs, preflight, reports
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
from pressroom.production.writing import CACHE, check_out, disk, writable_cache, write
from pressroom.reports import Thumbnail

_THUMBNAIL = photographs.Recipe(640, 480, 80)
_ABOUT_PICTURES = (
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
"""How the ids of findings begin that belong on a contact sheet."""


@dataclass(frozen=True)
class Papers:
    """What is to be written for the desk."""

    sheet: bool = False
    """The contact sheet."""
    missing: bool = False
    """The list of photographs still to come."""


def photos(order: Order, papers: Papers, progress: Progress | None = None) -> Report:
    """Everything there is to know of a publication's photographs, and the papers that are asked for."""
    report = Report()
    with collecting_errors(report):
        manuscript = report.manuscript = read(order, progress)
        report.add(manuscript.findings)
        report.add(_small(order, manuscript))
        publication, album, layout = manuscript.publication, manuscript.album, manuscript.layout
        report.entries = reports.entries(publication, album, layout)
        out = order.out or order.root / "dist"
        if papers.sheet or papers.missing:
            check_out(out)
        stem = publication.settings.file_stem
        if papers.sheet:
            text = _sheet(manuscript, report, order, progress or NoProgress())
            report.products.append(_paper("contact-sheet", out / f"{stem}-photographs.html", text))
        if papers.missing:
            csv = "\ufeff" + reports.missing_csv(publication, album, layout)  # by the mark, Excel knows UTF-8
            report.products.append(_paper("missing", out / f"{stem}-missing.csv", csv))
            text = reports.missing_text(publication, album, layout)
            report.products.append(_paper("missing", out / f"{stem}-missing.txt", text))
    return report


def _small(order: Order, manuscript: Manuscript) -> Iterator[Finding]:
    for name in chosen(order, manuscript):
        yield from preflight.check_plan(manuscript.edition(name))


def _sheet(manuscript: Manuscript, report: Report, order: Order, progress: Progress) -> str:
    thumbnails = _thumbnails(manuscript, order, progress)
    used = {photograph.file for photograph in manuscript.album.values()}
    unused = tuple(str(file.relative_to(order.root)) for file in manuscript.files if file not in used)
    findings = [finding for finding in report.findings if finding.id.startswith(_ABOUT_PICTURES)]
    return reports.contact_sheet(manuscript.publication, report.entries, thumbnails, findings, unused)


def _thumbnails(manuscript: Manuscript, order: Order, progress: Progress) -> Mapping[str, Thumbnail]:
    recipes = dict.fromkeys(manuscript.album, _THUMBNAIL)
    progress.begin("contact sheet", len(recipes))
    with disk(), writable_cache(order.root):
        renditions = photographs.render_all(manuscript.album, recipes, order.root / CACHE / "renditions", progress.step)
    return {id: Thumbnail(made.path.read_bytes(), made.media_type) for id, made in renditions.items()}


def _paper(name: str, path: Path, text: str) -> Product:
    data = text.encode()
    write(path, data)
    return Product(name, path.suffix[1:], path, 0, len(data), hashlib.sha256(data).hexdigest())
