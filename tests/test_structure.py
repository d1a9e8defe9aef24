"""The structure of an ebook: what it holds, in which order, under which names, and what the standards call it."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pypdfium2
import pytest
from conftest import Publish, picture
from hypothesis import HealthCheck, given, settings
from lxml import etree
from test_layouts import compose
from test_manuscript import TYPED

from pressroom import production
from pressroom.design import Composition
from pressroom.design.wellformed import without_gaps
from pressroom.errors import CONTROL, Severity
from pressroom.xhtml import XhtmlDocument

NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "opf": "http://www.idpf.org/2007/opf",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "epub": "http://www.idpf.org/2007/ops",
}
TYPE = f"{{{NAMES['epub']}}}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# EPUB 3 Structural Semantics Vocabulary 1.1 without what it calls deprecated, and EPUB Indexes 1.0
VOCABULARY = frozenset(
    "cover frontmatter bodymatter backmatter volume part chapter division abstract foreword preface prologue "
    "introduction preamble conclusion epilogue afterword epigraph toc landmarks loa loi lot lov appendix colophon "
    "credits index glossary glossterm glossdef bibliography titlepage halftitlepage copyright-page acknowledgments "
    "imprint imprimatur contributors other-credits errata dedication revision-history notice pullquote tip halftitle "
    "fulltitle covertitle title subtitle footnote footnotes endnotes backlink biblioref glossref noteref credit "
    "keyword topic-sentence concluding-sentence pagebreak page-list index-group index-entry-list index-entry "
    "index-term index-locator index-locator-list index-xref-preferred index-xref-related".split()
)
# Digital Publishing WAI-ARIA Module 1.1 without doc-biblioentry and doc-endnote, which are deprecated; and ARIA 1.2
ROLES = frozenset(
    "doc-abstract doc-acknowledgments doc-afterword doc-appendix doc-backlink doc-bibliography doc-biblioref "
    "doc-chapter doc-colophon doc-conclusion doc-cover doc-credit doc-credits doc-dedication doc-endnotes "
    "doc-epigraph doc-epilogue doc-errata doc-example doc-footnote doc-foreword doc-glossary doc-glossref doc-index "
    "doc-introduction doc-noteref doc-notice doc-pagebreak doc-pagelist doc-part doc-preface doc-prologue "
    "doc-pullquote doc-qna doc-subtitle doc-tip doc-toc img note presentation".split()
)
KINDS = {
    "cover": ("cover", ""),
    "title-page": ("titlepage", ""),
    "imprint": ("copyright-page", ""),
    "c-for-one": ("dedication", "doc-dedication"),
    "c-foreword": ("foreword", "doc-foreword"),
    "c-preface": ("preface", "doc-preface"),
    "c-thanks": ("acknowledgments", "doc-acknowledgments"),
    "c-introduction": ("introduction", "doc-introduction"),
    "c-prologue": ("prologue", "doc-prologue"),
    "part-1": ("part", "doc-part"),
    "c-one": ("chapter", "doc-chapter"),
    "c-two": ("chapter", "doc-chapter"),
    "part-2": ("part", "doc-part"),
    "c-one_2": ("chapter", "doc-chapter"),
    "c-epilogue": ("epilogue", "doc-epilogue"),
    "c-afterword": ("afterword", "doc-afterword"),
    "c-appendix": ("appendix", "doc-appendix"),
    "c-notes": ("endnotes", "doc-endnotes"),
    "c-books": ("bibliography", "doc-bibliography"),
    "photographs": ("loi", ""),
    "index": ("index", "doc-index"),
    "credits": ("credits", "doc-credits"),
    "colophon": ("colophon", "doc-colophon"),
}
"""The pages of the ebook in their order, each with its term and its role; `loi` and the pages in front have no role."""
SETTINGS = """\
title: The Mill
subtitle: Paper and water
language: en-GB
creators: [{name: A. Writer}]
publisher: A Press
published: 2024-05-01
rights: No rights reserved
credits: both
chapters:
  - for-one.md
  - foreword.md
  - preface.md
  - thanks.md
  - introduction.md
  - prologue.md
  - part: Water
    chapters: [upstream/one.md, two.md]
  - part: Paper
    chapters: [downstream/one.md]
  - epilogue.md
  - afterword.md
  - appendix.md
  - notes.md
  - books.md
  - generated: [photographs, index, credits, colophon]
editions: {ebook: {format: epub, fonts: none}}
"""
ROLES_OF_CHAPTERS = {
    "for-one": "dedication", "foreword": "foreword", "preface": "preface", "thanks": "acknowledgements",
    "introduction": "introduction", "prologue": "prologue", "epilogue": "epilogue", "afterword": "afterword",
    "appendix": "appendix", "notes": "notes", "books": "bibliography",
}  # fmt: skip
ONE = """\
# The mill

::: epigraph
> Water is paper.
>
> — A miller
:::

The [mill]{.index} stood [далеко]{lang=ru}.[^1]

![A wheel in a river.](wheel.png){#fig-wheel credit="A. Photographer"}
The wheel.

## The wheel {#wheel}

### Its spokes

#### Their wood

Text.

## The race

::: sidebar Terms
One.
:::

::: sidebar Terms
Two.
:::

::: pullquote
Said large.
:::

> Quoted.
>
> — One

> Quoted.
>
> — Two

[^1]: A note.
"""


@dataclass(frozen=True)
class Ebook:
    """An EPUB file, opened."""

    file: zipfile.ZipFile

    @cached_property
    def package(self) -> etree._Element:
        return etree.fromstring(self.file.read("EPUB/content.opf"))

    @cached_property
    def pages(self) -> dict[str, etree._Element]:
        """Every content document of the ebook by its path beside the package."""
        found = {name.removeprefix("EPUB/"): self.file.read(name) for name in self.file.namelist()}
        return {name: etree.fromstring(data) for name, data in found.items() if name.endswith(".xhtml")}

    @cached_property
    def spine(self) -> list[str]:
        """The pages as they are read."""
        hrefs = {str(item.get("id")): str(item.get("href")) for item in self.all("//opf:item")}
        return [hrefs[str(ref.get("idref"))] for ref in self.all("//opf:itemref")]

    def all(self, path: str, root: etree._Element | None = None) -> list[Any]:
        return list((self.package if root is None else root).xpath(path, namespaces=NAMES))

    def text(self, path: str, root: etree._Element | None = None) -> str:
        return str((self.package if root is None else root).xpath(f"string({path})", namespaces=NAMES))

    def nav(self, kind: str) -> etree._Element:
        [nav] = self.all(f"//h:nav[@epub:type='{kind}']", self.pages["nav.xhtml"])
        return nav

    def leads(self, href: str, file: str) -> tuple[str, str]:
        """The file and the id to which a link on a page leads."""
        path, _, id = unquote(href).partition("#")
        return posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file, id


def made(root: Path) -> Ebook:
    report = production.build(production.Order(root, editions=("ebook",)))
    assert report.products, [f"{f.place} {f.message}" for f in report.findings if f.severity is Severity.ERROR]
    return Ebook(zipfile.ZipFile(report.products[0].path))


@pytest.fixture(scope="module")
def ebook(tmp_path_factory: pytest.TempPathFactory) -> Ebook:
    root = tmp_path_factory.mktemp("mill")
    chapters = {"upstream/one": ONE, "two": "# The beater\n\nText.\n", "downstream/one": "# The mill\n\n[](#wheel)\n"}
    for name, role in ROLES_OF_CHAPTERS.items():
        chapters[name] = f"---\nrole: {role}\n---\n\n# {name.title()}\n\nText.\n"
    for name, text in chapters.items():
        (root / "book" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "book" / f"{name}.md").write_text(text)
    (root / "book" / "publication.yaml").write_text(SETTINGS)
    (root / "book" / "photos.yaml").write_text("wheel.png: {long_description: It has twelve spokes.}\n")
    picture(root / "assets" / "photos" / "wheel.png")
    return made(root)


# ---- what there is, and in which order


@pytest.mark.slow
def test_pages_are_read_in_the_order_of_a_printed_book(ebook: Ebook) -> None:
    pages = [f"text/{id}.xhtml" for id in KINDS]
    assert ebook.spine == [*pages[:3], "nav.xhtml", *pages[3:]]


def test_every_page_and_section_has_its_epub_type(ebook: Ebook) -> None:
    for id, (term, role) in KINDS.items():
        [section] = ebook.all("/h:html/h:body/h:section", ebook.pages[f"text/{id}.xhtml"])
        assert (section.get(TYPE), section.get("role", ""), section.get("id")) == (term, role, id)
    matters = [ebook.text("//h:body/@epub:type", page) for page in ebook.pages.values()]
    assert set(matters) == {"frontmatter", "bodymatter", "backmatter"}


def test_all_terms_and_roles_are_in_the_vocabularies_and_none_is_deprecated(ebook: Ebook) -> None:
    elements = [element for page in ebook.pages.values() for element in page.iter("*")]
    assert {term for element in elements for term in element.get(TYPE, "").split()} <= VOCABULARY
    assert {role for element in elements for role in element.get("role", "").split()} <= ROLES


def test_pieces_of_a_chapter_have_their_epub_type(ebook: Ebook) -> None:
    chapter = ebook.pages["text/c-one.xhtml"]
    said = [(e.tag.split("}")[1], e.get(TYPE, ""), e.get("role", "")) for e in chapter.iter("*") if e.get("role")]
    assert said == [
        ("section", "chapter", "doc-chapter"),
        ("div", "epigraph", "doc-epigraph"),
        ("footer", "", "presentation"),
        ("a", "noteref", "doc-noteref"),
        ("aside", "", "note"),
        ("aside", "", "note"),
        ("aside", "pullquote", "doc-pullquote"),
        ("footer", "", "presentation"),
        ("footer", "", "presentation"),
        ("aside", "footnote", "doc-footnote"),
        ("a", "", "doc-backlink"),
    ]


def test_a_chapter_has_no_landmark_but_itself(ebook: Ebook) -> None:
    """Two sidebars with one title, or two sourced quotations, would be landmarks with the same name."""
    chapter = ebook.pages["text/c-one.xhtml"]
    bare = [e.tag.split("}")[1] for e in chapter.iter("*") if not e.get("role")]
    assert not {"footer", "aside", "main", "nav"} & set(bare)
    assert not ebook.all("//h:section[not(@role)][@aria-label or @aria-labelledby or @title]", chapter)


def test_a_description_is_there_where_a_picture_names_one(ebook: Ebook) -> None:
    [image] = ebook.all("//h:img[@aria-details]", ebook.pages["text/c-one.xhtml"])
    [details] = ebook.all(f"//*[@id='{image.get('aria-details')}']", ebook.pages["text/c-one.xhtml"])
    assert "twelve spokes" in "".join(details.itertext())


# ---- contents


def tree(items: list[Any], name: str, inner: str, namespace: str) -> list[Any]:
    """Entries of a contents as (title, what is under it)."""
    found = []
    for item in items:
        title = "".join(item.xpath(name, namespaces=NAMES)[0].itertext())
        found.append((title, tree(item.xpath(inner, namespaces=NAMES), name, inner, namespace)))
    return found


CONTENTS = [
    *[(name.title(), []) for name in list(ROLES_OF_CHAPTERS)[:6]],
    ("Water", [
        ("The mill", [("The wheel", [("Its spokes", [("Their wood", [])])]), ("The race", [])]),
        ("The beater", []),
    ]),
    ("Paper", [("The mill", [])]),
    *[(name.title(), []) for name in list(ROLES_OF_CHAPTERS)[6:]],
    ("Photographs", []), ("Index", []), ("Credits", []), ("Colophon", []),
]  # fmt: skip


def test_the_contents_have_parts_chapters_and_headings_at_their_depth(ebook: Ebook) -> None:
    items = ebook.all("h:ol/h:li", ebook.nav("toc"))
    assert tree(items, "h:a", "h:ol/h:li", "h") == CONTENTS


def test_old_readers_have_the_same_contents(ebook: Ebook) -> None:
    ncx = etree.fromstring(ebook.file.read("EPUB/toc.ncx"))
    points = ebook.all("/ncx:ncx/ncx:navMap/ncx:navPoint", ncx)
    assert tree(points, "ncx:navLabel/ncx:text", "ncx:navPoint", "ncx") == CONTENTS
    there = [str(a.get("href")) for a in ebook.all(".//h:a", ebook.nav("toc"))]
    assert [str(content.get("src")) for content in ebook.all("//ncx:navPoint/ncx:content", ncx)] == there


def test_landmarks_lead_to_the_places_that_readers_look_for(ebook: Ebook) -> None:
    links = ebook.all(".//h:a", ebook.nav("landmarks"))
    assert [(a.get(TYPE), ebook.leads(a.get("href"), "nav.xhtml")) for a in links] == [
        ("cover", ("text/cover.xhtml", "cover")),
        ("titlepage", ("text/title-page.xhtml", "title-page")),
        ("toc", ("nav.xhtml", "contents")),
        ("bodymatter", ("text/c-introduction.xhtml", "c-introduction")),
        ("loi", ("text/photographs.xhtml", "photographs")),
        ("index", ("text/index.xhtml", "index")),
    ]


def test_the_list_of_photographs_is_a_page_and_a_list_for_reading_systems(ebook: Ebook) -> None:
    lists = (ebook.nav("loi"), ebook.pages["text/photographs.xhtml"])
    for file, listing in zip(("nav.xhtml", "text/photographs.xhtml"), lists, strict=True):
        [entry] = ebook.all(".//h:li/h:a", listing)
        assert "".join(entry.itertext()).split() == ["1", "The", "wheel"]
        assert ebook.leads(entry.get("href"), file) == ("text/c-one.xhtml", "fig-wheel")


@pytest.mark.slow
def test_without_numbered_pictures_there_is_no_list_of_them(publication: Publish) -> None:
    ebook = made(publication(settings="title: T\nlanguage: en\neditions: {ebook: {format: epub, fonts: none}}\n"))
    assert not ebook.all("//h:nav[@epub:type='loi']", ebook.pages["nav.xhtml"])


# ---- titles, headings, languages


def test_every_page_has_a_title_of_its_own(ebook: Ebook) -> None:
    titles = [ebook.text("//h:title", page) for page in ebook.pages.values()]
    assert all(titles) and len(set(titles)) == len(titles)
    assert ebook.text("//h:title", ebook.pages["text/c-one_2.xhtml"]) == "The mill (2)"


def test_headings_begin_with_the_first_level_and_leave_none_out(ebook: Ebook) -> None:
    for file, page in ebook.pages.items():
        levels = [int(e.tag[-1]) for e in page.iter("*") if e.tag.split("}")[1] in {f"h{n}" for n in range(1, 7)}]
        assert levels[:1] == [1] or file in ("text/cover.xhtml", "text/imprint.xhtml")
        assert all(after <= before + 1 for before, after in pairwise(levels)), file


@pytest.mark.parametrize(
    ("written", "set"),
    [
        ("1", "1"), ("123", "123"), ("13", "12"), ("1352", "1232"), ("1432", "1222"), ("133", "122"), ("1122", "1233"),
        ("1242", "1232"), ("22", "23"), ("16543", "12222"), ("112345", "123456"), ("1123456", "1234566"),
    ],
)  # fmt: skip
def test_a_heading_stands_one_level_under_the_one_that_it_belongs_to(written: str, set: str) -> None:
    def page(levels: str) -> XhtmlDocument:
        headings = "".join(f'<h{n} id="x">A <em>b</em></h{n}><hr/><header>c</header>' for n in levels)
        return XhtmlDocument(f'<body xmlns="http://www.w3.org/1999/xhtml">{headings}</body>')

    assert without_gaps(page(written)).text == page(set).text


@pytest.mark.slow
def test_a_heading_that_an_edition_leaves_out_leaves_no_gap(publication: Publish) -> None:
    only = "# A\n\n::: only {edition=print}\n## B\n\nText.\n:::\n\n### C\n\nText.\n\n> # D\n\n- ##### E\n"
    editions = "editions: {ebook: {format: epub, fonts: none}, print: {format: pdf}}\n"
    page = made(publication({"book/a.md": only}, f"title: T\nlanguage: en\n{editions}")).pages["text/c-a.xhtml"]
    assert [e.tag[-2:] for e in page.iter("*") if e.tag[-2] == "h" and e.tag[-1].isdigit()] == ["h1", "h2", "h2", "h3"]


@pytest.mark.slow
def test_languages_are_declared_in_html_and_xml(ebook: Ebook) -> None:
    for page in ebook.pages.values():
        assert page.get("lang") == page.get(XML_LANG) == "en-GB"
        assert page.get("dir") == "ltr"
    [passage] = ebook.all("//h:span[@lang]", ebook.pages["text/c-one.xhtml"])
    assert passage.get("lang") == passage.get(XML_LANG) == "ru"


@pytest.mark.slow
def test_a_book_read_from_right_to_left_declares_it_everywhere(publication: Publish) -> None:
    settings = "title: טחנה\nlanguage: he\neditions: {ebook: {format: epub, fonts: none}}\n"
    raw = '# טחנה\n\n<p lang="en" dir="ltr">The mill</p>\n'
    ebook = made(publication({"book/a.md": raw}, settings))
    assert ebook.package.get("dir") == "rtl"
    assert ebook.text("//opf:spine/@page-progression-direction") == "rtl"
    assert {page.get("dir") for page in ebook.pages.values()} == {"rtl"}
    [passage] = ebook.all("//h:p[@dir]", ebook.pages["text/c-a.xhtml"])
    assert (passage.get("lang"), passage.get(XML_LANG), passage.get("dir")) == ("en", "en", "ltr")


# ---- notes


NOTED = """\
# The mill

Firstcall.[^b] Secondcall,[^a] and firstagain.[^b]

## Heading

| Row | Cellcall[^c] |
|-----|--------------|
| x   | y            |

![Alt](wheel.png)
Captioncall.[^d]

::: sidebar Terms
Boxcall.[^e]
:::

::: only {edition=ebook}
Ebookcall.[^f]
:::

Lastcall.[^g]

[^a]: Alder.
[^g]: Gorse.
[^b]: Birch.
[^c]: Cedar.
[^d]: Dogwood.
[^e]: Elder.
[^f]: Fir.
"""


@pytest.mark.slow
def test_notes_have_the_numbers_of_print(publication: Publish) -> None:
    settings = "title: T\nlanguage: en\neditions: {ebook: {format: epub}, print: {format: pdf, trim: a5}}\n"
    root = publication({"book/a.md": NOTED, "book/b.md": NOTED.replace("Birch", "Beech")}, settings)
    picture(root / "assets" / "photos" / "wheel.png")
    ebook = made(root)
    [product] = production.build(production.Order(root, editions=("print",))).products
    printed = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(product.path))
    for file, birch in (("text/c-a.xhtml", "Birch"), ("text/c-b.xhtml", "Beech")):
        page = ebook.pages[file]
        notes = {"".join(note.itertext()).split()[1]: note for note in ebook.all("//h:aside[@class='note']", page)}
        assert list(notes) == [f"{birch}.", "Alder.", "Cedar.", "Dogwood.", "Elder.", "Fir.", "Gorse."]
        for number, (word, note) in enumerate(notes.items(), 1):
            [back] = ebook.all(".//h:a[@role='doc-backlink']", note)
            [call] = ebook.all(f"//h:a[@id='{back.get('href')[1:]}']", page)
            assert back.text == call.text == str(number)
            assert call.get("href") == f"#{note.get('id')}"
            assert set(re.findall(rf"(\d+)\s*{word}", printed)) == {str(number)} - {"6"}, word
    for word, number in [("Firstcall", 1), ("Secondcall", 2), ("firstagain", 1), ("Cellcall", 3), ("Captioncall", 4),
                         ("Boxcall", 5), ("Lastcall", 7)]:  # fmt: skip
        assert set(re.findall(rf"{word}[.,]?\s*(\d+)", printed)) == {str(number)}, word


# ---- names


COLLIDING = (
    "a", "ä", "á b", "a-b", "a-title", "a-note-1", "a-fig-1", "a-call-1", "one/a", "two/a", "nav", "cover", "contents",
    "index", "imprint", "title-page", "photographs", "part-1", "content", "toc", "Ω", "Ѡ",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("names", [COLLIDING, COLLIDING[::-1]], ids=["forwards", "backwards"])
def test_chapters_whose_names_are_alike_keep_apart(publication: Publish, names: tuple[str, ...]) -> None:
    """Every chapter has a note, a picture, a heading and a link to each of the others."""
    files: dict[str, str | bytes] = {}
    for n, name in enumerate(names):
        links = " ".join(f"[to {m}](</{other}.md>)" for m, other in enumerate(names))
        links = links.replace("(</", "(<" + "../" * name.count("/"))
        text = f"Text.[^1]\n\n![Alt]()\nCaption.\n\n## Note 1\n\n{links}\n\n[^1]: Note.\n"
        files[f"book/{name}.md"] = f"# Title {n}\n\n{text}"
    listed = "".join(f"  - {name}.md\n" for name in names)
    head = "title: T\nlanguage: en\neditions: {ebook: {format: epub, fonts: none}}\n"
    ebook = made(publication(files, f"{head}chapters:\n{listed}  - generated: [photographs]\n"))
    chapters = [file for file in ebook.spine if file.startswith("text/c-")]
    assert len(chapters) == len({file.casefold() for file in chapters}) == len(names)
    for n, file in enumerate(chapters):
        assert ebook.text("//h:h1", ebook.pages[file]) == f"Title {n}"
        there = [ebook.leads(a.get("href"), file)[0] for a in ebook.all("//h:a[@class='reference']", ebook.pages[file])]
        assert there == chapters
    assert not list(faults(ebook))


# ---- notes


def test_a_note_keeps_its_number_in_an_edition_that_shows_less(publication: Publish) -> None:
    """Of a chapter that each edition has some of: what print alone shows takes a number with it."""
    only = "::: only {edition=print}\nOnly here.[^b]\n:::"
    text = f"# A\n\nOne.[^a]\n\n{only}\n\n![Alt]()\nA caption.[^c]\n\nAgain.[^a]\n\n[^a]: A.\n\n[^b]: B.\n\n[^c]: C.\n"
    editions = "editions: {ebook: {format: epub, fonts: none}, print: {format: pdf}}\n"
    root = publication({"book/a.md": text}, f"title: T\nlanguage: en\n{editions}")
    ebook, printed = (calls(compose(root, name)) for name in ("ebook", "print"))
    assert len(printed) > len(ebook) > 2
    assert [call for call in printed if call in ebook] == ebook


def calls(composition: Composition) -> list[tuple[str, str]]:
    """The calls of notes, and where each leads."""
    pages = [etree.fromstring(unit.xhtml.encode()) for unit in composition.units]
    return [(a.text, a.get("href")) for page in pages for a in page.xpath("//*[@role='doc-noteref']")]


# ---- whatever is typed


def faults(ebook: Ebook) -> Iterator[str]:
    """What does not fit: package and archive, spine and manifest, links and their targets, ids."""
    held = {name.removeprefix("EPUB/") for name in ebook.file.namelist() if name.startswith("EPUB/")}
    listed = [str(item.get("href")) for item in ebook.all("//opf:item")]
    if sorted(listed) != sorted(held - {"content.opf"}):
        yield f"the manifest lists {sorted(listed)}, and the archive holds {sorted(held)}"
    if set(ebook.spine) - set(listed) or len(set(ebook.spine)) < len(ebook.spine):
        yield f"the spine has {ebook.spine}"
    ids = {file: [str(id) for id in page.xpath("//@id")] for file, page in ebook.pages.items()}
    yield from (f"{file} has an id twice: {found}" for file, found in ids.items() if len(set(found)) < len(found))
    for file, page in ebook.pages.items():
        for href in map(str, page.xpath("//@href | //@src")):
            path, id = ebook.leads(href, file)
            if ":" not in href and (path not in held or (id and id not in ids.get(path, []))):
                yield f"{file} leads to {href}"


SOUND = TYPED.map(lambda text: CONTROL.sub("", text))
"""Typed without control characters, which are refused and tested elsewhere."""


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(first=SOUND, second=SOUND)
def test_any_text_that_is_taken_makes_an_ebook_whose_package_fits_it(
    publication: Publish, first: str, second: str
) -> None:
    head = "title: T\nlanguage: en\nchapters: [a.md, b.md, {generated: [photographs, index, credits, colophon]}]\n"
    files: dict[str, str | bytes] = {"book/a.md": f"Text.\n\n{first}", "book/b.md": f"# B\n\nText.\n\n{second}"}
    root = publication(files, f"{head}editions: {{ebook: {{format: epub, fonts: none}}, print: {{format: pdf}}}}\n")
    order = production.Order(root, editions=("ebook",))
    report = production.build(order)
    told = {f.id for f in report.findings if f.severity is Severity.ERROR}
    assert not told & {"page-malformed", "link-dead", "template-malformed"}
    assert bool(report.products) != bool(told)
    if report.products:
        assert not list(faults(Ebook(zipfile.ZipFile(report.products[0].path))))
