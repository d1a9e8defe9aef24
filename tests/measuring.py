"""Measuring: where letters and pictures of a finished PDF stand. Lengths are points, from the top left of the page."""

from __future__ import annotations

import ctypes
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from pressroom import design, production
from pressroom.design.grid import Paper, grid_for
from pressroom.errors import Finding, Place
from pressroom.publication import PdfEdition

BASELINE = 0.7597
"""How far under the top of its line a letter of the text stands, in units: 10 pt of Source Serif on 13.5 pt."""
POINT = 72 / 25.4
DATE = dt.datetime(2024, 5, 3, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Letter:
    """A printed character at its origin: the left end of its baseline."""

    text: str
    x: float
    y: float
    size: float
    font: str = ""


@dataclass(frozen=True)
class Frame:
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, letter: Letter) -> bool:
        """Whether a letter stands inside it, by half a point."""
        return self.left + 0.5 < letter.x < self.right - 0.5 and self.top + 0.5 < letter.y < self.bottom - 0.5


@dataclass(frozen=True)
class Line:
    """Letters of one size on one baseline."""

    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        """Its letters, without the spaces."""
        return "".join(letter.text for letter in self.letters)

    @property
    def y(self) -> float:
        """Its baseline."""
        return self.letters[0].y

    @property
    def x(self) -> float:
        """Where it begins."""
        return self.letters[0].x


@dataclass(frozen=True)
class Sheet:
    """One page of a document."""

    page: pypdfium2.PdfPage
    folio: str

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """Every printed character, spaces left out; in the order in which they were printed."""
        return tuple(letters(self.page))

    @cached_property
    def pictures(self) -> tuple[Frame, ...]:
        """The frames of all pictures: what a clip leaves of them."""
        return tuple(pictures(self.page))

    @cached_property
    def words(self) -> str:
        """All that is printed."""
        return re.sub(r"\s+", " ", self.page.get_textpage().get_text_bounded()).strip()

    @property
    def width(self) -> float:
        """From edge to edge."""
        return self.page.get_width()

    @property
    def full_pictures(self) -> tuple[Frame, ...]:
        """The pictures that go over the page's edges."""
        return tuple(frame for frame in self.pictures if frame.right - frame.left > self.width - 1)


@dataclass(frozen=True)
class Bound:
    """A book on one paper, and the measures of its grid in points."""

    path: Path
    paper: Paper
    findings: tuple[Finding, ...]

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """All pages."""
        document = pypdfium2.PdfDocument(self.path)
        return tuple(Sheet(page, document.get_page_label(n)) for n, page in enumerate(document))

    @property
    def ids(self) -> set[str]:
        """Of what was found while the book was made."""
        return {finding.id for finding in self.findings}

    @property
    def unit(self) -> float:
        """From one baseline to the next."""
        return self.paper.unit * POINT

    @property
    def head(self) -> float:
        """Above the text."""
        return self.paper.head * self.unit

    @property
    def inner(self) -> float:
        """The inner margin."""
        return self.paper.side * self.unit

    @property
    def measure(self) -> float:
        """The width of the text."""
        return self.paper.column * self.unit

    @property
    def hang(self) -> float:
        """From the left edge of the margin column, if there is one, to that of the text."""
        return 0.0 if self.paper.narrow else (self.paper.aside + self.paper.gap) * self.unit

    def pages(self, kind: Callable[[str], bool] = lambda _: True) -> Iterator[tuple[int, Sheet]]:
        """The pages behind the cover whose folios are so, counted from 0."""
        for n, sheet in enumerate(self.sheets):
            if n and kind(sheet.folio):
                yield n, sheet

    def type_area(self, n: int) -> Frame:
        """Where text stands on page `n`, the margin column included."""
        left = self.inner
        if self.paper.mirrored and n % 2:
            left = self.sheets[n].width - self.inner - self.measure
        right = left + self.hang + self.measure
        return Frame(left, self.head, right, self.head + self.paper.lines * self.unit)

    def letters(self, sheet: Sheet, *sizes: float) -> Iterator[Letter]:
        """The letters of a page that are set in one of these sizes, in units, or all; an ornament is not text."""
        for letter in sheet.letters:
            if letter.text != "*" and (not sizes or any(abs(letter.size / self.unit - size) < 0.005 for size in sizes)):
                yield letter

    def line(self, letter: Letter | Line) -> float:
        """On which line of the grid (from 0) something stands."""
        return (letter.y - self.head) / self.unit - BASELINE

    def off_grid(self, letter: Letter | Line) -> float:
        """How far something stands from the nearest baseline of the text."""
        line = self.line(letter)
        return abs(line - round(line)) * self.unit


def bind(root: Path, trim: str) -> Bound:
    """The publication at `root`, which has one edition, on its paper."""
    report = production.build(production.Order(root, ("pdf",), source_date=DATE))
    assert report.products, report.findings
    layout = next(line for line in (root / "book/publication.yaml").read_text("utf-8").split("\n") if "layout:" in line)
    manifest = design.find_layout(layout.split()[1], root, Place("x")).manifest
    paper = grid_for(PdfEdition(format="pdf", trim=trim), manifest.papers).paper
    findings = tuple(finding for finding in report.findings if finding.id != "alt-missing")
    return Bound(report.products[0].path, paper, findings)


def lines(letters: Iterable[Letter]) -> list[Line]:
    """Letters as lines, from the top of the page to its foot; those of different sizes apart."""
    ordered = sorted(letters, key=lambda letter: (round(letter.y, 1), round(letter.size, 1), letter.x))
    grouped = groupby(ordered, key=lambda letter: (round(letter.y, 1), round(letter.size, 1)))
    return [Line(tuple(line)) for _, line in grouped]


def letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    text, height = page.get_textpage(), page.get_height()
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    name = ctypes.create_string_buffer(80)
    for n in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, n))
        if character.isspace() or not raw.FPDFText_GetCharOrigin(text, n, x, y):
            continue
        raw.FPDFText_GetMatrix(text, n, matrix)
        raw.FPDFText_GetFontInfo(text, n, name, len(name), None)
        size = abs(matrix.d) * raw.FPDFText_GetFontSize(text, n)
        yield Letter(character, x.value, height - y.value, size, name.value.decode())


def pictures(page: pypdfium2.PdfPage) -> Iterator[Frame]:
    height = page.get_height()
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = image.get_bounds()
        for x0, y0, x1, y1 in _clips(image):
            left, bottom, right, top = max(left, x0), max(bottom, y0), min(right, x1), min(top, y1)
        yield Frame(left, height - top, right, height - bottom)


def _clips(image: pypdfium2.PdfObject) -> Iterator[tuple[float, float, float, float]]:
    """The rectangles that clip a picture."""
    clip, x, y = raw.FPDFPageObj_GetClipPath(image), ctypes.c_float(), ctypes.c_float()
    for n in range(max(0, raw.FPDFClipPath_CountPaths(clip))):
        points = []
        for k in range(raw.FPDFClipPath_CountPathSegments(clip, n)):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, n, k), x, y)
            points.append((x.value, y.value))
        across, down = zip(*points, strict=True)
        yield min(across), min(down), max(across), max(down)
