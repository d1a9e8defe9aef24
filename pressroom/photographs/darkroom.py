"""The darkroom: from a photograph's file to the pixels that an edition shows. Upright, framed, in its
colours: sRGB, grey or inks.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageFilter, PngImagePlugin

from pressroom.photographs.formats import UPRIGHT, convertible, decode_smaller, opened, orientation_of
from pressroom.photographs.profiles import Profile
from pressroom.photographs.separation import in_inks
from pressroom.photographs.srgb import in_srgb, profile_of
from pressroom.publication import Window

_PAPER_WHITE = (255, 255, 255)
_GRAIN = 2
"""Patches across the shorter side of what is hidden: so few that no face or plate can be brought back from them."""
_SHARPEN = ImageFilter.Kernel((3, 3), (-1, -2, -1, -2, 32, -2, -1, -2, -1), scale=20)
"""Gives back the crispness that a reduction takes; four times as fast as an unsharp mask that looks the same."""
_DRAFT = 1.75
"""A JPEG is decoded at this many times the size wanted, or more: that skips work, and the reduction stays clean."""
_FEW_COLOURS = 64
"""No photograph has so few."""
_FLAT_TONES, _FLAT_SHARE = 4, 0.6
"""A picture of which more than this share has only so many tones is a drawing: line art, a scan of print."""
_FLAT_QUALITY = 98
"""Of a JPEG in which edges have no halo."""
_SHARPEN_BELOW = 0.95
"""A picture reduced by less than this has lost nothing."""


@dataclass(frozen=True)
class Recipe:
    """What an edition needs: at most so many pixels, in JPEG of this quality or better."""

    width: int
    height: int
    quality: int = 85
    press: Profile | None = None
    """The printing condition for which it is separated; without one it is for light, in sRGB."""


@dataclass(frozen=True)
class CropAndBlur:
    """What is developed: the parts of the upright picture that are shown, and those that must not be recognised."""

    width: int
    """Of the whole picture, in pixels."""
    height: int
    window: Window
    blurred: tuple[Window, ...] = ()


def size_of(window: Window, recipe: Recipe) -> tuple[int, int]:
    """The size in pixels at which a window is made after a recipe. Never enlarged."""
    width, height = window[2] - window[0], window[3] - window[1]
    scale = min(1.0, recipe.width / width, recipe.height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def develop(file: Path, negative: CropAndBlur, recipe: Recipe) -> Image.Image:
    """The picture upright, framed, in sRGB, grey or inks, on white, at its size. Raises UnusableError."""
    size = size_of(negative.window, recipe)
    scale = size[0] / (negative.window[2] - negative.window[0])
    with opened(file) as picture:
        turn = UPRIGHT.get(orientation_of(picture))
        profile = profile_of(picture)
        decode_smaller(picture, picture.width * scale * _DRAFT, picture.height * scale * _DRAFT)
        picture.load()  # some decoders bring a picture upright: its size counts from here
        plain = _flattened(picture)
        framed = _framed(plain if turn is None else plain.transpose(turn), negative)
        before = framed.width
        finished = framed.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if size[0] < before * _SHARPEN_BELOW:
        finished = finished.filter(_SHARPEN)  # before the inks are limited, which it would raise again
    return in_inks(finished, recipe.press, profile) if recipe.press else in_srgb(finished, profile)


def _flattened(picture: Image.Image) -> Image.Image:
    """Without transparency, palette, or more than 8 bits: in RGB, grey or CMYK."""
    picture = convertible(picture)
    if picture.has_transparency_data:
        grey = picture.mode in ("L", "LA", "La")
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, (*_PAPER_WHITE, 255))
        return Image.alpha_composite(paper, layer).convert("L" if grey else "RGB")
    if picture.mode in ("RGB", "L", "CMYK"):
        return picture
    return picture.convert("L" if picture.mode in ("1", "F") else "RGB")


def _framed(picture: Image.Image, negative: CropAndBlur) -> Image.Image:
    """The window on a picture that may have been decoded smaller, with nothing in it that must not be seen."""
    across, down = picture.width / negative.width, picture.height / negative.height
    rim = 0 if across == 1 else 1  # pixels of a picture decoded smaller do not begin where those of the whole one do
    for left, top, right, bottom in negative.blurred:
        corner = max(0, math.floor(left * across) - rim), max(0, math.floor(top * down) - rim)
        far = math.ceil(right * across) + rim, math.ceil(bottom * down) + rim
        _hide(picture, (*corner, min(picture.width, far[0]), min(picture.height, far[1])))
    if negative.window == (0, 0, negative.width, negative.height):
        return picture
    left, top, right, bottom = negative.window
    box = round(left * across), round(top * down), round(right * across), round(bottom * down)
    return picture.crop((box[0], box[1], max(box[0] + 1, box[2]), max(box[1] + 1, box[3])))


def _hide(picture: Image.Image, window: Window) -> None:
    part = picture.crop(window)
    shorter = min(part.size) / _GRAIN
    grain = [max(1, min(2 * _GRAIN, round(side / shorter))) for side in part.size]
    patches = part.resize((grain[0], grain[1]), Image.Resampling.BOX)
    picture.paste(patches.resize(part.size, Image.Resampling.BICUBIC), window[:2])


def encode(picture: Image.Image, recipe: Recipe, xmp: bytes) -> tuple[bytes, str]:
    """A picture as a file, with its suffix: drawings of few colours as PNG, in which lines stay sharp; else JPEG.

    PNG knows no inks: a drawing in them becomes a JPEG in which nothing can be seen of that.
    """
    is_flat = _is_flat(picture)
    if is_flat and picture.mode != "CMYK":
        text = PngImagePlugin.PngInfo()
        if xmp:
            text.add_itxt("XML:com.adobe.xmp", xmp.decode())
        return _written(picture, "PNG", optimize=True, pnginfo=text), ".png"
    return jpeg(picture, max(recipe.quality, _FLAT_QUALITY) if is_flat else recipe.quality, xmp), ".jpg"


def jpeg(picture: Image.Image, quality: int, xmp: bytes, subsampling: str = "4:4:4") -> bytes:
    """A picture as a JPEG, as small as it can be had."""
    options: dict[str, Any] = {"quality": quality, "subsampling": subsampling} | ({"xmp": xmp} if xmp else {})
    try:
        return _written(picture, "JPEG", optimize=True, **options)
    except OSError:  # coarse grain needs more bytes than Pillow has set aside for a smaller file
        return _written(picture, "JPEG", **options)


def _written(picture: Image.Image, form: str, **options: Any) -> bytes:
    """The pixels of a picture as a file, and nothing else but what `options` name.

    Pillow would write the comment and the profile that came with the source file: it keeps them in `info`.
    """
    picture.info = {}
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def _is_flat(picture: Image.Image) -> bool:
    """Whether a picture is drawn rather than taken: few colours, or most of it in very few.

    A photograph in grey has no more than 256 colours either, even where it is stored as RGB.
    """
    colours = picture.getcolors(256) or []
    tones = sorted((count for count, _ in colours), reverse=True)
    share = sum(tones[:_FLAT_TONES]) / (picture.width * picture.height)
    return 0 < len(colours) <= _FEW_COLOURS or share > _FLAT_SHARE
