"""Renditions: photographs at the size and in the colours that one edition needs, each made once and cached.

A rendition's name is a digest of all that it depends on (the file's bytes, crop and blur, recipe, rights, Pillow's
version), so that a cached one is never out of date and unchanged sources give the same products. Beside it lies a
receipt with its checksum: a damaged rendition is made again. A rendition holds its rights and no other metadata: no
place, no serial number, no thumbnail.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path

import PIL

from pressroom.keeping import kept, store
from pressroom.photographs import drawings
from pressroom.photographs.album import Photograph
from pressroom.photographs.darkroom import Recipe, develop, encode, size_of
from pressroom.photographs.formats import side_by_side
from pressroom.photographs.rights import packet
from pressroom.photographs.separation import ink_on
from pressroom.publication import Focus, slug_of

_VERSION = 5
"""Bump when output changes for the same recipe."""
TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml"}


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
    focus: Focus = field(default_factory=Focus)
    """The point that a further crop keeps in frame, in percent of the rendition."""
    ink: int | None = None
    """The most ink on one spot, in percent of one plate; None for a picture that is not separated."""


def render_all(
    photographs: Mapping[str, Photograph],
    recipes: Mapping[str, Recipe],
    cache: Path,
    step: Callable[[], None] = lambda: None,
) -> Mapping[str, Rendition]:
    """Renditions for figures by their ids; `step` is called after each. Raises UnusableError."""

    def one(id: str) -> tuple[str, Rendition]:
        rendition = render(photographs[id], recipes[id], cache)
        step()
        return id, rendition

    return dict(side_by_side(one, [id for id in recipes if id in photographs]))


def render(photograph: Photograph, recipe: Recipe, cache: Path) -> Rendition:
    """The rendition of a photograph by a recipe, from the cache if it is there and whole. Raises UnusableError."""
    xmp = packet(photograph.rights)
    how = (astuple(photograph.crop_and_blur), *_recipe_key(recipe), xmp) if photograph.kind == "photograph" else ()
    made_of = repr((photograph.digest, how, PIL.__version__, _VERSION))
    stem = slug_of(photograph.file.stem, 40) or "picture"
    stem += f"-{hashlib.sha256(made_of.encode()).hexdigest()[:12]}"
    receipt = kept(cache, stem)
    if receipt is None:
        data, suffix, ink = _made(photograph, recipe, xmp)
        receipt = store(cache, stem, data, suffix, ink=ink)
    name = receipt["name"]
    size = (photograph.width, photograph.height)
    width, height = size if photograph.kind == "drawing" else size_of(photograph.crop_and_blur.window, recipe)
    return Rendition(name, TYPES[Path(name).suffix], cache / name, width, height, photograph.focus, receipt["ink"])


def _recipe_key(recipe: Recipe) -> tuple[object, ...]:
    """The values of a recipe that a rendition depends on: of a profile, its digest and its ink limit."""
    press = recipe.press
    return *astuple(replace(recipe, press=None)), press and (press.digest, press.ink)


def _made(photograph: Photograph, recipe: Recipe, xmp: bytes) -> tuple[bytes, str, int | None]:
    """The bytes of a rendition, its file suffix, and the most ink on one spot."""
    if photograph.kind == "drawing":
        return drawings.clean(photograph.file.read_bytes()).data, ".svg", None
    picture = develop(photograph.file, photograph.crop_and_blur, recipe)
    return *encode(picture, recipe, xmp), ink_on(picture) if recipe.press else None
