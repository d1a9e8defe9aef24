"""Legibility: where on a photograph words can be read, in which ink, and how strong a veil they need behind them.

Contrast is that of WCAG 2.2 (relative luminance; 4.5:1 for text, success criterion 1.4.3). A veil blends every colour
with black or white; its strength is a number from 0 to 255.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pressroom.contrast import READABLE, Rgb, contrast, linear_light, luminance

Patch = Sequence[Rgb]
"""A sample of the colours behind words."""
CoverPosition = Literal["top", "bottom"]
CoverInk = Literal["light", "dark"]
SHARE = 0.97
"""The share of a patch that must have that contrast. The promise is 95 %; the rest allows for sampling."""
STRONGEST = 255
DETAIL = 2.5
"""How much detail behind words costs against a veil: that of a boat or a face as much as half of a black veil."""
FOG = 1.5
"""By how much a white veil costs more than a black one: it makes a picture look foggy."""
BLACK, WHITE = (0, 0, 0), (255, 255, 255)


@dataclass(frozen=True)
class Setting:
    """How words are set on a photograph: their position, their ink, and the strength of the veil."""

    place: CoverPosition = "top"
    ink: CoverInk = "light"
    veil: int = 0


def veil_colour(ink: Rgb) -> Rgb:
    """The colour of the veil behind an ink: black or white, whichever contrasts more."""
    return max((BLACK, WHITE), key=lambda colour: contrast(ink, colour))


def _veiled(channel: int, towards: int, strength: int) -> int:
    """The value of a colour channel behind a veil."""
    return round((channel * (STRONGEST - strength) + towards * strength) / STRONGEST)


def veil_for(patch: Patch, ink: Rgb) -> int:
    """The weakest veil that makes an ink legible: 0 where none is needed, the strongest where none is enough."""
    return bisect.bisect_left(range(STRONGEST), 1, key=lambda strength: _is_legible(patch, ink, strength))


def _is_legible(patch: Patch, ink: Rgb, strength: int) -> bool:
    """Whether a large enough share of a veiled patch has the least contrast with an ink."""
    towards = veil_colour(ink)[0]
    light = [linear_light()[_veiled(value, towards, strength)] for value in range(256)]
    own = luminance(ink) + 0.05
    dark_enough, light_enough = own / READABLE - 0.05, own * READABLE - 0.05
    lights = (0.2126 * light[red] + 0.7152 * light[green] + 0.0722 * light[blue] for red, green, blue in patch)
    return sum(each <= dark_enough or each >= light_enough for each in lights) >= SHARE * len(patch)


def unevenness(patch: Patch) -> float:
    """The difference in perceived lightness between the light and the dark of a patch, from 0 to 1."""
    lights = sorted(math.pow(luminance(colour), 1 / 2.4) for colour in patch)
    return lights[int(0.95 * (len(lights) - 1))] - lights[int(0.05 * (len(lights) - 1))]


def choose(
    patches: Mapping[CoverPosition, Sequence[Patch]],
    inks: Mapping[CoverInk, Rgb],
    avoid: CoverPosition | None = None,
    details: Mapping[CoverPosition, float] | None = None,
) -> Setting:
    """The place and ink with the least detail and the weakest veil behind the words; of equals, the most even place.

    `details` are the shares of detail in each place, from 0 to 1: words on the things that a picture shows hide them,
    however well they can be read. A white veil counts more than a black one, since it takes depth out of a picture. The
    place `avoid`, where words would hide the focus, is chosen only if there is no other.
    """
    detail = details or {}

    def cost(setting: Setting) -> tuple[bool, float, float]:
        weight = FOG if veil_colour(inks[setting.ink]) == WHITE else 1
        price = setting.veil / STRONGEST * weight + DETAIL * detail.get(setting.place, 0.0)
        return setting.place == avoid, round(price, 6), max(map(unevenness, patches[setting.place]))

    return min(
        (Setting(place, ink, max(veil_for(p, inks[ink]) for p in patches[place])) for place in patches for ink in inks),
        key=cost,
    )
