"""Looking: what can be seen in a picture, in a few numbers, for the pacing of a book.

A picture is decoded once, small, and what was seen is cached by its digest. The detail is that of edges and of what
differs from its surroundings in Lab, at two scales: centre against surround, the plainest form of the model of L. Itti,
C. Koch and E. Niebur (“A model of saliency-based visual attention”, IEEE PAMI 20, 1998).
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import PIL
from PIL import Image, ImageChops, ImageFilter, ImageStat

from pressroom.keeping import keep
from pressroom.pacing import Edges, Sight
from pressroom.photographs.album import Photograph
from pressroom.photographs.formats import convertible, decode, decode_smaller, opened, orientation_of, reduction_of
from pressroom.photographs.metadata import packet_in
from pressroom.photographs.regions import faces_in, stars_in
from pressroom.photographs.tiffs import UPRIGHT
from pressroom.photographs.xmp import read_packet

_SIZE = 240
"""Pixels along the longer side of what is looked at."""
_CELLS = 24
"""Cells of the grid of detail, across and down."""
_FINE = 48
"""Cells across and down in which colours are compared."""
_SCALES = ((48, 12), (24, 6))
"""A centre is a cell of the first number across, its surround one of the second."""
_EDGE = 90
"""The difference between neighbours from which an edge is as strong as any."""
_VERSION = 1
"""Bump when an unchanged file would be seen otherwise."""
_PLAIN = 3.0
"""The standard deviation of the rim of a picture below which it is a border or a ground."""
_LIGHT, _DARK = 235.0, 12.0
"""The mean of such a rim from which it is paper, or below which it is a black frame."""
_PAPER_SHARE = 0.45
"""The share of pixels of one light grey from which a picture is drawn on paper: an engraving, a map, a page of text."""

Plane = Sequence[float]


@dataclass(frozen=True)
class SeenPicture:
    """What was seen in a file, and what its XMP says of it."""

    sight: Sight = field(default_factory=Sight)
    faces: tuple[Edges, ...] = ()
    """Faces, as shares of the picture as it is shown; those outside its crop are left out."""
    stars: float | None = None
    """1 to 5, -1 for a rejected picture."""


def look_at(photograph: Photograph, cache: Path | None = None) -> SeenPicture:
    """What can be seen in a picture, as far as it is shown; from the cache if it was looked at before.

    Of a drawing nothing is seen but that it must not be cropped. Raises UnusableError.
    """
    if photograph.kind == "drawing":
        return SeenPicture(Sight(is_framed=True))
    shown = "-".join(map(str, photograph.crop_and_blur.window))
    entry = cache / f"{photograph.digest[:32]}-{shown}.json" if cache else None
    seen = _cached(entry) if entry else None
    if seen is None:
        seen = _look(photograph)
        if entry:
            keep(entry, json.dumps({"by": _BY, **_written(seen)}).encode())
    return seen


_BY = f"{PIL.__version__}/{_VERSION}"


def _cached(entry: Path) -> SeenPicture | None:
    """What was seen earlier in the same bytes; None if that is not there, or damaged."""
    try:
        values = json.loads(entry.read_bytes())
        if values["by"] != _BY:
            return None
        sight = Sight(
            tuple(map(tuple, values["detail"])),
            int(values["signature"], 16),
            tuple(values["colour"]),
            values["signals"],
            values["is_framed"],
        )
        return SeenPicture(sight, tuple(map(tuple, values["faces"])), values["stars"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _written(seen: SeenPicture) -> dict[str, object]:
    sight = seen.sight
    return {
        "detail": sight.detail,
        "signature": f"{sight.signature:016x}",
        "colour": sight.colour,
        "signals": dict(sight.signals),
        "is_framed": sight.is_framed,
        "faces": seen.faces,
        "stars": seen.stars,
    }


def _look(photograph: Photograph) -> SeenPicture:
    with opened(photograph.file) as picture:
        packet = read_packet(packet_in(picture), "")
        orientation = orientation_of(picture)
        decode_smaller(picture, reduction_of(picture, _SIZE / max(picture.size)))
        decode(picture)
        small = convertible(picture).convert("RGB")
    if orientation in UPRIGHT:
        small = small.transpose(UPRIGHT[orientation])
    window = _window(photograph)
    edges = (small.width, small.height, small.width, small.height)
    small = small.crop(tuple(round(share * side) for share, side in zip(window, edges, strict=True)))  # type: ignore[arg-type]  # four
    small.thumbnail((_SIZE, _SIZE), Image.Resampling.BOX)
    sight = sight_of(small, photograph.width * photograph.height, is_graphic=photograph.is_graphic)
    if packet is None:
        return SeenPicture(sight)
    faces = tuple(filter(None, (_shown(face, window) for face in faces_in(packet, orientation))))
    return SeenPicture(sight, faces, stars_in(packet))


def _window(photograph: Photograph) -> Edges:
    """The part of the upright file that is shown, as shares."""
    framed = photograph.crop_and_blur
    left, top, right, bottom = framed.window
    return left / framed.width, top / framed.height, right / framed.width, bottom / framed.height


def _shown(face: Edges, window: Edges) -> Edges | None:
    """A face as shares of the part that is shown; None if it lies outside."""
    left, top, right, bottom = window
    wide, high = right - left, bottom - top
    edges = ((face[0] - left) / wide, (face[1] - top) / high, (face[2] - left) / wide, (face[3] - top) / high)
    x0, y0, x1, y1 = (min(1.0, max(0.0, edge)) for edge in edges)
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


def sight_of(picture: Image.Image, pixels: int, *, is_graphic: bool = False) -> Sight:
    """What can be seen in a small upright picture in RGB that has so many pixels in its file."""
    grey = picture.convert("L")
    edges = _edges(grey)
    planes = _lab_planes(picture.resize((_FINE, _FINE), Image.Resampling.BOX))
    detail = _detail(edges, planes)
    means = [sum(plane) / len(plane) for plane in planes]
    spreads = [_deviation(plane, mean) for plane, mean in zip(planes, means, strict=True)]
    signals = {
        "contrast": ImageStat.Stat(grey).stddev[0],
        "gathered": _gathered(detail),
        "pixels": math.log(pixels),
        "colour": math.hypot(*spreads[1:]) + 0.3 * math.hypot(*means[1:]),
        "sharpness": _percentile(grey.filter(ImageFilter.Kernel((3, 3), (0, -1, 0, -1, 4, -1, 0, -1, 0), 1)), 0.97),
        "entropy": grey.entropy(),
    }
    return Sight(
        detail,
        _signature(grey),
        (round(means[0], 2), round(means[1], 2), round(means[2], 2)),
        {name: round(value, 4) for name, value in signals.items()},
        is_graphic or _has_border(picture) or _is_on_paper(grey, edges),
    )


# ---- detail


def _edges(grey: Image.Image) -> Image.Image:
    """The difference of each pixel from its neighbours to the right and below."""
    width, height = grey.size
    right, below = grey.crop((1, 0, width + 1, height)), grey.crop((0, 1, width, height + 1))
    right.paste(grey.crop((width - 1, 0, width, height)), (width - 1, 0))  # beyond the rim nothing differs
    below.paste(grey.crop((0, height - 1, width, height)), (0, height - 1))
    return ImageChops.add(ImageChops.difference(grey, right), ImageChops.difference(grey, below))


def _detail(edges: Image.Image, planes: Sequence[Plane]) -> tuple[tuple[float, ...], ...]:
    """The grid of detail: edges, and what differs from its surroundings, each by its strongest places."""
    bounded = edges.point([min(value, _EDGE) for value in range(256)]).convert("F")
    lines = _values(bounded.resize((_CELLS, _CELLS), Image.Resampling.BOX))
    strange = _strange(planes)
    spots = _values(_plane(strange).resize((_CELLS, _CELLS), Image.Resampling.BOX))
    strong_line = _percentile(edges, 0.97) + 6
    strong_spot = sorted(strange)[int(len(strange) * 0.97)] + 6
    cells = [min(2.0, line / strong_line + spot / strong_spot) for line, spot in zip(lines, spots, strict=True)]
    return tuple(tuple(round(cell, 3) for cell in cells[row * _CELLS : (row + 1) * _CELLS]) for row in range(_CELLS))


def _strange(planes: Sequence[Plane]) -> list[float]:
    """How far each place is from its surroundings in Lab, at two scales; colour counts more than light."""
    found = [0.0] * (_FINE * _FINE)
    for centre, surround in _SCALES:
        pairs = [(_blurred(plane, centre), _blurred(plane, surround)) for plane in planes]
        (l1, l2), (a1, a2), (b1, b2) = pairs
        for n in range(len(found)):
            far = 0.5 * (l1[n] - l2[n]) ** 2 + 1.5 * ((a1[n] - a2[n]) ** 2 + (b1[n] - b2[n]) ** 2)
            found[n] += math.sqrt(far)
    return found


def _blurred(plane: Plane, cells: int) -> list[float]:
    """A plane seen in so many cells across and down."""
    coarse = _plane(plane).resize((cells, cells), Image.Resampling.BOX)
    return _values(coarse.resize((_FINE, _FINE), Image.Resampling.BILINEAR))


def _plane(values: Plane) -> Image.Image:
    plane = Image.new("F", (_FINE, _FINE))
    plane.putdata(values)
    return plane


def _values(plane: Image.Image) -> list[float]:
    return [*array("f", plane.tobytes())]


# ---- colour


def _lab_planes(picture: Image.Image) -> tuple[Plane, Plane, Plane]:
    """Lightness, a and b of each pixel of a picture in sRGB (CIE 1976, white D65)."""
    data = picture.tobytes()
    light = [(n / 255 / 12.92 if n <= 10 else ((n / 255 + 0.055) / 1.055) ** 2.4) for n in range(256)]
    planes: tuple[list[float], list[float], list[float]] = ([], [], [])
    for n in range(0, len(data), 3):
        red, green, blue = light[data[n]], light[data[n + 1]], light[data[n + 2]]
        x = _root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505)
        y = _root(0.2126 * red + 0.7152 * green + 0.0722 * blue)
        z = _root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.0890)
        for plane, value in zip(planes, (116 * y - 16, 500 * (x - y), 200 * (y - z)), strict=True):
            plane.append(value)
    return planes


def _root(share: float) -> float:
    """The response of CIE 1976 to a share of the light of white."""
    return math.cbrt(share) if share > 0.008856 else 7.787 * share + 16 / 116


# ---- signals


def _signature(grey: Image.Image) -> int:
    """A difference hash: a bit for each pixel of 8 by 8, set where its right neighbour is lighter."""
    cells = grey.resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = (cells[row * 9 + n] < cells[row * 9 + n + 1] for row in range(8) for n in range(8))
    return sum(bit << n for n, bit in enumerate(bits))


def _gathered(detail: tuple[tuple[float, ...], ...]) -> float:
    """How closely detail lies around one place, at most 0. Gathered detail reads at a distance, texture does not."""
    cells = [(x / _CELLS, y / _CELLS, value) for y, row in enumerate(detail) for x, value in enumerate(row)]
    whole = sum(value for *_, value in cells) or 1.0
    x = sum(x * value for x, _, value in cells) / whole
    y = sum(y * value for _, y, value in cells) / whole
    return -math.sqrt(sum(value * ((cx - x) ** 2 + (cy - y) ** 2) for cx, cy, value in cells) / whole)


def _deviation(plane: Plane, mean: float) -> float:
    return math.sqrt(sum((value - mean) ** 2 for value in plane) / len(plane))


def _percentile(grey: Image.Image, share: float) -> float:
    """The grey below which this share of the pixels lies."""
    histogram, below = grey.histogram(), 0
    whole = sum(histogram)
    for value, count in enumerate(histogram):
        below += count
        if below >= share * whole:
            return float(value)
    return 255.0


# ---- what must not be cropped


def _has_border(picture: Image.Image) -> bool:
    """Whether the rim of a picture is plain paper or a black frame."""
    width, height = picture.size
    sides = ((0, 0, width, 1), (0, height - 1, width, height), (0, 0, 1, height), (width - 1, 0, width, height))
    rims = [ImageStat.Stat(picture.crop(side)) for side in sides]
    means = [sum(rim.mean) / 3 for rim in rims]
    is_plain = all(max(rim.stddev) < _PLAIN for rim in rims) and max(means) - min(means) < _PLAIN
    return is_plain and (min(means) > _LIGHT or max(means) < _DARK)


def _is_on_paper(grey: Image.Image, edges: Image.Image) -> bool:
    """Whether a picture is drawn in lines on a light ground: an engraving, a map, a page."""
    histogram = grey.histogram()
    most = max(range(200, 256), key=histogram.__getitem__)
    share = sum(histogram[max(0, most - 6) : most + 7]) / sum(histogram)
    return share > _PAPER_SHARE and _percentile(edges, 0.95) > _EDGE
