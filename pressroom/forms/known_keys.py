"""Known keys: which keys a form allows at a place, and where a key that was written elsewhere belongs."""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, RootModel

from pressroom.forms.form import Form
from pressroom.forms.yaml_reading import KeyPath, Reading


def known_keys(form: type[BaseModel], path: KeyPath, reading: Reading) -> set[str]:
    """The keys that are allowed in the mapping at a path, by every form that fits there."""
    forms = _forms_at(form, path)
    value = reading.at(path)
    if isinstance(value, dict) and "format" in value:
        forms = {each for each in forms if value["format"] in _formats_of(each)} or forms
    return {f.alias or n for each in forms for n, f in each.model_fields.items()}


def first_key(form: type[BaseModel], path: KeyPath) -> str:
    """The key with which the group at a path begins: the first that it must have, or else the first of all; or ""."""
    fields = [(f.alias or name, f) for each in _forms_at(form, path) for name, f in each.model_fields.items()]
    needed = (name for name, field in fields if field.is_required())
    return next(needed, fields[0][0] if fields else "")


def formats_with(form: type[BaseModel], path: KeyPath, known: Sequence[str]) -> str:
    """The formats whose entries have a key that an entry of another format has by mistake, or ""."""
    if path[-1] in known:
        return ""
    forms = [f for f in _forms_at(form, path[:-1]) if path[-1] in _keys_of(f)]
    return " or ".join(sorted(f"“format: {format}”" for each in forms for format in _formats_of(each)))


def _keys_of(form: type[BaseModel]) -> set[str]:
    return {each.alias or name for name, each in form.model_fields.items()}


def groups_with(form: type[BaseModel], key: str) -> str:
    """The group of keys that has a key which stands at the beginning of a line by mistake, or ""."""
    for name, group in form.model_fields.items():
        if any(key in _keys_of(inner) and "format" in _keys_of(inner) for inner in _all_forms_in(group.annotation)):
            return group.alias or name
    return ""


def _all_forms_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every form that an annotation names, also as a value of a mapping."""
    if isinstance(annotation, type) and issubclass(annotation, Form):
        yield annotation
    elif isinstance(annotation, type) and issubclass(annotation, RootModel):
        yield from _all_forms_in(annotation.model_fields["root"].annotation)
    for inner in get_args(annotation):
        yield from _all_forms_in(inner)


def _formats_of(form: type[BaseModel]) -> tuple[str, ...]:
    field = form.model_fields.get("format")
    return tuple(map(str, get_args(field.annotation))) if field else ()


def _forms_at(form: type[BaseModel], path: KeyPath) -> set[type[BaseModel]]:
    forms: set[type[BaseModel]] = (
        {form} if issubclass(form, Form) else set(_forms_in(form.model_fields["root"].annotation))
    )
    for step in path:
        inner: set[type[BaseModel]] = set()
        for each in forms:
            by_key = {f.alias or n: f for n, f in each.model_fields.items()}
            if isinstance(step, str) and step in by_key:
                inner |= set(_forms_in(by_key[step].annotation))
        forms = inner or forms
    return forms


def _forms_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if get_origin(annotation) in (None, types.UnionType, Union) and isinstance(annotation, type):
        if issubclass(annotation, Form):
            yield annotation
        return
    for inner in get_args(annotation):
        yield from _forms_in(inner)
