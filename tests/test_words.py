"""The builder's own words, in every language that it knows."""

from __future__ import annotations

import re
from dataclasses import asdict
from itertools import product
from string import ascii_lowercase

import pytest

from pressroom.language.words import ENGLISH, direction, is_known, roman, words_for

LANGUAGES = [tag for tag in map("".join, product(ascii_lowercase, repeat=2)) if is_known(tag)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_word_with_its_gaps(language: str) -> None:
    english, words = asdict(ENGLISH), asdict(words_for(language))
    assert is_known(language)
    assert [key for key, word in words.items() if not word.strip() and key != "list_comma"] == []
    assert {key: gaps(word) for key, word in words.items()} == {key: gaps(word) for key, word in english.items()}


def test_seven_languages_are_known() -> None:
    assert {"en", "de", "fr", "es", "it", "ru", "hy"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if tag != "en"])
def test_a_language_has_words_of_its_own(language: str) -> None:
    assert words_for(language).contents != ENGLISH.contents
    assert words_for(language).made_with != ENGLISH.made_with


def test_a_tag_is_known_by_its_language() -> None:
    assert words_for("en-GB") is words_for("EN") is ENGLISH
    assert words_for("hy-Latn-AM") is words_for("hy")


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
