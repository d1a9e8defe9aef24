"""Checks of the standard of a file: it claims the right one, and has the keys that this standard requires."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pressroom.errors import Finding, error, warning
from pressroom.preflight.press.press_file import PressFile

_NEWEST = {"PDF/X-1a": "1.4", "PDF/X-3": "1.4", "PDF/X-4": "1.6", "PDF/A-2u": "1.7"}
"""The newest version of PDF that each standard allows (ISO 15930-4, -6 and -7; ISO 19005-2)."""
_OLDEST = {"PDF/X-1a:2001": "1.3", "PDF/X-3:2002": "1.3"}
"""The same for the first versions of two of them (ISO 15930-1 and -3)."""


def standard_missing(file: PressFile) -> Iterator[Finding]:
    """Does the file claim the standard of its edition, or one that its printer asks for?"""
    claimed = {name.partition(":")[0].casefold() for name in file.facts.standards}
    if file.meant:
        if file.meant.casefold() not in claimed:
            why = f"The file does not claim {file.meant}, its edition’s standard; the printer may not accept it."
            yield error("standard-missing", file.place, why, "Build it again; if that does not help, report it.")
    elif file.rules and file.rules.colour.value == "cmyk":
        wanted = [name for name in file.rules.standards.value if name.casefold() in claimed]
        if file.rules.standards.value and not wanted:
            claims = ", ".join(file.facts.standards) or "no standard"
            why = f"{file.rules.name} asks for {' or '.join(file.rules.standards.value)}; the file claims {claims}."
            remedy = f"Export it as {file.rules.standards.value[0]}."
            yield warning("standard-missing", file.place, why, remedy)


def version_wrong(file: PressFile) -> Iterator[Finding]:
    """Does the standard of the file allow its PDF version?"""
    newest = _OLDEST.get(file.claimed) or _NEWEST.get(file.standard)
    if newest and _number(file.facts.version) > _number(newest):
        why = f"The file is PDF {file.facts.version}; {file.claimed or file.standard} allows {newest} at most, "
        why += "and the printer’s software may refuse the file."
        yield error("version-wrong", file.place, why, f"Write it as PDF {newest}.")


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def intent_missing(file: PressFile) -> Iterator[Finding]:
    """Does the file name its printing condition (output intent), as PDF/X requires? Without it the printer does not
    know how its inks should look.
    """
    if not file.is_press_standard:
        return
    intents = [intent for intent in file.facts.intents if intent.kind == "GTS_PDFX"]
    if not intents:
        why = "The file names no printing condition; the printer does not know how its inks should look."
        yield error("intent-missing", file.place, why, "Give the edition a profile.")
    for intent in intents:
        if not intent.identifier:
            why = "The printing condition of the file has no name; the printer does not know how its inks should look."
            yield error("intent-missing", file.place, why, "Give the edition a profile that has one.")
        elif intent.family == "unknown" and not intent.registry:
            why = f"The printing condition “{intent.identifier}” is in no registry, and its profile is not in the file."
            yield error("intent-missing", file.place, why, "Embed the profile.")


def keys_missing(file: PressFile) -> Iterator[Finding]:
    """Has the file the other keys that PDF/X requires: an identifier, and whether it is trapped?"""
    if not file.is_press_standard:
        return
    if not file.facts.has_identifier:
        why = "The file has no identifier (ID), by which software distinguishes its versions."
        yield error("identifier-missing", file.place, why, "Export it again with a program that makes PDF/X.")
    if not file.facts.has_trapped_key:
        why = "The file does not state whether it is trapped; the printer may trap it twice, or not at all."
        yield error("trapped-missing", file.place, why, "Set its key Trapped: to False if nobody trapped it.")


STANDARD_CHECKS: tuple[Callable[[PressFile], Iterator[Finding]], ...] = (
    standard_missing,
    version_wrong,
    intent_missing,
    keys_missing,
)
