"""Page numbers in the ebook: every page of print is marked where it begins, and the list of pages leads there."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from conftest import Publish, ids, picture
from hypothesis import given
from hypothesis import strategies as some
from lxml import etree
from test_epub import CHAPTER, MODIFIED, composition, page, said, texts, unit, with_chapter

from pressroom import build, machine
from pressroom.epub import export
from pressroom.epub.links import Page
from pressroom.epub.pagelist import mark
from pressroom.errors import MachineError, Place, PressroomError, error
from pressroom.layouts import PageBreak, PageList, PrintPage
from pressroom.layouts.composition import Composition
from pressroom.layouts.letters import letters_of, read
from pressroom.layouts.pagination import counterparts, places

__all__ = ["composition"]
X = "{http://www.w3.org/1999/xhtml}"
SOURCE = "urn:isbn:9780000000019"
HEAD = "title: T\nlanguage: en\ncreators: [{name: A. Writer, role: author}]\n"
BOTH = "editions:\n  ebook: {format: epub, pages_from: print}\n  print: {format: pdf, trim: %s, bleed: 3mm}\n"


# ---- letters


def test_notes_and_their_calls_do_not_count_and_a_picture_is_one_letter() -> None:
    body = """<section class="chapter notes"><p>A b<a class="noteref" href="#n">1</a> c\u00add</p>
    <figure id="f"><div class="picture"><img src="x.jpg" alt="Words"/></div><figcaption>E</figcaption></figure>
    <section class="notes"><aside class="note" id="n">Note</aside></section></section>"""
    letters = letters_of(page(body))
    assert letters.text == "Abcd\ufffcE"
    assert letters.in_figures == {4, 5}
    assert letters.words == (0, 1, 2, 4, 5)
    assert letters.blocks == (0, 4, 5)


def found(printed: str, shown: str) -> list[tuple[str, str]]:
    """The words of print that the ebook has, and the words that stand in their places."""
    ours, theirs = letters_of(page(printed)), letters_of(page(shown))
    pairs = counterparts(ours, theirs)
    assert all(ours.text[a] == theirs.text[b] for a, b in pairs.items())
    return sorted(pairs.items())  # type: ignore[return-value]  # letters by number


def test_what_only_one_edition_says_does_not_shift_the_other() -> None:
    pairs = found("<p>Only print.</p><p>Alike here.</p>", "<p>Alike here.</p><p>Only the ebook.</p>")
    assert pairs == [(10 + n, n) for n in range(10)]


def test_a_paragraph_that_differs_is_compared_word_by_word() -> None:
    pairs = found("<p>Before, see page twelve, afterwards.</p>", "<p>Before, see <i>there</i>, afterwards.</p>")
    assert pairs == [*((n, n) for n in range(10)), *((21 + n, 16 + n) for n in range(11))]


# ---- where a page begins


def begin(body: str, *pages: str) -> list[tuple[str, str]]:
    """The first letter of each page, of a unit whose letters stand on pages as they are given."""
    shown = letters_of(page(body))
    made = [
        PrintPage(str(n), "c", tuple(range(i, i + 1) for i, c in enumerate(shown.text) if c in here))
        for n, here in enumerate(pages, 1)
    ]
    same = {n: n for n in range(len(shown.text))}
    return [(folio, shown.text[letter]) for folio, letter in places(made, same, shown)]


FIGURE = "<figure id='f'><div class='picture'/><figcaption>xyz</figcaption></figure>"
PIC = "\ufffc"


def test_a_figure_that_opens_a_page_belongs_to_it() -> None:
    assert begin(f"<p>abc</p>{FIGURE}<p>def</p>", "abc", f"{PIC}xyzdef") == [("1", "a"), ("2", PIC)]


def test_text_drawn_forward_past_a_figure_stays_on_its_page() -> None:
    assert begin(f"<p>abc</p>{FIGURE}<p>def</p>", "abcd", f"{PIC}xyzef") == [("1", "a"), ("2", "e")]


def test_a_page_of_a_picture_alone_begins_with_the_picture() -> None:
    assert begin(f"<p>abc</p>{FIGURE}<p>def</p>", "abcxyzd", PIC, PIC, "ef") == [
        ("1", "a"), ("2", PIC), ("3", PIC), ("4", "e"),
    ]  # fmt: skip


def test_no_page_begins_before_an_earlier_one() -> None:
    assert begin(f"<p>abc</p>{FIGURE}<p>def</p>", "abc", "de", f"{PIC}xyz", "f") == [
        ("1", "a"), ("2", "d"), ("3", "f"), ("4", "f"),
    ]  # fmt: skip
    assert begin(f"<p>abc</p>{FIGURE}<p>def</p>", "abc", "def", f"{PIC}xyz")[-1] == ("3", "f")


def test_a_page_that_holds_nothing_of_the_ebook_begins_nowhere() -> None:
    assert begin("<p>abc</p>", "ab", "", "c") == [("1", "a"), ("3", "c")]


@given(some.lists(some.lists(some.integers(0, 30), max_size=8), max_size=8))
def test_pages_follow_each_other_whatever_stands_on_them(numbers: list[list[int]]) -> None:
    shown = letters_of(page(f"<p>abcdefghijk</p>{FIGURE}<p>lmno</p>{FIGURE}<p>pqrstu</p>"))
    pages = [PrintPage(str(n), "c", tuple(range(i, i + 1) for i in here)) for n, here in enumerate(numbers)]
    made = places(pages, {n: n for n in range(len(shown.text))}, shown)
    assert [int(folio) for folio, _ in made] == sorted({int(folio) for folio, _ in made})
    assert [letter for _, letter in made] == sorted(letter for _, letter in made)
    assert all(0 <= letter < len(shown.text) for _, letter in made)


# ---- markers


def with_pages(composition: Composition, *breaks: tuple[str, str, int]) -> zipfile.ZipFile:
    made = PageList(SOURCE, tuple(PageBreak(*one) for one in breaks))
    return zipfile.ZipFile(io.BytesIO(export(composition, MODIFIED, made)))


def marked(composition: Composition, body: str, *letters: int) -> str:
    """A chapter with pages that begin before these letters; markers are shown as ¦."""
    breaks = [(str(n), "c-1", letter) for n, letter in enumerate(letters, 1)]
    text = with_pages(with_chapter(composition, body), *breaks).read("EPUB/text/c-1.xhtml").decode()
    assert text.count('role="doc-pagebreak"') == len(letters)
    inside = text[text.index("<body>") + 6 : text.index("</body>")]
    return re.sub(r'<span epub:type="pagebreak"[^>]*></span>', "¦", inside)


@pytest.mark.parametrize(
    ("body", "letters", "expected"),
    [
        ("<p>One two.</p>", [3], "<p>One ¦two.</p>"),
        ("<p>One two.</p><p>Three.</p>", [7], "<p>One two.</p><p>¦Three.</p>"),
        ("<p>One <em>two</em> three.</p>", [3, 6], "<p>One ¦<em>two</em> ¦three.</p>"),
        ("<p><a href='#c-1'>One</a> two.</p>", [0, 1], '<p>¦<a href="#c-1">O¦ne</a> two.</p>'),
        ("<h2>One</h2>", [0], "¦<h2>One</h2>"),
        ("<header><p aria-hidden='true'>1</p><h1>One</h1></header>", [0],
         '¦<header><p aria-hidden="true">1</p><h1>One</h1></header>'),
        ("<figure><div class='picture'>x</div><figcaption>One</figcaption></figure>", [0, 0, 1],
         '¦¦<figure><div class="picture">x</div><figcaption>¦One</figcaption></figure>'),
        ("<figure><div class='row'><figure><img src='../pictures/fire.jpg' alt=''/></figure></div></figure>", [0],
         '¦<figure><div class="row"><figure><img src="../pictures/fire.jpg" alt=""/></figure></div></figure>'),
        ("<table><tr><td>One</td><td>Two</td></tr></table>", [0, 3],
         "<table><tr><td>¦One</td><td>¦Two</td></tr></table>"),
        ("<ul><li>One<ul><li>Two</li></ul>Three</li></ul>", [0, 3, 6],
         "<ul><li>¦One<ul><li>¦Two</li></ul>¦Three</li></ul>"),
        ("<dl><dt>One</dt><dd>Two</dd></dl>", [0, 3], "<dl><dt>¦One</dt><dd>¦Two</dd></dl>"),
    ],
)  # fmt: skip
def test_a_marker_stands_where_it_may(composition: Composition, body: str, letters: list[int], expected: str) -> None:
    head, tail = '<section id="c-1">', "</section>"
    assert marked(composition, f"{head}{body}{tail}", *letters) == f"{head}{expected}{tail}"


def test_a_marker_says_its_page_to_those_who_do_not_see_it(composition: Composition) -> None:
    chapter = etree.fromstring(with_pages(composition, ("xii", "c-1", 0)).read("EPUB/text/c-1.xhtml"))
    [marker] = chapter.findall(f".//{X}span[@role='doc-pagebreak']")
    assert dict(marker.attrib) == {
        "{http://www.idpf.org/2007/ops}type": "pagebreak", "role": "doc-pagebreak", "id": "page-xii", "aria-label": "xii",
    }  # fmt: skip


def test_no_two_places_have_one_id(composition: Composition) -> None:
    assert 'id="page-1"' in CHAPTER
    book = with_pages(composition, ("1", "c-1", 3))
    navigation = etree.fromstring(book.read("EPUB/nav.xhtml"))
    assert texts(navigation, "//h:nav[@role='doc-pagelist']//h:a/@href") == ["text/c-1.xhtml#page-1-print"]


def test_the_list_of_pages_leads_to_every_marker(composition: Composition) -> None:
    book = with_pages(composition, ("iii", "title-page", 0), ("v", "nav", 0), ("1", "c-1", 3), ("2", "c-2", 0))
    navigation = etree.fromstring(book.read("EPUB/nav.xhtml"))
    path = "//h:nav[@role='doc-pagelist' and @hidden]//h:a"
    assert texts(navigation, f"{path}/text()") == ["iii", "v", "1", "2"]
    places = ["text/title-page.xhtml#page-iii", "#page-v", "text/c-1.xhtml#page-1-print", "text/c-2.xhtml#page-2"]
    assert texts(navigation, f"{path}/@href") == places
    assert navigation.find(f".//{X}nav[@id='contents']").getprevious().get("id") == "page-v", "no list holds a marker"
    old = etree.fromstring(book.read("EPUB/toc.ncx"))
    assert texts(old, "//ncx:pageTarget/@type") == ["front", "front", "normal", "normal"]
    assert texts(old, "//ncx:pageTarget/@value") == ["1", "2"]
    orders = [int(n) for n in texts(old, "//@playOrder")]
    assert sorted(orders) == list(range(1, len(orders) + 1)), "each place has its rank in the order of reading"
    head = dict(zip(texts(old, "//ncx:meta/@name"), texts(old, "//ncx:meta/@content"), strict=True))
    assert (head["dtb:totalPageCount"], head["dtb:maxPageNumber"]) == ("4", "2")


def test_an_ebook_with_pages_says_so_and_whose_they_are(composition: Composition) -> None:
    root = etree.fromstring(with_pages(composition, ("1", "c-1", 3)).read("EPUB/content.opf"))
    assert {"pageBreakMarkers", "pageNavigation"} <= set(said(root, "schema:accessibilityFeature"))
    assert said(root, "pageBreakSource") == [SOURCE]
    assert SOURCE in texts(root, "//dc:source/text()")


@pytest.mark.parametrize("made", [None, PageList(SOURCE, ()), PageList(SOURCE, (PageBreak("1", "gone", 0),))])
def test_an_ebook_without_pages_claims_none(composition: Composition, made: PageList | None) -> None:
    book = zipfile.ZipFile(io.BytesIO(export(composition, MODIFIED, made)))
    everything = b"".join(book.read(name) for name in book.namelist() if not name.endswith(("jpg", "png")))
    assert b"doc-page" not in everything and b"pageList" not in everything
    assert b"pageBreak" not in everything and b"pageNavigation" not in everything


def test_a_page_that_would_lead_back_is_left_out(composition: Composition) -> None:
    navigation = etree.fromstring(with_pages(composition, ("1", "c-1", 3), ("2", "nav", 0)).read("EPUB/nav.xhtml"))
    assert texts(navigation, "//h:nav[@role='doc-pagelist']//h:a/text()") == ["1"]


inline = some.recursive(
    some.text("ab \u00ad\u2014<", max_size=6).map(lambda text: text.replace("<", "&lt;")),
    lambda inner: some.tuples(some.sampled_from(["em", "a", "span", "q"]), some.lists(inner, max_size=3)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=8,
)
blocks = some.recursive(
    some.tuples(some.sampled_from(["p", "h2", "td", "li", "figcaption"]), some.lists(inline, max_size=3)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    )
    | some.just("<div class='picture'/>"),
    lambda inner: some.tuples(some.sampled_from(["div", "figure", "section", "blockquote"]), some.lists(inner)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=12,
)


@given(some.lists(blocks, min_size=1, max_size=4), some.data())
def test_markers_change_nothing_but_themselves(bodies: list[str], data: some.DataObject) -> None:
    pages = [
        Page("c", "c", etree.fromstring(page("".join(bodies)).encode())),
        Page("nav", "nav", etree.fromstring(page("").encode())),
    ]
    root = pages[0].root
    before, text = etree.tostring(root, method="text", encoding="unicode"), read(root).text
    letters = sorted(data.draw(some.lists(some.integers(0, max(len(text) - 1, 0)), max_size=6 if text else 0)))
    breaks = tuple(PageBreak(str(n), "c", letter) for n, letter in enumerate(letters))
    mark(pages, ["c", "nav"], PageList(SOURCE, breaks))
    again = etree.fromstring(pages[0].to_bytes())
    assert etree.tostring(again, method="text", encoding="unicode").strip("\n") == before.strip("\n")
    assert read(again).text == text
    found = [span for span in again.iter(f"{X}span") if span.get("role") == "doc-pagebreak"]
    assert [span.get("id") for span in found] == [f"page-{n}" for n in range(len(letters))]
    assert [_letters_before(again, span) for span in found] == letters


def _letters_before(root: etree._Element, marker: etree._Element) -> int:
    """How many letters stand before a marker: those of a document that ends there."""
    copy = etree.fromstring(etree.tostring(root))
    [here] = [e for e in copy.iter(marker.tag) if e.get("id") == marker.get("id")]
    while here is not None and here.getparent() is not None:
        here.tail = None
        for later in list(here.itersiblings()):
            later.getparent().remove(later)
        here = here.getparent()
    return len(read(copy).text)
