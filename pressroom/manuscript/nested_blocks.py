"""Nested blocks: `:::` inside `:::`, as Pandoc has them, where each line of colons alone ends the innermost block.

The parser ends a block at the first line with as many colons as it began with. Blocks that hold others therefore get
more colons before they are parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_LINE = re.compile(r"([ \t>]*)(:{3,})(?!:)(.*)")


@dataclass
class _Open:
    """A block that was opened."""

    line: int
    colons: int
    height: int = 0
    """How many blocks are nested in it."""
    is_hidden: bool = False
    """Whether a block inside it would end it."""


def nested_blocks(dialect: MarkdownIt) -> None:
    """Give blocks that hold blocks more colons than these."""
    dialect.core.ruler.before("block", "nested_blocks", _lengthen)


def _lengthen(state: StateCore) -> None:
    lines, fence = state.src.split("\n"), ""
    opened: list[_Open] = []
    for n, line in enumerate(lines if ":::" in state.src else ()):
        if match := _FENCE.match(line):
            fence = match[1] if not fence else "" if match[1].startswith(fence) else fence
        elif not fence and (match := _LINE.fullmatch(line)):
            if match[3].strip(": \t"):
                opened.append(_Open(n, len(match[2])))
            elif opened:
                _close(opened, len(match[2]), n, lines)
    state.src = "\n".join(lines)


def _close(opened: list[_Open], colons: int, end: int, lines: list[str]) -> None:
    """Close the innermost block with so many colons, or else the innermost of all."""
    same = [n for n, each in enumerate(opened) if each.colons == colons]
    while same and len(opened) - 1 > same[-1]:
        opened.pop()
    block = opened.pop()
    if block.is_hidden:
        for n in (block.line, end):
            lines[n] = _LINE.sub(lambda match: f"{match[1]}{':' * (3 + block.height)}{match[3]}", lines[n])
    if opened:
        around = opened[-1]
        around.height = max(around.height, 1 + max(block.height, block.colons - 3))
        around.is_hidden = around.is_hidden or block.is_hidden or block.colons >= around.colons
