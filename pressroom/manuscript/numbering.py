"""Numbering: equations and tables are counted through the publication, before any prose is written.

A node keeps its id and number in its `meta`: writing and references read them there, so that all editions agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.language.words import Words
from pressroom.manuscript import captioned_tables, formulas, latex


@dataclass
class Numbering:
    """Counts the equations and tables of a publication, chapter by chapter."""

    equations: Iterator[int] = field(default_factory=lambda: count(1))
    tables: Iterator[int] = field(default_factory=lambda: count(1))

    def number(self, nodes: list[Node], chapter_id: str) -> None:
        """Give the equations and tables among the nodes of a chapter their numbers and ids."""
        for node in formulas.equations(nodes):
            named = latex.named(node.content)
            given = formulas.attributes_of(node).get("id", "") or named.label
            number = named.tag or str(next(self.equations))
            node.meta.update(number=number, id=given or f"{chapter_id}-eq-{number}", is_named=bool(given))
        for node, given in captioned_tables.numbered(nodes):
            number = str(next(self.tables))
            node.meta.update(number=number, id=given or f"{chapter_id}-tab-{number}", is_named=bool(given))


def named_nodes(nodes: Iterable[Node], words: Words) -> Iterator[tuple[Node, str]]:
    """The numbered nodes with an id of the author’s, and the words of a reference to each: “equation 3”."""
    for node in (inner for top in nodes for inner in top.walk()):
        if node.type in formulas.APART and node.meta.get("is_named"):
            yield node, f"{words.equation} {node.meta['number']}"
        elif node.type == "table" and node.meta.get("is_named"):
            yield node, f"{words.table} {node.meta['number']}"
