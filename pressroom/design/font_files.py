"""The font files of a publication, in assets/fonts: their faces, and what is wrong with those that cannot be used.

Such a file may be damaged, made for bitmaps, or a font of symbols. It is tried once, before anything is set from it.
"""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.tables.otBase import BaseTTXConverter

from pressroom.design.composition import FontFace
from pressroom.errors import Finding, Place, warning

logging.getLogger("fontTools").addHandler(logging.NullHandler())  # else it prints, and nobody knows of which file
FOLDER = "assets/fonts"
"""Where a publication has fonts of its own."""
DAMAGED = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, NotImplementedError, OSError,
    RecursionError, TTLibError, TypeError, ValueError, struct.error,
)  # fmt: skip
"""What fontTools raises on tables whose bytes are wrong: it checks few of them, and lets Python fail on the rest."""
_NEEDED = ("head", "maxp", "name", "OS/2", "hhea", "hmtx", "cmap")
"""The tables that every OpenType font must have (OpenType 1.9.1, required tables; `post` is not asked for here)."""
_READ = ("post", "loca", "glyf", "CFF ", "CFF2", "GDEF", "GSUB", "GPOS", "fvar")
"""Other tables from which type is set, where a font has them; nobody reads the rest."""
_TYPOGRAPHIC_FAMILY, _FAMILY = 16, 1
"""Name ids of the OpenType `name` table: the family that all weights share, and the older one that each weight has."""
_SAMPLE = 400
"""How many letters are drawn for a trial: the first ones of the font, and those of the alphabet."""


@cache
def face_in(file: Path, number: int = 0) -> FontFace | None:
    """The face in a font file, or one of several in a collection; None if the file is damaged."""
    try:
        with TTFont(file, lazy=True, fontNumber=number) as font:
            names = font["name"]
            family = names.getDebugName(_TYPOGRAPHIC_FAMILY) or names.getDebugName(_FAMILY) or file.stem
            os2 = font["OS/2"]
            return FontFace(family, os2.usWeightClass, bool(os2.fsSelection & 1), file, os2.fsType, number)
    except DAMAGED:
        return None


def own_faces(root: Path) -> Iterator[FontFace]:
    """The faces of a publication’s own fonts; files that cannot be used are left out."""
    for file in _files(root):
        if not fault_in(file) and (face := face_in(file)):
            yield face


def unfit_fonts(root: Path) -> Iterator[Finding]:
    """Warnings for the publication’s own fonts that cannot be used: without one, another of its name would be taken."""
    for file in _files(root):
        if fault := fault_in(file):
            why = f"This font cannot be used, and nothing is set from it: {fault}."
            remedy = "Copy it again from where it came, or take it away."
            yield warning("font-damaged", Place(f"{FOLDER}/{file.name}"), why, remedy)


@cache
def fault_in(file: Path) -> str:
    """What is wrong with a font file, with the table in which it is; empty for a sound one."""
    try:
        font = TTFont(file, lazy=True)
    except DAMAGED as fault:
        return f"it is no font, or only the beginning of one ({_reason(fault)})"
    with font:
        for table in _NEEDED:
            if table not in font:
                return f"it has no table “{table}”, which every font needs"
        for table in (*_NEEDED, *_READ):
            try:
                held = font.get(table)
                if isinstance(held, BaseTTXConverter):  # read only where it is asked for, else
                    held.ensureDecompiled(recurse=True)
            except DAMAGED as fault:
                return f"the table “{table}” is damaged ({_reason(fault)})"
        return _without_letters(font)


def _without_letters(font: TTFont) -> str:
    """Why letters cannot be set from a font whose tables can be read; empty if they can."""
    if not 16 <= font["head"].unitsPerEm <= 16384:
        return f"the table “head” gives its em {font['head'].unitsPerEm} units; 16 to 16384 can be"
    letters = font.getBestCmap()
    if not letters:
        return "the table “cmap” names no letter by its Unicode number; it is a font of symbols"
    if not {"glyf", "CFF ", "CFF2"} & set(font.keys()):
        return "it has pictures of letters, and no outlines (no table “glyf” or “CFF ”)"
    try:
        glyphs = font.getGlyphSet()
        for code in sorted(letters)[:_SAMPLE]:
            glyphs[letters[code]].draw(BoundsPen(glyphs))
            font["hmtx"][letters[code]]
    except DAMAGED as fault:
        return f"the outline of U+{code:04X} cannot be drawn ({_reason(fault)})"
    return ""


def _reason(fault: BaseException) -> str:
    return str(fault).splitlines()[0][:80] if str(fault) else type(fault).__name__


def _files(root: Path) -> list[Path]:
    return sorted(file for file in (root / FOLDER).glob("*.[ot]tf") if file.is_file())
