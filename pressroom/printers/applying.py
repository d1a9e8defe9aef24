"""What a printer's rules make of an edition: they fill in what the publication leaves open, and where it says
something else they are faults, since the file would come back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pressroom.errors import Finding, error
from pressroom.forms import KeyPath, PlaceOf
from pressroom.printers.rules import PrinterRules, rules_for
from pressroom.publication import CoverEdition, Edition, PdfEdition, Trim

Printed = TypeVar("Printed", PdfEdition, CoverEdition)
_FROM_BOOK = ("printer", "standard", "profile", "bleed", "marks")
"""What a cover has in common with its book, where nothing else is said."""


def applied(editions: Mapping[str, Edition]) -> dict[str, Edition]:
    """Editions with what their printers' rules, and for a cover its book, say of what they leave open."""
    books = {name: _ruled(e) if isinstance(e, PdfEdition) else e for name, e in editions.items()}
    return {name: _cover_of(e, books) if isinstance(e, CoverEdition) else e for name, e in books.items()}


def _cover_of(cover: CoverEdition, books: Mapping[str, Edition]) -> CoverEdition:
    book = books.get(cover.of)
    if not isinstance(book, PdfEdition):
        return _ruled(cover)
    own = cover.model_fields_set
    if "printer" in own and cover.printer != book.printer:
        return _ruled(cover)
    ruled = _ruled(cover.model_copy(update={"printer": book.printer}))
    shared = {key: getattr(book, key) for key in _FROM_BOOK if key not in ruled.model_fields_set and getattr(book, key)}
    return ruled.model_copy(update=shared)


def _ruled(edition: Printed) -> Printed:
    if edition.printer is None:
        return edition
    wanted = _wanted(rules_for(edition.printer), edition)
    keys = type(edition).model_fields.keys() - edition.model_fields_set
    return edition.model_copy(update={key: value for key, value in wanted.items() if key in keys})


def _wanted(rules: PrinterRules, edition: PdfEdition | CoverEdition) -> dict[str, Any]:
    """What a printer would have, by the edition's keys; what it has no rule for is left out."""
    bleed = rules.cover.bleed if isinstance(edition, CoverEdition) else rules.bleed
    # A PDF/X is made for one press: who takes screen colours too may be given a plain PDF.
    standard = next(iter(rules.standards.value), None) if rules.colour.value == "cmyk" else None
    wanted: dict[str, Any] = {"bleed": bleed.value, "standard": standard}
    if not rules.marks.value:
        wanted["marks"] = ()
    if rules.colour.value == "srgb":
        wanted["profile"] = None
    for key in ("profile", "image_ppi", "min_ppi"):
        rule = getattr(rules, key)
        if rule is not None:
            wanted[key] = rule.value
    return wanted


def breaches(editions: Mapping[str, Edition], place_of: PlaceOf) -> Iterator[Finding]:
    """Where an edition asks for what its printer does not take."""
    for name, edition in editions.items():
        if isinstance(edition, PdfEdition | CoverEdition) and edition.printer:
            yield from _refused(edition, rules_for(edition.printer), ("editions", name), place_of)


def _refused(
    edition: PdfEdition | CoverEdition, rules: PrinterRules, path: KeyPath, place_of: PlaceOf
) -> Iterator[Finding]:
    if isinstance(edition, PdfEdition):
        yield from _trim_refused(edition.trim, rules, (*path, "trim"), place_of)
    bleed = rules.cover.bleed.value if isinstance(edition, CoverEdition) else rules.bleed.value
    if abs(edition.bleed - bleed) > 0.01:
        why = f"{rules.name} trims {bleed:g} mm from a page; this edition has a bleed of {edition.bleed:g} mm."
        yield error("printer-bleed", place_of((*path, "bleed")), why, f"Take the key out, or write bleed: {bleed:g}mm.")
    if edition.marks and not rules.marks.value:
        why = f"{rules.name} refuses files with marks around the page."
        yield error("printer-marks", place_of((*path, "marks")), why, "Take the key out; their own machines cut.")
    yield from _colour_refused(edition, rules, path, place_of)


def _colour_refused(
    edition: PdfEdition | CoverEdition, rules: PrinterRules, path: KeyPath, place_of: PlaceOf
) -> Iterator[Finding]:
    taken = rules.standards.value
    if edition.standard and edition.standard not in taken:
        known = f"It takes {', '.join(taken)}." if taken else "It takes a plain PDF: take the key out."
        why = f"{rules.name} does not ask for {edition.standard}, and may refuse it."
        yield error("printer-standard", place_of((*path, "standard")), why, known)
    if edition.profile and edition.profile != "srgb" and rules.colour.value == "srgb":
        why = f"{rules.name} prints from sRGB and turns everything else into it, once more changing the colours."
        yield error("printer-colour", place_of((*path, "profile")), why, "Take the key out.")


def _trim_refused(trim: Trim, rules: PrinterRules, path: KeyPath, place_of: PlaceOf) -> Iterator[Finding]:
    offered = rules.trims.value if rules.trims else ()
    if rules.takes(trim):
        return
    nearest = min(offered, key=lambda t: abs(t.width - trim.width) + abs(t.height - trim.height))
    why = f"{rules.name} does not print books of {trim}."
    yield error("printer-trim", place_of(path), why, f"The nearest size that it offers is {nearest}.")
