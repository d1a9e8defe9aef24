"""Forms: reads YAML that a person typed into typed values, and reports every fault with its line and column.

Plain values are passed to pydantic as the text that was typed, so that `NO` stays Norway, `1984` can be a title and an
ISBN keeps its leading zero. The types decide what is a number.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pressroom.errors import Finding, Source
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
    except ValidationError as faults:
        for details in faults.errors(include_url=False):
            if (
                details["type"] != "too_short" or not details["input"]
            ):  # a list without its faulty items has their findings
                _add(reading, type_fault(reading, form, details))
        reading.findings.sort(key=lambda f: (f.place.line, f.place.column))
        return None, reading
    return (None if reading.findings else filled), reading


def _add(reading: Reading, fault: Finding) -> None:
    """Add a fault, but only one for each value: pydantic reports every type that a value could have had."""
    if fault.id != "value-wrong" or all((f.id, f.place) != (fault.id, fault.place) for f in reading.findings):
        reading.findings.append(fault)
