"""Tags of generated documents: however elements are nested, no text is lost, and none is tagged twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pressroom.typeset.boxes.box_reader import read_document
from pressroom.typeset.elements import DocumentElement
from pressroom.typeset.tags.mapping import after_their_paragraphs, grow
from pressroom.typeset.tags.tagged_unit import source
from pressroom.typeset.tags.tree import GROUPING, MarkedContent, Tag, TagNode, pieces

INLINE = ("em", "strong", "code", "span", "q", "a", "sub", "abbr")
HOLDS = {
    "section": ("p", "ul", "dl", "table", "blockquote", "aside", "div", "figure", "h2"),
    "div": ("p", "ul", "table", "em", "figure", "div"),
    "aside": ("p", "ol", "blockquote"),
    "blockquote": ("p", "ul", "em"),
    "figure": ("figcaption", "p", "div"),
    "figcaption": ("p", *INLINE),
    "ul": ("li",),
    "ol": ("li",),
    "li": ("p", "ul", *INLINE),
    "dl": ("dt", "dd"),
    "dt": INLINE,
    "dd": ("p", "ul", *INLINE),
    "table": ("thead", "tbody", "tr", "caption"),
    "thead": ("tr",),
    "tbody": ("tr",),
    "tr": ("td", "th"),
    "td": ("p", "ul", *INLINE),
    "th": INLINE,
    "caption": INLINE,
    "p": (*INLINE, "fn"),
    "h2": (*INLINE, "fn"),
    "fn": INLINE,
    **dict.fromkeys(INLINE, INLINE),
}
"""What the documents of this test have in what."""
TEXTLESS = frozenset(["section", "ul", "ol", "dl", "table", "thead", "tbody", "tr", "figure"])


@some.composite
def documents(draw: some.DrawFn) -> DocumentElement:
    """A section in which anything stands that may."""
    root = Element("html", {"lang": "en"})
    _fill(draw, SubElement(SubElement(root, "body"), "section", {"id": "s"}), "section", 0)
    return read_document(root)


def _fill(draw: some.DrawFn, parent: Element, name: str, depth: int) -> None:
    for kind in draw(some.lists(some.sampled_from(HOLDS[name]), max_size=3)) if depth < 5 else ():
        attributes = draw(some.sampled_from([{}, {"lang": "de"}, {"lang": "en"}]))
        if kind == "fn":
            attributes = {"class": "fn", "id": f"n{len(parent)}-{depth}", "data-number": "1", "data-call": "c"}
        _fill(draw, SubElement(parent, "span" if kind == "fn" else kind, attributes), kind, depth + 1)


def shown(root: DocumentElement) -> Iterator[MarkedContent]:
    """A piece of text before and after every child, as lines have them, notes last as pages do."""
    numbers = count()

    def walk(element: DocumentElement, notes: list[DocumentElement]) -> Iterator[MarkedContent]:
        has_text = element.tag not in TEXTLESS | {"html", "body"}
        is_note = element.get("class") == "fn"
        if is_note:
            yield MarkedContent(0, next(numbers), element.number, "footnote-marker", text="1 ")
        for child in element:
            if has_text:
                yield MarkedContent(0, next(numbers), element.number, text="before")
            if child.get("class") == "fn":
                yield MarkedContent(0, next(numbers), child.number, "footnote-call", text="1")
                notes.append(child)
            else:
                yield from walk(child, notes)
        if has_text:
            yield MarkedContent(0, next(numbers), element.number, text="after")

    waiting: list[DocumentElement] = []
    yield from walk(root, waiting)
    while waiting:
        yield from walk(waiting.pop(0), waiting)


@pytest.mark.slow
@settings(max_examples=50)
@given(root=documents())
def test_every_piece_of_text_is_tagged_once(root: DocumentElement) -> None:
    given_pieces = list(shown(root))
    told = [piece.mcid for piece in pieces(after_their_paragraphs(grow(source(root, given_pieces, ()))))]
    lost = {piece.mcid for piece in given_pieces} - set(told)
    assert not [p for p in given_pieces if p.mcid in lost and p.part != "footnote-call"], "calls without a link aside"
    assert len(told) == len(set(told))


@pytest.mark.slow
@settings(max_examples=50)
@given(root=documents())
def test_groups_hold_blocks_and_every_tag_holds_something(root: DocumentElement) -> None:
    def check(nodes: tuple[TagNode, ...]) -> None:
        for tag in (node for node in nodes if isinstance(node, Tag)):
            assert tag.kids or tag.type in ("TD", "TH")
            if tag.type in GROUPING:
                assert all(isinstance(kid, Tag) for kid in tag.kids)
            check(tag.kids)

    check(after_their_paragraphs(grow(source(root, list(shown(root)), ()))))
