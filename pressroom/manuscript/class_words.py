"""Class words: what a class says of words and paragraphs, and what is said of one that is misspelt.

A layout of one’s own may have other classes, so that only what looks like one of ours is reported.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Finding, Source, warning

CLASS_WORDS = (
    "index", "only", "lead-in", "poem", "letter", "dateline", "signature", "unnumbered", "smallcaps", "underline",
)  # fmt: skip
_NEAR = 0.75
"""How alike a class and one of ours must be, from 0 to 1: “peom” and “poem” are, “note” and “only” are not."""


def misspelt_classes(node: Node, source: Source, lines: tuple[int, int]) -> Iterator[Finding]:
    """Warnings about classes that look like one of ours, and have no effect as they are spelt."""
    for name in str(node.attrs.get("class", "")).split():
        near = difflib.get_close_matches(name.lower(), CLASS_WORDS, n=1, cutoff=_NEAR)
        if near and name not in CLASS_WORDS and len(name) > len("sub"):
            why = f"The class “{name}” has no effect, unless your own layout has a rule for it."
            yield warning("class-unknown", source.find(f".{name}", *lines), why, f"Did you mean “{near[0]}”?")
