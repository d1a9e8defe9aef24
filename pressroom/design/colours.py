"""Colours of a publication: parsed, checked for contrast with their background, and converted to inks."""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass

from pressroom.contrast import READABLE, Rgb, contrast, luminance
from pressroom.errors import did_you_mean

_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_PERCENT = r"\s*(\d+(?:\.\d+)?)\s*%?"
_PERCENTS = re.compile(r"[\s,/]+".join(f"{ink}?{_PERCENT}" for ink in "cmyk"), re.IGNORECASE)
_SHADES = 200
"""The number of lightness steps to try for a readable shade."""


@dataclass(frozen=True)
class ScreenColour:
    """A screen colour in sRGB; each channel from 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def rgb(self) -> Rgb:
        """Its three channels."""
        return self.red, self.green, self.blue

    def on(self, background: ScreenColour) -> float:
        """Its contrast with a background, from 1 to 21 (WCAG 2.2)."""
        return contrast(self.rgb, background.rgb)

    def readable_on(self, background: ScreenColour, least: float = READABLE) -> ScreenColour:
        """The nearest readable shade of its hue: darker on a light background, lighter on a dark one."""
        hue, lightness, saturation = colorsys.rgb_to_hls(self.red / 255, self.green / 255, self.blue / 255)
        end = BLACK if BLACK.on(background) > WHITE.on(background) else WHITE
        steps = (lightness + (luminance(end.rgb) - lightness) * n / _SHADES for n in range(_SHADES))
        shades = (colorsys.hls_to_rgb(hue, step, saturation) for step in steps)
        colours = (ScreenColour(*(round(part * 255) for part in shade)) for shade in shades)
        return next((colour for colour in (self, *colours) if colour.on(background) >= least), end)


WHITE, BLACK = ScreenColour(255, 255, 255), ScreenColour(0, 0, 0)


OF_WORDS = "rgb(from currentColor r g b)"
"""A colour computed from the text colour (CSS Color Module Level 5, 4.1); not every reading system supports it."""
_BETWEEN = 0.195
"""The luminance between text colours for white pages and those for dark pages, derived from the contrast READABLE."""
_IS_LIGHT = (
    "clamp(0, (0.2126 * pow(r / 255, 2.2) + 0.7152 * pow(g / 255, 2.2) + 0.0722 * pow(b / 255, 2.2) - "
    f"{_BETWEEN}) * 9999, 1)"
)
"""CSS for 1 if the text is light, so that its background is dark; else 0."""


def between(day: ScreenColour, night: ScreenColour) -> str:
    """The CSS of a colour that is `day` with dark text and `night` with light text."""
    pairs = zip((day.red, day.green, day.blue), (night.red, night.green, night.blue), strict=True)
    parts = " ".join(f"calc({dark} + {light - dark} * {_IS_LIGHT})" for dark, light in pairs)
    return f"rgb(from currentColor {parts})"


@dataclass(frozen=True)
class PressColour:
    """A press colour in CMYK, each ink in percent."""

    cyan: float
    magenta: float
    yellow: float
    black: float

    def __str__(self) -> str:
        return f"{self.cyan:g} {self.magenta:g} {self.yellow:g} {self.black:g}"

    @property
    def css(self) -> str:
        """Its value in a style sheet for the press."""
        return f"device-cmyk({self.cyan / 100:g} {self.magenta / 100:g} {self.yellow / 100:g} {self.black / 100:g})"

    @property
    def on_screen(self) -> ScreenColour:
        """Its approximate colour on a screen, computed without a profile."""
        lights = (1 - ink / 100 for ink in (self.cyan, self.magenta, self.yellow))
        return ScreenColour(*(round(255 * light * (1 - self.black / 100)) for light in lights))


def read_colour(text: str) -> ScreenColour:
    """A colour from #rgb, #rrggbb or its CSS name. Raises ValueError: “fault; remedy”."""
    digits = _HEX.fullmatch(text.strip())
    code = digits[1] if digits else NAMES.get(text.strip().lower(), "")
    if not code:
        meant = f"write “#{text}” in quotes" if _HEX.fullmatch(f"#{text}") else did_you_mean(text, NAMES)
        close = meant or "write #rgb or #rrggbb in quotes, or a name such as darkred"
        raise ValueError(f"“{text}” is not a colour; {close}")
    code = "".join(c + c for c in code) if len(code) == 3 else code
    return ScreenColour(*(int(code[n : n + 2], 16) for n in (0, 2, 4)))


def read_ink(text: str) -> PressColour:
    """A CMYK colour from four percentages: “95 0 0 60” or “C95 M0 Y0 K60”. Raises ValueError: “fault; remedy”."""
    match = _PERCENTS.fullmatch(text.strip())
    percents = [float(n) for n in match.groups()] if match else []
    if not percents or max(percents) > 100:
        raise ValueError(f"“{text}” is not an ink; write the percentages of cyan, magenta, yellow and black: 95 0 0 60")
    return PressColour(*percents)


def ink_of(colour: ScreenColour) -> PressColour:
    """The inks of a colour in whole percents, computed without a profile; grey becomes black ink."""
    parts = [n / 255 for n in (colour.red, colour.green, colour.blue)]
    light = max(parts)
    inks = [0.0 if not light else (light - part) / light for part in parts]
    return PressColour(*(float(round(n * 100)) for n in (*inks, 1 - light)))


_NAMES = """\
aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4 black
000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue 5f9ea0 chartreuse
7fff00 chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff darkblue 00008b
darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9 darkkhaki bdb76b darkmagenta
8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000 darksalmon e9967a darkseagreen 8fbc8f
darkslateblue 483d8b darkslategray 2f4f4f darkslategrey 2f4f4f darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493
deepskyblue 00bfff dimgray 696969 dimgrey 696969 dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0 forestgreen
228b22 fuchsia ff00ff gainsboro dcdcdc ghostwhite f8f8ff gold ffd700 goldenrod daa520 gray 808080 green 008000
greenyellow adff2f grey 808080 honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0 khaki f0e68c
lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6 lightcoral f08080 lightcyan
e0ffff lightgoldenrodyellow fafad2 lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1 lightsalmon
ffa07a lightseagreen 20b2aa lightskyblue 87cefa lightslategray 778899 lightslategrey 778899 lightsteelblue b0c4de
lightyellow ffffe0 lime 00ff00 limegreen 32cd32 linen faf0e6 magenta ff00ff maroon 800000 mediumaquamarine 66cdaa
mediumblue 0000cd mediumorchid ba55d3 mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee
mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585 midnightblue 191970 mintcream f5fffa mistyrose
ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6 olive 808000 olivedrab 6b8e23 orange ffa500
orangered ff4500 orchid da70d6 palegoldenrod eee8aa palegreen 98fb98 paleturquoise afeeee palevioletred db7093
papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink ffc0cb plum dda0dd powderblue b0e0e6 purple 800080 rebeccapurple
663399 red ff0000 rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 seagreen 2e8b57
seashell fff5ee sienna a0522d silver c0c0c0 skyblue 87ceeb slateblue 6a5acd slategray 708090 slategrey 708090 snow
fffafa springgreen 00ff7f steelblue 4682b4 tan d2b48c teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet
ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5 yellow ffff00 yellowgreen 9acd32
"""
NAMES = dict(zip(_NAMES.split()[::2], _NAMES.split()[1::2], strict=True))
"""The named colours of CSS (CSS Color Module Level 4, 6.1)."""
