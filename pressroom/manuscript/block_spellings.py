"""Blocks as other programs and other scripts begin them: paragraphs by wide spaces, Markdown and headings in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_WIDE_SPACE = "\u3000"
_MARKDOWN_INSIDE = re.compile(
    r"\s*(<(div|section|article|aside|header|footer)\b[^>]*?)\s+markdown(?:=[\"']?(?:1|block)[\"']?)?(?=[\s>])([^>]*>)"
    r"[ \t]*\n(.*?\S.*?)\n?[ \t]*(</\2\s*>)?\s*",
    re.DOTALL | re.IGNORECASE,
)
_HEADING = re.compile(r"\s*<h([1-6])\b([^<>]*)>(.*?\S.*?)</h\1\s*>\s*", re.DOTALL | re.IGNORECASE)
_ID = re.compile(r"""\bid\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


def block_spellings(dialect: MarkdownIt) -> None:
    """Read these blocks, before what stands in their lines is read."""
    dialect.core.ruler.before("inline", "wide_spaces", _part_paragraphs)
    dialect.core.ruler.before("wide_spaces", "markdown_inside", _read_inside)
    dialect.core.ruler.before("wide_spaces", "html_headings", _read_headings)


def _part_paragraphs(state: StateCore) -> None:
    """Begin a paragraph at each line that begins with a wide space, as Chinese and Japanese begin theirs."""
    if f"\n{_WIDE_SPACE}" not in state.src:
        return
    parted: list[Token] = []
    verse = 0
    for token in state.tokens:
        parted.append(token)
        if verse or "poem" in str(token.attrs.get("class", "")).split():
            verse += token.nesting
        elif token.type == "paragraph_close" and f"\n{_WIDE_SPACE}" in parted[-2].content:
            parted[-3:] = _paragraphs(*parted[-3:])
    state.tokens = parted


def _paragraphs(opening: Token, words: Token, closing: Token) -> Iterator[Token]:
    line = opening.map[0] if opening.map else 0
    for text in words.content.split(f"\n{_WIDE_SPACE}"):
        end = line + text.count("\n") + 1
        parts = [opening.copy(), words.copy(), closing.copy()]
        parts[0].map = parts[1].map = [line, end]
        parts[1].content, parts[1].children = text.strip(), []
        yield from parts
        line = end


def _read_inside(state: StateCore) -> None:
    """Read the Markdown inside a tag that says so, `<div markdown="1">`, as PHP Markdown Extra and kramdown do."""
    read: list[Token] = []
    for token in state.tokens:
        found = _MARKDOWN_INSIDE.fullmatch(token.content) if token.type == "html_block" else None
        if found is None or token.map is None:
            read.append(token)
            continue
        inside: list[Token] = []
        state.md.block.parse(found[4], state.md, state.env, inside)
        first = token.map[0] + 1
        for each in inside:
            each.map = [first + each.map[0], first + each.map[1]] if each.map else None
            each.level += token.level
        read += [_side(token, f"{found[1]}{found[3]}\n", token.map[0]), *inside]
        read += [_side(token, f"{found[5]}\n", token.map[1] - 1)] if found[5] else []
    state.tokens = read


def _read_headings(state: StateCore) -> None:
    """Read a heading of HTML alone in its block as one of ours: contents and links find it then."""
    if not any(token.type == "html_block" for token in state.tokens):
        return
    read: list[Token] = []
    for token in state.tokens:
        found = _HEADING.fullmatch(token.content) if token.type == "html_block" else None
        read += _heading(token, found) if found and f"</h{found[1]}" not in found[3].lower() else [token]
    state.tokens = read


def _heading(block: Token, found: re.Match[str]) -> list[Token]:
    tag, sign = f"h{found[1]}", "#" * int(found[1])
    given = _ID.search(found[2])
    opening = Token("heading_open", tag, 1, attrs={"id": given[1]} if given else {}, map=block.map, markup=sign)
    words = Token("inline", "", 0, content=" ".join(found[3].split()), map=block.map, children=[])
    closing = Token("heading_close", tag, -1, markup=sign)
    for token in (opening, words, closing):
        token.level, token.block = block.level + (token is words), True
    return [opening, words, closing]


def _side(block: Token, tag: str, line: int) -> Token:
    """The opening or closing tag of a block of HTML on its own."""
    side = block.copy()
    side.content, side.map = tag, [line, line + 1]
    return side
