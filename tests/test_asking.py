"""What is asked of pictures, and of whom: credits for all, graphics that nobody took, and messages that lead on."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Publish, picture, read
from PIL import Image, ImageDraw
from test_captions_from_files import xmp

from pressroom.errors import PressroomError
from pressroom.photographs.probing import probe_file
from pressroom.production.order import Order
from pressroom.production.reading import read as read_publication
from pressroom.settings import read_settings

BOOK = "title: T\nlanguage: en\n"
SHOWN = "# A\n\n![Alt](a.png)\nPeople wait at the crossing of two roads.\n"


def diagram(file: Path, colours: int = 5) -> Path:
    """A chart: bars of a few colours on white."""
    chart = Image.new("RGB", (600, 400), "white")
    for n in range(colours):
        ImageDraw.Draw(chart).rectangle((n * 80 + 20, 350 - n * 50, n * 80 + 80, 380), fill=(n * 40, 90, 200 - n * 30))
    file.parent.mkdir(parents=True, exist_ok=True)
    chart.save(file)
    return file


def asked(root: Path) -> set[str]:
    return {finding.id for finding in read_publication(Order(root)).findings}


CREDITS = {"credit-missing", "caption-no-place", "caption-no-date"}


def test_a_photograph_is_asked_who_where_and_when_and_a_diagram_is_not(publication: Publish) -> None:
    root = publication({"book/a.md": SHOWN}, settings=BOOK)
    picture(root / "assets/a.png", 300, 200)
    assert asked(root) >= CREDITS
    diagram(root / "assets/a.png")
    assert not asked(root) & CREDITS


@pytest.mark.parametrize("made", ["algorithmicMedia", "digitalCreation", "screenCapture"])
def test_a_picture_whose_file_says_that_no_camera_took_it_is_not_asked(publication: Publish, made: str) -> None:
    root = publication({"book/a.md": SHOWN.replace("a.png", "a.jpg")}, settings=BOOK)
    packet = xmp({"ext:DigitalSourceType": f"http://cv.iptc.org/newscodes/digitalsourcetype/{made}"})
    picture(root / "assets/a.jpg", 300, 200, xmp=packet)
    assert not asked(root) & CREDITS


@pytest.mark.parametrize("grey", [False, True])
def test_graphics_are_told_by_their_few_colours(tmp_path: Path, grey: bool) -> None:  # noqa: FBT001 - a case
    mode = "L" if grey else "RGB"
    assert not probe_file(picture(tmp_path / "photo.png", 300, 200, mode)).is_graphic
    Image.open(diagram(tmp_path / "chart.png")).convert(mode).save(tmp_path / "chart2.png")
    assert probe_file(tmp_path / "chart2.png").is_graphic


@pytest.mark.parametrize(
    ("settings", "typed", "expected"),
    [
        ("", "![Alt](a.png)", ""),
        ("credit: Ann Doe\n", "![Alt](a.png)", "Ann Doe"),
        ("credit: Ann Doe\n", "---\ncredit: Bob Roe\n---\n![Alt](a.png)", "Bob Roe"),
        ("credit: Ann Doe\n", '![Alt](a.png){credit="Cy Poe"}', "Cy Poe"),
        ("credit: Ann Doe\n", '![Alt](a.png){credit=""}', ""),
        ("credit: Ann Doe\n", "![Alt](a.svg)", ""),
    ],
)
def test_one_credit_for_all_photographs(publication: Publish, settings: str, typed: str, expected: str) -> None:
    chapter = typed if typed.startswith("---") else f"# A\n\n{typed}\n"
    ((_, figure),) = read(publication({"book/a.md": chapter}, settings=BOOK + settings)).publication.figures()
    assert figure.credit == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("editions:\n  print: {format: pdf, trim: a5, paper: cream}\n", "format: cover"),
        ("editions:\n  ebook: {format: epub, bleed: 3mm}\n", "format: pdf"),
        ("editions:\n  print: {format: pdf, max_mb: 5}\n", "format: epub"),
    ],
)
def test_a_key_of_another_format_is_called_so(publication: Publish, settings: str, expected: str) -> None:
    with pytest.raises(PressroomError) as fault:
        read_settings(publication(settings=BOOK + settings))
    assert [f.id for f in fault.value.findings] == ["key-unknown"]
    assert expected in fault.value.findings[0].message


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Update #2 of the list", ["4:8"]),
        ("Road #1", ["4:8"]),
        ('"Road #1"', []),
        ("Road#1", []),
        ("C #", []),
    ],
)
def test_what_a_comment_cuts_off_a_value_is_reported(publication: Publish, value: str, expected: list[str]) -> None:
    typed = f"---\n\n# a comment #1\ntitle: {value}\n---\n\nText.\n"
    found = read(publication({"book/a.md": typed}, settings=BOOK)).findings
    cut = [f for f in found if f.id == "yaml-comment"]
    assert [f"{f.place.line}:{f.place.column}" for f in cut] == expected
    assert all("quotes" in f.remedy for f in cut)
    book = publication(settings=f"# x #1\nlanguage: en\n\ntitle: {value}\n")
    assert ("yaml-comment" in asked(book)) is bool(expected)


def test_a_tab_in_yaml_is_called_so(publication: Publish) -> None:
    with pytest.raises(PressroomError) as fault:
        read_settings(publication(settings="title: T\nlanguage: en\nfonts:\n\ttext: X\n"))
    assert "spaces" in fault.value.findings[0].remedy


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("![Alt](/assets/photos/a.png)", "Write a.png"),
        ("![Alt](sub\\b.png)", "Write sub/b.png"),
        ("![Alt](C:\\Users\\b.png)", "write b.png"),
        ("[Alt](a.png)", "![what it shows](a.png)"),
    ],
)
def test_a_remedy_names_what_to_write(publication: Publish, typed: str, remedy: str) -> None:
    root = publication({"book/a.md": f"# A\n\n{typed}\n"}, settings=BOOK)
    picture(root / "assets/photos/a.png")
    errors = [f for f in read_publication(Order(root)).findings if f.severity == "error"]
    assert [remedy in f.remedy for f in errors] == [True]
