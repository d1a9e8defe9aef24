"""Cover pictures: a photograph cropped to the cover’s shape, with a veil where words need one.

In an ebook’s cover the words are part of the picture; in a PDF the page engine sets them. For both, this module decides
from the pixels behind the words where they stand, in which ink, and how strong the veil is.
"""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass, field, replace
from itertools import count
from math import gcd
from pathlib import Path

import PIL
from PIL import Image, ImageChops, ImageFilter, features

from pressroom.contrast import Rgb
from pressroom.keeping import kept, store
from pressroom.photographs.album import Photograph
from pressroom.photographs.darkroom import Recipe, develop, encode, jpeg
from pressroom.photographs.formats import refusing_truncated
from pressroom.photographs.legibility import BLACK, CoverInk, CoverPosition, Patch, Setting, choose, veil_colour
from pressroom.photographs.lettering import TypeLine, draw_lines
from pressroom.photographs.profiles import Profile
from pressroom.photographs.renditions import TYPES, Rendition
from pressroom.photographs.rights import packet
from pressroom.photographs.separation import in_inks, ink_on
from pressroom.publication import Framing, Window, slug_of

RelativeBox = tuple[float, float, float, float]
"""Left, top, right and bottom edge, as shares of a picture's width and height."""
SAMPLE = 2000
"""Pixels that are sampled behind each text."""
FADE = 0.22
"""The share of the picture’s height over which a veil fades out."""
MOST_BYTES = 1_000_000
"""The largest cover file of an ebook, in bytes, that every shop accepts."""
_SEEN, _STRONGEST_PART = 120, 20
"""Pixels across a picture in which its detail is measured; the part of them that counts: one in twenty."""
_VERSION = 4
"""Bump when output changes for the same recipe."""


@dataclass(frozen=True)
class WordsPlace:
    """One position in which the words can stand on the picture."""

    place: CoverPosition
    boxes: tuple[RelativeBox, ...]
    """The parts of the picture behind the words."""
    lines: tuple[TypeLine, ...] = ()
    """The words, where they become part of the picture."""
    rules: tuple[Window, ...] = ()
    """Rules that are drawn with the words, in pixels."""

    @property
    def top(self) -> float:
        """The upper edge of the words, as a share of the height."""
        return min(box[1] for box in self.boxes)

    @property
    def bottom(self) -> float:
        """The lower edge of the words, as a share of the height."""
        return max(box[3] for box in self.boxes)


@dataclass(frozen=True)
class CoverRecipe:
    """What a cover’s picture must be: its size in pixels, and the choices for its words."""

    width: int
    height: int
    quality: int
    places: tuple[WordsPlace, ...]
    """The positions to choose from."""
    inks: tuple[tuple[CoverInk, Rgb], ...]
    """The inks to choose from."""
    background: Rgb = BLACK
    """The colour behind the words where there is no photograph."""
    is_for_shops: bool = False
    """Whether shops show the file itself: then it is a JPEG of exactly this size, under a megabyte if possible."""
    press: Profile | None = None
    """The printing condition for which the picture is separated into inks; without one it stays in sRGB."""


@dataclass(frozen=True)
class CoverRendition(Rendition):
    """A cover’s picture, and how the words stand on it."""

    setting: Setting = field(default_factory=Setting)


def render_cover(photograph: Photograph | None, recipe: CoverRecipe, cache: Path) -> CoverRendition:
    """The cover picture of a recipe, from the cache if it is there and whole. Raises UnusableError, OSError."""
    xmp = packet(photograph.rights) if photograph else b""
    source = (photograph.digest, astuple(photograph.crop_and_blur), photograph.focus) if photograph else ()
    press = recipe.press and (recipe.press.digest, recipe.press.ink)
    made_of = repr(
        (source, astuple(_without_paths(recipe)), press, xmp, PIL.__version__, features.version("raqm"), _VERSION)
    )
    stem = slug_of(photograph.file.stem, 40) if photograph else ""
    stem = f"{stem or 'front'}-cover-{hashlib.sha256(made_of.encode()).hexdigest()[:12]}"
    receipt = kept(cache, stem)
    if receipt is None:
        with refusing_truncated():
            picture, setting = _made(photograph, recipe)
            picture = in_inks(picture, recipe.press) if recipe.press else picture
        ink = ink_on(picture) if recipe.press else None
        made = _encoded(picture, recipe, xmp)
        receipt = store(cache, stem, *made, setting=astuple(setting), size=picture.size, ink=ink)
    name, (width, height) = receipt["name"], receipt["size"]
    setting = Setting(*receipt["setting"])
    media_type = TYPES[Path(name).suffix]
    return CoverRendition(name, media_type, cache / name, width, height, ink=receipt["ink"], setting=setting)


def _without_paths(recipe: CoverRecipe) -> CoverRecipe:
    """A recipe with each font’s path replaced by the digest of its bytes: paths differ between machines."""

    def with_digest(line: TypeLine) -> TypeLine:
        return replace(line, font=Path(hashlib.sha256(line.font.read_bytes()).hexdigest()))

    places = tuple(replace(place, lines=tuple(map(with_digest, place.lines))) for place in recipe.places)
    return replace(recipe, places=places, press=None)


def _made(photograph: Photograph | None, recipe: CoverRecipe) -> tuple[Image.Image, Setting]:
    if photograph is None:
        picture = Image.new("RGB", (recipe.width, recipe.height), recipe.background)
        avoid = None
    else:
        picture, avoid = _cut(photograph, recipe)
    patches = {place.place: [_behind(picture, box) for box in place.boxes] for place in recipe.places}
    details = {place.place: _detail(picture, place) for place in recipe.places} if photograph else None
    setting = choose(patches, dict(recipe.inks), avoid, details)
    ink = dict(recipe.inks)[setting.ink]
    chosen = next(place for place in recipe.places if place.place == setting.place)
    if setting.veil:
        picture = _veiled(picture, chosen, setting, veil_colour(ink))
    if chosen.lines:
        draw_lines(picture, chosen.lines, ink)
    for rule in chosen.rules:
        picture.paste(ink, rule)
    return picture, setting


def _cut(photograph: Photograph, recipe: CoverRecipe) -> tuple[Image.Image, CoverPosition | None]:
    """The photograph cropped to the cover’s shape around its focus; and the position whose words would hide the focus.

    That is None where no position hides it, or all do. Only a picture that shops show is enlarged.
    """
    left, top, *_ = photograph.crop_and_blur.window
    framing = Framing(photograph.focus, aspect=recipe.width / recipe.height)
    inner = framing.window(photograph.width, photograph.height)
    window = (left + inner[0], top + inner[1], left + inner[2], top + inner[3])
    crop_and_blur = replace(photograph.crop_and_blur, window=window)
    picture = develop(photograph.file, crop_and_blur, Recipe(recipe.width, recipe.height)).convert("RGB")
    focus = framing.focus_in(inner, photograph.width, photograph.height).y / 100
    hiding = [place.place for place in recipe.places if place.top <= focus <= place.bottom]
    if recipe.is_for_shops:
        picture = picture.resize((recipe.width, recipe.height), Image.Resampling.LANCZOS)
    return picture, hiding[0] if len(hiding) == 1 else None


def _detail(picture: Image.Image, place: WordsPlace) -> float:
    """How much of a picture’s detail is behind the words, from 0 to 1: what stands out from its surroundings, at the
    size at which an eye sees things and not their texture. Only its strongest parts count: a boat on calm water does.
    """
    small = picture.convert("L").resize((_SEEN, max(1, round(_SEEN * picture.height / picture.width))))
    things, around = small.filter(ImageFilter.GaussianBlur(1)), small.filter(ImageFilter.GaussianBlur(6))
    stands_out = ImageChops.difference(things, around)
    left, right = min(box[0] for box in place.boxes), max(box[2] for box in place.boxes)
    edges = (left * small.width, place.top * small.height, right * small.width, place.bottom * small.height)
    box = tuple(map(round, edges))
    part = sorted(stands_out.crop((box[0], box[1], max(box[0] + 1, box[2]), max(box[1] + 1, box[3]))).tobytes())
    strongest = part[-max(1, len(part) // _STRONGEST_PART) :]
    return sum(strongest) / len(strongest) / 255


def _behind(picture: Image.Image, box: RelativeBox) -> Patch:
    """A sample of the colours in one box of a picture."""
    left, right = (round(share * picture.width) for share in (box[0], box[2]))
    top, bottom = (round(share * picture.height) for share in (box[1], box[3]))
    part = picture.crop((left, top, right, bottom))
    least = max(1, part.width * part.height // SAMPLE)
    step = 3 * next(
        n for n in count(least) if gcd(n, part.width) == 1
    )  # without a common divisor, the step visits every column
    pixels = part.tobytes()
    return list(zip(pixels[0::step], pixels[1::step], pixels[2::step], strict=True))


def _veiled(picture: Image.Image, place: WordsPlace, setting: Setting, colour: Rgb) -> Image.Image:
    """A picture under a veil of a colour: even behind the words, then fading out."""
    end = place.bottom if setting.place == "top" else 1 - place.top
    heights = (row / picture.height for row in range(picture.height))
    column = bytes(round(setting.veil * _fade((height - end) / FADE)) for height in heights)
    mask = Image.frombytes("L", (1, picture.height), column).resize(picture.size)
    if setting.place == "bottom":
        mask = mask.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    return Image.composite(Image.new("RGB", picture.size, colour), picture, mask)


def _fade(way: float) -> float:
    """The strength of a fading veil: from 1 to 0 while `way` goes from 0 to 1, slow at both ends (smoothstep)."""
    way = min(1.0, max(0.0, way))
    return 1 - way * way * (3 - 2 * way)


def _encoded(picture: Image.Image, recipe: CoverRecipe, xmp: bytes) -> tuple[bytes, str]:
    if not recipe.is_for_shops:
        return encode(picture, Recipe(recipe.width, recipe.height, recipe.quality), xmp)
    data = b""
    for quality, subsampling in ((92, "4:4:4"), (88, "4:4:4"), (85, "4:4:4"), (85, "4:2:0")):
        data = jpeg(picture, quality, xmp, subsampling)
        if len(data) <= MOST_BYTES:
            break
    return data, ".jpg"
