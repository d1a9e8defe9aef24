"""Embargoes: before the agency's date, nothing is built with its photograph; after it, there is no finding."""

from __future__ import annotations

import datetime as dt
import struct

import pytest
from conftest import Publish, collect, ids, lines, picture
from hypothesis import given
from hypothesis import strategies as some

from pressroom import production
from pressroom.photographs.embargo import embargo_of
from pressroom.photographs.metadata import Metadata

DAY = dt.date(2026, 12, 1)
BEFORE, AFTER = DAY - dt.timedelta(1), DAY + dt.timedelta(1)


def xmp(instructions: str) -> bytes:
    """A packet with these instructions."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">'
        f"<photoshop:Instructions>{instructions}</photoshop:Instructions></rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def told(publication: Publish, instructions: str, today: dt.date | None) -> list[str]:
    """The findings on a day about a photograph with instructions."""
    root = publication({"book/a.md": "# A\n\n![Alt](a.jpg)\nCaption."})
    picture(root / "assets/a.jpg", xmp=xmp(instructions))
    album, findings = collect(root, today=today)
    assert len(album) == 1
    return lines(findings)


# ---- the day


@pytest.mark.parametrize(
    "instructions",
    [
        "EMBARGO: 2026-12-01",
        "Embargoed until 2026-12-01 06:00 GMT",
        "EMBARGO 2026-12-01T00:01:00Z",
        "embargo until 2026/12/01",
        "Embargo: 2026.12.1",
        "Sperrfrist: 1.12.2026, 18 Uhr",
        "Sperrfrist 01. 12. 2026",
        "Under embargo until 1 December 2026.",
        "Embargo till 00:01 GMT, Tuesday 1st December 2026",
        "embargo until 1st of December, 2026",
        "EMBARGOED UNTIL 01DEC2026",
        "Embargo: Dec. 1, 2026",
        "Embargo lifts December 1st 2026",
        "Not to be used before 1 December 2026",
        "Not for publication until 1 December 2026",
        "Do not publish before 2026-12-01. Credit mandatory.",
        "HOLD FOR RELEASE UNTIL 1 DEC 2026",
        "Taken 1 June 2026. Embargo: 1 December 2026.",
        "Embargo: 1/12/2026",
        "Embargo: 12/1/2026",
        "Embargo: 01-12-2026",
    ],
)
@pytest.mark.slow
def test_an_embargo_is_read_as_people_write_it(publication: Publish, instructions: str) -> None:
    assert embargo_of(Metadata(instructions=instructions)) == DAY
    assert told(publication, instructions, BEFORE) == ["book/a.md:3:1 error photo-embargo"]
    assert told(publication, instructions, DAY) == []


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1/12/2026", dt.date(2026, 12, 1)),
        ("12/1/2026", dt.date(2026, 12, 1)),
        ("3/2/2026", dt.date(2026, 3, 2)),
        ("31/1/2026", dt.date(2026, 1, 31)),
        ("1/31/2026", dt.date(2026, 1, 31)),
        ("31/31/2026", None),
        ("30/2/2026", None),
    ],
)
def test_of_a_day_that_two_countries_read_differently_the_later_counts(written: str, day: dt.date | None) -> None:
    assert embargo_of(Metadata(instructions=f"Embargo: {written}")) == day


def test_of_several_days_the_last_counts() -> None:
    several = Metadata(instructions="Embargo: web 1 May 2026, print 1 December 2026", release=dt.date(2026, 6, 1))
    assert embargo_of(several) == DAY
    assert embargo_of(Metadata(instructions="Embargo: 1 May 2026", release=DAY)) == DAY


def test_a_release_date_counts_without_a_word(publication: Publish) -> None:
    """IIM, data set 2:30."""
    root = publication({"book/a.md": "![Alt](a.jpg)"})
    data = picture(root / "assets/a.jpg").read_bytes()
    record = b"\x1c\x02\x1e" + struct.pack(">H", 8) + b"20261201"
    body = b"Photoshop 3.0\0" + b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(record)) + record + b"\0"
    segment = b"\xff\xed" + struct.pack(">H", len(body) + 2) + body
    (root / "assets/a.jpg").write_bytes(data[:2] + segment + data[2:])
    assert [ids(collect(root, today=day)[1]) for day in (BEFORE, DAY)] == [["photo-embargo"], []]


# ---- findings


@pytest.mark.parametrize(
    "instructions",
    [
        "EMBARGO",
        "Embargoed until Sunday",
        "Embargo: 1 December",
        "embargo until May 2026",
        "Embargo: 30 February 2026",
        "Sperrfrist beachten!",
        "Not to be used before the trial has ended",
    ],
)
@pytest.mark.slow
def test_an_embargo_without_a_day_is_a_warning(publication: Publish, instructions: str) -> None:
    assert told(publication, instructions, BEFORE) == ["book/a.md:3:1 warning photo-embargo-unclear"]


@pytest.mark.parametrize(
    "instructions",
    ["Mandatory credit. No archive.", "Taken on 2099-12-01.", "No tabloids; not for sale before cropping"],
)
def test_other_instructions_are_shown_to_the_picture_editor(publication: Publish, instructions: str) -> None:
    assert told(publication, instructions, BEFORE) == ["book/a.md:3:1 advice photo-instructions"]


def test_without_a_date_to_compare_there_is_no_finding(publication: Publish) -> None:
    assert told(publication, "Embargo: 2099-12-01", None) == []


@pytest.mark.slow
@given(some.text(), some.dates())
def test_any_instructions_can_be_read(text: str, day: dt.date) -> None:
    embargo_of(Metadata(instructions=text))
    assert embargo_of(Metadata(instructions=f"Embargo: {day.isoformat()}")) == day


# ---- the build


@pytest.mark.slow
def test_a_photograph_under_embargo_stops_the_build_until_its_day(publication: Publish) -> None:
    settings = "title: T\nlanguage: en\neditions: {ebook: {format: epub, fonts: none}}\n"
    root = publication({"book/a.md": "# A\n\n![Alt](a.jpg)\nCaption."}, settings)
    picture(root / "assets/a.jpg", 600, 400, xmp=xmp("Embargo: 2026-12-01"))
    (root / "dist").mkdir()
    (root / "dist/t.epub").write_bytes(b"older")
    report = production.build(production.Order(root, today=BEFORE))
    [fault] = [finding for finding in report.findings if finding.severity == "error"]
    assert (fault.id, str(fault.place)) == ("photo-embargo", "book/a.md:3:1")
    assert "2026-12-01" in fault.message
    assert not report.products
    assert (root / "dist/t.epub").read_bytes() == b"older"
    assert [product.edition for product in production.build(production.Order(root, today=AFTER)).products] == ["ebook"]
