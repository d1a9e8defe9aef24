"""Fonts of drawings: the layout’s, the publication’s, and companions for scripts that these lack.

Those of the machine are never used besides: another machine has others.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from pressroom.design.companion_cuts import completed
from pressroom.design.edition_in_hand import EditionInHand
from pressroom.design.font_files import own_faces
from pressroom.design.fonts import code_points
from pressroom.design.styling import find_fonts
from pressroom.photographs import DrawingFonts

_REGULAR = 400


def drawing_fonts(hand: EditionInHand) -> DrawingFonts:
    """The fonts of the layout and the publication, with which the words of an edition’s drawings are drawn."""
    faces, _ = find_fonts(hand.settings, hand.layout, hand.place_of)
    own = list(own_faces(hand.layout.root))
    ours = [face for cuts in faces.values() for face in cuts]
    letters = [code_points(face.file) for face in ours if not face.italic]
    return DrawingFonts(
        files=tuple(sorted({face.file for face in (*ours, *own)})),
        serif=hand.settings.fonts.text,
        sans=hand.settings.fonts.captions,
        families=frozenset(face.family for face in (*ours, *own)),
        on_pages=frozenset(face.family for face in ours),
        letters=frozenset(map(chr, frozenset.intersection(*letters) if letters else ())),
    )


def completed_drawing_fonts(hand: EditionInHand, cache: Path) -> DrawingFonts:
    """The same with companions of the captions’ family for letters that all of them lack; cuts of these are kept in
    `cache`. They come last: the renderer takes the first that has a letter. Raises PressroomError for a damaged font,
    OSError if the cache cannot be written.
    """
    fonts, faces = drawing_fonts(hand), find_fonts(hand.settings, hand.layout, hand.place_of)[0]["captions"]
    letters = letters_lacking(fonts, {letter for picture in hand.album.values() for letter in picture.drawing.letters})
    upright = sorted((face for face in faces if not face.italic), key=lambda face: abs(face.weight - _REGULAR))
    root = hand.layout.root
    cuts = completed(upright[:1], letters, hand.settings.language, root, cache) if letters else ()
    return replace(fonts, files=(*fonts.files, *(face.file for face in cuts)))


def letters_lacking(fonts: DrawingFonts, letters: Collection[str]) -> list[str]:
    """Those of some letters that no font has, in order."""
    there = {point for file in fonts.files for point in code_points(file)} if letters else set()
    return sorted(letter for letter in letters if ord(letter) not in there)
