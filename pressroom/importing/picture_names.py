"""Picture names: what pictures of a source are called in a publication, where names may be taken already."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from pressroom.importing.brought import BroughtPicture
from pressroom.photographs.photo_finder import FOLDERS
from pressroom.publication import name_key

_UNFIT = re.compile('[\\x00-\\x1f\\x7f\\ud800-\\udfff\\\\/:*?"<>|#%{}\\[\\]()]')
"""What the name of a file may not have on some system, or what would mean something in an address."""


class PictureNames:
    """Gives names to pictures that come into the publication at `root`."""

    def __init__(self, root: Path) -> None:
        files = [file for file in sorted((root / FOLDERS[-1]).rglob("*")) if file.is_file()]
        self.root = root
        self.taken = {name_key(file.name) for file in files}
        self.present: dict[int, list[Path]] = defaultdict(list)
        """Picture files of the publication by their sizes."""
        for file in files:
            self.present[file.stat().st_size].append(file)

    def name_for(self, picture: BroughtPicture) -> tuple[str, bool]:
        """What chapters call a picture, and whether it has to be brought: one that is there is not brought again."""
        digest = _digest(picture.content)
        for file in self.present.get(_size(picture.content), ()):
            if _digest(file) == digest:
                folder = next(self.root / each for each in FOLDERS if file.is_relative_to(self.root / each))
                return file.relative_to(folder).as_posix(), False
        *folders, name = (fit_name(part) for part in picture.name.split("/") if part not in ("", ".", ".."))
        name = free_of(name, lambda each: name_key(each) in self.taken)
        self.taken.add(name_key(name))
        return "/".join((*folders, name)), True


def fit_name(name: str) -> str:
    """A name that every system can have."""
    return _UNFIT.sub("-", unicodedata.normalize("NFC", name)).strip(" .") or "picture"


def free_of(name: str, is_taken: Callable[[str], bool]) -> str:
    """The name, with a number if it is taken: a.jpg, a-2.jpg …"""
    path, free, n = PurePosixPath(name), name, 2
    while is_taken(free):
        free, n = path.with_name(f"{path.stem}-{n}{path.suffix}").as_posix(), n + 1
    return free


def _size(content: bytes | Path) -> int:
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def _digest(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
