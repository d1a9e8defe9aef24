"""Renditions: a photograph at the size and in the colour that one edition needs, made once and kept.

A rendition's name is derived from what it is made of (the file's bytes, the recipe, Pillow's version), so that one that
is there is the right one, and unchanged sources give the same products. It carries no metadata: no place, no serial
number, no thumbnail.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from pathlib import Path

import PIL
from PIL import Image, ImageCms, ImageOps

from pressroom.photographs.album import FORMATS, Photograph
from pressroom.publication import slug_of

THREADS = 2
"""Pillow decodes outside the interpreter's lock; more pictures at once would only fill the memory."""
_PAPER_WHITE = (255, 255, 255)
_VERSION = 1
"""Raised when the same recipe gives another picture."""


@dataclass(frozen=True)
class Recipe:
    """What an edition needs: at most so many pixels, in JPEG of this quality."""

    width: int
    height: int
    quality: int = 85


@dataclass(frozen=True)
class Rendition:
    """A picture ready for an edition."""

    name: str
    """Its file name in the edition."""
    media_type: str
    path: Path
    """Where its bytes are; exporters read them only when they write."""
    width: int
    height: int


def render_all(
    photographs: Mapping[str, Photograph],
    recipes: Mapping[str, Recipe],
    cache: Path,
    step: Callable[[], None] = lambda: None,
) -> Mapping[str, Rendition]:
    """Renditions for figures by their ids, at most two pictures in memory at a time; `step` is called after each."""

    def one(id: str) -> tuple[str, Rendition]:
        rendition = render(photographs[id], recipes[id], cache)
        step()
        return id, rendition

    with ThreadPoolExecutor(THREADS) as pool:
        return dict(pool.map(one, _known(recipes, photographs)))


def _known(recipes: Iterable[str], photographs: Mapping[str, Photograph]) -> list[str]:
    return [id for id in recipes if id in photographs]


def render(photograph: Photograph, recipe: Recipe, cache: Path) -> Rendition:
    """The rendition of a photograph after a recipe, from the cache if it is there. Never enlarged."""
    stem = slug_of(photograph.file.stem, 40) or "picture"
    if photograph.kind == "drawing":
        name = f"{stem}-{photograph.digest[:8]}.svg"
        return Rendition(name, "image/svg+xml", photograph.file, photograph.width, photograph.height)
    key = repr((photograph.digest, astuple(recipe), PIL.__version__, _VERSION)).encode()
    name = f"{stem}-{hashlib.sha256(key).hexdigest()[:12]}"
    for suffix in (".jpg", ".png"):
        if (cache / f"{name}{suffix}").is_file():
            return _rendition(cache / f"{name}{suffix}")
    data, suffix = _encode(_develop(photograph, recipe), recipe)
    return _rendition(_keep(cache / f"{name}{suffix}", data))


def _rendition(path: Path) -> Rendition:
    with Image.open(path, formats=("JPEG", "PNG")) as picture:
        width, height = picture.size
    return Rendition(path.name, "image/png" if path.suffix == ".png" else "image/jpeg", path, width, height)


def _develop(photograph: Photograph, recipe: Recipe) -> Image.Image:
    """The picture upright, in sRGB or grey, on white, and no larger than the recipe asks."""
    scale = min(1.0, recipe.width / photograph.width, recipe.height / photograph.height)
    size = (max(1, round(photograph.width * scale)), max(1, round(photograph.height * scale)))
    with Image.open(photograph.file, formats=FORMATS) as opened:
        # Down to twice the size wanted: a JPEG decoder then skips work, and the reduction below stays clean.
        opened.draft(opened.mode, (round(opened.width * scale * 2), round(opened.height * scale * 2)))
        profile = opened.info.get("icc_profile")
        picture = ImageOps.exif_transpose(opened)
    picture = _in_srgb(_flattened(picture), profile)
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0) if picture.size != size else picture


def _flattened(picture: Image.Image) -> Image.Image:
    """Without transparency and without more than 8 bits."""
    if picture.mode.startswith("I"):  # 16 bits of grey, as TIFF and PNG hold it
        picture = picture.convert("I").point(lambda value: value * (1 / 256))
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, (*_PAPER_WHITE, 255))
        return Image.alpha_composite(paper, layer).convert("RGB")
    if picture.mode in ("RGB", "L", "CMYK"):
        return picture
    return picture.convert("L" if picture.mode.startswith(("1", "L", "I", "F")) else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Converted from the profile it brings; grey stays grey."""
    if profile and picture.mode != "L":
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
            intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
            converted = ImageCms.profileToProfile(picture, source, target, intent, "RGB", flags=flags)
        except (ImageCms.PyCMSError, OSError):
            converted = None  # a damaged profile, or one for other colours: the numbers as they are, as viewers do
        if converted is not None:
            return converted
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _encode(picture: Image.Image, recipe: Recipe) -> tuple[bytes, str]:
    """Drawings of few colours as PNG, in which lines stay sharp; all else as JPEG."""
    out = io.BytesIO()
    if picture.getcolors(256) is not None:
        picture.save(out, "PNG", optimize=True)
        return out.getvalue(), ".png"
    picture.save(out, "JPEG", quality=recipe.quality, optimize=True, subsampling="4:4:4")
    return out.getvalue(), ".jpg"


def _keep(path: Path, data: bytes) -> Path:
    """Written whole or not at all: another build may read the cache meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path
