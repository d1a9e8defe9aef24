"""Folded texts: what HTML shows when its title is clicked (`<details>`) becomes a sidebar with that title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pressroom.importing.folders.cross_references import plain_words
from pressroom.importing.folders.fences import boxed
from pressroom.importing.folders.typed_lines import TypedLine, is_code, trimmed

_OPENING = re.compile(r"^\s*<details\b[^<>]*>\s*(<summary\b.*)?$", re.IGNORECASE)
_SUMMARY = re.compile(r"^\s*<summary\b[^<>]*>\s*(.*?)\s*</summary>\s*(.*)$", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def unfolded(lines: Sequence[TypedLine]) -> list[TypedLine]:
    """A text whose folded passages are sidebars; one inside another stays in it."""
    code = is_code(lines)
    made: list[TypedLine] = []
    n = 0
    while n < len(lines):
        match = None if code[n] else _OPENING.match(lines[n].text)
        end = _end(lines, n) if match else 0
        if match is None or not end:
            made.append(lines[n])
            n += 1
            continue
        inner = trimmed([*([lines[n].saying(match[1])] if match[1] else []), *lines[n + 1 : end]])
        summary = _SUMMARY.match(inner[0].text) if inner else None
        title = re.sub(r"[{}\[\]]", "", plain_words(_TAG.sub("", summary[1]))) if summary else ""
        rest = [inner[0].saying(summary[2]), *inner[1:]] if summary else inner
        made += boxed(lines[n], f"sidebar {title}".strip(), unfolded(rest))
        n = end + 1
    return made


def _end(lines: Sequence[TypedLine], start: int) -> int:
    """The line with the end of a passage that begins here; 0 if it is on no line of its own."""
    depth = 0
    for n in range(start, len(lines)):
        depth += bool(_OPENING.match(lines[n].text)) - (lines[n].text.strip().lower() == "</details>")
        if not depth:
            return n
    return 0
