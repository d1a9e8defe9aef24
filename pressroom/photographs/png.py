"""PNG: metadata that stands behind the pixels in the file, read without decoding them, as Pillow would."""

from __future__ import annotations

import contextlib
import struct
import zlib
from typing import IO

from PIL import PngImagePlugin

_XMP = b"XML:com.adobe.xmp"
_LONGEST = 10_000_000
"""The longest chunk of text or EXIF that is read, in bytes; no honest metadata is longer."""


def bring_forward(picture: PngImagePlugin.PngImageFile) -> None:
    """Put the XMP packet and the EXIF of a PNG where Pillow looks for them, wherever in the file they stand."""
    found: dict[str, bytes] = {}
    if picture.fp is not None:
        at = picture.fp.tell()
        with contextlib.suppress(OSError, struct.error, zlib.error, ValueError):  # the probe reports damage
            found = _metadata_chunks(picture.fp)
        picture.fp.seek(at)
    if "xmp" not in picture.info and found.get("xmp"):
        picture.info["xmp"] = found["xmp"]
    picture.info.setdefault("exif", found.get("exif", b""))  # without the key, Pillow would decode to search for it


def _metadata_chunks(data: IO[bytes]) -> dict[str, bytes]:
    """The chunks of XMP and EXIF. A chunk is a length, a kind, data and a checksum (PNG 3, 5.3)."""
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
    """The text of an iTXt chunk: a keyword, a compression, a language, a translated keyword, text (PNG 3, 11.3.3.4)."""
    _, _, rest = body.partition(b"\0")
    is_compressed, rest = rest[:1] == b"\1", rest[2:]
    text = rest.split(b"\0", 2)[-1]
    if not is_compressed:
        return text
    inflater = zlib.decompressobj()
    return inflater.decompress(text, _LONGEST)
