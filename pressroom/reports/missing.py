"""Photographs to come: a table and a letter that ask a picture desk for them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from pressroom.design import Layout
from pressroom.errors import CONTROL
from pressroom.photographs import Album
from pressroom.publication import Publication
from pressroom.reports.entries import PhotoEntry, WantedSize, entries

HEADER = (
    "figure", "chapter", "place", "file", "placement", "caption", "alt", "width_px", "height_px", "shape", "edition",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Characters with which a formula begins, which a spreadsheet would run."""


def missing_csv(publication: Publication, album: Album, layout: Layout) -> str:
    """A table of the photographs to come, in the order of the book (RFC 4180)."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(HEADER)
    for entry in _to_come(publication, album, layout):
        table.writerow(map(_cell, _row(entry)))
    return out.getvalue()


def _row(entry: PhotoEntry) -> tuple[str, ...]:
    figure, texts = entry.figure, {line.name: line.text for line in entry.texts}
    place = (figure.number, entry.chapter, entry.place, figure.file, entry.standing)
    return (*place, texts.get("caption", ""), figure.alt, *_size(entry.wanted))


def _size(wanted: WantedSize | None) -> tuple[str, str, str, str]:
    if wanted is None:
        return "", "", "", ""
    return str(wanted.width), str(wanted.height), wanted.shape, wanted.edition


def _cell(text: str) -> str:
    clean = CONTROL.sub("\ufffd", text)
    return f"'{clean}" if clean.startswith(_FORMULA) else clean


def missing_text(publication: Publication, album: Album, layout: Layout) -> str:
    """The photographs to come as plain text, for an e-mail to the picture desk."""
    title, to_come = publication.settings.title, _to_come(publication, album, layout)
    if not to_come:
        return f"All photographs for “{title}” have arrived.\n"
    head = f"Photographs to come for “{title}”: {len(to_come)}\n"
    items = ("\n".join(_item(n, entry)) + "\n" for n, entry in enumerate(to_come, 1))
    return CONTROL.sub("\ufffd", "\n".join((head, *items)))


def _item(number: int, entry: PhotoEntry) -> Iterator[str]:
    texts = {line.name: line.text for line in entry.texts}
    caption = texts.get("caption", "without a caption yet")
    if entry.figure.placed.on_cover:
        yield f"{number}. {entry.title}"
    else:
        yield f"{number}. {entry.title}: {caption}" if entry.figure.number else f"{number}. {caption}"
    if entry.figure.alt:
        yield f"   Shows: {entry.figure.alt}"
    if entry.wanted:
        yield f"   Size: at least {entry.wanted.width} × {entry.wanted.height} pixels, shape {entry.wanted.shape}"
    yield f"   Stands: {entry.standing}, in “{entry.chapter}” ({entry.place})"
    if entry.figure.file:
        yield f"   File: {entry.figure.file}"


def _to_come(publication: Publication, album: Album, layout: Layout) -> list[PhotoEntry]:
    return [entry for entry in entries(publication, album, layout) if entry.photograph is None]
