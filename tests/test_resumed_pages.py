"""Resumed pages: a chapter of which something moves is laid out again from there on, with the same pages as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from conftest import Publish, laid_out
from weasyprint.layout import page as page_layout

from pressroom import production
from pressroom.typeset.adapt import Placing, adapt
from pressroom.typeset.boxes import PageBoxes
from pressroom.typeset.engine import Engine
from pressroom.typeset.engine.resumed_pages import PagesBefore
from pressroom.typeset.units import LayRequest

SETTINGS = "title: T\nlanguage: en\neditions:\n  print: {format: pdf, trim: 105x148mm}\n"
TEXT = "The river rises for days, and the people of the lower town carry what they own to the school on the hill. "
LONG_NOTE = TEXT * 9
PARTS = (
    *(lambda n: f"{TEXT * (n % 5 + 1)}Words of part {n}.",) * 6,
    lambda n: f"{TEXT * 2}[^{n}]\n\n[^{n}]: A note on part {n}.",
    lambda n: f"{TEXT}[^{n}]\n\n[^{n}]: {LONG_NOTE}",
    lambda n: f"## Heading {n}",
    lambda n: "\n".join(f"- {TEXT}" for _ in range(n % 4 + 1)),
    lambda n: "| a | b |\n|---|---|\n" + f"| {n} | {n} |\n" * (n % 30 + 1),
    lambda n: "```\n" + f"code {n}\n" * (n % 30 + 1) + "```",
    lambda n: f"![Alt](f{n}.jpg)\nThe caption of {n}.",
)


@pytest.fixture
def pages_made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The pages that the engine itself has made, by their numbers from 0."""
    numbers: list[int] = []
    make = page_layout.remake_page

    def counted(index: int, *more: object) -> object:
        numbers.append(index)
        return make(index, *more)

    monkeypatch.setattr(page_layout, "remake_page", counted)
    yield numbers


def pages(engine: Engine, html: str, before: PagesBefore | None = None) -> tuple[PageBoxes, ...]:
    return engine._render(html, "recto", before or PagesBefore()).boxes


def engine_of(root: Path) -> tuple[Engine, LayRequest]:
    composition = laid_out(production.read(production.Order(root)).edition("print"))
    unit = next(unit for unit in composition.units if unit.kind == "chapter")
    return Engine(composition), LayRequest(unit, "recto", {})


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_a_chapter_that_is_laid_out_again_has_the_pages_of_a_whole_layout(
    publication: Publish, pages_made: list[int], seed: int
) -> None:
    dice = Random(seed)
    parts = [dice.choice(PARTS)(n) for n in range(30)]
    engine, request = engine_of(publication({"book/a.md": "# A\n\n" + "\n\n".join(parts)}, settings=SETTINGS))
    written = adapt(request.unit.document, Placing())
    before, spared = PagesBefore(), 0
    pages(engine, written.html, before)
    for at in sorted(dice.sample(range(12, len(written.order) - 1), 3), reverse=True):
        moved = (*written.order[:at], written.order[at + 1], written.order[at], *written.order[at + 2 :])
        html = adapt(request.unit.document, Placing(order=moved)).html
        pages_made.clear()
        resumed = pages(engine, html, before)
        spared += pages_made[0]
        assert resumed == pages(engine, html)
    assert spared > 3


@pytest.mark.slow
def test_a_layout_from_another_side_or_of_another_text_is_a_whole_one(
    publication: Publish, pages_made: list[int]
) -> None:
    engine, request = engine_of(
        publication({"book/a.md": f"# A\n\n{(TEXT * 5 + chr(10) * 2) * 20}"}, settings=SETTINGS)
    )
    html, before = adapt(request.unit.document, Placing()).html, PagesBefore()
    pages(engine, html, before)
    for other, side in ((html, "verso"), (html.replace("The river", "A river", 1), "verso")):
        pages_made.clear()
        engine._render(other, side, before)  # type: ignore[arg-type]
        assert pages_made[0] == 0


@pytest.mark.slow
def test_a_row_that_is_higher_than_a_page_goes_on_in_all_its_cells(publication: Publish) -> None:
    high = f"| a | b |\n|---|---|\n| {TEXT * 12} | {TEXT * 9} |\n\n"
    engine, request = engine_of(publication({"book/a.md": f"# A\n\n{TEXT}\n\n{high}{TEXT * 9}\n"}, SETTINGS))
    html, before = adapt(request.unit.document, Placing()).html, PagesBefore()
    whole = pages(engine, html)
    assert len(whole) > 2
    assert pages(engine, html, before) == pages(engine, html, before) == whole


@pytest.mark.slow
def test_what_is_fixed_on_all_pages_stands_there_once(publication: Publish) -> None:
    text = "\n\n".join(f"{TEXT * 4}Words of part {n}." for n in range(16))
    engine, request = engine_of(publication({"book/a.md": f"# A\n\n{text}"}, settings=SETTINGS))
    html, before = adapt(request.unit.document, Placing()).html, PagesBefore()
    fixed = html.replace("Words of part 9.", "<b style='position: fixed; top: 0'>Everywhere</b>", 1)
    pages(engine, fixed, before)
    other = fixed.replace("Words of part 14.", "Other words.", 1)
    assert pages(engine, other, before) == pages(engine, other)
