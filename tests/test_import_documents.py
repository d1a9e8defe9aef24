"""A folder of documents comes in as one book: Word files of an editor, pages that Medium and Substack export."""

from pathlib import Path

import pytest
from word_files import WordFile

from pressroom import importing
from pressroom.api import read
from pressroom.errors import PressroomError
from pressroom.importing import SourceKind, TextReport, TextWishes, kinds_of
from pressroom.importing.renamed_pictures import with_names

pytestmark = pytest.mark.slow


def begin(folder: Path, source: Path) -> TextReport:
    assert kinds_of([source]) == [SourceKind.DOCUMENTS]
    return importing.begin_with_text(folder, source, SourceKind.DOCUMENTS, TextWishes(), {})


def document(file: Path, title: str = "", *headings: str) -> None:
    word = WordFile()
    if title:
        word.paragraph(title, "Title")
    for heading in headings:
        word.heading(heading)
        word.paragraph(f"Words of {heading}.")
    if not headings:
        word.paragraph(f"Words of {file.stem}.")
    file.parent.mkdir(parents=True, exist_ok=True)
    word.save(file)


def page(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"<!DOCTYPE html><html><head><title>x</title></head><body>{text}</body></html>")


def test_documents_are_chapters_in_the_order_in_which_people_count(tmp_path: Path) -> None:
    document(tmp_path / "ms/10 the end.docx")
    document(tmp_path / "ms/2 The river.docx", "The river", "Spring", "Summer")
    document(tmp_path / "ms/1 intro.docx")
    (tmp_path / "ms/~$1 intro.docx").write_bytes(b"locked")
    begin(tmp_path / "book", tmp_path / "ms")
    text = (tmp_path / "book/book/publication.yaml").read_text()
    assert "title: Ms" in text
    assert [(chapter.title, chapter.number) for chapter in read(tmp_path / "book").publication.chapters()] == [
        ("Intro", "1"), ("Spring", "2"), ("Summer", "3"), ("The end", "4"),
    ]  # fmt: skip
    assert "{part: The river, chapters: [02-spring.md, 03-summer.md]}" in text


def test_what_holds_no_text_is_left_out_and_reported(tmp_path: Path) -> None:
    page(tmp_path / "x/posts/a.html", "<h1>The ferry</h1><p>It left at dusk, and nobody waved from the quay.</p>")
    page(tmp_path / "x/empty.html", "")
    report = begin(tmp_path / "book", tmp_path / "x")
    assert [remark.place.file for remark in report.remarks if remark.id == "import-document"] == ["empty.html"]
    with pytest.raises(PressroomError, match="No document in y"):
        page(tmp_path / "y/empty.html", "")
        begin(tmp_path / "other", tmp_path / "y")


def test_pages_of_medium_and_substack(tmp_path: Path) -> None:
    page(
        tmp_path / "posts/1.html",
        '<article class="h-entry"><header><h1 class="p-name">The ferry</h1></header><section class="e-content"><hr>'
        "<p>It left at dusk, and nobody waved from the quay.</p></section><footer><p>By Ann on May 1.</p><p>"
        '<a href="https://example.org" class="p-canonical">Canonical link</a></p></footer></article>',
    )
    page(
        tmp_path / "posts/2.html",
        '<p>Nobody waved.<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a></p><div class='
        '"footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a><div class="footnote-'
        'content"><p>The note.</p></div></div>',
    )
    report = begin(tmp_path / "book", tmp_path / "posts")
    first, second = (filed.text.partition("---\n\n")[2] for filed in report.files.chapters)
    assert first == "It left at dusk, and nobody waved from the quay.\n"
    assert second == "Nobody waved.[^1]\n\n[^1]: The note.\n"


def test_a_drawn_table_keeps_its_shape_with_another_name_of_a_picture() -> None:
    drawn = (
        "+-----+---------+\n| A   | B       |\n+=====+=========+\n| C   | ![](x)  |\n|     +---------+\n"
        "| D E | F       |\n+-----+---------+\n| one long cell |\n+---------------+"
    )
    longer = with_names(drawn, {"x": "x-2"}).split("\n")
    assert {len(line) for line in longer} == {19}
    assert longer[3:5] == ["| C   | ![](x-2)  |", "|     +-----------+"]
    assert longer[7:] == ["| one long cell   |", "+-----------------+"]
    assert with_names(drawn.replace("](x) ", "](x-2)").replace("(x-2) |", "(x-2)|"), {"x-2": "x"}).count("\n") == 8
