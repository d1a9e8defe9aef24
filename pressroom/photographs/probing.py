"""Looks: each file is opened and decoded once, small, to know that all of it is there and how large it is.

What was seen is kept by the file's digest, so that a photograph that has not changed is not decoded again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import PIL
from PIL import Image

from pressroom.keeping import keep
from pressroom.photographs import drawings
from pressroom.photographs.formats import UnusableError, convertible, decode_smaller, opened, orientation_of
from pressroom.photographs.srgb import is_profile

PictureKind = Literal["photograph", "drawing"]
TURNED = (5, 6, 7, 8)
"""EXIF orientations that swap width and height."""
_ACROSS, _DOWN = 17, 16
"""Of the little grey picture from which a fingerprint is taken."""
_VERSION = 3
"""Raised when another look at the same file sees something else."""


@dataclass(frozen=True)
class ImageProbe:
    """What one look at a file has shown."""

    digest: str
    """SHA-256 of the file."""
    width: int
    """Pixels as it is seen, upright; of a drawing, its own units."""
    height: int
    kind: PictureKind = "photograph"
    fingerprint: str = ""
    """Where its greys rise from left to right, as 256 bits in hexadecimals: alike pictures have alike ones."""
    remarks: tuple[str, ...] = ()
    """Ids of what an editor should know of it."""
    removed: tuple[str, ...] = ()
    """What is taken out of a drawing."""


def look(file: Path, kept: Path | None = None) -> ImageProbe:
    """Look at a file, or remember the last look at the same bytes. Raises UnusableError."""
    try:
        with file.open("rb") as data:
            digest = hashlib.file_digest(data, "sha256").hexdigest()
        size = file.stat().st_size
    except OSError as fault:
        raise UnusableError("photo-unreadable", f"“{file.name}” cannot be read: {fault.strerror}.") from None
    if not size:
        raise UnusableError("photo-empty", f"“{file.name}” is an empty file.", "Copy the photograph again.")
    note = kept / f"{digest[:32]}.json" if kept else None
    seen = _remembered(note, digest) if note else None
    if seen is None:
        seen = _drawing(file, digest) if file.suffix.lower() == ".svg" else _photograph(file, digest)
        if note:
            keep(note, json.dumps({"by": _BY, **asdict(seen)}).encode())
    return seen


_BY = f"{PIL.__version__}/{_VERSION}"


def _remembered(note: Path, digest: str) -> ImageProbe | None:
    """An earlier look at the same bytes; None when there is none, or its note is damaged."""
    try:
        told = json.loads(note.read_bytes())
        if told.pop("by") != _BY or told["digest"] != digest:
            return None
        told |= {"remarks": tuple(told["remarks"]), "removed": tuple(told["removed"])}
        return ImageProbe(**told)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _drawing(file: Path, digest: str) -> ImageProbe:
    try:
        drawing = drawings.clean(file.read_bytes())
    except drawings.UnfitDrawingError as fault:
        raise UnusableError("drawing-unfit", f"“{file.name}” {fault}", fault.remedy) from None
    return ImageProbe(
        digest, max(1, round(drawing.width)), max(1, round(drawing.height)), "drawing", removed=drawing.removed
    )


def _photograph(file: Path, digest: str) -> ImageProbe:
    with opened(file) as picture:
        width, height = picture.size
        remarks = tuple(_remarks(picture))
        orientation = orientation_of(picture)
        smaller = decode_smaller(picture, width / 8, height / 8)
        picture.load()
        if not smaller:
            width, height = picture.size  # some decoders bring a picture upright
        fingerprint = _fingerprint(convertible(picture))
    if orientation in TURNED:
        width, height = height, width
    return ImageProbe(digest, width, height, "photograph", fingerprint, remarks)


def _remarks(picture: Image.Image) -> list[str]:
    remarks = []
    if getattr(picture, "n_frames", 1) > 1 and picture.format not in ("JPEG", "MPO", "HEIF"):
        remarks.append("photo-pages" if picture.format == "TIFF" else "photo-animated")
    profile = picture.info.get("icc_profile")
    if profile and not is_profile(profile):
        remarks.append("photo-profile-broken")
    elif not profile and picture.mode == "CMYK":
        remarks.append("photo-ink-unknown")
    return remarks


def _fingerprint(picture: Image.Image) -> str:
    """The signs of the steps between neighbours in a small grey copy (“difference hash”)."""
    grey = picture.convert("L").resize((_ACROSS, _DOWN), Image.Resampling.BOX).tobytes()
    bits = "".join(
        "1" if grey[row * _ACROSS + n] < grey[row * _ACROSS + n + 1] else "0"
        for row in range(_DOWN)
        for n in range(_ACROSS - 1)
    )
    return f"{int(bits, 2):064x}"
