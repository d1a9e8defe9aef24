"""Frames: one picture file of a person’s own folder, with all that it says, before it is part of a publication."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pressroom.photographs.album import Photograph
from pressroom.photographs.capture_time import Capture, read_capture
from pressroom.photographs.darkroom import CropAndBlur
from pressroom.photographs.formats import UnusableError, opened
from pressroom.photographs.looking import SeenPicture, look_at
from pressroom.photographs.metadata import Metadata, read_metadata
from pressroom.photographs.probing import ImageProbe, probe_file

MOST_OF_SIDECAR = 4_000_000
"""Bytes of the largest sidecar that is read; those of photo programs have some kB."""


@dataclass(frozen=True)
class Frame:
    """A picture that can be opened and decoded."""

    file: Path
    probe: ImageProbe
    metadata: Metadata
    capture: Capture
    seen: SeenPicture


def read_frame(file: Path, sidecar: Path | None, language: str, cache: Path | None = None) -> Frame:
    """Look at a picture file, decoded at a small size, and read what it and its sidecar (XMP) say.

    Of texts in several languages, the one nearest to `language` is taken. `cache` is the folder of what is kept for the
    first build. Raises UnusableError.
    """
    probe = probe_file(file, cache and cache / "probes")
    said = _words_beside(sidecar) if sidecar else b""
    with opened(file) as picture:
        metadata, capture = read_metadata(picture, language, said), read_capture(picture, said)
    seen = look_at(_whole(file, probe, metadata), cache and cache / "sights")
    return Frame(file, probe, metadata, capture, seen)


def _words_beside(sidecar: Path) -> bytes:
    try:
        return sidecar.read_bytes()[:MOST_OF_SIDECAR]
    except OSError as fault:
        why = f"“{sidecar.name}” cannot be read: {fault.strerror}. Its words may differ from those in the picture."
        raise UnusableError("photo-unreadable", why, "Make it readable, or move it away.") from None


def _whole(file: Path, probe: ImageProbe, metadata: Metadata) -> Photograph:
    """The photograph as a figure that shows all of it would have it."""
    framing = CropAndBlur(probe.width, probe.height, (0, 0, probe.width, probe.height))
    return Photograph(
        file=file,
        width=probe.width,
        height=probe.height,
        kind=probe.kind,
        digest=probe.digest,
        crop_and_blur=framing,
        metadata=metadata,
        fingerprint=probe.fingerprint,
        is_graphic=probe.is_graphic,
    )
