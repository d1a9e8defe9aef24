"""The listing: all photographs with their texts, as lines for a terminal or values for other programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from pressroom.errors import CONTROL
from pressroom.photographs import Metadata
from pressroom.reports.entries import PhotoEntry

LONGEST = 90
"""The most characters of a text that a line shows."""
_ABOUT_FIELDS = ("origins", "broken")
"""Fields of the metadata that are about its other fields."""


def listing(entries: Sequence[PhotoEntry]) -> str:
    """A block of lines for each photograph: its name and place, its texts, and its size in each edition."""
    blocks = ("\n".join(_block(entry)) + "\n" for entry in entries)
    return CONTROL.sub("\ufffd", "\n".join(blocks)) or "There are no photographs.\n"


def _block(entry: PhotoEntry) -> Iterator[str]:
    size = f"{entry.pixels} ({entry.megapixels:.1f} megapixels)" if entry.megapixels else entry.pixels or "to come"
    yield " · ".join((entry.title, cut(entry.file or "no file named"), size, entry.place))
    for name in entry.missing:
        yield _line(name, "–", "missing")
    for name, text, origin in (*entry.texts, *entry.facts):
        yield _line(name, origin, cut(text))
    for use in entry.uses:
        yield _line(use.edition, use.grade.words, use.words)
    wanted = entry.wanted
    if wanted:
        yield _line("wanted", wanted.edition, f"at least {wanted.width} × {wanted.height} pixels, {wanted.shape}")


def _line(name: str, origin: str, text: str) -> str:
    return f"  {name:<16}  {origin:<11}  {text}"


def cut(text: str, longest: int = LONGEST) -> str:
    """A text on one line, cut after `longest` characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def as_json(entries: Sequence[PhotoEntry]) -> list[dict[str, Any]]:
    """The listing for other programs, as plain values."""
    return [_values(entry) for entry in entries]


def _values(entry: PhotoEntry) -> dict[str, Any]:
    figure, photograph, wanted = entry.figure, entry.photograph, entry.wanted
    return {
        "id": figure.id,
        "figure": figure.number,
        "file": entry.file,
        "chapter": entry.chapter,
        "place": {"file": figure.place.file, "line": figure.place.line, "column": figure.place.column},
        "placement": figure.placement,
        "kind": photograph.kind if photograph else None,
        "width": photograph.width if photograph else None,
        "height": photograph.height if photograph else None,
        "texts": {n.replace(" ", "_"): {"text": text, "origin": origin} for n, text, origin in entry.texts},
        "metadata": _metadata(photograph.metadata) if photograph else {},
        "missing": list(entry.missing),
        "editions": {
            use.edition: {"mm": _rounded(use.millimetres), "ppi": _rounded(use.ppi), "grade": str(use.grade)}
            for use in entry.uses
        },
        "wanted": vars(wanted) if wanted else None,
    }


def _metadata(metadata: Metadata) -> dict[str, dict[str, Any]]:
    """Every field that is not empty, with its origin."""
    values = {}
    for name in (field.name for field in fields(metadata) if field.name not in _ABOUT_FIELDS):
        value = getattr(metadata, name)
        if value:
            plain = value.isoformat() if isinstance(value, dt.date) else value
            plain = list(plain) if isinstance(plain, tuple) else plain
            values[name] = {"value": plain, "origin": metadata.origins.get(name, "")}
    return values


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 1)
