"""Photo files: what lies in a folder of photographs, and what of it is left where it is."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pressroom.whereabouts import leads_out

PICTURES = frozenset(
    ".jpg .jpeg .jpe .jfif .png .tif .tiff .webp .gif .avif .heic .heif .hif .bmp .jp2 .psd"
    " .cr2 .cr3 .crw .nef .nrw .arw .srf .sr2 .raf .orf .rw2 .dng .pef .srw .3fr .iiq .x3f .erf .mef".split()
)
"""Suffixes of pictures. Whether one can be printed is seen from its content; raw files are named with what to do."""
_VIDEOS = frozenset(".mp4 .mov .avi .m4v .mkv .mts .m2ts .3gp .wmv .webm .mpg .mpeg .lrv .thm".split())
_OF_SYSTEMS = frozenset(
    "thumbs.db,ehthumbs.db,desktop.ini,icon\r,picasa.ini,zbthumbnail.info,__macosx,@eadir,#recycle,$recycle.bin,"
    "system volume information".split(",")
)
"""Files and folders that systems and storage devices write by themselves."""
_SIDECAR = ".xmp"


@dataclass(frozen=True)
class PhotoFile:
    """A file that may be a picture."""

    file: Path
    name: str
    """Its path below the folder, with forward slashes."""
    sidecar: Path | None = None
    """The XMP file beside it, which holds its words."""

    @property
    def folder(self) -> str:
        """The subfolder that it lies in; “” stands for the folder itself."""
        return self.name.rpartition("/")[0]


@dataclass(frozen=True)
class LeftOut:
    """A file that is not taken, and why: the id of a finding, and words of its own where others of the id differ."""

    name: str
    id: str
    why: str = ""
    remedy: str = ""


@dataclass
class PhotoFiles:
    """What was found, in natural order."""

    pictures: list[PhotoFile] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    passed_over: int = 0
    """How many hidden files and files of the system were not looked at."""


def natural(name: str) -> tuple[tuple[int, int | str], ...]:
    """A key that sorts names as people do: photo2 before photo10, without regard to capitals or accents’ encoding."""
    parts = re.split(r"(\d+)", unicodedata.normalize("NFC", name).casefold())
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in parts if part)


def list_folder(folder: Path, besides: Iterable[Path] = ()) -> PhotoFiles:
    """List a folder with its subfolders. What lies in one of the folders `besides` is not looked at."""
    found = PhotoFiles()
    walked = _walk(folder, folder, {path.resolve() for path in besides}, found)
    files = sorted(walked, key=lambda file: [natural(part) for part in file.relative_to(folder).parts])
    sidecars = {path.as_posix().casefold(): path for path in files if path.suffix.lower() == _SIDECAR}
    for file in files:
        name, suffix = file.relative_to(folder).as_posix(), file.suffix.lower()
        if suffix in PICTURES:
            stems = (file, file.with_suffix(""))
            beside = (sidecars.get(f"{stem.as_posix()}{_SIDECAR}".casefold()) for stem in stems)
            found.pictures.append(PhotoFile(file, name, next(filter(None, beside), None)))
        elif suffix in _VIDEOS:
            found.left_out.append(LeftOut(name, "import-video"))
        elif suffix != _SIDECAR:
            found.left_out.append(LeftOut(name, "import-other"))
    return found


def list_files(files: Iterable[Path]) -> PhotoFiles:
    """The same of single files, in the order in which they are named."""
    found = PhotoFiles()
    for file in files:
        beside = (file.with_name(f"{name}{_SIDECAR}") for name in (file.name, file.stem))
        if file.suffix.lower() in PICTURES:
            found.pictures.append(PhotoFile(file, file.name, next(filter(Path.is_file, beside), None)))
        else:
            found.left_out.append(LeftOut(file.name, "import-other"))
    return found


def _walk(folder: Path, start: Path, besides: set[Path], found: PhotoFiles) -> Iterator[Path]:
    """Every visible file in a folder and below it. Links are followed to files inside `start`, never to folders."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as fault:
        found.left_out.append(
            LeftOut(
                f"{folder.relative_to(start).as_posix()}/", "import-unreadable", f"cannot be read: {fault.strerror}"
            )
        )
        return
    for entry in entries:
        path = Path(entry.path)
        name = path.relative_to(start).as_posix()
        if entry.name.startswith(".") or entry.name.casefold() in _OF_SYSTEMS:
            found.passed_over += 1
        elif entry.is_symlink() and (path.is_dir() or not path.exists() or leads_out(path, start)):
            found.left_out.append(LeftOut(name, "import-link"))
        elif entry.is_dir():
            if path.resolve() not in besides:
                yield from _walk(path, start, besides, found)
        elif entry.is_file():
            yield path
        else:
            found.left_out.append(LeftOut(name, "import-unreadable", "is no file"))
