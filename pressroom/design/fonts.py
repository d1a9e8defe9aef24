"""Fonts: finds the files of a family in installed font packages and in the publication's assets/fonts."""

from __future__ import annotations

import io
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from pressroom.design.composition import FontFace
from pressroom.design.font_files import DAMAGED, face_in, own_faces
from pressroom.errors import Finding, Place, did_you_mean, error

_ODD = (
    "mono", "cond", "narrow", "math", "ital", "obliq", "bold", "black", "heavy", "thin", "light", "medium", "display",
    "caption", "symbol", "emoji", "ui", "kufi", "nastaliq", "looped", "rashi", "slanted",
)  # fmt: skip
"""Words in font files' names that mark a face as unfit for running text."""
_USE_TYPO_METRICS, _OS2_WITH_FLAG = 1 << 7, 4
"""The bit USE_TYPO_METRICS of `fsSelection`, and the version of the OS/2 table that introduced it."""


def find_faces(family: str, weights: Sequence[int], root: Path, place: Place) -> tuple[list[FontFace], list[Finding]]:
    """The faces of a family in the weights that a layout uses. The publication’s own fonts override installed ones."""
    faces = {(f.family, f.weight, f.italic): f for f in (*installed(), *own_faces(root))}
    chosen = [f for f in faces.values() if f.family == family and f.weight in weights]
    if any(not f.italic for f in chosen):
        return sorted(chosen, key=lambda f: (f.weight, f.italic)), []
    known = sorted({f.family for f in faces.values()})
    why = f"No font family “{family}” is installed or in assets/fonts; pages would be set in another font."
    return [], [error("font-missing", place, why, did_you_mean(family, known) or f"There are: {', '.join(known)}.")]


@cache
def installed() -> tuple[FontFace, ...]:
    """The faces of installed font packages, which register their TrueType files as entry points."""
    files = (Path(file) for point in entry_points(group="fonts_ttf") for file in point.load().values())
    return tuple(face for file in sorted(files) if (face := face_in(file)))


@cache
def advances(face: FontFace) -> Mapping[str, float]:
    """Widths of a face's characters, in ems."""
    with TTFont(face.file, lazy=True) as font:
        metrics, em = font["hmtx"], font["head"].unitsPerEm
        return {chr(code): metrics[name][0] / em for code, name in font.getBestCmap().items()}


def depth(face: FontFace, letter: str) -> float:
    """The descent of a letter below the baseline, in ems; 0 if the face lacks it."""
    font = _drawn_from(face)
    bounds = _bounds(font, letter[0])
    return max(0.0, -bounds[1] / font["head"].unitsPerEm) if bounds else 0.0


@cache
def _drawn_from(face: FontFace) -> TTFont:
    """The font of a face, read into memory: all of its tables have to be decoded before one letter can be drawn."""
    return TTFont(io.BytesIO(face.file.read_bytes()), lazy=True)


def _bounds(font: TTFont, letter: str) -> tuple[float, float, float, float] | None:
    """A letter's bounding box from lower left to upper right, in font units; None if it is missing or blank."""
    glyphs, name = font.getGlyphSet(), font.getBestCmap().get(ord(letter))
    if name is None:
        return None
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    return pen.bounds  # type: ignore[no-any-return]  # fontTools has no type hints


@cache
def ink(face: FontFace, text: str) -> tuple[float, float]:
    """Ascent and descent of a text's outlines, in ems; letters that a face lacks count as capitals."""
    font = _drawn_from(face)
    em, over, under = font["head"].unitsPerEm, 0.0, 0.0
    for letter in set(text):
        bounds = _bounds(font, letter) or (0, 0, 0, 0 if letter in (" ", "\xa0") else 0.8 * em)
        over, under = max(over, bounds[3] / em), max(under, -bounds[1] / em)
    return over, under


def line_count(text: str, width: float, widths: Mapping[str, float]) -> int:
    """The number of lines of a ragged text in a measure, both in ems. Kerning is ignored: it only shortens lines."""
    lines, used = 1, 0.0
    for word in text.split():
        length = sum(widths.get(c, 0.6) for c in word)
        space = widths.get(" ", 0.25) if used else 0.0
        if used and used + space + length > width:
            lines, used, space = lines + 1, 0.0, 0.0
        used += space + length
    return lines


@dataclass(frozen=True)
class Cut:
    """The measures of a face for line lengths and heights, in ems."""

    face: FontFace
    widths: Mapping[str, float]
    bearings: Mapping[str, float]
    """Left side bearings of the characters."""
    ascent: float
    descent: float
    """Descent below the baseline, as a positive number."""
    cap: float
    """Height of a capital."""
    is_ours: bool = True
    """Whether it is a face of the layout's family; a fallback font may be higher and need more line spacing."""

    @property
    def base(self) -> float:
        """Distance of the baseline below the middle of a line, whatever the line height (CSS 2.2, 10.8.1)."""
        return (self.ascent - self.descent) / 2

    def width(self, text: str) -> float:
        """The width of a text in ems, without kerning and ligatures."""
        return sum(self.widths.get(c, 0.0 if _is_unseen(c) else 0.6) for c in text)

    def sets(self, text: str) -> bool:
        """Whether the face has every letter of a text."""
        return all(c in self.widths or _is_unseen(c) for c in text)


def roman(faces: Sequence[FontFace]) -> FontFace:
    """The upright face nearest to weight 400, for running text."""
    return min(faces, key=lambda face: (face.italic, abs(face.weight - 400)))


@cache
def cut(face: FontFace) -> Cut:
    """The measures of a face."""
    with TTFont(face.file, lazy=True) as font:
        em, metrics, (ascent, descent) = font["head"].unitsPerEm, font["hmtx"], _line(font)
        bearings = {chr(code): metrics[name][1] / em for code, name in font.getBestCmap().items()}
        return Cut(face, advances(face), bearings, ascent / em, descent / em, _cap_height(font) / em)


def _line(font: TTFont) -> tuple[int, int]:
    """A line's ascent and descent in font units, as the page engine uses them (from HarfBuzz, signs ignored, no gap):
    those of `hhea`, or those of `OS/2` if the font sets USE_TYPO_METRICS.
    """
    os2, hhea = font["OS/2"], font["hhea"]
    is_typo = os2.version >= _OS2_WITH_FLAG and os2.fsSelection & _USE_TYPO_METRICS
    ascent, descent = (os2.sTypoAscender, os2.sTypoDescender) if is_typo else (hhea.ascent, hhea.descent)
    return abs(ascent), abs(descent)


def _cap_height(font: TTFont) -> float:
    """Cap height: the value in the font, unless its letter H is drawn otherwise."""
    em: int = font["head"].unitsPerEm
    stated: int = getattr(font["OS/2"], "sCapHeight", 0)
    if bounds := _bounds(font, "H"):
        return stated if abs(stated - bounds[3]) < 0.02 * em else bounds[3]
    return stated or 0.7 * em


def cut_for(
    text: str, faces: Sequence[FontFace], weight: int, companions: Callable[[str], Sequence[FontFace]] = lambda _: ()
) -> Cut:
    """The upright face nearest to a weight; if it lacks letters of a text, the first companion of its family that has
    them all, else a fallback font of this machine.
    """

    def distance(face: FontFace) -> tuple[int, int]:
        return abs(face.weight - weight), face.weight

    nearest = min((f for f in faces if not f.italic), key=distance)
    if cut(nearest).sets(text):
        return cut(nearest)
    asked = {ord(letter) for letter in text if not _is_unseen(letter)}
    if able := [face for face in companions(nearest.family) if asked <= code_points(face.file)]:
        return replace(cut(min((f for f in able if f.family == able[0].family), key=distance)), is_ours=False)
    others = sorted(machine_fonts(), key=lambda file: (_unlikeness(file.stem, nearest.family), str(file)))
    other = next((found for file in others if (found := _cut_in(file)) and found.sets(text)), None)
    return replace(other or cut(nearest), is_ours=False)


def has_letter(faces: Sequence[FontFace], letter: str) -> bool:
    """Whether one of the upright faces has a letter; invisible characters count as present, but for the word space."""
    is_there = any(letter in cut(face).widths for face in faces if not face.italic)
    return is_there or (_is_unseen(letter) and letter != " ")


@cache
def lender_of(letter: str) -> str:
    """The family of the fallback font on this machine for a letter; empty if there is none."""
    return next((_family_in(file) for file in machine_fonts() if ord(letter) in code_points(file)), "")


@cache
def code_points(file: Path, number: int = 0) -> frozenset[int]:
    """The code points that a font has letters for; some installed fonts have none."""
    try:
        with TTFont(file, lazy=True, fontNumber=number) as font:
            return frozenset(font.getBestCmap() or ())
    except DAMAGED:
        return frozenset()


def _family_in(file: Path) -> str:
    face = face_in(file)
    return face.family if face else file.stem


def _cut_in(file: Path) -> Cut | None:
    """The measures of a font of this machine; None if the font is unusual, for example without letters."""
    face = face_in(file)
    try:
        return cut(face) if face else None
    except DAMAGED:
        return None


@cache
def machine_fonts() -> tuple[Path, ...]:
    """The font files of this machine and of its user, one face per file."""
    return tuple(sorted(file for folder in font_folders() for file in folder.rglob("*.[ot]tf")))


def font_folders() -> Iterator[Path]:
    """The folders of the fonts of this machine and of its user."""
    folders = {
        "win32": ("C:/Windows/Fonts", "~/AppData/Local/Microsoft/Windows/Fonts"),
        "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    }.get(sys.platform, ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"))
    yield from (Path(folder).expanduser() for folder in folders)


def _unlikeness(stem: str, family: str) -> tuple[bool, int, int]:
    """A penalty for a font file whose name does not suggest a plain upright face like the family's."""
    name, is_sans = stem.lower(), "sans" in family.lower()
    odd = sum(word in name for word in _ODD)
    return ("serif" in name) == is_sans, odd, len(name)


def _is_unseen(character: str) -> bool:
    """Whether a character is a space, a control character, or one that chooses the looks of an emoji."""
    return unicodedata.category(character) in ("Zs", "Zl", "Zp", "Cc", "Cf") or "\ufe00" <= character <= "\ufe0f"
