"""Ordered files: lists of contents, as settings of other programs have them, become files in the order of the book."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from pressroom.importing.folders.front_matter import split_head, words_in_head
from pressroom.importing.folders.source_folder import SourceFolder, is_outside
from pressroom.importing.folders.source_words import named_texts
from pressroom.importing.folders.typed_lines import typed

TEXTS = (".qmd", ".md", ".ipynb", ".rmd")
OTHER_DOCUMENTS = (".docx", ".doc", ".odt", ".rst", ".adoc", ".tex", ".html", ".htm", ".org", ".ipynb")
"""How texts end that a folder of Markdown may hold, and that are told where they are not read."""
INCLUDE = re.compile(r"^\s*\{\{<\s*include\s+[\"']?([^\"'>]+?)[\"']?\s*>\}\}\s*$", re.MULTILINE)
"""The line with which Quarto puts another file in its place."""
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


def keys_of(value: Any) -> dict[str, Any]:
    """The keys of a value; none of one that has no keys."""
    return dict(value) if isinstance(value, dict) else {}


def listed(value: Any) -> list[Any]:
    """The items of a value, which may be a single one."""
    return value if isinstance(value, list) else [value] if value else []


def each_once(entries: Iterable[OrderedFile]) -> Iterator[OrderedFile]:
    """The files in their order, each once; the part of a file that has been there begins with the next one."""
    seen: set[str] = set()
    part, has_parts = "", False
    for each in entries:
        part = each.part or part
        has_parts = has_parts or bool(part)
        if each.file not in seen:
            seen.add(each.file)
            yield replace(each, part=part, is_after_parts=has_parts and each.is_after_parts)
            part = ""


@dataclass
class FileLister:
    """Finds the files that lists of contents name."""

    folder: SourceFolder
    settings_file: str

    def entries(self, value: Any, part: str) -> Iterator[OrderedFile]:
        """The files of a list of contents. The first one in a part has its title."""
        is_in_part = bool(part)
        for entry in listed(value):
            for each in self._entry(entry):
                title = ": ".join(filter(None, (part, each.part)))
                yield replace(each, part=title, is_after_parts=each.is_after_parts and not is_in_part)
                part = ""

    def _entry(self, entry: Any) -> Iterator[OrderedFile]:
        keys = keys_of(entry)
        if "part" in keys or "section" in keys:
            title = words_in_head(keys.get("part") or keys.get("section"))
            inside = keys.get("chapters") or keys.get("contents")
            if title.endswith(TEXTS):
                yield from self._part_of_file(title, inside)
            else:
                if isinstance(keys.get("href"), str):
                    inside = [keys["href"], *listed(inside)]
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
            yield from self.entries([*([name] if has_text else []), *listed(inside)], title)

    def _files(self, name: str, title: str) -> Iterator[OrderedFile]:
        if name == "auto" or any(sign in name for sign in "*?["):
            for file in self.folder.matching("**" if name == "auto" else name, TEXTS):
                if not _is_hidden(file):
                    yield OrderedFile(file)
            return
        found = self.folder.resolve(name, self.settings_file)
        if found is None or is_outside(found):
            id = "import-outside" if found else "import-file-missing"
            self.folder.remark(id, self.settings_file, name)
        elif PurePosixPath(found).suffix.lower() in TEXTS:
            yield OrderedFile(found, title, is_after_parts=True)

    def every(self, render: Any) -> Iterator[OrderedFile]:
        """All documents, or those that `render` names."""
        if names := [name for each in listed(render) if (name := words_in_head(each)) and name[0] != "!"]:
            yield from self.entries(names, "")
            return
        files = [file for file in self.folder.below("", TEXTS) if not _is_hidden(file)]
        included = {name for file in files for name in named_texts(self.folder, file, INCLUDE)}
        files = [file for file in files if file not in included] or files
        for file in sorted(files, key=lambda file: PurePosixPath(file).stem != "index" or "/" in file):
            if PurePosixPath(file).stem.lower() not in _FOR_DEVELOPERS:
                yield OrderedFile(file)


def _is_hidden(file: str) -> bool:
    """Whether a file is meant for others: names that begin with an underscore are included, not rendered."""
    return any(part.startswith("_") for part in PurePosixPath(file).parts)
