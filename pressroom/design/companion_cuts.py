"""Companion cuts: companions made into font files of the weight, the height and the lines of the face they complete.

A cut holds only letters that the face lacks, and spaces of the face’s own width, so that no letter of the face changes.
It is kept between builds.
"""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import fontTools
from fontTools.ttLib import TTFont, TTLibError

from pressroom.design.companions import Companion, companions
from pressroom.design.composition import FontFace
from pressroom.errors import Place, PressroomError, error
from pressroom.keeping import kept, store

_VERSION = 2
"""Increase this when the output changes for the same fonts and letters."""
_NOTO_X_HEIGHT = 0.536
"""The x-height of Noto’s Latin letters, in ems: Noto’s other scripts are drawn to stand beside these."""
_SPACES = (0x20, 0xA0)
"""The engine sets a space in the font of the letter before it."""
_JOINERS = (0x200C, 0x200D, 0x25CC)
"""They part or join the letters around them, which must come from the same font; the circle carries a lone mark."""
_ALIAS = 21
"""A name id that fontconfig reads as one more family (OpenType, `name`: WWS family)."""
_USES_TYPO = 1 << 7
"""The bit of `OS/2.fsSelection` that says which of a font’s two ascents and descents hold."""
_BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError),
    *(TTLibError, struct.error),
)
"""Exceptions for a file that cannot be read, or that the libraries raise for a damaged table."""


def completed(
    faces: Sequence[FontFace], letters: Iterable[str], language: str, root: Path, cache: Path
) -> tuple[FontFace, ...]:
    """The cut companions of a family for some letters. Raises PressroomError for a damaged font, and OSError if the
    cache cannot be written.
    """
    return tuple(_cut(companion, cache) for companion in companions(faces, letters, language, root))


def _cut(companion: Companion, cache: Path) -> FontFace:
    """The face of a companion, from the cache or made now. Raises as `completed`."""
    source, face = companion.source, companion.of
    weight = companion.weight
    made_of = (_digest(source.file), source.number, _digest(face.file), face.family, weight, sorted(companion.letters))
    made_by = fontTools.version, version("uharfbuzz"), _VERSION
    stem = hashlib.sha256(repr((made_of, made_by)).encode()).hexdigest()[:24]
    receipt = kept(cache, stem)
    if receipt is None:
        try:
            made = _make(companion, weight)
        except _BROKEN as fault:
            why = f"The font “{source.family}” is damaged ({fault or type(fault).__name__}); text needs its letters."
            remedy = f"Install it again. {companion.script.remedy}"
            raise PressroomError([error("font-damaged", Place(source.file.name), why, remedy)]) from None
        receipt = store(cache, stem, made, ".otf" if made.startswith(b"OTTO") else ".ttf")
    file = cache / str(receipt["name"])
    return replace(source, weight=weight, file=file, number=0, completes=face.family)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _make(companion: Companion, weight: int) -> bytes:
    """The font file of a companion in a weight."""
    from pressroom.design.font_subset import FontSubset, font_subset  # noqa: PLC0415 - needed only where a cut is made

    with TTFont(companion.of.file, lazy=True) as beside:
        source, letters = companion.source, {*companion.letters, *_SPACES, *_JOINERS}
        reduced = font_subset(source.file.read_bytes(), FontSubset(letters, weight=weight), source.number)
        font = TTFont(io.BytesIO(reduced), recalcTimestamp=False)
        scale = _scale(beside) if companion.script.is_scaled and companion.source.family.startswith("Noto") else 1.0
        font["head"].unitsPerEm = round(font["head"].unitsPerEm / scale)
        _set_lines(font, beside)
        _set_spaces(font, beside)
        font["name"].setName(companion.of.family, _ALIAS, 3, 1, 0x409)
        out = io.BytesIO()
        font.save(out)
        return out.getvalue()


def _scale(beside: TTFont) -> float:
    """How much smaller Noto’s letters must be to be as high as those of a face."""
    height = getattr(beside["OS/2"], "sxHeight", 0) / beside["head"].unitsPerEm
    return float(height / _NOTO_X_HEIGHT) if height else 1.0


def _set_lines(font: TTFont, beside: TTFont) -> None:
    """Give a font the ascent and descent of the face that it completes, so that no line becomes higher."""
    ratio = font["head"].unitsPerEm / beside["head"].unitsPerEm

    def like(value: float) -> int:
        return round(float(value * ratio))

    for name in ("ascent", "descent", "lineGap"):
        setattr(font["hhea"], name, like(getattr(beside["hhea"], name)))
    for name in ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent"):
        setattr(font["OS/2"], name, like(getattr(beside["OS/2"], name)))
    own, its = font["OS/2"].fsSelection, beside["OS/2"].fsSelection
    font["OS/2"].fsSelection = own & ~_USES_TYPO | its & _USES_TYPO


def _set_spaces(font: TTFont, beside: TTFont) -> None:
    """Give spaces the width that they have in the face that a font completes."""
    ratio = font["head"].unitsPerEm / beside["head"].unitsPerEm
    names, widths = font.getBestCmap(), beside.getBestCmap()
    for space in _SPACES:
        if space in names and space in widths:
            glyph = names[space]
            font["hmtx"][glyph] = (round(beside["hmtx"][widths[space]][0] * ratio), font["hmtx"][glyph][1])
