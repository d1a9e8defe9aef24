"""Fonts: the faces that an ebook embeds, subset to the letters of its pages, as WOFF2 (EPUB 3.3, core media types).

A cached subset is named after everything that it depends on, since making it takes time. If the pages use one letter of
a small alphabet, the subset has the whole alphabet, so that a new word in a chapter rarely needs a new subset.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import brotli
import fontTools

from pressroom import css
from pressroom.design.composition import Composition, FontFace
from pressroom.design.fonts import code_points
from pressroom.epub.obfuscation import encryption, obfuscate
from pressroom.epub.package import FOLDER, PackageFile
from pressroom.keeping import kept, store
from pressroom.xhtml import XhtmlDocument, text_of

_VERSION = 2
"""Increase this when the output changes for the same font and text."""
_ALWAYS = (range(0x20, 0x7F), range(0xA0, 0x100), range(0x2010, 0x2045), (0x20AC, 0x2116, 0x2122, 0x2212))
"""Code points that every subset has, since later text needs them or reading systems add them: Latin letters, figures,
quotation marks, dashes, hyphens of broken words, bullets of lists.
"""
_ALPHABETS = (
    range(0x0386, 0x03CF),  # Greek, with its accents
    range(0x0400, 0x0460),  # Cyrillic of the languages of Europe
    range(0x0531, 0x0590),  # Armenian
    range(0x05D0, 0x05F5),  # Hebrew
    range(0x0621, 0x0656),  # Arabic, with its vowels
    range(0x0900, 0x0980),  # Devanagari
    range(0x0E01, 0x0E5C),  # Thai: a browser parts its letter am into two others
    range(0x10D0, 0x1100),  # Georgian
)
"""Small alphabets: a subset with one of their letters has all of them. Other letters are added one by one."""
_FEATURES = {
    "small-caps": "smcp", "all-small-caps": "smcp c2sc", "petite-caps": "pcap", "all-petite-caps": "pcap c2pc",
    "unicase": "unic", "titling-caps": "titl",
    "oldstyle-nums": "onum", "lining-nums": "lnum", "proportional-nums": "pnum", "tabular-nums": "tnum",
    "slashed-zero": "zero", "ordinal": "ordn", "diagonal-fractions": "frac", "stacked-fractions": "afrc",
    "discretionary-ligatures": "dlig", "historical-ligatures": "hlig", "historical-forms": "hist",
}  # fmt: skip
"""OpenType features by the CSS keywords that turn them on in any property (CSS Fonts 4, 6)."""
_FEATURES_IN_PLACE = {"sub": "subs", "super": "sups", "ruby": "ruby"}
"""Keywords that name a feature in some properties only."""
_SET_IN_PLACE = frozenset(["font-variant", "font-variant-position", "font-variant-east-asian"])
_TAG_LENGTH = 4


@dataclass(frozen=True)
class FontNeeds:
    """The letters and OpenType features that an ebook needs from its fonts."""

    letters: frozenset[str]
    features: frozenset[str]
    """OpenType features that style sheets turn on."""


def fonts_of(composition: Composition, cache: Path) -> tuple[PackageFile, ...]:
    """The font files of a composition, and META-INF/encryption.xml if they are obfuscated. Raises as `font_parts`."""
    ebook = composition.edition.ebook
    is_hidden = ebook is not None and ebook.fonts == "obfuscate"
    identifier = composition.publication.settings.identifier(composition.name)
    return font_parts(composition.fonts, wanted_of(composition), cache, identifier if is_hidden else "")


def check_complete(composition: Composition, fonts: Sequence[PackageFile]) -> None:
    """Raise ValueError if a font that the style sheets name is missing; no reading system would report it."""
    missing = {face.part for face in composition.fonts} - {part.file for part in fonts}
    if missing:
        raise ValueError(f"the ebook lacks {', '.join(sorted(missing))}: pass the fonts from fonts_of")


def wanted_of(composition: Composition) -> FontNeeds:
    """Every letter and feature that the pages of a composition may need, attributes included: a reading system may
    display an alt text in place of a picture.
    """
    sheets = [style.css for style in composition.styles]
    pages = (*(unit.document for unit in composition.units), composition.navigation)
    sources = [text for page in pages if page is not None for text in _texts(page)]
    texts = (*sheets, *(text for sheet in sheets for text in _unescaped(sheet)), *sources)
    letters = set[str]().union(*texts, *(unicodedata.normalize("NFC", text) for text in sources))
    features = (feature for sheet in sheets for feature in _features(sheet))
    return FontNeeds(frozenset(_every_form(letters)), frozenset(features))


def _texts(page: XhtmlDocument) -> Iterator[str]:
    """The text of a page, in elements and in attributes."""
    yield text_of(page.root)
    yield from (str(value) for element in page.root.iter("*") for value in element.attrib.values())


@lru_cache(maxsize=64)
def _unescaped(sheet: str) -> tuple[str, ...]:
    """The strings of a style sheet with their escapes decoded."""
    return tuple(token.value for token in css.tokens(sheet) if token.type == "string")


@lru_cache(maxsize=64)
def _features(sheet: str) -> frozenset[str]:
    """The OpenType features that a style sheet turns on, by keyword or by tag."""
    return frozenset(_features_in(sheet))


def _features_in(sheet: str) -> Iterator[str]:
    for token in css.tokens(sheet):
        if token.type == "ident":
            yield from _FEATURES.get(token.lower_value, "").split()
    for each in css.declarations(sheet):
        for token in css.tokens(each.value):
            if each.name in _SET_IN_PLACE and token.type == "ident" and token.lower_value in _FEATURES_IN_PLACE:
                yield _FEATURES_IN_PLACE[token.lower_value]
            elif each.name == "font-feature-settings" and token.type == "string" and len(token.value) == _TAG_LENGTH:
                yield token.value


def _every_form(letters: set[str]) -> Iterator[str]:
    """Letters, completed to whole small alphabets, with their decomposed forms and both cases."""
    alphabets = [codes for codes in _ALPHABETS if any(ord(letter) in codes for letter in letters)]
    for letter in letters.union(chr(code) for codes in (*_ALWAYS, *alphabets) for code in codes):
        yield from letter + unicodedata.normalize("NFD", letter) + letter.upper() + letter.lower()


def font_parts(
    faces: Sequence[FontFace], wanted: FontNeeds, cache: Path, obfuscated_with: str = ""
) -> tuple[PackageFile, ...]:
    """The font files of an ebook as WOFF2 subsets, from the `cache` where it has them.

    `obfuscated_with` is the publication's unique identifier; with it, fonts are obfuscated, and encryption.xml declares
    that. Raises PressroomError for a damaged font, and OSError if the cache cannot be written.
    """
    files = [(face, _cached_file(face, wanted, cache)) for face in faces]
    if not obfuscated_with:
        return tuple(_part(face, file) for face, file in files)
    parts = [_part(face, obfuscate(file.read_bytes(), obfuscated_with)) for face, file in files]
    document = encryption(f"{FOLDER}/{part.file}" for part in parts)
    declaration = PackageFile("encryption", "META-INF/encryption.xml", "application/xml", document, in_manifest=False)
    return (*parts, declaration) if parts else ()


def _part(face: FontFace, content: bytes | Path) -> PackageFile:
    return PackageFile(f"font-{Path(face.part).stem}", face.part, "font/woff2", content)


def _cached_file(face: FontFace, wanted: FontNeeds, cache: Path) -> Path:
    """The WOFF2 file with the subset of a face in the cache; made first if it is missing."""
    source = face.file.read_bytes()
    codes = sorted(code_points(face.file) & {ord(letter) for letter in wanted.letters}) if face.may_be_subset else []
    made_of = (hashlib.sha256(source).hexdigest(), codes, sorted(wanted.features))
    made_by = (fontTools.version, version("uharfbuzz"), brotli.__version__, _VERSION)
    digest = hashlib.sha256(repr((made_of, made_by)).encode()).hexdigest()[:24]
    receipt = kept(cache, digest)
    if receipt is None:
        from pressroom.epub import woff2  # noqa: PLC0415 - where the cache has the part, nothing of it is needed

        receipt = store(cache, digest, woff2.make(face, source, codes, wanted.features), ".woff2")
    return cache / str(receipt["name"])
