"""Faults that readers of whole books have found: lists, headings of lower levels, notes, openings, contents."""

from __future__ import annotations

import pytest
from conftest import Publish
from pages_laid_out import LaidChapter, lay_out_unit

from pressroom.typeset.boxes import TextAppearance

SETTINGS = "title: T\nlanguage: en\nlayout: %s\neditions: {print: {format: pdf, trim: %s}}\n"
PAPERS = [("reader", "6x9in"), ("reader", "a5"), ("reportage", "210x270mm"), ("reportage", "a5")]
papers = pytest.mark.parametrize(("layout", "trim"), PAPERS)


def chapter(publication: Publish, text: str, layout: str = "reader", trim: str = "6x9in") -> LaidChapter:
    return lay_out_unit(publication({"book/a.md": f"# A\n\n{text}"}, SETTINGS % (layout, trim)))


# ---- lists and headings


@papers
@pytest.mark.parametrize(("item", "marker"), [("- Blank lines", "•"), ("1. First", "1.")])
def test_a_list_item_stands_clear_of_its_bullet(
    publication: Publish, layout: str, trim: str, item: str, marker: str
) -> None:
    made = chapter(publication, f"Text.\n\n{item}\n", layout, trim)
    word, mark = made.set(item.split(" ")[1]), made.set(marker)
    assert 0.7 < (word.left - mark.left) / word.type.size < 1.5


@papers
def test_headings_of_every_level_stand_alike(publication: Publish, layout: str, trim: str) -> None:
    levels = range(2, 6)
    text = "Text.\n\n" + "\n\n".join(f"{'#' * n} Level {n}\n\nText {n}." for n in levels)
    made = chapter(publication, text, layout, trim)
    heads = {n: made.set(f"Level {n}") for n in levels}
    below = {n: made.set(f"Text {n}").baseline - heads[n].baseline for n in levels}
    at = {n: round(_centre(heads[n]) if layout == "reader" else heads[n].left, 1) for n in levels}
    assert len(set(at.values())) == 1
    assert len({round(distance, 1) for distance in below.values()}) == 1


@papers
def test_headings_of_neighbouring_levels_are_told_apart(publication: Publish, layout: str, trim: str) -> None:
    made = chapter(publication, "Text.\n\n## Two\n\nText.\n\n### Three\n\nText.\n\n#### Four\n\nText.", layout, trim)
    looks = [made.set(name).type for name in ("Two", "Three", "Four")]
    assert len({(one.weight, one.style, one.properties) for one in looks}) == 3


def _centre(looks: TextAppearance) -> float:
    return looks.left + looks.width / 2
