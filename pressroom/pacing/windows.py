"""Windows: which part of a picture is shown when it is cropped, and what a gutter would swallow of it.

Faces and focus are hard rules: no crop cuts a face or leaves the focus out, and no gutter runs through either.
"""

from __future__ import annotations

from functools import lru_cache

from pressroom.pacing.sequence import Edges, PictureToPace

WHOLE: Edges = (0.0, 0.0, 1.0, 1.0)
_SAME = 0.002
_STEPS = 8
"""Windows are tried at so many steps between the two ends of a picture."""
_CLEAR = 0.04
"""The share of a shown picture on each side of the gutter that faces and focus keep free."""
_UNKNOWN = 0.2
"""The seam of a picture of whose detail nothing is known."""
CALM = 0.25
"""The greatest seam of a picture over two whole pages, unless its faces or focus are known to be elsewhere."""


@lru_cache(maxsize=20_000)
def window_of(picture: PictureToPace, aspect: float, seam: float | None = None) -> Edges | None:
    """The part of an aspect that shows most detail; with `seam`, a share from its left, one that is calm there.

    None if each would cut a face or lose the focus, or has one of them in the gutter.
    """
    if abs(aspect / picture.aspect - 1) < _SAME:
        return WHOLE if _is_allowed(picture, WHOLE, seam) else None
    wide = aspect < picture.aspect
    keep = aspect / picture.aspect if wide else picture.aspect / aspect
    best, best_value = None, 0.0
    for step in range(_STEPS + 1):
        start = (1 - keep) * step / _STEPS
        box = (start, 0.0, start + keep, 1.0) if wide else (0.0, start, 1.0, start + keep)
        if not _is_allowed(picture, box, seam):
            continue
        value = _held(picture, box) - 0.15 * abs(step / _STEPS - 0.5)
        value -= 0.6 * seam_of(picture, box, seam) if seam is not None else 0
        if best is None or value > best_value:
            best, best_value = box, value
    return best


def _is_allowed(picture: PictureToPace, box: Edges, seam: float | None) -> bool:
    left, top, right, bottom = box
    gutter = left + (right - left) * seam if seam is not None else None
    clear = (right - left) * _CLEAR
    for face in picture.faces:
        if face[0] < left - _SAME or face[1] < top - _SAME or face[2] > right + _SAME or face[3] > bottom + _SAME:
            return False
        if gutter is not None and face[0] - clear < gutter < face[2] + clear:
            return False
    if picture.focus is None:
        return True
    x, y = picture.focus
    return left <= x <= right and top <= y <= bottom and (gutter is None or abs(x - gutter) > clear)


def _held(picture: PictureToPace, box: Edges) -> float:
    """The share of the detail that a window keeps; rows and columns are taken apart."""
    if not picture.sight.detail:
        return 1.0
    columns, rows = picture.sight.sums
    across = _up_to(columns, box[2]) - _up_to(columns, box[0])
    return across * (_up_to(rows, box[3]) - _up_to(rows, box[1]))


def _up_to(sums: tuple[float, ...], share: float) -> float:
    place = share * (len(sums) - 1)
    n = min(int(place), len(sums) - 2)
    return sums[n] + (place - n) * (sums[n + 1] - sums[n])


@lru_cache(maxsize=20_000)
def seam_of(picture: PictureToPace, box: Edges, at: float) -> float:
    """What a gutter would swallow, at a share of the window from its left: 0 for calm, about 1 for the very subject.

    A thing on a calm ground counts. Texture that is everywhere does not, since it goes on behind the gutter.
    """
    sight = picture.sight
    if not sight.detail:
        return _UNKNOWN
    cells, top, mean = sight.smooth
    size = len(cells)
    place = (box[0] + (box[2] - box[0]) * at) * size
    rows = cells[int(box[1] * size) : min(size, int(box[3] * size + 0.999))]
    beside = [n for n in range(size) if abs(n + 0.5 - place) < 1.01]
    near = max((row[n] for row in rows for n in beside), default=0.0)
    thing = max(0.0, (near / top - 0.45) * (1 - mean / top) * 2.6 - 0.38) * 1.6
    central = 0.4 * max(0.0, 1 - abs(sight.centre - place / size) / 0.1)
    return thing + central + 0.6 * max(0.0, sight.columns[min(size - 1, int(place))] * size - 0.9)
