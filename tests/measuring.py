"""Measuring: where the letters and pictures of a finished PDF stand. All lengths in points, from the page's top left."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

BASELINE = 0.7597
"""Where the letters stand in a line of text, in units: half of what 10 pt of Source Serif leave of 13.5 pt, and so on."""


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
    """The frames of all pictures of a page."""
    height = page.get_height()
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = image.get_bounds()
        yield Frame(left, height - top, right, height - bottom)


def off_grid(letter: Letter, head: float, unit: float) -> float:
    """How far a letter stands from the nearest baseline of a grid that begins at `head`."""
    lines = (letter.y - head) / unit - BASELINE
    return abs(lines - round(lines)) * unit
