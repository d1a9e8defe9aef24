"""Faults that readers of whole books have found: lists, headings of lower levels, notes, openings, contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from conftest import Publish, laid_out, read
from pages_laid_out import LaidChapter, lay_out_unit, words

from pressroom.design import EditionInHand, find_layout
from pressroom.design.composition import ContentsEntry
from pressroom.errors import Place
from pressroom.typeset import engine
from pressroom.typeset.boxes import BoxAppearance, LaidBox, PageBoxes, TextAppearance
from pressroom.typeset.page_references import references_of
from pressroom.xhtml import XHTML, text_of

pytestmark = pytest.mark.slow

SETTINGS = "title: T\nlanguage: en\nlayout: %s\neditions: {print: {format: pdf, trim: %s}}\n"
PAPERS = [("reader", "6x9in"), ("reader", "a5"), ("reportage", "210x270mm"), ("reportage", "a5")]
papers = pytest.mark.parametrize(("layout", "trim"), PAPERS)


def chapter(publication: Publish, text: str, layout: str = "reader", trim: str = "6x9in") -> LaidChapter:
    return lay_out_unit(publication({"book/a.md": f"# A\n\n{text}"}, SETTINGS % (layout, trim)))


# ---- lists and headings


@papers
@pytest.mark.parametrize(("item", "marker"), [("- Blank lines", "•"), ("1. First", "1.")])
def test_a_list_item_stands_clear_of_its_bullet(
    publication: Publish, layout: str, trim: str, item: str, marker: str
) -> None:
    made = chapter(publication, f"Text.\n\n{item}\n", layout, trim)
    word, mark = made.set(item.split(" ")[1]), made.set(marker)
    assert 0.7 < (word.left - mark.left) / word.type.size < 1.5


@papers
def test_headings_of_every_level_stand_alike(publication: Publish, layout: str, trim: str) -> None:
    levels = range(2, 6)
    text = "Text.\n\n" + "\n\n".join(f"{'#' * n} Level {n}\n\nText {n}." for n in levels)
    made = chapter(publication, text, layout, trim)
    heads = {n: made.set(f"Level {n}") for n in levels}
    below = {n: made.set(f"Text {n}").baseline - heads[n].baseline for n in levels}
    at = {n: round(_centre(heads[n]) if layout == "reader" else heads[n].left, 1) for n in levels}
    assert len(set(at.values())) == 1
    assert len({round(distance, 1) for distance in below.values()}) == 1


@papers
def test_headings_of_neighbouring_levels_are_told_apart(publication: Publish, layout: str, trim: str) -> None:
    made = chapter(publication, "Text.\n\n## Two\n\nText.\n\n### Three\n\nText.\n\n#### Four\n\nText.", layout, trim)
    looks = [made.set(name).type for name in ("Two", "Three", "Four")]
    assert len({(one.weight, one.style, one.properties) for one in looks}) == 3


# ---- notes

SENTENCE = "The river rises for days, and the people of the lower town carry what they own to the school on the hill. "


def words_of(made: LaidChapter) -> str:
    return " ".join(made.lines)


@papers
def test_the_blocks_of_a_note_stand_apart(publication: Publish, layout: str, trim: str) -> None:
    note = f"""[^1]: Begun. {SENTENCE}

    Second. {SENTENCE}

    - bullet
    - other

    | Head | Words |
    |---|---|
    | cell | more |

        code one
          code two
"""
    made = chapter(publication, f"Text.[^1]\n\n{note}", layout, trim)
    second, begun, page = made.set("Second"), made.set("Begun"), made.lines
    unit = made.set("Text").type.size
    assert second.left > made.set("Head").left + unit / 2
    assert any(box.text.startswith("  code two") for _, box in made.boxes)
    assert (made.set("cell").baseline, made.set("Head").left) == (made.set("more").baseline, made.set("cell").left)
    assert second.baseline > begun.baseline + 1
    assert {"bullet", "other", "code one", "code two"} <= {line.lstrip("•").strip() for line in page}


LONG = SENTENCE * 90
"""A note of 1900 words: more than a page of any layout."""


@papers
def test_a_note_longer_than_a_page_goes_on_and_no_other_is_lost(publication: Publish, layout: str, trim: str) -> None:
    text = f"{SENTENCE}\n\nBefore.[^x] And.[^y] {SENTENCE * 3}\n\nAfter. {SENTENCE * 9}\n\n"
    text += f"[^x]: Begun. {LONG} Ended.\n\n[^y]: Short."
    made = chapter(publication, text, layout, trim)
    found = words_of(made).replace("- ", "")
    assert [found.count(word) for word in ("Begun.", "Ended.", "Short.", "Before.", "After.")] == [1] * 5
    assert found.index("Before.") < found.index("Begun.") < found.index("Ended.") < found.index("Short.")
    assert {finding.id for finding in made.findings} <= {"note-apart"}  # “Short.” follows the end of the long one
    assert not list(overlaps(made))


def test_notes_called_in_one_line_that_have_no_room_together_are_all_there(publication: Publish) -> None:
    notes = "\n\n".join(f"[^{n}]: Begun{n}. {SENTENCE * (12 + n % 2)} Ended{n}." for n in range(5))
    made = chapter(publication, f"One[^0] two[^1] three[^2] four[^3] five.[^4]\n\n{SENTENCE * 30}\n\n{notes}")
    found = words_of(made)
    assert all(found.count(f"{word}{n}.") == 1 for n in range(5) for word in ("Begun", "Ended"))
    assert {finding.id for finding in made.findings} <= {"note-apart"}
    assert not list(overlaps(made))


def test_notes_of_a_few_lines_stay_at_the_foot(publication: Publish) -> None:
    notes = "\n\n".join(f"[^{n}]: Note {n}. {SENTENCE * 4}" for n in range(6))
    text = "\n\n".join(f"{SENTENCE * 4}[^{n}]" for n in range(6))
    assert chapter(publication, f"{text}\n\n{notes}").findings == ()


def test_notes_that_are_printed_over_the_text_are_an_error(
    publication: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "parting_notes", nullcontext)
    made = chapter(publication, f"{SENTENCE}\n\nBefore.[^x] {SENTENCE * 3}\n\n[^x]: {LONG}")
    assert "note-over-text" in [finding.id for finding in made.findings]


def overlaps(made: LaidChapter) -> Iterator[str]:
    """Lines of the text that are printed where notes are."""
    for page in made.pages:
        notes = min((box.top for box in page.boxes if box.kind == "notes" and box.children), default=page.height)
        for box in (box for box in page.boxes if box.kind not in ("notes", "margin")):
            yield from (words(each) for each in _lines(box) if each.top + each.area.height / 2 > notes)


def _lines(box: LaidBox) -> Iterator[LaidBox]:
    yield from [box] if box.kind == "line" and words(box).strip() else ()
    for child in box.children:
        yield from _lines(child)


def _centre(looks: TextAppearance) -> float:
    return looks.left + looks.width / 2


# ---- openings

MILL = SENTENCE * 4


@pytest.mark.parametrize(
    "start",
    [
        f"![A](p.png)\n\n{MILL}",
        f"![A](p.png)\nA caption.\n\n{MILL}",
        f"![A](p.png){{.inset}}\nA caption.\n\n{MILL}",
        f"::: gallery\n![A](p.png)\nA.\n\n![B](q.png)\nB.\n:::\n\n{MILL}",
        f"“{MILL}”",
        f"![A](p.png)\n\n“{MILL}”",
        f"[]{{#place}}{MILL}",
        f"[]{{#place}}“{MILL}”",
        f"[The river](https://example.org/) {MILL[10:]}",
        f"> Water.\n\n{MILL}",
        f"{{#intro}}\n{MILL}",
    ],
)
def test_a_chapter_has_its_initial_whatever_it_begins_with(publication: Publish, start: str) -> None:
    made = chapter(publication, f"{start}\n\n{MILL}")
    initial, line = made.set("T"), made.set("he")
    assert initial.type.size > 2 * line.type.size
    assert initial.left + initial.width < line.left + 0.1
    assert dict(line.type.properties)["font-variant-caps"] == "small-caps"


@pytest.mark.parametrize("lines", [4, 5, 9, 17])
def test_only_the_first_line_of_a_chapter_is_in_small_capitals(publication: Publish, lines: int) -> None:
    """The first paragraph begins so low that it goes on overleaf."""
    made = chapter(
        publication, f"![A](p.png){{aspect=1:1}}\n{'More. ' * 10 * (lines % 3)}\n\n{SENTENCE * lines}\n\n{MILL}"
    )
    assert len(made.pages) > 1
    small = [
        text for text, looks in made.letters if dict(looks.type.properties).get("font-variant-caps") == "small-caps"
    ]
    assert len(small) == 1
    assert made.lines.count("T") >= 1


# ---- contents

SECTIONS = "# One\n\nText.\n\n## A\n\nText.\n\n### B\n\nText.\n\n## C\n\nText.\n"
DEPTHS = {1: ["One", "Two"], 2: ["One", "A", "C", "Two"], 3: ["One", "A", "B", "C", "Two"]}


def sectioned(publication: Publish, depth: int, layout: str = "reader", ebook: str = "") -> Path:
    chapters = "chapters: [{part: P, chapters: [a.md]}, b.md]\n"
    settings = SETTINGS % (layout, "a5") if not ebook else "title: T\nlanguage: en\neditions: {print: {format: epub}}\n"
    asked = f"contents: {{depth: {depth}}}\n" if depth else ""
    return publication({"book/a.md": SECTIONS, "book/b.md": "# Two\n\nText."}, settings + chapters + asked)


@pytest.mark.parametrize("layout", ["reader", "reportage"])
@pytest.mark.parametrize("depth", [0, 1, 2, 3])
def test_printed_contents_list_what_is_asked_for(publication: Publish, layout: str, depth: int) -> None:
    made = lay_out_unit(sectioned(publication, depth, layout), "contents")
    titles = [
        words(box)
        for page, box in made.boxes
        if box.kind == "text" and (e := page.element(box)) and e.tag == "a" and not box.part
    ]
    assert [title for title in titles if title in ("One", "A", "B", "C", "Two")] == DEPTHS[depth or 1]
    if depth > 1:
        assert made.set("A").left > made.set("One").left
    assert made.findings == ()


@pytest.mark.parametrize(("depth", "expected"), [(0, DEPTHS[3]), (1, DEPTHS[1]), (2, DEPTHS[2]), (6, DEPTHS[3])])
def test_the_contents_of_an_ebook_go_as_deep(publication: Publish, depth: int, expected: list[str]) -> None:
    root = sectioned(publication, depth, ebook="epub")
    hand = EditionInHand(read(root).publication, "print", find_layout("reportage", root, Place("x")))
    composition = laid_out(hand)
    assert composition.navigation is not None
    toc = composition.navigation.root.find(f".//{XHTML}nav[@id='contents']")
    assert toc is not None
    assert [text_of(link) for link in toc.iter(f"{XHTML}a") if text_of(link) in DEPTHS[3]] == expected
    assert _titles(composition.contents) == ["P", *expected]


def _titles(entries: Iterable[ContentsEntry]) -> list[str]:
    return [title for entry in entries for title in (entry.title, *_titles(entry.children))]


def test_every_section_in_the_contents_has_its_page(publication: Publish) -> None:
    root = sectioned(publication, 2)
    composition = laid_out(EditionInHand(read(root).publication, "print", find_layout("reader", root, Place("x"))))
    unit = next(unit for unit in composition.units if unit.kind == "contents")
    asked = references_of(unit.document)
    assert len(asked) == 5  # the part, two chapters, two sections
    assert asked <= {id for unit in composition.units for id in unit.ids}


# ---- lists, sidebars, small capitals


def entries_on_pages(made: LaidChapter) -> list[int]:
    """How many entries of a list begin on each page."""
    found = [
        {
            page.element(box)
            for page_, box in made.boxes
            if page_ is page and box.kind == "text" and _is_entry(page, box)
        }
        for page in made.pages
    ]
    return [len(elements) for elements in found]


def _is_entry(page: PageBoxes, box: LaidBox) -> bool:
    element = page.element(box)
    return element is not None and element.tag == "a" and not box.part


def listed(publication: Publish, kind: str, layout: str, count: int) -> LaidChapter:
    settings = SETTINGS % (layout, "a5") + "chapters: ['*.md', {generated: [photographs]}]\n"
    if kind == "contents":
        files = {f"book/{n:03}.md": f"# Chapter {n}\n\nText." for n in range(count - 1)}
        return lay_out_unit(publication(files, settings), kind)
    figures = "\n\n".join(f"![Alt](p{n}.jpg)\nPicture {n}." for n in range(count))
    return lay_out_unit(publication({"book/a.md": f"# A\n\n{figures}"}, settings), kind)


@pytest.mark.parametrize("layout", ["reader", "reportage"])
@pytest.mark.parametrize("kind", ["contents", "photographs"])
def test_no_entry_of_a_list_is_alone_on_a_page(publication: Publish, kind: str, layout: str) -> None:
    fitting = entries_on_pages(listed(publication, kind, layout, 60))[0]
    on_pages = entries_on_pages(listed(publication, kind, layout, fitting + 1))
    assert (len(on_pages), sum(on_pages)) == (2, fitting + 1)
    assert on_pages[1] >= 2


@papers
def test_sidebars_in_a_row_have_one_rule_between_them(publication: Publish, layout: str, trim: str) -> None:
    boxes = "".join(f"::: sidebar Title {n}\nText.\n:::\n\n" for n in range(3))
    made = chapter(publication, f"Text.\n\n{boxes}Text.\n\n{boxes[:32]}Text.", layout, trim)
    rules = [box for _, box in made.boxes if box.part and isinstance(box.looks, BoxAppearance) and box.looks.borders]
    assert [box.part for box in rules] == ["before", "before", "before", "after", "before", "after"]
    titles = [made.set(f"Title {n}").baseline for n in range(3)]
    assert round(titles[1] - titles[0], 2) == round(titles[2] - titles[1], 2)


@pytest.mark.parametrize("sheet", sorted((Path(__file__).parent.parent / "layouts").glob("*/*.css")), ids=str)
def test_small_capitals_are_spaced(sheet: Path) -> None:
    rules = re.findall(r"\{([^{}]*)\}", sheet.read_text("utf-8"))
    small = [rule for rule in rules if re.search(r"font-variant-caps:\s*(?!normal)", rule)]
    assert not [rule for rule in small if "letter-spacing" not in rule]


@pytest.mark.parametrize(("layout", "language"), [("reader", "hy"), ("reportage", "ne")])
def test_letters_without_small_capitals_are_not_spaced_as_these_are(
    publication: Publish, layout: str, language: str
) -> None:
    settings = (SETTINGS % (layout, "a5")).replace("language: en", f"language: {language}")
    text = '# Ա\n\n[Գետի ձայնը]{.lead-in} մոտ է.\n\n[NATO]{.smallcaps lang="en"} մոտ է.\n'
    made = lay_out_unit(publication({"book/a.md": text}, settings))
    assert made.set("Գետի").type.letter_spacing == 0
    assert made.set("NATO").type.letter_spacing > 0


def test_a_sidebar_may_be_the_last_of_a_chapter(publication: Publish) -> None:
    made = chapter(publication, "Text.\n\n::: sidebar Title\nInside.\n:::\n")
    assert made.lines.count("Inside.") == 1
