"""Annotations: findings as code hosts show them beside the lines of a change.

`github` writes workflow commands (GitHub Docs, Workflow commands for GitHub Actions), `sarif` one log of the format
SARIF 2.1.0 (OASIS), which code hosts and editors read. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from pressroom import __version__
from pressroom.errors import Finding, Place, Severity

FileOf = Callable[[Place], str]
"""The path of a place’s file from the working folder, with forward slashes; “” where the place is no file."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def github(finding: Finding, file_of: FileOf) -> str:
    """A finding as a workflow command: a line that GitHub shows at the place, in the files of a change."""
    place, file = finding.place, file_of(finding.place)
    where = {"file": file, "line": place.line, "col": place.column} if file else {}
    named = {**{key: value for key, value in where.items() if value}, "title": finding.id}
    also = f" The same at {', '.join(map(str, finding.also))}." if finding.also else ""
    message = f"{'' if file else f'{place}: '}{finding.message} {finding.remedy}".rstrip() + also
    keys = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in named.items())
    return f"::{_COMMANDS[finding.severity]} {keys}::{_escaped(message)}"


def _escaped(text: str, also: str = "") -> str:
    return "".join(f"%{ord(letter):02X}" if letter in f"%\r\n{also}" else letter for letter in text)


def sarif(findings: Iterable[Finding], file_of: FileOf) -> dict[str, Any]:
    """Findings as a SARIF log with one run."""
    told = list(findings)
    rules = {finding.id: {"id": finding.id} for finding in told}
    driver = {"name": "Pressroom", "semanticVersion": __version__, "rules": list(rules.values())}
    results = [_result(finding, list(rules).index(finding.id), file_of) for finding in told]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, rule: int, file_of: FileOf) -> dict[str, Any]:
    text = " ".join(filter(None, (finding.message, finding.remedy)))
    result = {
        "ruleId": finding.id,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [_location(finding.place, file_of)],
    }
    also = [{"id": number, **_location(place, file_of)} for number, place in enumerate(finding.also, 1)]
    return result | ({"relatedLocations": also} if also else {})


def _location(place: Place, file_of: FileOf) -> dict[str, Any]:
    """A place in a file; or, where there is no file, its name."""
    file = file_of(place)
    if not file:
        return {"logicalLocations": [{"name": str(place)}]}
    region = {"startLine": place.line, "startColumn": place.column} if place.line else {}
    region = {key: value for key, value in region.items() if value}
    return {"physicalLocation": {"artifactLocation": {"uri": quote(file)}, **({"region": region} if region else {})}}
