"""Questions about what a file says of itself: is it what it was made for, and does it keep what it promises?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pressroom.errors import Finding, error, warning
from pressroom.preflight.press.finished import Finished

_NEWEST = {"PDF/X-1a": "1.4", "PDF/X-3": "1.4", "PDF/X-4": "1.6", "PDF/A-2u": "1.7"}
"""The newest version of PDF that each standard knows (ISO 15930-4, -6 and -7; ISO 19005-2)."""


def standard_missing(file: Finished) -> Iterator[Finding]:
    """Does the file say that it keeps the standard it was made for, or that its printer asks for?"""
    claimed = {name.partition(":")[0].casefold() for name in file.facts.standards}
    if file.meant and file.meant.casefold() not in claimed:
        why = f"The file does not say that it is {file.meant}; it was made to be."
        yield error("standard-missing", file.place, why, "Build it again.")
    elif file.rules and file.rules.colour.value == "cmyk":
        wanted = [name for name in file.rules.standards.value if name.casefold() in claimed]
        if file.rules.standards.value and not wanted:
            why = f"{file.rules.name} asks for {' or '.join(file.rules.standards.value)}; the file claims neither."
            claims = ", ".join(file.facts.standards) or "nothing"
            yield warning("standard-missing", file.place, f"{why} It says that it is {claims}.", "Export it as such.")


def version_wrong(file: Finished) -> Iterator[Finding]:
    """Is the file's version of PDF one that its standard knows?"""
    newest = _NEWEST.get(file.standard)
    if newest and _number(file.facts.version) > _number(newest):
        why = f"The file is PDF {file.facts.version}; {file.standard} goes up to {newest}."
        yield error("version-wrong", file.place, why, f"Write it as PDF {newest}.")


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def intent_missing(file: Finished) -> Iterator[Finding]:
    """Does the file name the printing condition that it was made for (ISO 15930, 6.2)? Without it, nobody knows what
    its inks are to look like.
    """
    if not file.is_press_standard:
        return
    intents = [intent for intent in file.facts.intents if intent.kind == "GTS_PDFX"]
    if not intents:
        yield error(
            "intent-missing", file.place, "The file names no printing condition.", "Give the edition a profile."
        )
    for intent in intents:
        if not intent.identifier:
            yield error("intent-missing", file.place, "The printing condition of the file has no name.", "Name it.")
        elif intent.family == "unknown" and not intent.registry:
            why = f"The printing condition “{intent.identifier}” is in no registry, and its profile is not in the file."
            yield error("intent-missing", file.place, why, "Embed the profile.")


def keys_missing(file: Finished) -> Iterator[Finding]:
    """Has the file the keys that PDF/X asks for: an identifier, and whether it has been trapped?"""
    if not file.is_press_standard:
        return
    if not file.facts.has_identifier:
        yield error("identifier-missing", file.place, "The file has no identifier.", "Write it anew.")
    if not file.facts.has_trapped_key:
        why = "The file does not say whether it has been trapped."
        yield error("trapped-missing", file.place, why, "Set Trapped to false where nobody did.")


STANDARD_CHECKS: tuple[Callable[[Finished], Iterator[Finding]], ...] = (
    standard_missing,
    version_wrong,
    intent_missing,
    keys_missing,
)
