"""Parting words: the letters before which a word may be parted, by the patterns of its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pyphen

from pressroom.language.bcp47 import primary_subtag
from pressroom.typeset.engine.custom_properties import whole_numbers_of

_WORD = re.compile(r"(?<![^\s(\[“‘«„\"'’—–-])[^\W\d_]+(?:[’'][^\W\d_]+)*(?=[)\]”’»\"'.,;:!?…]*(?:\s|$|—|–|-))")
"""A word in running text. What stands in an address or in a formula is none."""
_THREE_AFTER = frozenset(["cs", "en", "et", "fr", "pt", "sk"])
"""Languages that never leave two letters for the next line, whatever else a line costs; the others do (hyph-utf8)."""


def parting_points(text: str, style: Any) -> frozenset[int]:
    """The letters before which a word of a text may be parted, by the rules of its language."""
    return frozenset(_all_points(text, style, style["hyphenate_limit_chars"]))


def spare_points(text: str, style: Any) -> frozenset[int]:
    """The same, with as few letters on either line as the layout allows in need, and the language ever."""
    limits = spare_limits(style)
    return frozenset(_all_points(text, style, limits)) if limits else frozenset()


def spare_limits(style: Any) -> tuple[int, ...]:
    """The letters of the shortest word that is parted in need, of its beginning and of its end; none where none is."""
    limits = whole_numbers_of(style, "--hyphenate-spare")
    if len(limits) != len(style["hyphenate_limit_chars"]):
        return ()
    shortest, left, right = limits
    return shortest, left, max(right, 3) if primary_subtag(style["lang"] or "") in _THREE_AFTER else right


def _all_points(text: str, style: Any, limits: tuple[int, ...]) -> Iterator[int]:
    language = style["lang"] and pyphen.language_fallback(style["lang"])
    if style["hyphens"] != "auto" or not language:
        return
    shortest, left, right = limits
    for word in _WORD.finditer(text):
        if len(word[0]) >= shortest:
            yield from (word.start() + point for point in _points(language, left, right, word[0]))


@cache
def _dictionary(language: str, left: int, right: int) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=language, left=left, right=right)


@cache
def _points(language: str, left: int, right: int, word: str) -> tuple[int, ...]:
    return tuple(int(point) for point in _dictionary(language, left, right).positions(word))
