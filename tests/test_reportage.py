"""The layout `reportage`: photo stories. Its pages are measured on all its papers, as a printer would do it with a ruler
and a loupe; docs and manifest promise what is measured here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from measuring import BASELINE, Bound, Frame, Letter, Line, Sheet, bind, lines
from PIL import Image

TRIMS = ["210x270mm", "square-8.5", "a5", "us-trade", "a4"]
"""All papers that the layout was drawn for, and one that is derived."""
SETTINGS = "title: The Story\nlanguage: en\nlayout: reportage\ncreators: [{name: A. Writer}]\n"
WORDS = (
    "The road over the pass is closed in winter, and whoever lives behind it lays in flour and firewood for five months",
    "When the snow came early, nobody had counted the people who were still on their way, and nobody could have done it",
    "They had left with what a car holds, and many had no car; buses came in the evening and went before it was light",
    "At the bridge a man wrote down the numbers of those that passed, in a school book, until he had no pages any more",
)
TEXT, SMALL, NOTE, LEAD, QUOTE = 0.7408, 0.5556, 0.6415, 0.9877, 1.317
"""Sizes of type, in units: text; captions, notes and folios; tables and dates; decks; pull quotes."""
SHAPES = {"l": (900, 600), "p": (600, 900)}


# ---- the book that is measured


def paragraph(n: int, sentences: int) -> str:
    """A paragraph whose first line begins with § and whose last ends with ¶."""
    return "§ " + " ".join(f"{WORDS[(n + k) % len(WORDS)]}." for k in range(sentences)) + "¶"


def paragraphs(count: int, start: int = 0) -> str:
    return "\n\n".join(paragraph(n, 2 + (n * 3) % 5) for n in range(start, start + count))


def caption(number: int, words: int) -> str:
    """A caption that begins with the mark of its picture, in so many words."""
    said = " ".join(f"{WORDS[number % 4]};" for _ in range(words // 20 + 1)).split()[:words]
    return f"MARK{number:02} " + " ".join(said).rstrip(";,") + "."


FIGURES = (
    ("", "l", 8), ("", "l", 40), ("", "p", 12), ("", "l", 220), (".wide", "l", 6), (".wide", "p", 60),
    (".inset", "l", 8), (".inset", "p", 40), (".page", "l", 10), (".page", "p", 50), (".bleed", "l", 50),
    (".bleed", "p", 8), (".spread", "l", 40), ("", "p", 70), (".spread", "l", 5), (".wide", "l", 90),
)  # fmt: skip
"""Placements, shapes of pictures, and words of captions: MARK01 and on."""
GALLERIES = ("lp", "lll", "lplp", "pplll", "llllll")
"""Shapes of the pictures of each: MARK21, MARK31 and on."""
OPENER = 19


def figure(number: int, placement: str, shape: str, words: int) -> str:
    credit = ' credit="A. Photographer"' if number % 2 else ""
    return f"![Picture {number}](p{number:02}{shape}.png){{{placement}{credit}}}\n{caption(number, words)}\n"


def gallery(tens: int, shapes: str) -> str:
    pictures = "\n".join(
        f"![Picture](p{tens + n}{shape}.png)\n{caption(tens + n, 3 + 9 * (n % 3)) if tens != 30 else ''}\n"
        for n, shape in enumerate(shapes, 1)
    )
    own = " {.page}" if len(shapes) == 5 else ""
    return f"::: gallery{own}\n{pictures}\nALL{tens} of them.\n:::\n"


def chapters() -> dict[str, str]:
    """A manuscript with every construct."""
    heads = "\n\n".join(f"{'#' * (2 + n % 2)} HEAD{n}\n\n{paragraphs(1 + n % 3, n)}" for n in range(14))
    quotes = f"> {WORDS[0]}.\n>\n> {WORDS[1]}.\n>\n> — *Ordinances*\n\n"
    verse = "{.poem}\n> Boards, and a hat,\n> and the moon in its pieces\n>\n> Call as you like\n\n"
    letter = f"{{.letter}}\n> {{.dateline}}\n> Upper Mill\n>\n> Dear brother,\n>\n> {WORDS[2]}.\n>\n> — M.\n\n"
    aside = f"::: sidebar Terms\n{WORDS[3]}.[^s]\n\n- one\n- two\n:::\n\n::: pullquote\n{WORDS[0]}.\n:::\n\n"
    dates = f"::: timeline\n1742\n: {WORDS[1]}.\n\nThe third of November\n: The flood.\n\n1993\n: Snow.\n:::\n\n"
    table = "| Place | Words | People |\n|---|---|--:|\n" + f"| Pass | {WORDS[2]} | 12 |\n| blue | red | 3 |\n" * 3 + "\n"
    lists = f"- {WORDS[0]}\n  - inner\n- two\n\n1. first\n2. second\n\nTerm\n: Meaning.\n\n```\ncode\nmore\n```\n\n"
    notes = "\n".join(f"[^{n}]: A note. {WORDS[0]}, {WORDS[1]}.\n" for n in "1234s")
    noted = "\n\n".join(f"{paragraph(n, 4)[:-1]}[^{n}]¶" for n in range(1, 5))
    figures = "\n".join(f"{figure(n, *one)}\n{paragraphs(2 + n % 3, n)}\n" for n, one in enumerate(FIGURES, 1))
    bare = f"![Bare](p17l.png)\n\n{paragraphs(2)}\n\n![Bare](p18l.png){{.wide}}\n\n{paragraphs(2)}\n"
    galleries = "\n".join(f"{gallery(10 * n, shapes)}\n{paragraphs(3, n)}\n" for n, shapes in enumerate(GALLERIES, 2))
    empty = "\n".join(f"![To come, of {p}](){{{p}}}\nWords.\n\n{paragraphs(2)}\n" for p in ("", ".wide", ".inset", ".bleed"))
    return {
        "preface.md": f"---\ntitle: Preface\nrole: preface\n---\n\n{paragraphs(9)}\n",
        "words.md": "---\ntitle: Words\nsubtitle: One of each\nauthor: A. Writer\nplace: Goris\n---\n\n"
        f"::: epigraph\n> Water.\n>\n> — *Song*\n:::\n\n[In the beginning]{{.lead-in}} {WORDS[0]} `code`, **bold** and "
        f"*italics*, [Pass]{{.index}}.\n\n{quotes}{paragraphs(3)}\n\n{verse}{letter}{aside}{paragraphs(2)}\n\n{dates}"
        f"{paragraphs(2)}\n\n{table}{lists}{noted}\n\n---\n\n{heads}\n\n{notes}",
        "pictures.md": f"# Pictures whose title is so long that it is set smaller than those of others\n\n{paragraphs(3)}\n\n{figures}\n{bare}",
        "opener.md": f"# Opened\n\n{figure(OPENER, '.opener', 'p', 30)}\n{paragraphs(9)}\n",
        "galleries.md": f"# Galleries\n\n{paragraphs(1)}\n\n{galleries}\n{empty}\n",
    }


COLOURS = [
    (red, green, blue)
    for red in (20, 110, 180, 250)
    for green in (20, 110, 180, 250)
    for blue in (20, 110, 180, 250)
    if len({red, green, blue}) > 1
]
NUMBERS = [*range(1, OPENER + 1), *(10 * tens + n for tens, row in enumerate(GALLERIES, 2) for n in range(1, len(row) + 1))]


def draw(folder: Path, text: str) -> None:
    """Every picture that a text names, in a colour of its own by which it is known again on the page."""
    folder.mkdir(parents=True)
    for name in sorted(set(re.findall(r"p\d\d[lp](?=\.png)", text))):
        Image.new("RGB", SHAPES[name[3]], COLOURS[NUMBERS.index(int(name[1:3]))]).save(folder / f"{name}.png")


def write(root: Path, trim: str) -> Path:
    for name, text in chapters().items():
        (root / "book").mkdir(exist_ok=True)
        (root / "book" / name).write_text(text, encoding="utf-8")
    draw(root / "assets/photos", "".join(chapters().values()))
    order = (
        "chapters: [preface.md, {part: Words, chapters: [words.md, pictures.md]}, opener.md, galleries.md, "
        "{generated: [index, photographs, credits, colophon]}]\n"
    )
    edition = f"editions: {{pdf: {{format: pdf, trim: {trim}, image_ppi: 36}}}}\n"
    (root / "book/publication.yaml").write_text(SETTINGS + order + edition, encoding="utf-8")
    return root


@pytest.fixture(scope="module", params=TRIMS)
def bound(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bound:
    return bind(write(tmp_path_factory.mktemp("reportage"), request.param), request.param)


def slow(test: Callable[..., None]) -> Callable[..., None]:
    """Measured on pages that take seconds to make: on one worker, which makes them once."""
    return pytest.mark.slow(pytest.mark.xdist_group("reportage")(test))


def text_lines(bound: Bound, sheet: Sheet, *sizes: float) -> list[Line]:
    """The lines of the text column; what stands in the margin beside them left out."""
    left = bound.inner + bound.hang - 0.5
    return lines(letter for letter in bound.letters(sheet, *sizes) if letter.x > left)


def captions(bound: Bound, sheet: Sheet) -> list[list[Line]]:
    """The captions of a page, each as its lines: small type in the sans, which follow each other closely."""
    small = [letter for letter in bound.letters(sheet, SMALL) if "Sans" in letter.font and in_text(bound, letter)]
    found: list[list[Line]] = []
    for mark in (n for n, letter in enumerate(small) if "".join(k.text for k in small[n : n + 4]) == "MARK"):
        found.append(lines(iter(small[mark:])))
    return found


def in_text(bound: Bound, letter: Letter) -> bool:
    """Whether something stands above the folios."""
    return bound.line(letter) < bound.paper.lines + 0.5


# ---- what a ruler finds


@slow
def test_the_page_engine_has_nothing_to_say(bound: Bound) -> None:
    assert not {"page-engine", "note-lost", "note-apart"} & bound.ids


@slow
def test_the_text_stands_on_one_grid(bound: Bound) -> None:
    counted = 0
    for n, sheet in bound.pages():
        for letter in bound.letters(sheet, TEXT):
            if "Code" not in letter.font:
                assert bound.off_grid(letter) < 0.2, (sheet.folio, letter)
                counted += 1
    assert counted > 20_000
