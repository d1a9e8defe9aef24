"""Asking: runs a judge within a limit of time, and tells where it breaks down."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pressroom.errors import Finding, Place, warning

MOST_SECONDS = 600
REMEDY = "In a file of Pressroom, report it; else mend it where the file was made."


@dataclass(frozen=True)
class Judge:
    """A program that judges files of one kind."""

    name: str
    suffix: str
    """The suffix of the files that it judges: “.pdf”, “.epub”."""
    what_for: str
    """What it looks at, as “it checks …”."""
    remedy: str
    """What installs it."""
    is_there: Callable[[], bool]
    ask: Callable[[Path, Place], Iterator[Finding]]
    """What it says of a file; the place is the file as it was named."""


@dataclass(frozen=True)
class Judgement:
    """What a judge printed, and how it ended."""

    code: int
    out: str
    err: str


def answer(command: Sequence[str]) -> Judgement:
    """The answer of a program. Its code is -1 where it does not end, or cannot be started."""
    try:
        done = subprocess.run(  # noqa: S603 - a judge that the user has installed, and a file that the user has named
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=MOST_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        return Judgement(-1, "", str(fault))
    return Judgement(done.returncode, done.stdout, done.stderr)


def silent(name: str, place: Place, said: Judgement) -> Finding:
    """The finding that a judge gave no answer."""
    last = next((line for line in reversed(said.err.splitlines()) if line.strip()), f"it ended with {said.code}")
    return warning("judge-silent", place, f"{name} gave no answer: {last.strip()[:200]}.", "Run it by hand, and see.")
