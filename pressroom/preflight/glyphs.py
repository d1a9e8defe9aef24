"""Checks of glyphs and fonts: do the fonts have every letter of the text, and may an ebook embed them?"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

from lxml import etree

from pressroom.design import (
    EditionInHand,
    LetterScript,
    code_points,
    companion_sources,
    find_fonts,
    has_companion,
    has_letter,
    has_one_weight,
    lender_of,
    script_of,
)
from pressroom.errors import Finding, Place, advice, error, warning
from pressroom.language.words import emphasises_by_weight
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
from pressroom.xhtml import MATHML, read_fragment, text_of

_MOST_NAMED = 5
"""The letters that a finding names; a few are enough to recognise a script."""
_STRONG, _BEYOND_LATIN = ("<strong", "<b", "<em", "<i"), "\u0370"
"""What strong words begin with, and the first letter of a script that a companion may set."""


@dataclass(frozen=True)
class _Text:
    """A piece of text of an edition."""

    use: str
    """The use of the font that it is set in: text or captions."""
    text: str
    place: Place


def letters_missing(hand: EditionInHand) -> Iterator[Finding]:
    """Have the fonts of the edition every letter of its text?

    A letter that no font has is printed as an empty box. One that only a fallback font of this machine has looks
    different on another machine.
    """
    edition = hand.edition
    if edition.ebook:
        return
    report = error if edition.for_press else warning
    for (lender, script), lack in _missing_letters(hand).items():
        letters, place = lack.letters, lack.place
        named = f"{' and '.join(lack.families)} {'have' if len(lack.families) > 1 else 'has'} no {_named(letters)}"
        remedy = (
            script.remedy if script else "Put a font that has these letters into assets/fonts, and name it in fonts."
        )
        if lender:
            why = f"{named}. This machine uses the fallback font “{lender}”; "
            why += "another machine may use a different one."
            yield advice("letter-borrowed", place, why, remedy)
        else:
            others = "" if letters[0] == " " else ", nor has any font of this machine"
            why = f"{named}{others}: an empty box would be printed."
            yield report("letter-missing", place, why, remedy)


@dataclass
class _Lack:
    """Letters that families lack, with their first place: an emoji in text and in captions is told once."""

    place: Place
    families: list[str] = field(default_factory=list)
    letters: str = ""

    def add(self, family: str, letter: str) -> None:
        """Add a letter that a family lacks."""
        self.families += [family] if family not in self.families else []
        self.letters += letter if letter not in self.letters else ""


def _missing_letters(hand: EditionInHand) -> dict[tuple[str, LetterScript | None], _Lack]:
    """The letters that families and their companions lack, by the fallback font for them and their script.

    The fallback font is "" if no font has them.
    """
    faces, _ = find_fonts(hand.settings, hand.layout, hand.place_of)
    here, language = cache(partial(companion_sources, hand.layout.root)), hand.settings.language
    seen: dict[str, set[str]] = defaultdict(set)
    missing: dict[tuple[str, LetterScript | None], _Lack] = {}
    for piece in _texts(hand):
        new = set(piece.text) - seen[piece.use]
        seen[piece.use] |= new
        for letter in sorted(new):
            if not faces[piece.use] or has_letter(faces[piece.use], letter):
                continue
            family = faces[piece.use][0].family
            if has_companion(family, letter, language, here()):
                continue
            lender = "" if letter == " " else lender_of(letter)  # the engine borrows no space
            missing.setdefault((lender, script_of(letter, language)), _Lack(piece.place)).add(family, letter)
    return missing


def emphasis_unseen(hand: EditionInHand) -> Iterator[Finding]:
    """Is emphasis seen? Letters without an italic are set upright, like the text around them.

    In a language whose script has no italics, layouts emphasise by weight (`--stress` in their style sheets).
    """
    language = hand.settings.language
    if emphasises_by_weight(language):
        return
    for family, places in _upright_emphasis(hand).items():
        (words, place), more = places[0], len(places) - 1
        why = (
            f"“{words}” is emphasised, but {family} has no italics of these letters, nor has a companion: they are set "
        )
        why += f"upright, like the text around them{f'; so are {more} more' if more else ''}."
        script = next((found for letter in words if (found := script_of(letter, language))), None)
        remedy = script.remedy if script and script.is_sloped else "Write **strong** for them, or quotation marks."
        yield advice("emphasis-unseen", place, why, remedy)


def _upright_emphasis(hand: EditionInHand) -> dict[str, list[tuple[str, Place]]]:
    """The emphasised words that have no italics, with their places, by the family that lacks them."""
    faces, _ = find_fonts(hand.settings, hand.layout, hand.place_of)
    here, language = cache(partial(companion_sources, hand.layout.root)), hand.settings.language
    slanted = {use: [code_points(face.file) for face in cuts if face.italic] for use, cuts in faces.items()}

    @cache
    def has_italic(use: str, letter: str) -> bool:
        """Whether a letter of this use has an italic; signs need none."""
        held = not letter.isalpha() or any(ord(letter) in codes for codes in slanted[use])
        return held or has_companion(faces[use][0].family, letter, language, here(), italic=True)

    unseen: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    for piece in _texts(hand):
        for words in _emphasised(piece.text) if faces[piece.use] else ():
            if not all(has_italic(piece.use, letter) for letter in words):
                unseen[faces[piece.use][0].family].append((words, piece.place))
    return unseen


def _emphasised(xhtml: str) -> Iterator[str]:
    """The emphasised words in a text, without those in a language that emphasises by weight."""
    if "<em" not in xhtml and "<i" not in xhtml:
        return
    for element in read_fragment(xhtml, recover=True).iter("{*}em", "{*}i"):
        if not emphasises_by_weight(_language_of(element)):
            yield text_of(element)


def _language_of(element: etree._Element) -> str:
    """The language that a text gives to an element of it; empty for that of the publication."""
    around = (str(one.get("lang", "")) for one in (element, *element.iterancestors()))
    return next(filter(None, around), "")


def weight_unseen(hand: EditionInHand) -> Iterator[Finding]:
    """Are strong words seen? A companion of one weight has no heavier letters."""
    faces, _ = find_fonts(hand.settings, hand.layout, hand.place_of)
    here, language = cache(partial(companion_sources, hand.layout.root)), hand.settings.language
    unseen: dict[LetterScript, list[tuple[str, Place]]] = defaultdict(list)
    for piece in _texts(hand):
        for words in _strong(piece.text, language) if faces[piece.use] else ():
            letter = next((one for one in words if script_of(one, language)), "")
            script = script_of(letter, language) if letter else None
            if script and has_one_weight(faces[piece.use][0].family, letter, language, here()):
                unseen[script].append((words, piece.place))
    for script, places in unseen.items():
        (words, place), more = places[0], len(places) - 1
        why = f"“{words}” is strong, but nobody sees it: the font for {script.name} on this machine has one weight."
        why += f" So it is with {more} more." if more else ""
        remedy = f"Type: apt-get install {script.debian} (Debian); or put its heavier font files into assets/fonts."
        yield advice("weight-unseen", place, why, remedy)


def _strong(xhtml: str, language: str) -> Iterator[str]:
    """The words of a text that layouts set in a heavier weight."""
    if not any(mark in xhtml for mark in _STRONG) or max(xhtml) < _BEYOND_LATIN:
        return
    for element in read_fragment(xhtml, recover=True).iter("{*}strong", "{*}b", "{*}em", "{*}i"):
        is_strong = etree.QName(element).localname in ("strong", "b")
        if is_strong or emphasises_by_weight(_language_of(element) or language):
            yield text_of(element)


def _texts(hand: EditionInHand) -> Iterator[_Text]:
    """Every text of an edition: title and makers; the back of a printed cover, or the chapters and our own words."""
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
    own = (hand.words.contents, hand.words.figure, hand.words.table, hand.words.continued, hand.words.set_in)
    yield _Text("text", "".join(own), hand.place_of(("language",)))


def _chapter(chapter: Chapter) -> Iterator[_Text]:
    """The texts of a chapter."""
    yield _Text("text", chapter.title + chapter.subtitle, chapter.place)
    for block in walk(chapter.blocks):
        if isinstance(block, Prose | Heading):
            yield _Text("text", _typed(block.xhtml), block.place)
        elif isinstance(block, Figure | Gallery):
            yield from _captions(block)
    yield from (_Text("text", _typed(note.xhtml), note.place) for note in chapter.notes)


def _typed(xhtml: str) -> str:
    """A text without its formulas, which are drawn with type of their own."""
    if "<math" not in xhtml:
        return xhtml
    text = read_fragment(xhtml)
    etree.strip_elements(text, f"{MATHML}math", with_tail=False)
    return text_of(text)


def _captions(block: Figure | Gallery) -> Iterator[_Text]:
    """The captions and credits of a figure or a gallery."""
    captions: Sequence[Caption | None] = (block.caption, *(figure.caption for figure in pictures_in(block)))
    yield _Text("captions", "".join(_typed(caption.xhtml) for caption in captions if caption), block.place)
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
