"""Tables: reads the caption that stands under or over one, `Table: Caption {#tab-x}` or `: Caption`, and writes both.

MultiMarkdown, and with it Scrivener, has a caption in brackets right under or over its table: `[Caption][label]`.

The caption becomes the first child of its table, so that typography, notes, marks and references find it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import advice, did_you_mean, warning
from pressroom.language.words import TABLE_WORDS
from pressroom.manuscript import braces
from pressroom.manuscript.shortened import shorten
from pressroom.manuscript.written import has_text
from pressroom.publication import NumberedTable
from pressroom.xhtml import escaped, quoted

if TYPE_CHECKING:
    from pressroom.manuscript.prose import ProseWriter

CAPTION = "table_caption"
"""The type of a caption’s node."""
_SIGN = re.compile(
    rf":[ \t]+(?=\S)|(?:{'|'.join(TABLE_WORDS)})[ \u00a0\u202f]?(?::[ \t]+|：[ \t]*)(?=\S)", re.IGNORECASE
)
OF_TABLE = re.compile(rf"(?:{'|'.join(TABLE_WORDS)}|tab\.)\s*\d{{1,3}}(?:[.-]\d+)*\s*[.:：|)–—]", re.IGNORECASE)
"""A number that an author has typed at the beginning of the caption of a table."""
_BRACKETS = re.compile(r"\[(?!\^)([^\[\]\n]*[^\W\d_][^\[\]\n]*)\](?:\[([\w-]+)\])?[ \t]*")
_BARE = re.compile(r"\{[^{}]*\}[ \t]*")
_OF_KRAMDOWN = re.compile(r"\{:[ \t]*([^{}]+\})[ \t]*\Z")
"""Attributes at the end of a line as kramdown has them, `{: .striped}`."""
_KEYS = ("id", "class", "credit")


def table_caption_plugin(dialect: MarkdownIt) -> None:
    """Read the captions of tables."""
    dialect.block.ruler.before("table", CAPTION, _caption_under, {"alt": ["blockquote"]})


def _caption_under(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's call
    """Read the caption under a table; without a blank line before it, the parser would make it a row."""
    if state.is_code_block(first):
        return False
    text = _line(state, first)
    sign, beside = _SIGN.match(text), _BARE.fullmatch(text) or _BRACKETS.fullmatch(text)
    if silent:
        return bool(sign or beside) and state.parentType == "table"
    is_near = first and state.tokens[-1:] and state.tokens[-1].type == "table_close"
    if not is_near or not (sign or (beside and not state.isEmpty(first - 1))):
        return False
    bare = _our_braces(text.rstrip()) if not sign and text[0] == "{" else ""
    if bare and not braces.ATTRIBUTES.fullmatch(bare):
        return False  # an instruction of another program, which is reported
    line = first + 1
    while not bare and line < end and not state.isEmpty(line):
        line += 1
    lines = [_line(state, n) for n in range(first, line)]
    lines[0] = _without_brackets(lines[0]) if not sign else lines[0].removeprefix(sign[0])
    lines[-1] = bare or _our_braces(lines[-1])
    state.push(f"{CAPTION}_open", "caption", 1).map = [first, line]
    inline = state.push("inline", "", 0)
    inline.map, inline.content, inline.children = [first, line], "\n".join(lines), []
    state.push(f"{CAPTION}_close", "caption", -1)
    state.line = line
    return True


def _our_braces(text: str) -> str:
    """A line whose last braces are kramdown's, in ours; other braces than those of attributes stay as typed."""
    found = _OF_KRAMDOWN.search(text)
    ours = "{" + found[1] if found else ""
    return text[: found.start()] + ours if found and braces.ATTRIBUTES.fullmatch(ours) else text


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _without_brackets(text: str) -> str:
    """A caption of MultiMarkdown as one of ours: its label is the id of the table."""
    found = _BRACKETS.fullmatch(text)
    return f"{found[1]} {{#{found[2]}}}" if found and found[2] else found[1] if found else text


def join_captions(parent: Node) -> None:
    """Put captions into their tables, all through a tree."""
    joined: list[Node] = []
    for node in parent.children:
        before = joined[-1] if joined else None
        if node.type == CAPTION and before is not None and before.type == "table":
            _put(node, before)
            continue
        if node.type == "table" and before is not None and not _is_taken(parent, node) and _is_over(before, node):
            joined.pop()
            _put(before, node)
        join_captions(node)
        joined.append(node)
    parent.children = joined


def _is_over(paragraph: Node, table: Node) -> bool:
    """Whether a paragraph over a table is its caption: `Table: …`, `: …`, or one in brackets that touches the table."""
    if paragraph.type != "paragraph" or not paragraph.map or not table.map or table.map[0] - paragraph.map[1] > 1:
        return False
    inline = paragraph.children[0]
    first = next(iter(inline.children), None)
    if first is None or first.type != "text" or first.token is None:
        return False
    if sign := _SIGN.match(first.content):
        shorten(first.token, sign.end())
        return True
    if len(inline.children) == 1 and table.map[0] == paragraph.map[1] and _BRACKETS.fullmatch(first.content):
        first.token.content = _without_brackets(first.content)
        return True
    return False


def _is_taken(parent: Node, table: Node) -> bool:
    """Whether the caption of a table follows it."""
    after = parent.children[parent.children.index(table) + 1 :][:1]
    return bool(after) and after[0].type == CAPTION


def _put(caption: Node, table: Node) -> None:
    given = braces.taken(caption.children[0])
    if not given.keys() & {"id", "credit"} and not any(child.content.strip() for child in caption.children[0].children):
        table.attrs.update(given)
        return  # classes alone are no caption
    table.meta["given"] = given
    if caption.nester_tokens:
        caption.nester_tokens.opening.type = f"{CAPTION}_open"
    caption.parent = table
    table.children = [caption, *table.children]


# ---- what a table says of itself


def caption_of(table: Node) -> Node | None:
    """The caption of a table, if it has one."""
    return next((kid for kid in table.children if kid.type == CAPTION), None)


def numbered(nodes: Sequence[Node]) -> Iterator[tuple[Node, str]]:
    """The tables that have a number, those with a caption, each with the id that its author gave."""
    for table in (inner for top in nodes for inner in top.walk() if inner.type == "table"):
        if caption_of(table) is not None:
            given = table.meta.get("given", {})
            yield table, given.get("id") or str(table.attrs.pop("id", ""))


# ---- writing


def written(table: Node, writer: ProseWriter, text: str) -> str:
    """A table with its caption, number and credit. `text` is the caption as plain text, for lists."""
    caption, given = caption_of(table), table.meta.get("given", {})
    if caption is None:
        return writer.around("table", table, writer.inside(table.children))
    id, number = str(table.meta["id"]), str(table.meta["number"])
    place = writer.source.place((table.map or (0, 0))[0] + 1)
    writer.tables.append(NumberedTable(id, number, text, place))
    for name in given:
        if name not in _KEYS:
            why = f"The attribute “{name}” is dropped: the caption of a table takes {', '.join(_KEYS)}."
            writer.findings.append(warning("attribute-dropped", place, why, did_you_mean(name, _KEYS) or "Delete it."))
    word = f"{writer.words.table[:1].upper()}{writer.words.table[1:]}"
    if own := OF_TABLE.match(text):
        why = f"This caption begins with a number of its own, “{own[0]}”; number {number} is printed before it."
        writer.findings.append(advice("caption-numbered", place, why, "Delete it, and refer to it with [](#tab-name)."))
    inner = f'<span class="number">{escaped(word)} {number}</span> {writer.inside(caption.children)}'
    if given.get("credit"):
        inner += f' <span class="credit" dir="auto">{escaped(given["credit"])}</span>'
    names = " ".join(filter(None, (str(table.attrs.pop("class", "")), given.get("class", ""))))
    rows = writer.inside([kid for kid in table.children if kid is not caption])
    extra = f" id={quoted(id)}" + (f" class={quoted(names)}" if names else "")
    made = writer.around("table", table, f"<caption>{inner}</caption>{rows}", extra)
    return f'<div class="table">{made}</div>'  # a page may cut neither, so that the caption stays with its table


def head_cell(node: Node, writer: ProseWriter) -> str:
    """The head of a column or row. The empty corner of a table is a plain cell."""
    inner = writer.inside(node.children)
    if not has_text(inner):
        return writer.around("td", node, inner, of_cell(node))
    scope = ' scope="col"' if node.parent and node.parent.parent and node.parent.parent.type == "thead" else ""
    return writer.around("th", node, inner, scope + of_cell(node))


def of_cell(node: Node) -> str:
    """The attributes of a cell: the columns and rows that it spans, and its alignment.

    The first cell of a row is `inner` if the one before it comes from a row above: layouts set it in like the others.
    """
    spans = "".join(f' {name}="{node.meta[name]}"' for name in ("colspan", "rowspan") if name in node.meta)
    style = str(node.attrs.get("style", "")).removeprefix("text-align:")
    is_first = node.parent is not None and node.parent.children[0] is node
    names = " ".join(filter(None, (style, "inner" if is_first and node.meta.get("column") else "")))
    return spans + (f' class="{names}"' if names else "")
