"""Subset fonts: the font file of some letters. HarfBuzz makes it in milliseconds, where fontTools needs a second.

Loaded where a cache lacks a part of a font.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import uharfbuzz

_NAMED_BY_NUMBER = ("kern", "SVG ")
"""Tables that HarfBuzz cannot reduce, and that name glyphs by number: kerning of old fonts, coloured letters."""


@dataclass(frozen=True)
class FontSubset:
    """What is kept of a font."""

    letters: Collection[int]
    """Code points."""
    features: Collection[str] | None = None
    """OpenType features besides those that are on by default; else all."""
    names: Collection[int] | None = None
    """Entries of the table `name`; else all."""
    weight: int | None = None
    """At what weight a variable font is set, with its other axes at their defaults; else it keeps its axes."""


def font_subset(source: bytes, kept: FontSubset, number: int = 0) -> bytes:
    """The font file with a part of a font, `number` of its collection. Raises RuntimeError for one that is damaged."""
    face = uharfbuzz.Face(uharfbuzz.Blob(source), number)
    asked = uharfbuzz.SubsetInput()
    asked.flags = uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    asked.unicode_set.set(set(kept.letters))
    if kept.features is None:
        _ask_for_all(asked.layout_feature_tag_set)
    else:
        asked.layout_feature_tag_set.update(map(_tag, kept.features))
    if kept.names is None:
        _ask_for_all(asked.name_id_set)
    else:
        asked.name_id_set.set(set(kept.names))
    _keep_numbers(asked, face)
    if kept.weight is not None:
        _pin(asked, face, kept.weight)
    return bytes(uharfbuzz.subset(face, asked).blob.data)


def _ask_for_all(asked: uharfbuzz.Set) -> None:
    asked.clear()
    asked.invert()


def _tag(name: str) -> int:
    """The number of a tag of OpenType, which has four letters."""
    return int.from_bytes(f"{name:4}".encode("ascii", "replace"), "big")


def _keep_numbers(asked: uharfbuzz.SubsetInput, face: uharfbuzz.Face) -> None:
    """Glyphs keep their numbers where a table needs that. Kerning of GPOS replaces the old one (OpenType, `kern`)."""
    has = {*face.table_tags}
    for table in _NAMED_BY_NUMBER:
        if table in has and not (table == "kern" and "GPOS" in has):
            asked.flags |= uharfbuzz.SubsetFlags.RETAIN_GIDS
            asked.drop_table_tag_set.discard(_tag(table))
            asked.no_subset_table_tag_set.add(_tag(table))


def _pin(asked: uharfbuzz.SubsetInput, face: uharfbuzz.Face, weight: int) -> None:
    for axis in face.axis_infos:
        place = axis.default_value if axis.tag != "wght" else min(max(weight, axis.min_value), axis.max_value)
        asked.pin_axis_location(face, axis.tag, place)
