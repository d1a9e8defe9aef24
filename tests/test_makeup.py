"""Make-up: figures float to where they fit, spreads stand on facing pages, captions refer to their pictures."""

from __future__ import annotations

import re
from importlib import import_module
from itertools import permutations
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from conftest import Publish, ids, laid_out
from hypothesis import given
from hypothesis import strategies as some
from lxml import etree
from PIL import Image
from test_pdf import letters, make, put, words

from pressroom import production
from pressroom.design import Unit
from pressroom.publication.measures import PT_PER_MM
from pressroom.typeset.engine import Engine
from pressroom.typeset.engine.resumed_pages import PagesBefore
from pressroom.typeset.floats import moved
from pressroom.typeset.lonely_headings import with_their_text
from pressroom.typeset.page_looks import NOTED, BlockKind, PageBlock, PageLook, white
from pressroom.typeset.rendered import RenderedDocument
from pressroom.typeset.runon import broken
from pressroom.typeset.spreads import Spread, insertions
from pressroom.typeset.units import LayRequest, Side

HEAD = "title: T\nlanguage: en\neditions:\n  print: {format: pdf, trim: 210x270mm, bleed: 3mm%s}\n"
TEXT = "The river rises for days, and the people of the lower town carry what they own to the school on the hill. "
RED = "![A red field](red.png)"


def paragraphs(*lengths: int) -> str:
    return "\n\n".join(TEXT * length for length in lengths)


def pages_of(root: Path) -> list[pypdfium2.PdfPage]:
    return list(make(root, "print"))


def chapter_pages(root: Path) -> list[pypdfium2.PdfPage]:
    """From the first page of the chapter to its last."""
    document = make(root, "print")
    found = [document.get_page_label(n) for n in range(len(document))]
    return [document[n] for n in range(found.index("1"), len(document)) if found[n]]


# ---- floats


def page(bottom: float, *blocks: tuple[int, BlockKind, float, float]) -> PageLook:
    return PageLook(bottom, tuple(PageBlock(*block) for block in blocks))


def test_text_is_drawn_forward_until_the_gap_is_filled() -> None:
    looks = [
        page(1000, (0, "text", 0, 600)),
        page(1000, (1, "figure", 0, 500), (2, "text", 500, 700), (3, "text", 700, 1000)),
        page(1000, (4, "text", 0, 100)),
    ]
    assert moved(looks, (0, 1, 2, 3, 4), frozenset()) == (1, (0, 2, 3, 1, 4))


def test_before_a_full_page_only_whole_paragraphs_are_drawn_forward() -> None:
    looks = [
        page(1000, (0, "text", 0, 600)),
        page(1000, (1, "full", 0, 1000)),
        page(1000, (2, "text", 0, 300), (3, "text", 300, 700)),
    ]
    assert moved(looks, (0, 1, 2, 3), frozenset()) == (1, (0, 2, 1, 3))


def test_where_much_stays_white_a_figure_passes_one_heading_with_its_text() -> None:
    looks = [
        page(1000, (0, "text", 0, 500)),
        page(1000, (1, "full", 0, 1000)),
        page(1000, (2, "heading", 0, 20), (3, "text", 20, 200), (4, "heading", 200, 220), (5, "text", 220, 300)),
    ]
    assert moved(looks, (0, 1, 2, 3, 4, 5), frozenset()) == (1, (0, 2, 3, 1, 4, 5))
    little = [page(1000, (0, "text", 0, 900)), *looks[1:]]
    assert moved(little, (0, 1, 2, 3, 4, 5), frozenset()) is None


@pytest.mark.parametrize("rounding", [-1e-10, 0.0, 1e-10])
def test_lines_that_fill_a_gap_to_the_point_fill_it_however_sums_are_rounded(rounding: float) -> None:
    looks = [
        page(1000, (0, "text", 0, 600 + rounding)),
        page(1000, (1, "full", 0, 1000)),
        page(1000, (2, "text", 0, 300), (3, "text", 300, 400), (4, "text", 400, 500)),
    ]
    assert moved(looks, (0, 1, 2, 3, 4), frozenset()) == (1, (0, 2, 3, 1, 4))


@pytest.mark.parametrize("rounding", [-1e-10, 0.0, 1e-10])
def test_eight_lines_of_five_millimetres_are_no_more_than_forty(rounding: float) -> None:
    looks = [
        page(1000, (0, "text", 0, 1000 - 40 * PT_PER_MM + rounding)),
        page(1000, (1, "full", 0, 1000)),
        page(1000, (2, "heading", 0, 20), (3, "text", 20, 100)),
    ]
    assert moved(looks, (0, 1, 2, 3), frozenset()) is None
    looks[0] = page(1000, (0, "text", 0, 1000 - 41 * PT_PER_MM))
    assert moved(looks, (0, 1, 2, 3), frozenset()) == (1, (0, 2, 3, 1))


def test_the_same_gaps_on_other_pages_are_as_white() -> None:
    gaps = [0.1, 100 / 3, 250.7, 77.77, 31.1]
    whites = {white([page(1000, (0, "text", 0, 1000 - gap)) for gap in (*run, 0)]) for run in permutations(gaps)}
    assert len(whites) == 1


@pytest.mark.parametrize(
    ("kinds", "order"),
    [
        (("text", "heading", "full", "text"), (0, 2, 1, 3)),
        (("text", "heading", "heading", "full", "full", "other"), (0, 3, 4, 1, 2, 5)),
        (("text", "heading", "full", "heading"), (0, 1, 2, 3)),  # it has no text: the picture is its section
        (("text", "heading", "full"), (0, 1, 2)),
        (("text", "heading", "figure", "text"), (0, 1, 2, 3)),
    ],
)
def test_a_heading_does_not_end_a_page_before_a_full_picture(kinds: list[BlockKind], order: list[int]) -> None:
    first = next(n for n, kind in enumerate(kinds) if kind in ("full", "figure"))
    before = page(100, *((n, kind, n * 10, n * 10 + 10) for n, kind in enumerate(kinds[:first])))
    after = (page(100, (n, kind, 0, 90)) for n, kind in enumerate(kinds[first:], first))
    assert with_their_text([before, *after], tuple(range(len(kinds)))) == order


def test_no_heading_is_drawn_forward_without_its_text() -> None:
    looks = [
        page(1000, (0, "text", 0, 500)),
        page(1000, (1, "full", 0, 1000)),
        page(1000, (2, "heading", 0, 20), (3, "text", 20, 900)),
    ]
    assert moved(looks, (0, 1, 2, 3), frozenset()) is None


def test_figures_keep_their_order_and_no_figure_passes_what_is_no_text() -> None:
    looks = [
        page(1000, (0, "text", 0, 500)),
        page(1000, (1, "figure", 0, 400), (2, "figure", 400, 700), (3, "text", 700, 900), (4, "other", 900, 950)),
        page(1000, (5, "text", 0, 500)),
    ]
    assert moved(looks, (0, 1, 2, 3, 4, 5), frozenset()) == (1, (0, 3, 1, 2, 4, 5))
    assert moved(looks, (0, 1, 2, 3, 4, 5), frozenset({1})) is None


kinds = some.sampled_from(["text", "heading", "figure", "full", "other"])


@pytest.mark.slow
@given(some.lists(some.lists(some.tuples(kinds, some.integers(20, 400)), max_size=5), min_size=1, max_size=6))
def test_nothing_is_lost_and_text_and_figures_keep_their_order(book: list[list[tuple[BlockKind, int]]]) -> None:
    looks, number = [], 0
    for blocks in book:
        y, stands = 0.0, []
        for kind, height in blocks:
            stands.append(PageBlock(number, kind, y, y + height))
            y, number = y + height, number + 1
        looks.append(PageLook(1000, tuple(stands)))
    step = moved(looks, tuple(range(number)), frozenset())
    if step is None:
        return
    kind_of = {block.number: block.kind for look in looks for block in look.blocks}
    figure, order = step
    assert sorted(order) == list(range(number))
    assert kind_of[figure] in ("figure", "full")
    for group in (("text", "heading"), ("figure", "full"), ("other",)):
        run = [n for n in order if kind_of[n] in group]
        assert run == sorted(run)
    for n in (n for n in range(number) if kind_of[n] == "other"):
        assert set(order[: order.index(n)]) == set(range(n)), "nothing passes a table or a box"


def test_white_at_the_end_of_a_chapter_is_no_fault() -> None:
    looks = [page(1000, (0, "text", 0, 1000)), page(1000, (1, "text", 0, 10))]
    assert white(looks) == 0
    assert white([*looks, looks[0]]) == 990**2 > NOTED**2


@pytest.mark.slow
def test_a_figure_that_does_not_fit_waits_while_text_fills_the_page(publication: Publish) -> None:
    text = f"# A\n\n{paragraphs(5, 5)}\n\n{RED}{{#red}}\nThe caption.\n\nMarker. {paragraphs(6, 6, 6)}\n"
    root = publication({"book/a.md": text}, settings=HEAD % "")
    put(root, Image.new("RGB", (1200, 1500), (255, 0, 0)))
    first, second, *_ = chapter_pages(root)
    assert "Marker" in words(first), "the paragraph after the figure is drawn forward"
    assert "The caption" in words(second)


@pytest.mark.slow
def test_what_stays_white_is_reported(publication: Publish) -> None:
    text = f"# A\n\n{paragraphs(9)}\n\n{RED}\nOne.\n\n{RED}\nTwo.\n"
    root = publication({"book/a.md": text}, settings=HEAD % "")
    put(root, Image.new("RGB", (1200, 1700), (255, 0, 0)))
    report = production.build(production.Order(root))
    assert "page-gap" in ids(report.findings)
    assert all(f.remedy for f in report.findings if f.id == "page-gap")


# ---- paragraphs in two


def test_a_paragraph_is_broken_between_two_words_and_keeps_every_one() -> None:
    root = etree.fromstring(
        '<div><p id="p">One <em>two</em> three four<span class="fn">a note</span> five six.</p></div>'
    )
    paragraph = root[0]
    rest = broken(paragraph, len("Onetwothree"))
    assert rest is not None
    assert "".join(paragraph.itertext()) == "One two three"
    assert "".join(rest.itertext()) == "foura note five six."
    assert (paragraph.get("class"), rest.get("class"), rest.get("id")) == ("run-on", "run-over", None)


@pytest.mark.parametrize("letters", [2, len("Onet"), 500])
def test_a_paragraph_is_not_broken_inside_a_word_or_an_element(letters: int) -> None:
    paragraph = etree.fromstring("<p>One <em>two and more</em> three</p>")
    assert broken(paragraph, letters) is None
    assert "".join(paragraph.itertext()) == "One two and more three"


# ---- spreads


def halves() -> Image.Image:
    """Red on the left, green on the right."""
    image = Image.new("RGB", (2000, 1286), (255, 0, 0))
    image.paste((0, 255, 0), (1000, 0, 2000, 1286))
    return image


@pytest.mark.slow
@pytest.mark.parametrize("before", [0, 4, 12, 30])
def test_a_spread_stands_on_a_verso_and_the_recto_facing_it_and_no_page_is_blank(
    publication: Publish, before: int
) -> None:
    text = f"# A\n\n{paragraphs(*[3] * before)}\n\n{RED}{{.spread}}\nThe caption.\n\n{paragraphs(*[4] * 12)}\n"
    root = publication({"book/a.md": text}, settings=HEAD % "")
    put(root, halves())
    found = chapter_pages(root)
    seen = [letters(p) for p in found]
    left = next(n for n, rows in enumerate(seen) if set("".join(rows)) == {"R"})
    assert left % 2 == 1, "pages begin with 1 on a recto"
    assert set("".join(seen[left + 1])) == {"G"}
    assert all(words(p) for n, p in enumerate(found) if n not in (left, left + 1)), "no page is blank"
    caption = next(n for n, p in enumerate(found) if "The caption" in words(p))
    assert left - caption in (1, 2, -2), "the caption is on the page before the spread, or the one before that"
    assert "Following pages" in words(found[caption]) or "Preceding pages" in words(found[caption])


@pytest.mark.slow
def test_the_text_runs_on_over_a_spread_and_folios_count_its_pages(publication: Publish) -> None:
    text = f"# A\n\n{paragraphs(*[3] * 9)}\n\n{RED}{{.spread}}\nThe caption.\n\n{paragraphs(*[4] * 12)}\n"
    root = publication({"book/a.md": text}, settings=HEAD % "")
    put(root, halves())
    found = chapter_pages(root)
    silent = [n for n, p in enumerate(found, 1) if not re.search(rf"(^|\D){n}(\D|$)", words(p))]
    assert len(silent) == 2, "only the two full pages have no folio"
    assert silent[1] == silent[0] + 1
    whole = " ".join(words(p) for p in found)
    assert whole.count("hill.") == 9 * 3 + 12 * 4


@pytest.mark.slow
def test_a_spread_is_stored_once(publication: Publish) -> None:
    root = publication({"book/a.md": f"# A\n\nText.\n\n{RED}{{.spread}}\n\nText.\n"}, settings=HEAD % "")
    (root / "assets/photos").mkdir(parents=True)
    noise = Image.effect_noise((900, 580), 80).convert("RGB")
    noise.save(root / "assets/photos/red.png")
    made = production.build(production.Order(root)).products[0].path
    assert made.read_bytes().count(b"/DCTDecode") == 1


@pytest.mark.slow
def test_the_gutter_stands_on_both_sides_of_the_fold(publication: Publish) -> None:
    text = {"book/a.md": f"# A\n\nText.\n\n{RED}{{.spread}}\n\nText.\n"}
    for gutter, seen in (("", {"R"}), (", gutter: 65mm", {"R", "G"})):
        root = publication(text, settings=HEAD % gutter)
        put(root, halves())
        left = letters(chapter_pages(root)[1])
        assert set("".join(left)) - {"a"} == seen


@pytest.mark.slow
@given(some.integers(1, 40), some.booleans(), some.data())
def test_a_spread_always_begins_on_a_verso(pages: int, first_is_recto: bool, data: some.DataObject) -> None:  # noqa: FBT001
    place = data.draw(some.integers(0, pages - 1))
    [found] = insertions([Spread("a", "")], {"a": place}, pages, first_is_recto=first_is_recto)
    before = found.after + 1
    assert (before % 2 == 1) == first_is_recto
    assert -1 <= found.after < pages
    assert abs(found.after - place) <= 1


@pytest.mark.slow
def test_a_gap_behind_a_spread_is_reported_with_the_number_that_is_printed_there(publication: Publish) -> None:
    figures = f"{RED}{{.spread}}\nThe caption.\n\n{paragraphs(*[4] * 7)}\n\nMarker. {TEXT}\n\n{RED}\nOne.\n"
    root = publication({"book/a.md": f"# A\n\n{paragraphs(3)}\n\n{figures}"}, settings=HEAD % "")
    put(root, Image.new("RGB", (1200, 1700), (255, 0, 0)))
    report = production.build(production.Order(root))
    [told] = [finding.message for finding in report.findings if finding.id == "page-gap"]
    found = chapter_pages(root)
    spread = [n for n, page in enumerate(found, 1) if set("".join(letters(page))) == {"R"}]
    marked = next(n for n, page in enumerate(found, 1) if "Marker" in words(page))
    assert marked > max(spread)
    assert told.startswith(f"Page {marked} ")
    assert re.search(rf"\b{marked}\b", words(found[marked - 1]))


# ---- pages of their own


@pytest.mark.slow
def test_a_picture_that_opens_a_chapter_faces_its_title(publication: Publish) -> None:
    root = publication({"book/a.md": f"# A\n\n{RED}{{.opener}}\nThe caption.\n\n{paragraphs(3)}\n"}, settings=HEAD % "")
    put(root, Image.new("RGB", (1500, 1900), (255, 0, 0)))
    *front, picture, title = pages_of(root)
    assert words(front[-1]), "no blank page is between the contents and the picture, which stands on a verso, too"
    assert set("".join(letters(picture))) == {"R"}
    assert "Facing page" in words(title)


def shown_with(publication: Publish, before: str, after: str) -> tuple[list[str], int]:
    """The words of a chapter’s pages, and the number of the one that a full picture fills."""
    text = f"# A\n\n{before}\n\n{RED}{{.bleed}}\nThe caption.\n\n{after}\n"
    root = publication({"book/a.md": text}, settings=HEAD % "")
    put(root, Image.new("RGB", (1500, 1900), (255, 0, 0)))
    found = chapter_pages(root)
    full = next(n for n, p in enumerate(found) if set("".join(letters(p))) == {"R"})
    return [words(p) for p in found], full


@pytest.mark.slow
def test_a_caption_overleaf_refers_to_its_picture(publication: Publish) -> None:
    seen, full = shown_with(publication, paragraphs(*[6] * 5), f"## B\n\n{paragraphs(*[6] * 9)}")
    expected = "Facing page" if full % 2 == 1 else "Preceding page"
    assert expected in seen[full + 1]


@pytest.mark.slow
def test_the_caption_of_a_full_picture_that_comes_last_stands_before_it(publication: Publish) -> None:
    seen, full = shown_with(publication, paragraphs(*[6] * 5), "")
    assert len(seen) == full + 1, "no page holds nothing but the caption"
    caption = next(n for n, page in enumerate(seen) if "The caption" in page)
    expected = {(1, 0): "Facing page", (1, 1): "Following page"}.get((full - caption, full % 2), "Following pages")
    assert expected in seen[caption]


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["reportage", "reader"])
def test_the_caption_of_a_last_full_picture_stands_under_the_picture_before_it(
    publication: Publish, layout: str
) -> None:
    text = f"# A\n\n{paragraphs(4)}\n\n{RED}\nThe caption before.\n\n{RED}{{.bleed}}\nThe caption at last.\n"
    root = publication({"book/a.md": text}, settings=f"layout: {layout}\n{HEAD % ''}")
    put(root, Image.new("RGB", (1500, 1200), (255, 0, 0)))
    seen = [words(page) for page in chapter_pages(root)]
    assert "The caption" not in seen[-1], "no page holds nothing but the caption"
    [page] = [page for page in seen if "The caption before" in page]
    assert re.search(r"The caption before\. (Facing|Following) page\. 2 The caption at last\.", page)


@pytest.mark.slow
def test_the_next_step_of_a_list_stands_after_the_picture_of_this_one(publication: Publish) -> None:
    steps = [f"{n}. Step {n}.\n\n   {RED}\n   Picture {n}.\n" for n in (1, 2)]
    text = f"# A\n\n{TEXT}\n\n" + "\n".join(steps) + "\n3. Step 3.\n\nWords.\n"
    root = publication({"book/a.md": text}, settings=(HEAD % "").replace("210x270mm", "a5"))
    put(root, Image.new("RGB", (1500, 1000), (255, 0, 0)))
    pages = [words(page) for page in chapter_pages(root)]
    step, picture = (next(n for n, page in enumerate(pages) if what in page) for what in ("Step 3.", "Picture 2."))
    assert step >= picture


@pytest.mark.slow
def test_the_caption_of_a_spread_stands_under_the_upright_picture_before_it(publication: Publish) -> None:
    text = f"# A\n\n{paragraphs(4)}\n\n{RED}{{.page}}\nUpright.\n\n{RED}{{.spread}}\nOver two.\n\n{paragraphs(9)}\n"
    root = publication({"book/a.md": text}, settings=(HEAD % "").replace("210x270mm", "square-8.5"))
    put(root, Image.new("RGB", (1000, 1500), (255, 0, 0)))
    seen = [words(page) for page in chapter_pages(root)]
    [page] = [page for page in seen if "Over two" in page]
    assert re.search(r"Upright\. Following pages\. 2 Over two\.", page), "no page holds nothing but the caption"


@pytest.mark.slow
@pytest.mark.parametrize(("where", "long"), [("", 45), ("{.wide}", 45), ("{.inset}", 24)])
def test_the_text_goes_on_below_the_end_of_a_caption_longer_than_its_page(
    publication: Publish, where: str, long: int
) -> None:
    text = f"# A\n\n{TEXT}\n\n{RED}{where}\n{TEXT * long}The end of it.\n\n{{.keep}}\n{TEXT * 3}\n"
    settings = "title: T\nlanguage: en\neditions: {print: {format: pdf, trim: a5}}\n"
    root = publication({"book/a.md": text}, settings=settings)
    put(root, Image.new("RGB", (1500, 1000), (255, 0, 0)))
    seen = [words(page) for page in chapter_pages(root)]
    assert "The end of it." in seen[-1]
    assert seen[-1].count("hill.") >= 3, "the text is on that page"


@pytest.mark.slow
def test_a_caption_longer_than_a_page_is_no_strip_as_narrow_as_its_picture(publication: Publish) -> None:
    text = f"# A\n\n{TEXT}\n\n{RED}{{.page}}\n{TEXT * 40}The end of it.\n\n{TEXT}\n"
    root = publication({"book/a.md": text}, settings="layout: album\n" + (HEAD % "").replace("210x270mm", "us-trade"))
    put(root, Image.new("RGB", (1000, 1500), (255, 0, 0)))
    captions = [words(page) for page in pages_of(root) if words(page).count("hill.") > 2]
    assert len(captions) <= 2
    assert "The end of it." in captions[-1]


@pytest.mark.slow
@pytest.mark.parametrize(("trim", "long"), [("a5", 1), ("210x270mm", 25)])
def test_white_parts_the_caption_of_a_spread_from_the_text_above_it(publication: Publish, trim: str, long: int) -> None:
    text = f"# A\n\n{TEXT * 4}Last words.\n\n{RED}{{.spread}}\n{TEXT * long}\n\n{paragraphs(9)}\n"
    root = publication({"book/a.md": text}, settings=(HEAD % "").replace("210x270mm", trim))
    put(root, halves())
    page = next(page for page in chapter_pages(root) if "Last words" in words(page))
    first, last, caption = (_foot_of(page, phrase) for phrase in ("The river rises", "Last words", "pages."))
    lines = page.get_textpage().get_text_bounded(top=first + 1, bottom=last - 1).strip().count("\n") + 1
    assert last - caption > 1.5 * (first - last) / (lines - 1)


def _foot_of(page: pypdfium2.PdfPage, phrase: str) -> float:
    """The lower edge of the first letters of a phrase, in pt from the foot of the page."""
    found = page.get_textpage().search(phrase).get_next()
    assert found
    return float(page.get_textpage().get_charbox(found[0], loose=True)[1])


@pytest.mark.slow
@pytest.mark.parametrize("placement", ["page", "bleed", "head"])
def test_a_heading_stands_with_its_text_behind_a_full_picture(publication: Publish, placement: str) -> None:
    text = f"# A\n\n{paragraphs(20)}\n\n## Section\n\n{RED}{{.{placement}}}\n\n{paragraphs(16)}\n\n"
    root = publication({"book/a.md": f"{text}{RED}{{.{placement}}}\n\n{paragraphs(10)}\n"}, settings=HEAD % "")
    put(root, Image.new("RGB", (1500, 1900), (255, 0, 0)))
    [page] = [words(page) for page in chapter_pages(root) if "Section" in words(page)]
    assert "Section The river rises" in page


def test_a_paragraph_goes_on_past_a_full_picture(publication: Publish) -> None:
    seen, full = shown_with(publication, paragraphs(6, 6), paragraphs(*[30] * 3))
    whole = " ".join(seen)
    assert whole.count("hill.") == 2 * 6 + 3 * 30, "no word is lost"
    assert seen[full - 1].count("hill.") > 2 * 6, "the page before the picture is filled"
    assert "hill." in seen[full + 1]


@pytest.mark.slow
def test_a_picture_alone_on_its_page_stands_above_the_middle(publication: Publish) -> None:
    root = publication({"book/a.md": f"# A\n\nText.\n\n{RED}{{.page}}\nThe caption.\n"}, settings=HEAD % "")
    put(root, Image.new("RGB", (1700, 1000), (255, 0, 0)))
    rows = letters(chapter_pages(root)[1], 15)
    reds = [n for n, row in enumerate(rows) if "R" in row]
    above, below = reds[0], len(rows) - 1 - reds[-1]
    assert 2 < above < below


# ---- how often the page engine lays a chapter out


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the page engine has been given to lay out."""
    given: list[str] = []
    render = Engine._render

    def counted(engine: Engine, html: str, side: Side, before: PagesBefore) -> RenderedDocument:
        given.append(html)
        return render(engine, html, side, before)

    monkeypatch.setattr(Engine, "_render", counted)
    return given


def chapter_of(root: Path) -> tuple[Engine, Unit]:
    """The page engine for an edition of one chapter, and the chapter."""
    composition = laid_out(production.read(production.Order(root)).edition("print"))
    return Engine(composition), next(unit for unit in composition.units if unit.kind == "chapter")


@pytest.mark.slow
@pytest.mark.parametrize("where", [".spread", ".page"])
def test_a_caption_that_says_where_its_picture_is_mostly_costs_no_layout(
    publication: Publish, layouts: list[str], where: str
) -> None:
    text = f"# A\n\n{paragraphs(*[3] * 9)}\n\n{RED}{{{where}}}\nThe caption.\n\n{paragraphs(*[4] * 20)}\n"
    engine, unit = chapter_of(publication({"book/a.md": text}, settings=HEAD % ""))
    engine.lay(LayRequest(unit, "recto", {}))
    of_text = [html for html in layouts if "spread-pages" not in html]
    assert len({re.sub(r' data-where="[^"]*"', "", html) for html in of_text}) == len(of_text)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_what_was_decided_once_gives_the_same_pages_in_fewer_layouts(
    publication: Publish, layouts: list[str], seed: int
) -> None:
    dice = Random(seed)
    parts = [paragraphs(dice.randint(2, 9)) for _ in range(30)]
    for n in range(4, 28, 4):
        parts[n] += f"\n\n{RED}{{{dice.choice(('.page', '.bleed', '.spread', '.wide', '.inset'))}}}\nCaption {n}."
    root = publication({"book/a.md": "\n\n".join(["# A", *parts])}, settings=HEAD % "")
    engine, unit = chapter_of(root)
    first = engine.lay(LayRequest(unit, "recto", {}))
    needed = len(layouts)
    again = engine.lay(LayRequest(unit, "recto", {}, first.decisions))
    assert again == first
    assert len(layouts) - needed < needed


@pytest.mark.slow
def test_a_book_too_long_to_be_held_has_the_same_pages(publication: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"book/{name}.md": f"# {name}\n\n{paragraphs(*[5] * 9)}\n" for name in "abc"}
    root = publication(files, settings=HEAD % "")
    [whole] = production.build(production.Order(root)).products
    monkeypatch.setattr(import_module("pressroom.typeset.engine"), "MOST_HELD", 0)
    assert production.build(production.Order(root)).products[0].sha256 == whole.sha256


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["reportage", "reader"])
def test_a_box_goes_on_around_the_rows_of_its_gallery(publication: Publish, layout: str) -> None:
    """The words of the box stood alone on their page, before the pictures and behind them."""
    gallery = "::: gallery\n" + "\n".join(f"{RED}\nCaption {n}.\n" for n in range(3)) + ":::\n"
    box = f"::: sidebar Box\n{TEXT * 2}\n\n{gallery}\n{TEXT * 2}\n:::\n"
    text = f"# A\n\n{paragraphs(5)}\n\n{box}\n{{.keep}}\n{TEXT * 40}\n"
    settings = f"title: T\nlanguage: en\nlayout: {layout}\neditions: {{print: {{format: pdf, trim: a5}}}}\n"
    root = publication({"book/a.md": text}, settings=settings)
    put(root, Image.new("RGB", (1500, 1000), (255, 0, 0)))
    seen = [words(page) for page in chapter_pages(root)]
    [begins] = [n for n, page in enumerate(seen) if re.search(r"\bBox\b", page, re.IGNORECASE)]
    assert begins == 0, "the box begins below the text, and is not kept for a page of its own"
    assert len(seen) <= 4
