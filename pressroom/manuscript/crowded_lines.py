"""Crowded lines: a paragraph of thousands of links, marks or pieces of code is reported, and read no further."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Finding, Source, error

MOST_ELEMENTS = 2_000
"""The most elements of a paragraph: the page engine takes some 2 ms and 25 kB for each, and several times that for
marks of the index."""
CROWDED = "crowded"
"""The key in the `meta` of a paragraph that has more; its value is how many."""
_WORDS = frozenset(("text", "softbreak", "hardbreak", "footnote_ref"))
"""What is no element; notes have a limit of their own."""


def crowded_lines(dialect: MarkdownIt) -> None:
    """Keep the first elements of a crowded paragraph. An error tells it: the others need not be looked at."""
    dialect.core.ruler.after("inline", "crowded_lines", _cut)


def _cut(state: StateCore) -> None:
    for token in state.tokens:
        children = token.children or []
        elements = [n for n, child in enumerate(children) if child.nesting >= 0 and child.type not in _WORDS]
        if len(elements) > MOST_ELEMENTS:
            token.meta[CROWDED] = len(elements)
            whole = (n for n in elements[MOST_ELEMENTS:] if not children[n].level)
            token.children = children[: next(whole, len(children))]


def findings(nodes: Sequence[Node], source: Source) -> Iterator[Finding]:
    """An error for every crowded paragraph in a run of blocks."""
    for node in (each for top in nodes for each in top.walk() if CROWDED in each.meta):
        line = (node.map or (0, 0))[0] + 1
        why = f"This paragraph holds {node.meta[CROWDED]} links, marks and the like; pages of it would take minutes."
        remedy = f"Part it with blank lines, or make several of it: at most {MOST_ELEMENTS} can stand in one."
        yield error("paragraph-crowded", source.place(line, 1, 60), why, remedy)
