"""Measuring: where letters and pictures of a finished PDF stand. Lengths are points, from the top left of the page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

BASELINE = 0.7597
"""How far under the top of its line a letter of the text stands, in units: 10 pt of Source Serif on 13.5 pt."""


@dataclass(frozen=True)
class Letter:
    """A printed character at its origin: the left end of its baseline."""

    text: str
    x: float
    y: float
    size: float


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


def letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    """Every printed character of a page, spaces left out."""
    text, height = page.get_textpage(), page.get_height()
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    for n in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, n))
        if character.isspace() or not raw.FPDFText_GetCharOrigin(text, n, x, y):
            continue
        raw.FPDFText_GetMatrix(text, n, matrix)
        yield Letter(character, x.value, height - y.value, abs(matrix.d) * raw.FPDFText_GetFontSize(text, n))


def pictures(page: pypdfium2.PdfPage) -> Iterator[Frame]:
    """The frames of all pictures of a page: what a clip leaves of them."""
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


def off_grid(letter: Letter, head: float, unit: float) -> float:
    """How far a letter stands from the nearest baseline of a grid that begins at `head`."""
    lines = (letter.y - head) / unit - BASELINE
    return abs(lines - round(lines)) * unit
