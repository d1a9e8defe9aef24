"""Berths: the names that photographs have in a publication. All lie in one folder, and no two differ in case only."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pressroom.importing.shots import Shot
from pressroom.photographs.photo_finder import FOLDERS
from pressroom.publication import name_key

ASIDE = "set-aside"
"""The folder in assets/photos of pictures that are not shown."""
_UNFIT = re.compile('[\\x00-\\x1f\\x7f\\ud800-\\udfff\\\\/:*?"<>|]')
"""What the name of a file may not have on some system."""


@dataclass
class Berths:
    """Gives names to the photographs that come into the publication at `root`."""

    root: Path
    taken: set[str]
    """Names that are there, as `name_key` writes them."""
    present: dict[str, Path] = field(default_factory=dict)
    """Picture files of the publication by their digests."""
    brought: dict[str, Path] = field(default_factory=dict)
    """Files to be brought, by their new paths below the publication."""
    renamed: dict[str, str] = field(default_factory=dict)
    """New names by the names in the folder that they came from."""

    def address(self, shot: Shot, *, aside: bool = False) -> str:
        """The name by which a chapter may call a photograph, which is brought if it is not there."""
        there = self.present.get(shot.frame.probe.digest)
        if there is not None:
            return _address_of(there, self.root)
        name = self._free_name(shot.file.file.name)
        if name != shot.file.file.name:
            self.renamed[shot.name] = name
        address = f"{ASIDE}/{name}" if aside else name
        self.brought[f"{FOLDERS[0]}/{address}"] = shot.file.file
        return address

    def _free_name(self, name: str) -> str:
        path = PurePosixPath(_UNFIT.sub("-", unicodedata.normalize("NFC", name)).strip())
        free, n = path.name, 2
        while name_key(free) in self.taken:
            free, n = f"{path.stem}-{n}{path.suffix}", n + 1
        self.taken.add(name_key(free))
        return free


def berths_at(root: Path, shots: Iterable[Shot]) -> Berths:
    """The berths of a publication, which may not exist yet.

    Of the files that are there, only those are read that have the size of one of the shots.
    """
    files = [file for file in sorted((root / FOLDERS[-1]).rglob("*")) if file.is_file()]
    digests = defaultdict(set)
    for shot in shots:
        digests[shot.file.file.stat().st_size].add(shot.frame.probe.digest)
    present = {_digest(file): file for file in reversed(files) if file.stat().st_size in digests}
    return Berths(root, {name_key(file.name) for file in files}, present)


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _address_of(file: Path, root: Path) -> str:
    """What a chapter calls a file: its path below the first of the folders that are searched."""
    folder = next(root / folder for folder in FOLDERS if file.is_relative_to(root / folder))
    return file.relative_to(folder).as_posix()
