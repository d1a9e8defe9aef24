"""A publication's own font files: one that cannot be used is named, with the table that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Publish
from fontTools.ttLib import TTFont, newTable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_ebook_fonts import cast

from pressroom import production
from pressroom.design.font_files import fault_in, own_faces, unfit_fonts

SETTINGS = (
    "title: T\nlanguage: en\nfonts: {text: Tiny}\neditions: {ebook: {format: epub}, pages: {format: pdf, trim: a5}}\n"
)
Damage = Callable[[Path], None]


def changed(change: Callable[[TTFont], object]) -> Damage:
    """The font saved again with a change."""

    def damage(file: Path) -> None:
        with TTFont(file) as font:
            change(font)
            font.save(file)

    return damage


def overwritten(table: str, start: int, data: bytes) -> Damage:
    """The font with other bytes in one of its tables."""

    def damage(file: Path) -> None:
        with TTFont(file, lazy=True) as font:
            at = font.reader.tables[table].offset + start
        held = bytearray(file.read_bytes())
        held[at : at + len(data)] = data
        file.write_bytes(held)

    return damage


def _symbols(font: TTFont) -> None:
    (table, *_) = font["cmap"].tables
    table.platformID, table.platEncID = 3, 0
    table.cmap = {0xF000 + code % 256: name for code, name in table.cmap.items()}
    font["cmap"].tables = [table]


def _bitmaps(font: TTFont) -> None:
    del font["glyf"], font["loca"]
    font["sbix"] = newTable("sbix")


FAULTS: dict[str, tuple[Damage, str]] = {
    "a font of symbols": (changed(_symbols), "“cmap” names no letter"),
    "pictures of letters": (changed(lambda font: font.__delitem__("glyf") or font.__delitem__("loca")), "no outlines"),
    "an em of nothing": (overwritten("head", 18, b"\0\0"), "em 0 units"),
    "without metrics": (changed(lambda font: font.__delitem__("OS/2")), "no table “OS/2”"),
    "OS/2 cut short": (overwritten("OS/2", 0, b"\xff\xff"), "“OS/2” is damaged"),
    "letters that lie outside": (overwritten("loca", 4, b"\x7f\xff\xff\xff" * 4), ""),
    "only its beginning": (lambda file: file.write_bytes(file.read_bytes()[:600]) and None, ""),
    "a text": (lambda file: file.write_text("This is no font.") and None, "it is no font"),
    "nothing": (lambda file: file.write_bytes(b"") and None, "it is no font"),
    "a table that is not there": (overwritten("GSUB", 4, b"\xff" * 6), "“GSUB” is damaged"),
}


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.slow
def test_a_font_that_cannot_be_used_is_told_with_its_table(tmp_path: Path, kind: str) -> None:
    """It is left out, so that nothing is set from it."""
    damage, reason = FAULTS[kind]
    damage(cast(tmp_path / "assets/fonts/x.ttf"))
    assert not list(own_faces(tmp_path))
    (told,) = unfit_fonts(tmp_path)
    assert (told.id, str(told.severity), told.place.file) == ("font-damaged", "warning", "assets/fonts/x.ttf")
    assert reason in told.message


@pytest.mark.parametrize("kind", ["a font of symbols", "only its beginning", "pictures of letters"])
@pytest.mark.slow
def test_a_publication_that_needs_it_is_not_made_and_hears_of_both(publication: Publish, kind: str) -> None:
    """The family is missing, since its only file is damaged."""
    root = publication(settings=SETTINGS)
    FAULTS[kind][0](cast(root / "assets/fonts/x.ttf"))
    report = production.build(production.Order(root))
    assert not report.products
    assert {finding.id for finding in report.findings} == {"font-missing", "font-damaged"}


def test_a_sound_font_is_used(tmp_path: Path) -> None:
    """Without a word."""
    file = cast(tmp_path / "assets/fonts/x.ttf")
    assert [face.file for face in own_faces(tmp_path)] == [file]
    assert not list(unfit_fonts(tmp_path))


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.integers(0, 5000), wrong=st.binary(min_size=1, max_size=12), length=st.integers(0, 6000))
def test_any_damage_is_told_or_does_not_matter(tmp_path: Path, start: int, wrong: bytes, length: int) -> None:
    """Wrong bytes anywhere, or an end too early, never stop the program."""
    file = cast(tmp_path / f"{start}-{wrong.hex()}-{length}.ttf")
    data = bytearray(file.read_bytes())[: max(length, start)]
    data[start : start + len(wrong)] = wrong
    file.write_bytes(data)
    assert isinstance(fault_in(file), str)
