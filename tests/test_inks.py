"""Inks: pictures of a press edition look as they do on a screen, grey is black alone, and no spot gets too much ink.

What comes out is turned back into light by the profile that it was made for, and held against what went in.
"""

from __future__ import annotations

import io
import itertools
import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pikepdf
import pytest
from conftest import Publish, collect, ids, picture
from hypothesis import given
from PIL import Image, ImageChops, ImageCms, ImageDraw
from test_colour import ADOBE_XYZ, GRID, SEEN, SRGB_XYZ, chart, delta_e, gamma, grey_profile, srgb_curve, xyz

from pressroom import production
from pressroom.design import BUILTIN
from pressroom.errors import Place
from pressroom.photographs import CoverRecipe, Photograph, Profile, Recipe, WordsPlace, find_profile, ink_of, render
from pressroom.photographs import render_cover as cover_of
from pressroom.photographs.darkroom import develop
from pressroom.photographs.separation import in_inks, ink_on
from pressroom.photographs.srgb import adobe_rgb, srgb

pytestmark = pytest.mark.slow

PRESS = find_profile("coated-fogra39", BUILTIN, Place("here"))
LARGE = Recipe(9000, 9000, 92, PRESS)
SLACK = 3
"""Percent of ink by which what a JPEG rounds may be over the limit."""
BPC = ImageCms.Flags.BLACKPOINTCOMPENSATION


def gathered(publication: Publish, file: str, image: Image.Image, **save: Any) -> Photograph:
    root = publication({"book/a.md": f"![Alt]({file})"})
    (root / "assets").mkdir()
    image.save(root / "assets" / file, **save)
    [photograph] = collect(root)[0].values()
    return photograph


def separated(publication: Publish, file: str, image: Image.Image, press: Profile = PRESS, **save: Any) -> Image.Image:
    """A picture as a press edition gets it, before it is compressed."""
    photograph = gathered(publication, file, image, **save)
    return develop(photograph.file, photograph.crop_and_blur, replace(LARGE, press=press))


def made(publication: Publish, folder: Path, file: str, image: Image.Image, **save: Any) -> Image.Image:
    """A picture as it lies in a press edition."""
    return Image.open(render(gathered(publication, file, image, **save), LARGE, folder).path)


def printed(inks: Image.Image, press: Profile = PRESS) -> Image.Image:
    """How inks look, as sRGB."""
    if inks.mode == "L":
        none = Image.new("L", inks.size)
        inks = Image.merge("CMYK", (none, none, none, ImageChops.invert(inks)))
    one, other = (ImageCms.ImageCmsProfile(io.BytesIO(data)) for data in (press.data, srgb()))
    seen = ImageCms.profileToProfile(inks, one, other, 1, "RGB", flags=BPC)
    assert seen is not None
    return seen


def sums(inks: Image.Image) -> list[float]:
    """Ink on each pixel, in percent."""
    data = inks.tobytes()
    return [round(sum(data[n : n + 4]) / 2.55, 6) for n in range(0, len(data), 4)]


def colour_at(image: Image.Image, n: int) -> Any:
    return image.getpixel((n % 16 * 8 + 4, n // 16 * 8 + 4))


def farthest(image: Image.Image, expected: list[tuple[float, float, float]]) -> float:
    seen = (xyz(colour_at(image, n), SRGB_XYZ, srgb_curve) for n in range(len(expected)))
    return max(delta_e(one, other) for one, other in zip(seen, expected, strict=True))


def on_paper() -> list[tuple[int, int, int]]:
    """Colours that inks make and that a screen shows as well."""
    inks = list(itertools.product((0, 60, 120), (0, 60, 120), (0, 60, 120), (0, 50)))
    seen = printed(chart("CMYK", inks))
    colours = (colour_at(seen, n) for n in range(len(inks)))
    return [c for c in colours if min(c) > 60 and max(c) < 245 and max(c) - min(c) > 8]


MUTED = on_paper()


# ---- colours


@pytest.mark.slow
def test_colours_on_paper_are_those_of_the_screen(publication: Publish) -> None:
    inks = separated(publication, "a.png", chart("RGB", MUTED))
    assert inks.mode == "CMYK"
    expected = [xyz(colour, SRGB_XYZ, srgb_curve) for colour in MUTED]
    assert farthest(printed(inks), expected) < 2 * SEEN


@pytest.mark.slow
def test_colours_of_another_space_are_separated_by_their_profile(publication: Publish) -> None:
    colours = [colour for colour in MUTED if max(colour) - min(colour) < 35]
    inks = separated(publication, "a.png", chart("RGB", colours), icc_profile=adobe_rgb())
    assert farthest(printed(inks), [xyz(colour, ADOBE_XYZ, gamma(563 / 256)) for colour in colours]) < 2 * SEEN


@pytest.mark.slow
def test_a_profile_that_is_no_use_is_passed_over(publication: Publish) -> None:
    plain = chart("RGB", GRID[:60])
    expected = separated(publication, "a.png", plain).tobytes()
    for carried in (b"no profile", adobe_rgb()[:300], grey_profile(gamma(1.8)), PRESS.data):
        assert separated(publication, "a.png", plain, icc_profile=carried).tobytes() == expected


def test_white_stays_paper(publication: Publish) -> None:
    drawn = Image.new("RGB", (40, 40), "white")
    drawn.paste((200, 30, 30), (0, 0, 10, 10))
    assert separated(publication, "a.png", drawn).getpixel((30, 30)) == (0, 0, 0, 0)


# ---- grey


GREYS = list(range(0, 256, 3))


@pytest.mark.parametrize("mode", ["L", "RGB", "LA", "RGBA"])
def test_a_picture_without_colour_is_printed_in_black_alone(publication: Publish, tmp_path: Path, mode: str) -> None:
    grey = picture(tmp_path / "grey.png", mode="L")
    with Image.open(grey) as image:
        assert made(publication, tmp_path, "a.png", image.convert(mode)).mode == "L"


def test_a_scan_that_is_almost_grey_is_grey_and_a_tinted_one_is_not(publication: Publish) -> None:
    grey = chart("L", GREYS)
    for shift, mode in ((3, "L"), (12, "CMYK")):
        tinted = Image.merge("RGB", (grey.point(lambda v, by=shift: min(255, v + by)), grey, grey))
        assert separated(publication, "a.png", tinted).mode == mode


def test_greys_are_as_light_on_paper_as_on_a_screen(publication: Publish) -> None:
    """Light greys to the eye, dark ones in their order: black alone is not as deep as four inks."""
    inks = separated(publication, "a.png", chart("L", GREYS))
    tones = [colour_at(inks, n) for n in range(len(GREYS))]
    assert tones == sorted(tones)
    assert (tones[0], tones[-1]) == (0, 255)
    seen = printed(inks)
    for n, grey in enumerate(GREYS):
        if grey > 100:
            expected = xyz((grey,) * 3, SRGB_XYZ, srgb_curve)
            assert delta_e(xyz(colour_at(seen, n), SRGB_XYZ, srgb_curve), expected) < 2.5 * SEEN, grey


def test_grey_is_separated_by_its_profile(publication: Publish) -> None:
    light = separated(publication, "a.tif", chart("L", GREYS), icc_profile=grey_profile(gamma(1.8)))
    plain = separated(publication, "a.tif", chart("L", GREYS))
    assert colour_at(light, 40) > colour_at(plain, 40)


def test_sixteen_bits_keep_their_tones(publication: Publish) -> None:
    ramp = Image.linear_gradient("L")
    deep = ramp.convert("I").point(lambda value: value * 257).convert("I;16")
    eight, sixteen = (separated(publication, "a.png", image) for image in (ramp, deep))
    assert max(ImageChops.difference(eight, sixteen).tobytes()) <= 1


@pytest.mark.parametrize("mode", ["RGBA", "P"])
def test_what_is_transparent_is_paper(publication: Publish, tmp_path: Path, mode: str) -> None:
    image = Image.new("RGBA", (64, 64))
    ImageDraw.Draw(image).ellipse((16, 16, 48, 48), fill=(200, 30, 30, 255))
    inks = made(publication, tmp_path, "a.png", image if mode == "RGBA" else image.quantize(8))
    assert inks.mode == "CMYK"
    assert max(inks.getpixel((2, 2))) <= 3
    cyan, magenta, yellow, _ = inks.getpixel((32, 32))
    assert cyan < 40
    assert min(magenta, yellow) > 180


# ---- inks that come as inks


STRIPES = [(255, 0, 0, 0), (0, 255, 0, 0), (0, 0, 255, 0), (0, 0, 0, 255), (120, 60, 30, 20), (0, 0, 0, 0)]


@pytest.mark.parametrize(("file", "save"), [("a.jpg", {"quality": 98}), ("a.tif", {})])
@pytest.mark.parametrize("carried", [None, PRESS.data, b"no profile"])
def test_inks_without_a_profile_or_for_this_press_are_kept(
    publication: Publish, tmp_path: Path, file: str, save: dict[str, Any], carried: bytes | None
) -> None:
    more = {"icc_profile": carried} if carried else {}
    inks = made(publication, tmp_path, file, chart("CMYK", STRIPES), **save, **more)
    assert inks.mode == "CMYK"
    for n, stripe in enumerate(STRIPES):
        assert max(abs(a - b) for a, b in zip(colour_at(inks, n), stripe, strict=True)) <= 6


def test_a_cmyk_picture_without_a_profile_is_reported(publication: Publish) -> None:
    root = publication({"book/a.md": "![Alt](a.tif)"})
    (root / "assets").mkdir()
    Image.new("CMYK", (60, 40), STRIPES[4]).save(root / "assets/a.tif")
    [finding] = collect(root)[1]
    assert finding.id == "photo-ink-unknown"
    assert "press" in finding.message


@pytest.mark.slow
def test_inks_for_another_press_are_changed_to_this_one(publication: Publish) -> None:
    """The description of another profile with nearly the same inks, used as its own."""
    other = bytearray(PRESS.data)
    other[24:26] = (2020).to_bytes(2)
    for stripe in ((0, 200, 20, 0), (120, 0, 130, 0), (40, 60, 200, 20)):
        inks = in_inks(Image.new("CMYK", (20, 20), stripe), PRESS, bytes(other))
        before = Image.new("CMYK", (1, 1), stripe)
        light = [printed(image).getpixel((0, 0)) for image in (before, inks)]
        assert delta_e(*(xyz(c, SRGB_XYZ, srgb_curve) for c in light)) < 2 * SEEN
    assert inks.getpixel((5, 5)) != stripe, "black is made anew"


# ---- how much


@pytest.mark.slow
@pytest.mark.parametrize("limit", [300, 280, 240, 200])
def test_no_pixel_gets_more_ink_than_the_limit(publication: Publish, limit: int) -> None:
    dark = chart("RGB", list(itertools.product((0, 1, 5, 12, 25, 60), repeat=3)))
    inks = separated(publication, "a.png", dark, PRESS.within(limit))
    assert limit - 4 <= max(sums(inks)) <= limit or limit > 290
    solid = separated(publication, "b.tif", Image.new("CMYK", (300, 300), (255, 200, 180, 250)), PRESS.within(limit))
    assert limit - 2 <= max(sums(solid)) <= limit


@pytest.mark.slow
@given(st.lists(st.tuples(*[st.integers(0, 255)] * 4), min_size=1, max_size=40), st.integers(100, 400))
def test_no_inks_exceed_a_limit_and_black_is_never_reduced(
    stripes: list[tuple[int, int, int, int]], limit: int
) -> None:
    image = Image.new("CMYK", (len(stripes), 1))
    image.putdata(stripes)
    held = in_inks(image, replace(PRESS, ink=limit))
    assert max(sums(held)) <= limit
    for n, before in enumerate(stripes):
        after = held.getpixel((n, 0))
        assert after[3] >= before[3]
        assert all(new <= old for new, old in zip(after[:3], before[:3], strict=True))
        assert after == before or sum(before) > limit * 2.55 - 1


@pytest.mark.slow
def test_less_ink_changes_no_colour_much(publication: Publish) -> None:
    dark = chart("RGB", [c for c in itertools.product((0, 10, 20, 40), repeat=3) if len(set(c)) > 1])
    full, less = (printed(separated(publication, "a.png", dark, PRESS.within(n))) for n in (300, 240))
    pairs = zip(full.get_flattened_data(), less.get_flattened_data(), strict=True)
    differences = [delta_e(*(xyz(c, SRGB_XYZ, srgb_curve) for c in pair)) for pair in set(pairs)]
    assert max(differences) < 4 * SEEN
    assert math.fsum(differences) / len(differences) < 1.5 * SEEN


def test_a_cached_rendition_has_its_total_ink(publication: Publish, tmp_path: Path) -> None:
    photograph = gathered(publication, "a.tif", Image.new("CMYK", (60, 60), (204, 102, 51, 51)))
    first, again = (render(photograph, LARGE, tmp_path) for _ in range(2))
    assert first.ink == again.ink
    assert first.ink == pytest.approx(160, abs=1)
    assert render(photograph, Recipe(90, 90), tmp_path).ink is None


@pytest.mark.parametrize("limit", [300, 240])
def test_compressing_adds_next_to_no_ink(publication: Publish, tmp_path: Path, limit: int) -> None:
    noise = [Image.effect_noise((160, 160), 90).point(lambda v: v // 4) for _ in "rgb"]
    photograph = gathered(publication, "a.png", Image.merge("RGB", noise))
    rendition = render(photograph, replace(LARGE, press=PRESS.within(limit)), tmp_path)
    with Image.open(rendition.path) as inks:
        assert (ink_on(inks) or 0) <= limit + SLACK
    assert rendition.ink is not None
    assert rendition.ink <= limit


def test_ink_is_measured_on_spots_that_a_press_can_feel() -> None:
    speck = Image.new("CMYK", (40, 40))
    speck.putpixel((4, 4), (255, 255, 255, 255))
    assert ink_on(speck) == 25
    assert ink_on(Image.new("CMYK", (40, 40), (255, 255, 0, 51))) == 220
    assert ink_on(Image.new("L", (8, 8), 51)) == 80
    assert ink_on(Image.new("RGB", (8, 8))) is None


# ---- files


def test_a_rendition_is_named_by_the_profile_and_the_limit_that_it_was_made_for(
    publication: Publish, tmp_path: Path
) -> None:
    photograph = gathered(publication, "a.png", chart("RGB", MUTED))
    other = bytearray(PRESS.data)
    other[24:26] = (2020).to_bytes(2)
    presses = (
        None,
        PRESS,
        PRESS.within(240),
        replace(PRESS, data=bytes(other)),
        replace(PRESS, condition="Other words"),
    )
    names = [render(photograph, replace(LARGE, press=press), tmp_path).name for press in presses]
    assert len(set(names)) == 4
    assert names[1] == names[4]


def test_a_press_gets_jpegs_without_profiles_and_with_the_adobe_marker_for_inks(
    publication: Publish, tmp_path: Path
) -> None:
    rendition = render(gathered(publication, "a.png", chart("RGB", MUTED), icc_profile=adobe_rgb()), LARGE, tmp_path)
    assert rendition.media_type == "image/jpeg"
    with Image.open(rendition.path) as image:
        assert image.mode == "CMYK"
        assert "icc_profile" not in image.info
        assert image.info["adobe_transform"] == 0
    assert json.loads(rendition.path.with_suffix(".json").read_bytes())["ink"] == rendition.ink


def test_a_drawing_of_few_colours_stays_crisp_in_inks_and_lossless_in_black(
    publication: Publish, tmp_path: Path
) -> None:
    drawn = Image.new("RGB", (200, 200), "white")
    ImageDraw.Draw(drawn).rectangle((60, 60, 140, 140), fill=(200, 30, 30))
    inks = made(publication, tmp_path, "a.png", drawn)
    assert inks.mode == "CMYK"
    assert max(max(inks.getpixel((x, 100))) for x in (*range(55), *range(146, 200))) <= 3, "no halo"
    black = render(
        gathered(publication, "b.png", drawn.convert("L").point(lambda v: v // 255 * 255).convert("1")), LARGE, tmp_path
    )
    assert black.media_type == "image/png"
    with Image.open(black.path) as image:
        assert image.mode == "L"
        assert {count for count, _ in image.getcolors(9) or []} == {81 * 81, 200 * 200 - 81 * 81}


@pytest.mark.slow
def test_a_cover_is_separated_with_its_veil(publication: Publish, tmp_path: Path) -> None:
    photograph = gathered(publication, "a.png", Image.new("RGB", (400, 600), (250, 240, 200)))
    places = (WordsPlace("top", ((0.1, 0.1, 0.9, 0.3),)),)
    recipe = CoverRecipe(200, 300, 92, places, (("light", (255, 255, 255)),))
    on_screen, on_press = (cover_of(photograph, replace(recipe, press=press), tmp_path) for press in (None, PRESS))
    assert on_screen.setting == on_press.setting
    assert on_press.setting.veil
    assert on_press.name != on_screen.name
    assert on_press.ink
    with Image.open(on_press.path) as inks, Image.open(on_screen.path) as plain:
        assert inks.mode == "CMYK"
        for spot in ((100, 60), (100, 280)):
            one, other = (i.convert("RGB").getpixel(spot) for i in (printed(inks), plain))
            assert delta_e(*(xyz(c, SRGB_XYZ, srgb_curve) for c in (one, other))) < 3 * SEEN


# ---- single colours


def test_a_grey_of_a_drawing_is_black_alone() -> None:
    assert ink_of((0, 0, 0), PRESS) == (0, 0, 0, 1)
    assert ink_of((1, 1, 1), PRESS) == (0, 0, 0, 0)
    blacks = [ink_of((n / 20,) * 3, PRESS) for n in range(21)]
    assert all(inks[:3] == (0, 0, 0) for inks in blacks)
    assert [inks[3] for inks in blacks] == sorted((inks[3] for inks in blacks), reverse=True)


@pytest.mark.slow
@given(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)))
def test_a_colour_of_a_drawing_keeps_to_the_limit(colour: tuple[float, float, float]) -> None:
    inks = ink_of(colour, PRESS.within(240))
    assert all(0 <= part <= 1 for part in inks)
    assert sum(inks) <= 2.4


@pytest.mark.slow
def test_a_colour_of_a_drawing_is_that_of_a_picture(publication: Publish) -> None:
    inks = separated(publication, "a.png", chart("RGB", MUTED))
    for n, colour in enumerate(MUTED):
        red, green, blue = (part / 255 for part in colour)
        alone = ink_of((red, green, blue), PRESS)
        assert max(abs(a - b / 255) for a, b in zip(alone, colour_at(inks, n), strict=True)) < 0.03


# ---- in the book


def colour_spaces(pdf: Path) -> set[tuple[str, str]]:
    """Of the pictures in a PDF: colour space, and how inks are stored."""
    with pikepdf.open(pdf) as document:
        images = (o for o in document.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image")
        return {(str(image.ColorSpace), "upside down" if "/Decode" in image else "") for image in images}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edition", "spaces"),
    [
        ("bleed: 3mm, profile: coated-fogra39", {("/DeviceCMYK", "upside down"), ("/DeviceGray", "")}),
        ("printer: ingramspark", {("/DeviceCMYK", "upside down"), ("/DeviceGray", "")}),
        ("printer: lulu", {("/DeviceRGB", ""), ("/DeviceGray", "")}),
        ("trim: a5", {("/DeviceRGB", ""), ("/DeviceGray", "")}),
    ],
)
def test_an_edition_holds_pictures_in_its_colours_and_no_other(
    publication: Publish, edition: str, spaces: set[tuple[str, str]]
) -> None:
    names = "photo.jpg drawn.png grey.png alpha.png"
    text = "# A\n\n" + "\n\n".join(f"![Alt]({name})" for name in names.split())
    settings = f"title: T\nlanguage: en\neditions:\n  print: {{format: pdf, {edition}}}\n"
    root = publication({"book/a.md": text}, settings)
    picture(root / "assets/photo.jpg", 300, 200)
    drawn = Image.new("RGB", (300, 200), "white")
    drawn.paste((200, 30, 30), (0, 0, 100, 100))
    drawn.save(root / "assets/drawn.png")
    drawn.convert("RGBA").save(root / "assets/alpha.png")
    picture(root / "assets/grey.png", 300, 200, "L")
    report = production.build(production.Order(root))
    [product] = report.products
    assert colour_spaces(product.path) == spaces
    assert "not-yet" not in {f.id for f in report.findings if "profile" in f.message}
    assert not [id for id in ids(report.findings) if id.startswith("profile-")]
