"""photos.yaml: what is said of photographs, by the names of their files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from pydantic import RootModel

from pressroom import forms
from pressroom.errors import Finding, PressroomError, did_you_mean, error, warning
from pressroom.publication import PhotoNote, name_key
from pressroom.publication.variables import filled_value
from pressroom.settings.typed_source import typed_source

PHOTOS_FILE = "book/photos.yaml"


@dataclass(frozen=True)
class PhotoNotes:
    """photos.yaml as values, with the place of each entry."""

    notes: Mapping[str, PhotoNote]
    reading: forms.Reading | None = None

    def unused(self, pictures: Collection[str]) -> Iterator[Finding]:
        """Findings on entries whose name no picture of the manuscript has, so that they have no effect."""
        known = {name_key(name) for picture in pictures for name in (picture, unquote(picture))}
        for name, note in self.notes.items():
            if name_key(name) in known or self.reading is None:
                continue
            why = f"No picture in the manuscript is called “{name}”, so that this entry has no effect."
            place, remedy = self.reading.keys[(name,)], did_you_mean(name, pictures) or "Delete the entry."
            if note.blur:  # the picture that it should blur may be in the book under another name
                yield error("photo-note-unused", place, f"{why} It asks for a blur.", remedy)
            else:
                yield warning("photo-note-unused", place, why, remedy)


class PhotosFile(RootModel[dict[str, PhotoNote]]):
    """photos.yaml: a note on each photograph, by the name of its file."""


def read_photo_notes(root: Path, variables: Mapping[str, str] | None = None) -> PhotoNotes:
    """Read book/photos.yaml, where there is one, with variables filled in. Raises PressroomError with every fault."""
    if not (root / PHOTOS_FILE).exists():
        return PhotoNotes({})
    notes, reading = forms.fill(
        typed_source(root, PHOTOS_FILE), PhotosFile, partial(filled_value, variables=variables or {})
    )
    faults = reading.findings if notes is None else [*_alike(notes.root, reading)]
    if notes is None or faults:
        raise PressroomError(faults)
    return PhotoNotes(notes.root, reading)


def _alike(names: Iterable[str], reading: forms.Reading) -> Iterator[Finding]:
    """Errors for entries of one picture under two spellings of its name: a blur in one of them would be lost."""
    first: dict[str, str] = {}
    for name in names:
        other = first.setdefault(name_key(name), name)
        if other != name:
            why = f"“{name}” and “{other}” are one picture: capitals and folders do not count. Only one could be used."
            yield error("key-twice", reading.keys[(name,)], why, "Write what both say into one entry.")
