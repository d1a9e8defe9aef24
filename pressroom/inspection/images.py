"""Pictures: the total ink of those in a PDF, and thumbnails of its pages."""

from __future__ import annotations

import io
import math
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Name

from pressroom.inspection.page import PageFacts

MeasureInk = Callable[[bytes, bool], int | None]
"""Measures the highest total ink of a CMYK JPEG, in percent of one plate, from its bytes and whether its values are
inverted; None where it cannot be measured.
"""
IsWhole = Callable[[bytes], bool]
"""Tells whether all pixels of a JPEG or JPEG 2000 can be decoded."""
_AT_ONCE = 2**20
_WIDE = 480
"""Width of a thumbnail in pixels: enough to recognise a page, on a screen of twice the usual density."""
_HIGH = 1600
"""Greatest height of a thumbnail in pixels, for very tall pages."""
_ATTEMPTS = ((80, 1.0), (60, 1.0), (40, 1.0), (40, 0.5))
"""JPEG qualities with shares of the size, tried one after the other until a thumbnail is small enough."""
_ALL = 10_000_000
"""Most bytes of all thumbnails together, so that the page of HTML that holds them can be mailed."""
_INVERTED = (1, 0) * 4
"""A Decode array that inverts CMYK (ISO 32000-1, 8.9.5.2), as the JPEGs of many programs need."""


def ink_in(picture: Any, measure: MeasureInk) -> int | None:
    """The highest total ink of a picture in a file; None where it is not one JPEG."""
    if _filters(picture) != [Name.DCTDecode]:
        return None
    decode = tuple(float(n) for n in picture.get("/Decode", ()))
    return measure(picture.read_raw_bytes(), decode == _INVERTED)


def is_damaged(picture: Any, bits: int, is_whole: IsWhole) -> bool:
    """Whether pixels of a picture in a file cannot be decoded, of the formats that can be told.

    A pixel has so many bits, or more.
    """
    filters = _filters(picture)
    if filters in ([Name.DCTDecode], [Name.JPXDecode]):
        return not is_whole(picture.read_raw_bytes())
    if filters == [Name.FlateDecode]:
        row = math.ceil(int(picture.get("/Width", 0)) * bits / 8)
        return not _unpacks_to(picture.read_raw_bytes(), row * int(picture.get("/Height", 0)))
    return False


def _unpacks_to(data: bytes, length: int) -> bool:
    """Whether data unpack to so many bytes or more, of which few are held at once."""
    packed = zlib.decompressobj()
    try:
        while length > 0 and data and not packed.eof:
            length -= len(packed.decompress(data, _AT_ONCE))
            data = packed.unconsumed_tail
        return length <= len(packed.flush())
    except zlib.error:
        return False


def _filters(picture: Any) -> list[Any]:
    filters = picture.get("/Filter")
    return list(filters) if isinstance(filters, Array) else [filters]


def pictures_of(data: bytes, pages: Sequence[PageFacts]) -> Iterator[bytes]:
    """A thumbnail of every page, all of its sheet, as a JPEG; empty bytes for a page that cannot be drawn."""
    if not pages:
        return
    try:
        drawn = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        with pikepdf.open(io.BytesIO(data)) as mended:  # pikepdf repairs a damaged file
            out = io.BytesIO()
            mended.save(out)
        drawn = pypdfium2.PdfDocument(out.getvalue())
    for page in pages:
        try:
            yield b"" if page.is_endless else _drawn(drawn[page.number - 1], _ALL // len(pages))
        except (pypdfium2.PdfiumError, ValueError, IndexError, MemoryError):
            yield b""


def _drawn(page: pypdfium2.PdfPage, most: int) -> bytes:
    """A page as a JPEG of at most so many bytes, where the last attempt reaches that."""
    scale = min(_WIDE / max(page.get_width(), 1), _HIGH / max(page.get_height(), 1))
    picture = page.render(scale=scale).to_pil().convert("RGB")
    for quality, share in _ATTEMPTS:
        out = io.BytesIO()
        size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
        (picture if share == 1 else picture.resize(size)).save(out, "JPEG", quality=quality)
        if out.tell() <= most:
            break
    return out.getvalue()
