"""A printer's rules as typed values. What a printer does not say, or nobody could confirm, has no rule: it is None."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pressroom import forms
from pressroom.publication.editions import Length, Printer, Standard, Trim, TrimSize, same_trim
from pressroom.rulebooks import Reference, Rule, read_rules

FILE = Path(__file__).with_name("printers.yaml")


class TrimRange(forms.Form):
    """Trim sizes between two others are taken as well."""

    least: TrimSize
    most: TrimSize


class Pages(forms.Form):
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
    pages: Rule[Pages] | None = None
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
