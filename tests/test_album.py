"""Pages of pictures, measured: the layout `album` on square and on wide paper, and the same words in the other layouts.

One manuscript has every placement. Its pictures shade from one colour to another, as photographs and unlike diagrams.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from conftest import Publish, ids, picture, read
from conftest import laid_out as composed
from measuring import POINT, Bound, Frame, Sheet, bind
from page_fill import FilledBook, filled_book
from picture_pages import shown_on
from PIL import Image

from pressroom import design, production
from pressroom.design.caption_places import hosted_captions
from pressroom.errors import Place
from pressroom.publication import PLACEMENTS, Caption, Chapter, Figure, Gallery

BLEED = 3.0
SHAPES = {"wide": (300, 200), "high": (200, 300), "square": (240, 240), "long": (480, 160), "tall": (100, 400)}
BOOK = """# Words

Two lines of words that open the chapter, on the left.

![Alt facing](wide.png){.bleed .recto}
Caption of the facing.

![Alt small](high.png){.page .small .verso}
Caption of the small.

![Alt mat](wide.png){.page}
Caption of the mat.

![Alt over right](wide.png){.over .right}
Caption over the right.

::: gallery {.page .verso tree="(./(.|.))"}
![Alt first](wide.png)
Caption first.

![Alt second](wide.png)
Caption second.

![Alt third](square.png)
Caption third.
:::

![Alt bleed](square.png){.bleed}
Caption of the bleed.

![Alt foot](long.png){.spread .foot}
Caption of the foot.

![Alt head](wide.png){.head .verso}
Caption of the head.

![Alt edge](wide.png){.edge}
Caption of the edge.

![Alt over left](wide.png){.over .left}
Caption over the left.

![Alt edge left](long.png){.edge .verso}
Caption of the other edge.

![Alt last](high.png){.page}
Caption of the last.

::: gallery {.over .left}
![Alt beside](square.png)
Caption beside the fold.

![Alt large](wide.png)
Caption of the large.
:::
"""
CAPTIONS = [line for line in BOOK.splitlines() if line.startswith("Caption")]
PAPERS = {"album": ("square-8.5", "297x210mm"), "reportage": ("210x270mm",), "reader": ("a5",)}
CASES = [(layout, trim) for layout, trims in PAPERS.items() for trim in trims]


def write(root: Path, layout: str, edition: str) -> None:
    """The book with its pictures."""
    (root / "book").mkdir(parents=True)
    (root / "assets/photos").mkdir(parents=True)
    (root / "book/a.md").write_text(BOOK, encoding="utf-8")
    for name, size in SHAPES.items():
        greys = Image.linear_gradient("L").resize(size)
        Image.merge("RGB", (greys, greys.transpose(Image.Transpose.ROTATE_180), greys)).save(
            root / f"assets/photos/{name}.png"
        )
    settings = f"title: T\nlanguage: en\nlayout: {layout}\neditions: {{pdf: {edition}}}\n"
    (root / "book/publication.yaml").write_text(settings, encoding="utf-8")


@dataclass(frozen=True)
class Made(Bound):
    """The book in one layout."""

    layout: str = ""


@cache
def made(root: Path, layout: str, trim: str) -> Made:
    """The book, with bleed."""
    write(root, layout, f"{{format: pdf, trim: {trim}, bleed: {BLEED}mm, image_ppi: 36}}")
    found = bind(root, trim)
    return Made(found.path, found.paper, found.findings, layout)


@pytest.fixture(scope="module", params=[pytest.param(c, id=c[0] + " " + c[1], marks=pytest.mark.slow) for c in CASES])
def bound(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    layout, trim = request.param
    return made(tmp_path_factory.getbasetemp() / f"pages-{layout}-{trim}", layout, trim)


def page_of(bound: Made, caption: str) -> int:
    """The page (from 0) on which a caption stands."""
    return next(n for n, sheet in enumerate(bound.sheets) if caption in sheet.words)


def over(sheet: Sheet, frame: Frame) -> str:
    """The edges over which a picture goes on in the bleed, by their first letters: head, foot, left, right."""
    distances = {"h": frame.top, "f": sheet.page.get_height() - frame.bottom}
    distances |= {"l": frame.left, "r": sheet.width - frame.right}
    return "".join(edge for edge, distance in distances.items() if distance < 0.1)


def millimetres(sheet: Sheet, frame: Frame) -> tuple[float, float, float, float]:
    """Left, top, width and height from the corner of the trimmed page."""
    left, top = frame.left / POINT - BLEED, frame.top / POINT - BLEED
    return left, top, (frame.right - frame.left) / POINT, (frame.bottom - frame.top) / POINT


# ---- where pictures reach


def is_wide_enough(bound: Made) -> bool:
    """Whether a landscape over the fold is as high as its page; on A5, white at its foot saves it from a crop."""
    return bound.layout != "reader"


EDGES = {
    "Caption of the small": "",
    "Caption of the mat": "",
    "Caption over the right": "hfl",
    "Caption of the foot": "hlr",
    "Caption of the head": "hlr",
    "Caption of the edge": "hr",
    "Caption over the left": "hfr",
    "Caption of the other edge": "hl",
}
"""The edges over which the picture of a caption goes, on the page with the caption."""


@pytest.mark.parametrize(("caption", "edges"), EDGES.items())
def test_a_picture_goes_on_in_the_bleed_at_the_edges_of_its_placement(bound: Made, caption: str, edges: str) -> None:
    sheet = bound.sheets[page_of(bound, caption)]
    (frame,) = sheet.pictures
    assert over(sheet, frame) == (edges if is_wide_enough(bound) else edges.replace("f", ""))


def test_the_halves_of_a_picture_over_the_fold_make_one_picture(bound: Made) -> None:
    """Its width to its height is that of the file, less a crop that the layout states."""
    width = bound.sheets[0].width
    right = page_of(bound, "Caption over the right")
    (left_half,), (right_half,) = bound.sheets[right - 1].pictures, bound.sheets[right].pictures
    bleed = BLEED * POINT
    across = (left_half.right - left_half.left) + (right_half.right - right_half.left) - 2 * bleed
    assert left_half.right == pytest.approx(width, abs=0.1)
    assert across > width
    assert across / (right_half.bottom - right_half.top) >= 1.5 * (1 - 0.17) - 0.01
    assert right % 2 == 0  # a recto: the two pages face each other


def test_the_caption_of_a_picture_over_the_fold_stands_in_a_column_of_its_own(bound: Made) -> None:
    for caption in ("Caption over the right", "Caption over the left"):
        sheet = bound.sheets[page_of(bound, caption)]
        (frame,) = sheet.pictures
        assert sheet.letters
        assert not any(frame.holds(letter) for letter in sheet.letters)


def test_a_small_picture_keeps_more_white_than_its_page_asks_for(bound: Made) -> None:
    small, last = (bound.sheets[page_of(bound, c)].pictures[0] for c in ("of the small", "of the last"))
    assert (small.right - small.left) < 0.9 * (last.right - last.left)


def test_a_small_picture_stands_beside_the_one_over_the_fold(bound: Made) -> None:
    n = page_of(bound, "Caption beside the fold")
    words = bound.sheets[n].words
    small, half = sorted(bound.sheets[n].pictures, key=lambda frame: frame.left)
    assert over(bound.sheets[n], small) == ""
    assert over(bound.sheets[n], half) == ("hfr" if is_wide_enough(bound) else "hr")
    assert small.right < half.left
    assert words.index("beside the fold") < words.index("of the large")
    assert "Right. " in words


# ---- several pictures on a page


def test_pictures_by_a_tree_stand_in_even_gaps_inside_the_type_area(bound: Made) -> None:
    n = page_of(bound, "Caption first")
    first, second, third = (millimetres(bound.sheets[n], frame) for frame in bound.sheets[n].pictures)
    gap = design.find_layout("album", Path("/nowhere"), Place("x")).manifest.pictures.gap
    assert second[1] - first[1] - first[3] == pytest.approx(gap, abs=0.02)  # one above the others
    assert third[0] - second[0] - second[2] == pytest.approx(gap, abs=0.02)
    assert second[1] == pytest.approx(third[1], abs=0.02)
    assert first[2] == pytest.approx(second[2] + gap + third[2], abs=0.02)
    area = bound.type_area(n)
    beside = 2 * BLEED if bound.paper.mirrored else 0.0  # the type area of a verso is measured from its other edge
    assert first[0] >= area.left / POINT - beside - 0.02
    assert first[0] + first[2] <= area.right / POINT - beside + 0.02
    assert third[1] + third[3] <= area.bottom / POINT


def test_no_picture_by_a_tree_is_cut_by_more_than_the_layout_states(bound: Made) -> None:
    n = page_of(bound, "Caption first")
    crop = design.find_layout("album", Path("/nowhere"), Place("x")).manifest.pictures.crop
    for frame, ratio in zip(bound.sheets[n].pictures, (1.5, 1.5, 1.0), strict=True):
        shown = (frame.right - frame.left) / (frame.bottom - frame.top)
        assert 1 - min(shown / ratio, ratio / shown) <= crop + 0.001


def test_captions_of_several_pictures_say_where_each_stands(bound: Made) -> None:
    words = bound.sheets[page_of(bound, "Caption first")].words
    for word in ("Top. ", "Bottom left. ", "Bottom right. "):
        assert word in words


# ---- captions, order, blank pages


def test_the_caption_of_a_full_page_stands_on_the_facing_one(bound: Made) -> None:
    n = page_of(bound, "Caption of the bleed")
    assert "Facing page. " in bound.sheets[n].words
    facing = bound.sheets[n + 1]
    assert n % 2  # a verso
    assert [over(facing, frame) for frame in facing.pictures] == ["hflr"]


def test_captions_come_in_the_order_of_the_manuscript(bound: Made) -> None:
    pages = [page_of(bound, caption) for caption in CAPTIONS]
    assert pages == sorted(pages)


def test_no_page_of_the_chapter_is_blank(bound: Made) -> None:
    first = page_of(bound, "words that open the chapter")
    blank = [n for n, sheet in enumerate(bound.sheets[first:], first) if not sheet.pictures and not sheet.words]
    assert [n for n in blank if bound.layout == "album"] == []


def test_pages_of_an_album_have_the_numbers_of_their_sides(bound: Made) -> None:
    folios = [(n, int(sheet.folio)) for n, sheet in enumerate(bound.sheets) if sheet.folio.isdigit()]
    assert all(n % 2 != folio % 2 for n, folio in folios)


# ---- for readers who do not see the pages


@pytest.mark.slow
def test_each_picture_is_one_figure_with_its_alt_text_and_its_caption(tmp_path: Path) -> None:
    write(tmp_path, "album", "{format: pdf, trim: square-8.5, standard: PDF/UA-1, image_ppi: 36}")
    report = production.build(production.Order(tmp_path, ("pdf",)))
    with pikepdf.open(report.products[0].path) as pdf:
        figures = [tag for tag in walked(pdf.Root.StructTreeRoot) if tag.get("/S") == "/Figure"]
        alts = [str(tag.Alt) for tag in figures]
        captions = [sum(kid.get("/S") == "/Caption" for kid in kids(tag)) for tag in figures]
    assert alts == [line[2 : line.index("]")] for line in BOOK.splitlines() if line.startswith("![")]
    assert captions == [1] * len(figures)


def kids(tag: pikepdf.Object) -> list[pikepdf.Object]:
    """The tags right under a tag."""
    found = tag.get("/K", [])
    found = list(found) if isinstance(found, pikepdf.Array) else [found]
    return [kid for kid in found if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def walked(tag: pikepdf.Object) -> list[pikepdf.Object]:
    """A tag and all under it, in reading order."""
    return [tag, *(inner for kid in kids(tag) for inner in walked(kid))]


# ---- which caption stands where


def block(words: str, id: str) -> Figure | Gallery:
    """A picture or, with the word gallery, several, with these words."""
    name, *others = words.split()
    place, placed = Place("book/a.md"), PLACEMENTS["page" if name == "gallery" else name]
    if name == "gallery":
        return Gallery(id, "1", (), None, placed, place, tuple(others))
    return Figure(id, "1", "", "", Caption("C.", "C."), "", placed, place, classes=tuple(others))


@pytest.mark.parametrize(
    ("blocks", "standing", "hosted"),
    [
        (["bleed verso", "page"], "", {"1": "0"}),
        (["page verso", "bleed"], "", {"0": "1"}),
        (["bleed verso", "gallery"], "", {"1": "0"}),
        (["bleed verso", "bleed", "page"], "", {"2": "1"}),
        (["page", "spread", "page"], "", {"0": "1"}),
        (["page", "spread foot", "page"], "", {}),
        (["page", "over right", "page"], "", {}),
        (["bleed verso", "edge"], "", {"1": "0"}),
        (["page verso", "page"], "", {}),
        (["page small verso", "page"], "facing", {"0": "1"}),
        (["head verso", "page"], "facing", {"1": "0"}),
        (["page verso", "bleed", "over right"], "end", {"c": "012"}),
    ],
)
def test_a_caption_stands_where_there_is_room_for_it(blocks: list[str], standing: str, hosted: dict[str, str]) -> None:
    pictures = tuple(block(words, str(n)) for n, words in enumerate(blocks))
    chapter = Chapter("c", "C", Place("book/a.md"), blocks=pictures)
    found = hosted_captions([chapter], standing)
    assert {host: "".join(guest.id for guest in guests) for host, guests in found.items()} == hosted


@pytest.mark.parametrize(("with_credits", "hosted"), [(True, {"0": ["1"]}), (False, {})])
def test_a_credit_alone_has_its_place_on_the_facing_page(*, with_credits: bool, hosted: dict[str, list[str]]) -> None:
    """Else it would take a page for itself, and push a spread apart."""
    verso, full = block("page verso", "0"), block("bleed", "1")
    assert isinstance(full, Figure)
    bare = replace(full, caption=None, number="", credit="Photograph: Anna Berg")
    chapter = Chapter("c", "C", Place("book/a.md"), blocks=(verso, bare))
    found = hosted_captions([chapter], with_credits=with_credits)
    assert {host: [guest.id for guest in guests] for host, guests in found.items()} == hosted


# ---- the words of the manuscript


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (".page .small", []),
        (".spread .foot", []),
        (".over .left", []),
        (".edge .recto", []),
        (".wide .small", ["placement-dropped"]),
        (".page .foot", ["placement-dropped"]),
        (".verso", ["placement-dropped"]),
        (".bleed .spread", ["placement-twice"]),
    ],
)
def test_a_word_that_says_nothing_is_told(publication: Publish, words: str, told: list[str]) -> None:
    found = read(publication({"book/a.md": f"# A\n\nText.\n\n![x](a.jpg){{{words}}}\nC.\n"})).findings
    assert [f.id for f in found if f.id.startswith("placement")] == told


@pytest.mark.parametrize("tree", ["(.|.", "(.|./.)", "(.|.|.)", "a", "."])
def test_a_tree_that_does_not_hold_the_pictures_is_an_error(publication: Publish, tree: str) -> None:
    gallery = f'::: gallery {{.page tree="{tree}"}}\n![x](a.jpg)\n\n![y](b.jpg)\n:::\n'
    assert "tree-wrong" in ids(read(publication({"book/a.md": f"# A\n\n{gallery}"})).findings)


@pytest.mark.slow
def test_a_tall_picture_leaves_room_for_the_caption_of_the_facing_page(publication: Publish) -> None:
    words = "Reefs break the swell before it comes to land, and the boats wait behind them until the wind has turned."
    text = f"# Words\n\n{'Words of an opening. ' * 30}\n\n![A](high.png){{.page}}\nThe shore.\n\n"
    text += f"![A](square.png){{.bleed .verso}}\n{words}\n\n"
    text += f"![A](high.png){{.page}}\n{words}\n"
    settings = "title: T\nlanguage: en\nlayout: album\neditions: {pdf: {format: pdf, trim: 210x210mm, image_ppi: 36}}\n"
    root = publication({"book/a.md": text}, settings=settings)
    for name, size in SHAPES.items():
        picture(root / f"assets/photos/{name}.png", *size)
    book = filled_book(root, "pdf")
    assert book.stranded == []
    assert len(book.pages[-1].captions) == 1, "its own caption has no name, that of the facing page has"


# ---- what captions leave of the page

RIVER = "The river rises for days, and the people of the lower town carry what they own to the school on the hill. "


def laid_out(publication: Publish, text: str, trim: str) -> FilledBook:
    settings = (
        f"title: T\nlanguage: en\nlayout: album\neditions: {{pdf: {{format: pdf, trim: {trim}, image_ppi: 36}}}}\n"
    )
    root = publication({"book/a.md": text}, settings=settings)
    for name, size in SHAPES.items():
        picture(root / f"assets/photos/{name}.png", *size)
    return filled_book(root, "pdf")


@pytest.mark.slow
def test_long_captions_under_a_narrow_block_stay_on_its_page(publication: Publish) -> None:
    pictures = "\n".join(f"![{n}](wide.png)\n{RIVER * 3}\n" for n in range(3))
    text = f'# Words\n\nWords of an opening.\n\n::: gallery {{.page tree="(././.)"}}\n{pictures}:::\n'
    book = laid_out(publication, text, "us-trade")
    assert [bool(page.pictures) for page in book.body] == [False, True]


@pytest.mark.slow
def test_facing_pictures_of_one_shape_are_alike_though_one_caption_is_longer(publication: Publish) -> None:
    text = "# Words\n\nWords of an opening.\n\n![A](wide.png){.page}\nA.\n\n"
    text += f"![B](square.png){{.page .verso}}\nThe shore.\n\n![C](square.png){{.page}}\n{RIVER * 2}\n\n"
    text += f"![D](wide.png){{.page .verso}}\nD.\n\n![E](wide.png){{.page}}\n{RIVER * 3}\n"
    book = laid_out(publication, text, "210x210mm")
    frames = [(round(frame.top), round(frame.bottom)) for page in book.body for _, frame, _ in shown_on(page)]
    assert frames[1] == frames[2], "squares, whose height the page limits"
    assert frames[3] == frames[4], "landscapes, with white above and below"


@pytest.mark.slow
def test_text_between_pictures_begins_where_that_of_a_chapter_does(publication: Publish) -> None:
    text = "# Words\n\nWords of an opening.\n\n![A](wide.png)\nA.\n\nA word between.\n\n![B](wide.png)\nB.\n"
    book = laid_out(publication, text, "210x210mm")
    tops = [page.spans[-1][0] for page in book.body if page.lines and not page.pictures]
    assert len(tops) == 2
    assert tops[1] == pytest.approx(tops[0], abs=3)


@pytest.mark.slow
@pytest.mark.parametrize("trim", ["a5", "170x240mm"])
def test_captions_below_a_picture_at_the_head_stay_on_its_page(publication: Publish, trim: str) -> None:
    """They are narrower than the text: in from both edges, and never wider than a line is easily read."""
    pictures = [(word, letters) for letters in (67, 134, 268, 335) for word in ("head", "edge", "edge .recto")]
    text = "".join(f"\n![A](high.png){{.{word}}}\n{(RIVER * 4)[:letters]}\n" for word, letters in pictures)
    book = laid_out(publication, f"# Words\n\nWords of an opening.\n{text}", trim)
    assert sum(bool(page.pictures) for page in book.body) == len(pictures)
    assert not [page.laid.folio for page in book.body[1:] if not page.pictures and page.lines]


def test_captions_below_several_pictures_may_be_as_long_as_a_page(publication: Publish) -> None:
    """No page is left for the pictures of some of these galleries, to the line: each then has a page of its own."""
    gallery = '::: gallery {.page tree="(./.)"}\n![x](wide.png)\n%s\n\n![y](wide.png)\n%s\n:::\n'
    text = "\n".join(gallery % (RIVER * n, RIVER * 2) for n in range(1, 60))
    settings = "title: T\nlanguage: en\nlayout: album\neditions: {pdf: {format: pdf, trim: a5}}\n"
    root = publication({"book/a.md": f"# A\n\n{text}"}, settings=settings)
    hand = design.EditionInHand(read(root).publication, "pdf", design.find_layout("album", root, Place("x")))
    [chapter] = [unit for unit in composed(hand).units if unit.kind == "chapter"]
    assert 0 < chapter.xhtml.count(" tree") < 59


@pytest.mark.slow
@pytest.mark.parametrize("trim", ["170x240mm", "297x210mm"])
def test_captions_too_long_for_several_pictures_stand_under_their_own(publication: Publish, trim: str) -> None:
    """They ran in a strip under tiny pictures, and overleaf through the last of these."""
    pictures = "\n".join(f"![{n}](wide.png)\n{RIVER * 24}\n" for n in range(4))
    text = f'# Words\n\nWords of an opening.\n\n::: gallery {{.page tree="((.|.)/(.|.))"}}\n{pictures}:::\n'
    book = laid_out(publication, text, trim)
    _, *others = [len(page.pictures) for page in book.body]
    assert sum(others) == 4
    assert min(others) > 0, "no page holds nothing but words of captions"


@pytest.mark.slow
@pytest.mark.parametrize("trim", ["a5", "170x240mm", "297x210mm"])
def test_a_long_caption_is_no_strip_under_a_narrow_picture(publication: Publish, trim: str) -> None:
    """Nor is that of the facing picture, which fills its page."""
    text = f"# Words\n\nWords of an opening.\n\n![A](tall.png){{.page}}\n{RIVER * 18}\n\n"
    book = laid_out(publication, f"{text}![B](high.png){{.bleed}}\n{RIVER * 8}\n", trim)
    assert [len(page.pictures) for page in book.body] == [0, 1, 1]


@pytest.mark.slow
@pytest.mark.parametrize(("side", "left"), [("verso", True), ("recto", False)])
@pytest.mark.parametrize("words", ["edge", "head", "page", "bleed"])
def test_a_page_of_a_picture_stands_on_the_side_that_is_asked(
    publication: Publish,
    words: str,
    side: str,
    left: bool,  # noqa: FBT001
) -> None:
    """At the edge it reaches over the outer one, whose side the style sheet takes from the same word."""
    text = f"# Words\n\nAn opening.\n\n![A](high.png){{.page}}\nA.\n\n![B](high.png){{.{words} .{side}}}\nB.\n\n"
    book = laid_out(publication, f"{text}Words behind it.\n", "210x210mm")
    [_, page] = [page for page in book.body if page.pictures]
    assert page.is_verso == left


@pytest.mark.slow
@pytest.mark.parametrize("words", ["head", "edge", "edge .recto"])
def test_a_picture_at_the_head_stands_inside_the_margins_over_a_caption_of_a_page(
    publication: Publish, words: str
) -> None:
    """It vanished, and its caption went on at the very edge of the next page."""
    text = f"# Words\n\nAn opening.\n\n![A](wide.png){{.{words}}}\n{RIVER * 60}\n\nWords behind it.\n"
    book = laid_out(publication, text, "a5")
    [page] = [page for page in book.body if page.pictures]
    assert page.filled > 0.5
    head = page.grid.paper.head * page.grid.paper.unit * POINT
    lines = [box for each in book.body for box, _ in each.figures() if box.kind == "line"]
    assert min(line.area.top for line in lines) > head - 1
