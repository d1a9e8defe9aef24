"""Quarto: a project with `_quarto.yml`, of whatever type, as chapters in the order of its contents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from pressroom.errors import Severity
from pressroom.importing.brought import Brought
from pressroom.importing.folders.assembly import assemble
from pressroom.importing.folders.fences import parsed, rendered
from pressroom.importing.folders.front_matter import role_of_name, split_head, words_in_head
from pressroom.importing.folders.gathering import Gathering, SourceDocument
from pressroom.importing.folders.inclusions import Inclusions
from pressroom.importing.folders.notebooks import notebook_lines
from pressroom.importing.folders.pandoc_blocks import PandocBlocks
from pressroom.importing.folders.pandoc_signs import PandocSigns, with_captions
from pressroom.importing.folders.shortcodes import Shortcodes, flat_variables
from pressroom.importing.folders.source_folder import SourceFolder, is_outside, read_folder_files
from pressroom.importing.folders.source_words import named_texts, source_words, with_included
from pressroom.importing.folders.title_pages import Bibliographies, title_page
from pressroom.importing.folders.typed_lines import TypedLine, text_of, typed

SETTINGS = ("_quarto.yml", "_quarto.yaml")
_SUFFIXES = (".qmd", ".md", ".ipynb", ".rmd")
_INCLUDE = re.compile(r"^\s*\{\{<\s*include\s+[\"']?([^\"'>]+?)[\"']?\s*>\}\}\s*$", re.MULTILINE)
_CARRIED = frozenset(
    "project book website manuscript lang bibliography csl title subtitle author date variables".split()
)
_APPENDICES = "Appendices"
_FOR_DEVELOPERS = frozenset("readme license changelog contributing code_of_conduct".split())


@dataclass(frozen=True)
class OrderedFile:
    """A file in the order of the book."""

    file: str
    title: str = ""
    part: str = ""
    role: str = ""
    is_after_parts: bool = False
    """Whether it stands in no part, though there are some before it."""


def read_quarto(root: Path, only: str = "") -> Brought:
    """All that a Quarto project gives, or one file of it. Raises PressroomError if there is nothing to read."""
    folder = read_folder_files(root)
    settings_file = next((name for name in SETTINGS if name in folder.files), SETTINGS[0])
    settings = folder.yaml(settings_file)
    gathering = Gathering(folder)
    gathering.variables = flat_variables(folder.yaml("_variables.yml") or folder.yaml("_variables.yaml"))
    others = sorted(key for key in settings if key not in _CARRIED)
    if others:
        folder.remark("import-settings", settings_file, ", ".join(others), severity=Severity.ADVICE)
    kind = words_in_head(_keys(settings.get("project")).get("type")) or "default"
    facts = (
        {"title": _keys(settings.get("project")).get("title")}
        | _keys(settings.get(kind))
        | {key: value for key, value in settings.items() if key not in ("book", "website", "manuscript", "project")}
    )
    order = [OrderedFile(only)] if only else list(_order(folder, settings, kind, settings_file))
    works = Bibliographies(gathering)
    works.add(settings.get("bibliography"), settings_file)
    works.add_style(settings.get("csl"), settings_file)
    reader = QuartoReader(gathering, facts, works)
    documents = [reader.document(each) for each in order]
    if not facts.get("title") and len(documents) == 1:
        facts |= {key: value for key, value in documents[0].head.items() if key not in facts}
    about = title_page(gathering, facts, settings_file, works.names)
    files = [name for each in order for name in with_included(folder, each.file, _INCLUDE)]
    return assemble(
        gathering,
        documents,
        about,
        source_words(folder, files, {each.file for each in order}),
        tuple(works.extras.values()),
    )


@dataclass
class QuartoReader:
    """Reads the documents of a project."""

    gathering: Gathering
    facts: Mapping[str, Any]
    works: Bibliographies

    def __post_init__(self) -> None:
        self.signs = PandocSigns(self.gathering)
        self.blocks = PandocBlocks(self.gathering)
        self.inclusions = Inclusions(self.gathering, _INCLUDE, self._lines_of)

    def document(self, ordered: OrderedFile) -> SourceDocument:
        """A file of the project as a document in our Markdown."""
        head, lines = self._head_and_lines(ordered.file)
        head = {**self._inherited(ordered.file), **head}
        self.works.add(head.get("bibliography"), ordered.file)
        self.gathering.inclusions = 0
        lines = self.inclusions.into(lines, (ordered.file,))
        lines = rendered(parsed(lines), self.blocks)
        shortcodes = Shortcodes(self.gathering, {**self.facts, **head})
        lines = shortcodes.rewrite(lines)
        for key in ("title", "subtitle"):
            if "{{<" in str(head.get(key)):
                head[key] = text_of(shortcodes.rewrite(typed(ordered.file, str(head[key]))))
        lines = self.signs.rewrite(with_captions(lines, self.gathering))
        role = ordered.role or role_of_name(PurePosixPath(ordered.file).stem)
        return SourceDocument(
            ordered.file, tuple(lines), head, ordered.title, ordered.part, role, ordered.is_after_parts
        )

    def _head_and_lines(self, file: str) -> tuple[dict[str, Any], list[TypedLine]]:
        folder = self.gathering.folder
        if file.endswith(".ipynb"):
            return split_head(notebook_lines(self.gathering, file), folder)
        return split_head(typed(file, folder.text(file) or ""), folder)

    def _lines_of(self, match: re.Match[str], line: TypedLine, file: str) -> list[TypedLine]:
        del match, line
        return self._head_and_lines(file)[1]

    def _inherited(self, file: str) -> dict[str, Any]:
        """What `_metadata.yml` in the folders above a file says."""
        found: dict[str, Any] = {}
        for folder in reversed(PurePosixPath(file).parents):
            name = (folder / "_metadata.yml").as_posix()
            if name in self.gathering.folder.files:
                found |= {k: v for k, v in self.gathering.folder.yaml(name).items() if k in ("author", "lang", "date")}
        return found


def _keys(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}


# ---- the order


def _order(folder: SourceFolder, settings: dict[str, Any], kind: str, settings_file: str) -> Iterator[OrderedFile]:
    """The files of a project in their order, each once."""
    lister = _Lister(folder, settings_file)
    book, site = _keys(settings.get("book")), _keys(settings.get("website"))
    if kind == "book":
        found = [*lister.entries(book.get("chapters"), "")]
        found += _as_appendix(lister.entries(book.get("appendices"), ""))
    elif kind == "manuscript":
        article = words_in_head(_keys(settings.get("manuscript")).get("article")) or "index.qmd"
        found = [*lister.entries([article], "")]
    else:
        found = [*lister.entries(_contents(site), "")] or [*lister.every(_keys(settings.get("project")).get("render"))]
    seen: set[str] = set()
    part, has_parts = "", False
    for each in found or lister.every(None):
        part = each.part or part
        has_parts = has_parts or bool(part)
        if each.file not in seen:
            seen.add(each.file)
            yield replace(each, part=part, is_after_parts=has_parts and each.is_after_parts)
            part = ""


def _as_appendix(entries: Iterator[OrderedFile]) -> Iterator[OrderedFile]:
    for n, each in enumerate(entries):
        yield replace(each, part=_APPENDICES if n == 0 else "", role="appendix", is_after_parts=False)


def _contents(site: dict[str, Any]) -> list[Any]:
    """The contents of a website: those of its sidebars, or else the links of its bar."""
    sidebars = site.get("sidebar")
    bars = sidebars if isinstance(sidebars, list) else [sidebars]
    found = [entry for bar in bars for entry in _listed(_keys(bar).get("contents"))]
    return found or _listed(_keys(site.get("navbar")).get("left"))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


@dataclass
class _Lister:
    folder: SourceFolder
    settings_file: str

    def entries(self, value: Any, part: str) -> Iterator[OrderedFile]:
        """The files of a list of contents. The first one in a part has its title."""
        is_in_part = bool(part)
        for entry in _listed(value):
            for each in self._entry(entry):
                title = ": ".join(filter(None, (part, each.part)))
                yield replace(each, part=title, is_after_parts=each.is_after_parts and not is_in_part)
                part = ""

    def _entry(self, entry: Any) -> Iterator[OrderedFile]:
        keys = _keys(entry)
        if "part" in keys or "section" in keys:
            title = words_in_head(keys.get("part") or keys.get("section"))
            inside = keys.get("chapters") or keys.get("contents")
            if title.endswith(_SUFFIXES):
                yield from self._part_of_file(title, inside)
            else:
                if isinstance(keys.get("href"), str):
                    inside = [keys["href"], *_listed(inside)]
                yield from self.entries(inside, title)
            return
        name = words_in_head(keys.get("href") or keys.get("file")) if keys else words_in_head(entry)
        if name in ("---", "") or re.match(r"https?:", name):
            return
        yield from self._files(name, words_in_head(keys.get("text")))

    def _part_of_file(self, name: str, inside: Any) -> Iterator[OrderedFile]:
        """A part whose title, and a text below it, stand in a file: the text is its first chapter."""
        for opening in self._files(name, ""):
            text = self.folder.text(opening.file) or ""
            head, lines = split_head(typed(opening.file, text), self.folder)
            heading = next(
                (match[1] for each in lines if (match := re.match(r"#\s+(.*?)\s*(\{.*\})?$", each.text))), ""
            )
            title = words_in_head(head.get("title")) or heading or PurePosixPath(name).stem
            has_text = any(not each.is_blank and not each.text.startswith("#") for each in lines)
            yield from self.entries([*([name] if has_text else []), *_listed(inside)], title)

    def _files(self, name: str, title: str) -> Iterator[OrderedFile]:
        if name == "auto" or any(sign in name for sign in "*?["):
            for file in self.folder.matching("**" if name == "auto" else name, _SUFFIXES):
                if not _is_hidden(file):
                    yield OrderedFile(file)
            return
        found = self.folder.resolve(name, self.settings_file)
        if found is None or is_outside(found):
            id = "import-outside" if found else "import-file-missing"
            self.folder.remark(id, self.settings_file, name)
        elif PurePosixPath(found).suffix.lower() in _SUFFIXES:
            yield OrderedFile(found, title, is_after_parts=True)

    def every(self, render: Any) -> Iterator[OrderedFile]:
        """All documents, or those that `render` names."""
        if names := [name for each in _listed(render) if (name := words_in_head(each)) and name[0] != "!"]:
            yield from self.entries(names, "")
            return
        files = [file for file in self.folder.below("", _SUFFIXES) if not _is_hidden(file)]
        included = {name for file in files for name in named_texts(self.folder, file, _INCLUDE)}
        files = [file for file in files if file not in included] or files
        for file in sorted(files, key=lambda file: PurePosixPath(file).stem != "index" or "/" in file):
            if PurePosixPath(file).stem.lower() not in _FOR_DEVELOPERS:
                yield OrderedFile(file)


def _is_hidden(file: str) -> bool:
    """Whether a file is meant for others: names that begin with an underscore are included, not rendered."""
    return any(part.startswith("_") for part in PurePosixPath(file).parts)
