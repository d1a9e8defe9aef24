"""Texts of other programs come into a publication: what every reader’s result becomes, and what is refused."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import CHAPTER, Publish

from pressroom import cli
from pressroom.api import read
from pressroom.errors import Place, PressroomError, Severity
from pressroom.importing import SourceKind, kinds_of, texts_brought
from pressroom.importing.brought import Brought, BroughtChapter, BroughtPicture, Remark, TitlePage
from pressroom.importing.words_kept import lost_words

Capture = pytest.CaptureFixture[str]
SETTINGS = "title: T\nlanguage: en\nchapters: [a.md]\n"


@pytest.fixture
def brings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Path]:
    """A file whose reader hands out what a test says."""

    def give(*chapters: BroughtChapter, **more: Any) -> Path:
        file = tmp_path / "text.md"
        file.write_text("A text.", "utf-8")
        monkeypatch.setattr(texts_brought, "read_source", lambda source, _: Brought(str(source), chapters, **more))
        return file

    return give


def picture(name: str, content: bytes = b"a picture") -> BroughtPicture:
    return BroughtPicture(name, content, f"media/{name}")


# ---- landing


@pytest.mark.slow
def test_a_new_publication_has_what_the_title_page_says(brings: Callable[..., Path], tmp_path: Path) -> None:
    about = TitlePage(
        title="The Road: a story",
        subtitle="Three days",
        language="fr",
        creators=(("Ann Doe", "author"), ("Ben Roe", "translator")),
        published="2023-09-27",
        rights="© 2023 Ann Doe",
    )
    file = brings(
        BroughtChapter("preface", "Before", "Text.", {"role": "preface"}),
        BroughtChapter("the-road", "The *road*", "More text.", part="One"),
        title_page=about,
    )
    assert cli.main(["init", str(tmp_path / "new"), "--from", str(file)]) == 0
    book = read(tmp_path / "new").publication
    assert (book.settings.title, book.settings.subtitle, book.settings.language) == (about.title, about.subtitle, "fr")
    assert [(each.name, each.role) for each in book.settings.creators] == list(about.creators)
    assert str(book.settings.published) == "2023-09-27"
    assert [chapter.title for chapter in book.chapters()] == ["Before", "The *road*"]
    assert (tmp_path / "new/book/02-the-road.md").exists()
    assert "- {part: One, chapters: [02-the-road.md]}" in (tmp_path / "new/book/publication.yaml").read_text("utf-8")


@pytest.mark.slow
def test_a_fact_that_the_settings_cannot_have_is_told(
    brings: Callable[..., Path], tmp_path: Path, capsys: Capture
) -> None:
    about = TitlePage(published="last spring", language="Klingonese", creators=(("Ann", "wizard"),))
    file = brings(BroughtChapter("a", "A", "Text."), title_page=about)
    assert cli.main(["init", str(tmp_path / "new"), "--from", str(file), "--json"]) == 0
    told = {finding["id"]: finding["message"] for finding in json.loads(capsys.readouterr().out)["findings"]}
    assert "last spring" in told["import-fact"]
    assert "wizard" in told["import-fact"]
    assert "Klingonese" in told["import-language"]
    assert read(tmp_path / "new").publication.settings.title == "A"


def test_chapters_come_after_the_last_and_pictures_beside_what_is_there(
    publication: Publish, brings: Callable[..., Path], tmp_path: Path
) -> None:
    root = publication({"book/a.md": CHAPTER, "book/03-old.md": "# Old\n", "assets/photos/a.jpg": b"mine"}, SETTINGS)
    body = "![One](a.jpg)\nCaption.\n\n![Two](<b c.jpg>)\n\nSee a.jpg.\n"
    pictures = (picture("a.jpg"), picture("b c.jpg", b"mine"))
    file = brings(BroughtChapter("new", "New", body), pictures=pictures)
    assert cli.main(["import", str(file), "--root", str(root)]) == 0
    assert (root / "assets/photos/a.jpg").read_bytes() == b"mine"
    assert (root / "assets/photos/a-2.jpg").read_bytes() == b"a picture"
    text = (root / "book/04-new.md").read_text("utf-8")
    assert "![One](a-2.jpg)" in text
    assert "![Two](<a.jpg>)" in text
    assert "See a.jpg." in text
    assert "[a.md, 04-new.md]" in (root / "book/publication.yaml").read_text("utf-8")


def test_ids_that_are_there_already_get_a_number(
    publication: Publish, brings: Callable[..., Path], tmp_path: Path
) -> None:
    root = publication({"book/a.md": "# A {#start}\n\nText.\n"}, SETTINGS)
    body = "![](a.jpg){.wide #start}\nCaption.\n\nSee [it](#start) and [that](#started), {#started}."
    for _ in range(2):
        assert cli.main(["import", str(brings(BroughtChapter("one", "One", body))), "--root", str(root)]) == 0
    first, second = ((root / f"book/0{n}-one.md").read_text("utf-8") for n in (1, 2))
    assert "{.wide #start-2}" in first
    assert "[it](#start-2) and [that](#started), {#started}" in first
    assert "[it](#start-3) and [that](#started-2), {#started-2}" in second


def test_a_chapter_of_a_title_alone_asks_for_its_text(
    publication: Publish, brings: Callable[..., Path], tmp_path: Path
) -> None:
    root = publication()
    file = brings(BroughtChapter("one", "One", ""), BroughtChapter("two", "Two", "Text."))
    assert cli.main(["import", str(file), "--root", str(root)]) == 0
    assert (root / "book/01-one.md").read_text("utf-8") == "---\ntitle: One\n---\n\n[TK text]\n"


def test_pictures_of_one_name_in_two_folders_stay_apart(
    publication: Publish, brings: Callable[..., Path], tmp_path: Path
) -> None:
    root = publication()
    pictures = (picture("one/a.jpg", b"1"), picture("two/A.jpg", b"2"), picture("../../c:d.jpg", b"3"))
    file = brings(BroughtChapter("new", "New", "![](one/a.jpg) ![](two/A.jpg)"), pictures=pictures)
    assert cli.main(["import", str(file), "--root", str(root)]) == 0
    names = {f.relative_to(root / "assets/photos").as_posix() for f in (root / "assets/photos").rglob("*.jpg")}
    assert {"one/a.jpg", "two/A-2.jpg", "c-d.jpg"} <= names
    assert "![](two/A-2.jpg)" in (root / "book/01-new.md").read_text("utf-8")


def test_remarks_of_one_kind_are_one_finding_with_all_places(
    publication: Publish, brings: Callable[..., Path], tmp_path: Path, capsys: Capture
) -> None:
    remarks = tuple(
        Remark("import-remote-picture", Severity.WARNING, Place("text.md", n), f"https://example.org/{n}.jpg")
        for n in range(1, 6)
    )
    root = publication()
    file = brings(BroughtChapter("a", "A", "Text."), remarks=remarks)
    assert cli.main(["import", str(file), "--root", str(root), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    (finding,) = answer["findings"]
    assert finding["message"].startswith("5 pictures on the network")
    assert [place["line"] for place in finding["also"]] == [2, 3, 4, 5]
    assert len(answer["imported"]["remarks"]) == 5
    report = (root / "book/import.md").read_text("utf-8")
    assert all(f"text.md:{n}: https://example.org/{n}.jpg" in report for n in range(1, 6))


def test_links_between_chapters_and_a_chapter_behind_the_parts(
    publication: Publish, brings: Callable[..., Path], tmp_path: Path
) -> None:
    root = publication({"book/a.md": CHAPTER}, SETTINGS)
    file = brings(
        BroughtChapter("one", "One", "See [two](two.md#there).", part="P"),
        BroughtChapter("two", "Two", "# Two {#there}"),
        BroughtChapter("end", "End", "Text.", is_after_parts=True),
    )
    assert cli.main(["import", str(file), "--root", str(root)]) == 0
    assert "[two](02-two.md#there)" in (root / "book/01-one.md").read_text("utf-8")
    chapters = "[a.md, {part: P, chapters: [01-one.md, 02-two.md]}, 03-end.md]"
    assert chapters in (root / "book/publication.yaml").read_text("utf-8")


# ---- conservation


def test_a_lost_word_is_an_error_with_its_paragraph(
    publication: Publish, brings: Callable[..., Path], capsys: Capture
) -> None:
    root = publication()
    file = brings(BroughtChapter("a", "A", "The road is long."), words="A\nThe road is very long.\n")
    assert cli.main(["import", str(file), "--root", str(root), "--json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["id"] == "import-words-lost"
    assert "very" in finding["message"]
    assert "The road is very long." in finding["message"]
    assert "very: The road is very long." in (root / "book/import.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("Water is H2O here", "Water is H~2~O here"),
        ("an important word", "an im**port**ant word"),
        ("A note.1 More", "A note.[^1] More\n\n[^1]: 1"),
        ("Another note1.", "Another note[^1].\n\n[^1]: …"),
        ("snake_case and 3*4", r"snake\_case and 3\*4"),
        ("Lachin was", "[Lachin]{.index} was"),
        ("McDonald", "Mc[Donald]{.smallcaps}"),
        ("first-line soft\u00adhyphen", "first-line softhyphen"),
    ],
)
def test_markup_inside_a_word_loses_nothing(source: str, written: str) -> None:
    assert lost_words(source, [written]) == []


def test_a_word_that_was_written_once_less_often_is_lost() -> None:
    assert [each.words for each in lost_words("on the road\nin the rain", ["on the road in rain"])] == [("the",)]


# ---- what a source is


def zipped(file: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return file


def test_content_decides_and_not_the_name(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", word__document_xml=b"<w/>")
    zipped(tmp_path / "b.docx", mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<o/>")
    zipped(tmp_path / "c.zip", mimetype=b"application/epub+zip")
    (tmp_path / "d.txt").write_text("<!DOCTYPE html><html><p>Text</p></html>")
    (tmp_path / "e").mkdir()
    (tmp_path / "e/_quarto.yml").write_text("")
    (tmp_path / "f").mkdir()
    (tmp_path / "f/notes.md").write_text("Batteries.")
    (tmp_path / "f/a.jpg").write_bytes(b"")
    (tmp_path / "g").mkdir()
    (tmp_path / "g/story.md").write_text("![](a.jpg)")
    (tmp_path / "g/a.jpg").write_bytes(b"")
    assert kinds_of(sorted(tmp_path.iterdir())) == [
        SourceKind.WORD,
        SourceKind.OPEN_DOCUMENT,
        SourceKind.EBOOK,
        SourceKind.WEB_PAGE,
        SourceKind.QUARTO,
        SourceKind.PHOTOGRAPHS,
        SourceKind.MARKDOWN,
    ]


@pytest.mark.parametrize(
    ("id", "name", "content"),
    [
        ("import-old-word", "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("import-encrypted", "a.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")),
        ("import-rtf", "a.doc", b"{\\rtf1\\ansi text}"),
        ("import-pdf", "a.pdf", b"%PDF-1.7"),
        ("import-broken", "a.docx", b"PK\x03\x04 torn"),
        ("import-broken", "a.docx", b"no archive"),
        ("import-kind", "a.bin", b"\x00\x01"),
    ],
)
def test_what_cannot_be_imported_is_told_with_what_to_do(tmp_path: Path, id: str, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PressroomError) as refused:
        kinds_of([tmp_path / name])
    (finding,) = refused.value.findings
    assert finding.id == id
    assert finding.remedy
    assert "Nothing was written" in finding.message


@pytest.mark.parametrize(
    ("id", "files"),
    [
        ("import-macros", {"word__document_xml": b"<w/>", "word__vbaProject.bin": b"x"}),
        ("import-kind", {"xl__workbook_xml": b"<w/>"}),
        ("import-kind", {"a.jpg": b"x"}),
        ("import-bomb", {"word__document_xml": b"0" * 21_000_000}),
    ],
)
@pytest.mark.slow
def test_an_archive_that_cannot_be_imported_is_told(tmp_path: Path, id: str, files: dict[str, bytes]) -> None:
    with pytest.raises(PressroomError) as refused:
        kinds_of([zipped(tmp_path / "a.docx", **files)])
    assert [finding.id for finding in refused.value.findings] == [id]


@pytest.mark.parametrize(
    ("name", "remedy"), [("a.tex", "pandoc a.tex -o a.md"), ("b.mobi", "ebook-convert b.mobi b.epub")]
)
def test_what_another_program_can_convert_comes_with_the_command(tmp_path: Path, name: str, remedy: str) -> None:
    (tmp_path / name).write_text("words")
    with pytest.raises(PressroomError) as raised:
        kinds_of([tmp_path / name])
    assert remedy in raised.value.findings[0].remedy


@pytest.mark.slow
def test_a_new_book_lists_the_works_that_it_cites_and_has_its_index(
    brings: Callable[..., Path], tmp_path: Path
) -> None:
    works = BroughtPicture("refs.bib", b"@book{doe, title = {T}, year = {2000}, author = {Doe, A}}", "refs.bib")
    chapter = BroughtChapter("a", "A", "As [@doe] says, [Lachin]{.index} is far. See @fig-x.")
    file = brings(chapter, extras=(works,), title_page=TitlePage("T", bibliography=("refs.bib",)))
    assert cli.main(["init", str(tmp_path / "new"), "--from", str(file)]) == 0
    assert "  - generated: [bibliography, index, colophon]" in (tmp_path / "new/book/publication.yaml").read_text()


def test_photographs_and_texts_are_brought_apart(publication: Publish, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    (tmp_path / "b.md").write_text("Text.")
    files = [str(tmp_path / "a.jpg"), str(tmp_path / "b.md")]
    assert cli.main(["import", *files, "--root", str(publication()), "--json"]) == 2
    assert [f["id"] for f in json.loads(capsys.readouterr().out)["findings"]] == ["import-mixed"]
