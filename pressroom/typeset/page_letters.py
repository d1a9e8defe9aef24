"""Page letters: which letters of the manuscript stand on which page, by comparing source and laid-out text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from pressroom.design.letters import PICTURE, Letters, elements, kept, letters_of, read
from pressroom.typeset.boxes import LaidBox, PageBoxes
from pressroom.typeset.elements import LETTERS, SEEN
from pressroom.xhtml import XhtmlDocument

_HYPHENS = ("-", "\u2010")
TYPOGRAPHIC = frozenset(["first-letter", "first-line"])
"""Pseudo-elements with text of the manuscript; the text of others comes from the style sheet."""


def number_letters(root: etree._Element) -> None:
    """Mark each element of a unit with the number of its letters' owner, so that boxes can be matched with it."""
    numbered = dict(elements(root))
    for run in read(root).runs:
        numbered[run.owner].set(SEEN if run.text == PICTURE else LETTERS, str(run.owner))


def letters_on(document: XhtmlDocument, pages: Sequence[PageBoxes]) -> Iterator[tuple[range, ...]]:
    """For each page of a unit, which letters of its document stand on it."""
    letters = letters_of(document)
    texts = {owner: _ElementText(letters, numbers) for owner, numbers in letters.owned.items()}
    for page in pages:
        here: set[int] = set()
        for owner, text in page_texts(page):
            here |= texts[owner].take(text) if owner in texts else set()
        parted = {letter for element in texts.values() for letter in element.parted}
        yield tuple(_ranges(letters, here, parted))


def page_texts(page: PageBoxes) -> Iterator[tuple[int, str]]:
    """The text of a page, line by line, with the numbers of the elements that own it.

    A picture has an empty text. Margins, notes and text that a style sheet adds are left out.
    """
    for box in page.boxes:
        if box.kind not in ("margin", "notes"):
            yield from _texts(page, box)


def _texts(page: PageBoxes, box: LaidBox) -> Iterator[tuple[int, str]]:
    element = page.element(box)
    if box.part and box.part not in TYPOGRAPHIC:
        return
    if element is not None and element.get(SEEN):
        yield int(element.get(SEEN)), ""
        return
    if element is not None and element.get(LETTERS) and box.kind == "text":
        yield int(element.get(LETTERS)), box.text
    for child in box.children:
        yield from _texts(page, child)


class _ElementText:
    """Matches an element's source text to its laid-out text, in order. Case is ignored, since styles may change it."""

    def __init__(self, letters: Letters, numbers: Sequence[int]) -> None:
        self.is_picture = letters.text[numbers[0]] == PICTURE
        self.folded = "".join(letters.text[n].casefold() for n in numbers)
        self.numbers = [n for n in numbers for _ in letters.text[n].casefold()]
        self.done = 0
        self.parted: list[int] = []
        """The letters before which the layout has hyphenated a word."""

    def take(self, text: str) -> set[int]:
        """The source letters of the next laid-out text; none for a repeated table head."""
        if self.is_picture:
            return set(self.numbers)
        new = kept(text).casefold()
        if not self.folded.startswith(new, self.done) and self.folded.startswith(new[:-1], self.done) and new[1:]:
            new = new[:-1]
            self.parted.append(self.numbers[self.done + len(new) - 1] + 1)
        begin, self.done = self.done, self.done + len(new)
        return set(self.numbers[begin : self.done])


def _ranges(letters: Letters, here: set[int], parted: set[int]) -> Iterator[range]:
    """Letters as ranges. A range that begins inside a hyphenated word is extended to its beginning."""
    for first in sorted(n for n in here if n - 1 not in here):
        last = first
        while last + 1 in here:
            last += 1
        is_parted = first in parted or letters.text[first - 1 : first] in _HYPHENS
        yield range(letters.word_at(first) if is_parted else first, last + 1)
