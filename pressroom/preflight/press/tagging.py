"""Checks of a PDF for readers who use a screen reader (ISO 14289-1, PDF/UA-1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pressroom.errors import Finding, advice, error
from pressroom.preflight.press.press_file import PressFile

_SPOKEN = "PDF/UA-1"
_SEARCHED = (_SPOKEN, "PDF/A-2u")


def tags_missing(file: PressFile) -> Iterator[Finding]:
    """Is the file tagged, so that a screen reader knows its headings and reading order?"""
    if file.standard == _SPOKEN and not file.facts.is_tagged:
        why = "The file has no tags; a screen reader must guess its headings and reading order."
        yield error("tags-missing", file.place, why, "Export it as a tagged PDF.")


def title_not_shown(file: PressFile) -> Iterator[Finding]:
    """Has the file a title, and does the window show it? Otherwise a screen reader reads out the file name."""
    if file.standard == _SPOKEN and not (file.facts.title and file.facts.shows_title):
        why = "The window shows the file name and not the title, and a screen reader reads the file name out."
        yield error("title-not-shown", file.place, why, "Give it a title, and set DisplayDocTitle.")


def language_missing(file: PressFile) -> Iterator[Finding]:
    """Does the file declare its language? A screen reader chooses its voice by it."""
    if file.standard == _SPOKEN and not file.facts.language:
        why = "The file does not declare its language; a screen reader may read it in the wrong voice."
        yield error("language-missing", file.place, why, "Set the language in the program that made the file.")


def letters_without_meaning(file: PressFile) -> Iterator[Finding]:
    """Can every letter be searched, copied and read out (ISO 14289-1, 7.21.7)?"""
    is_asked = file.standard in _SEARCHED
    if file.is_for_press and not is_asked:
        return
    pages = [page.number for page in file.facts.pages if any(not font.has_unicode for font in page.fonts)]
    if pages:
        why = "a font does not map its glyphs to letters; its text cannot be searched, copied or read out."
        remedy = "Use another cut of the font."
        if is_asked:
            yield file.on(pages, error("letters-unreadable", file.place, why, remedy))
        else:
            yield file.on(pages, advice("letters-unreadable", file.place, why, remedy))


ACCESS_CHECKS: tuple[Callable[[PressFile], Iterator[Finding]], ...] = (
    tags_missing,
    title_not_shown,
    language_missing,
    letters_without_meaning,
)
