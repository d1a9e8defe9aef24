"""publication.yaml and photos.yaml: the allowed values, and the findings about others."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import get_args

import pytest
from conftest import SETTINGS, Publish, ids, lines
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from ruamel.yaml import YAML

from pressroom import production
from pressroom import publication as model
from pressroom.errors import Finding, PressroomError
from pressroom.publication import (
    Accessibility,
    Contents,
    CoverEdition,
    Creator,
    EpubEdition,
    Focus,
    Fonts,
    GeneratedEntry,
    PartEntry,
    PdfEdition,
    PhotoNote,
    Series,
    Settings,
    Subject,
    Trim,
)
from pressroom.publication.about import RELATOR_CODES, CreatorRole
from pressroom.settings import json_schema, not_yet, read_photo_notes, read_settings

BOOK = Path(__file__).parent.parent / "book"
EVERY_KEY = """\
title: The Road to Kornidzor
subtitle: September 2023
language: en-GB
creators:
  - {name: A. Photographer, role: photographer, file_as: "Photographer, A."}
  - {name: An Author}
publisher: Example Press
published: 2023-09-27
identifiers: {ebook: "urn:isbn:9780000000002", print: "urn:isbn:9780000000019"}
rights: © 2023 Example Press
license: https://creativecommons.org/licenses/by/4.0/
description: >-
  One
  text.
source: A report
subjects: [{scheme: thema, code: JBFG, name: Refugees}, {name: Armenia}]
series: {name: Field Reports, number: 4}
accessibility: {summary: Everything is described., certified_by: Example Press}
status: final
layout: reportage
fonts: {text: Noto Serif, captions: Noto Sans}
captions_from_photos: true
contents: {depth: 2}
slug: kornidzor
chapters:
  - preface.md
  - part: The road
    chapters: [01-*.md, 02.txt]
  - generated: [photographs, credits, colophon]
editions:
  ebook: {format: epub, pages_from: print, image_px: 1600, max_mb: 50}
  screen: {format: pdf, trim: 210x270mm, standard: PDF/UA-1, image_ppi: 150}
  print: {format: pdf, trim: 21 x 27 cm, bleed: 3mm, marks: [crop, registration], standard: PDF/X-4,
          profile: coated-fogra39, image_ppi: 300, min_ppi: 200, printer: offset}
  cover: {format: cover, for: print, caliper: 0.1mm}
"""


def settings_of(publication: Publish, text: str) -> Settings:
    return read_settings(publication(settings=text)).settings


def faults_of(publication: Publish, text: str) -> tuple[Finding, ...]:
    with pytest.raises(PressroomError) as stop:
        read_settings(publication(settings=text))
    return stop.value.findings


def places(findings: tuple[Finding, ...]) -> list[str]:
    """`line:column+width id` of each finding."""
    return [f"{f.place.line}:{f.place.column}+{f.place.width} {f.id}" for f in findings]


# ---- what may be typed


def test_every_key_is_read(publication: Publish) -> None:
    assert settings_of(publication, EVERY_KEY) == Settings(
        title="The Road to Kornidzor",
        subtitle="September 2023",
        language="en-GB",
        creators=(
            Creator(name="A. Photographer", role="photographer", file_as="Photographer, A."),
            Creator(name="An Author", role="author"),
        ),
        publisher="Example Press",
        published=dt.date(2023, 9, 27),
        identifiers={"ebook": "urn:isbn:9780000000002", "print": "urn:isbn:9780000000019"},
        rights="© 2023 Example Press",
        license="https://creativecommons.org/licenses/by/4.0/",
        description="One text.",
        source="A report",
        subjects=(Subject(scheme="thema", code="JBFG", name="Refugees"), Subject(name="Armenia")),
        series=Series(name="Field Reports", number="4"),
        accessibility=Accessibility(summary="Everything is described.", certified_by="Example Press"),
        status="final",
        layout="reportage",
        fonts=Fonts(text="Noto Serif", captions="Noto Sans"),
        captions_from_photos=True,
        contents=Contents(depth=2),
        slug="kornidzor",
        chapters=(
            "preface.md",
            PartEntry(part="The road", chapters=("01-*.md", "02.txt")),
            GeneratedEntry(generated=("photographs", "credits", "colophon")),
        ),
        editions={
            "ebook": EpubEdition(format="epub", pages_from="print", image_px=1600, max_mb=50),
            "screen": PdfEdition(format="pdf", trim=Trim(210, 270), standard="PDF/UA-1", image_ppi=150),
            "print": PdfEdition(
                format="pdf",
                trim=Trim(210, 270),
                bleed=3.0,
                marks=("crop", "registration"),
                standard="PDF/X-4",
                profile="coated-fogra39",
                image_ppi=300,
                min_ppi=200,
                printer="offset",
            ),
            "cover": CoverEdition.model_validate(  # what it does not say, its book says for it
                {"format": "cover", "for": "print", "caliper": "0.1mm", "printer": "offset"}
                | {"marks": ["crop", "registration"], "standard": "PDF/X-4", "profile": "coated-fogra39"}
            ),
        },
    )


def test_title_and_language_are_enough(publication: Publish) -> None:
    read = settings_of(publication, SETTINGS)
    assert (read.status, read.layout, read.captions_from_photos) == ("draft", "reportage", False)
    assert read.fonts == Fonts(text="Source Serif Pro", captions="Source Sans Pro")
    assert list(read.editions) == ["ebook", "screen", "print"]
    ebook, screen, press = read.editions.values()
    assert isinstance(ebook, EpubEdition)
    assert ebook.pages_from == "print"
    assert isinstance(screen, PdfEdition)
    assert (screen.trim, screen.bleed, screen.marks, screen.standard) == (Trim(210, 270), 0, (), "PDF/UA-1")
    assert isinstance(press, PdfEdition)
    assert (press.bleed, press.marks, press.standard) == (3, ("crop", "registration"), "PDF/X-4")
    assert (screen.for_press, press.for_press) == (False, True)


def test_an_edition_needs_only_its_format(publication: Publish) -> None:
    read = settings_of(
        publication, SETTINGS + "editions: {a: {format: epub}, b: {format: pdf}, print: {format: pdf}}\n"
    )
    assert list(read.editions) == ["a", "b", "print"]


@pytest.mark.parametrize(
    "typed", ["NO", "no", "yes", "on", "1984", "0123", "007", "1.10", "12:30", "1e3", "0x1F", "2023-09-27"]
)
def test_what_is_typed_stays_as_it_was_typed(publication: Publish, typed: str) -> None:
    subject, series = f"subjects: [{{code: {typed}, name: T}}]\n", f"series: {{name: T, number: {typed}}}\n"
    text = f"title: {typed}\nlanguage: en\n{subject}{series}"
    read = settings_of(publication, text)
    assert (read.title, read.subjects[0].code, read.series and read.series.number) == (typed, typed, typed)


def test_norwegian_is_a_language(publication: Publish) -> None:
    assert settings_of(publication, "title: T\nlanguage: no\n").language == "no"


@pytest.mark.parametrize(
    ("typed", "width", "height"),
    [
        ("210x270mm", 210, 270),
        ("210 × 270 mm", 210, 270),
        ("21x27cm", 210, 270),
        ("6x9in", 152.4, 228.6),
        ("8.5in x 11in", 215.9, 279.4),
        ("144x144pt", 50.8, 50.8),
        ("A4", 210, 297),
        ("a5", 148, 210),
        ("b5", 176, 250),
        ("letter", 215.9, 279.4),
        ("us-trade", 152.4, 228.6),
        ("square-8.5", 215.9, 215.9),
    ],
)
def test_a_trim_size_is_measured_or_named(publication: Publish, typed: str, width: float, height: float) -> None:
    edition = settings_of(publication, SETTINGS + f"editions: {{print: {{format: pdf, trim: {typed}}}}}\n").editions[
        "print"
    ]
    assert isinstance(edition, PdfEdition)
    assert (edition.trim.width, edition.trim.height) == pytest.approx((width, height))


def test_a_bleed_wider_than_any_press_trims_is_refused(publication: Publish) -> None:
    found = faults_of(publication, SETTINGS + "editions: {print: {format: pdf, bleed: 9999mm}}\n")
    assert [(f.id, "30mm" in f.remedy) for f in found] == [("value-wrong", True)]


@pytest.mark.parametrize(
    "typed",
    ["0x0mm", "10x270mm", "210x0mm", "1x1mm", "9999x9999mm", "-210x270mm", "210x270", "210", "a7x", "210x270px", "''"],
)
def test_an_impossible_trim_is_refused(publication: Publish, typed: str) -> None:
    text = SETTINGS + f"editions:\n  print:\n    format: pdf\n    trim: {typed}\n"
    assert places(faults_of(publication, text)) == [f"6:11+{len(typed)} value-wrong"]


@pytest.mark.parametrize(
    ("typed", "mm"),
    [("3mm", 3), ("0.125in", 3.175), ("9pt", 3.175), (".5cm", None), ("0", 0), ("3", None), ("-3mm", None)],
)
def test_a_length_has_a_unit(publication: Publish, typed: str, mm: float | None) -> None:
    text = SETTINGS + f"editions:\n  print:\n    format: pdf\n    bleed: {typed}\n"
    if mm is None:
        assert places(faults_of(publication, text)) == [f"6:12+{len(typed)} value-wrong"]
    else:
        edition = settings_of(publication, text).editions["print"]
        assert isinstance(edition, PdfEdition)
        assert edition.bleed == pytest.approx(mm)


@pytest.mark.parametrize("role", get_args(CreatorRole))
def test_every_role_has_its_relator_code(role: str) -> None:
    assert len(RELATOR_CODES[role]) == 3


# ---- names that are made


def test_products_are_called_by_slug_or_title(publication: Publish) -> None:
    named = {
        "title: The Road to Kornidzor!\n": "the-road-to-kornidzor",
        "title: Déjà Vu\n": "deja-vu",
        "title: Լաչին\n": "lachin",
        "title: '!!!'\n": "publication",
        "title: T\nslug: my-book-2\n": "my-book-2",
    }
    assert {text: settings_of(publication, text + "language: en\n").file_stem for text in named} == named


def test_an_identifier_is_made_that_stays_and_differs_between_editions(publication: Publish) -> None:
    one, again = (settings_of(publication, SETTINGS) for _ in range(2))
    other = settings_of(publication, "title: U\nlanguage: en\n")
    given = settings_of(publication, SETTINGS + "identifiers: {ebook: 'urn:isbn:9780000000002'}\n")
    assert one.identifier("ebook").startswith("urn:uuid:")
    assert one.identifier("ebook") == again.identifier("ebook")
    assert len({one.identifier("ebook"), one.identifier("print"), other.identifier("ebook")}) == 3
    assert given.identifier("ebook") == "urn:isbn:9780000000002"
    assert given.identifier("print") == one.identifier("print")


# ---- findings

ALL_AT_ONCE = """\
titel: The Road
language: english_
creators:
  - {name: A, role: photogrpher}
  - {role: author}
  - A. Person
publisher: [Example, Press]
published: 27.9.2023
identifiers: {ebook: 978-0}
license: CC BY
subjects: [{scheme: themma, name: Refugees}]
series: 4
status: finished
layout: ../reportage
captions_from_photos: perhaps
slug: My Book
chapters:
  - {part: The road}
  - {generated: [glossary]}
editions:
  ebook: {format: epub, image_px: 10, max_mb: 0}
  Print: {format: pdf, trim: 0x0mm, bleed: 3, marks: [crop, cross], imge_ppi: 300}
  paper: {format: pfd}
  cover: {caliper: 0.1mm}
"""


def test_a_key_that_is_misspelt_for_every_picture_is_one_finding(publication: Publish) -> None:
    notes = "".join(f"{n}.jpg: {{caption: A, credt: Ann}}\n" for n in range(60))
    root = publication({"book/photos.yaml": notes + "60.jpg: {creddit: Ann}\n"})
    found = production.check(production.Order(root)).findings
    one, other = [f for f in found if f.id == "key-unknown"]
    assert one.message.startswith("There is no key “0.jpg.credt”. This file has 60 of them, on lines 1, 2, 3, ")
    assert one.message.endswith(", 40 and 20 more.")
    assert ([p.line for p in one.also], one.remedy) == ([*range(2, 61)], "Did you mean “credit”?")
    assert (other.place.line, other.also) == (61, ())


def test_a_file_of_faults_is_not_told_to_its_end(publication: Publish) -> None:
    found = faults_of(publication, "title: T\nlanguage: en\n" + "".join(f"k{n}: 1\n" for n in range(1_200)))
    assert [f.id for f in found] == ["key-unknown"] * 1_000 + ["faults-many"]
    assert found[-1].message.startswith("This file has 1200 faults.")


def test_all_faults_come_at_once_each_at_its_place(publication: Publish) -> None:
    assert places(faults_of(publication, ALL_AT_ONCE)) == [
        "1:1+15 key-missing",
        "1:1+5 key-unknown",
        "2:11+8 value-wrong",
        "4:21+11 value-unknown",
        "5:5+14 key-missing",
        "6:5+9 value-wrong",
        "7:12+16 value-wrong",
        "8:12+9 value-wrong",
        "9:22+5 value-wrong",
        "10:10+5 value-wrong",
        "11:21+6 value-unknown",
        "12:9+1 value-wrong",
        "13:9+8 value-unknown",
        "14:9+12 value-wrong",
        "15:23+7 value-wrong",
        "16:7+7 value-wrong",
        "18:5+16 key-missing",
        "19:18+8 value-unknown",
        "21:35+2 value-wrong",
        "21:47+1 value-wrong",
        "22:3+5 value-wrong",
        "22:30+5 value-wrong",
        "22:44+1 value-wrong",
        "22:61+5 value-unknown",
        "22:69+8 key-unknown",
        "23:19+3 value-unknown",
        "24:10+16 value-wrong",
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("titel: U", "title"),
        ("Publisher: P", "publisher"),
        ("status: drafft", "draft"),
        ("creators: [{name: A, role: photograper}]", "photographer"),
        ("creators: [{nam: A, name: B}]", "name"),
        ("accessibility: {sumary: S}", "summary"),
        ("chapters: [{generated: [photos, photograhps]}]", "photographs"),
        ("chapters: [{prt: The road, part: P, chapters: [a.md]}]", "part"),
        ("editions: {print: {format: pdff}}", "pdf"),
        ("editions: {print: {format: pdf, trimm: a5}}", "trim"),
        ("editions: {print: {format: pdf, standard: PDF/X4}}", "PDF/X-4"),
        ("editions: {print: {format: pdf, printer: ingram-spark}}", "ingramspark"),
        ("identifiers: {prnt: 'urn:isbn:9780000000002'}", "print"),
        ("editions: {ebook: {format: epub, pages_from: prnt}, print: {format: pdf}}", "print"),
        ("editions: {cover: {format: cover, for: prnt}, print: {format: pdf}}", "print"),
    ],
)
def test_a_misspelt_word_gets_a_suggestion(publication: Publish, typed: str, meant: str) -> None:
    assert any(f"“{meant}”" in fault.remedy for fault in faults_of(publication, SETTINGS + typed + "\n"))


SURROGATE = 'title: T\nlanguage: en\nidentifiers: {ebook: "\\ud800"}\n'


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["1:1+1 key-missing", "1:1+1 key-missing"]),
        ("# nothing but a comment\n", ["1:1+23 key-missing", "1:1+23 key-missing"]),
        ("just a line\n", ["1:1+11 value-wrong"]),
        ("- title: T\n", ["1:1+10 value-wrong"]),
        ("title: T\nlanguage: en\ntitle: U\n", ["3:1+5 key-twice"]),
        ("title: T\nlanguage: en\nfonts: {text: A, text: B}\n", ["3:18+4 key-twice"]),
        ("title: T\nlanguage: en\nstatus:\nlayout: x\n", ["3:1+6 value-wrong"]),
        ("title: ''\nlanguage: en\n", ["1:8+2 value-wrong"]),
        ("title: ~\nlanguage: en\n", ["1:8+1 value-wrong"]),
        ("title: The road: a beginning\nlanguage: en\n", ["1:16+13 yaml-syntax"]),
        ("title: T\n\tlanguage: en\n", ["2:1+13 yaml-syntax"]),
        ("title: [T\nlanguage: en\n", ["1:8+2 yaml-syntax"]),
        ("title: T\nlanguage: en\n---\ntitle: U\n", ["3:1+3 yaml-syntax"]),
        ("title: T\nlanguage: en\nsubtitle: \"a\\0b\"\n", ["3:11+6 text-control"]),
        (SURROGATE, ["3:22+8 text-control", "3:22+8 value-wrong"]),
        ("title: T\nlanguage: en\n\"a\\0b\": c\n", ["3:1+6 text-control", "3:1+6 key-unknown"]),
        ("title: T\nlanguage: en\n? [a]\n: b\n", ["3:3+3 key-unknown"]),
        ('title: T\nlanguage: en\n"": a\n', ["3:1+2 key-unknown"]),
        ("title: T\nlanguage: en\nchapters: {a: b}\n", ["3:11+6 value-wrong"]),
        ("title: T\nlanguage: en\nchapters: [[a.md]]\n", ["3:12+6 value-wrong"]),
        ("title: T\nlanguage: en\nchapters: [{part: P, chapters: []}]\n", ["3:32+2 value-wrong"]),
        ("title: T\nlanguage: en\neditions: {}\n", ["3:11+2 value-wrong"]),
        ("title: T\nlanguage: en\neditions: {print: pdf}\n", ["3:19+3 value-wrong"]),
        ("title: T\nlanguage: en\neditions: {print: {format: [pdf]}}\n", ["3:28+5 value-wrong"]),
        ("title: T\nlanguage: en\nstatus: {a: b}\n", ["3:9+6 value-wrong"]),
        ("title: T\nlanguage: en\npublished: 864000\n", ["3:12+6 value-wrong"]),
        ("title: T\nlanguage: en\npublished: 2023-02-30\n", ["3:12+10 value-wrong"]),
        ("title: T\nlanguage: en_GB\n", ["2:11+5 value-wrong"]),
        ("title: T\nlanguage: en\nidentifiers: {prin: 'urn:x:1'}\n", ["3:15+4 edition-unknown"]),
        ("title: T\nlanguage: en\neditions: {e: {format: epub, pages_from: e}}\n", ["3:42+1 edition-unknown"]),
        ("title: T\nlanguage: en\neditions: {c: {format: cover}}\n", ["3:15+15 edition-unknown"]),
    ],
)  # fmt: skip
def test_a_fault_is_reported_at_its_place(publication: Publish, typed: str, expected: list[str]) -> None:
    assert places(faults_of(publication, typed)) == expected


def test_a_fault_shows_the_line_that_it_is_in(publication: Publish) -> None:
    [fault] = faults_of(publication, SETTINGS + "fonts: {test: Noto Serif}\n")
    assert str(fault.place) == "book/publication.yaml:3:9"
    assert fault.place.excerpt[8:12] == "test"
    assert "fonts.test" in fault.message


def test_aliases_cannot_fill_the_memory(publication: Publish) -> None:
    laughs = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'lol'}]\n" for n in range(12))
    assert places(faults_of(publication, SETTINGS + laughs)) == ["4:10+44 yaml-alias"]


@pytest.mark.slow
def test_nesting_cannot_exhaust_the_parser(publication: Publish) -> None:
    assert ids(faults_of(publication, SETTINGS + "source: " + "[" * 60 + "]" * 60 + "\n")) == ["yaml-deep"]
    assert ids(faults_of(publication, SETTINGS + "source: " + "[" * 5000)) == ["yaml-deep"]


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("creators: [{name: A, role: writer}]", "Did you mean “author”?"),  # and not “printer”
        ("creators: [{name: A, role: authr}]", "Did you mean “author”?"),
        ("status: done", "Did you mean “final”?"),
        ("editions: {e: {format: epub, image_px: 16000}}", "10000 is the most that can be."),
        ("editions: {e: {format: epub, quality: 0}}", "50 is the least that can be."),
        ("contents: {depth: -1}", "1 is the least that can be."),
        ("date: 2023", "Did you mean “published”?"),
        ("editions: {e: {format: epub, layout: reader}}", "Write it at the beginning of a line."),
        ("cover: {subtitle: S}", "Write it at the beginning of a line."),
        ("editions: {My Print: {format: pdf}}", "Write my-print."),
        ("editions: {e: {format: epub, pages_from: e}, p: {format: pdf}}", "There are: p."),
        (
            "editions: {c: {format: cover, for: c}}",
            "Add one: print: {format: pdf, trim: 210x270mm, bleed: 3mm}.",
        ),
        ("Title: U", "Did you mean “title”?"),
        ("layout: My Layout", "Did you mean “my-layout”?"),
        ("creators: [Ben Writer]", "Write keys with values here: {name: Ben Writer}."),
        ("cover: fire.jpg", "Write keys with values here: {photograph: fire.jpg}."),
        ("editions: {print: pdf}", "Write keys with values here: {format: pdf}."),
        ("editions: [pdf, epub]", "Write keys with values here: {NAME: …}."),
        ("chapters: a.md", "A list is needed here: [a.md]."),
        ("chapters:\n  -a.md\n  -b.md", "Leave a space behind each hyphen: then these lines are a list."),
        ("editions: {e: {format: epub, image_px: 1600 px}}", "Write the number alone: 1600."),
        ("editions: {e: {format: epub, max_mb: '0,5'}}", "Write 0.5."),
        ("editions: {e: {format: epub, max_mb: 20MB}}", "Write 20."),
        ("published: 2023-9-7", "Write 2023-09-07."),
        ("published: 27.9.2023", "Write 2023-09-27."),
        ("published: 9/7/2023", "Write year, month and day: 2023-09-27."),  # July or September
        ("editions: {p: {format: pdf, bleed: 3}}", "Write a number and its unit, such as 3mm or 0.125in."),
        ("editions: {p: {format: pdf, bleed: '0,125 inch'}}", "Write 0.125in."),
        ("editions: {p: {format: pdf, bleed: 1/8in}}", "Write 0.125in."),
        ("editions: {p: {format: pdf, bleed: 3MM}}", "Write 3mm."),
        ('editions: {p: {format: pdf, trim: 8.5" x 11"}}', "Write 8.5inx11in."),
        ("editions: {p: {format: pdf, trim: '21,0x27,0cm'}}", "Write 21.0x27.0cm."),
        ("editions: {p: {format: pdf, trim: 210*270mm}}", "Write 210x270mm."),
        ("editions: {p: {format: pdf, trim: 6x9}}", "Add the unit: 6x9cm or 6x9in."),
        ("editions: {p: {format: pdf, trim: a4 landscape}}", "Write 297x210mm."),
        ("editions: {p: {format: pdf, trim: us letter}}", "Did you mean “letter”?"),
    ],
)
def test_the_remedy_is_what_was_meant(publication: Publish, line: str, remedy: str) -> None:
    (finding,) = faults_of(publication, f"{SETTINGS}{line}\n")
    assert finding.remedy == remedy


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("subtitle: [x]", "'[x]'"),
        ("publisher: {x}", "'{x}'"),
        ("rights: [[Ann's]]", "'[[Ann''s]]'"),
        ("cover: {alt: [To come]}", "'[To come]'"),
        ("description: {A: b}", "'{A: b}'"),
    ],
)
def test_a_text_in_brackets_is_told_to_need_quotes(publication: Publish, line: str, written: str) -> None:
    (finding,) = faults_of(publication, f"{SETTINGS}{line}\n")
    assert (finding.id, finding.remedy) == ("value-wrong", f"Put quotes around all of the text: {written}.")


def test_a_decimal_comma_between_braces_is_told(publication: Publish) -> None:
    findings = faults_of(publication, SETTINGS + "editions: {e: {format: epub, max_mb: 1,5}}\n")
    assert [finding.remedy for finding in findings] == ["Write it with a point: 1.5"]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("editions:\nprint: {format: pdf}\n", ["editions"]),
        ("editions:\n  print:\n  format: pdf\n  trim: a4\n", ["print", "print"]),
        ("cover:\nphotograph: fire.jpg\nalt: A fire\n", ["cover", "cover"]),
    ],
)
def test_keys_that_are_not_set_in_are_told_where_they_belong(
    publication: Publish, typed: str, names: list[str]
) -> None:
    findings = faults_of(publication, SETTINGS + typed)
    remedies = [finding.remedy for finding in findings]
    assert remedies[0] == "Set its keys in, by two spaces, on the lines under it; or delete it."
    assert remedies[1:] == [f"Set it in by two more spaces, if it belongs to “{name}”." for name in names]


@pytest.mark.parametrize(
    ("typed", "place", "told"),
    [
        ("subtitle: Water: a report", "3:16", 'subtitle: "Water: a report"'),
        ("subtitle:Water", "3:1", "Write “subtitle: Water”."),
        ("subtitle：Water\npublisher: P", "3:1", "Write “subtitle: Water”."),
        ("subtitle:\u00a0Water\npublisher: P", "3:1", "Write “subtitle: Water”."),
        ("publisher\nslug: t", "3:1", "neither a key with its value nor an item"),
        ('subtitle: "Water\nslug: t', "3:11", "never closed"),
        ("subtitle: 'It's water'", "3:15", "double quotes"),
        ('subtitle: "8" x 9', "3:15", "single quotes: '\"8\" x 9'."),
        ("subtitle: [Draft] Ann's story", "3:19", "single quotes: '[Draft] Ann''s story'."),
        ("creators:\n  - name: {c} Ann", "4:15", "single quotes: '{c} Ann'."),
        ("cover: {alt: A", "3:8", "Close it with }"),
        ("cover: {alt: A ink: light}", "3:19", "a comma or a closing }"),
        ("author: [Ann, Ben # Bob]", "3:9", "# begins a comment, which holds the ]"),
        ("author: [Ann, Ben", "3:9", "not closed before line"),
        ("publisher: @vale", "3:12", '"@vale"'),
        ("publisher: &Sons Press", "3:1", '"&Sons Press"'),
        ("cover:\n  alt: A\n    ink: light", "5:8", "same column"),
        ("cover:\n    alt: A\n  ink: light", "5:3", "same column"),
        ("chapters:\n- a.md\nb.md", "5:1", "neither a key with its value nor an item"),
        ("- a.md", "3:1", "in one column"),
        ('source: "C:\\Users"', "3:14", "two backslashes"),
        ("---\nslug: t", "3:1", "Delete the line of ---."),
    ],
)
def test_what_is_no_yaml_is_told_in_plain_words(publication: Publish, typed: str, place: str, told: str) -> None:
    (finding,) = faults_of(publication, f"{SETTINGS}{typed}\n")
    assert (f"{finding.place.line}:{finding.place.column}", finding.id) == (place, "yaml-syntax")
    assert told in f"{finding.message} {finding.remedy}"


def test_a_publication_that_is_not_there_is_reported(tmp_path: Path) -> None:
    with pytest.raises(PressroomError) as stop:
        read_settings(tmp_path)
    assert lines(stop.value.findings) == ["book/publication.yaml error publication-missing"]


def test_settings_that_are_not_utf_8_are_reported(publication: Publish) -> None:
    root = publication({"book/publication.yaml": "title: T\nlanguage: en\nrights: © caf".encode() + b"\xe9\n"})
    with pytest.raises(PressroomError) as stop:
        read_settings(root)
    assert lines(stop.value.findings) == ["book/publication.yaml:3:14 error text-encoding"]
    assert stop.value.findings[0].place.excerpt == "rights: © café"


def test_settings_in_utf_16_are_told_to_be_that(publication: Publish) -> None:
    root = publication({"book/publication.yaml": "title: T\nlanguage: en\n".encode("utf-16")})
    with pytest.raises(PressroomError) as stop:
        read_settings(root)
    [finding] = stop.value.findings
    assert finding.message.startswith("This is UTF-16")


def test_windows_files_are_read(publication: Publish) -> None:
    text = b"\xef\xbb\xbf" + EVERY_KEY.replace("\n", "\r\n").encode()
    root = publication({"book/publication.yaml": text})
    assert read_settings(root).settings == settings_of(publication, EVERY_KEY)


def test_every_key_is_acted_on(publication: Publish) -> None:
    file = read_settings(publication(settings=EVERY_KEY))
    assert list(not_yet(file.settings, file.place_of)) == []


@pytest.mark.parametrize(
    ("cover", "told"),
    [
        ("{title_at: top, ink: light}", ["cover.ink", "cover.title_at"]),
        ("{alt: A fire}", ["cover.alt"]),
        ("{photograph: fire.jpg, title_at: top, focus: 60% 40%}", []),
        ("{photograph: fire.jpg, price: £3, about: An author}", ["cover.about", "cover.price"]),
    ],
)
def test_a_key_that_has_no_effect_without_another_is_told(publication: Publish, cover: str, told: list[str]) -> None:
    file = read_settings(publication(settings=f"{SETTINGS}cover: {cover}\neditions: {{e: {{format: epub}}}}\n"))
    found = [*not_yet(file.settings, file.place_of)]
    assert sorted(f.message.split("”")[0].lstrip("“") for f in found) == told
    assert all(f.id == "key-unused" and f.place.line == 3 for f in found)


def test_a_press_edition_that_asks_for_an_accessible_file_is_reported(publication: Publish) -> None:
    tail = "title: T\nlanguage: en\neditions:\n  a: {format: pdf, standard: PDF/UA-1}\n"
    file = read_settings(publication(settings=f"{tail}  b: {{format: pdf, standard: PDF/UA-1, bleed: 3mm}}\n"))
    assert [f.message for f in not_yet(file.settings, file.place_of)] == [
        "“b” is for a press, and this version of Pressroom tags only what is for screens."
    ]


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    text=some.text(max_size=60)
    | some.lists(
        some.sampled_from(
            [
                *("title:", "language:", "editions:", "chapters:", "creators:", "published:", "status:", "fonts:"),
                *(" T", " en", " [", "]", " {", "}", ", ", "\n", "\n  ", "\n- ", ": ", "a", "epub", "format: pdf", "1"),
                *("&a ", "*a", "!!int ", "!t ", "? ", "| ", "> ", '"\\0"', '"\\ud800"', "~", "<<: ", "---\n", "# "),
            ]
        )
        | some.text(max_size=5),
        max_size=25,
    ).map("".join)
)  # fmt: skip
def test_any_settings_are_read_or_reported_with_their_line(publication: Publish, text: str) -> None:
    for name, read in (("book/publication.yaml", read_settings), ("book/photos.yaml", read_photo_notes)):
        try:
            read(publication({name: text}))
        except PressroomError as stop:
            assert stop.findings
            assert all(f.place.file == name and f.place.line for f in stop.findings)


# ---- photos.yaml


def test_what_is_known_of_photographs_is_read(publication: Publish) -> None:
    root = publication(
        {
            "book/photos.yaml": (
                "fire.jpg: {alt: People at a fire, caption: 'They *rest*.', credit: A. Person,"
                " focus: 60% 40%, long_description: All of it.}\n"
                "Լաչին.jpg: {alt: 007}\n"
            )
        }
    )
    assert read_photo_notes(root).notes == {
        "fire.jpg": PhotoNote(
            alt="People at a fire",
            caption="They *rest*.",
            credit="A. Person",
            focus=Focus(60, 40),
            long_description="All of it.",
        ),
        "Լաչին.jpg": PhotoNote(alt="007"),
    }


def test_photos_yaml_may_be_missing_or_empty(publication: Publish) -> None:
    assert read_photo_notes(publication()).notes == {}
    assert read_photo_notes(publication({"book/photos.yaml": "# later\n"})).notes == {}


def test_all_faults_of_photos_yaml_come_at_once(publication: Publish) -> None:
    text = "a.jpg: {alt: A, captoin: B}\nb.jpg: A\nc.jpg: {alt: [A]}\na.jpg: {alt: B}\n"
    with pytest.raises(PressroomError) as stop:
        read_photo_notes(publication({"book/photos.yaml": text}))
    assert places(stop.value.findings) == [
        "1:17+7 key-unknown",
        "2:8+1 value-wrong",
        "3:14+3 value-wrong",
        "4:1+5 key-twice",
    ]
    assert "“caption”" in stop.value.findings[0].remedy


def test_two_entries_for_one_picture_are_told(publication: Publish) -> None:
    text = "a.jpg: {alt: A}\nb.jpg: {alt: B}\nA.JPG: {blur: 10% 10% 5% 5%}\nday/b.jpg: {alt: C}\n"
    with pytest.raises(PressroomError) as stop:
        read_photo_notes(publication({"book/photos.yaml": text}))
    assert places(stop.value.findings) == ["3:1+5 key-twice", "4:1+9 key-twice"]


# ---- the schema for editors


@pytest.mark.slow
def test_the_schema_in_the_book_is_the_one_that_the_program_makes() -> None:
    # If this fails, write it anew: make schema
    assert (BOOK / "publication.schema.json").read_text(encoding="utf-8") == json_schema()


@pytest.mark.slow
def test_the_schema_knows_and_explains_every_key() -> None:
    schema = json.loads(json_schema())
    for name, told in {"Settings": schema, **schema["$defs"]}.items():
        form = getattr(model, name)
        keys = {field.alias or key for key, field in form.model_fields.items()}
        assert set(told["properties"]) == keys
        assert told["additionalProperties"] is False
        assert {key for key in keys if "description" not in told["properties"][key]} <= {"format"}


@pytest.mark.slow
def test_the_schema_accepts_the_specimen() -> None:
    specimen = YAML(typ="safe", pure=True).load((BOOK / "publication.yaml").read_text(encoding="utf-8"))
    schema = json.loads(json_schema())
    assert set(schema["required"]) <= set(specimen) <= set(schema["properties"])
    jsonschema = pytest.importorskip("jsonschema", reason="the schema's keys were checked without it")
    jsonschema.validate(json.loads(json.dumps(specimen, default=str)), schema)


def test_the_specimen_is_sound() -> None:
    assert read_settings(BOOK.parent).settings.title


def test_an_entry_of_photos_yaml_that_no_picture_has_is_reported(publication: Publish) -> None:
    files = {"book/a.md": "![](truck.jpg)\nA truck.\n", "book/photos.yaml": "trucks.jpg: {alt: A truck}\n"}
    found = [f for f in production.read(production.Order(publication(files))).findings if f.id == "photo-note-unused"]
    assert [(str(f.place), "truck.jpg" in f.remedy) for f in found] == [("book/photos.yaml:1:1", True)]


def test_a_value_that_ends_at_a_sign_for_comments_is_told(publication: Publish) -> None:
    settings = "title: Update #2\nlanguage: en # a comment\npublisher: 'Press #3'\n"
    [finding] = read_settings(publication(settings=settings)).reading.warnings
    assert (finding.id, finding.place.line) == ("yaml-comment", 1)
    assert '"Update #2"' in finding.remedy


def test_a_value_that_yaml_takes_for_a_comment_or_a_tag_is_told(publication: Publish) -> None:
    settings = "title: T\nlanguage: en\nsubtitle: #2 of two\nrights: # none as yet\n"
    [finding] = read_settings(publication(settings=settings)).reading.warnings
    assert (finding.id, finding.place.line) == ("yaml-comment", 3)
    with pytest.raises(PressroomError) as fault:
        read_settings(publication(settings="title: T\nlanguage: en\npublisher: ! Vale\n"))
    assert '"! Vale"' in fault.value.findings[0].remedy


@pytest.mark.parametrize("key", ["trim: a5", "printer: kdp", "bleed: 3mm", "min_ppi: 200"])
def test_a_key_of_an_edition_that_stands_for_the_whole_book_is_told_where_it_belongs(
    publication: Publish, key: str
) -> None:
    with pytest.raises(PressroomError) as fault:
        read_settings(publication(settings=f"title: T\nlanguage: en\n{key}\n"))
    [finding] = fault.value.findings
    assert (finding.id, finding.place.line) == ("key-unknown", 3)
    assert "editions: print:" in finding.remedy


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("author: Ann Doe", ["Ann Doe"]),
        ("author: [Ann Doe, Ben Roe]", ["Ann Doe", "Ben Roe"]),
        ("author: [{name: Ann Doe}, {name: {given: Ben, family: Roe}}]", ["Ann Doe", "Ben Roe"]),
    ],
)
def test_authors_may_be_written_as_in_other_programs(publication: Publish, typed: str, expected: list[str]) -> None:
    settings = read_settings(publication(settings=f"title: T\nlanguage: en\n{typed}\n")).settings
    assert [(creator.name, creator.role) for creator in settings.creators] == [(name, "author") for name in expected]
