"""The layout `reader`: a book of text. Its pages are measured as a printer would, with a ruler and a loupe."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from conftest import picture
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from measuring import BASELINE, DATE, Bound, Letter, bind
from validators import epubcheck

from pressroom import design, production
from pressroom.design.openings import SHORTEST, initial_of, with_opening
from pressroom.errors import Place, Source
from pressroom.manuscript import markup
from pressroom.manuscript.prose import ProseWriter
from pressroom.manuscript.references import Labels
from pressroom.publication import COLUMN, Block, Box, Figure, Heading, Prose

Factory = Callable[..., Path]
HERE = Path(__file__).parent
SETTINGS = "title: The Book\nlanguage: en\nlayout: reader\n"
MILL = (
    "The mill stood where the river narrows, and for as long as anyone could remember it had made paper of rags. They "
    "came down from the towns in carts, sorted by women who sat at long tables and cut away buttons, hems and hooks; "
    "then they lay in vats until they no longer knew that they had been shirts."
)
TEXT, EXTRACT, QUOTE, NOTE, FOOTNOTE = 0.7408, 0.6667, 0.8642, 0.6415, 0.6
"""Sizes of type, in units: text, quotations and letters, subtitles and pull quotes, tables and folios, notes."""
TITLES = (1.4816, 0.9877, 1.9755, 2.4693)
"""Sizes of the titles of chapters, lists, parts and the book."""
INITIAL = 3.726
"""A capital of three lines."""


# ---- the book that is measured


def chapters() -> dict[str, str]:
    """A manuscript with every construct."""
    long = "\n\n".join([MILL, MILL, MILL])
    verse = "{.poem}\n> Boards, and a hat,\n> and the moon in its pieces\n>\n> Call as you like\n\n"
    letter = f"{{.letter}}\n> {{.dateline}}\n> Upper Mill\n>\n> Dear brother,\n>\n> {MILL}\n>\n> — M.\n\n"
    aside = f"::: sidebar Rags\n{MILL}[^s]\n:::\n\n::: pullquote\nThey had been shirts.\n:::\n\n"
    dates = "::: timeline\n1742\n: The first mill.\n\nThe third of November, in the evening\n: The flood.\n:::\n\n"
    table = f"| Rags | Pounds |\n|---|--:|\n| {MILL[:120]} | 12 |\n| blue | 3 |\n\n"
    lists = "- one\n  - inner\n- two\n\n1. first\n2. second\n\nTerm\n: Meaning.\n\n```\ncode\n```\n\n"
    words = f"{MILL} A `word` of code, *and* **more**.[^a]\n\n> {MILL}\n>\n> — *Ordinances*\n\n---\n\n"
    figures = ""
    for n, placement in enumerate(("", ".wide", ".page", ".inset", ".spread", ".bleed"), 1):
        caption = f"MARK{n} " + "and more to say of it " * (n * 5)
        figures += f'![Alt](p{n % 2}.png){{{placement} credit="A. Photographer"}}\n{caption}.\n\n{MILL}\n\n'
    gallery = "::: gallery\n![Alt](p0.png)\nMARK7.\n\n![Alt](p1.png)\nMARK8.\n\nBoth.\n:::\n\n"
    bare = "![Alt](p0.png)\n\n"
    notes = f"[^a]: A note. {MILL}\n\n    And a second paragraph.\n\n[^s]: From a sidebar.\n"
    return {
        "preface.md": f"---\ntitle: Preface\nrole: preface\n---\n\n{long}\n",
        "all.md": "---\ntitle: All\nsubtitle: One of each\nauthor: A. Writer\n---\n\n"
        f"::: epigraph\n> Water.\n>\n> — *Song*\n:::\n\n{words}{verse}{letter}## Head\n\n### Lower\n\n{MILL}\n\n"
        f"{aside}{dates}{table}{lists}{long}\n\n{notes}",
        "pictures.md": f"# Pictures\n\n{long}\n\n{figures}{gallery}{MILL}\n\n{bare}{MILL}\n",
    }


def edition(trim: str) -> str:
    return f"editions: {{pdf: {{format: pdf, trim: {trim}, image_ppi: 72}}}}\n"


@pytest.fixture(scope="module", params=["us-trade", "a5", "210x270mm"])
def bound(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bound:
    root = tmp_path_factory.mktemp("reader")
    for name, text in chapters().items():
        (root / "book").mkdir(exist_ok=True)
        (root / "book" / name).write_text(text, encoding="utf-8")
    order = (
        "chapters: [preface.md, {part: Words, chapters: [all.md, pictures.md]}, {generated: [photographs, colophon]}]\n"
    )
    (root / "book/publication.yaml").write_text(SETTINGS + order + edition(request.param), encoding="utf-8")
    picture(root / "assets/photos/p0.png", 900, 600)
    picture(root / "assets/photos/p1.png", 600, 900)
    return bind(root, request.param)


measured = [pytest.mark.slow, pytest.mark.xdist_group("reader")]


def slow(test: Callable[..., None]) -> Callable[..., None]:
    for mark in measured:
        test = mark(test)
    return test


# ---- what a ruler finds


@slow
def test_the_page_engine_reports_nothing(bound: Bound) -> None:
    assert not {"page-engine", "note-lost", "note-apart"} & bound.ids


@slow
def test_all_text_stands_on_one_grid(bound: Bound) -> None:
    counted = 0
    for n, page in bound.pages():
        if page.folio == "iii":
            continue  # the title page is composed, not set
        for letter in bound.letters(page, TEXT, EXTRACT, QUOTE, NOTE):
            assert bound.off_grid(letter) < 0.2, (n, letter)
            counted += 1
    assert counted > 5000


@slow
def test_pictures_stand_on_a_line_of_the_text(bound: Bound) -> None:
    found = 0
    for _, page in bound.pages():
        if not page.full_pictures:
            for frame in page.pictures:
                foot = Letter("", frame.left, frame.bottom, 0)
                assert bound.off_grid(foot) < 0.2
                found += 1
    assert found == 7


@slow
def test_the_last_note_ends_on_the_last_line_of_the_page(bound: Bound) -> None:
    last = bound.head + (bound.paper.lines - 1 + BASELINE) * bound.unit
    noted = [page for _, page in bound.pages() if "A note." in page.words or "From a sidebar." in page.words]
    assert noted
    for page in noted:
        foot = max(letter.y for letter in bound.letters(page, FOOTNOTE) if letter.y < last + bound.unit)
        assert foot == pytest.approx(last, abs=0.2)


@slow
def test_nothing_stands_outside_the_type_area_but_heads_and_folios(bound: Bound) -> None:
    for n, page in bound.pages():
        area = bound.type_area(n)
        for letter in bound.letters(page):
            assert area.left - 0.5 <= letter.x <= area.right + 0.5, (n, letter)
            line, lines = bound.line(letter), bound.paper.lines
            assert -0.1 <= line <= lines - 1 + 0.1 or round(line, 1) in (-2, lines + 1), (n, letter)
        for frame in page.pictures:
            inside = area.left - 0.5 <= frame.left and frame.right <= area.right + 0.5
            assert inside or page.full_pictures


@slow
def test_no_letter_is_printed_over_a_picture(bound: Bound) -> None:
    for n, page in bound.pages():
        frames = page.pictures
        assert not [letter for letter in bound.letters(page) if any(f.holds(letter) for f in frames)], n


@slow
def test_captions_stand_with_their_pictures(bound: Bound) -> None:
    """That of a picture that fills a page stands on one beside it, that of two pages on the one before."""
    full: list[int] = []
    captions: dict[int, list[str]] = {}
    for n, page in bound.pages(str.isdigit):
        if "photographs" in page.words.lower():
            break
        captions[n] = re.findall(r"MARK(\d)", page.words)
        if page.full_pictures:
            full.append(n)
        else:
            here = [mark for mark in captions[n] if mark not in "56"]
            bare = not here and "MARK" not in page.words  # the last one has no caption
            assert len(page.pictures) in ((0, 1) if bare else (len(here),)), n
    assert sorted(mark for marks in captions.values() for mark in marks) == list("12345678")
    where = {mark: n for n, marks in captions.items() for mark in marks}
    spread = [n for n in full if n + 1 in full]
    assert spread and spread[0] % 2, "it begins on a verso"
    assert where["5"] == spread[0] - 1 or where["5"] == spread[0] - 2
    assert where["6"] - 1 in full


@slow
def test_left_and_right_pages_mirror_each_other_with_the_wider_margin_outside(bound: Bound) -> None:
    width = bound.sheets[2].width
    outer = width - bound.inner - bound.measure
    assert outer > 1.5 * bound.inner
    sides = set()
    for n, page in bound.pages(str.isdigit):
        text = list(bound.letters(page, TEXT))
        if len(text) > 500:
            expected = bound.inner if n % 2 == 0 else outer
            assert min(letter.x for letter in text) == pytest.approx(expected, abs=1)
            sides.add(n % 2)
    assert sides == {0, 1}


@slow
def test_heads_are_missing_where_a_chapter_opens_and_where_there_is_no_text(bound: Bound) -> None:
    heads = []
    for n, page in bound.pages():
        head = "".join(letter.text for letter in bound.letters(page) if letter.y < bound.head).lower()
        if any(bound.letters(page, *TITLES)) or not page.words or page.full_pictures or "MARK3" in page.words:
            assert not head, n
        elif any(bound.letters(page, TEXT)):
            assert head in (("thebook",) if n % 2 else ("preface", "all", "pictures")), n
            heads.append(head)
    assert {"thebook", "all"} <= set(heads)


@slow
def test_folios_stand_outside(bound: Bound) -> None:
    below = bound.head + (bound.paper.lines + 1) * bound.unit
    for n, page in bound.pages(str.isdigit):
        folio = [letter for letter in bound.letters(page) if letter.y > below]
        if folio:
            assert "".join(letter.text for letter in folio) == page.folio
            area = bound.type_area(n)
            edge = folio[0].x - area.left if n % 2 else area.right - folio[-1].x - folio[-1].size / 2
            assert edge == pytest.approx(0, abs=1.5)


@slow
def test_every_line_of_verse_begins_at_its_own(bound: Bound) -> None:
    starts = {}
    for _, page in bound.pages(str.isdigit):
        lines = groupby(bound.letters(page, TEXT), lambda letter: round(letter.y, 1))
        rows = [list(row) for _, row in lines]
        for row in rows:
            text = "".join(letter.text for letter in row)
            if text.startswith(("Boards", "andthemoon", "Callasyou")):
                starts[text[:6]] = round(row[0].x - rows[0][0].x, 1)
    assert len(starts) == 3


# ---- how a chapter begins


@pytest.mark.parametrize(
    ("text", "marks", "letter"),
    [
        ("The mill", "", "T"),
        ("“We shall", "“", "W"),
        ("„Anna", "„", "A"),
        ("«Лес", "«", "Л"),
        ("«\u202fL’été", "«\u202f", "L"),
        ("« Été", "« ", "É"),
        ("Émile", "", "É"),
        ("E\u0301mile", "", "E\u0301"),
        ("Ըստ", "", "Ը"),
        ("¿Qué", "¿", "Q"),
        ("‘’Twas", "‘’", "T"),
        ("Ǆemal", "", "Ǆ"),
        ("A", "", "A"),
        ("— Où", "", ""),
        ("1911", "", ""),
        ("مرحبا", "", ""),
        ("הטחנה", "", ""),
        ("iris", "", ""),
        ("“", "", ""),
        ("&amp; so", "", ""),
        ("", "", ""),
    ],
)
def test_an_initial_is_the_first_capital_with_its_accents(text: str, marks: str, letter: str) -> None:
    assert initial_of(text) == (marks, letter)


def prose(xhtml: str) -> Prose:
    return Prose(xhtml, Place("book/a.md"))


def opened(*blocks: Block) -> list[str]:
    made = with_opening(blocks, lambda letter: 0.2 if letter == "Q" else 0.0)
    return [block.xhtml for block in made if isinstance(block, Prose)]


def test_only_the_first_paragraph_opens_a_chapter() -> None:
    first, second = opened(prose(f"<p>{MILL}</p>"), prose(f"<p>{MILL}</p>"))
    assert first.startswith('<p class="first"><span class="initial">T</span>he mill')
    assert second == f"<p>{MILL}</p>"


def test_a_chapter_opens_after_an_epigraph_or_a_picture_and_not_after_a_heading() -> None:
    epigraph = Box("epigraph", (prose("<p>Water.</p>"),), Place("x"))
    figure = Figure("f", "1", "", "", None, "", COLUMN, Place("x"))
    assert "first" in opened(epigraph, figure, prose(f"<p>{MILL}</p>"))[0]
    heading = Heading("h", 2, "Head", "Head", Place("x"))
    assert "first" not in opened(heading, prose(f"<p>{MILL}</p>"))[0]
    assert opened(prose("<ul><li>One</li></ul>")) == ["<ul><li>One</li></ul>"]
    assert opened() == []


@pytest.mark.parametrize(
    ("start", "initial"),
    [
        ("“We", '<span class="initial"><span class="mark">“</span>W</span>e'),
        ("Quiet", '<span class="initial deep">Q</span>uiet'),
        ("<strong>Bold</strong>", '<strong><span class="initial">B</span>old</strong>'),
        ('<span class="lead-in">In the</span>', '<span class="lead-in"><span class="initial">I</span>n the</span>'),
        ("<em>Italic</em>", ""),
        ('<a class="noteref" href="#n">1</a>Text', ""),
        ("<code>X</code>", ""),
    ],
)
def test_an_initial_is_found_inside_markup_but_not_in_italics(start: str, initial: str) -> None:
    [made] = opened(prose(f"<p>{start} {MILL}</p>"))
    assert made.startswith('<p class="first">')
    assert (initial in made) if initial else ("initial" not in made)


def test_a_paragraph_too_short_for_a_drop_capital_has_none() -> None:
    assert "initial" not in opened(prose("<p>Short.</p>"))[0]
    assert 'class="first"' in opened(prose("<p>Short.</p>"))[0]


@given(st.text("AÉ“„«Ը—1q \u00a0<>&", max_size=8))
def test_no_letter_is_lost_or_moved_by_an_opening(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    [made] = opened(prose(f"<p>{escaped}{'x' * SHORTEST}</p>"))
    assert "".join(etree.fromstring(made).itertext()) == text + "x" * SHORTEST


@slow
def test_a_drop_capital_hangs_from_the_first_line_and_stands_on_the_third(tmp_path: Path) -> None:
    """Beside it stand three lines, or four where the letter has a tail."""
    starts = ["The", "“We", "Émile", "«Лес", "Ölvez", "Quiet,", "A", "Ընդ"]
    (tmp_path / "book").mkdir()
    for n, start in enumerate(starts):
        (tmp_path / f"book/{n}.md").write_text(f"# C{n}\n\n{start} {MILL[4:]}\n", encoding="utf-8")
    (tmp_path / "book/publication.yaml").write_text(SETTINGS + edition("us-trade"), encoding="utf-8")
    book = bind(tmp_path, "us-trade")
    pages = [page for _, page in book.pages(str.isdigit) if page.words]
    assert len(pages) == len(starts)
    for start, page in zip(starts, pages, strict=True):
        [capital] = book.letters(page, INITIAL)
        assert capital.text in start
        assert book.off_grid(capital) < 0.2
        text = [k for k in book.letters(page, TEXT) if k.text not in "“«"]
        rows = [min(k.x for k in row) for _, row in groupby(text, lambda letter: round(letter.y, 1))]
        first = min(k.y for k in text)
        assert capital.y - first == pytest.approx(2 * book.unit, abs=0.2)
        beside = 4 if start == "Quiet," else 3
        assert [x > book.inner + book.unit for x in rows] == [n < beside for n in range(len(rows))]


# ---- blocks and editions


@pytest.mark.slow
@given(st.text("ab*_ \\\n<>/br&[]`", max_size=40))
def test_any_verse_is_written_well_formed(text: str) -> None:
    typed = "{.poem}\n" + "\n".join(f"> {line}" for line in text.split("\n"))
    written = ProseWriter(Source("a.md", typed), "c", Labels()).blocks(markup.parse(typed).children)
    root = etree.fromstring(f"<div>{written}</div>")
    assert {child.tag for child in root} <= {"blockquote", "p", "pre", "ul", "hr", "h1", "h2", "ol", "dl"}


@pytest.mark.slow
def test_a_break_at_the_head_or_foot_of_a_page_shows(publication: Factory) -> None:
    breaks = 14
    text = f"# A\n\n{'---'.join([f'{chr(10) * 2}{MILL}{chr(10) * 2}'] * (breaks + 1))}"
    root = publication({"book/a.md": text}, settings=SETTINGS + edition("a5"))
    book = bind(root, "a5")
    assert sum(page.words.count("*") for page in book.sheets) == 3 * breaks


@pytest.mark.slow
def test_text_from_right_to_left_is_laid_out(publication: Factory) -> None:
    hebrew = "הטחנה עמדה במקום שבו הנהר נעשה צר, ומאז שזכרו אנשים עשו בה נייר מסמרטוטים. " * 6
    text = f"# הטחנה\n\n{hebrew}[^1]\n\n{{.poem}}\n> אחת\n> שתיים\n\n::: timeline\n1994\n: מים\n:::\n\n[^1]: הערה.\n"
    settings = SETTINGS.replace("language: en", "language: he") + edition("us-trade")
    report = production.build(production.Order(publication({"book/a.md": text}, settings=settings), source_date=DATE))
    assert not {"page-engine", "note-lost"} & {f.id for f in report.findings}
    assert report.products


@slow
def test_notes_stay_with_their_calls(publication: Factory) -> None:
    paragraphs = "\n\n".join(f"{MILL}[^{n}]" if n % 4 == 1 else MILL for n in range(40))
    notes = "\n".join(f"[^{n}]: {MILL}" for n in range(1, 40, 4))
    root = publication({"book/a.md": f"# A\n\n{paragraphs}\n\n{notes}\n"}, settings=SETTINGS + edition("a5"))
    assert "note-apart" not in bind(root, "a5").ids


def test_no_role_of_reportage_is_forgotten() -> None:
    """Roles of type stand in whole files: a class that one layout knows, the other must too, or wants for nothing."""

    def classes(layout: str) -> set[str]:
        found = design.find_layout(layout, Path("/nowhere"), Place("x"))
        text = "".join(found.style(name)[0].css for name in ("shared.css", "screen.css", "ebook.css"))
        return set(re.findall(r"\.([a-z][a-z-]*)", re.sub(r"/\*.*?\*/|\{[^{}]*\}", "", text, flags=re.DOTALL)))

    assert classes("reportage") <= classes("reader")


@slow
def test_the_ebook_passes_epubcheck(publication: Factory) -> None:
    files = {f"book/{name}": re.sub(r"\(p[01]\.png\)", "()", text) for name, text in chapters().items()}
    report = production.build(
        production.Order(
            publication(files, settings=SETTINGS + "editions: {ebook: {format: epub}}\n"), source_date=DATE
        )
    )
    assert list(map(str, epubcheck(report.products[0].path))) == []


@pytest.mark.slow
@pytest.mark.parametrize("initials", ["drop", "small", "none"])
def test_a_publication_chooses_how_its_chapters_open(publication: Factory, initials: str) -> None:
    settings = SETTINGS + f"layout_options: {{initials: {initials}}}\n" + edition("us-trade")
    book = bind(publication({"book/a.md": f"# A\n\n{MILL}\n"}, settings=settings), "us-trade")
    [page] = [page for _, page in book.pages(str.isdigit) if page.words]
    assert len(list(book.letters(page, INITIAL))) == (initials == "drop")
    first = min(letter.y for letter in book.letters(page, TEXT))
    line = [letter.x for letter in book.letters(page, TEXT) if letter.y == first]
    # The letters of small capitals are further apart: fewer of them fill the measure.
    assert (len(line) < 50) == (initials != "none")
