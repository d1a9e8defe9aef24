"""Inks: pictures and single colours as a press prints them, in the four inks of a profile and within what it bears.

From RGB, colours go through a lattice of the profile's own answers, each of them brought within the limit: what lies
between is a mean of those, so no pixel can hold more. What has no colour is printed in black alone.
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
"""Of the lattice, on each of its three sides."""
_ROUNDING = 1
"""Percent that four inks gain at most when a mean of each is rounded."""
_COLOURLESS = 4
"""Of 255: a picture whose channels differ by no more is grey that somebody saved as RGB."""
_MEASURED = 4
"""Ink is measured on squares of so many pixels, a third of a millimetre at 300 ppi: a press feels areas. The Ghent
Workgroup takes 15 mm², on which a dark detail would not count.
"""
_ROWS = 256
"""That are looked at together: sums take four times the memory of a picture."""
FULL = 255


def in_inks(picture: Image.Image, profile: Profile, carried: bytes = b"") -> Image.Image:
    """A picture in RGB, grey or CMYK as inks: in CMYK, or in grey, which is black alone.

    `carried` is the profile that comes with it; without one RGB is sRGB, and CMYK is kept, within the limit.
    """
    if picture.mode == "CMYK":
        return _within(_reprinted(picture, profile, carried), profile.ink)
    if picture.mode == "L" or _is_colourless(picture):
        grey = in_srgb(picture, carried)
        return (grey if grey.mode == "L" else grey.getchannel("G")).point(_greys(profile))
    try:
        return picture.filter(_lattice(profile, carried))
    except UNFIT:  # a damaged profile, or one for other colours, is passed over
        return picture.filter(_lattice(profile, b""))


def ink_of(rgb: tuple[float, float, float], profile: Profile) -> tuple[float, float, float, float]:
    """The inks of one colour in sRGB; all parts from 0 to 1. A grey is printed in black alone."""
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
    """The most ink that a picture puts on one spot, in percent of one plate; None of one that is not in inks."""
    if picture.mode not in ("L", "CMYK"):
        return None
    areas = picture.reduce(_MEASURED)
    return round(_most(ImageChops.invert(areas) if picture.mode == "L" else _sum(areas)) * 100 / FULL)


def ink_of_jpeg(data: bytes, is_turned_over: bool = True) -> int | None:  # noqa: FBT001, FBT002 - by place, as a callable
    """The same of a picture in a finished file, from its bytes; None also where they are no picture.

    Files say whether the numbers of a JPEG are light or ink; Pillow takes all of them for light, as most programs write
    them, and turns them over.
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return ink_on(picture if is_turned_over or picture.mode != "CMYK" else ImageChops.invert(picture))
    except (OSError, ValueError, SyntaxError):
        return None


# ---- how


def _is_colourless(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    return all(_most(ImageChops.difference(green, other)) <= _COLOURLESS for other in (red, blue))


def _reprinted(picture: Image.Image, profile: Profile, carried: bytes) -> Image.Image:
    """A picture in inks of one printing condition, in those of another."""
    if not carried or carried == profile.data:
        return picture
    try:
        return ImageCms.applyTransform(picture, _transform(carried, "CMYK", profile.data)) or picture
    except UNFIT:
        return picture


@functools.lru_cache(8)
def _transform(source: bytes, mode: str, target: bytes) -> ImageCms.ImageCmsTransform:
    """From the colours of a profile, or sRGB, to inks."""
    one, other = (ImageCms.ImageCmsProfile(io.BytesIO(data)) for data in (source or srgb(), target))
    return ImageCms.buildTransform(one, other, mode, "CMYK", _INTENT, _FLAGS)


@functools.lru_cache(8)
def _lattice(profile: Profile, carried: bytes) -> ImageFilter.Color3DLUT:
    """Inks for colours that lie evenly through a space, none over the limit; Pillow takes means between them."""
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
    """What a grey of sRGB becomes when black alone prints it, as light on this paper as the grey is on a screen.

    Light is brought into the paper's range evenly, from full black to white: black point compensation.
    """
    blacks = Image.frombytes("CMYK", (FULL + 1, 1), bytes(itertools.chain(*((0, 0, 0, n) for n in range(FULL + 1)))))
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile.data))
    lab = ImageCms.buildTransform(source, ImageCms.createProfile("LAB"), "CMYK", "LAB", _INTENT)
    seen = ImageCms.applyTransform(blacks, lab)
    assert seen is not None
    lights = [_light(lightness / FULL) for lightness in seen.getchannel("L").tobytes()]
    white, deepest = lights[0], lights[-1]
    wanted = (deepest + (white - deepest) * _shown(grey / FULL) for grey in range(FULL + 1))
    inner = [FULL - min(range(FULL + 1), key=lambda n: abs(lights[n] - light)) for light in wanted]
    return [0, *inner[1:-1], FULL]


def _light(lightness: float) -> float:
    """The light (CIE Y) of a lightness (L*), both from 0 to 1 (ISO 11664-4)."""
    return ((lightness * 100 + 16) / 116) ** 3 if lightness > 0.08 else lightness / 9.033


def _shown(value: float) -> float:
    """The light of a value of sRGB (IEC 61966-2-1)."""
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _most(band: Image.Image) -> int:
    """The highest value of a picture of one channel."""
    (_, most) = band.getextrema()
    assert isinstance(most, int)
    return most


def _sum(inks: Image.Image) -> Image.Image:
    """All the ink on each pixel, of 255 for one plate."""
    cyan, magenta, yellow, black = inks.split()
    total: Image.Image = ImageMath.lambda_eval(
        lambda of: of["c"] + of["m"] + of["y"] + of["k"], c=cyan, m=magenta, y=yellow, k=black
    )
    return total


def _within(inks: Image.Image, limit: int | None) -> Image.Image:
    """Inks of which no pixel holds more than the limit, in percent."""
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
    """Inks with no more than so much on a pixel: grey that cyan, magenta and yellow make is taken out, and for every
    four steps of each one of black put in; what is still too much is taken from the three evenly.
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
