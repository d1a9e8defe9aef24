"""Renditions: photographs at the size and in the colours that one edition needs, each made once and cached.

A rendition's name is a digest of all that it depends on (the file's bytes, crop and blur, recipe, rights, Pillow's
version), so that a cached one is never out of date and unchanged sources give the same products. Beside it lies a
receipt with its checksum: a damaged rendition is made again. A rendition holds its rights and no other metadata: no
place, no serial number, no thumbnail. One decode of a file serves all editions: whoever needs a rendition that is not
there says what the others will need, and those are made and kept with it.
"""

from __future__ import annotations

import functools
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

import PIL

from pressroom.keeping import kept, store
from pressroom.photographs import drawings
from pressroom.photographs.album import Photograph
from pressroom.photographs.darkroom import Recipe, develop_each, encode, on_paper, size_of
from pressroom.photographs.drawing_renderer import RenderError
from pressroom.photographs.drawn_photographs import photographs_in_inks
from pressroom.photographs.formats import side_by_side
from pressroom.photographs.plain_drawings import as_picture, for_pages, for_screens
from pressroom.photographs.probing import unrendered
from pressroom.photographs.rights import packet
from pressroom.photographs.separation import in_inks, ink_on
from pressroom.publication import Focus, slug_of

_VERSION = 9
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
    framed: tuple[int, int] | None = None
    """Width and height in px of the photograph that it was made of, cropped; None for those of the rendition."""

    @property
    def frame(self) -> tuple[int, int]:
        """Width and height in px of its frame: the same in every edition, whatever the number of its pixels."""
        return self.framed or (self.width, self.height)


def render_all(
    photographs: Mapping[str, Photograph],
    recipes: Mapping[str, Recipe],
    cache: Path,
    step: Callable[[], None] = lambda: None,
    others: Mapping[str, Sequence[Recipe]] | None = None,
) -> Mapping[str, Rendition]:
    """Renditions for figures by their ids; `step` is called after each. Raises UnusableError.

    Where one has to be made, the recipes of `others` for the same figures are made from the same decode, and kept.
    """
    shown: dict[object, list[str]] = defaultdict(list)  # by one figure or several
    for id in recipes:
        if photograph := photographs.get(id):
            shown[photograph.file, photograph.crop_and_blur].append(id)

    def make(figures: list[str]) -> list[tuple[str, Rendition]]:
        wanted = [_Print(photographs[id], recipes[id]) for id in figures]
        more = (_Print(photographs[id], recipe) for id in figures for recipe in (others or {}).get(id, ()))
        made = list(zip(figures, _kept_or_made(wanted, more, cache), strict=True))
        for _ in made:
            step()
        return made

    made = dict(pair for each in side_by_side(make, shown.values()) for pair in each)
    return {id: made[id] for id in recipes if id in made}


def render(photograph: Photograph, recipe: Recipe, cache: Path) -> Rendition:
    """The rendition of a photograph by a recipe, from the cache if it is there and whole. Raises UnusableError."""
    return _kept_or_made([_Print(photograph, recipe)], (), cache)[0]


@dataclass(frozen=True)
class _Print:
    """A photograph, and a recipe by which it is to be made."""

    photograph: Photograph
    recipe: Recipe

    @functools.cached_property
    def xmp(self) -> bytes:
        """The packet of metadata that goes out with it."""
        return packet(self.photograph.rights)

    @functools.cached_property
    def stem(self) -> str:
        """The file name of its rendition without the suffix: it names all that the rendition depends on."""
        one = self.photograph
        if one.kind == "photograph":
            how: tuple[object, ...] = (astuple(one.crop_and_blur), *_recipe_key(self.recipe), self.xmp)
        else:
            how = _drawing_key(self.recipe) if one.drawing.is_rendered else ()
        made_of = repr((one.digest, how, PIL.__version__, _VERSION))
        return f"{slug_of(one.file.stem, 40) or 'picture'}-{hashlib.sha256(made_of.encode()).hexdigest()[:12]}"

    def rendition(self, receipt: Mapping[str, Any], cache: Path) -> Rendition:
        """Its rendition, after the receipt of the stored file."""
        one, name = self.photograph, receipt["name"]
        is_drawing = one.kind == "drawing"
        size = (one.width, one.height) if is_drawing else size_of(one.crop_and_blur.window, self.recipe)
        return Rendition(
            name,
            TYPES[Path(name).suffix],
            cache / name,
            *size,
            one.focus,
            receipt["ink"],
            framed=(one.width, one.height),
        )


def _recipe_key(recipe: Recipe) -> tuple[object, ...]:
    """The values of a recipe that a rendition depends on: of a profile, its digest and its ink limit."""
    press = recipe.press
    return recipe.width, recipe.height, recipe.quality, None, press and (press.digest, press.ink)


def _drawing_key(recipe: Recipe) -> tuple[object, ...]:
    """The values of a recipe that the rendition of a drawing depends on, which is not plain."""
    how, press = recipe.drawing, recipe.press
    if how is None:
        return ()
    fonts = how.fonts
    named = (fonts.serif, fonts.sans, sorted(fonts.families), sorted(fonts.on_pages), *map(_digest, fonts.files))
    return how.on_pages, how.width, press and (press.digest, press.ink), recipe.quality, named


@functools.cache
def _digest(font: Path) -> str:
    return hashlib.sha256(font.read_bytes()).hexdigest()


def _kept_or_made(wanted: Sequence[_Print], more: Iterable[_Print], cache: Path) -> list[Rendition]:
    """Renditions of one picture file, from the cache if all are there and whole. Else `more` are made with them."""
    receipts = _kept(wanted, cache)
    if any(each.stem not in receipts for each in wanted):
        prints = {each.stem: each for each in (*wanted, *more)}
        receipts = _kept(prints.values(), cache)
        missing = [each for stem, each in prints.items() if stem not in receipts]
        receipts |= _made(missing, cache) if missing else {}  # a figure of the same file may have made them meanwhile
    return [each.rendition(receipts[each.stem], cache) for each in wanted]


def _kept(prints: Iterable[_Print], cache: Path) -> dict[str, dict[str, Any]]:
    """The receipts of those whose rendition is there and whole, by their stems."""
    found = {each.stem: kept(cache, each.stem) for each in prints}
    return {stem: receipt for stem, receipt in found.items() if receipt is not None}


def _made(prints: Sequence[_Print], cache: Path) -> dict[str, dict[str, Any]]:
    """Make and store the renditions of one picture file, and return their receipts by their stems."""
    one = prints[0].photograph
    if one.kind == "drawing":
        return {each.stem: _drawn(each, cache) for each in {each.stem: each for each in prints}.values()}
    by_recipe: dict[Recipe, list[_Print]] = defaultdict(list)
    for each in prints:
        by_recipe[each.recipe].append(each)  # several, where figures give one picture different credits
    receipts = {}
    for recipe, picture in develop_each(one.file, one.crop_and_blur, by_recipe):
        ink = ink_on(picture) if recipe.press else None
        for each in by_recipe[recipe]:
            receipts[each.stem] = store(cache, each.stem, *encode(picture, recipe, each.xmp), ink=ink)
    return receipts


def _drawn(one: _Print, cache: Path) -> dict[str, Any]:
    """Draw and store a drawing as its edition shows it, and return the receipt."""
    photograph, how = one.photograph, one.recipe.drawing
    data = drawings.clean(photograph.file.read_bytes()).data
    if how is None or not photograph.drawing.is_rendered:
        return store(cache, one.stem, data, ".svg", ink=None)
    press = one.recipe.press
    try:
        if not how.on_pages:
            return store(cache, one.stem, for_screens(data, how.fonts, photograph.drawing), ".svg", ink=None)
        plain, effects = for_pages(data, how.fonts, photograph.drawing)
        if not effects:
            shown, ink = photographs_in_inks(plain, press) if press else (plain, None)
            return store(cache, one.stem, shown, ".svg", ink=ink)
        picture = as_picture(data, how, photograph.ratio)
    except RenderError as fault:
        raise unrendered(photograph.file.name, fault) from None
    if press is None:
        return store(cache, one.stem, picture, ".png", ink=None)
    separated = in_inks(on_paper(picture), press, b"")
    return store(cache, one.stem, *encode(separated, one.recipe, b""), ink=ink_on(separated))
