"""`arrange: auto` in a publication: what is placed, what a word keeps, and what is written into the Markdown."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pypdfium2
import pytest
from conftest import Publish
from PIL import Image
from test_pacing import PAPERS

from pressroom.cli import main
from pressroom.design.pictures_to_pace import pacing_paper
from pressroom.errors import Place, PressroomError
from pressroom.manuscript import with_words
from pressroom.pacing import TABLE, WordsOfPlacement
from pressroom.production import Order, Report, build, read, write_places
from pressroom.publication import Block, Figure, Gallery, Prose, Publication

pytestmark = pytest.mark.slow

SETTINGS = """\
title: T
language: en
layout: album
editions: {print: {format: pdf, trim: square-8.5, bleed: 3mm, min_ppi: 20}, ebook: {format: epub}}
"""
NAMES = [f"p{n}.jpg" for n in range(9)]


def photo(n: int) -> bytes:
    """A picture of one of three shapes, with a gradient that is its own."""
    size = ((300, 200), (200, 300), (280, 210))[n % 3]
    data = io.BytesIO()
    Image.linear_gradient("L").rotate(40 * n).resize(size).convert("RGB").save(data, "JPEG")
    return data.getvalue()


PHOTOS: Mapping[str, str | bytes] = {f"assets/photos/{name}": photo(n) for n, name in enumerate(NAMES)}
CHAPTER = "# One\n\n" + "\n".join(f"![Alt]({name})\nCaption of {name}.\n" for name in NAMES)


@pytest.fixture
def album(publication: Publish) -> Iterator[Publish]:
    """A publication with nine photographs in the layout album."""

    def write(files: Mapping[str, str | bytes] | None = None, settings: str = SETTINGS) -> Path:
        return publication({**PHOTOS, **(files or {"book/a.md": CHAPTER})}, settings)

    yield write


def blocks(publication: Publication) -> list[Block]:
    return [block for chapter in publication.chapters() for block in chapter.blocks]


def standing(publication: Publication) -> list[tuple[str, ...]]:
    """The words and pictures of each block of pictures."""
    return [
        (block.placement, *sorted(block.classes), getattr(block, "tree", ""), *(f.file for f in figures(block)))
        for block in blocks(publication)
        if isinstance(block, Figure | Gallery)
    ]


def figures(block: Figure | Gallery) -> tuple[Figure, ...]:
    return block.figures if isinstance(block, Gallery) else (block,)


def ids(report: Report) -> list[str]:
    return [finding.id for finding in report.findings]


def test_every_picture_without_a_word_gets_a_place(album: Publish) -> None:
    publication = read(Order(album())).publication
    pictures = [
        figure.file for block in blocks(publication) if isinstance(block, Figure | Gallery) for figure in figures(block)
    ]
    assert pictures == NAMES
    assert all(words[0] != "column" for words in standing(publication))
    assert any("verso" in words for words in standing(publication))


@pytest.mark.parametrize(
    ("settings", "front", "is_arranged"),
    [
        ("", "", True),
        ("arrange: none\n", "", False),
        ("arrange: none\n", "arrange: auto", True),
        ("", "arrange: none", False),
        ("layout: reader\n", "", False),
        ("layout: reader\n", "arrange: auto", True),
        ("arrange: {seed: 4, pages: 6}\n", "", True),
    ],
)
def test_the_chapter_says_it_before_the_publication_and_this_before_the_layout(
    settings: str,
    front: str,
    is_arranged: bool,  # noqa: FBT001  # a case
    album: Publish,
) -> None:
    own = SETTINGS.replace("layout: album\n", "") if "layout" in settings else SETTINGS
    chapter = f"---\n{front}\n---\n{CHAPTER}" if front else CHAPTER
    publication = read(Order(album({"book/a.md": chapter}, own + settings))).publication
    assert all(words[0] != "column" for words in standing(publication)) == is_arranged


@pytest.mark.parametrize("value", ["yes", "3", "{taste: 3}", "{seed: much}", "{pages: 0}", "{}", "[]"])
def test_an_unknown_way_to_arrange_is_a_finding(value: str, album: Publish) -> None:
    root = album(settings=f"{SETTINGS}arrange: {value}\n")
    with pytest.raises(PressroomError) as fault:
        read(Order(root))
    assert [finding.place.line for finding in fault.value.findings] == [5]
    manuscript = read(Order(album({"book/a.md": f"---\narrange: {value}\n---\n{CHAPTER}"})))
    assert any(finding.place.line == 2 and finding.severity == "error" for finding in manuscript.findings)


@pytest.mark.parametrize(
    "words",
    [".page .small", ".bleed .recto", ".spread .foot", ".column", "width=50%", ".wide", ".inset", ".over .left"],
)
def test_a_word_of_the_manuscript_wins(words: str, album: Publish) -> None:
    told = CHAPTER.replace("(p4.jpg)", f"(p4.jpg){{{words}}}")
    chapters = f"---\narrange: none\n---\n{told}", told
    plain, paced = (standing(read(Order(album({"book/a.md": chapter}))).publication) for chapter in chapters)
    (typed,) = (block for block in plain if block[-1] == "p4.jpg")
    assert typed in paced
    assert [block for block in paced if block[0] == "column"] == [typed] * (typed[0] == "column")


def written(album: Publish, chapter: str) -> tuple[Path, Report]:
    root = album({"book/a.md": chapter})
    return root, write_places(Order(root), ())


@pytest.mark.parametrize(
    "chapter",
    [
        CHAPTER,
        CHAPTER.replace("\n", "\r\n"),
        "\ufeff" + CHAPTER.rstrip("\n"),
        CHAPTER.replace("(p2.jpg)", '(p2.jpg){#fig-two credit="A. B (c)"}'),
        CHAPTER.replace("![Alt](p3.jpg)", '![A \\] [b]](<p3.jpg> "A (title)")'),
        CHAPTER.replace("\n\n![Alt](p5", "\n![Alt](p5"),
        CHAPTER.replace("Caption of p6.jpg.", "Caption of p6.jpg.\nIt has two lines.\n\nAnd then text stands here."),
        CHAPTER.replace("![Alt](p7", "::: gallery\n![Alt](p7").replace("of p8.jpg.\n", "of p8.jpg.\n:::\n"),
    ],
    ids=["plain", "CRLF", "BOM, no end", "attributes", "brackets", "no blank line", "text between", "gallery"],
)
def test_the_words_are_written_and_nothing_else_is_changed(chapter: str, album: Publish) -> None:
    root, report = written(album, chapter)
    assert [product.path.name for product in report.products] == ["a.md"]
    before, after = chapter, (root / "book/a.md").read_bytes().decode()
    assert _without_words(after) == _without_words(before)
    manuscript = read(Order(root))
    assert not manuscript.arranged
    expected = read(Order(album({"book/a.md": chapter})))
    assert standing(manuscript.publication) == standing(expected.publication)


def _without_words(text: str) -> str:
    """A source without its blocks, attributes and blank lines."""
    lines = [line.split("{")[0].rstrip() for line in text.replace("\r", "").split("\n")]
    return "\n".join(line for line in lines if line and not line.startswith(":::"))


def test_a_focus_is_written_with_the_picture_that_needs_it() -> None:
    text = "# One\n\n![a](a.jpg)\nA.\n\n![b](b.jpg){#b}\nB.\n\n![c](c.jpg)\nC.\n"
    pages = [
        ((Place("a.md", 3, 1), Place("a.md", 6, 1)), WordsOfPlacement(("a", "b"), ("page",), "(./.)", ("", "50% 10%"))),
        ((Place("a.md", 9, 1),), WordsOfPlacement(("c",), ("bleed", "verso"), focuses=("30% 50%",))),
    ]
    assert with_words(text, pages) == (
        '# One\n\n::: gallery {.page tree="(./.)"}\n![a](a.jpg)\nA.\n\n![b](b.jpg){#b focus="50% 10%"}\nB.\n:::\n\n'
        '![c](c.jpg){.bleed .verso focus="30% 50%"}\nC.\n'
    )


def test_line_ends_stay_as_they_are(album: Publish) -> None:
    root, _ = written(album, CHAPTER.replace("\n", "\r\n"))
    data = (root / "book/a.md").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")


def test_a_second_time_there_is_nothing_to_do(album: Publish) -> None:
    root, _ = written(album, CHAPTER)
    before = (root / "book/a.md").read_bytes()
    report = write_places(Order(root), ())
    assert "arrange-nothing" in ids(report)
    assert (root / "book/a.md").read_bytes() == before


def test_a_picture_that_is_added_later_changes_nothing_that_is_decided(album: Publish) -> None:
    root, _ = written(album, CHAPTER.replace("![Alt](p8.jpg)\nCaption of p8.jpg.\n", ""))
    before = standing(read(Order(root)).publication)
    with (root / "book/a.md").open("a") as chapter:
        chapter.write("\n![Alt](p8.jpg)\nCaption of p8.jpg.\n")
    after = standing(read(Order(root)).publication)
    assert after[:-1] == before
    assert after[-1][-1] == "p8.jpg"


def test_all_places_are_written_or_none(album: Publish) -> None:
    files = {"book/a.md": CHAPTER, "book/b.md": "# Two\n\n![[p1.jpg]]\n"}
    root = album(files)
    report = write_places(Order(root), ())
    assert "arrange-unwritten" in ids(report)
    assert not report.ok
    assert not report.products
    assert {name: (root / name).read_text() for name in files} == files


def test_chapters_are_named_by_their_files(album: Publish, capsys: pytest.CaptureFixture[str]) -> None:
    root = album({"book/a.md": CHAPTER, "book/b.md": CHAPTER.replace("# One", "# Two")})
    assert main(["photos", "--arrange", "c.md", "--root", str(root)]) == 2
    assert "No chapter is called “c.md”" in capsys.readouterr().out
    assert main(["photos", "--arrange", "b.md", "--root", str(root)]) == 0
    assert (root / "book/a.md").read_text() == CHAPTER
    assert "::: gallery {.page" in (root / "book/b.md").read_text() or ".verso}" in (root / "book/b.md").read_text()


def test_a_picture_with_too_few_pixels_is_said(album: Publish) -> None:
    root = album(settings=SETTINGS.replace("min_ppi: 20", "min_ppi: 1200"))
    manuscript = read(Order(root))
    (finding,) = (finding for finding in manuscript.findings if finding.id == "arrange-small")
    assert "9 pictures" in finding.message


def test_the_decision_is_that_of_the_first_press_edition(album: Publish) -> None:
    screen = "screen: {format: pdf, trim: 210x270mm}, print:"
    plain, with_screen = (
        read(Order(album(settings=text))).publication for text in (SETTINGS, SETTINGS.replace("print:", screen))
    )
    assert standing(plain) == standing(with_screen)


@pytest.mark.parametrize("trim", ["50x50mm", "50x300mm", "1000x60mm"])
def test_a_paper_too_small_for_anything_still_has_every_picture(trim: str, album: Publish) -> None:
    publication = read(Order(album(settings=SETTINGS.replace("square-8.5", trim)))).publication
    assert [figure.file for _, figure in publication.figures()] == NAMES


def test_photographs_to_come_have_their_places_too(album: Publish) -> None:
    chapter = CHAPTER.replace("(p2.jpg)", "()").replace("(p3.jpg)", "(later.jpg)")
    publication = read(Order(album({"book/a.md": chapter}))).publication
    assert all(words[0] != "column" for words in standing(publication))


def test_text_between_pictures_stays_between_them(album: Publish) -> None:
    chapter = CHAPTER.replace("![Alt](p4.jpg)", "And then the sea.\n\n![Alt](p4.jpg)")
    (written,) = read(Order(album({"book/a.md": chapter}))).publication.chapters()
    kinds = [block for block in written.blocks if not isinstance(block, Prose) or "sea" in block.xhtml]
    before = kinds[: next(n for n, block in enumerate(kinds) if isinstance(block, Prose))]
    assert [f.file for block in before if isinstance(block, Figure | Gallery) for f in figures(block)] == NAMES[:4]


def test_every_picture_is_in_the_list_of_photographs(album: Publish) -> None:
    pieces = "chapters: [a.md, {generated: [photographs]}]\n"
    manuscript = read(Order(album(settings=SETTINGS + pieces)))
    assert [figure.caption and figure.caption.text for figure in manuscript.publication.numbered()] == [
        f"Caption of {name}." for name in NAMES
    ]


@pytest.mark.parametrize("trim", PAPERS)
def test_the_papers_of_the_measured_books_are_those_of_the_layout(trim: str, publication: Publish) -> None:
    settings = f"title: T\nlanguage: en\nlayout: album\neditions: {{p: {{format: pdf, trim: {trim}, bleed: 3mm}}}}\n"
    manuscript = read(Order(publication(settings=settings)))
    paper = pacing_paper(manuscript.publication.settings, manuscript.layout)
    assert paper.area == pytest.approx(PAPERS[trim].area, abs=0.02)
    assert (paper.ppi, paper.letters, paper.chapters) == (150, PAPERS[trim].letters, "verso")
    assert (paper.head, paper.foot, paper.captions) == pytest.approx(
        (PAPERS[trim].head, PAPERS[trim].foot, PAPERS[trim].captions), abs=0.02
    )


def test_text_is_not_drawn_forward_past_a_picture_that_has_its_place(album: Publish) -> None:
    """The page before a picture has much white; the text behind the picture would fill it."""
    pictures = "\n".join(CHAPTER.split("\n")[2:8])
    sea = "And then the sea, which nobody had seen before. " * 6
    free = f"# One\n\nWords before.\n\n{pictures}\n{sea}\n\n![Alt](p4.jpg)\nCaption.\n"
    told = free.replace("(p0.jpg)", "(p0.jpg){.page}").replace("(p1.jpg)", "(p1.jpg){.page .verso}")
    for chapter in (free, told):
        root = album({"book/a.md": chapter})
        report = build(Order(root, editions=("print",)))
        pages = texts_of(root / "dist/t-print.pdf")
        begins = [
            next(n for n, page in enumerate(pages) if words in page) for words in ("Words before", "of p1", "the sea")
        ]
        assert begins == sorted(set(begins))
        assert "page-gap" not in ids(report)


def texts_of(file: Path) -> list[str]:
    """The text of each page of a PDF."""
    with pypdfium2.PdfDocument(file) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_the_costs_of_every_spread_are_told_to_programs(album: Publish, capsys: pytest.CaptureFixture[str]) -> None:
    root = album()
    for verb in ("check", "photos"):
        main([verb, "--json", "--root", str(root)])
        [book] = json.loads(capsys.readouterr().out)["arrangement"]
        pictures = [id for spread in book["spreads"] for page in spread["pages"] for id in page["pictures"]]
        assert pictures == [figure.id for _, figure in read(Order(root)).publication.figures()]
        assert all(spread["costs"] for spread in book["spreads"])
        assert set(book["costs"]) <= {row.name for row in TABLE}
    assert main(["photos", "--arrange", "--root", str(root)]) == 0
    capsys.readouterr()
    main(["check", "--json", "--root", str(root)])
    assert "arrangement" not in json.loads(capsys.readouterr().out), "the words are the person's now"
