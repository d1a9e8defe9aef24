"""Fonts of ebooks are cut once in a test run: it is most of the time of an ebook, and the same each time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import uuid4

from pressroom.design.composition import FontFace
from pressroom.epub import woff2


def cut_once(folder: Path) -> None:
    """Have parts of fonts be kept in a folder for all processes of a run; damaged fonts are read each time."""
    make = woff2.make

    def kept_or_made(face: FontFace, source: bytes, codes: Sequence[int], features: Iterable[str]) -> bytes:
        wanted = hashlib.sha256(source).hexdigest(), face.may_be_subset, [*codes], sorted(features)
        file = folder / hashlib.sha256(repr(wanted).encode()).hexdigest()
        if not file.exists():
            draft = folder / uuid4().hex
            draft.write_bytes(make(face, source, codes, features))
            draft.replace(file)
        return file.read_bytes()

    woff2.make = kept_or_made
