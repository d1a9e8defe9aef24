"""Ends of lines: where a word ends that has no space after it on the page, and where one is only broken.

A line ends without a space, and a broken word with a hyphen of its own. Whoever hears the text, or copies it, needs the
space, and no hyphen (ISO 32000-1, 14.8.2.2.3 and 14.8.2.5). What was there before the lines is asked of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from pressroom.typeset.elements import DocumentElement
from pressroom.typeset.tags.tagged_unit import TaggedUnit, is_block
from pressroom.typeset.tags.tree import MarkedContent, TagNode, pieces

End = Literal["word", "broken"]
_HYPHENS = "-\u2010"
_APART = 0.2
"""Share of a piece’s height: a gap that reads as a space."""
_FIRST = re.compile(r"\S+\s?")
_LAST = re.compile(r"\s?\S+$")


def line_ends(nodes: Sequence[TagNode], source: TaggedUnit) -> Iterator[tuple[MarkedContent, End]]:
    """The pieces at whose ends a space is missing, or a hyphen stands that is no letter of the text."""
    texts: dict[DocumentElement, str] = {}
    for piece, following in pairwise(pieces(tuple(nodes))):
        block = _block(piece, source)
        if block is None or block is not _block(following, source) or not _parted(piece, following):
            continue
        if block not in texts:
            texts[block] = _plain("".join(_words(block)))
        end = _end(piece, following, texts[block])
        if end:
            yield piece, end


def _end(piece: MarkedContent, following: MarkedContent, text: str) -> End | None:
    last, first = _LAST.search(_plain(piece.text)), _FIRST.match(_plain(following.text))
    if last is None or first is None:
        return None  # white is there already
    if piece.part or following.part:
        return "word"  # words of a style sheet
    if last[0][-1] in _HYPHENS and last[0][:-1] + first[0] in text:
        return "broken"
    return None if last[0] + first[0] in text else "word"


def _parted(piece: MarkedContent, following: MarkedContent) -> bool:
    """Whether pieces stand on two lines, or apart on one, as a title and its page do in the contents."""
    if piece.is_picture or following.is_picture:
        return False
    left, bottom, right, top = piece.rect
    next_left, next_bottom, next_right, next_top = following.rect
    if piece.sheet != following.sheet or not next_bottom <= (bottom + top) / 2 <= next_top:
        return True
    return max(next_left - right, left - next_right) > _APART * (top - bottom)


def _block(piece: MarkedContent, source: TaggedUnit) -> DocumentElement | None:
    element = source.element(piece)
    if element is not None and piece.part == "footnote-call":
        element = source.parents[element]
    while element is not None and not is_block(element):
        element = source.parents.get(element)
    return element


def _words(element: DocumentElement) -> Iterator[str]:
    yield element.text
    for child in element:
        yield from " " if child.tag == "br" else _words(child)
        yield child.tail


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).casefold()
