"""Plain-text galleries: the paragraphs of a `.txt` source, and which of them are captions of photographs to come."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pressroom.errors import Place, Source
from pressroom.language.english import is_caption
from pressroom.publication.variables import filled


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text, and whether it is the caption of a photograph."""

    text: str
    place: Place
    is_caption: bool


def paragraphs(source: Source, variables: Mapping[str, str]) -> list[Paragraph]:
    """The paragraphs of a plain-text source, the title first. Blank lines divide them; a line of spaces is blank."""
    found: list[Paragraph] = []
    block: list[str] = []
    for n, line in enumerate([*source.lines, ""], source.first_line):
        if line.strip():
            block.append(line.strip())
        elif block:
            text = filled(re.sub(r"\s+", " ", " ".join(block)), variables)
            found.append(Paragraph(text, source.place(n - len(block)), is_caption(text)))
            block = []
    return found
