"""Openings: prepares the first paragraph of a chapter for a drop capital or a first line in small capitals.

CSS cannot select the first letter reliably, because of quotation marks, accents, and scripts without capitals. So the
paragraph gets a class and its first letter a span, for style sheets to use or ignore.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from pressroom.publication import Block, Box, Figure, Gallery, Prose
from pressroom.xhtml import read_fragment, text_of, write_fragment

SHORTEST = 260
"""The least letters of a paragraph with a drop capital: they fill the lines beside it, and one more line."""
DEEPEST = 0.09
"""The greatest descent of a drop capital, in ems, that does not touch the next line."""
_PASSED = frozenset(["strong", "span", "abbr", "bdi", "b", "a"])
"""Elements in which a paragraph's first letter may be; the call of a note is none of them."""
_QUOTES = ("Pi", "Pf", "Ps")
"""Categories of Unicode: opening and closing quotation marks (which of them opens differs by language), brackets."""


def with_opening(blocks: tuple[Block, ...], depth: Callable[[str], float]) -> tuple[Block, ...]:
    """A chapter's blocks with the first paragraph marked, if only pictures, epigraphs and quotations are before it.

    `depth` returns the descent of a letter below the baseline, in ems.
    """
    for n, block in enumerate(blocks):
        if isinstance(block, Prose) and not block.xhtml.lstrip().startswith("<blockquote"):
            return (*blocks[:n], replace(block, xhtml=_opened(block.xhtml, depth)), *blocks[n + 1 :])
        if not (isinstance(block, Prose | Figure | Gallery) or (isinstance(block, Box) and block.kind == "epigraph")):
            break
    return blocks


def _opened(xhtml: str, depth: Callable[[str], float]) -> str:
    """A paragraph with the class `first`, and with a marked initial if it has one and is long enough."""
    holder = read_fragment(xhtml)
    paragraph = holder[0] if len(holder) else holder
    if paragraph.tag != "p" or "class" in paragraph.attrib or holder.text:
        return xhtml
    paragraph.set("class", "first")
    owner, after = _begin(paragraph)
    text = (owner.text if after is None else after.tail) or ""
    marks, letter = initial_of(text)
    if letter and len(text_of(paragraph)) >= SHORTEST:
        deep = " deep" if depth(unicodedata.normalize("NFC", letter)) > DEEPEST else ""
        _mark_initial(owner, after, marks, letter, f"initial{deep}")
    return write_fragment(holder)


def _begin(element: etree._Element) -> tuple[etree._Element, etree._Element | None]:
    """The element that holds the first letter of a paragraph, and its child after which that stands, if any does: the
    paragraph itself, or an inline element at its start. Places without words, to which links lead, are passed over.
    """
    if element.text:
        return element, None
    for child in element:
        if text_of(child):
            is_passed = child.tag in _PASSED and child.get("class") != "noteref"
            return _begin(child) if is_passed else (element, None)
        if child.tail:
            return element, child
    return element, None


def _mark_initial(owner: etree._Element, after: etree._Element | None, marks: str, letter: str, name: str) -> None:
    text = (owner.text if after is None else after.tail) or ""
    initial = etree.Element("span", {"class": name})
    if marks:
        mark = etree.SubElement(initial, "span", {"class": "mark"})
        mark.text, mark.tail = marks, letter
    else:
        initial.text = letter
    rest = text[len(marks) + len(letter) :]
    if after is None:
        owner.text, initial.tail = None, rest
    else:  # first nevertheless: the page engine sets no capital of three lines behind something in a line
        after.tail = rest
    owner.insert(0, initial)


def initial_of(text: str) -> tuple[str, str]:
    """The quotation marks at the start of a text, and its first letter with its accents.

    Both are empty if the first letter is not a capital: a dialogue dash, a digit, a script without capitals.
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
