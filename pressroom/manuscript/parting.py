"""Parting: lists and quotations that hold figures or blocks, cut into what stands before, between and after these.

A figure has its own place on a page, and cannot stand inside a list. The list ends above it and goes on below it: its
numbers count on, and the rest of the item that held the figure has no sign of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.manuscript.callouts import is_callout
from pressroom.manuscript.picture_paragraphs import opens_with_picture

NESTS = frozenset(("bullet_list", "ordered_list", "list_item", "blockquote"))
CONTINUED = "continued"
"""The class of the rest of an item after a figure."""


def holds_figure(node: Node) -> bool:
    """Whether a list or quotation holds a figure or a block at whatever depth of lists and quotations."""
    return (
        node.type in NESTS
        and not is_callout(node)
        and any(_is_apart(child) or holds_figure(child) for child in node.children)
    )


def parted(node: Node) -> Iterator[Node]:
    """The parts of a list or quotation in their order, with the figures and blocks between them."""
    yield from (_items if node.type.endswith("_list") else _blocks)(node)


def _is_apart(node: Node) -> bool:
    """Whether a node is a block, or a picture without words on its line: with words it is a sign before them."""
    if node.type != "paragraph" or not opens_with_picture(node):
        return node.type == "container_block" or is_callout(node)
    words = [each for each in node.children[0].children if not (each.type == "text" and not each.content.strip())]
    return len(words) == 1 or words[1].type != "text"


def _blocks(node: Node) -> Iterator[Node]:
    """The parts of a quotation or item."""
    run: list[Node] = []
    for child in node.children:
        for piece in parted(child) if holds_figure(child) else (child,):
            if _is_apart(piece):
                yield from _part(node, run)
                yield piece
                run = []
            else:
                run.append(piece)
    yield from _part(node, run)


def _items(node: Node) -> Iterator[Node]:
    """The parts of a list. An item that begins with a figure keeps its number in a part without words."""
    start = int(node.attrs.get("start", 1))
    run: list[Node] = []
    first = start
    for number, item in enumerate(node.children, start):
        pieces = list(_blocks(item)) if holds_figure(item) else [item]
        begun = False
        if node.type == "ordered_list" and _is_apart(pieces[0]) and all(map(_is_apart, pieces)):
            pieces.insert(0, _copy(item, []))
        for piece in pieces:
            if _is_apart(piece):
                yield from _part(node, run, start=first)
                yield piece
                run = []
                continue
            first = first if run else number
            run.append(_copy(piece, piece.children, **{"class": CONTINUED}) if begun else piece)
            begun = True
    yield from _part(node, run, start=first)


def _part(node: Node, children: list[Node], **attrs: int) -> Iterator[Node]:
    if children:
        yield _copy(node, children, **(attrs if node.type == "ordered_list" else {}))


def _copy(node: Node, children: list[Node], **attrs: str | int) -> Node:
    """A node of the same kind with other children, and with attributes beside its own."""
    made = copy(node)
    made.children = children
    if node.nester_tokens is not None and (attrs or node.attrs):
        opening = copy(node.nester_tokens.opening)
        opening.attrs = {**opening.attrs, **attrs}
        if "id" in opening.attrs and children[:1] != node.children[:1]:
            del opening.attrs["id"]
        made.nester_tokens = node.nester_tokens._replace(opening=opening)
    return made
