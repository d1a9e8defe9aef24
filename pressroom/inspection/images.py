"""Pictures: how much ink those in a PDF hold, and pictures of its pages for the eye."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Name

from pressroom.inspection.page import PageFacts

MeasureInk = Callable[[bytes, bool], int | None]
"""Most ink on one spot of a picture in ink, in percent of one plate, from the bytes of a JPEG and whether its numbers
are to be turned over; None where that cannot be said.
"""
_WIDE = 480
"""Pixels across: enough to know a page by, on a screen of twice the usual density."""
_HIGH = 1600
"""Pixels of a page that is very tall."""
_ATTEMPTS = ((80, 1.0), (60, 1.0), (40, 1.0), (40, 0.5))
"""Quality, and share of the size."""
_ALL = 10_000_000
"""Bytes that the pictures of all pages may have together, so that what shows them can be mailed."""
_TURNED_OVER = (1, 0) * 4
"""A Decode array that makes much of little (ISO 32000-1, 8.9.5.2), as for the JPEGs of many programs."""


def ink_in(picture: Any, measure: MeasureInk) -> int | None:
    """The most ink of a picture in a file; None where it is not one JPEG."""
    filters = picture.get("/Filter")
    filters = list(filters) if isinstance(filters, Array) else [filters]
    if filters != [Name.DCTDecode]:
        return None
    decode = tuple(float(n) for n in picture.get("/Decode", ()))
    return measure(picture.read_raw_bytes(), decode == _TURNED_OVER)


def pictures_of(data: bytes, pages: Sequence[PageFacts]) -> Iterator[bytes]:
    """Every page of a PDF as a JPEG, all of its sheet; an empty one for a page that cannot be drawn."""
    if not pages:
        return
    try:
        drawn = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        with pikepdf.open(io.BytesIO(data)) as mended:  # pikepdf reads what is damaged, and writes it sound
            out = io.BytesIO()
            mended.save(out)
        drawn = pypdfium2.PdfDocument(out.getvalue())
    for page in pages:
        try:
            yield b"" if page.is_endless else _drawn(drawn[page.number - 1], _ALL // len(pages))
        except (pypdfium2.PdfiumError, ValueError, IndexError, MemoryError):
            yield b""


def _drawn(page: pypdfium2.PdfPage, most: int) -> bytes:
    """A page as a JPEG, as good as it can be in so many bytes."""
    scale = min(_WIDE / max(page.get_width(), 1), _HIGH / max(page.get_height(), 1))
    picture = page.render(scale=scale).to_pil().convert("RGB")
    for quality, share in _ATTEMPTS:
        out = io.BytesIO()
        size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
        (picture if share == 1 else picture.resize(size)).save(out, "JPEG", quality=quality)
        if out.tell() <= most:
            break
    return out.getvalue()
