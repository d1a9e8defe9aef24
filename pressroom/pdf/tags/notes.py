"""Notes in reading order: after the paragraph that calls them, so that no sentence is broken off for them."""

from __future__ import annotations

from pressroom.pdf.tags.tree import GROUPING, Node, Tag

_HOSTS = frozenset(["Caption", "LBody", "P", "TD"])
"""Blocks at whose end a note may stand. One that a heading or a table’s head calls comes after the whole of it."""


def after_their_paragraphs(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The same tags, with every note moved to the end of the block that calls it."""
    found: list[Node] = []
    for node in nodes:
        settled, notes = _settled(node)
        found += [settled, *notes]
    return tuple(found)


def _settled(node: Node) -> tuple[Node, list[Tag]]:
    """A node without the notes that are to stand after it, and these."""
    if not isinstance(node, Tag) or node.type == "Note":
        return node, []
    kids: list[Node] = []
    pending: list[Tag] = []
    for kid in node.kids:
        if isinstance(kid, Tag) and kid.type == "Note":
            pending.append(kid)
            continue
        settled, notes = _settled(kid)
        kids.append(settled)
        if node.type in GROUPING:
            kids += notes
        else:
            pending += notes
    if node.type in _HOSTS or node.type in GROUPING:
        return node.having(*kids, *pending), []
    return node.having(*kids), pending
