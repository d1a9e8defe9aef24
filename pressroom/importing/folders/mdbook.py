"""mdBook: the chapters of `SUMMARY.md` in their order, with what they include."""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from pressroom.errors import Severity
from pressroom.importing.brought import Brought, TitlePage
from pressroom.importing.folders.assembly import assemble
from pressroom.importing.folders.cross_references import plain_words
from pressroom.importing.folders.fences import parsed, rendered
from pressroom.importing.folders.front_matter import names_in_head, role_of_name, split_head, words_in_head
from pressroom.importing.folders.gathering import Gathering, SourceDocument
from pressroom.importing.folders.mdbook_texts import MdbookTexts
from pressroom.importing.folders.source_folder import SourceFolder, is_outside, read_folder_files
from pressroom.importing.folders.source_words import source_words, with_included
from pressroom.importing.folders.typed_lines import TypedLine, typed

_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?([^()<>]*(?:\([^()]*\))?[^()<>]*)>?\s*\)")
_ITEM = re.compile(r"^(\s*)(?:[-*+]|\d+[.)])\s+(.*)")
_TOOLTIP = re.compile(r"\s+(?:\"[^\"]*\"|'[^']*')\s*$")
_HEADING = re.compile(r"^#+\s+(.*?)\s*#*$")
_WHOLE = re.compile(r"(?<!\\)\{\{#include\s+([^{}:\s]+)\s*\}\}")
_SUMMARY = "SUMMARY.md"


@dataclass(frozen=True)
class SummaryEntry:
    """A chapter that a summary lists."""

    file: str
    title: str
    part: str = ""
    depth: int = 0
    is_before: bool = False
    """Whether it stands before the numbered chapters, outside the list."""
    is_behind: bool = False


def read_mdbook(root: Path) -> Brought:
    """All that a book gives. Raises PressroomError if there is nothing to read."""
    folder = read_folder_files(root)
    settings = _settings(folder)
    book = settings.get("book", {})
    gitbook = folder.yaml(".gitbook.yaml")
    named = words_in_head(book.get("src")) or words_in_head(gitbook.get("root"))
    source = posixpath.normpath(named or ("src" if f"src/{_SUMMARY}" in folder.files else ".")).strip("/")
    source = "" if source == "." else source
    gathering = Gathering(folder, source)
    structure = gitbook.get("structure")
    summary = words_in_head(structure.get("summary")) if isinstance(structure, dict) else ""
    entries = list(_entries(folder, posixpath.normpath(posixpath.join(source, summary or _SUMMARY))))
    if not entries:
        files = folder.below(source, (".md",))
        entries = [SummaryEntry(f, "") for f in files if PurePosixPath(f).name != _SUMMARY]
    texts = MdbookTexts(gathering, _hidden_signs(settings))
    documents = [_document(each, texts) for each in entries]
    about = TitlePage(
        title=words_in_head(book.get("title")),
        language=words_in_head(book.get("language")),
        creators=tuple((name, "author") for name in names_in_head(book.get("authors") or book.get("author"))),
        description=words_in_head(book.get("description")),
    )
    files = [name for each in entries for name in with_included(folder, each.file, _WHOLE)]
    return assemble(gathering, documents, about, source_words(folder, files, {each.file for each in entries}))


def _settings(folder: SourceFolder) -> dict[str, Any]:
    try:
        found = tomllib.loads(folder.text("book.toml") or "")
    except tomllib.TOMLDecodeError as fault:
        folder.remark("import-yaml", "book.toml", f"This is not TOML: {fault}")
        return {}
    return found if isinstance(found.get("book", {}), dict) else {}


def _hidden_signs(settings: Mapping[str, Any]) -> dict[str, str]:
    """By language, the sign at the beginning of lines of code that are not shown."""
    found: Any = settings
    for key in ("output", "html", "code", "hidelines"):
        found = found.get(key) if isinstance(found, dict) else None
    return {str(key): str(value) for key, value in (found or {}).items()} | {"rust": "# "}


def _document(entry: SummaryEntry, texts: MdbookTexts) -> SourceDocument:
    folder = texts.gathering.folder
    head, lines = split_head(typed(entry.file, folder.text(entry.file) or ""), folder)
    lines = texts.written(rendered(parsed(texts.included(lines, entry.file)), texts.block))
    if entry.depth:
        folder.remark("import-nesting", entry.file, entry.title or entry.file, severity=Severity.ADVICE)
    role = role_of_name(PurePosixPath(entry.file).stem) or role_of_name(entry.title)
    if not (entry.is_before or entry.is_behind) and role != "appendix":
        role = ""
    return SourceDocument(entry.file, tuple(lines), head, entry.title, entry.part, role, is_after_parts=entry.is_behind)


# ---- the summary


def _entries(folder: SourceFolder, summary: str) -> Iterator[SummaryEntry]:
    """The chapters of a summary, each file once. What it lists and is not there is noted."""
    lines = typed(summary, folder.text(summary) or "")
    seen = {summary}
    for line, entry in _listed(lines):
        if not entry.file:
            folder.remark("import-draft", summary, entry.title, line.line, Severity.ADVICE)
            continue
        found = folder.resolve(entry.file, summary, posixpath.dirname(summary))
        if found == summary:
            folder.remark("import-include-loop", summary, entry.file, line.line)
        elif found is None or is_outside(found):
            folder.remark("import-outside" if found else "import-file-missing", summary, entry.file, line.line)
        elif found not in seen:
            seen.add(found)
            yield SummaryEntry(found, entry.title, entry.part, entry.depth, entry.is_before, entry.is_behind)


def _listed(lines: Sequence[TypedLine]) -> Iterator[tuple[TypedLine, SummaryEntry]]:
    """The links of a summary: those before the list, in it, and behind it. A heading in it begins a part."""
    part, indents, has_list, is_first_heading = "", [0], False, True
    for line in lines:
        if heading := _HEADING.match(line.text):
            is_title = is_first_heading and (not has_list)
            part = "" if is_title else plain_words(heading[1])
            is_first_heading = False
            continue
        item = _ITEM.match(line.text)
        match = _LINK.search(item[2] if item else line.text)
        if match is None:
            continue
        depth = 0
        if item:
            has_list = True
            while indents and len(item[1]) < indents[-1]:
                indents.pop()
            indents += [len(item[1])] if not indents or len(item[1]) > indents[-1] else []
            depth = len(indents) - 1
        title = plain_words(match[1])
        entry = SummaryEntry(
            _TOOLTIP.sub("", match[2]).strip(), title, part, depth, not item and not has_list, not item and has_list
        )
        part = "" if entry.file else part
        yield line, entry
