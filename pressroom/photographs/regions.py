"""Regions: the faces and the stars that a photo program has written into a picture’s XMP.

Faces come in two forms: the regions of the Metadata Working Group (“Guidelines for handling image metadata” 2.0, 5.9),
as Lightroom and digiKam write them, and Microsoft’s people tags. Both count on the picture as it is stored, not turned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pressroom.pacing import Edges
from pressroom.photographs.xmp import Packet

_MOST_STARS = 5.0
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TURNS: dict[int, Callable[[float, float], tuple[float, float]]] = {
    2: lambda x, y: (1 - x, y),
    3: lambda x, y: (1 - x, 1 - y),
    4: lambda x, y: (x, 1 - y),
    5: lambda x, y: (y, x),
    6: lambda x, y: (1 - y, x),
    7: lambda x, y: (1 - y, 1 - x),
    8: lambda x, y: (y, 1 - x),
}
"""Where a point of the stored picture is in the upright one, by EXIF orientation."""


def stars_in(packet: Packet) -> float | None:
    """The stars of a picture (xmp:Rating): 1 to 5, -1 for a rejected one; None where nobody has given any."""
    stars = _number(packet.text("xmp:Rating"))
    return min(stars, _MOST_STARS) if stars else None


def faces_in(packet: Packet, orientation: int) -> tuple[Edges, ...]:
    """The faces in a picture as shares of the upright picture; regions of other things are left out."""
    turn = _TURNS.get(orientation, lambda x, y: (x, y))
    found = (_turned(box, turn) for box in (*_working_group(packet), *_microsoft(packet)))
    return tuple(dict.fromkeys(box for box in found if box[2] > box[0] and box[3] > box[1]))


def _working_group(packet: Packet) -> Iterator[Edges]:
    for region in packet.within("mwg-rs:Regions").each("mwg-rs:RegionList"):
        area = region.within("mwg-rs:Area")
        if region.text("mwg-rs:Type") not in ("", "Face") or area.text("stArea:unit") not in ("", "normalized"):
            continue
        x, y, width, height = (_number(area.text(f"stArea:{side}")) or 0.0 for side in "xywh")
        yield x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _microsoft(packet: Packet) -> Iterator[Edges]:
    for region in packet.within("MP:RegionInfo").each("MPRI:Regions"):
        numbers = [float(number) for number in _NUMBER.findall(region.text("MPReg:Rectangle"))]
        if len(numbers) == 4:
            x, y, width, height = numbers
            yield x, y, x + width, y + height


def _turned(box: Edges, turn: Callable[[float, float], tuple[float, float]]) -> Edges:
    """A box in the upright picture, inside its edges."""
    (x, y), (other_x, other_y) = turn(box[0], box[1]), turn(box[2], box[3])
    inside = (
        min(1.0, max(0.0, value)) for value in (min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))
    )
    left, top, right, bottom = (round(value, 4) for value in inside)
    return left, top, right, bottom


def _number(text: str) -> float | None:
    """A number as XMP writes it; None for anything else."""
    return float(text) if _NUMBER.fullmatch(text.strip()) else None
