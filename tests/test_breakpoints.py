"""Breakpoints: where a line may end, how wide it is then, what stands out at its edges. Every letter is 10 px wide."""

from typing import Any

import pytest

from pressroom.typeset.lines.breakpoints import SOFT_HYPHEN, BreakPosition, Run, breakpoints_of
from pressroom.typeset.lines.total_fit import Breakpoint

EDGES = {"a": (1.0, 2.0), "b": (3.0, 4.0), "c": (5.0, 6.0), "-": (7.0, 8.0), "‐": (9.0, 11.0)}


def run(text: str, **more: Any) -> Run:
    return Run(text, [10.0 * n for n in range(len(text) + 1)], edges=EDGES, **more)


def places(*runs: Run) -> list[Breakpoint]:
    """The places after the beginning. Lines may begin after a space, a hyphen and a line end, and with a dash."""
    text = "".join(each.text for each in runs)
    breaks = [n > 0 and (text[n - 1] in f" -\n{SOFT_HYPHEN}" or text[n] == "—") for n in range(len(text))]
    (beginning, *found), positions = breakpoints_of(runs, [*breaks, True])
    assert beginning == Breakpoint(0.0, 0.0, 0, 0, 0, 0)
    assert (positions[0], positions[-1]) == (BreakPosition(0, 0), BreakPosition(len(runs), 0))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a bc", [Breakpoint(10, 20, 0, 1, 1, 1, over_end=2, over_start=3),
                  Breakpoint(40, 40, 1, 1, 3, 3, over_end=6)]),
        ("a  b", [Breakpoint(10, 20, 0, 1, 1, 1, over_end=2),
                  Breakpoint(10, 30, 0, 2, 1, 1, over_end=2, over_start=3),
                  Breakpoint(40, 40, 2, 2, 2, 2, over_end=4)]),
        ("a-b", [Breakpoint(20, 20, 0, 0, 2, 1, has_hyphen=True, over_end=8, over_start=3),
                 Breakpoint(30, 30, 0, 0, 3, 2, over_end=4)]),
        ("a—b", [Breakpoint(10, 10, 0, 0, 1, 1, penalty=120, over_end=2), Breakpoint(30, 30, 0, 0, 3, 2, over_end=4)]),
        ("a\nb", [Breakpoint(20, 20, 0, 0, 2, 1, is_forced=True), Breakpoint(30, 30, 0, 0, 3, 2, over_end=4)]),
        ("a ", [Breakpoint(10, 20, 0, 1, 1, 1, over_end=2)]),
        ("", [Breakpoint(0, 0, 0, 0, 0, 0)]),
    ],
)  # fmt: skip
def test_a_line_ends_before_spaces_and_behind_hyphens(text: str, expected: list[Breakpoint]) -> None:
    assert places(run(text)) == expected


def test_a_space_at_the_end_of_a_line_is_kerned_with_nothing() -> None:
    first, last = places(run("a b", kerned={1: -2.0}))
    assert (first.kerned_end, first.kerned_start, last.kerned_end) == (0.0, -2.0, -2.0)


def test_a_parted_word_has_the_hyphen_of_its_style() -> None:
    first, _ = places(run("ac", points=frozenset([1]), hyphens={"a": 3.0, "c": 4.0}, hyphen="‐"))
    assert first == Breakpoint(13, 10, 0, 0, 1, 1, has_hyphen=True, over_end=11)


def test_a_soft_hyphen_shows_only_where_its_line_ends() -> None:
    first, last = places(run(f"a{SOFT_HYPHEN}c", hyphens={SOFT_HYPHEN: 3.0}))
    assert first == Breakpoint(23, 20, 0, 0, 1, 1, has_hyphen=True, over_end=8)
    assert last == Breakpoint(30, 30, 0, 0, 2, 2, over_end=6)


def test_a_hyphen_is_added_where_none_is_typed() -> None:
    parted = run("ab", points=frozenset([1]))
    assert breakpoints_of([parted], [False, False, True])[1][1] == BreakPosition(0, 1, adds_hyphen=True)
    assert breakpoints_of([run("a-"), run("b")], [False, False, True, True])[1][1] == BreakPosition(0, 2)


def test_room_between_styles_counts_and_ends_no_space() -> None:
    first, last = places(run("a "), run("b", before=5.0))
    assert first == Breakpoint(25, 25, 1, 1, 1, 1, over_start=3)
    assert last == Breakpoint(35, 35, 1, 1, 2, 2, over_end=4)


def test_edges_are_those_of_the_style_that_the_sign_has() -> None:
    plain = Run("b ", [0.0, 10.0, 20.0])
    first, _ = places(plain, run("c"))
    assert (first.over_end, first.over_start) == (0, 5)


@pytest.mark.parametrize(
    ("runs", "ends"),
    [
        ([run("a b"), run(" c d", wraps=False)], [10, 70]),
        ([run("a b ", wraps=False), run("c d")], [50, 70]),
        ([run("a b "), run("c d", wraps=False)], [10, 30, 70]),
        ([run("a "), run("1", begins_line=False)], [30]),
    ],
)
def test_some_styles_keep_their_words_together(runs: list[Run], ends: list[float]) -> None:
    assert [place.end for place in places(*runs)] == ends


def test_letters_that_move_and_letters_that_are_seen_are_counted_apart() -> None:
    (last,) = places(run("a,\u200bb"), run("cd", moves_letters=False), run("\u00a01", has_elastic_spaces=False))
    assert (last.spaces_end, last.letters, last.signs) == (0, 4, 5)
