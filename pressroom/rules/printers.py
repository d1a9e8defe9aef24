"""Printers: the form of their rules, and how these rules complete an edition or refuse it.

A printer is one file of data. What a printer does not state, or nobody could confirm, has no rule: it is None. Rules
complete what the publication leaves open; where an edition contradicts one, it is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field

from pressroom import forms
from pressroom.errors import Finding, Source, error
from pressroom.forms import KeyPath, PlaceOf
from pressroom.publication import CoverEdition, Edition, PdfEdition, Trim
from pressroom.publication.edition_form import Standard
from pressroom.publication.measures import Bleed, Length, TrimSize, same_trim
from pressroom.rules.rulebook import Reference, Rule, builtin_rules, read_rules

Ppi = Annotated[int, Field(ge=36, le=1200)]
"""Pixels per inch."""
PageCount = Annotated[int, Field(ge=1)]


class TrimRange(forms.Form):
    """A range of trim sizes: each side lies between those of `least` and `most`."""

    least: TrimSize
    most: TrimSize


class PageLimits(forms.Form):
    """How many pages a perfect-bound book can have."""

    least: PageCount
    most: PageCount | None = None


class Gutter(forms.Form):
    """The inside margin that text must keep in a book of up to `pages` pages."""

    pages: PageCount
    inside: Length


class Zone(forms.Form):
    """The barcode’s rectangle at the foot of the back cover, next to the spine, `away` from both edges."""

    width: Length
    height: Length
    away: Length


class CoverRules(forms.Form):
    """What a printer asks of a cover."""

    bleed: Rule[Bleed]
    """How far the cover runs over its edges: 3mm, 0.125in."""
    safe: Rule[Length] | None = None
    """The margin inside the trim that text must keep: 5mm."""
    papers: Rule[dict[str, Length]] | None = None
    """The papers, the usual one first, with the thickness of one page, which is half a sheet: {cream: 0.0635mm}."""
    added: Rule[Length] | None = None
    """The thickness that the board of the cover adds to that of the pages: 1.5mm."""
    spine_text_from: Rule[PageCount] | None = None
    """The least number of pages with which the spine may carry text."""
    spine_clear: Rule[Length] | None = None
    """The space that must stay free on both sides of the spine’s text: 1.6mm."""
    barcode: Rule[Zone] | None = None
    """Where the barcode stands, next to the spine at the foot of the back: {width: 51mm, height: 30mm, away: 6mm}."""


class PrinterRules(forms.Form):
    """What a printer asks of the pages of a book, and of its cover."""

    name: Annotated[str, Field(min_length=1)]
    """The printer’s name, as messages call it."""
    sources: dict[str, Reference]
    """Where the rules are stated, by the names that the rules use."""
    trims: Rule[tuple[TrimSize, ...]] | None = None
    """The trim sizes that are offered: [148x210mm, 6x9in]."""
    between: Rule[TrimRange] | None = None
    """A range of trim sizes that are taken besides those in `trims`: {least: 100x150mm, most: 240x320mm}."""
    bleed: Rule[Bleed]
    """How far pictures run over the edges of a page: 3mm, 0.125in."""
    bleed_at_spine: Rule[bool]
    """Whether pages have bleed at the spine, too: true, or false where a page must end at its trim there."""
    marks: Rule[bool]
    """Whether marks may stand around the page: true or false."""
    colour: Rule[Literal["cmyk", "srgb", "any"]]
    """The colours that are printed from: cmyk, srgb or any."""
    standards: Rule[tuple[Standard, ...]]
    """The standards that are taken, the preferred one first: [PDF/X-4, PDF/X-3]; [] where a plain PDF is wanted."""
    oldest: Rule[bool] | None = None
    """Whether the first form of a standard is wanted, on PDF 1.3: PDF/X-1a:2001, PDF/X-3:2002."""
    profile: Rule[str] | None = None
    """The printing condition of an edition that names none: a profile in assets/profiles, without .icc."""
    image_ppi: Rule[Ppi] | None = None
    """The pixels per inch to which pictures are reduced."""
    min_ppi: Rule[Ppi] | None = None
    """The least pixels per inch of a picture."""
    ink: Rule[Annotated[int, Field(ge=100, le=400)]] | None = None
    """The total ink limit, in percent of one plate: 300."""
    max_mb: Rule[Annotated[float, Field(gt=0)]] | None = None
    """The largest file that is taken, in megabytes of 1,000,000 bytes."""
    pages: Rule[PageLimits] | None = None
    """How many pages a book can have: {least: 24, most: 828}, or without `most`."""
    gutters: Rule[Annotated[tuple[Gutter, ...], Field(min_length=1)]] | None = None
    """The inside margins that text must keep, by the most pages of a book, rising: [{pages: 200, inside: 12mm}]."""
    safe: Rule[Length] | None = None
    """The margin at the outer edges that text must keep: 6mm."""
    cover: CoverRules

    def takes(self, trim: Trim) -> bool:
        """Whether a trim size is offered; a printer that states no sizes takes any."""
        if not self.trims and not self.between:
            return True
        return same_trim(trim, self.nearest(trim))

    def nearest(self, trim: Trim) -> Trim:
        """The trim size on offer that differs least from another; that size itself where the printer states none."""
        sizes = list(self.trims.value) if self.trims else []
        if self.between:
            least, most = self.between.value.least, self.between.value.most
            width, height = max(least.width, trim.width), max(least.height, trim.height)
            sizes.append(Trim(min(most.width, width), min(most.height, height)))
        return min(sizes, key=lambda t: abs(t.width - trim.width) + abs(t.height - trim.height), default=trim)

    def gutter(self, pages: int) -> float:
        """The inside margin that text must keep in a book of so many pages, in mm; 0 where the printer states none."""
        steps = self.gutters.value if self.gutters else ()
        return next((step.inside for step in steps if pages <= step.pages), steps[-1].inside if steps else 0.0)


Printers = Mapping[str, PrinterRules]
"""Rules of printers by the names that publication.yaml uses."""


def read_printer(source: Source) -> tuple[PrinterRules | None, list[Finding]]:
    """Read the file of one printer. Where it has faults, there are no rules, and every fault is among the findings."""
    return read_rules(source, PrinterRules)


@cache
def builtin_printer(name: str) -> PrinterRules:
    """The rules of a printer that comes with Pressroom."""
    return builtin_rules("printers", name, PrinterRules)


def rules_for(edition: Edition, printers: Printers) -> PrinterRules | None:
    """The rules of an edition’s printer; None where it names none."""
    return printers[edition.printed_by] if edition.printed_by else None


# ---- How rules complete an edition or refuse it.

PressForm = TypeVar("PressForm", PdfEdition, CoverEdition)
_FROM_BOOK = ("printer", "standard", "profile", "bleed", "marks")
"""The keys that a cover takes from its book’s edition, unless it has its own."""


def applied(editions: Mapping[str, Edition], printers: Printers) -> dict[str, Edition]:
    """Editions whose open keys are completed from the rules of their printers; a cover’s also from its book."""
    books = {name: _ruled(e.page, printers) if e.page else e for name, e in editions.items()}
    return {name: _cover_of(e.wrap, books, printers) if e.wrap else e for name, e in books.items()}


def _cover_of(cover: CoverEdition, books: Mapping[str, Edition], printers: Printers) -> CoverEdition:
    named = books.get(cover.of)
    book = named.page if named else None
    if book is None:
        return _ruled(cover, printers)
    own = cover.model_fields_set
    if "printer" in own and cover.printer != book.printer:
        return _ruled(cover, printers)
    ruled = _ruled(cover.model_copy(update={"printer": book.printer}), printers)
    shared = {key: getattr(book, key) for key in _FROM_BOOK if key not in ruled.model_fields_set and getattr(book, key)}
    return ruled.model_copy(update=shared)


def _ruled(edition: PressForm, printers: Printers) -> PressForm:
    rules = rules_for(edition, printers)
    if rules is None:
        return edition
    wanted = _wanted(rules, edition)
    keys = type(edition).model_fields.keys() - edition.model_fields_set
    return edition.model_copy(update={key: value for key, value in wanted.items() if key in keys})


def _wanted(rules: PrinterRules, edition: PdfEdition | CoverEdition) -> dict[str, Any]:
    """The values that a printer asks for, by the edition’s keys; a key without a rule is left out."""
    bleed = rules.cover.bleed if edition.wrap else rules.bleed
    # A PDF/X is made for one press: a printer that takes screen colours, too, gets a plain PDF.
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


def breaches(editions: Mapping[str, Edition], printers: Printers, place_of: PlaceOf) -> Iterator[Finding]:
    """Where an edition asks for what its printer does not take."""
    for name, edition in editions.items():
        printed, rules = edition.page or edition.wrap, rules_for(edition, printers)
        if printed and rules:
            yield from _refused(printed, rules, ("editions", name), place_of)


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
        yield error("printer-marks", place_of((*path, "marks")), why, "Take the key out: they trim without marks.")
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
        why = f"{rules.name} prints from sRGB and converts everything else, which changes the colours again."
        yield error("printer-colour", place_of((*path, "profile")), why, "Take the key out.")


def _trim_refused(trim: Trim, rules: PrinterRules, path: KeyPath, place_of: PlaceOf) -> Iterator[Finding]:
    if not rules.takes(trim):
        why, nearest = f"{rules.name} does not print books of {trim}.", rules.nearest(trim)
        yield error("printer-trim", place_of(path), why, f"The nearest size that it offers is {nearest}.")
