"""Lines of code: each line of a block is an element of its own, so that one which is turned over can show it.

On a page with a known measure, lines are turned over here: all letters have one width. What is turned over has the
class `turned`, and the style sheet draws a sign before it: no letter, so that it is not in the text that is copied.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree

from pressroom.design.grid import Paper
from pressroom.publication.measures import PT_PER_MM
from pressroom.xhtml import XHTML, XhtmlDocument

LINE, TURNED = "code-line", "code-line turned"
SMALLEST, SIZE = 8.5, 0.6
"""The size of code: in pt at least, and in units. `--code` in page.css is the same."""
ADVANCE = 0.602
"""The width of a letter in ems: DejaVu Sans Mono has the widest of the families that code is set in."""
_HANG = 3
"""Letters by which a line stands in that is turned over."""
_NESTED = 3.0
"""Units by which a list or a quotation makes the measure narrower, at most."""
_FEWEST = 16
"""The least letters of a line, whatever the measure."""
_TAB = 8
_PLACE = re.compile(r"(?<=[ \t])(?=\S)|(?<=[,;/&|=:.)\]}])(?=\w)|(?<=\w-)(?=\w)")
"""Where a line is best turned over: before a word, or after a mark."""


def code_letters(paper: Paper) -> int:
    """How many letters of code a line of the text's measure holds."""
    unit = paper.unit * PT_PER_MM
    return int(paper.column * unit / (ADVANCE * max(SMALLEST, SIZE * unit)))


def with_code_lines(document: XhtmlDocument, letters: int = 0) -> XhtmlDocument:
    """A page whose blocks of code are lines; those of more than `letters` are turned over, unless it is 0."""
    if next(_plain_blocks(document.root), None) is None:
        return document
    root = document.copy()
    for block, holder in list(_plain_blocks(root)):
        measure = letters and _measure(block, letters)
        pieces = list(_pieces((holder.text or "").removeprefix("\n"), measure))
        if measure:
            block.set("style", f"--code-lines: {len(pieces)}")
        holder.text = None
        for text, name in pieces:
            line = etree.SubElement(holder, f"{XHTML}span", {"class": name})
            line.text = text
    return XhtmlDocument.of(root)


def _plain_blocks(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Every block of code with the element that holds its text; not those with elements in their text."""
    for block in root.iter(f"{XHTML}pre"):
        holder = block[0] if len(block) == 1 and not (block.text or "").strip() else block
        is_code = holder is block or (holder.tag == f"{XHTML}code" and not (holder.tail or "").strip())
        if is_code and not len(holder) and (holder.text or "").strip():
            yield block, holder


def _measure(block: etree._Element, letters: int) -> int:
    """The letters of a line of a block, which may stand in a list or a quotation; 0 in a cell of unknown width."""
    around = [str(element.tag).removeprefix(XHTML) for element in block.iterancestors()]
    if "td" in around or "th" in around:
        return 0
    nested = sum(name in ("ul", "ol", "blockquote", "dd") for name in around)
    return max(_FEWEST, int(letters - nested * _NESTED / (ADVANCE * SIZE)))


def _pieces(text: str, letters: int) -> Iterator[tuple[str, str]]:
    """The lines as they are set, with their classes; line ends stay with the lines."""
    for line in text.splitlines(keepends=True):
        name, begin, room = LINE, 0, letters
        while letters and (end := _place(line, begin, room)):
            yield line[begin:end], name
            name, begin, room = TURNED, end, letters - _HANG
        yield line[begin:], name


def _place(line: str, begin: int, room: int) -> int:
    """Where a line is turned over: at the last good place in its second half, or where it is full; 0 if it fits."""
    full = _full(line, begin, room)
    if not full or not line[full:].strip():
        return 0
    if line[full] in " \t":  # it hangs over the edge, where nobody sees it
        return full + len(line[full:]) - len(line[full:].lstrip(" \t"))
    places = (found.start() for found in _PLACE.finditer(line, (begin + full) // 2 + 1, full + 1))
    return max((place for place in places if place <= full), default=full)


def _full(line: str, begin: int, room: int) -> int:
    """The first letter of a line that has no room, from a letter on; 0 if all have room (widths as in UAX 11)."""
    width = 0
    for at in range(begin, len(line)):
        letter = line[at]
        if letter == "\t":
            width += _TAB - width % _TAB
        elif letter != "\n" and not unicodedata.combining(letter):
            width += 1 + (unicodedata.east_asian_width(letter) in "WF")
        if width > room:
            return at
    return 0
