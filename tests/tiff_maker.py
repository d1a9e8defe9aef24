"""TIFF files for tests, of kinds that Pillow does not write: built from their samples by TIFF 6.0."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 60, 40
_CODES = {(8, 1): "B", (16, 1): "H", (32, 1): "L", (32, 3): "f"}


@dataclass(frozen=True)
class Samples:
    """The samples of a page: how each is written, what they mean, and the value of each pixel."""

    at: Callable[[int, int], Sequence[float]]
    """The samples of the pixel at x, y."""
    bits: int = 8
    kind: int = 1
    """1 for whole numbers, 3 for fractions."""
    photometric: int = 1
    extra: tuple[int, ...] = ()
    packed: bool = False
    differences: bool = False
    size: tuple[int, int] = (WIDTH, HEIGHT)
    more: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """Further tags of 16 bits."""


def tiff(*pages: Samples, order: str = "<") -> bytes:
    """A TIFF of these pages, each in one strip."""
    data = struct.pack(f"{order}2sHL", b"II" if order == "<" else b"MM", 42, 0)
    link = 4
    for page in pages:
        pixels, samples = _pixels(page, order)
        strip, data = len(data), data + pixels + bytes(len(pixels) % 2)
        data = data[:link] + struct.pack(f"{order}L", len(data)) + data[link + 4 :]
        tags = _tags(page, samples, strip, len(pixels))
        data += _directory(tags, len(data), order)
        link = strip + len(pixels) + len(pixels) % 2 + 2 + 12 * len(tags)
    return data


def _pixels(page: Samples, order: str) -> tuple[bytes, int]:
    """The strip of a page, and the number of samples of a pixel."""
    width, height = page.size
    rows = [[value for x in range(width) for value in page.at(x, y)] for y in range(height)]
    samples, modulus = len(page.at(0, 0)), 2**page.bits
    if page.differences:
        rows = [
            [int(v - (row[n - samples] if n >= samples else 0)) % modulus for n, v in enumerate(row)] for row in rows
        ]
    code = _CODES[page.bits, page.kind]
    data = b"".join(struct.pack(f"{order}{len(row)}{code}", *row) for row in rows)
    return zlib.compress(data) if page.packed else data, samples


def _tags(page: Samples, samples: int, strip: int, length: int) -> dict[int, tuple[str, Sequence[int]]]:
    width, height = page.size
    tags: dict[int, tuple[str, Sequence[int]]] = {
        256: ("L", [width]), 257: ("L", [height]), 258: ("H", [page.bits] * samples),
        259: ("H", [8 if page.packed else 1]), 262: ("H", [page.photometric]), 273: ("L", [strip]),
        277: ("H", [samples]), 278: ("L", [height]), 279: ("L", [length]), 284: ("H", [1]),
        339: ("H", [page.kind] * samples),
    }  # fmt: skip
    if page.extra:
        tags[338] = ("H", page.extra)
    if page.differences:
        tags[317] = ("H", [2])
    return tags | {tag: ("H", values) for tag, values in page.more.items()}


def _directory(tags: Mapping[int, tuple[str, Sequence[int]]], at: int, order: str) -> bytes:
    entries, arrays = b"", b""
    behind = at + 2 + 12 * len(tags) + 4
    for tag, (code, values) in sorted(tags.items()):
        packed = struct.pack(f"{order}{len(values)}{code}", *values)
        if len(packed) > 4:
            packed, arrays = struct.pack(f"{order}L", behind + len(arrays)), arrays + packed + bytes(len(packed) % 2)
        entries += struct.pack(f"{order}HHL", tag, 3 if code == "H" else 4, len(values)) + packed.ljust(4, b"\0")
    return struct.pack(f"{order}H", len(tags)) + entries + bytes(4) + arrays
