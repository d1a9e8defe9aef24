"""The darkroom: develops a photograph’s file into the pixels that an edition shows: upright, cropped, and in sRGB, grey
or inks.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageFilter, PngImagePlugin

from pressroom.photographs.formats import convertible, decode, decode_smaller, opened, orientation_of, reduction_of
from pressroom.photographs.plain_drawings import DrawingRecipe
from pressroom.photographs.profiles import Profile
from pressroom.photographs.separation import in_inks
from pressroom.photographs.srgb import in_srgb, profile_of
from pressroom.photographs.tiffs import UPRIGHT
from pressroom.publication import Window

_PAPER_WHITE = (255, 255, 255)
_GRAIN = 2
"""Patches across the shorter side of a blurred region: too few to recover a face or a number plate from."""
_SHARPEN = ImageFilter.Kernel((3, 3), (-1, -2, -1, -2, 32, -2, -1, -2, -1), scale=20)
"""Restores the crispness that a reduction takes away; four times as fast as an unsharp mask of the same effect."""
_DRAFT = 1.75
"""A JPEG is decoded at this many times the wanted size or more: faster than in full, and still reduced cleanly."""
_LEAST_DECODED = 1600
"""A JPEG is decoded as for a picture of this longest side, in pixels, even if a smaller one is wanted: so the decode
that an ebook needs serves a screen and most pages, too. Decoding fewer pixels would be hardly faster.
"""
_GAP = 2.0
"""A picture is averaged to this many times the wanted size or more before it is resampled, which is slow."""
_FEW_COLOURS = 64
"""A picture with no more colours than this is a drawing, not a photograph."""
_FLAT_TONES, _FLAT_SHARE = 4, 0.6
"""A picture is a drawing (line art, a scan of print) if its commonest tones cover more than this share of it."""
_FLAT_QUALITY = 98
"""The JPEG quality at which edges have no halo."""
_SHARPEN_BELOW = 0.95
"""A picture is sharpened if it is reduced to less than this share of its width."""


@dataclass(frozen=True)
class Recipe:
    """What an edition needs of a picture: its largest size in pixels, and the least quality of a JPEG."""

    width: int
    height: int
    quality: int = 85
    press: Profile | None = None
    """The printing condition for which the picture is separated into inks; without one it stays in sRGB."""
    drawing: DrawingRecipe | None = None
    """How a drawing is shown; without it, as it is written."""


@dataclass(frozen=True)
class CropAndBlur:
    """The part of an upright picture that is shown and the regions that are blurred, in pixels of the whole picture."""

    width: int
    """Width of the whole picture, in pixels."""
    height: int
    window: Window
    blurred: tuple[Window, ...] = ()
    """Regions in which nobody must be recognised."""


def size_of(window: Window, recipe: Recipe) -> tuple[int, int]:
    """The size in pixels of a window that is developed by a recipe, which never enlarges it."""
    width, height = window[2] - window[0], window[3] - window[1]
    scale = min(1.0, recipe.width / width, recipe.height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def develop(file: Path, crop_and_blur: CropAndBlur, recipe: Recipe) -> Image.Image:
    """Develop a picture: upright, cropped, blurred, reduced, on white, in sRGB, grey or inks. Raises UnusableError."""
    [(_, picture)] = develop_each(file, crop_and_blur, [recipe])
    return picture


def develop_each(
    file: Path, crop_and_blur: CropAndBlur, recipes: Iterable[Recipe]
) -> Iterator[tuple[Recipe, Image.Image]]:
    """Develop a picture by each of some recipes, in any order. Raises UnusableError.

    A file is decoded once for all recipes that need it at the same scale. The scale follows from the file and the
    recipe, so that a recipe gives the same pixels alone and with others.
    """
    waiting = list(recipes)
    while waiting:
        sizes = {recipe: size_of(crop_and_blur.window, recipe) for recipe in waiting}
        reduced, profile = _reduced(file, crop_and_blur, list(sizes.values()))
        for recipe in (recipe for recipe in waiting if sizes[recipe] in reduced):
            picture = reduced[sizes[recipe]]
            yield recipe, in_inks(picture, recipe.press, profile) if recipe.press else in_srgb(picture, profile)
        waiting = [recipe for recipe in waiting if sizes[recipe] not in reduced]


def _reduced(
    file: Path, crop_and_blur: CropAndBlur, sizes: list[tuple[int, int]]
) -> tuple[dict[tuple[int, int], Image.Image], bytes]:
    """A picture in the first of some sizes and those for which it is decoded alike, sharpened; its embedded profile."""
    with opened(file) as picture:
        turn = UPRIGHT.get(orientation_of(picture))
        profile = profile_of(picture)
        times = {size: reduction_of(picture, _share_decoded(size, crop_and_blur.window)) for size in sizes}
        decode_smaller(picture, times[sizes[0]])
        decode(picture)  # some decoders turn a picture upright: only now is its size known
        plain = _flattened(picture)
        framed = _framed(plain if turn is None else plain.transpose(turn), crop_and_blur)
        return {size: _resized(framed, size) for size in times if times[size] == times[sizes[0]]}, profile


def _share_decoded(size: tuple[int, int], window: Window) -> float:
    """The share of a file's width that must be decoded for a window in this size."""
    width, height = window[2] - window[0], window[3] - window[1]
    return max(size[0] / width, _LEAST_DECODED / max(width, height)) * _DRAFT


def _resized(framed: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A picture in another size, sharpened if that is smaller. It is not in inks yet: sharpening would add ink."""
    resized = framed.resize(size, Image.Resampling.LANCZOS, reducing_gap=_GAP)
    return resized.filter(_SHARPEN) if size[0] < framed.width * _SHARPEN_BELOW else resized


def _flattened(picture: Image.Image) -> Image.Image:
    """The picture without transparency or palette, in RGB, grey or CMYK of 8 bits."""
    picture = convertible(picture)
    if picture.has_transparency_data:
        grey = picture.mode in ("L", "LA", "La")
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, (*_PAPER_WHITE, 255))
        return Image.alpha_composite(paper, layer).convert("L" if grey else "RGB")
    if picture.mode in ("RGB", "L", "CMYK"):
        return picture
    return picture.convert("L" if picture.mode == "1" else "RGB")


def on_paper(data: bytes) -> Image.Image:
    """A picture in a file’s bytes, without transparency, on white paper."""
    with Image.open(io.BytesIO(data)) as picture:
        return _flattened(picture)


def _framed(picture: Image.Image, crop_and_blur: CropAndBlur) -> Image.Image:
    """The window of a picture that may have been decoded smaller, with its regions blurred."""
    across, down = picture.width / crop_and_blur.width, picture.height / crop_and_blur.height
    rim = 0 if across == 1 else 1  # pixels of a picture decoded smaller overlap the region’s edges
    for left, top, right, bottom in crop_and_blur.blurred:
        corner = max(0, math.floor(left * across) - rim), max(0, math.floor(top * down) - rim)
        far = math.ceil(right * across) + rim, math.ceil(bottom * down) + rim
        _hide(picture, (*corner, min(picture.width, far[0]), min(picture.height, far[1])))
    if crop_and_blur.window == (0, 0, crop_and_blur.width, crop_and_blur.height):
        return picture
    left, top, right, bottom = crop_and_blur.window
    box = round(left * across), round(top * down), round(right * across), round(bottom * down)
    return picture.crop((box[0], box[1], max(box[0] + 1, box[2]), max(box[1] + 1, box[3])))


def _hide(picture: Image.Image, window: Window) -> None:
    part = picture.crop(window)
    shorter = min(part.size) / _GRAIN
    grain = [max(1, min(2 * _GRAIN, round(side / shorter))) for side in part.size]
    patches = part.resize((grain[0], grain[1]), Image.Resampling.BOX)
    picture.paste(patches.resize(part.size, Image.Resampling.BICUBIC), window[:2])


def encode(picture: Image.Image, recipe: Recipe, xmp: bytes) -> tuple[bytes, str]:
    """A picture as a file, with its suffix: a PNG for drawings of few colours, whose lines stay sharp, else a JPEG.

    PNG has no CMYK, so that a drawing in inks becomes a JPEG of a quality that shows no artefacts.
    """
    is_flat = _is_flat(picture)
    if is_flat and picture.mode != "CMYK":
        text = PngImagePlugin.PngInfo()
        if xmp:
            text.add_itxt("XML:com.adobe.xmp", xmp.decode())
        return _written(picture, "PNG", optimize=True, pnginfo=text), ".png"
    return jpeg(picture, max(recipe.quality, _FLAT_QUALITY) if is_flat else recipe.quality, xmp), ".jpg"


def jpeg(picture: Image.Image, quality: int, xmp: bytes, subsampling: str = "4:4:4") -> bytes:
    """A picture as a JPEG, as small as this quality allows."""
    options: dict[str, Any] = {"quality": quality, "subsampling": subsampling} | ({"xmp": xmp} if xmp else {})
    try:
        return _written(picture, "JPEG", optimize=True, **options)
    except OSError:  # a grainy picture needs more bytes than Pillow reserves for an optimised file
        return _written(picture, "JPEG", **options)


def _written(picture: Image.Image, form: str, **options: Any) -> bytes:
    """A picture as a file of pixels, with no metadata but what `options` name.

    Pillow keeps the source’s comment and profile in `info`, and would write them again.
    """
    picture.info = {}
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def _is_flat(picture: Image.Image) -> bool:
    """Whether a picture is a drawing rather than a photograph: it has few colours, or a few cover most of it.

    Up to 256 colours are counted, since a grey photograph has as many.
    """
    colours = picture.getcolors(256) or []
    tones = sorted((count for count, _ in colours), reverse=True)
    share = sum(tones[:_FLAT_TONES]) / (picture.width * picture.height)
    return 0 < len(colours) <= _FEW_COLOURS or share > _FLAT_SHARE
