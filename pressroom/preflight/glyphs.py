"""Checks of glyphs and fonts: do the fonts have every letter of the text, and may an ebook embed them?"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
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

_MOST_NAMED = 5
"""The letters that a finding names; a few are enough to recognise a script."""


@dataclass(frozen=True)
class _Text:
    """A piece of text of an edition."""

    use: str
    """The use of the font that it is set in: text or captions."""
    text: str
    place: Place


def letters_missing(hand: EditionInHand) -> Iterator[Finding]:
    """Have the fonts of the edition every letter of its text?

    A letter that no font has is printed as an empty box, and the page engine does not report it. A letter that only a
    fallback font of this machine has looks different on another machine.
    """
    edition = hand.edition
    if edition.ebook:
        return
    faces, _ = find_fonts(hand.settings, hand.layout, hand.place_of)
    report = error if edition.for_press else warning
    for (family, lender), (letters, place) in _missing_letters(hand, faces).items():
        named = _named(letters)
        if lender:
            why = f"{family} has no {named}. This machine uses the fallback font “{lender}”; "
            why += "another machine may use a different one."
            remedy = "Put a font that has these letters into assets/fonts, and name it in fonts."
            yield advice("letter-borrowed", place, why, remedy)
        else:
            why = f"{family} has no {named}, nor has any font of this machine: an empty box would be printed."
            yield report(
                "letter-missing", place, why, "Put a font that has it into assets/fonts, and name it in fonts."
            )


def _missing_letters(hand: EditionInHand, faces: dict[str, list[FontFace]]) -> dict[tuple[str, str], tuple[str, Place]]:
    """The letters that a family lacks, with their first place, by family and fallback font; "" if no font has them."""
    seen: dict[str, set[str]] = defaultdict(set)
    missing: dict[tuple[str, str], tuple[str, Place]] = {}
    for piece in _texts(hand):
        new = set(piece.text) - seen[piece.use]
        seen[piece.use] |= new
        for letter in sorted(new):
            if not faces[piece.use] or has_letter(faces[piece.use], letter):
                continue
            key = (faces[piece.use][0].family, lender_of(letter))
            letters, place = missing.get(key, ("", piece.place))
            missing[key] = (letters + letter, place)
    return missing


def _texts(hand: EditionInHand) -> Iterator[_Text]:
    """Every text of an edition: title and makers, then the back of a printed cover, or the chapters."""
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
    """The texts of a chapter."""
    yield _Text("text", chapter.title + chapter.subtitle, chapter.place)
    for block in walk(chapter.blocks):
        if isinstance(block, Prose | Heading):
            yield _Text("text", block.xhtml, block.place)
        elif isinstance(block, Figure | Gallery):
            yield from _captions(block)
    yield from (_Text("text", note.xhtml, note.place) for note in chapter.notes)


def _captions(block: Figure | Gallery) -> Iterator[_Text]:
    """The captions and credits of a figure or a gallery."""
    captions: Sequence[Caption | None] = (block.caption, *(figure.caption for figure in pictures_in(block)))
    yield _Text("captions", "".join(caption.text for caption in captions if caption), block.place)
    yield from (_Text("captions", figure.credit_line, figure.place) for figure in pictures_in(block))


def _named(letters: str) -> str:
    """Letters in words: “ա” (U+0561 ARMENIAN SMALL LETTER AYB), “բ” and 12 more."""
    first = letters[0]
    name = f"“{first}” (U+{ord(first):04X} {unicodedata.name(first, 'without a name')})"
    others = ", ".join(f"“{c}”" for c in letters[1:_MOST_NAMED])
    more = len(letters) - _MOST_NAMED
    return f"{name}{', ' + others if others else ''}{f' and {more} more' if more > 0 else ''}"


# ---- licences of fonts


def font_not_embeddable(hand: EditionInHand) -> Iterator[Finding]:
    """May the ebook embed all fonts? Those whose licence forbids it are left out, and readers see another font."""
    if not hand.ebook or hand.ebook.fonts == "none":
        return
    faces, _ = find_fonts(hand.settings, hand.layout, hand.place_of)
    reported: set[str] = set()
    for use, cuts in faces.items():
        locked = [face for face in cuts if not face.may_be_embedded]
        if locked and locked[0].family not in reported:
            reported.add(locked[0].family)
            files = ", ".join(f"“{face.file.name}”" for face in locked)
            why = f"{files}: the licence of the font “{locked[0].family}” forbids to embed it in ebooks (OS/2 fsType); "
            why += "readers see a font of their own in its place."
            remedy = "Ask its foundry for files that ebooks may embed, name another family, or write fonts: none."
            yield warning("font-not-embeddable", hand.place_of(("fonts", use)), why, remedy)
