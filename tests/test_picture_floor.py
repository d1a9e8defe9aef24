"""Too few pixels: a press edition tells of them before print, in the same words wherever it is asked."""

from __future__ import annotations

import io

import pytest
from conftest import Publish, gather, read
from PIL import Image

from pressroom.design import EditionInHand, find_layout
from pressroom.errors import Place
from pressroom.photographs import PhotoFinder
from pressroom.preflight.plan import picture_small

SETTINGS = """title: T
language: en
editions:
  screen: {{format: pdf}}
  print: {{format: pdf, bleed: 3mm, image_ppi: 300{more}}}
"""


def jpeg(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("more", "width", "figure", "asked"),
    [
        ("", 40, "![Alt](a.jpg)", 150),
        ("", 670, "![Alt](a.jpg)", 150),  # 148 ppi at 115 mm
        ("", 690, "![Alt](a.jpg)", None),
        ("", 1000, '![Alt](a.jpg){crop="0% 0% 50% 100%"}', 150),  # 110 ppi of what stands after the crop
        ("", 1400, '![Alt](a.jpg){crop="0% 0% 50% 100%"}', None),
        (", min_ppi: 250", 690, "![Alt](a.jpg)", 250),
        (", min_ppi: 10", 60, "![Alt](a.jpg)", None),
        ("", 1200, "![Alt](a.jpg){.bleed}", 150),
    ],
)
@pytest.mark.slow
def test_a_press_edition_tells_of_pictures_under_its_floor(
    publication: Publish, more: str, width: int, figure: str, asked: int | None
) -> None:
    files = {"book/a.md": f"{figure}\nCaption.", "assets/a.jpg": jpeg(width, width * 2 // 3)}
    root = publication(files, SETTINGS.format(more=more))
    shown = read(root).publication
    album, _ = gather(shown, PhotoFinder(root), final=True)
    layout = find_layout("reportage", root, Place("x"))
    findings = list(picture_small(EditionInHand(shown, "print", layout, album)))
    assert [f"asks for {asked}." in finding.message for finding in findings] == [True] * (asked is not None)
    assert not list(picture_small(EditionInHand(shown, "screen", layout, album)))
