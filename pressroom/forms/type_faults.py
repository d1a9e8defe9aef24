"""Type faults: what pydantic finds wrong in a form, in plain words, at the place where it was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from pressroom.errors import Finding, Place, did_you_mean, error
from pressroom.forms.known_keys import first_key, formats_with, groups_with, known_keys
from pressroom.forms.yaml_reading import KeyPath, Reading
from pressroom.forms.yaml_syntax import in_quotes


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
            return error("key-missing", _key_above(reading, path), f"“{name}” is required.", remedy)
        case "union_tag_invalid":
            place = reading.place((*path, "format"))
            return _unknown_value(place, f"{name}.format", details["input"]["format"], details)
        case "literal_error" if isinstance(details["input"], str):
            return _unknown_value(reading.place(path), name, details["input"], details)
    place = reading.keys[path] if is_key else reading.place(path)
    if isinstance(details["input"], dict) and place.excerpt[place.column - 1 :].startswith("{{"):
        why = f"“{name}” begins with braces, which group keys in YAML."
        return error("value-wrong", place, why, 'Put the whole value into quotes: "{{ name }} …".')
    if details["type"] == "string_type" and place.excerpt[place.column - 1 :].startswith(("[", "{")):
        typed = place.excerpt[place.column - 1 :][: place.width]
        why = f"“{name}” cannot be {_kind(details['input'])}, which a bracket or brace begins in YAML."
        return error("value-wrong", place, why, f"Put quotes around all of the text: {in_quotes(typed)}.")
    if details["type"] in _GROUPS:
        key = "NAME" if details["type"] == "dict_type" else first_key(form, path)
        return _group_needed(reading, path, name, key)
    return error("value-wrong", place, *_wrong(name, details))


_GROUPS = ("model_type", "model_attributes_type", "dict_type")
"""Faults of a value where keys with values of their own are needed."""


def _group_needed(reading: Reading, path: KeyPath, name: str, key: str) -> Finding:
    """The fault of a value in the place of a group, with the group as it can be written, from its first key on."""
    value = reading.at(path)
    if not path:
        why = "This file has no keys with values." if value is None else f"This file is {_kind(value)}, and no keys."
        return error("value-wrong", reading.place(()), why, f"Write a line for each key, such as “{key}: …”.")
    why = f"“{name}” has no value." if value is None else f"“{name}” cannot be {_kind(value)}."
    remedy = f"Write keys with values here: {{{key}: {value if isinstance(value, str) else '…'}}}."
    if value is None:
        remedy = "Set its keys in, by two spaces, on the lines under it; or delete it."
    return error("value-wrong", reading.place(path), why, _not_set_in(reading, path) or remedy)


def _not_set_in(reading: Reading, path: KeyPath, form: type[BaseModel] | None = None) -> str:
    """What to do with a key that may belong to the one above it, which is empty; with a form, only if that knows it."""
    around = reading.at(path[:-1])
    above = list(around)[: list(around).index(path[-1])] if isinstance(around, dict) else []
    empty = next((key for key in reversed(above) if around[key] is None), None)
    if empty and form and path[-1] not in known_keys(form, (*path[:-1], empty), reading):
        return ""
    return f"Set it in by two more spaces, if it belongs to “{empty}”." if empty else ""


def _unknown_key(reading: Reading, form: type[BaseModel], path: KeyPath, name: str) -> Finding:
    place, key = reading.keys.get(path, reading.place(path)), str(path[-1])
    known = sorted(known_keys(form, path[:-1], reading))
    if misplaced := _misplaced(form, path, name, known, place):
        return misplaced
    if half := re.search(r"(\d+),$", place.excerpt[: place.column - 1]) if key[:1].isdigit() else None:
        why = f"A comma parts keys here: “{half[1]},{key}” is read as {half[1]} and a key “{key}”."
        return error("key-unknown", place, why, f"Write it with a point: {half[1]}.{key}")
    meant = _MEANT_KEYS.get(key.lower(), key)
    outer = _not_set_in(reading, path, form)
    close = outer or did_you_mean(meant if meant in known else key, known) or _not_set_in(reading, path)
    return error("key-unknown", place, f"There is no key “{name}”.", close or f"Known here: {', '.join(known)}.")


def _misplaced(form: type[BaseModel], path: KeyPath, name: str, known: Sequence[str], place: Place) -> Finding | None:
    """The fault of a key that belongs to another group, with where to write it."""
    key = str(path[-1])
    if elsewhere := formats_with(form, path, known):
        why = f"“{key}” is a key of {elsewhere}; “{name}” would have no effect."
        return error("key-unknown", place, why, "Move it there, or delete it.")
    if len(path) == 1 and (group := groups_with(form, key)):
        why = f"“{name}” is a key of a single edition, and has no effect here."
        return error("key-unknown", place, why, f"Write it there: {group}: print: {{{name}: …}}.")
    if len(path) > 1 and key in form.model_fields:
        why = f"“{key}” is a key of the whole file, and has no effect here."
        return error("key-unknown", place, why, "Write it at the beginning of a line.")
    return None


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


def _key_above(reading: Reading, path: KeyPath) -> Place:
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
_MEANT_KEYS = {
    "author": "creators", "authors": "creators", "date": "published", "year": "published", "isbn": "identifiers",
    "lang": "language", "theme": "layout", "template": "layout", "keywords": "subjects", "tags": "subjects",
    "summary": "description", "abstract": "description", "copyright": "rights", "licence": "license",
    "files": "chapters", "formats": "editions", "outputs": "editions", "size": "trim", "paper": "trim",
    "page_size": "trim", "dpi": "image_ppi", "ppi": "image_ppi", "icc": "profile", "image": "photograph",
    "picture": "photograph", "file": "photograph",
}  # fmt: skip
"""What people write for a key that is called otherwise."""
_PLAIN_WORDS: Mapping[str, str] = {
    "union_tag_invalid": "epub, pdf or cover is needed here.",
    "literal_error": "a text is needed here, not a list or a group of keys.",
    "string_pattern_mismatch": "small letters, digits and hyphens are needed here.",
    "string_type": "a text is needed here, not a list or a group of keys.",
    "tuple_type": "a list is needed here, such as [one, two].",
    "too_short": "it is an empty list; write at least one item, or delete the key.",
    "string_too_short": "it is empty; write a text, or delete the key.",
    "int_parsing": "a whole number is needed here.",
    "int_from_float": "a whole number is needed here.",
    "float_parsing": "a number is needed here.",
    "bool_parsing": "true or false is needed here.",
    "date_from_datetime_parsing": "the calendar has no such day; write one that it has.",
    "date_type": "a day is needed here, as year, month and day: 2023-09-27.",
    "date_parsing": "the calendar has no such day; write one that it has.",
    "less_than_equal": "{le} is the most that can be.",
    "less_than": "less than {lt:g} is needed here.",
    "greater_than_equal": "{ge} is the least that can be.",
    "greater_than": "more than {gt:g} is needed here.",
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
    remedy = (_as_meant(value, details) if isinstance(value, str) else "") or remedy or text
    return what, remedy[0].upper() + remedy[1:]


def _as_meant(value: str, details: ErrorDetails) -> str:
    """How a value is to be written, where its form tells what is meant; or ""."""
    if details["type"] == "tuple_type" and value.startswith("-"):
        return "Leave a space behind each hyphen: then these lines are a list."
    if details["type"] == "tuple_type":
        return f"A list is needed here: [{value}]."
    if details["type"] in ("int_parsing", "int_from_float") and (whole := re.match(r"\d+(?=\s*[a-z]+$)", value)):
        return f"Write the number alone: {whole[0]}."
    if details["type"] == "float_parsing" and (number := re.fullmatch(r"(\d+)(?:[.,](\d+))?\s*[A-Za-z]*", value)):
        return f"Write {'.'.join(filter(None, number.groups()))}."
    if details["type"] == "string_pattern_mismatch":
        tidy = re.sub(r"[\W_]+", "-", value.lower()).strip("-")
        return f"Did you mean “{tidy}”?" if re.search(str(details.get("ctx", {}).get("pattern")), tidy) else ""
    return ""


def _kind(value: object) -> str:
    """What a value is, for a message; a text is shown, the beginning of a long one."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a group of keys"
    return f"“{value}”" if len(str(value)) <= _SHOWN else f"“{str(value)[:_SHOWN]}…”"
