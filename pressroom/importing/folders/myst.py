"""MyST and Jupyter Book: the pages of `myst.yml` or `_toc.yml` in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from pressroom.errors import Severity
from pressroom.importing.brought import Brought
from pressroom.importing.folders.assembly import assemble
from pressroom.importing.folders.front_matter import role_of_name, split_head, words_in_head
from pressroom.importing.folders.gathering import Gathering, SourceDocument
from pressroom.importing.folders.myst_texts import MystTexts
from pressroom.importing.folders.notebooks import notebook_lines
from pressroom.importing.folders.shortcodes import flat_variables
from pressroom.importing.folders.source_folder import SourceFolder, is_outside, read_folder_files
from pressroom.importing.folders.source_words import source_words, with_included
from pressroom.importing.folders.title_pages import Bibliographies, title_page
from pressroom.importing.folders.toc_entries import TocEntry
from pressroom.importing.folders.typed_lines import typed

_SUFFIXES = (".md", ".ipynb", ".markdown")
_INCLUDE = re.compile(r"^\s*(?:`{3,}|:{3,})\{include\}\s+(\S+)", re.MULTILINE)
_TOCTREE = re.compile(r"^([`:]{3,})\{toctree\}[^\n]*\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_INDEXES = ("index.md", "source/index.md", "docs/index.md", "docs/source/index.md")
_TOCS = ("_toc.yml", "_toc.yaml")
_FOR_DEVELOPERS = frozenset("readme license changelog contributing code_of_conduct".split())


def read_myst(root: Path) -> Brought:
    """All that a MyST project or a Jupyter Book gives. Raises PressroomError if there is nothing to read."""
    folder = read_folder_files(root)
    project_file = next((name for name in ("myst.yml", "myst.yaml") if name in folder.files), "")
    toc_file = next((name for name in _TOCS if name in folder.files), "")
    settings = folder.yaml(project_file) if project_file else {}
    project = settings.get("project") if isinstance(settings.get("project"), dict) else {}
    config = folder.yaml("_config.yml")
    facts = {**_facts_of_config(config), **(project or {})}
    gathering = Gathering(folder)
    gathering.variables = _substitutions(config, settings, project or {})
    works = Bibliographies(gathering)
    works.add(facts.get("bibliography") or _every_bibliography(folder), project_file or "_config.yml")
    lister = _Toc(folder, project_file if (project or {}).get("toc") else toc_file or project_file)
    entries = list(lister.of_project((project or {}).get("toc"))) if (project or {}).get("toc") else []
    entries = entries or (list(lister.of_book(folder, toc_file)) if toc_file else []) or list(lister.every())
    texts = MystTexts(gathering)
    documents = [_document(each, texts, works) for each in _once(entries)]
    about = title_page(gathering, facts, project_file or "_config.yml", works.names)
    files = [name for each in documents for name in with_included(folder, each.file, _INCLUDE)]
    return assemble(
        gathering,
        documents,
        about,
        source_words(folder, files, {each.file for each in documents}),
        tuple(works.extras.values()),
    )


def _document(entry: TocEntry, texts: MystTexts, works: Bibliographies) -> SourceDocument:
    folder = texts.gathering.folder
    if entry.file.endswith(".ipynb"):
        lines = notebook_lines(texts.gathering, entry.file)
    else:
        lines = typed(entry.file, folder.text(entry.file) or "")
    head, lines = split_head(lines, folder)
    texts.gathering.variables = {**_substitutions({}, head, head), **texts.gathering.variables}
    works.add(head.get("bibliography"), entry.file)
    lines = texts.written(lines)
    if entry.depth:
        folder.remark("import-nesting", entry.file, entry.title or entry.file, severity=Severity.ADVICE)
    role = "appendix" if "appendi" in entry.part.lower() else role_of_name(PurePosixPath(entry.file).stem)
    return SourceDocument(entry.file, tuple(lines), head, entry.title, entry.part, role, entry.is_after_parts)


def _facts_of_config(config: Mapping[str, Any]) -> dict[str, Any]:
    """What `_config.yml` of a Jupyter Book says, under the names of `myst.yml`."""
    sphinx = config.get("sphinx") if isinstance(config.get("sphinx"), dict) else {}
    inner = (sphinx or {}).get("config")
    language = inner.get("language") if isinstance(inner, dict) else None
    found = {"title": config.get("title"), "author": config.get("author"), "language": language,
             "bibliography": config.get("bibtex_bibfiles"), "copyright": config.get("copyright")}  # fmt: skip
    return {key: value for key, value in found.items() if value}


def _substitutions(*places: Mapping[str, Any]) -> dict[str, str]:
    """The values of `{{ name }}`, wherever versions of MyST have had them."""
    found: dict[str, str] = {}
    for place in places:
        inner = [place, *(place.get(key) for key in ("parse", "myst"))]
        for each in inner:
            if isinstance(each, dict):
                found |= flat_variables(each.get("myst_substitutions") or each.get("substitutions") or {})
    return found


def _every_bibliography(folder: SourceFolder) -> list[str]:
    """MyST reads every bibliography of a project."""
    return folder.below("", (".bib",))


def _once(entries: list[TocEntry]) -> Iterator[TocEntry]:
    seen: set[str] = set()
    for entry in entries:
        if entry.file not in seen:
            seen.add(entry.file)
            yield entry


class _Toc:
    """Reads tables of contents; what they list and is not there is noted."""

    def __init__(self, folder: SourceFolder, file: str) -> None:
        self.folder, self.file = folder, file

    def of_project(self, entries: Any, depth: int = 0) -> Iterator[TocEntry]:
        """The pages of `toc` in `myst.yml`. A title with children, and without a page, is a part."""
        has_parts = False
        for entry in entries if isinstance(entries, list) else []:
            keys = entry if isinstance(entry, dict) else {"file": entry}
            title = words_in_head(keys.get("title"))
            if "file" in keys or "pattern" in keys:
                for page in self._files(words_in_head(keys.get("file") or keys.get("pattern")), title, depth):
                    yield replace(page, is_after_parts=has_parts)
                yield from self.of_project(keys.get("children"), depth + 1)
            else:
                has_parts = has_parts or not depth
                yield from _as_part(self.of_project(keys.get("children"), depth), title)

    def of_book(self, folder: SourceFolder, toc_file: str) -> Iterator[TocEntry]:
        """The pages of `_toc.yml`, in the form of Jupyter Book 1 or in its first form, a list."""
        for entry in folder.yaml_list(toc_file):
            if isinstance(entry, dict) and "part" in entry:
                yield from _as_part(self._chapters(entry.get("chapters"), 0), words_in_head(entry["part"]))
            else:
                yield from self._chapters([entry], 0)
        keys = folder.yaml(toc_file)
        if root := words_in_head(keys.get("root")):
            yield from self._files(root, "", 0)
        for part in keys.get("parts") or keys.get("subtrees") or []:
            if isinstance(part, dict):
                inside = part.get("chapters") or part.get("entries")
                yield from _as_part(self._chapters(inside, 0), words_in_head(part.get("caption")))
        yield from self._chapters(keys.get("chapters") or keys.get("sections") or keys.get("entries"), 0)

    def _chapters(self, entries: Any, depth: int) -> Iterator[TocEntry]:
        for entry in entries if isinstance(entries, list) else []:
            keys = entry if isinstance(entry, dict) else {"file": entry}
            if name := words_in_head(keys.get("file") or keys.get("glob")):
                yield from self._files(name, words_in_head(keys.get("title")), depth)
            yield from self._chapters(keys.get("sections") or keys.get("entries"), depth + 1)

    def _files(self, name: str, title: str, depth: int) -> Iterator[TocEntry]:
        if "*" in name:
            files = {file for suffix in ("", ".*") for file in self.folder.matching(f"{name}{suffix}", _SUFFIXES)}
            yield from (TocEntry(file, title, depth=depth) for file in self.folder.files if file in files)
            return
        tried = (self.folder.resolve(f"{name}{suffix}", self.file) for suffix in ("", *_SUFFIXES))
        found = next(filter(None, tried), None)
        if found is None or is_outside(found):
            self.folder.remark("import-outside" if found else "import-file-missing", self.file, name)
        elif PurePosixPath(found).suffix.lower() in _SUFFIXES:
            yield TocEntry(found, title, depth=depth)
        else:
            self.folder.remark("import-not-read", self.file, name)

    def every(self) -> Iterator[TocEntry]:
        """All pages: those that the index lists in their order, then the others by name."""
        index = next((name for name in _INDEXES if name in self.folder.files), "")
        if index:
            yield from self._listed_in(index, set())
        files = [file for file in self.folder.below("", _SUFFIXES) if not file.startswith("_")]
        files = [file for file in files if PurePosixPath(file).stem.lower() not in _FOR_DEVELOPERS] or files
        for file in sorted(files, key=lambda file: PurePosixPath(file).stem != "index"):
            yield TocEntry(file)

    def _listed_in(self, page: str, seen: set[str]) -> Iterator[TocEntry]:
        """A page, and those that its `toctree` lists, with what these list."""
        seen.add(page)
        yield TocEntry(page)
        for tree in _TOCTREE.finditer(self.folder.text(page) or ""):
            lines = [line.strip() for line in tree[2].splitlines()]
            caption = next((line[9:].strip() for line in lines if line.startswith(":caption:")), "")
            names = [
                re.sub(r"^.*<([^<>]+)>$", r"\1", each) for each in lines if each and not each.startswith((":", "#"))
            ]
            tried = ((self.folder.resolve(f"{name}{suffix}", page) for suffix in ("", *_SUFFIXES)) for name in names)
            found = (next((each for each in all if each and each.endswith(_SUFFIXES)), "") for all in tried)
            listed = (each for name in found if name and name not in seen for each in self._listed_in(name, seen))
            yield from _as_part(listed, caption)


def _as_part(entries: Iterator[TocEntry], title: str) -> Iterator[TocEntry]:
    for n, entry in enumerate(entries):
        yield entry if n or not title else replace(entry, part=title)
