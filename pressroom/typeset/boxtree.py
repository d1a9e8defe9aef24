"""The box tree: what the page engine makes of a page. It is private to the engine; nobody else asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

LETTERS, SEEN = "data-letters", "data-seen"
"""Attributes of a unit as it is laid out: which element's letters these are; which element is seen as a picture."""
_TYPOGRAPHIC = frozenset(["first-letter", "first-line"])
"""Pseudo-elements whose text is the manuscript's, and not the style sheet's."""


def tree(page: Any) -> Any:
    """The box of a page, in which all others are. A test tells when an engine moves it (`_page_box`)."""
    return page._page_box


def texts(page: Any) -> Iterator[tuple[int, str]]:
    """The text of a page, line by line: whose letters they are, and the letters as they are set.

    A picture has no text. What stands in margins and notes, and what a style sheet adds, is passed over.
    """
    for child in tree(page).children:
        if type(child).__name__ not in ("MarginBox", "FootnoteAreaBox"):
            yield from _texts(child)


def _texts(box: Any) -> Iterator[tuple[int, str]]:
    element = box.element
    pseudo = str(box.element_tag).partition("::")[2]
    if pseudo and pseudo not in _TYPOGRAPHIC:
        return
    if element is not None and element.get(SEEN):
        yield int(element.get(SEEN)), ""
        return
    if element is not None and element.get(LETTERS) and hasattr(box, "text"):
        yield int(element.get(LETTERS)), str(box.text)
    for child in getattr(box, "children", ()):
        yield from _texts(child)
