"""Those who read PDFs in tests: PDFium (Chrome, Edge), poppler (Evince, Okular) and pdf.js (Firefox)."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import pypdfium2
from validators import FOLDER, MODULES, need

BROKEN = re.compile("[\u0002\ufffe]")
"""PDFium writes one of these in the place of a hyphen at the end of a line, and joins the word."""


@dataclass(frozen=True)
class PdfReading:
    """What a reader makes of a file."""

    pages: tuple[str, ...]
    """The text of each page, as it is copied."""
    found: Mapping[str, int]
    """How often its search finds each word; empty where it has none that can be asked."""


def pdfium(file: Path, words: Iterable[str]) -> PdfReading:
    """The text of PDFium, and the search of Chrome: in that text, without the marks of broken words."""
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(file)]
    searched = " ".join(BROKEN.sub("", page) for page in pages).casefold()
    return PdfReading(tuple(pages), {word: searched.count(word.casefold()) for word in words})


def poppler(file: Path, words: Iterable[str]) -> PdfReading:
    """The text of poppler, from which its readers copy and search; its tools have no search."""
    program = need(which("pdftotext"), "pdftotext, of poppler (apt-get install poppler-utils)")
    told = subprocess.run([program, "-enc", "UTF-8", str(file), "-"], capture_output=True, text=True, check=True)
    return PdfReading(tuple(told.stdout.split("\f")[:-1]), {})


def pdfjs(file: Path, words: Iterable[str]) -> PdfReading:
    """The text and the search of pdf.js."""
    node = need(which("node"), "Node.js, on which pdf.js runs")
    module = MODULES / "pdfjs-dist" / "package.json"
    need(module if module.is_file() else None, "pdf.js (make test installs it)")
    command = [node, str(FOLDER / "pdf_words.mjs"), str(file), json.dumps([*words])]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    return PdfReading(**json.loads(told.stdout))


READERS: Mapping[str, Callable[[Path, Iterable[str]], PdfReading]] = {
    "PDFium": pdfium,
    "poppler": poppler,
    "pdf.js": pdfjs,
}
