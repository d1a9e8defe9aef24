"""Typefaces: the faces that the lines of a book are set in, which its fixed-layout ebook must embed.

The page engine sets letters that a layout’s family lacks in a fallback font of the machine. A reading system has other
fonts, so each line names the faces that it is set in.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from pressroom.design.composition import FontFace
from pressroom.design.font_files import face_in
from pressroom.design.fonts import machine_fonts
from pressroom.fixed.fixed_page import FallbackRun
from pressroom.typeset.boxes import TextAppearance

_GENERIC = frozenset(["serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"])


class Lettering:
    """Finds the faces of lines, and records which have been used.

    `files` are the bytes of all fonts in use, by their SHA-256.
    """

    def __init__(self, own: Iterable[FontFace], files: Mapping[str, bytes]) -> None:
        self._files = files
        self._faces: dict[str, FontFace | None] = {_digest(face.file.read_bytes()): face for face in own}
        self._used: dict[FontFace, None] = {}

    @property
    def used(self) -> tuple[FontFace, ...]:
        """The faces in use, sorted by family, weight and slant."""
        return tuple(sorted(self._used, key=lambda face: (face.family, face.weight, face.italic)))

    def of(self, looks: TextAppearance) -> tuple[tuple[str, ...], tuple[FallbackRun, ...]]:
        """The families of a text box, the one with most letters first, and the runs in other families."""
        named = looks.type.families
        faces = [(range(f.start, f.stop), face) for f in looks.fonts if (face := self._face(f.font))]
        self._used |= dict.fromkeys(face for _, face in faces)
        counted: Counter[str] = Counter()
        for letters, face in faces:
            counted[face.family] += len(letters)
        families = tuple(family for family, _ in counted.most_common())
        if not families:
            return named, ()
        lent = (FallbackRun(r.start, r.stop, face.family) for r, face in faces if face.family != families[0])
        generic = [family for family in named if family in _GENERIC][-1:] or ["serif"]
        return (*families, *generic), tuple(sorted(lent, key=lambda one: one.start))

    def _face(self, digest: str) -> FontFace | None:
        if digest not in self._faces:
            self._faces[digest] = _lent(self._files[digest])
        return self._faces[digest]


def _lent(data: bytes) -> FontFace | None:
    """The face of this machine’s font file with these bytes."""
    alike = (file for file in machine_fonts() if file.stat().st_size == len(data) and file.read_bytes() == data)
    return next((face for file in alike if (face := face_in(file))), None)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
