"""Lettering: the faces that the lines of a book were set in, as the fonts which its ebook must bring.

The page engine takes letters that a layout’s family lacks from a font of the machine. A reading system has other fonts:
so a line names the very ones that it was set in.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from pressroom.design.composition import FontFace
from pressroom.design.fonts import face_in, machine_fonts
from pressroom.fixed.fixed_page import FallbackRun
from pressroom.typeset.engine import EngineFonts

_GENERIC = frozenset(["serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"])


class Lettering:
    """Knows the faces of lines, and remembers which have been used."""

    def __init__(self, own: Iterable[FontFace]) -> None:
        self._fonts = EngineFonts()
        self._faces: dict[str, FontFace | None] = {_digest(face.file.read_bytes()): face for face in own}
        self._used: dict[FontFace, None] = {}

    @property
    def used(self) -> tuple[FontFace, ...]:
        """The faces that letters were taken from, in the order of their families."""
        return tuple(sorted(self._used, key=lambda face: (face.family, face.weight, face.italic)))

    def of(self, box: Any) -> tuple[tuple[str, ...], tuple[FallbackRun, ...]]:
        """The families of a box of letters, first that of most of them; and the letters that are of another."""
        named = [str(family) for family in box.style["font_family"]]
        faces = [(letters, face) for letters, data in self._fonts.of(box) if (face := self._face(data))]
        self._used |= dict.fromkeys(face for _, face in faces)
        counted: Counter[str] = Counter()
        for letters, face in faces:
            counted[face.family] += len(letters)
        families = tuple(family for family, _ in counted.most_common())
        if not families:
            return tuple(named), ()
        lent = (FallbackRun(r.start, r.stop, face.family) for r, face in faces if face.family != families[0])
        generic = [family for family in named if family in _GENERIC][-1:] or ["serif"]
        return (*families, *generic), tuple(sorted(lent, key=lambda one: one.start))

    def _face(self, data: bytes) -> FontFace | None:
        digest = _digest(data)
        if digest not in self._faces:
            self._faces[digest] = _lent(data)
        return self._faces[digest]


def _lent(data: bytes) -> FontFace | None:
    """The face of this machine that has these bytes."""
    alike = (file for file in machine_fonts() if file.stat().st_size == len(data) and file.read_bytes() == data)
    return next((face for file in alike if (face := face_in(file))), None)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
