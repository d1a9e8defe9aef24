"""Questions about the standard of a file: does it claim the right one, and has it the keys that this one asks for?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pressroom.errors import Finding, error, warning
from pressroom.preflight.press.press_file import PressFile

_NEWEST = {"PDF/X-1a": "1.4", "PDF/X-3": "1.4", "PDF/X-4": "1.6", "PDF/A-2u": "1.7"}
"""The newest version of PDF that each standard allows (ISO 15930-4, -6 and -7; ISO 19005-2)."""
_OLDEST = {"PDF/X-1a:2001": "1.3", "PDF/X-3:2002": "1.3"}
"""The same for the first versions of two of them (ISO 15930-1 and -3)."""


def standard_missing(file: PressFile) -> Iterator[Finding]:
    """Does the file say that it keeps the standard it was made for, or one that its printer asks for?"""
    claimed = {name.partition(":")[0].casefold() for name in file.facts.standards}
    if file.meant:
        if file.meant.casefold() not in claimed:
            why = f"The file was made to be {file.meant}, and does not say so; the printer’s machine would not know."
            yield error("standard-missing", file.place, why, "Build it again; if that does not help, report it.")
    elif file.rules and file.rules.colour.value == "cmyk":
        wanted = [name for name in file.rules.standards.value if name.casefold() in claimed]
        if file.rules.standards.value and not wanted:
            claims = ", ".join(file.facts.standards) or "nothing of the kind"
            why = f"{file.rules.name} asks for {' or '.join(file.rules.standards.value)}; the file claims {claims}."
            remedy = f"Export it as {file.rules.standards.value[0]}."
            yield warning("standard-missing", file.place, why, remedy)


def version_wrong(file: PressFile) -> Iterator[Finding]:
    """Is the file's version of PDF one that its standard knows?"""
    newest = _OLDEST.get(file.claimed) or _NEWEST.get(file.standard)
    if newest and _number(file.facts.version) > _number(newest):
        why = f"The file is PDF {file.facts.version}; {file.claimed or file.standard} goes up to {newest}, "
        why += "and machines that keep to it may refuse the file."
        yield error("version-wrong", file.place, why, f"Write it as PDF {newest}.")


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def intent_missing(file: PressFile) -> Iterator[Finding]:
    """Does the file name the printing condition that it was made for, as PDF/X asks? Without it nobody knows what its
    inks are to look like.
    """
    if not file.is_press_standard:
        return
    intents = [intent for intent in file.facts.intents if intent.kind == "GTS_PDFX"]
    if not intents:
        why = "The file names no printing condition; nobody knows what its inks are to look like."
        yield error("intent-missing", file.place, why, "Give the edition a profile.")
    for intent in intents:
        if not intent.identifier:
            why = "The printing condition of the file has no name; nobody knows what its inks are to look like."
            yield error("intent-missing", file.place, why, "Give the edition a profile that has one.")
        elif intent.family == "unknown" and not intent.registry:
            why = f"The printing condition “{intent.identifier}” is in no registry, and its profile is not in the file."
            yield error("intent-missing", file.place, why, "Embed the profile.")


def keys_missing(file: PressFile) -> Iterator[Finding]:
    """Has the file what PDF/X asks for besides: an identifier, and whether it has been trapped?"""
    if not file.is_press_standard:
        return
    if not file.facts.has_identifier:
        why = "The file has no identifier (ID), by which machines tell one state of it from another."
        yield error("identifier-missing", file.place, why, "Export it again with a program that makes PDF/X.")
    if not file.facts.has_trapped_key:
        why = "The file does not say whether it has been trapped; the printer’s machine may do it twice, or never."
        yield error("trapped-missing", file.place, why, "Set its key Trapped: to False, where nobody trapped it.")


STANDARD_CHECKS: tuple[Callable[[PressFile], Iterator[Finding]], ...] = (
    standard_missing,
    version_wrong,
    intent_missing,
    keys_missing,
)
