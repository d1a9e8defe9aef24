"""Finishing: what the page engine leaves to be done in the file. Boxes, marks and page labels, with pikepdf.

Boxes follow ISO 15930 (PDF/X): the media box begins at 0, the bleed box lies between trim and media. Marks are painted
in Separation /All, so that they come out on every plate, and stand outside the bleed.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from pressroom.pdf import marks
from pressroom.publication import Edition, PdfEdition
from pressroom.publication.editions import PT_PER_MM


def finish(data: bytes, edition: Edition, folios: Sequence[str], folds: Sequence[float] = ()) -> bytes:
    """A page engine's PDF, finished for its edition; `folds` are a cover's, in mm. Same input, same bytes."""
    assert isinstance(edition, PdfEdition)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.Root.PageLabels = Dictionary(Nums=Array(list(_labels(folios))))
        if edition.for_press:
            _finish_for_press(pdf, edition, folds)
        out = io.BytesIO()
        pdf.remove_unreferenced_resources()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()


def _labels(folios: Sequence[str]) -> Iterator[object]:
    """Runs of folios as a number tree (ISO 32000-1, 12.4.2): where each begins, its numerals, its first number."""
    index = 0
    for style, run in itertools.groupby(folios, key=_numerals):
        yield index
        yield Dictionary(S=Name(style)) if style else Dictionary()
        index += len(list(run))


def _numerals(folio: str) -> str:
    if not folio:
        return ""
    return "/D" if folio.isdigit() else "/r"


def _finish_for_press(pdf: pikepdf.Pdf, edition: PdfEdition, folds: Sequence[float]) -> None:
    for page in pdf.pages:
        _set_boxes(page, edition)
        if "/Annots" in page:
            del page["/Annots"]  # paper has no links, and PDF/X allows none within the bleed
    if "/Names" in pdf.Root:
        del pdf.Root["/Names"]
    _outlines_to_pages(pdf)
    if edition.marks:
        marks.draw(pdf, edition, folds)


def _set_boxes(page: pikepdf.Page, edition: PdfEdition) -> None:
    """Media box at the origin, and bleed and trim boxes exactly where the edition has them."""
    left, bottom, right, top = (float(n) for n in page.MediaBox)
    trim = [float(n) for n in page.TrimBox]
    bleed = edition.bleed * PT_PER_MM
    shift = b"q 1 0 0 1 %.4f %.4f cm\n" % (-left, -bottom)
    page.contents_add(shift, prepend=True)
    page.contents_add(b"\nQ")
    trim = [trim[0] - left, trim[1] - bottom, trim[2] - left, trim[3] - bottom]
    page.MediaBox = _box([0, 0, right - left, top - bottom])
    page.TrimBox = _box(trim)
    page.BleedBox = _box([trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed])
    for name in ("/CropBox", "/ArtBox"):
        if name in page:
            del page[name]


def _box(numbers: Sequence[float]) -> Array:
    return Array([round(n, 3) for n in numbers])


def _outlines_to_pages(pdf: pikepdf.Pdf) -> None:
    """Bookmarks lead to whole pages: the shifted origin would lead them beside their headings."""
    with pdf.open_outline() as outline:
        items = list(outline.root)
        while items:
            item = items.pop()
            if isinstance(item.destination, Array):
                item.destination = Array([item.destination[0], Name.Fit])
            items += item.children
