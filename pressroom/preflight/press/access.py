"""Questions about a PDF for readers who use it with a screen reader (ISO 14289-1, PDF/UA-1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pressroom.errors import Finding, error, hint
from pressroom.preflight.press.finished import Finished, on_pages


def tags_missing(file: Finished) -> Iterator[Finding]:
    """Is the file tagged, so that it can be read out in order?"""
    if file.standard == "PDF/UA-1" and not file.facts.is_tagged:
        yield error(
            "tags-missing", file.place, "The file has no tags; a screen reader has to guess.", "Build it again."
        )


def title_not_shown(file: Finished) -> Iterator[Finding]:
    """Has the file a title, and is it shown in the window? Else the file's name is read out."""
    if file.standard == "PDF/UA-1" and not (file.facts.title and file.facts.shows_title):
        yield error(
            "title-not-shown", file.place, "The window would show a file's name, not the title.", "Set a title."
        )


def language_missing(file: Finished) -> Iterator[Finding]:
    """Does the file say in which language it is? A screen reader chooses its voice by that."""
    if file.standard == "PDF/UA-1" and not file.facts.language:
        yield error("language-missing", file.place, "The file does not say in which language it is.", "Set it.")


def letters_without_meaning(file: Finished) -> Iterator[Finding]:
    """Can every letter be searched, copied and read out (ISO 14289-1, 7.21.7)?"""
    if file.standard not in ("PDF/UA-1", "PDF/A-2u") and file.is_for_press:
        return
    pages = [page.number for page in file.facts.pages if any(not font.has_unicode for font in page.fonts)]
    if pages:
        tell = error if file.standard in ("PDF/UA-1", "PDF/A-2u") else hint
        why = f"{on_pages(pages).capitalize()}: a font does not say which letters its shapes are."
        yield file.on(pages, tell("letters-unreadable", file.place, why, "Use another cut of the font."))


ACCESS_CHECKS: tuple[Callable[[Finished], Iterator[Finding]], ...] = (
    tags_missing,
    title_not_shown,
    language_missing,
    letters_without_meaning,
)
