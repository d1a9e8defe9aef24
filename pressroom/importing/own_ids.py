"""Own ids: an id of an imported chapter that the publication has already gets a number, as do the links to it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pressroom.importing.picture_names import free_of

_GIVEN = re.compile(r"(?<=#)[^\s{}\"#=]+(?=[^{}\n]*\})")
"""An id in braces."""


def ids_in(text: str) -> Iterator[str]:
    """The ids that a text gives to its figures, tables, headings and words."""
    for braces in re.finditer(r"\{[^{}\n]*#[^{}\n]*\}", text):
        yield from _GIVEN.findall(braces[0])


def with_own_ids(texts: Sequence[str], taken: Iterable[str]) -> list[str]:
    """Texts whose ids are none of those that are taken, with the links among them."""
    there = set(taken)
    other: dict[str, str] = {}
    for id in dict.fromkeys(id for text in texts for id in ids_in(text)):
        if id in there:
            other[id] = free_of(id, lambda each: each in there)
        there.add(other.get(id, id))
    if not other:
        return list(texts)
    ids = "|".join(re.escape(id) for id in sorted(other, key=len, reverse=True))
    place = re.compile(rf"(?P<before>\{{[^{{}}\n]*#|\]\(<?[^()\s]*#)(?P<id>{ids})(?=[\s}}>)])")
    return [place.sub(lambda match: match["before"] + other[match["id"]], text) for text in texts]
