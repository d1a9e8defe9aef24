"""The document of a unit as it was laid out: a tree of values, in which every element has its number.

The page engine parses HTML in its own way (a table gets its body, for example), and its boxes know the elements of the
tree that it made. Here that tree has the form in which it can leave this room.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

LETTERS, SEEN = "data-letters", "data-seen"
"""Attributes of a unit as it is laid out: which element's letters these are; which element is seen as a picture."""


@dataclass(frozen=True)
class DocumentElement:
    """An element of a document that was laid out."""

    number: int
    """Its place in the order of the document, from 0, which is the root."""
    tag: str
    """Its name; empty for a comment."""
    attributes: tuple[tuple[str, str], ...] = ()
    text: str = ""
    """What stands before its first child."""
    tail: str = ""
    """What stands after its end, and belongs to the element around it."""
    children: tuple[DocumentElement, ...] = ()

    def __hash__(self) -> int:
        """Elements are keys: one is not hashed with all that is in it."""
        return hash((self.number, self.tag))

    def __iter__(self) -> Iterator[DocumentElement]:
        return iter(self.children)

    @cached_property
    def _values(self) -> dict[str, str]:
        return dict(self.attributes)

    @cached_property
    def elements(self) -> tuple[DocumentElement, ...]:
        """The element and all in it; of a root, so that each is found by its number."""
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
        """Its text and that of all elements in it."""
        yield self.text
        for child in self.children:
            yield from child.itertext()
            yield child.tail
