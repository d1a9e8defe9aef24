"""Odd pages: unusual content is set legibly or reported; nothing is outside the page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import measuring
import pypdfium2
import pytest
from conftest import Publish, ids, picture
from measuring import Letter

from pressroom import production

DATE = dt.datetime(2024, 5, 3, tzinfo=dt.UTC)
POINT = 72 / 25.4
EDGE = 9 * POINT
"""No letter stands nearer to the edge of a page than that."""
MILL = (
    "The mill stood where the river narrows, and for as long as anyone could remember it had made paper of rags. They "
    "came down from the towns in carts, sorted by women who sat at long tables and cut away buttons and hooks.\n\n"
)
PLACEMENTS = ("column", "wide", "page", "inset", "bleed", "spread", "opener")
SPEECH = "Begun " + " ".join(f"word{n}" for n in range(198)) + " ended."
"""A caption of two hundred words."""
COMPOUND = "Donaudampfschifffahrts" * 8
"""A word longer than any line."""


def figure(placement: str, number: int = 0, caption: str = "A caption.") -> str:
    return f"![Alt](p{number % 3}.png){{.{placement}}}\n{caption}\n\n"


def table(columns: int, cell: str) -> str:
    rows = [[f"Head{n}" for n in range(columns)], ["---"] * columns, *[[f"{n} {cell}" for n in range(columns)]] * 3]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows) + "\n"


ODD = {
    "a title of one word": "# Mill\n\nText.\n",
    "a title of thirty words": f"# {' '.join(['thirty'] * 30)}\n\n{MILL}",
    "one line": "# One line\n\nText.\n",
    **{f"begins with a figure, {p}": f"# Begins {p}\n\n{figure(p)}{MILL * 3}" for p in PLACEMENTS},
    **{f"ten figures, {p}": f"# Ten {p}\n\n{''.join(figure(p, n) for n in range(10))}" for p in PLACEMENTS[:6]},
    **{
        f"a caption of 200 words, {p}, {n}": f"# Speech {p} {n}\n\n{MILL * 3}{figure(p, n, SPEECH)}{MILL * 4}"
        for p in PLACEMENTS
        for n in (0, 1)
    },
    "a caption of 200 words, gallery": (
        f"# Gallery\n\n::: gallery\n![Alt](p0.png)\n{SPEECH}\n\n![Alt](p1.png)\nShort.\n\n{SPEECH}\n:::\n\n{MILL}"
    ),
    "a table of many columns": f"# Table\n\n{MILL}{table(22, 'tonnes')}{MILL}",
    "a table with long words": f"# Words\n\n{MILL}{table(2, COMPOUND)}{MILL}",
    "a table with code": f"# Code\n\n{MILL}{table(2, '`' + 'x' * 90 + '`')}{MILL}",
    "a table in a list": f"# List\n\n- Item\n\n  {table(18, 'tonnes').replace(chr(10), chr(10) + '  ')}\n\n{MILL}",
    "a long word in a title": f"# {COMPOUND}\n\n{MILL * 20}",
    "a long word in a text": f"# Text\n\n{MILL}{COMPOUND} {MILL}- {COMPOUND}\n\n> {COMPOUND}\n\n{COMPOUND}[^1]\n\n"
    f"[^1]: {COMPOUND}\n",
    "a long word in captions": f"# Captions\n\n{figure('column', 0, COMPOUND)}{figure('inset', 1, COMPOUND)}{MILL * 3}",
    "a long word in boxes": f"# Boxes\n\n::: sidebar {COMPOUND}\n{COMPOUND}\n:::\n\n::: pullquote\n{COMPOUND}\n:::\n\n"
    f"::: timeline\n{COMPOUND}\n: Short.\n\n1999\n: {COMPOUND}\n:::\n\n{MILL}",
    "a long line of code": f"# Lines\n\n```\n{'y' * 200}\n```\n\nhttps://example.org/{'path/' * 40}\n",
}
TOLD = {name: "caption-long" for name in ODD if name.startswith("a caption of")} | {
    name: "table-wide" for name in ODD if name.startswith("a table")
}
"""Their findings; all other pages have none."""


@dataclass(frozen=True)
class Printed:
    """The book of odd chapters on one paper."""

    document: pypdfium2.PdfDocument
    told: dict[str, set[str]]
    """The ids of findings by the names of chapters."""

    def pages(self) -> Iterator[tuple[str, list[Letter], list[measuring.Frame]]]:
        """The pages behind the cover: what each is called, its letters, its pictures."""
        for n, page in enumerate(self.document):
            if n:
                letters, pictures = list(measuring.letters(page)), list(measuring.pictures(page))
                yield self.document.get_page_label(n), letters, pictures


@pytest.fixture(
    scope="module", params=[("reportage", "210x270mm"), ("reportage", "a5"), ("reader", "us-trade")], ids=str
)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    layout, trim = request.param
    root = tmp_path_factory.mktemp("odd")
    (root / "book").mkdir()
    files = {f"{n:02}.md": name for n, name in enumerate(ODD)}
    for file, name in files.items():
        (root / "book" / file).write_text(ODD[name], "utf-8")
    edition = f"editions: {{pdf: {{format: pdf, trim: {trim}}}}}"
    settings = f"title: T\nlanguage: de\nlayout: {layout}\nlayout_options: {{chapters: next}}\n{edition}\n"
    (root / "book/publication.yaml").write_text(settings, "utf-8")
    for n, (width, height) in enumerate(((300, 200), (200, 300), (240, 240))):
        picture(root / f"assets/photos/p{n}.png", width, height)
    report = production.build(production.Order(root, source_date=DATE))
    assert report.products, [f for f in report.findings if str(f.severity) == "error"]
    told: dict[str, set[str]] = {name: set() for name in ODD}
    for finding in report.findings:
        if Path(finding.place.file).name in files:
            told[files[Path(finding.place.file).name]].add(finding.id)
    return Printed(pypdfium2.PdfDocument(report.products[0].path), told)


@pytest.mark.slow
def test_nothing_is_printed_off_the_page(printed: Printed) -> None:
    width, height = printed.document[0].get_size()
    for label, letters, _ in printed.pages():
        off = [one for one in letters if not (EDGE < one.x < width - EDGE and EDGE < one.y < height - EDGE)]
        assert not off, label


@pytest.mark.slow
def test_no_letter_overlaps_a_picture_or_another_letter(printed: Printed) -> None:
    for label, letters, pictures in printed.pages():
        assert not [one for one in letters if any(frame.holds(one) for frame in pictures)], label
        places: dict[tuple[float, float], int] = {}
        for n, one in enumerate(letters):
            first = places.setdefault((round(one.x), round(one.y)), n)
            assert n - first < 4, (label, one)  # a ligature is told as its letters, all at one place


@pytest.mark.slow
def test_every_word_is_printed(printed: Printed) -> None:
    text = ""
    for _, letters, _ in printed.pages():
        for before, one in pairwise((Letter("", 0, 0, 0), *letters)):
            text += one.text if abs(one.y - before.y) < 0.1 else f" {one.text}"
    speeches = len(PLACEMENTS) * 2 + 2
    for n in range(198):
        assert len(re.findall(f"word{n}(?!\\d)", text)) == speeches
    assert text.count("ended.") == speeches
    for n in range(13):
        assert len(re.findall(f"{n} ?t ?o ?n ?n ?e ?s", text)) >= 3
    assert text.count("x" * 30) >= 6


@pytest.mark.slow
def test_what_could_not_be_set_well_is_reported(printed: Printed) -> None:
    kinds = {"table-wide", "caption-long", "page-engine", "note-lost"}
    assert {name: told & kinds for name, told in printed.told.items()} == {
        name: {TOLD[name]} if name in TOLD else set() for name in ODD
    }


@pytest.mark.slow
def test_a_table_that_no_page_can_hold_stops_its_edition(publication: Publish) -> None:
    settings = "title: T\nlanguage: en\neditions: {screen: {format: pdf, trim: a5}}\n"
    root = publication({"book/a.md": f"# A\n\n{table(90, 'tonnes')}"}, settings=settings)
    report = production.build(production.Order(root, source_date=DATE))
    assert "table-wide" in ids(report.findings)
    assert not report.products


@pytest.mark.slow
def test_a_layout_that_lacks_a_template_is_reported_with_its_name_and_what_to_do(publication: Publish) -> None:
    folder = Path(__file__).parents[1] / "layouts/reportage"
    lacking = "chapter.xhtml.j2"
    files = {f"layouts/mine/{file.name}": file.read_text("utf-8") for file in folder.iterdir() if file.name != lacking}
    settings = "title: T\nlanguage: en\nlayout: mine\neditions: {ebook: {format: epub}}\n"
    report = production.check(production.Order(publication(files, settings=settings)))
    (finding,) = [f for f in report.findings if f.severity.value == "error"]
    assert (finding.id, str(finding.place)) == ("template-missing", "layouts/mine")
    assert "“mine”" in finding.message
    assert lacking in finding.message
    assert "layouts/mine" in finding.remedy
    assert "extends: reportage" in finding.remedy


@pytest.mark.slow
@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("accent: 12", "value-wrong"),
        ("accent: [red]", "value-wrong"),
        ("captions: yes", "value-unknown"),
        ("chapter_numbers: seven", "value-wrong"),
        ("binding: wide", "value-wrong"),
        ("binding: {inner: 3mm}", "value-wrong"),
        ("captions:", "value-wrong"),
    ],
)
@pytest.mark.parametrize("layout", ["reportage", "reader"])
def test_an_option_of_the_wrong_type_is_reported_where_it_stands(
    publication: Publish, layout: str, option: str, told: str
) -> None:
    settings = f"title: T\nlanguage: en\nlayout: {layout}\nlayout_options:\n  {option}\n"
    report = production.check(
        production.Order(publication(settings=f"{settings}editions: {{ebook: {{format: epub}}}}\n"))
    )
    faults = [f for f in report.findings if f.severity.value == "error"]
    assert [(f.id, f.place.line) for f in faults] == [(told, 5)]
