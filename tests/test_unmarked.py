"""Unmarked pages: a page is painted once for print and screen, and print gets it without marked content."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Publish

from pressroom import production
from pressroom.production import Order
from pressroom.typeset.drawn_pages import DrawnForm, DrawnPage, DrawnUnit
from pressroom.typeset.engine.painter import Painter
from pressroom.typeset.unmarked import unmarked


def drawn(operators: str, resources: dict[str, dict[str, object]] | None = None) -> DrawnUnit:
    content = operators.replace(" | ", "\n").encode()
    page = DrawnPage(100, 100, {}, content, (), (), resources or {}, {}, (), ())
    return DrawnUnit((page,), (), ((),))


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("q | /Span | <</MCID 0>> | BDC | BT | [<0015>] TJ | ET | EMC | Q", "q | BT | [<0015>] TJ | ET | Q"),
        ("/Figure | <</MCID 12>> | BDC | /i1 Do | EMC", "/i1 Do"),
        ("/Artifact | BMC | 0 0 1 1 re | f | EMC | /Span | <</MCID 1>> | BDC | EMC", "0 0 1 1 re | f"),
        ("0 0 1 1 re | f", "0 0 1 1 re | f"),
        ("", ""),
    ],
)
def test_marked_content_loses_its_marks_and_nothing_else(marked: str, plain: str) -> None:
    assert unmarked(drawn(marked)).pages == drawn(plain).pages


def test_a_form_that_is_named_twice_stays_one() -> None:
    form = DrawnForm(b"/Artifact\nBMC\nf\nEMC", {"Matrix": [1, 0]})
    [page] = unmarked(drawn("/x0 Do", {"XObject": {"x0": form}, "Pattern": {"p0": {"G": form}}})).pages
    first = page.resources["XObject"]["x0"]
    assert first is page.resources["Pattern"]["p0"]["G"]
    assert (first.operators, first.entries) == (b"f", {"Matrix": [1, 0]})


@pytest.mark.slow
@pytest.mark.kept
def test_pages_of_print_and_screen_are_painted_once(publication: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    root = publication(
        {"book/a.md": "# A\n\n" + "Some words to read. " * 400},
        "title: T\nlanguage: en\neditions:\n  print: {format: pdf, trim: a5}\n"
        "  screen: {format: pdf, trim: a5, standard: PDF/UA-1}\n",
    )
    painted: list[object] = []
    paint = Painter.paint

    def counted(painter: Painter, page: object, marks: dict[object, object]) -> DrawnPage:
        painted.append(page)
        return paint(painter, page, marks)

    monkeypatch.setattr(Painter, "paint", counted)
    report = production.build(Order(root, out=Path(root, "out")))
    pages = {product.edition: product.pages for product in report.products}
    assert pages["print"] == pages["screen"]
    assert len(painted) <= pages["print"] + 1, "a blank page is painted for each"
