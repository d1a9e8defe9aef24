"""Gathering: what a folder gives while it is read: documents in their order, pictures with names, remarks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from pressroom.errors import Severity
from pressroom.importing.brought import BroughtPicture
from pressroom.importing.folders.source_folder import SourceFolder, is_outside
from pressroom.importing.folders.typed_lines import TypedLine
from pressroom.publication import name_key
from pressroom.publication.about import file_name_of

PRINTABLE = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".gif", ".avif", ".heic", ".bmp")
"""Pictures that may be printed; of two with one name and other endings, the first kind is taken."""
_PICTURES = (*PRINTABLE, ".pdf", ".eps", ".ps", ".psd", ".jp2", ".jpe", ".jfif", ".heif")
_AROUND_BOOKS = ("docs", "src", "content", "book")
"""Folders that say nothing of the index in them."""
_REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]+:)?//|data:", re.IGNORECASE)
_UNFIT = re.compile('[\\x00-\\x1f\\x7f\\\\/:*?"<>|#%{}\\[\\]()\u00a0]')


@dataclass(frozen=True)
class SourceDocument:
    """A text of the folder that becomes a chapter, in our Markdown but for its pictures and links."""

    file: str
    """Its path below the folder."""
    lines: tuple[TypedLine, ...]
    """Without front matter."""
    head: Mapping[str, Any] = field(default_factory=dict)
    """The values of its front matter."""
    title: str = ""
    """The title that the order gives it, where its text has none."""
    part: str = ""
    role: str = ""
    is_after_parts: bool = False
    name: str = ""
    """The name of its chapter, where several come from one file."""


@dataclass
class Gathering:
    """What has been found so far."""

    folder: SourceFolder
    root: str = ""
    """The folder in the folder from which addresses count that begin with a slash."""
    finds_anywhere: bool = False
    """Whether a picture is found by its name wherever it lies, as in a vault."""
    picture_folders: Sequence[str] = ()
    """More folders in which pictures are looked for."""
    pictures: dict[str, BroughtPicture] = field(default_factory=dict)
    """By their names in the publication."""
    variables: dict[str, str] = field(default_factory=dict)
    inclusions: int = 0
    """How many texts have been put into the one that is being read."""
    _named: dict[str, str] = field(default_factory=dict)
    """Names of pictures by their paths in the folder."""
    _taken: set[str] = field(default_factory=set)
    _by_name: dict[str, list[str]] = field(default_factory=dict)

    def remark(self, id: str, line: TypedLine, what: str, severity: Severity = Severity.WARNING) -> None:
        """Note a thing that was changed or cannot be carried."""
        self.folder.remark(id, line.file, " ".join(what.split())[:120], line.line, severity)

    def picture(self, address: str, line: TypedLine) -> str:
        """The name in the publication of a picture that a text names; “” for one that cannot be brought."""
        if drawn := self._named.get(address.lstrip("/")):
            return drawn
        if _REMOTE.match(address):
            self.remark("import-remote-picture", line, address)
            return ""
        found = self._found(address, line.file)
        if is_outside(found):
            self.remark("import-outside", line, address)
            return ""
        if found is None or PurePosixPath(found).suffix.lower() not in _PICTURES:
            self.remark("import-picture-missing", line, address)
            return self._name_of(PurePosixPath(unquote(address).replace("\\", "/")).name) if found is None else ""
        if PurePosixPath(found).suffix.lower() not in PRINTABLE:
            self.remark("import-picture-kind", line, address)
            return ""
        return self.bring(found)

    def _found(self, address: str, beside: str) -> str | None:
        found = self.folder.resolve(address, beside, self.root)
        for each in self.picture_folders if found is None else ():
            found = found or self.folder.resolve(f"{each}/{address}")
        if found is None and self.finds_anywhere:
            return self.by_name(unquote(address), beside)
        suffix = PurePosixPath(address).suffix.lower()
        if (found is None and suffix not in PRINTABLE) or suffix in (".pdf", ".eps", ".ps"):
            stem = address.removesuffix(".*") if suffix in ("", ".*") else address[: -len(suffix)]
            others = (self.folder.resolve(f"{stem}{each}", beside, self.root) for each in PRINTABLE)
            return next(filter(None, others), found)
        return found

    def bring(self, file: str, content: bytes | None = None) -> str:
        """The name of a picture in the publication. Two of the same name get the names of their folders before it."""
        if file not in self._named:
            name = self._name_of(PurePosixPath(file).name)
            folder = PurePosixPath(file).parent.name
            if name_key(name) in self._taken and folder:
                name = self._name_of(f"{folder}-{name}")
            name = self._free(name)
            self._named[file] = name
            self.pictures[name] = BroughtPicture(name, content or self.folder.files[file], file)
        return self._named[file]

    def _free(self, name: str) -> str:
        free, n = name, 2
        while name_key(free) in self._taken:
            path = PurePosixPath(name)
            free, n = f"{path.stem}-{n}{path.suffix}", n + 1
        self._taken.add(name_key(free))
        return free

    def _name_of(self, name: str) -> str:
        return _UNFIT.sub("-", unicodedata.normalize("NFC", name)).strip(" .") or "picture"

    def by_name(self, name: str, beside: str) -> str | None:
        """The file with this name anywhere in the folder, as Obsidian finds it: the nearest one, or the topmost."""
        if not self._by_name:
            for file in self.folder.files:
                self._by_name.setdefault(PurePosixPath(file).name.casefold(), []).append(file)
        wanted = unicodedata.normalize("NFC", name.strip().lstrip("/").replace("\\", "/"))
        found = self._by_name.get(PurePosixPath(wanted).name.casefold(), [])
        found = [file for file in found if f"/{file}".casefold().endswith(f"/{wanted}".casefold())]
        here = str(PurePosixPath(beside).parent)
        return min(
            found, key=lambda file: (str(PurePosixPath(file).parent) != here, file.count("/"), file), default=None
        )


def chapter_names(documents: Sequence[SourceDocument], titles: Sequence[str]) -> dict[str, str]:
    """A name of its own for each document, without its number, by its file. An index is called by its title."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for document, title in zip(documents, titles, strict=True):
        path = PurePosixPath(document.file)
        folder = "" if path.parent.name in _AROUND_BOOKS else path.parent.name
        stem = (folder or title or path.stem) if path.stem.lower() in ("index", "readme") else path.stem
        stem = re.sub(r"[\s-]+[0-9a-f]{32}$", "", stem)  # Notion’s number of the page
        plain = file_name_of(document.name) or file_name_of(re.sub(r"^\d{1,3}[\s._-]+(?=\S)", "", stem)) or "chapter"
        name, n = plain, 2
        while name in taken:
            name, n = f"{plain}-{n}", n + 1
        taken.add(name)
        names[document.file] = name
    return names
