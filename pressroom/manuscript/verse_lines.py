"""Verse as Pandoc writes it: lines that begin with a bar and a space keep their ends and their leading spaces."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

_BAR = re.compile(r"\|(?: |$)")
_INDENT = re.compile(r"^ +")


def line_blocks(dialect: MarkdownIt) -> None:
    """Read a block of lines that begin with a bar as verse; an empty one parts stanzas."""
    dialect.block.ruler.before("paragraph", "line_block", _line_block, {"alt": ["reference"]})


def _line_block(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001  # the parser's form
    stanzas: list[list[str]] = [[]]
    n = first
    while n < last and not state.isEmpty(n) and not state.is_code_block(n):
        line = state.src[state.bMarks[n] + state.tShift[n] : state.eMarks[n]]
        if _BAR.match(line):
            text = line[2:].rstrip()
            if text.endswith("|") and not text.endswith("\\|"):
                return False  # a row of a table
            stanzas += [[]] if not text else []
            if text:
                stanzas[-1].append(_INDENT.sub(lambda indent: "\u00a0" * len(indent[0]), text))
        elif n > first and state.sCount[n] > state.blkIndent and stanzas[-1]:
            stanzas[-1][-1] += f" {line.strip()}"
        else:
            break
        n += 1
    if n == first or not any(stanzas):
        return False
    if not silent:
        _push(state, [stanza for stanza in stanzas if stanza], first, n)
    return True


def _push(state: StateBlock, stanzas: list[list[str]], first: int, end: int) -> None:
    state.line = end
    opening = state.push("line_block_open", "div", 1)
    opening.attrs, opening.map = {"class": "poem"}, [first, end]
    for stanza in stanzas:
        state.push("paragraph_open", "p", 1).map = [first, end]
        words = state.push("inline", "", 0)
        words.content, words.map, words.children = "\n".join(stanza), [first, end], []
        state.push("paragraph_close", "p", -1)
    state.push("line_block_close", "div", -1)
