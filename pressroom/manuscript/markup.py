"""Markdown: parses the dialect of a chapter into a tree of nodes, and reads attributes and places off the nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from itertools import accumulate, chain, groupby
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode as Node
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from pressroom.errors import Finding, Place, warning
from pressroom.language.bcp47 import tag_fault
from pressroom.manuscript import braces, captioned_tables, citing, formulas
from pressroom.manuscript.block_begins import block_begins
from pressroom.manuscript.block_spellings import block_spellings
from pressroom.manuscript.braces import lines_of_attributes
from pressroom.manuscript.breaks import breaks_under_text
from pressroom.manuscript.code_heads import code_heads
from pressroom.manuscript.commented_items import leave_out_commented
from pressroom.manuscript.crowded_lines import crowded_lines
from pressroom.manuscript.drawn_tables import drawn_tables
from pressroom.manuscript.inline_signs import signs_in_lines
from pressroom.manuscript.nested_blocks import nested_blocks
from pressroom.manuscript.nesting_depth import shallow_lines
from pressroom.manuscript.picture_lines import captions_under_pictures
from pressroom.manuscript.pipe_tables import whole_tables
from pressroom.manuscript.spellings import our_spelling
from pressroom.manuscript.verse_lines import line_blocks
from pressroom.publication.variables import filled

_LEFT_OUT = "\0"
"""Stands for a citation in brackets, which goes with the space before it; no text of Markdown has this character."""
AS_TEXT = "text"
"""The key under which a citation’s node has its words for contents and bookmarks, which hold no markup."""
_STRAY_FENCE = re.compile(r"^:{3,}$")


class _Dialect(MarkdownIt):
    """The parser, which leaves addresses as the author typed them: a file may be called “road%201.jpg”."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # the parser's name for it
        """The address as typed; `prose` encodes those of the network."""
        return url


def parser() -> MarkdownIt:
    """CommonMark with tables, notes, definition lists, attributes, ::: blocks and formulas."""
    dialect = (
        _Dialect("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .use(footnote_plugin, always_match_refs=True)
        .use(deflist_plugin)
        .use(attrs_plugin, spans=True)
        .use(attrs_block_plugin)
        .use(lines_of_attributes)
        .use(whole_tables)
        .use(nested_blocks)
        .use(block_spellings)
        .use(code_heads)
        .use(our_spelling)
        .use(breaks_under_text)
        .use(captions_under_pictures)
        .use(signs_in_lines)
        .use(shallow_lines)
        .use(crowded_lines)
        .use(line_blocks)
        .use(block_begins)
        .use(drawn_tables)
        .use(admon_plugin)
        .use(formulas.formula_plugin)
        .use(captioned_tables.table_caption_plugin)
        .use(citing.citation_plugin)
        .use(container_plugin, "block", validate=lambda params, *_: bool(params.strip()))
    )
    dialect.core.ruler.before("text_join", "escaped", _note_escaped)
    dialect.core.ruler.before("escaped", "variables", _fill_variables)
    return dialect


def _fill_variables(state: StateCore) -> None:
    """Fill in variables, in texts and in attributes, but not in code."""
    if values := state.env.get("variables"):
        for token in state.tokens:
            _fill_token(token, values)


def _fill_token(token: Token, values: Mapping[str, str]) -> None:
    for child in token.children or ():
        _fill_token(child, values)
    if token.type == "text":
        token.content = filled(token.content, values)
    elif token.type in ("html_block", "html_inline"):
        token.content = filled(token.content, {name: escape(value) for name, value in values.items()})
    elif token.type.startswith("container"):
        token.info = filled(token.info, values)
    for name, value in token.attrs.items():
        typed = str(value)
        if "{{" in typed:
            token.attrs[name] = filled(typed, values)


def _note_escaped(state: StateCore) -> None:
    """Join escaped characters and entities to the text around them, and keep their positions in its `meta`."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = list(_joined(token.children or []))


def _joined(tokens: list[Token]) -> Iterator[Token]:
    for is_text, run in groupby(tokens, key=lambda token: token.type in ("text", "text_special")):
        first, *others = parts = list(run)
        if not is_text or (not others and first.type == "text"):
            yield from parts
            continue
        starts = accumulate((len(part.content) for part in parts), initial=0)
        # A backslash that escapes nothing, as in \\newpage, is a text of its own too, with itself as its markup.
        special = [(n, p) for n, p in zip(starts, parts, strict=False) if p.type != "text" and p.content != p.markup]
        escaped = [range(n, n + len(part.content)) for n, part in special]
        text = "".join(part.content for part in parts)
        yield Token("text", "", 0, content=text, level=first.level, meta={"escaped": [*chain(*escaped)]})


def escaped(node: Node) -> list[int]:
    """The positions of the characters that the author has escaped, and that typography leaves alone."""
    found: list[int] = node.meta.get("escaped", [])
    return found


def parse(
    text: str,
    variables: Mapping[str, str] | None = None,
    known: citing.Citing | None = None,
    definitions: dict[str, Any] | None = None,
) -> Node:
    """The tree of a Markdown text, with variables filled in as plain text. `known` is what its citations may name;
    `definitions` takes up the addresses of links, which the tree does not hold.
    """
    env = definitions if definitions is not None else {}
    env |= {"variables": variables or {}, "citing": known or citing.Citing()}
    tree = Node(parser().parse(text, env))
    captioned_tables.join_captions(tree)
    leave_out_commented(tree)
    return tree


def parse_line(text: str, known: citing.Citing | None = None) -> list[Node]:
    """The inline nodes of one line without notes, such as a caption in photos.yaml: its citations stand in the line."""
    inline = parser().disable(["footnote_ref", "footnote_inline"])
    env = {"citing": replace(known or citing.Citing(), as_notes=False)}
    return Node(inline.parseInline(text, env)).children[0].children


def language_findings(tag: str, place: Place) -> Iterator[Finding]:
    """The warning for a language tag that does not exist; the mark is left out of every edition."""
    if fault := tag_fault(tag):
        why, meant = fault
        why = (
            f"{why[0].upper()}{why[1:]}: the mark is left out, and these words are read aloud in the voice around them."
        )
        remedy = f"Did you mean “{meant}”?" if meant else "Write its code (BCP 47), such as en, hy or pt-BR."
        yield warning("language-wrong", place, why, remedy)


@dataclass(frozen=True)
class Head:
    """The line that opens a block: `::: sidebar Three terms {#terms}`."""

    name: str
    title: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    unreadable: bool = False


def head_of(block: Node) -> Head:
    """The name, title and attributes on the opening line of a ::: block."""
    text = re.sub(r"^\{([\w-]+)\}", r"\1", block.info.strip().rstrip(":").strip())
    match = braces.TRAILING.search(text)
    attributes, bad = braces.read(match[1]) if match else ({}, False)
    name, _, title = re.sub(r"^([\w-]+)\[", r"\1 [", text[: match.start()] if match else text).strip().partition(" ")
    return Head(name, title.strip(), attributes, bad or "{" in title)


def is_closed(block: Node) -> bool:
    """Whether a ::: block has its closing line."""
    assert block.nester_tokens is not None
    return len(block.nester_tokens.closing.markup.strip()) >= len(block.nester_tokens.opening.markup)


def heading_attributes(heading: Node) -> dict[str, str]:
    """The attributes at the end of a heading, `## The bridge {#bridge}`: taken out of its text, kept by its node."""
    heading.attrs.update(braces.taken(heading.children[0]))
    return {k: str(v) for k, v in heading.attrs.items()}


MARK_KEYS = ("term", "sub", "see", "see-also")
"""The attributes of an index mark that are words: `[words]{.index term="…"}`."""
MARK_RANGE = "through"
"""The attribute that names the end of a page range, as a link would: `[words]{.index through="#bridge"}`."""


def is_only(node: Node) -> bool:
    """Whether words are for some editions: `[in print]{.only edition=print}`."""
    return node.type == "span" and "only" in str(node.attrs.get("class", "")).split()


def is_verse(node: Node) -> bool:
    """Whether a node stands in a {.poem}, where every line break is kept."""
    while not node.is_root:
        if "poem" in str(node.attrs.get("class", "")).split():
            return True
        assert node.parent is not None
        node = node.parent
    return False


def is_mark(node: Node) -> bool:
    """Whether words are marked for the index."""
    return node.type == "span" and "index" in str(node.attrs.get("class", "")).split()


def attribute(node: Node, name: str) -> str:
    """An attribute's value as the author wrote it."""
    return str(node.attrs.get(name, "")).replace('\\"', '"')


def address(node: Node, name: str) -> str:
    """The address of a link or picture as the author typed it; names of files in it may be percent-encoded."""
    return str(node.attrs.get(name, ""))


def lines_of(node: Node, default: tuple[int, int] = (1, 1)) -> tuple[int, int]:
    """The first and last line of a block, counted from 1."""
    return (node.map[0] + 1, max(node.map[0] + 1, node.map[1])) if node.map else default


def plain_text(nodes: list[Node]) -> str:
    """The text of inline nodes, without markup, calls of notes and words of single editions. No-break spaces stay."""
    return re.sub(r"[ \t\n]+", " ", re.sub(f"[ \t\n]*{_LEFT_OUT}", "", "".join(_words(nodes)))).strip()


def _words(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if node.type in ("text", "code_inline"):
            yield node.content
        elif node.type in ("softbreak", "hardbreak"):
            yield " "
        elif node.type in formulas.FORMULAS:
            yield formulas.text_of(node)
        elif node.type == citing.CITATION:
            typed = str(node.meta.get(AS_TEXT, node.content))
            yield typed if node.meta["is_narrative"] or not node.meta["is_read"] else _LEFT_OUT
        elif node.type not in ("html_inline", "footnote_ref") and not is_only(node):
            yield from _words(node.children)


def end_of_paragraph() -> Node:
    """A node between two paragraphs of a caption."""
    return Node([Token("hardbreak", "br", 0, meta={"paragraph": True})], create_root=False)


def paragraphs_of(nodes: list[Node]) -> list[list[Node]]:
    """The inline nodes of each paragraph of a caption."""
    found: list[list[Node]] = [[]]
    for node in nodes:
        if node.type == "hardbreak" and node.meta.get("paragraph"):
            found.append([])
        else:
            found[-1].append(node)
    return [paragraph for paragraph in found if paragraph]


def is_stray_fence(paragraph: Node) -> bool:
    """Whether a paragraph holds a ::: that closes nothing."""
    return any(_STRAY_FENCE.match(line.strip()) for line in paragraph.children[0].content.split("\n"))


def plain(text: str) -> list[Node]:
    """One paragraph of text in which no character is markup."""
    return Node(MarkdownIt("zero").parse(text)).children
