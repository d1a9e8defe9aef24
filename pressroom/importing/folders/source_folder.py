"""Source folders: what lies in a folder of another program, read once. Nothing outside of it is read."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from pressroom.errors import Place, PressroomError, Severity, Source, error
from pressroom.forms import read_yaml
from pressroom.importing.brought import Remark
from pressroom.importing.photo_files import natural
from pressroom.importing.source_text import text_of_bytes
from pressroom.whereabouts import leads_out

_MADE = frozenset("node_modules __pycache__ _book _site _freeze _build _extensions _minted-book".split())
"""Folders of what other programs make or fetch."""
_LARGEST = 20_000_000
"""The most bytes of a text that is read: a book of 3,000 pages has six millions."""
_OUT = "\0"


@dataclass
class SourceFolder:
    """A folder with its files. Texts are read when they are asked for, and kept."""

    root: Path
    files: dict[str, Path] = field(default_factory=dict)
    """By their paths below the folder, with forward slashes, in natural order."""
    remarks: list[Remark] = field(default_factory=list)
    """What cannot be read, and why."""
    _texts: dict[str, str | None] = field(default_factory=dict)
    _folded: dict[str, str] = field(default_factory=dict)
    """The paths by the same in small letters: other systems do not tell them apart."""

    def place(self, file: str, line: int = 0) -> Place:
        """The place of a line in a file below the folder."""
        return Place(f"{self.root}/{file}" if file else str(self.root), line)

    def remark(self, id: str, file: str, what: str, line: int = 0, severity: Severity = Severity.WARNING) -> None:
        """Note a thing that was changed or cannot be carried."""
        self.remarks.append(Remark(id, severity, self.place(file, line), what))

    def text(self, file: str) -> str | None:
        """The text of a file, with line feeds as line ends; None if it cannot be read, which is noted."""
        if file not in self._texts:
            self._texts[file] = self._read(file) if file in self.files else None
        return self._texts[file]

    def _read(self, file: str) -> str | None:
        try:
            if self.files[file].stat().st_size > _LARGEST:
                self.remark("import-large", file, f"{file}, larger than {_LARGEST // 1_000_000} MB")
                return None
            raw = self.files[file].read_bytes()
        except OSError as fault:
            self.remark("import-unreadable", file, f"{file}: {fault.strerror}")
            return None
        text, guessed = text_of_bytes(raw)
        if guessed:
            self.remark("import-encoding", file, f"{file}, as {guessed}")
        return text

    def yaml(self, file: str) -> dict[str, Any]:
        """The keys of a YAML file; none if it is not there, or is not YAML, which is noted."""
        text = self.text(file)
        return self.yaml_of(text, file) if text is not None else {}

    def yaml_list(self, file: str) -> list[Any]:
        """The items of a YAML file that holds a list; none if it holds anything else."""
        value = read_yaml(Source(file, self.text(file) or "")).value
        return value if isinstance(value, list) else []

    def yaml_of(self, text: str, file: str, first_line: int = 1) -> dict[str, Any]:
        """The keys of a text in YAML."""
        reading = read_yaml(Source(file, text, first_line))
        for fault in reading.findings:
            self.remark("import-yaml", file, fault.message, fault.place.line)
        return reading.value if isinstance(reading.value, dict) and not reading.findings else {}

    def resolve(self, address: str, beside: str = "", root: str = "") -> str | None:
        """The path below the folder that an address in a file means; None where nothing is.

        `is_outside` says whether it leads out. An address that begins with a slash counts from `root`.
        """
        plain = re.sub(r"[?#].*", "", address)
        for each in dict.fromkeys((address, plain, unquote(plain))):
            start = root if each.startswith("/") else posixpath.dirname(beside)
            path = posixpath.normpath(posixpath.join(start, each.lstrip("/").replace("\\", "/")))
            if path.startswith("../") or path == "..":
                return _OUT
            if found := self.file_of(path):
                return found
        return None

    def file_of(self, path: str) -> str | None:
        """The file at a path, however its letters are written."""
        return path if path in self.files else self._folded.get(path.casefold())

    def below(self, folder: str, suffixes: Sequence[str]) -> list[str]:
        """The files in a folder and below it with one of these suffixes, in natural order."""
        start = f"{folder}/" if folder else ""
        return [f for f in self.files if f.startswith(start) and PurePosixPath(f).suffix.lower() in suffixes]

    def matching(self, pattern: str, suffixes: Sequence[str]) -> list[str]:
        """The files with one of these suffixes whose paths a pattern fits: `*` stays in a folder, `**` does not."""
        steps = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
        parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.removeprefix("./"))
        fits = re.compile("".join(steps.get(part) or re.escape(part) for part in parts))
        return [file for file in self.below("", suffixes) if fits.fullmatch(file)]


def is_outside(path: str | None) -> bool:
    """Whether `SourceFolder.resolve` found that an address leads out of the folder."""
    return path == _OUT


def read_folder_files(root: Path) -> SourceFolder:
    """List the files of a folder. Hidden ones, and those that other programs have made, are passed over.

    Raises PressroomError for a folder that cannot be read.
    """
    try:
        os.scandir(root).close()
    except OSError as fault:
        why = f"{root} cannot be read: {fault.strerror}. Nothing was written."
        raise PressroomError([error("import-unreadable", Place(str(root)), why, "Make it readable.")]) from None
    folder = SourceFolder(root)
    found = {path.relative_to(root).as_posix(): path for path in _walk(root, folder)}
    for name in sorted(found, key=lambda name: [natural(part) for part in name.split("/")]):
        folder.files[name] = found[name]
        folder._folded.setdefault(name.casefold(), name)
    return folder


def _is_hidden(name: str) -> bool:
    """Whether a file or folder is for programs alone. GitBook keeps pictures in one with such a name."""
    return name.startswith(".") and name not in (".gitbook", ".gitbook.yaml")


def _walk(root: Path, folder: SourceFolder) -> Iterator[Path]:
    """Every visible file below a folder. Links are followed to files inside of it, and never to folders."""
    for here, folders, files in os.walk(root):
        for name in folders[:]:
            path = Path(here, name)
            if path.is_symlink():
                folder.remark("import-link-outside", path.relative_to(root).as_posix(), f"{name}, a link to a folder")
            if path.is_symlink() or _is_hidden(name) or name.lower() in _MADE:
                folders.remove(name)
        for name in files:
            path = Path(here, name)
            if _is_hidden(name):
                continue
            if path.is_symlink() and leads_out(path, root):
                folder.remark("import-link-outside", path.relative_to(root).as_posix(), f"{name}, a link to a file")
            elif path.is_file():
                yield path
