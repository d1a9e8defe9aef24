"""Where blocks begin and end that the parser sees otherwise: words behind a comment, terms and notes in lists.

`<!-- ask Ann --> It burnt.` is a paragraph; a line above `: words` is the next term of a list of definitions; a list or
quotation of nothing but the texts of notes is no list.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_WORDS_BEHIND = re.compile(r"(?:<!--(?:(?!-->|\n[ \t]*\n)[\s\S])*-->[ \t]*)+(?=[^\s<#>!-])(?![*+][ \t]|\d+[.)][ \t])")
"""A comment with words behind it on the same line, which are no heading, quotation or list."""
_DEFINITION = re.compile(r" {0,3}[:~][ \t]+\S")
_WRAPPERS = frozenset(("bullet_list", "ordered_list", "list_item", "blockquote"))


def block_begins(dialect: MarkdownIt) -> None:
    """Begin and end these blocks where their authors do."""
    ruler = dialect.block.ruler
    read = dict(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))["html_block"]

    def html_block(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001  # the parser's form
        if _WORDS_BEHIND.match(state.src, state.bMarks[first] + state.tShift[first]):
            return False
        return read(state, first, last, silent)

    ruler.at("html_block", html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.before("paragraph", "next_term", _is_next_term, {"alt": ["paragraph"]})
    dialect.core.ruler.before("inline", "notes_in_lists", _unwrap_notes)


def _is_next_term(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001  # the parser's form
    """Whether a definition ends above this line: it stands at the margin, over a definition of its own."""
    if not silent or state.ddIndent < 0 or first + 1 >= last or state.sCount[first] >= state.ddIndent:
        return False
    below = state.src[state.bMarks[first + 1] : state.eMarks[first + 1]]
    return state.sCount[first + 1] < state.ddIndent and bool(_DEFINITION.match(below))


def _unwrap_notes(state: StateCore) -> None:
    """Take away lists, items and quotations that hold nothing but texts of notes: they would be printed empty."""
    if not any(token.type == "footnote_reference_open" for token in state.tokens):
        return
    kept: list[Token] = []
    starts: list[int] = []
    for token in state.tokens:
        kept.append(token)
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind in _WRAPPERS and token.nesting == 1:
            starts.append(len(kept) - 1)
        elif kind in _WRAPPERS and token.nesting == -1 and _are_notes(kept[(start := starts.pop()) + 1 : -1]):
            kept[start:] = kept[start + 1 : -1]
    state.tokens = kept


def _are_notes(tokens: list[Token]) -> bool:
    """Whether a run of blocks holds texts of notes and nothing else."""
    depth = 0
    for token in tokens:
        if token.type == "footnote_reference_open":
            depth += 1
        elif not depth:
            return False
        elif token.type == "footnote_reference_close":
            depth -= 1
    return bool(tokens)
