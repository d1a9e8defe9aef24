"""Commented items: an item of a list that holds nothing but comments is left out, as its words are, with its bullet."""

from __future__ import annotations

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.manuscript.written import without_comments

_LISTS = ("bullet_list", "ordered_list")


def leave_out_commented(parent: Node) -> None:
    """Take out such items, and lists and quotations of nothing else, all through a tree."""
    kept: list[Node] = []
    for node in parent.children:
        if node.type in (*_LISTS, "list_item", "blockquote") and node.children:
            leave_out_commented(node)
            if not node.children or (node.type not in _LISTS and all(map(_is_comment, node.children))):
                continue
        elif node.children and node.type != "inline":
            leave_out_commented(node)
        kept.append(node)
    if parent.type == "ordered_list" and kept and kept[0] is not parent.children[0] and kept[0].info.isdigit():
        parent.attrs["start"] = int(kept[0].info)
    parent.children = kept


def _is_comment(node: Node) -> bool:
    if node.type == "paragraph":
        pieces = node.children[0].children
        return bool(pieces) and all(each.type == "html_inline" and _is_empty(each.content) for each in pieces)
    return node.type == "html_block" and _is_empty(node.content)


def _is_empty(html: str) -> bool:
    return "<!--" in html and "-->" in html and not without_comments(html).strip()
