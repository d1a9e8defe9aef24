"""The package: `pack` writes the parts of an EPUB file; the same parts give the same bytes (OCF 3.3).

EbookLib writes only the manifest, the spine and the container. Its document classes parse and rewrite their content,
and its `write_epub` hides errors; here EbookLib gets finished bytes, and errors are raised.
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
"""The folder in the container of all files except the container's own."""
_EARLIEST, _LATEST = datetime(1980, 1, 1, tzinfo=UTC), datetime(2107, 12, 31, 23, 59, 58, tzinfo=UTC)
"""The first and the last time that a ZIP file can store (APPNOTE 6.3.10, 4.4.6)."""
_COMPRESSED = frozenset({".jpg", ".jpeg", ".png", ".woff2"})
"""The suffixes of files that are compressed already; the container stores these as they are."""
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
    """Whether the manifest lists it. A part that is not listed has its path from the root of the container."""

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
    """The ids of the parts in reading order."""
    spreads: Mapping[str, str] = field(default_factory=dict)
    """The side of the spread of each page of a fixed layout, as a spine property."""

    @property
    def direction(self) -> str:
        """The direction of the text and of page progression: ltr or rtl."""
        return direction(self.language)


def pack(package: Package, modified: datetime, target: BinaryIO) -> None:
    """Write the EPUB file, one part after the other; every entry has the time `modified`, in UTC."""
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
    """A part in the form of EbookLib, which reads the content when it writes it."""

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
    """EbookLib's writer with Pressroom's metadata and reproducible ZIP entries."""

    def __init__(self, target: BinaryIO, package: Package, modified: datetime) -> None:
        super().__init__(target, _book(package))
        self.package, self.modified = package, modified

    def _write_opf_file(self, root: etree._Element) -> None:
        """Complete the package document; EbookLib calls this before it writes the document."""
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
    """The archive that EbookLib writes to: all entries have the same time, permissions and system."""

    def __init__(self, file: zipfile.ZipFile, modified: datetime) -> None:
        self._file = file
        self._stamp = min(max(modified.astimezone(UTC), _EARLIEST), _LATEST).timetuple()[:6]

    def writestr(self, entry: str | zipfile.ZipInfo, data: str | bytes) -> None:
        """Add an entry. EbookLib 0.20 passes its name, 0.21 a ZipInfo with another time."""
        name = entry.filename if isinstance(entry, zipfile.ZipInfo) else entry
        info = zipfile.ZipInfo(name, self._stamp)
        info.create_system, info.external_attr = 3, 0o644 << 16  # those of Unix, on every system
        stored = name == "mimetype" or PurePosixPath(name).suffix.lower() in _COMPRESSED
        self._file.writestr(info, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, compresslevel=9)
