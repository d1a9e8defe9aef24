"""Heads of articles: what stands between the headline of a page and its text, about its authors and its day.

The names become the authors, the day is that of the publication, and all else that calls itself so is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pressroom.importing.bylines import People, byline_of, names_in
from pressroom.importing.html_tree import HEADINGS, HtmlElement, has_blocks, names_of, take_out, words_in
from pressroom.importing.page_words import visible_words

_ABOUT = frozenset(
    "byline bylines author authors contributor contributors meta dateline timestamp published posted postdate"
    " readtime reading".split()
)
"""What elements are called, in part, that speak of an article and are none of it."""
_BYLINES = frozenset(("byline", "bylines"))
_AUTHOR = frozenset(("author", "authors", "fn", "contributor", "contributors"))
_LONGEST = 300
"""Letters that all that is said of an article may have."""
_TEXT = 160
"""Letters of a paragraph with which the text has begun."""
_MOST_LINES = 8
_ARTICLES = re.compile(r"Article|BlogPosting|Report|Review")
_MOST_JSON = 1_000_000
"""Letters of a record that is still read."""


@dataclass(frozen=True)
class ArticleHead:
    """What was taken off the head of an article."""

    people: People = ()
    left_out: tuple[tuple[HtmlElement, str], ...] = ()
    """Elements that are not in the text, with their words."""


def take_head(main: HtmlElement, known: tuple[str, ...]) -> ArticleHead:
    """Take the byline and the day off the head of an article whose title is taken off. `known` are the authors that the
    page names elsewhere.
    """
    people: list[tuple[str, str]] = []
    left_out: list[tuple[HtmlElement, str]] = []
    for element in [*_head(main)]:
        if not any(up is main for up in element.iterancestors()):  # taken out with what was around it
            continue
        words = words_in(element)
        named = byline_of(words) if not has_blocks(element) else ()
        if named or _says_known(words, known):
            people += named
        elif _speaks_of_article(element):
            people += _people_in(element)
            left_out.append((element, " ".join(visible_words(element).split())))
        else:
            continue
        take_out(element)
    return ArticleHead(tuple(dict.fromkeys(people)), tuple(left_out))


def _head(main: HtmlElement) -> Iterator[HtmlElement]:
    """The elements of an article before its first long paragraph or section."""
    lines = 0
    for element in main.iterdescendants("*"):
        is_line = bool(words_in(element)) and not has_blocks(element)
        lines += int(is_line and element.tag in ("p", "div", "li", "blockquote", "td", "h2"))
        is_of_picture = element.tag == "figcaption" or next(element.iterancestors("figure"), None) is not None
        has_begun = is_line and len(words_in(element)) > _TEXT and not is_of_picture
        if lines > _MOST_LINES or has_begun or _begins_section(element):
            return
        if words_in(element) and not is_of_picture:
            yield element


def _begins_section(element: HtmlElement) -> bool:
    """Whether an element is a heading of the text, and not one that speaks of the article."""
    around = (element, *element.iterancestors())
    return element.tag in HEADINGS and bool(words_in(element)) and not any(names_of(each) & _ABOUT for each in around)


def _says_known(words: str, known: tuple[str, ...]) -> bool:
    """Whether a line has nothing but the authors whom the page names elsewhere."""
    names = names_in(re.sub(r"^(?:by|von|par|por)\s+", "", words, flags=re.IGNORECASE))
    return bool(names) and all(name in known for name in names)


def _speaks_of_article(element: HtmlElement) -> bool:
    if len(words_in(element)) > _LONGEST or next(element.iter("img", "figure", "blockquote", "h1"), None) is not None:
        return False
    is_line = element.tag in ("time", "address") or element.get("rel") == "author"
    return is_line or bool(names_of(element) & _ABOUT)


def _people_in(element: HtmlElement) -> Iterator[tuple[str, str]]:
    """The authors whom a piece about an article names: those that it marks, else a byline in it."""
    marked = [each for each in element.iter("*") if each.get("rel") == "author" or names_of(each) & _AUTHOR]
    inner = [each for each in marked if not any(each in other.iterancestors() for other in marked)]
    for each in inner:
        yield from byline_of(words_in(each)) or ((name, "author") for name in names_in(words_in(each)))
    if inner:
        return
    lines = [words_in(each) for each in element.iter("*") if not has_blocks(each)]
    bylines = (byline_of(line) for line in lines)
    first = next((names for line in lines if " " in line and (names := names_in(line))), ())
    alone = tuple((name, "author") for name in first) if names_of(element) & _BYLINES else ()
    yield from next(filter(None, bylines), alone)


# ---- what the page says of itself, beside its text


def record_of(root: HtmlElement) -> Mapping[str, Any]:
    """The record of an article that a page has for search engines; an empty one if it has none, or a broken one."""
    for script in root.iter("script"):
        if "ld+json" not in script.get("type", "") or len(script.text or "") > _MOST_JSON:
            continue
        try:
            said = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for each in _records(said):
            if _ARTICLES.search(str(each.get("@type", ""))):
                return each
    return {}


def _records(said: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(said, dict):
        yield said
        yield from _records(said.get("@graph"))
    elif isinstance(said, list):
        for each in said:
            yield from _records(each) if isinstance(each, dict) else ()


def authors_in(root: HtmlElement, record: Mapping[str, Any]) -> tuple[str, ...]:
    """The authors that the head, the record or the marks of a page name."""
    metas = [
        each
        for each in root.iter("meta")
        if (each.get("name") or each.get("property")) in ("author", "dcterms.creator")
    ]
    named = [each.get("content", "") for each in metas]
    if not any(map(str.strip, named)):
        said = record.get("author")
        people = said if isinstance(said, list) else [said]
        named = [str(each.get("name") or "") if isinstance(each, dict) else str(each or "") for each in people]
    if not any(map(str.strip, named)):
        named = [words_in(each) for each in root.iter("a", "span") if "p-author" in each.get("class", "").split()]
    plain = (" ".join(name.split()) for said in named for name in said.split(";"))
    return tuple(dict.fromkeys(name for name in plain if name and not name.startswith("http")))


def day_in(root: HtmlElement, record: Mapping[str, Any]) -> str:
    """The day on which a page was published, as 2025-03-04; “” if it does not say one."""
    metas = {
        (each.get("name") or each.get("property") or "").lower(): each.get("content", "") for each in root.iter("meta")
    }
    times = (each.get("datetime", "") for each in root.iter("time") if names_of(each) & {"published", "datepublished"})
    said = (metas.get("article:published_time"), metas.get("date"), str(record.get("datePublished") or ""), *times)
    days = (re.match(r"\d{4}-\d{2}-\d{2}", each or "") for each in said)
    return next((day[0] for day in days if day is not None), "")
