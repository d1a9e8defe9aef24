"""Letters: has the type of an edition every letter of its text? The page engine says nothing when it has not."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pressroom.design import EditionInHand, FontFace, find_fonts, has_letter, lender_of
from pressroom.errors import Finding, Place, advice, error, warning
from pressroom.publication import (
    Caption,
    Chapter,
    Figure,
    Gallery,
    Heading,
    Prose,
    pictures_in,
)
from pressroom.publication.content import walk

_SHOWN = 5
"""Letters that a finding names; of a whole script, a few are enough to know it."""


@dataclass(frozen=True)
class _Text:
    """A piece of the manuscript, and the use of type that sets it."""

    use: str
    text: str
    place: Place


def letters_missing(hand: EditionInHand) -> Iterator[Finding]:
    """Does a font hold every letter? One that none holds is printed as an empty box; one that only a font of this
    machine holds looks otherwise on the next machine.
    """
    edition = hand.edition
    if edition.ebook:
        return
    faces, _ = find_fonts(hand.settings, hand.layout, hand.place_of)
    strange = _strange(hand, faces)
    tell = error if edition.for_press else warning
    for (family, lender), (letters, place) in strange.items():
        named = _named(letters)
        if lender:
            why = f"{family} has no {named}; pages take what the font “{lender}” of this machine has."
            remedy = "On another machine the pages may differ: put a font that has these letters into assets/fonts."
            yield advice("letter-borrowed", place, why, remedy)
        else:
            why = f"{family} has no {named}, nor has any font of this machine: an empty box would be printed."
            yield tell("letter-missing", place, why, "Put a font that has it into assets/fonts and name it in fonts.")


def _strange(hand: EditionInHand, faces: dict[str, list[FontFace]]) -> dict[tuple[str, str], tuple[str, Place]]:
    """Letters that the layout's families lack, with their first place, by family and the font that lends them."""
    seen: set[tuple[str, str]] = set()
    strange: dict[tuple[str, str], tuple[str, Place]] = {}
    for piece in _texts(hand):
        for letter in sorted({(piece.use, c) for c in piece.text} - seen):
            seen.add(letter)
            if not faces[piece.use] or has_letter(faces[piece.use], letter[1]):
                continue
            key = (faces[piece.use][0].family, lender_of(letter[1]))
            letters, place = strange.get(key, ("", piece.place))
            strange[key] = (letters + letter[1], place)
    return strange


def _texts(hand: EditionInHand) -> Iterator[_Text]:
    settings = hand.settings
    for key, text in (
        ("title", settings.title),
        ("subtitle", settings.subtitle),
        ("creators", "".join(settings.makers)),
    ):
        yield _Text("text", text or "", hand.place_of((key,)))
    if hand.wrap:
        yield _Text("text", " ".join(hand.publication.back), hand.place_of(("cover", "back")))
        small = (settings.cover.about, settings.cover.price, settings.publisher)
        yield _Text("captions", " ".join(text for text in small if text), hand.place_of(("cover",)))
        return
    for chapter in hand.publication.chapters():
        yield from _chapter(chapter)


def _chapter(chapter: Chapter) -> Iterator[_Text]:
    yield _Text("text", chapter.title + chapter.subtitle, chapter.place)
    for block in walk(chapter.blocks):
        if isinstance(block, Prose | Heading):
            yield _Text("text", block.xhtml, block.place)
        elif isinstance(block, Figure | Gallery):
            yield from _captions(block)
    yield from (_Text("text", note.xhtml, note.place) for note in chapter.notes)


def _captions(block: Figure | Gallery) -> Iterator[_Text]:
    captions: Sequence[Caption | None] = (block.caption, *(figure.caption for figure in pictures_in(block)))
    yield _Text("captions", "".join(caption.text for caption in captions if caption), block.place)
    yield from (_Text("captions", figure.credit_line, figure.place) for figure in pictures_in(block))


def _named(letters: str) -> str:
    """“ա” (U+0561 ARMENIAN SMALL LETTER AYB) and 12 more."""
    first = letters[0]
    name = f"“{first}” (U+{ord(first):04X} {unicodedata.name(first, 'without a name')})"
    shown = ", ".join(f"“{c}”" for c in letters[1:_SHOWN])
    more = len(letters) - _SHOWN
    return f"{name}{', ' + shown if shown else ''}{f' and {more} more' if more > 0 else ''}"


# ---- Faces: may an ebook bring the fonts that it is set in? Whoever has the ebook has the fonts that are in it.


def font_not_embeddable(hand: EditionInHand) -> Iterator[Finding]:
    """Do the licences of the fonts let an ebook bring them? Those of others are left out, and readers see their own."""
    if not hand.ebook or hand.ebook.fonts == "none":
        return
    faces, _ = find_fonts(hand.settings, hand.layout, hand.place_of)
    told: set[str] = set()
    for use, cuts in faces.items():
        locked = [face for face in cuts if not face.may_be_embedded]
        if locked and locked[0].family not in told:
            told.add(locked[0].family)
            files = ", ".join(f"“{face.file.name}”" for face in locked)
            why = f"{files}: the licence keeps the font “{locked[0].family}” out of ebooks, by what the file says of "
            why += "itself (OS/2 fsType); readers see a font of their own in its place."
            remedy = (
                "Ask its foundry for files that ebooks may bring, name another family, or give the edition fonts: none."
            )
            yield warning("font-not-embeddable", hand.place_of(("fonts", use)), why, remedy)
