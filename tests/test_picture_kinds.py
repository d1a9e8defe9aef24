"""Kinds of picture files that scanners, telephones and image programs write, and what every edition shows of them."""

from __future__ import annotations

import gzip
import io
import os
import random
import struct
from collections.abc import Sequence
from typing import Any

import pytest
from conftest import Publish, collect, ids
from PIL import Image, ImageCms, ImageFilter
from test_formats import halves, only, saved
from tiff_maker import Samples, tiff

from pressroom.machine.listening import listening
from pressroom.photographs import Recipe, render
from pressroom.photographs.jpegs import completed

pytestmark = pytest.mark.slow

LARGE = Recipe(1000, 1000)
Colours = tuple[tuple[int, ...], tuple[int, ...]]
BLACK, GREY, WHITE = (0, 0, 0), (128, 128, 128), (255, 255, 255)


def shown(publication: Publish, file: str, data: bytes) -> tuple[Image.Image, list[str]]:
    """A picture as an edition shows it, in RGB, and the ids of the findings on it."""
    root = publication({"book/a.md": f"![Alt](<{file}>)", f"assets/photos/{file}": data})
    album, findings = collect(root)
    assert album, findings
    with Image.open(render(only(album), LARGE, root / "cache").path) as image:
        return image.convert("RGB"), ids(findings)


def check(publication: Publish, file: str, data: bytes, halves: Colours, told: Sequence[str] = ()) -> None:
    """The left half of a picture has one colour, the right half another."""
    image, findings = shown(publication, file, data)
    assert findings == list(told)
    assert image.size == (60, 40)
    for x, wanted in zip((10, 50), halves, strict=True):
        assert image.getpixel((x, 20)) == pytest.approx(wanted, abs=6)


def two(left: Sequence[float], right: Sequence[float]) -> Any:
    """A picture of two halves: the samples of each pixel."""
    return lambda x, _: left if x < 30 else right


# ---- TIFF

CYAN_AND_CLEAR = two((255, 0, 0, 0, 255), (0, 255, 255, 255, 0))
FRACTIONS = two((0.0, 0.5, 1.0), (1.0, 0.0, 0.5))
GREYS = {
    "fractions": (Samples(two([0.0], [0.5]), 32, 3), BLACK, GREY),
    "fractions, packed": (Samples(two([1.0], [0.5]), 32, 3, packed=True), WHITE, GREY),
    "fractions over 1": (Samples(lambda x, y: [9.0 if x == y == 0 else x // 30 * 0.5], 32, 3), BLACK, GREY),
    "fractions to 255": (Samples(two([255.0], [128.0]), 32, 3), WHITE, GREY),
    "fractions to 65535": (Samples(two([65535.0], [32896.0]), 32, 3), WHITE, GREY),
    "fractions and no numbers": (Samples(two([float("nan")], [1.0]), 32, 3), BLACK, WHITE),
    "fractions, zero is white": (Samples(two([0.0], [0.5]), 32, 3, photometric=0), WHITE, GREY),
    "16 bits, zero is white": (Samples(two([0], [32768]), 16, photometric=0), WHITE, GREY),
    "16 bits, zero is white, packed": (Samples(two([65535], [0]), 16, photometric=0, packed=True), BLACK, WHITE),
    "16 bits": (Samples(two([65535], [32896]), 16), WHITE, GREY),
    "8 bits, zero is white": (Samples(two([0], [255]), photometric=0), WHITE, BLACK),
}


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize(("page", "left", "right"), GREYS.values(), ids=GREYS.keys())
def test_a_grey_tiff_is_neither_black_nor_negative(
    publication: Publish, page: Samples, left: tuple[int, ...], right: tuple[int, ...], order: str
) -> None:
    check(publication, "a.tif", tiff(page, order=order), (left, right))


COLOURS = {
    "inks and transparency": (Samples(CYAN_AND_CLEAR, photometric=5, extra=(2,)), (0, 255, 255), WHITE),
    "the same, packed": (Samples(CYAN_AND_CLEAR, photometric=5, extra=(1,), packed=True), (0, 255, 255), WHITE),
    "the same, as differences": (
        Samples(CYAN_AND_CLEAR, photometric=5, extra=(2,), packed=True, differences=True),
        (0, 255, 255),
        WHITE,
    ),
    "inks of 16 bits and transparency": (
        Samples(two((0, 65535, 0, 0, 65535), (65535, 0, 0, 0, 0)), 16, photometric=5, extra=(2,)),
        (255, 0, 255),
        WHITE,
    ),
    "fractions": (Samples(FRACTIONS, 32, 3, photometric=2), (0, 128, 255), (255, 0, 128)),
    "fractions, packed": (Samples(FRACTIONS, 32, 3, photometric=2, packed=True), (0, 128, 255), (255, 0, 128)),
    "fractions and transparency": (
        Samples(two((0, 0.5, 1, 1), (0, 0, 0, 0)), 32, 3, photometric=2, extra=(2,)),
        (0, 128, 255),
        WHITE,
    ),
    "16 bits": (Samples(two((0, 32896, 65535), (65535, 0, 0)), 16, photometric=2), (0, 128, 255), (255, 0, 0)),
    "16 bits, as differences": (
        Samples(two((0, 32896, 65535), (65535, 0, 0)), 16, photometric=2, packed=True, differences=True),
        (0, 128, 255),
        (255, 0, 0),
    ),
    "16 bits and transparency": (
        Samples(two((65535, 0, 0, 65535), (0, 0, 0, 0)), 16, photometric=2, extra=(2,)),
        (255, 0, 0),
        WHITE,
    ),
    "inks and a spot colour": (Samples(CYAN_AND_CLEAR, photometric=5, extra=(0,)), (0, 255, 255), BLACK),
}


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize(("page", "left", "right"), COLOURS.values(), ids=COLOURS.keys())
def test_a_tiff_of_colours_keeps_them(
    publication: Publish, page: Samples, left: tuple[int, ...], right: tuple[int, ...], order: str
) -> None:
    told = ["photo-ink-unknown"] if page.photometric == 5 else []
    check(publication, "a.tif", tiff(page, order=order), (left, right), told)


def test_a_tiff_of_inks_with_transparency_stands_upright(publication: Publish) -> None:
    page = Samples(CYAN_AND_CLEAR, photometric=5, extra=(2,), more={274: [6]})
    image, _ = shown(publication, "a.tif", tiff(page))
    assert image.size == (40, 60)
    assert image.getpixel((20, 10)) == pytest.approx((0, 255, 255), abs=3)


SMALL = Samples(two([255], [0]), size=(60, 8), more={254: [1]})
FULL = Samples(two([0], [255]))
OTHER = Samples(two([128], [128]))
MASK = Samples(two([0], [0]), more={254: [4]})
PAGES = {
    "the thumbnail comes first": ([SMALL, FULL], []),
    "two reduced copies come first": ([SMALL, SMALL, FULL], []),
    "all pages are called reduced": ([SMALL, Samples(two([0], [255]), more={254: [1]})], []),
    "the thumbnail comes last": ([FULL, SMALL], []),
    "a mask follows": ([FULL, MASK], []),
    "two pages": ([FULL, OTHER], ["photo-pages"]),
    "the thumbnail and two pages": ([SMALL, FULL, OTHER], ["photo-pages"]),
}


@pytest.mark.parametrize(("pages", "told"), PAGES.values(), ids=PAGES.keys())
def test_of_the_pages_of_a_tiff_the_first_full_one_is_shown(
    publication: Publish, pages: list[Samples], told: list[str]
) -> None:
    check(publication, "a.tif", tiff(*pages), (BLACK, WHITE), told)


@pytest.mark.parametrize(
    ("page", "what"),
    [
        (Samples(two([0, 0, 0], [1, 1, 1]), 32, 3, 2, packed=True, more={317: [3]}), "packed with a predictor"),
        (Samples(two([0, 0, 0], [1, 1, 1]), 32, 1, 2), "32 bits, 3 samples a pixel"),
        (Samples(two([0, 0, 0], [1, 1, 1]), 32, 3, 2, more={284: [2]}), "each colour apart"),
        (Samples(two([0] * 5, [1] * 5), photometric=9), "8 bits, 5 samples a pixel"),
        (Samples(two([0], [1]), 32, 3, photometric=8), "32 bits, 1 sample a pixel"),
    ],
)
def test_a_tiff_that_cannot_be_read_is_called_a_tiff(publication: Publish, page: Samples, what: str) -> None:
    album, [fault] = collect(publication({"book/a.md": "![Alt](a.tif)", "assets/a.tif": tiff(page)}))
    assert not album
    assert fault.id == "photo-format"
    assert "is a TIFF of a kind that cannot be read" in fault.message
    assert what in fault.message
    assert "16 bits" in fault.remedy


# ---- JPEG without its end

KINDS: list[dict[str, Any]] = [
    {"subsampling": "4:4:4"},
    {"subsampling": "4:2:0", "quality": 50},
    {"progressive": True},
    {"progressive": True, "restart_marker_rows": 1},
    {"restart_marker_rows": 1},
]


@pytest.mark.parametrize("save", KINDS)
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_jpeg_that_lacks_only_its_end_marker_is_taken_and_reported(
    publication: Publish, mode: str, save: dict[str, Any]
) -> None:
    data = saved("JPEG", mode, **save)
    told = ["photo-end-missing"] + ["photo-ink-unknown"] * (mode == "CMYK")
    check(publication, "a.jpg", data[:-2], (BLACK, WHITE), told)
    check(publication, "b.jpg", data[:-1], (BLACK, WHITE), told)


@pytest.mark.parametrize("save", KINDS)
@pytest.mark.parametrize("noisy", [True, False])
def test_a_jpeg_of_which_pixels_are_missing_is_never_taken_for_whole(save: dict[str, Any], *, noisy: bool) -> None:
    image = Image.linear_gradient("L").resize((203, 157))
    if noisy:
        image = Image.frombytes("L", (203, 157), random.Random(1).randbytes(203 * 157)).filter(
            ImageFilter.GaussianBlur(1)
        )
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", **save)
    data = out.getvalue()
    whole = pixels(data)
    for cut in (3, 4, 5, 8, 20, 60, 100, 200, len(data) // 3):
        mended = completed(data[:-cut])
        assert mended is None or pixels(mended) == whole


def pixels(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        return image.tobytes()


# ---- other formats


def photoshop(merged: bytes = b"\1") -> bytes:
    """A Photoshop document of two halves, with the picture of all its layers, or with the note that it has none."""
    resource = b"8BIM" + struct.pack(">H2sL", 1057, b"\0\0", 6) + bytes(4) + merged + b"\0"
    head = b"8BPS" + struct.pack(">H6xHLLHH", 1, 3, 40, 60, 8, 3)
    row = bytes(30) + b"\xff" * 30
    return head + bytes(4) + struct.pack(">L", len(resource)) + resource + bytes(4) + bytes(2) + row * 40 * 3


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("scan.bmp", saved("BMP")),
        ("scan.bmp", saved("BMP", "L")),
        ("scan.bmp", saved("BMP", "1")),
        ("scan.bmp", saved("BMP", "P")),
        ("map.jp2", saved("JPEG2000")),
        ("map.jp2", saved("JPEG2000", "L")),
        ("map.jp2", saved("JPEG2000", "RGBA")),
        ("map.j2k", saved("JPEG2000", no_jp2=True)),
        ("map.psd", photoshop()),
    ],
)
def test_bitmaps_jpeg_2000_and_photoshop_are_taken(publication: Publish, file: str, data: bytes) -> None:
    check(publication, file, data, (BLACK, WHITE))


def test_a_photoshop_document_of_layers_alone_is_refused_with_the_remedy(publication: Publish) -> None:
    root = publication({"book/a.md": "![Alt](a.psd)", "assets/a.psd": photoshop(merged=b"\0")})
    album, [fault] = collect(root)
    assert not album
    assert (fault.id, "Maximize compatibility" in fault.remedy) == ("photo-format", True)


@pytest.mark.parametrize(
    ("file", "format", "called", "name"),
    [
        ("a.jpg", "PNG", "PNG", "a.png"),
        ("a.png", "JPEG", "JPEG", "a.jpg"),
        ("a.jpeg", "WEBP", "WebP", "a.webp"),
        ("a.tif", "AVIF", "AVIF", "a.avif"),
        ("a.gif", "TIFF", "TIFF", "a.tif"),
        ("a.webp", "BMP", "BMP", "a.bmp"),
        ("a.svg", "PNG", "PNG", "a.png"),
    ],
)
def test_a_name_with_the_ending_of_another_format_is_reported(
    publication: Publish, file: str, format: str, called: str, name: str
) -> None:
    root = publication({"book/a.md": f"![Alt]({file})", f"assets/{file}": saved(format)})
    album, [told] = collect(root)
    assert len(album) == 1
    assert told.id == "photo-ending"
    assert f"is a {called} file" in told.message
    assert f"Call it {name}" in told.remedy


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><rect width="9" height="9"/></svg>'


@pytest.mark.parametrize(
    ("file", "data", "told"),
    [
        ("a.svg", SVG, []),
        ("a.svgz", gzip.compress(SVG, mtime=0), []),
        ("a.svg", gzip.compress(SVG, mtime=0), []),
        ("a.png", SVG, ["photo-ending"]),
        ("a.jpg", b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- A map -->\n" + SVG, ["photo-ending"]),
    ],
)
def test_a_drawing_is_known_by_its_content(publication: Publish, file: str, data: bytes, told: list[str]) -> None:
    album, findings = collect(publication({"book/a.md": f"![Alt]({file})", f"assets/{file}": data}))
    assert only(album).kind == "drawing"
    assert ids(findings) == told


@pytest.mark.slow
def test_a_packed_drawing_that_would_fill_the_memory_is_refused(publication: Publish) -> None:
    root = publication({"book/a.md": "![Alt](a.svgz)", "assets/a.svgz": gzip.compress(SVG + b" " * 50_000_000)})
    assert ids(collect(root)[1]) == ["drawing-unfit"]


def test_a_lab_picture_keeps_its_colours(publication: Publish) -> None:
    to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    out = io.BytesIO()
    ImageCms.applyTransform(halves("RGB"), to_lab).save(out, "TIFF")
    check(publication, "a.tif", out.getvalue(), (BLACK, WHITE))


# ---- what a decoder complains of


def scan(compression: str) -> bytes:
    """A scan of which a few bytes in the middle are wrong: as a fax, its decoder complains of it and goes on."""
    out = io.BytesIO()
    signs = Image.frombytes("L", (240, 160), random.Random(1).randbytes(240 * 160))
    signs.convert("1" if compression == "group4" else "L").save(out, "TIFF", compression=compression)
    data = bytearray(out.getvalue())
    data[len(data) // 2 : len(data) // 2 + 24] = bytes([255]) * 24
    return bytes(data)


def test_what_a_decoder_complains_of_is_told_with_the_file_and_not_printed(
    publication: Publish, capfd: pytest.CaptureFixture[str]
) -> None:
    """libtiff prints on the terminal, past Python; who looks at findings alone must hear of it."""
    root = publication({"book/a.md": "![Alt](a.tif)\nCaption.", "assets/a.tif": scan("group4")})
    for _ in range(2):  # the second time it is known
        _, found = collect(root)
        (doubt,) = (finding for finding in found if finding.id == "photo-doubtful")
        assert (doubt.severity, str(doubt.place)) == ("warning", "book/a.md:1:1")
        assert "“a.tif”" in doubt.message
        assert "Bad code word" in doubt.message
    assert capfd.readouterr().err == ""


def test_a_picture_that_cannot_be_decoded_says_why(publication: Publish, capfd: pytest.CaptureFixture[str]) -> None:
    """In the words of its decoder, and not on the terminal."""
    root = publication({"book/a.md": "![Alt](a.tif)\nCaption.", "assets/a.tif": scan("tiff_adobe_deflate")})
    (fault,) = (finding for finding in collect(root)[1] if finding.id == "photo-damaged")
    assert "ZIPDecode: Decoding error" in fault.message
    assert capfd.readouterr().err == ""


def test_who_writes_to_standard_error_meanwhile_is_not_lost(capfd: pytest.CaptureFixture[str]) -> None:
    """After a block in which libraries are listened to, all is as it was; also if the block fails."""
    with pytest.raises(ValueError, match="x"), listening() as heard:
        os.write(2, b"one\none\ntwo\n")
        raise ValueError("x")
    os.write(2, b"three\n")
    assert heard == ["one", "two"]
    assert capfd.readouterr().err == "three\n"
