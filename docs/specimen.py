"""The pictures of the type specimen: greys in the shapes of photographs, drawn when it is built (make specimen)."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent / "specimen"
LONGEST = 2400
"""Pixels of the longer side: 200 to the inch on the widest page."""
_COARSE = 160
"""Pixels of the longer side in which a grey is computed, before it is made smooth."""

Grey = Callable[[float, float], float]
"""The lightness of a point, from 0 to 1; its place from the left and the top, too."""


def _over(edge: float, above: float, below: float) -> float:
    """Two greys that meet at an edge, softly: `edge` is the distance below it."""
    share = min(1.0, max(0.0, edge * 60 + 0.5))
    return above * (1 - share) + below * share


def _hill(x: float, y: float) -> float:
    return _over(y - 0.55 - 0.12 * math.sin(4 * x + 0.6), 0.85 - 0.2 * y, 0.25 + 0.2 * x)


def _plain(x: float, y: float) -> float:
    return _over(y - 0.7, 0.6 + 0.35 * y, 0.5 - 0.8 * (y - 0.7) - 0.1 * x)


PICTURES: dict[str, tuple[float, Grey]] = {
    "window": (1.5, lambda x, y: 1 - 0.75 * math.hypot(x, y)),
    "lamp": (0.78, lambda x, y: 0.5 + 0.4 * math.cos(14 * math.hypot((x - 0.5) * 0.78, y - 0.4)) * (1 - y * 0.6)),
    "wedge": (1.5, lambda x, _: math.floor(min(x, 0.999) * 11) / 10),
    "hill": (1.6, _hill),
    "reeds": (0.8, lambda x, y: 0.5 + 0.35 * math.sin(30 * x + 3 * y) * y),
    "square": (1.0, lambda x, y: 0.9 - 1.1 * math.hypot(x - 0.5, y - 0.5)),
    "slope": (2.0, lambda x, _: 0.1 + 0.85 * x),
    "plain": (1.35, _plain),
    "tower": (0.67, lambda x, y: 0.9 - 0.7 * y - 0.15 * abs(x - 0.5)),
    "stairs": (0.5, lambda x, y: math.floor((x + 1 - y) * 5) / 11),
    "waves": (2.6, lambda x, y: 0.5 + 0.3 * math.sin(9 * x + 5 * y) * (0.4 + 0.6 * y)),
    "cloud": (1.0, lambda x, y: 0.35 + 0.5 * math.exp(-8 * ((x - 0.45) ** 2 + 2 * (y - 0.35) ** 2)) + 0.1 * x),
}
"""Width to height, and what is seen."""
SIGNS: dict[str, tuple[float, Grey]] = {"star": (1.0, lambda x, y: min(1.0, 12 * abs((x - 0.5) * (y - 0.5))))}
"""The same of small pictures, which stand among words."""


def draw(folder: Path) -> None:
    """Write every picture into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (ratio, grey) in PICTURES.items():
        _drawn(ratio, grey, LONGEST).save(folder / f"{name}.jpg", quality=90)
    draw_signs(folder)


def draw_signs(folder: Path) -> None:
    """Write the small pictures into a folder."""
    for name, (ratio, grey) in SIGNS.items():
        _drawn(ratio, grey, _COARSE).save(folder / f"{name}.jpg", quality=90)


def _drawn(ratio: float, grey: Grey, longest: int) -> Image.Image:
    width, height = (round(_COARSE * side) for side in (min(1, ratio), min(1, 1 / ratio)))
    points = ((x / (width - 1), y / (height - 1)) for y in range(height) for x in range(width))
    coarse = Image.new("L", (width, height))
    coarse.putdata([round(255 * min(1.0, max(0.0, grey(x, y)))) for x, y in points])
    scale = longest / _COARSE
    return coarse.resize((round(width * scale), round(height * scale)), Image.Resampling.BICUBIC)


if __name__ == "__main__":
    draw(ROOT / "assets" / "photos")
