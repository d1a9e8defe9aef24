"""The spine: its width, from the number of pages and the thickness of the paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pressroom.errors import Finding, Place, error
from pressroom.forms import PlaceOf
from pressroom.publication import CoverEdition
from pressroom.rules.printers import PrinterRules


@dataclass(frozen=True)
class Spine:
    """The spine of a book."""

    pages: int
    """Pages of the book, an even number: a sheet has two, and the last one may be blank."""
    paper: str
    """The paper in words, such as “white paper” or “sheets of 0.1 mm”."""
    width: float
    """Millimetres."""


def spine_of(cover: CoverEdition, printer: PrinterRules | None, pages: int) -> Spine | None:
    """The spine of a book of so many pages; None where neither cover nor printer states how thick its paper is."""
    pages += pages % 2
    rules = printer.cover if printer else None
    added = rules.added.value if rules and rules.added else 0.0
    if cover.caliper:
        return Spine(pages, f"sheets of {cover.caliper:g} mm", pages / 2 * cover.caliper + added)
    papers = rules.papers.value if rules and rules.papers else {}
    name = cover.paper or next(iter(papers), "")
    return Spine(pages, f"{name} paper", pages * papers[name] + added) if name in papers else None


def spine_faults(cover: CoverEdition, rules: PrinterRules | None, name: str, place_of: PlaceOf) -> Iterator[Finding]:
    """Why the width of a cover’s spine is unknown; nothing where it is known."""
    if spine_of(cover, rules, 0) is not None:
        return
    papers = list(rules.cover.papers.value) if rules and rules.cover.papers else []
    if cover.paper and rules and papers:
        why, place = f"{rules.name} has no paper “{cover.paper}”.", place_of(("editions", name, "paper"))
        yield error("spine-unknown", place, why, f"There are: {', '.join(papers)}.")
        return
    yield _unknown(rules.name if rules else "", place_of(("editions", name)))


def _unknown(printer: str, place: Place) -> Finding:
    why = "The spine of this cover is as thick as the book’s pages, and the thickness of their paper is unknown."
    remedy = "Write caliper: 0.1mm, the thickness of one sheet; ask your printer for it."
    if printer:
        remedy += f" The spine calculator of {printer} gives a width: divide it by half the number of pages."
    else:
        remedy += " Or name a printer whose papers are known: printer: kdp."
    return error("spine-unknown", place, why, remedy)
