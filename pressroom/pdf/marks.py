"""Marks for printer and bindery: crop, fold and registration marks, outside the bleed and on every plate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from pressroom.publication import PdfEdition
from pressroom.publication.measures import PT_PER_MM

CLEAR = 2.0
"""Distance between the bleed and a mark, in mm, so that no mark remains on the trimmed page."""
LENGTH = 5.0
"""Length of a crop mark, in mm; also the diameter of a registration mark with its cross."""
ROOM = CLEAR + LENGTH
"""Distance between the bleed and the edge of the sheet, in mm."""
_WIDTH = 0.25
"""Width of the lines of marks, in points: a hairline that every platesetter can draw."""
_CURVE = 0.5523
"""Length of the Bézier handles of a quarter of a unit circle."""


def draw(pdf: pikepdf.Pdf, edition: PdfEdition, folds: Sequence[float] = ()) -> None:
    """Draw an edition's marks on every page, in Separation /All (ISO 32000-1, 8.6.6.4), named /EveryPlate there.

    Folds, in mm from the left of the trim, have marks as well.
    """
    every_plate = pdf.make_indirect(Array([Name.Separation, Name.All, Name.DeviceGray, pdf.make_indirect(_tint())]))
    for page in pdf.pages:
        resources = page.obj.get("/Resources") or Dictionary()
        page.Resources = resources
        spaces = resources.get("/ColorSpace") or Dictionary()
        spaces[Name("/EveryPlate")] = every_plate
        resources[Name.ColorSpace] = spaces
        page.contents_add("\n".join(_operators(page, edition, folds)).encode())


def _tint() -> Dictionary:
    """The tint transform of the separation: grey, for processors without plates."""
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[0], N=1)


def _operators(page: pikepdf.Page, edition: PdfEdition, folds: Sequence[float]) -> Iterator[str]:
    trim = tuple(float(n) for n in page.TrimBox)
    yield f"/Artifact BMC q /EveryPlate CS 1 SCN {_WIDTH} w"
    if "crop" in edition.marks:
        yield from _crop(trim, edition.bleed)
        yield from _folds(trim, edition.bleed, folds)
    if "registration" in edition.marks:
        yield from _registration(trim, edition.bleed, folds)
    yield "S Q EMC"


def _crop(trim: tuple[float, ...], bleed: float) -> Iterator[str]:
    """Crop marks: two lines at each corner, aligned with the trim."""
    left, bottom, right, top = trim
    near, far = (bleed + CLEAR) * PT_PER_MM, (bleed + CLEAR + LENGTH) * PT_PER_MM
    for x, outward in ((left, -1), (right, 1)):
        for y, upward in ((bottom, -1), (top, 1)):
            yield f"{x + outward * near:.3f} {y:.3f} m {x + outward * far:.3f} {y:.3f} l"
            yield f"{x:.3f} {y + upward * near:.3f} m {x:.3f} {y + upward * far:.3f} l"


def _folds(trim: tuple[float, ...], bleed: float, folds: Sequence[float]) -> Iterator[str]:
    """Fold marks: dashed lines at the head and the foot."""
    left, bottom, _, top = trim
    near, far = (bleed + CLEAR) * PT_PER_MM, (bleed + CLEAR + LENGTH) * PT_PER_MM
    if not folds:
        return
    yield "S [3 1.5] 0 d"
    for x in (left + fold * PT_PER_MM for fold in folds):
        yield f"{x:.3f} {bottom - near:.3f} m {x:.3f} {bottom - far:.3f} l"
        yield f"{x:.3f} {top + near:.3f} m {x:.3f} {top + far:.3f} l"
    yield "S [] 0 d"


def _registration(trim: tuple[float, ...], bleed: float, folds: Sequence[float]) -> Iterator[str]:
    """Registration marks: a circle with a cross at the middle of each side, on a cover at the middle of the front."""
    left, bottom, right, top = trim
    away, half = (bleed + CLEAR + LENGTH / 2) * PT_PER_MM, LENGTH / 2 * PT_PER_MM
    middle_x, middle_y = ((left + folds[-1] * PT_PER_MM if folds else left) + right) / 2, (bottom + top) / 2
    for x, y in ((left - away, middle_y), (right + away, middle_y), (middle_x, bottom - away), (middle_x, top + away)):
        yield f"{x - half:.3f} {y:.3f} m {x + half:.3f} {y:.3f} l {x:.3f} {y - half:.3f} m {x:.3f} {y + half:.3f} l"
        yield from _circle(x, y, half * 0.6)


def _circle(x: float, y: float, radius: float) -> Iterator[str]:
    r, k = radius, radius * _CURVE
    yield f"{x + r:.3f} {y:.3f} m"
    for ax, ay, bx, by, cx, cy in (
        (r, k, k, r, 0, r),
        (-k, r, -r, k, -r, 0),
        (-r, -k, -k, -r, 0, -r),
        (k, -r, r, -k, r, 0),
    ):
        yield f"{x + ax:.3f} {y + ay:.3f} {x + bx:.3f} {y + by:.3f} {x + cx:.3f} {y + cy:.3f} c"
