"""Chapters at headings: a file with several headings of the first level is several chapters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePosixPath

from pressroom.importing.folders.cross_references import plain_words
from pressroom.importing.folders.front_matter import role_of_name
from pressroom.importing.folders.gathering import SourceDocument
from pressroom.importing.folders.typed_lines import is_code

_HEADING = re.compile(r"#\s+(\S.*)")


def chapters_at_headings(whole: SourceDocument) -> Iterator[SourceDocument]:
    """The chapters of a file: one for each of its headings of the first level, if there are several."""
    lines = list(whole.lines)
    code = is_code(lines)
    starts = [n for n, line in enumerate(lines) if not code[n] and _HEADING.match(line.text)]
    if len(starts) < 2:
        yield replace(whole, role=whole.role or role_of_name(PurePosixPath(whole.file).stem))
        return
    before = [line for line in lines[: starts[0]] if not line.is_blank]
    bounds = [*([0] if before else []), *starts, len(lines)]
    for n, (start, end) in enumerate(pairwise(bounds)):
        heading = _HEADING.match(lines[start].text)
        title = plain_words(heading[1]) if heading and start in starts else ""
        own = whole.head if n == 0 else {key: value for key, value in whole.head.items() if key == "lang"}
        own = {key: value for key, value in own.items() if not (title and key == "title")}
        file = whole.file if n == 0 else f"{whole.file}#{n + 1}"
        part = whole.part if n == 0 else ""
        role = whole.role or role_of_name(title)
        yield replace(whole, file=file, lines=tuple(lines[start:end]), head=own, name=title, role=role, part=part)
