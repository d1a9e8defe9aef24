"""Lines under pictures: a caption is the line under its picture, whatever sign it begins with.

CommonMark lets a list, a quotation or a heading begin right under a line of text; a caption “1. January 1920 …” or
“- From left …” would become a list of one item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_PICTURE = re.compile(r"\[?!\[.*[)\]}]\s*")
_ALONE = re.compile(r"\s*(!\[\[[^\]]*\]\]|!\[.*\]\([^()]*(\([^()]*\))?[^()]*\))(\s?\{[^{}]*\})?\s*")
_ITEM = re.compile(r"([-*+]|\d{1,9}(?=[.)]))[.)]?[ \t]+(?=\S)")
_QUOTED = re.compile(r">[ \t]?")


def captions_under_pictures(dialect: MarkdownIt) -> None:
    """Keep a line right under a picture in its paragraph, if CommonMark would begin a list or quotation with it."""
    dialect.block.ruler.before("reference", "picture_lines", _picture_with_caption)
    dialect.core.ruler.after("block", "pictures_below_text", _part_paragraphs)
    dialect.core.ruler.after("block", "captions_with_colons", _defined_pictures)


_DEFINED = "dl_open dt_open inline dt_close dd_open paragraph_open inline paragraph_close dd_close".split()
"""The tokens at the beginning of a list of definitions whose first one is a paragraph."""


def _defined_pictures(state: StateCore) -> None:
    """Make a caption of what would be the definition of a picture: a line under it that begins with a colon."""
    tokens, n = state.tokens, -1
    while (n := n + 1) < len(tokens) - len(_DEFINED):
        part = tokens[n : n + len(_DEFINED)]
        if [each.type for each in part] != _DEFINED or not _ALONE.fullmatch(part[2].content):
            continue
        opening, words, closing = part[5:8]
        words.content, words.map, opening.map = f"{part[2].content}\n{words.content}", part[2].map, part[2].map
        for each in (opening, words, closing):
            each.level, each.hidden = part[0].level + (each is words), False
        is_all = tokens[n + len(part)].type == "dl_close"
        tokens[n : n + len(part) + is_all] = [opening, words, closing, *(() if is_all else part[:1])]
        n += 2


def _part_paragraphs(state: StateCore) -> None:
    """Let a picture that has a line for itself below text begin a paragraph: it is a figure, with its caption."""
    parted: list[Token] = []
    for token in state.tokens:
        parted.append(token)
        if token.type == "paragraph_close" and "![" in parted[-2].content:
            parted[-3:] = _parted(parted[-3:])
    state.tokens = parted


def _parted(paragraph: list[Token]) -> list[Token]:
    opening, words, closing = paragraph
    lines = words.content.split("\n")
    below = next((n for n, line in enumerate(lines) if n and _ALONE.fullmatch(line)), 0)
    if not below or _PICTURE.match(lines[0]) or opening.map is None:
        return paragraph
    first, last = opening.map
    whole: list[Token] = []
    for start, end, text in ((first, first + below, lines[:below]), (first + below, last, lines[below:])):
        parts = [opening.copy(), words.copy(), closing.copy()]
        parts[0].map = parts[1].map = [start, end]
        parts[1].content, parts[1].children = "\n".join(text), []
        whole += parts
    return whole


def _picture_with_caption(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001  # the parser's form
    if silent or state.is_code_block(first) or not _line(state, first).startswith(("![", "[![")):
        return False
    lines = list(_lines(state, first, last))
    if not any(line != _line(state, n) or _ITEM.match(line) for n, line in enumerate(lines, first)):
        return False  # CommonMark reads it alike
    state.line = first + len(lines)
    opening = state.push("paragraph_open", "p", 1)
    words = state.push("inline", "", 0)
    words.content, words.children = "\n".join(lines).strip(), []
    opening.map = words.map = [first, state.line]
    state.push("paragraph_close", "p", -1)
    return True


def _lines(state: StateBlock, first: int, last: int) -> Iterator[str]:
    """The lines of a paragraph that begins with a picture; a quoted caption loses its signs."""
    ends, looking_ahead = state.md.block.ruler.getRules("paragraph"), True
    yield _line(state, first)
    quoted = False
    for n in range(first + 1, last):
        if state.isEmpty(n) or state.sCount[n] < state.blkIndent:
            return
        line = _line(state, n)
        below = bool(_PICTURE.fullmatch(_line(state, n - 1)))
        quoted = bool(_QUOTED.match(line)) and (quoted or below)
        if quoted:
            yield _QUOTED.sub("", line, count=1)
        elif below and _is_caption(state, n, last):
            yield line
        elif any(rule(state, n, last, looking_ahead) for rule in ends):
            return
        else:
            yield line


def _is_caption(state: StateBlock, n: int, last: int) -> bool:
    """Whether a line that looks like an item of a list is the only one: two are a list."""
    sign = _ITEM.match(_line(state, n))
    below = n + 1
    while sign and below < last and not state.isEmpty(below):
        other = _ITEM.match(_line(state, below))
        if other and other[1].isdigit() == sign[1].isdigit():
            return False
        below += 1
    return bool(sign)


def _line(state: StateBlock, n: int) -> str:
    return state.src[state.bMarks[n] + state.tShift[n] : state.eMarks[n]]
