"""Settings: reads publication.yaml and photos.yaml into typed values, and reports all their faults at once."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import RootModel

from pressroom import forms
from pressroom.errors import Finding, Place, PressroomError, Source, UsageError, advice, did_you_mean, error, warning
from pressroom.publication import (
    CoverEdition,
    EpubEdition,
    PdfEdition,
    PhotoNote,
    Settings,
    isbn_digits,
    isbn_of,
    name_key,
)
from pressroom.rules import printers, stores

FILE = "book/publication.yaml"
PHOTOS_FILE = "book/photos.yaml"


@dataclass(frozen=True)
class SettingsFile:
    """publication.yaml as values, with the place of each key."""

    settings: Settings
    reading: forms.Reading

    def place_of(self, path: forms.KeyPath) -> Place:
        """The place of the value at a path of keys."""
        return self.reading.place(path)

    def key_of(self, path: forms.KeyPath) -> Place:
        """The place of a key."""
        return self.reading.keys[path]


@dataclass(frozen=True)
class PhotoNotes:
    """photos.yaml as values, with the place of each entry."""

    notes: Mapping[str, PhotoNote]
    reading: forms.Reading | None = None

    def unused(self, pictures: Collection[str]) -> Iterator[Finding]:
        """Findings on entries whose name no picture of the manuscript has, so that they have no effect."""
        known = {name_key(picture) for picture in pictures}
        for name, note in self.notes.items():
            if name_key(name) in known or self.reading is None:
                continue
            why = f"No picture in the manuscript is called “{name}”, so that this entry has no effect."
            place, close = self.reading.keys[(name,)], did_you_mean(name, pictures)
            if note.blur:  # the picture that it should blur may be in the book under another name
                yield error("photo-note-unused", place, f"{why} It asks for a blur.", close or "Delete the entry.")
            else:
                yield warning("photo-note-unused", place, why, close)


class PhotosFile(RootModel[dict[str, PhotoNote]]):
    """photos.yaml: a note on each photograph, by the name of its file."""


def read_settings(root: Path) -> SettingsFile:
    """Read book/publication.yaml of the publication at `root`. Raises PressroomError with every fault in it."""
    settings, reading = forms.fill(_read(root, FILE), Settings)
    if settings is None:
        raise PressroomError(reading.findings)
    faults = [*_dangling(settings, reading), *_wrong_isbns(settings, reading)]
    settings = settings.model_copy(update={"editions": stores.applied(printers.applied(settings.editions))})
    faults += printers.breaches(settings.editions, reading.place)
    faults += stores.breaches(settings.editions, reading.place)
    if faults:
        raise PressroomError(faults)
    return SettingsFile(settings, reading)


def read_photo_notes(root: Path) -> PhotoNotes:
    """Read book/photos.yaml, where there is one. Raises PressroomError with every fault in it."""
    if not (root / PHOTOS_FILE).exists():
        return PhotoNotes({})
    notes, reading = forms.fill(_read(root, PHOTOS_FILE), PhotosFile)
    if notes is None:
        raise PressroomError(reading.findings)
    return PhotoNotes(notes.root, reading)


def json_schema() -> str:
    """The JSON Schema of publication.yaml, for editors that check it while it is typed."""
    schema = _for_editors(Settings.model_json_schema(by_alias=True))
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _for_editors(schema: Any) -> Any:
    """A schema without defaults, which editors would insert as internal values. A text may be typed as a number."""
    if isinstance(schema, list):
        return [_for_editors(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _for_editors(value) for key, value in schema.items() if key != "default"}
    if plain.get("type") == "string" and not plain.keys() & {"enum", "const", "format", "examples"}:
        plain["type"] = ["string", "number"]
    return plain


def not_yet(settings: Settings, place_of: forms.PlaceOf) -> Iterator[Finding]:
    """Advice on keys that are valid, but have no effect in this version."""
    for name, edition in settings.editions.items():
        path = ("editions", name)
        if isinstance(edition, PdfEdition) and edition.standard == "PDF/UA-1" and edition.for_press:
            yield _later((*path, "standard"), place_of, f"“{name}” is for a press, and is not tagged")


def _later(path: forms.KeyPath, place_of: forms.PlaceOf, what: str) -> Finding:
    return advice(
        "not-yet", place_of(path), f"{what} by this version of Pressroom; the key is kept for the one that does."
    )


def _dangling(settings: Settings, reading: forms.Reading) -> Iterator[Finding]:
    """Errors for keys that name an edition that does not exist."""
    names = list(settings.editions)
    for name in settings.identifiers:
        if name not in names:
            place = reading.keys[("identifiers", name)]
            yield error("edition-unknown", place, f"No edition is called “{name}”.", _offer(name, names))
    if "editions" not in settings.model_fields_set:
        return
    yield from _proofs_for_a_press(settings, reading)
    yield from _fixed_layouts(settings, reading)
    for name, edition in settings.editions.items():
        key = "for" if isinstance(edition, CoverEdition) else "pages_from"
        other = edition.of if isinstance(edition, CoverEdition) else getattr(edition, "pages_from", None)
        if other is not None and not isinstance(settings.editions.get(other), PdfEdition):
            place = reading.place(("editions", name, key))
            yield error("edition-unknown", place, f"No PDF edition is called “{other}”.", _offer(other, names))
    yield from _covers_of_proofs(settings, reading)


def _covers_of_proofs(settings: Settings, reading: forms.Reading) -> Iterator[Finding]:
    """Errors for covers of proofs, which nobody binds."""
    for name, cover in settings.editions.items():
        book = settings.editions.get(cover.of) if isinstance(cover, CoverEdition) else None
        if isinstance(book, PdfEdition) and book.proof:
            why = f"“{cover.of}” is a proof with two pages to a sheet, so that the width of a spine is unknown."  # type: ignore[union-attr]
            remedy = "Name the edition that goes to the printer."
            yield error("cover-of-proof", reading.place(("editions", name, "for")), why, remedy)


def _proofs_for_a_press(settings: Settings, reading: forms.Reading) -> Iterator[Finding]:
    """Errors for keys on a proof that make sense only in a file for a printer."""
    for name, edition in settings.editions.items():
        if isinstance(edition, PdfEdition) and edition.proof:
            for key in sorted(edition.model_fields_set & {"standard", "printer", "marks", "profile"}):
                why = f"“{name}” is a proof with two pages to a sheet, for which {key} has no meaning."
                remedy = "Delete the key, or make the proof an edition of its own."
                yield error("proof-for-press", reading.keys["editions", name, key], why, remedy)


def _fixed_layouts(settings: Settings, reading: forms.Reading) -> Iterator[Finding]:
    """Errors for keys of ebooks that need a fixed layout, or that a fixed layout cannot have."""
    for name, edition in settings.editions.items():
        if not isinstance(edition, EpubEdition):
            continue
        if edition.trim and not edition.is_fixed:
            why = f"“{name}” is reflowable: it has no pages that could have a size."
            remedy = "Add layout_mode: fixed, or delete trim."
            yield error("trim-without-pages", reading.keys["editions", name, "trim"], why, remedy)
        if edition.is_fixed and "image_px" in edition.model_fields_set:
            why = f"“{name}” has a fixed layout, in which the size of a page decides how many pixels a picture needs."
            yield error("image-px-fixed", reading.keys["editions", name, "image_px"], why, "Delete image_px.")
        if edition.is_fixed and edition.fonts == "none":
            why = f"“{name}” has a fixed layout; in the reader’s own fonts its lines would overlap."
            remedy = "Delete fonts, or layout_mode: fixed."
            yield error("fixed-without-fonts", reading.keys["editions", name, "fonts"], why, remedy)


def _wrong_isbns(settings: Settings, reading: forms.Reading) -> Iterator[Finding]:
    """Errors for ISBNs with a wrong digit, by which shops would find another book, or none."""
    for name, identifier in settings.identifiers.items():
        if not (isbn := isbn_of(identifier)):
            continue
        try:
            isbn_digits(isbn)
        except ValueError as fault:
            why = f"“{isbn}” is not an ISBN: {fault}. With it, shops would find another book, or none."
            remedy = "Copy it again from its source."
            yield error("isbn-wrong", reading.place(("identifiers", name)), why, remedy)


def doubts(settings: Settings, place_of: forms.PlaceOf) -> Iterator[Finding]:
    """Warnings about settings that are valid, but are probably mistakes."""
    yield from _shared_isbns(settings, place_of)
    for n, subject in enumerate(settings.subjects):
        if subject.scheme not in ("keyword", "lcsh") and not subject.code:
            why = f"“{subject.name}” names the scheme {subject.scheme}, and has no code; shops sort by the code."
            yield warning("subject-incomplete", place_of(("subjects", n)), why, "Add code: …, or delete scheme: …")
        elif subject.scheme == "keyword" and subject.code:
            why = f"The code “{subject.code}” belongs to no scheme. Without one it has no meaning, and is left out."
            yield warning("subject-incomplete", place_of(("subjects", n, "code")), why, "Add scheme: thema, bisac …")

    claims = settings.accessibility
    for key in ("certifier_credential", "certifier_report"):
        if getattr(claims, key) and not claims.certified_by:
            why = "This credential or report names no certifier, so that it is left out."
            yield warning("certifier-missing", place_of(("accessibility", key)), why, "Write certified_by: … as well.")


def _shared_isbns(settings: Settings, place_of: forms.PlaceOf) -> Iterator[Finding]:
    """Warnings about ISBNs that two editions share, though an ISBN identifies one product."""
    first: dict[str, str] = {}
    for name, identifier in settings.identifiers.items():
        isbn = isbn_of(identifier)
        if not isbn or isinstance(settings.editions.get(name), CoverEdition):  # a cover is not sold by itself
            continue
        other = first.setdefault(isbn_digits(isbn), name)
        if other != name:
            why = f"“{name}” has the same ISBN as “{other}”; every product that is sold needs its own (ISO 2108)."
            remedy = "Write another ISBN, or none: then a unique identifier is made for it."
            yield warning("isbn-shared", place_of(("identifiers", name)), why, remedy)


def _offer(name: str, names: list[str]) -> str:
    return did_you_mean(name, names) or f"There are: {', '.join(names)}."


def _read(root: Path, name: str) -> Source:
    file = root / name
    try:
        return Source(name, file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))
    except (FileNotFoundError, NotADirectoryError):
        remedy = "Go to the folder of a publication, name it with --root, or start a new one: pressroom init FOLDER"
        raise UsageError(
            [error("publication-missing", Place(name), f"There is no {name} in {root}.", remedy)]
        ) from None
    except UnicodeDecodeError as fault:
        line = file.read_bytes()[: fault.start].count(b"\n") + 1
        why = "This is not UTF-8 text."
        remedy = "Save the file as UTF-8 in your editor."
        raise PressroomError([error("text-encoding", Place(name, line), why, remedy)]) from None
    except OSError as fault:
        why, remedy = f"This cannot be read: {fault.strerror}.", "Put a readable file there."
        raise PressroomError([error("text-unreadable", Place(name), why, remedy)]) from None
