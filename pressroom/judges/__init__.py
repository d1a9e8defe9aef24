"""Judges: programs of others that judge a finished file. Their words become findings, with the place that they name.

Each module knows one of them: whether it is on this machine, how it is asked, and how its answer is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pressroom.errors import Finding, Place, advice
from pressroom.judges import ace, epubcheck, qpdf, verapdf
from pressroom.judges.asking import Judge

__all__ = ["JUDGES", "Judge", "judged"]

JUDGES: tuple[Judge, ...] = (verapdf.JUDGE, qpdf.JUDGE, epubcheck.JUDGE, ace.JUDGE)
"""All that are known."""


def judged(file: Path, place: Place) -> Iterator[Finding]:
    """What the judges of this machine say of a file; and advice for each that is missing."""
    for judge in JUDGES:
        if file.suffix.lower() != judge.suffix:
            continue
        if judge.is_there():
            yield from judge.ask(file, place)
        else:
            why = f"{judge.name} was not asked, since it is not on this machine: {judge.what_for}."
            yield advice("judge-missing", place, why, f"Type: {judge.remedy}")
