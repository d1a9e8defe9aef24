"""Sharing: what is made of a photograph or a font for one title of a catalogue is there for the others.

Names of kept files tell all that they are made of, and files are written whole: titles that are built at the same time
can share a folder. Only the batch removes from it, after its titles are built: each of them may need what is there.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pressroom import keeping
from pressroom.whereabouts import CACHE


@contextlib.contextmanager
def shared_folder(catalogue: Path, titles: int) -> Iterator[Path | None]:
    """The folder that the titles of a catalogue share while they are built; None where each keeps its own.

    A title alone shares nothing, nor does a catalogue whose folder cannot be written. Afterwards the folder holds no
    more than its titles would keep each for itself.
    """
    folder = catalogue.resolve() / CACHE
    if titles < 2 or not _is_writable(folder):
        yield None
        return
    try:
        yield folder
    finally:
        keeping.prune(folder, titles * keeping.MOST_BYTES)


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
