"""qpdf looks at the structure of a PDF: cross-references, streams, objects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import which

from pressroom.errors import Finding, Place, Severity
from pressroom.judges.asking import Judge, answer, silent

_WELL, _BROKEN, _WARNED = 0, 2, 3
"""How qpdf ends (qpdf manual, “Exit Status”)."""


def _ask(file: Path, place: Place) -> Iterator[Finding]:
    said = answer(["qpdf", "--check", "--no-warn", str(file)])
    if said.code in (_BROKEN, _WARNED):
        severity = Severity.ERROR if said.code == _BROKEN else Severity.WARNING
        told = [line.removeprefix(f"{file}").strip(" :()") for line in said.err.splitlines() if line.strip()]
        why = f"qpdf finds the structure damaged: {told[0] if told else 'it does not say where'}."
        yield Finding("judge-qpdf", severity, place, why, "Export the file again.")
    elif said.code != _WELL:
        yield silent(JUDGE.name, place, said)


JUDGE = Judge(
    name="qpdf",
    suffix=".pdf",
    what_for="it checks the structure of PDFs",
    remedy="install qpdf: apt-get install qpdf, dnf install qpdf, brew install qpdf",
    is_there=lambda: which("qpdf") is not None,
    ask=_ask,
)
