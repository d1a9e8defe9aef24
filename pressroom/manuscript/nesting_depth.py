"""Depth: emphasis in emphasis is read to a depth that every reader of its tree can follow."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

DEEPEST = 50
"""The most elements inside one another in a line. Nobody means more."""
TOO_DEEP = "too deep"
"""The key in the `meta` of a text from which elements were taken."""


def shallow_lines(dialect: MarkdownIt) -> None:
    """Take away elements that are too deep in others; their words stay."""
    dialect.core.ruler.after("inline", "shallow_lines", _flatten)


def _flatten(state: StateCore) -> None:
    for token in state.tokens:
        if token.children and any(child.level > DEEPEST for child in token.children):
            token.children = [*_kept(token.children)]
            token.meta[TOO_DEEP] = True


def _kept(tokens: list[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += token.nesting == 1
        if token.nesting == 0 or depth <= DEEPEST:
            yield token
        depth -= token.nesting == -1
