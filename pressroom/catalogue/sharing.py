"""Sharing: what is made of a photograph or a font for one title of a catalogue is there for the others.

Names of kept files tell all that they are made of, and files are written whole: titles that are built at the same time
can share a folder. Only the batch removes from it, after its titles are built: each of them may need what is there.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pressroom import keeping
from pressroom.production import Order
from pressroom.whereabouts import CACHE


@contextlib.contextmanager
def shared_folder(catalogue: Path, titles: int) -> Iterator[Path | None]:
    """The folder that the titles of a catalogue share while they are built; a title alone shares nothing.

    Afterwards it holds no more than its titles would keep each for itself.
    """
    if titles < 2:
        yield None
        return
    folder = catalogue.resolve() / CACHE
    try:
        yield folder
    finally:
        keeping.prune(folder, titles * keeping.MOST_BYTES)


def sharing_if_writable(order: Order) -> Order:
    """The order of a title without a shared folder that its process cannot write: then it keeps its own."""
    try:
        if order.shared_folder:
            order.shared_folder.mkdir(exist_ok=True)
            with tempfile.TemporaryFile(dir=order.shared_folder):
                pass
    except OSError:
        return replace(order, shared_folder=None)
    return order
