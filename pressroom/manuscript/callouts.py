"""Callouts and admonitions as other programs write them: each becomes a sidebar with its title.

GitHub and Obsidian write `> [!NOTE] Title`, Quarto `::: {.callout-note}`, Docusaurus `:::note`, MkDocs `!!! note`.
"""

from __future__ import annotations

import re

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.manuscript import markup

KINDS = frozenset(
    "abstract admonition attention bug caution danger error example failure hint important info note question quote"
    " seealso success summary tip tldr todo warning".split()
)
"""The kinds of callout that these programs know."""
_PLAIN = frozenset("caution danger hint important info note tip warning".split())
"""Those that Pandoc’s fenced divs have as a class of their own: `::: {.note}`."""
_OPENING = re.compile(r"\[!([\w-]+)(?:\|[^\[\]\n]*)?\][+-]?[ \t]*")
"""Obsidian has the looks of a callout behind a bar: `[!note|right]`."""
_DOCUSAURUS = re.compile(r"\[(.*)\]")
_IN_QUOTES = re.compile(r"[\"“]([^\"“”]*)[\"”]")
"""A title as MkDocs has it."""


def callout_title(kind: str, title: str) -> str:
    """The title of a callout: its own, or else its kind."""
    own = _DOCUSAURUS.fullmatch(title.strip()) or _IN_QUOTES.fullmatch(title.strip())
    return (own[1] if own else title.strip()) or kind.replace("-", " ").capitalize()


def callout_kind(name: str, classes: str) -> str:
    """The kind of callout that a block with this name or these classes is; empty if it is none."""
    kind = name.lower().removeprefix("callout-")
    if kind in KINDS:
        return kind
    if not name and (bare := [each for each in classes.split() if each in _PLAIN]):
        return bare[0]
    found = (each.removeprefix("callout-") for each in classes.split() if each.startswith("callout-"))
    return next(found, "") if not name else ""


def is_callout(node: Node) -> bool:
    """Whether a node is an admonition, or a quotation that opens with `[!NOTE]`."""
    if node.type == "admonition":
        return True
    return node.type == "blockquote" and bool(_OPENING.match(_first_text(node)))


def opened(node: Node) -> tuple[str, list[Node]]:
    """The title and the blocks of a callout."""
    if node.type == "admonition":
        head = node.children[0] if node.children and node.children[0].type == "admonition_title" else None
        title = markup.plain_text(head.children[0].children) if head else ""
        return title, list(node.children[1:] if head else node.children)
    paragraph, inline = node.children[0], node.children[0].children[0]
    match = _OPENING.match(_first_text(node))
    assert match is not None  # it is a callout
    ends = (n for n, child in enumerate(inline.children) if child.type in ("softbreak", "hardbreak"))
    end = next(ends, len(inline.children))
    title = markup.plain_text(inline.children[:end])[len(match[0].rstrip()) :].strip()
    if title and end == len(inline.children) and len(node.children) == 1:
        inline.children[0].token.content = _first_text(node)[len(match[0]) :]  # type: ignore[union-attr]  # a text has one
        return callout_title(match[1].lower(), ""), [paragraph]
    inline.children = inline.children[end + 1 :]
    rest = node.children[1:] if not inline.children else [paragraph, *node.children[1:]]
    return callout_title(match[1].lower(), title), rest


def _first_text(quotation: Node) -> str:
    first = quotation.children[0] if quotation.children else None
    words = first.children[0].children if first is not None and first.type == "paragraph" else []
    return words[0].content if words and words[0].type == "text" else ""
