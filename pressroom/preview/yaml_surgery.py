"""YAML surgery: sets or deletes one value of a file of entries. Every other letter of the file stays as it is.

A round trip through a parser would break lines anew, indent blocks otherwise and lose blank lines, so that a desk’s own
history of the file would show changes that nobody made.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node

SameName = Callable[[str, str], bool]
_PLAIN = re.compile(r"[^\W\d_][\w.-]*\.[a-zA-Z]\w*")
"""A name of a file that needs no quotes."""
_END = re.compile(r"^(\.\.\.|---)(\s|$)", re.MULTILINE)


@dataclass(frozen=True)
class EntryChange:
    """A value to be set in an entry, which is added if there is none. An empty value deletes the key."""

    entry: str
    key: str
    value: str
    same: SameName
    """Whether two names stand for one entry."""

    @property
    def line(self) -> str:
        """The key and its value, as they are written."""
        return f"{self.key}: {self.value}"

    def made_on(self, values: Mapping[Any, Any]) -> dict[Any, Any]:
        """The values of a file after the change."""
        name = next((name for name in values if self.same(str(name), self.entry)), self.entry)
        others = {key: each for key, each in (values.get(name) or {}).items() if key != self.key}
        if self.value:
            others[self.key] = self.value
        rest = {other: each for other, each in values.items() if other != name}
        return {**rest, name: others} if others else rest


def with_change(text: str, change: EntryChange) -> str:
    """A text with a change. Raises ValueError where it is no YAML, or where anything else would be changed with it."""
    try:
        root = YAML(pure=True).compose(io.StringIO(text))
        made = _set(text, root, change) if change.value else _cut(text, root, change)
        is_right = _loaded(made) == change.made_on(_loaded(text))
    except (YAMLError, RecursionError) as fault:
        raise ValueError(str(fault)) from None
    if not is_right:
        raise ValueError("other values would change as well")
    return made


def _loaded(text: str) -> Mapping[Any, Any]:
    found = YAML(typ="safe", pure=True).load(text)
    if not isinstance(found, Mapping | None):
        raise ValueError("this is no list of entries")  # noqa: TRY004 - it is the text that is wrong
    return found or {}


# ---- setting


def _set(text: str, root: Node | None, change: EntryChange) -> str:
    found = _pair(root, lambda name: change.same(name, change.entry))
    if found is None:
        return _with_entry(text, root, change)
    name, holder = found
    if not isinstance(holder, MappingNode) or not holder.value:
        return _with_first_key(text, name, holder, change.line)
    if known := _pair(holder, lambda other: other == change.key):
        return text[: known[1].start_mark.index] + change.value + text[known[1].end_mark.index :]
    if holder.flow_style:
        return _before_brace(text, holder, change.line)
    first, last = holder.value[0][0], holder.value[-1][1]
    margin = " " * first.start_mark.column
    if last.start_mark.line == last.end_mark.line:  # a value on one line, which another may follow
        end = _line_end(text, last.end_mark.index)
        return f"{text[:end]}\n{margin}{change.line}{text[end:]}"
    start = first.start_mark.index
    return f"{text[:start]}{change.line}\n{margin}{text[start:]}"


def _with_entry(text: str, root: Node | None, change: EntryChange) -> str:
    """A text with a new entry at its end."""
    entry, line = change.entry, change.line
    name = entry if _PLAIN.fullmatch(entry) else json.dumps(entry, ensure_ascii=False)
    if isinstance(root, MappingNode) and root.flow_style:
        return _before_brace(text, root, f"{name}: {{{line}}}")
    start = root.start_mark.index if root else 0
    mark = _END.search(text, start)
    end = mark.start() if mark and (root or mark[1] == "...") else len(text)
    before = text[:end]
    gap = "" if not before or before.endswith("\n") else "\n"
    return f"{before}{gap}{name}:\n  {line}\n{text[end:]}"


def _with_first_key(text: str, name: Node, holder: Node, line: str) -> str:
    """A text with a first key in an entry that has none."""
    if isinstance(holder, MappingNode):  # {}
        return text[: holder.start_mark.index] + f"{{{line}}}" + text[holder.end_mark.index :]
    end = _line_end(text, name.end_mark.index)
    return f"{text[:end]}\n{' ' * (name.start_mark.column + 2)}{line}{text[end:]}"


def _before_brace(text: str, holder: MappingNode, line: str) -> str:
    """A text with a last key in an entry that has braces."""
    brace = holder.end_mark.index - 1
    inside = text[:brace].rstrip()
    comma = ", " if holder.value and not inside.endswith(",") else ""
    return f"{inside}{comma}{line}{text[len(inside) : brace]}{text[brace:]}"


# ---- deleting


def _cut(text: str, root: Node | None, change: EntryChange) -> str:
    found = _pair(root, lambda name: change.same(name, change.entry))
    holder = found[1] if found else None
    known = _pair(holder, lambda other: other == change.key)
    if not (found and known and isinstance(holder, MappingNode) and isinstance(root, MappingNode)):
        return text
    return _without(text, root, found) if len(holder.value) == 1 else _without(text, holder, known)


def _without(text: str, holder: MappingNode, pair: tuple[Node, Node]) -> str:
    """A text without a key and its value, and without the line that they had for themselves."""
    start, end = pair[0].start_mark.index, pair[1].end_mark.index
    if not holder.flow_style:
        start, stop = text.rfind("\n", 0, start) + 1, _line_end(text, max(start, len(text[:end].rstrip())))
        return text[:start] + text[stop + 1 :]
    after = re.compile(r"\s*,\s*").match(text, end)
    if after:
        return text[:start] + text[after.end() :]
    return text[:start].rstrip().removesuffix(",") + text[end:]


def _pair(holder: Node | None, wanted: Callable[[str], bool]) -> tuple[Node, Node] | None:
    pairs = holder.value if isinstance(holder, MappingNode) else []
    return next((pair for pair in pairs if wanted(str(pair[0].value))), None)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
