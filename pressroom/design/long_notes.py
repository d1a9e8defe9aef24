"""Long notes: those for which the foot of a page has no room, so that they stand in the text, after their paragraph.

The page engine parts no note over two pages: one that is longer than a page would be printed over the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lxml import etree

from pressroom.design.grid import Paper
from pressroom.xhtml import XHTML, XhtmlDocument, text_of

LONG = "long"
"""The class of such a note."""
_SHARE = 0.5
"""The part of a page that a note may fill at its foot."""
_LETTERS = 3.6
"""Letters of the type of notes in a unit of the measure: an estimate."""
_LEADING = 0.75
"""From one line of notes to the next, in units."""
_NEAR = 150
"""Letters of text, about two lines, whose notes must have room together, since the first lines stay together."""
_TOGETHER = 1.4
"""How much more than one may be long all notes may be that are called together."""
_BLOCK = 40
"""Letters that an end of a paragraph, a list item or a row costs: the rest of its line."""
_BLOCKS = frozenset(f"{XHTML}{name}" for name in ("p", "li", "tr", "dt", "dd", "pre"))


def note_letters(paper: Paper) -> int:
    """The letters of the longest note that stands at the foot of a page."""
    return int(_SHARE * paper.lines / _LEADING * paper.column * _LETTERS)


def with_long_notes(document: XhtmlDocument, letters: int) -> XhtmlDocument:
    """A page on which notes are marked as long: those of more than so many letters, and the longest of those that are
    called together and have no room together. None is if the number is 0.
    """
    found = set(_long(document.root, letters)) if letters else set()
    if not found:
        return document
    root = document.copy()
    for note in notes_of(root):
        if note.get("id") in found:
            note.set("class", f"{note.get('class')} {LONG}")
    return XhtmlDocument.of(root)


def notes_of(root: etree._Element) -> Iterator[etree._Element]:
    """The notes of a page."""
    return (aside for aside in root.iter(f"{XHTML}aside") if "note" in aside.get("class", "").split())


def _long(root: etree._Element, letters: int) -> Iterator[str]:
    """The ids of the long notes."""
    lengths = {str(note.get("id")): _length(note) for note in notes_of(root)}
    together: dict[str, int] = {}
    begun = 0
    for id, at in _calls(root, lengths):
        if lengths[id] > letters:
            yield id
            continue
        if at - begun > _NEAR:
            together, begun = {}, at
        together[id] = lengths[id]
        while sum(together.values()) > letters * _TOGETHER:
            yield (longest := max(together, key=lambda one: together[one]))
            del together[longest]


def _calls(root: etree._Element, notes: Collection[str]) -> Iterator[tuple[str, int]]:
    """The first call of each note, with the number of letters before it."""
    called, letters = set[str](), 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start" and isinstance(element.tag, str):
            id = str(element.get("href"))[1:]
            if element.get("class") == "noteref" and id in notes and id not in called:
                called.add(id)
                yield id, letters
            letters += len(element.text or "")
        elif event == "end":
            letters += len(element.tail or "")


def _length(note: etree._Element) -> int:
    return len(text_of(note)) + _BLOCK * sum(1 for element in note.iter() if element.tag in _BLOCKS)
