"""Formats: every format of picture that Pressroom reads, and findings about damaged ones. None stops the reading."""

from __future__ import annotations

import contextlib
import io
import random
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Sequence
from typing import Any

import pytest
from conftest import Publish, collect, ids, lines, picture, read
from PIL import Image, ImageCms, TiffImagePlugin, TiffTags

from pressroom.errors import Finding, Severity
from pressroom.photographs import Album, PhotoFinder, Photograph, Recipe, UnusableError, gather, render
from pressroom.photographs.srgb import adobe_rgb

LARGE = Recipe(1000, 1000)
EMPTY = zlib.compress(b"")


def only(album: Album) -> Photograph:
    [photograph] = album.values()
    return photograph


def faults_with(publication: Publish, file: str, data: bytes) -> tuple[Finding, ...]:
    """The findings about a picture with these bytes."""
    album, findings = collect(publication({"book/a.md": f"![Alt](<{file}>)", f"assets/photos/{file}": data}))
    assert not album
    return findings


# ---- formats


def halves(mode: str = "L") -> Image.Image:
    """A picture that is black on the left and white on the right."""
    image = Image.new("L", (60, 40), 0)
    image.paste(255, (30, 0, 60, 40))
    return image.convert("RGB").convert(mode)


def saved(format: str, mode: str = "RGB", **save: Any) -> bytes:
    out = io.BytesIO()
    if format == "HEIF":
        pytest.importorskip("pillow_heif").register_heif_opener()
    image = halves().quantize(2) if mode == "P" else halves(mode)
    image.save(out, format, **save)
    return out.getvalue()


def in_sixteen_bits(kind: str) -> bytes:
    """A file with 16 bits for each of three colours, which Pillow reads and does not write."""
    if kind == "PNG":
        rows = (b"\0" + bytes(6 * 30) + b"\xff" * 6 * 30) * 40
        return png(60, 40, zlib.compress(rows), bits=16)
    pixels = (bytes(6 * 30) + b"\xff" * 6 * 30) * 40
    bits = struct.pack("<3H", 16, 16, 16)
    tags = {256: (3, 1, 60), 257: (3, 1, 40), 258: (3, 3, 8), 259: (3, 1, 1), 262: (3, 1, 2), 273: (4, 1, 14)}
    tags |= {277: (3, 1, 3), 278: (3, 1, 40), 279: (4, 1, len(pixels))}
    entries = b"".join(struct.pack("<HHLL", tag, *entry) for tag, entry in tags.items())
    start = struct.pack("<2sHL", b"II", 42, 14 + len(pixels)) + bits
    return start + pixels + struct.pack("<H", len(tags)) + entries + bytes(4)


def png(width: int, height: int, pixels: bytes = EMPTY, *more: tuple[bytes, bytes], bits: int = 8) -> bytes:
    """A PNG in three colours with these compressed pixels, and more chunks before them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, bits, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), *more, (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in chunks)


@pytest.mark.parametrize(
    ("file", "format", "mode", "save"),
    [
        ("a.jpg", "JPEG", "RGB", {}),
        ("a.jpg", "JPEG", "L", {}),
        ("a.jpg", "JPEG", "RGB", {"progressive": True}),
        ("a.jpg", "JPEG", "RGB", {"subsampling": "4:2:0", "restart_marker_rows": 1}),
        ("a.jpg", "MPO", "RGB", {"save_all": True, "append_images": [Image.new("RGB", (30, 20))]}),
        *(("a.png", "PNG", "P", {"bits": bits}) for bits in (1, 2, 4, 8)),
        *(("a.png", "PNG", mode, {}) for mode in ("1", "L", "LA", "RGB", "RGBA")),
        *(("a.tif", "TIFF", mode, {}) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "LAB")),
        *(("a.tif", "TIFF", "RGB", {"compression": name}) for name in ("tiff_lzw", "packbits", "jpeg")),
        *(("a.tif", "TIFF", "L", {"compression": name}) for name in ("tiff_lzw", "tiff_adobe_deflate")),
        ("a.tif", "TIFF", "1", {"compression": "group4"}),
        ("a.webp", "WEBP", "RGB", {}),
        ("a.webp", "WEBP", "RGBA", {"lossless": True}),
        ("a.gif", "GIF", "P", {}),
        ("a.avif", "AVIF", "RGB", {}),
        ("a.heic", "HEIF", "RGB", {}),
        ("a.jpg", "HEIF", "RGB", {}),
        ("a.jpg", "PNG", "RGB", {}),
        ("a.png", "JPEG", "RGB", {}),
        ("a.gif", "TIFF", "RGB", {}),
        ("photo", "WEBP", "RGB", {}),
    ],
)
@pytest.mark.slow
def test_the_content_of_a_file_determines_its_format(
    publication: Publish, file: str, format: str, mode: str, save: dict[str, Any]
) -> None:
    if mode == "LAB":
        to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
        out = io.BytesIO()
        ImageCms.applyTransform(halves("RGB"), to_lab).save(out, format)
        data = out.getvalue()
    else:
        data = saved(format, mode, **save)
    lies = file in ("a.jpg", "a.png", "a.gif") and format not in (
        "MPO",
        {"a.jpg": "JPEG", "a.png": "PNG"}.get(file, "GIF"),
    )
    told = ["photo-ending"] * lies + ["photo-ink-unknown"] * (mode == "CMYK")
    check_halves(publication, file, data, told)


@pytest.mark.parametrize("file", ["a.png", "a.tif"])
def test_sixteen_bits_in_three_colours_are_taken(publication: Publish, file: str) -> None:
    check_halves(publication, file, in_sixteen_bits("PNG" if file == "a.png" else "TIFF"))


@pytest.mark.skipif(shutil.which("cjpeg") is None, reason="cjpeg, which writes them, is not installed")
def test_an_arithmetic_jpeg_is_taken(publication: Publish) -> None:
    out = io.BytesIO()
    halves("RGB").save(out, "PPM")
    data = subprocess.run(["cjpeg", "-arithmetic"], input=out.getvalue(), capture_output=True, check=True).stdout
    check_halves(publication, "a.jpg", data)


def check_halves(publication: Publish, file: str, data: bytes, told: Sequence[str] = ()) -> None:
    """A picture of two halves comes out as one."""
    root = publication({"book/a.md": f"![Alt]({file})", f"assets/photos/{file}": data})
    album, findings = collect(root)
    assert ids(findings) == list(told)
    found = only(album)
    assert (found.width, found.height, found.kind) == (60, 40, "photograph")
    with Image.open(render(found, LARGE, root / "cache").path) as image:
        assert [value // 16 for value in (grey(image, 10), grey(image, 50))] == [0, 15]


def grey(image: Image.Image, x: int) -> int:
    value = image.convert("L").getpixel((x, 20))
    assert isinstance(value, int)
    return value


@pytest.mark.parametrize(
    ("file", "format", "told"),
    [
        ("a.gif", "GIF", "advice photo-animated"),
        ("a.png", "PNG", "advice photo-animated"),
        ("a.webp", "WEBP", "advice photo-animated"),
        ("a.tif", "TIFF", "advice photo-pages"),
    ],
)
@pytest.mark.slow
def test_of_several_pictures_in_a_file_the_first_is_taken_and_reported(
    publication: Publish, file: str, format: str, told: str
) -> None:
    data = saved(format, "RGB", save_all=True, append_images=[Image.new("RGB", (60, 40), "red")])
    check_halves(publication, file, data, [told.split()[1]])
    findings = collect(publication({"book/a.md": f"![Alt]({file})", f"assets/{file}": data}))[1]
    assert lines(findings) == [f"book/a.md:1:1 {told}"]


def test_a_heic_photograph_that_the_machine_cannot_open_is_reported(
    publication: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = saved("HEIF")
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    [fault] = faults_with(publication, "a.heic", data)
    assert fault.id == "photo-heic"
    assert "pip install 'pressroom[heic]'" in fault.remedy


@pytest.mark.parametrize("file", ["a.CR2", "a.nef", "a.dng"])
def test_a_raw_file_of_a_camera_is_reported_with_what_to_do(publication: Publish, file: str) -> None:
    for data in (b"\x1a\x45 raw data of some maker", saved("TIFF")):
        [fault] = faults_with(publication, file, data)
        assert (fault.id, bool(fault.remedy)) == ("photo-raw", True)


def test_a_raw_file_under_another_name_is_reported_too(publication: Publish) -> None:
    data = saved("TIFF", tiffinfo={50706: b"\1\4\0\0"})
    assert ids(faults_with(publication, "a.tif", data)) == ["photo-raw"]


@pytest.mark.parametrize(
    ("mode", "shape", "told"),
    [
        ("RGBA", (255, 255, 255, 130), ["photo-white"]),
        ("LA", (254, 90), ["photo-white"]),
        ("RGBA", (0, 0, 0, 0), ["photo-white"]),
        ("RGBA", (0, 0, 0, 30), []),
        ("RGBA", (255, 240, 180, 255), []),
        ("LA", (120, 200), []),
    ],
)
def test_white_shapes_on_a_transparent_ground_are_told_since_paper_shows_nothing_of_them(
    publication: Publish, mode: str, shape: tuple[int, ...], told: list[str]
) -> None:
    picture = Image.new(mode, (60, 40))
    picture.paste(shape, (0, 0, 30, 40))
    picture.save(out := io.BytesIO(), "PNG")
    findings = collect(publication({"book/a.md": "![Alt](a.png)", "assets/a.png": out.getvalue()}))[1]
    assert ids(findings) == told


# ---- broken


def test_an_empty_file_is_reported(publication: Publish) -> None:
    assert ids(faults_with(publication, "a.jpg", b"")) == ["photo-empty"]


@pytest.mark.slow
@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "WEBP", "GIF", "AVIF", "HEIF"])
def test_a_photograph_that_was_cut_off_is_reported(publication: Publish, format: str) -> None:
    if format == "HEIF":
        pytest.importorskip("pillow_heif").register_heif_opener()
    out = io.BytesIO()
    Image.effect_noise((200, 200), 50).convert("P" if format == "GIF" else "RGB").save(out, format)
    for part in (0.3, 0.7, 0.95):
        data = out.getvalue()[: round(len(out.getvalue()) * part)]
        [fault] = ids(faults_with(publication, "a.jpg", data))
        assert fault in ("photo-damaged", "photo-format")


@pytest.mark.parametrize(
    ("data", "told", "what", "remedy"),
    [
        (b"<html>404 Not Found</html>", "photo-fake", "is a page of the web", "Copy or export"),
        (b"\0" * 100, "photo-fake", "not a picture of any format", "JPEG, PNG or TIFF"),
        (b"\x89PNG", "photo-damaged", "begins like a picture (PNG)", "Copy the photograph again."),
        (b"%PDF-1.7", "photo-format", "is a PDF", "Export the page"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "photo-format", "PostScript", "export it as SVG"),
        (b"\xc5\xd0\xd3\xc6" + bytes(40), "photo-format", "PostScript", "export it as SVG"),
        (b"\xff\x0a" + bytes(40), "photo-format", "JPEG XL", "JPEG, PNG or TIFF"),
        (b"qoif\0\0\0\x10" + bytes(40), "photo-format", "QOI", "JPEG, PNG or TIFF"),
        (b"\x0a\x05\x01\x08" + bytes(120), "photo-format", "PCX", "JPEG, PNG or TIFF"),
        (b"\x01\xda\x01\x01" + bytes(508), "photo-format", "SGI", "JPEG, PNG or TIFF"),
        (b"\x28\0\0\0" + bytes(8) + b"\x01\0\x18\0" + bytes(40), "photo-format", "DIB", "JPEG, PNG or TIFF"),
        (b"\0\0\0 ftypisom" + bytes(40), "photo-format", "is a film", "Export one of its frames."),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "photo-pointer", "only a note", "git lfs pull"),
        (b"8BPS\0\x01" + bytes(6) + b"\0\3\0\0\0\1\0\0\0\1\0\x20\0\3", "photo-format", "8 bits", "TIFF"),
    ],
)
def test_a_file_that_is_no_picture_is_called_what_it_is(
    publication: Publish, data: bytes, told: str, what: str, remedy: str
) -> None:
    [fault] = faults_with(publication, "a.jpg", data)
    assert fault.id == told
    assert what in fault.message
    assert remedy in fault.remedy


@pytest.mark.parametrize("data", [png(20_000, 10_000), png(2**31 - 1, 2**31 - 1), png(1, 170_000_000)])
def test_a_picture_that_would_fill_the_memory_is_not_opened(publication: Publish, data: bytes) -> None:
    assert ids(faults_with(publication, "a.png", data)) == ["photo-huge"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", [b"iCCP", b"zTXt"])
def test_a_chunk_that_would_fill_the_memory_is_not_unpacked(publication: Publish, kind: bytes) -> None:
    bomb = (kind, b"name\0\0" + zlib.compress(bytes(20_000_000)))
    root = publication({"book/a.md": "![Alt](a.png)", "assets/a.png": png(9, 9, zlib.compress(bytes(252)), bomb)})
    assert ids(collect(root)[1]) == ["photo-damaged"]


def test_a_picture_of_no_size_is_reported(publication: Publish) -> None:
    assert ids(faults_with(publication, "a.png", png(0, 0)))[0] in ("photo-damaged", "photo-fake")


def test_one_broken_photograph_does_not_hide_the_next(publication: Publish) -> None:
    root = publication(
        {"book/a.md": "![Alt](a.jpg)\n\n![Alt](b.jpg)\n\n![Alt](c.jpg)", "assets/a.jpg": b"", "assets/b.jpg": b"x"}
    )
    picture(root / "assets/c.jpg")
    album, findings = collect(root)
    assert ids(findings) == ["photo-empty", "photo-fake"]
    assert only(album).file.name == "c.jpg"


@pytest.mark.parametrize(
    ("width", "height", "told"),
    [(1, 1, []), (1200, 100, []), (20_000, 20, ["photo-sliver"]), (20, 20_000, ["photo-sliver"])],
)
def test_a_picture_that_is_a_line_on_the_page_is_reported(
    publication: Publish, width: int, height: int, told: list[str]
) -> None:
    root = publication({"book/a.md": "![Alt](a.jpg)"})
    picture(root / "assets/a.jpg", width, height)
    album, findings = collect(root)
    assert ids(findings) == told
    assert (only(album).width, only(album).height) == (width, height)


def tag(number: int, kind: int, value: Any) -> TiffImagePlugin.ImageFileDirectory_v2:
    """A directory in which a tag is of this type, though it may have to be of another."""
    directory = TiffImagePlugin.ImageFileDirectory_v2(b"MM\0*\0\0\0\0")
    directory.tagtype[number] = kind
    directory[number] = value
    return directory


FAR = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<HHHLLLQ", 1, 0x8769, 16, 1, 26, 0, 1 << 63)
"""EXIF whose second directory lies farther away than any file is long."""


@pytest.mark.parametrize("broken", [b"Exif\0\0MM\0*\0\0", b"Exif\0\0", b"Exif\0\0junk junk", FAR])
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.slow
def test_broken_exif_costs_no_photograph(publication: Publish, format: str, broken: bytes) -> None:
    check_broken_metadata(publication, format, saved(format, exif=broken))


@pytest.mark.parametrize(
    ("format", "save"),
    [
        ("JPEG", {"xmp": b"<x:xmpmeta><broken"}),
        ("JPEG", {"xmp": b"\xff\xfe\0\0"}),
        ("WEBP", {"xmp": b"<x:xmpmeta></y>"}),
        ("TIFF", {"tiffinfo": {700: b"<x:xmpmeta"}}),
        ("TIFF", {"tiffinfo": tag(700, TiffTags.ASCII, "<x:xmpmeta>text where bytes belong</x:xmpmeta>")}),
        ("TIFF", {"tiffinfo": tag(700, TiffTags.ASCII, 'tiff:Orientation="6"')}),
        ("TIFF", {"tiffinfo": tag(274, TiffTags.SHORT, 99)}),
        ("JPEG", {"exif": tag(274, TiffTags.SHORT, 0)}),
        ("JPEG", {"exif": tag(274, TiffTags.ASCII, "six")}),
        ("PNG", {"exif": tag(274, TiffTags.ASCII, "six")}),
    ],
)
def test_broken_metadata_costs_no_photograph(publication: Publish, format: str, save: dict[str, Any]) -> None:
    if "exif" in save:
        save = {"exif": b"Exif\0\0MM\0*\0\0\0\x08" + save["exif"].tobytes(8)}
    check_broken_metadata(publication, format, saved(format, **save))


def check_broken_metadata(publication: Publish, format: str, data: bytes) -> None:
    file = "a" + {"JPEG": ".jpg", "HEIF": ".heic", "TIFF": ".tif"}.get(format, f".{format.lower()}")
    root = publication({"book/a.md": f"![Alt]({file})", f"assets/{file}": data})
    album, findings = collect(root)
    assert lines(findings) in ([], ["book/a.md:1:1 advice photo-metadata-broken"])
    with Image.open(render(only(album), LARGE, root / "cache").path) as image:
        assert (image.size, grey(image, 10) // 16, grey(image, 50) // 16) == ((60, 40), 0, 15)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A file that was cut off, or of which some bytes are others."""
    if chance.random() < 0.2:
        return data[: chance.randrange(1, len(data))]
    flipped = bytearray(data)
    reach = len(data) if chance.random() < 0.5 else min(len(data), 400)  # most of what can break is at the beginning
    for _ in range(chance.choice((1, 1, 2, 4, 10))):
        flipped[chance.randrange(reach)] = chance.choice((0, 255, chance.randrange(256)))
    return bytes(flipped)


@pytest.mark.slow
@pytest.mark.parametrize("format", ["JPEG", "MPO", "PNG", "TIFF", "WEBP", "GIF", "AVIF", "HEIF"])
def test_whatever_is_damaged_is_a_photograph_or_a_finding(publication: Publish, format: str) -> None:
    exif = Image.Exif()
    exif.update({0x0112: 6, 0x013B: "A. Photographer"})
    more = Image.effect_noise((48, 32), 60)
    several = {"save_all": True, "append_images": [more]} if format in ("MPO", "GIF") else {}
    known = {} if format == "GIF" else {"exif": exif.tobytes(), "icc_profile": adobe_rgb()}
    packed = {"compression": "tiff_lzw"} if format == "TIFF" else {}
    sound = saved(format, "P" if format == "GIF" else "RGB", **several, **known, **packed)
    root = publication({"book/a.md": "![Alt](a.jpg)", "assets/a.jpg": sound})
    shown, chance = read(root).publication, random.Random(format)
    for n in range(80):
        (root / "assets/a.jpg").write_bytes(damaged(sound, chance) if n else sound)
        album, findings = gather(shown, PhotoFinder(root), final=True)
        assert len(album) == (not any(finding.severity is Severity.ERROR for finding in findings))
        for photograph in album.values():
            with contextlib.suppress(UnusableError):
                render(photograph, Recipe(20, 20), root / "cache")
