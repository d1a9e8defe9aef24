"""Dates: a day as readers of each language write it."""

from __future__ import annotations

import datetime as dt

import pytest
from conftest import Publish, laid_out

from pressroom import production
from pressroom.language.dates import day_in_words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "September 27, 2023"),
        ("en-GB", "27 September 2023"),
        ("de", "27. September 2023"),
        ("fr", "27 septembre 2023"),
        ("ru", "27 сентября 2023\u202fг."),
        ("uk", "27 вересня 2023\u202fр."),
        ("pl", "27 września 2023"),
        ("el", "27 Σεπτεμβρίου 2023"),
        ("tr", "27 Eylül 2023"),
        ("hy", "2023 թ. սեպտեմբերի 27"),
        ("ka", "27 სექტემბერი, 2023"),
        ("he", "27 בספטמבר 2023"),
        ("ar", "27 سبتمبر 2023"),
        ("fa", "۲۷ سپتامبر ۲۰۲۳"),
        ("zh-Hant", "2023年9月27日"),
        ("sr-Latn-RS", "27. septembar 2023."),
        ("en-Xsux", "September 27, 2023"),
        ("tlh", "2023-09-27"),
    ],
)
def test_a_day_is_written_as_its_language_has_it(language: str, words: str) -> None:
    assert day_in_words(dt.date(2023, 9, 27), language) == words


@pytest.mark.slow
@pytest.mark.parametrize(("language", "words"), [("ru", "27 сентября 2023\u202fг."), ("fa", "۲۷ سپتامبر ۲۰۲۳")])
def test_the_imprint_has_the_day_of_publication_in_words(language: str, words: str, publication: Publish) -> None:
    settings = f"title: T\nlanguage: {language}\npublished: 2023-09-27\npublisher: P\n"
    units = laid_out(production.read(production.Order(publication(settings=settings))).edition("screen")).units
    assert any(words in unit.document.text for unit in units)
