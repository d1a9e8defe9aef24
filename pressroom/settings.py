"""Settings: publication.yaml, photos.yaml and the publication’s own printers, read at the edge into typed values.

All faults of a file come at once.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pydantic import RootModel

from pressroom import forms
from pressroom.errors import (
    Finding,
    Place,
    PressroomError,
    Source,
    UsageError,
    advice,
    did_you_mean,
    encoding_fault,
    error,
    warning,
)
from pressroom.publication import (
    Cover,
    PhotoNote,
    Settings,
    isbn_digits,
    isbn_of,
    name_key,
)
from pressroom.publication.people import names_of_people
from pressroom.publication.variables import MOST_LETTERS, filled_value, names_in, settled
from pressroom.rules import printers, stores
from pressroom.rules.printers import PrinterRules, Printers
from pressroom.whereabouts import PRINTERS, SETTINGS_FILE, leads_out, missing_settings

PHOTOS_FILE = "book/photos.yaml"
PRINTERS_FOLDER = "assets/printers"


@dataclass(frozen=True)
class SettingsFile:
    """publication.yaml as values, with the place of each key."""

    settings: Settings
    reading: forms.Reading
    printers: Printers
    """The rules of the printers that the editions name."""

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


def read_settings(root: Path, variables: Mapping[str, str] | None = None) -> SettingsFile:
    """Read book/publication.yaml and the own printers of the publication at `root`.

    `variables` replace values of its own variables, as `build --set` asks. Raises PressroomError with every fault.
    """
    chosen = variables or {}
    settings, reading = forms.fill(_read(root, SETTINGS_FILE), Settings, partial(_altered, chosen=chosen))
    reading.findings += _looping_variables(reading, chosen)
    own, faults = _own_printers(root)
    faults = [*reading.findings, *_unknown_printers(reading, own), *faults]
    if settings is None or faults:
        raise PressroomError(faults)
    named = {edition.printed_by for edition in settings.editions.values()}
    rules = {name: own.get(name) or printers.builtin_printer(name) for name in named if name}
    faults = [*_dangling(settings, reading), *_wrong_isbns(settings, reading)]
    settings = settings.model_copy(update={"editions": stores.applied(printers.applied(settings.editions, rules))})
    faults += printers.breaches(settings.editions, rules, reading.place)
    faults += stores.breaches(settings.editions, reading.place)
    if faults:
        raise PressroomError(faults)
    return SettingsFile(settings, reading, rules)


def _altered(value: Any, chosen: Mapping[str, str]) -> Any:
    """The values of publication.yaml with its variables filled in, and with `author:` as the creators that it names."""
    given = _with_variables(value, chosen)
    if not isinstance(given, dict) or "creators" in given or not given.get("author"):
        return given
    names = names_of_people(given["author"])
    creators = [{"name": name} for name in (names if isinstance(names, list) else [names])]
    return {key: each for key, each in given.items() if key != "author"} | {"creators": creators}


def _with_variables(value: Any, chosen: Mapping[str, str]) -> Any:
    """The values of publication.yaml with its variables filled in."""
    given = value.get("variables") if isinstance(value, dict) else None
    if not isinstance(given, dict):
        return value
    values = settled(_texts(given) | {name: text for name, text in chosen.items() if name in given}).values
    return filled_value({**value, "variables": None}, values) | {"variables": given | values}


def _texts(given: Mapping[str, Any]) -> dict[str, str]:
    return {name: text for name, text in given.items() if isinstance(text, str)}


def _looping_variables(reading: forms.Reading, chosen: Mapping[str, str]) -> Iterator[Finding]:
    """Errors for variables that name themselves. Raises UsageError for a chosen one that is not defined."""
    given = reading.value.get("variables") if isinstance(reading.value, dict) else None
    texts = _texts(given) if isinstance(given, dict) else {}
    for name in chosen:
        if name not in texts:
            why = f"publication.yaml defines no variable “{name}”, so that no text could show it."
            known = did_you_mean(name, texts) or (f"There are: {', '.join(texts)}." if texts else "")
            remedy = known or f"Write variables: {{{name}: …}} in publication.yaml."
            raise UsageError([error("variable-unknown", Place("--set"), why, remedy)])
    for name, text in texts.items():
        for other in dict.fromkeys(names_in(text)):
            if other not in texts:
                why = f"The variable “{name}” names “{other}”, which is not defined."
                remedy = did_you_mean(other, texts) or "Define it under variables:."
                yield error("variable-unknown", reading.place(("variables", name)), why, remedy)
    made = settled(texts | dict(chosen))
    for name in made.endless:
        why = f"The value of the variable “{name}” has more than {MOST_LETTERS} letters, with those that it names."
        yield error("variable-long", reading.place(("variables", name)), why, "Write such a text into a chapter.")
    for name in made.looping:
        why = f"The variable “{name}” names itself, directly or through another one, so that it has no value."
        yield error("variable-loop", reading.place(("variables", name)), why, "Write its value out.")


def find_printer(name: str, root: Path | None) -> PrinterRules:
    """The rules of one printer: an own one of the publication at `root`, if there is a publication, or a built-in one.

    Raises PressroomError with every fault in the files of own printers, and UsageError for a name that none has.
    """
    own, faults = _own_printers(root) if root else ({}, [])
    if faults:
        raise PressroomError(faults)
    name = unicodedata.normalize("NFC", name)
    if name not in {*PRINTERS, *own}:
        raise UsageError([_unknown_printer("--printer", name, Place("command line"), own)])
    return own.get(name) or printers.builtin_printer(name)


def read_photo_notes(root: Path, variables: Mapping[str, str] | None = None) -> PhotoNotes:
    """Read book/photos.yaml, where there is one, with variables filled in. Raises PressroomError with every fault."""
    if not (root / PHOTOS_FILE).exists():
        return PhotoNotes({})
    notes, reading = forms.fill(_read(root, PHOTOS_FILE), PhotosFile, partial(filled_value, variables=variables or {}))
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


def _own_printers(root: Path) -> tuple[dict[str, PrinterRules | None], list[Finding]]:
    """The printers of assets/printers by their names, which are those of the files, and every fault of these files.

    A file with faults has no rules, and its name is known nevertheless.
    """
    own: dict[str, PrinterRules | None] = {}
    findings: list[Finding] = []
    for file in sorted((root / PRINTERS_FOLDER).glob("[!.]*.yaml")):
        name, shown = unicodedata.normalize("NFC", file.stem), f"{PRINTERS_FOLDER}/{file.name}"
        own[name], faults = None, [*_unfit(file, root, shown)]
        if not faults:
            try:
                own[name], faults = printers.read_printer(_read(root, shown))
            except PressroomError as fault:
                faults = [*fault.findings]
        findings += faults
    return own, findings


def _unfit(file: Path, root: Path, shown: str) -> Iterator[Finding]:
    """Why a path in assets/printers is not read, if it is not."""
    if leads_out(file, root):
        why = "This link leads out of the publication, where another machine would not find the file."
        yield error("printer-outside", Place(shown), why, "Copy the file instead of linking to it.")
    elif not file.is_file():
        yield error("text-unreadable", Place(shown), "This is not a file.", "Put a readable file there.")


def _unknown_printers(reading: forms.Reading, own: Collection[str]) -> Iterator[Finding]:
    """Names of printers whose rules are neither built in nor in assets/printers."""
    known = {*PRINTERS, *own}
    for path, place in reading.values.items():
        if len(path) == 3 and (path[0], path[2]) == ("editions", "printer"):
            name = reading.at(path)
            if isinstance(name, str) and unicodedata.normalize("NFC", name) not in known:
                yield _unknown_printer(".".join(map(str, path)), name, place, own)


def _unknown_printer(key: str, name: str, place: Place, own: Collection[str]) -> Finding:
    known = sorted({*PRINTERS, *own})
    why = f"“{key}” cannot be “{name}”: there are no rules of a printer with this name."
    remedy = f"{did_you_mean(name, known)} There are: {', '.join(known)}. "
    remedy += f"The rules of another printer go into {PRINTERS_FOLDER}/NAME.yaml, as docs/press.md describes."
    return error("value-unknown", place, why, remedy.lstrip())


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


_OF_COVER_PICTURE = ("alt", "credit", "focus", "crop", "blur", "title_at", "ink")
"""Keys of `cover` that say something about its photograph, and those that are for the back of a printed cover."""
_OF_BACK = ("back", "blurb", "about", "price", "price_code")


def not_yet(settings: Settings, place_of: forms.PlaceOf) -> Iterator[Finding]:
    """Advice on keys that are valid, and have no effect: in this version, or without another key."""
    for name, edition in settings.editions.items():
        if edition.page and edition.page.standard == "PDF/UA-1" and edition.for_press:
            why = f"“{name}” is for a press, and this version of Pressroom tags only what is for screens."
            remedy = "Add an edition with this standard and without bleed, marks and printer."
            yield advice("not-yet", place_of(("editions", name, "standard")), why, remedy)
    yield from _unused_of_cover(settings, place_of)


def _unused_of_cover(settings: Settings, place_of: forms.PlaceOf) -> Iterator[Finding]:
    """Keys of `cover` about a photograph or a back that the cover does not have."""
    cover, has_back = settings.cover, any(edition.wrap for edition in settings.editions.values())
    typed = {key for key, field in Cover.model_fields.items() if getattr(cover, key) != field.default}
    for key in (key for key in _OF_COVER_PICTURE if key in typed and not cover.photograph):
        why = f"“cover.{key}” has no effect: the cover has no photograph, and is set in type alone."
        remedy = "Name one as well, photograph: fire.jpg; or delete the key."
        yield advice("key-unused", place_of(("cover", key)), why, remedy)
    for key in (key for key in _OF_BACK if key in typed and not has_back):
        why = f"“cover.{key}” has no effect: it is for the back of a printed cover, and no edition is one."
        remedy = "Add one, cover: {format: cover, for: print, caliper: 0.1mm}; or delete the key."
        yield advice("key-unused", place_of(("cover", key)), why, remedy)


def _dangling(settings: Settings, reading: forms.Reading) -> Iterator[Finding]:
    """Errors for keys that name an edition that does not exist."""
    names = list(settings.editions)
    for name in settings.identifiers:
        if name not in names:
            place = reading.keys[("identifiers", name)]
            yield error("edition-unknown", place, f"No edition is called “{name}”.", _offer(name, names))
    if "editions" not in settings.model_fields_set:
        return
    for name, edition in settings.editions.items():
        for fault in edition.contradictions(name):
            yield error(fault.id, reading.keys["editions", name, fault.key], fault.message, fault.remedy)
        other = edition.waits_for
        book = settings.editions.get(other.name) if other else None
        if other and not (book and book.page):
            place, pdfs = reading.place(("editions", name, other.key)), [n for n in names if settings.editions[n].page]
            remedy = _offer(other.name, pdfs) if pdfs else "Add one: print: {format: pdf, trim: 210x270mm, bleed: 3mm}."
            yield error("edition-unknown", place, f"No PDF edition is called “{other.name}”.", remedy)
        elif other and edition.wrap and book and book.page and book.page.proof:
            why = f"“{other.name}” is a proof with two pages to a sheet, so that the width of a spine is unknown."
            remedy = "Name the edition that goes to the printer."
            yield error("cover-of-proof", reading.place(("editions", name, other.key)), why, remedy)


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
        isbn, edition = isbn_of(identifier), settings.editions.get(name)
        if not isbn or (edition and not edition.is_product):
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
        return Source(
            name, file.read_bytes().decode("utf-8-sig").replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
        )
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError([error("publication-missing", Place(name), *missing_settings(root, str(root)))]) from None
    except UnicodeDecodeError as fault:
        raise PressroomError([encoding_fault(name, fault)]) from None
    except OSError as fault:
        why, remedy = f"This cannot be read: {fault.strerror}.", "Put a readable file there."
        raise PressroomError([error("text-unreadable", Place(name), why, remedy)]) from None
