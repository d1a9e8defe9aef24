"""Well-formed pages: checks and corrects rendered templates before an exporter reads them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from lxml import etree

from pressroom.design.composition import addresses_in
from pressroom.design.library import Layout
from pressroom.design.templates import near as near_in
from pressroom.errors import PressroomError, error
from pressroom.publication import ONLY, ONLY_IN
from pressroom.xhtml import XHTML, XhtmlDocument

_REMOTE = re.compile(r"\s*(?:(?:https?|ftp):)?//", re.IGNORECASE)
_PLAIN = "plain"
"""The tag of a link that becomes plain text. No element of a page has it, as all have a namespace."""


def check(document: XhtmlDocument, kind: str, title: str, layout: Layout) -> None:
    """Raise PressroomError for a page that is not well-formed XHTML, or that loads files from the network."""
    name = f"{kind}.xhtml.j2"
    try:
        root = document.root
    except etree.XMLSyntaxError as fault:
        opened = re.search(r"mismatch: \S+ line (\d+)", fault.msg or "")
        number, lines = int(opened[1]) if opened else fault.lineno or 0, document.text.split("\n")
        near = lines[number - 1].strip() if 0 < number <= len(lines) else ""
        why = f"The template makes no well-formed XHTML of “{title}”: {fault.msg}, near “{near[:80]}”."
        remedy = "Close every open element, and write & as &amp;."
        raise PressroomError([error("template-malformed", near_in(layout, name, near), why, remedy)]) from None
    if root.tag != XHTML + "html" or root.find(f"{XHTML}head/{XHTML}title") is None:
        why = f"The template makes no page of “{title}”: <html> in the namespace of XHTML, with a head and a title."
        remedy = 'Begin with {% extends "base.xhtml.j2" %}.'
        raise PressroomError([error("template-malformed", near_in(layout, name, ""), why, remedy)])
    for remote in _remote_parts(document):
        why = f"The template loads “{remote}” from the network; a build opens no connection, and a book has none."
        remedy = "Put pictures into the manuscript, fonts into assets/fonts."
        raise PressroomError([error("template-remote", near_in(layout, name, remote), why, remedy)])


def _remote_parts(document: XhtmlDocument) -> Iterator[str]:
    """The remote resources that a page would load; links that a reader may follow do not count."""
    found = (address for element, address in addresses_in(document) if element.tag != XHTML + "a")
    return (address for address in found if _REMOTE.match(address))


# ---- corrections


def without_gaps(document: XhtmlDocument) -> XhtmlDocument:
    """A page without gaps in its heading levels: the first heading keeps its level, and every other heading is one
    level below its parent.
    """
    written = [int(str(heading.tag)[-1]) for heading in _headings(document.root)]
    levels = list(_levels(written))
    if levels == written:
        return document
    root = document.copy()
    for heading, level in zip(list(_headings(root)), levels, strict=True):
        heading.tag = f"{XHTML}h{level}"
    return XhtmlDocument.of(root)


def _headings(root: etree._Element) -> Iterator[etree._Element]:
    return root.iter(*(f"{XHTML}h{level}" for level in range(1, 7)))


def _levels(written: Iterable[int]) -> Iterator[int]:
    """The levels of headings in the page, from those in the manuscript."""
    over: list[tuple[int, int]] = []
    """The levels of the parent headings: in the manuscript, and on the page."""
    for level in written:
        while len(over) > 1 and over[-1][0] >= level:
            over.pop()
        over.append((level, min(over[-1][1] + 1, 6) if over else level))
        yield over[-1][1]


def of_edition(document: XhtmlDocument, name: str) -> XhtmlDocument:
    """A page with only those words that its edition shows."""
    if next(_limited(document.root), None) is None:
        return document
    root = document.copy()
    for words in list(_limited(root)):
        if f"{ONLY_IN}{name}" in words.get("class", "").split():
            words.tag = _PLAIN
        else:
            _leave_out(words)
    etree.strip_tags(root, _PLAIN)
    return XhtmlDocument.of(root)


def _limited(root: etree._Element) -> Iterator[etree._Element]:
    return (span for span in root.iter(f"{XHTML}span") if ONLY in span.get("class", "").split())


def _leave_out(words: etree._Element) -> None:
    """Take an element out, and leave the text after it."""
    after, before, parent = words.tail or "", words.getprevious(), words.getparent()
    assert parent is not None
    ends = not after and words.getnext() is None
    if before is not None:
        before.tail = _joined(before.tail or "", after, ends=ends)
    else:
        parent.text = _joined(parent.text or "", after, ends=ends)
    parent.remove(words)


def _joined(before: str, after: str, *, ends: bool) -> str:
    """The text around words that are left out, without a second space and without one before a full stop."""
    closes = ends or after[:1].isspace() or after[:1] in (*".,;:!?)",)
    return (before.rstrip() if closes else before) + after


def without_dangling_links(document: XhtmlDocument, ids: Container[str]) -> XhtmlDocument:
    """A page on which links to ids that the edition does not have are plain text."""
    if next(_dangling(document.root, ids), None) is None:
        return document
    root = document.copy()
    for link in list(_dangling(root, ids)):
        link.tag = _PLAIN
    etree.strip_tags(root, _PLAIN)
    return XhtmlDocument.of(root)


def _dangling(root: etree._Element, ids: Container[str]) -> Iterator[etree._Element]:
    for link in root.iter(f"{XHTML}a"):
        page, _, id = link.get("href", "").partition("#")
        if not page and id and id not in ids:
            yield link
