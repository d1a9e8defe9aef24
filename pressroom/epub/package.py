"""The package: parts put into one EPUB file, the same bytes from the same parts (Open Container Format 3.3).

EbookLib makes the manifest, the spine and the container, and no more. Its own document classes parse and rewrite what
they are given, and its `write_epub` swallows failures; here parts pass through untouched and failures rise.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from ebooklib import epub
from lxml import etree

from pressroom.epub.package_metadata import IDENTIFIER_ID
from pressroom.language.words import direction, is_rtl

FOLDER = "EPUB"
"""Where everything but the container's own files lies in the container."""
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""A zip file knows no time before this."""
_COMPRESSED = frozenset({".jpg", ".jpeg", ".png", ".woff2"})
"""What is compressed already: to do so again takes time and gains nothing."""
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class PackageFile:
    """A file of the ebook."""

    id: str
    """Its id in the manifest."""
    file: str
    """Its path beside the package document."""
    media_type: str
    content: bytes | Path
    """The bytes, or a file that is read only when it is packed."""
    properties: tuple[str, ...] = ()
    in_manifest: bool = True
    """Whether the package lists it. A part that it does not list has its path from the root of the container."""

    def read(self) -> bytes:
        """The bytes of the part."""
        return self.content.read_bytes() if isinstance(self.content, Path) else self.content


@dataclass(frozen=True)
class Package:
    """The contents of an EPUB file."""

    language: str
    metadata: etree._Element
    parts: tuple[PackageFile, ...]
    spine: tuple[str, ...]
    """Ids of the parts that are read one after the other."""
    spreads: Mapping[str, str] = field(default_factory=dict)
    """The side of the spread of each page of a fixed layout, as a spine property."""

    @property
    def direction(self) -> str:
        """The direction of the text and of page progression: ltr or rtl."""
        return direction(self.language)


def pack(package: Package, modified: datetime, target: BinaryIO) -> None:
    """Write the EPUB file, one part after the other. Every entry is stamped with `modified`, in UTC."""
    _check_names(package.parts)
    _Writer(target, package, modified).write()


def _check_names(parts: Sequence[PackageFile]) -> None:
    """Check that names are unique even when case is ignored, and safe in a URL (EPUB 3.3). Raises ValueError."""
    seen: set[str] = set()
    for name in (name for part in parts for name in (part.file, part.id)):
        if name.lower() in seen:
            raise ValueError(f"two parts of the ebook are called “{name}”")
        if not re.fullmatch(r"[A-Za-z0-9._/-]+", name):
            raise ValueError(f"“{name}” is no name for a part of an ebook")
        seen.add(name.lower())


class _Item(epub.EpubItem):  # type: ignore[misc]
    """A file as EbookLib takes it: the content is read once, when it is written."""

    def __init__(self, part: PackageFile) -> None:
        super().__init__(part.id, part.file, part.media_type, manifest=part.in_manifest)
        self.part = part
        self.properties = list(part.properties)

    def get_content(self, default: Any = None) -> bytes:
        return self.part.read()


def _book(package: Package) -> Any:
    book = epub.EpubBook()
    book.IDENTIFIER_ID, book.FOLDER_NAME = IDENTIFIER_ID, FOLDER
    book.metadata.clear()  # else a random identifier
    items = {part.id: _Item(part) for part in package.parts}
    for item in items.values():
        book.add_item(item)
    book.spine = [items[id] for id in package.spine]
    if is_rtl(package.language):
        book.set_direction("rtl")
    return book


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """EbookLib's writer with metadata of our own and an archive that does not depend on the day."""

    def __init__(self, target: BinaryIO, package: Package, modified: datetime) -> None:
        super().__init__(target, _book(package))
        self.package, self.modified = package, modified

    def _write_opf_file(self, root: etree._Element) -> None:
        """Called with the whole package document, before it is written."""
        root.set(_XML_LANG, self.package.language)
        root.set("dir", self.package.direction)
        root.attrib.pop("prefix", None)  # every prefix used is reserved by EPUB 3.3 and needs no declaration
        theirs = root.find("metadata")
        assert theirs is not None
        root.replace(theirs, self.package.metadata)
        for itemref in root.iter("itemref"):
            if side := self.package.spreads.get(str(itemref.get("idref"))):
                itemref.set("properties", side)
        super()._write_opf_file(root)

    def write(self) -> None:
        with zipfile.ZipFile(self.file_name, "w") as file:
            self.out = _Archive(file, self.modified)
            self.out.writestr("mimetype", b"application/epub+zip")  # first, and stored: the container's signature
            self._write_container()
            self._write_opf()
            self._write_items()


class _Archive:
    """What EbookLib writes entries to: all with the same moment, rights and origin."""

    def __init__(self, file: zipfile.ZipFile, modified: datetime) -> None:
        self._file = file
        self._stamp = max(modified.astimezone(UTC), _EARLIEST).timetuple()[:6]

    def writestr(self, entry: str | zipfile.ZipInfo, data: str | bytes) -> None:
        """Add an entry. EbookLib 0.20 gives its name, 0.21 a ZipInfo with a stamp of its own."""
        name = entry.filename if isinstance(entry, zipfile.ZipInfo) else entry
        info = zipfile.ZipInfo(name, self._stamp)
        info.create_system, info.external_attr = 3, 0o644 << 16  # as from Unix, on every system
        stored = name == "mimetype" or PurePosixPath(name).suffix.lower() in _COMPRESSED
        self._file.writestr(info, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, compresslevel=9)
