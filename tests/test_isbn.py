"""ISBNs: wrong ones are reported at their place, and correct ones are written in the form that shops compare."""

from __future__ import annotations

import pytest
from conftest import Publish, ids, lines
from hypothesis import given
from hypothesis import strategies as st

from pressroom import production
from pressroom.errors import PressroomError
from pressroom.publication import isbn_digits, isbn_of, plain_identifier
from pressroom.publication.isbn import with_check
from pressroom.settings import doubts, read_settings

HEAD = "title: T\nlanguage: en\n"
EDITIONS = "editions:\n  ebook: {format: epub}\n  print: {format: pdf}\n  cover: {format: cover, caliper: 0.1mm}\n"


@pytest.mark.slow
@given(st.from_regex(r"97(8[0-9]|9[1-9])[0-9]{8}", fullmatch=True), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_of_an_isbn_is_found(twelve: str, place: int, by: int) -> None:
    isbn = with_check(twelve)
    assert isbn_digits(isbn) == isbn
    wrong = isbn[:place] + str((int(isbn[place]) + by) % 10) + isbn[place + 1 :]
    with pytest.raises(ValueError, match=r"digit|979-0"):
        isbn_digits(wrong)


@pytest.mark.slow
@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(0, 7))
def test_of_ten_digits_two_that_are_exchanged_are_found(nine: str, place: int) -> None:
    check = -sum((10 - n) * int(digit) for n, digit in enumerate(nine)) % 11
    isbn = nine + "0123456789X"[check]
    assert isbn_digits(isbn) == with_check(f"978{nine}")
    swapped = isbn[:place] + isbn[place + 1] + isbn[place] + isbn[place + 2 :]
    if swapped != isbn:
        with pytest.raises(ValueError, match="exchanged"):
            isbn_digits(swapped)


def test_an_isbn_of_ten_digits_becomes_one_of_thirteen() -> None:
    assert isbn_digits("0-306-40615-2") == "9780306406157"
    assert isbn_digits("0-8044-2957-X") == "9780804429573"
    with pytest.raises(ValueError, match="check digit"):
        isbn_digits("0-306-40615-3")


@pytest.mark.parametrize(
    "text", ["", "978", "9780000000002X", "977-0-00-000000-3", "979-0-2600-0043-8", "٩٧٨٠٠٠٠٠٠٠٠٠٢"]
)
def test_other_numbers_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"digits|ISMN"):
        isbn_digits(text)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("urn:isbn:978-3-16-148410-0", "urn:isbn:9783161484100"),
        ("URN:ISBN:978‑3‑16‑148410‑0", "urn:isbn:9783161484100"),  # no-break hyphens, as web pages have them
        ("urn:isbn:0-306-40615-2", "urn:isbn:9780306406157"),
        ("doi:10.1000/182", "doi:10.1000/182"),
        ("https://example.org/book", "https://example.org/book"),
        ("urn:issn:1234-5679", "urn:issn:1234-5679"),
    ],
)
def test_programs_get_thirteen_digits_and_other_identifiers_as_they_are(
    publication: Publish, typed: str, plain: str
) -> None:
    assert plain_identifier(typed) == plain
    settings = read_settings(publication(settings=f"{HEAD}identifiers: {{ebook: '{typed}'}}\n")).settings
    assert (settings.identifier("ebook"), settings.identifiers["ebook"]) == (plain, typed)
    assert bool(isbn_of(typed)) == plain.startswith("urn:isbn:")


def test_every_wrong_isbn_is_reported_at_its_place_and_once(publication: Publish) -> None:
    settings = f"{HEAD}identifiers:\n  ebook: urn:isbn:9783161484101\n  print: urn:isbn:978-3-16-14\n{EDITIONS}"
    report = production.build(production.Order(publication(settings=settings)))
    assert lines(report.findings) == [
        "book/publication.yaml:4:10 error isbn-wrong",
        "book/publication.yaml:5:10 error isbn-wrong",
    ]
    assert "should be 0" in report.findings[0].message and "thirteen digits" in report.findings[1].message


@pytest.mark.parametrize(
    "typed", ["978-3-16-148410-0", "ISBN 978-3-16-148410-0", "isbn:9783161484100", "0-306-40615-2"]
)
def test_an_isbn_without_urn_is_reported_with_its_correct_form(publication: Publish, typed: str) -> None:
    with pytest.raises(PressroomError) as stopped:
        read_settings(publication(settings=f"{HEAD}identifiers: {{ebook: '{typed}'}}\n"))
    assert lines(stopped.value.findings) == ["book/publication.yaml:3:22 error value-wrong"]
    assert "urn:isbn:" + typed.lstrip("ISBNisbn :") in stopped.value.findings[0].remedy


@pytest.mark.parametrize(
    ("identifiers", "told"),
    [
        ("ebook: urn:isbn:9783161484100, print: urn:isbn:978-3-16-148410-0", ["3:53 warning isbn-shared"]),
        ("ebook: urn:isbn:0306406152, print: urn:isbn:9780306406157", ["3:50 warning isbn-shared"]),
        ("ebook: urn:isbn:9783161484100, print: urn:isbn:9780306406157", []),
        ("print: urn:isbn:9783161484100, cover: urn:isbn:9783161484100", []),
        ("ebook: doi:10.1/a, print: doi:10.1/a", []),
    ],
)
def test_two_products_with_one_isbn_are_reported(publication: Publish, identifiers: str, told: list[str]) -> None:
    file = read_settings(publication(settings=f"{HEAD}identifiers: {{{identifiers}}}\n{EDITIONS}"))
    found = [line.removeprefix("book/publication.yaml:") for line in lines(doubts(file.settings, file.place_of))]
    assert found == told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("subjects: [{scheme: thema, name: Refugees}]", "3:12 warning subject-incomplete"),
        ("subjects: [{code: JBFG, name: Refugees}]", "3:19 warning subject-incomplete"),
        ("subjects: [{scheme: lcsh, name: Refugees}, {name: Armenia}]", ""),
        ("accessibility: {certifier_report: 'https://example.org/'}", "3:35 warning certifier-missing"),
        ("accessibility: {certified_by: A, certifier_credential: B}", ""),
    ],
)
def test_a_fact_that_is_incomplete_is_reported(publication: Publish, key: str, told: str) -> None:
    report = production.check(
        production.Order(publication(settings=f"{HEAD}{key}\neditions: {{ebook: {{format: epub}}}}\n"))
    )
    found = [f for f in report.findings if f.id in ("subject-incomplete", "certifier-missing")]
    assert [line.removeprefix("book/publication.yaml:") for line in lines(found)] == ([told] if told else [])
    assert not {"key-unknown", "value-wrong"} & set(ids(report.findings))
