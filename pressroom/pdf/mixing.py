"""Mixing: a colour, however it was given, as a printing condition has it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Colour = tuple[float, ...]
"""One component of grey, three of light (sRGB) or four of ink, each from 0 to 1."""
Mix = Callable[[tuple[float, float, float]], tuple[float, float, float, float]]
"""How a colour of light is made of inks; a grey of black alone."""
BLACK: Colour = (0.0, 0.0, 0.0, 1.0)
_SAME = 0.002
"""Components of a grey differ by less: half of what one of 256 steps is."""


@dataclass(frozen=True)
class Inks:
    """What there is to print with."""

    space: Literal["cmyk", "gray", "rgb"]
    mix: Mix | None = None
    """Without one, greys are as black as they are dark, and other colours stay as they are."""

    def of(self, colour: Colour) -> Colour:
        """A colour as it is printed. Greys are black ink alone: grey of four inks shifts with every sheet."""
        if self.space == "gray":
            return (round(_lightness(colour), 4),)
        if self.space == "rgb":
            return colour if len(colour) < 4 else _shortest(_light(colour))
        if len(colour) == 4:
            return colour
        is_grey = max(colour) - min(colour) < _SAME
        if is_grey and (self.mix is None or colour[0] in (0, 1)):
            return (0.0, 0.0, 0.0, round(1 - colour[0], 4))
        if self.mix is None:
            return colour
        red, green, blue = colour if len(colour) == 3 else colour * 3
        return tuple(round(ink, 4) for ink in self.mix((red, green, blue)))


def _light(inks: Colour) -> Colour:
    """Inks as light by plain arithmetic: for files without inks, to which a layout gave some."""
    return tuple(round((1 - ink) * (1 - inks[3]), 4) for ink in inks[:3])


def _shortest(light: Colour) -> Colour:
    return light[:1] if max(light) - min(light) < _SAME else light


def _lightness(colour: Colour) -> float:
    """The grey of a colour (ISO 32000-1, 10.3.2)."""
    if len(colour) == 1:
        return colour[0]
    red, green, blue = _light(colour) if len(colour) == 4 else colour
    return 0.3 * red + 0.59 * green + 0.11 * blue
