"""Pagination: finds the places in the ebook at which the pages of a print edition begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import chain, pairwise

from pressroom.design.composition import NAVIGATION, Composition
from pressroom.design.letters import PICTURE, Letters, letters_of

_Piece = tuple[range, str]
"""A range of letters, and their text."""
_SHORT = 3
"""Words of at most this many letters are too common to identify a place."""


@dataclass(frozen=True)
class PrintPage:
    """A printed page with text or pictures of a unit."""

    folio: str
    unit: str
    """The id of the unit."""
    letters: tuple[range, ...]
    """The unit's letters on the page; a word that begins on the page before counts as a whole."""


@dataclass(frozen=True)
class PageBreak:
    """The place in the ebook at which a print page begins."""

    folio: str
    unit: str
    letter: int
    """Index of the letter of the unit before which the page begins; the number of letters at the end."""


@dataclass(frozen=True)
class PageList:
    """The pages of a print edition that an ebook marks."""

    source: str
    """The identifier of the print edition."""
    breaks: tuple[PageBreak, ...]
    """Breaks in the order of the pages."""
    letters: Mapping[str, Letters] = field(default_factory=dict)
    """The letters of the ebook's units, as the breaks count them, by the ids of the units."""


def page_list(pages: Sequence[PrintPage], printed: Composition, ebook: Composition) -> PageList:
    """The places in an ebook at which the pages of a print edition begin; pages with no content of it are left out."""
    documents = {unit.id: unit.document for unit in ebook.units}
    letters = {unit.id: letters_of(documents[unit.id]) for unit in printed.units if unit.id in documents}
    breaks: list[PageBreak] = []
    for unit in printed.units:
        mine = [page for page in pages if page.unit == unit.id]
        if unit.id in letters:
            shown = letters[unit.id]
            found = places(mine, counterparts(letters_of(unit.document), shown), shown)
            breaks += [PageBreak(folio, unit.id, letter) for folio, letter in found]
        elif unit.kind == "contents" and mine and ebook.navigation:  # a list of links, which allows no markers
            breaks.append(PageBreak(mine[0].folio, NAVIGATION, 0))
    return PageList(printed.publication.settings.identifier(printed.name), tuple(breaks), letters)


# ---- letters of print and letters of the ebook


def counterparts(printed: Letters, shown: Letters) -> dict[int, int]:
    """Maps letters of print to letters of the ebook: compares paragraphs, and words in paragraphs that differ."""
    pairs = _equal(_pieces(printed, printed.blocks), _pieces(shown, shown.blocks), printed, shown)
    return dict(chain.from_iterable(zip(a, b, strict=True) for a, b in pairs))


def _pieces(letters: Letters, starts: Sequence[int], within: range | None = None) -> list[_Piece]:
    within = within or range(len(letters.text))
    edges = [*(n for n in starts if n in within), within.stop]
    return [(range(a, b), letters.text[a:b] + letters.figures.get(a, "")) for a, b in pairwise(edges)]


def _equal(
    ours: Sequence[_Piece], theirs: Sequence[_Piece], printed: Letters, shown: Letters, *, by_words: bool = False
) -> Iterator[tuple[range, range]]:
    """The pieces that occur in both texts, in their order."""
    a, b = ([text for _, text in pieces] for pieces in (ours, theirs))
    if a == b:
        yield from ((one[0], other[0]) for one, other in zip(ours, theirs, strict=True))
        return
    matcher = SequenceMatcher(_is_short, a, b, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield from ((one[0], other[0]) for one, other in zip(ours[i:j], theirs[k:m], strict=True))
        elif tag == "replace" and not by_words:
            here = _pieces(printed, printed.words, range(ours[i][0].start, ours[j - 1][0].stop))
            there = _pieces(shown, shown.words, range(theirs[k][0].start, theirs[m - 1][0].stop))
            yield from _equal(here, there, printed, shown, by_words=True)


def _is_short(text: str) -> bool:
    return len(text) <= _SHORT and not text.startswith(PICTURE)


# ---- the beginnings of pages


def places(pages: Sequence[PrintPage], way: Mapping[int, int], shown: Letters) -> list[tuple[str, int]]:
    """The folio of each page with the letter in the ebook's unit before which it begins; the letters never decrease.

    Print may move text before a picture. Text decides: every word comes after the marker of its page. A page begins
    with a picture if no text of an earlier page follows the picture; otherwise it begins where the text of earlier
    pages ends. The first page begins with the unit; a page with no content of the unit is left out.
    """
    here = [[way[n] for letters in page.letters for n in letters if n in way] for page in pages]
    text = [[letter for letter in letters if letter not in shown.in_figures] for letters in here]
    following = _following(text, len(shown.text)) if shown.text else []
    found, reached, place = [], 0, 0
    for page, letters, words, next_text in zip(pages, here, text, following, strict=False):
        if letters and page is not pages[0]:
            place = max(place, min((n for n in letters if reached <= n <= next_text), default=min(reached, next_text)))
        if letters or page is pages[0]:
            found.append((page.folio, place))
        reached = max([reached, *(letter + 1 for letter in words)])
    return found


def _following(text: Sequence[Sequence[int]], end: int) -> list[int]:
    """For each page, the first letter of text on it or on a later one; if there is none, the end."""
    found, first = list[int](), None
    for letters in reversed(text):
        first = min([*letters, *([] if first is None else [first])], default=None)
        found.append(end if first is None else first)
    return found[::-1]
