"""Separation: turns pictures and single colours into the four inks of a profile, within its ink limit.

RGB goes through a lattice of colours that the profile has converted, each brought within the limit. Colours in between
are means of those, so that no pixel can exceed the limit. Greys are printed in black alone.
"""

from __future__ import annotations

import functools
import io
import itertools
from collections.abc import Mapping
from typing import Any

from PIL import Image, ImageChops, ImageCms, ImageFilter, ImageMath

from pressroom.photographs.profiles import Profile
from pressroom.photographs.srgb import UNFIT, in_srgb, srgb

_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION
_STEPS = 33
"""Points along each of the lattice’s three sides."""
_ROUNDING = 1
"""The most that rounding can add to the sum of four inks, in percent."""
_COLOURLESS = 4
"""A picture whose channels differ by no more than this, of 255, is grey that somebody saved as RGB."""
_MEASURED = 4
"""The side of the squares on which ink is measured, in pixels: a third of a millimetre at 300 ppi, since ink matters on
areas. The Ghent Workgroup measures 15 mm², on which a dark detail would not count.
"""
_ROWS = 256
"""Rows of pixels that are processed together: sums need four times the memory of a picture."""
FULL = 255
"""The value of a channel at full strength."""


def in_inks(picture: Image.Image, profile: Profile, carried: bytes = b"") -> Image.Image:
    """Separate a picture in RGB, grey or CMYK: the result is CMYK, or grey, which is printed in black alone.

    `carried` is the picture’s embedded profile. Without one, RGB is read as sRGB, and CMYK is only brought within the
    ink limit.
    """
    if picture.mode == "CMYK":
        return _within(_reprinted(picture, profile, carried), profile.ink)
    if picture.mode == "L" or _is_colourless(picture):
        grey = in_srgb(picture, carried)
        return (grey if grey.mode == "L" else grey.getchannel("G")).point(_greys(profile))
    try:
        return picture.filter(_lattice(profile, carried))
    except UNFIT:  # a profile that is damaged, or for another colour space, is ignored
        return picture.filter(_lattice(profile, b""))


def ink_of(rgb: tuple[float, float, float], profile: Profile) -> tuple[float, float, float, float]:
    """The inks of one colour in sRGB. All values run from 0 to 1. A grey is printed in black alone."""
    red, green, blue = (round(min(1.0, max(0.0, part)) * FULL) for part in rgb)
    return _ink_of(red, green, blue, profile)


@functools.lru_cache(4096)
def _ink_of(red: int, green: int, blue: int, profile: Profile) -> tuple[float, float, float, float]:
    if red == green == blue:
        return 0.0, 0.0, 0.0, 1 - _greys(profile)[red] / FULL
    patch = ImageCms.applyTransform(Image.new("RGB", (1, 1), (red, green, blue)), _transform(b"", "RGB", profile.data))
    assert patch is not None
    cyan, magenta, yellow, black = (part / FULL for part in _within(patch, profile.ink).tobytes())
    return cyan, magenta, yellow, black


def ink_on(picture: Image.Image) -> int | None:
    """The most ink that a picture puts on one spot, in percent of one plate; None for a picture in RGB."""
    if picture.mode not in ("L", "CMYK"):
        return None
    areas = picture.reduce(_MEASURED)
    return round(_most(ImageChops.invert(areas) if picture.mode == "L" else _sum(areas)) * 100 / FULL)


def ink_of_jpeg(data: bytes, is_turned_over: bool = True) -> int | None:  # noqa: FBT001, FBT002 - by place, as a callable
    """The same for a JPEG in a finished file; None also for bytes that are not a picture.

    A PDF says whether the values of a CMYK JPEG are light or ink. Pillow reads all of them as light, as most programs
    write them, and inverts them.
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return ink_on(picture if is_turned_over or picture.mode != "CMYK" else ImageChops.invert(picture))
    except (OSError, ValueError, SyntaxError):
        return None


# ---- separation


def _is_colourless(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    return all(_most(ImageChops.difference(green, other)) <= _COLOURLESS for other in (red, blue))


def _reprinted(picture: Image.Image, profile: Profile, carried: bytes) -> Image.Image:
    """A picture in CMYK, converted from its own printing condition to the profile’s."""
    if not carried or carried == profile.data:
        return picture
    try:
        return ImageCms.applyTransform(picture, _transform(carried, "CMYK", profile.data)) or picture
    except UNFIT:
        return picture


@functools.lru_cache(8)
def _transform(source: bytes, mode: str, target: bytes) -> ImageCms.ImageCmsTransform:
    """A conversion to inks from the colours of a profile, or from sRGB if `source` is empty."""
    one, other = (ImageCms.ImageCmsProfile(io.BytesIO(data)) for data in (source or srgb(), target))
    return ImageCms.buildTransform(one, other, mode, "CMYK", _INTENT, _FLAGS)


@functools.lru_cache(8)
def _lattice(profile: Profile, carried: bytes) -> ImageFilter.Color3DLUT:
    """A lattice of evenly spaced colours with their inks, none over the limit; Pillow interpolates between them."""
    sides = [round(FULL * n / (_STEPS - 1)) for n in range(_STEPS)]
    colours = bytes(itertools.chain(*((red, green, blue) for blue, green, red in itertools.product(sides, repeat=3))))
    nodes = Image.frombytes("RGB", (_STEPS**3, 1), colours)
    inks = ImageCms.applyTransform(nodes, _transform(carried, "RGB", profile.data))
    assert inks is not None
    limit = profile.ink and profile.ink - _ROUNDING
    table = [part / FULL for part in _within(inks, limit).tobytes()]
    return ImageFilter.Color3DLUT(_STEPS, table, channels=4, target_mode="CMYK", _copy_table=False)


@functools.lru_cache(8)
def _greys(profile: Profile) -> list[int]:
    """For each grey of sRGB, the value at which black ink alone looks as light on this paper as the grey on a screen.

    The range of light is fitted to the paper’s, from full black to white (black point compensation).
    """
    blacks = Image.frombytes("CMYK", (FULL + 1, 1), bytes(itertools.chain(*((0, 0, 0, n) for n in range(FULL + 1)))))
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile.data))
    lab = ImageCms.buildTransform(source, ImageCms.createProfile("LAB"), "CMYK", "LAB", _INTENT)
    measured = ImageCms.applyTransform(blacks, lab)
    assert measured is not None
    lights = [_light(lightness / FULL) for lightness in measured.getchannel("L").tobytes()]
    white, deepest = lights[0], lights[-1]
    wanted = (deepest + (white - deepest) * _linear(grey / FULL) for grey in range(FULL + 1))
    inner = [FULL - min(range(FULL + 1), key=lambda n: abs(lights[n] - light)) for light in wanted]
    return [0, *inner[1:-1], FULL]


def _light(lightness: float) -> float:
    """The light (CIE Y) of a lightness (L*), both from 0 to 1 (ISO 11664-4)."""
    return ((lightness * 100 + 16) / 116) ** 3 if lightness > 0.08 else lightness / 9.033


def _linear(value: float) -> float:
    """The linear light of a value of sRGB, both from 0 to 1 (IEC 61966-2-1)."""
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _most(band: Image.Image) -> int:
    """The highest value in a picture with one channel."""
    (_, most) = band.getextrema()
    assert isinstance(most, int)
    return most


def _sum(inks: Image.Image) -> Image.Image:
    """The sum of all inks on each pixel; 255 is one full plate."""
    cyan, magenta, yellow, black = inks.split()
    total: Image.Image = ImageMath.lambda_eval(
        lambda of: of["c"] + of["m"] + of["y"] + of["k"], c=cyan, m=magenta, y=yellow, k=black
    )
    return total


def _within(inks: Image.Image, limit: int | None) -> Image.Image:
    """A picture in inks with no pixel over the limit, in percent of one plate."""
    if limit is None:
        return inks
    held, most = inks.copy(), limit * FULL // 100
    for top in range(0, inks.height, _ROWS):
        box = (0, top, inks.width, min(inks.height, top + _ROWS))
        rows = inks.crop(box)
        if _most(_sum(rows)) > most:
            held.paste(_lowered(rows, most), box)
    return held


def _lowered(inks: Image.Image, most: int) -> Image.Image:
    """A picture in inks with at most `most` on each pixel (255 is one full plate).

    First, grey made of cyan, magenta and yellow is replaced: every four steps of each by one step of black. What is
    still too much is taken from the three inks evenly.
    """
    cyan, magenta, yellow, black = inks.split()

    def exchanged(of: Mapping[str, Any]) -> Any:
        grey = of["min"](of["min"](of["c"], of["m"]), of["y"])
        over = of["max"](of["c"] + of["m"] + of["y"] + of["k"] - most, 0)
        return of["min"](of["min"](over * 4 / 11 + 1, grey), (FULL - of["k"]) * 4) * (over > 0)

    less = ImageMath.lambda_eval(exchanged, c=cyan, m=magenta, y=yellow, k=black)
    black = ImageMath.lambda_eval(lambda of: of["convert"](of["k"] + of["less"] / 4, "L"), k=black, less=less)
    total = ImageMath.lambda_eval(
        lambda of: of["c"] + of["m"] + of["y"] - of["less"] * 3, c=cyan, m=magenta, y=yellow, less=less
    )

    def lowered(of: Mapping[str, Any]) -> Any:
        one, room = of["one"] - of["less"], of["max"](most - of["k"], 0)
        return of["convert"](of["min"](one, one * room / of["max"](of["total"], 1)), "L")

    three = (ImageMath.lambda_eval(lowered, one=n, less=less, k=black, total=total) for n in (cyan, magenta, yellow))
    return Image.merge("CMYK", (*three, black))
