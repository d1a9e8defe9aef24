"""Books read from right to left are bound at the right: a recto is a left page, and its outside is at the left."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import measuring
import pikepdf
import pypdfium2
import pytest
from conftest import Publish, picture
from page_fill import FilledPage, filled_book
from picture_pages import shown_on
from PIL import ImageStat

from pressroom import production
from pressroom.typeset.boxes import Rectangle

DATE = dt.datetime(2024, 5, 3, tzinfo=dt.UTC)
POINT = 72 / 25.4
HEBREW = "הטחנה עמדה במקום שבו הנהר נעשה צר, ומאז שזכרו אנשים עשו בה נייר מסמרטוטים. "
ARABIC = "كانت الطاحونة قائمة حيث يضيق النهر، ومنذ أن يتذكر الناس كانت تصنع الورق من الخرق. "
ENGLISH = "The mill stood where the river narrows, and for as long as anyone could remember. "
WORDS = {"he": HEBREW, "fa": ARABIC, "ar": ARABIC, "en": ENGLISH}
SIDES = {"reportage": 4 * 5 * POINT, "reader": 45.0}
"""Points of the side margin: on both sides in reportage, inside in reader."""
PAPERS = {"reportage": "210x270mm", "reader": "us-trade"}
RTL = pytest.mark.parametrize(
    ("layout", "language"), [("reportage", "he"), ("reportage", "ar"), ("reader", "he"), ("reader", "fa")]
)
pytestmark = pytest.mark.slow


def made(publication: Publish, layout: str, language: str) -> Path:
    text = WORDS[language]
    shown = f"![Alt](p.png)\nMARK {text}\n\n{text * 30}\n\n![Alt](p.png){{.spread}}\n\n"
    chapter = f"# {text[:9]}\n\n{text * 30}\n\n{shown}{text * 60}\n"
    settings = f"title: T\nlanguage: {language}\nlayout: {layout}\n"
    edition = f"editions: {{pdf: {{format: pdf, trim: {PAPERS[layout]}}}}}\n"
    root = publication({"book/a.md": chapter}, settings=settings + edition)
    picture(root / "assets/photos/p.png", 900, 600)
    report = production.build(production.Order(root, source_date=DATE))
    assert report.products, report.findings
    assert "page-engine" not in {f.id for f in report.findings}
    return report.products[0].path


def text_pages(document: pypdfium2.PdfDocument) -> list[tuple[int, pypdfium2.PdfPage]]:
    """The numbered pages with text on them, by their numbers."""
    labels = [document.get_page_label(n) for n in range(len(document))]
    pages = [(int(label), document[n]) for n, label in enumerate(labels) if n and label.isdigit()]
    return [(number, page) for number, page in pages if len(list(measuring.letters(page))) > 200]


@RTL
def test_the_folio_stands_outside(publication: Publish, layout: str, language: str) -> None:
    document = pypdfium2.PdfDocument(made(publication, layout, language))
    for number, page in text_pages(document):
        lowest = max(letter.y for letter in measuring.letters(page))
        foot = [letter for letter in measuring.letters(page) if lowest - letter.y < 3 and letter.text.isdigit()]
        width = page.get_width()
        outer = min(letter.x for letter in foot) if number % 2 else width - max(letter.x for letter in foot)
        assert 0 < outer < width / 4


@pytest.mark.parametrize("language", ["he", "fa"])
def test_mirrored_pages_have_their_inner_margin_at_the_fold(publication: Publish, language: str) -> None:
    document = pypdfium2.PdfDocument(made(publication, "reader", language))
    for number, page in text_pages(document):
        left = min(letter.x for letter in measuring.letters(page))
        right = max(letter.x for letter in measuring.letters(page))
        inner = SIDES["reader"]
        at_left, at_right = (2 * inner, inner) if number % 2 else (inner, 2 * inner)
        assert at_left - 2 < left < at_left + 30
        assert at_right - 2 < page.get_width() - right < at_right + 30


@pytest.mark.parametrize("language", ["he", "ar"])
def test_captions_stand_in_a_margin_at_the_right(publication: Publish, language: str) -> None:
    document = pypdfium2.PdfDocument(made(publication, "reportage", language))
    for _, page in text_pages(document):
        for frame in measuring.pictures(page):
            width = page.get_width()
            assert frame.left == pytest.approx(SIDES["reportage"], abs=1)
            beside = [one for one in measuring.letters(page) if one.x > frame.right + 2 and one.y < frame.bottom + 1]
            assert {"M", "A", "R", "K"} <= {one.text for one in beside}
            assert all(one.x < width - SIDES["reportage"] + 1 for one in beside)


@RTL
def test_a_picture_on_two_pages_begins_with_its_right_half(publication: Publish, layout: str, language: str) -> None:
    document = pypdfium2.PdfDocument(made(publication, layout, language))
    full = [n for n, page in enumerate(document) if n and not list(measuring.letters(page)) and _red(page) < 250]
    assert len(full) == 2
    assert int(document.get_page_label(full[0])) % 2 == 0
    assert _red(document[full[0]]) > _red(document[full[1]]) + 40


def _red(page: pypdfium2.PdfPage) -> float:
    """How red a page is on the whole: the pictures of these tests grow redder from left to right."""
    return ImageStat.Stat(page.render(scale=0.2).to_pil().convert("RGB")).mean[0]


@pytest.mark.parametrize(("language", "direction"), [("he", "/R2L"), ("ar", "/R2L"), ("en", None)])
def test_a_reader_shows_the_first_of_two_pages_at_the_right(
    publication: Publish, language: str, direction: str | None
) -> None:
    with pikepdf.open(made(publication, "reportage", language)) as pdf:
        preferences = pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
        told = preferences.get("/Direction")
        assert (None if told is None else str(told)) == direction


PICTURES = """# %s

%s

::: gallery {.page tree="(.|.)"}
![A](p.png)
One.

![B](p.png)
Two.
:::

![C](p.png){.over .right}
Three.

![D](p.png){.page}
Four.
"""


@pytest.mark.parametrize("layout", ["reportage", "album"])
def test_pages_of_pictures_are_mirrored(publication: Publish, layout: str) -> None:
    """The first of two stands at the right; a picture over the fold begins at the right edge of the first page."""
    settings = f"title: T\nlanguage: he\nlayout: {layout}\narrange: none\n"
    settings += "editions: {screen: {format: pdf, trim: 210x210mm}}\n"
    root = publication({"book/a.md": PICTURES % (HEBREW[:9], HEBREW)}, settings=settings)
    picture(root / "assets/photos/p.png", 900, 600)
    pages = [(page.boxes.width, dict(frames(page))) for page in filled_book(root, "screen").pages]
    [(width, pair)] = [page for page in pages if len(page[1]) == 2]
    one, two = (pair[name] for name in sorted(pair))
    assert two.right < one.left
    assert two.left + one.right == pytest.approx(width, abs=1), "in the middle of the page"
    (_, first), (_, second) = [page for page in pages if any(frame.width > width + 1 for frame in page[1].values())]
    [right], [left] = first.values(), second.values()
    assert (right.right, left.left < width < left.right) == (pytest.approx(width, abs=0.1), True)
    [alone] = pages[-1][1].values()
    assert alone.left + alone.right == pytest.approx(width, abs=1) or layout == "reportage"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "he"])
def test_a_picture_alone_stands_in_the_middle_over_its_caption(publication: Publish, language: str) -> None:
    """An upright one as a wide one, on paper that either does not fill, and the caption of a facing page with it."""
    text = "# %s\n\n%s\n\n![A](high.png){.page}\nA.\n\n![B](high.png){.page .verso}\nB.\n\n![C](p.png){.bleed}\nC.\n\n"
    text = text % (HEBREW[:9], HEBREW) + "![D](p.png){.page .verso}\nD.\n"
    settings = f"title: T\nlanguage: {language}\nlayout: album\narrange: none\n"
    settings += "editions: {screen: {format: pdf, trim: 297x210mm}}\n"
    root = publication({"book/a.md": text}, settings=settings)
    picture(root / "assets/photos/p.png", 800, 600)
    picture(root / "assets/photos/high.png", 400, 600)
    plates = [page for page in filled_book(root, "screen").pages if len(page.pictures) == 1 and not page.lines]
    assert len(plates) == 4
    for page in (plates[0], plates[1], plates[3]):
        [(_, frame)] = frames(page)
        assert frame.left + frame.right == pytest.approx(page.boxes.width, abs=1)
        lines = [box.area for box, id in page.figures() if id and box.kind == "line"]
        starts = [line.left if language == "en" else line.right for line in lines]
        assert starts == [pytest.approx(frame.left if language == "en" else frame.right, abs=1)] * len(lines)
        assert lines


def test_a_phrase_in_other_letters_keeps_the_order_of_its_words(publication: Publish) -> None:
    """The last word of a paragraph is kept whole, and stands where its phrase has it."""
    text = f"# {HEBREW[:9]}\n\n{HEBREW[:30]} The Developers of Pressroom\n"
    settings = "title: T\nlanguage: he\neditions: {screen: {format: pdf}}\n"
    root = publication({"book/a.md": text}, settings=settings)
    words = [
        (box.text, box.area.left)
        for page in filled_book(root, "screen").body
        for box, _ in page.figures()
        if box.kind == "text" and re.search("[A-Z]", box.text)
    ]
    assert "The Developers of Pressroom" in " ".join(text for text, _ in sorted(words, key=lambda word: word[1]))


@pytest.mark.parametrize("layout", ["reportage", "reader"])
def test_headings_tell_their_ranks_where_letters_neither_lean_nor_have_capitals(
    publication: Publish, layout: str
) -> None:
    text = f"# {HEBREW[:9]}\n\n## שששש\n\n{HEBREW}\n\n### קקקק\n\n{HEBREW}\n\n#### גגגג\n\n{HEBREW}\n"
    settings = f"title: T\nlanguage: he\nlayout: {layout}\neditions: {{screen: {{format: pdf}}}}\n"
    root = publication({"book/a.md": text}, settings=settings)
    report = production.build(production.Order(root, source_date=DATE))
    pages = pypdfium2.PdfDocument(report.products[0].path)
    lines = [line for page in pages for line in measuring.lines(measuring.letters(page))]
    looks = {line.text: (round(line.letters[0].size, 1), line.letters[0].font) for line in lines}
    assert len({looks[heading] for heading in ("שששש", "קקקק", "גגגג")}) == 3


def frames(page: FilledPage) -> Iterator[tuple[str, Rectangle]]:
    return ((id, frame) for id, frame, _ in shown_on(page))
