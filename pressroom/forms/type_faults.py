"""Type faults: what pydantic finds wrong in a form, in plain words, at the place where it was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from pressroom.errors import Finding, Place, did_you_mean, error
from pressroom.forms.known_keys import formats_with, groups_with, known_keys
from pressroom.forms.yaml_reading import KeyPath, Reading


def type_fault(reading: Reading, form: type[BaseModel], details: ErrorDetails) -> Finding:
    """One fault that pydantic found in what was read for a form."""
    is_key = details["loc"][-1:] == ("[key]",)
    path = _known_path(reading, details["loc"][:-1] if is_key else details["loc"])
    name = ".".join(step for step in path if isinstance(step, str)) or "the file"
    match details["type"]:
        case "extra_forbidden":
            return _unknown_key(reading, form, path, name)
        case "missing":
            remedy = f"Add a line “{path[-1]}: …”."
            return error("key-missing", _first_key(reading, path), f"“{name}” is required.", remedy)
        case "union_tag_invalid":
            place = reading.place((*path, "format"))
            return _unknown_value(place, f"{name}.format", details["input"]["format"], details)
        case "literal_error" if isinstance(details["input"], str):
            return _unknown_value(reading.place(path), name, details["input"], details)
    place = reading.keys[path] if is_key else reading.place(path)
    if isinstance(details["input"], dict) and place.excerpt[place.column - 1 :].startswith("{{"):
        why = f"“{name}” begins with braces, which group keys in YAML."
        return error("value-wrong", place, why, 'Put the whole value into quotes: "{{ name }} …".')
    return error("value-wrong", place, *_wrong(name, details))


def _unknown_key(reading: Reading, form: type[BaseModel], path: KeyPath, name: str) -> Finding:
    place = reading.keys.get(path, reading.place(path))
    known = sorted(known_keys(form, path[:-1], reading))
    if elsewhere := formats_with(form, path, known):
        why = f"“{path[-1]}” is a key of {elsewhere}; “{name}” would have no effect."
        return error("key-unknown", place, why, "Move it there, or delete it.")
    if len(path) == 1 and (group := groups_with(form, str(path[-1]))):
        why = f"“{name}” is a key of a single edition, and has no effect here."
        return error("key-unknown", place, why, f"Write it there: {group}: print: {{{name}: …}}.")
    close = did_you_mean(str(path[-1]), known) or f"Known here: {', '.join(known)}."
    return error("key-unknown", place, f"There is no key “{name}”.", close)


def _unknown_value(place: Place, name: str, wrong: object, details: ErrorDetails) -> Finding:
    known = _choices(details)
    if not isinstance(wrong, str):
        why = f"“{name}” has no value." if wrong is None else f"“{name}” cannot be {_kind(wrong)}."
        return error("value-wrong", place, why, f"One of: {', '.join(known)}.")
    close = did_you_mean(_MEANT.get(wrong, wrong), known) or f"One of: {', '.join(known)}."
    return error("value-unknown", place, f"“{name}” cannot be “{wrong}”.", close)


def _known_path(reading: Reading, loc: Sequence[str | int]) -> KeyPath:
    """Pydantic’s location without the names of union members, which are not in the file."""
    path: KeyPath = ()
    for n, step in enumerate(loc):
        typed = (*path, step) in reading.values or (*path, step) in reading.keys
        missing_key = n == len(loc) - 1 and isinstance(reading.at(path), dict)
        if typed or missing_key:
            path = (*path, step)
    return path


def _first_key(reading: Reading, path: KeyPath) -> Place:
    """The place of a mapping that lacks a key: at the mapping’s own key, if it has one."""
    return reading.keys.get(path[:-1], reading.place(path[:-1]))


def _choices(details: ErrorDetails) -> list[str]:
    context = details.get("ctx", {})
    text = str(context.get("expected") or context.get("expected_tags") or "")
    return [part.strip(" '") for part in text.replace(" or ", ", ").split(",") if part.strip(" '")]


_SHOWN = 60
"""The most letters of a wrong value that a message repeats."""
_MEANT = {"writer": "author", "text": "author", "photos": "photographer", "photography": "photographer",
          "done": "final", "finished": "final", "published": "final"}  # fmt: skip
"""What people write for a word of the settings that looks otherwise."""
_PLAIN_WORDS: Mapping[str, str] = {
    "union_tag_invalid": "epub, pdf or cover is needed here.",
    "literal_error": "a text is needed here, not a list or a group of keys.",
    "string_pattern_mismatch": "small letters, digits and hyphens are needed here.",
    "string_type": "a text is needed here, not a list or a group of keys.",
    "model_type": "a group of keys is needed here.",
    "model_attributes_type": "a group of keys is needed here.",
    "dict_type": "a group of keys is needed here.",
    "tuple_type": "a list is needed here, such as [one, two].",
    "too_short": "it is an empty list; write at least one item, or delete the key.",
    "string_too_short": "it is empty; write a text, or delete the key.",
    "int_parsing": "a whole number is needed here.",
    "int_from_float": "a whole number is needed here.",
    "float_parsing": "a number is needed here.",
    "bool_parsing": "true or false is needed here.",
    "date_from_datetime_parsing": "a date is needed here, written 2023-09-27.",
    "date_type": "a date is needed here, written 2023-09-27.",
    "date_parsing": "a date is needed here, written 2023-09-27.",
    "less_than_equal": "{le} is the most that can be.",
    "less_than": "less than {lt} is needed here.",
    "greater_than_equal": "{ge} is the least that can be.",
    "greater_than": "more than {gt} is needed here.",
    "union_tag_not_found": "its format is missing; write format: epub, pdf or cover.",
}


def _wrong(name: str, details: ErrorDetails) -> tuple[str, str]:
    """The message for a wrong value, and the remedy."""
    plain = _PLAIN_WORDS.get(details["type"], "").format_map(details.get("ctx", {}))
    text = plain or details["msg"].removeprefix("Value error, ").rstrip(".")
    text += "" if text.endswith((".", "?")) else "."
    what, semicolon, remedy = text.partition("; ")  # validators write “message; remedy”
    value = details["input"]
    if value is None:
        what = f"“{name}” has no value."
    elif semicolon:
        what = f"“{name}”: {what}."
    else:
        what = f"“{name}” cannot be {_kind(value)}."
    remedy = remedy or text
    return what, remedy[0].upper() + remedy[1:]


def _kind(value: object) -> str:
    """What a value is, for a message; a text is shown, the beginning of a long one."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a group of keys"
    return f"“{value}”" if len(str(value)) <= _SHOWN else f"“{str(value)[:_SHOWN]}…”"
