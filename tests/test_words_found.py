"""Words can be searched for and copied in every PDF: PDFium (Chrome, Edge) finds them as they are written."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from conftest import Publish

from pressroom import production
from pressroom.typeset.engine import painter

TEXTS = {
    "ar": (
        "الفصل الأول",
        "نص عربي مع كلمة English ورقم 2026. لا شيء بلا سبب، والأشياء الكبيرة من الأفكار، إلى الآن.",
        ("الأول", "عربي", "English", "2026", "لا شيء", "الأشياء", "الأفكار", "الآن"),
    ),
    "fa": ("فصل", "نوروز در سال 1405 با English آغاز می‌شود و لاله می‌روید.", ("نوروز", "English", "لاله")),
    "he": (
        "פרק ראשון",
        "זהו טקסט עברי עם המילה English באמצע והשנה 2026, ואחריה נקודה.",
        ("ראשון", "עברי", "English", "2026", "נקודה"),
    ),
    "en": (
        "One",
        "Mixed words: official flows, עברית and عربية in an English line.",
        ("official flows", "עברית", "عربية"),
    ),
}
"""A title, a paragraph, and words of both."""
EDITIONS = "editions:\n  plain: {format: pdf, trim: a5}\n  tagged: {format: pdf, trim: a5, standard: PDF/UA-1}\n"


def times(file: Path, word: str) -> int:
    """How often a reader finds a word in a file."""
    found = 0
    for page in pypdfium2.PdfDocument(file):
        search = page.get_textpage().search(word)
        while search.get_next():
            found += 1
    return found


@pytest.mark.slow
@pytest.mark.parametrize("language", TEXTS)
def test_a_reader_finds_the_words_of_every_script(publication: Publish, language: str) -> None:
    """With the structure for assistive technology and without, letters stand in the order in which they are read."""
    title, text, words = TEXTS[language]
    root = publication({"book/a.md": f"# {title}\n\n{text}\n"}, settings=f"title: T\nlanguage: {language}\n{EDITIONS}")
    report = production.build(production.Order(root))
    assert len(report.products) == 2, report.findings
    for product in report.products:
        assert [word for word in words if not times(product.path, word)] == [], product.edition


@pytest.mark.slow
@pytest.mark.unjudged
def test_words_that_no_reader_finds_are_reported(publication: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with a font whose glyphs mean other letters than they show."""
    monkeypatch.setattr(
        painter, "meanings", lambda told, _: {glyph: chr(ord(text[:1] or "a") + 1) for glyph, text in told.items()}
    )
    text = "The mill stood where the river narrows, and people made paper there for a long time."
    root = publication({"book/a.md": f"# Mill\n\n{text}\n"}, settings=f"title: T\nlanguage: en\n{EDITIONS}")
    report = production.build(production.Order(root, ("plain",)))
    told = [finding for finding in report.findings if finding.id == "words-unfound"]
    assert [(finding.place.file, str(finding.severity)) for finding in told] == [("book/a.md", "warning")]
    assert "Latin words" in told[0].message
