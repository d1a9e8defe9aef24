"""Pictures in text: signs in a line, and pictures in lists, quotations, tables and notes, where no figure can stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.manuscript import markup
from pressroom.publication import IN_LINE, IN_PLACE, Placement

PICTURE_ID = "figure"
"""The key in the `meta` of a picture in text that has the id of its figure."""


def pictures_in_text(nodes: Sequence[Node], lines: tuple[int, int]) -> Iterator[tuple[Node, tuple[int, int]]]:
    """The pictures in blocks or in the words of a line, each with the lines between which it stands."""
    for node in nodes:
        if node.type == "image":
            yield node, lines
        else:
            yield from pictures_in_text(node.children, markup.lines_of(node, lines))


def without_pictures(nodes: Sequence[Node]) -> Iterator[Node]:
    """Inline nodes without pictures: a sign among the words of a caption is none of them."""
    for node in nodes:
        if node.type == "link" and all(child.type == "image" for child in node.children):
            continue
        if node.type != "image":
            yield node


def placement_in_text(image: Node) -> Placement:
    """Whether a picture stands in a line of words, or has its line, cell or paragraph for itself."""
    node = image.parent if image.parent is not None and image.parent.type == "link" else image
    around = node.siblings
    n = next(n for n, each in enumerate(around) if each is node)
    is_first, is_last = _ends_here(around, range(n - 1, -1, -1)), _ends_here(around, range(n + 1, len(around)))
    is_top = node.parent is None or node.parent.type == "inline"
    return IN_PLACE if is_first and is_last and is_top and not _in_heading(node) else IN_LINE


def _ends_here(around: Sequence[Node], numbers: range) -> bool:
    """Whether no words are on the line among these siblings, of which the nearest come first."""
    nearest = next((around[n] for n in numbers if around[n].type != "text" or around[n].content.strip()), None)
    return nearest is None or _is_break(nearest)


def _is_break(node: Node) -> bool:
    return node.type in ("softbreak", "hardbreak") or node.content.lower().startswith("<br")


def _in_heading(node: Node) -> bool:
    while node.parent is not None:
        node = node.parent
        if node.type == "heading":
            return True
    return False
