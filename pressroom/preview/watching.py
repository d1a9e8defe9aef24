"""Watching: tells when a file of the publication was saved, and when the publication has gone or come back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from watchfiles import watch

from pressroom.whereabouts import INPUTS

_GATHERED = 400
"""Milliseconds in which saves are gathered at most: however many there are, pages are made of the newest state."""
_QUIET = 30
"""Milliseconds without another save after which it is told."""
_LOOKED_AFTER = 1000
"""Milliseconds after which the folders themselves are looked at: one that was replaced has to be watched anew."""


def saves(root: Path, stop: threading.Event) -> Iterator[None]:
    """Yield after every save, until `stop` is set. Names of editors' own temporary files are passed over."""
    before = _folders(root)
    while not stop.is_set():
        if before:
            for changes in watch(
                *before,
                debounce=_GATHERED,
                step=_QUIET,
                stop_event=stop,
                rust_timeout=_LOOKED_AFTER,
                yield_on_timeout=True,
                raise_interrupt=False,
            ):
                if changes:
                    yield None
                if _folders(root) != before:
                    break
        else:
            stop.wait(_LOOKED_AFTER / 1000)
        now = _folders(root)
        if now != before and not stop.is_set():
            yield None
        before = now


def _folders(root: Path) -> dict[Path, int]:
    """The folders that a build reads, each with its number on the disk."""
    found: dict[Path, int] = {}
    for folder in (root / name for name in INPUTS):
        try:
            found[folder] = folder.stat().st_ino
        except OSError:
            continue
    return found
