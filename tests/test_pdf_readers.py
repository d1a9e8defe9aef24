"""Readers as judges: PDFium, poppler and pdf.js read a book of many scripts as it was typed, and find its words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from pdf_readers import BROKEN, READERS, PdfReading
from validators import need

from pressroom import production

SOURCES = Path(__file__).parent / "many-scripts"
CHAPTERS = {file.stem[3:]: file for file in sorted(SOURCES.glob("*.md"))}
UNSPACED = ("thai", "chinese")
EDITIONS = ("screen", "print")
_HYPHEN_AT_END = re.compile("[-\u2010\u00ad\u0002\ufffe]\r?\n")
_FOLIO = re.compile(r"\s*\d+\s*$")
pytestmark = [pytest.mark.slow, pytest.mark.conformance, pytest.mark.xdist_group("many scripts")]

_SLANTED = "pdf.js parts a line where Amiri lets letters climb, and takes the parts in another order"
_NUMBER_FIRST = "pdf.js takes a number that begins a line from right to left for its end"
_SIGHT = "without ActualText signs are told in the order in which they are drawn: before the letter that they follow"
_NO_ACTUAL_TEXT = f"pdf.js does not read ActualText, and {_SIGHT}"
_AM = "without ActualText a sara am is told as its two signs, with the mark of tone behind the first"
NOT_COPIED = {
    **{("pdf.js", edition, "arabic"): _SLANTED for edition in EDITIONS},
    **{("pdf.js", edition, "hebrew"): _NUMBER_FIRST for edition in EDITIONS},
    **{("pdf.js", edition, "devanagari"): _NO_ACTUAL_TEXT for edition in EDITIONS},
    **{(reader, "print", "devanagari"): _SIGHT for reader in ("PDFium", "poppler")},
    **{(reader, "print", "thai"): _AM for reader in READERS},
    ("pdf.js", "screen", "thai"): _AM,
}
"""What no reader copies as it was typed, with the reason. docs/reliability.md tells it; a mend shows here."""
NOT_FOUND = {
    **{("pdf.js", edition, "arabic"): 2 for edition in EDITIONS},
    **{("pdf.js", edition, "devanagari"): 5 for edition in EDITIONS},
    ("PDFium", "print", "devanagari"): 10,
    ("PDFium", "print", "thai"): 5,
    ("PDFium", "screen", "thai"): 1,
    **{("pdf.js", edition, "thai"): 1 for edition in EDITIONS},
    **{("PDFium", edition, "chinese"): 2 for edition in EDITIONS},  # PDFium parts words at the end of a line
}
"""How many words of a chapter a search misses at most."""

Readings = Callable[[str, str], PdfReading]


def typed(chapter: str) -> str:
    """The text of a chapter."""
    return re.sub("[#*]", "", CHAPTERS[chapter].read_text("utf-8").split("---\n", 2)[2])


def words(chapter: str) -> list[str]:
    """What is searched: every word of three letters; where no spaces part them, every run of four letters."""
    runs = re.split(r"[\s.,:;!?，。、「」։،“”’()]+", typed(chapter))
    if chapter in UNSPACED:
        return [run[n : n + 4] for run in runs for n in range(0, len(run) - 3, 4)]
    return [*dict.fromkeys(run for run in runs if len(run) > 2)]


def letters(text: str) -> str:
    """The letters, signs and figures of a text, in their order."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in text if unicodedata.category(sign)[0] in "LMN")


def read(reading: PdfReading) -> str:
    """The letters that a reader copies, with broken words joined and without folios."""
    return "".join(letters(_HYPHEN_AT_END.sub("", _FOLIO.sub("", page))) for page in reading.pages)


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Readings:
    """What each reader makes of each edition."""
    root = tmp_path_factory.mktemp("scripts")
    (root / "book").mkdir()
    for source in SOURCES.iterdir():
        (root / "book" / source.name).write_bytes(source.read_bytes())
    report = production.build(production.Order(root))
    files = {product.edition: product.path for product in report.products}
    if any(finding.id == "letter-missing" for finding in report.findings):
        need(None, "font for one of the scripts (apt-get install fonts-noto-core)")
    assert set(files) == set(EDITIONS), report.findings
    asked = [word for chapter in CHAPTERS for word in words(chapter)]
    return cache(lambda reader, edition: READERS[reader](files[edition], asked))


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("reader", READERS)
def test_a_reader_copies_every_letter_in_the_order_in_which_it_was_typed(
    readings: Readings, reader: str, edition: str, chapter: str
) -> None:
    """A title is copied on its own: what a style sheet positions is drawn after the text around it."""
    title, _, text = typed(chapter).strip().partition("\n")
    copied = read(readings(reader, edition))
    is_right = letters(title) in copied and letters(text) in copied
    assert is_right == ((reader, edition, chapter) not in NOT_COPIED), NOT_COPIED.get((reader, edition, chapter))


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("reader", ["PDFium", "pdf.js"])
def test_a_reader_finds_every_word(readings: Readings, reader: str, edition: str, chapter: str) -> None:
    found = readings(reader, edition).found
    missed = [word for word in words(chapter) if not found[word]]
    assert len(missed) <= NOT_FOUND.get((reader, edition, chapter), 0), missed


@pytest.mark.parametrize("edition", EDITIONS)
def test_there_are_broken_words_for_readers_to_join(readings: Readings, edition: str) -> None:
    """Else nobody would have judged hyphens."""
    assert len(BROKEN.findall("".join(readings("PDFium", edition).pages))) > 5
