"""Galleries as plain text: a title, narrative, and captions of photographs that are still to come.

tests/galleries holds three of them, written as newsrooms write, each with a key that says of every paragraph after the
title whether it is a caption or narrative.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SETTINGS, Publish, ids, lines, read

from pressroom.publication import Chapter, Figure, Prose

GALLERIES = sorted((Path(__file__).parent / "galleries").glob("*.txt"))
ROAD = """\
The Road To Kornidzor

Refugees warm themselves at a fire beside the road near Goris, Armenia, on September 27.

Tens of thousands had left by Wednesday. The government gave no figure.

A truck carries a family and a minivan across the border.
"""


def chapter_of(publication: Publish, text: str, settings: str = SETTINGS) -> Chapter:
    [chapter] = read(publication({"book/a.txt": text}, settings)).publication.chapters()
    return chapter


def words_of(chapter: Chapter) -> list[str]:
    return [b.caption.text if isinstance(b, Figure) and b.caption else getattr(b, "xhtml", "") for b in chapter.blocks]


@pytest.mark.parametrize("gallery", GALLERIES, ids=lambda file: file.stem)
def test_every_paragraph_of_a_gallery_is_there_in_its_order(publication: Publish, gallery: Path) -> None:
    text = gallery.read_text(encoding="utf-8")
    chapter = chapter_of(publication, text, SETTINGS + "typography: false\n")
    title, *paragraphs = [" ".join(p.split()) for p in text.split("\n") if p.strip()]
    plain = [words.removeprefix("<p>").removesuffix("</p>") for words in words_of(chapter)]
    assert chapter.title == title
    assert plain == paragraphs


def test_captions_are_distinguished_from_narrative(publication: Publish) -> None:
    right = total = 0
    wrong: list[str] = []
    for gallery in GALLERIES:
        chapter = chapter_of(publication, gallery.read_text(encoding="utf-8"))
        key = gallery.with_suffix(".key").read_text(encoding="utf-8").split()
        for block, kind in zip(chapter.blocks, key, strict=True):
            total += 1
            if isinstance(block, Figure) == (kind == "caption"):
                right += 1
            else:
                wrong.append(f"{block.place}, a {kind}: {block.place.excerpt[:60]}…")
    score = f"caption rule: {right} of {total} paragraphs"
    print(score)  # noqa: T201  # shown with -s, so that a better rule can be told from a worse one
    assert right / total >= 0.9, "\n".join([score, *wrong])


def test_a_gallery_has_a_title_captions_and_narrative(publication: Publish) -> None:
    chapter = chapter_of(publication, ROAD)
    assert chapter.title == "The Road To Kornidzor"
    assert [type(block) for block in chapter.blocks] == [Figure, Prose, Figure]
    assert [block.place.line for block in chapter.blocks] == [3, 5, 7]


def test_captions_hold_the_places_of_photographs_to_come(publication: Publish) -> None:
    figures = [block for block in chapter_of(publication, ROAD).blocks if isinstance(block, Figure)]
    assert [(f.file, f.alt, f.credit, f.placement) for f in figures] == [("", "", "", "column")] * 2
    assert [f.number for f in figures] == ["1", "2"]
    assert len({f.id for f in figures}) == 2


def test_pictures_of_a_gallery_are_counted_with_those_of_other_chapters(publication: Publish) -> None:
    root = publication(
        {"book/a.md": "![Alt](a.jpg)\nCaption.", "book/b.txt": ROAD, "book/c.md": "![Alt](c.jpg)\nCaption."}
    )
    assert [figure.number for _, figure in read(root).publication.figures()] == ["1", "2", "3", "4"]


def test_every_caption_that_was_taken_is_listed(publication: Publish) -> None:
    assert lines(read(publication({"book/a.txt": ROAD})).findings) == [
        "book/a.txt:3:1 advice caption-taken",
        "book/a.txt:7:1 advice caption-taken",
    ]


@pytest.mark.parametrize("space", ["\u00a0", "\u00a0\u00a0 \u00a0", "\u2003", "\u202f", "\t", "  "])
def test_a_line_of_spaces_of_any_kind_is_blank(publication: Publish, space: str) -> None:
    text = ROAD.replace("\n\n", f"\n{space}\n")
    assert words_of(chapter_of(publication, text)) == words_of(chapter_of(publication, ROAD))


def test_lines_of_one_paragraph_are_one_paragraph(publication: Publish) -> None:
    chapter = chapter_of(publication, "Title\n\n\n\nA truck carries a family\nacross the   border.  \n\n\n\n")
    assert words_of(chapter) == ["A truck carries a family across the border."]


def test_nothing_in_plain_text_is_markup(publication: Publish) -> None:
    text = "A *title* & more\n\nIt was <b>said</b> that [x](y) & ![z](w.jpg) {#a} cost *5*.\n\n# It had # no heading.\n"
    chapter = chapter_of(publication, text)
    assert (chapter.title, chapter.title_xhtml) == ("A *title* & more", "A *title* &amp; more")
    assert words_of(chapter) == [
        "<p>It was &lt;b&gt;said&lt;/b&gt; that [x](y) &amp; ![z](w.jpg) {#a} cost *5*.</p>",
        "<p># It had # no heading.</p>",
    ]


def test_in_another_language_every_paragraph_is_text_and_a_hint_reports_it(publication: Publish) -> None:
    root = publication({"book/a.txt": ROAD}, "title: T\nlanguage: hy\n")
    shown = read(root)
    [chapter] = shown.publication.chapters()
    assert [type(block) for block in chapter.blocks] == [Prose] * 3
    assert ids(shown.findings) == ["captions-language"]


@pytest.mark.parametrize("language", ["en", "en-GB", "EN-us"])
def test_all_kinds_of_english_are_english(publication: Publish, language: str) -> None:
    chapter = chapter_of(publication, ROAD, f"title: T\nlanguage: {language}\n")
    assert sum(isinstance(block, Figure) for block in chapter.blocks) == 2


@pytest.mark.parametrize("text", ["", "\n\n", "\u00a0\n", "A title and nothing else\n"])
def test_a_gallery_without_paragraphs_is_empty(publication: Publish, text: str) -> None:
    assert "chapter-empty" in ids(read(publication({"book/a.txt": text})).findings)


@pytest.mark.parametrize(
    "caption",
    [
        "Two deckhands scrape barnacles from the hull on a slipway.",
        "A man injured in the blast is helped out of an ambulance in Yerevan.",
        "Cars queue on the road that was opened on Sunday.",
        "An aerial view shows vehicles on the Lachin Corridor on September 26.",
        "Ainura Sadykbekova, 34, writes on a blackboard. She taught here for ten years.",
        "Dr. J. Smith examines a patient at the hospital.",
        "Soldiers stand guard as refugees, who had waited for days, cross the bridge.",
    ],
)
def test_a_present_tense_first_sentence_makes_a_caption(publication: Publish, caption: str) -> None:
    [block] = chapter_of(publication, f"Title\n\n{caption}\n").blocks
    assert isinstance(block, Figure)


@pytest.mark.parametrize(
    "narrative",
    [
        "The region was under blockade for nine months.",
        "Officials say the bridge can be closed.",
        "“We had six hours,” the mayor tells reporters.",
        "It rains in the valley.",
        "There is no gas in the valley.",
        "In Goris, volunteers hand out bread.",
        "Farming was hit hardest, and few farms were insured.",
        "The town lives from the sardine.",
        "Departures",
        "On the road again",
    ],
)
def test_narrative_statements_and_headings_are_no_captions(publication: Publish, narrative: str) -> None:
    [block] = chapter_of(publication, f"Title\n\n{narrative}\n").blocks
    assert isinstance(block, Prose)
