"""Photographs: where they are found, which are missing, and which are not to be taken in."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Publish, collect, ids, lines, picture

from pressroom.errors import Finding
from pressroom.photographs import Album, Photograph, Recipe, render

LARGE = Recipe(1000, 1000)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'


def publication_of(publication: Publish, *files: str, folder: str = "assets/photos") -> Path:
    """A publication whose chapter shows these files, which are there."""
    root = publication({"book/a.md": "# A\n\n" + "\n\n".join(f"![Alt](<{file}>)" for file in files)})
    for file in files:
        picture(root / folder / file)
    return root


def faults_with(publication: Publish, file: str, data: bytes) -> tuple[Finding, ...]:
    """The findings about a picture with these bytes."""
    root = publication({"book/a.md": f"![Alt](<{file}>)", f"assets/photos/{file}": data})
    album, findings = collect(root)
    assert not album
    return findings


def only(album: Album) -> Photograph:
    [photograph] = album.values()
    return photograph


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


def test_one_file_may_be_shown_twice(publication: Publish) -> None:
    root = publication({"book/a.md": "![Alt](a.jpg)\nOne.\n\n![Alt](a.jpg)\nTwo."})
    picture(root / "assets/photos/a.jpg")
    album, findings = collect(root)
    assert not findings
    assert [photograph.file.name for photograph in album.values()] == ["a.jpg", "a.jpg"]


# ---- missing


def test_a_missing_photograph_is_a_warning_in_a_draft_and_an_error_in_a_final_publication(publication: Publish) -> None:
    root = publication({"book/a.md": "![Alt](truck.jpg)\nCaption.\n\n![Alt]()\nCaption."})
    draft, final = (collect(root, final=final)[1] for final in (False, True))
    assert lines(draft) == ["book/a.md:1:1 warning photo-missing", "book/a.md:4:1 warning photo-to-come"]
    assert lines(final) == ["book/a.md:1:1 error photo-missing", "book/a.md:4:1 error photo-to-come"]


def test_a_misspelt_photograph_gets_a_suggestion(publication: Publish) -> None:
    root = publication({"book/a.md": "![Alt](truck.jpg)\nCaption."})
    picture(root / "assets/photos/trucks.jpg")
    [truck] = collect(root)[1]
    assert truck.id == "photo-missing"
    assert "“trucks.jpg”" in truck.remedy


def test_a_name_that_differs_by_its_capitals_is_taken_and_reported_on_every_machine(publication: Publish) -> None:
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
        pytest.param('<!DOCTYPE svg [<!ENTITY a "<g/>">]>' + SVG.format(BOX, "<text>&a;</text>"), id="entity"),
        pytest.param(
            '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format(BOX, "<text>&a;</text>"), id="file"
        ),
        pytest.param("<svg", id="not well-formed"),
        pytest.param("<html xmlns='http://www.w3.org/1999/xhtml'/>", id="not SVG"),
        pytest.param("\0\1\2", id="not XML"),
    ],
)
def test_a_drawing_that_loads_files_or_has_no_size_is_refused(publication: Publish, drawing: str) -> None:
    assert ids(faults_with(publication, "a.svg", drawing.encode())) == ["drawing-unfit"]


@pytest.mark.parametrize(
    "drawing",
    [
        pytest.param(SVG.format(BOX, "<script>alert(1)</script>"), id="script"),
        pytest.param(SVG.format(BOX + ' onload="alert(1)"', ""), id="onload"),
        pytest.param(SVG.format(BOX, '<a xlink:href="javascript:alert(1)"/>'), id="javascript"),
        pytest.param(SVG.format(BOX, "<foreignObject>a</foreignObject>"), id="foreign object"),
    ],
)
def test_a_drawing_with_scripts_is_shown_without_them(publication: Publish, tmp_path: Path, drawing: str) -> None:
    root = publication({"book/a.md": "![Alt](a.svg)", "assets/a.svg": drawing})
    album, findings = collect(root)
    assert lines(findings) == ["book/a.md:1:1 warning drawing-cleaned"]
    made = render(only(album), LARGE, tmp_path).path.read_text()
    assert not any(word in made for word in ("alert", "script", "foreignObject", "onload"))
