"""TIFF files of kinds that Pillow does not show by itself (TIFF 6.0): pages of which the first is a thumbnail, numbers
of 16 bits and more, and samples that it has no mode for, such as inks with transparency or colours as fractions.
"""

from __future__ import annotations

import io
import itertools
import struct
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, TiffImagePlugin

_WIDTH, _HEIGHT, _BITS, _COMPRESSION = 256, 257, 258, 259
_PHOTOMETRIC, _SAMPLES, _PLANES, _PREDICTOR = 262, 277, 284, 317
_SUBFILE, _ORIENTATION, _TILE_WIDTH, _EXTRA, _FORMAT, _XMP, _PROFILE = 254, 274, 322, 338, 339, 700, 34675
_LAYOUT = (_WIDTH, _HEIGHT, _COMPRESSION, 266, 273, 278, 279, _TILE_WIDTH, 323, 324, 325)
"""The tags that say where the samples lie."""
_GREY, _RGB, _INKS, _FRACTIONS = 1, 2, 5, 3
_COLOURS = {0: 1, _GREY: 1, _RGB: 3, _INKS: 4}
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""The transposition that turns a picture of each orientation upright (TIFF 6.0 and EXIF 3.0, tag 274)."""
_RARE = 0.05
"""The share of values over 1 that may be highlights, in a picture whose white is 1."""


def show_full_page(picture: TiffImagePlugin.TiffImageFile) -> None:
    """Turn to the first page that is no reduced copy of another (NewSubfileType, bit 0), as scanners put in front.

    Where every page is said to be reduced, it is the largest one.
    """
    if not int(picture.tag_v2.get(_SUBFILE, 0)) & 1:
        return
    pages = _pages(picture)
    full = (number for number, (kind, _) in enumerate(pages) if not kind & 1)
    picture.seek(next(full, max(range(len(pages)), key=lambda number: pages[number][1])))


def full_pages(picture: TiffImagePlugin.TiffImageFile) -> int:
    """The number of pages that are pictures of their own; neither reduced copies nor masks of others."""
    return sum(not kind & 5 for kind, _ in _pages(picture)) or 1


def _pages(picture: TiffImagePlugin.TiffImageFile) -> list[tuple[int, int]]:
    """The NewSubfileType and the number of pixels of every page that can be read."""
    at, pages = picture.tell(), []
    for page in range(picture.n_frames):
        try:
            picture.seek(page)
        except (SyntaxError, OSError, KeyError, TypeError, ValueError):
            break  # this page and those behind it
        pages.append((int(picture.tag_v2.get(_SUBFILE, 0)), picture.width * picture.height))
    picture.seek(at)
    return pages


def in_eight_bits(picture: Image.Image) -> Image.Image:
    """A grey picture of more than 8 bits, or of fractions, in 8 bits. Pillow would clip it, and knows no negative."""
    tags: Mapping[int, Any] = picture.tag_v2 if isinstance(picture, TiffImagePlugin.TiffImageFile) else {}
    if picture.mode == "F":
        [grey] = _from_fractions([_in_order(picture)])
    else:
        bits = max(tags.get(_BITS, (16,)))
        numbers = picture.convert("I").convert("F") if bits > 16 else picture.convert("I")
        grey = numbers.point(lambda value: value * (1 / 2 ** (bits - 8)) + 0).convert("L")
    return ImageChops.invert(grey) if tags.get(_PHOTOMETRIC) == 0 else grey


def _in_order(picture: Image.Image) -> Image.Image:
    """A picture of fractions with its bytes in order: Pillow swaps those of a packed big-endian one twice."""
    if not isinstance(picture, TiffImagePlugin.TiffImageFile):
        return picture
    if picture.tag_v2.prefix != b"MM" or picture.tag_v2.get(_COMPRESSION, 1) == 1:
        return picture
    numbers = array("f", picture.tobytes())
    numbers.byteswap()
    return Image.frombytes("F", picture.size, numbers.tobytes())


def _from_fractions(bands: list[Image.Image]) -> list[Image.Image]:
    """Bands of fractions in 8 bits. White is 1; where many values are greater, it is the white of 8 or of 16 bits."""
    greatest = max(_extremes(band)[1] for band in bands)
    over = [band.point(lambda value: value * 254 + 0).convert("L").histogram()[255] for band in bands]
    if greatest <= 1 or sum(over) <= _RARE * len(bands) * bands[0].width * bands[0].height:
        factor = 255.0
    else:
        factor = 1.0 if greatest <= 255 else 255 / 65535
    return [band.point(lambda value: value * factor + 0.5).convert("L") for band in bands]


def _extremes(band: Image.Image) -> tuple[float, float]:
    low, high = band.getextrema()
    return float(low), float(high)  # type: ignore[arg-type]


# ---- samples that Pillow has no mode for


def read_apart(file: Path) -> Image.Image | None:
    """A picture of samples that Pillow has no mode for, decoded and upright; None if it cannot be read either.

    Such are inks with transparency, and colours as fractions or with more bits. The file is given to Pillow as a grey
    picture that is several times as wide; then every sample of a pixel is taken from there.
    """
    data = file.read_bytes()
    tags = _tags(data)
    bits, kinds = set(tags.get(_BITS, ())), set(tags.get(_FORMAT, (1,)))
    colours, samples = _COLOURS.get(tags.get(_PHOTOMETRIC, -1), 0), int(tags.get(_SAMPLES, 1))
    if not 0 < colours <= samples or not _can_be_taken_apart(tags, kinds, bits):
        return None
    with Image.open(io.BytesIO(_as_grey(data, tags, samples)), formats=("TIFF",)) as wide:
        wide.load()
        numbers = _in_order(wide) if wide.mode == "F" else wide.convert("I") if wide.mode[0] == "I" else wide
        bands = [_band(numbers, n, samples) for n in range(samples)]
    if tags.get(_PREDICTOR, 1) == 2:
        bands = [_summed(band) for band in bands]
    picture = _joined(bands, colours, tags)
    picture.info |= {name: tags[tag] for name, tag in (("xmp", _XMP), ("icc_profile", _PROFILE)) if tag in tags}
    return picture


def _can_be_taken_apart(tags: Mapping[int, Any], kinds: set[int], bits: set[int]) -> bool:
    if tags.get(_PLANES, 1) != 1 or (kinds, bits) not in _READ:
        return False
    predictor = tags.get(_PREDICTOR, 1)
    return predictor == 1 or (predictor == 2 and kinds == {1} and _TILE_WIDTH not in tags)


_READ = (({1}, {8}), ({1}, {16}), ({_FRACTIONS}, {32}))
"""The kinds of numbers, and their bits, that are taken apart."""


def kind_of(file: Path) -> str:
    """In words, the kind of a TIFF that cannot be read: “32 bits, 3 samples a pixel, packed with a predictor”."""
    tags = _tags(file.read_bytes())
    bits, samples = max(tags.get(_BITS, (1,))), int(tags.get(_SAMPLES, 1))
    words = [f"{bits} bits", f"{samples} sample{'s' if samples > 1 else ''} a pixel"]
    words += ["packed with a predictor"] if tags.get(_PREDICTOR, 1) != 1 else []
    words += ["each colour apart"] if tags.get(_PLANES, 1) != 1 else []
    return ", ".join(words) if tags else "a damaged list of tags"


def _tags(data: bytes) -> dict[int, Any]:
    """The tags of the first page; none if they cannot be read."""
    try:
        directory = TiffImagePlugin.ImageFileDirectory_v2(data[:8])
        source = io.BytesIO(data)
        source.seek(directory.next)
        directory.load(source)
        return dict(directory)
    except (SyntaxError, OSError, ValueError, struct.error, KeyError, TypeError, IndexError):
        return {}


def _as_grey(data: bytes, tags: Mapping[int, Any], samples: int) -> bytes:
    """The file with another list of tags behind it: as a grey picture in which every sample is a pixel."""
    order = "<" if data[:2] == b"II" else ">"
    kept = {tag: tags[tag] for tag in _LAYOUT if tag in tags}
    kept |= {tag: kept[tag] * samples for tag in (_WIDTH, _TILE_WIDTH) if tag in kept}
    kept |= {_BITS: tags[_BITS][:1], _PHOTOMETRIC: _GREY, _SAMPLES: 1, _FORMAT: tags.get(_FORMAT, (1,))[:1]}
    entries, arrays, at = [], b"", len(data) + len(data) % 2
    behind = at + 2 + 12 * len(kept) + 4
    for tag, value in sorted(kept.items()):
        numbers = value if isinstance(value, tuple) else (value,)
        packed = struct.pack(f"{order}{len(numbers)}L", *numbers)
        if len(numbers) > 1:
            packed, arrays = struct.pack(f"{order}L", behind + len(arrays)), arrays + packed
        entries.append(struct.pack(f"{order}HHL", tag, 4, len(numbers)) + packed)
    head = struct.pack(f"{order}2sHL", data[:2], 42, at)
    listed = struct.pack(f"{order}H", len(kept)) + b"".join(entries) + bytes(4)
    return head + data[8:] + bytes(len(data) % 2) + listed + arrays


def _band(numbers: Image.Image, n: int, samples: int) -> Image.Image:
    """Every pixel of a wide picture that is the nth sample of its own."""
    middle = n + 0.5 - samples / 2
    size = numbers.width // samples, numbers.height
    return numbers.transform(size, Image.Transform.AFFINE, (samples, 0, middle, 0, 1, 0), Image.Resampling.NEAREST)


def _summed(band: Image.Image) -> Image.Image:
    """A band of which every number was written as the difference from the one on its left (TIFF 6.0, section 14)."""
    code, most = ("B", 255) if band.mode == "L" else ("i", 65535)
    differences = array(code, band.tobytes())
    rows = (differences[at : at + band.width] for at in range(0, len(differences), band.width))
    sums = array(code, (value & most for row in rows for value in itertools.accumulate(row)))
    return Image.frombytes(band.mode, band.size, sums.tobytes())


def _joined(bands: list[Image.Image], colours: int, tags: Mapping[int, Any]) -> Image.Image:
    """The bands as one upright picture; transparent inks stand on white paper, which has none."""
    if bands[0].mode == "F":
        bands = _from_fractions(bands)
    elif bands[0].mode == "I":
        bands = [band.point(lambda value: value * (1 / 256) + 0).convert("L") for band in bands]
    extra = tags.get(_EXTRA, ())
    alpha = bands[colours] if extra and len(bands) > colours and extra[0] in (1, 2) else None
    picture = Image.merge({1: "L", 3: "RGB", 4: "CMYK"}[colours], bands[:colours])
    if tags.get(_PHOTOMETRIC) == 0:
        picture = ImageChops.invert(picture)
    if alpha is not None:
        paper = Image.new(picture.mode, picture.size, (0, 0, 0, 0) if colours == 4 else "white")
        picture = Image.composite(picture, paper, alpha)
    turn = UPRIGHT.get(int(tags.get(_ORIENTATION, 1)))
    return picture if turn is None else picture.transpose(turn)
