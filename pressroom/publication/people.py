"""People as Quarto, MyST and Hugo write authors: `{name: Ann Doe, orcid: …}`, `{name: {given: Ann, family: Doe}}`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_NAMES = ("name", "literal")
_PARTS = ("given", "family")


def name_of_person(value: Any) -> Any:
    """The name of a person; the value itself if it is no group of keys with a name."""
    if not isinstance(value, dict):
        return value
    name = next((value[key] for key in _NAMES if value.get(key)), None)
    if isinstance(name, dict):
        return name_of_person(name)
    parts = [value[key] for key in _PARTS if isinstance(value.get(key), str)]
    return name or " ".join(parts) or value


def names_of_people(value: Any) -> Any:
    """The names of one person or a list of people."""
    return [name_of_person(each) for each in value] if isinstance(value, list) else name_of_person(value)


def other_keys(value: Any) -> Iterator[str]:
    """What is written of people beside their names, as affiliations and addresses."""
    people = value if isinstance(value, list) else [value]
    known = {*_NAMES, *_PARTS}
    yield from dict.fromkeys(key for each in people if isinstance(each, dict) for key in each if key not in known)
