"""Nothing is lost and nothing is doubled: every word of a manuscript of all constructs stands once in each product.

The manuscript is in `conservation/`, with placeholders for words. They are filled with made-up words, each used once;
so products are read without knowing how anything in them was set, and what is lost has a name: “note of text.md”.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from conftest import picture
from lxml import etree
from tagtree import Reader

import pressroom

SOURCES = Path(__file__).parent / "conservation"
PLACEHOLDER = re.compile(r"«([\w-]+) (\d)»")
CONSONANTS, VOWELS = "bdgklmnprtvz", "aeou"
WORD = re.compile(f"x(?:[{CONSONANTS}][{VOWELS}]){{3}}")
XHTML = {"h": "http://www.w3.org/1999/xhtml"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Times = Mapping[str, Mapping[str, int]]


def of(ebook: int, screen: int, press: int | None = None, fixed: int | None = None) -> Mapping[str, int]:
    """How often words stand in each product; in the press PDF and the fixed layout as in the screen PDF, mostly."""
    return {
        "ebook": ebook,
        "screen": screen,
        "press": screen if press is None else press,
        "fixed": screen if fixed is None else fixed,
    }


FRONT: Times = {
    "book": of(2, 3),  # half title, title page and imprint; an ebook has no half title
    "book-subtitle": of(2, 3, press=2),  # cover, title page, imprint; a press has its cover in another file
    "publisher": of(2, 3, press=2),
    "maker": of(1, 2, press=1),  # the ebook's cover is a page of one drawing
    "other-maker": of(1, 2, press=1),
}
"""What stands in front, where it is not once."""
ALL: Times = FRONT | {
    "part": of(2, 2),  # its page, the contents
    "title": of(2, 2),  # its page, the contents
    "referred-title": of(3, 3),  # and in a reference
    "indexed-title": of(4, 2),  # and twice in the index: an ebook's leads to headings, having no pages
    "heading": of(2, 1),  # in an ebook's contents
    "referred-heading": of(3, 2),
    "term": of(2, 2),  # where it stands, and in the index
    "caption": of(3, 2),  # under its picture, in the list of photographs, in the ebook's list for reading systems
    "more-of-caption": of(3, 1),  # a printed list takes the beginning
    "credit": of(2, 2),  # `credits: both`: under its picture, and on the page of credits
    "alt": of(0, 0),  # is no text of a page: it is counted where programs read it
    "only-ebook": of(1, 0),
    "only-press": of(0, 0, press=1),
}
"""How often the words of a kind stand in each product of the whole manuscript, where that is not once."""
SHORT: Times = ALL | {
    "indexed-title": of(2, 2),
    "term": of(1, 1),
    "caption": of(2, 1),
    "index-term": of(0, 0),
}
"""The same of a few chapters without generated pieces."""
SHORT_CHAPTERS = ("text.md", "boxes.md", "foreign.md")
"""What is laid out in a second or two: most constructs, and no page of pictures."""


@dataclass(frozen=True)
class Item:
    """A run of words that stand together: what one placeholder was filled with."""

    kind: str
    words: tuple[str, ...]
    file: str


@dataclass(frozen=True)
class Made:
    """Products, and what went into them."""

    items: tuple[Item, ...]
    paths: Mapping[str, Path]
    """Products by edition."""
    times: Times


def made_of(
    root: Path, editions: Sequence[str], times: Times, chapters: Sequence[str] = (), pages_from: str = ""
) -> Made:
    """Write the manuscript, or some chapters of it, with its placeholders filled, and build editions of it."""
    fresh, items = _words(), list[Item]()
    (root / "book").mkdir(parents=True)
    for source in sorted(SOURCES.iterdir()):
        if chapters and source.name not in (*chapters, "publication.yaml"):
            continue
        text = source.read_text("utf-8").replace(", pages_from: press", pages_from and f", pages_from: {pages_from}")
        if chapters:
            text = re.sub(r"chapters:\n(?:  .*\n)+", f"chapters: [{', '.join(chapters)}]\n", text)
        parts = PLACEHOLDER.split(text)
        for at in range(1, len(parts), 3):
            items.append(Item(parts[at], tuple(next(fresh) for _ in range(int(parts[at + 1]))), source.name))
            parts[at : at + 2] = [" ".join(items[-1].words), ""]
        (root / "book" / source.name).write_text("".join(parts), "utf-8")
        for name in re.findall(r"[\w-]+\.png", text):
            picture(root / "assets" / name, 90, 60)
    report = pressroom.build(root, editions=editions)
    assert report.ok, [f"{f.place} {f.message}" for f in report.findings]
    return Made(tuple(items), {made.edition: made.path for made in report.products}, times)


def _words() -> Iterator[str]:
    """Words that no text holds by chance, that need no space between them to be found, and have no ligatures."""
    return (f"x{''.join(syllables)}" for syllables in product(*[CONSONANTS, VOWELS] * 3))


# ---- reading products


def words_in(text: str) -> list[str]:
    """The made-up words of a text, whatever parts their letters: hyphens, ends of lines, drop capitals."""
    return WORD.findall(re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", text).casefold()))


def spine(path: Path) -> list[Any]:
    """The pages of an ebook, as they are read."""
    book = zipfile.ZipFile(path)
    package = etree.fromstring(book.read("EPUB/content.opf"))
    files = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
    return [etree.fromstring(book.read(f"EPUB/{files[ref.get('idref')]}")) for ref in package.iter("{*}itemref")]


def pages(path: Path) -> list[tuple[str, list[str]]]:
    """The pages of a PDF: label and words."""
    document = pypdfium2.PdfDocument(path)
    return [
        (document.get_page_label(n), words_in(page.get_textpage().get_text_bounded()))
        for n, page in enumerate(document)
    ]


def text(element: Any) -> str:
    return "".join(element.itertext())


def text_of(path: Path) -> list[str]:
    """The words of a product in their order."""
    if path.suffix == ".epub":
        return [word for page in spine(path) for word in words_in(text(page.find("{*}body")))]
    return [word for _, words in pages(path) for word in words]


def misplaced(made: Made, edition: str) -> list[str]:
    """Every run of words that stands in a product other than as often as it is meant to, or not whole."""
    text = " ".join(text_of(made.paths[edition]))
    found = [(i, text.count(" ".join(i.words)), made.times.get(i.kind, {}).get(edition, 1)) for i in made.items]
    return [f"{item.kind} of {item.file}: {n} times, not {wanted}" for item, n, wanted in found if n != wanted]


def undescribed(made: Made, edition: str) -> list[str]:
    """The words of alternative texts that programs do not find once."""
    path = made.paths[edition]
    if path.suffix == ".epub":
        texts = [str(image.get("alt")) for page in spine(path) for image in page.iter("{*}img")]
    else:
        texts = [str(element.Alt) for element in Reader(path.read_bytes()).elements() if "/Alt" in element]
    found = Counter(word for text in texts for word in words_in(text))
    return [word for item in made.items if item.kind == "alt" for word in item.words if found[word] != 1]


def languages(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words of a product, each with its language: on the pages of an ebook as HTML has it and as XML has it."""
    if path.suffix == ".epub":
        for page in spine(path):
            for text in page.find("{*}body").xpath(".//text()[not(ancestor::h:nav)]", namespaces=XHTML):
                around = list(text.getparent().iterancestors())
                around = around if text.is_tail else [text.getparent(), *around]
                named = tuple(next((str(e.get(key)) for e in around if e.get(key)), "") for key in ("lang", XML_LANG))
                yield from ((word, named) for word in words_in(text))
    else:
        reader = Reader(path.read_bytes())
        yield from _spoken(reader, reader.root.K[0], str(reader.pdf.Root.Lang))


def _spoken(reader: Reader, element: Any, language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    language = str(element.get("/Lang", language))
    own = "".join(reader.content.texts[mark] for mark in reader.marked(element))
    yield from ((word, (language,)) for word in words_in(own))
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _spoken(reader, kid, language)


def folios(path: Path) -> Iterator[tuple[str, str]]:
    """The words of an ebook outside of its notes, each with the page of print that it is on."""
    folio = ""
    for page in spine(path):
        for event, element in etree.iterwalk(page.find("{*}body"), events=("start", "end")):
            if event == "start" and element.get("role") == "doc-pagebreak":
                folio = str(element.get("aria-label"))
            yield from ((word, folio) for word in words_in((element.text if event == "start" else element.tail) or ""))


# ---- what is promised


@pytest.fixture(scope="module")
def ebook(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The ebook of the whole manuscript, without page numbers: no page is laid out for it."""
    return made_of(tmp_path_factory.mktemp("ebook") / "all", ["ebook"], ALL)


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """An ebook with page numbers and the PDF from which it has them."""
    root = tmp_path_factory.mktemp("short") / "all"
    return made_of(root, ["ebook", "screen"], SHORT, SHORT_CHAPTERS, pages_from="screen")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Every product of the whole manuscript."""
    root = tmp_path_factory.mktemp("whole") / "all"
    return made_of(root, ["ebook", "screen", "press", "fixed"], ALL, pages_from="press")


@pytest.mark.slow
def test_an_ebook_has_every_word_of_its_manuscript(ebook: Made) -> None:
    assert misplaced(ebook, "ebook") == []


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["ebook", "screen"])
def test_text_tables_notes_and_boxes_are_whole_in_print_and_ebook(short: Made, edition: str) -> None:
    assert misplaced(short, edition) == []


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["ebook", "screen", "press", "fixed"])
def test_every_product_has_every_word_of_the_manuscript(whole: Made, edition: str) -> None:
    assert misplaced(whole, edition) == []


def test_a_caption_stands_in_the_figure_of_its_picture(ebook: Made) -> None:
    figures = [f for page in spine(ebook.paths["ebook"]) for f in page.iter("{*}figure")]
    inside = Counter(word for f in figures if not list(f.iterancestors("{*}figure")) for word in words_in(text(f)))
    kinds = ("caption", "inner-caption", "more-of-caption")
    captions = [word for item in ebook.items if item.kind in kinds for word in item.words]
    assert {word: inside[word] for word in captions} == dict.fromkeys(captions, 1)


def test_every_picture_of_an_ebook_is_described_once(ebook: Made) -> None:
    assert undescribed(ebook, "ebook") == []


@pytest.mark.slow
def test_every_picture_of_a_tagged_pdf_is_described_once(whole: Made) -> None:
    assert undescribed(whole, "screen") == []


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["ebook", "screen"])
def test_every_word_is_in_the_language_of_its_chapter(short: Made, edition: str) -> None:
    french = {w for item in short.items if item.file == "foreign.md" or item.kind == "in-french" for w in item.words}
    found = list(languages(short.paths[edition]))
    assert len(found) > 150
    assert [(w, named) for w, named in found if {*named} != {"fr" if w in french else "en-GB"}] == []


@pytest.mark.slow
def test_every_word_of_an_ebook_is_on_the_page_that_it_is_on_in_print(short: Made) -> None:
    printed = {word: label for label, words in pages(short.paths["screen"]) for word in words}
    elsewhere = re.compile("note|caption|title|heading|only-ebook")  # a note's page is that of its call
    text = {w for i in short.items if i.file in SHORT_CHAPTERS and not elsewhere.search(i.kind) for w in i.words}
    counted = [(word, folio) for word, folio in folios(short.paths["ebook"]) if folio and word in text]
    assert len({folio for _, folio in counted}) > 5
    assert [(word, folio, printed.get(word)) for word, folio in counted if printed.get(word) != folio] == []


@pytest.mark.slow
def test_every_chapter_begins_on_a_recto(short: Made) -> None:
    sheets = [words for _, words in pages(short.paths["screen"])]
    titles = [item.words[0] for item in short.items if item.kind in ("title", "indexed-title")]
    openings = [max(n for n, words in enumerate(sheets) if title in words) for title in titles]
    assert [n % 2 for n in openings] == [0, 0, 0]  # the first page of a file is a recto
    assert any(not sheets[n - 1] for n in openings)  # and one had to be waited for
