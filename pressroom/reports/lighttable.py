"""The light table: a finished PDF as one page of HTML, for whoever has to mend or approve it.

It shows the pages with their boxes and findings, and needs no other file and no network.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pressroom.errors import Finding, Severity
from pressroom.inspection import Inspected
from pressroom.inspection.colourspaces import Family
from pressroom.inspection.page import PageFacts, PdfBox
from pressroom.preflight.press import PageFinding
from pressroom.publication.measures import PT_PER_MM

_COLOUR_NAMES: Mapping[Family, str] = {
    "gray": "grey", "rgb": "RGB", "cmyk": "CMYK", "spot": "spot colour", "all": "every plate", "none": "no plate",
    "lab": "Lab", "indexed": "indexed", "pattern": "pattern", "unknown": "unknown",
}  # fmt: skip


@dataclass(frozen=True)
class _Outline:
    """A box of a page, in percent of the page’s width and height."""

    name: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class _TablePage:
    """One page on the table."""

    number: int
    label: str
    size: str
    picture: str
    """The page as a data URL; empty if it cannot be drawn."""
    outlines: tuple[_Outline, ...]
    findings: tuple[Finding, ...]
    about: tuple[str, ...]


def light_table(name: str, facts: Inspected, pictures: Sequence[bytes], findings: Sequence[Finding]) -> str:
    """A finished PDF as HTML: its version and standards, findings, and pages. `pictures` are JPEGs of the pages."""
    folder = Path(__file__).parent
    env = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    env.filters["pages"] = lambda finding: finding.pages if isinstance(finding, PageFinding) else ()
    env.filters["elsewhere"] = lambda place: "" if Path(place.file).name == name else str(place)
    order = list(Severity)
    findings = sorted(findings, key=lambda finding: order.index(finding.severity))
    pages = [_page(page, picture, findings) for page, picture in zip(facts.pages, pictures, strict=True)]
    return env.get_template("lighttable.html.j2").render(name=name, facts=facts, pages=pages, findings=findings)


def _page(page: PageFacts, picture: bytes, findings: Sequence[Finding]) -> _TablePage:
    trim = page.boxes.trimmed
    size = f"{(trim[2] - trim[0]) / PT_PER_MM:.1f} × {(trim[3] - trim[1]) / PT_PER_MM:.1f} mm"
    here = tuple(f for f in findings if isinstance(f, PageFinding) and page.number in f.pages)
    data = f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}" if picture else ""
    return _TablePage(page.number, page.label, size, data, tuple(_outlines(page)), here, tuple(_about(page)))


def _outlines(page: PageFacts) -> Iterator[_Outline]:
    """The boxes of a page that are smaller than its sheet."""
    sheet = page.boxes.sheet
    for name, box in (("bleed", page.boxes.bleed), ("trim", page.boxes.trim)):
        if box is not None and box != sheet:
            yield _outline(name, _turned(box, page.rotation), _turned(sheet, page.rotation))


def _turned(box: PdfBox, degrees: int) -> PdfBox:
    """A box after its page is turned clockwise."""
    for _ in range(degrees // 90):
        box = (box[1], -box[2], box[3], -box[0])
    return box


def _outline(name: str, box: PdfBox, sheet: PdfBox) -> _Outline:
    wide, high = max(sheet[2] - sheet[0], 0.01) / 100, max(sheet[3] - sheet[1], 0.01) / 100
    left, top = (box[0] - sheet[0]) / wide, (sheet[3] - box[3]) / high
    return _Outline(name, left, top, (box[2] - box[0]) / wide, (box[3] - box[1]) / high)


def _about(page: PageFacts) -> Iterator[str]:
    """The colours and pictures of a page, in a few words each."""
    colours = {paint.colour.spot or _COLOUR_NAMES[paint.colour.family] for paint in page.paints}
    colours |= {_COLOUR_NAMES[picture.family] for picture in page.pictures}
    yield f"colours: {', '.join(sorted(colours))}" if colours else "blank"
    for picture in page.pictures:
        ink = f", {picture.ink} % ink" if picture.ink is not None else ""
        yield f"picture of {picture.ppi:.0f} ppi, {_COLOUR_NAMES[picture.family]}{ink}"
