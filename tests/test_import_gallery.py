"""A gallery as plain text becomes Markdown: captions proposed for pictures still to come, each with the reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Publish, picture, read
from test_galleries import GALLERIES, ROAD
from test_import_folders import brought, publish

from pressroom.errors import PressroomError
from pressroom.importing.gallery_text import read_gallery, reason_of
from pressroom.importing.readers import read_source
from pressroom.importing.source_kinds import kind_of
from pressroom.importing.texts_brought import add_texts
from pressroom.importing.words_kept import lost_words
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
@pytest.mark.slow
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


BY_ANN = '{credit="Photo: Ann Doe"}'
LISTS = {
    "files with captions and credits": (
        "The mill\nBy Ann Doe\n\n01.jpg – The mill in May. – Photo: Ann Doe\n02.jpg – The weir. – Photo: Ann Doe\n\n"
        "The end.",
        ["The mill", "By Ann Doe", f"01.jpg{BY_ANN} The mill in May.", f"02.jpg{BY_ANN} The weir.", "The end."],
    ),
    "a file above each caption": (
        "mill 1.jpg\nThe mill in May,\nat noon.\n\nmill 2.jpg\nThe weir.\n",
        ["A", "<mill 1.jpg> The mill in May, at noon.", "<mill 2.jpg> The weir."],
    ),
    "numbers": (
        "Photo 1: The mill in May.\nPhoto 2: The weir.\n\nPhoto 3\nThe bank.",
        ["A", " The mill in May.", " The weir.", " The bank."],
    ),
    "a numbered list": ("1. The mill in May.\n2. The weir.\n", ["A", " The mill in May.", " The weir."]),
    "a table pasted": (
        'filename,caption,photographer\na.jpg,"The mill, in May",Ann Doe\nb.jpg,The weir,Ann Doe\n',
        ["A", 'a.jpg{credit="Ann Doe"} The mill, in May', 'b.jpg{credit="Ann Doe"} The weir'],
    ),
    "a table drawn": (
        "| File | Caption |\n|---|---|\n| a.jpg | The mill |\n| b.jpg | The weir |\n",
        ["A", "a.jpg The mill", "b.jpg The weir"],
    ),
    "credits at the end": (
        "The mill\n\nThe old mill in May. © Ann Doe\n\nThe green weir in June. Photo by Bo Roe.\n\nAll else is text.",
        ["The mill", '{credit="© Ann Doe"} The old mill in May.', '{credit="Photo by Bo Roe"} The green weir in June.',
         "All else is text."],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LISTS.values(), ids=LISTS)
def test_captions_that_a_person_has_listed_stand_under_their_photographs(
    text: str, expected: list[str], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    found = read_source(tmp_path / "a.txt", kind_of(tmp_path / "a.txt"))
    [chapter] = found.chapters
    blocks = [
        re.sub(r"^!\[\[TK [^\]]*\]\]\((.*?)\)(.*)\n", r"\1\2 ", block) for block in chapter.body.strip().split("\n\n")
    ]
    assert [chapter.title, *blocks] == expected
    assert lost_words(found.words, [chapter.title, chapter.body]) == []


def test_a_photograph_beside_a_list_of_captions_comes_in_and_one_that_is_lacking_is_told(tmp_path: Path) -> None:
    picture(tmp_path / "a.jpg")
    (tmp_path / "a.txt").write_text("a.jpg: The mill.\nb.jpg: The weir.\n", "utf-8")
    found = read_source(tmp_path / "a.txt", kind_of(tmp_path / "a.txt"))
    assert [each.name for each in found.pictures] == ["a.jpg"]
    assert [(each.place.line, each.what) for each in found.remarks if each.id == "import-picture-missing"] == [
        (2, "b.jpg")
    ]


@pytest.mark.parametrize("data", [bytes(range(256)) * 9, b"\x89PNG\r\n\x1a\n" + bytes(range(40)) * 9])
def test_what_is_no_text_is_not_taken_for_one(tmp_path: Path, data: bytes) -> None:
    """A photograph named .txt would become a chapter of odd letters."""
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(PressroomError, match="bytes that no text has"):
        read_gallery(tmp_path / "a.txt")


def test_a_text_in_any_encoding_is_one(tmp_path: Path) -> None:
    text = "The house\n\nAnn Doe walks in the grounds, 26 September 2023.\f"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "iso2022_jp"):
        (tmp_path / "a.txt").write_bytes(text.encode(encoding))
        assert read_gallery(tmp_path / "a.txt").chapters[0].title == "The house"


def test_a_list_in_a_story_is_no_list_of_captions(tmp_path: Path) -> None:
    text = "The mill\n\nIt is old.\n\n1. One stone.\n2. Two stones.\n\nMore is told of it.\n\nIt stands.\n\nThe end."
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert "import-caption-listed" not in {
        each.id for each in read_source(tmp_path / "a.txt", kind_of(tmp_path / "a.txt")).remarks
    }


def test_a_chapter_of_the_publication_itself_is_told_to_be_there_twice(publication: Publish) -> None:
    root = publication({"book/road.txt": ROAD})
    report = add_texts(root, [(root / "book/road.txt", kind_of(root / "book/road.txt"))])
    assert [remark.what for remark in report.remarks if remark.id == "import-own"] == ["road.txt"]
    assert "import-own" not in {remark.id for remark in publish(root / "book/road.txt", root / "new").remarks}
