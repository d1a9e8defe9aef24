"""Openings: the first paragraph of a chapter made ready for a drop capital or a first line in small capitals.

A style sheet can choose the first line but not the first letter: that has quotation marks before it, accents over it,
or no capital form at all. So the paragraph gets a class, and its first letter a span, which style sheets use or leave.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from pressroom.publication import Block, Box, Figure, Gallery, Prose
from pressroom.xhtml import read_fragment, text_of, write_fragment

SHORTEST = 260
"""Letters of a paragraph that fills the lines beside a drop capital, and one more."""
DEEPEST = 0.09
"""Ems of descent that a drop capital may have before it touches the next line."""
_PASSED = frozenset(["strong", "span", "abbr", "bdi", "b"])
"""Elements in which a paragraph's first letter may be."""
_QUOTES = ("Pi", "Pf", "Ps")
"""Categories of Unicode: opening and closing quotation marks (which of them opens differs by language), brackets."""


def with_opening(blocks: tuple[Block, ...], depth: Callable[[str], float]) -> tuple[Block, ...]:
    """A chapter's blocks with its first paragraph marked; only pictures and epigraphs may come before it.

    `depth` tells how far a letter reaches under its line, in ems.
    """
    for n, block in enumerate(blocks):
        if isinstance(block, Prose):
            return (*blocks[:n], replace(block, xhtml=_opened(block.xhtml, depth)), *blocks[n + 1 :])
        if not (isinstance(block, Figure | Gallery) or (isinstance(block, Box) and block.kind == "epigraph")):
            break
    return blocks


def _opened(xhtml: str, depth: Callable[[str], float]) -> str:
    """A paragraph with the class `first`, and its initial marked where it has one and is long enough for it."""
    holder = read_fragment(xhtml)
    paragraph = holder[0] if len(holder) else holder
    if paragraph.tag != "p" or paragraph.attrib or holder.text:
        return xhtml
    paragraph.set("class", "first")
    first = _begin(paragraph)
    marks, letter = initial_of(first.text or "")
    if letter and len(text_of(paragraph)) >= SHORTEST:
        deep = " deep" if depth(unicodedata.normalize("NFC", letter)) > DEEPEST else ""
        _mark_initial(first, marks, letter, f"initial{deep}")
    return write_fragment(holder)


def _begin(paragraph: etree._Element) -> etree._Element:
    """The element with which the text of a paragraph begins: itself, or what is set another way from there on."""
    first = paragraph
    while not first.text and len(first) and first[0].tag in _PASSED:
        first = first[0]
    return first


def _mark_initial(first: etree._Element, marks: str, letter: str, name: str) -> None:
    rest = (first.text or "")[len(marks) + len(letter) :]
    initial = etree.Element("span", {"class": name})
    if marks:
        mark = etree.SubElement(initial, "span", {"class": "mark"})
        mark.text, mark.tail = marks, letter
    else:
        initial.text = letter
    first.text, initial.tail = None, rest
    first.insert(0, initial)


def initial_of(text: str) -> tuple[str, str]:
    """The quotation marks that a text begins with, and its first letter with its accents.

    Both are empty where no capital comes first: a dash of dialogue, a figure, a script without capitals.
    """
    end = 0
    while end < len(text) and (unicodedata.category(text[end]) in _QUOTES or text[end] in "\"'¿¡ \u00a0\u202f\u2009"):
        end += 1
    if end == len(text) or unicodedata.category(text[end]) not in ("Lu", "Lt"):
        return "", ""
    after = end + 1
    while after < len(text) and unicodedata.category(text[after]) == "Mn":
        after += 1
    return text[:end], text[end:after]
