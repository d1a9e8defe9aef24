"""Obsidian: the notes of a vault as chapters, in the order of a note that lists them, or of their names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from pressroom.errors import Severity
from pressroom.importing.brought import Brought, TitlePage
from pressroom.importing.chapter_text import title_of_name
from pressroom.importing.folders.assembly import assemble
from pressroom.importing.folders.fences import parsed, rendered
from pressroom.importing.folders.front_matter import split_head, words_in_head
from pressroom.importing.folders.gathering import Gathering, SourceDocument
from pressroom.importing.folders.ordered_files import OTHER_DOCUMENTS
from pressroom.importing.folders.source_folder import SourceFolder, read_folder_files
from pressroom.importing.folders.source_words import source_words
from pressroom.importing.folders.typed_lines import TypedLine, typed
from pressroom.importing.folders.vault_blocks import VaultBlocks
from pressroom.importing.folders.vault_links import EMBED, LINK, NoteLinks
from pressroom.importing.folders.vault_signs import VaultSigns

_SUFFIXES = (".md", ".markdown")
_INDEX = re.compile(
    r"(?:\d+[\s._-]+)?(?:index|home|moc|map of content|contents|table of contents|toc|inhalt|start|00)", re.IGNORECASE
)
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(?:\[.\]\s+)?")
_FEWEST = 2
"""Notes that a note must list to be the one that orders them."""


@dataclass(frozen=True)
class _Listed:
    """A note in the order, and the part that begins with it."""

    file: str
    part: str = ""


def read_obsidian(root: Path) -> Brought:
    """All that a vault gives. Raises PressroomError if there is no note in it."""
    return read_vault(read_folder_files(root), None)


def read_vault(folder: SourceFolder, only: Sequence[str] | None) -> Brought:
    """All notes of a folder, or only some of them, with links between them in the manner of Obsidian."""
    gathering = Gathering(folder, finds_anywhere=True)
    templates = _templates(folder)
    every = [file for file in folder.below("", _SUFFIXES) if not (templates and file.startswith(f"{templates}/"))]
    drawn = [file for file in every if file.endswith(".excalidraw.md")]
    for name in (*drawn, *folder.below("", (".canvas", ".base"))):
        folder.remark("import-canvas", name, name)
    for name in folder.below("", OTHER_DOCUMENTS) if only is None else ():
        folder.remark("import-not-read", name, name, severity=Severity.ADVICE)
    notes = {file: split_head(typed(file, folder.text(file) or ""), folder) for file in every if file not in drawn}
    links = NoteLinks(gathering, notes)
    index = None if only is not None else _index(notes, links)
    order = list(_order(folder, notes, links, index)) if only is None else [_Listed(file) for file in only]
    embedded = links.embedded_whole() - ({listed.file for listed in order} if index else set())
    blocks, signs = VaultBlocks(gathering), VaultSigns(gathering, links)
    numbered = _numbered_folders(order)
    documents = []
    for listed in order:
        if listed.file in embedded and only is None:
            continue
        head, lines = notes[listed.file]
        gathering.inclusions = 0
        lines = links.with_embedded(lines, listed.file)
        lines = signs.rewrite(rendered(parsed(lines), blocks))
        path = PurePosixPath(listed.file)
        name = title_of_name(path.stem) if path.parent in numbered else path.stem
        title = words_in_head(head.get("title")) or name
        own = _own_keys(head) if _begins_with_title(lines) else _own_keys(head) | {"title": title}
        documents.append(SourceDocument(listed.file, tuple(lines), own, title, listed.part))
    about = _title_page(folder, notes, index, documents)
    words = source_words(folder, [*dict.fromkeys([*(d.file for d in documents), *embedded])])
    return assemble(gathering, documents, about, words)


def _begins_with_title(lines: Sequence[TypedLine]) -> bool:
    """Whether a note begins with a heading of the first level; else the name of its file is its title."""
    first = next((line.text for line in lines if not line.is_blank), "")
    return bool(re.match(r"#\s", first))


def _numbered_folders(order: Sequence[_Listed]) -> set[PurePosixPath]:
    """The folders whose notes all begin with a number, which keeps them in order and belongs to no title."""
    stems: dict[PurePosixPath, list[str]] = {}
    for listed in order:
        path = PurePosixPath(listed.file)
        stems.setdefault(path.parent, []).append(path.stem)
    numbered = re.compile(r"\d{1,3}[\s._-]+\S")
    return {folder for folder, names in stems.items() if len(names) > 1 and all(map(numbered.match, names))}


def _own_keys(head: dict[str, Any]) -> dict[str, Any]:
    """The properties of a note; a title that is only the name of its file is none."""
    return {key: value for key, value in head.items() if key.lower() not in ("tags", "tag", "created", "updated", "up")}


def _templates(folder: SourceFolder) -> str:
    """The folder of templates, which are no notes."""
    file = folder.root / ".obsidian/templates.json"
    try:
        found = json.loads(file.read_text("utf-8-sig")).get("folder", "")
    except (OSError, ValueError, AttributeError, RecursionError):
        return ""
    return str(found).strip("/")


def _title_page(
    folder: SourceFolder, notes: dict[str, Any], index: str | None, documents: Sequence[SourceDocument]
) -> TitlePage:
    head = notes[index][0] if index else (documents[0].head if len(documents) == 1 else {})
    authors = head.get("author") or head.get("authors")
    names = authors if isinstance(authors, list) else [authors] if authors else []
    title = words_in_head(head.get("title")) or (
        title_of_name(folder.root.resolve().name) if len(documents) > 1 else ""
    )
    creators = tuple((str(name).strip("[]"), "author") for name in names)
    return TitlePage(title=title, language=words_in_head(head.get("lang") or head.get("language")), creators=creators)


# ---- the order


def _index(notes: dict[str, tuple[dict[str, Any], list[TypedLine]]], links: NoteLinks) -> str | None:
    """The note that lists the others: by its name, of several the one that lists most."""
    found = []
    for file in notes:
        path = PurePosixPath(file)
        if path.parent.as_posix() == "." and _INDEX.fullmatch(path.stem):
            listed = {each for each, _ in _links_in(notes[file][1], file, links)}
            if len(listed - {file}) >= _FEWEST:
                found.append((len(listed), file))
    return max(found, key=lambda each: each[0])[1] if found else None


def _links_in(lines: Sequence[TypedLine], file: str, links: NoteLinks) -> Iterator[tuple[str, TypedLine]]:
    for line in lines:
        for match in (*EMBED.finditer(line.text), *LINK.finditer(line.text)):
            if note := links.note_of(match[1].partition("#")[0].strip(), file):
                yield note, line


def _order(
    folder: SourceFolder, notes: dict[str, tuple[dict[str, Any], list[TypedLine]]], links: NoteLinks, index: str | None
) -> Iterator[_Listed]:
    """The notes that the index lists, with its headings as parts, and then the others by name; folders are parts."""
    seen: set[str] = set()
    if index:
        seen.add(index)
        if _has_prose(notes[index][1]):
            folder.remark("import-index", index, index, severity=Severity.ADVICE)
            yield _Listed(index)
        yield from _listed_by(index, notes, links, seen)
        rest = [file for file in notes if file not in seen]
        for file in rest:
            folder.remark("import-unlisted-note", file, file, severity=Severity.ADVICE)
    part = ""
    for file in sorted(notes, key=lambda file: "/" in file):
        if file not in seen:
            here = file.partition("/")[0] if "/" in file else ""
            yield _Listed(file, title_of_name(here) if here != part and here and not index else "")
            part = here


def _listed_by(index: str, notes: dict[str, Any], links: NoteLinks, seen: set[str]) -> Iterator[_Listed]:
    """The notes that an index lists. A note that lists others itself, and says nothing else, stands for these."""
    part = ""
    headings = [line for line in notes[index][1] if re.match(r"#{2,6}\s+\S", line.text)]
    for line in notes[index][1]:
        if line in headings:
            part = re.sub(r"^#+\s+", "", line.text).strip()
        for note, _ in _links_in([line], index, links):
            if note in seen:
                continue
            seen.add(note)
            inner = notes[note][1]
            if not _has_prose(inner) and len(list(_links_in(inner, note, links))) >= _FEWEST:
                found = [*_listed_by(note, notes, links, seen)]
            else:
                found = [_Listed(note)]
            for n, each in enumerate(found):
                yield replace(each, part=part) if n == 0 and part else each
                part = ""


def _has_prose(lines: Sequence[TypedLine]) -> bool:
    """Whether a note says more than headings and lists of links."""
    for line in lines:
        rest = LINK.sub("", EMBED.sub("", _ITEM.sub("", line.text)))
        if rest.strip(" -–—:*%#") and not line.text.lstrip().startswith(("#", "%%")):
            return True
    return False
