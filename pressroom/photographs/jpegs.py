"""JPEG files (ITU-T T.81): their segments, and the files that lack the marker of their end."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from PIL import Image

START, END = b"\xff\xd8", b"\xff\xd9"
_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
_SCAN = 0xDA
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of the segments that name the components of a picture (T.81, table B.1)."""


def _noise(turned: int) -> bytes:
    """What no encoder writes, also behind restart markers, with the bits of each byte turned by a mask."""
    digests = [
        bytes(byte ^ turned for byte in sha256(bytes([n])).digest()).replace(b"\xff", b"\x55") for n in range(64)
    ]
    return b"".join(digests) + b"".join(each + bytes((0xFF, 0xD0 + n % 8)) for n, each in enumerate(digests * 4))


_NOISES = (b"", _noise(0), _noise(0xFF))
"""If a decoder still needs bits, these change the picture: of each bit, one has the other value."""


def segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The marker, body and compressed pixels before it of each segment, up to the end marker (T.81, B.1).

    Raises ValueError if the end is missing.
    """
    at, scan = 2, False
    while found := _MARKER.search(data, at):
        before = data[at : found.start()] if scan else b""
        marker = found[1][0]
        if marker == END[1]:
            yield marker, b"", before
            return
        end = found.end() + int.from_bytes(data[found.end() : found.end() + 2])
        if end > len(data):
            break
        yield marker, data[found.end() : end], before
        at, scan = end, scan or marker == _SCAN
    raise ValueError("a segment is longer than the file, or the end is missing")


def lacks_end(file: Path) -> bool:
    """Whether a file is a JPEG without an end marker, as some cameras and cut-off transfers leave it."""
    with file.open("rb") as data:
        if data.read(2) != START:
            return False
        data.seek(-2, io.SEEK_END)
        if data.read() == END:
            return False
        data.seek(0)
        try:
            for _ in segments(data.read()):
                pass
        except ValueError:
            return True
    return False


def completed(data: bytes) -> bytes | None:
    """A JPEG that lacks only its end marker, with one; None if pixels are missing as well.

    All scans must be there. Where pixels of the last one are missing, a decoder makes them up from whatever follows: so
    all are there if the picture is the same with noise behind it.
    """
    data = data.rstrip(END[:1])  # the first byte of the marker may be there, and fill bytes before it
    if not _has_all_scans(data):
        return None
    try:
        pictures = {_decoded(data + more + END) for more in _NOISES}
    except (OSError, SyntaxError, ValueError):
        return None
    return data + END if len(pictures) == 1 else None


def is_whole(data: bytes) -> bool:
    """Whether all pixels of a JPEG or JPEG 2000 can be decoded, as they stand in the file of another program.

    Of a JPEG that ends too early, decoders draw the rest in grey without a word; noise before its end shows that.
    """
    try:
        if not data.startswith(START):
            return bool(_decoded(data))
        end = data.rindex(END)
        return _has_all_scans(data[:end]) and _decoded(data) == _decoded(data[:end] + _NOISES[1] + END)
    except Image.DecompressionBombError:
        return True  # too large to look at is not damaged
    except (OSError, SyntaxError, ValueError):
        return False


def _has_all_scans(data: bytes) -> bool:
    """Whether the scans of a JPEG hold every coefficient of every component to its last bit (T.81, B.2.3)."""
    wanted: set[tuple[int, int]] = set()
    try:
        for marker, body, _ in segments(data + END):
            if marker in _FRAMES:
                wanted = {(body[8 + 3 * n], order) for n in range(body[7]) for order in range(64)}
            elif marker == _SCAN:
                first, last, bits = body[-3:]
                if not bits & 15:
                    wanted -= {(body[3 + 2 * n], order) for n in range(body[2]) for order in range(first, last + 1)}
    except (ValueError, IndexError):
        return False
    return not wanted


def _decoded(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data), formats=("JPEG", "JPEG2000")) as picture:
        return picture.tobytes()
