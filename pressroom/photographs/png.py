"""PNG: what stands behind the pixels. Pillow finds it only by decoding them, which a look at the words need not do."""

from __future__ import annotations

import contextlib
import struct
import zlib
from typing import IO

from PIL import PngImagePlugin

_XMP = b"XML:com.adobe.xmp"
_LONGEST = 10_000_000
"""Bytes of a chunk of text or EXIF; more than any photograph says of itself."""


def bring_forward(picture: PngImagePlugin.PngImageFile) -> None:
    """Note the XMP packet and the EXIF of a PNG, wherever in the file they stand, where Pillow looks for them."""
    found: dict[str, bytes] = {}
    if picture.fp is not None:
        at = picture.fp.tell()
        with contextlib.suppress(OSError, struct.error, zlib.error, ValueError):  # the album tells of damage
            found = _words(picture.fp)
        picture.fp.seek(at)
    if "xmp" not in picture.info and found.get("xmp"):
        picture.info["xmp"] = found["xmp"]
    picture.info.setdefault("exif", found.get("exif", b""))  # without it, Pillow would decode in search of it


def _words(data: IO[bytes]) -> dict[str, bytes]:
    """The chunks of a PNG that are words (PNG 3, 5.3): length, kind, data and a checksum each."""
    found: dict[str, bytes] = {}
    data.seek(8)
    while len(head := data.read(8)) == 8 and head[4:] != b"IEND":
        (length,) = struct.unpack(">I", head[:4])
        if head[4:] not in (b"iTXt", b"eXIf") or length > _LONGEST:
            data.seek(length + 4, 1)
            continue
        body = data.read(length)
        data.seek(4, 1)
        if head[4:] == b"eXIf":
            found["exif"] = b"Exif\0\0" + body
        elif body.startswith(_XMP + b"\0"):
            found["xmp"] = _text(body)
    return found


def _text(body: bytes) -> bytes:
    """The text of an iTXt chunk: a keyword, how it is packed, two languages, the text (PNG 3, 11.3.3.4)."""
    _, _, rest = body.partition(b"\0")
    is_packed, rest = rest[:1] == b"\1", rest[2:]
    text = rest.split(b"\0", 2)[-1]
    if not is_packed:
        return text
    unpacker = zlib.decompressobj()
    return unpacker.decompress(text, _LONGEST)
