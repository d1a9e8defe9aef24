"""The photo finder: finds a publication’s pictures, and reads what each file records of itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from urllib.parse import unquote

from pressroom.photographs.formats import UnusableError, opened
from pressroom.photographs.metadata import Metadata, printed_credit, read_metadata
from pressroom.photographs.probing import ImageProbe, probe_file
from pressroom.photographs.signatures import is_drawing
from pressroom.publication import FileCaptionData, MadeBy
from pressroom.whereabouts import leads_out

FOLDERS = ("assets/photos", "assets")
"""Folders in which pictures are searched, before the chapter’s own folder."""
_MADE_BY: dict[str, MadeBy] = {
    "trainedAlgorithmicMedia": "ai",
    "compositeSynthetic": "partly ai",
    "compositeWithTrainedAlgorithmicMedia": "partly ai",
}
"""IPTC's digital source types (cv.iptc.org/newscodes/digitalsourcetype) of pictures made with a trained model. A
picture made by a formula alone (algorithmicMedia) does not count.
"""


@dataclass(frozen=True)
class FoundFile:
    """A picture file of the publication."""

    file: Path
    has_exact_name: bool = True
    """Whether its name has the very capitals and accents that the chapter writes."""


@dataclass
class PhotoFinder:
    """Finds the pictures of the publication at `root`."""

    root: Path
    language: str = "en"
    with_captions: bool = False
    """Whether captions and credits may come from the files."""
    probes: Path | None = None
    """The cache folder of image probes; without one, none are kept."""
    _metadata: dict[Path, Metadata] = field(default_factory=dict)
    _names: dict[Path, tuple[str, ...]] = field(default_factory=dict)

    def find(self, file: str, chapter: str) -> FoundFile | None:
        """The file that a chapter names, inside the publication; None when it is not there. Raises UnusableError.

        The name is tried as it stands, and then decoded: “road%201.jpg” is a name, or one with a space.
        """
        if not file:
            return None
        names = tuple(dict.fromkeys((file, unquote(file))))
        beside = (self.root / chapter).parent
        for name in names:
            _check_address(name)
        for exactly, name, folder in product((True, False), names, (*(self.root / f for f in FOLDERS), beside)):
            found = self._present(folder / name, exactly=exactly) if self._inside(folder / name) else None
            if found is not None:
                self._check_link(found, file)
                return FoundFile(found, exactly)
        if not any(self._inside(folder / names[-1]) for folder in (self.root / FOLDERS[0], beside)):
            why = f"“{file}” leads outside the publication; on another computer the file would be missing."
            raise UnusableError("photo-outside", why, "Put the file into assets/photos.")
        return None

    def pictures(self) -> Iterator[Path]:
        """Every visible file in the folders that are searched."""
        for folder in FOLDERS:
            yield from (f for f in sorted((self.root / folder).glob("*")) if f.is_file() and f.name[0] != ".")

    def probe(self, file: Path) -> ImageProbe:
        """The probe of a file, from the cache if it is there. Raises UnusableError."""
        return probe_file(file, self.probes)

    def metadata(self, file: Path) -> Metadata:
        """The metadata of a file; empty for one that cannot be opened, which `probe` reports."""
        if file not in self._metadata:
            self._metadata[file] = _read(file, self.language)
        return self._metadata[file]

    def caption_data(self, file: str, chapter: str) -> FileCaptionData:
        """The texts in a picture’s file that may be printed. Alt text was written to be used; a caption or a credit may
        be meant for the agency alone, and is returned only where the publication asks for it.
        """
        try:
            found = self.find(file, chapter)
        except UnusableError:
            return FileCaptionData()
        if found is None:
            return FileCaptionData()
        metadata = self.metadata(found.file)
        credit = printed_credit(metadata)
        return FileCaptionData(
            alt=metadata.alt,
            long_description=metadata.long_description,
            caption=metadata.caption if self.with_captions else "",
            credit=credit if self.with_captions else "",
            origins={**metadata.origins, "credit": _origin_of_credit(metadata)},
            made_by=_MADE_BY.get(metadata.source_type, ""),
        )

    def _present(self, file: Path, *, exactly: bool) -> Path | None:
        """The file at a path, however its accents are stored: a Mac may store a letter and its accent apart."""

        def same(name: str) -> str:
            composed = unicodedata.normalize("NFC", name)
            return composed if exactly else composed.casefold()

        wanted = same(file.name)
        names = [name for name in self._listed(file.parent) if same(name) == wanted]
        found = next((file.parent / name for name in sorted(names, key=lambda n: n != file.name)), None)
        return found if found is not None and found.is_file() else None

    def _listed(self, folder: Path) -> tuple[str, ...]:
        # The folder is listed, since a Mac or Windows would open a name with other capitals, and Linux would not.
        if folder not in self._names:
            try:
                self._names[folder] = tuple(sorted(entry.name for entry in folder.iterdir()))
            except OSError:
                self._names[folder] = ()
        return self._names[folder]

    def _inside(self, file: Path) -> bool:
        """Whether a path as it is written stays in the publication; links are checked apart."""
        depth = 0
        for step in file.relative_to(self.root).parts:
            depth += -1 if step == ".." else 1
            if depth < 0:
                return False
        return True

    def _check_link(self, found: Path, file: str) -> None:
        if leads_out(found, self.root):
            why = f"“{file}” is a link to a file outside the publication; on another computer it would be missing."
            raise UnusableError("photo-outside", why, "Copy the file into assets/photos instead of linking to it.")


def _check_address(file: str) -> None:
    if file[:5].lower() == "data:":
        why = f"The picture itself stands here as letters, “{file[:22]}…”. A book holds pictures as files, once each."
        raise UnusableError("photo-remote", why, "Save the picture as a file in assets/photos, and name it here.")
    if re.match(r"([a-z][a-z0-9+.-]+:|//)", file, re.IGNORECASE):
        why = f"“{file}” is an address on the network. A build opens no connection, and a book must hold its pictures."
        raise UnusableError("photo-remote", why, "Save the picture in assets/photos and name it here.")
    if "\\" in file and not re.match(r"[A-Za-z]:|\\\\", file):
        why = f"“{file}” has backslashes, which part folders on Windows only."
        raise UnusableError("photo-outside", why, f"Write {file.replace(chr(92), '/')}.")
    if file.startswith("/") or "\\" in file or re.match(r"[A-Za-z]:", file):
        why = f"“{file}” is a path that exists on one computer only."
        raise UnusableError("photo-outside", why, _without_root(file))


def _without_root(file: str) -> str:
    """The remedy for an absolute path."""
    inside = re.match(r"/(?:book|assets|images|photos)/(?:photos/)?(.+)", file)
    if inside:
        return f"Write {inside[1]}, without the first slash and the folder; pictures are found in assets/photos."
    return f"Put the file into assets/photos, and write {file.replace(chr(92), '/').rpartition('/')[2]}."


def _read(file: Path, language: str) -> Metadata:
    if is_drawing(file):
        return Metadata()
    try:
        with opened(file) as picture:
            return read_metadata(picture, language)
    except UnusableError:
        return Metadata()


def _origin_of_credit(metadata: Metadata) -> str:
    fields = ("credit", "creators", "source", "copyright")
    return next((metadata.origins[name] for name in fields if name in metadata.origins), "")
