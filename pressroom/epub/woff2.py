"""WOFF2: a face reduced to letters and features, and packed. Loaded where the cache lacks a part of a font."""

from __future__ import annotations

import io
import logging
import struct
from collections.abc import Collection, Sequence

import brotli
from fontTools.ttLib import TTFont, TTLibError

from pressroom.design.composition import FontFace
from pressroom.design.font_subset import FontSubset, font_subset
from pressroom.errors import Place, PressroomError, error

logging.getLogger("fontTools").addHandler(logging.NullHandler())  # it would tell the terminal what it leaves out

_KEPT_NAMES = (0, 7, 13, 14)
"""Entries of the table `name` that are kept: maker and licence."""
_BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError),
    *(TTLibError, struct.error, brotli.error),
)
"""Exceptions that HarfBuzz and fontTools raise for a damaged table."""


def make(face: FontFace, source: bytes, codes: Sequence[int], features: Collection[str]) -> bytes:
    """Make the WOFF2 file of a face; `source` is its font file. Raises PressroomError for a damaged font."""
    try:
        if face.may_be_subset:
            source = font_subset(source, FontSubset(codes, features, _KEPT_NAMES))
        with TTFont(io.BytesIO(source), recalcTimestamp=False) as font:
            if face.may_be_subset:
                _rename(font)
            font.flavor = "woff2"
            out = io.BytesIO()
            font.save(out)
            return out.getvalue()
    except _BROKEN as fault:
        why = f"The font “{face.family}” is damaged ({fault or type(fault).__name__}) and cannot be embedded."
        remedy = "Fetch the file again, name another family in fonts, or leave the font to the reader: fonts: none."
        raise PressroomError([error("font-damaged", Place(f"assets/fonts/{face.file.name}"), why, remedy)]) from None


def _rename(font: TTFont) -> None:
    """What is changed may not bear a reserved name (SIL Open Font License 1.1, clause 3); style sheets give it one."""
    for id, name in ((1, "Subset"), (2, "Regular"), (4, "Subset"), (6, "Subset")):
        font["name"].setName(name, id, 3, 1, 0x409)
