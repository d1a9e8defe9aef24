"""Notes at the foot of a page: each is laid out by itself, and stands where the engine alone would put it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from conftest import Publish, read
from weasyprint import HTML
from weasyprint.layout import LayoutContext

from pressroom.manuscript import note_faults
from pressroom.typeset.engine.note_areas import measuring_notes
from pressroom.typeset.engine.parted_notes import parting_notes

STYLE = """
@page { size: 300px 400px; margin: 20px; @footnote { margin-top: 7px; padding-top: 3px } }
@page :left { @footnote { padding-top: 11px } }
p { margin: 0 0 5px; font: 12px/16px serif; orphans: 2; widows: 2 }
.fn { float: footnote; font-size: 9px; line-height: 11.3px; footnote-policy: line }
"""
WORDS = "The path goes up behind the last house, and nobody knows who built it. "


def document(notes: int, style: str = "") -> str:
    paragraphs = "".join(
        f"<p>{WORDS * (n % 4 + 1)}<span class=fn>{n}: {WORDS * (n % 3)}</span> {WORDS}</p>" for n in range(notes)
    )
    return f"<style>{STYLE}{style}</style><body>{paragraphs}"


def words_at(html: str, laying: Any) -> list[tuple[int, float, float, str]]:
    """Every text of a document, with the page and the place on which it stands."""
    with laying():
        pages = HTML(string=html).render().pages
    boxes = ((n, box) for n, page in enumerate(pages) for box in page._page_box.descendants())
    found = ((n, box.position_x, box.position_y, box.text) for n, box in boxes if hasattr(box, "text"))
    return [(n, round(x, 6), round(y, 6), text) for n, x, y, text in found]


@pytest.mark.slow
@pytest.mark.parametrize(
    "style",
    ["", ".fn { margin-bottom: 2px }", ".fn { footnote-display: inline }", "@page { @footnote { max-height: 60px } }"],
    ids=["plain", "margins", "in one line", "a highest area"],
)
def test_notes_stand_where_the_engine_alone_puts_them(style: str) -> None:
    html = document(8, style)
    assert words_at(html, measuring_notes) == words_at(html, nullcontext)


@pytest.mark.slow
def test_parted_notes_stand_where_they_stand_without_it() -> None:
    html = document(6).replace("</span>", f"{WORDS * 9}</span>")

    @contextmanager
    def both() -> Iterator[None]:
        with parting_notes(), measuring_notes():
            yield

    assert words_at(html, both) == words_at(html, parting_notes)


@pytest.mark.slow
def test_a_note_is_laid_out_few_times_however_many_share_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    laid = [0]
    whole = LayoutContext._update_footnote_area

    def counted(context: Any) -> Any:
        laid[0] += len(context.current_page_footnotes)
        return whole(context)

    monkeypatch.setattr(LayoutContext, "_update_footnote_area", counted)
    html = f"<style>{STYLE}</style><body>" + "".join(f"<p>A<span class=fn>{n}</span></p>" for n in range(60))
    words_at(html, measuring_notes)
    assert 60 <= laid[0] < 3 * 60


def test_more_notes_than_a_chapter_should_hold_are_told(publication: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(note_faults, "MOST_NOTES", 2)
    typed = "# A\n\n" + "".join(f"Word.[^{n}]\n\n[^{n}]: Note.\n\n" for n in range(3))
    (finding,) = (f for f in read(publication({"book/a.md": typed})).findings if f.id == "notes-many")
    assert "at most 2 notes" in finding.remedy
