"""Google Docs: what its HTML says by classes becomes elements, its comments become remarks, its lists nest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from pressroom.importing.html_styles import marks_of, own_styles, styles_of_classes
from pressroom.importing.html_tree import HEADINGS, HtmlElement, take_out, words_in
from pressroom.importing.page_words import visible_words

_LIST = re.compile(r"lst-(kix_\w+)-(\d)")
_REDIRECTS = ("https://www.google.com/url?", "http://www.google.com/url?", "https://google.com/url?")


def styled(tree: HtmlElement, sheet: str) -> None:
    """Put elements around words that a style makes bold, italic, small capitals, raised, lowered or struck out.

    Only styles of single classes and of elements themselves count; what a heading looks like says nothing.
    """
    by_class = styles_of_classes(sheet)
    for element in [*tree.iter("span", "font", "a")]:
        if any(up.tag in HEADINGS for up in element.iterancestors()) or not words_in(element):
            continue
        styles = {
            name: value for each in element.get("class", "").split() for name, value in by_class.get(each, {}).items()
        }
        for tag in marks_of({**styles, **own_styles(element)}):
            _put_around(element, tag)


def _put_around(element: HtmlElement, tag: str) -> None:
    """Put an element around all that another one holds."""
    inner = etree.Element("span" if tag == "small-caps" else tag)
    if tag == "small-caps":
        inner.set("class", tag)
    inner.text, element.text = element.text, None
    inner.extend([*element])
    element.append(inner)


def take_comments(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Take comments and their calls out of a document; yields each with its words."""
    for link in [*tree.iter("a")]:
        id = link.get("id", "")
        if re.fullmatch(r"cmnt\d+", id):
            block = next(link.iterancestors("div"), link)
            take_out(link)
            yield block, visible_words(block).replace("\n", " ")
            take_out(block)
        elif re.fullmatch(r"cmnt_ref\d+", id):
            raised = link.getparent()
            take_out(
                raised if raised is not None and raised.tag == "sup" and words_in(raised) == words_in(link) else link
            )


def nest_lists(tree: HtmlElement) -> None:
    """Put the lists of deeper levels, which Google writes one after the other, into the items that they belong to."""
    open_lists: dict[str, list[tuple[int, HtmlElement]]] = {}
    for each in [*tree.iter("ul", "ol")]:
        match = _LIST.search(each.get("class", ""))
        if not match:
            continue
        name, level = match[1], int(match[2])
        above = [pair for pair in open_lists.get(name, []) if pair[0] < level]
        before = each.getprevious()
        if above and before is not None and _ends_with(before, above[-1][1]):
            above[-1][1][-1].append(each)
        elif before is not None and (same := _same_level(open_lists.get(name, []), level, before)) is not None:
            same.extend([*each])
            take_out(each)
            open_lists[name] = [*above, (level, same)]
            continue
        open_lists[name] = [*above, (level, each)]


def _ends_with(before: HtmlElement, above: HtmlElement) -> bool:
    """Whether a list stands directly after another one, or after one that is inside it."""
    return len(above) > 0 and any(before is each for each in (above, *above.iterancestors("ul", "ol")))


def _same_level(open_lists: list[tuple[int, HtmlElement]], level: int, before: HtmlElement) -> HtmlElement | None:
    """The list that goes on here, after lists of deeper levels inside it."""
    found = next((each for n, each in open_lists if n == level), None)
    return found if found is not None and before is found else None


def direct_links(tree: HtmlElement) -> None:
    """Let links lead where they lead, and not by way of Google."""
    for link in tree.iter("a"):
        href = link.get("href", "")
        if href.startswith(_REDIRECTS):
            query: Mapping[str, list[str]] = parse_qs(urlsplit(href).query)
            link.set("href", next(iter(query.get("q", [])), href))
