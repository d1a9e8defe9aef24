"""Picture paragraphs: which paragraphs are pictures, and which words in them are the caption of which picture."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.manuscript.caption_lines import trimmed


def opens_with_picture(paragraph: Node) -> bool:
    """Whether a paragraph begins with a picture, or with a link around one."""
    inline = paragraph.children[0].children
    first = next((n for n in inline if not (n.type == "text" and not n.content.strip())), None)
    return first is not None and image_in(first) is not None


def pictures_of(paragraph: Node) -> Iterator[tuple[Node, list[Node]]]:
    """The pictures of a paragraph, each with the nodes of its caption. A picture among words is part of the caption."""
    image: Node | None = None
    caption: list[Node] = []
    for node in paragraph.children[0].children:
        found = image_in(node)
        if found is None or not _begins_line(caption):
            caption.append(node)
            continue
        if image is not None:
            yield image, trimmed(caption)
        image, caption = found, []
    if image is not None:
        yield image, trimmed(caption)


def _begins_line(before: list[Node]) -> bool:
    """Whether a picture after these nodes is the first thing on its line, other pictures aside."""
    last = next((node for node in reversed(before) if not (node.type == "text" and not node.content.strip())), None)
    return last is None or last.type in ("softbreak", "hardbreak")


def image_in(node: Node) -> Node | None:
    """The picture that a node is, with or without a link around it."""
    if node.type == "link" and len(node.children) == 1:
        node = node.children[0]
    return node if node.type == "image" else None


def letter_of(n: int) -> str:
    """The letter of the picture with this index in its gallery: a, b, … z, aa, ab …"""
    return (letter_of(n // 26 - 1) if n >= 26 else "") + chr(ord("a") + n % 26)
