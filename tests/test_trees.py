"""Slicing trees: what a page of several pictures keeps, whatever their shapes are."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.pacing import CROP, PictureFrame, TreeError, TreeLayout, best_tree, parse_tree, solve_tree, trees_of

AREA = (180.0, 220.0)
GAP = 4.0
ASPECTS = st.lists(st.floats(0.4, 2.6), min_size=1, max_size=6)


@pytest.mark.parametrize("text", [".", "(.|.)", "(./(.|.))", "((.|.)/.)", "((./.)|(./.))", "(./(.|(./.))/.)"])
def test_a_tree_is_written_as_it_was_read(text: str) -> None:
    assert str(parse_tree(text)) == text


@pytest.mark.parametrize(("typed", "read"), [("./.", "(./.)"), (" ( . / (. | .) ) ", "(./(.|.))"), ("(.)", ".")])
def test_blanks_and_outer_brackets_may_be_left_out(typed: str, read: str) -> None:
    assert str(parse_tree(typed)) == read


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "ends where a picture is expected"),
        ("(./", "ends where a picture is expected"),
        ("(./.", "sign 1 is never closed"),
        ("./.)", "sign 4 closes nothing"),
        ("(..)", "before sign 3 a “|” or “/” is missing"),
        ("(.|./.)", "“/” at sign 5 stands beside “|”"),
        ("(./x)", "“x” at sign 4 has no meaning"),
        ("()", "at sign 2 a picture is expected"),
    ],
)
def test_what_is_no_tree_is_refused_with_its_place(text: str, says: str) -> None:
    with pytest.raises(TreeError) as fault:
        parse_tree(text)
    assert says in str(fault.value)


@pytest.mark.parametrize(("pictures", "trees"), [(1, 1), (2, 2), (3, 6), (4, 22), (5, 30), (6, 62)])
def test_every_tree_in_the_order_of_the_pictures_is_known_once(pictures: int, trees: int) -> None:
    found = trees_of(pictures)
    assert len(found) == len(set(map(str, found))) == trees
    assert all(tree.pictures == pictures for tree in found)


def test_two_pictures_of_one_shape_share_a_row() -> None:
    layout = solve_tree(parse_tree("(.|.)"), (1.5, 1.5), (304.0, 100.0), 4.0)
    assert layout == TreeLayout(
        parse_tree("(.|.)"), (PictureFrame(0, 0, 150, 100), PictureFrame(154, 0, 150, 100)), 304, 100
    )


def test_a_block_fills_its_area_where_a_small_crop_allows_it() -> None:
    area = (180.0, 186.0)
    layout = solve_tree(parse_tree("(./(.|.))"), (1.5, 1.5, 1.5), area, GAP)
    assert layout is not None
    assert (layout.width, layout.height) == pytest.approx(area, abs=0.01)
    assert 0 < layout.crop <= CROP
    whole = solve_tree(parse_tree("(./(.|.))"), (1.5, 1.5, 1.5), area, GAP, crop=0)
    assert whole is not None
    assert whole.crop == 0
    assert whole.height == pytest.approx(120 + 4 + 88 / 1.5)


def test_a_picture_that_must_stay_whole_is_whole_and_the_others_make_room() -> None:
    layout = solve_tree(parse_tree("(./(.|.))"), (1.5, 1.5, 1.5), (180, 186), GAP, crop=(0, CROP, CROP))
    assert layout is not None
    assert layout.frames[0].width / layout.frames[0].height == pytest.approx(1.5)
    assert layout.height == pytest.approx(186, abs=0.01)


def test_a_tree_with_more_gaps_than_room_has_no_layout() -> None:
    assert solve_tree(parse_tree("(./././.)"), (1, 1, 1, 1), (30, 11), 4) is None


@pytest.mark.slow
@given(ASPECTS)
def test_pictures_of_a_tree_keep_what_it_promises(aspects: list[float]) -> None:
    for tree in trees_of(len(aspects)):
        layout = solve_tree(tree, aspects, AREA, GAP)
        if layout is not None:
            assert_sound(layout, aspects)


@pytest.mark.slow
@given(st.lists(st.floats(0.4, 2.6), min_size=1, max_size=40))
def test_the_best_tree_uses_one_side_of_its_area(aspects: list[float]) -> None:
    layout = best_tree(aspects, AREA, GAP)
    assert layout is not None
    assert_sound(layout, aspects)
    assert layout.width == pytest.approx(AREA[0], abs=0.01) or layout.height == pytest.approx(AREA[1], abs=0.01)


def assert_sound(layout: TreeLayout, aspects: Sequence[float]) -> None:
    """Proportions within the stated crop, all inside the area, and gaps that are even."""
    assert layout.crop <= CROP + 1e-9
    for frame, aspect in zip(layout.frames, aspects, strict=True):
        assert abs(math.log(frame.width / frame.height / aspect)) <= -math.log(1 - layout.crop) + 1e-9
        assert frame.x >= -1e-6
        assert frame.y >= -1e-6
        assert frame.x + frame.width <= layout.width + 1e-6 <= AREA[0] + 0.01
        assert frame.y + frame.height <= layout.height + 1e-6 <= AREA[1] + 0.01
    assert_even_gaps(layout)


def assert_even_gaps(layout: TreeLayout) -> None:
    """Pictures that grow by half a gap on all sides cover the block: no gap is wider or narrower."""
    grown = sum((frame.width + GAP) * (frame.height + GAP) for frame in layout.frames)
    assert grown == pytest.approx((layout.width + GAP) * (layout.height + GAP), rel=1e-6)
