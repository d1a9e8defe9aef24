"""Variables: names that publication.yaml gives values to, and that texts name as `{{ name }}`. No code runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

VARIABLE = re.compile(r"\{\{ *(\w[\w.-]*) *\}\}")
"""The place of a variable in a text."""


def filled(text: str, variables: Mapping[str, str]) -> str:
    """A text with the values of its variables. Unknown ones stay as they are typed."""
    return VARIABLE.sub(lambda match: variables.get(match[1], match[0]), text) if "{{" in text else text


def filled_value(value: Any, variables: Mapping[str, str]) -> Any:
    """A value of YAML, with the variables in all its texts filled in."""
    if isinstance(value, str):
        return filled(value, variables)
    if isinstance(value, list):
        return [filled_value(item, variables) for item in value]
    if isinstance(value, dict):
        return {key: filled_value(item, variables) for key, item in value.items()}
    return value


def names_in(text: str) -> Iterator[str]:
    """The names of the variables in a text."""
    yield from (match[1] for match in VARIABLE.finditer(text))


def settled(given: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The values of variables that may name each other, and the names of those that name themselves on some way."""
    values: dict[str, str] = {}
    looping: list[str] = []
    for name in given:
        _settle(name, given, values, looping)
    return values, tuple(looping)


def _settle(name: str, given: Mapping[str, str], values: dict[str, str], looping: list[str]) -> None:
    """Settle a variable and those that it names; a stack of its own, since a chain may be longer than Python's."""
    stack = [(name, _others(given[name], given))]
    while stack:
        current, others = stack[-1]
        other = next((each for each in others if each not in values), None)
        if other is None:
            values[current] = filled(given[current], {each: values[each] for each in _others(given[current], given)})
            stack.pop()
        elif any(other == waiting for waiting, _ in stack):
            looping.append(other)
            values[other] = ""
        else:
            stack.append((other, _others(given[other], given)))


def _others(text: str, given: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names_in(text)) if name in given)
