"""Rasters inside drawings: removes the metadata of pictures in an SVG file, and keeps their pixels unchanged."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from typing import Any, Literal

from PIL import Image

from pressroom.photographs.bare_profiles import bare_profile
from pressroom.photographs.formats import MOST_SIDE, orientation_of, refusing_truncated
from pressroom.photographs.jpegs import END, START, segments
from pressroom.photographs.tiffs import UPRIGHT

_RASTERS = ("JPEG", "PNG", "GIF", "WEBP")
_JFIF = b"\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_PNG_CHUNKS = frozenset((b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"cICP"))
"""Chunks of pixels and their colours (PNG 3, 11). Text, time, EXIF and later frames of an animation are dropped."""
_LONGEST = 65_000
"""Bytes of a profile in one segment of a JPEG."""
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


class RasterError(Exception):
    """A picture inside a drawing cannot be used. The message continues a sentence about the drawing."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def clean_raster(data: bytes) -> tuple[str, bytes, tuple[str, ...]]:
    """The media type and bytes of a picture without metadata, and what was removed, in words. Raises RasterError.

    The pixels of JPEG and PNG are not compressed again, unless the picture has to be turned upright.
    """
    try:
        with warnings.catch_warnings(), refusing_truncated():
            warnings.simplefilter("ignore")  # about metadata, which is dropped anyway
            with Image.open(io.BytesIO(data), formats=_RASTERS) as picture:
                _check_sides(picture)
                picture.load()
                form: Literal["JPEG", "PNG"] = "JPEG" if data.startswith(b"\xff\xd8") else "PNG"
                turn = UPRIGHT.get(orientation_of(picture))
                profile = bare_profile(picture.info.get("icc_profile", b""))
                is_animated = form == "PNG" and getattr(picture, "is_animated", False)
                if turn is not None or picture.format in ("GIF", "WEBP"):
                    data = _saved(picture if turn is None else picture.transpose(turn), form)
        data = _jpeg(data, profile) if form == "JPEG" else _png(data, profile)
    except Image.DecompressionBombError:
        why = "holds a picture with more pixels than any page can show."
        raise RasterError(why, "Place a smaller copy in it.") from None
    except (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, EOFError, struct.error, zlib.error):
        raise damaged() from None
    return f"image/{form.lower()}", data, ("an animation",) if is_animated else ()


def _check_sides(picture: Image.Image) -> None:
    if max(picture.size) > MOST_SIDE:
        raise Image.DecompressionBombError


def damaged() -> RasterError:
    """The error for a picture that is damaged or of another format."""
    remedy = "Place it again, as PNG or JPEG."
    return RasterError("holds a picture that is damaged, or not a JPEG, PNG, GIF or WebP.", remedy)


def _saved(picture: Image.Image, form: Literal["JPEG", "PNG"]) -> bytes:
    """The picture with its colour profile and no other metadata, with as little loss as the format allows."""
    bare = picture.copy()
    bare.info = {key: value for key, value in picture.info.items() if key in ("transparency", "icc_profile")}
    out = io.BytesIO()
    options: dict[str, Any] = {"quality": 95, "subsampling": "4:4:4"} if form == "JPEG" else {}
    bare.save(out, form, icc_profile=bare.info.get("icc_profile"), **options)
    return out.getvalue()


def _jpeg(data: bytes, profile: bytes) -> bytes:
    """A JPEG (ITU-T T.81, B.1) without metadata, with another profile, and without any bytes after its end.

    Raises ValueError if it is truncated.
    """
    kept = [START, *_with_profile(profile)]
    for marker, body, before in segments(data):
        kept.append(before)
        if marker == END[1]:
            kept.append(END)
        elif segment := _segment(marker, body):
            kept += (b"\xff", bytes([marker]), segment)
    return b"".join(kept)


def _with_profile(profile: bytes) -> Iterator[bytes]:
    """The segments of a profile in a JPEG (ICC.1, B.4)."""
    parts = [profile[at : at + _LONGEST] for at in range(0, len(profile), _LONGEST)]
    for number, part in enumerate(parts, 1):
        yield b"\xff\xe2" + struct.pack(">H12sBB", len(part) + 16, b"ICC_PROFILE", number, len(parts)) + part


def _segment(marker: int, body: bytes) -> bytes:
    """A JPEG segment as it is kept: of APPn and COM, only those that say how the pixels are meant; else nothing."""
    if marker == 0xE0 and body[2:7] == b"JFIF\0":
        return _JFIF  # without its thumbnail
    if marker == 0xEE and body[2:7] == b"Adobe":
        return body
    return b"" if 0xE0 <= marker <= 0xEF or marker == 0xFE else body


def _png(data: bytes, profile: bytes) -> bytes:
    """A PNG with only its chunks of pixels and colours, with another profile. Raises ValueError if it is truncated."""
    kept, at = [data[:8]], 8
    while (kind := data[at + 4 : at + 8]) != b"IEND":
        end = at + 12 + int.from_bytes(data[at : at + 4])
        if end > len(data):
            raise ValueError("a chunk is longer than the file")
        if kind in _PNG_CHUNKS:
            kept.append(data[at:end])
        elif kind == b"iCCP" and profile:
            kept.append(_chunk(kind, b"icc\0\0" + zlib.compress(profile, 9)))
        at = end
    return b"".join((*kept, _PNG_END))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
