"""Forms: reads YAML that a person typed into typed values, and reports every fault with its line and column.

Plain values are passed to pydantic as the text that was typed, so that `NO` stays Norway, `1984` can be a title and an
ISBN keeps its leading zero. The types decide what is a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pressroom.errors import Finding, Place, Source, error, lines_of
from pressroom.forms.form import Form, docstrings
from pressroom.forms.type_faults import type_fault
from pressroom.forms.yaml_reading import DEEPEST, KeyPath, PlaceOf, Reading, read_yaml

__all__ = ["DEEPEST", "Form", "KeyPath", "PlaceOf", "Reading", "docstrings", "fill", "read_yaml"]

Filled = TypeVar("Filled", bound=BaseModel)


def fill(
    source: Source, form: type[Filled], altered: Callable[[Any], Any] = lambda value: value
) -> tuple[Filled | None, Reading]:
    """Read YAML into a form; None if it has faults. All of them are in the reading’s findings.

    `altered` may change the plain values before they are read, as where variables in them are filled in.
    """
    reading = read_yaml(source)
    if reading.findings and reading.value is None:
        return None, reading
    try:
        filled = form.model_validate(altered(reading.value))
    except ValidationError as invalid:
        faults = invalid.errors(include_url=False)
        reading.findings += _of_each_kind(_told(reading, form, faults[:_MOST_FAULTS]))
        reading.findings.sort(key=lambda f: (f.place.line, f.place.column))
        reading.findings += _too_many(reading, len(faults))
        return None, reading
    return (None if reading.findings else filled), reading


_MOST_FAULTS = 1_000
"""Faults of a file that are looked at. No person typed more."""
_Kind = tuple[str, str, str, str]


def _told(reading: Reading, form: type[BaseModel], faults: Iterable[ErrorDetails]) -> Iterator[tuple[_Kind, Finding]]:
    """The finding of each fault, after its kind: what is wrong with which key, and how it was typed.

    There is one for each value, since pydantic reports every type that a value could have had; and none for a list that
    only lacks its faulty items.
    """
    told = set[Place]()
    for fault in faults:
        if fault["type"] == "too_short" and fault["input"]:
            continue
        finding = type_fault(reading, form, fault)
        if finding.id != "value-wrong" or finding.place not in told:
            typed = fault["input"] if isinstance(fault["input"], str) and finding.id != "key-unknown" else ""
            yield (finding.id, finding.remedy, str(fault["loc"][-1]) if fault["loc"] else "", typed), finding
        if finding.id == "value-wrong":
            told.add(finding.place)


def _of_each_kind(told: Iterable[tuple[_Kind, Finding]]) -> Iterator[Finding]:
    """One finding for each kind: a key that is misspelt for every photograph is one mistake."""
    kinds: dict[_Kind, list[Finding]] = {}
    for kind, finding in told:
        kinds.setdefault(kind, []).append(finding)
    for first, *others in kinds.values():
        also = tuple(other.place for other in others)
        count = f" This file has {len(also) + 1} of them, on {lines_of((first.place, *also))}." if also else ""
        yield replace(first, message=first.message + count, also=also)


def _too_many(reading: Reading, number: int) -> Iterator[Finding]:
    if number > _MOST_FAULTS:
        why = f"This file has {number} faults. The first {_MOST_FAULTS} of them were looked at."
        remedy = "Mend those, and check again; or name the file that you meant."
        yield error("faults-many", reading.source.place(reading.source.first_line), why, remedy)
