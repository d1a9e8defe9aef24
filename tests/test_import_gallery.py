"""A gallery as plain text becomes Markdown: captions proposed for pictures still to come, each with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import read
from test_galleries import GALLERIES, ROAD
from test_import_folders import brought, publish

from pressroom.importing.gallery_text import reason_of
from pressroom.language.english import seems_english
from pressroom.publication import Figure, Prose


def test_captions_are_places_of_photographs_and_say_why(tmp_path: Path) -> None:
    file = tmp_path / "road.txt"
    file.write_text(ROAD, "utf-8")
    report = publish(file, tmp_path / "new")
    [chapter] = read(tmp_path / "new").publication.chapters()
    assert chapter.title == "The Road To Kornidzor"
    blocks = [block for block in chapter.blocks if not (isinstance(block, Prose) and "<!--" in block.xhtml)]
    assert [type(block) for block in blocks if not isinstance(block, Prose) or block.xhtml.strip()] == [
        Figure,
        Prose,
        Figure,
    ]
    assert [(each.id, each.place.line) for each in report.remarks] == [("import-caption", 3), ("import-caption", 7)]
    assert "names a place and a day" in report.remarks[0].what
    assert "names no place and no day" in report.remarks[1].what
    written = (tmp_path / "new/book/01-road.md").read_text("utf-8")
    assert written.count("<!-- Review: taken for a caption, since") == 2


@pytest.mark.parametrize("gallery", GALLERIES, ids=lambda file: file.stem)
def test_what_the_reader_takes_for_a_caption_is_proposed_and_no_word_is_lost(gallery: Path, tmp_path: Path) -> None:
    report = publish(gallery, tmp_path / "new")
    text = (tmp_path / "new" / report.written[0]).parent
    assert report.lost == ()
    publication = read(tmp_path / "new").publication
    figures = [block for block in next(publication.chapters()).blocks if isinstance(block, Figure)]
    assert len(figures) == sum(remark.id == "import-caption" for remark in report.remarks) > 3
    assert all(figure.file == "" and figure.caption for figure in figures)
    assert text.exists()


def test_signs_in_plain_text_are_no_markup(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        "A *title* of the day\n\nIt was <b>said</b> that [x](y) of the cost *5*.\n\n# It had # no heading.\n"
    )
    publish(file, tmp_path / "new")
    [chapter] = read(tmp_path / "new").publication.chapters()
    words = [block.xhtml for block in chapter.blocks if isinstance(block, Prose)]
    assert chapter.title == "A *title* of the day"
    assert words == [
        "<p>It was &lt;b&gt;said&lt;/b&gt; that [x](y) of the cost *5*.</p>",
        "<p># It had # no heading.</p>",
    ]


def test_in_another_language_nothing_is_proposed(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Die Straße\n\nFlüchtlinge wärmen sich an einem Feuer. Sie warten in der Nacht auf den Morgen.\n")
    found = brought(file)
    assert [remark.id for remark in found.remarks] == ["import-captions-language"]
    assert "![" not in found.chapters[0].body
    assert found.title_page.language == ""


@pytest.mark.parametrize(
    ("text", "english"),
    [
        (ROAD, True),
        ("A man walks.", True),
        ("Une femme attend le train à la gare de Lyon, en mai, avec ses enfants.", False),
        ("Zwei Männer tragen in der Früh ein Boot an den Strand von Rügen.", False),
        ("Փախստականները տաքանում են կրակի մոտ։", False),
        ("", False),
    ],
)
def test_english_is_told_by_its_small_words(text: str, english: bool) -> None:  # noqa: FBT001
    assert seems_english(text) == english


def test_the_reason_names_what_a_caption_has_and_lacks() -> None:
    assert reason_of("A truck crosses the bridge.") == (
        "its sentence says in the present tense who does what; it names no place and no day"
    )
    assert "first sentence" in reason_of("A truck crosses the bridge in Goris on May 5. It was late.")
    assert reason_of("A truck crosses the bridge in Goris on May 5.").endswith("names a place and a day")
