"""Bylines: a line that names who wrote a text or took its pictures, and says no more."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pressroom.importing.html_tree import HtmlElement, take_out, words_in

People = tuple[tuple[str, str], ...]
"""Names with their roles: author, photographer."""

_WORDS = (
    r"written by|reported by|(?:words|text|story|report)(?: by|:)|authors?:|by:?|text(?:e|o)?:|texte de|texto de|"
    r"testo(?: di)?:?|von:?|par:?|por:?|di|door:?|tekst(?::| av| af| door)|av:?|af:?|autor(?:in|en|es)?:|auteure?s?:|"
    r"autore:|автор:?|текст:?"
)
_PICTURES = (
    r"(?:photographs|photography|photos|pictures|images)(?: by|:)|photographer:|fotos?(?: von|:)|"
    r"fotograf(?:ien|ie|in)?(?: von|:)|photos?(?: de| ?:)|fotograf[ií]as?(?: de|:)|foto(?: di|:)|фото:?"
)
_BOTH = (
    r"(?:words|text|story)(?: and | & |/)(?:photographs|photography|photos|pictures|images)(?: by|:)|text und fotos?:"
)
_SIGN = re.compile(
    rf"(?:^|(?<=[,;|·/]\s)|(?<=\band\s))(?:(?P<both>{_BOTH})|(?P<pictures>{_PICTURES})|(?:{_WORDS}))\s+", re.I
)
_BETWEEN = re.compile(
    r"\s*(?:,|;|/|&|\||·|\band\b|\bund\b|\bet\b|\be\b|\by\b|\boch\b|\bog\b|\ben\b|\bи\b)\s*", re.IGNORECASE
)
_PARTICLES = frozenset("van von de der den del della di da dos du la le el al bin ibn ter ten zu of ’t 't".split())
_LONGEST = 160
"""Letters of the longest byline."""
_LONGEST_BEFORE = 120
"""Letters of the longest line that may stand over a byline: a title, a subtitle, a day."""
_MOST_BEFORE = 3
"""Lines that may stand over a byline."""


def byline_of(line: str) -> People:
    """Those whom a byline names; nobody if a line is none, or says more."""
    signs = [*_SIGN.finditer(line)] if len(line) <= _LONGEST else []
    if not signs or signs[0].start():
        return ()
    people: list[tuple[str, str]] = []
    for sign, end in zip(signs, [*(each.start() for each in signs[1:]), len(line)], strict=True):
        names = names_in(re.sub(r"(?:[\s,;|·/]+|\s+and\s+)$", "", line[sign.end() : end]))
        is_typed_plainly = ":" not in sign[0] and any(" " not in name for name in names)
        if not names or is_typed_plainly:  # “By Sunday”
            return ()
        roles = ("author", "photographer") if sign["both"] else ("photographer",) if sign["pictures"] else ("author",)
        people += [(name, role) for name in names for role in roles]
    return tuple(dict.fromkeys(people))


def names_in(words: str) -> tuple[str, ...]:
    """The names in a list of them; none if one part of it is no name."""
    parts = [part for part in _BETWEEN.split(" ".join(words.split()).removesuffix(".")) if part]
    return tuple(parts) if parts and all(map(_is_name, parts)) else ()


def authors_of(people: People) -> str:
    """The authors among people, as a chapter’s head has them."""
    return ", ".join(name for name, role in people if role == "author")


def photographers_of(people: People) -> str:
    """The photographers among people, as the credit of a chapter’s pictures."""
    return ", ".join(name for name, role in people if role == "photographer")


def take_opening_byline(lines: Iterable[HtmlElement]) -> tuple[People, str]:
    """Take off the byline among the first lines of a text; returns whom it names, and its words."""
    for n, line in enumerate(lines):
        words = words_in(line)
        if people := byline_of(words):
            take_out(line)
            return people, words
        if n >= _MOST_BEFORE or len(words) > _LONGEST_BEFORE:
            break
    return (), ""


def _is_name(part: str) -> bool:
    """Whether a part is written as a name is: two to five words with capitals, or one."""
    words = part.split()
    return 0 < len(words) <= 5 and all(
        (word[0].isalpha() and word[0] != word[0].lower() and not re.search(r"[\d:!?()]", word))
        or (word.casefold() in _PARTICLES and word is not words[-1])
        for word in words
    )
