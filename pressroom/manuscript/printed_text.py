"""Printed text: what of a chapter is printed as it was typed, paragraph by paragraph, with the line of each character.

Code, escaped characters and entities stand in it as characters that are no markup.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.manuscript import markup
from pressroom.manuscript.citing import CITATION
from pressroom.manuscript.foreign_sign import ESCAPED, OPAQUE
from pressroom.manuscript.open_tags import OpenTag, open_tags

_ADDRESS = re.compile(r"(?:https?|ftp|file|mailto):[^\s<>\0]+|www\.[^\s<>\0]+|[\w.+-]+@[\w-]+\.[\w.-]+")
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|pre|code)\b.*?(?:</\1\s*>|\Z)|</?[A-Za-z][^<>]*>|&#?\w+;",
    re.DOTALL | re.IGNORECASE,
)


@dataclass
class PrintedText:
    """The text of one paragraph, heading, cell or caption."""

    first: int
    """The line of the source on which it begins."""
    last: int
    """The line on which it ends at the latest."""
    text: str = ""
    typed: str = ""
    """The same text with escaped characters as they are."""
    is_plain: bool = False
    """Whether it holds no markup, as a text of front matter."""
    is_alt: bool = False
    """Whether it is alt text, which is read aloud."""
    is_caption: bool = False
    is_cell: bool = False
    """Whether it is a cell of a table; those of one row begin on one line."""
    is_html: bool = False
    """Whether it stands in raw HTML, where no Markdown is read."""
    breaks: list[int] = field(default_factory=list)
    """The positions at which lines of the source end."""
    open_tags: list[OpenTag] = field(default_factory=list)

    def addresses(self) -> list[range]:
        """The positions of addresses, which hold all signs there are."""
        return [range(*match.span()) for match in _ADDRESS.finditer(self.text)]

    def line_at(self, position: int) -> int:
        """The line of the source on which a character stands."""
        return min(self.last, self.first + bisect_right(self.breaks, position))


def run_of(
    nodes: Sequence[Node], lines: tuple[int, int], *, is_caption: bool = False, is_cell: bool = False
) -> PrintedText:
    """The text of inline nodes that stand between two lines."""
    pieces: list[tuple[str, str]] = []
    breaks: list[int] = []
    length = 0
    for text, typed, ends in _pieces(nodes):
        pieces.append((text, typed))
        breaks += [length] * ends
        length += len(text)
    texts = ("".join(text for text, _ in pieces), "".join(typed for _, typed in pieces))
    tags = [*open_tags(nodes)]
    return PrintedText(*lines, *texts, is_caption=is_caption, is_cell=is_cell, breaks=breaks, open_tags=tags)


def run_of_html(html: str, lines: tuple[int, int]) -> PrintedText:
    """The text of raw HTML, without its tags, comments, entities and code."""
    text = _TAG.sub(lambda match: re.sub(r"[^\n]", OPAQUE, match[0]), html)
    return PrintedText(*lines, text, text, is_html=True, breaks=[match.start() for match in re.finditer("\n", text)])


def plain_run(text: str, lines: tuple[int, int], *, is_alt: bool = False) -> PrintedText:
    """A text that holds no markup."""
    return PrintedText(*lines, text, text, not is_alt, is_alt)


def _pieces(nodes: Sequence[Node]) -> Iterator[tuple[str, str, int]]:
    """The text of each node, the same as it was typed, and the number of lines that end there."""
    for node in nodes:
        if node.type == "text":
            yield _masked(node.content, markup.escaped(node)), node.content, 0
        elif node.type in ("softbreak", "hardbreak"):
            yield "\n", "\n", 1
        elif node.type == "link" and node.info == "auto":
            yield OPAQUE, OPAQUE, 0
        elif node.type == CITATION and not node.meta["is_read"]:
            yield node.content, node.content, node.content.count("\n")
        elif node.type in ("mark", "sub", "sup"):  # their signs are a part of others: CriticMarkup’s, MkDocs’
            yield OPAQUE, OPAQUE, 0
            yield from _pieces(node.children)
            yield OPAQUE, OPAQUE, 0
        elif node.children and node.type != "image":
            yield from _pieces(node.children)
        else:
            yield OPAQUE, OPAQUE, (node.content or "").count("\n") if node.type == "html_inline" else 0


def _masked(text: str, escaped: Sequence[int]) -> str:
    if not escaped:
        return text
    signs = list(text)
    for n in escaped:
        signs[n] = chr(ESCAPED + min(ord(signs[n]), 0xFFFF)) if not signs[n].isalnum() else signs[n]
    return "".join(signs)
