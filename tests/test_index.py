"""The index: what is marked is listed, in the order of its language, under the pages on which it really stands."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from conftest import Publish, lines, read
from hypothesis import given
from hypothesis import strategies as some

from pressroom import build
from pressroom.layouts.indexing import index_of
from pressroom.pdf.locators import locators
from pressroom.words import roman

LISTED = "title: T\nlanguage: en\nchapters: [a.md, {generated: [index]}]\n"
PRINTED = LISTED + "editions:\n  print: {format: pdf, trim: a5, bleed: 3mm}\n"


def entries(publication: Publish, text: str) -> list[str]:
    """Entries as `term: number of places > see; sub-entries`."""
    root = publication({"book/a.md": f"# A\n\n{text}\n"}, settings=LISTED)
    found = []
    for group in index_of(read(root).publication):
        for entry in group.entries:
            subs = [f"{sub.term}: {len(sub.anchors)}" for sub in entry.subs]
            found.append(
                " > ".join([f"{group.letter}/{entry.term}: {len(entry.anchors)}", *entry.see, *entry.see_also, *subs])
            )
    return found


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("[Lachin]{.index} and [Goris]{.index}.", ["G/Goris: 1", "L/Lachin: 1"]),
        ("[Lachin]{.index}, then [Lachin]{.index}.", ["L/Lachin: 2"]),
        ('[the road]{.index term="Lachin corridor"}', ["L/Lachin corridor: 1"]),
        ('[it]{.index term="Corridor" sub="checkpoint"}', ["C/Corridor: 0 > checkpoint: 1"]),
        ('[Artsakh]{.index see="Karabakh"} [Karabakh]{.index}', ["A/Artsakh: 0 > Karabakh", "K/Karabakh: 1"]),
        ('[Baku]{.index see-also="Yerevan"} [Yerevan]{.index}', ["B/Baku: 1 > Yerevan", "Y/Yerevan: 1"]),
        ('[]{.index term="Silence"}Nothing is said.', ["S/Silence: 1"]),
        ("*[In italics]{.index}*", ["I/In italics: 1"]),
        ("A note.[^1]\n\n[^1]: Of [Sevan]{.index}.", ["S/Sevan: 1"]),
        ("![Alt](a.jpg)\nThe [bridge]{.index}.", ["B/bridge: 1"]),
        ("## The [camp]{.index}\n\nText.", ["C/camp: 1"]),
        ("| a |\n|---|\n| [cell]{.index} |", ["C/cell: 1"]),
        ("[Élan]{.index} [eagle]{.index} [Zebra]{.index}", ["E/eagle: 1", "E/Élan: 1", "Z/Zebra: 1"]),
        ("[1994]{.index} [Գորիս]{.index}", ["/1994: 1", "Գ/Գորիս: 1"]),
    ],
)
def test_what_is_marked_is_listed(publication: Publish, text: str, listed: list[str]) -> None:
    assert entries(publication, text) == listed


def test_a_mark_changes_no_word(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\nTo [Lachin]{.index} and *[Goris]{.index}*.\n"}, settings=LISTED)
    [chapter] = read(root).publication.chapters()
    assert re.sub(r"<[^>]+>", "", getattr(chapter.blocks[0], "xhtml", "")) == "To Lachin and Goris."


@pytest.mark.parametrize(
    ("text", "settings", "told"),
    [
        ("[]{.index}", LISTED, ["book/a.md:3:5 error index-empty", "book/publication.yaml:3:31 warning index-none"]),
        ('[A]{.index see="Bee"} [Be]{.index}', LISTED, ["book/a.md:3:6 error index-see-dead"]),
        (
            "[A]{.index}",
            "title: T\nlanguage: en\nchapters: [a.md]\n",
            ["book/publication.yaml:3:11 hint index-unprinted"],
        ),
        ("A", LISTED, ["book/publication.yaml:3:31 warning index-none"]),
    ],
)
def test_what_is_wrong_with_an_index_is_told(publication: Publish, text: str, settings: str, told: list[str]) -> None:
    assert lines(read(publication({"book/a.md": f"# A\n\n{text}\n"}, settings=settings)).findings) == told


@pytest.mark.parametrize(
    ("folios", "printed"),
    [
        ("12", "12"),
        ("12 12 12", "12"),
        ("12 13", "12, 13"),
        ("12 13 14", "12–14"),
        ("31 12 14 15 16", "12, 14–16, 31"),
        ("iv 4", "iv, 4"),
        ("ii iii iv 1 2 3", "ii–iv, 1–3"),
        ("iii iv 1", "iii, iv, 1"),
        ("", ""),
    ],
)
def test_pages_are_merged_as_an_index_has_them(folios: str, printed: str) -> None:
    assert ", ".join(locator.text for locator in locators(folios.split())) == printed


@given(some.lists(some.integers(1, 40), max_size=30), some.lists(some.integers(1, 12), max_size=8))
def test_every_page_is_covered_once_and_no_other_is(pages: list[int], front: list[int]) -> None:
    folios = [*map(str, pages), *map(roman, front)]
    covered: list[str] = []
    for locator in locators(folios):
        first, _, last = locator.text.partition("–")
        numerals = str if first.isdecimal() else roman
        names = [numerals(n) for n in range(1, 60)]
        run = names[names.index(first) : names.index(last or first) + 1]
        assert folios[locator.first] == first
        covered += run
    assert sorted(covered) == sorted(set(folios))


@pytest.mark.slow
def test_the_printed_index_leads_to_the_pages_on_which_the_words_stand(publication: Publish) -> None:
    names = [f"{a}{b}ton" for a in "BDKLM" for b in ("al", "er", "in", "or")]
    filler = "The river rises for days, and the people of the lower town carry what they own to the school. " * 6
    text = "\n\n".join(f"[{names[(n * 7) % len(names)]}]{{.index}}. {filler}" for n in range(120))
    root = publication({"book/a.md": f"# A\n\n{text}\n"}, settings=PRINTED)
    made = pypdfium2.PdfDocument(build.build(build.Order(root)).products[0].path)
    labels = [made.get_page_label(n) for n in range(len(made))]
    texts = [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in made]
    start = next(n for n, words in enumerate(texts) if "Index" in words and "Balton" in words)
    index = " ".join(texts[start:])
    for name in names:
        listed = re.search(rf"{name} ((?:\d+(?:–\d+)?(?:, )?)+)", index)
        assert listed, name
        pages: set[str] = set()
        for part in listed[1].rstrip(", ").split(", "):
            first, _, last = part.partition("–")
            pages |= {str(n) for n in range(int(first), int(last or first) + 1)}
        assert pages == {labels[n] for n, words in enumerate(texts[:start]) if f"{name}." in words}
