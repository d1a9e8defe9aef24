"""Pages of Pressroom’s own ebooks: what the builder has added to a manuscript is taken off again.

Numbers of figures, words of references, marks of the index and boxes for photographs to come are made anew with each
build; placements stand in the classes of figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from pressroom.importing.ebook_links import pressroom_terms
from pressroom.importing.ebook_pages import SpinePage
from pressroom.importing.figures_of_html import PLACED
from pressroom.importing.html_tree import HtmlElement, kinds, take_out, words_in

_PLACEMENTS = ("wide", "page", "bleed", "spread", "inset", "opener")
_ADDED = frozenset(("number", "equation-number", "want", "folio", "label"))
"""Classes of what the builder adds."""
_MOST_WORDS = 3
_YEAR = re.compile(r"\b\d{4}\b")


def undo_pages(pages: Sequence[SpinePage]) -> Mapping[str, Mapping[str, str]]:
    """Take off what Pressroom has added to its own pages. Returns what front matter has, by the names of pages."""
    terms = dict(pressroom_terms(pages))
    heads: dict[str, dict[str, str]] = {}
    numbers: dict[str, str] = {}
    for page in (each for each in pages if each.is_ours):
        heads[page.name] = _byline(page.body)
        numbers |= dict(_numbers(page.body))
    for page in (each for each in pages if each.is_ours):
        for element in [*page.body.iter("*")]:
            said = kinds(element)
            if "placeholder" in said:
                _to_come(element)
            elif said & _ADDED and element.tag in ("span", "p", "div", "a"):
                take_out(element)
            elif element.tag == "a" and "reference" in said and _is_made(element, numbers):
                element.set("data-auto", "yes")
            elif element.tag == "figure":
                _place(element, said)
            elif element.tag == "span" and "index" in said and (id := element.get("id")):
                _mark(element, terms.get((page.name, id), ""))
    return heads


def _numbers(body: HtmlElement) -> Iterator[tuple[str, str]]:
    """The numbers of figures, tables and equations by their ids, which are one page’s alone."""
    for element in body.iter("figure", "table", "div"):
        label = next((each for each in element.iter("span") if kinds(each) & {"number", "equation-number"}), None)
        if label is not None and (id := element.get("id")):
            yield id, words_in(label).strip("()").split()[-1]


def _is_made(link: HtmlElement, numbers: Mapping[str, str]) -> bool:
    """Whether the words of a reference are those that the builder writes: a word or two, and the number."""
    number = numbers.get(link.get("href", "").partition("#")[2], "")
    words = words_in(link).split()
    return bool(number) and len(words) <= _MOST_WORDS and words[-1].strip("()").casefold() == number.casefold()


def _to_come(element: HtmlElement) -> None:
    """A box for a photograph to come is a picture without a file."""
    wanted = next((words_in(each) for each in element if "want" in kinds(each)), "").partition(":")[0]
    figure = next(element.iterancestors("figure"), element)
    for credit in [each for each in figure.iter("span") if "credit" in kinds(each) and words_in(each) == wanted]:
        take_out(credit)
    element.tag = "img"
    element.set("alt", element.get("aria-label", ""))
    element.attrib.pop("role", None)
    element.text = None
    for child in [*element]:
        element.remove(child)


def _place(figure: HtmlElement, said: frozenset[str]) -> None:
    placed = [name for name in _PLACEMENTS if name in said]
    if placed and "tree" not in said:
        figure.set(PLACED, placed[0])
    if (id := figure.get("id", "")) and re.search(r"-fig-\d+[a-z]*$", id):
        figure.attrib.pop("id")
        anchor = etree.Element("a", id=id)  # a link keeps its place; the id itself is made anew
        figure.addprevious(anchor)


def _mark(element: HtmlElement, term: str) -> None:
    """A mark of the index whose term is other words than those that it stands around."""
    if term and term != words_in(element):
        element.set("data-term", term)


def _byline(body: HtmlElement) -> dict[str, str]:
    """Who wrote a chapter, where and when, off the line under its title."""
    line = next((each for each in body.iter("p") if "byline" in kinds(each)), None)
    if line is None:
        return {}
    parts = [part.strip() for part in words_in(line).split(" · ")]
    take_out(line)
    head: dict[str, str] = {}
    if parts and _YEAR.search(parts[-1]):
        head["date"] = parts.pop()
    if parts:
        head["author"] = parts.pop(0)
    return head | ({"place": " · ".join(parts)} if parts else {})
