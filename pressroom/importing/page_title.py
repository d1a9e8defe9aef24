"""Page titles: the heading with which a page begins, taken out of it with its subtitle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pressroom.importing.html_tree import HEADINGS, HtmlElement, kinds, take_out, words_in

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
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        said = element.text if event == "start" else element.tail
        if event == "start" and element.tag in HEADINGS and words_in(element):
            yield element
            return
        if said and said.strip() and not _is_beside(element if event == "start" else element.getparent()):
            return


def _is_beside(element: HtmlElement | None) -> bool:
    """Whether the words of an element may stand before a title: a caption, or the number of the chapter."""
    around = () if element is None else (element, *element.iterancestors())
    return any(
        up.tag in ("figure", "head", "style", "script")
        or "number" in kinds(up)
        or (up.tag == "p" and words_in(up).isdigit())
        for up in around
    )


def _subtitle(heading: HtmlElement, opening: HtmlElement | None) -> HtmlElement | None:
    """The line under a title that calls itself one."""
    near = [*opening.iter("p", "div", "h2", "h3")] if opening is not None else []
    after = heading.getnext()
    near += [after] if after is not None and isinstance(after.tag, str) else []
    return next((each for each in near if kinds(each) & _SUBTITLES and each is not heading and words_in(each)), None)
