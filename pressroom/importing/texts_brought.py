"""Texts brought: documents of other programs become chapters, of a new publication or of one that is there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pressroom.errors import Place, PressroomError, Severity, error
from pressroom.importing.added_chapters import listed, next_number
from pressroom.importing.brought import Brought, BroughtChapter, Remark, TitlePage
from pressroom.importing.brought_files import BroughtFiles, file_all
from pressroom.importing.brought_report import TextReport, text_report_markdown
from pressroom.importing.brought_settings import BroughtBook, book_settings_text, facts_of
from pressroom.importing.chapter_text import title_of_name
from pressroom.importing.chapters_of_photographs import free_name
from pressroom.importing.documents import read_documents, title_page_of
from pressroom.importing.landing import Cargo, land
from pressroom.importing.new_book import REPORT, check_free
from pressroom.importing.readers import read_source
from pressroom.importing.source_kinds import SourceKind
from pressroom.importing.words_kept import LostWords, count_words, lost_words
from pressroom.language.bcp47 import tag_fault
from pressroom.settings import read_settings
from pressroom.whereabouts import SETTINGS_FILE, check_own

_CITATION = re.compile(r"(?<![\w.\\])@(?!(?:fig|tbl|tab|eq|sec|lst|thm|lem|cor|prp|def|exm|exr)[-:])\w")
_WORDS_TO_A_PICTURE = 300
"""With fewer words to a picture, a book is one of pictures with text, and not the other way round."""


@dataclass(frozen=True)
class TextWishes:
    """What the command line says of a new publication; it wins over the source."""

    title: str = ""
    language: str = ""


def begin_with_text(
    folder: Path, source: Path, kind: SourceKind, wishes: TextWishes, frame: Mapping[str, str]
) -> TextReport:
    """Begin a publication in `folder` with a text of another program, and say what came of it.

    `frame` has the texts of every new publication, by their paths. Raises PressroomError, with nothing written, if a
    publication is there or the source cannot be read.
    """
    check_free(folder, frame)
    brought = _read_all(source, kind)
    files = file_all(folder, brought, 1)
    whole = replace(brought[0], title_page=title_page_of(brought, source), source=str(source))
    chapters = [chapter for each in brought for chapter in each.chapters]
    about, remarks = _about(replace(whole, chapters=tuple(chapters)), wishes)
    facts, left_out = facts_of(about, whole.source)
    pictures, words = sum(len(each.pictures) for each in brought), sum(count_words(each.words) for each in brought)
    is_illustrated = pictures > len(chapters) and words < pictures * _WORDS_TO_A_PICTURE
    generated = _generated(chapters, with_works=bool(files.bibliography))
    book = BroughtBook(about, files.entries, files.cover, files.bibliography, is_illustrated, generated)
    texts = {**frame, SETTINGS_FILE: book_settings_text(book, facts)}
    report = _report(brought, files, [*remarks, *left_out])
    return _land(folder, report, texts, {}, REPORT)


def _generated(chapters: Sequence[BroughtChapter], *, with_works: bool) -> tuple[str, ...]:
    """The pieces that a book of this source asks for: works, if it cites some, and an index, if words are marked."""
    bodies = "\n".join(chapter.body for chapter in chapters)
    works = ("bibliography",) if with_works and _CITATION.search(bodies) else ()
    return (*works, *(("index",) if "{.index" in bodies else ()), "colophon")


def add_texts(root: Path, sources: Sequence[tuple[Path, SourceKind]]) -> TextReport:
    """Bring texts of other programs into the publication at `root` as new chapters, and say what came of them.

    Raises PressroomError, with nothing written, if the settings have faults or a source cannot be read.
    """
    check_own(root)
    settings = read_settings(root)
    brought = [each for source, kind in sources for each in _read_all(source, kind)]
    files = file_all(root, brought, next_number(root / "book"))
    after = listed(root / "book", files.entries, settings)
    unlisted = [f"chapters: {filed.file}" for filed in files.chapters] if after is None else []
    unlisted += [f"bibliography: {name}" for name in files.bibliography]
    unlisted += [f"variables: {name}" for each in brought for name in each.title_page.variables]
    report = replace(_report(brought, files, _own_chapters(root, sources)), unlisted=tuple(unlisted))
    changed = {SETTINGS_FILE: (settings.reading.source.text, after)} if after else {}
    return _land(root, report, {}, changed, free_name(root / "book", REPORT))


def _read_all(source: Path, kind: SourceKind) -> list[Brought]:
    """What a source gives; of a folder of documents, each of them. Raises PressroomError where that is nothing."""
    if kind is not SourceKind.DOCUMENTS:
        return [_read(source, kind)]
    if found := read_documents(source):
        return found
    why = f"No document in {source.name} has text or pictures that could become chapters. Nothing was written."
    raise PressroomError([error("import-empty", Place(str(source)), why, "Look at them in their own program.")])


def _own_chapters(root: Path, sources: Sequence[tuple[Path, SourceKind]]) -> list[Remark]:
    """What is said of sources that are chapters of the publication itself, as galleries to be edited are."""
    own = [source for source, _ in sources if source.resolve().is_relative_to((root / "book").resolve())]
    return [Remark("import-own", Severity.WARNING, Place(str(source)), source.name) for source in own]


def _read(source: Path, kind: SourceKind) -> Brought:
    """What a source gives. Raises PressroomError where that is nothing."""
    brought = read_source(source, kind)
    if not any(chapter.title or chapter.body.strip() for chapter in brought.chapters):
        why = f"{source.name} has no text and no pictures that could become chapters. Nothing was written."
        raise PressroomError([error("import-empty", Place(str(source)), why, "Look at it in its own program.")])
    return brought


def _about(brought: Brought, wishes: TextWishes) -> tuple[TitlePage, list[Remark]]:
    """What the source says of itself, with a title and a language that publication.yaml can have."""
    about, place = brought.title_page, Place(brought.source)
    only = brought.chapters[0].title if len(brought.chapters) == 1 else ""
    title = wishes.title or " ".join(about.title.split()) or only or title_of_name(Path(brought.source).stem)
    language = wishes.language or about.language
    if language and not tag_fault(language):
        return replace(about, title=title, language=language), []
    what = f"en instead of “{language}”" if language else "en"
    return replace(about, title=title, language="en"), [Remark("import-language", Severity.ADVICE, place, what)]


def _report(sources: Sequence[Brought], files: BroughtFiles, remarks: Sequence[Remark]) -> TextReport:
    everything = (*(remark for brought in sources for remark in brought.remarks), *files.remarks, *remarks)
    lost = tuple((brought.source, each) for brought in sources for each in _lost(brought, files))
    return TextReport(tuple(sources), files, everything, lost)


def _lost(brought: Brought, files: BroughtFiles) -> list[LostWords]:
    """The words of a source that are in none of its chapters, and not on the title page either."""
    mine = set(map(id, brought.chapters))
    texts = [filed.text for filed in files.chapters if id(filed.chapter) in mine]
    about = brought.title_page
    facts = (about.title, about.subtitle, about.publisher, about.published, about.description, about.rights)
    parts = [chapter.part for chapter in brought.chapters]
    return lost_words(brought.words, [*texts, *facts, *parts, *(name for name, _ in about.creators)])


def _land(
    root: Path, report: TextReport, texts: Mapping[str, str], changed: Mapping[str, tuple[str, str]], name: str
) -> TextReport:
    """Write everything, or nothing."""
    files = report.files
    chapters = {f"book/{filed.file}": filed.text for filed in files.chapters}
    pictures = {path: picture.content for path, picture in (*files.pictures.items(), *files.extras.items())}
    report = replace(report, written=(*texts, *chapters, f"book/{name}", *pictures))
    whole = {**texts, **chapters, f"book/{name}": text_report_markdown(report)}
    land(root, Cargo(pictures, whole, dict(changed)))
    return report
