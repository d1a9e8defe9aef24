"""YAML as a person typed it: texts, lists and mappings, with the place of each, and what is lost to signs of YAML."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionStartEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pressroom.errors import CONTROL, Finding, Place, Source, control_faults, error, warning
from pressroom.forms.yaml_syntax import syntax_fault, unread_text

KeyPath = tuple[str | int, ...]
PlaceOf = Callable[[KeyPath], Place]
"""A function that returns the place of the value at a path of keys."""

DEEPEST = 50
"""The deepest nesting that is read, in levels. Nobody types more, and a parser’s stack is finite."""


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


def _syntax_fault(source: Source, fault: Exception) -> Finding:
    """What the parser says, with the places that it names: where it stops, and where what it reads there begins."""
    marked = isinstance(fault, MarkedYAMLError) and (fault.problem_mark or fault.context_mark)
    if not isinstance(fault, MarkedYAMLError) or not marked:
        return unread_text(source, str(fault))
    place, begun = (
        source.place(mark.line + source.first_line, mark.column + 1) for mark in (marked, fault.context_mark or marked)
    )
    return syntax_fault(source, str(fault.problem or "it cannot be read"), place, begun)


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


_BEHIND_KEY = re.compile(r"\s*(?:- )?[\w-]+:\s+((?:#(?![\da-fA-F]{3,8}\s*$)[^\s#]|[!&](?![\[{]))[^\n]*)")
"""What stands behind a key where YAML sees a comment, a tag or a name. Of a colour, its option tells it."""


def _look_behind(key: Place, value: Any, reading: Reading) -> None:
    """Report a value of which YAML sees nothing: `#2 of the list` is a comment for it, `!` a tag, and `&` a name."""
    match = _BEHIND_KEY.fullmatch(key.excerpt.rstrip())
    if match is None:
        return
    if match[1][0] in "!&" and not isinstance(value, list | dict):
        why = f"“{match[1]}” begins with a sign of YAML, which would be left out."
        reading.findings.append(error("yaml-syntax", key, why, f'Write quotes around it: "{match[1]}".'))
    elif value is None:
        why = f"“{match[1]}” is left out: after a space, # begins a comment. The value is empty."
        reading.warnings.append(warning("yaml-comment", key, why, f'If it is the value, write quotes: "{match[1]}".'))


def _place(source: Source, node: Node) -> Place:
    start, end = node.start_mark, node.end_mark
    width = end.column - start.column if end.line == start.line else 0
    return source.place(start.line + source.first_line, start.column + 1, max(0, width))
