"""The contact sheet: all photographs on one page of HTML that needs no other file, no network and no script."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pressroom.errors import CONTROL, Finding
from pressroom.language.words import direction
from pressroom.publication import Publication
from pressroom.reports.entries import Grade, PhotoEntry

_TEMPLATE = "contactsheet.html.j2"
_FOLDED = 6
"""The most findings that are shown unfolded, so that the first screen still shows pictures."""
_WITHOUT = {
    "photograph": "to come",
    "alt text": "without alt text",
    "caption": "without caption",
    "credit": "without credit",
}


@dataclass(frozen=True)
class Thumbnail:
    """A small copy of a photograph."""

    data: bytes
    media_type: str

    @property
    def uri(self) -> str:
        """The picture itself as a data URL (RFC 2397)."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.data).decode('ascii')}"


@dataclass(frozen=True)
class _Tally:
    """A count of pictures that have something in common. A reader who chooses it sees only those."""

    key: str
    label: str
    members: frozenset[int]
    """The numbers of the pictures’ cards."""


@dataclass(frozen=True)
class _Card:
    """One entry on the sheet."""

    number: int
    entry: PhotoEntry
    picture: str
    """The thumbnail as a data URL; empty if there is none."""
    keys: tuple[str, ...]
    """The keys of the tallies that count it."""


def contact_sheet(
    publication: Publication,
    entries: Sequence[PhotoEntry],
    thumbnails: Mapping[str, Thumbnail],
    findings: Sequence[Finding],
    unused: tuple[str, ...],
) -> str:
    """The contact sheet as HTML.

    `thumbnails` go by the ids of their figures; `findings` are about photographs; `unused` names files that no chapter
    shows.
    """
    tallies = tuple(_tallies(entries))
    pictures = {id: thumbnail.uri for id, thumbnail in thumbnails.items()}
    cards = [
        _Card(n, entry, pictures.get(entry.figure.id, ""), tuple(t.key for t in tallies if n in t.members))
        for n, entry in enumerate(entries, 1)
    ]
    values = {
        "settings": publication.settings,
        "direction": direction(publication.settings.language),
        "tallies": tallies,
        "cards": cards,
        "findings": [(finding, _card_of(finding, cards)) for finding in findings],
        "is_folded": len(findings) > _FOLDED,
        "unused": unused,
    }
    return _environment().get_template(_TEMPLATE).render(values)


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )


def _visible(value: Any) -> Any:
    """A value without the characters that HTML forbids, which a file’s name may have."""
    return CONTROL.sub("\ufffd", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _tallies(entries: Sequence[PhotoEntry]) -> Iterator[_Tally]:
    """The counts of what is missing, and then of pictures that are too small for each edition."""

    def tally(key: str, label: str, numbers: Iterator[int]) -> _Tally:
        return _Tally(key, label, frozenset(numbers))

    numbered = tuple(enumerate(entries, 1))
    for name, label in _WITHOUT.items():
        yield tally(name.replace(" ", "-"), label, (n for n, entry in numbered if name in entry.missing))
    poor = [(n, use.edition) for n, entry in numbered for use in entry.uses if use.grade is Grade.POOR]
    for edition in dict.fromkeys(name for _, name in poor):
        yield tally(f"small-{edition}", f"too small for {edition}", (n for n, name in poor if name == edition))
    if not poor:
        yield _Tally("small", "too small", frozenset())


def _card_of(finding: Finding, cards: Sequence[_Card]) -> int | None:
    """The number of the card whose picture a finding is about."""
    at = (finding.place.file, finding.place.line)
    return next((c.number for c in cards if (c.entry.figure.place.file, c.entry.figure.place.line) == at), None)
