"""Optics: a publication keeps its lines in any fonts. Families are cast here that stand in them as no usual one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pypdfium2
import pytest
from conftest import laid_out, picture
from fontTools.ttLib import TTFont
from measuring import Frame, Letter, Sheet
from weasyprint import HTML

from pressroom import design, production
from pressroom.design import FontFace, fonts
from pressroom.design.estimates import CAPTION_DROP
from pressroom.design.grid import Paper, grid_for
from pressroom.design.optics import caption_drop
from pressroom.errors import Place
from pressroom.publication import PdfEdition

Factory = Callable[..., Path]
DATE = dt.datetime(2024, 5, 3, tzinfo=dt.UTC)
POINT = 72 / 25.4
TEXT, SMALL = 0.7408, 0.5556
"""Sizes of the text and of captions, in units of the grid."""


# ---- families


@dataclass(frozen=True)
class Family:
    """The letters of a family of this machine on another em, in lines of another height."""

    name: str
    letters: str
    """The family that has lent them."""
    em: int
    """Font units; the lender has 1000."""
    hhea: tuple[int, int]
    """Ascent and descent as older programs read them."""
    typo: tuple[int, int] | None = None
    """The same, where the font wants its typographic ones to be read."""

    @property
    def base(self) -> float:
        """From the middle of a line to its baseline, in ems."""
        ascent, descent = self.typo or self.hhea
        return (ascent - abs(descent)) / 2 / self.em

    @property
    def cap(self) -> float:
        """Height of a capital, in ems."""
        return {"Source Serif Pro": 670, "Source Sans Pro": 660}[self.letters] / self.em

    def cast(self, folder: Path) -> list[FontFace]:
        """Write its files: roman and italic, regular and semibold."""
        folder.mkdir(parents=True, exist_ok=True)
        lent = [f for f in fonts.installed() if f.family == self.letters and f.weight in (400, 600)]
        return [FontFace(self.name, face.weight, face.italic, self._cut(face.file, folder)) for face in lent]

    def _cut(self, source: Path, folder: Path) -> Path:
        with TTFont(source) as font:
            font["head"].unitsPerEm = self.em
            line, os2 = font["hhea"], font["OS/2"]
            line.ascent, line.descent, line.lineGap = *self.hhea, 90
            os2.usWinAscent, os2.usWinDescent = 1400, 700
            os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = *(self.typo or (500, -500)), 90
            if self.typo:
                os2.version, os2.fsSelection = 4, os2.fsSelection | 1 << 7
            for record in font["name"].names:
                record.string = self.name if record.nameID in (1, 16) else f"{self.name} {record.nameID}"
            file = folder / f"{self.name.replace(' ', '')}-{source.name}"
            font.save(file)
            return file


LOW = Family("Low Serif", "Source Serif Pro", 850, (900, -420))
HIGH = Family("High Sans", "Source Sans Pro", 1100, (984, -273), typo=(1150, -210))
DEEP = Family("Deep Serif", "Source Serif Pro", 1150, (984, -273), typo=(1150, -90))
SHALLOW = Family("Shallow Sans", "Source Sans Pro", 900, (800, -330))
UNSIGNED = Family("Unsigned Sans", "Source Sans Pro", 1000, (900, 420))
"""Some fonts give their descent as a positive number."""


@pytest.mark.slow
@pytest.mark.parametrize("family", [LOW, HIGH, DEEP, SHALLOW, UNSIGNED], ids=lambda family: family.name)
def test_letters_stand_where_the_page_engine_puts_them(family: Family, tmp_path: Path) -> None:
    """By HarfBuzz: `hhea`, or the typographic measures where a font asks for these; no gap, no rounding."""
    face = fonts.roman(family.cast(tmp_path))
    made = fonts.cut(face)
    assert (made.base, made.cap) == pytest.approx((family.base, family.cap), abs=0.0001)
    for size, leading in ((10.5, 14.17), (7.9, 10.63), (33.2, 42.5)):
        html = (
            f"<style>@font-face {{ font-family: x; src: url({face.file.as_uri()}) }} "
            f"@page {{ size: 99pt; margin: 0 }} body {{ margin: 0; font: {size}pt/{leading}pt x }}</style>H"
        )
        [letter] = Sheet(pypdfium2.PdfDocument(HTML(string=html).write_pdf())[0], "").letters
        assert letter.y == pytest.approx(leading / 2 + made.base * size, abs=0.02)


@pytest.mark.slow
def test_a_font_that_is_wrong_about_its_capitals_is_measured(tmp_path: Path) -> None:
    face = fonts.roman(LOW.cast(tmp_path))
    for said in (0, 480, 1340):
        with TTFont(face.file) as font:
            font["OS/2"].sCapHeight = said
            font.save(tmp_path / f"{said}.ttf")
        cut = fonts.cut(FontFace("x", 400, italic=False, file=tmp_path / f"{said}.ttf"))
        assert cut.cap == pytest.approx(LOW.cap, abs=0.002)


def test_a_font_is_opened_once_for_all_letters_that_are_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    face = replace(fonts.installed()[0], file=tmp_path / "a.ttf")
    face.file.write_bytes(fonts.installed()[0].file.read_bytes())
    opened: list[TTFont] = []
    monkeypatch.setattr(fonts, "TTFont", lambda *file, **how: opened.append(TTFont(*file, **how)) or opened[-1])
    assert fonts.depth(face, "Q") > fonts.depth(face, "L")
    assert fonts.ink(face, "Lq")[1] > 0
    assert len(opened) == 1


# ---- what style sheets make of it

DRAWN: Mapping[str, Mapping[str, float]] = {
    "reportage": {"cap-top": 0.2634, "foot": 0.2403, "play": 0.5037, "drop": 0.1872, "rise": 0.0628},
    "reader": {
        "cap-top": 0.2634, "foot": 0.2403, "play": 0.5037, "drop": 0.1872, "rise": 0.0628, "note-rise": 0.0756,
        "extract-drop": 0.026, "note-drop": 0.0348, "head-drop": 0.0494, "quote-drop": -0.0433,
        "initial": (2 + TEXT * 0.67) / 0.67, "initial-leading": 2.9075,
    },
}  # fmt: skip
"""The constants with which the layouts were drawn, in units, for Source Serif and Source Sans."""
FIFTIETH_OF_A_POINT = 0.02 / (5 * POINT)


def constants(root: Path) -> Callable[[str], float]:
    """The lengths that the style sheets of an edition declare for all of it, in units."""
    manuscript = production.read(production.Order(root))
    styles = laid_out(manuscript.edition("print")).styles
    roots = "".join(rule for style in styles for rule in re.findall(r":root\s*{(.*?)}", _plain(style.css), re.DOTALL))
    declared = {**dict(re.findall(r"--([a-z0-9-]+):\s*([^;]+)", roots)), "unit": "1"}

    def length(name: str) -> float:
        value = re.sub(r"var\(--([a-z0-9-]+)\)", lambda match: str(length(match[1])), declared[name])
        return float(eval(value.replace("calc", "")))

    return length


def _plain(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


@pytest.mark.parametrize("layout", DRAWN)
def test_with_the_fonts_that_a_layout_was_drawn_for_nothing_moves(publication: Factory, layout: str) -> None:
    settings = f"title: T\nlanguage: en\nlayout: {layout}\neditions: {{print: {{format: pdf, trim: us-trade}}}}\n"
    made = constants(publication(settings=settings))
    for name, units in DRAWN[layout].items():
        assert made(name) == pytest.approx(units, abs=FIFTIETH_OF_A_POINT), name


@pytest.mark.slow
def test_captions_have_room_for_a_first_line_that_sinks(tmp_path: Path) -> None:
    built_in = {
        use: [f for f in fonts.installed() if f.family == family]
        for use, family in (("text", "Source Serif Pro"), ("captions", "Source Sans Pro"))
    }
    assert caption_drop(built_in) == CAPTION_DROP
    sinking = {"text": DEEP.cast(tmp_path), "captions": SHALLOW.cast(tmp_path)}
    assert caption_drop(sinking) == pytest.approx(0.125 + TEXT * DEEP.base - SMALL * SHALLOW.base, abs=0.0001)
    assert caption_drop(sinking) > CAPTION_DROP


# ---- pages in other families, measured

MILL = (
    "The mill stood where the river narrows, and for as long as anyone could remember it had made paper of rags. They "
    "came down from the towns in carts, sorted by women who sat at long tables and cut away buttons, hems and hooks; "
    "then they lay in vats until they no longer knew that they had been shirts."
)
CHAPTER = f"""\
# Rags

{MILL}[^a]

> {MILL}

![Alt](a.png)
The mill in the year of the flood, from the bridge. One sees the wheel.

{MILL}

![Alt](a.png){{.wide}}
One line.

{MILL}

![Alt](b.png){{.inset}}
Beside the text.

{MILL} {MILL}

::: gallery
![Alt](a.png)
One.

![Alt](b.png)
Two.
:::

{MILL}

![Alt](a.png){{.wide}}
{MILL}

{MILL}[^b]

{MILL}

[^a]: A note of one line.

[^b]: {MILL}
"""


@dataclass(frozen=True)
class Book:
    """A publication on its pages; lengths are points."""

    document: pypdfium2.PdfDocument
    paper: Paper
    layout: str
    text: Family
    captions: Family

    @property
    def unit(self) -> float:
        return self.paper.unit * POINT

    @property
    def head(self) -> float:
        return self.paper.head * self.unit

    @property
    def baseline(self) -> float:
        """How far under the top of its line a letter of the text stands, in units."""
        return 0.5 + TEXT * self.text.base

    @property
    def last_line(self) -> float:
        """The baseline of the last line of a page."""
        return self.head + (self.paper.lines - 1 + self.baseline) * self.unit

    @cached_property
    def pages(self) -> list[tuple[tuple[Letter, ...], tuple[Frame, ...]]]:
        """Letters and pictures of the pages of the chapters."""
        sheets = [Sheet(page, self.document.get_page_label(n)) for n, page in enumerate(self.document)]
        return [(sheet.letters, sheet.pictures) for sheet in sheets if sheet.folio.isdigit()]

    def letters(self, *sizes: float) -> Iterator[Letter]:
        """Letters of these sizes, in units."""
        for letters, _ in self.pages:
            yield from (k for k in letters if any(abs(k.size / self.unit - size) < 0.004 for size in sizes))

    def off_grid(self, y: float) -> float:
        """How far something stands from the nearest baseline of the text."""
        line = (y - self.head) / self.unit - self.baseline
        return abs(line - round(line)) * self.unit


PAIRS = ((LOW, HIGH), (DEEP, SHALLOW))


@pytest.fixture(
    scope="module",
    params=[(name, *pair) for name in DRAWN for pair in PAIRS],
    ids=lambda param: f"{param[0]} in {param[1].name} and {param[2].name}",
)
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Book:
    layout, text, captions = request.param
    trim = {"reportage": "210x270mm", "reader": "us-trade"}[layout]
    root = tmp_path_factory.mktemp("optics")
    for family in (text, captions):
        family.cast(root / "assets/fonts")
    picture(root / "assets/photos/a.png", 900, 600)
    picture(root / "assets/photos/b.png", 600, 900)
    (root / "book").mkdir()
    (root / "book/rags.md").write_text(CHAPTER, encoding="utf-8")
    (root / "book/publication.yaml").write_text(
        f"title: The Book\nlanguage: en\nlayout: {layout}\nfonts: {{text: {text.name}, captions: {captions.name}}}\n"
        f"editions: {{pdf: {{format: pdf, trim: {trim}, image_ppi: 72}}}}\n",
        encoding="utf-8",
    )
    report = production.build(production.Order(root, ("pdf",), source_date=DATE))
    assert not {f.id for f in report.findings} & {"page-engine", "note-lost", "note-apart"}
    manifest = design.find_layout(layout, root, Place("x")).manifest
    paper = grid_for(PdfEdition(format="pdf", trim=trim), manifest.papers).paper
    return Book(pypdfium2.PdfDocument(report.products[0].path), paper, layout, text, captions)


def slow(test: Callable[..., None]) -> Callable[..., None]:
    return pytest.mark.slow(pytest.mark.xdist_group("optics")(test))


@slow
def test_text_stands_on_the_grid(book: Book) -> None:
    """In `reader`, so do the smaller quotations."""
    text = list(book.letters(TEXT, *[0.6667] * (book.layout == "reader")))
    assert len(text) > 1000
    assert max(book.off_grid(letter.y) for letter in text) < 0.2


@slow
def test_pictures_stand_on_a_line_and_reach_up_to_the_capitals_of_another(book: Book) -> None:
    frames = [frame for _, pictures in book.pages for frame in pictures]
    assert len(frames) == 6
    for frame in frames:
        assert book.off_grid(frame.bottom) < 0.2
        assert book.off_grid(frame.top + book.text.cap * TEXT * book.unit) < 0.2


@slow
def test_captions_share_a_baseline_with_the_text_beside_them(book: Book) -> None:
    """One in the margin ends on its picture's foot; one below begins on a line of the text."""
    beside, below = 0, 0
    for letters, pictures in book.pages:
        small = [k for k in letters if abs(k.size / book.unit - SMALL) < 0.004]
        for frame in pictures:
            left = [k for k in small if k.x < frame.left and frame.top < k.y < frame.bottom + 1]
            beneath = [k for k in small if frame.left - 1 < k.x < frame.right]
            under = [k for k in beneath if 1 < k.y - frame.bottom < 1.5 * book.unit]
            if left:
                assert max(k.y for k in left) == pytest.approx(frame.bottom, abs=0.2)
                beside += 1
            elif under:
                assert book.off_grid(min(k.y for k in under)) < 0.2
                below += 1
    assert (beside, below) == ((1, 5) if book.layout == "reportage" else (0, 6))


@slow
def test_notes_end_on_the_last_line(book: Book) -> None:
    size = {"reportage": SMALL, "reader": 0.6}[book.layout]
    noted = 0
    for letters, _ in book.pages:
        notes = [k.y for k in letters if abs(k.size / book.unit - size) < 0.004 and k.y < book.last_line + 1]
        if notes and max(notes) > book.last_line - book.unit / 2:
            assert max(notes) == pytest.approx(book.last_line, abs=0.2)
            noted += 1
    assert noted == 2


@slow
def test_running_heads_and_folios_stand_on_the_grid(book: Book) -> None:
    outside = [k for letters, _ in book.pages for k in letters if k.y < book.head or k.y > book.last_line + 1]
    assert len(outside) > 5
    assert max(book.off_grid(letter.y) for letter in outside) < 0.2


@slow
def test_a_drop_capital_reaches_from_the_third_line_up_to_the_capitals_of_the_first(book: Book) -> None:
    if book.layout == "reader":
        [capital] = book.letters(TEXT + 2 / book.text.cap)
        assert book.off_grid(capital.y) < 0.2
        opening, _ = book.pages[0]
        first = min(k.y for k in opening if abs(k.size / book.unit - TEXT) < 0.004)
        assert capital.y - first == pytest.approx(2 * book.unit, abs=0.2)
