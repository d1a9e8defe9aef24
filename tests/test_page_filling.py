"""Page filling: pages are predicted from one layout, all moves of figures are chosen on them, the best layout is kept.

A letter is a line: small ones are text, `h` is a heading, capitals are figures, `#` is a picture over a whole page. A
page has eight lines; `.` is white.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import Publish
from page_fill import filled_book
from PIL import Image
from test_makeup import HEAD, RED, TEXT, paragraphs
from test_pdf import put

from pressroom import production
from pressroom.typeset import floats, gap_filling, page_looks
from pressroom.typeset.figure_plans import LEAST_SHARE, best_figure_plan, shares_without_short_end
from pressroom.typeset.filled_reading import with_breaks
from pressroom.typeset.floats import BlockOrder
from pressroom.typeset.page_filling import FilledPages, Stock, Strip, fill_page
from pressroom.typeset.page_looks import BlockKind, PageLook
from pressroom.typeset.passes import MakeUp
from pressroom.typeset.units import Decisions

LINE, LINES = 20.0, 8


def kind(block: str) -> BlockKind:
    return "full" if "#" in block else "heading" if block == "h" else "figure" if block.isupper() else "text"


def strips(block: str) -> tuple[Strip, ...]:
    if kind(block) in ("figure", "full"):
        return (Strip(LINE * len(block), owns_page="#" in block),)
    return tuple(with_breaks([(0, Strip(LINE))] * len(block)))


def stock(blocks: list[str]) -> Stock:
    return Stock(
        strips={n: {"": strips(block)} for n, block in enumerate(blocks)},
        kinds={n: kind(block) for n, block in enumerate(blocks)},
        names={n: kind(block) for n, block in enumerate(blocks)},
        spaces={},
        usual_spaces={},
        top=0.0,
        bottom=LINE * LINES,
        pictures={n: LINE * len(block) for n, block in enumerate(blocks) if kind(block) == "figure"},
    )


def filled(chapter: str) -> FilledPages:
    """The pages of a chapter in the manuscript's order."""
    known, order = stock(chapter.split()), tuple(range(len(chapter.split())))
    waiting, at, starts, looks = list(known.laid_in(order)), 0, [], []
    while at < len(waiting):
        starts.append(waiting[at][0])
        look, at = fill_page(known, waiting, at)
        looks.append(look)
    return FilledPages(known, order, tuple(starts), tuple(looks))


def letters(chapter: str, looks: Sequence[PageLook]) -> str:
    blocks = chapter.split()
    pages = ("".join(blocks[b.number][0] * round((b.bottom - b.top) / LINE) for b in look.blocks) for look in looks)
    return " ".join(page.ljust(LINES, ".") for page in pages)


@pytest.mark.parametrize(
    ("chapter", "pages"),
    [
        ("aaaaaa bbbbbb", "aaaaaabb bbbb...."),
        ("aaaaaaa bbb", "aaaaaaa. bbb....."),  # no line alone at the foot of a page
        ("aaaaaa bbb", "aaaaaa.. bbb....."),  # nor at its head
        ("aaaaa FFFF bb", "aaaaa... FFFFbb.."),
        ("aaaaaa h bbb", "aaaaaa.. hbbb...."),
        ("aaaaa h bbbb", "aaaaahbb bb......"),
        ("aaaaa h FFF", "aaaaa... hFFF...."),
        ("aaa ######## bbb", "aaa..... ######## bbb....."),
        ("######## aaa", "######## aaa....."),
    ],
)
def test_pages_are_filled_as_the_engine_fills_them(chapter: str, pages: str) -> None:
    assert letters(chapter, filled(chapter).looks) == pages


@pytest.mark.parametrize(
    ("chapter", "order", "pages"),
    [
        ("aaaaa FFFFF bbb ccc", (0, 2, 1, 3), "aaaaabbb FFFFFccc"),
        ("aaaaa ######## bbb cccc dddd", (0, 2, 1, 3, 4), "aaaaabbb ######## ccccdddd"),
        ("aaaa FFFF bbbbb GGGG ccccc", (0, 1, 2, 4, 3), "aaaaFFFF bbbbbccc ccGGGG.."),
        ("aaaaa FFFFF bbb ccccc h dddd GGGG", (0, 2, 1, 3, 4, 5, 6), "aaaaabbb FFFFFccc cchdddd. GGGG...."),
    ],
)
def test_pages_in_another_order_are_those_of_that_order(chapter: str, order: tuple[int, ...], pages: str) -> None:
    assert letters(chapter, filled(chapter).in_order(order)) == pages


@pytest.mark.parametrize(
    ("chapter", "before", "after"),
    [
        ("aaaaa FFFFF bbb ccc dd", "aaaaa... FFFFFbbb cccdd...", "aaaaabbb FFFFFccc dd......"),
        (
            "aaaaa FFFFF bb cc ddddd GGGG ee fff",
            "aaaaa... FFFFFbb. ccddddd. GGGGee.. fff.....",
            "aaaaabb. ccFFFFF. dddddee. fffGGGG.",
        ),
        ("aaaaaaaa bb", "aaaaaaaa bb......", "aaaaaaaa bb......"),
        (  # less text is drawn forward where more would stand too far from a picture
            "aaa ######## bb FFFFFF cc dd",
            "aaa..... ######## bbFFFFFF ccdd....",
            "aaabb... ######## FFFFFFcc dd......",
        ),
        (  # however often that is tried
            "aaaa FFFFF b GGGG c HHHH d IIII e",
            "aaaa.... FFFFFb.. GGGGc... HHHHd... IIIIe...",
            "aaaab... FFFFFcd. GGGGHHHH IIIIe...",
        ),
    ],
)
def test_all_moves_of_a_chapter_are_chosen_at_once(chapter: str, before: str, after: str) -> None:
    pages = filled(chapter)
    plan = floats.planned(pages.looks, pages.order, pages.in_order, floats.MoveLimits())
    assert letters(chapter, pages.looks) == before
    assert letters(chapter, pages.in_order(plan.order)) == after
    assert plan.white == floats.white(pages.in_order(plan.order))


@pytest.mark.parametrize(
    ("chapter", "order", "shares"),
    [
        ("aaaa FFFFF bb", (0, 1, 2), {1: 0.788}),  # aaaaFFFF
        ("aaa h FFFFF bb", (0, 1, 2, 3), {2: 0.788}),  # aaahFFFF
        ("aaaaa FFFFF bbb ccc", (0, 2, 1, 3), {}),  # text fills the page: aaaaabbb
        ("aaaa FFFFFFF bb", (0, 2, 1), {}),  # it would be too small
    ],
)
def test_a_figure_is_a_little_smaller_where_it_then_fills_the_page_before_it(
    chapter: str, order: BlockOrder, shares: Mapping[int, float]
) -> None:
    pages = filled(chapter)
    plan = best_figure_plan(pages, pages.in_order, floats.MoveLimits())
    assert (plan.order, plan.shares) == (order, pytest.approx(shares))
    assert best_figure_plan(pages, pages.in_order, floats.MoveLimits(), hopeless=shares).shares == {}


def test_a_figure_that_does_not_fit_as_predicted_is_tried_a_little_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    """A caption under a narrower picture may take a line more; the page before it would stay white."""
    pages = filled("aa FFFFFFF bb")

    def laid(decisions: Decisions) -> Any:
        return SimpleNamespace(order=pages.order, pointing={}), SimpleNamespace(boxes=decisions.fits.shares)

    def read(shares: Mapping[int, float], _: BlockOrder) -> FilledPages:
        return pages.with_smaller(1, shares[1]) if shares.get(1, 1) < 0.83 else pages  # predicted: 0.844

    monkeypatch.setattr(gap_filling, "read_filled", read)
    best = gap_filling.GapFilling(Decisions(), *laid(Decisions()), laid).best()
    assert letters("aa FFFFFFF bb", best.pages.looks) == "aaFFFFFF bb......"


# ---- with the engine


def test_where_much_stays_white_one_figure_may_stay_so_that_another_moves() -> None:
    chapter = "aaaaaa BBB CCCCCC d EEEEE FFFFFF GGG"
    pages = filled(chapter)
    plan = floats.best_planned(pages.looks, pages.order, pages.in_order, floats.MoveLimits())
    assert letters(chapter, pages.looks) == "aaaaaa.. BBB..... CCCCCCd. EEEEE... FFFFFF.. GGG....."
    assert letters(chapter, pages.in_order(plan.order)) == "aaaaaa.. BBBd.... CCCCCC.. EEEEE... FFFFFF.. GGG....."


@pytest.mark.parametrize(
    ("chapter", "smaller"),
    [
        ("a FFFFFFF b", {1}),  # a line alone on the last page
        ("FFFFFFF b GGGGGGGG a", {2}),  # of the last figures the last one
        ("a FFFFFFF bbb", set[int]()),  # enough for a page
        ("aaaa FFFF b", set[int]()),  # the figure would become small
        ("a FFFFFFF G", set[int]()),
        ("aaaa aaaa b", set[int]()),
    ],
)
def test_a_chapter_does_not_end_with_a_line_alone_on_its_page_if_a_figure_can_be_a_little_smaller(
    chapter: str, smaller: set[int]
) -> None:
    first = next(iter(shares_without_short_end(filled(chapter), {})), {})
    assert set(first) == smaller
    assert all(LEAST_SHARE <= share < 1 for share in first.values())


@pytest.fixture
def whites(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The white of each layout of the chapter, and then of the one that is kept."""
    found: list[float] = []
    read, fill = gap_filling.read_filled, MakeUp._fill_gaps

    def noted(*given: Any) -> FilledPages:
        found.append(floats.white((pages := read(*given)).looks))
        return pages

    def kept(*given: Any) -> Any:
        adapted, document = fill(*given)
        found.append(floats.white([page_looks.look(page) for page in document.boxes]))
        return adapted, document

    monkeypatch.setattr(gap_filling, "read_filled", noted)
    monkeypatch.setattr(MakeUp, "_fill_gaps", kept)
    return found


@pytest.fixture
def root(publication: Publish) -> Path:
    """A chapter whose three pictures leave white."""
    text = "".join(f"{paragraphs(5, 6)}\n\n{RED}\nThe caption.\n\n{paragraphs(4, 3, 5)}\n\n" for _ in range(3))
    root = publication({"book/a.md": f"# A\n\n{text}"}, settings=HEAD % "")
    put(root, Image.new("RGB", (1200, 1500), (255, 0, 0)))
    return root


@pytest.mark.slow
def test_three_gaps_are_filled_with_one_layout_more_or_two(root: Path, whites: list[float]) -> None:
    production.build(production.Order(root))
    first, *others, kept = whites
    assert first > kept
    assert 1 <= len(others) <= 2


@pytest.mark.slow
def test_the_best_layout_is_kept_where_predictions_are_wrong(
    root: Path, whites: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = gap_filling.predictions

    def wrong(filled: FilledPages, known: Mapping[BlockOrder, FilledPages]) -> floats.Predict:
        return lambda order: right(filled, known)(order) if order in known else filled.looks[-1:]

    monkeypatch.setattr(gap_filling, "predictions", wrong)
    production.build(production.Order(root))
    *laid, kept = whites
    assert kept == min(laid) < max(laid[1:])
    assert kept < laid[0], "each move is laid out instead"


@pytest.mark.slow
def test_the_last_lines_of_a_chapter_stand_below_a_picture_that_is_a_little_smaller(publication: Publish) -> None:
    text = f"# A\n\n{TEXT}\n\n{RED}\nThe caption.\n\n{TEXT}\n"
    settings = "title: T\nlanguage: en\neditions: {print: {format: pdf, trim: a5, image_ppi: 36}}\n"
    root = publication({"book/a.md": text}, settings=settings)
    put(root, Image.new("RGB", (1200, 900), (255, 0, 0)))
    assert [page.lines for page in filled_book(root, "print").body] == [6], "not four, and two on a page of their own"
