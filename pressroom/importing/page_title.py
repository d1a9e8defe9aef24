"""Page titles: the heading with which a page begins, taken out of it with its subtitle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pressroom.importing.html_tree import HEADINGS, HtmlElement, is_empty, kinds, take_out, words_in

_SUBTITLES = frozenset(("subtitle", "deck", "standfirst"))


@dataclass(frozen=True)
class PageTitle:
    """The title of a page, as plain words."""

    title: str = ""
    subtitle: str = ""
    ids: frozenset[str] = frozenset()
    """The ids of the title and of all that begins with it: a link to one of them leads to the chapter."""


def take_title(tree: HtmlElement) -> PageTitle:
    """Take the title off a page, if it begins with a heading; pictures and a number may stand before it."""
    heading = next(_first_headings(tree), None)
    if heading is None:
        return PageTitle()
    opening = next((up for up in heading.iterancestors("header", "hgroup") if up is not tree), None)
    subtitle = _subtitle(heading, opening)
    ids = frozenset(id for each in (heading, *heading.iter("*"), *heading.iterancestors("*")) if (id := each.get("id")))
    title, under = words_in(heading), words_in(subtitle) if subtitle is not None else ""
    for each in (heading, subtitle):
        if each is not None:
            take_out(each)
    return PageTitle(title, under, ids)


def _first_headings(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The heading with which a page begins; none if words come before it."""
    for element in tree.iter("*"):
        if element.tag in HEADINGS and not is_empty(element):
            if words_in(element):
                yield element
            return
        if element.tag in ("p", "li", "td", "blockquote", "pre", "aside") and _says_something(element):
            return
        if any(text and text.strip() for text in (element.text, element.tail)) and not _is_aside(element):
            return


def _says_something(element: HtmlElement) -> bool:
    """Whether a block before a heading is more than the number of a chapter."""
    return bool(words_in(element)) and "number" not in kinds(element) and not words_in(element).isdigit()


def _is_aside(element: HtmlElement) -> bool:
    return element.tag in ("figcaption", "title", "style", "script") or any(
        up.tag in ("figure", "head") or "number" in kinds(up) for up in (element, *element.iterancestors())
    )


def _subtitle(heading: HtmlElement, opening: HtmlElement | None) -> HtmlElement | None:
    """The line under a title that calls itself one."""
    near = [*opening.iter("p", "div", "h2", "h3")] if opening is not None else []
    after = heading.getnext()
    near += [after] if after is not None and isinstance(after.tag, str) else []
    return next((each for each in near if kinds(each) & _SUBTITLES and each is not heading and words_in(each)), None)
