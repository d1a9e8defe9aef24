"""Legibility: where on a photograph words can be read, in which ink, and how strong a veil they need behind them.

Contrast is that of WCAG 2.2 (relative luminance; 4.5:1 for text, success criterion 1.4.3). A veil draws every colour
evenly towards black or towards white; its strength runs from 0 to 255.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pressroom.contrast import READABLE, Rgb, contrast, linear_light, luminance

Patch = Sequence[Rgb]
"""Colours that stand behind words."""
CoverPosition = Literal["top", "bottom"]
CoverInk = Literal["light", "dark"]
SHARE = 0.97
"""Of the colours behind the words, so many have that contrast or more: 95 % are promised, and they are a sample."""
STRONGEST = 255
FOG = 1.5
"""How much worse a veil of white is than one of black."""
BLACK, WHITE = (0, 0, 0), (255, 255, 255)


@dataclass(frozen=True)
class Setting:
    """How words stand on a photograph."""

    place: CoverPosition = "top"
    ink: CoverInk = "light"
    veil: int = 0


def veil_colour(ink: Rgb) -> Rgb:
    """What a veil draws colours towards, so that an ink is read on them."""
    return max((BLACK, WHITE), key=lambda colour: contrast(ink, colour))


def _drawn(channel: int, towards: int, strength: int) -> int:
    """A channel of a colour behind a veil."""
    return round((channel * (STRONGEST - strength) + towards * strength) / STRONGEST)


def veil_for(patch: Patch, ink: Rgb) -> int:
    """The weakest veil behind which an ink is read: 0 where none is needed, the strongest where none is enough."""
    return bisect.bisect_left(range(STRONGEST), 1, key=lambda strength: _is_legible(patch, ink, strength))


def _is_legible(patch: Patch, ink: Rgb, strength: int) -> bool:
    """Whether so large a share of a patch, behind a veil, contrasts with an ink as it must."""
    towards = veil_colour(ink)[0]
    light = [linear_light()[_drawn(value, towards, strength)] for value in range(256)]
    own = luminance(ink) + 0.05
    dark_enough, light_enough = own / READABLE - 0.05, own * READABLE - 0.05
    lights = (0.2126 * light[red] + 0.7152 * light[green] + 0.0722 * light[blue] for red, green, blue in patch)
    return sum(shown <= dark_enough or shown >= light_enough for shown in lights) >= SHARE * len(patch)


def unrest(patch: Patch) -> float:
    """How far the light and the dark of a patch lie apart, from 0 to 1, as the eye sees it."""
    lights = sorted(math.pow(luminance(colour), 1 / 2.4) for colour in patch)
    return lights[int(0.95 * (len(lights) - 1))] - lights[int(0.05 * (len(lights) - 1))]


def choose(
    patches: Mapping[CoverPosition, Sequence[Patch]], inks: Mapping[CoverInk, Rgb], avoid: CoverPosition | None = None
) -> Setting:
    """The place and ink that need the weakest veil behind each of their texts; of those alike, the calmest place.

    A veil of white counts more than one of black: it takes the depth out of a picture. `avoid` is where the picture
    shows what nobody wants covered: it is taken only where there is no other.
    """

    def cost(setting: Setting) -> tuple[bool, float, float]:
        weight = FOG if veil_colour(inks[setting.ink]) == WHITE else 1
        return setting.place == avoid, setting.veil * weight, max(map(unrest, patches[setting.place]))

    return min(
        (Setting(place, ink, max(veil_for(p, inks[ink]) for p in patches[place])) for place in patches for ink in inks),
        key=cost,
    )
