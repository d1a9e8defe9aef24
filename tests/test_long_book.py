"""A book of more than a hundred pages: every number that it prints is compared with the page on which the thing stands.

The manuscript is full of words that occur once; where they and the pictures (each of one colour) really stand is read
from the finished PDF, and so are contents, list of photographs, index, notes and references.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from pressroom import production
from pressroom.errors import Finding
from pressroom.language.words import roman

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("long-book")]
CHAPTERS = 11
SECTIONS = 3
PARAGRAPHS = 21
"""Of each chapter."""
PLACEMENTS = ("", ".wide", "gallery", ".inset", ".bleed", "", ".spread", ".page")
TERMS = tuple(f"{a}{b}ton" for a in "BDKLM" for b in ("al", "er", "in", "or"))
TEXT = "The river rises for days, and the people of the lower town carry what they own to the school on the hill. "
SETTINGS = """\
title: The Book
language: en
layout: {layout}
chapters:
  - c00.md
  - part: Upstream
    chapters: [c01.md, c02.md, c03.md, c04.md]
  - part: Downstream
    chapters: [c05.md, c06.md, c07.md, c08.md, c09.md, c10.md]
  - generated: [photographs, index]
editions:
  screen: {{format: pdf, trim: {trim}}}
"""


# ---- the manuscript


@dataclass
class Story:
    """Writes the chapters, and knows what they refer to."""

    dice: random.Random = field(default_factory=lambda: random.Random(7))  # the same book each time
    figures: list[str] = field(default_factory=list)
    """Their placements."""
    pictures: int = 0
    notes: int = 0
    references: list[str] = field(default_factory=list)
    """What each leads to: the word at the place, or the name of a figure."""
    ranges: dict[str, str] = field(default_factory=dict)
    """By the word that begins them: the one that ends them, or the name of a figure."""

    def chapter(self, c: int) -> str:
        """The text of a chapter; the first is a preface."""
        text = f"# Title{c:02d}\n" if c else "---\nrole: preface\n---\n\n# Title00\n"
        if c == 3:
            text += f"\n{self._figure('.opener')}\n"
        for n in range(PARAGRAPHS):
            section, place = divmod(n, PARAGRAPHS // SECTIONS)
            if place == 0:
                text += f"\n## Head{c:02d}x{section} {{#head-{c}-{section}}}\n"
            is_last = place == PARAGRAPHS // SECTIONS - 1
            text += f"\n{self._paragraph(c, section, n)}{f' End{c:02d}x{section}.' if is_last else ''}\n"
            if self.dice.random() < 0.28 and not is_last:
                text += f"\n{self._figure(PLACEMENTS[len(self.figures) % len(PLACEMENTS)])}\n"
        return text

    def _paragraph(self, c: int, section: int, n: int) -> str:
        text = TEXT * self.dice.randint(2, 8)
        if self.dice.random() < 0.5:
            text += f"There is [{self.dice.choice(TERMS)}]{{.index}}. "
        if self.dice.random() < 0.32:
            text += self._range(c, section, n)
        if self.dice.random() < 0.45:
            self.notes += 1
            term = f"[{self.dice.choice(TERMS)}]{{.index}}" if self.dice.random() < 0.3 else "it"
            more = "and more to say " * self.dice.randint(1, 9)
            call = f"{self._reference()}Call{self.notes:03d}.[^{n}]"
            return f"{text}{call}\n\n[^{n}]: Note{self.notes:03d} {more}of {term}.\n"
        return text + self._reference()

    def _reference(self) -> str:
        """A link to a section, a chapter or a figure, at times before it is written."""
        if self.dice.random() > 0.45:
            return ""
        c, section = self.dice.randrange(CHAPTERS), self.dice.randrange(SECTIONS)
        places = [(f"#head-{c}-{section}", f"Head{c:02d}x{section}"), (f"c{c:02d}.md", f"Title{c:02d}")]
        if self.figures:
            figure = self.dice.randrange(len(self.figures))
            places.append((f"#fig-{figure}", f"Fig{figure:02d}"))
        address, word = self.dice.choice(places)
        self.references.append(word)
        return f"See [Ref{len(self.references) - 1:03d}]({address}) for that. "

    def _range(self, c: int, section: int, n: int) -> str:
        """A discussion to the end of its section, of its chapter or of the next, or to the next figure."""
        word, last = f"Span{len(self.ranges):02d}", SECTIONS - 1
        ends = [(f"#head-{c}-{section}", f"End{c:02d}x{section}"), (f"c{c:02d}.md", f"End{c:02d}x{last}")]
        if 0 < c < CHAPTERS - 1:
            ends.append((f"#head-{c + 1}-0", f"End{c + 1:02d}x0"))
        if 0 < c < CHAPTERS - 1 or (n < PARAGRAPHS // 2 and c):
            ends.append((f"#fig-{len(self.figures)}", f"Fig{len(self.figures):02d}"))
        address, self.ranges[word] = self.dice.choice(ends)
        return f'From [{word}]{{.index through="{address}"}} on. '

    def _figure(self, placement: str) -> str:
        """Every picture has a colour of its own, every caption a word; some captions are listed in the index."""
        n = len(self.figures)
        self.figures.append(placement)
        caption = f"Fig{n:02d} seen here." + f" [{self.dice.choice(TERMS)}]{{.index}} too." * (n % 3 == 0)
        if placement == "gallery":
            return f"::: gallery {{#fig-{n}}}\n{self._picture()}\nOne.\n\n{self._picture()}\nTwo.\n\n{caption}\n:::"
        return f"{self._picture()}{{#fig-{n} {placement}}}\n{caption}"

    def _picture(self) -> str:
        self.pictures += 1
        return f"![A field](p{self.pictures - 1}.png)"


def colour(n: int) -> tuple[int, int, int]:
    """Of a picture, far from that of every other."""
    return tuple(20 + 50 * (n // 5**place % 5) for place in range(3))  # type: ignore[return-value]


def number_of(rgb: Iterable[float]) -> int:
    """Which picture has this colour."""
    return sum(round((value - 20) / 50) * 5**place for place, value in enumerate(rgb))


# ---- the book


@dataclass(frozen=True)
class Book:
    """A finished PDF, and what has been written into it."""

    story: Story
    document: pypdfium2.PdfDocument
    findings: tuple[Finding, ...]

    @cached_property
    def folios(self) -> list[str]:
        return [self.document.get_page_label(n) for n in range(len(self.document))]

    @cached_property
    def pages(self) -> list[str]:
        """The words of every page."""
        texts = (page.get_textpage().get_text_bounded() for page in self.document)
        return [re.sub(r"\s+", " ", text.replace("\ufffe", "")) for text in texts]

    def list_of(self, first: str, following: str = "") -> str:
        """The words of a list, from its title to that of the next."""
        begins = next(n for n, page in enumerate(self.pages) if first in page and self._is_list(n))
        ends = next((n for n, page in enumerate(self.pages) if following and following in page and n > begins), None)
        return " ".join(self.pages[begins:ends])

    def _is_list(self, n: int) -> bool:
        return len(re.findall(r"Title\d\d|Fig\d\d|[a-z]ton\b", self.pages[n])) > 7 and TEXT[:30] not in self.pages[n]

    @cached_property
    def text(self) -> dict[int, str]:
        """The words of the pages that are no lists."""
        return {n: page for n, page in enumerate(self.pages) if not self._is_list(n)}

    def where(self, word: str) -> list[int]:
        """The pages (from 0) on which a word stands."""
        return [n for n, page in self.text.items() if re.search(rf"\b{word}\b", page)]

    @cached_property
    def pictures(self) -> dict[int, list[int]]:
        """The pages on which each picture stands."""
        found: dict[int, list[int]] = defaultdict(list)
        for n, page in enumerate(self.document):
            for image in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
                pixels = image.get_bitmap().to_pil().convert("RGB").resize((1, 1))
                found[number_of(pixels.getpixel((0, 0)))].append(n)  # type: ignore[arg-type]
        return found

    def figure(self, name: str) -> list[int]:
        """The pages of a figure: those of its picture, and that of its caption."""
        n = int(name[3:])
        first = n + self.story.figures[:n].count("gallery")
        both = [self.pictures[k] for k in range(first, first + 1 + (self.story.figures[n] == "gallery"))]
        return [*sorted(page for pages in both for page in pages), *self.where(name)]

    def begin(self, word: str) -> str:
        """The folio of the page on which a place begins."""
        return self.folios[(self.figure(word) if word.startswith("Fig") else self.where(word))[0]]

    def discussed(self, word: str) -> set[int]:
        """The pages from the word that begins a discussion to that which ends it."""
        end = self.story.ranges[word]
        return set(range(self.where(word)[0], max(self.figure(end) if end[:3] == "Fig" else self.where(end)) + 1))

    def merged(self, pages: Iterable[int]) -> str:
        """Pages as an index has them."""
        runs: list[list[int]] = []
        for n in sorted(pages):
            follows = runs and runs[-1][-1] == n - 1 and self.folios[n].isdecimal() == self.folios[n - 1].isdecimal()
            runs = [*runs[:-1], [*runs[-1], n]] if follows else [*runs, [n]]
        return ", ".join("–".join(dict.fromkeys((self.folios[run[0]], self.folios[run[-1]]))) for run in runs)


@pytest.fixture(scope="module", params=[("reportage", "210x270mm"), ("reader", "6x9in")], ids=lambda param: param[0])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The book, made once for all tests."""
    return make(tmp_path_factory.mktemp("long"), *request.param)


def make(root: Path, layout: str, trim: str) -> Book:
    story = Story()
    (root / "book").mkdir()
    (root / "assets/photos").mkdir(parents=True)
    for c in range(CHAPTERS):
        (root / f"book/c{c:02d}.md").write_text(story.chapter(c), encoding="utf-8")
    (root / "book/publication.yaml").write_text(SETTINGS.format(layout=layout, trim=trim), encoding="utf-8")
    for n in range(story.pictures):
        Image.new("RGB", (1200, 800), colour(n)).save(root / f"assets/photos/p{n}.png")
    report = production.build(production.Order(root))
    assert report.products, [f for f in report.findings if f.severity == "error"]
    return Book(story, pypdfium2.PdfDocument(report.products[0].path), report.findings)


# ---- what it prints


NUMBER = r"(?<![\w–])(?:\d+|[ivxlc]+)\b"


def test_the_book_is_as_long_and_as_rich_as_it_should_be(book: Book) -> None:
    assert len(book.document) >= 100
    assert set(book.story.figures) == {*PLACEMENTS, ".opener"}
    assert len(book.pictures) == book.story.pictures
    assert len(book.story.references) > 50 and len(book.story.ranges) > 30 and book.story.notes > 80
    assert "" in {page.strip() for page in book.pages}, "there are blank pages"


def test_pages_are_numbered_in_a_row(book: Book) -> None:
    one = book.folios.index("1")
    assert book.folios[one:] == [str(n) for n in range(1, len(book.folios) - one + 1)]
    front = [folio for folio in book.folios[:one] if folio]
    assert front == [roman(n) for n in range(1, len(front) + 1)]
    assert book.begin("Head00x0") in front and book.begin("Title01") in ("3", "1")


def test_the_contents_have_the_page_number_of_every_title(book: Book) -> None:
    contents = book.list_of("Title00")
    for c in range(CHAPTERS):
        word = f"Title{c:02d}"
        assert re.findall(rf"{word}[ .]*({NUMBER})", contents)[:1] == [book.begin(word)], word


def test_the_list_of_photographs_has_the_page_number_of_every_picture(book: Book) -> None:
    listed = book.list_of("Fig00", "Index")
    for n in range(len(book.story.figures)):
        word = f"Fig{n:02d}"
        found = re.findall(rf"\b{n + 1} {word} seen here(?:\. \w+ too)?[ .]*({NUMBER})", listed)
        assert found == [book.begin(word)], (word, book.story.figures[n])


def test_the_index_has_all_pages_of_every_term_and_no_others(book: Book) -> None:
    found = locators_of(book)
    assert {term: found.get(term) for term in TERMS} == {term: book.merged(book.where(term)) for term in TERMS}
    assert any("–" in found[term] for term in TERMS)


def test_the_index_has_the_first_and_last_page_of_a_discussion(book: Book) -> None:
    found, story = locators_of(book), book.story
    assert {word: found.get(word) for word in story.ranges} == {
        word: book.merged(book.discussed(word)) for word in story.ranges
    }


def locators_of(book: Book) -> dict[str, str]:
    """What the index prints after each term."""
    index = book.list_of("Balton, ")
    part = rf"{NUMBER}(?:–(?:\d+|[ivxlc]+))?"
    return dict(re.findall(rf"\b([A-Z]\w+), ({part}(?:, {part})*)", index))


def test_every_reference_has_the_page_number_of_its_target(book: Book) -> None:
    found = dict(re.findall(rf"\bRef(\d+) \(p\. ?({NUMBER})\)", " ".join(book.text.values())))
    assert {n: found.get(f"{n:03d}") for n in range(len(book.story.references))} == {
        n: book.begin(word) for n, word in enumerate(book.story.references)
    }


def test_every_note_stands_once_on_the_page_that_calls_it_or_it_is_reported(book: Book) -> None:
    told = [re.search(r"stands on page (\w+),", f.message) for f in book.findings if f.id == "note-apart"]
    pages = {n: book.where(f"Note{n:03d}") for n in range(1, book.story.notes + 1)}
    assert [n for n, found in pages.items() if len(found) != 1] == []
    apart = [found[0] for n, found in pages.items() if found != book.where(rf"\w*Call{n:03d}\d*")]
    assert [book.folios[n] for n in apart] == [match[1] for match in told if match]
    assert len(apart) < 3


def test_sections_stand_in_their_order(book: Book) -> None:
    heads = [book.where(f"Head{c:02d}x{s}")[0] for c in range(CHAPTERS) for s in range(SECTIONS)]
    assert all(before <= after for before, after in pairwise(heads))
