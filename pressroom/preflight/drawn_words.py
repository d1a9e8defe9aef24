"""Checks of drawings: are the fonts of their words there, and can pages show all that they hold?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from pressroom.design import (
    EditionInHand,
    companion_sources,
    drawing_fonts,
    has_companion,
    letters_lacking,
    script_of,
)
from pressroom.errors import Finding, advice, warning
from pressroom.photographs import Photograph, family_for
from pressroom.publication import Figure

_GENERIC = frozenset("serif sans-serif monospace cursive fantasy system-ui inherit".split())
"""Words for kinds of families (CSS Fonts 4, 2.1.3), for which the layout has one."""
_MOST_NAMED = 8
"""The most letters that a finding names."""


def drawing_fonts_missing(hand: EditionInHand) -> Iterator[Finding]:
    """Are the fonts there that drawings name? Fonts of one machine are never used: another has others."""
    for figure, drawing in _drawings(hand):
        fonts = drawing_fonts(hand)
        known = _GENERIC | {family.lower() for family in fonts.families}
        for family in drawing.drawing.families:
            if family.lower() in known:
                continue
            other = family_for(family, fonts)
            why = f"“{drawing.file.name}” names the font “{family}”, which neither the layout nor assets/fonts has; "
            why += f"its words are set in “{other}”, so that they may be wider or narrower."
            there = ", ".join(sorted(fonts.families))
            remedy = f"Put the font’s file into assets/fonts, or name one that is there: {there}."
            yield advice("drawing-font-missing", figure.place, why, remedy)


def drawing_letters_missing(hand: EditionInHand) -> Iterator[Finding]:
    """Have the fonts and their companions every letter of the words in drawings? Others are left out."""
    here, language = cache(partial(companion_sources, hand.layout.root)), hand.settings.language
    for figure, drawing in _drawings(hand):
        fonts = drawing_fonts(hand)
        lacking = letters_lacking(fonts, drawing.drawing.letters)
        missing = [letter for letter in lacking if not has_companion(fonts.sans, letter, language, here())]
        if missing:
            named = " ".join(missing[:_MOST_NAMED]) + (" …" if len(missing) > _MOST_NAMED else "")
            why = f"No font of the layout has these letters in “{drawing.file.name}”: {named}. They are missing there."
            script = next((found for letter in missing if (found := script_of(letter, language))), None)
            remedy = script.remedy if script else "Put a font that has them into assets/fonts."
            yield warning("drawing-letters-missing", figure.place, why, remedy)


def drawing_as_picture(hand: EditionInHand) -> Iterator[Finding]:
    """Can pages show a drawing as lines? What they cannot is set as a picture, which is no longer sharp at any size."""
    for figure, drawing in _drawings(hand):
        if drawing.drawing.effects:
            why = (
                f"“{drawing.file.name}” holds {' and '.join(drawing.drawing.effects)}; on pages it is a picture of 600 "
            )
            why += "ppi, and its words cannot be searched."
            yield advice("drawing-as-picture", figure.place, why, "To keep its lines, draw it without that.")


def drawing_unread(hand: EditionInHand) -> Iterator[Finding]:
    """Is everything that a drawing asks for drawn? What is not looks otherwise than in the program that drew it."""
    for figure, drawing in _drawings(hand):
        if unread := drawing.drawing.unread:
            more = f" and {len(unread) - _MOST_NAMED} more" if len(unread) > _MOST_NAMED else ""
            named = ", ".join(f"“{each}”" for each in unread[:_MOST_NAMED]) + more
            why = f"“{drawing.file.name}” asks for {named}. That is not acted on: it looks otherwise than in a browser."
            yield warning("drawing-unread", figure.place, why, "Export it as plain SVG, or as a PNG at 600 ppi.")


def _drawings(hand: EditionInHand) -> Iterator[tuple[Figure, Photograph]]:
    """Every drawing of the publication that editions show in other ways, with its figure."""
    for _, figure in hand.publication.pictures():
        photograph = hand.album.get(figure.id)
        if photograph is not None and photograph.drawing.is_rendered:
            yield figure, photograph
