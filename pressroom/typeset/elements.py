"""The document of a unit as the page engine parsed it: a tree of frozen values, with numbered elements.

The engine's parser changes the document (it adds `tbody` to a table, for example), and its boxes refer to elements of
the parsed tree. Other packages use this copy of that tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

LETTERS, SEEN = "data-letters", "data-seen"
"""Attributes that hold the number of an element of the manuscript: on elements with its letters, and on pictures."""
CONTINUED_ROW = "table-continued"
"""The class of the row in a table’s head that stands on later pages only: “Table 1 (continued)”."""


@dataclass(frozen=True)
class DocumentElement:
    """An element of a laid-out document."""

    number: int
    """Its place in the order of the document, from 0, which is the root."""
    tag: str
    """The element's name; empty for a comment."""
    attributes: tuple[tuple[str, str], ...] = ()
    text: str = ""
    """The text before its first child."""
    tail: str = ""
    """The text after its end, which belongs to its parent."""
    children: tuple[DocumentElement, ...] = ()

    def __hash__(self) -> int:
        """The hash of number and name: elements are dictionary keys, and hashing whole subtrees would be slow."""
        return hash((self.number, self.tag))

    def __iter__(self) -> Iterator[DocumentElement]:
        return iter(self.children)

    @cached_property
    def _values(self) -> dict[str, str]:
        return dict(self.attributes)

    @cached_property
    def elements(self) -> tuple[DocumentElement, ...]:
        """The element and its descendants; those of a root are indexed by their numbers."""
        return tuple(self.iter())

    def get(self, name: str, default: str = "") -> str:
        """The value of an attribute."""
        return self._values.get(name, default)

    def iter(self, tag: str = "") -> Iterator[DocumentElement]:
        """The element and its descendants in document order; with a name, only elements of that name."""
        if not tag or self.tag == tag:
            yield self
        for child in self.children:
            yield from child.iter(tag)

    def itertext(self) -> Iterator[str]:
        """The texts of the element and its descendants."""
        yield self.text
        for child in self.children:
            yield from child.itertext()
            yield child.tail


def add_style(element: etree._Element, style: str) -> None:
    """Add to the style of an element."""
    element.set("style", "; ".join(filter(None, (element.get("style"), style))))
