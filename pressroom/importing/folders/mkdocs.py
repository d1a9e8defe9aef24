"""MkDocs: the pages of `mkdocs.yml` in the order of its `nav`, or of their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from pressroom.errors import Severity
from pressroom.importing.brought import Brought
from pressroom.importing.chapter_text import title_of_name
from pressroom.importing.folders.assembly import assemble
from pressroom.importing.folders.front_matter import role_of_name, split_head, words_in_head
from pressroom.importing.folders.gathering import Gathering, SourceDocument
from pressroom.importing.folders.mkdocs_texts import SNIPPET, MkdocsTexts
from pressroom.importing.folders.ordered_files import FileLister, OrderedFile, each_once, keys_of, listed
from pressroom.importing.folders.shortcodes import flat_variables
from pressroom.importing.folders.source_folder import SourceFolder, read_folder_files
from pressroom.importing.folders.source_words import source_words, with_included
from pressroom.importing.folders.title_pages import title_page
from pressroom.importing.folders.typed_lines import typed

SETTINGS = ("mkdocs.yml", "mkdocs.yaml")
_TAG = re.compile(r"(?<=[\s:\[])![\w!/:.-]+")
"""Tags of YAML that name functions of Python, or variables of the environment."""
_CARRIED = frozenset("site_name site_author site_description copyright nav docs_dir extra".split())


def read_mkdocs(root: Path) -> Brought:
    """All that a site of MkDocs gives. Raises PressroomError if there is nothing to read."""
    folder = read_folder_files(root)
    settings_file = next((name for name in SETTINGS if name in folder.files), SETTINGS[0])
    settings = folder.yaml_of(_TAG.sub("", folder.text(settings_file) or ""), settings_file)
    docs = words_in_head(settings.get("docs_dir")).strip("./") or "docs"
    if others := sorted(key for key in settings if key not in _CARRIED):
        folder.remark("import-settings", settings_file, ", ".join(others), severity=Severity.ADVICE)
    gathering = Gathering(folder, docs)
    order = list(_order(folder, settings, docs))
    gathering.variables = _variables(folder, settings, order)
    texts = MkdocsTexts(gathering)
    documents = [_document(each, texts) for each in order]
    theme = keys_of(settings.get("theme"))
    rights = re.sub(r"<[^<>]*>", "", words_in_head(settings.get("copyright"))).replace("&copy;", "©")
    facts = {"title": settings.get("site_name"), "author": settings.get("site_author"), "rights": rights,
             "description": settings.get("site_description"), "language": theme.get("language")}  # fmt: skip
    files = [name for each in order for name in with_included(folder, each.file, SNIPPET)]
    words = source_words(folder, files, {each.file for each in order})
    return assemble(gathering, documents, title_page(gathering, facts, settings_file, ()), words)


def _document(ordered: OrderedFile, texts: MkdocsTexts) -> SourceDocument:
    folder = texts.gathering.folder
    head, lines = split_head(typed(ordered.file, folder.text(ordered.file) or ""), folder)
    shown = {key: value for key, value in head.items() if key not in ("hide", "icon", "status", "template", "search")}
    role = role_of_name(PurePosixPath(ordered.file).stem)
    return SourceDocument(ordered.file, tuple(texts.written(lines)), shown, ordered.title, ordered.part, role,
                          ordered.is_after_parts)  # fmt: skip


def _variables(folder: SourceFolder, settings: Mapping[str, Any], order: list[OrderedFile]) -> dict[str, str]:
    """The values of `extra` that texts ask for."""
    every = flat_variables(settings.get("extra") or {})
    text = "\n".join(folder.text(each.file) or "" for each in order)
    return {name: value for name, value in every.items() if re.search(rf"\{{\{{\s*{re.escape(name)}\s*\}}\}}", text)}


# ---- the order


def _order(folder: SourceFolder, settings: Mapping[str, Any], docs: str) -> Iterator[OrderedFile]:
    """The pages that `nav` names, each once, or all; a page that it does not name is noted."""
    lister = FileLister(folder, f"{docs}/nav")  # names count from the folder of the pages
    found = list(each_once(lister.entries([*map(_entry, listed(settings.get("nav")))], "")))
    every = folder.below(docs, (".md", ".markdown"))
    if not found:
        yield from _by_folders(every, docs)
        return
    named = {each.file for each in found}
    for file in every:
        if file not in named:
            folder.remark("import-unlisted", file, file, severity=Severity.ADVICE)
    yield from found


def _entry(entry: Any) -> Any:
    """An entry of `nav`, as the lists of other programs have it."""
    title, inside = next(iter(entry.items()), ("", None)) if isinstance(entry, dict) else ("", entry)
    if isinstance(inside, list):
        return {"section": title, "contents": [*map(_entry, inside)]}
    return {"href": inside, "text": title} if title else inside


def _by_folders(files: list[str], docs: str) -> Iterator[OrderedFile]:
    """All pages, the index of a folder first, folders as parts."""
    parts: set[str] = set()
    for file in sorted(files, key=lambda file: _place_of(file, docs)):
        folder = PurePosixPath(file).relative_to(docs).parent.as_posix()
        part = title_of_name(folder.split("/")[-1]) if folder != "." and folder not in parts else ""
        parts.add(folder)
        yield OrderedFile(file, part=part)


def _place_of(file: str, docs: str) -> tuple[Any, ...]:
    path = PurePosixPath(file).relative_to(docs)
    is_index = path.stem.lower() in ("index", "readme")
    return (path.parent != PurePosixPath(), path.parent.parts, not is_index, path.name.lower())
