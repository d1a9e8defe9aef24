"""Conserved chapters: those in which no word of the sources was lost. They are not looked through again unchanged.

A word is looked for in the source, read a second time, and in the XHTML of each edition. Most of a long book is as it
was when it was built or checked last.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pressroom import preflight
from pressroom.design import Composition
from pressroom.errors import Finding
from pressroom.keeping.values import keep_value, kept_value
from pressroom.publication import pictures_in


def words_lost(composition: Composition, builder: str, kept: Path | None) -> list[Finding]:
    """The findings on lost words of an edition; those of chapters that held every word before are none.

    `kept` is the file that says which did, for this state of the builder; None keeps nothing.
    """
    if kept is None:
        return [*preflight.words_lost(composition)]
    states, known = _states(composition, builder), kept_value(kept, {})
    before = known if isinstance(known, frozenset) else frozenset()
    doubtful = [unit for unit in composition.units if states.get(unit.source) not in before]
    found = [*preflight.words_lost(replace(composition, units=tuple(doubtful)))]
    if not found and not before.issuperset(states.values()):
        with contextlib.suppress(OSError):  # the next build looks again
            keep_value(kept, frozenset(states.values()))
    return found


def _states(composition: Composition, builder: str) -> Mapping[str, str]:
    """By the files of chapters, the hash of these words and of all that they are looked for in."""
    publication = composition.publication
    texts = defaultdict[str, list[str]](list)
    for source in publication.sources:
        texts[source.file].append(source.text)
    for unit in composition.units:
        texts[unit.source].append(unit.document.text)
    for chapter, block in publication.illustrations():
        texts[chapter.file] += [owner.caption.text for owner in (block, *pictures_in(block)) if owner.caption]
        texts[chapter.file] += [figure.credit_line for figure in pictures_in(block)]
    for chapter in publication.chapters():
        texts[chapter.file] += [chapter.title, chapter.subtitle, *chapter.authors, chapter.date, chapter.where]
    chapters = {file: texts.pop(file) for file in {chapter.file for chapter in publication.chapters()}}
    return {file: _hash(builder, own, sorted(texts.items())) for file, own in chapters.items()}


def _hash(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
