"""The ebook as its readers, shops and libraries meet it."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from validators import epubcheck

from pressroom.design.composition import Composition, ContentsEntry, Style, Unit
from pressroom.design.pagination import PageList
from pressroom.epub import export
from pressroom.errors import Place, PressroomError
from pressroom.photographs import Rendition
from pressroom.publication import Chapter, Publication, Settings
from pressroom.xhtml import XhtmlDocument

MODIFIED = datetime(2023, 9, 27, 12, 30, 14, tzinfo=UTC)
PREFIXES = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "h": "http://www.w3.org/1999/xhtml",
}
SETTINGS: Mapping[str, Any] = {
    "title": "The Road to Kornidzor",
    "subtitle": "September 2023",
    "language": "en-GB",
    "creators": [
        {"name": "Ann Author", "role": "author", "file_as": "Author, Ann"},
        {"name": "Tom Translator", "role": "translator"},
        {"name": "Ann Author", "role": "photographer"},
        {"name": "Paul Photographer", "role": "photographer"},
    ],
    "publisher": "Example Press",
    "published": "2023-09-28",
    "identifiers": {"ebook": "urn:isbn:9780000000002"},
    "rights": "© 2023 Example Press",
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "description": "Twelve photographs\n  and a text.",
    "source": "A report of September 2023",
    "subjects": [{"scheme": "thema", "code": "JBFG", "name": "Refugees"}, {"name": "Armenia"}],
    "series": {"name": "Field Reports", "number": "4"},
    "accessibility": {"certified_by": "Example Press"},
}


def page(body: str, up: str = "../") -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en-GB" xml:lang="en-GB">
<head><title>A page</title><link rel="stylesheet" type="text/css" href="{up}styles/shared.css"/></head>
<body>{body}</body></html>"""


COVER = '<section id="cover" epub:type="cover"><img src="../pictures/fire.jpg" alt="Cover: a fire"/></section>'
TITLE_PAGE = '<section id="title-page"><h1>The Road to Kornidzor</h1><p>A <a href="#c-1">road</a></p></section>'
CHAPTER = """<section id="c-1" epub:type="chapter" role="doc-chapter" aria-labelledby="c-1-title">
<h1 id="c-1-title">The fire<span id="page-1"></span></h1>
<p>See <a href="#fig-road" data-page="12">the road</a>, <a href="#c-1-title">above</a> and
<a href="https://example.org/">the source</a>.</p>
<figure id="fig-fire"><img src="../pictures/fire.jpg" alt="{alt}"/><figcaption>Warm.</figcaption></figure></section>"""
SECOND = """<section id="c-2" epub:type="chapter" role="doc-chapter" aria-labelledby="c-2-title">
<h1 id="c-2-title">The road</h1><h2 id="s-2">A line of cars</h2>
<figure id="fig-road"><img src="../pictures/road.png" alt="Cars" aria-details="d"/><p id="d">Forty cars.</p></figure>
<p><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" role="img" aria-label="A square">
<linearGradient id="shade"><stop offset="0"/></linearGradient><rect width="9" height="9" fill="url(#shade)"/></svg></p>
</section>"""
NAVIGATION = """<nav id="contents" epub:type="toc" role="doc-toc" aria-labelledby="contents-title">
<h1 id="contents-title">Contents</h1><ol><li><a href="#c-1">The fire</a></li>
<li><a href="#c-2">The road</a><ol><li><a href="#s-2">A line of cars</a></li></ol></li></ol></nav>
<nav id="landmarks" epub:type="landmarks" hidden="hidden"><h2>Landmarks</h2>
<ol><li><a epub:type="toc" href="#contents">Contents</a></li></ol></nav>"""
CONTENTS = (
    ContentsEntry("The fire", "c-1", "1"),
    ContentsEntry("The road", "c-2", "2", (ContentsEntry("A line of cars", "s-2"),)),
)


def rendition(folder: Path, name: str, format: str) -> Rendition:
    Image.effect_noise((60, 40), 50).convert("RGB").save(folder / name, format)
    return Rendition(name, f"image/{format.lower()}", folder / name, 60, 40)


def unit(id: str, body: str, kind: str = "chapter") -> Unit:
    return Unit(id, kind, id, "body", "next", XhtmlDocument(page(body)), source=f"book/{id}.md")


@pytest.fixture
def composition(tmp_path: Path) -> Composition:
    settings = Settings.model_validate(SETTINGS)
    return Composition(
        publication=Publication(settings, ()),
        name="ebook",
        edition=settings.editions["ebook"],
        units=(
            unit("cover", COVER, "cover"),
            unit("title-page", TITLE_PAGE, "title-page"),
            unit("c-1", CHAPTER.format(alt="People at a fire")),
            unit("c-2", SECOND),
        ),
        contents=CONTENTS,
        styles=(Style("shared.css", "p { margin: 0 }"),),
        renditions=(rendition(tmp_path, "fire.jpg", "JPEG"), rendition(tmp_path, "road.png", "PNG")),
        fonts=(),
        navigation=XhtmlDocument(page(NAVIGATION, up="")),
    )


def with_settings(composition: Composition, **changes: Any) -> Composition:
    settings = Settings.model_validate({**SETTINGS, **changes})
    return replace(composition, publication=Publication(settings, ()))


def with_chapter(composition: Composition, body: str) -> Composition:
    changed = tuple(unit("c-1", body) if u.id == "c-1" else u for u in composition.units)
    return replace(composition, units=changed)


def exported(composition: Composition, modified: datetime = MODIFIED, pages: PageList | None = None) -> bytes:
    file = io.BytesIO()
    export(composition, modified, file, pages)
    return file.getvalue()


def opened(composition: Composition, modified: datetime = MODIFIED, pages: PageList | None = None) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(exported(composition, modified, pages)))


def package(composition: Composition) -> etree._Element:
    return etree.fromstring(opened(composition).read("EPUB/content.opf"))


def texts(root: etree._Element, path: str) -> list[str]:
    return [str(found) for found in root.xpath(path, namespaces=PREFIXES)]


def said(root: etree._Element, property: str) -> list[str]:
    return texts(root, f"//opf:meta[@property='{property}']/text()")


# ---- the file


def test_it_begins_with_its_type_stored_plainly(composition: Composition) -> None:
    data = exported(composition)
    first = zipfile.ZipFile(io.BytesIO(data)).infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert data[30:58] == b"mimetypeapplication/epub+zip"


def test_its_files_have_the_names_that_pages_count_on(composition: Composition) -> None:
    assert set(opened(composition).namelist()) == {
        "mimetype", "META-INF/container.xml", "EPUB/content.opf", "EPUB/nav.xhtml", "EPUB/toc.ncx",
        "EPUB/text/cover.xhtml", "EPUB/text/title-page.xhtml", "EPUB/text/c-1.xhtml", "EPUB/text/c-2.xhtml",
        "EPUB/styles/shared.css", "EPUB/pictures/fire.jpg", "EPUB/pictures/road.png",
    }  # fmt: skip


def test_the_same_publication_gives_the_same_bytes_anywhere(
    composition: Composition, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = exported(composition)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        there = exported(composition, MODIFIED.astimezone(timezone(timedelta(hours=4))))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert here == there


def test_every_entry_carries_the_moment_of_the_publication(composition: Composition) -> None:
    assert {entry.date_time for entry in opened(composition).infolist()} == {(2023, 9, 27, 12, 30, 14)}
    early = opened(composition, datetime(1970, 1, 1, tzinfo=UTC))
    assert {entry.date_time for entry in early.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert said(etree.fromstring(early.read("EPUB/content.opf")), "dcterms:modified") == ["1970-01-01T00:00:00Z"]


def test_pictures_come_through_byte_for_byte_and_are_not_compressed_again(composition: Composition) -> None:
    book = opened(composition)
    for picture in composition.renditions:
        assert book.read(f"EPUB/pictures/{picture.name}") == picture.path.read_bytes()
        assert book.getinfo(f"EPUB/pictures/{picture.name}").compress_type == zipfile.ZIP_STORED
    assert book.getinfo("EPUB/text/c-1.xhtml").compress_type == zipfile.ZIP_DEFLATED


def test_a_picture_that_cannot_be_read_is_not_passed_over(composition: Composition) -> None:
    composition.renditions[0].path.unlink()
    with pytest.raises(FileNotFoundError):
        exported(composition)


@pytest.mark.slow
def test_only_one_picture_is_in_memory_at_a_time(composition: Composition, tmp_path: Path) -> None:
    size = 2_000_000
    many = []
    for n in range(12):
        (tmp_path / f"{n}.jpg").write_bytes(bytes([n]) * size)
        many.append(Rendition(f"{n}.jpg", "image/jpeg", tmp_path / f"{n}.jpg", 60, 40))
    book = replace(composition, renditions=(*composition.renditions, *many))
    with (tmp_path / "t.epub").open("wb") as file:
        tracemalloc.start()
        export(book, MODIFIED, file)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 2 * size
    with zipfile.ZipFile(tmp_path / "t.epub") as made:
        assert made.read("EPUB/pictures/11.jpg") == bytes([11]) * size


def test_two_parts_of_one_name_are_refused(composition: Composition) -> None:
    twice = replace(composition, units=(*composition.units, unit("C-1", "<p id='other'>Again</p>")))
    with pytest.raises(ValueError, match="C-1"):
        exported(twice)


# ---- pages and links


def test_links_lead_to_the_file_that_holds_their_target(composition: Composition) -> None:
    book = opened(composition)
    chapter = etree.fromstring(book.read("EPUB/text/c-1.xhtml"))
    assert texts(chapter, "//h:a/@href") == ["c-2.xhtml#fig-road", "#c-1-title", "https://example.org/"]
    navigation = etree.fromstring(book.read("EPUB/nav.xhtml"))
    links = ["text/c-1.xhtml#c-1", "text/c-2.xhtml#c-2", "text/c-2.xhtml#s-2", "#contents"]
    assert texts(navigation, "//h:a/@href") == links
    assert texts(navigation, "//h:link/@href") == ["styles/shared.css"]


def test_a_link_from_a_chapter_to_the_contents_leaves_its_folder(composition: Composition) -> None:
    changed = with_chapter(composition, '<p id="c-1"><a href="#contents">Contents</a></p>')
    chapter = etree.fromstring(opened(changed).read("EPUB/text/c-1.xhtml"))
    assert texts(chapter, "//h:a/@href") == ["../nav.xhtml#contents"]


def test_marks_for_print_are_left_out(composition: Composition) -> None:
    assert b"data-page" not in opened(composition).read("EPUB/text/c-1.xhtml")


def test_markup_comes_through_as_it_was_written(composition: Composition) -> None:
    second = opened(composition).read("EPUB/text/c-2.xhtml")
    assert second.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE html>\n<html")
    assert b"viewBox" in second and b"linearGradient" in second
    assert b'<span id="page-1"></span>' in opened(composition).read("EPUB/text/c-1.xhtml")


@pytest.mark.parametrize(
    "body",
    [
        "<p>One <b>two</p>",
        "<p>A&nbsp;B</p>",
        "<p>A & B</p>",
        "<p>\x0c</p>",
    ],
)
def test_a_page_that_is_not_well_formed_is_reported_with_its_source(composition: Composition, body: str) -> None:
    with pytest.raises(PressroomError) as stopped:
        exported(with_chapter(composition, body))
    assert [(f.id, f.place.file) for f in stopped.value.findings] == [("page-malformed", "book/c-1.md")]


def test_a_page_may_declare_no_entities(composition: Composition, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    doctype = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    chapter = unit("c-1", "<p id='c-1'>&x;</p>")
    chapter = replace(chapter, document=XhtmlDocument(chapter.xhtml.replace("<!DOCTYPE html>", doctype)))
    with pytest.raises(PressroomError, match="entities"):
        exported(replace(composition, units=(*composition.units[:2], chapter, composition.units[3])))


def test_links_and_pictures_that_lead_nowhere_are_reported_all_at_once(composition: Composition) -> None:
    body = '<p id="c-1"><a href="#nowhere">x</a><img src="../pictures/gone.jpg" alt="x"/></p>'
    with pytest.raises(PressroomError) as stopped:
        exported(with_chapter(composition, body))
    messages = [finding.message for finding in stopped.value.findings]
    assert len(messages) == 2 and "#nowhere" in messages[0] and "pictures/gone.jpg" in messages[1]


def test_ids_inside_drawings_may_repeat_from_page_to_page(composition: Composition) -> None:
    body = """<p id="c-1"><svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="x">
    <path id="shade" d="M0 0"/><use href="#shade"/></svg></p>"""
    chapter = etree.fromstring(opened(with_chapter(composition, body)).read("EPUB/text/c-1.xhtml"))
    assert texts(chapter, "//*[local-name()='use']/@href") == ["#shade"]


# ---- the package


def test_the_contents_stand_behind_the_front_pieces(composition: Composition) -> None:
    order = ["page-cover", "page-title-page", "page-nav", "page-c-1", "page-c-2"]
    assert texts(package(composition), "//opf:itemref/@idref") == order
    assert not texts(package(composition), "//opf:itemref/@linear")
    chapters = replace(composition, units=composition.units[2:])
    assert texts(package(chapters), "//opf:itemref/@idref") == ["page-nav", "page-c-1", "page-c-2"]
    cover_last = replace(composition, units=(*composition.units[1:], composition.units[0]))
    assert texts(package(cover_last), "//opf:itemref/@idref") == order


def test_the_manifest_declares_the_properties_of_pages(composition: Composition) -> None:
    root = package(composition)
    assert texts(root, "//opf:item[@properties='nav']/@href") == ["nav.xhtml"]
    assert texts(root, "//opf:item[@properties='svg']/@href") == ["text/c-2.xhtml"]
    assert texts(root, "//opf:item[@properties='cover-image']/@href") == ["pictures/fire.jpg"]
    assert texts(root, "//opf:meta[@name='cover']/@content") == ["picture-fire.jpg"]


@pytest.mark.parametrize(
    "body, properties",
    [
        ('<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>', ["mathml"]),
        ("<p onclick='x()'>x</p>", ["scripted"]),
        ("<script>x()</script>", ["scripted"]),
        ("<script type='application/ld+json'>{}</script>", []),
        ("<audio src='https://example.org/a.mp3'></audio>", ["remote-resources"]),
        ("<a href='https://example.org/'>x</a>", []),
    ],
)
def test_the_manifest_declares_scripts_and_remote_resources(
    composition: Composition, body: str, properties: list[str]
) -> None:
    root = package(with_chapter(composition, f'<div id="c-1">{body}</div>'))
    assert texts(root, "//opf:item[@id='page-c-1']/@properties") == properties


def test_shops_and_libraries_find_the_metadata_of_the_publication(composition: Composition) -> None:
    root = package(composition)
    assert texts(root, "//dc:identifier[@id=/opf:package/@unique-identifier]/text()") == ["urn:isbn:9780000000002"]
    assert texts(root, "//dc:title/text()") == ["The Road to Kornidzor", "September 2023"]
    assert said(root, "title-type") == ["main", "subtitle"]
    assert texts(root, "//dc:language/text()") == ["en-GB"]
    assert texts(root, "//dc:publisher/text()") == ["Example Press"]
    assert texts(root, "//dc:date/text()") == ["2023-09-28"]
    assert texts(root, "//dc:rights/text()") == ["© 2023 Example Press"]
    assert texts(root, "//opf:link[@rel='dcterms:license']/@href") == ["https://creativecommons.org/licenses/by/4.0/"]
    assert texts(root, "//dc:description/text()") == ["Twelve photographs and a text."]
    assert texts(root, "//dc:source/text()") == ["A report of September 2023"]
    assert said(root, "dcterms:modified") == ["2023-09-27T12:30:14Z"]


def test_everyone_is_listed_once_with_all_that_they_did(composition: Composition) -> None:
    root = package(composition)
    assert texts(root, "//dc:creator/text()") == ["Ann Author", "Paul Photographer"]
    assert texts(root, "//dc:contributor/text()") == ["Tom Translator"]
    assert texts(root, "//opf:meta[@refines='#creator-1']/text()") == ["aut", "pht", "Author, Ann", "1"]
    assert texts(root, "//opf:meta[@refines='#contributor-1']/text()") == ["trl", "1"]


def test_the_languages_of_chapters_are_named_after_that_of_the_book(composition: Composition) -> None:
    blank = Place("book/a.md")
    chapters = tuple(
        Chapter(id=f"c-{n}", title="T", place=blank, language=said) for n, said in enumerate(("", "hy", "en-GB"))
    )
    bilingual = replace(composition, publication=replace(composition.publication, pieces=chapters))
    assert texts(package(bilingual), "//dc:language/text()") == ["en-GB", "hy"]


def test_subjects_carry_the_codes_of_their_scheme(composition: Composition) -> None:
    root = package(composition)
    assert texts(root, "//dc:subject/text()") == ["Refugees", "Armenia"]
    assert texts(root, "//opf:meta[@refines='#subject-1']/text()") == ["Thema", "JBFG"]
    assert not texts(root, "//opf:meta[@refines='#subject-2']")


@pytest.mark.parametrize("number, position", [("4", ["4"]), ("IV", []), ("2.1", ["2.1"])])
def test_a_series_gives_its_number_where_it_is_one(composition: Composition, number: str, position: list[str]) -> None:
    root = package(with_settings(composition, series={"name": "Field Reports", "number": number}))
    assert said(root, "belongs-to-collection") == texts(root, "//opf:meta[@name='calibre:series']/@content")
    assert said(root, "group-position") == position
    assert texts(root, "//opf:meta[@name='calibre:series_index']/@content") == position


@pytest.mark.parametrize(
    "language, direction, progression", [("en-GB", "ltr", []), ("ar", "rtl", ["rtl"]), ("he-IL", "rtl", ["rtl"])]
)
def test_pages_turn_the_way_the_language_is_written(
    composition: Composition, language: str, direction: str, progression: list[str]
) -> None:
    root = package(with_settings(composition, language=language))
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert root.get("dir") == direction
    assert texts(root, "//opf:spine/@page-progression-direction") == progression


# ---- accessibility


def test_accessibility_is_counted_from_the_pages(composition: Composition) -> None:
    root = package(composition)
    assert said(root, "schema:accessMode") == ["textual", "visual"]
    assert said(root, "schema:accessModeSufficient") == ["textual,visual", "textual"]
    assert said(root, "schema:accessibilityFeature") == [
        "tableOfContents", "readingOrder", "structuralNavigation", "alternativeText", "longDescription", "ARIA",
        "displayTransformability",
    ]  # fmt: skip
    hazards = ["noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard"]
    assert said(root, "schema:accessibilityHazard") == hazards
    assert "Every picture" in said(root, "schema:accessibilitySummary")[0]


@pytest.mark.parametrize("alt", ["", " "])
def test_one_picture_without_a_text_alternative_is_not_hidden(composition: Composition, alt: str) -> None:
    root = package(with_chapter(composition, CHAPTER.format(alt=alt)))
    assert "alternativeText" not in said(root, "schema:accessibilityFeature")
    assert said(root, "schema:accessModeSufficient") == ["textual,visual"]
    assert said(root, "schema:accessibilitySummary")[0].startswith("Of 4 pictures, 3 have")


def test_a_placeholder_is_a_picture_and_decoration_is_none(composition: Composition) -> None:
    body = """<div id="c-1" role="img" aria-label="A truck"><p>A truck</p></div>
    <img src="../pictures/road.png" alt="" role="presentation"/>
    <p aria-hidden="true"><img src="../pictures/road.png"/></p>"""
    assert "alternativeText" in said(package(with_chapter(composition, body)), "schema:accessibilityFeature")


def test_a_publication_without_pictures_is_text_alone(composition: Composition) -> None:
    text = unit("c-2", '<h1 id="c-2">The road</h1><p id="s-2"><span id="fig-road">Cars</span></p>')
    only_text = replace(with_chapter(composition, '<p id="c-1">Fire</p>'), renditions=())
    root = package(replace(only_text, units=(only_text.units[2], text)))
    assert said(root, "schema:accessMode") == said(root, "schema:accessModeSufficient") == ["textual"]
    assert "alternativeText" not in said(root, "schema:accessibilityFeature")


def test_the_publishers_own_summary_replaces_the_computed_one(composition: Composition) -> None:
    stated = {"summary": "Read by two readers.", "certified_by": "Example Press"}
    root = package(with_settings(composition, accessibility=stated))
    assert said(root, "schema:accessibilitySummary") == ["Read by two readers."]
    assert said(root, "a11y:certifiedBy") == ["Example Press"]
    assert not said(package(with_settings(composition, accessibility={})), "a11y:certifiedBy")


def test_conformance_is_never_claimed_by_default(composition: Composition) -> None:
    assert b"conformsTo" not in opened(composition).read("EPUB/content.opf")


CLAIM = {
    "conforms_to": "EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
    "certified_by": "Readers’ House",
    "certifier_credential": "Benchmark 2",
    "certifier_report": "https://example.org/report",
}


def test_a_claim_names_its_certifier(composition: Composition) -> None:
    root = package(with_settings(composition, accessibility=CLAIM))
    assert texts(root, "//opf:meta[@property='dcterms:conformsTo']/@id") == ["conformance"]
    assert said(root, "dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert texts(root, "//opf:meta[@refines='#conformance']/@property") == ["a11y:certifiedBy"]
    assert texts(root, "//opf:meta[@refines='#certifier']/text()") == ["Benchmark 2"]
    assert texts(root, "//opf:link[@refines='#certifier'][@rel='a11y:certifierReport']/@href") == [
        CLAIM["certifier_report"]
    ]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (CHAPTER.format(alt=" "), "1 picture without"),
        ('<p id="c-1">A <img src="../pictures/road.png"/></p>', "1 picture without"),
        ('<p id="c-1">A<span role="doc-pagebreak" id="p1" aria-label="1"/></p>', "without naming the print edition"),
    ],
)
def test_a_claim_that_a_page_belies_is_refused(composition: Composition, body: str, why: str) -> None:
    claimed = with_settings(composition, accessibility=CLAIM)
    with pytest.raises(PressroomError, match=why) as stopped:
        export(with_chapter(claimed, body), MODIFIED, io.BytesIO())
    assert [finding.id for finding in stopped.value.findings] == ["conformance-refused"]
    opened(with_chapter(composition, body))  # without the claim it is made


@pytest.mark.parametrize(
    ("gone", "why"), [("<title>A page</title>", "no title"), (' lang="en-GB" xml:lang="en-GB"', "language")]
)
def test_a_claim_needs_pages_with_a_title_and_a_language(composition: Composition, gone: str, why: str) -> None:
    claimed = with_settings(composition, accessibility=CLAIM)
    units = tuple(replace(u, document=XhtmlDocument(u.xhtml.replace(gone, ""))) for u in claimed.units)
    with pytest.raises(PressroomError, match=why):
        export(replace(claimed, units=units), MODIFIED, io.BytesIO())


def test_pages_of_a_fixed_size_do_not_reflow(composition: Composition) -> None:
    viewport = '<meta name="viewport" content="width=1200, height=1600"/>'
    pages = (XhtmlDocument(u.xhtml.replace("<head>", f"<head>{viewport}")) for u in composition.units)
    units = tuple(replace(u, document=page) for u, page in zip(composition.units, pages, strict=True))
    root = package(replace(composition, units=units))
    assert "displayTransformability" not in said(root, "schema:accessibilityFeature")
    assert "adapts" not in said(root, "schema:accessibilitySummary")[0]


def test_isbns_have_thirteen_digits_in_the_package_and_for_old_readers(composition: Composition) -> None:
    book = opened(with_settings(composition, identifiers={"ebook": "urn:isbn:0-306-40615-2"}))
    root = etree.fromstring(book.read("EPUB/content.opf"))
    assert texts(root, "//dc:identifier/text()") == ["urn:isbn:9780306406157"]
    assert b'content="urn:isbn:9780306406157"' in book.read("EPUB/toc.ncx")


def test_subjects_of_every_scheme_name_their_authority(composition: Composition) -> None:
    schemes = {"aat": "AAT", "bisac": "BISAC", "eurovoc": "EuroVoc", "lcsh": "LCSH", "medtop": "MEDTOP", "wgs": "WGS"}
    subjects = [{"scheme": scheme, "code": "1", "name": scheme} for scheme in schemes]
    assert said(package(with_settings(composition, subjects=subjects)), "authority") == list(schemes.values())


# ---- old readers


def test_old_readers_get_the_same_contents_in_the_same_order(composition: Composition) -> None:
    root = etree.fromstring(opened(composition).read("EPUB/toc.ncx"))
    assert texts(root, "//ncx:navPoint/ncx:navLabel/ncx:text/text()") == ["The fire", "The road", "A line of cars"]
    targets = ["text/c-1.xhtml#c-1", "text/c-2.xhtml#c-2", "text/c-2.xhtml#s-2"]
    assert texts(root, "//ncx:content/@src") == targets
    assert texts(root, "//ncx:navPoint/@playOrder") == ["1", "2", "3"]
    assert texts(root, "//ncx:navPoint/ncx:navPoint/@id") == ["point-3"]
    head = dict(zip(texts(root, "//ncx:meta/@name"), texts(root, "//ncx:meta/@content"), strict=True))
    assert head["dtb:depth"] == "2" and head["dtb:uid"] == "urn:isbn:9780000000002"
    assert texts(package(composition), "//opf:spine/@toc") == ["ncx"]


# ---- the trade's own judge


@pytest.mark.slow
def test_epubcheck_finds_nothing_to_complain_of(composition: Composition, tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    schemes = [{"scheme": scheme, "code": "1", "name": scheme} for scheme in ("bisac", "eurovoc", "medtop")]
    composition = with_settings(
        composition, accessibility=CLAIM, subjects=schemes, identifiers={"ebook": "urn:isbn:0-306-40615-2"}
    )
    file.write_bytes(exported(composition))
    assert list(map(str, epubcheck(file))) == []
