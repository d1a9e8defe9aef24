"""Archives: the zipped files that a source is made of (.docx, .odt, .epub, zipped pages), read within limits.

Nothing is unpacked onto the disk, so that a name that climbs out of a folder cannot reach a file.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

from pressroom.errors import Place, PressroomError, error

MOST_FILES = 50_000
"""More files than any book has."""
MOST_BYTES = 4_000_000_000
"""What all files of an archive may be together: a book of photographs has its originals in it."""
MOST_TEXT = 200_000_000
"""What one file of text may be."""
_BOMB = 400
"""How many times larger than its archive a file of a bomb is; Word’s own XML seldom exceeds 100."""
_SMALL = 20_000_000
"""Below this size, a file that was packed tightly does no harm."""


@dataclass(frozen=True)
class SourceArchive:
    """A zip file whose names and sizes were checked."""

    file: Path

    def __post_init__(self) -> None:
        infos = self._infos
        total = sum(info.file_size for info in infos.values())
        bombs = (i for i in infos.values() if i.file_size > max(_SMALL, _BOMB * max(1, i.compress_size)))
        if len(infos) > MOST_FILES or total > MOST_BYTES or any(bombs):
            much = f"{len(infos):,} files" if len(infos) > MOST_FILES else f"{total / 1e6:.0f} MB"
            why = f"{self.file.name} would unpack to {much}, as archives made to fill disks do."
            raise self.refusal("import-bomb", why, "Ask the sender for it again; or save it anew in the program.")

    @cached_property
    def _infos(self) -> dict[str, zipfile.ZipInfo]:
        try:
            with zipfile.ZipFile(self.file) as archive:
                return {info.filename: info for info in archive.infolist() if not info.is_dir()}
        except (zipfile.BadZipFile, OSError, ValueError) as fault:
            raise self.broken(str(fault)) from None

    @cached_property
    def stored_names(self) -> tuple[str, ...]:
        """The names of all files; one that is stored twice is among them twice, and the last one counts."""
        with zipfile.ZipFile(self.file) as archive:
            return tuple(archive.namelist())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files, as they stand in the archive."""
        return tuple(self._infos)

    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return name in self._infos

    def size(self, name: str) -> int:
        """The size of a file when it is unpacked, in bytes."""
        return self._infos[name].file_size

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises PressroomError if it is damaged, encrypted or not there."""
        try:
            with zipfile.ZipFile(self.file) as archive:
                return archive.read(self._infos[name])
        except RuntimeError:
            why = f"{self.file.name} is protected with a password, so that nothing in it can be read."
            raise self.refusal("import-encrypted", why, "Save it without a password, and import that.") from None
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as fault:
            raise self.broken(f"{name}: {fault}") from None

    def read_xml(self, name: str) -> etree._Element:
        """A file as XML. Raises PressroomError where it is none, or would have itself multiplied by entities."""
        if self.has(name) and self.size(name) > MOST_TEXT:
            why = f"{name} in {self.file.name} has {self.size(name) / 1e6:.0f} MB of text, more than a library."
            raise self.refusal("import-bomb", why, "Part the document, and import the parts.")
        data = self.read(name)
        if b"<!ENTITY" in data:
            why = f"{name} in {self.file.name} declares entities, which can make a small file fill all memory."
            raise self.refusal("import-entities", why, "Open it in its program and save it anew.")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as fault:
            raise self.broken(f"{name}: {fault.msg}") from None

    def refusal(self, id: str, why: str, remedy: str) -> PressroomError:
        """An error that keeps the whole source out."""
        return PressroomError([error(id, Place(str(self.file)), f"{why} Nothing was written.", remedy)])

    def broken(self, fault: str) -> PressroomError:
        """The error of a damaged file."""
        why = f"{self.file.name} is damaged and cannot be read ({fault})."
        return self.refusal("import-broken", why, "Open it in its program and save it anew, or fetch it again.")
