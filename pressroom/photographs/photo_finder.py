"""The shelf: where a publication's pictures lie, what each says of itself, and how it looks. Each is opened once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pressroom.photographs.formats import UnusableError, opened
from pressroom.photographs.metadata import Metadata, printed_credit, read_metadata
from pressroom.photographs.probing import ImageProbe, look
from pressroom.publication import FileCaptionData, MadeBy

FOLDERS = ("assets/photos", "assets")
"""Where pictures are looked for, before the chapter's own folder."""
_MADE_BY: dict[str, MadeBy] = {
    "trainedAlgorithmicMedia": "ai",
    "compositeSynthetic": "partly ai",
    "compositeWithTrainedAlgorithmicMedia": "partly ai",
}
"""IPTC's digital source types (cv.iptc.org/newscodes/digitalsourcetype) of pictures that a trained model made. What
follows a formula alone (algorithmicMedia) is none of them.
"""


@dataclass(frozen=True)
class Found:
    """A file of the publication, and whether it is called as the chapter says."""

    file: Path
    is_called_so: bool = True


@dataclass
class PhotoFinder:
    """The pictures of the publication at `root`; looks are kept in `kept`, where a folder is given."""

    root: Path
    language: str = "en"
    with_captions: bool = False
    """Whether captions and credits may come from the files."""
    kept: Path | None = None
    _metadata: dict[Path, Metadata] = field(default_factory=dict)
    _names: dict[Path, tuple[str, ...]] = field(default_factory=dict)

    def find(self, file: str, chapter: str) -> Found | None:
        """The file that a chapter names, inside the publication; None when it is not there. Raises UnusableError."""
        if not file:
            return None
        _check_address(file)
        beside = (self.root / chapter).parent
        for is_called_so in (True, False):
            for folder in (*(self.root / f for f in FOLDERS), beside):
                found = self._present(folder / file, exactly=is_called_so) if self._inside(folder / file) else None
                if found is not None:
                    self._check_link(found, file)
                    return Found(found, is_called_so)
        if not any(self._inside(folder / file) for folder in (self.root / FOLDERS[0], beside)):
            why = f"“{file}” climbs out of the publication; nobody else would have the file."
            raise UnusableError("photo-outside", why, "Put the file into assets/photos.")
        return None

    def pictures(self) -> Iterator[Path]:
        """Every file in the folders of pictures."""
        for folder in FOLDERS:
            yield from (f for f in sorted((self.root / folder).glob("*")) if f.is_file() and f.name[0] != ".")

    def look(self, file: Path) -> ImageProbe:
        """How a file looks. Raises UnusableError."""
        return look(file, self.kept)

    def metadata(self, file: Path) -> Metadata:
        """What a file says of itself; nothing of one that cannot be opened, which `look` tells."""
        if file not in self._metadata:
            self._metadata[file] = _read(file, self.language)
        return self._metadata[file]

    def said(self, file: str, chapter: str) -> FileCaptionData:
        """What the file behind a picture says that may be printed. Alt text was written to be used; the rest may be
        the agency's or the camera's words, and is taken only where the publication asks for it.
        """
        try:
            found = self.find(file, chapter)
        except UnusableError:
            return FileCaptionData()
        if found is None:
            return FileCaptionData()
        told = self.metadata(found.file)
        credit = printed_credit(told)
        return FileCaptionData(
            alt=told.alt,
            long_description=told.long_description,
            caption=told.caption if self.with_captions else "",
            credit=credit if self.with_captions else "",
            origins={**told.origins, "credit": _origin_of_credit(told)},
            made_by=_MADE_BY.get(told.source_type, ""),
        )

    def _present(self, file: Path, *, exactly: bool) -> Path | None:
        """The file at a path. An accent may be typed as one character and stored as two, as Macs do."""

        def same(name: str) -> str:
            composed = unicodedata.normalize("NFC", name)
            return composed if exactly else composed.casefold()

        wanted = same(file.name)
        names = [name for name in self._listed(file.parent) if same(name) == wanted]
        found = next((file.parent / name for name in sorted(names, key=lambda n: n != file.name)), None)
        return found if found is not None and found.is_file() else None

    def _listed(self, folder: Path) -> tuple[str, ...]:
        # Asked by name, a Mac or Windows would also give a file whose capitals differ; other machines would not.
        if folder not in self._names:
            try:
                self._names[folder] = tuple(sorted(entry.name for entry in folder.iterdir()))
            except OSError:
                self._names[folder] = ()
        return self._names[folder]

    def _inside(self, file: Path) -> bool:
        """Whether a path stays in the publication by its words alone, links aside."""
        depth = 0
        for step in file.relative_to(self.root).parts:
            depth += -1 if step == ".." else 1
            if depth < 0:
                return False
        return True

    def _check_link(self, found: Path, file: str) -> None:
        if not found.resolve().is_relative_to(self.root.resolve()):
            why = f"“{file}” is a link to a file outside the publication; nobody else would have it."
            raise UnusableError("photo-outside", why, "Copy the file into assets/photos instead of linking to it.")


def _check_address(file: str) -> None:
    if re.match(r"([a-z][a-z0-9+.-]+:|//)", file, re.IGNORECASE):
        why = f"“{file}” is not a file here; a build opens no connection, and a book must hold its pictures."
        raise UnusableError("photo-remote", why, "Save the picture in assets/photos and name it here.")
    if file.startswith("/") or "\\" in file or re.match(r"[A-Za-z]:", file):
        why = f"“{file}” is an address on one machine only."
        raise UnusableError("photo-outside", why, "Put the file into assets/photos.")


def _read(file: Path, language: str) -> Metadata:
    if file.suffix.lower() == ".svg":
        return Metadata()
    try:
        with opened(file) as picture:
            return read_metadata(picture, language)
    except UnusableError:
        return Metadata()


def _origin_of_credit(told: Metadata) -> str:
    fields = ("credit", "creators", "source", "copyright")
    return next((told.origins[name] for name in fields if name in told.origins), "")
