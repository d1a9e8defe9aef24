"""Variables: names that publication.yaml gives values to, and that texts name as `{{ name }}`. No code runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

VARIABLE = re.compile(r"\{\{ *(\w[\w.-]*) *\}\}")
"""The place of a variable in a text."""
MOST_LETTERS = 10_000
"""Letters of the longest value: one that is longer was hardly typed."""


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


@dataclass
class Settled:
    """The values of variables that may name each other."""

    values: dict[str, str] = field(default_factory=dict)
    looping: list[str] = field(default_factory=list)
    """The names of those that name themselves on some way."""
    endless: list[str] = field(default_factory=list)
    """The names of those whose values are too long, since they name others again and again."""


def settled(given: Mapping[str, str]) -> Settled:
    """The values of variables that may name each other."""
    made = Settled()
    for name in given:
        _settle(name, given, made)
    return made


def _settle(name: str, given: Mapping[str, str], made: Settled) -> None:
    """Settle a variable and those that it names; a stack of its own, since a chain may be longer than Python's."""
    values, stack = made.values, [(name, _others(given[name], given))]
    while stack:
        current, others = stack[-1]
        other = next((each for each in others if each not in values), None)
        if other is None:
            value = filled(given[current], {each: values[each] for each in _others(given[current], given)})
            made.endless += [current] if len(value) > MOST_LETTERS else []
            values[current] = value[:MOST_LETTERS]
            stack.pop()
        elif any(other == waiting for waiting, _ in stack):
            made.looping.append(other)
            values[other] = ""
        else:
            stack.append((other, _others(given[other], given)))


def _others(text: str, given: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names_in(text)) if name in given)
