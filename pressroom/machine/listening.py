"""Listening: what libraries in C print on standard error, past Python, is heard, so that a finding can tell it."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from collections.abc import Iterator

_STANDARD_ERROR = 2
_one_at_a_time = threading.RLock()
"""Standard error belongs to the whole process: who listens must know whom."""
_MOST_LINES, _LONGEST = 3, 200
"""Lines that are kept, and letters of each: a damaged file can give thousands."""


@contextlib.contextmanager
def listening() -> Iterator[list[str]]:
    """A block in which lines on standard error are heard, and not printed. They are in the list when it has ended."""
    heard: list[str] = []
    with _one_at_a_time, tempfile.TemporaryFile() as ear:
        try:
            usual = os.dup(_STANDARD_ERROR)
        except OSError:  # it is closed: nothing is printed
            yield heard
            return
        os.dup2(ear.fileno(), _STANDARD_ERROR)
        try:
            yield heard
        finally:
            os.dup2(usual, _STANDARD_ERROR)
            os.close(usual)
            ear.seek(0)
            lines = (
                line.strip()[:_LONGEST] for line in ear.read(100 * _LONGEST).decode("utf-8", "replace").splitlines()
            )
            heard += [line for line in dict.fromkeys(lines) if line][:_MOST_LINES]
