"""The album: which file is behind each figure, and whether it is a picture that can be printed."""

from __future__ import annotations

import contextlib
import hashlib
import re
import unicodedata
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import ExifTags, Image, ImageFile, UnidentifiedImageError

from pressroom.errors import Finding, Severity, did_you_mean, error
from pressroom.photographs import drawings
from pressroom.publication import Figure, Publication

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "AVIF")
FOLDERS = ("assets/photos", "assets")
"""Where pictures are looked for, before the chapter's own folder."""
_TURNED = (5, 6, 7, 8)
"""EXIF orientations that swap width and height."""
_RAW = frozenset(".cr2 .cr3 .nef .arw .raf .orf .rw2 .dng .pef .srw".split())


@dataclass(frozen=True)
class Photograph:
    """A picture file that can be printed. Width and height are pixels as it is seen; of a drawing, its own units."""

    file: Path
    width: int
    height: int
    kind: Literal["photograph", "drawing"]
    digest: str
    """SHA-256 of the file."""

    @property
    def ratio(self) -> float:
        """Width to height."""
        return self.width / self.height


Album = Mapping[str, Photograph]
"""Photographs by the id of their figure; a figure whose photograph has not arrived is not among them."""


class _UnusableError(Exception):
    """Why a file cannot be printed, and what to do."""

    def __init__(self, id: str, message: str, help: str = "") -> None:
        super().__init__(message)
        self.id, self.message, self.help = id, message, help


def gather(publication: Publication, root: Path, *, final: bool) -> tuple[Album, tuple[Finding, ...]]:
    """Find and look at every picture. One that is missing is an error in a final publication, a warning in a draft."""
    album: dict[str, Photograph] = {}
    findings: list[Finding] = []
    seen: dict[Path, Photograph | _UnusableError] = {}
    for chapter, figure in publication.figures():
        try:
            file = _find(figure.file, root, root / chapter.file)
            if file is None:
                findings.append(_missing(figure, root, final=final))
                continue
            if file not in seen:
                seen[file] = _look(file)
            found = seen[file]
            if isinstance(found, _UnusableError):
                raise found
            album[figure.id] = found
        except _UnusableError as fault:
            findings.append(error(fault.id, figure.place, fault.message, fault.help))
    return album, tuple(findings)


def _missing(figure: Figure, root: Path, *, final: bool) -> Finding:
    severity = Severity.ERROR if final else Severity.WARNING
    fate = "and this publication is final" if final else "a placeholder holds its place"
    if not figure.file:
        help = "Put its file name between the round brackets." + (" Or set status: draft." if final else "")
        if figure.place.file.endswith(".txt"):
            help = "To name its file, turn the gallery into Markdown."
        return Finding("photo-to-come", severity, figure.place, f"This photograph has not arrived, {fate}.", help)
    close = did_you_mean(figure.file.rpartition("/")[2], (f.name for f in _pictures(root)))
    help = " ".join(filter(None, (close, "Or set status: draft to hold its place." if final else "")))
    why = f"There is no “{figure.file}” in assets/photos, {fate}."
    return Finding("photo-missing", severity, figure.place, why, help or "Put the file into assets/photos.")


def _pictures(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from (f for f in sorted((root / folder).glob("*")) if f.is_file())


def _find(file: str, root: Path, chapter: Path) -> Path | None:
    """The file that a figure names, inside the publication; None when it is not there."""
    if not file:
        return None
    if re.match(r"([a-z][a-z0-9+.-]+:|//)", file, re.IGNORECASE):
        why = f"“{file}” is not a file here; a build opens no connection, and a book must hold its pictures."
        raise _UnusableError("photo-remote", why, "Save the picture in assets/photos and name it here.")
    if file.startswith("/") or "\\" in file or re.match(r"[A-Za-z]:", file):
        raise _UnusableError(
            "photo-outside", f"“{file}” is an address on one machine only.", "Put the file into assets/photos."
        )
    for folder in (*(root / f for f in FOLDERS), chapter.parent):
        candidate = _present(folder / file) if _inside(folder / file, root) else None
        if candidate is not None:
            if not candidate.resolve().is_relative_to(root.resolve()):
                why = f"“{file}” is a link to a file outside the publication; nobody else would have it."
                raise _UnusableError("photo-outside", why, "Copy the file into assets/photos instead of linking to it.")
            return candidate
    if not any(_inside(folder / file, root) for folder in (root / FOLDERS[0], chapter.parent)):
        why = f"“{file}” climbs out of the publication; nobody else would have the file."
        raise _UnusableError("photo-outside", why, "Put the file into assets/photos.")
    return None


def _present(file: Path) -> Path | None:
    """The file at a path. An accent may be typed as one character and stored as two, as Macs do."""
    try:
        if file.is_file():
            return file
    except OSError:  # longer than any name can be
        return None
    wanted = unicodedata.normalize("NFC", file.name)
    others = () if wanted.isascii() else sorted(file.parent.glob("*"))
    return next((f for f in others if unicodedata.normalize("NFC", f.name) == wanted and f.is_file()), None)


def _inside(file: Path, root: Path) -> bool:
    """Whether a path stays in the publication by its words alone, links aside."""
    depth = 0
    for step in file.relative_to(root).parts:
        depth += -1 if step == ".." else 1
        if depth < 0:
            return False
    return True


def _look(file: Path) -> Photograph | _UnusableError:
    try:
        data = file.read_bytes()
    except OSError as fault:
        return _UnusableError("photo-unreadable", f"“{file.name}” cannot be read: {fault.strerror}.")
    if not data:
        return _UnusableError("photo-empty", f"“{file.name}” is an empty file.", "Copy the photograph again.")
    digest = hashlib.sha256(data).hexdigest()
    try:
        if file.suffix.lower() == ".svg":
            width, height = drawings.size_of(data)
            return Photograph(file, round(width), round(height), "drawing", digest)
        width, height = _size_of(file)
    except drawings.UnfitDrawingError as fault:
        return _UnusableError("drawing-unfit", f"“{file.name}” {fault}", fault.help)
    except _UnusableError as fault:
        return fault
    return Photograph(file, width, height, "photograph", digest)


def _size_of(file: Path) -> tuple[int, int]:
    """Width and height as seen, of a picture that has been decoded once, small, to know that all of it is there."""
    try:
        with warnings.catch_warnings(), _to_the_end():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as picture:
                width, height = picture.size
                orientation = picture.getexif().get(ExifTags.Base.Orientation)
                picture.draft("RGB", (max(1, width // 8), max(1, height // 8)))
                picture.load()
    except Image.DecompressionBombError:
        why = f"“{file.name}” has more pixels than any page can show, and would fill the memory."
        raise _UnusableError("photo-huge", why, "Save a copy with at most 150 megapixels.") from None
    except UnidentifiedImageError:
        if file.suffix.lower() in _RAW:
            help = "Develop it in your photo program and export a JPEG or TIFF."
            raise _UnusableError(
                "photo-raw", f"“{file.name}” is a camera’s raw file, which only its maker can judge.", help
            ) from None
        why = f"“{file.name}” is no picture, whatever its name says."
        raise _UnusableError("photo-fake", why, f"Save it as one of: {', '.join(FORMATS)}.") from None
    except (OSError, SyntaxError, ValueError) as fault:
        why = f"“{file.name}” is damaged ({fault}): part of the picture would be missing."
        raise _UnusableError("photo-damaged", why, "Copy the photograph again.") from None
    return (height, width) if orientation in _TURNED else (width, height)


@contextlib.contextmanager
def _to_the_end() -> Iterator[None]:
    """Have Pillow refuse a picture that breaks off: the page engine, once it is loaded, tells it to be content."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
