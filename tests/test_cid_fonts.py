"""CID fonts: a reader that looks signs up by their CIDs, as ISO 32000 asks, draws the signs that were meant."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from pressroom.design.companions import sources
from pressroom.design.font_subset import FontSubset, font_subset
from pressroom.design.fonts import find_faces
from pressroom.errors import Place
from pressroom.typeset.engine.cid_fonts import numbered_by_place


def cut(letters: str, family: str = "Noto Serif SC") -> bytes:
    """A font file cut from a larger one."""
    source = sources(Path())[family][0]
    return font_subset(source.file.read_bytes(), FontSubset([*map(ord, letters)], weight=400), source.number)


def cids(data: bytes) -> list[int]:
    """The CID of each glyph, by its place."""
    charset = TTFont(io.BytesIO(data))["CFF "].cff.topDictIndex[0].charset
    return [0, *(int(name.removeprefix("cid")) for name in charset[1:])]


def drawn(data: bytes, letter: str) -> tuple[int, list[object], tuple[int, int]]:
    """The place of a letter’s glyph, its outline, and its width."""
    font = TTFont(io.BytesIO(data))
    name, pen = font.getBestCmap()[ord(letter)], RecordingPen()
    font.getGlyphSet()[name].draw(pen)
    return font.getGlyphID(name), pen.value, font["hmtx"][name]


@pytest.mark.parametrize("letters", ["水", "水磨坊位于河流变窄的地方", "、。“”", "龘 ABC 123"])
@pytest.mark.slow
def test_the_glyphs_of_a_cut_font_are_found_by_their_places(letters: str) -> None:
    before = cut(letters)
    after = numbered_by_place(before)
    assert cids(before) != cids(after) == list(range(len(cids(before))))
    for letter in letters.replace(" ", ""):
        assert drawn(after, letter) == drawn(before, letter)
    assert numbered_by_place(after) == after


def test_a_font_without_cids_keeps_its_bytes() -> None:
    face = find_faces("Source Serif Pro", (400,), Path(), Place("layout.yaml"))[0][0].file.read_bytes()
    assert numbered_by_place(face) == face
