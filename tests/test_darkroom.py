"""The darkroom: what an edition gets of a photograph, to the pixel, and what is kept of it for the next build."""

from __future__ import annotations

import functools
import itertools
import json
import multiprocessing
import os
import random
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from conftest import Publish, collect, picture, read
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageFile, ImageStat

from pressroom.photographs import (
    Album,
    PhotoFinder,
    Photograph,
    Recipe,
    Rendition,
    darkroom,
    gather,
    render,
    render_all,
    renditions,
)
from pressroom.photographs.darkroom import CropAndBlur, develop, develop_each
from pressroom.photographs.formats import AT_ONCE, UnusableError, reduction_of
from pressroom.photographs.formats import opened as opened_file
from pressroom.photographs.probing import probe_file
from pressroom.production.conductor import build, check
from pressroom.production.order import Order
from pressroom.publication import Framing, parse_region

pytestmark = pytest.mark.slow

LARGE = Recipe(9000, 9000, 95)
ORIENTATIONS = range(1, 9)
STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera that was held so stores what it sees."""
FINE: dict[str, dict[str, Any]] = {
    ".jpg": {"quality": 95, "subsampling": 0},
    ".png": {},
    ".tif": {},
    ".webp": {"lossless": True},
    ".avif": {"quality": 100, "subsampling": "4:4:4"},
    ".heic": {"quality": 100, "chroma": 444},
}
"""How each format is written with hardly a loss."""
QUADRANTS = {"0% 0%": "red", "50% 0%": "blue", "0% 50%": "green", "50% 50%": "white"}


def only(album: Album) -> Photograph:
    [photograph] = album.values()
    return photograph


def gathered(publication: Publish, file: str, image: Image.Image, attributes: str = "", **save: Any) -> Photograph:
    """A picture with these attributes, as the album has it."""
    root = publication({"book/a.md": f"![Alt]({file}){{{attributes}}}" if attributes else f"![Alt]({file})"})
    (root / "assets").mkdir()
    image.save(root / "assets" / file, **save)
    return only(collect(root)[0])


def photograph_of(publication: Publish, file: str, **how: Any) -> Photograph:
    """A picture made as `picture` makes it, as the album has it."""
    root = publication({"book/a.md": f"![Alt](<{file}>)"})
    picture(root / "assets" / file, **how)
    album, findings = collect(root)
    assert not findings
    return only(album)


def turned(publication: Publish, file: str, seen: Image.Image, orientation: int, attributes: str = "") -> Photograph:
    """A picture as a camera stores it that was held so."""
    if file.endswith(".heic"):
        pytest.importorskip("pillow_heif").register_heif_opener()
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = seen.transpose(STORED[orientation]) if orientation in STORED else seen
    return gathered(publication, file, stored, attributes, exif=exif.tobytes(), **FINE[Path(file).suffix])


def opened(rendition: Rendition) -> Image.Image:
    with Image.open(rendition.path) as image:
        image.load()
        assert image.size == (rendition.width, rendition.height)
        return image


def colour(image: Image.Image, x: int = 5, y: int = 5) -> tuple[int, ...]:
    value = image.convert("RGB").getpixel((x, y))
    assert isinstance(value, tuple)
    return tuple(int(part) for part in value)


def name_of(colour: tuple[int, ...]) -> str:
    names = {"red": (255, 0, 0), "blue": (0, 0, 255), "green": (0, 128, 0), "white": (255, 255, 255)}
    return min(names, key=lambda name: max(abs(a - b) for a, b in zip(colour, names[name], strict=True)))


@functools.cache
def quadrants(width: int, height: int) -> Image.Image:
    """Red and blue above, green and white below."""
    image, across, down = Image.new("RGB", (width, height), "white"), width // 2, height // 2
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, across - 1, down - 1), "red")
    draw.rectangle((across, 0, width, down - 1), "blue")
    draw.rectangle((0, down, across - 1, height), "green")
    return image


@pytest.fixture
def small_decodes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small JPEGs are decoded at a half, a quarter and an eighth, as large ones are."""
    monkeypatch.setattr(darkroom, "_LEAST_DECODED", 50)


# ---- sizes


def test_a_rendition_is_reduced_and_never_enlarged(publication: Publish, tmp_path: Path) -> None:
    found = photograph_of(publication, "a.jpg", width=600, height=400)
    sizes = {(300, 300): (300, 200), (100, 50): (75, 50), (9000, 9000): (600, 400)}
    for wanted, size in sizes.items():
        rendition = render(found, Recipe(*wanted), tmp_path)
        assert opened(rendition).size == size
        assert (rendition.media_type, rendition.path.suffix) == ("image/jpeg", ".jpg")


def test_a_part_of_a_photograph_is_not_enlarged_either(publication: Publish, tmp_path: Path) -> None:
    found = gathered(publication, "a.jpg", quadrants(600, 400), 'crop="0% 0% 50% 25%"')
    assert opened(render(found, LARGE, tmp_path)).size == (300, 100)
    assert opened(render(found, Recipe(90, 90), tmp_path)).size == (90, 30)


@pytest.mark.parametrize("size", [(1, 1), (2000, 2), (2, 2000), (20_000, 20)])
def test_the_smallest_and_the_longest_pictures_come_out(
    publication: Publish, tmp_path: Path, size: tuple[int, int]
) -> None:
    found = gathered(publication, "a.jpg", Image.new("RGB", size, "navy"))
    for most in (1, 10, 200):
        assert min(opened(render(found, Recipe(most, most), tmp_path)).size) >= 1


def test_quality_makes_the_difference(publication: Publish, tmp_path: Path) -> None:
    found = photograph_of(publication, "a.jpg", width=300, height=200)
    coarse, fine = (render(found, Recipe(300, 200, quality), tmp_path) for quality in (30, 95))
    assert coarse.path.stat().st_size < fine.path.stat().st_size


# ---- upright, and the part that is shown


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("suffix", FINE)
def test_a_photograph_is_upright_in_every_format(
    publication: Publish, tmp_path: Path, suffix: str, orientation: int
) -> None:
    found = turned(publication, f"a{suffix}", quadrants(96, 64), orientation)
    assert (found.width, found.height) == (96, 64)
    image = opened(render(found, LARGE, tmp_path))
    assert image.getexif().get(0x0112) is None
    corners = [name_of(colour(image, x, y)) for x, y in ((24, 16), (72, 16), (24, 48), (72, 48))]
    assert corners == ["red", "blue", "green", "white"]


def test_an_orientation_that_only_xmp_has_is_kept(publication: Publish, tmp_path: Path) -> None:
    told = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a tiff:Orientation="6"/></x:xmpmeta>'
    stored = quadrants(96, 64).transpose(STORED[6])
    for file, save in (("a.tif", {"tiffinfo": {700: told}}), ("a.jpg", {"xmp": told})):
        found = gathered(publication, file, stored, 'crop="50% 0% 50% 50%"', **save)
        assert name_of(colour(opened(render(found, LARGE, tmp_path)))) == "blue"


@pytest.mark.slow
@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize(
    ("file", "size", "recipe"),
    [
        ("a.jpg", (96, 64), LARGE),
        ("a.tif", (96, 64), LARGE),
        ("a.heic", (96, 64), LARGE),
        pytest.param("a.jpg", (1203, 805), Recipe(60, 60, 95), id="decoded smaller"),
    ],
)
@pytest.mark.usefixtures("small_decodes")
def test_a_crop_shows_exactly_its_part(
    publication: Publish, file: str, size: tuple[int, int], recipe: Recipe, orientation: int
) -> None:
    found = turned(publication, file, quadrants(*size), orientation)
    for corner, name in QUADRANTS.items():
        window = Framing(crop=parse_region(f"{corner} 50% 50%")).window(*size)
        image = develop(found.file, CropAndBlur(*size, window), recipe)
        inner = image.convert("RGB").crop((1, 1, image.width - 1, image.height - 1))
        assert {name_of(colour(inner, x, y)) for x in range(inner.width) for y in range(inner.height)} == {name}


def test_an_aspect_is_cut_around_the_focus(publication: Publish, tmp_path: Path) -> None:
    for focus, name in (("0% 50%", "red"), ("100% 50%", "blue")):
        framing = f'crop="0% 0% 100% 50%" aspect="1:1" focus="{focus}"'
        found = gathered(publication, "a.png", quadrants(400, 200), framing)
        assert opened(render(found, LARGE, tmp_path)).size == (100, 100)
        assert name_of(colour(opened(render(found, LARGE, tmp_path)), 50, 50)) == name


# ---- hidden


@functools.cache
def crowd(width: int, height: int) -> Image.Image:
    """A picture that is full of signs: black and white patches, as far apart as the strokes of a number plate."""
    signs = bytes(random.Random(1).choices((0, 255), k=(width // 8) * (height // 8)))
    return Image.frombytes("L", (width // 8, height // 8), signs).resize((width, height), 0).convert("RGB")


def contrast(image: Image.Image) -> float:
    """Standard deviation of the pixels, of 255."""
    return ImageStat.Stat(image.convert("L")).stddev[0]


HIDDEN = (0.25, 0.125, 0.75, 0.5)
"""Left, top, right and bottom edge of what is hidden, as parts of the sides."""
BLUR = 'blur="25% 12.5% 50% 37.5%"'


@pytest.mark.slow
@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize(
    ("file", "size", "recipe"),
    [
        ("a.jpg", (320, 240), LARGE),
        ("a.jpg", (323, 245), Recipe(200, 200, 95)),
        pytest.param("a.jpg", (1603, 1205), Recipe(200, 200, 95), id="decoded smaller"),
        ("a.tif", (320, 240), Recipe(200, 200, 95)),
        ("a.heic", (320, 240), Recipe(200, 200, 95)),
    ],
)
@pytest.mark.usefixtures("small_decodes")
def test_what_is_blurred_cannot_be_recognised_and_nothing_else_is_touched(
    publication: Publish, file: str, size: tuple[int, int], recipe: Recipe, orientation: int
) -> None:
    found = turned(publication, file, crowd(*size), orientation, BLUR)
    whole = CropAndBlur(*size, (0, 0, *size))
    shown, hidden = (develop(found.file, part, recipe) for part in (whole, found.crop_and_blur))
    left, top, right, bottom = (round(part * side) for part, side in zip(HIDDEN, shown.size * 2, strict=True))
    assert contrast(shown.crop((left, top, right, bottom))) > 70
    assert contrast(hidden.crop((left, top, right, bottom))) < 25
    around = ImageChops.difference(shown, hidden)
    around.paste((0, 0, 0), (left - 6, top - 6, right + 6, bottom + 6))
    assert around.getbbox() is None


def test_several_parts_are_blurred_and_a_crop_does_not_move_them(publication: Publish, tmp_path: Path) -> None:
    whole = gathered(publication, "a.png", crowd(400, 400), 'blur="0% 0% 25% 25%, 300 300 100 100"')
    part = gathered(publication, "a.png", crowd(400, 400), 'blur="75% 75% 25% 25%" crop="50% 50% 50% 50%"')
    made = opened(render(whole, LARGE, tmp_path))
    assert contrast(made.crop((0, 0, 100, 100))) < 30
    assert contrast(made.crop((300, 300, 400, 400))) < 30
    assert contrast(made.crop((100, 100, 300, 300))) > 100
    made = opened(render(part, LARGE, tmp_path))
    assert contrast(made.crop((100, 100, 200, 200))) < 30
    assert contrast(made.crop((0, 0, 100, 100))) > 100


@pytest.mark.slow
def test_no_thumbnail_stands_in_for_a_photograph(publication: Publish) -> None:
    """One that a telephone embeds may show what was cut off or painted over since."""
    pytest.importorskip("pillow_heif").register_heif_opener()
    found = gathered(publication, "a.heic", crowd(320, 240), thumbnails=[128], quality=90)
    with opened_file(found.file) as picture:
        assert reduction_of(picture, 1 / 8) == 1


# ---- crisp


def test_a_reduced_photograph_is_sharpened(publication: Publish) -> None:
    edge = Image.new("L", (800, 400), 80)
    edge.paste(170, (400, 0, 800, 400))
    found = gathered(publication, "a.png", edge)
    plain = edge.resize((200, 100), Image.Resampling.LANCZOS)
    sharp = develop(found.file, found.crop_and_blur, Recipe(200, 200))
    across = [[int(image.getpixel((x, 50))) for x in range(200)] for image in (plain, sharp)]
    steepest = [max(abs(a - b) for a, b in itertools.pairwise(row)) for row in across]
    assert steepest[1] > steepest[0]
    assert (across[1][10], across[1][190]) == (80, 170)


def test_a_photograph_that_is_not_reduced_is_not_touched(publication: Publish) -> None:
    found = gathered(publication, "a.png", crowd(320, 240))
    assert develop(found.file, found.crop_and_blur, LARGE).tobytes() == crowd(320, 240).tobytes()


# ---- kinds of pictures


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_photograph_in_grey_is_a_jpeg_however_it_is_stored(publication: Publish, tmp_path: Path, mode: str) -> None:
    grey = Image.effect_noise((300, 200), 40).convert(mode)
    for file in ("a.jpg", "a.png"):
        assert render(gathered(publication, file, grey), LARGE, tmp_path).media_type == "image/jpeg"


@pytest.mark.slow
def test_a_drawing_of_few_colours_keeps_its_sharp_lines(publication: Publish, tmp_path: Path) -> None:
    lines = Image.new("L", (600, 400), 255)
    ImageDraw.Draw(lines).line((0, 0, 600, 400), fill=0, width=5)
    for mode in ("RGB", "L", "1"):
        for recipe in (LARGE, Recipe(150, 150)):
            rendition = render(gathered(publication, "a.png", lines.convert(mode)), recipe, tmp_path)
            assert (rendition.media_type, rendition.path.suffix) == ("image/png", ".png")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA"])
def test_every_kind_of_picture_can_be_printed(publication: Publish, tmp_path: Path, mode: str) -> None:
    found = photograph_of(publication, "a.png" if mode != "PA" else "a.tif", mode=mode)
    assert opened(render(found, LARGE, tmp_path)).mode in ("RGB", "L", "P")


@pytest.mark.parametrize("file", ["a.png", "a.webp"])
def test_transparency_stands_on_white(publication: Publish, tmp_path: Path, file: str) -> None:
    glass = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    ImageDraw.Draw(glass).rectangle((30, 0, 60, 40), (255, 0, 0, 255))
    image = opened(render(gathered(publication, file, glass, lossless=True), LARGE, tmp_path))
    assert not image.has_transparency_data
    assert colour(image, 5) == (255, 255, 255)
    assert colour(image, 55) == (255, 0, 0)


@pytest.mark.parametrize("file", ["a.png", "a.tif"])
def test_sixteen_bits_of_grey_keep_their_tones(publication: Publish, tmp_path: Path, file: str) -> None:
    for value in (0, 0x4000, 0x80FF, 0xFFFF):
        image = opened(render(gathered(publication, file, Image.new("I;16", (60, 40), value)), LARGE, tmp_path))
        assert image.mode in ("L", "P")
        assert colour(image)[0] == pytest.approx(value / 257, abs=1)


# ---- what a rendition is called, and what it holds


@pytest.mark.slow
def test_another_picture_frame_or_maker_is_another_rendition(publication: Publish, tmp_path: Path) -> None:
    image = quadrants(96, 64)
    exif = Image.Exif()
    exif[0x013B] = "A. Photographer"
    found = [
        gathered(publication, "a.jpg", image),
        gathered(publication, "a.jpg", image, quality=50),
        gathered(publication, "a.jpg", image, 'blur="0% 0% 9% 9%"'),
        gathered(publication, "a.jpg", image, 'blur="0% 0% 9% 20%"'),
        gathered(publication, "a.jpg", image, 'crop="0% 0% 50% 50%"'),
        gathered(publication, "a.jpg", image, 'aspect="1:1"'),
        gathered(publication, "a.jpg", image, 'aspect="1:1" focus="0% 0%"'),
        gathered(publication, "a.jpg", image, 'credit="A. Photographer"'),
        gathered(publication, "a.jpg", image, 'credit="B. Photographer"'),
        gathered(publication, "a.jpg", image, exif=exif),
    ]
    recipes = (LARGE, Recipe(30, 30), Recipe(9000, 9000, 50))
    names = {render(each, recipe, tmp_path).name for each in found for recipe in recipes}
    assert len(names) == len(found) * len(recipes)


def test_the_same_picture_gives_the_same_bytes(publication: Publish, tmp_path: Path) -> None:
    made = [render(photograph_of(publication, "a.jpg"), Recipe(30, 30), tmp_path / cache) for cache in ("one", "two")]
    assert made[0].name == made[1].name
    assert made[0].path.read_bytes() == made[1].path.read_bytes()


@pytest.mark.parametrize("file", ["Լաչին.jpg", "A b&c%20.jpg", "…….jpg"])
def test_a_rendition_has_a_name_that_every_reader_takes(publication: Publish, tmp_path: Path, file: str) -> None:
    root = publication({"book/a.md": f"![Alt]({quote(file)})"})
    picture(root / "assets" / file)
    name = render(only(collect(root)[0]), LARGE, tmp_path).name
    assert name.isascii()
    assert name.replace("-", "").replace(".", "").isalnum()


@pytest.mark.parametrize("file", ["a.jpg", "a.png", "a.tif", "a.webp"])
def test_a_rendition_names_its_maker_and_has_no_place_or_camera_data(
    publication: Publish, tmp_path: Path, file: str
) -> None:
    exif = Image.Exif()
    exif[0x0110], exif[0x013B] = "Secret Camera", "A. Photographer"
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 30.0, 0.0), 3: "E", 4: (46.0, 20.0, 0.0)})
    found = photograph_of(publication, file, exif=exif, comment=b"Secret")
    assert b"Secret" in found.file.read_bytes()
    for recipe in (LARGE, Recipe(20, 20)):
        rendition = render(found, recipe, tmp_path)
        assert b"Secret" not in rendition.path.read_bytes()
        assert b"A. Photographer" in rendition.path.read_bytes()
        image = opened(rendition)
        assert not dict(image.getexif())
        assert not {"exif", "comment", "icc_profile"} & set(image.info)


def test_neither_the_comment_of_a_drawing_nor_its_profile_goes_out(publication: Publish, tmp_path: Path) -> None:
    flat = Image.new("RGB", (60, 40), "navy")
    carried = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for file in ("a.gif", "a.png", "a.jpg"):
        rendition = render(gathered(publication, file, flat, comment=b"Secret", icc_profile=carried), LARGE, tmp_path)
        assert rendition.media_type == "image/png"
        assert not opened(rendition).info


def test_terms_of_use_without_end_do_not_keep_a_photograph_from_being_made(
    publication: Publish, tmp_path: Path
) -> None:
    told = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:r="http://ns.adobe.com/xap/1.0/rights/">'
        f"<dc:creator>A. Photographer</dc:creator><r:UsageTerms>{'No use. ' * 10_000}</r:UsageTerms>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    noise = Image.effect_noise((320, 240), 60)
    rendition = render(gathered(publication, "a.tif", noise, tiffinfo={700: told.encode()}), LARGE, tmp_path)
    assert rendition.media_type == "image/jpeg"
    assert b"A. Photographer" in rendition.path.read_bytes()
    assert b"No use." not in rendition.path.read_bytes()


# ---- the cache


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that have been decoded, each as often as it was."""
    names: list[str] = []
    load = ImageFile.ImageFile.load

    def counting(self: ImageFile.ImageFile) -> Any:
        if self.tile:
            names.append(Path(str(self.filename)).name)
        return load(self)

    monkeypatch.setattr(ImageFile.ImageFile, "load", counting)
    return names


def develop_all(root: Path) -> list[Rendition]:
    """The pictures of a publication as a build makes them, with its cache."""
    album, _ = gather(read(root).publication, PhotoFinder(root, probes=root / ".pressroom/probes"), final=False)
    return list(render_all(album, dict.fromkeys(album, Recipe(50, 50)), root / ".pressroom/renditions").values())


SOURCES = ("a.jpg", "b.tif", "c.webp")


@pytest.fixture
def root(publication: Publish) -> Path:
    """A publication with three photographs."""
    root = publication({"book/a.md": "\n\n".join(f"![Alt]({file})\nCaption." for file in SOURCES)})
    for n, file in enumerate(SOURCES):
        picture(root / "assets" / file, 200 + n, 150)
    return root


def test_what_has_not_changed_is_not_decoded_again(root: Path, decoded: list[str]) -> None:
    first = develop_all(root)
    assert sorted(decoded) == ["a.jpg", "a.jpg", "b.tif", "b.tif", "c.webp", "c.webp"]
    decoded.clear()
    for file in (root / "assets").iterdir():
        os.utime(file, (1, 1))
    assert develop_all(root) == first
    assert decoded == []


# ---- one decode for several editions


@pytest.mark.slow
@pytest.mark.usefixtures("small_decodes")
@pytest.mark.parametrize(("file", "decodes"), [("a.jpg", 3), ("a.tif", 1), ("a.png", 1)])
def test_a_recipe_gives_the_same_pixels_alone_and_with_others(
    publication: Publish, decoded: list[str], file: str, decodes: int
) -> None:
    found = gathered(publication, file, crowd(1200, 800), f'{BLUR} crop="0% 0% 100% 75%"')
    recipes = [*(Recipe(size, size) for size in (30, 60, 1000, 300, 250)), Recipe(60, 60, 50)]
    alone = {recipe: develop(found.file, found.crop_and_blur, recipe).tobytes() for recipe in recipes}
    for order in (recipes, recipes[::-1]):
        decoded.clear()
        together = {made: image.tobytes() for made, image in develop_each(found.file, found.crop_and_blur, order)}
        assert together == alone
        assert decoded == [file] * decodes  # a JPEG at an eighth, at a half and in full


@pytest.mark.slow
def test_what_is_decoded_for_an_ebook_serves_a_screen_and_a_page(publication: Publish, decoded: list[str]) -> None:
    found = photograph_of(publication, "a.jpg", width=6000, height=4000)
    decoded.clear()
    sizes = [image.width for _, image in develop_each(found.file, found.crop_and_blur, map(square, (679, 1358, 1600)))]
    assert sizes == [679, 1358, 1600]
    assert decoded == ["a.jpg"]


def square(side: int) -> Recipe:
    return Recipe(side, side)


def test_what_others_need_is_made_with_the_first_rendition(root: Path, decoded: list[str], tmp_path: Path) -> None:
    album, _ = collect(root)
    asked = {id: [square(50), square(90), square(50)] for id in album}
    decoded.clear()
    for side in (90, 50):
        made = render_all(album, dict.fromkeys(album, square(side)), tmp_path / "shared", others=asked)
        alone = render_all(album, dict.fromkeys(album, square(side)), tmp_path / f"only-{side}")
        assert [one.path.read_bytes() for one in made.values()] == [one.path.read_bytes() for one in alone.values()]
        assert [one.name for one in made.values()] == [one.name for one in alone.values()]
    assert sorted(decoded) == sorted([*SOURCES] * 3)  # once together, once for each size alone


def test_a_photograph_in_two_figures_is_decoded_once(publication: Publish, tmp_path: Path, decoded: list[str]) -> None:
    root = publication({"book/a.md": '![Alt](a.jpg){credit="A"}\nOne.\n\n![Alt](a.jpg){credit="B"}\nTwo.'})
    picture(root / "assets/a.jpg", 200, 150)
    album, _ = collect(root)
    decoded.clear()
    made = render_all(album, dict(zip(album, (square(60), square(90)), strict=True)), tmp_path)
    assert [one.width for one in made.values()] == [60, 90]
    assert decoded == ["a.jpg"]


@pytest.mark.slow
@pytest.mark.parametrize("order", [("ebook", "screen", "print"), ("print", "ebook", "screen")])
def test_editions_are_foreseen_with_one_decode_of_each_photograph(
    root: Path, decoded: list[str], order: tuple[str, ...]
) -> None:
    check(Order(root, editions=order))
    assert sorted(decoded) == sorted([*SOURCES] * 2)  # to look at it, and to develop it
    together = renditions_of(root)
    decoded.clear()
    check(Order(root))
    assert decoded == []
    shutil.rmtree(root / ".pressroom")
    for name in reversed(order):
        check(Order(root, editions=(name,)))
    assert renditions_of(root) == together


@pytest.mark.slow
def test_a_build_decodes_each_photograph_once(root: Path, decoded: list[str]) -> None:
    report = build(Order(root, editions=("ebook",)))  # which lays out print as well, for its page numbers
    assert report.ok
    assert sorted(name for name in decoded if name in SOURCES) == sorted([*SOURCES] * 2)


def renditions_of(root: Path) -> Mapping[str, bytes]:
    """What the cache keeps, by its name."""
    return {file.name: file.read_bytes() for file in (root / ".pressroom/renditions").iterdir()}


def test_a_changed_byte_is_seen(root: Path, decoded: list[str]) -> None:
    first = develop_all(root)
    decoded.clear()
    file = root / "assets/a.jpg"
    before = file.stat()
    file.write_bytes(file.read_bytes() + b"\0")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    again = develop_all(root)
    assert set(decoded) == {"a.jpg"}
    assert [a.name == b.name for a, b in zip(first, again, strict=True)] == [False, True, True]


def test_a_rendition_needs_its_photograph_no_more(publication: Publish, tmp_path: Path) -> None:
    found = photograph_of(publication, "a.jpg")
    first = render(found, LARGE, tmp_path / "cache")
    found.file.unlink()
    assert render(found, LARGE, tmp_path / "cache") == first


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def nonsense(file: Path) -> None:
    file.write_text(json.dumps(["no", "note"]))


@pytest.mark.slow
@pytest.mark.parametrize("harm", [cut, empty, flip, nonsense, Path.unlink])
@pytest.mark.parametrize("kind", ["renditions/*.jpg", "renditions/*.json", "probes/*.json"])
def test_what_was_damaged_in_the_cache_is_made_again(root: Path, kind: str, harm: Any) -> None:
    first = [rendition.path.read_bytes() for rendition in develop_all(root)]
    harmed = list((root / ".pressroom").glob(kind))
    assert len(harmed) == 3
    for file in harmed:
        harm(file)
    assert [rendition.path.read_bytes() for rendition in develop_all(root)] == first
    assert all(
        probe_file(file, root / ".pressroom/probes").width in (200, 201, 202) for file in (root / "assets").iterdir()
    )


@pytest.mark.slow
def test_nothing_is_left_in_the_cache_but_whole_renditions(root: Path) -> None:
    made = [rendition.path for rendition in develop_all(root)]
    left = sorted((root / ".pressroom/renditions").iterdir())
    assert left == sorted([*made, *(path.with_suffix(".json") for path in made)])


@pytest.mark.slow
def test_two_builds_at_once_do_no_harm(root: Path) -> None:
    apart = multiprocessing.get_context("spawn")
    processes = [apart.Process(target=develop_all, args=(root,)) for _ in range(2)]
    for each in processes:
        each.start()
    for each in processes:
        each.join()
    assert [each.exitcode for each in processes] == [0, 0]
    assert not list((root / ".pressroom").rglob("*.part"))
    for rendition in develop_all(root):
        opened(rendition)


def test_a_photograph_shown_twice_is_one_rendition(publication: Publish, tmp_path: Path) -> None:
    root = publication({"book/a.md": "![Alt](a.jpg)\nOne.\n\n![Alt](a.jpg)\nTwo."})
    picture(root / "assets/a.jpg", 200, 150)
    album, _ = collect(root)
    made = render_all(album, dict.fromkeys(album, LARGE), tmp_path)
    assert len({rendition.path for rendition in made.values()}) == 1


def test_all_photographs_are_brought_to_size_and_counted(publication: Publish, tmp_path: Path) -> None:
    root = publication({"book/a.md": "\n\n".join(f"![Alt]({n}.jpg)\nCaption." for n in range(5))})
    for n in range(4):
        picture(root / f"assets/{n}.jpg", 60 + n, 40)
    shown = read(root).publication
    album, _ = gather(shown, PhotoFinder(root), final=False)
    steps: list[None] = []
    recipes = {figure.id: Recipe(50, 50) for _, figure in shown.figures()}
    made = render_all(album, recipes, tmp_path, lambda: steps.append(None))
    assert list(made) == list(album)
    assert len(steps) == 4


def test_only_two_photographs_are_in_the_memory_at_once(
    publication: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = publication({"book/a.md": "\n\n".join(f"![Alt]({n}.jpg)\nCaption." for n in range(8))})
    for n in range(8):
        picture(root / f"assets/{n}.jpg", 60 + n, 40)
    at_work, most, lock = 0, 0, threading.Lock()

    def watched(*arguments: Any) -> Iterator[tuple[Recipe, Image.Image]]:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        time.sleep(0.005)
        with lock:
            at_work -= 1
        return develop_each(*arguments)

    monkeypatch.setattr(renditions, "develop_each", watched)
    album, _ = collect(root)
    render_all(album, dict.fromkeys(album, Recipe(50, 50)), tmp_path)
    assert most == AT_ONCE == 2


def test_a_photograph_that_fails_to_convert_is_reported(publication: Publish, tmp_path: Path) -> None:
    found = photograph_of(publication, "a.jpg", width=200, height=150)
    found.file.write_bytes(found.file.read_bytes()[:900])
    with pytest.raises(UnusableError) as told:
        render_all({"a": found}, {"a": LARGE}, tmp_path / "cache")
    assert told.value.id == "photo-damaged"
    assert not list((tmp_path / "cache").glob("*")) if (tmp_path / "cache").exists() else True


def test_coarse_grain_makes_a_large_file_and_no_fault(publication: Publish, tmp_path: Path) -> None:
    """A JPEG of more bytes than pixels."""
    grain = random.Random(1).randbytes(400 * 300 * 3)
    photograph = gathered(publication, "a.png", Image.frombytes("RGB", (400, 300), grain))
    rendition = render(photograph, Recipe(400, 300, 92), tmp_path)
    assert rendition.path.stat().st_size > 400 * 300
    with Image.open(rendition.path) as image:
        image.load()
