"""Assembly: documents in their order become the chapters, pictures and facts that are handed out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pressroom.errors import Place, PressroomError, Severity, error
from pressroom.importing.brought import Brought, BroughtChapter, BroughtPicture, TitlePage
from pressroom.importing.chapter_text import title_of_name
from pressroom.importing.folders.addresses import AddressBook
from pressroom.importing.folders.cross_references import CrossReferences, plain_words
from pressroom.importing.folders.front_matter import chapter_head, note_other_keys, role_of_name, words_in_head
from pressroom.importing.folders.gathering import Gathering, SourceDocument, chapter_names
from pressroom.importing.folders.source_folder import SourceFolder
from pressroom.importing.folders.typed_lines import TypedLine, closed_up, is_code, text_of, trimmed
from pressroom.language.words_to_write import to_write

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r"^(=+|-+)[ \t]*$")
_ID = re.compile(r"\{[^{}]*?#([\w:.-]+)[^{}]*\}\s*$")
_COMMENT = re.compile(r"^\s*<!--.*-->\s*$")
_LABEL_LINE = re.compile(r"^\{#([\w:.-]+)\}$")


@dataclass(frozen=True)
class _Titled:
    """A document with its title taken out of its lines."""

    document: SourceDocument
    title: str
    ids: tuple[str, ...]
    lines: list[TypedLine]


def assemble(
    gathering: Gathering,
    documents: Sequence[SourceDocument],
    about: TitlePage,
    words: str,
    extras: Sequence[BroughtPicture] = (),
) -> Brought:
    """What a folder gives. Raises PressroomError for one in which there is nothing to read."""
    folder = gathering.folder
    titled = [_titled(document) for document in documents]
    for each in titled:
        _note_empty(each, folder)
    titled = [each for each in titled if each.title or trimmed(each.lines)]
    if not titled:
        place, why = Place(str(folder.root)), f"There is no text in {folder.root} that a chapter could be made of."
        remedy = "Name a folder with Markdown files (.md, .qmd) or notebooks (.ipynb)."
        raise PressroomError([error("import-empty", place, f"{why} Nothing was written.", remedy)])
    names = chapter_names([each.document for each in titled], [each.title for each in titled])
    book = AddressBook(gathering, names)
    settled = [replace(each, lines=book.settle(each.lines)) for each in titled]
    references = CrossReferences(gathering)
    for each in settled:
        references.enter(names[each.document.file], each.lines, each.title, each.ids)
    chapters = tuple(_chapter(each, names[each.document.file], references, about.language) for each in settled)
    for each in titled:
        note_other_keys(each.document.head, each.document.file, folder)
    about = replace(about, variables=dict(gathering.variables))
    pictures = tuple(gathering.pictures.values())
    return Brought(str(folder.root), chapters, pictures, tuple(extras), about, tuple(folder.remarks), words)


def _chapter(titled: _Titled, name: str, references: CrossReferences, language: str) -> BroughtChapter:
    document = titled.document
    lines = [*_abstract(document), *titled.lines]
    if not trimmed(lines):
        lines = [TypedLine(to_write("text"), document.file, 1)]
    body = text_of(trimmed(closed_up(references.settle(name, lines))))
    return BroughtChapter(
        name=name,
        title=titled.title or title_of_name(name),
        body=f"{body}\n" if body else "",
        head=chapter_head(document.head, document.role or role_of_name(titled.title), language),
        part=document.part,
        source=document.lines[0].file if document.lines else document.file,
        is_after_parts=document.is_after_parts,
    )


def _note_empty(titled: _Titled, folder: SourceFolder) -> None:
    """Note a document without a text: one with a title is a chapter that is still to be written."""
    file = titled.document.file
    if not trimmed([*_abstract(titled.document), *titled.lines]):
        folder.remark("import-empty-chapter", file, titled.title or file, severity=Severity.ADVICE)


def _abstract(document: SourceDocument) -> list[TypedLine]:
    """What front matter says as the abstract, which other programs print above the text."""
    words = document.head.get("abstract")
    if not isinstance(words, str) or not words.strip():
        return []
    lines = ("::: sidebar Abstract", *words.strip().split("\n"), ":::", "")
    return [TypedLine(line, document.file, 1) for line in lines]


def _titled(document: SourceDocument) -> _Titled:
    """The title of a document: that of its front matter, its first heading, or what the order calls it."""
    lines = list(document.lines)
    given = plain_words(words_in_head(document.head.get("title")))
    found = _first_heading(lines)
    ids = [document.head["label"]] if isinstance(document.head.get("label"), str) else []
    if found is None:
        return _Titled(document, given or document.title, tuple(ids), lines)
    start, end, typed = found
    title = plain_words(typed)
    is_title = title and (not given or given == title)
    if not is_title:
        return _Titled(document, given or document.title, tuple(ids), lines)
    ids += [match[1] for match in [_ID.search(typed)] if match]
    above = [line for line in lines[:start] if not _LABEL_LINE.match(line.text)]
    ids += [match[1] for line in lines[:start] if (match := _LABEL_LINE.match(line.text))]
    return _Titled(document, title, tuple(ids), [*above, *lines[end:]])


def _first_heading(lines: list[TypedLine]) -> tuple[int, int, str] | None:
    """The heading with which a text begins, after comments and labels: its first line, the one after it, its words."""
    code = is_code(lines)
    for n, line in enumerate(lines):
        if line.is_blank or _COMMENT.match(line.text) or _LABEL_LINE.match(line.text):
            continue
        if code[n]:
            return None
        if match := _HEADING.match(line.text):
            return n, n + 1, match[2]
        under = lines[n + 1].text if n + 1 < len(lines) else ""
        if _UNDERLINE.match(under) and not line.text.startswith((">", "-", "*", "|")):
            return n, n + 2, line.text.strip()
        return None
    return None
