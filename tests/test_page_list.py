"""Page numbers in the ebook: every page of print is marked where it begins, and the list of pages leads there."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from conftest import Publish, ids, picture
from hypothesis import given
from hypothesis import strategies as some
from lxml import etree
from test_epub import CHAPTER, MODIFIED, composition, opened, page, said, texts, with_chapter
from validators import epubcheck

from pressroom import machine, production
from pressroom.design import PageBreak, PageList, PrintPage, page_list
from pressroom.design.composition import Composition
from pressroom.design.letters import _LetterReader, letters_of, read
from pressroom.design.pagination import counterparts, places
from pressroom.epub.links import Page
from pressroom.epub.pagelist import mark
from pressroom.errors import MachineError, error
from pressroom.typeset.boxes.box_reader import read_pages
from pressroom.typeset.page_letters import page_texts
from pressroom.xhtml import XhtmlDocument

__all__ = ["composition"]
X = "{http://www.w3.org/1999/xhtml}"
SOURCE = "urn:isbn:9780000000019"
HEAD = "title: T\nlanguage: en\ncreators: [{name: A. Writer, role: author}]\n"
BOTH = (
    "editions:\n  ebook: {format: epub, pages_from: print, fonts: none}\n  print: {format: pdf, trim: %s, bleed: 3mm}\n"
)


# ---- letters


def test_notes_and_their_calls_do_not_count_and_a_picture_is_one_letter() -> None:
    body = """<section class="chapter notes"><p>A b<a class="noteref" href="#n">1</a> c\u00add</p>
    <figure id="f"><div class="picture"><img src="x.jpg" alt="Words"/></div><figcaption>E</figcaption></figure>
    <section class="notes"><aside class="note" id="n">Note</aside></section></section>"""
    letters = letters_of(XhtmlDocument(page(body)))
    assert letters.text == "Abcd\ufffcE"
    assert letters.in_figures == {4, 5}
    assert letters.words == (0, 1, 2, 4, 5)
    assert letters.blocks == (0, 4, 5)


def found(printed: str, shown: str) -> list[tuple[str, str]]:
    """The words of print that the ebook has, and the words that stand in their places."""
    ours, theirs = letters_of(XhtmlDocument(page(printed))), letters_of(XhtmlDocument(page(shown)))
    pairs = counterparts(ours, theirs)
    assert all(ours.text[a] == theirs.text[b] for a, b in pairs.items())
    return sorted(pairs.items())  # type: ignore[return-value]  # letters by number


def test_content_of_one_edition_does_not_shift_the_pages_of_the_other() -> None:
    pairs = found("<p>Only print.</p><p>Alike here.</p>", "<p>Alike here.</p><p>Only the ebook.</p>")
    assert pairs == [(10 + n, n) for n in range(10)]


def test_a_paragraph_that_differs_is_compared_word_by_word() -> None:
    pairs = found("<p>Before, see page twelve, afterwards.</p>", "<p>Before, see <i>there</i>, afterwards.</p>")
    assert pairs == [*((n, n) for n in range(10)), *((21 + n, 16 + n) for n in range(11))]


# ---- where a page begins


def begin(body: str, *pages: str) -> list[tuple[str, str]]:
    """The first letter of each page, of a unit whose letters stand on pages as they are given."""
    shown = letters_of(XhtmlDocument(page(body)))
    made = [
        PrintPage(str(n), "c", tuple(range(i, i + 1) for i, c in enumerate(shown.text) if c in here))
        for n, here in enumerate(pages, 1)
    ]
    same = {n: n for n in range(len(shown.text))}
    return [(folio, shown.text[letter : letter + 1]) for folio, letter in places(made, same, shown)]


FIGURE = "<figure id='f'><div class='picture'/><figcaption>xyz</figcaption></figure>"
PIC = "\ufffc"


def test_a_figure_that_opens_a_page_belongs_to_it() -> None:
    assert begin(f"<p>abc</p>{FIGURE}<p>def</p>", "abc", f"{PIC}xyzdef") == [("1", "a"), ("2", PIC)]


def test_text_drawn_forward_past_a_figure_stays_on_its_page() -> None:
    assert begin(f"<p>abc</p>{FIGURE}<p>def</p>", "abcd", f"{PIC}xyzef") == [("1", "a"), ("2", "e")]


def test_a_page_of_a_picture_alone_begins_with_it_unless_text_was_drawn_past_it() -> None:
    body = f"<p>abc</p>{FIGURE}<p>def</p>"
    assert begin(body, "abcxyz", PIC, PIC, "def") == [("1", "a"), ("2", PIC), ("3", PIC), ("4", "d")]
    assert begin(body, "abcxyzd", PIC, PIC, "ef") == [("1", "a"), ("2", "e"), ("3", "e"), ("4", "e")]
    assert begin(body, "ab", PIC, "cxyzdef") == [("1", "a"), ("2", "c"), ("3", "c")]


def test_the_page_of_a_picture_that_all_text_has_passed_is_marked_at_the_end() -> None:
    assert begin(f"<p>abc</p>{FIGURE}<p>def</p>", "abc", "def", f"{PIC}xyz") == [("1", "a"), ("2", "d"), ("3", "")]


def test_a_page_without_content_of_the_ebook_has_no_marker() -> None:
    assert begin("<p>abc</p>", "ab", "", "c") == [("1", "a"), ("3", "c")]


@pytest.mark.slow
@given(some.lists(some.lists(some.integers(0, 30), max_size=8), max_size=8))
def test_pages_follow_each_other_whatever_stands_on_them(numbers: list[list[int]]) -> None:
    shown = letters_of(XhtmlDocument(page(f"<p>abcdefghijk</p>{FIGURE}<p>lmno</p>{FIGURE}<p>pqrstu</p>")))
    pages = [PrintPage(str(n), "c", tuple(range(i, i + 1) for i in here)) for n, here in enumerate(numbers)]
    made = places(pages, {n: n for n in range(len(shown.text))}, shown)
    assert [int(folio) for folio, _ in made] == sorted({int(folio) for folio, _ in made})
    assert [letter for _, letter in made] == sorted(letter for _, letter in made)
    assert all(0 <= letter <= len(shown.text) for _, letter in made)


# ---- markers


def with_pages(composition: Composition, *breaks: tuple[str, str, int]) -> zipfile.ZipFile:
    made = PageList(SOURCE, tuple(PageBreak(*one) for one in breaks))
    return opened(composition, pages=made)


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
        ("<p>One <em>two.</em> </p>", [7], "<p>One <em>two.¦</em> </p>"),
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


def test_a_marker_has_its_page_number_as_accessible_name(composition: Composition) -> None:
    chapter = etree.fromstring(with_pages(composition, ("xii", "c-1", 0)).read("EPUB/text/c-1.xhtml"))
    [marker] = chapter.findall(f".//{X}span[@role='doc-pagebreak']")
    assert dict(marker.attrib) == {
        "{http://www.idpf.org/2007/ops}type": "pagebreak",
        "role": "doc-pagebreak",
        "id": "page-xii",
        "aria-label": "xii",
    }


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
    places = [
        "text/title-page.xhtml#page-iii",
        "nav.xhtml#page-v",
        "text/c-1.xhtml#page-1-print",
        "text/c-2.xhtml#page-2",
    ]
    assert texts(navigation, f"{path}/@href") == places
    assert navigation.find(f".//{X}nav[@id='contents']").getprevious().get("id") == "page-v", "no list holds a marker"
    old = etree.fromstring(book.read("EPUB/toc.ncx"))
    assert texts(old, "//ncx:pageTarget/@type") == ["front", "front", "normal", "normal"]
    assert texts(old, "//ncx:pageTarget/@value") == ["1", "2"]
    orders = [int(n) for n in texts(old, "//@playOrder")]
    assert sorted(orders) == list(range(1, len(orders) + 1)), "each place has its rank in the order of reading"
    head = dict(zip(texts(old, "//ncx:meta/@name"), texts(old, "//ncx:meta/@content"), strict=True))
    assert (head["dtb:totalPageCount"], head["dtb:maxPageNumber"]) == ("4", "2")


def test_an_ebook_with_a_page_list_declares_it_and_its_source(composition: Composition) -> None:
    root = etree.fromstring(with_pages(composition, ("1", "c-1", 3)).read("EPUB/content.opf"))
    assert {"pageBreakMarkers", "pageNavigation"} <= set(said(root, "schema:accessibilityFeature"))
    assert said(root, "pageBreakSource") == [SOURCE]
    assert SOURCE in texts(root, "//dc:source/text()")


@pytest.mark.parametrize("made", [None, PageList(SOURCE, ()), PageList(SOURCE, (PageBreak("1", "gone", 0),))])
def test_an_ebook_without_pages_claims_none(composition: Composition, made: PageList | None) -> None:
    book = opened(composition, pages=made)
    everything = b"".join(book.read(name) for name in book.namelist() if not name.endswith(("jpg", "png")))
    assert b"doc-page" not in everything and b"pageList" not in everything
    assert b"pageBreak" not in everything and b"pageNavigation" not in everything


def test_a_page_that_would_lead_back_is_left_out(composition: Composition) -> None:
    navigation = etree.fromstring(with_pages(composition, ("1", "c-1", 3), ("2", "nav", 0)).read("EPUB/nav.xhtml"))
    assert texts(navigation, "//h:nav[@role='doc-pagelist']//h:a/text()") == ["1"]


def test_an_ebook_and_its_print_edition_are_counted_once_each(
    composition: Composition, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[etree._Element] = []
    true = _LetterReader.read

    def counting(reader: _LetterReader, element: etree._Element, *, in_figure: bool) -> None:
        counted.extend([element] * (element.tag == f"{X}html"))
        true(reader, element, in_figure=in_figure)

    monkeypatch.setattr(_LetterReader, "read", counting)
    printed = [PrintPage(str(n), unit.id, (range(9),)) for n, unit in enumerate(composition.units)]
    pages = opened(composition, pages=page_list(printed, composition, composition)).read("EPUB/nav.xhtml")
    assert pages.count(b"#page-") == len(composition.units)
    assert len(counted) == 2 * len(composition.units)


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


@pytest.mark.slow
@given(some.lists(blocks, min_size=1, max_size=4), some.data())
def test_markers_change_nothing_but_themselves(bodies: list[str], data: some.DataObject) -> None:
    pages = [
        Page("c", "c", etree.fromstring(page("".join(bodies)).encode())),
        Page("nav", "nav", etree.fromstring(page("").encode())),
    ]
    root = pages[0].root
    before, text = etree.tostring(root, method="text", encoding="unicode"), read(root).text
    letters = sorted(data.draw(some.lists(some.integers(0, len(text.rstrip(PIC))), max_size=6 if text else 0)))
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


# ---- held against the PDF, page by page


SYLLABLES = [a + b for a in "bdfglmnprst" for b in ("a", "e", "i", "o", "u", "ar", "en")]


@dataclass
class Traps:
    """Writes a manuscript in which no word comes twice, so that each is found on its page."""

    said: dict[str, str]
    """What kind of text each word stands in."""

    def words(self, count: int, kind: str = "text") -> str:
        made = []
        for _ in range(count):
            number, word = len(self.said) + 5000, ""
            while number:
                number, syllable = divmod(number, len(SYLLABLES))
                word += SYLLABLES[syllable]
            word += "tion"
            self.said[word] = kind
            made.append(word)
        return " ".join(made)

    def chapter(self, title: str, seed: int) -> str:
        chance = random.Random(seed)
        blocks = [self.block(chance) for _ in range(26)]
        return "\n\n".join([f"# {title}", *self.opener(seed), *blocks]) + "\n"

    def opener(self, seed: int) -> Iterator[str]:
        if seed % 2:
            yield f"![x](wide.png){{.opener}}\n{self.words(5, 'caption')}."

    def block(self, chance: random.Random) -> str:
        return chance.choice(
            [self.prose, self.prose, self.prose, self.long, self.noted, self.list, self.definitions, self.table,
             self.quote, self.sidebar, self.pullquote, self.figure, self.figure, self.gallery, self.heading, self.poem]
        )(chance)  # fmt: skip

    def prose(self, chance: random.Random) -> str:
        first, last = self.words(chance.randint(3, 40)), self.words(chance.randint(3, 60))
        return f"{first} *{self.words(4)}*, [{self.words(3)}](https://example.org/){{.x}} {last}.".replace("{.x}", "")

    def long(self, chance: random.Random) -> str:
        return f"{self.words(chance.randint(150, 260))}, 9-{self.words(2)} — {self.words(2)}."

    def noted(self, chance: random.Random) -> str:
        name = f"n{len(self.said)}"
        text = f"{self.words(30)}[^{name}] {self.words(20)}."
        return f"{text}\n\n[^{name}]: {self.words(chance.randint(5, 60), 'note')}."

    def list(self, chance: random.Random) -> str:
        return "\n".join(f"- {self.words(chance.randint(2, 20))}" for _ in range(chance.randint(2, 9)))

    def definitions(self, chance: random.Random) -> str:
        return "\n\n".join(f"{self.words(2)}\n: {self.words(chance.randint(3, 25))}" for _ in range(4))

    def table(self, chance: random.Random) -> str:
        rows = [f"| {self.words(1)} | {self.words(2)} | {n} |" for n in range(chance.randint(3, 30))]
        return "\n".join([f"| {self.words(1)} | {self.words(1)} | No. |", "|:--|:--|--:|", *rows])

    def quote(self, chance: random.Random) -> str:
        return f"> {self.words(chance.randint(10, 60))}\n>\n> {self.words(20)}"

    def sidebar(self, chance: random.Random) -> str:
        return f"::: sidebar {self.words(2)}\n{self.words(chance.randint(10, 60))}\n\n{self.words(9)}\n:::"

    def pullquote(self, _: random.Random) -> str:
        return f"::: pullquote\n{self.words(7)}.\n:::"

    def figure(self, chance: random.Random) -> str:
        placement = chance.choice(["column", "wide", "page", "bleed", "spread", "inset"])
        file = chance.choice(["wide.png", "high.png"])
        return f"![x]({file}){{.{placement}}}\n{self.words(chance.randint(3, 20), 'caption')}.\n\n{self.long(chance)}"

    def gallery(self, chance: random.Random) -> str:
        one = "![x](wide.png)\n{}."
        pictures = "\n\n".join(one.format(self.words(3, "caption")) for _ in range(chance.randint(2, 7)))
        return f"::: gallery\n{pictures}\n\n{self.words(6, 'caption')}.\n:::"

    def heading(self, _: random.Random) -> str:
        return f"## {self.words(2, 'heading')}"

    def poem(self, _: random.Random) -> str:
        return "{.poem}\n" + "\n".join(self.words(4) for _ in range(6))


@dataclass(frozen=True)
class Checked:
    """An ebook against the PDF from which it has its pages."""

    pages: int
    """Pages of print with words of the text."""
    first_words: int
    """Those of them whose marker is followed by a word that stands on the page."""
    wrong: tuple[str, ...]
    """Words of the text that the ebook counts to another page."""


def words_on(page: pypdfium2.PdfPage) -> set[str]:
    """The words of a page: those parted at the end of a line both in their parts and put together again."""
    text = page.get_textpage().get_text_bounded().casefold()
    together = re.sub(r"[-\u2010\u00ad\ufffe\x02]\s*", "", text)
    return set(re.findall(r"[a-z]+", f"{text} {together}"))


def sections(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The text of the ebook as it is read, from marker to marker, a paragraph on a line; notes are left out."""
    package = etree.fromstring(book.read("EPUB/content.opf"))
    files = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
    folio, text = "", ""
    for reference in package.iter("{*}itemref"):
        root = etree.fromstring(book.read(f"EPUB/{files[reference.get('idref')]}"))
        for notes in root.xpath("//*[@class='notes' or @class='noteref' or @hidden or local-name()='head']"):
            notes.tail, tail = None, notes.tail
            previous = notes.getprevious()
            if previous is not None:
                previous.tail = (previous.tail or "") + (tail or "")
            else:
                notes.getparent().text = (notes.getparent().text or "") + (tail or "")
            notes.getparent().remove(notes)
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start" and element.get("role") == "doc-pagebreak":
                yield folio, text
                folio, text = str(element.get("aria-label")), ""
            text += (element.text if event == "start" else element.tail) or ""
            text += "\n" if element.tag not in (f"{X}em", f"{X}a", f"{X}span", f"{X}strong") else ""
    yield folio, text


def check(epub: Path, pdf: Path, said: dict[str, str]) -> Checked:
    """Hold every page of the ebook against the PDF's."""
    document = pypdfium2.PdfDocument(pdf)
    labels = [document.get_page_label(n) for n in range(len(document))]
    printed = {label: words_on(document[n]) for n, label in enumerate(labels) if label}
    on: dict[str, str] = {}
    for folio, words in printed.items():
        for word in words:
            if said.get(word) == "text":
                on.setdefault(word, folio)  # the head of a table comes again on the next page
    order = {label: n for n, label in enumerate(labels)}
    with_text = set(on.values())
    first_words, wrong = 0, list[str]()
    shown = list(sections(zipfile.ZipFile(epub)))[1:]
    assert [order[folio] for folio, _ in shown] == sorted(order[folio] for folio, _ in shown)
    for folio, section in shown:
        found = [word for word in re.findall(r"[a-z]+", section.casefold()) if said.get(word) == "text"]
        places = [on.get(word) or parted(word, printed, folio) for word in found]
        first_words += folio in with_text and places[:1] == [folio]
        wrong += [f"{word}: page {place} in print, {folio} in the ebook"
                  for word, place in zip(found, places, strict=True) if place != folio]  # fmt: skip
    return Checked(len(with_text), first_words, tuple(wrong))


def parted(word: str, printed: dict[str, set[str]], folio: str) -> str | None:
    """The page on which a word ends that is parted between two."""
    ends = {word[n:] for n in range(2, len(word) - 1)}
    return folio if ends & printed[folio] else None


def trapped(root: Path, layout: str, trim: str, seed: int = 1, chapters: int = 2) -> tuple[Path, dict[str, str]]:
    """A publication full of traps, and what kind of text each of its words stands in."""
    traps = Traps({})
    names = [f"{n}.md" for n in range(chapters)]
    (root / "book").mkdir(parents=True)
    for n, name in enumerate(names):
        (root / "book" / name).write_text(traps.chapter(traps.words(2, "heading"), seed * chapters + n))
    settings = f"{HEAD}layout: {layout}\nchapters: [{', '.join(names)}]\n{BOTH % trim}"
    (root / "book/publication.yaml").write_text(settings)
    picture(root / "assets/photos/wide.png", 900, 600)
    picture(root / "assets/photos/high.png", 600, 900)
    return root, traps.said


def made(root: Path, *editions: str) -> dict[str, Path]:
    report = production.build(production.Order(root, editions, source_date=MODIFIED))
    assert not [f for f in report.findings if f.severity == "error"], report.findings
    return {product.edition: product.path for product in report.products}


@pytest.mark.slow
@pytest.mark.parametrize(("layout", "trim", "seed"), [("reportage", "a5", 1), ("reader", "120x180mm", 2)])
def test_every_page_of_the_ebook_begins_as_in_print(tmp_path: Path, layout: str, trim: str, seed: int) -> None:
    root, said = trapped(tmp_path / "book", layout, trim, seed)
    products = made(root)
    checked = check(products["ebook"], products["print"], said)
    assert checked.pages > 20
    assert checked.wrong == ()
    assert checked.first_words == checked.pages


@pytest.mark.slow
def test_epubcheck_takes_every_marker(tmp_path: Path) -> None:
    root, _ = trapped(tmp_path / "book", "reader", "120x180mm")
    assert list(map(str, epubcheck(made(root, "ebook")["ebook"]))) == []


# ---- in a build


WITH_PAGES = "title: T\nlanguage: en\n" + BOTH % "a5"


class Diary(production.NoProgress):
    """Remembers what was begun, but for pictures."""

    def __init__(self) -> None:
        self.begun: list[str] = []

    def begin(self, what: str, steps: int) -> None:
        self.begun += [what] * (not what.endswith("pictures"))


def listed(root: Path, *editions: str, diary: Diary | None = None) -> tuple[list[str], production.Report]:
    """The page list of a publication's ebook, and the findings."""
    report = production.build(production.Order(root, editions, source_date=MODIFIED), diary)
    ebook = next(p.path for p in report.products if p.edition == "ebook")
    navigation = etree.fromstring(zipfile.ZipFile(ebook).read("EPUB/nav.xhtml"))
    return texts(navigation, "//h:nav[@role='doc-pagelist']//h:a/text()"), report


@pytest.mark.slow
def test_pages_are_laid_out_once_and_before_the_ebook(publication: Publish) -> None:
    diary = Diary()
    pages, report = listed(publication(settings=WITH_PAGES), diary=diary)
    assert pages == ["iii", "iv", "v", "1"], "the half title and blank pages have no place in an ebook"
    assert diary.begun == ["print", "ebook"]
    assert [product.edition for product in report.products] == ["ebook", "print"]
    assert {finding.id for finding in report.findings} <= {"pages-odd"}


@pytest.mark.slow
def test_an_ebook_alone_has_its_pages_and_the_pdf_is_not_written(publication: Publish) -> None:
    root, diary = publication(settings=WITH_PAGES), Diary()
    pages, report = listed(root, "ebook", diary=diary)
    assert diary.begun == ["ebook: pages of print", "ebook"]
    assert [product.edition for product in report.products] == ["ebook"]
    assert [file.name for file in (root / "dist").iterdir()] == ["t.epub"]
    alone = report.products[0].sha256
    assert (pages, alone) == (listed(root)[0], next(p.sha256 for p in listed(root)[1].products if p.edition == "ebook"))


@pytest.mark.slow
def test_without_pages_from_nothing_is_laid_out(publication: Publish) -> None:
    diary = Diary()
    settings = WITH_PAGES.replace(", pages_from: print", "")
    assert listed(publication(settings=settings), "ebook", diary=diary)[0] == []
    assert diary.begun == ["ebook"]


@pytest.mark.slow
def test_without_pango_the_ebook_has_no_page_list_and_this_is_reported(
    publication: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(module: str) -> Any:
        raise MachineError([error("pango-missing", machine.PLACE, "No Pango.", "Type: apt-get install pango")])

    monkeypatch.setattr(machine, "load_page_engine", missing)
    pages, report = listed(publication(settings=WITH_PAGES), "ebook")
    assert pages == []
    [finding] = report.findings
    assert (finding.id, finding.severity, str(finding.place)) == (
        "page-list-missing",
        "advice",
        "book/publication.yaml:4:37",
    )
    assert "apt-get" in finding.remedy
    assert report.exit_code == 0


@pytest.mark.slow
@pytest.mark.parametrize("editions", [("ebook",), ()])
def test_when_the_print_edition_cannot_be_made_the_ebook_is_made_without_pages(
    publication: Publish, editions: tuple[str, ...]
) -> None:
    row = "|".join(["w" * 40] * 12)
    table = f"|{row}|\n|{'|'.join(['---'] * 12)}|\n|{row}|\n"
    diary = Diary()
    root = publication({"book/a.md": f"# A\n\n{table}"}, settings=WITH_PAGES.replace("a5", "60x90mm"))
    pages, report = listed(root, *editions, diary=diary)
    assert pages == []
    assert "page-list-missing" in ids(f for f in report.findings if f.severity == "warning")
    assert ("table-wide" in ids(report.findings)) == (not editions), "the print edition’s own fault is its own"
    assert len(diary.begun) == 2, "nothing is laid out twice"


def test_the_page_engine_still_shows_what_stands_on_a_page() -> None:
    """Pins what is private to it: if this fails after an update, look at typeset/boxes."""
    html = pytest.importorskip("weasyprint").HTML
    style = "@page { size: 90mm 80mm; @top-left { content: 'Head' } } .n { float: footnote } p::before { content: 'B' }"
    body = '<p data-letters="7">One<span class="n">Note</span> <i data-letters="8">two</i></p><div data-seen="9"></div>'
    [made] = read_pages(html(string=f"<style>{style}</style>{body}").render().pages)
    shown = [(owner, text) for owner, text in page_texts(made) if text != " "]
    assert shown == [(7, "One"), (8, "two"), (9, "")]
