"""Rule books: the form that the files of all printers and stores share. Every rule names the page that states it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, TypeVar

from pressroom import forms
from pressroom.errors import Finding, PressroomError, Source, did_you_mean, error

RuleValue = TypeVar("RuleValue")
Rules = TypeVar("Rules", bound=forms.Form)
_DATA = Path(__file__).with_name("data")


class Rule(forms.Form, Generic[RuleValue]):
    """One requirement, and where it is stated."""

    value: RuleValue
    source: str
    """The key of an entry under `sources`."""


class Reference(forms.Form):
    """A page on which a printer or a store, or somebody who works with them, states requirements."""

    title: str
    at: str
    """Its address, or how else it can be found."""
    read: dt.date
    """The day on which the rules were taken from it."""


def read_rules(source: Source, form: type[Rules]) -> tuple[Rules | None, list[Finding]]:
    """Read one rule book. Where it has faults, there are no rules, and every fault is among the findings."""
    rules, reading = forms.fill(source, form)
    findings = [*reading.findings, *_unknown_sources(reading)]
    return (None if findings else rules), findings


def _unknown_sources(reading: forms.Reading) -> Iterator[Finding]:
    """Rules whose `source` is no entry of `sources`, so that nobody could look them up."""
    book = reading.value if isinstance(reading.value, dict) else {}
    sources = book.get("sources")
    known = list(sources) if isinstance(sources, dict) else []
    for path in reading.values:
        if path[-1:] != ("source",) or path[0] == "sources" or "value" in path:
            continue
        name = reading.at(path)
        if isinstance(name, str) and name not in known:
            why = f"“{'.'.join(map(str, path))}” is “{name}”, and no entry of “sources” has that name: "
            why += "nobody can look the rule up."
            remedy = did_you_mean(name, known) or f"Add “{name}” under sources:, with title, at and read."
            yield error("source-unknown", reading.place(path), why, remedy)


def builtin_rules(kind: str, name: str, form: type[Rules]) -> Rules:
    """The rules of a printer or a store that come with Pressroom. `kind` is the folder: printers or stores.

    Raises PressroomError with the faults of the file.
    """
    file = _DATA / kind / f"{name}.yaml"
    rules, findings = read_rules(Source(f"built-in {kind}/{file.name}", file.read_text("utf-8")), form)
    if rules is None:
        raise PressroomError(findings)
    return rules
