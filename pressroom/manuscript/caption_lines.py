"""Lines of captions: without breaks at their ends, without the bars of other programs, and numbers typed into them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Finding, Source, advice
from pressroom.manuscript import markup
from pressroom.manuscript.captioned_tables import CAPTION, OF_TABLE
from pressroom.manuscript.shortened import shorten

_FIGURE = (
    r"fig(?:ure|ura|\.)?|abb(?:ildung|\.)?|photo(?:graph)?|foto|image|bild|ill(?:ustration|\.)|ilustraci[óo]n|εικόνα|նկար"
    r"|рис(?:унок|\.)?|илл(?:юстрация|\.)?|фото|şekil|rys(?:unek|\.)?|obr(?:ázek|\.)?|그림|الشكل|איור"
)
_OWN_NUMBER = re.compile(
    rf"(?:{_FIGURE})\s*\d{{1,3}}(?:[.-]\d+)*\s*(?:[.:|)–—]|$)|[图圖図]\s*\d{{1,3}}(?:[.-]\d+)*(?!\w)", re.IGNORECASE
)


def captions_apart(nodes: Sequence[Node], source: Source) -> Iterator[Finding]:
    """Advice on paragraphs that read as captions, “Table 2. …”, beside a table or over a picture without one."""
    for before, above, below in zip([None, *nodes], nodes, nodes[1:], strict=False):
        for text, other, where in ((above, below, "below"), (below, above, "above")):
            if where == "below" and before is not None and _kind(before, where):
                continue  # it belongs to the picture or table over it, which has a finding
            kind = _kind(other, where)
            own = OF_TABLE if kind == "table" else _OWN_NUMBER
            if kind and text.type == "paragraph" and own.match(markup.plain_text(text.children[0].children)):
                why = f"This reads as the caption of the {kind} {where} it, and is set apart: a page may part them."
                remedy = "Write Table: … right under the table; its number is given to it."
                if kind == "picture":
                    remedy = "Write it right under the picture, without a blank line; its number is given to it."
                yield advice("caption-apart", source.place(markup.lines_of(text)[0]), why, remedy)


def _kind(node: Node, where: str) -> str:
    if node.type == "table" and not any(kid.type == CAPTION for kid in node.children):
        return "table"
    inline = node.children[0].children if node.type == "paragraph" else []
    return "picture" if where == "below" and [each.type for each in inline] == ["image"] else ""


def own_number(caption: list[Node]) -> str:
    """The number that an author has typed at the beginning of a caption, “Figure 6:”; empty without one."""
    found = _OWN_NUMBER.match(markup.plain_text(caption))
    return found[0].strip() if found else ""


def trimmed(nodes: list[Node]) -> list[Node]:
    """The nodes without line breaks and spaces at both ends."""

    def is_blank(node: Node) -> bool:
        is_break = node.type in ("softbreak", "hardbreak") or (node.type == "html_inline" and node.content[:3] == "<br")
        return is_break or (node.type == "text" and not node.content.strip())

    while nodes and is_blank(nodes[0]):
        nodes = nodes[1:]
    while nodes and is_blank(nodes[-1]):
        nodes = nodes[:-1]
    return _without_bars(nodes)


def _without_bars(nodes: list[Node]) -> list[Node]:
    """A caption whose lines begin with a bar, as Pandoc has verse: without the bars, its lines end where they end.

    A line that a bar ends, too, is a row of a table that is not read.
    """
    begins = [not n or nodes[n - 1].type in ("softbreak", "hardbreak") for n in range(len(nodes))]
    firsts = [node for node, begin in zip(nodes, begins, strict=True) if begin]
    lasts = [node for node, end in zip(nodes, [*begins[1:], True], strict=False) if end]
    is_row = any(node.type == "text" and node.content.endswith("|") for node in lasts)
    if is_row or not firsts or not all(node.type == "text" and node.content.startswith("| ") for node in firsts):
        return nodes
    for node in firsts:
        assert node.token is not None  # a text has one
        shorten(node.token, 2)
    for node in (each for each in nodes if each.type == "softbreak" and each.token):
        assert node.token is not None
        node.token.type = "hardbreak"
    return nodes
