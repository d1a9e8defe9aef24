"""Colour: what a profile means is what an edition shows, measured as an eye would. Grey stays grey, sRGB untouched.

Patches go through each conversion; what comes out is held against the same sum done here with the definitions of the
colour spaces, as CIE 1976 ΔE*ab: 2 is the least that an eye sees side by side.
"""

from __future__ import annotations

import itertools
import math
import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from conftest import Publish, collect, ids, lines, picture
from PIL import Image, ImageCms

from pressroom.photographs import Recipe
from pressroom.photographs.darkroom import develop
from pressroom.photographs.srgb import adobe_rgb, in_srgb, is_profile

Triple = tuple[float, float, float]
Curve = Callable[[float], float]
WHITE: Triple = (0.9642, 1.0, 0.8249)
"""D50, the white of profiles (ICC.1:2001, 6.3.4.3)."""
SRGB_XYZ = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
"""Red, green and blue of IEC 61966-2-1, adapted to D50."""
ADOBE_XYZ = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
P3_XYZ = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
PROPHOTO_XYZ = ((0.79767, 0.28804, 0.0), (0.13519, 0.71188, 0.0), (0.03134, 0.00009, 0.82491))
PATCH, ROW = 8, 16
"""Pixels of a patch's side, and patches in a row."""
SEEN = 2.0


# ---- colours as numbers


def srgb_curve(value: float) -> float:
    """Light of a value from 0 to 1."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def gamma(power: float) -> Curve:
    return lambda value: value**power


def dot_gain(value: float) -> float:
    """Grey as ink that spreads: 20 % in the middle tones."""
    ink = 1 - value
    return 1 - (ink + 0.8 * ink * (1 - ink))


def xyz(colour: Sequence[float], primaries: Sequence[Triple], curve: Curve) -> Triple:
    lights = [curve(value / 255) for value in colour]
    x, y, z = (sum(light * primary[n] for light, primary in zip(lights, primaries, strict=True)) for n in range(3))
    return x, y, z


def lab(colour: Triple) -> Triple:
    """CIE L*a*b* on D50 (ISO 11664-4)."""

    def root(part: float) -> float:
        return part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116

    x, y, z = (root(part / white) for part, white in zip(colour, WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def delta_e(one: Triple, other: Triple) -> float:
    return math.dist(lab(one), lab(other))


def in_srgb_gamut(colour: Triple) -> bool:
    return all(-0.0005 <= light <= 1.0005 for light in lights_of(colour))


def lights_of(colour: Triple) -> Triple:
    """Red, green and blue light of sRGB that make a colour."""
    red, green, blue = SRGB_XYZ
    whole = volume(red, green, blue)
    return volume(colour, green, blue) / whole, volume(red, colour, blue) / whole, volume(red, green, colour) / whole


def volume(one: Triple, other: Triple, third: Triple) -> float:
    """Of the body between three vectors: their determinant, by which Cramer's rule solves for parts of a colour."""
    (a, b, c), (d, e, f), (g, h, i) = one, other, third
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)


# ---- profiles (ICC.1:2001), as small as they can be


def fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def curve_tag(curve: Curve) -> bytes:
    """A curve of 1024 points."""
    points = [round(min(1.0, max(0.0, curve(n / 1023))) * 65535) for n in range(1024)]
    return b"curv\0\0\0\0" + struct.pack(">I1024H", 1024, *points)


def profile(kind: bytes, space: bytes, pcs: bytes, tags: Mapping[bytes, bytes], name: bytes = b"A profile") -> bytes:
    described = b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name + b"\0" + bytes(79)
    more = {b"desc": described, b"cprt": b"text\0\0\0\0CC0\0", b"wtpt": b"XYZ \0\0\0\0" + fixed(*WHITE), **tags}
    directory, body, start = b"", b"", 132 + 12 * len(more)
    for tag, data in more.items():
        directory += tag + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4xI", start + len(body), 0x02100000) + kind + space + pcs + struct.pack(">6H", *([1] * 6))
    head += b"acsp" + bytes(28) + fixed(*WHITE)
    return head.ljust(128, b"\0") + struct.pack(">I", len(more)) + directory + body


def matrix_profile(primaries: Sequence[Triple], curve: Curve, name: bytes = b"A profile") -> bytes:
    named = zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True)
    tags = {tag: b"XYZ \0\0\0\0" + fixed(*values) for tag, values in named}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve_tag(curve))
    return profile(b"mntr", b"RGB ", b"XYZ ", tags, name)


def grey_profile(curve: Curve) -> bytes:
    return profile(b"mntr", b"GRAY", b"XYZ ", {b"kTRC": curve_tag(curve)})


def ink_lab(cyan: int, magenta: int, yellow: int, black: int) -> tuple[int, int, int]:
    """The colour of four inks, each printed or not, on a press that nobody has: in no corner out of sRGB."""
    if black:
        return 0, 0, 0
    table = {(0, 0, 0): (100, 0, 0), (1, 0, 0): (60, -25, -30), (0, 1, 0): (50, 60, 0), (0, 0, 1): (88, -5, 70)}
    table |= {(1, 1, 0): (28, 18, -35), (1, 0, 1): (50, -45, 25), (0, 1, 1): (48, 55, 35), (1, 1, 1): (25, 0, 0)}
    return table[cyan, magenta, yellow]


def ink_profile() -> bytes:
    """Four inks by a table of their sixteen corners (lut8Type, ICC.1:2001, 6.5.8)."""
    corners = [ink_lab(*inks) for inks in itertools.product((0, 1), repeat=4)]
    table = bytes(itertools.chain(*((round(lightness * 2.55), a + 128, b + 128) for lightness, a, b in corners)))
    head = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    straight = bytes(range(256))
    return profile(b"prtr", b"CMYK", b"Lab ", {b"A2B0": head + straight * 4 + table + straight * 3})


# ---- patches


GRID = list(itertools.product((0, 24, 64, 104, 144, 184, 224, 255), repeat=3))


def chart(mode: str, patches: Sequence[Any]) -> Image.Image:
    """Patches in rows, each of one colour."""
    image = Image.new(mode, (PATCH * ROW, PATCH * -(-len(patches) // ROW)))
    for n, colour in enumerate(patches):
        left, top = n % ROW * PATCH, n // ROW * PATCH
        image.paste(colour, (left, top, left + PATCH, top + PATCH))
    return image


def shown(publication: Publish, file: str, image: Image.Image, **save: Any) -> Image.Image:
    """The picture as an edition gets it, before it is compressed."""
    root = publication({"book/a.md": f"![Alt]({file})"})
    (root / "assets").mkdir()
    image.save(root / "assets" / file, **save)
    [photograph] = collect(root)[0].values()
    return develop(photograph.file, photograph.crop_and_blur, Recipe(9000, 9000))


def patches_of(image: Image.Image, count: int) -> list[Triple]:
    """What stands in the middle of each patch, as XYZ."""
    rgb = image.convert("RGB")
    middles = ((n % ROW * PATCH + PATCH // 2, n // ROW * PATCH + PATCH // 2) for n in range(count))
    return [xyz(rgb.getpixel(middle), SRGB_XYZ, srgb_curve) for middle in middles]


def farthest(image: Image.Image, expected: Sequence[Triple]) -> float:
    """The largest ΔE of the patches whose colour sRGB has."""
    pairs = list(zip(patches_of(image, len(expected)), expected, strict=True))
    inside = [delta_e(one, other) for one, other in pairs if in_srgb_gamut(other)]
    assert len(inside) > len(pairs) / 8
    return max(inside)


@pytest.mark.parametrize(
    ("carried", "primaries", "curve"),
    [
        pytest.param(adobe_rgb(), ADOBE_XYZ, gamma(563 / 256), id="Adobe RGB"),
        pytest.param(matrix_profile(P3_XYZ, srgb_curve), P3_XYZ, srgb_curve, id="Display P3"),
        pytest.param(matrix_profile(PROPHOTO_XYZ, gamma(1.8)), PROPHOTO_XYZ, gamma(1.8), id="ProPhoto"),
        pytest.param(matrix_profile(SRGB_XYZ, gamma(1.0), b"Linear sRGB"), SRGB_XYZ, gamma(1.0), id="linear sRGB"),
    ],
)
@pytest.mark.slow
def test_colours_are_converted_by_their_profile(
    publication: Publish, carried: bytes, primaries: Sequence[Triple], curve: Curve
) -> None:
    expected = [xyz(colour, primaries, curve) for colour in GRID]
    image = shown(publication, "a.png", chart("RGB", GRID), icc_profile=carried)
    assert farthest(image, expected) < SEEN


def test_srgb_is_left_as_it_is(publication: Publish) -> None:
    """Whoever made its profile, and whatever it is called."""
    plain = chart("RGB", GRID)
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for carried in (None, made, matrix_profile(SRGB_XYZ, srgb_curve)):
        more = {"icc_profile": carried} if carried else {}
        assert shown(publication, "a.png", plain, **more).tobytes() == plain.tobytes()


@pytest.mark.parametrize("curve", [gamma(1.8), gamma(2.2), dot_gain, srgb_curve])
@pytest.mark.slow
def test_grey_is_converted_by_its_profile_and_stays_grey(publication: Publish, curve: Curve) -> None:
    greys = list(range(0, 256, 5))
    expected: list[Triple] = [tuple(part * curve(grey / 255) for part in WHITE) for grey in greys]
    for file in ("a.png", "a.tif"):
        image = shown(publication, file, chart("L", greys), icc_profile=grey_profile(curve))
        assert image.mode == "L"
        assert farthest(image, expected) < SEEN


@pytest.mark.parametrize(("file", "save"), [("a.jpg", {"quality": 100}), ("a.tif", {})])
@pytest.mark.slow
def test_cmyk_is_converted_by_its_profile(publication: Publish, file: str, save: dict[str, Any]) -> None:
    corners = list(itertools.product((0, 1), repeat=4))
    inks = chart("CMYK", [tuple(255 * ink for ink in inks) for inks in corners])
    image = shown(publication, file, inks, icc_profile=ink_profile(), **save)
    for inked, patch in zip(corners, patches_of(image, len(corners)), strict=True):
        assert math.dist(lab(patch), ink_lab(*inked)) < SEEN


def test_inks_without_a_profile_are_guessed_and_reported(publication: Publish) -> None:
    """An Adobe JPEG holds its inks upside down; both must come out the same."""
    root = publication({"book/a.md": "![Alt](a.jpg)\n\n![Alt](b.tif)"})
    ink = Image.new("CMYK", (60, 40), (0, 255, 255, 0))
    (root / "assets").mkdir()
    ink.save(root / "assets/a.jpg", quality=95)
    ink.save(root / "assets/b.tif")
    assert b"Adobe" in (root / "assets/a.jpg").read_bytes()
    album, findings = collect(root)
    assert ids(findings) == ["photo-ink-unknown"] * 2
    for photograph in album.values():
        image = develop(photograph.file, photograph.crop_and_blur, Recipe(100, 100))
        assert image.mode == "RGB"
        assert delta_e(patches_of(image, 1)[0], xyz((255, 0, 0), SRGB_XYZ, srgb_curve)) < 2 * SEEN


def test_lab_pictures_keep_their_colours(publication: Publish) -> None:
    colours = [(60, 30, 20), (50, -30, 20), (40, 20, -40), (90, 0, 0), (10, 0, 0), (70, 5, 60)]
    stored = [(round(lightness * 2.55), a + 128, b + 128) for lightness, a, b in colours]
    image = shown(publication, "a.tif", chart("LAB", stored))
    for meant, patch in zip(colours, patches_of(image, len(colours)), strict=True):
        assert math.dist(lab(patch), meant) < SEEN


# ---- what a camera means, and what cannot be read


@pytest.mark.parametrize(("said", "means"), [("R03", ADOBE_XYZ), ("R98", SRGB_XYZ), ("THM", SRGB_XYZ), ("", SRGB_XYZ)])
def test_a_camera_may_mean_adobe_rgb_without_a_profile(
    publication: Publish, said: str, means: Sequence[Triple]
) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0xA001: 0xFFFF, 0xA005: {1: said}} if said else {0xA001: 0xFFFF})
    colours = [(200, 60, 40), (40, 180, 70), (50, 60, 190), (128, 128, 128)]
    image = shown(publication, "a.jpg", chart("RGB", colours), exif=exif, quality=100, subsampling=0)
    curve = srgb_curve if means is SRGB_XYZ else gamma(563 / 256)
    assert farthest(image, [xyz(colour, means, curve) for colour in colours]) < SEEN


def test_a_profile_overrides_the_camera_metadata(publication: Publish) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA005] = {1: "R03"}
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = chart("RGB", GRID[:40])
    assert shown(publication, "a.png", plain, icc_profile=made, exif=exif).tobytes() == plain.tobytes()


@pytest.mark.parametrize("carried", [b"no profile", adobe_rgb()[:90], adobe_rgb()[:300], b"\0" * 200])
def test_a_damaged_profile_is_reported_and_ignored(publication: Publish, carried: bytes) -> None:
    root = publication({"book/a.md": "![Alt](a.png)"})
    picture(root / "assets/a.png", icc_profile=carried)
    album, findings = collect(root)
    assert lines(findings) == ["book/a.md:1:1 advice photo-profile-broken"]
    [photograph] = album.values()
    with Image.open(root / "assets/a.png") as plain:
        made = develop(photograph.file, photograph.crop_and_blur, Recipe(100, 100))
        assert made.tobytes() == plain.tobytes()


def test_a_profile_for_other_colours_is_passed_over(publication: Publish) -> None:
    plain = chart("RGB", GRID[:40])
    for mode, carried in (("RGB", grey_profile(gamma(1.8))), ("L", adobe_rgb()), ("RGB", ink_profile())):
        image = shown(publication, "a.png", plain.convert(mode), icc_profile=carried)
        assert image.tobytes() == plain.convert(mode).tobytes()


@pytest.mark.slow
def test_no_damage_to_a_profile_stops_the_build() -> None:
    sound = adobe_rgb()
    image = Image.new("RGB", (8, 8), (200, 60, 40))
    for n in range(0, len(sound), 2):
        broken = bytearray(sound)
        broken[n] ^= 0xFF
        made = in_srgb(image, bytes(broken))
        assert (made.mode, made.size) == (image.mode, image.size)
        if not is_profile(bytes(broken)):
            assert made.tobytes() == image.tobytes(), "a damaged profile is passed over"
