"""How long streams of a PDF are when they are unpacked, found without unpacking more than was asked for."""

from __future__ import annotations

import zlib

import pikepdf

_FLATE = ("/FlateDecode", "/Fl")


def unpacked_length(stream: pikepdf.Stream, most: int) -> int:
    """The bytes of a stream when it is unpacked; of one with more than `most`, a number above that.

    Flate packs a thousand to one, and may be packed again in itself: 1 MB could take all memory. It is unpacked up to
    `most` bytes here. What other filters make is left to qpdf. Raises pikepdf.PdfError for a stream that is damaged.
    """
    data = stream.read_raw_bytes()
    for name in _filters(stream):
        if name not in _FLATE:
            return len(stream.read_bytes())
        try:
            data = zlib.decompressobj().decompress(data, most + 1)
        except zlib.error:  # qpdf takes what stands before the damage, and no more than has come so far
            return 0
        if len(data) > most:
            break
    return len(data)


def _filters(stream: pikepdf.Stream) -> list[str]:
    named = stream.get("/Filter")
    return [str(each) for each in (named if isinstance(named, pikepdf.Array) else [named]) if each is not None]
