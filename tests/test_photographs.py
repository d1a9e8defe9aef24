"""Photographs: where they are found, which can be printed, and what an edition gets of them."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from conftest import Publish, collect, ids, lines, picture, read
from PIL import Image, ImageCms, ImageDraw

from pressroom.errors import Finding
from pressroom.photographs import Album, Photograph, Recipe, Rendition, Shelf, gather, render, render_all

LARGE = Recipe(1000, 1000)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'


def publication_of(publication: Publish, *files: str, folder: str = "assets/photos") -> Path:
    """A publication whose chapter shows these files, which are there."""
    root = publication({"book/a.md": "# A\n\n" + "\n\n".join(f"![Alt](<{file}>)" for file in files)})
    for file in files:
        picture(root / folder / file)
    return root


def faults_with(publication: Publish, file: str, data: bytes) -> tuple[Finding, ...]:
    """What is said of a picture that holds these bytes."""
    root = publication({"book/a.md": f"![Alt](<{file}>)", f"assets/photos/{file}": data})
    album, findings = collect(root)
    assert not album
    return findings


def only(album: Album) -> Photograph:
    [photograph] = album.values()
    return photograph


def photograph_of(publication: Publish, file: str, **how: Any) -> Photograph:
    """A picture made as `picture` makes it, gathered."""
    root = publication({"book/a.md": f"![Alt]({file})"})
    picture(root / "assets/photos" / file, **how)
    album, findings = collect(root)
    assert not findings
    return only(album)


def opened(rendition: Rendition) -> Image.Image:
    with Image.open(rendition.path) as image:
        image.load()
        assert image.size == (rendition.width, rendition.height)
        return image


def colour(image: Image.Image, x: int = 5, y: int = 5) -> tuple[int, ...]:
    value = image.convert("RGB").getpixel((x, y))
    assert isinstance(value, tuple)
    return tuple(int(part) for part in value)


# ---- found


@pytest.mark.parametrize("folder", ["assets/photos", "assets", "book"])
def test_a_photograph_is_found_in_the_assets_or_beside_its_chapter(publication: Publish, folder: str) -> None:
    root = publication_of(publication, "fire.jpg", folder=folder)
    album, findings = collect(root)
    assert not findings
    assert only(album).file == root / folder / "fire.jpg"


def test_a_photograph_beside_its_chapter_is_found_in_folders_too(publication: Publish) -> None:
    root = publication({"book/one/a.md": "![Alt](fire.jpg)\nCaption.\n\n![Alt](../two/rain.jpg)\nCaption."})
    picture(root / "book/one/fire.jpg")
    picture(root / "book/two/rain.jpg")
    assert collect(root)[1] == ()


def test_the_folder_of_photographs_comes_first(publication: Publish) -> None:
    root = publication_of(publication, "fire.jpg", folder="book")
    picture(root / "assets/fire.jpg")
    picture(root / "assets/photos/fire.jpg")
    assert only(collect(root)[0]).file == root / "assets/photos/fire.jpg"


@pytest.mark.parametrize(
    "file",
    [
        "Լաչինի միջանցք.jpg",
        "éclair à l’œuvre.jpg",
        'it\'s "this".jpg',
        "50% of it.jpg",
        "a & b.jpg",
        "a#b?c.jpg",
        "two  spaces (2).jpg",
        "[brackets].jpg",
        "day 1/fire.jpg",
        "UPPER.JPG",
        "no-suffix",
    ],
)
def test_a_photograph_may_have_any_name(publication: Publish, file: str) -> None:
    root = publication({"book/a.md": f"![Alt](<{file}>)\nCaption."})
    picture(root / "assets/photos" / file, format="JPEG")
    album, findings = collect(root)
    assert not findings
    assert only(album).file == root / "assets/photos" / file


@pytest.mark.parametrize(("typed", "stored"), [("\u00e9", "e\u0301"), ("e\u0301", "\u00e9")])
def test_an_accent_may_be_stored_in_another_way_than_it_is_typed(publication: Publish, typed: str, stored: str) -> None:
    root = publication({"book/a.md": f"![Alt]({typed}clair.jpg)"})
    picture(root / "assets/photos" / f"{stored}clair.jpg")
    assert collect(root)[1] == ()


@pytest.mark.parametrize("file", ["a.jpg", "a.png", "a.tif", "a.webp", "a.gif"])
def test_formats_of_photographs(publication: Publish, file: str) -> None:
    found = photograph_of(publication, file, width=60, height=40)
    assert (found.width, found.height, found.kind, found.ratio) == (60, 40, "photograph", 1.5)


def test_one_file_may_be_shown_twice(publication: Publish) -> None:
    root = publication({"book/a.md": "![Alt](a.jpg)\nOne.\n\n![Alt](a.jpg)\nTwo."})
    picture(root / "assets/photos/a.jpg")
    album, findings = collect(root)
    assert not findings
    assert [photograph.file.name for photograph in album.values()] == ["a.jpg", "a.jpg"]


# ---- missing


def test_a_missing_photograph_is_forgiven_in_a_draft_and_not_in_a_final_publication(publication: Publish) -> None:
    root = publication({"book/a.md": "![Alt](truck.jpg)\nCaption.\n\n![Alt]()\nCaption."})
    draft, final = (collect(root, final=final)[1] for final in (False, True))
    assert lines(draft) == ["book/a.md:1:1 warning photo-missing", "book/a.md:4:1 warning photo-to-come"]
    assert lines(final) == ["book/a.md:1:1 error photo-missing", "book/a.md:4:1 error photo-to-come"]


def test_a_misspelt_photograph_brings_the_one_that_was_meant(publication: Publish) -> None:
    root = publication({"book/a.md": "![Alt](truck.jpg)\nCaption."})
    picture(root / "assets/photos/trucks.jpg")
    [truck] = collect(root)[1]
    assert truck.id == "photo-missing"
    assert "“trucks.jpg”" in truck.hint


def test_a_name_that_differs_by_its_capitals_is_taken_and_told_on_every_machine(publication: Publish) -> None:
    root = publication({"book/a.md": "![Alt](Fire.JPG)\nCaption."})
    picture(root / "assets/fire.jpg")
    album, findings = collect(root)
    assert only(album).file == root / "assets/fire.jpg"
    assert lines(findings) == ["book/a.md:1:1 warning photo-case"]


def test_all_missing_photographs_come_at_once(publication: Publish) -> None:
    root = publication({"book/a.md": "::: gallery\n![Alt](a.jpg)\n![Alt](b.jpg)\n:::\n\n![Alt](c.jpg)"})
    assert [finding.place.line for finding in collect(root)[1]] == [2, 3, 6]


def test_a_name_longer_than_any_file_can_have_is_missing(publication: Publish) -> None:
    root = publication({"book/a.md": f"![Alt]({'x' * 999}.jpg)"})
    assert ids(collect(root)[1]) == ["photo-missing"]


def test_a_folder_is_no_photograph(publication: Publish) -> None:
    root = publication({"book/a.md": "![Alt](photos)"})
    (root / "assets/photos").mkdir(parents=True)
    assert ids(collect(root)[1]) == ["photo-missing"]


# ---- not to be taken in


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("https://example.org/a.jpg", "photo-remote"),
        ("HTTP://example.org/a.jpg", "photo-remote"),
        ("//example.org/a.jpg", "photo-remote"),
        ("ftp://example.org/a.jpg", "photo-remote"),
        ("data:image/png;base64,iVBORw0KGgo=", "photo-remote"),
        ("/etc/passwd", "photo-outside"),
        ("C:/photos/a.jpg", "photo-outside"),
        (r"<photos\a.jpg>", "photo-outside"),
        ("../../../secret.jpg", "photo-outside"),
        ("%2e%2e/%2e%2e/%2e%2e/secret.jpg", "photo-outside"),
    ],
)
def test_a_photograph_is_a_file_of_the_publication(
    publication: Publish, tmp_path: Path, address: str, fault: str
) -> None:
    picture(tmp_path / "secret.jpg")
    album, findings = collect(publication({"book/a.md": f"![Alt]({address})"}))
    assert not album
    assert lines(findings) == [f"book/a.md:1:1 error {fault}"]


def test_a_photograph_is_no_link_out_of_the_publication(publication: Publish, tmp_path: Path) -> None:
    root = publication_of(publication, "a.jpg")
    (root / "assets/photos/a.jpg").rename(tmp_path / "a.jpg")
    (root / "assets/photos/a.jpg").symlink_to(tmp_path / "a.jpg")
    assert ids(collect(root)[1]) == ["photo-outside"]


def test_a_link_within_the_publication_is_followed(publication: Publish) -> None:
    root = publication_of(publication, "a.jpg")
    (root / "assets/photos/a.jpg").rename(root / "assets/b.jpg")
    (root / "assets/photos/a.jpg").symlink_to(root / "assets/b.jpg")
    assert collect(root)[1] == ()


# ---- broken


def test_an_empty_file_is_told(publication: Publish) -> None:
    assert ids(faults_with(publication, "a.jpg", b"")) == ["photo-empty"]


@pytest.mark.parametrize("file", ["a.jpg", "a.png"])
def test_a_photograph_that_was_cut_off_is_told(publication: Publish, tmp_path: Path, file: str) -> None:
    data = picture(tmp_path / file, 200, 200).read_bytes()
    assert ids(faults_with(publication, file, data[: len(data) * 2 // 3])) == ["photo-damaged"]


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("a.jpg", b"<html>404 Not Found</html>"),
        ("a.png", b"\x89PNG"),
        ("a.jpg", b"%PDF-1.7"),
        ("a.gif", b"\0" * 100),
        ("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
    ],
)
def test_what_only_calls_itself_a_picture_is_told(publication: Publish, file: str, data: bytes) -> None:
    assert ids(faults_with(publication, file, data)) == ["photo-fake"]


@pytest.mark.parametrize("file", ["a.CR2", "a.nef", "a.dng"])
def test_a_raw_file_of_a_camera_is_told_with_what_to_do(publication: Publish, file: str) -> None:
    [fault] = faults_with(publication, file, b"\x1a\x45 raw data of some maker")
    assert (fault.id, bool(fault.hint)) == ("photo-raw", True)


def test_a_picture_that_would_fill_the_memory_is_not_opened(publication: Publish) -> None:
    assert ids(faults_with(publication, "a.png", png_header(20000, 20000))) == ["photo-huge"]


def test_a_picture_of_no_size_is_told(publication: Publish) -> None:
    assert ids(faults_with(publication, "a.png", png_header(0, 0)))[0] in ("photo-damaged", "photo-fake")


def test_one_broken_photograph_does_not_hide_the_next(publication: Publish) -> None:
    root = publication(
        {"book/a.md": "![Alt](a.jpg)\n\n![Alt](b.jpg)\n\n![Alt](c.jpg)", "assets/a.jpg": b"", "assets/b.jpg": b"x"}
    )
    picture(root / "assets/c.jpg")
    album, findings = collect(root)
    assert ids(findings) == ["photo-empty", "photo-fake"]
    assert only(album).file.name == "c.jpg"


def png_header(width: int, height: int) -> bytes:
    """A PNG that promises this many pixels, and holds none."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


# ---- drawings


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 300 200"', (300, 200)),
        ('viewBox="-10,-10,300,200" width="10cm"', (300, 200)),
        ('width="300" height="200px"', (300, 200)),
    ],
)
def test_a_drawing_stays_a_drawing(publication: Publish, attributes: str, size: tuple[int, int]) -> None:
    drawing = SVG.format(attributes, '<circle r="5" fill="url(#a)"/><use href="#a"/>')
    root = publication({"book/a.md": "![Alt](a.svg)", "assets/a.svg": drawing})
    album, findings = collect(root)
    assert not findings
    assert (only(album).kind, only(album).width, only(album).height) == ("drawing", *size)
    rendition = render(only(album), Recipe(10, 10), root / "cache")
    assert rendition.media_type == "image/svg+xml"
    assert '<circle r="5" fill="url(#a)"/><use href="#a"/></svg>' in rendition.path.read_text()
    assert (rendition.width, rendition.height) == size


BOX = 'viewBox="0 0 3 2"'


@pytest.mark.parametrize(
    "drawing",
    [
        pytest.param(SVG.format(BOX, '<image href="https://example.org/a.jpg"/>'), id="remote picture"),
        pytest.param(SVG.format(BOX, '<image xlink:href="../secret.jpg"/>'), id="picture beside it"),
        pytest.param(SVG.format(BOX, '<rect fill="url(https://example.org/a.svg#a)"/>'), id="remote fill"),
        pytest.param(SVG.format(BOX, "<style>@import 'a.css'</style>"), id="import"),
        pytest.param(SVG.format(BOX, "<style>p { fill: url('//example.org/a') }</style>"), id="remote in style"),
        pytest.param(SVG.format("", ""), id="no size"),
        pytest.param(SVG.format('viewBox="0 0 0 0"', ""), id="a size of nothing"),
        pytest.param(SVG.format('width="100%" height="100%"', ""), id="a size of something else"),
        pytest.param('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format(BOX, "<text>&a;</text>"), id="entity"),
        pytest.param(
            '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format(BOX, "<text>&a;</text>"), id="file"
        ),
        pytest.param("<svg", id="not well-formed"),
        pytest.param("<html xmlns='http://www.w3.org/1999/xhtml'/>", id="not SVG"),
        pytest.param("\0\1\2", id="not XML"),
    ],
)
def test_a_drawing_that_asks_for_more_or_says_no_size_is_refused(publication: Publish, drawing: str) -> None:
    assert ids(faults_with(publication, "a.svg", drawing.encode())) == ["drawing-unfit"]


@pytest.mark.parametrize(
    "drawing",
    [
        pytest.param(SVG.format(BOX, "<script>alert(1)</script>"), id="script"),
        pytest.param(SVG.format(BOX + ' onload="alert(1)"', ""), id="onload"),
        pytest.param(SVG.format(BOX, '<a xlink:href="javascript:alert(1)"/>'), id="javascript"),
        pytest.param(SVG.format(BOX, "<foreignObject/>"), id="foreign object"),
    ],
)
def test_a_drawing_that_runs_is_shown_without_its_program(publication: Publish, tmp_path: Path, drawing: str) -> None:
    root = publication({"book/a.md": "![Alt](a.svg)", "assets/a.svg": drawing})
    album, findings = collect(root)
    assert lines(findings) == ["book/a.md:1:1 warning drawing-cleaned"]
    made = render(only(album), LARGE, tmp_path).path.read_text()
    assert not any(word in made for word in ("alert", "script", "foreignObject", "onload"))


# ---- renditions


def test_a_rendition_is_reduced_and_never_enlarged(publication: Publish, tmp_path: Path) -> None:
    found = photograph_of(publication, "a.jpg", width=600, height=400)
    sizes = {(300, 300): (300, 200), (100, 50): (75, 50), (9000, 9000): (600, 400)}
    for wanted, size in sizes.items():
        rendition = render(found, Recipe(*wanted), tmp_path)
        assert opened(rendition).size == size
        assert (rendition.media_type, rendition.path.suffix) == ("image/jpeg", ".jpg")


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("file", ["a.jpg", "a.png"])
def test_a_photograph_is_upright(publication: Publish, tmp_path: Path, file: str, orientation: int) -> None:
    seen = Image.new("RGB", (60, 40), "white")
    ImageDraw.Draw(seen).rectangle((0, 0, 20, 20), "red")
    ImageDraw.Draw(seen).rectangle((40, 0, 60, 20), "blue")
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }.get(orientation)
    stored = seen.transpose(turn) if turn is not None else seen
    exif = Image.Exif()
    exif[0x0112] = orientation
    root = publication({"book/a.md": f"![Alt]({file})"})
    (root / "assets").mkdir()
    stored.save(root / "assets" / file, exif=exif, quality=95)
    found = only(collect(root)[0])
    assert (found.width, found.height) == (60, 40)
    image = opened(render(found, LARGE, tmp_path))
    assert image.size == (60, 40)
    assert image.getexif().get(0x0112) is None
    red, blue, white = colour(image, 8, 8), colour(image, 52, 8), colour(image, 30, 34)
    assert difference(red, (255, 0, 0)) < 30
    assert difference(blue, (0, 0, 255)) < 30
    assert difference(white, (255, 255, 255)) < 30


def test_colours_are_brought_to_srgb(publication: Publish, tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = swapped_primaries(srgb)
    plain = photograph_of(publication, "a.png")
    for profile, changes in ((None, False), (srgb, False), (swapped, True), (lab, False)):
        found = photograph_of(publication, "a.png", **({"icc_profile": profile} if profile else {}))
        before, after = (opened(render(each, LARGE, tmp_path)) for each in (plain, found))
        assert "icc_profile" not in after.info
        assert (difference(colour(before, 50, 5), colour(after, 50, 5)) > 40) == changes


def test_a_damaged_profile_is_told_and_passed_over(publication: Publish, tmp_path: Path) -> None:
    root = publication({"book/a.md": "![Alt](a.png)"})
    picture(root / "assets/a.png", icc_profile=b"no profile")
    album, findings = collect(root)
    assert lines(findings) == ["book/a.md:1:1 hint photo-profile-broken"]
    plain = opened(render(photograph_of(publication, "a.png"), LARGE, tmp_path))
    assert opened(render(only(album), LARGE, tmp_path)).tobytes() == plain.tobytes()


def swapped_primaries(profile: bytes) -> bytes:
    """The profile with its red and blue colorants changed for each other: every saturated colour becomes another."""
    count = struct.unpack(">I", profile[128:132])[0]
    tags = bytearray(profile)
    entries = {bytes(tags[p : p + 4]): p for p in range(132, 132 + 12 * count, 12)}
    red, blue = entries[b"rXYZ"], entries[b"bXYZ"]
    tags[red : red + 4], tags[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(tags)


def difference(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def test_cmyk_becomes_rgb(publication: Publish, tmp_path: Path) -> None:
    root = publication({"book/a.md": "![Alt](a.jpg)\n\n![Alt](b.tif)"})
    ink = Image.new("CMYK", (60, 40), (0, 255, 255, 0))
    (root / "assets").mkdir()
    ink.save(root / "assets/a.jpg", quality=95)
    ink.save(root / "assets/b.tif")
    album, findings = collect(root)
    assert ids(findings) == ["photo-ink-unknown"] * 2
    for photograph in album.values():
        image = opened(render(photograph, LARGE, tmp_path))
        assert image.mode in ("RGB", "P")
        assert difference(colour(image), (255, 0, 0)) < 20


def test_sixteen_bits_of_grey_keep_their_tones(publication: Publish, tmp_path: Path) -> None:
    root = publication({"book/a.md": "![Alt](a.png)\n\n![Alt](b.tif)"})
    grey = Image.new("I;16", (60, 40), 0x8000)
    (root / "assets").mkdir()
    grey.save(root / "assets/a.png")
    grey.save(root / "assets/b.tif")
    album, findings = collect(root)
    assert not findings
    for photograph in album.values():
        image = opened(render(photograph, LARGE, tmp_path))
        assert image.mode in ("L", "P")
        assert difference(colour(image), (128, 128, 128)) <= 1


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA"])
def test_every_kind_of_picture_can_be_printed(publication: Publish, tmp_path: Path, mode: str) -> None:
    root = publication({"book/a.md": "![Alt](a.png)"})
    file = "a.png" if mode != "PA" else "a.tif"
    root = publication({"book/a.md": f"![Alt]({file})"})
    picture(root / "assets" / file, mode=mode)
    album, findings = collect(root)
    assert not findings
    assert opened(render(only(album), LARGE, tmp_path)).mode in ("RGB", "L", "P")


@pytest.mark.parametrize("file", ["a.png", "a.webp"])
def test_transparency_stands_on_white(publication: Publish, tmp_path: Path, file: str) -> None:
    root = publication({"book/a.md": f"![Alt]({file})"})
    glass = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    ImageDraw.Draw(glass).rectangle((30, 0, 60, 40), (255, 0, 0, 255))
    (root / "assets").mkdir()
    glass.save(root / "assets" / file, lossless=True)
    image = opened(render(only(collect(root)[0]), LARGE, tmp_path))
    assert not image.has_transparency_data
    assert colour(image, 5) == (255, 255, 255)
    assert colour(image, 55) == (255, 0, 0)


def test_a_drawing_of_few_colours_keeps_its_sharp_lines(publication: Publish, tmp_path: Path) -> None:
    root = publication({"book/a.md": "![Alt](a.png)"})
    (root / "assets").mkdir()
    Image.new("RGB", (60, 40), "navy").save(root / "assets/a.png")
    rendition = render(only(collect(root)[0]), LARGE, tmp_path)
    assert (rendition.media_type, rendition.path.suffix) == ("image/png", ".png")


@pytest.mark.parametrize("file", ["a.jpg", "a.png", "a.tif", "a.webp"])
def test_a_rendition_names_its_maker_and_tells_nothing_of_place_or_camera(
    publication: Publish, tmp_path: Path, file: str
) -> None:
    exif = Image.Exif()
    exif[0x0110], exif[0x013B] = "Secret Camera", "A. Photographer"
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 30.0, 0.0), 3: "E", 4: (46.0, 20.0, 0.0)})
    found = photograph_of(publication, file, exif=exif)
    assert b"Secret" in found.file.read_bytes()
    for recipe in (LARGE, Recipe(20, 20)):
        rendition = render(found, recipe, tmp_path)
        assert b"Secret" not in rendition.path.read_bytes()
        assert b"A. Photographer" in rendition.path.read_bytes()
        image = opened(rendition)
        assert not dict(image.getexif())
        assert not {"exif", "comment", "icc_profile"} & set(image.info)


def test_quality_makes_the_difference(publication: Publish, tmp_path: Path) -> None:
    found = photograph_of(publication, "a.jpg", width=300, height=200)
    coarse, fine = (render(found, Recipe(300, 200, quality), tmp_path) for quality in (30, 95))
    assert coarse.path.stat().st_size < fine.path.stat().st_size


# ---- the cache


def test_a_rendition_is_made_once(publication: Publish, tmp_path: Path) -> None:
    found = photograph_of(publication, "a.jpg")
    first = render(found, LARGE, tmp_path / "cache")
    found.file.unlink()
    assert render(found, LARGE, tmp_path / "cache") == first


def test_another_picture_or_another_recipe_is_another_rendition(publication: Publish, tmp_path: Path) -> None:
    one, other = photograph_of(publication, "a.jpg"), photograph_of(publication, "a.jpg", quality=50)
    recipes = (LARGE, Recipe(30, 30), Recipe(1000, 1000, 50))
    assert len({render(found, recipe, tmp_path).name for found in (one, other) for recipe in recipes}) == 6


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


def test_all_photographs_are_brought_to_size_and_counted(publication: Publish, tmp_path: Path) -> None:
    root = publication({"book/a.md": "\n\n".join(f"![Alt]({n}.jpg)\nCaption." for n in range(5))})
    for n in range(4):
        picture(root / f"assets/{n}.jpg", 60 + n, 40)
    shown = read(root).publication
    album, _ = gather(shown, Shelf(root), final=False)
    steps: list[None] = []
    recipes = {figure.id: Recipe(50, 50) for _, figure in shown.figures()}
    renditions = render_all(album, recipes, tmp_path, lambda: steps.append(None))
    assert list(renditions) == list(album)
    assert len(steps) == 4


def test_nothing_is_left_in_the_cache_but_whole_renditions(publication: Publish, tmp_path: Path) -> None:
    found = photograph_of(publication, "a.jpg")
    made = render(found, LARGE, tmp_path / "cache")
    left = sorted(file.name for file in (tmp_path / "cache").iterdir())
    assert left == [made.path.name, made.path.with_suffix(".json").name]
