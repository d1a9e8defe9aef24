"""Page letters: which letters of the manuscript stand on which page, by comparing source and laid-out text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from pressroom.design.letters import PICTURE, Letters, kept, letters_of, read
from pressroom.design.pagination import PrintPage
from pressroom.typeset.boxes import LaidBox, PageBoxes
from pressroom.typeset.elements import LETTERS, SEEN
from pressroom.typeset.units import Laid, folio

_HYPHENS = ("-", "\u2010")
_TYPOGRAPHIC = frozenset(["first-letter", "first-line"])
"""Pseudo-elements whose text is the manuscript's, and not the style sheet's."""


def number_letters(root: etree._Element) -> None:
    """Have each element of a unit say whose letters stand in it, so that they are known again on the pages."""
    for run in read(root).runs:
        element = run.element.getparent() if run.is_tail else run.element
        assert element is not None
        element.set(SEEN if run.text == PICTURE else LETTERS, str(run.owner))


def pages_of(laid: Sequence[Laid]) -> Iterator[PrintPage]:
    """The pages of units that have been laid out, blank ones left out."""
    for one in laid:
        letters = letters_of(one.unit.document)
        hand = {owner: _ElementText(letters, numbers) for owner, numbers in letters.owned.items()}
        for n, page in enumerate(one.sheets):
            here: set[int] = set()
            for owner, text in page_texts(page):
                here |= hand[owner].take(text) if owner in hand else set()
            parted = {letter for setting in hand.values() for letter in setting.parted}
            yield PrintPage(folio(one.unit, one.first + n), one.unit.id, tuple(_ranges(letters, here, parted)))


def page_texts(page: PageBoxes) -> Iterator[tuple[int, str]]:
    """The text of a page, line by line: whose letters they are, and the letters as they are set.

    A picture has no text. What stands in margins and notes, and what a style sheet adds, is passed over.
    """
    for box in page.boxes:
        if box.kind not in ("margin", "notes"):
            yield from _texts(page, box)


def _texts(page: PageBoxes, box: LaidBox) -> Iterator[tuple[int, str]]:
    element = page.element(box)
    if box.part and box.part not in _TYPOGRAPHIC:
        return
    if element is not None and element.get(SEEN):
        yield int(element.get(SEEN)), ""
        return
    if element is not None and element.get(LETTERS) and box.kind == "text":
        yield int(element.get(LETTERS)), box.text
    for child in box.children:
        yield from _texts(page, child)


class _ElementText:
    """The letters that stand directly in one element, as they come to be set. Their case may be another on the page."""

    def __init__(self, letters: Letters, numbers: Sequence[int]) -> None:
        self.is_picture = letters.text[numbers[0]] == PICTURE
        self.folded = "".join(letters.text[n].casefold() for n in numbers)
        self.numbers = [n for n in numbers for _ in letters.text[n].casefold()]
        self.done = 0
        self.parted: list[int] = []
        """The letters before which a word is parted by a hyphen that the manuscript does not have."""

    def take(self, text: str) -> set[int]:
        """The letters that a text on the page stands for. A head of a table that comes again stands for none."""
        if self.is_picture:
            return set(self.numbers)
        said = kept(text).casefold()
        if not self.folded.startswith(said, self.done) and self.folded.startswith(said[:-1], self.done) and said[1:]:
            said = said[:-1]
            self.parted.append(self.numbers[self.done + len(said) - 1] + 1)
        begin, self.done = self.done, self.done + len(said)
        return set(self.numbers[begin : self.done])


def _ranges(letters: Letters, here: set[int], parted: set[int]) -> Iterator[range]:
    """Letters as ranges, each from the beginning of its first word if that is parted at a hyphen."""
    for first in sorted(n for n in here if n - 1 not in here):
        last = first
        while last + 1 in here:
            last += 1
        is_parted = first in parted or letters.text[first - 1 : first] in _HYPHENS
        yield range(letters.word_at(first) if is_parted else first, last + 1)
