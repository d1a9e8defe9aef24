"""Found words: whether the words of a finished PDF can be searched for, copied and read aloud as they were written."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, pairwise

from pressroom.design import Unit
from pressroom.errors import Finding, Place, warning
from pressroom.manuscript import words_of

_LEAST_WORDS = 8
"""Of fewer words nothing is said: running heads and dates stand on pages of other texts, too."""
_MOST_OTHERS = 0.5
_BEGINNING = 4
"""How many times the letters of a page's different words are read of its unit: words come again, spaces part them."""
_SHOWN = 5


def words_unfound(edition: str, pages: Iterable[tuple[Unit, str]]) -> Iterator[Finding]:
    """Are the words that a reader finds on a page of a chapter words of that chapter, in every script?

    A font may tell other letters than it draws, or have them turned around; the page looks right, and nobody can search
    it, copy it or have it read aloud. `pages` are pages of the finished file, as a reader has their texts.
    """
    told = set[tuple[str, str]]()
    for _, of_unit in groupby(pages, key=lambda page: page[0].id):
        units, texts = zip(*of_unit, strict=True)
        for script, missed in _missed(list(map(_by_script, texts)), units[0]).items():
            if (units[0].source, script) not in told:
                told.add((units[0].source, script))
                yield _finding(edition, units[0], script, missed)


def _missed(pages: Sequence[Mapping[str, list[str]]], unit: Unit) -> Mapping[str, list[str]]:
    """By script, the words of the first page most of whose words were not written. `pages` has their words by script.

    They are mostly those with which the unit begins: the rest of a long chapter is read only where some are missed.
    """
    text = " ".join(unit.document.root.itertext())
    letters = sum(len(term) for page in pages for terms in page.values() for term in terms)
    return _missed_in(text[: letters * _BEGINNING], pages) and _missed_in(text, pages)


def _missed_in(text: str, pages: Iterable[Mapping[str, list[str]]]) -> Mapping[str, list[str]]:
    written = {*_terms(text)}
    found: dict[str, list[str]] = {}
    for script, terms in chain.from_iterable(page.items() for page in pages):
        missed = [term for term in terms if term not in written]
        if len(terms) >= _LEAST_WORDS and len(missed) > len(terms) * _MOST_OTHERS:
            found.setdefault(script, missed)
    return found


def _finding(edition: str, unit: Unit, script: str, missed: list[str]) -> Finding:
    shown = " ".join(missed[:_SHOWN]) + (" …" if len(missed) > _SHOWN else "")
    why = f"In “{edition}”, Chrome and Edge find other {script} words than were written here, such as “{shown}”. "
    why += "Nobody can search for what was written, or copy it."
    remedy = "Take another font for this script: put its files into assets/fonts, and name it under fonts."
    return warning("words-unfound", Place(unit.source or f"the edition “{edition}”"), why, remedy)


def _by_script(text: str) -> Mapping[str, list[str]]:
    """The words of a text by their scripts, each once."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for term in _terms(text):
        found[_script(term[0])][term] = None
    return {script: [*terms] for script, terms in found.items()}


def _terms(text: str) -> Iterator[str]:
    """The words of three letters and more, and every two letters that follow each other in scripts without spaces."""
    words = words_of(text)
    yield from (word for word in words if len(word) > 2 and not word.isdigit())
    single = (len(one) == len(two) == 1 and one.isalpha() and two.isalpha() for one, two in pairwise(words))
    yield from (one + two for (one, two), is_pair in zip(pairwise(words), single, strict=True) if is_pair)


def _script(letter: str) -> str:
    """The script of a letter, as Unicode calls it: Arabic, Latin."""
    return unicodedata.name(letter, "").partition(" ")[0].capitalize()
