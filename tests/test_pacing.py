"""The pacing of a book of pictures: what it promises of pages, crops, order and faces, on made-up shapes."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.pacing import (
    TABLE,
    Pacing,
    PacingPaper,
    PacingWish,
    PictureToPace,
    Sight,
    WordsOfPlacement,
    pace,
    placed,
    weights_of,
    words,
)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pacing")]  # its books are made once
PAPERS = {
    "square-8.5": PacingPaper(215.9, 215.9, 13.5, 13.5, 15, 15.9, 15, letters=2567, chapters="verso"),
    "210x210mm": PacingPaper(210, 210, 13.27, 13.27, 15.12, 13.44, 15.12, letters=2419, chapters="verso"),
    "12x12in": PacingPaper(304.8, 304.8, 16.52, 16.52, 16.5, 18.8, 16.5, letters=3567, chapters="verso"),
    "297x210mm": PacingPaper(297, 210, 15, 15, 15, 15, 15, letters=2620, chapters="verso"),
    "210x270mm": PacingPaper(210, 270, 13.5, 13.5, 15, 15, 15, letters=3225, chapters="verso"),
}
"""Those of the layout album, with bleed and for a press; `test_arranging` holds that they are."""
SQUARE, PORTRAIT = PAPERS["square-8.5"], PAPERS["210x270mm"]
MIXED = (1.5, 1.5, 1 / 1.5, 4 / 3, 3 / 4)
FOLDERS: dict[str, tuple[int, Sequence[float], int]] = {
    "12 mixed": (12, MIXED, 3),
    "30 mixed": (30, MIXED, 3),
    "80 landscape": (80, (1.5,), 3),
    "80 portrait": (80, (1 / 1.5,), 3),
    "200 mixed": (200, (*MIXED, 1.0), 8),
    "30 with panoramas and squares": (30, (10.0, 1.0, 1.0, 1.5), 3),
}
"""The number of pictures, their shapes, and the chapters."""


def made(count: int, shapes: Sequence[float], chapters: int, *, long: int = 6000, seed: int = 1) -> list[PictureToPace]:
    """Pictures of these shapes by chance, evenly from weak to strong, each chapter behind some words."""
    chance = random.Random(seed)
    weights = weights_of([{"contrast": chance.random()} for _ in range(count)], [None] * count)
    first = {n * count // chapters for n in range(chapters)}
    return [
        PictureToPace(
            str(n),
            *pixels(chance.choice(shapes), long),
            weight=weights[n],
            letters=chance.choice((30, 60, 90)),
            text=200 if n in first else 0,
            opens=n in first,
        )
        for n in range(count)
    ]


def pixels(aspect: float, long: int = 6000) -> tuple[int, int]:
    return (long, max(1, round(long / aspect))) if aspect >= 1 else (max(1, round(long * aspect)), long)


@cache
def book(folder: str, paper: str) -> Pacing:
    count, shapes, chapters = FOLDERS[folder]
    return pace(made(count, shapes, chapters, long=12_000), PAPERS[paper])


def covers(pacing: Pacing) -> list[float]:
    """The share of the type area that is covered, of each page with pictures."""
    return [cover for spread in pacing.spreads for cover in spread.form.cover if cover is not None]


@pytest.mark.parametrize("paper", PAPERS)
def test_pages_are_full(paper: str) -> None:
    """At most 2 % of the pages have less than half of their type area covered; in each book it is .72 or .82."""
    books = {folder: covers(book(folder, paper)) for folder in FOLDERS}
    shares = [cover for each in books.values() for cover in each]
    assert sum(cover < 0.5 for cover in shares) <= 0.02 * len(shares)
    assert min(shares) > 0, "no page is blank"
    least = 0.72 if PAPERS[paper].width == PAPERS[paper].height else 0.82
    assert [folder for folder, each in books.items() if sum(each) / len(each) < least] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_crops_resolution_and_order_are_kept(paper: str) -> None:
    for folder in FOLDERS:
        pacing = book(folder, paper)
        places = list(placed(pacing))
        assert [place.picture.id for place in places] == [picture.id for picture in pacing.pictures]
        assert max(place.crop for place in places if not place.bleeds) <= 0.081
        assert max((place.crop for place in places if place.bleeds), default=0) <= 0.171
        assert min(place.ppi for place in places) >= PAPERS[paper].ppi
        for place in places:
            assert place.frame.x >= -0.01
            assert place.frame.x + place.frame.width <= 2 * PAPERS[paper].width + 0.01
            assert place.frame.y + place.frame.height <= PAPERS[paper].height + 0.01


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_length_is_about_four_pages_for_five_pictures(folder: str) -> None:
    """Portraits of 2:3 on squares are too narrow to stand alone on every page; few pictures need a page or two more."""
    count = FOLDERS[folder][0]
    assert 0.35 * count <= book(folder, "square-8.5").pages <= 0.9 * count + 2


@pytest.mark.parametrize("pages", [16, 24, 30, 40])
def test_a_length_that_is_asked_for_comes_out(pages: int) -> None:
    pictures = made(30, MIXED, 3)
    for paper in (SQUARE, PORTRAIT):
        assert abs(pace(pictures, paper, PacingWish(pages=pages)).pages - pages) <= 3


@given(
    st.lists(st.sampled_from([0.3, 0.5, 2 / 3, 3 / 4, 1.0, 4 / 3, 1.5, 16 / 9, 3.0, 10.0]), min_size=1, max_size=9),
    st.sampled_from([SQUARE, PORTRAIT, PAPERS["297x210mm"]]),
    st.integers(80, 6000),
    st.booleans(),
)
@settings(max_examples=60)
def test_any_few_pictures_become_a_book(aspects: list[float], paper: PacingPaper, long: int, opens: bool) -> None:  # noqa: FBT001  # drawn
    pictures = [
        PictureToPace(str(n), *pixels(aspect, long), text=100 * opens * (not n), opens=not n)
        for n, aspect in enumerate(aspects)
    ]
    pacing = pace(pictures, paper)
    assert [id for page in words(pacing) for id in page.pictures] == [picture.id for picture in pictures]
    for place in placed(pacing):
        assert place.ppi >= paper.ppi - 0.5 or place.is_small


TOLD = st.sampled_from(
    ["", "", "", "page", "page small", "bleed", "head", "edge", "spread", "spread foot", "over left"]
)
TEXTS = st.sampled_from([0, 0, 0, 0, 100, 3000])


@given(
    st.lists(st.tuples(TOLD, st.sampled_from(["", "", "verso", "recto"]), TEXTS, st.integers(0, 2)), max_size=12),
    st.sampled_from(["verso", "recto", "next"]),
)
@settings(max_examples=150)
def test_whatever_the_manuscript_says_there_is_a_book(
    told: list[tuple[str, str, int, int]], chapters: Literal["verso", "recto", "next"]
) -> None:
    """Words, sides, galleries and text in any mixture: every picture has its place, and words are kept."""
    pictures = []
    for n, (word, side, text, more) in enumerate(told):
        typed = (*word.split(), side) if word and side else tuple(word.split())
        group = f"g{n}" if more and word in ("", "page", "over left") else ""
        for m in range(more + 1 if group else 1):
            opens = bool(text) and not m
            picture = PictureToPace(
                f"{n}-{m}", *pixels(1.5), words=typed, group=group, text=0 if m else text, opens=opens
            )
            pictures.append(picture)
    pages = words(pace(pictures, replace(SQUARE, chapters=chapters)))
    assert [id for page in pages for id in page.pictures] == [picture.id for picture in pictures]
    typed_by_id = {picture.id: picture.words for picture in pictures}
    for page in pages:
        wanted = [word for word in typed_by_id[page.pictures[0]] if word not in ("verso", "recto")]
        assert not wanted or [word for word in page.classes if word not in ("verso", "recto")] == wanted


def test_there_is_a_book_of_no_pictures() -> None:
    assert words(pace((), SQUARE)) == ()


def test_a_picture_with_few_pixels_stands_at_its_own_size() -> None:
    pictures = made(5, MIXED, 1)
    pictures[2] = PictureToPace("tiny", 150, 100)
    small = [place for place in placed(pace(pictures, SQUARE)) if place.is_small]
    assert [place.picture.id for place in small] == ["tiny"]
    assert small[0].frame.width == pytest.approx(25.4)


def test_what_has_a_border_is_never_cropped() -> None:
    framed = Sight(is_framed=True)
    pictures = [replace(picture, sight=framed) for picture in made(30, MIXED, 3)]
    for paper in PAPERS.values():
        assert all(place.crop == 0 for place in placed(pace(pictures, paper)))


FACES = ((0.44, 0.3, 0.56, 0.6), (0.02, 0.02, 0.2, 0.2))


@pytest.mark.parametrize("paper", PAPERS)
def test_no_crop_cuts_a_face_and_no_gutter_runs_through_one(paper: str) -> None:
    page = PAPERS[paper]
    pictures = [replace(picture, faces=(FACES[n % 2],)) for n, picture in enumerate(made(60, MIXED, 4))]
    for place in placed(pace(pictures, page)):
        (left, top, right, bottom), (x0, y0, x1, y1) = place.window, place.picture.faces[0]
        assert left <= x0 + 0.003
        assert top <= y0 + 0.003
        assert x1 <= right + 0.003
        assert y1 <= bottom + 0.003
        edges = [place.frame.x + (x - left) / (right - left) * place.frame.width for x in (x0, x1)]
        assert not edges[0] + 0.003 * place.frame.width < page.width < edges[1]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_style_sheet_that_crops_around_the_focus_shows_every_face(paper: str) -> None:
    """As in object-position of CSS: the point at 60 % of the picture stands at 60 % of its frame."""
    pictures = [replace(picture, faces=(FACES[n % 2],)) for n, picture in enumerate(made(60, MIXED, 4))]
    pacing = pace(pictures, PAPERS[paper])
    focuses = {id: focus for page in words(pacing) for id, focus in zip(page.pictures, page.focuses, strict=True)}
    for place in placed(pacing):
        left, top, right, bottom = place.window
        x, y = (float(number.rstrip("%")) / 100 for number in (focuses[place.picture.id] or "50% 50%").split())
        shown = (1 - (right - left)) * x, (1 - (bottom - top)) * y
        (x0, y0, x1, y1) = place.picture.faces[0]
        assert shown[0] - 0.004 <= x0
        assert shown[1] - 0.004 <= y0
        assert x1 <= shown[0] + right - left + 0.004
        assert y1 <= shown[1] + bottom - top + 0.004


def test_the_focus_stays_in_the_picture_and_out_of_the_gutter() -> None:
    pictures = [replace(picture, focus=(0.5, 0.03)) for picture in made(60, MIXED, 4)]
    for place in placed(pace(pictures, PORTRAIT)):
        left, top, right, bottom = place.window
        assert left <= 0.5 <= right
        assert top <= 0.03 <= bottom
        across = place.frame.x + (0.5 - left) / (right - left) * place.frame.width
        assert abs(across - PORTRAIT.width) > 3


def test_a_strong_picture_is_larger_than_a_weak_one_of_its_shape() -> None:
    places = list(placed(pace(made(80, (1.5,), 4), SQUARE)))
    strong, weak = (
        [place.frame.width * place.frame.height for place in places if (place.picture.weight > 0.75) == is_strong]
        for is_strong in (True, False)
    )
    assert sum(strong) / len(strong) > 1.3 * sum(weak) / len(weak)


def test_stars_come_before_what_is_measured() -> None:
    assert weights_of([{"contrast": 9.0}, {"contrast": 1.0}, {"contrast": 5.0}], [None, 5.0, 1.0]) == (0.5, 1.0, 0.0)


def test_the_same_pictures_give_the_same_book_and_a_seed_another() -> None:
    pictures = made(30, MIXED, 3)
    plain, again, seeded = (list(map(str, words(pace(pictures, SQUARE, PacingWish(seed))))) for seed in (0, 0, 7))
    assert plain == again != seeded


def test_the_book_does_not_hang_on_the_order_of_sets() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests'); import test_pacing as t;"
        "print([str(w) for w in t.words(t.pace(t.made(30, t.MIXED, 3), t.SQUARE))])"
    )
    root = Path(__file__).parents[1]
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "12"
    }
    assert len(runs) == 1


def test_words_of_the_manuscript_win() -> None:
    pictures = made(12, MIXED, 1)
    pictures[3] = replace(pictures[3], words=("page", "small"))
    pictures[5] = replace(pictures[5], words=("bleed", "recto"))
    pictures[7] = replace(pictures[7], words=("spread", "foot"))
    pictures[8:11] = [replace(p, group="g", tree="(.|(./.))", words=("page",)) for p in pictures[8:11]]
    pages = {page.pictures: page for page in words(pace(pictures, SQUARE))}
    assert pages[("3",)].classes[:2] == ("page", "small")
    assert pages[("5",)].classes[0] == "bleed"
    assert "verso" not in pages[("5",)].classes
    assert pages[("7",)].classes == ("spread", "foot")
    assert pages[("8", "9", "10")].tree == "(.|(./.))"


def test_a_gallery_over_the_fold_stays_one() -> None:
    pictures = made(12, MIXED, 1)
    pictures[4:6] = [replace(picture, group="g", words=("over", "left")) for picture in pictures[4:6]]
    pages = {page.pictures: page.classes for page in words(pace(pictures, replace(SQUARE, beside=2)))}
    assert pages[("4", "5")] == ("over", "left")


def test_small_pictures_stand_beside_one_over_the_fold_in_their_order() -> None:
    """What stands left comes first: beside a left column the large picture is the last one, else the first."""
    pacing = pace(made(60, MIXED, 3), replace(SQUARE, beside=2))
    over = [spread.form for spread in pacing.spreads if spread.form.over and spread.form.pictures > 1]
    assert over
    for form in over:
        widths = [frame.width for frame in form.over.frames] if form.over else []
        assert widths.index(max(widths)) == (len(widths) - 1 if form.over and "left" in form.over.words else 0)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_picture_over_the_fold_is_whole_and_no_thin_strip_of_it_is_on_the_other_page(paper: str) -> None:
    """Layouts make it as wide as the height of the page asks for: whatever else was reckoned with would not come."""
    page = PAPERS[paper]
    for folder in FOLDERS:
        pacing = book(folder, paper)
        for spread in pacing.spreads:
            over = spread.form.over
            if over and over.words[0] == "over":
                frame, picture = over.frames[over.large], pacing.pictures[spread.form.first + over.large]
                assert frame.width == pytest.approx(picture.aspect * page.height)
                assert frame.width >= 1.25 * page.width


def test_pictures_at_the_head_leave_room_for_long_captions() -> None:
    pictures = [replace(picture, letters=900) for picture in made(24, (1.5, 1.0, 0.8), 1)]
    room = {each.pictures[0]: each.classes[0] for each in words(pace(pictures, PORTRAIT)) if len(each.pictures) == 1}
    hung = [each for each in placed(pace(pictures, PORTRAIT)) if room.get(each.picture.id) in ("head", "edge")]
    assert hung
    assert all(each.frame.height <= PORTRAIT.height - PORTRAIT.foot - 20 for each in hung)


def test_a_picture_at_the_fore_edge_has_the_side_of_its_page() -> None:
    """Its caption begins below its left side; a style sheet does not know on which side the page is."""
    pages = [page for folder in FOLDERS for page in words(book(folder, "210x270mm")) if page.classes[0] == "edge"]
    assert pages
    assert all({"verso", "recto"} & set(page.classes) for page in pages)


def test_what_was_decided_stays_when_a_picture_is_added() -> None:
    pictures = made(24, MIXED, 2)
    decided = words(pace(pictures, SQUARE))
    told = {id: page for page in decided for id in page.pictures}
    fixed = [replace(p, words=told[p.id].classes, tree=told[p.id].tree, group=_group(told[p.id])) for p in pictures]
    later = words(pace([*fixed, PictureToPace("new", 6000, 4000)], SQUARE))
    assert [page.pictures for page in later] == [*(page.pictures for page in decided), ("new",)]
    assert [(page.classes, page.tree) for page in later[:-1]] == [(page.classes, page.tree) for page in decided]


def _group(page: WordsOfPlacement) -> str:
    return page.pictures[0] if page.tree else ""


def test_a_chapter_opens_on_words_that_face_one_picture() -> None:
    pacing = book("30 mixed", "square-8.5")
    opening = [spread.form for spread in pacing.spreads if spread.form.opens]
    assert len(opening) == 3
    assert all(form.text in ("verso", "recto") for form in opening)
    assert sum(form.pictures == 1 for form in opening) >= 2


def test_every_cost_has_a_name_of_the_table() -> None:
    known = {row.name for row in TABLE}
    assert len(known) == len(TABLE)
    for folder in FOLDERS:
        pacing = book(folder, "210x270mm")
        assert pacing.costs.keys() <= known
        for spread in pacing.spreads:
            assert sum(spread.form.costs.values()) == pytest.approx(spread.form.total)


def test_the_docs_have_the_table_of_costs() -> None:
    text = (Path(__file__).parents[1] / "docs/album.md").read_text("utf-8")
    for row in TABLE:
        assert f"| `{row.name}` | {row.weight:g} | {row.unit} | {row.about} |" in text


def test_two_thousand_pictures_are_paced() -> None:
    pacing = pace(made(2000, MIXED, 40), PORTRAIT)
    assert sum(spread.form.pictures for spread in pacing.spreads) == 2000
