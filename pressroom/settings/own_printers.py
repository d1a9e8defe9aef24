"""The publication’s own printers, assets/printers/NAME.yaml, beside the built-in ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path

from pressroom import forms
from pressroom.errors import Finding, Place, PressroomError, UsageError, did_you_mean, error
from pressroom.rules import printers
from pressroom.rules.printers import PrinterRules
from pressroom.settings.typed_source import typed_source
from pressroom.whereabouts import PRINTERS, leads_out

PRINTERS_FOLDER = "assets/printers"


def find_printer(name: str, root: Path | None) -> PrinterRules:
    """The rules of one printer: an own one of the publication at `root`, if there is a publication, or a built-in one.

    Raises PressroomError with every fault in the files of own printers, and UsageError for a name that none has.
    """
    own, faults = own_printers(root) if root else ({}, [])
    if faults:
        raise PressroomError(faults)
    name = unicodedata.normalize("NFC", name)
    if name not in {*PRINTERS, *own}:
        raise UsageError([_unknown_printer("--printer", name, Place("command line"), own)])
    return own.get(name) or printers.builtin_printer(name)


def own_printers(root: Path) -> tuple[dict[str, PrinterRules | None], list[Finding]]:
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
                own[name], faults = printers.read_printer(typed_source(root, shown))
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


def unknown_printers(reading: forms.Reading, own: Collection[str]) -> Iterator[Finding]:
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
