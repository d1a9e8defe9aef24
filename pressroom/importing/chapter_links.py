"""Chapter links: links from chapter to chapter, which get the names of the files that are written. Pure.

A reader does not know these names yet. It writes “the-road.md#id”, with the name that it gives the chapter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_TO_CHAPTER = re.compile(r"(\]\(<?)([^()<>\s#]+)\.md(?=[#>)\s])")
_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")


def with_file_names(body: str, files: Mapping[str, str]) -> str:
    """The text of a chapter with the files of other chapters, by the names of these, in its links. Code stays."""
    lines = body.split("\n")
    fence = ""
    for n, line in enumerate(lines):
        if match := _FENCE.match(line):
            fence = match[1] if not fence else "" if match[1].startswith(fence) else fence
        elif not fence and ".md" in line:
            lines[n] = _linked(line, files)
    return "\n".join(lines)


def _linked(line: str, files: Mapping[str, str]) -> str:
    code = [range(*span.span()) for span in _SPAN.finditer(line)]

    def file_of(match: re.Match[str]) -> str:
        is_code = any(match.start() in each for each in code)
        return match[0] if is_code or match[2] not in files else f"{match[1]}{files[match[2]]}"

    return _TO_CHAPTER.sub(file_of, line)
