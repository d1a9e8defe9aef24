"""Forms: reads YAML that a person typed into typed values, and reports every fault with its line and column.

Plain values are passed to pydantic as the text that was typed, so that `NO` stays Norway, `1984` can be a title and an
ISBN keeps its leading zero. The types decide what is a number.
"""

from __future__ import annotations

import ast
import inspect
import re
import types
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, RootModel, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionStartEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pressroom.errors import CONTROL, Finding, Place, Source, control_faults, did_you_mean, error, warning

KeyPath = tuple[str | int, ...]
PlaceOf = Callable[[KeyPath], Place]
"""A function that returns the place of the value at a path of keys."""
Filled = TypeVar("Filled", bound=BaseModel)

DEEPEST = 50
"""The deepest nesting that is read, in levels. Nobody types more, and a parser’s stack is finite."""


class Form(BaseModel):
    """A mapping that a person types. Unknown keys are faults, and the values are frozen.

    What reads a form is built when the form is first read: of the rules of printers and stores, most builds need none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The schema for editors, in which each key has the docstring below it as its description.

        `use_attribute_docstrings` would read every module’s source again in every build, which nobody sees.
        """
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema)["properties"]
        for name, text in docstrings(cls).items():
            properties[cls.model_fields[name].alias or name].setdefault("description", text)
        return schema


def docstrings(form: type[Form]) -> dict[str, str]:
    """The docstrings below the keys of a form and of those that it extends, by the names of its fields."""
    return {
        key.target.id: inspect.cleandoc(below.value.value)
        for each in reversed(form.mro())
        if issubclass(each, Form)
        for key, below in pairwise(_body(each))
        if isinstance(key, ast.AnnAssign) and isinstance(key.target, ast.Name) and key.target.id in form.model_fields
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str)
    }


def _body(form: type[Form]) -> list[ast.stmt]:
    """The statements of a class; none where it has no source of its own, as a generic one with its parameters."""
    try:
        (definition,) = ast.parse(inspect.getsource(form)).body
    except OSError:
        return []
    assert isinstance(definition, ast.ClassDef)
    return definition.body


@dataclass
class Reading:
    """A YAML document as plain values, with the place of each."""

    source: Source
    value: Any = None
    keys: dict[KeyPath, Place] = field(default_factory=dict)
    values: dict[KeyPath, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    """Its faults."""
    warnings: list[Finding] = field(default_factory=list)
    """What may be read otherwise than it was meant."""

    def at(self, path: KeyPath) -> Any:
        """The plain value at an existing path of keys."""
        value = self.value
        for step in path:
            value = value[step]
        return value

    def place(self, path: KeyPath) -> Place:
        """The place of the value at a path, or of the deepest part of the path that exists."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.values:
                return self.values[path[:length]]
        return self.source.place(self.source.first_line)


def read_yaml(source: Source) -> Reading:
    """Read YAML into texts, lists and mappings, with their places. Faults are in the reading’s findings."""
    reading = Reading(source, findings=control_faults(source))
    if reading.findings:
        return reading
    try:
        node = _composed(source.text)
    except _YamlLimitError as limit:
        id, mark = limit.args
        place = source.place(mark.line + source.first_line, mark.column + 1)
        reading.findings.append(error(id, place, *_LIMITS[id]))
        return reading
    except (YAMLError, RecursionError, ValueError) as fault:
        reading.findings.append(_syntax_fault(source, fault))
        return reading
    reading.value = {} if node is None else _value(node, (), reading)
    return reading


class _Composer(Composer):
    """Composes YAML nodes, and refuses aliases and deep nesting, by which a small file could fill the memory."""

    level = 0

    def compose_node(self, parent: Node | None, index: object) -> Node:
        parser = self.loader.parser
        if parser.check_event(AliasEvent):
            raise _YamlLimitError("yaml-alias", parser.peek_event().start_mark)
        if self.level == DEEPEST and parser.check_event(CollectionStartEvent):
            raise _YamlLimitError("yaml-deep", parser.peek_event().start_mark)
        self.level += 1
        node: Node = super().compose_node(parent, index)
        self.level -= 1
        return node


class _YamlLimitError(Exception):
    """An alias or a nesting depth that is refused: the finding’s id, and the mark at which it begins."""


_LIMITS = {
    "yaml-alias": (
        "A YAML alias (*name) repeats another part of the file; a few of them can grow past any memory.",
        "Write the value out where it is needed; an asterisk that begins a text needs quotes around all of it.",
    ),
    "yaml-deep": (
        f"More than {DEEPEST} levels are nested here.",
        "Nothing in this file needs so many; count the brackets.",
    ),
}


@lru_cache(maxsize=64)
def _composed(text: str) -> Node | None:
    """The nodes of a YAML text, which nobody changes. They are cached: each edition reads its layout again."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = _Composer
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReusedAnchorWarning)  # anchors mean nothing, since aliases are refused
        node: Node | None = yaml.compose(text)
    return node


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
                _add(reading, _type_fault(reading, form, details))
        reading.findings.sort(key=lambda f: (f.place.line, f.place.column))
        return None, reading
    return (None if reading.findings else filled), reading


def _value(node: Node, path: KeyPath, reading: Reading) -> Any:
    reading.values[path] = _place(reading.source, node)
    if isinstance(node, MappingNode):
        return dict(_pairs(node, path, reading))
    if isinstance(node, SequenceNode):
        return [_value(item, (*path, n), reading) for n, item in enumerate(node.value)]
    text = _printable(str(node.value), reading.values[path], reading)
    if isinstance(node, ScalarNode) and node.style is None:
        reading.warnings += _cut_off(text, reading.values[path], reading.source)
    return None if text in ("", "~", "null") and getattr(node, "style", None) is None else text


_NEEDS_QUOTES = (
    "A value needs quotes around all of it where it holds “: ” or “ #”, or begins with a sign: - [ { @ % * & ! | > ? `."
)


def _cut_off(text: str, place: Place, source: Source) -> Iterator[Finding]:
    """The warning for a value that ends where YAML sees a comment: “Update #2” is read as “Update”."""
    line = source.place(place.line).excerpt
    rest = line[place.column - 1 + len(text) :]
    is_meant = r" #[^\s#]" if not source.file.endswith((".md", ".markdown")) else r" #[^#]"
    if text and line[place.column - 1 :].startswith(text) and re.match(is_meant, rest):
        why = f"“{rest.strip()}” is left out: after a space, # begins a comment. The value is “{text}”."
        remedy = f'If it belongs to the value, write quotes around all of it: "{text}{rest.rstrip()}".'
        yield warning("yaml-comment", place, why, remedy)


def _printable(text: str, place: Place, reading: Reading) -> str:
    if CONTROL.search(text):
        why = "There is a control character in this value, which an ebook must not contain."
        reading.findings.append(error("text-control", place, why, "Delete it."))
    return CONTROL.sub("", text)


def _pairs(node: MappingNode, path: KeyPath, reading: Reading) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for key_node, value_node in node.value:
        place = _place(reading.source, key_node)
        key = _printable(str(key_node.value), place, reading) if isinstance(key_node, ScalarNode) else "?"
        reading.keys[*path, key] = place
        if key in seen:
            why = f"The key “{key}” appears twice; only one of its values could be used."
            reading.findings.append(error("key-twice", place, why, "Keep one of the two."))
            continue
        seen.add(key)
        value = _value(value_node, (*path, key), reading)
        if value is None and value_node.start_mark.line != key_node.start_mark.line:
            reading.values[*path, key] = place  # the value is empty, and the parser’s mark is on the next line
        _look_behind(place, value, reading)
        yield key, value


_BEHIND_KEY = re.compile(r"\s*(?:- )?[\w-]+:\s+((?:#(?![\da-fA-F]{3,8}\s*$)[^\s#]|!(?![\[{]))[^\n]*)")
"""What stands behind a key where YAML sees a comment or a tag. Of a colour, the option tells that it has no value."""


def _look_behind(key: Place, value: Any, reading: Reading) -> None:
    """Report a value of which YAML sees nothing: `#2 of the list` is a comment for it, and `!` a tag."""
    match = _BEHIND_KEY.fullmatch(key.excerpt.rstrip())
    if match is None:
        return
    if match[1][0] == "!" and not isinstance(value, list | dict):
        why = f"“{match[1]}” begins with a sign of YAML, which would be left out."
        reading.findings.append(error("yaml-syntax", key, why, f'Write quotes around it: "{match[1]}".'))
    elif value is None:
        why = f"“{match[1]}” is left out: after a space, # begins a comment. The value is empty."
        reading.warnings.append(warning("yaml-comment", key, why, f'If it is the value, write quotes: "{match[1]}".'))


def _place(source: Source, node: Node) -> Place:
    start, end = node.start_mark, node.end_mark
    width = end.column - start.column if end.line == start.line else 0
    return source.place(start.line + source.first_line, start.column + 1, max(0, width))


def _syntax_fault(source: Source, fault: Exception) -> Finding:
    mark = isinstance(fault, MarkedYAMLError) and (fault.problem_mark or fault.context_mark)
    if not mark:
        why = f"This is not YAML: {fault}".split("\n")[0]
        return error("yaml-syntax", source.place(source.first_line), why, "Put what cannot be read into quotes.")
    place = source.place(mark.line + source.first_line, mark.column + 1)
    problem = str(getattr(fault, "problem", "") or "it cannot be read")
    if "\t" in place.excerpt[: place.column]:
        why = "This is not YAML: there is a tab here, and YAML indents with spaces only."
        return error("yaml-syntax", place, why, "Replace the tab by spaces.")
    return error("yaml-syntax", place, f"This is not YAML: {problem}.", _NEEDS_QUOTES)


def _add(reading: Reading, fault: Finding) -> None:
    """Add a fault, but only one for each value: pydantic reports every type that a value could have had."""
    if fault.id != "value-wrong" or all((f.id, f.place) != (fault.id, fault.place) for f in reading.findings):
        reading.findings.append(fault)


def _type_fault(reading: Reading, form: type[BaseModel], details: ErrorDetails) -> Finding:
    is_key = details["loc"][-1:] == ("[key]",)
    path = _known_path(reading, details["loc"][:-1] if is_key else details["loc"])
    name, kind = ".".join(p for p in path if isinstance(p, str)) or "the file", details["type"]
    if kind == "extra_forbidden":
        known = sorted(_known_keys(form, path[:-1], reading))
        if elsewhere := _formats_with(form, path, known):
            why = f"“{path[-1]}” is a key of {elsewhere}; “{name}” would have no effect."
            return error(
                "key-unknown", reading.keys.get(path, reading.place(path)), why, "Move it there, or delete it."
            )
        if len(path) == 1 and (group := _groups_with(form, str(path[-1]))):
            why = f"“{name}” is a key of a single edition, and has no effect here."
            place = reading.keys.get(path, reading.place(path))
            return error("key-unknown", place, why, f"Write it there: {group}: print: {{{name}: …}}.")
        close = did_you_mean(str(path[-1]), known) or f"Known here: {', '.join(known)}."
        return error("key-unknown", reading.keys.get(path, reading.place(path)), f"There is no key “{name}”.", close)
    if kind == "missing":
        return error("key-missing", _first_key(reading, path), f"“{name}” is required.", f"Add a line “{path[-1]}: …”.")
    if kind == "union_tag_invalid":
        name, path, wrong = f"{name}.format", (*path, "format"), details["input"]["format"]
    else:
        wrong = details["input"]
    if kind in ("literal_error", "union_tag_invalid") and isinstance(wrong, str):
        known = _choices(details)
        close = did_you_mean(_MEANT.get(wrong, wrong), known) or f"One of: {', '.join(known)}."
        return error("value-unknown", reading.place(path), f"“{name}” cannot be “{wrong}”.", close)
    place = reading.keys[path] if is_key else reading.place(path)
    if isinstance(details["input"], dict) and place.excerpt[place.column - 1 :].startswith("{{"):
        why = f"“{name}” begins with braces, which group keys in YAML."
        return error("value-wrong", place, why, 'Put the whole value into quotes: "{{ name }} …".')
    return error("value-wrong", place, *_wrong(name, details))


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
        kinds: dict[type, str] = {list: "a list", dict: "a group of keys"}
        excerpt = str(value) if len(str(value)) <= 60 else str(value)[:60] + "…"
        what = f"“{name}” cannot be {kinds.get(type(value), f'“{excerpt}”')}."
    remedy = remedy or text
    return what, remedy[0].upper() + remedy[1:]


def _known_keys(form: type[BaseModel], path: KeyPath, reading: Reading) -> set[str]:
    """The keys that are allowed in the mapping at a path, by every form that fits there."""
    forms = _forms_at(form, path)
    value = reading.at(path)
    if isinstance(value, dict) and "format" in value:
        forms = {each for each in forms if value["format"] in _formats_of(each)} or forms
    return {f.alias or n for each in forms for n, f in each.model_fields.items()}


def _formats_with(form: type[BaseModel], path: KeyPath, known: Sequence[str]) -> str:
    """The formats whose entries have a key that an entry of another format has by mistake, or ""."""
    if path[-1] in known:
        return ""
    forms = [f for f in _forms_at(form, path[:-1]) if path[-1] in _keys_of(f)]
    return " or ".join(sorted(f"“format: {format}”" for each in forms for format in _formats_of(each)))


def _keys_of(form: type[BaseModel]) -> set[str]:
    return {each.alias or name for name, each in form.model_fields.items()}


def _groups_with(form: type[BaseModel], key: str) -> str:
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
