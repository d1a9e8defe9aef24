"""Page titles: the heading with which a page begins, taken out of it with its subtitle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pressroom.importing.html_tree import (
    HEADINGS,
    HtmlElement,
    has_blocks,
    kinds,
    names_of,
    parts_of_kinds,
    take_out,
    words_in,
)

_SUBTITLES = frozenset(("subtitle", "deck", "dek", "standfirst", "excerpt", "subheadline", "summary"))
_MOST_BEFORE = 200
"""Letters that may stand over the one headline of a page: its section, its day, its author."""


@dataclass(frozen=True)
class PageTitle:
    """The title of a page, as plain words."""

    title: str = ""
    subtitle: str = ""
    number: str = ""
    """The number that stood above it."""
    ids: frozenset[str] = frozenset()
    """The ids of the title and of all that begins with it: a link to one of them leads to the chapter."""


def take_title(tree: HtmlElement) -> PageTitle:
    """Take the title off a page, if it begins with a heading; pictures and a number may stand before it."""
    heading = next(_first_headings(tree), None)
    return _taken(heading, tree) if heading is not None else PageTitle()


def take_headline(tree: HtmlElement) -> PageTitle:
    """Take the title off an article: the heading that it begins with, or its only headline, with a line or two over it;
    and that title where the text says it once more.
    """
    taken = take_title(tree)
    headlines = [each for each in tree.iter("h1") if words_in(each)]
    if not taken.title and len(headlines) == 1 and _letters_before(headlines[0], tree) <= _MOST_BEFORE:
        taken = _taken(headlines[0], tree)
    for said in filter(None, (taken.title, taken.subtitle)):
        again = next((each for each in tree.iter(*HEADINGS) if words_in(each)), None)
        if again is not None and words_in(again) == said:
            take_out(again)
    return taken


def _letters_before(heading: HtmlElement, tree: HtmlElement) -> int:
    """How many letters stand before a heading."""
    count = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element is heading:
            break
        count += len((element.text if event == "start" else element.tail) or "")
    return count


def _taken(heading: HtmlElement, tree: HtmlElement) -> PageTitle:
    """Take a title off a page, with what belongs to it."""
    opening = next((up for up in heading.iterancestors("header", "hgroup") if up is not tree), None)
    subtitle = _subtitle(heading, opening)
    ids = frozenset(id for each in (heading, *heading.iter("*"), *heading.iterancestors("*")) if (id := each.get("id")))
    inside = _number_in(heading)
    for end in heading.iter("br"):
        end.tail = f" {end.tail or ''}"
    title, under = words_in(heading), words_in(subtitle) if subtitle is not None else ""
    numbers = [*_numbers_before(heading, tree)]
    number = " ".join(filter(None, (*map(words_in, numbers), inside)))
    for each in (heading, subtitle, *numbers):
        if each is not None:
            take_out(each)
    return PageTitle(title, under, number, ids)


_COUNTED = frozenset(("header-section-number", "section-number", "secno"))


def take_section_numbers(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Take off the numbers that a program has counted before headings; yields each heading with its number."""
    for heading in tree.iter(*HEADINGS):
        number = next((each for each in heading.iter("span") if kinds(each) & _COUNTED), None)
        if number is not None and words_in(number) != words_in(heading):
            words = words_in(number)
            take_out(number)
            heading.text = (heading.text or "").lstrip() or None
            yield heading, words


def _number_in(heading: HtmlElement) -> str:
    """Take the number of a chapter out of its title, if it calls itself one or has a line of its own."""
    while len(heading) == 1 and words_in(heading[0]) == words_in(heading):
        heading = heading[0]
    first = next(heading.iterchildren("span", "small", "b", "strong", "em"), None)
    rest = words_in(heading).removeprefix(words_in(first)).strip() if first is not None else ""
    if first is None or not rest or (heading.text or "").strip() or not _NUMBER.fullmatch(words_in(first)):
        return ""
    follows = first.getnext()
    has_line = follows is not None and follows.tag == "br" and not (first.tail or "").strip()
    if not (has_line or "number" in parts_of_kinds(first)):
        return ""
    take_out(first)
    return words_in(first)


_NUMBER = re.compile(
    r"(?:chapter|kapitel|chapitre|cap[ií]tulo|capitolo|hoofdstuk|глава|kapittel|luku|rozdział|kapitola)\s+\S+"
    r"|\d{1,3}[.:]?|[IVXLC]{1,7}[.:]?",
    re.IGNORECASE,
)


def _numbers_before(heading: HtmlElement, tree: HtmlElement) -> Iterator[HtmlElement]:
    """The paragraphs before a title that are the number of the chapter."""
    for each in tree.iter("*"):
        if each is heading:
            return
        if each.tag in ("p", "div", "span") and words_in(each) and not has_blocks(each) and _is_number(each):
            yield each


def _first_headings(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The heading with which a page begins; none if words come before it."""
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        said = element.text if event == "start" else element.tail
        if event == "start" and element.tag in HEADINGS and words_in(element):
            yield element
            return
        if said and re.search(r"\w", said) and not _is_beside(element if event == "start" else element.getparent()):
            return


def _is_beside(element: HtmlElement | None) -> bool:
    """Whether the words of an element may stand before a title: a caption, or the number of the chapter."""
    around = () if element is None else (element, *element.iterancestors())
    return any(up.tag in ("figure", "head", "style", "script") or _is_number(up) for up in around)


def _is_number(element: HtmlElement) -> bool:
    return "number" in parts_of_kinds(element) or (element.tag == "p" and words_in(element).isdigit())


def _subtitle(heading: HtmlElement, opening: HtmlElement | None) -> HtmlElement | None:
    """The line under a title that calls itself one."""
    near = [*opening.iter("p", "div", "h2", "h3")] if opening is not None else []
    after = heading.getnext()
    behind = opening.getnext() if opening is not None else None
    holder = heading.getparent()
    beside = holder.getnext() if holder is not None and words_in(holder) == words_in(heading) else None
    near += [each for each in (after, behind, beside) if each is not None and isinstance(each.tag, str)]
    return next((each for each in near if names_of(each) & _SUBTITLES and each is not heading and words_in(each)), None)


def take_title_said(tree: HtmlElement, title: str) -> None:
    """Take off the paragraph with which a page begins, if it is the title that the contents give the page."""
    first = next((each for each in tree.iter("p", "div") if words_in(each) and not has_blocks(each)), None)
    if first is None or not title:
        return
    said, wanted = (re.sub(r"\W+", " ", words).casefold().strip() for words in (words_in(first), title))
    if said and f" {wanted}".endswith(f" {said}"):
        take_out(first)
