"""Total fit: the breaks of a paragraph are chosen together. Every letter is 10 px wide, and so is a space.

In these texts `'` marks where a word may be parted.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.typeset.lines.breakpoints import BreakPosition, Run, breakpoints_of
from pressroom.typeset.lines.total_fit import (
    Breakpoint,
    Fit,
    Line,
    MeasuredParagraph,
    break_lines,
    spacing,
    widest_space,
)


def run(text: str, **more: Any) -> Run:
    parts = text.split("'")
    points = [sum(map(len, parts[:n])) for n in range(1, len(parts))]
    plain = "".join(parts)
    hyphens = {plain[point - 1]: 10.0 for point in points}
    return Run(plain, [10.0 * n for n in range(len(plain) + 1)], points=frozenset(points), hyphens=hyphens, **more)


PLAIN, RAGGED = Fit(tracking=0), Fit(is_ragged=True)
STILL = Fit(tracking=0, last_tracking=0)


def measured(text: str, *widths: float, fit: Fit = PLAIN, **more: Any) -> tuple[MeasuredParagraph, list[str]]:
    of = run(text)
    breaks = [n > 0 and of.text[n - 1] in " -\n" for n in range(len(of.text))] + [True]
    points, positions = breakpoints_of([of], breaks)
    letters = [position.letter if position.run == 0 else len(of.text) for position in positions]
    paragraph = MeasuredParagraph(points, [10 * width for width in widths], 10.0, 20.0, fit, **more)
    return paragraph, [
        of.text[letters[line.first] : letters[line.last]].rstrip() + "‐" * positions[line.last].adds_hyphen
        for line in break_lines(paragraph)
    ]


def lines(text: str, *widths: float, **more: Any) -> list[str]:
    return measured(text, *widths, **more)[1]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("aaa bb cc ddddd", 8, ["aaa bb", "cc ddddd"]),
        ("aaa bb cc ddddd eee", 6, ["aaa", "bb cc", "ddddd", "eee"]),  # not “aaa bb”, “cc”
        ("one", 10, ["one"]),
        ("", 10, [""]),
        ("aa a a a", 7, ["aa a a", "a"]),  # white after the last line counts for nothing
        ("a aaa aa aaa", 8, ["a aaa", "aa aaa"]),  # as a square: one line with much white is worse than two with some
        ("aa a aa aaa", 8, ["aa a aa", "aaa"]),
        ("aa aa a aa", 9.95, ["aa aa a", "aa"]),  # half a pixel too much is too much
    ],
)
def test_ragged_lines_are_few_and_of_even_length(text: str, width: float, expected: list[str]) -> None:
    assert lines(text, width, fit=RAGGED) == expected


def test_lines_are_chosen_together() -> None:
    text = "aa bbbb cc ddd eeee fff gg hhhh ii jjjj kkk"
    first_fit = ["aa bbbb cc ddd", "eeee fff gg", "hhhh ii jjjj", "kkk"]
    together = lines(text, 14)
    assert "".join(together).replace(" ", "") == text.replace(" ", "")
    assert max(14 - len(line) for line in together[:-1]) <= max(14 - len(line) for line in first_fit[:-1])


@pytest.mark.parametrize("text", ["aaaa bbbb cccc dddd ", "aaaa bbbb cccc dddd"])
def test_a_line_is_narrowed_to_three_quarters_of_its_spaces(text: str) -> None:
    paragraph, found = measured("aaaa bbbb cccc dddd eeee", 18.5)
    [first, _] = break_lines(paragraph)
    assert found[0] == "aaaa bbbb cccc dddd"
    assert first.spacing.space == pytest.approx(-5 / 3)
    assert lines(text + " eeee", 17) != found


def test_letters_give_way_where_spaces_do_not_suffice() -> None:
    [line, _] = break_lines(measured("aaaa bbbb cccc dddd", 16.2, fit=Fit(tracking=0.01, last_tracking=0.01))[0])
    assert line.spacing.tracking == 10  # thousandths of an em of 20 px: 0.2 px for each of 13 letters
    assert line.spacing.space == pytest.approx((162 - 140 - 11 * 0.2) / 2)


def test_the_space_that_is_seen_is_no_narrower_than_three_quarters() -> None:
    paragraph, _ = measured("aaaa bbbb cccc dddd eeee", 18.2, fit=Fit(tracking=0.01, last_tracking=0.01))
    [first, _] = break_lines(paragraph)
    assert first.spacing.tracking < 0
    assert 10 + first.spacing.space + first.spacing.tracking / 1000 * paragraph.em >= 7.5  # a letter before it is moved


def test_a_space_that_kerning_takes_from_gives_less() -> None:
    text = "aaaa bbbb cccc dddd eeee"
    breaks = [n > 0 and text[n - 1] == " " for n in range(len(text))] + [True]
    for kerned, width in ((0.0, 182.5), (-6.0, 188.5)):  # three spaces of 10 px become 22.5 px, with kerning
        points, _ = breakpoints_of([replace(run(text), kerned={9: kerned})], breaks)
        for more, expected in ((0.1, 4), (-0.1, 3)):
            [first, *_] = break_lines(MeasuredParagraph(points, [width + more], 10.0, 20.0, STILL))
            assert first.last == expected


def test_a_word_alone_fills_its_line_as_far_as_its_letters_give_way() -> None:
    assert lines("aaaaaaaa a a aaaaaaaaa", 10, fit=Fit(tracking=0.02, wide=1.4)) == ["aaaaaaaa a", "a", "aaaaaaaaa"]


@pytest.mark.parametrize(
    ("text", "width", "fit", "widest"),
    [
        ("aaaa bbbb cccc dddd eeee", 19, STILL, 1.0),
        ("aaaa bbbb cccc dddd eeee", 20, STILL, 1 + 1 / 3),
        ("aaaa bbbb cccc dddd eeee", 18.5, STILL, 1.0),  # the last line has natural ones
        ("aaaa bbbb cccc dddd", 16.2, Fit(tracking=0.01, last_tracking=0.01), 2.01),  # the letter before it gives way
        ("aaaa bbb\ncccc dddd", 12, STILL, 1.0),  # the manuscript ends the line
        ("aaaaaaaa bbbb", 8, STILL, 1.0),
        ("aaaaaaaa bbbb", 8.3, Fit(tracking=0, last_tracking=0.025), 1.0),  # its letters fill the line
        ("aaaaaaaa bbbb", 9, Fit(tracking=0, last_tracking=0.025), inf),  # a word alone does not fill the line
    ],
)
def test_the_widest_space_is_told_as_it_is_seen(text: str, width: float, fit: Fit, widest: float) -> None:
    paragraph, _ = measured(text, width, fit=fit)
    assert widest_space(paragraph, break_lines(paragraph)) == pytest.approx(widest)


def test_where_no_lines_fit_no_space_is_wide_enough() -> None:
    assert widest_space(measured("aaaa", 2)[0], ()) == inf


def test_letters_give_way_by_more_where_the_last_line_would_have_few() -> None:
    for most, expected in ((0.01, ["aaaa bbbb cccc", "dd"]), (0.02, ["aaaa bbbb cccc dd"])):
        assert lines("aaaa bbbb cccc dd", 15.9, fit=Fit(tracking=0, last_tracking=most)) == expected


@pytest.mark.parametrize(
    ("width", "most", "hyphens"),
    [(16, 0.0, 4), (16, 0.03, 0), (13, 0.03, 6), (13, 0.06, 4), (14, 0.06, 4), (17, 0.06, 0)],
    ids=["no more is allowed", "none then", "too little", "fewer", "as many as before", "none anyway"],
)
def test_letters_give_way_by_more_where_many_lines_would_be_parted(width: float, most: float, hyphens: int) -> None:
    text = " ".join(["aaaa'aaaa"] * 12)
    found = lines(text, width, fit=Fit(tracking=0, last_tracking=most))
    assert sum(line.endswith("‐") for line in found) == hyphens


def test_a_first_line_in_other_letters_holds_as_many_as_fit_of_those() -> None:
    of = run("aa bb cc dd ee ff gg")
    narrow = replace(of, at=[5.0 * n for n in range(len(of.text) + 1)])
    places, _ = breakpoints_of([narrow], [n > 0 and of.text[n - 1] == " " for n in range(len(of.text))] + [True])
    assert lines(of.text, 5, fit=RAGGED) == ["aa bb", "cc dd", "ee ff", "gg"]
    assert lines(of.text, 5, fit=RAGGED, first=places) == ["aa bb cc", "dd ee", "ff gg"]


def test_no_more_than_two_hyphens_stand_in_a_row() -> None:
    text = " ".join(["aaaa'aaaa"] * 12)
    ends = [line.endswith("‐") for line in lines(text, 13)]
    assert not any(all(three) for three in zip(ends, ends[1:], ends[2:], strict=False))
    assert any(ends)


def test_no_hyphen_stands_before_the_last_line() -> None:
    text = " ".join(["aaaa"] * 11) + " bbbb'bbbb"
    assert lines(text, 57)[-2:] == [" ".join(["aaaa"] * 11), "bbbbbbbb"]


def test_the_first_line_is_not_parted_where_it_ends_a_page() -> None:
    text = "aaaaaaa bbbb'bbbbb cccc dddd eeee ffff gggg hhhh"
    assert lines(text, 13)[0] == "aaaaaaa bbbb‐"
    assert not lines(text, 13, first_unparted=True)[0].endswith("‐")


def test_few_letters_do_not_stand_alone_on_a_last_line() -> None:
    text = " ".join(["aaaa"] * 12) + " bb"
    assert lines(text, 58) == [" ".join(["aaaa"] * 11), "aaaa bb"]
    assert lines(text + "bb", 59, fit=replace(PLAIN, last_tracking=0.0))[-1] == "bbbb"
    assert lines(text + "bb", 59, fit=Fit())[-1] == "aaaa bbbb"  # letters give way, as where a line would be open


def test_a_last_line_is_no_single_word_where_another_way_is_nearly_as_even() -> None:
    text = " ".join(["aaaa"] * 12) + " bbbbbbbb"
    assert lines(text, 58, fit=replace(PLAIN, short=0.0))[-1] == "bbbbbbbb"
    assert lines(text, 58)[-1] == "aaaa bbbbbbbb"


def test_lines_beside_an_initial_are_narrower() -> None:
    found = lines("aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj", 9, 9, 19)
    assert [len(line) for line in found[:3]] == [9, 9, 19]


def test_a_word_wider_than_its_line_has_no_lines() -> None:
    assert lines("aa bbbbbbbbbbbbbbbbbbbb cc", 8) == []


def test_a_line_ends_where_the_manuscript_ends_it() -> None:
    assert lines("aa bb\ncc dd", 20) == ["aa bb", "cc dd"]


@pytest.mark.parametrize(
    ("before", "after", "breaks"),
    [("word ", "1", False), ("word ", "next", True)],
)
def test_the_call_of_a_note_stays_with_its_word(*, before: str, after: str, breaks: bool) -> None:
    runs = [run(before), run(after, begins_line=breaks)]
    found = breakpoints_of(runs, [True] * (len(before) + len(after) + 1))[1]
    assert (BreakPosition(0, len(before)) in found) == breaks


def test_spaces_of_code_are_none_that_can_be_set() -> None:
    points, _ = breakpoints_of([run("a b "), run("c d", has_elastic_spaces=False)], [True] * 8)
    assert points[-1].spaces_end == 2


def test_signs_stand_out_beyond_the_edge() -> None:
    of = Run("aa bb, cc", [10.0 * n for n in range(10)], edges={",": (0.0, 6.0)})
    points, _ = breakpoints_of([of], [n > 0 and of.text[n - 1] == " " for n in range(10)])
    assert [point.over_end for point in points] == [0.0, 0.0, 6.0, 0.0]


WORDS = st.lists(st.text("abc'", min_size=1, max_size=12).filter(lambda w: w.strip("'")), min_size=1, max_size=60)


@settings(deadline=None, max_examples=60)
@given(words=WORDS, width=st.integers(10, 40), ragged=st.booleans())
@pytest.mark.slow
def test_every_letter_stands_in_one_line_that_fits(*, words: list[str], width: int, ragged: bool) -> None:
    text = " ".join(word.strip("'") for word in words)
    paragraph, found = measured(text, width, fit=RAGGED if ragged else Fit())
    if not found:
        assert max(map(len, text.replace("'", "").split(" "))) + 1 > width * 0.9
        return
    assert "".join(found).replace("‐", "").replace(" ", "") == text.replace("'", "").replace(" ", "")
    for number, line in enumerate(break_lines(paragraph)):
        assert filled_width(paragraph, number, line) <= 10 * width + 0.5


def filled_width(paragraph: MeasuredParagraph, number: int, line: Line) -> float:
    first, last = paragraph.places[line.first], paragraph.places[line.last]
    natural = paragraph.widths[0] - paragraph.slack(number, line.first, line.last)
    spaces, letters = last.spaces_end - first.spaces_start, last.letters - first.letters - 1
    return natural + spaces * line.spacing.space + letters * line.spacing.tracking / 1000 * paragraph.em


@pytest.mark.slow
def test_three_thousand_words_are_broken_in_one_go() -> None:
    points = [Breakpoint(30.0 * n, 30.0 * n + 10, n, n + 1, 3 * n, 3 * n) for n in range(3_001)]
    found = break_lines(MeasuredParagraph(points, (400.0,), 10.0, 20.0))
    assert [line.first for line in found[1:]] == [line.last for line in found[:-1]]


# ---- how a line is set

MIDDLE, END = Breakpoint(90, 100, 2, 3, 20, 20, over_end=1, over_start=2), Breakpoint(201, 201, 5, 5, 41, 41)
PLACES = [Breakpoint(0, 0, 0, 0, 0, 0), MIDDLE, END]


@pytest.mark.parametrize(
    ("line", "more", "expected"),
    [
        ((0, 0, 1), {}, (3.6, 10)),  # 11 px: letters give way by a hundredth of the em, and two spaces have the rest
        ((0, 0, 1), {"fit": Fit(tracking=0.001)}, (5.31, 1)),
        ((0, 0, 1), {"fit": Fit(tracking=0.001, is_ragged=True)}, (0, 0)),
        ((0, 0, 1), {"widths": [91.0, 300.0]}, (1.0, 0)),  # 2 px: spaces are calm, and no letter moves
        ((0, 0, 1), {"widths": [85.0]}, (-0.29, -9)),
        ((1, 1, 2), {}, (0, 0)),  # the last line
        ((1, 1, 2), {"is_full": True}, (0.5, 0)),
        ((1, 1, 2), {"widths": [100.0, 97.0]}, (-0.4, -3)),  # the last line, too long
        ((7, 1, 2), {"widths": [1.0, 2.0, 97.0]}, (-0.4, -3)),
    ],
)
def test_what_a_line_lacks_goes_between_words_and_then_between_letters(
    line: tuple[int, int, int], more: dict[str, Any], expected: tuple[float, int]
) -> None:
    paragraph = MeasuredParagraph(**{"widths": [100.0], "space": 10.0, "em": 20.0, "fit": Fit(), **more}, places=PLACES)
    assert spacing(paragraph, *line) == (pytest.approx(expected[0]), expected[1])
