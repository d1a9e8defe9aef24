"""The table of placements: its rows with their traits, and what a new row brings with it."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from pressroom import design
from pressroom.design.estimates import Estimates
from pressroom.design.grid import grid_for
from pressroom.errors import Place
from pressroom.publication import (
    IN_MANUSCRIPTS,
    PLACEMENTS,
    Caption,
    Chapter,
    Figure,
    PdfEdition,
    Placement,
    Publication,
    Settings,
    Trim,
    placement_of,
)
from pressroom.reports import entries, missing_csv

PLACE = Place("book/a.md")
LAYOUT = design.find_layout("reportage", Path("/nowhere"), PLACE)
PRINT = PdfEdition(format="pdf", trim="210x270mm", bleed=3.0)  # type: ignore[arg-type]
PAPER = next(paper for paper in LAYOUT.manifest.papers if paper.trim == Trim(210, 270))
WITH_NEW_ROWS = {
    **PLACEMENTS,
    "poster": Placement("poster", "over two pages, its caption below", two_pages=True, bleeds=True),
    "plate": Placement("plate", "small, on a page of its own", own_page=True, caption_apart=True),
}
"""A copy of the table with two rows more, of traits that none of its own rows has together."""


def figure(placement: str, caption: str = "A caption.") -> Figure:
    return Figure("f", "1", "", "Alt.", Caption(caption, caption), "", WITH_NEW_ROWS[placement], PLACE)


def book(placement: str) -> Publication:
    chapter = Chapter("c-a", "A chapter", PLACE, blocks=(figure(placement),))
    return Publication(Settings(title="T", language="en", editions={"print": PRINT}), (chapter,))


@pytest.mark.parametrize(
    ("name", "traits"),
    [
        ("column", "in_margin"),
        ("wide", "full_width"),
        ("page", "full_width own_page"),
        ("bleed", "own_page bleeds caption_apart in_margin"),
        ("head", "own_page to_head"),
        ("edge", "own_page to_head"),
        ("spread", "two_pages bleeds caption_apart in_margin"),
        ("over", "two_pages"),
        ("inset", "floats"),
        ("opener", "own_page bleeds caption_apart in_margin opens_chapter"),
        ("cover", "bleeds on_cover"),
    ],
)
def test_each_placement_has_its_traits(name: str, traits: str) -> None:
    row = PLACEMENTS[name]
    assert " ".join(f.name for f in fields(row) if getattr(row, f.name) is True) == traits
    assert row.name == name


def test_a_template_compares_the_name_of_a_placement_and_prints_it() -> None:
    assert figure("wide").placement == "wide"


def test_the_table_has_no_other_rows_and_a_manuscript_names_all_but_the_cover() -> None:
    names = ["column", "wide", "page", "bleed", "head", "edge", "spread", "over", "inset", "opener", "cover"]
    assert list(PLACEMENTS) == names
    assert list(IN_MANUSCRIPTS) == [name for name in PLACEMENTS if name != "cover"]
    assert len({row.standing for row in PLACEMENTS.values()}) == len(PLACEMENTS)


@pytest.mark.parametrize("name", IN_MANUSCRIPTS)
def test_a_figure_is_known_by_its_class(name: str) -> None:
    assert placement_of(f"{name} landscape below") is PLACEMENTS[name]


def test_a_figure_without_a_placement_among_its_classes_stands_in_the_column() -> None:
    assert placement_of("gallery") is placement_of("") is PLACEMENTS["column"]
    assert placement_of("gallery page") is PLACEMENTS["page"]


def test_the_documentation_of_layouts_names_every_placement() -> None:
    text = (Path(__file__).parents[1] / "docs/layouts.md").read_text("utf-8")
    (row,) = re.findall(r"^\| (.*) \| `figure` \| the placement", text, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", row)) == set(IN_MANUSCRIPTS)


# ---- a new row


def test_a_picture_of_a_new_placement_has_the_width_of_its_traits() -> None:
    def width(placement: str) -> float:
        return design.placed_width(figure(placement), grid_for(PRINT, LAYOUT.manifest.papers))

    assert width("poster") == width("spread") > width("bleed")
    assert width("plate") == width("column") < width("page")


def test_a_missing_picture_of_a_new_placement_has_the_shape_that_it_fills() -> None:
    def ratio(placement: str) -> float:
        return design.expected_ratio(figure(placement), design.EditionInHand(book(placement), "print", LAYOUT))

    assert ratio("poster") == ratio("spread")
    assert ratio("plate") == 1.5


def test_the_caption_of_a_new_placement_has_the_position_of_its_traits() -> None:
    widths = dict.fromkeys("abcdefghijklmnopqrstuvwxyz. ", 0.5)
    estimates = Estimates(lambda _: 1.5, PAPER, widths, elsewhere="on the page that faces this one, " * 9)
    words = "a caption of some words that takes a few lines. " * 6
    here, apart = estimates.figure(figure("wide", words)), estimates.figure(figure("plate", words))
    assert estimates.figure(figure("poster", words)) == here  # below the picture, as wide as the text
    assert apart.rows > here.rows  # it says where its picture is
    assert apart.fall > 0  # and that is alone on its page


def test_the_contact_sheet_describes_a_new_placement() -> None:
    (entry,) = entries(book("poster"), {}, LAYOUT)
    assert entry.standing == "over two pages, its caption below"
    assert entry.wanted is not None
    assert entry.wanted.shape == next(iter(entries(book("spread"), {}, LAYOUT))).wanted.shape  # type: ignore[union-attr]
    assert "small, on a page of its own" in missing_csv(book("plate"), {}, LAYOUT)
