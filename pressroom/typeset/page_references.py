"""References: which page numbers a unit prints, and where they are filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from pressroom.typeset.spreads import last_of
from pressroom.xhtml import XHTML, XhtmlDocument


def references_of(document: XhtmlDocument) -> frozenset[str]:
    """The ids whose page numbers a unit prints."""
    return frozenset(id for link in _links(document.root, f"{XHTML}a") for id in _ids(link))


def fill_references(root: etree._Element, folios: Mapping[str, str]) -> None:
    """Fill in page numbers in lists and after references, in a tree without namespaces."""
    for link in _links(root, "a"):
        target, through = str(link.get("href"))[1:], str(link.attrib.pop("data-through", ""))
        first = folios.get(target, "")
        last = folios.get(last_of(through)) or folios.get(through) or first
        link.set("data-page", first if last == first else f"{first}–{last}")


def _links(root: etree._Element, tag: str) -> list[etree._Element]:
    """The links within the publication that print a page number."""
    return [
        link
        for link in root.iter(tag)
        if str(link.get("href", "")).startswith("#")
        and (link.get("data-page") is not None or "reference" in str(link.get("class")).split())
    ]


def _ids(link: etree._Element) -> Iterator[str]:
    through = str(link.get("data-through", ""))
    yield from filter(None, (str(link.get("href"))[1:], through, through and last_of(through)))
