"""Renamed pictures: gives pictures the names that they have in the publication; drawn tables keep their shape."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_IN_TABLE = re.compile(r"[ >]*[|+]")
_BORDER = re.compile(r"[ >]*\+[-=:+ |]*[-=]")
_SIDE = re.compile(r"(?<!\\)[|+]")


def with_names(body: str, called: Mapping[str, str]) -> str:
    """A text with the names of pictures that were given another one."""
    other = {name: new for name, new in called.items() if name != new}
    if not other:
        return body
    names = "|".join(re.escape(name) for name in sorted(other, key=len, reverse=True))
    address = re.compile(rf"(?P<before>\]\(<?|!\[\[)(?P<name>{names})(?=[>)\s|\]])")
    lines = body.split("\n")
    for n, line in enumerate(lines):
        for match in reversed([*address.finditer(line)]):
            new = other[match["name"]]
            side = _SIDE.search(lines[n], match.end())
            lines[n] = f"{lines[n][: match.start('name')]}{new}{lines[n][match.end('name') :]}"
            if side and _IN_TABLE.match(line):
                _keep_in_shape(lines, n, side.start(), len(new) - len(match["name"]))
    return "\n".join(lines)


def _keep_in_shape(lines: list[str], row: int, side: int, grown: int) -> None:
    """Set the sides of a drawn table one below the other again, after a cell has grown before its side."""
    table = _table_around(lines, row)
    if not any(_BORDER.match(lines[n]) for n in table):
        return
    if grown < 0:
        lines[row] = f"{lines[row][: side + grown]}{' ' * -grown}{lines[row][side + grown :]}"
        return
    for n in table:
        if n != row and (after := _SIDE.search(lines[n], side)):
            before = lines[n][after.start() - 1]
            filling = (before if before in "-=" else " ") * grown
            lines[n] = f"{lines[n][: after.start()]}{filling}{lines[n][after.start() :]}"


def _table_around(lines: Sequence[str], row: int) -> range:
    first, last = row, row
    while first and _IN_TABLE.match(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and _IN_TABLE.match(lines[last + 1]):
        last += 1
    return range(first, last + 1)
