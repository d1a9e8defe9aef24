"""Pages as data: typesetting returns values, which can be stored, sent to another process and displayed."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from conftest import picture

from pressroom import pdf, production
from pressroom.fixed import capture
from pressroom.publication.measures import PT_PER_MM
from pressroom.typeset import typeset_book
from pressroom.typeset.boxes import BoxAppearance, PageBoxes, Rectangle, TextAppearance
from pressroom.typeset.boxes.box_reader import read_pages
from pressroom.typeset.drawn_book import DrawnBook
from pressroom.typeset.drawn_pages import DrawnUnit
from pressroom.typeset.engine import Engine
from pressroom.typeset.looked import LookedBook, LookedUnit
from pressroom.typeset.tags import Written
from pressroom.typeset.units import Laid

SETTINGS = """title: The Book
language: en
chapters: [a.md, b.md, {generated: [photographs, index, credits]}]
editions:
  screen: {format: pdf, trim: a5, standard: PDF/UA-1}
  print: {format: pdf, trim: a5, bleed: 3mm, marks: [crop]}
  pages: {format: epub, layout_mode: fixed, pages_from: print}
"""
TEXT = "The river rises for days, and the people carry what they own to the [school]{.index} on the hill. " * 12
CONSTRUCTS = f"""# Constructs

{TEXT}[^n] See [](#fig-red), [a place](https://example.org/) and [](b.md).

![A red field.](red.jpg){{#fig-red credit="A. Person"}}
A *caption* with a note.[^m]

{TEXT}

![A page.](red.jpg){{.page}}
A caption beside it.

{TEXT}

::: gallery
![One.](red.jpg)
First.

![Two.](red.jpg)
Second.

Both.
:::

| Place | People |
|---|---|
| Up | 12 |
| Down | 14 |

1. First
2. Second
   - nested

Term
: What it means.

> Said by *somebody*, <abbr title="United Nations">UN</abbr>.

{TEXT}

![Over two pages.](red.jpg){{.spread}}
The caption of the spread.

{TEXT}

![Still to come.]()
A photograph that has not arrived.

[^n]: A note with **weight**.

[^m]: A note of a caption.
"""


class Recorder:
    """Keeps what functions return."""

    def __init__(self) -> None:
        self.kept: list[Any] = []

    def of(self, function: Callable[..., Any], form: Callable[[Any], Any] = lambda made: made) -> Callable[..., Any]:
        """The same function, heard."""

        def heard(*args: Any, **keys: Any) -> Any:
            made = form(function(*args, **keys))
            self.kept.append(made)
            return made

        return heard


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """All that leaves typesetting while a PDF to be read aloud, one for the press and a fixed layout are made."""
    root, recorder = tmp_path_factory.mktemp("book"), Recorder()
    (root / "book").mkdir()
    (root / "book/publication.yaml").write_text(SETTINGS)
    (root / "book/a.md").write_text(CONSTRUCTS)
    (root / "book/b.md").write_text(f"# Bridge\n\n{TEXT}\n")
    picture(root / "assets/photos/red.jpg", 900, 600)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("lay", "draw", "look", "blank"):
            patch.setattr(Engine, name, recorder.of(getattr(Engine, name)))
        for name in ("typeset", "write"):
            patch.setattr(typeset_book, name, recorder.of(getattr(typeset_book, name)))
        patch.setattr(pdf, "bind", recorder.of(pdf.bind))
        patch.setattr(capture, "look_at", recorder.of(capture.look_at))
        patch.setattr(capture, "lay_sheets", recorder.of(capture.lay_sheets))
        report = production.build(production.Order(root, source_date=dt.datetime(2023, 9, 27, tzinfo=dt.UTC)))
    assert len(report.products) == 3, report.findings
    return recorder.kept


def test_every_length_of_a_page_is_in_points() -> None:
    html = pytest.importorskip("weasyprint").HTML
    style = """@page { size: 300pt 200pt; margin: 20pt 30pt }
    body, p { margin: 0 }
    p { font: 10pt/15pt serif; letter-spacing: 1pt; word-spacing: 2pt }
    div { margin: 5pt 0 0; width: 90pt; height: 40pt; border-left: 4pt solid red; outline: 3pt solid red;
          overflow: hidden }
    img { display: block; width: 60pt; height: 30pt; object-fit: contain; object-position: 6pt 3pt }"""
    drawing = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='24pt' height='12pt'/>"
    body = f'<p>Word</p><div><img src="{drawing}"></div>'
    [page] = read_pages(html(string=f"<style>{style}</style>{body}").render().pages, fonts_of=lambda _: ())
    assert (page.width, page.height, page.left, page.right, page.bottom) == near(300, 200, 30, 270, 180)
    found = {element.tag if (element := page.element(box)) else "": box for box in page.walk()}
    letters, frame, image = found["p"].looks, found["div"].looks, found["img"].looks
    assert isinstance(letters, TextAppearance)
    assert (letters.type.size, letters.type.letter_spacing, letters.word_spacing, letters.left) == near(10, 1, 2, 30)
    assert 20 < letters.baseline < 35
    assert (found["div"].top, found["div"].bottom) == near(40, 80)
    assert isinstance(frame, BoxAppearance)
    assert frame.outline is not None
    assert [(side, rule.width) for side, rule in frame.borders] == [("left", pytest.approx(4))]
    assert (frame.outline.width, *corners(frame.border_box), *corners(frame.clip)) == near(
        3, 30, 40, 124, 80, 34, 40, 124, 80
    )
    assert isinstance(image, BoxAppearance)
    assert (*corners(image.content), *corners(image.fitted)) == near(34, 40, 94, 70, 40, 43, 100, 73)


def near(*lengths: float) -> Any:
    """Lengths, but for rounding."""
    return pytest.approx(lengths)


def corners(area: Rectangle | None) -> tuple[float, float, float, float]:
    """The left, upper, right and lower edges of an area that there is."""
    assert area is not None
    return area.left, area.top, area.right, area.bottom


@pytest.mark.slow
def test_whatever_leaves_typesetting_can_be_pickled(handed_out: list[Any]) -> None:
    everything = {Laid, DrawnUnit, LookedUnit, LookedBook, DrawnBook, Written, pdf.MadePdf, capture.LaidSheets}
    assert {type(made) for made in handed_out} == everything
    for made in handed_out:
        data = pickle.dumps(made)
        assert b"weasyprint" not in data, f"{type(made).__name__} holds something of the page engine's"
        assert pickle.loads(data) == made


@pytest.mark.slow
def test_pages_have_the_position_and_font_of_every_letter(handed_out: list[Any]) -> None:
    [book] = [made for made in handed_out if isinstance(made, LookedBook)]
    [page] = [page for page in book.pages if "fig-red" in page.ids]
    boxes: PageBoxes = pickle.loads(pickle.dumps(page.boxes))
    [word] = [box for box in boxes.walk() if box.text == "caption" and not box.part]
    element = boxes.element(word)
    assert element is not None
    assert (element.tag, page.unit.title, page.folio) == ("em", "Constructs", str(page.number + 1))
    assert boxes.left < word.area.left < word.area.right < boxes.right
    assert (boxes.width, boxes.height) == (pytest.approx(148 * PT_PER_MM), pytest.approx(210 * PT_PER_MM))
    assert isinstance(word.looks, TextAppearance)
    assert [(run.start, run.stop) for run in word.looks.fonts] == [(0, len("caption"))]
    assert word.looks.type.style == "italic"
    [image] = [box for box in boxes.walk() if box.kind == "picture"]
    assert image.area.bottom <= word.area.top or image.area.right <= word.area.left
    assert {box.kind for box in boxes.walk()} >= {"text", "line", "picture", "margin", "notes"}
