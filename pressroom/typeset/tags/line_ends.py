"""Line ends: finds lines that end with a word but without a space, and lines that end within a hyphenated word.

On the page a line ends without a space, and a broken word ends with a hyphen. Text that is read out or copied needs the
space and not the hyphen (ISO 32000-1, 14.8.2.2.3 and 14.8.2.5). The document has the text before it was broken.
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
_SPACES = re.compile(r"\s+")
_APART = 0.2
"""The least gap that counts as a space, as a share of the height of a piece."""


def line_ends(nodes: Sequence[TagNode], source: TaggedUnit) -> Iterator[tuple[MarkedContent, End]]:
    """The pieces that lack a space at their end, or end with a hyphen that is not in the text."""
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
    before, after = _plain(piece.text), _plain(following.text)
    if before[-1:] in ("", " ") or after[:1] in ("", " "):
        return None  # white space is there already
    if piece.part or following.part:
        return "word"  # generated content of a style sheet
    last, first = before[max(before.rfind(" "), 0) :], "".join(after.partition(" ")[:2])
    if last[-1] in _HYPHENS and last[:-1] + first in text:
        return "broken"
    return None if last + first in text else "word"


def _parted(piece: MarkedContent, following: MarkedContent) -> bool:
    """Whether two pieces are on different lines, or apart on one line like a title and its page in the contents."""
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
    return _SPACES.sub(" ", text.replace("\u00ad", "")).casefold()
