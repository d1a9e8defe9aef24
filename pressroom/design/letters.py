"""Letters: the text of a unit in reading order, letter by letter, counted alike in print and ebook.

White space and soft hyphens do not count, nor do notes and their calls, whose places differ between print and ebook. A
picture counts as one letter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from pressroom.xhtml import XhtmlDocument

PICTURE = "\ufffc"
"""The letter that represents a picture: Unicode’s object replacement character."""
INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em i ins kbd label mark q rb rp rt ruby s samp small span strong sub sup"
    " time u var wbr".split()
)
"""Elements that do not separate words (inline elements)."""
_PICTURES = frozenset(["audio", "canvas", "iframe", "img", "math", "object", "svg", "video"])
_SILENT = frozenset(["head", "script", "style", "template"])
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
"""Characters that a typesetting engine may drop."""
_SOFT = dict.fromkeys(map(ord, _INVISIBLE))
LETTER = re.compile(rf"[^\s{_INVISIBLE}]")
"""A character that counts."""


@dataclass(frozen=True)
class TextRun:
    """A text between two tags, or a picture."""

    owner: int
    """The number of the text’s parent element, or of the picture, as `elements` counts them."""
    first: int
    """Number of its first letter."""
    text: str
    after: int | None = None
    """The index of the child of its parent that it follows; None for the text before all children."""


@dataclass(frozen=True)
class Letters:
    """The letters of a unit in reading order; they hold for every copy of its tree."""

    text: str
    runs: tuple[TextRun, ...]
    words: tuple[int, ...]
    """Indices of the first letters of words."""
    blocks: tuple[int, ...]
    """Indices of the first letters of paragraphs, headings, cells and the like."""
    in_figures: frozenset[int]
    """Letters of pictures and their captions, which print may move past the text."""
    figures: Mapping[int, str]
    """The ids of the figures of pictures, by the pictures’ letters: all pictures are the same letter."""

    @cached_property
    def owned(self) -> dict[int, list[int]]:
        """The letters directly in each element, by its number."""
        owned: dict[int, list[int]] = {}
        for run in self.runs:
            owned.setdefault(run.owner, []).extend(range(run.first, run.first + len(kept(run.text))))
        return owned

    def word_at(self, letter: int) -> int:
        """The first letter of the word that a letter belongs to."""
        return self.words[bisect_right(self.words, letter) - 1] if self.words else letter


def letters_of(document: XhtmlDocument) -> Letters:
    """The letters of a whole document."""
    return read(document.root)


def read(root: etree._Element) -> Letters:
    """The letters of a parsed document, in any namespace or none."""
    reader = _LetterReader({element: n for n, element in elements(root)})
    reader.read(root, in_figure=False)
    return Letters(
        "".join(reader.parts),
        tuple(reader.runs),
        tuple(reader.words),
        tuple(reader.blocks),
        frozenset(reader.apart),
        reader.figures,
    )


def elements(root: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """The elements of a document with their numbers."""
    return enumerate(root.iter("*"))


def kept(text: str) -> str:
    """A text without white space and invisible characters."""
    return "".join(text.translate(_SOFT).split())


def name_of(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def is_picture(element: etree._Element) -> bool:
    """Whether an element counts as one picture, whatever it contains."""
    return name_of(element) in _PICTURES or element.get("class") == "picture"


def is_silent(element: etree._Element) -> bool:
    """Whether an element is not counted: notes, their calls, and invisible elements."""
    classes = str(element.get("class", ""))
    if name_of(element) in ("a", "aside"):
        return not {"note", "noteref"}.isdisjoint(classes.split())
    return name_of(element) in _SILENT or classes == "notes"


@dataclass
class _LetterReader:
    """Reads a document from its first letter to its last."""

    numbers: dict[etree._Element, int]
    parts: list[str] = field(default_factory=list)
    """The letters of words, and of parts of words."""
    count: int = 0
    """The number of letters so far."""
    runs: list[TextRun] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    apart: set[int] = field(default_factory=set)
    figures: dict[int, str] = field(default_factory=dict)
    new_word: bool = True
    new_block: bool = True

    def read(self, element: etree._Element, *, in_figure: bool) -> None:
        """Read an element and its content."""
        if not isinstance(element.tag, str) or is_silent(element):
            return
        parts = name_of(element) not in INLINE
        self.new_block |= parts
        in_figure = in_figure or name_of(element) == "figure" or is_picture(element)
        number = self.numbers[element]
        if is_picture(element):
            self._note_figure(element.getparent())
            self._add(TextRun(number, self.count, PICTURE), in_figure=True)
        else:
            self._add(TextRun(number, self.count, element.text or ""), in_figure=in_figure)
            for n, child in enumerate(element):
                self.read(child, in_figure=in_figure)
                self._add(TextRun(number, self.count, child.tail or "", after=n), in_figure=in_figure)
        self.new_block |= parts

    def _note_figure(self, around: etree._Element | None) -> None:
        if around is not None and name_of(around) == "figure":
            self.figures[self.count] = str(around.get("id", ""))

    def _add(self, run: TextRun, *, in_figure: bool) -> None:
        seen = run.text.translate(_SOFT)
        self.new_word |= seen[:1].isspace()
        for word in seen.split():
            self._add_word(word)
            self.new_word = True  # white space follows, or the text ends
        if self.count > run.first:
            self.new_word = seen[-1].isspace()
            self.runs.append(run)
            self.apart.update(range(run.first, self.count) if in_figure else ())

    def _add_word(self, word: str) -> None:
        """Add the letters of a word, or of the rest of one that began in another element."""
        if self.new_block:
            self.blocks.append(self.count)
        if self.new_word or self.new_block:
            self.words.append(self.count)
        self.new_word = self.new_block = False
        self.parts.append(word)
        self.count += len(word)
