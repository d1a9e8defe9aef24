"""Markdown of HTML: the elements of a page become our Markdown, as a person would write it.

Every importer that reads HTML, or makes HTML of what it reads, ends here. What has no counterpart becomes a remark.
`html_tree` gives elements plain names, `html_notes` finds notes, `html_anchors` the ids that links need; then
`blocks_of_html` writes it, block by block.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from pressroom.errors import Place, Severity
from pressroom.importing.blocks_of_html import BlockWriter
from pressroom.importing.brought import Remark
from pressroom.importing.html_anchors import settle_anchors
from pressroom.importing.html_notes import take_notes
from pressroom.importing.html_page import HtmlPage
from pressroom.importing.html_tree import HtmlElement, PlaceIn, nodes_of, plain_tree, words_in


@dataclass(frozen=True)
class MarkdownText:
    """A page as our Markdown, and what could not be carried."""

    text: str
    remarks: tuple[Remark, ...]
    taken: tuple[str, ...] = ()
    """Words that the text needs no more: headings over notes, and links from these back to their calls."""


def markdown_of(
    body: HtmlElement,
    pictures: Mapping[str, str],
    place: PlaceIn,
    *,
    linked: Collection[str] | None = None,
    language: str = "",
) -> MarkdownText:
    """The Markdown of a page or chapter, below its title. The tree itself is not changed.

    `pictures` are the names of pictures by their addresses (`src`); one that is not there keeps its place, with a
    remark. `place` says where an element stands in its source, `linked` which ids other chapters need: a link `#id` to
    one of these is kept, even if it is not here. `language` is that of the book, which no word has to say again.
    """
    tree = plain_tree(body)
    places = {copy: place(element) for copy, element in _pairs(tree, body)}
    notes = take_notes(tree)
    whole = etree.Element("whole")
    whole.append(tree)
    whole.extend(notes.notes.values())
    ids = settle_anchors(whole, linked) | frozenset(linked or ())
    page = HtmlPage(pictures, lambda element: _nearest(element, places, place(body)), notes, ids, language)
    for heading in notes.headings:
        page.remark("import-notes-heading", Severity.ADVICE, heading, words_in(heading))
    writer = BlockWriter(page)
    written = writer.blocks(nodes_of(tree))
    written += [writer.note(number, element) for number, element in notes.notes.items()]
    taken = (*(words_in(heading) for heading in notes.headings), *notes.backs, *page.taken)
    return MarkdownText("\n\n".join(written), tuple(page.remarks), taken)


def _pairs(tree: HtmlElement, body: HtmlElement) -> Iterator[tuple[HtmlElement, HtmlElement]]:
    """The elements of a copy with those that they were made from."""
    kept = list(body.iter("*"))
    copies = list(tree.iter("*"))
    if len(kept) == len(copies):
        yield from zip(copies, kept, strict=True)


def _nearest(element: HtmlElement, places: Mapping[HtmlElement, Place], whole: Place) -> Place:
    return next((places[each] for each in (element, *element.iterancestors()) if each in places), whole)
