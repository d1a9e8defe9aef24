"""Printers: what each of them asks of a file, and what that makes of an edition.

The rules stand in printers.yaml, each with its source and its day. What a printer does not say, or nobody could
confirm, has no rule: it is None. Rules fill in what the publication leaves open; where it asks for something else, the
edition is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from pressroom import forms
from pressroom.errors import Finding, error
from pressroom.forms import KeyPath, PlaceOf
from pressroom.publication import CoverEdition, EditionForm, PdfEdition, Trim
from pressroom.publication.edition_form import Printer, Standard
from pressroom.publication.measures import Length, TrimSize, same_trim
from pressroom.rules.rulebook import Reference, Rule, read_rules

FILE = Path(__file__).with_name("printers.yaml")


class TrimRange(forms.Form):
    """Trim sizes between two others are taken as well."""

    least: TrimSize
    most: TrimSize


class PageLimits(forms.Form):
    """How many pages a perfect-bound book can have."""

    least: int
    most: int | None = None


class Gutter(forms.Form):
    """What must stay free at the spine of a book of up to so many pages."""

    pages: int
    inside: Length


class Zone(forms.Form):
    """A rectangle at the foot of the back cover, next to the spine, and its distance from the two edges."""

    width: Length
    height: Length
    away: Length


class CoverRules(forms.Form):
    """What a printer asks of a cover."""

    bleed: Rule[Length]
    safe: Rule[Length] | None = None
    """What must stay free of text inside the trim."""
    papers: Rule[dict[str, Length]] | None = None
    """The printer's papers, the usual one first: thickness of one page, which is half a sheet."""
    added: Rule[Length] | None = None
    """What the board of the cover adds to the thickness of the pages."""
    spine_text_from: Rule[int] | None = None
    """Pages from which the spine may carry text."""
    spine_clear: Rule[Length] | None = None
    """What must stay free on both sides of the spine's text."""
    barcode: Rule[Zone] | None = None
    """Where the printer sets a barcode of its own, or wants the book's."""


class PrinterRules(forms.Form):
    """What a printer asks of the pages of a book, and of its cover."""

    name: str
    sources: dict[str, Reference]
    trims: Rule[tuple[TrimSize, ...]] | None = None
    """The sizes that are offered."""
    between: Rule[TrimRange] | None = None
    """Any other size in this range is taken as well."""
    bleed: Rule[Length]
    bleed_at_spine: Rule[bool]
    marks: Rule[bool]
    """Whether marks may stand around the page."""
    colour: Rule[Literal["cmyk", "srgb", "any"]]
    standards: Rule[tuple[Standard, ...]]
    """The standards that are taken, the one to choose first; none where a plain PDF is wanted."""
    oldest: Rule[bool] | None = None
    """Whether the first form of a standard is wanted, on PDF 1.3: PDF/X-1a:2001, PDF/X-3:2002."""
    profile: Rule[str] | None = None
    """The printing condition to choose where the publication names none."""
    image_ppi: Rule[int] | None = None
    min_ppi: Rule[int] | None = None
    ink: Rule[int] | None = None
    """Most ink on one spot, in percent of one plate."""
    max_mb: Rule[float] | None = None
    pages: Rule[PageLimits] | None = None
    gutters: Rule[tuple[Gutter, ...]] | None = None
    safe: Rule[Length] | None = None
    """What must stay free of text at the outer edges."""
    cover: CoverRules

    def takes(self, trim: Trim) -> bool:
        """Whether a size is offered; a printer without a list of sizes takes any."""
        offered = self.trims.value if self.trims else ()
        if not offered or any(same_trim(trim, other) for other in offered):
            return True
        if self.between is None:
            return False
        least, most = self.between.value.least, self.between.value.most
        return least.width <= trim.width <= most.width and least.height <= trim.height <= most.height

    def gutter(self, pages: int) -> float:
        """What must stay free at the spine of a book of so many pages, in mm; 0 where the printer does not say."""
        steps = self.gutters.value if self.gutters else ()
        return next((step.inside for step in steps if pages <= step.pages), steps[-1].inside if steps else 0.0)


@cache
def _all() -> Mapping[str, PrinterRules]:
    return read_rules(FILE, PrinterRules)


def rules_for(printer: Printer) -> PrinterRules:
    """The rules of a printer."""
    return _all()[printer]


# ---- what they make of an edition

PressForm = TypeVar("PressForm", PdfEdition, CoverEdition)
_FROM_BOOK = ("printer", "standard", "profile", "bleed", "marks")
"""What a cover has in common with its book, where nothing else is said."""


def applied(editions: Mapping[str, EditionForm]) -> dict[str, EditionForm]:
    """Editions with what their printers' rules, and for a cover its book, say of what they leave open."""
    books = {name: _ruled(e.page) if e.page else e for name, e in editions.items()}
    return {name: _cover_of(e.wrap, books) if e.wrap else e for name, e in books.items()}


def _cover_of(cover: CoverEdition, books: Mapping[str, EditionForm]) -> CoverEdition:
    named = books.get(cover.of)
    book = named.page if named else None
    if book is None:
        return _ruled(cover)
    own = cover.model_fields_set
    if "printer" in own and cover.printer != book.printer:
        return _ruled(cover)
    ruled = _ruled(cover.model_copy(update={"printer": book.printer}))
    shared = {key: getattr(book, key) for key in _FROM_BOOK if key not in ruled.model_fields_set and getattr(book, key)}
    return ruled.model_copy(update=shared)


def _ruled(edition: PressForm) -> PressForm:
    if edition.printer is None:
        return edition
    wanted = _wanted(rules_for(edition.printer), edition)
    keys = type(edition).model_fields.keys() - edition.model_fields_set
    return edition.model_copy(update={key: value for key, value in wanted.items() if key in keys})


def _wanted(rules: PrinterRules, edition: PdfEdition | CoverEdition) -> dict[str, Any]:
    """What a printer would have, by the edition's keys; what it has no rule for is left out."""
    bleed = rules.cover.bleed if edition.wrap else rules.bleed
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


def breaches(editions: Mapping[str, EditionForm], place_of: PlaceOf) -> Iterator[Finding]:
    """Where an edition asks for what its printer does not take."""
    for name, edition in editions.items():
        printed = edition.page or edition.wrap
        if printed and printed.printer:
            yield from _refused(printed, rules_for(printed.printer), ("editions", name), place_of)


def _refused(
    edition: PdfEdition | CoverEdition, rules: PrinterRules, path: KeyPath, place_of: PlaceOf
) -> Iterator[Finding]:
    if edition.page:
        yield from _trim_refused(edition.page.trim, rules, (*path, "trim"), place_of)
    bleed = (rules.cover.bleed if edition.wrap else rules.bleed).value
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
