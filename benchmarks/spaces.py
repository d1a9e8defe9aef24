"""Spaces: how even the word spaces of justified lines are, ours beside those of other programs.

    python benchmarks/spaces.py [--languages en ru] [--write docs/type.md]

The same paragraphs in Source Serif Pro, 10 on 13.5 pt, on four measures, by Pressroom, by Pressroom with
`text: first-fit`, by typst and by LuaLaTeX without and with microtype, where these are installed. Spaces are measured
in the PDFs: the gap between two words, in natural spaces of the font. A line counts if it ends at the right edge.
"""

from __future__ import annotations

import argparse
import importlib.util
import platform
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from ctypes import c_double
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from math import inf
from pathlib import Path
from random import Random
from statistics import fmean, median, pstdev
from tempfile import TemporaryDirectory

import pypdfium2

MEASURES = {"reportage": 326.0, "reader": 297.0, "a5": 288.0, "narrow": 240.0}
"""Widths of a column, in pt."""
SIZE, LEADING = 10.0, 13.5
_NEAR = 5.0
"""How far from the right edge a full line may end, in pt: signs stand out by some."""
_FEW = 5
"""Lines of a page that is no page of text."""
_GAP = 0.1
"""The least space between two words, in em."""
_HYPHEN = "\ufffe"
"""What PDFium reads where a word is parted."""

_SENTENCES = Path(__file__).with_name("sentences")
LANGUAGES = tuple(sorted(file.stem for file in _SENTENCES.glob("*.txt")))

Typesetter = Callable[[Path, str, float], Path | None]
"""Sets the paragraphs of a language on a measure in a folder; None where it is not installed."""


@dataclass(frozen=True)
class LineSpaces:
    """The word spaces of many lines, in natural spaces."""

    spaces: tuple[float, ...]
    """The mean of each line."""
    hyphens: int
    """Lines that end with a part of a word."""

    def row(self) -> str:
        """Lines with spaces over 1.5 and over 2, those that end with a part of a word, deviation, narrowest, widest."""
        shares = [sum(space > limit for space in self.spaces) for limit in (1.5, 2.0)]
        figures = (f"{count / len(self.spaces):.1%}" for count in (*shares, self.hyphens))
        return f"{', '.join(figures)}, {pstdev(self.spaces):.2f}, {min(self.spaces):.2f}–{max(self.spaces):.1f}"


def paragraphs(language: str, count: int = 60, seed: int = 1) -> Iterator[str]:
    """Paragraphs of three to eight sentences, the same ones from the same seed."""
    sentences = (_SENTENCES / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    chance = Random(seed)
    for _ in range(count):
        yield " ".join(chance.sample(sentences, chance.randint(3, 8)))


# ---- who sets


def pressroom(folder: Path, language: str, measure: float, *, text: str = "justified") -> Path:
    """Pressroom’s layout `reader`, in a column of this width."""
    book = folder / "book"
    book.mkdir(parents=True, exist_ok=True)
    (book / "text.md").write_text("# T\n\n" + "\n\n".join(paragraphs(language)), encoding="utf-8")
    (book / "publication.yaml").write_text(
        f"title: T\nlanguage: {language}\nlayout: reader\nlayout_options: {{text: {text}}}\n"
        "editions:\n  print: {format: pdf, trim: us-trade}\n"
    )
    own = folder / "layouts" / "reader"
    own.mkdir(parents=True, exist_ok=True)
    (own / "own.css").write_text(f".chapter > p {{ width: {measure}pt; font-size: {SIZE}pt }}")
    command = [sys.executable, "-m", "pressroom", "build", "--root", folder, "--out", folder / "dist", "--no-cache"]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "dist" / "t-print.pdf"


def first_fit(folder: Path, language: str, measure: float) -> Path:
    """Pressroom, one line after the other."""
    return pressroom(folder, language, measure, text="first-fit")


def typst(folder: Path, language: str, measure: float) -> Path | None:
    """Typst."""
    if not importlib.util.find_spec("typst"):
        return None
    import font_source_serif_pro  # noqa: PLC0415 - each program loads its own
    import typst as program  # noqa: PLC0415 - it need not be installed

    head = (
        f"#set page(width: {measure + 100}pt, height: 600pt, margin: (x: 50pt, y: 40pt))\n"
        f'#set text(font: "Source Serif Pro", size: {SIZE}pt, lang: "{language}")\n'
        f"#set par(justify: true, leading: {LEADING - SIZE}pt, spacing: {LEADING - SIZE}pt)\n"
    )
    (folder / "t.typ").write_text(head + "\n\n".join(paragraphs(language)), encoding="utf-8")
    program.compile(folder / "t.typ", output=folder / "t.pdf", font_paths=[font_source_serif_pro.font_directory])
    return folder / "t.pdf"


def microtype(folder: Path, language: str, measure: float) -> Path | None:
    """LuaLaTeX with microtype, which lets signs stand out and widens letters a little."""
    return lualatex(folder, language, measure, packages="fontspec,microtype")


def lualatex(folder: Path, language: str, measure: float, *, packages: str = "fontspec") -> Path | None:
    """LuaLaTeX."""
    if not shutil.which("lualatex"):
        return None
    import font_source_serif_pro  # noqa: PLC0415 - each program loads its own

    names = {"en": "english", "de": "ngerman", "fr": "french", "ru": "russian", "pl": "polish", "es": "spanish"}
    fonts = f"{font_source_serif_pro.font_directory}/"
    head = (
        f"\\documentclass{{article}}\\usepackage{{{packages}}}"
        f"\\usepackage[paperwidth={measure + 100}pt,paperheight=600pt,textwidth={measure}pt]{{geometry}}"
        f"\\usepackage[{names[language]}]{{babel}}\\setmainfont{{SourceSerifPro-Regular.otf}}[Path={fonts}]"
        f"\\parindent={LEADING}pt\\parskip=0pt\\begin{{document}}\\fontsize{{{SIZE}pt}}{{{LEADING}pt}}\\selectfont\n"
    )
    (folder / "t.tex").write_text(head + "\n\n".join(paragraphs(language)) + "\n\\end{document}", encoding="utf-8")
    made = subprocess.run(
        ["lualatex", "-interaction=batchmode", "t.tex"], cwd=folder, check=False, stdout=subprocess.DEVNULL
    )
    return folder / "t.pdf" if made.returncode == 0 else None


TYPESETTERS: dict[str, Typesetter] = {
    "Pressroom": pressroom,
    "Pressroom, first-fit": first_fit,
    "typst": typst,
    "LuaLaTeX": lualatex,
    "LuaLaTeX, microtype": microtype,
}


# ---- what is measured


@dataclass(frozen=True)
class _Word:
    left: float
    right: float
    text: str


_Words = tuple[_Word, ...]


def measured(file: Path, language: str) -> LineSpaces:
    """The word spaces of a PDF of these paragraphs. Its last lines of paragraphs tell the natural one."""
    pages = [lines for page in pypdfium2.PdfDocument(file) if len(lines := list(_lines(page))) > _FEW]
    edges = [_edge(lines) for lines in pages]
    long = [(words, edge) for page, edge in zip(pages, edges, strict=True) for words in page if len(words) > 3]
    full = [words for words, edge in long if words[-1].right > edge - _NEAR]
    natural = median(gap for words, edge in long if words[-1].right <= edge - _NEAR for gap in _gaps(words))
    spaces = tuple(fmean(_gaps(words)) / natural for words in full)
    return LineSpaces(spaces, _parted([words for page in pages for words in page], language))


def _parted(lines: Sequence[_Words], language: str) -> int:
    """How many lines end with a part of a word: with the next line’s first one it is a word of the text.

    The hyphen itself does not tell: some programs write it so that it is not in the text.
    """
    known = {word for paragraph in paragraphs(language) for word in paragraph.split()}
    joints = (before[-1].text.rstrip("-\u2010" + _HYPHEN) + after[0].text for before, after in pairwise(lines))
    return sum(joint in known for joint in joints)


def _edge(lines: Sequence[_Words]) -> float:
    """The right edge of a page’s text, in pt."""
    return Counter(round(words[-1].right) for words in lines).most_common(1)[0][0] if lines else 0.0


def _gaps(words: _Words) -> list[float]:
    return [after.left - before.right for before, after in pairwise(words)]


def _lines(page: pypdfium2.PdfPage) -> Iterator[_Words]:
    """The lines of a page."""
    text = page.get_textpage()
    rows: dict[int, list[tuple[float, float, str]]] = {}
    row = 0
    for number in range(text.count_chars()):
        sign = text.get_text_range(number, 1)
        left, right, bottom = _place(text, number, sign)
        if sign and not sign.isspace():
            row = row if sign == _HYPHEN else round(bottom)  # its box has a height of its own
            rows.setdefault(row, []).append((left, right, sign))
    for letters in rows.values():
        yield tuple(_words(sorted(letters)))


def _place(text: pypdfium2.PdfTextPage, number: int, sign: str) -> tuple[float, float, float]:
    """Where a letter begins and ends, and its lower edge, in pt: its box would reach into the space, as that of “f”."""
    _, bottom, right, _ = text.get_charbox(number, loose=True)
    x, y = c_double(), c_double()
    pypdfium2.raw.FPDFText_GetCharOrigin(text, number, x, y)
    return x.value, min(right, x.value + _advances().get(ord(sign[:1] or " "), inf)), bottom


@cache
def _advances() -> Mapping[int, float]:
    """The advances of the letters in the font of the comparison, in pt."""
    import font_source_serif_pro  # noqa: PLC0415 - each program loads its own
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - as above

    font = TTFont(Path(font_source_serif_pro.font_directory) / "SourceSerifPro-Regular.otf")
    metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
    return {code: metrics[name][0] * SIZE / em for code, name in font.getBestCmap().items()}


def _words(row: Sequence[tuple[float, float, str]]) -> Iterator[_Word]:
    begin = 0
    for number in range(1, len(row) + 1):
        if number == len(row) or row[number][0] - row[number - 1][1] > _GAP * SIZE:
            yield _Word(row[begin][0], row[number - 1][1], "".join(sign for _, _, sign in row[begin:number]))
            begin = number


# ---- the table


def table(languages: Sequence[str], measures: Mapping[str, float]) -> str:
    """The figures of all programs that are installed, as Markdown."""
    rows: list[list[str]] = []
    for language in languages:
        for measure in measures.values():
            cells = [f"{language}, {measure:g} pt"]
            for program, typesetter in TYPESETTERS.items():
                with TemporaryDirectory() as folder:
                    file = typesetter(Path(folder), language, measure)
                    cells.append(measured(file, language).row() if file else "")
                print(f"{cells[0]}, {program}: {cells[-1]}", flush=True)
            rows.append(cells)
    rows = [["text, column", *TYPESETTERS], ["---"] * (len(TYPESETTERS) + 1), *rows]
    there = [column for column in zip(*rows, strict=True) if any(column[2:])]
    return "".join(f"| {' | '.join(row)} |\n" for row in zip(*there, strict=True))


def described() -> str:
    """The day and the machine, below a table."""
    machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{datetime.now(UTC):%-d %B %Y}, {machine}.\n"


def main() -> None:
    """Print the table, and write it into a document between its two marks."""
    parser = argparse.ArgumentParser(description="How even word spaces are.")
    parser.add_argument("--languages", nargs="+", default=LANGUAGES, choices=LANGUAGES)
    parser.add_argument("--measures", nargs="+", default=list(MEASURES), choices=list(MEASURES))
    parser.add_argument("--write", type=Path, help="a document with the marks <!-- spaces --> and <!-- /spaces -->")
    asked = parser.parse_args()
    made = f"{table(asked.languages, {name: MEASURES[name] for name in asked.measures})}\n{described()}"
    if asked.write:
        head, _, rest = asked.write.read_text(encoding="utf-8").partition("<!-- spaces -->")
        tail = rest.partition("<!-- /spaces -->")[2]
        asked.write.write_text(f"{head}<!-- spaces -->\n{made}<!-- /spaces -->{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
