"""Ace by DAISY holds ebooks against EPUB Accessibility and WCAG."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from shutil import which

from pressroom import drafts
from pressroom.errors import Finding, Place, Severity
from pressroom.judges.asking import REMEDY, Judge, answer, silent

_SEVERITIES = {"critical": Severity.ERROR, "serious": Severity.ERROR}


def _ask(file: Path, place: Place) -> Iterator[Finding]:
    with drafts.scratch() as folder:
        said = answer([which("ace") or "ace", "--silent", "--force", "--outdir", str(folder), str(file)])
        try:
            report = json.loads((folder / "report.json").read_text("utf-8"))
        except (OSError, ValueError):
            yield silent(JUDGE.name, place, said)
            return
    for page in report["assertions"]:
        for each in page["assertions"]:
            test, result = each["earl:test"], each["earl:result"]
            severity = _SEVERITIES.get(test["earl:impact"], Severity.WARNING)
            why = f"Ace, {test['dct:title']}: {' '.join(result['dct:description'].split())}"
            yield Finding("judge-ace", severity, Place(f"{file.name}/{page['earl:testSubject']['url']}"), why, REMEDY)


JUDGE = Judge(
    name="Ace",
    suffix=".epub",
    what_for="it checks what screen readers meet in ebooks",
    remedy="npm install --global @daisy/ace",
    is_there=lambda: which("ace") is not None,
    ask=_ask,
)
