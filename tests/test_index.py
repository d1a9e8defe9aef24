"""The index: what is marked is listed, in the order of its language, under the pages on which it really stands."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from conftest import Publish, laid_out, lines, read
from hypothesis import given
from hypothesis import strategies as some
from lxml import etree
from validators import epubcheck

from pressroom import production
from pressroom.design.indexing import index_of, sort_key
from pressroom.language.words import roman
from pressroom.typeset.locators import locators

LISTED = "title: T\nlanguage: en\nchapters: [a.md, {generated: [index]}]\n"
PRINTED = LISTED + "editions:\n  print: {format: pdf, trim: a5, bleed: 3mm}\n"


def entries(publication: Publish, text: str) -> list[str]:
    """Entries as `term: number of places > see; sub-entries`."""
    root = publication({"book/a.md": f"# A\n\n{text}\n"}, settings=LISTED)
    found = []
    for group in index_of(read(root).publication):
        for entry in group.entries:
            subs = [f"{sub.term}: {len(sub.places)}" for sub in entry.subs]
            found.append(
                " > ".join([f"{group.letter}/{entry.term}: {len(entry.places)}", *entry.see, *entry.see_also, *subs])
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
        ("[Lachin]{.index} [x]{.index term=Lachin sub=road see=Lachin}", ["L/Lachin: 1 > road: 0"]),
        ("[Mary's road]{.index} [x]{.index term=\"Mary's road\"}", ["M/Mary’s road: 2"]),
        ("[27 May]{.index} [9 May]{.index}", ["/9 May: 1", "/27 May: 1"]),
        ("[The Hague]{.index} [hotel]{.index}", ["H/The Hague: 1", "H/hotel: 1"]),
        ("[Newark]{.index} [New York]{.index}", ["N/New York: 1", "N/Newark: 1"]),
        ("[“Zone”]{.index} [Øre]{.index} [Œuvre]{.index}", ["O/Œuvre: 1", "O/Øre: 1", "Z/“Zone”: 1"]),
        ("[1994]{.index} [Գորիս]{.index}", ["/1994: 1", "Գ/Գորիս: 1"]),
    ],
)
def test_what_is_marked_is_listed(publication: Publish, text: str, listed: list[str]) -> None:
    assert entries(publication, text) == listed


@pytest.mark.parametrize(
    ("language", "terms"),
    [
        ("it", ["L’Aquila", "Bari", "La Spezia"]),
        ("fr", ["L’Arménie", "le Monde", "Zurich"]),
        ("de", ["Äpfel", "Die Zeit", "zwei"]),
        ("ru", ["Ёлкин", "Ель", "Иван", "Йорк"]),
        ("hy", ["Գորիս", "Լաչին"]),
    ],
)
def test_terms_are_filed_as_their_readers_look_them_up(language: str, terms: list[str]) -> None:
    assert sorted(terms, key=lambda term: sort_key(term, language)) == terms


def test_an_edition_lists_the_places_that_it_holds(publication: Publish) -> None:
    text = "[Lachin]{.index}\n\n::: only {edition=screen}\n[Lachin]{.index} [Baku]{.index}\n:::\n"
    text += '\n[Goris]{.index see-also="Baku"} [B]{.index see="Baku"}\n'
    settings = LISTED + "editions:\n  ebook: {format: epub}\n  screen: {format: pdf}\n"
    assert listed_in(publication({"book/a.md": f"# A\n\n{text}"}, settings), "ebook") == ["Goris, A", "Lachin, A"]


def test_an_edition_without_a_place_to_list_has_no_index(publication: Publish) -> None:
    settings = LISTED + "editions:\n  ebook: {format: epub}\n  print: {format: pdf}\n"
    text = "# A\n\nText.\n\n::: only {edition=ebook}\n[Lachin]{.index}\n:::\n"
    manuscript = production.read(production.Order(publication({"book/a.md": text}, settings)))
    made = laid_out(manuscript.edition("print"))
    assert "index" not in {unit.kind for unit in made.units}
    assert "Index" not in next(unit.xhtml for unit in made.units if unit.kind == "contents")


def listed_in(root: Path, edition: str) -> list[str]:
    """The lines of an edition's index."""
    return ["".join(entry.itertext()) for entry in index_page(root, edition).xpath("//*[@class='entry']")]


def index_page(root: Path, edition: str) -> etree._Element:
    manuscript = production.read(production.Order(root))
    made = laid_out(manuscript.edition(edition))
    return etree.fromstring(next(unit.xhtml for unit in made.units if unit.kind == "index").encode())


@pytest.mark.slow
def test_an_ebook_lists_the_headings_under_which_its_places_stand(publication: Publish) -> None:
    chapters = {
        "book/a.md": """\
            # The road, and after

            [Goris]{.index} [Lachin]{.index} [Lachin]{.index} [Rain]{.index} A note.[^1]

            ## Night

            [Lachin]{.index} [Rain]{.index}

            [^1]: Of [Sevan]{.index}.
            """,
        "book/b.md": "# Home\n\n## Night\n\n[Rain]{.index} and [Bread & “salt”]{.index}\n",
    }
    files = {name: re.sub(r"(?m)^ {12}", "", text) for name, text in chapters.items()}
    settings = "title: T\nlanguage: en\nchapters: [a.md, b.md, {generated: [index]}]\neditions: {e: {format: epub}}\n"
    root = publication(files, settings)
    assert listed_in(root, "e") == [
        "Bread & “salt”, Night",
        "Goris, The road, and after",
        "Lachin, The road, and after, 2 · Night",
        "Rain, The road, and after · The road, and after: Night · Home: Night",
        "Sevan, The road, and after",
    ]
    assert named_in(root, "e") == {
        "Bread & “salt”": ["Home: Night"],
        "Goris": ["The road, and after"],
        "Lachin": ["The road, and after", "2, The road, and after", "The road, and after: Night"],
        "Rain": ["The road, and after", "The road, and after: Night", "Home: Night"],
        "Sevan": ["The road, and after"],
    }


@pytest.mark.slow
def test_an_ebook_counts_the_places_of_an_entry_with_many(publication: Publish) -> None:
    text = "# A\n\n" + "\n\n".join(f"## Part {n}\n\n[Lachin]{{.index}}" for n in range(1, 8)) + " [Lachin]{.index}\n"
    root = publication({"book/a.md": text}, LISTED + "editions: {e: {format: epub}}\n")
    assert listed_in(root, "e") == ["Lachin, 1, 2, 3, 4, 5, 6, 7, 8"]
    [names] = named_in(root, "e").values()
    assert names == [*(f"{n}, A: Part {n}" for n in range(1, 8)), "8, A: Part 7"]


@pytest.mark.slow
def test_an_ebook_leads_to_the_beginning_of_a_discussion_by_one_link(publication: Publish) -> None:
    text = '# A\n\n[x]{.index through="#n"} One.\n\n## North {#n}\n\nThree.\n'
    root = publication({"book/a.md": text}, LISTED + "editions: {e: {format: epub}}\n")
    assert listed_in(root, "e") == ["x, A"]
    assert not index_page(root, "e").xpath("//@data-through")


def named_in(root: Path, edition: str) -> dict[str, list[str]]:
    """The links of each entry as a screen reader reads them out."""
    found = {}
    for entry in index_page(root, edition).xpath("//*[@class='entry']"):
        links = entry.xpath(".//*[@class='locator']")
        found[entry[0].text] = [link.get("aria-label") or link.text for link in links]
        assert all(link.text in (link.get("aria-label") or link.text) for link in links), "a label holds what is seen"
    return found


@pytest.mark.slow
def test_a_section_may_be_called_as_a_mark_is(publication: Publish) -> None:
    settings = LISTED + "editions:\n  ebook: {format: epub, fonts: none}\n"
    report = production.build(
        production.Order(publication({"book/a.md": "# A\n\n[B]{.index}\n\n## IX 1\n\nText."}, settings))
    )
    assert [f for f in report.findings if f.severity == "error"] == []


def test_a_mark_keeps_its_id_and_its_language(publication: Publish) -> None:
    text = '# A\n\n[Գորիս]{.index #goris lang=hy} [x]{.index #x see="Գորիս"} [](#goris) [](#x)'
    [chapter] = read(publication({"book/a.md": text}, settings=LISTED)).publication.chapters()
    xhtml = getattr(chapter.blocks[0], "xhtml", "")
    assert 'id="goris"' in xhtml and 'lang="hy"' in xhtml and 'id="x"' in xhtml
    assert [mark.anchor for mark in chapter.marks] == ["goris", ""]


@pytest.mark.slow
def test_a_line_may_end_before_a_mark_without_words(publication: Publish) -> None:
    text = " ".join(f'[]{{.index term="T{n % 7}"}}word{n:03d}' for n in range(120))
    root = publication({"book/a.md": f"# A\n\n{text}\n"}, settings=PRINTED)
    made = pypdfium2.PdfDocument(production.build(production.Order(root)).products[0].path)
    for page in made:
        letters, (left, _, right, _) = page.get_textpage(), page.get_trimbox()
        assert all(left < letters.get_charbox(n)[2] < right for n in range(letters.count_chars()))
    assert sum(page.get_textpage().get_text_bounded().count("word") for page in made) == 120


def test_a_mark_changes_no_word(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\nTo [Lachin]{.index} and *[Goris]{.index}*.\n"}, settings=LISTED)
    [chapter] = read(root).publication.chapters()
    assert re.sub(r"<[^>]+>", "", getattr(chapter.blocks[0], "xhtml", "")) == "To Lachin and Goris."


@pytest.mark.parametrize(
    ("text", "settings", "told"),
    [
        ("[]{.index}", LISTED, ["book/a.md:3:1 error index-empty", "book/publication.yaml:3:31 warning index-none"]),
        ('[A]{.index see="Bee"} [Be]{.index}', LISTED, ["book/a.md:3:1 error index-see-dead"]),
        (
            "[A]{.index}",
            "title: T\nlanguage: en\nchapters: [a.md]\n",
            ["book/publication.yaml:3:11 advice index-unprinted"],
        ),
        ('[a]{.index trem="Lachin"}', LISTED, ["book/a.md:3:12 warning attribute-dropped"]),
        ("[a]{.index term=“Lachin”} [b]{.index}", LISTED, []),
        ("*a*{.index} [b]{.index}", LISTED, ["book/a.md:3:4 error index-unread"]),
        ("`a`{.index} [b]{.index}", LISTED, ["book/a.md:3:5 warning index-unread"]),
        (r'[A]{.index see="The \"road\""} [The "road"]{.index}', LISTED, []),
        ("A", LISTED, ["book/publication.yaml:3:31 warning index-none"]),
    ],
)
def test_faults_of_an_index_are_reported(publication: Publish, text: str, settings: str, told: list[str]) -> None:
    assert lines(read(publication({"book/a.md": f"# A\n\n{text}\n"}, settings=settings)).findings) == told


# ---- discussions that go on


def end_of(root: Path, edition: str = "print") -> str:
    """What the range of an index's only place ends with: a word, or the id that it is led to."""
    manuscript = production.read(production.Order(root))
    assert not [f for f in manuscript.findings if f.severity == "error"], manuscript.findings
    made = laid_out(manuscript.edition(edition))
    whole = "".join(unit.xhtml for unit in made.units)
    [end] = re.findall(r'data-through="(.*?)"', whole)
    before, anchor, _ = whole.partition(f'<span id="{end}"></span>')
    return re.findall(r"\w+", re.sub("<[^>]+>", " ", before))[-1] if anchor else f"#{end}"


SECTIONS = """\
# A

One [x]{{.index through="{through}"}} two.

## North {{#north}}

Three.

- four
- five

### Bridge {{#bridge}}

Six [and here]{{#here}} eight.

![](a.jpg){{#fig}}
A caption.

## South

Nine.

::: sidebar {{#box}}
Ten.

Eleven.
:::

| a |
|---|
| twelve |
"""


@pytest.mark.parametrize(
    ("through", "ends"),
    [
        ("#here", "#here"),
        ("#fig", "#fig"),
        ("#bridge", "#fig"),
        ("#north", "#fig"),
        ("#box", "Eleven"),
        ("#south", "twelve"),
        ("a.md", "twelve"),
        ("b.md", "last"),
        ("b.md#there", "last"),
    ],
)
@pytest.mark.slow
def test_a_discussion_ends_with_what_it_names(publication: Publish, through: str, ends: str) -> None:
    settings = "title: T\nlanguage: en\nchapters: [a.md, b.md, {generated: [index]}]\n"
    files = {"book/a.md": SECTIONS.format(through=through), "book/b.md": "# B\n\n## There {#there}\n\nThe *last*.\n"}
    assert end_of(publication(files, settings)) == ends


def test_a_discussion_may_go_to_the_end_of_its_own_section(publication: Publish) -> None:
    text = '# A\n\n## S {#s}\n\nOne [x]{.index through="#s"}.\n\nTwo.\n\n## T\n\nThree.\n'
    assert end_of(publication({"book/a.md": text}, LISTED)) == "Two"


def test_a_discussion_ends_in_each_edition_with_what_that_edition_shows(publication: Publish) -> None:
    text = '# A\n\n[x]{.index through="a.md"} One.\n\n::: only {edition=screen}\nTwo.\n:::\n'
    assert end_of(publication({"book/a.md": text}, LISTED)) == "One"
    text = '# A\n\n[x]{.index through="a.md"} One.\n\n::: only {edition=print}\nTwo.\n:::\n'
    assert end_of(publication({"book/a.md": text}, LISTED)) == "Two"


@pytest.mark.parametrize(
    ("text", "told", "said"),
    [
        ('[x]{.index through="#bridg"}\n\n## B {#bridge}', "book/a.md:3:1 error reference-dead", "“bridge”"),
        ('[x]{.index through="#"}', "book/a.md:3:1 error reference-dead", "Nothing has the id"),
        ('[x]{.index through="c.md"}', "book/a.md:3:1 error reference-dead", "“c.md” is no chapter"),
        ('[so]{#so} [x]{.index through="#so"}', "book/a.md:3:11 error index-range", "a place before the mark"),
        (
            '## B {#b}\n\nT.\n\n## C\n\n[x]{.index through="#b"}',
            "book/a.md:9:1 error index-range",
            "range of “x” ends before",
        ),
        ('[x]{.index through="0.md"}', "book/a.md:3:1 error index-range", "a place before the mark"),
        ('[y]{.index} [x]{.index see=y through="a.md"}', "book/a.md:3:13 error index-range", "leads to no pages"),
    ],
)
def test_a_range_that_cannot_be_printed_is_reported(publication: Publish, text: str, told: str, said: str) -> None:
    settings = "title: T\nlanguage: en\nchapters: [0.md, a.md, {generated: [index]}]\n"
    findings = read(publication({"book/0.md": "# Zero\n\nText.\n", "book/a.md": f"# A\n\n{text}\n"}, settings)).findings
    assert lines(findings) == [told]
    assert said in findings[0].message + findings[0].remedy


def test_no_range_leads_out_of_the_front_matter(publication: Publish) -> None:
    settings = "title: T\nlanguage: en\nchapters: [p.md, a.md, {generated: [index]}]\n"
    preface = '---\nrole: preface\n---\n\n# P\n\n[x]{.index through="a.md"}\n'
    root = publication({"book/p.md": preface, "book/a.md": "# A\n\nText.\n"}, settings)
    assert lines(read(root).findings) == ["book/p.md:7:1 error index-range"]


# ---- pages


@pytest.mark.parametrize(
    ("folios", "printed"),
    [
        ("12", "12"),
        ("12 12 12", "12"),
        ("12 13", "12–13"),
        ("113 114", "113–114"),
        ("14 16", "14, 16"),
        ("12 13 14", "12–14"),
        ("31 12 14 15 16", "12, 14–16, 31"),
        ("iv 4", "iv, 4"),
        ("ii iii iv 1 2 3", "ii–iv, 1–3"),
        ("iii iv 1", "iii–iv, 1"),
        ("12–15", "12–15"),
        ("12–15 14 16 18", "12–16, 18"),
        ("20 12–13 8", "8, 12–13, 20"),
        ("xi–2", "xi, 2"),
        ("–12", "12"),
        ("", ""),
    ],
)
def test_pages_are_merged_as_an_index_has_them(folios: str, printed: str) -> None:
    assert ", ".join(locator.text for locator in locators(folios.split())) == printed


@pytest.mark.slow
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
def test_an_index_of_an_ebook_passes_epubcheck(publication: Publish) -> None:
    many = "\n\n".join(f"## Part {n}\n\n[Lachin]{{.index}} and [Goris]{{.index}}[Goris]{{.index}}" for n in range(7))
    verse = (
        '{.poem}\n> [Rain]{.index through="a.md"} falls,\n> and *falls*\n\n::: sidebar Box {#box}\n- one\n- two\n:::\n'
    )
    marks = '[x]{.index through="#box"} [y]{.index see=x} [z]{.index sub=s through="#part-3"}'
    text = f"# A & “b”\n\n{marks}\n\n{verse}\n{many}\n\n---\n"
    root = publication({"book/a.md": text}, LISTED + "editions: {e: {format: epub}}\n")
    [product] = production.build(production.Order(root)).products
    assert list(map(str, epubcheck(product.path))) == []
