"""Settings as text: the publication.yaml of a new book of photographs, and chapters added to one that is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pressroom.errors import PressroomError, Source
from pressroom.forms import read_yaml
from pressroom.importing.brought_settings import Entry, entry_text, entry_value
from pressroom.importing.plain_markdown import yaml

LAYOUT = "album"
"""The layout of a new book of photographs."""
_MOSTLY = 0.7
"""The share of pictures of one direction from which the paper has that direction too."""


@dataclass(frozen=True)
class NewBook:
    """What publication.yaml says of a new book of photographs."""

    title: str
    language: str
    creators: tuple[str, ...]
    """The photographers, or a request for their name."""
    credit: str
    """The credit of all photographs, if they have the same one."""
    has_credits: bool
    cover: str
    """The name of the photograph on the cover."""
    cover_alt: str
    chapters: tuple[str, ...]
    paper: str


def paper_for(ratios: Sequence[float]) -> str:
    """The paper that suits most of the pictures: A4 landscape, 210 × 270 mm, or a square."""
    wide = sum(ratio > 1.1 for ratio in ratios) / max(1, len(ratios))
    high = sum(ratio < 0.9 for ratio in ratios) / max(1, len(ratios))
    return "297x210mm" if wide >= _MOSTLY else "210x270mm" if high >= _MOSTLY else "210x210mm"


def settings_text(book: NewBook) -> str:
    """The publication.yaml of a new book, with comments for who goes on with it."""
    chapters = "".join(f"  - {yaml(name)}\n" for name in book.chapters)
    creators = "".join(f"  - {{name: {yaml(name)}, role: photographer}}\n" for name in book.creators)
    credit = f"credit: {yaml(book.credit)}" if book.credit else "# credit: Your Name"
    credits = f"{'' if book.has_credits else '# '}credits: end"
    cover = f"{{photograph: {yaml(book.cover)}, alt: {yaml(book.cover_alt)}}}"
    pieces = f"{'credits, ' if book.has_credits else ''}colophon]"
    return f"""\
# yaml-language-server: $schema=publication.schema.json
# The first line lets your editor check this file and offer its keys. A key that nobody knows is an error.
title: {yaml(book.title)}
language: {book.language}
creators:
{creators}{credit:<35} # of all photographs without a credit of their own
{credits:<35} # under the pictures, at the end, or both
status: draft                       # final: what is still to be written ([TK …]) is an error
layout: {LAYOUT}
cover: {cover}
chapters:                           # files of book/ in their order; take lines out, or change the order
{chapters}  - generated: [{pieces:<21}# photographs: a list of all captions
editions:
  ebook: {{format: epub, pages_from: print, image_px: 1600, max_mb: 50}}
  screen: {{format: pdf, trim: {book.paper}, standard: PDF/UA-1, image_ppi: 150}}
  print:                            # printer: kdp, ingramspark, lulu, bod or offset fills in what that printer asks for
    {{format: pdf, trim: {book.paper}, bleed: 3mm, marks: [crop, registration], standard: PDF/X-4,
     profile: coated-fogra39, image_ppi: 300, min_ppi: 150}}
  # cover: {{format: cover, for: print, caliper: 0.1mm}}   # back, spine and front; caliper is the paper's thickness
"""


# ---- a publication that is there


def with_chapters(source: Source, names: Sequence[Entry], everything: Sequence[Entry]) -> str | None:
    """The text of a publication.yaml with more chapters after the last one that a person has written.

    Without `chapters`, `everything` is listed: all files in their order, the new ones among them. None where the text
    cannot be changed safely; then nothing but a person can do it.
    """
    try:
        before = read_yaml(source).value
        entries = before.get("chapters") or []
        changed = _extended(source, entries, names) if entries else _appended(source, everything)
        after = read_yaml(Source(source.file, changed)).value if changed else None
    except (PressroomError, AttributeError):
        return None
    wanted = _with_names(entries, names) if entries else [entry_value(entry) for entry in everything]
    return changed if after == {**before, "chapters": wanted} else None


def _appended(source: Source, everything: Sequence[Entry]) -> str:
    listed = "".join(f"  - {entry_text(name)}\n" for name in everything)
    return f"{source.text.rstrip()}\nchapters:\n{listed}"


def _with_names(entries: Sequence[Any], names: Sequence[Entry]) -> list[Any]:
    at = _after_last(entries)
    return [*entries[:at], *map(entry_value, names), *entries[at:]]


def _after_last(entries: Sequence[Any]) -> int:
    """The index behind the last entry that is no generated piece; generated pieces end a book."""
    written = [n for n, entry in enumerate(entries) if not (isinstance(entry, dict) and "generated" in entry)]
    return written[-1] + 1 if written else 0


def _extended(source: Source, entries: Sequence[Any], names: Sequence[Entry]) -> str | None:
    """The text with a line for each name, indented as the entries are; or within brackets, if they stand in some."""
    reading, at = read_yaml(source), _after_last(entries)
    lines, n = source.text.split("\n"), max(0, at - 1)
    entry = reading.place(("chapters", n))
    match = re.match(r"(\s*)-\s", lines[entry.line - 1])
    if match is None:
        value = str(entries[n])
        line, column = lines[entry.line - 1], entry.column - 1
        end = line.find(value, column) + len(value)
        end += line[end : end + 1] in ("'", '"')
        lines[entry.line - 1] = line[:end] + "".join(f", {entry_text(name)}" for name in names) + line[end:]
        return "\n".join(lines) if at else None
    last = max((p.line for path, p in reading.values.items() if path[:2] == ("chapters", n)), default=entry.line)
    where = last if at else entry.line - 1
    lines[where:where] = [f"{match[1]}- {entry_text(name)}" for name in names]
    return "\n".join(lines)
