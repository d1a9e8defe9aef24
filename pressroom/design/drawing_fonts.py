"""Fonts of drawings: the layout’s and the publication’s. Those of the machine are never used: another has others."""

from __future__ import annotations

from pressroom.design.edition_in_hand import EditionInHand
from pressroom.design.font_files import own_faces
from pressroom.design.fonts import code_points
from pressroom.design.styling import find_fonts
from pressroom.photographs import DrawingFonts


def drawing_fonts(hand: EditionInHand) -> DrawingFonts:
    """The fonts with which the words of an edition’s drawings are drawn."""
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
