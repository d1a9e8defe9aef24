"""Pages of pictures: full, in the order of the manuscript, with text and captions where a reader looks for them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from conftest import Publish, picture
from page_fill import FilledBook, filled_book
from pages_laid_out import lay_out_unit

from pressroom.typeset.boxes import LaidBox
from pressroom.typeset.floats import MoveLimits, best_planned, moved, strayed
from pressroom.typeset.page_looks import BlockKind, PageBlock, PageLook
from pressroom.typeset.spreads import Spread, insertions, overtaken

SQUARE = "title: T\nlanguage: en\nlayout: %s\neditions: {print: {format: pdf, trim: 8.5x8.5in, image_ppi: 36}}\n"
TEXT = "The river rises for days, and the people of the lower town carry what they own to the school. "
SHAPES = {"wide": (300, 200), "tall": (200, 300), "long": (300, 170)}


def figure(name: str, place: str = "") -> str:
    return f"![Alt]({name}.jpg){place}\nA caption, of a field near the river.\n\n"


def gallery(*names: str) -> str:
    inner = "\n\n".join(f"![Alt]({name}.jpg)" for name in names)
    return f"::: gallery\n{inner}\n\nAll of them.\n:::\n\n"


def photo_book(publication: Publish, layout: str) -> Path:
    """Two chapters with every placement, and less text than pictures."""
    one = f"# One\n\n{figure('tall', '{.opener}')}{TEXT * 6}\n\n{figure('long', '{.spread}')}{TEXT * 9}\n\n"
    one += f"{figure('wide', '{.page}')}{figure('tall', '{.page}')}{TEXT * 4}\n\n{figure('tall', '{.bleed}')}"
    one += f"{figure('long', '{.wide}')}{TEXT * 5}\n\n{gallery('wide', 'wide', 'wide')}{TEXT * 3}\n"
    two = f"# Two\n\n{figure('wide', '{.opener}')}{TEXT * 4}\n\n{figure('wide', '{.page}')}"
    two += f"{gallery('wide', 'wide', 'wide', 'wide')}{figure('long', '{.wide}')}{figure('wide', '{.spread}')}"
    two += f"{TEXT * 5}\n\n"
    two += f"{figure('tall', '{.inset}')}{TEXT * 6}\n\n{figure('wide')}{TEXT * 5}\n\n{figure('wide', '{.wide}')}"
    return with_pictures(publication({"book/a.md": one, "book/b.md": two}, settings=SQUARE % layout))


def with_pictures(root: Path) -> Path:
    for name, size in SHAPES.items():
        picture(root / f"assets/photos/{name}.jpg", *size)
    return root


@pytest.fixture(scope="module", params=["reportage", "reader"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> FilledBook:
    folder = tmp_path_factory.mktemp("photo-book")

    def publish(files: dict[str, str], settings: str) -> Path:
        for name, text in {"book/publication.yaml": settings, **files}.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    return filled_book(photo_book(publish, request.param), "print")  # type: ignore[arg-type]  # it takes what is asked of it


@pytest.mark.slow
def test_figures_stand_in_the_order_of_the_manuscript(book: FilledBook) -> None:
    assert list(book.order) == list(book.wanted)


@pytest.mark.slow
def test_no_page_is_slack_or_has_a_line_alone_and_no_two_blank_pages_face_each_other(book: FilledBook) -> None:
    assert (book.slack, book.stranded, book.blank_spreads) == ([], [], [])


@pytest.mark.slow
def test_a_caption_of_a_full_picture_is_not_over_another_picture(book: FilledBook) -> None:
    for page in book.body:
        boxes = page.boxes
        shown = [box for box in boxes.walk() if box.kind == "picture"]
        for caption in (
            box
            for box in boxes.walk()
            if (e := boxes.element(box)) and e.get("data-where") and box.kind == "other" and not box.part
        ):
            below = [each for each in shown if each.top >= caption.bottom and each.area.left < caption.area.right]
            lines = [box for box in boxes.walk() if box.kind == "line" and caption.top - 1 <= box.top <= caption.bottom]
            has_text = any(box.area.left > caption.area.right for box in lines)
            assert has_text or not below, "beside text, or under the pictures of its page"


# ---- text near its picture

AWAY = "# One\n\nSome words at the beginning.\n\n%s%s%s%s%sHAZEL: this sentence is about the fourth picture.\n"


def page_of(root: Path, word: str) -> tuple[int, int]:
    """The page of a word, and that of the last picture before it in the manuscript."""
    found, last = -1, -1
    for n, page in enumerate(lay_out_unit(root).pages):
        boxes = list(page.walk())
        found = n if any(word in box.text for box in boxes) else found
        last = n if any(page.element(box) and page.element(box).get("class") == "picture" for box in boxes) else last  # type: ignore[union-attr]
    return found, last


@pytest.mark.slow
@pytest.mark.parametrize("hold", ["", "{.keep}\n"])
def test_a_sentence_stays_near_its_picture(publication: Publish, hold: str) -> None:
    full = figure("tall", "{.page}"), figure("wide", "{.bleed}")
    text = AWAY % (gallery("wide", "wide", "wide", "wide"), *full, figure("wide"), hold)
    sentence, last = page_of(with_pictures(publication({"book/a.md": text}, settings=SQUARE % "reportage")), "HAZEL")
    assert abs(sentence - last) <= 1
    assert not hold or sentence == last, "held where it is"


def page(*blocks: tuple[int, BlockKind, float, float], bottom: float = 1000) -> PageLook:
    return PageLook(bottom, tuple(PageBlock(*block) for block in blocks))


def test_text_that_passed_a_figure_stands_on_the_facing_page_at_most() -> None:
    near = [page((0, "text", 0, 500), (3, "text", 500, 800)), page((1, "full", 0, 1000)), page((2, "text", 0, 10))]
    assert not strayed(near, (0, 3, 1, 2))
    far = [near[0], page((1, "full", 0, 1000)), page((2, "full", 0, 1000))]
    assert strayed(far, (0, 3, 1, 2))


def test_a_paragraph_that_refers_to_a_figure_is_not_drawn_past_it() -> None:
    looks = [page((0, "text", 0, 600)), page((1, "figure", 0, 500), (2, "text", 500, 900)), page((3, "text", 0, 10))]
    assert moved(looks, (0, 1, 2, 3), frozenset()) == (1, (0, 2, 1, 3))
    assert moved(looks, (0, 1, 2, 3), frozenset(), {2: 1}) is None


def test_a_full_picture_goes_before_the_little_text_that_a_page_would_hold_alone() -> None:
    looks = [
        page((0, "full", 0, 1000)),
        page((1, "text", 0, 90)),
        page((2, "full", 0, 1000)),
        page((3, "text", 0, 800)),
    ]

    def predict(order: tuple[int, ...]) -> list[PageLook]:
        filled = [looks[0], looks[2], page((1, "text", 0, 90), (3, "text", 90, 890))]
        return filled if order == (0, 2, 1, 3) else looks

    assert best_planned(looks, (0, 1, 2, 3), predict, MoveLimits()).order == (0, 2, 1, 3)


# ---- spreads among other figures


@pytest.mark.parametrize(
    ("pages", "after"),
    [
        ({"a": 0, "spread": 1, "b": 3}, 2),  # the next recto
        ({"a": 0, "spread": 1, "b": 2}, 0),  # b would come before it there
        ({"a": 1, "spread": 1, "b": 4}, 2),  # a would come after it further ahead
    ],
)
def test_a_spread_goes_where_all_figures_keep_their_order(pages: dict[str, int], after: int) -> None:
    [found] = insertions([Spread("spread", "")], pages, 6, first_is_recto=True, figures=["a", "spread", "b"])
    assert found.after == after
    assert overtaken([found], pages, ["a", "spread", "b"]) == ("", "")


def test_a_figure_that_would_stand_before_a_spread_is_named() -> None:
    pages, figures = {"a": 1, "spread": 1, "b": 2}, ["a", "spread", "b"]
    found = insertions([Spread("spread", "")], pages, 6, first_is_recto=True, figures=figures)
    assert overtaken(found, pages, figures) == ("spread", "b")


# ---- whole pictures, whole captions

FRAME = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"><rect width="100%%" height="100%%"/></svg>'


def frames(root: Path) -> list[LaidBox]:
    laid = lay_out_unit(root)
    return [box for page, box in laid.boxes if (e := page.element(box)) and e.get("class") == "picture"]


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["reportage", "reader"])
def test_drawings_are_scaled_to_the_grid_and_never_cut(publication: Publish, layout: str) -> None:
    shapes = [(400, 203), (400, 391), (300, 100), (200, 333), (500, 90)]
    files: dict[str, str | bytes] = {f"assets/photos/d{n}.svg": FRAME % shape for n, shape in enumerate(shapes)}
    text = "# A\n\n" + "".join(f"![Alt](d{n}.svg)\nA caption.\n\n" for n in range(len(shapes)))
    book = filled_book(publication({"book/a.md": text, **files}, settings=SQUARE % layout), "print")
    found = [
        box.area
        for page in book.body
        for box in page.boxes.walk()
        if (e := page.boxes.element(box)) and e.get("class") == "picture" and box.kind != "line"
    ]
    assert [round(area.width / area.height, 2) for area in found] == [round(w / h, 2) for w, h in shapes]


@pytest.mark.slow
@pytest.mark.parametrize("placement", ["bleed", "spread", "opener"])
def test_a_caption_longer_than_its_page_goes_on(publication: Publish, placement: str) -> None:
    words = " ".join(f"W{n}" for n in range(700))
    text = f"# A\n\n![Alt](wide.jpg){{.{placement}}}\n{words}.\n\n{TEXT * 30}\n"
    laid = lay_out_unit(with_pictures(publication({"book/a.md": text}, settings=SQUARE % "reportage")))
    seen = {word.strip(".") for line in laid.lines for word in line.split()}
    assert {f"W{n}" for n in range(700)} <= seen
    for boxes, box in laid.boxes:
        assert box.kind != "line" or box.margin or box.area.bottom <= boxes.height - 20, "no line runs off the page"


@pytest.mark.slow
def test_rows_of_a_gallery_alone_on_its_page_fill_it(publication: Publish) -> None:
    text = f"# A\n\nText.\n\n{figure('tall', '{.page}')}{gallery('wide', 'wide', 'wide')}{figure('tall', '{.page}')}"
    book = filled_book(with_pictures(publication({"book/a.md": text}, settings=SQUARE % "reportage")), "print")
    [alone] = [page for page in book.body if len(page.pictures) == 3]
    assert alone.filled > 0.85


@pytest.mark.slow
def test_a_single_picture_stands_at_the_optical_centre_of_its_page(publication: Publish) -> None:
    text = f"# A\n\n{TEXT * 4}\n\n{figure('tall', '{.page}')}{figure('wide', '{.wide}')}{figure('tall', '{.page}')}"
    book = filled_book(with_pictures(publication({"book/a.md": text}, settings=SQUARE % "reportage")), "print")
    plates = [page for page in book.body if len(page.pictures) == 1]
    [(top, _), *_, (_, bottom)] = plates[1].spans
    head = plates[1].grid.paper.head * plates[1].grid.paper.unit * 72 / 25.4
    above, below = top - head, plates[1].grid.paper.lines * plates[1].grid.paper.unit * 72 / 25.4 + head - bottom
    assert 0.5 < above / below < 0.9
    assert all(a.boxes is not b.boxes for a, b in pairwise(plates))
