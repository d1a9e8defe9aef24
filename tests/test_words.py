"""The builder's own words, in every language that it knows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict
from itertools import product
from string import ascii_lowercase

import pytest
from babel import Locale

from pressroom.language.words import ENGLISH, direction, is_known, roman, words_for

LANGUAGES = [tag for tag in map("".join, product(ascii_lowercase, repeat=2)) if is_known(tag)]


@pytest.mark.parametrize("language", [*LANGUAGES, "zh-Hant"])
def test_a_language_has_every_word_with_its_gaps(language: str) -> None:
    english, words = asdict(ENGLISH), asdict(words_for(language))
    places = words.pop("places")
    assert len(places) in (0, len(english.pop("places"))), "a language has words for all places of a page, or for none"
    assert all(place.strip() for place in places)
    assert is_known(language)
    assert [key for key, word in words.items() if not word.strip() and key != "list_comma"] == []
    assert {key: gaps(word) for key, word in words.items()} == {key: gaps(word) for key, word in english.items()}


PROMISED = "ar bg cs da de el en es fa fi fr he hi hu hy it ja ka ko nb nl pl pt ro ru sv th tr uk zh zh-Hant".split()


def test_thirty_languages_are_known_and_chinese_in_both_kinds_of_letters() -> None:
    assert {*PROMISED} - {"zh-Hant"} <= set(LANGUAGES)
    assert len(PROMISED) == 31
    assert words_for("no") is words_for("nb")


@pytest.mark.parametrize("language", PROMISED)
def test_cldr_agrees_where_it_has_the_same_words(language: str) -> None:
    """CLDR has the sign between the items of a list, the way of writing, and the names of pixels."""
    locale, words = Locale.parse(language, sep="-"), words_for(language)
    between = locale.list_patterns["standard"]["middle"].replace("{0}", "").replace("{1}", "").replace("\u200f", "")
    assert words.list_comma == {"ar": "، "}.get(
        language, between
    )  # Arabic joins with “and”, which no list of names does
    assert direction(language) == locale.text_direction
    pixels = locale._data["unit_patterns"]["graphics-pixel"]["long"]
    forms = {form.replace("{0}", "").strip().casefold() for form in pixels.values() if isinstance(form, str)}
    own = words.pixels.casefold()
    assert any(form in own for form in forms) or language in PIXELS_OTHERWISE, (own, forms)


PIXELS_OTHERWISE = {"el", "he", "ko"}
"""CLDR has no word in the language’s own script for them."""


@pytest.mark.parametrize("language", PROMISED)
def test_words_are_written_in_the_script_of_their_language(language: str) -> None:
    expected = SCRIPTS.get(language, ("CYRILLIC",) if language in ("ru", "uk", "bg") else ("LATIN",))
    words = asdict(words_for(language))
    for key, word in {**words, "places": " ".join(words["places"])}.items():
        text = re.sub(r"\{\w+\}|Pressroom", "", word)
        letters = [letter for letter in text if letter.isalpha()]
        known = (*expected, "MODIFIER", *(("LATIN",) if (language, key) in IN_LATIN else ()))
        assert all(unicodedata.name(letter).startswith(known) for letter in letters), (key, word)


SCRIPTS: dict[str, tuple[str, ...]] = {
    "ar": ("ARABIC",), "fa": ("ARABIC",), "he": ("HEBREW",), "hy": ("ARMENIAN",), "ka": ("GEORGIAN",), "el": ("GREEK",),
    "hi": ("DEVANAGARI",), "th": ("THAI",), "ko": ("HANGUL",), "zh": ("CJK",), "zh-Hant": ("CJK",),
    "ja": ("CJK", "HIRAGANA", "KATAKANA"),
}  # fmt: skip
IN_LATIN = {("ja", "page"), ("ko", "page")}
"""Books of these languages write “p. 12” where the number stands behind the word."""


def test_no_two_different_places_have_the_same_name() -> None:
    for language in PROMISED:
        words = words_for(language)
        assert len(set(words.elsewhere)) == 5, language
        assert len({words.contents, words.index, words.cover, words.title_page, words.pages, words.photographs}) == 6


@pytest.mark.parametrize("language", [*(tag for tag in LANGUAGES if tag != "en"), "zh-Hant"])
def test_a_language_has_words_of_its_own(language: str) -> None:
    assert words_for(language).contents != ENGLISH.contents
    assert words_for(language).made_with != ENGLISH.made_with


def test_a_tag_is_known_by_its_language() -> None:
    assert words_for("en-GB") is words_for("EN") is ENGLISH
    assert words_for("hy-Latn-AM") is words_for("hy")


@pytest.mark.parametrize(
    ("tag", "contents"),
    [("zh", "目录"), ("zh-CN", "目录"), ("zh-Hans-TW", "目录"), ("zh-TW", "目錄"), ("zh-hk", "目錄")],
)
def test_chinese_has_the_letters_of_its_script_or_of_its_region(tag: str, contents: str) -> None:
    assert words_for(tag).contents == contents


def test_an_unknown_language_gets_english() -> None:
    assert words_for("tlh") is ENGLISH
    assert not is_known("tlh")


def gaps(word: str) -> list[str]:
    return sorted(re.findall(r"\{\w*\}", word))


@pytest.mark.parametrize(
    ("language", "way"),
    [("ar", "rtl"), ("he-IL", "rtl"), ("az-Arab", "rtl"), ("ar-Latn", "ltr"), ("hy", "ltr"), ("en", "ltr")],
)
def test_a_language_is_written_the_way_of_its_script(language: str, way: str) -> None:
    assert direction(language) == way


@pytest.mark.parametrize(
    ("number", "numeral"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (1994, "mcmxciv")]
)
def test_folios_of_the_front_matter_are_roman(number: int, numeral: str) -> None:
    assert roman(number) == numeral
