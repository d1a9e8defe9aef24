"""The ONIX record of an ebook, checked against the schema and the code lists of ONIX 3.0."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import onixcheck.schema
import pytest
from conftest import Publish, ids, lines
from hypothesis import given
from hypothesis import strategies as st
from language_tags import data as registry
from lxml import etree

from pressroom import production
from pressroom.design.composition import Composition
from pressroom.epub import EbookFacts, onix_record
from pressroom.epub.accessibility import Survey
from pressroom.errors import CONTROL
from pressroom.language.bcp47 import bibliographic_code
from pressroom.publication import Publication, Settings
from pressroom.publication.about import RELATOR_CODES

NS = {"o": "http://ns.editeur.org/onix/3.0/reference"}
MODIFIED = dt.datetime(2023, 10, 1, 12, 30, 14, tzinfo=dt.UTC)
SURVEY = Survey(
    pictures=4, described=4, long_descriptions=1, headings=True, index=True, roles=True, page_breaks=True,
    page_list=True, landmarks=True,
)  # fmt: skip
BARE = Survey(0, 0, 0, headings=False, index=False, roles=False)
EVERYTHING: dict[str, Any] = {
    "title": "The Road to Kornidzor",
    "subtitle": "September 2023",
    "language": "sr-Cyrl",
    "creators": [
        {"name": "Ann Author", "file_as": "Author, Ann"},
        {"name": "Ann Author", "role": "photographer"},
        {"name": "Reporters Abroad", "role": "editor", "file_as": "Reporters Abroad"},
        {"name": "Tom Translator", "role": "translator"},
        {"name": "Paul Printer", "role": "printer"},
    ],
    "publisher": "Example Press & Sons",
    "published": "2023-09-28",
    "identifiers": {"ebook": "urn:isbn:978-3-16-148410-0", "print": "urn:isbn:0-306-40615-2", "screen": "doi:10.1/x"},
    "rights": "© 2023 Example Press & Sons. All rights reserved.",
    "license": "https://creativecommons.org/licenses/by-nc/4.0/",
    "description": "Twelve photographs\n  and <em>a</em> text.",
    "subjects": [
        {"scheme": "thema", "code": "JBFG", "name": "Refugees"},
        {"scheme": "thema", "code": "AJF", "name": "Photojournalism"},
        {"scheme": "bisac", "code": "PHO015000", "name": "PHOTOGRAPHY / Photojournalism"},
        {"scheme": "medtop", "code": "20000639", "name": "displaced"},
        {"scheme": "lcsh", "name": "Refugees—Armenia"},
        {"name": "Armenia"},
        {"name": "Lachin"},
    ],
    "series": {"name": "Field Reports", "number": "4"},
}


def made(**changes: Any) -> EbookFacts:
    return replace(EbookFacts(SURVEY, 123456, MODIFIED, "print", 96), **changes)


def record(settings: dict[str, Any] = EVERYTHING, of: EbookFacts | None = None) -> bytes:
    stated = Settings.model_validate(settings)
    edition = stated.editions["ebook"]
    whole = Composition(Publication(stated, ()), "ebook", edition, (), (), (), (), ())
    return onix_record(whole, of or made())


def said(data: bytes, path: str) -> list[str]:
    return [str(text) for text in etree.fromstring(data).xpath(f"//{path}/text()", namespaces=NS)]


def codes(data: bytes) -> list[str]:
    """The accessibility features, as codes of list 196."""
    return said(data, "o:ProductFormFeature[o:ProductFormFeatureType='09']/o:ProductFormFeatureValue")


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(file=onixcheck.schema.O30_XSD_REFERENCE)


def faults(data: bytes) -> list[str]:
    """What the schema with its code lists finds wrong."""
    schema = _schema()
    schema.validate(etree.parse(io.BytesIO(data)))
    return [str(fault.message) for fault in schema.error_log]


MINIMAL = {"title": "T", "language": "en", "publisher": "P"}
CLAIM = {"conforms_to": "EPUB Accessibility 1.1 - WCAG 2.2 Level AA", "certified_by": "Readers’ House"}


# ---- valid


@pytest.mark.slow
def test_the_judge_sees_faults() -> None:
    """Else no test below could fail."""
    assert faults(record().replace(b">E101<", b">E999<"))
    assert faults(record().replace(b"NotificationType", b"Notification"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "settings",
    [
        EVERYTHING,
        MINIMAL,
        EVERYTHING | {"accessibility": CLAIM | {"certifier_report": "https://example.org/r"}},
        EVERYTHING | {"published": "2030-01-01"},
        EVERYTHING | {"license": "https://creativecommons.org/publicdomain/zero/1.0/", "rights": "(c) 2020 Ann Author"},
        EVERYTHING | {"license": "https://example.org/terms", "rights": "All rights reserved", "series": {"name": "S"}},
        EVERYTHING | {"identifiers": {"ebook": "https://doi.org/10.1234/abc"}},
        EVERYTHING | {"identifiers": {"ebook": "https://example.org/book"}},
    ],
)
def test_the_schema_and_its_code_lists_find_nothing(settings: dict[str, Any]) -> None:
    assert faults(record(settings)) == []
    assert faults(record(settings, made(survey=BARE, pages=0, pages_from=""))) == []


@pytest.mark.parametrize("role", sorted(RELATOR_CODES))
def test_every_role_has_a_code_that_the_trade_knows(role: str) -> None:
    data = record(MINIMAL | {"creators": [{"name": "A. Person", "role": role}]})
    assert faults(data) == []
    none = {"publisher", "publishing director", "printer", "proofreader"}
    assert len(said(data, "o:ContributorRole")) == (role not in none)


@pytest.mark.parametrize(
    "scheme", ["aat", "bic", "bisac", "clc", "clil", "ddc", "eurovoc", "medtop", "ndc", "udc", "wgs"]
)
def test_every_scheme_of_subjects_has_a_code(scheme: str) -> None:
    data = record(MINIMAL | {"subjects": [{"scheme": scheme, "code": "1", "name": "N"}]})
    assert faults(data) == [] and said(data, "o:SubjectCode") == ["1"]


def test_every_language_has_a_code_that_the_trade_knows() -> None:
    schema = etree.parse(str(Path(onixcheck.schema.O30_XSD_REFERENCE).parent / "ONIX_BookProduct_CodeLists.xsd"))
    listed = set(schema.xpath("//*[@name='List74']//@value"))
    languages = [record["Subtag"] for record in registry.get("registry") if record["Type"] == "language"]
    codes = {bibliographic_code(language) for language in languages}
    assert codes <= listed and {"ger", "fre", "cnr", "zgh", "mis"} <= codes and len(codes) > 480
    tags = {
        "en-GB": "eng",
        "de-CH-1996": "ger",
        "hy": "arm",
        "zh-Hant": "chi",
        "hyw": "arm",
        "ckt": "mis",
        "ang": "ang",
    }
    for tag, code in tags.items():
        data = record(MINIMAL | {"language": tag})
        assert (faults(data), said(data, "o:LanguageCode")) == ([], [code])


@pytest.mark.slow
@given(st.text(min_size=1).map(lambda text: CONTROL.sub("", text)).filter(str.strip))
def test_any_words_make_a_valid_record(text: str) -> None:
    words = {"title": text, "subtitle": text, "publisher": text, "description": text, "rights": f"© 2023 {text}"}
    people = [{"name": text, "file_as": f"{text}, {text}"}]
    data = record(MINIMAL | words | {"creators": people, "subjects": [{"name": text}], "series": {"name": text}})
    assert faults(data) == []
    assert said(data, "o:Text") == [" ".join(text.split())]


# ---- the content of the record


def test_the_record_has_the_metadata_of_the_publication() -> None:
    data = record()
    assert said(data, "o:SenderName") == said(data, "o:PublisherName") == ["Example Press & Sons"]
    assert said(data, "o:Product/o:ProductIdentifier/o:ProductIDType") == ["03", "15"]
    assert set(said(data, "o:Product/o:ProductIdentifier/o:IDValue")) == {"9783161484100"}
    assert said(data, "o:TitleElement/o:TitleText") == ["Field Reports", "The Road to Kornidzor"]
    assert said(data, "o:PartNumber") == ["4"] and said(data, "o:Subtitle") == ["September 2023"]
    assert said(data, "o:Contributor[1]/o:ContributorRole") == ["A01", "A13"]
    assert said(data, "o:PersonNameInverted") == ["Author, Ann"] and said(data, "o:KeyNames") == ["Author"]
    assert said(data, "o:CorporateName") == ["Reporters Abroad", "Example Press & Sons"]
    assert said(data, "o:Language/*") == ["01", "srp", "Cyrl"]
    assert said(data, "o:Subject[o:MainSubject]/o:SubjectCode") == ["JBFG", "PHO015000", "20000639"]
    assert said(data, "o:Subject[o:SubjectSchemeIdentifier='20']/o:SubjectHeadingText") == ["Armenia; Lachin"]
    assert said(data, "o:Text") == ["Twelve photographs and <em>a</em> text."]
    assert said(data, "o:EpubLicenseName") == ["CC BY-NC 4.0"] and said(data, "o:CopyrightYear") == ["2023"]
    assert said(data, "o:PublishingDate/o:Date") == ["20230928"]
    assert said(data, "o:Extent[o:ExtentType='22']/*") == ["22", "123456", "17"]
    assert said(data, "o:Extent[o:ExtentType='08']/*") == ["08", "96", "03"]


def test_other_forms_of_the_book_are_named_by_their_isbns() -> None:
    data = record()
    assert said(data, "o:RelatedProduct/o:ProductRelationCode") == ["06", "13"]
    assert set(said(data, "o:RelatedProduct//o:IDValue")) == {"9780306406157"}
    assert said(record(of=made(pages_from="")), "o:ProductRelationCode") == ["06"]


def test_the_record_leaves_out_what_the_publication_does_not_state() -> None:
    data = record(MINIMAL)
    absent = ("Contributor", "Collection", "Subject", "CollateralDetail", "PublishingDate", "CopyrightStatement",
              "RelatedMaterial", "EpubLicense", "SalesRights", "ProductSupply", "Audience")  # fmt: skip
    root = etree.fromstring(data)
    assert not [name for name in absent if root.find(f".//{{*}}{name}") is not None]
    assert root.find(".//{*}NoContributor") is not None
    assert said(data, "o:PublishingStatus") == ["00"]
    assert said(data, "o:Product/o:ProductIdentifier/o:ProductIDType") == ["22"]


def test_a_photographer_without_an_author_has_made_the_book() -> None:
    data = record(MINIMAL | {"creators": [{"name": "P", "role": "photographer"}]})
    assert said(data, "o:ContributorRole") == ["A08"]


@pytest.mark.parametrize(("day", "status"), [("2023-09-30", ["03", "04"]), ("2023-10-02", ["02", "02"])])
def test_a_book_is_out_when_its_day_has_come_for_the_ebook(day: str, status: list[str]) -> None:
    data = record(MINIMAL | {"published": day})
    assert said(data, "o:NotificationType") + said(data, "o:PublishingStatus") == status


def test_accessibility_metadata_match_the_counts() -> None:
    assert codes(record()) == ["00", "11", "12", "13", "14", "19", "29", "30", "32", "36", "41", "52"]
    mute = replace(SURVEY, described=3, page_breaks=False, page_list=False, index=False, reflows=False)
    assert codes(record(of=made(survey=mute))) == ["00", "11", "13", "29", "30", "32"]
    assert "15" in codes(record(of=made(survey=replace(SURVEY, long_descriptions=4))))
    assert said(record(of=made(survey=mute)), "o:ProductFormDetail") == ["E101", "E201"]
    assert said(record(), "o:ProductFormDetail") == ["E101", "E200"]


def test_conformance_metadata_exist_only_with_a_claim() -> None:
    claims = {"04", "80", "81", "82", "84", "85", "86", "90"}
    assert not claims & set(codes(record(EVERYTHING | {"accessibility": {"certified_by": "Readers’ House"}})))
    data = record(EVERYTHING | {"accessibility": CLAIM | {"certifier_report": "https://example.org/report"}})
    assert claims & set(codes(data)) == {"04", "82", "85", "90"}
    assert "https://example.org/report" in said(data, "o:ProductFormFeatureDescription")


def test_the_same_ebook_gives_the_same_record() -> None:
    there = MODIFIED.astimezone(dt.timezone(dt.timedelta(hours=9)))
    assert record() == record(of=made(modified=there))
    assert said(record(), "o:SentDateTime") == ["20231001T123014Z"]


# ---- in a build

WITH_ONIX = """\
title: T
language: en
publisher: P
published: 2023-09-28
creators: [{name: A. Author}]
description: D.
subjects: [{scheme: thema, code: JBFG, name: Refugees}]
identifiers: {ebook: "urn:isbn:9783161484100"}
editions:
  ebook: {format: epub, onix: true, fonts: none}
"""


@pytest.mark.slow
def test_a_build_writes_it_beside_the_ebook(publication: Publish) -> None:
    root = publication(settings=WITH_ONIX)
    report = production.build(production.Order(root, source_date=MODIFIED))
    assert "onix-incomplete" not in ids(report.findings)
    assert [(p.edition, p.format, p.path.name) for p in report.products] == [
        ("ebook", "epub", "t.epub"), ("ebook", "onix", "t.onix.xml"),
    ]  # fmt: skip
    ebook, written = report.products
    data = written.path.read_bytes()
    assert faults(data) == []
    assert said(data, "o:Extent[o:ExtentType='22']/o:ExtentValue") == [str(ebook.bytes)]
    assert said(data, "o:SentDateTime") == ["20231001T123014Z"]


@pytest.mark.slow
def test_there_is_none_by_default(publication: Publish) -> None:
    root = publication(settings=WITH_ONIX.replace(", onix: true", ""))
    assert [p.format for p in production.build(production.Order(root)).products] == ["epub"]


@pytest.mark.slow
def test_what_a_record_lacks_is_listed_and_not_invented(publication: Publish) -> None:
    poor = "title: T\nlanguage: en\npublisher: P\neditions:\n  ebook: {format: epub, onix: true, fonts: none}\n"
    report = production.build(production.Order(publication(settings=poor)))
    told = [finding for finding in report.findings if finding.id == "onix-incomplete"]
    assert lines(told) == ["book/publication.yaml:5:31 warning onix-incomplete"]
    for what in ("identifiers", "published", "creators", "description", "Thema"):
        assert what in told[0].message
    assert len(report.products) == 2 and faults(report.products[1].path.read_bytes()) == []


def test_without_a_publisher_there_is_nobody_to_send_it(publication: Publish) -> None:
    root = publication(settings=WITH_ONIX.replace("publisher: P\n", ""))
    report = production.build(production.Order(root))
    assert "book/publication.yaml:9:31 error onix-incomplete" in lines(report.findings)
    assert not report.products
