"""What is known of a paragraph of a document beside its words, whatever program wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass

BLOCK = "data-block"
"""The attribute of an element that leads to what is known of its paragraph."""

COUNTED = "\u2060"
"""A sign before and behind the words of a reference to a figure or table, “Figure 1”: editions count for themselves."""
COUNTED_WORDS = re.compile(r"\D{0,20}\d+(?:[.\-–‑]\d+)*")

UNPRINTED = (".emf", ".wmf", ".pct", ".pict", ".wdp", ".emz", ".wmz", ".svm")
"""Formats in which office programs keep drawings, and which nothing here can print."""


@dataclass(frozen=True)
class BlockFacts:
    """A paragraph of the source."""

    number: int
    """Which paragraph of the document it is, counted from 1."""
    level: int = 0
    """The level of a heading; 0 for what is none."""
    role: str = ""
    """What its style says: title, subtitle, author, date, caption, quote, epigraph, pullquote, code, verse, term,
    definition."""
    alignment: str = ""
    label: str = ""
    """The label that stood before a caption: “Figure 3”."""
    anchors: tuple[str, ...] = ()
    """The bookmarks by which the text refers to a caption."""
    box: str = ""
    """The text box that it stands in."""
    ordinal: int = 0
    """The number of an item of a numbered list."""
    numerals: str = ""
    """Its letters or Roman numerals, as HTML’s attribute `type` has them; “” for 1, 2, 3."""
    depth: int = 0
    """How deep an item of a list stands by the name of its style, “List Bullet 2”: 1 for that."""
    language: str = ""
    """The language of all its words, if it is another than the document’s."""
    goes_on: bool = False
    """Whether it goes on with the item of a list before it, without a number or sign of its own."""
    goes_on_at: int = 0
    """The level of that item, counted from 1; 0 if the document does not say it."""
    is_rule: bool = False
    """Whether it is an empty one that shows a line across the page."""


def without_counted(words: str) -> str:
    """Words without those that a book counts for itself."""
    return re.sub(rf"{COUNTED}[^{COUNTED}]*{COUNTED}", "", words)
