"""Left out: files in book/ that look like texts of the publication, and that no edition has."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pressroom.errors import Finding, Place, error, warning

_IMPORTED = frozenset([".docx", ".epub", ".htm", ".html", ".ipynb", ".mdx", ".odt", ".qmd", ".rmd", ".xhtml"])
"""How the names of texts end that `pressroom import` makes chapters of."""
_OTHERS = frozenset(
    ".adoc .asciidoc .doc .docm .fodt .fountain .latex .org .pages .rst .rtf .tex .textile .typ .wpd .wps".split()
)
_NAMED = 8
"""How many files a message names."""


def no_chapters(listed: Sequence[tuple[Place, Path]], book: Path) -> Iterator[Finding]:
    """The error for what `chapters` lists that is of no kind of chapter; one for all that need the same remedy."""
    for suffixes in (_IMPORTED, _OTHERS, {each.suffix.lower() for _, each in listed} - _IMPORTED - _OTHERS):
        same = [(place, file) for place, file in listed if file.suffix.lower() in suffixes]
        if same:
            place, file = same[0]
            why = f"“{file.name}” is no chapter: a chapter is Markdown (.md) or a gallery as text (.txt)."
            why += _all_of([file.name for _, file in same])
            remedy = f"{_way_in(_place(file, book).file)} Then take this file out of the list."
            found = error("chapter-kind", place, why, remedy)
            yield replace(found, also=tuple(place for place, _ in same[1:]))


def left_out(book: Path, chapters: Collection[Path], listed: Collection[Path]) -> Iterator[Finding]:
    """Warnings of documents of other programs that lie in book/, and of chapters that are not listed.

    `listed` is what `chapters` names; where it is empty, all chapters are taken.
    """
    unread = [file for file in sorted(book.rglob("*")) if file not in listed and _is_document(file, book)]
    documents = [_place(file, book) for file in unread]
    if documents:
        why = "No edition has the text of this file: a chapter is Markdown (.md) or a gallery as text (.txt)."
        why += _all_of([each.file for each in documents])
        remedy = f"{_way_in(documents[0].file)} Then move the file out of book/."
        yield replace(warning("chapter-unread", documents[0], why, remedy), also=tuple(documents[1:]))
    unlisted = [_place(file, book) for file in chapters if file not in listed] if listed else []
    if unlisted:
        why = "No edition has this chapter: “chapters” in publication.yaml does not list it."
        why += _all_of([each.file for each in unlisted])
        remedy = "List it there, or move it out of book/."
        yield replace(warning("chapter-unlisted", unlisted[0], why, remedy), also=tuple(unlisted[1:]))


def _is_document(file: Path, book: Path) -> bool:
    """Whether a file is a text of another program. Those that editors and systems keep begin with a sign."""
    is_hidden = any(part.startswith((".", "_", "~$")) for part in file.relative_to(book).parts)
    return not is_hidden and file.suffix.lower() in _IMPORTED | _OTHERS and file.is_file()


def _way_in(name: str) -> str:
    """What makes a chapter of a file."""
    path = PurePosixPath(name)
    if path.suffix.lower() in _IMPORTED:
        return f"Make a chapter of it: pressroom import {shlex.quote(name)}."
    if path.suffix.lower() in _OTHERS:
        word = shlex.quote(path.with_suffix(".docx").name)
        return f"Save it as Markdown or as a Word document; pressroom import {word} makes a chapter of that."
    return "Save its text as Markdown, and name that."


def _all_of(names: Sequence[str]) -> str:
    """How many of a kind there are, and their names; nothing of a single one."""
    more = ", …" if len(names) > _NAMED else ""
    return f" There are {len(names)} such files: {', '.join(names[:_NAMED])}{more}." if len(names) > 1 else ""


def _place(file: Path, book: Path) -> Place:
    return Place(file.relative_to(book.parent).as_posix())
