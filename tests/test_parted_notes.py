"""Notes without room at the foot of their page go on at the foot of the next: whole, in order, never over the text."""

from __future__ import annotations

import re
from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration

from pressroom.typeset.engine.parted_notes import parting_notes

STYLE = """
@page { size: 300px 400px; margin: 20px; @footnote { margin-top: 10px } }
body { margin: 0; font: 12px/16px serif } p { margin: 0; orphans: 2; widows: 2 }
.fn { float: footnote; footnote-policy: line; font-size: 10px; line-height: 12px }
.block { display: block }
"""
TEXT = "The mill stood where the river narrows, and it had made paper of rags. "
FOOT = 380
FONTS = FontConfiguration()


def note(name: str, sentences: int) -> str:
    words = " ".join(f"{name}{n} {TEXT.strip()}" for n in range(sentences))
    return f"<span class=fn>{words} {name}end.</span>"


def laid(body: str) -> list[Any]:
    html = HTML(string=f"<html lang=en><style>{STYLE}</style>{body}")
    with parting_notes():
        return [page._page_box for page in html.render(font_config=FONTS).pages]


def lines_of(page: Any, *, notes: bool) -> list[Any]:
    areas = [child for child in page.children if isinstance(child, boxes.FootnoteAreaBox) == notes]
    return [box for area in areas for box in area.descendants() if isinstance(box, boxes.LineBox)]


def words(lines: list[Any]) -> str:
    return " ".join(b.text for line in lines for b in line.descendants() if isinstance(b, boxes.TextBox))


def sound(pages: list[Any]) -> None:
    """Nothing stands over another thing, or below the foot."""
    for page in pages:
        text, foot = lines_of(page, notes=False), lines_of(page, notes=True)
        lowest = max((line.position_y + line.height for line in text), default=20)
        assert lowest <= min((line.position_y for line in foot), default=FOOT) + 0.1
        assert max((line.position_y + line.height for line in foot), default=0) <= FOOT + 0.1


@pytest.mark.slow
@pytest.mark.parametrize("before", range(0, 22, 3))
@pytest.mark.parametrize("long", [3, 30])
def test_a_note_begins_on_the_page_of_its_call_and_goes_on(before: int, long: int) -> None:
    pages = laid(f"<p>{TEXT * before}Called{note('n', long)} here. {TEXT * 12}")
    sound(pages)
    notes = [words(lines_of(page, notes=True)) for page in pages]
    assert re.findall(r"n(\d+) The", " ".join(notes)) == [str(n) for n in range(long)]
    [called] = [n for n, page in enumerate(pages) if "Called" in words(lines_of(page, notes=False))]
    on = [n for n, text in enumerate(notes) if text]
    assert on == list(range(called, called + len(on)))
    assert all(len(lines_of(pages[n], notes=True)) >= 2 for n in on)
    assert all(len(lines_of(page, notes=False)) >= 2 for page in pages[: called + 1])


@pytest.mark.slow
def test_the_room_that_a_note_leaves_is_filled() -> None:
    pages = laid(f"<p>{TEXT * 9}Called{note('n', 20)} here. {TEXT * 12}")
    for page in pages[:2]:
        heights = [line.height for line in lines_of(page, notes=False) + lines_of(page, notes=True)]
        assert sum(heights) > 360 - 10 - 2 * 16


def test_a_note_that_has_room_on_the_next_page_is_not_parted_for_a_single_line() -> None:
    pages = laid(f"<p>{TEXT * 9}Called{note('n', 1)} here. {TEXT * 12}")
    assert sum(bool(lines_of(page, notes=True)) for page in pages) == 1


@pytest.mark.slow
def test_notes_of_the_same_line_follow_the_end_of_the_one_that_goes_on() -> None:
    pages = laid(f"<p>{TEXT * 4}One{note('a', 40)} two{note('b', 1)} three{note('c', 1)}. {TEXT * 40}")
    sound(pages)
    told = " ".join(words(lines_of(page, notes=True)) for page in pages)
    assert [told.index(end) for end in ("aend", "bend", "cend")] == sorted(
        told.index(end) for end in ("aend", "bend", "cend")
    )
    assert all(told.count(end) == 1 for end in ("aend.", "bend.", "cend."))


@pytest.mark.slow
@pytest.mark.parametrize("lines", range(8, 20, 2))
def test_notes_called_close_to_each_other_are_all_there(lines: int) -> None:
    calls = "".join(f"{TEXT}Call {name}{note(name, 4 + n * 5)}. " for n, name in enumerate("abcd"))
    pages = laid(f"<p>{TEXT * lines}</p><p>{calls}</p><p>{TEXT * 40}")
    sound(pages)
    told = " ".join(words(lines_of(page, notes=True)) for page in pages)
    assert re.findall(r"([abcd]\d+) The", told) == [
        f"{name}{m}" for n, name in enumerate("abcd") for m in range(4 + 5 * n)
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "inside", [f"<span class=block>{TEXT}</span>" * 30, f"<b style='display: inline-block'>{TEXT * 9}</b>"]
)
def test_notes_of_several_blocks_and_of_one_piece_are_all_there(inside: str) -> None:
    pages = laid(f"<p>{TEXT * 6}Called<span class=fn>{inside} end.</span> here. {TEXT * 12}")
    sound(pages)
    told = " ".join(box.text for page in pages for box in page.descendants() if isinstance(box, boxes.TextBox))
    assert (told.count("mill") - 18, told.count("end.")) == (inside.count("mill"), 1)


@pytest.mark.slow
def test_a_note_called_at_the_end_of_the_text_goes_on_after_it() -> None:
    pages = laid(f"<p>{TEXT * 3}Called{note('n', 40)}.")
    sound(pages)
    assert "nend." in words(lines_of(pages[-1], notes=True))


@pytest.mark.slow
def test_notes_are_called_in_grids_and_tables_too() -> None:
    grid = (
        f"<div style='display: grid; grid-template-columns: 1fr 1fr'><p>{TEXT}</p><p>Called{note('n', 30)}.</p></div>"
    )
    table = f"<table><tr><td>{TEXT}</td><td>Called{note('t', 30)}.</td></tr></table>"
    pages = laid(f"<p>{TEXT}</p>{grid}<p>{TEXT * 9}</p>{table}<p>{TEXT * 9}")
    sound(pages)
    told = " ".join(words(lines_of(page, notes=True)) for page in pages)
    assert (told.count("nend."), told.count("tend.")) == (1, 1)


def test_items_of_a_grid_are_laid_out_while_notes_are_parted() -> None:
    with parting_notes():
        pages = HTML(string="<div style='display: grid; grid-template-columns: 1fr 1fr'><p>A<p>B</div>").render().pages
    assert len(pages) == 1
