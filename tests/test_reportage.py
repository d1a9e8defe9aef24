"""The layout `reportage`: photo stories. Its pages are measured on all its papers, as a printer would do it with a
ruler and a loupe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from measuring import Bound, Frame, Letter, Line, Sheet, bind, lines
from PIL import Image

TRIMS = ["210x270mm", "square-8.5", "a5", "us-trade", "a4"]
"""All papers that the layout was drawn for, and one that is derived."""
SETTINGS = "title: The Story\nlanguage: en\nlayout: reportage\ncreators: [{name: A. Writer}]\n"
WORDS = (
    "The road over the pass is closed in winter, and whoever lives behind it lays in flour and wood for five months",
    "When the snow came early, nobody had counted the people who were on their way, and nobody could have done it",
    "They had left with what a car holds, and many had no car; buses came in the evening and went before it was light",
    "At the bridge a man wrote down the numbers of those that passed, in a school book, until he had no pages any more",
)
TEXT, SMALL, NOTE = 0.7408, 0.5556, 0.6415
"""Sizes of type, in units: text; captions, notes and folios; tables, dates and sidebars."""
TITLES = (1.7559, 2.3412, 3.1216, 4.1621)
"""Sizes of the titles of chapters, parts and the book."""
CAPITAL = 0.67
"""How high a capital of Source Serif is, to its size."""
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


WITHOUT_CAPTION = {17, 18, 31, 32, 33}


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
    heads = "\n\n".join(f"{'#' * (2 + n % 2)} HEAD{n}\n\n{paragraphs(1 + n % 3, n)}" for n in range(8))
    quotes = f"> {WORDS[0]}.\n>\n> {WORDS[1]}.\n>\n> — *Ordinances*\n\n"
    verse = "{.poem}\n> Boards, and a hat,\n> and the moon in its pieces\n>\n> Call as you like\n\n"
    letter = f"{{.letter}}\n> {{.dateline}}\n> Upper Mill\n>\n> Dear brother,\n>\n> {WORDS[2]}.\n>\n> — M.\n\n"
    aside = f"::: sidebar Terms\n{WORDS[3]}.[^s]\n\n- one\n- two\n:::\n\n::: pullquote\n{WORDS[0]}.\n:::\n\n"
    dates = f"::: timeline\n1742\n: {WORDS[1]}.\n\nThe third of November\n: The flood.\n\n1993\n: Snow.\n:::\n\n"
    table = "| Place | Words | People |\n|---|---|--:|\n" + f"| Pass | {WORDS[2]} | 12 |\n| a | b | 3 |\n" * 3 + "\n"
    lists = f"- {WORDS[0]}\n  - inner\n- two\n\n1. first\n2. second\n\nTerm\n: Meaning.\n\n```\ncode\nmore\n```\n\n"
    notes = "\n".join(f"[^{n}]: A note. {WORDS[0]}, {WORDS[1]}.\n" for n in "1234s")
    noted = "\n\n".join(f"{paragraph(n, 4)[:-1]}[^{n}]¶" for n in range(1, 5))
    figures = [
        f"{figure(n, *one)}\n{'' if n == 12 else paragraphs(2 + n % 3, n)}\n" for n, one in enumerate(FIGURES, 1)
    ]
    bare = f"![Bare](p17l.png)\n\n{paragraphs(2)}\n\n![Bare](p18l.png){{.wide}}\n\n{paragraphs(2)}\n"
    galleries = [f"{gallery(10 * n, shapes)}\n{paragraphs(3, n)}\n" for n, shapes in enumerate(GALLERIES, 2)]
    empty = "\n".join(
        f"![To come, of {p}](){{{p}}}\nWords.\n\n{paragraphs(2)}\n" for p in ("", ".wide", ".inset", ".bleed")
    )
    return {
        "preface.md": f"---\ntitle: Preface\nrole: preface\n---\n\n{paragraphs(9)}\n",
        "words.md": "---\ntitle: Words\nsubtitle: One of each\nauthor: A. Writer\nplace: Goris\n---\n\n"
        f"::: epigraph\n> Water.\n>\n> — *Song*\n:::\n\n[In the beginning]{{.lead-in}} {WORDS[0]} `code`, **bold** and "
        f"*italics*, [Pass]{{.index}}.\n\n{quotes}{paragraphs(3)}\n\n{verse}{letter}{aside}{paragraphs(2)}\n\n{dates}"
        f"{paragraphs(2)}\n\n{table}{lists}{noted}\n\n---\n\n{heads}\n\n{notes}",
        "pictures.md": "# Pictures whose title is so long that it is set smaller than those of others\n\n"
        + "\n".join([paragraphs(3) + "\n", *figures[:8]]),
        "more.md": "\n".join([f"# Full\n\n{paragraphs(2)}\n", *figures[8:], bare]),
        "opener.md": f"# Opened\n\n{figure(OPENER, '.opener', 'p', 30)}\n{paragraphs(9)}\n",
        "galleries.md": "\n".join([f"# Galleries\n\n{paragraphs(1)}\n", *galleries[:3]]),
        "rest.md": "\n".join([f"# Rest\n\n{paragraphs(1)}\n", *galleries[3:], empty]),
    }


COLOURS = [
    (red, green, blue)
    for red in (20, 110, 180, 250)
    for green in (20, 110, 180, 250)
    for blue in (20, 110, 180, 250)
    if len({red, green, blue}) > 1
]
NUMBERS = list(range(1, OPENER + 1))
NUMBERS += [10 * tens + n for tens, row in enumerate(GALLERIES, 2) for n in range(1, len(row) + 1)]


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
        "chapters: [preface.md, {part: Words, chapters: [words.md, pictures.md]}, more.md, opener.md, galleries.md, "
        "rest.md, {generated: [index, photographs, credits, colophon]}]\n"
    )
    edition = f"editions: {{pdf: {{format: pdf, trim: {trim}, image_ppi: 36}}}}\n"
    (root / "book/publication.yaml").write_text(SETTINGS + order + edition, encoding="utf-8")
    return root


@pytest.fixture(scope="module", params=[pytest.param(t, marks=pytest.mark.xdist_group(t)) for t in TRIMS])
def bound(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bound:
    return made(tmp_path_factory.getbasetemp() / f"reportage-{request.param}", request.param)


@cache
def made(root: Path, trim: str) -> Bound:
    """The book, which takes seconds and is made once."""
    root.mkdir()
    return bind(write(root, trim), trim)


# ---- what is found on a page


@dataclass(frozen=True)
class Caption:
    """The caption of a picture, known by its number."""

    number: int
    lines: tuple[Line, ...]
    where: str
    """The reference of a caption to a picture on another page."""


WHERE = re.compile(r"(Facingpage|Precedingpages?|Followingpages?)?\.?\d+[a-z]?$")
"""What stands before the mark of a caption: its number, and where its picture is."""


def captions_of(bound: Bound, sheet: Sheet) -> Iterator[Caption]:
    """The captions of a page: small type in the sans, each begun by its mark."""
    small = [letter for letter in bound.letters(sheet, SMALL) if "Sans" in letter.font and is_text(bound, letter)]
    text = "".join(letter.text for letter in small)
    starts = [mark.start() for mark in re.finditer(r"MARK\d\d|ALL\d\d|Words\.", text)]
    for start, end in pairwise([*starts, len(text)]):
        if text.startswith("MARK", start):
            where, following = WHERE.search(text[:start]), WHERE.search(text[start:end])
            stop = end if following is None or end == len(text) else start + following.start()
            set_in = tuple(lines(small[start:stop]))
            yield Caption(int(text[start + 4 : start + 6]), set_in, where[1] or "" if where else "")


def is_text(bound: Bound, letter: Letter | Line) -> bool:
    """Whether something stands above the folios."""
    return bound.line(letter) < bound.paper.lines + 0.5


def text_lines(bound: Bound, sheet: Sheet) -> list[Line]:
    """The lines of text of a page; what stands in the margin beside them left out."""
    left = bound.inner + bound.hang - 0.5
    return lines(letter for letter in bound.letters(sheet, TEXT) if letter.x > left)


def shown(sheet: Sheet) -> dict[int, Frame]:
    """The pictures of a page by their numbers, which their colours encode."""
    if not sheet.pictures:
        return {}
    image = sheet.page.render(scale=0.25).to_pil().convert("RGB")
    found = {}
    for frame in sheet.pictures:
        seen = image.getpixel((int((frame.left + frame.right) / 8), int((frame.top + frame.bottom) / 8)))
        near = min(COLOURS, key=lambda colour: sum(abs(a - b) for a, b in zip(colour, seen, strict=True)))
        found[NUMBERS[COLOURS.index(near)]] = frame
    return found


def opens(bound: Bound, sheet: Sheet) -> bool:
    """Whether a chapter, a part or a list begins on a page."""
    return any(bound.letters(sheet, *TITLES))


# ---- what a ruler finds


@pytest.mark.slow
def test_the_page_engine_reports_nothing(bound: Bound) -> None:
    assert not {"page-engine", "note-lost", "note-apart"} & bound.ids


@pytest.mark.slow
def test_the_text_and_all_type_on_its_leading_stand_on_one_grid(bound: Bound) -> None:
    """Sidebars and dates step by half lines, and the text behind them is on the grid again."""
    counted = 0
    for _, sheet in bound.pages():
        in_steps = "Terms" in sheet.words or "1742" in sheet.words
        for line in lines(bound.letters(sheet, TEXT, NOTE)):
            stands = bound.off_grid(line)
            halfway = in_steps and abs(stands - bound.unit / 2) < 0.2
            assert stands < 0.2 or halfway, (sheet.folio, bound.line(line), line.text)
            counted += not halfway
    assert counted > 800


@pytest.mark.slow
def test_folios_share_their_line_on_all_pages(bound: Bound) -> None:
    found = 0
    for _, sheet in bound.pages():
        for letter in sheet.letters:
            if not is_text(bound, letter):
                assert bound.line(letter) == pytest.approx(bound.paper.lines + 2, abs=0.2 / bound.unit)
                found += 1
    assert found > 100


@pytest.mark.slow
def test_four_lines_of_small_type_are_as_high_as_three_of_the_text(bound: Bound) -> None:
    distances = set()
    for _, sheet in bound.pages(str.isdigit):
        for caption in captions_of(bound, sheet):
            distances |= {round((b.y - a.y) / bound.unit, 2) for a, b in pairwise(caption.lines)}
    assert distances == {0.75}


@pytest.mark.slow
def test_a_caption_beside_its_picture_ends_at_its_foot_and_one_below_shares_the_grid(bound: Bound) -> None:
    beside = below = 0
    for _, sheet in bound.pages(str.isdigit):
        pictures = shown(sheet)
        for caption in captions_of(bound, sheet):
            frame = pictures.get(caption.number)
            if frame and caption.lines[0].x < frame.left and caption.lines[0].y < frame.bottom:
                assert caption.lines[-1].y == pytest.approx(frame.bottom, abs=0.2), caption.number
                beside += 1
            else:
                assert bound.off_grid(caption.lines[0]) < 0.2, caption.number
                row = [one.bottom for n, one in pictures.items() if n > OPENER and n // 10 == caption.number // 10]
                is_gathered = bool(row) and caption.lines[0].y > max(row) + bound.unit  # below all rows of a gallery
                below_it = caption.lines[0].y - (frame.bottom if frame else 0.0)
                assert frame is None or is_gathered or below_it == pytest.approx(bound.unit, abs=0.2)
                below += 1
    assert below > 20
    assert (beside > 3) is not bound.paper.narrow


@pytest.mark.slow
def test_pictures_stand_on_a_line_and_reach_to_the_capitals_of_another(bound: Bound) -> None:
    found = 0
    for _, sheet in bound.pages():
        for frame in set(sheet.pictures) - set(sheet.full_pictures):
            assert bound.off_grid(Letter("", frame.left, frame.bottom, 0)) < 0.2, (sheet.folio, frame)
            capital = Letter("", frame.left, frame.top + CAPITAL * TEXT * bound.unit, 0)
            assert bound.off_grid(capital) < 0.2, (sheet.folio, frame)
            found += 1
    assert found > 30


@pytest.mark.slow
def test_nothing_stands_outside_the_type_area_but_folios_and_full_pictures(bound: Bound) -> None:
    last = bound.paper.lines - 1
    for n, sheet in bound.pages():
        area = bound.type_area(n)
        for letter in sheet.letters:
            assert area.left - 0.5 <= letter.x <= area.right + 0.5, (sheet.folio, letter)
            assert -0.5 <= bound.line(letter) <= last + 0.1 or not is_text(bound, letter), (sheet.folio, letter)
        for frame in set(sheet.pictures) - set(sheet.full_pictures):
            assert area.left - 0.5 <= frame.left < frame.right <= area.right + 0.5, (sheet.folio, frame)
            assert area.top - 0.5 <= frame.top < frame.bottom <= area.bottom + 0.5, (sheet.folio, frame)


@pytest.mark.slow
def test_no_letter_is_printed_over_a_picture_or_another_letter(bound: Bound) -> None:
    for _, sheet in bound.pages():
        under = [letter for letter in sheet.letters if any(frame.holds(letter) for frame in sheet.pictures)]
        assert not under, (sheet.folio, under[:9])
        for line in lines(sheet.letters):
            steps = [b.x - a.x for a, b in pairwise(line.letters) if a.text != "f"]  # or a ligature
            assert not steps or min(steps) > 0.5, (sheet.folio, line.text)


# ---- what a reader finds


@pytest.mark.slow
def test_every_caption_is_beside_its_picture_or_refers_to_it(bound: Bound) -> None:
    pictures: dict[int, list[int]] = {}
    captions: dict[int, tuple[int, Caption]] = {}
    for n, sheet in bound.pages(str.isdigit):
        if "Photographs" in sheet.words:
            break
        for number in shown(sheet):
            pictures.setdefault(number, []).append(n)
        captions |= {caption.number: (n, caption) for caption in captions_of(bound, sheet)}
    assert sorted(pictures) == NUMBERS
    assert set(NUMBERS) - set(captions) == WITHOUT_CAPTION
    for number, (n, caption) in captions.items():
        first, last = pictures[number][0], pictures[number][-1]
        between = [s for s in bound.sheets[min(n, last) + 1 : max(n, first)] if not s.full_pictures]
        is_true = {
            "": pictures[number] == [n],
            "Facingpage": first == (n - 1 if n % 2 == 0 else n + 1),
            "Followingpage": first == n + 1 and n % 2 == 0,
            "Precedingpage": first == n - 1 and n % 2 == 1,
            "Followingpages": (last, first % 2) == (first + 1, 1) and first > n and len(between) < 2,
            "Precedingpages": (last, first % 2) == (first + 1, 1) and last < n and len(between) < 2,
        }
        assert is_true[caption.where], (number, caption.where, n, pictures[number])
    told = {caption.where for _, caption in captions.values()}
    assert told >= {"", "Facingpage"}
    assert told & {"Followingpages", "Precedingpages"}


@pytest.mark.slow
def test_no_line_of_a_paragraph_stands_alone_on_a_page_and_no_heading_at_its_foot(bound: Bound) -> None:
    ends = 0
    for _, sheet in bound.pages():
        text = text_lines(bound, sheet)
        if text:
            first, last = text[0].text, text[-1].text
            assert first.startswith("§") or not first.endswith("¶"), (sheet.folio, first)
            assert last.endswith("¶") or not last.startswith("§"), (sheet.folio, last)
            assert not last.startswith("HEAD"), sheet.folio
            ends += last.endswith("¶")
    assert ends > 5


@pytest.mark.slow
def test_no_page_is_emptier_than_a_third_without_need(bound: Bound) -> None:
    """But for where a chapter ends or opens, and before a picture that fills pages."""
    sheets = [sheet for _, sheet in bound.pages()]
    for sheet, following in pairwise(sheets):
        needed = opens(bound, sheet) or opens(bound, following) or not following.words or following.full_pictures
        if needed or sheet.full_pictures or not sheet.words:
            continue
        letters = [bound.line(letter) for letter in sheet.letters if is_text(bound, letter)]
        pictures = [bound.line(Letter("", 0, frame.bottom, 0)) for frame in sheet.pictures]
        assert max([*letters, *pictures]) + 1 >= bound.paper.lines / 3, sheet.folio
