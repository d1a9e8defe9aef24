"""Braces: the attributes at the end of a text, `{#id .class key="value"}`, taken out of it."""

from __future__ import annotations

import re

from markdown_it.tree import SyntaxTreeNode as Node
from mdit_py_plugins.attrs.parse import ParseError
from mdit_py_plugins.attrs.parse import parse as parse_attributes

TRAILING = re.compile(r"\s*(\{[^{}]*\})\s*$")


def read(text: str) -> tuple[dict[str, str], bool]:
    """The attributes in braces, and whether they cannot be read."""
    try:
        end, found = parse_attributes(text)
    except ParseError:
        return {}, True
    return {k: v.replace('\\"', '"') for k, v in found.items()}, end != len(text) - 1


def taken(inline: Node) -> dict[str, str]:
    """The attributes at the end of a line, taken out of its text; none if they cannot be read."""
    last = inline.children[-1] if inline.children else None
    match = TRAILING.search(last.content) if last and last.type == "text" else None
    if match is None or last is None or last.token is None:
        return {}
    found, bad = read(match[1])
    if bad:
        return {}
    last.token.content = last.content[: match.start()]
    return found
