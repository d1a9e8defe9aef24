"""The slug: a line outside the bleed that names book, edition, date and page for the bindery.

It is drawn as paths in the captions’ face: so it needs no font in the file, and cannot break a standard’s rules for
fonts. Its words are in the file as replacement text (ActualText).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pikepdf
from fontTools.pens.cairoPen import CairoPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from pressroom.design import Composition, FontFace
from pressroom.language.words import is_rtl
from pressroom.pdf.marks import CLEAR, LENGTH
from pressroom.publication import PdfEdition
from pressroom.publication.measures import PT_PER_MM

SIZE = 6.0
"""Size of type, in points; smaller where the line would run into the registration mark in the middle."""
_LONGEST = 60
"""The most characters of a title."""


def draw(pdf: pikepdf.Pdf, composition: Composition, folios: Sequence[str], modified: dt.datetime) -> None:
    """Draw the slug on every page: title, edition, date, folio, and which page of how many."""
    face = _captions(composition.fonts)
    if face is None:
        return
    with TTFont(face.file, fontNumber=0) as font:
        letters = _Letters(font)
        start = f"{_title(composition, letters)} · {composition.name} · {modified:%Y-%m-%d} · "
        path, before = letters.line(start)
        form = _form(pdf, path, before)
        for number, (page, folio) in enumerate(zip(pdf.pages, folios, strict=True), 1):
            end = f"{folio} ({number}/{len(folios)})".strip()
            page.obj.Resources = resources = page.obj.get("/Resources") or Dictionary()
            resources.XObject = objects = resources.get("/XObject") or Dictionary()
            objects[Name.Slug] = form
            number_path, after = letters.short_line(end)
            placed = _placed(page, composition.page, before + after)
            words = f"<FEFF{(start + end).encode('utf-16-be').hex()}>"
            page.contents_add(
                f"/Artifact <</ActualText {words}>> BDC q /EveryPlate cs 1 scn {placed} cm /Slug Do "
                f"1 0 0 1 {before:.4f} 0 cm {number_path}Q EMC".encode("ascii")
            )


def _captions(faces: Sequence[FontFace]) -> FontFace | None:
    """The upright face nearest to regular weight of the last family, which is that of captions."""
    upright = [face for face in reversed(faces) if not face.italic]
    return min(upright, key=lambda face: abs(face.weight - 400), default=None)


def _title(composition: Composition, letters: _Letters) -> str:
    """The title, shortened; the stem of the file’s name where the face lacks a letter, or would need shaping."""
    settings = composition.publication.settings
    if is_rtl(settings.language) or not letters.has(settings.title):
        return settings.file_stem
    return settings.title if len(settings.title) <= _LONGEST else f"{settings.title[: _LONGEST - 1]}…"


def _form(pdf: pikepdf.Pdf, path: str, width: float) -> pikepdf.Stream:
    """The part that all pages share, as a form of one unit to the em, in the colour of the page that draws it."""
    form = pdf.make_stream(path.encode("ascii"))
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([-1, -1, round(width + 1, 3), 2])
    form.Resources = Dictionary()
    return form


def _placed(page: pikepdf.Page, edition: PdfEdition, width: float) -> str:
    """The matrix that puts a line of so many ems on a page, as numbers."""
    left, bottom, right, _ = (float(n) for n in page.TrimBox)
    size = min(SIZE, ((right - left) / 2 - 2 * LENGTH * PT_PER_MM) / width)
    x, y = left + LENGTH * PT_PER_MM, bottom - (edition.bleed + CLEAR + LENGTH / 2) * PT_PER_MM
    return f"{size:.3f} 0 0 {size:.3f} {x:.3f} {y:.3f}"


@dataclass(frozen=True)
class _Letters:
    """The letters of a face as paths, one unit to the em."""

    font: TTFont

    @cached_property
    def _characters(self) -> dict[int, str]:
        return dict(self.font.getBestCmap())

    @cached_property
    def _lines(self) -> dict[str, tuple[str, float]]:
        return {}

    def has(self, text: str) -> bool:
        """Whether the face has every letter of a text."""
        return all(ord(letter) in self._characters for letter in text)

    def line(self, text: str) -> tuple[str, float]:
        """The filled path of a line that begins at 0, and its width. Letters that the face lacks are left out."""
        steps, x = list[str](), 0.0
        for letter in filter(self.has, text):
            outline, width = self._letter(letter)
            steps += [_written(operator, numbers, x) for operator, numbers in outline]
            x += width
        return (" ".join([*steps, "f "]) if steps else ""), x

    def short_line(self, text: str) -> tuple[str, float]:
        """The same letter by letter, which is longer and much faster: every page has other letters."""
        drawn, x = "", 0.0
        for letter in filter(self.has, text):
            outline, width = self._own_line(letter)
            drawn += f"q 1 0 0 1 {x:.4f} 0 cm {outline}Q " if outline else ""
            x += width
        return drawn, x

    def _own_line(self, letter: str) -> tuple[str, float]:
        if letter not in self._lines:
            self._lines[letter] = self.line(letter)
        return self._lines[letter]

    def _letter(self, letter: str) -> tuple[list[_Step], float]:
        glyphs = self.font.getGlyphSet()
        glyph = glyphs[self._characters[ord(letter)]]
        path = _Path(self.font["head"].unitsPerEm)
        glyph.draw(CairoPen(glyphs, path))  # a _Path has all that the pen needs of a cairo context
        return path.steps, glyph.width / path.em


_Step = tuple[str, tuple[float, ...]]
"""A path operator of PDF (ISO 32000-1, 8.5.2) with its numbers, in ems."""


def _written(operator: str, numbers: Sequence[float], x: float) -> str:
    """An operator, moved to the right by `x`."""
    moved = (f"{number + x if n % 2 == 0 else number:.4f}" for n, number in enumerate(numbers))
    return " ".join([*moved, operator])


class _Path:
    """Collects what a pen draws, as path operators."""

    def __init__(self, em: int) -> None:
        self.em = em
        self.steps: list[_Step] = []

    def _write(self, operator: str, *numbers: float) -> None:
        self.steps.append((operator, tuple(n / self.em for n in numbers)))

    def move_to(self, *point: float) -> None:
        """Begin a subpath at a point."""
        self._write("m", *point)

    def line_to(self, *point: float) -> None:
        """Draw a straight line."""
        self._write("l", *point)

    def curve_to(self, *points: float) -> None:
        """Draw a cubic Bézier curve: two handles and the end."""
        self._write("c", *points)

    def close_path(self) -> None:
        """Close the subpath."""
        self._write("h")
