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
from pressroom.importing.folders.ordered_files import (
    INCLUDE,
    FileLister,
    OrderedFile,
    each_once,
    keys_of,
    listed,
)
from pressroom.importing.folders.pandoc_blocks import PandocBlocks, without_heading_of_works
from pressroom.importing.folders.pandoc_signs import PandocSigns, with_captions
from pressroom.importing.folders.shortcodes import Shortcodes, flat_variables
from pressroom.importing.folders.source_folder import SourceFolder, read_folder_files
from pressroom.importing.folders.source_words import source_words, with_included
from pressroom.importing.folders.title_pages import Bibliographies, title_page
from pressroom.importing.folders.typed_lines import TypedLine, text_of, typed

SETTINGS = ("_quarto.yml", "_quarto.yaml")
_CARRIED = frozenset(
    "project book website manuscript lang bibliography csl title subtitle author date variables".split()
)
_APPENDICES = "Appendices"


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
    kind = words_in_head(keys_of(settings.get("project")).get("type")) or "default"
    facts = (
        {"title": keys_of(settings.get("project")).get("title")}
        | keys_of(settings.get(kind))
        | {key: value for key, value in settings.items() if key not in ("book", "website", "manuscript", "project")}
    )
    facts = {key: value for key, value in facts.items() if value is not None}
    order = [OrderedFile(only)] if only else list(_order(folder, settings, kind, settings_file))
    works = Bibliographies(gathering)
    works.add(settings.get("bibliography"), settings_file)
    works.add_style(settings.get("csl"), settings_file)
    reader = QuartoReader(gathering, facts, works)
    documents = [reader.document(each) for each in order]
    if not facts.get("title") and len(documents) == 1:
        facts |= {key: value for key, value in documents[0].head.items() if key not in facts}
    about = title_page(gathering, facts, settings_file, works.names)
    files = [name for each in order for name in with_included(folder, each.file, INCLUDE)]
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
        self.inclusions = Inclusions(self.gathering, INCLUDE, self._lines_of)

    def document(self, ordered: OrderedFile) -> SourceDocument:
        """A file of the project as a document in our Markdown."""
        head, lines = self._head_and_lines(ordered.file)
        return self.of_lines(ordered, {**self._inherited(ordered.file), **head}, lines)

    def of_lines(self, ordered: OrderedFile, head: dict[str, Any], lines: list[TypedLine]) -> SourceDocument:
        """Lines of a file, with what its front matter says, as a document in our Markdown."""
        self.works.add(head.get("bibliography"), ordered.file)
        self.gathering.inclusions = 0
        lines = self.inclusions.into(lines, (ordered.file,))
        lines = rendered(parsed(without_heading_of_works(lines)), self.blocks)
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


# ---- the order


def _order(folder: SourceFolder, settings: dict[str, Any], kind: str, settings_file: str) -> Iterator[OrderedFile]:
    """The files of a project in their order, each once."""
    lister = FileLister(folder, settings_file)
    book, site = keys_of(settings.get("book")), keys_of(settings.get("website"))
    if kind == "book":
        found = [*lister.entries(book.get("chapters"), "")]
        found += _as_appendix(lister.entries(book.get("appendices"), ""))
    elif kind == "manuscript":
        article = words_in_head(keys_of(settings.get("manuscript")).get("article")) or "index.qmd"
        found = [*lister.entries([article], "")]
    else:
        found = [*lister.entries(_contents(site), "")] or [
            *lister.every(keys_of(settings.get("project")).get("render"))
        ]
    yield from each_once(found or lister.every(None))


def _as_appendix(entries: Iterator[OrderedFile]) -> Iterator[OrderedFile]:
    for n, each in enumerate(entries):
        yield replace(each, part=_APPENDICES if n == 0 else "", role="appendix", is_after_parts=False)


def _contents(site: dict[str, Any]) -> list[Any]:
    """The contents of a website: those of its sidebars, or else the links of its bar."""
    sidebars = site.get("sidebar")
    bars = sidebars if isinstance(sidebars, list) else [sidebars]
    found = [entry for bar in bars for entry in listed(keys_of(bar).get("contents"))]
    return found or listed(keys_of(site.get("navbar")).get("left"))
