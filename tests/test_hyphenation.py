"""Hyphenation: words of each language break where its rules say, on pages, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pyphen
import pytest
from conftest import Publish

from pressroom import production
from pressroom.language.syllables import SYLLABLES
from pressroom.typeset.engine.hyphenation import add_languages

add_languages()

TURKISH = (
    "al-dı bi-rik-ti-ri-ci ba-şöğ-ret-men il-ko-kul alt-lık Türk-çe kork-mak kont-rol elekt-rik or-kest-ra"
    " sa-at şi-ir İs-tan-bul DIŞ-LA-RI hi-kâ-ye An-ka-ra’ya ve tren"
)
ARMENIAN = (
    "Հա-յաս-տան պատ-կե-րաց-նել թարգ-մա-նել մարդ-կա-յին սեն-յակ միա-սին լու-սան-կար Բո-վան-դա-կու-թյուն"
    " հա-մալ-սա-րա-նա-կան ՀԱ-ՅԱՍ-ՏԱՆ հա-ւատ Աս-տու-ած տե-սա-կետ գե-ղար-վես-տա-կան"
)
KEPT_WHOLE = "արև մկրտել տրտնջալ գրել և"
"""A break would need the vowel that is not written, or would part a letter that stands for a vowel and a consonant."""


GEORGIAN = (
    "სა-ქართ-ვე-ლო ქარ-თუ-ლი მას-წავ-ლე-ბე-ლი სა-ზო-გა-დო-ე-ბა დე-და-ქა-ლა-ქი მთავ-რო-ბა წიგ-ნი კონ-ფე-რენ-ცია"
    " სი-ტყვა ში-ცხა-დი მე-თქი ბრძო-ლა მო-ტყუ-ე-ბა"
)


def divided(word: str, language: str) -> str:
    """A word with hyphens where it may be broken, two letters or more from its ends."""
    return pyphen.Pyphen(lang=pyphen.language_fallback(language)).inserted(word)


def test_turkish_words_break_as_the_spelling_guide_has_it() -> None:
    assert [divided(word.replace("-", ""), "tr-TR") for word in TURKISH.split()] == TURKISH.split()


@pytest.mark.parametrize("language", ["hy", "hyw", "hy-AM"])
def test_armenian_words_break_by_syllables(language: str) -> None:
    words = [*ARMENIAN.replace("միա-սին", "մի-ա-սին").split(), *KEPT_WHOLE.split()]
    assert [divided(word.replace("-", ""), language) for word in words] == words


@pytest.mark.parametrize("word", GEORGIAN.split())
def test_georgian_words_break_by_syllables_and_keep_harmonic_groups(word: str) -> None:
    assert divided(word.replace("-", ""), "ka-GE") == word


def test_no_break_stands_beside_an_apostrophe_a_hyphen_or_a_figure() -> None:
    for word in ("Ankara’ya", "Ankara'ya", "2024-te", "e-posta", "’", "", "123", "ab\u0301a", "İİİ"):
        for at in SYLLABLES["tr"].breaks(word):
            assert word[at - 1].isalpha(), word
            assert word[at].isalpha(), word


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "word", "parts"),
    [
        ("en", "yesterday", "yes-ter-day"),
        ("de", "Fotografinnen", "Fo-to-gra-fin-nen"),
        ("fr", "photographie", "pho-to-gra-phie"),
        ("ru", "фотография", "фо-то-гра-фия"),
        ("uk", "книгарня", "кни-га-р-ня"),
        ("hy", "լուսանկար", "լու-սան-կար"),
        ("el", "φωτογραφία", "φω-το-γρα-φία"),
        ("pl", "fotografia", "fo-to-gra-fia"),
        ("es", "fotografía", "fo-to-gra-fía"),
        ("it", "fotografia", "fo-to-gra-fia"),
        ("pt", "fotografia", "fo-to-gra-fia"),
        ("tr", "fotoğrafçı", "fo-toğ-raf-çı"),
    ],
)
def test_every_promised_language_has_hyphens(language: str, word: str, parts: str) -> None:
    assert divided(word, language) == parts


@pytest.mark.slow
def test_copied_text_of_a_broken_word_is_the_word(publication: Publish) -> None:
    words = "մարդկային համալսարանական թարգմանություններ պատմությունների գեղարվեստական " * 12
    settings = "language: hy\ntitle: Հայ\nlayout: reader\neditions: {screen: {format: pdf, trim: a5}}\n"
    root = publication({"book/a.md": f"# Հայ\n\n{words}\n"}, settings=settings)
    (product,) = production.build(production.Order(root)).products
    text = text_of(product.path)
    assert re.search("թարգմանություն[\u0002\ufffe]ներ", text)
    whole = "".join(re.sub("[\u0002\ufffe]", "", text).split())
    assert "համալսարանականթարգմանություններպատմությունների" in whole
    assert "\u00ad" not in text


def text_of(file: Path) -> str:
    """The text of a PDF as a reader has it: PDFium marks where it has joined a word that a line breaks."""
    with pypdfium2.PdfDocument(file) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)
