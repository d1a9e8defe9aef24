"""Anchors: the ids to which links lead, each at a block or at words, where our Markdown can have it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pressroom.importing.html_tree import BLOCKS, HtmlElement, is_empty, kinds, words_in

_UNFIT = re.compile(r"""[\s!"#$%&'()*+,./;<=>?@\[\]^`{|}~\\]+""")
"""What an id in braces may not have."""
_HOLDERS = frozenset("aside blockquote dl figure h1 h2 h3 h4 h5 h6 img ol p pre table ul".split())
"""Elements that may have an id in our Markdown."""


def fit_id(id: str) -> str:
    """An id as it can stand in braces."""
    return _UNFIT.sub("-", id).strip("-") or "place"


def settle_anchors(tree: HtmlElement, linked: Collection[str] | None) -> frozenset[str]:
    """Leave only the ids to which links lead, and let each of them stand where it can be written.

    `linked` are the ids to which other chapters lead; None stands for no others. Returns the ids that there are.
    """
    meant = {link.get("href", "")[1:] for link in tree.iter("a") if link.get("href", "").startswith("#")}
    meant |= set(linked or ())
    moved: dict[str, str] = {}
    for element in [*tree.iter("*")]:
        id = element.attrib.pop("id", None) or (element.attrib.pop("name", None) if element.tag == "a" else None)
        if id and id in meant:
            moved[id] = _place(element, fit_id(id), tree)
    for link in tree.iter("a"):
        target = link.get("href", "")
        if target.startswith("#") and target[1:] in moved:
            link.set("href", f"#{moved[target[1:]]}")
    return frozenset(moved.values())


def _place(element: HtmlElement, id: str, tree: HtmlElement) -> str:
    """Give an id to an element, or to the nearest one that can have it. Returns the id that it has in the end."""
    holder = next(_holders(element, tree), element)
    if "data-id" not in holder.attrib:
        holder.set("data-id", id)
    return str(holder.get("data-id"))


def _holders(element: HtmlElement, tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that could have the id of another one, the nearest first."""
    if element.tag in _HOLDERS or "equation" in kinds(element) or (element.tag not in BLOCKS and words_in(element)):
        yield element
        return
    yield from (inner for inner in element.iterdescendants("*") if inner.tag in _HOLDERS and not is_empty(inner))
    if element.tag not in BLOCKS:
        yield from (outer for outer in element.iterancestors("*") if outer.tag in _HOLDERS and not is_empty(outer))
    yield from (after for after in _following(element, tree) if after.tag in _HOLDERS and not is_empty(after))


def _following(element: HtmlElement, tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements after one, in reading order."""
    node: HtmlElement | None = element
    while node is not None and node is not tree:
        for sibling in node.itersiblings("*"):
            yield from sibling.iter("*")
        node = node.getparent()
