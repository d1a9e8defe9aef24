"""Page boxes of a press PDF: media, bleed and trim.

They follow ISO 15930 (PDF/X): the media box begins at 0, the bleed box lies between trim and media. Some printers want
no bleed at the spine, where nothing is cut: there the page ends at its trim.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array

from pressroom.design import Composition
from pressroom.language.words import is_rtl
from pressroom.pdf.marks import ROOM
from pressroom.publication.measures import PT_PER_MM


def set_boxes(pdf: pikepdf.Pdf, composition: Composition, patterns: Sequence[Sequence[Any]]) -> None:
    """Set the boxes of all pages, which have one size, exactly as the edition has them.

    The content moves with the origin, and so must the `patterns` of each page, whose matrices are relative to the
    page. A cover has its spine inside, at its folds, and bleed at all edges.
    """
    edition = composition.page
    from_right = is_rtl(composition.publication.settings.language)
    is_cut_all_round = composition.rules is None or composition.rules.bleed_at_spine.value
    at_spine = is_cut_all_round or bool(composition.folds)
    for number, page in enumerate(pdf.pages):
        spine_is_left = (number % 2 == 0) != from_right
        bleed = edition.bleed * PT_PER_MM
        left, right = (bleed if at_spine or not spine else 0.0 for spine in (spine_is_left, not spine_is_left))
        x, y = _set(page, (left, bleed, right, bleed), ROOM * PT_PER_MM if edition.marks else 0.0)
        page.contents_add(b"q 1 0 0 1 %.4f %.4f cm\n" % (x, y), prepend=True)
        page.contents_add(b"\nQ")
        for pattern in patterns[number]:
            a, b, c, d, e, f = (float(n) for n in pattern.get("/Matrix", (1, 0, 0, 1, 0, 0)))
            pattern.Matrix = Array([a, b, c, d, round(e + x, 4), round(f + y, 4)])


def _set(page: pikepdf.Page, bleed: tuple[float, float, float, float], room: float) -> tuple[float, float]:
    """Set the boxes of one page: `bleed` at the left, the foot, the right and the head, and `room` for marks around it.

    Returns how far the content moves to the right and up. All lengths are points.
    """
    left, bottom, right, top = (float(n) for n in page.TrimBox)
    x, y = bleed[0] + room, bleed[1] + room
    width, height = right - left, top - bottom
    page.MediaBox = _box([0, 0, x + width + bleed[2] + room, y + height + bleed[3] + room])
    page.BleedBox = _box([room, room, x + width + bleed[2], y + height + bleed[3]])
    page.TrimBox = _box([x, y, x + width, y + height])
    for name in ("/CropBox", "/ArtBox"):
        if name in page:
            del page[name]
    return x - left, y - bottom


def _box(numbers: Sequence[float]) -> Array:
    return Array([round(n, 3) for n in numbers])
