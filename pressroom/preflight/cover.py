"""Questions about a printed cover before it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pressroom.errors import Finding, hint
from pressroom.preflight.plan import Plan
from pressroom.printers import spine_faults
from pressroom.publication import CoverEdition, PdfEdition, isbn_of


def spine_unknown(plan: Plan) -> Iterator[Finding]:
    """Does somebody say how thick the paper is? On a spine too wide or too narrow the title is bent around an edge."""
    edition = plan.publication.settings.editions[plan.name]
    if isinstance(edition, CoverEdition):
        yield from spine_faults(edition, plan.name, plan.place_of)


def price_code_unused(plan: Plan) -> Iterator[Finding]:
    """Has the price a barcode to stand beside? Without an ISBN there is none."""
    settings = plan.publication.settings
    edition = settings.editions[plan.name]
    if not isinstance(edition, CoverEdition) or not settings.cover.price_code:
        return
    if not isbn_of(settings.identifiers.get(edition.of, "")):
        why = f"The cover has no barcode, so that the price stands in none: “{edition.of}” has no ISBN."
        help = f'Write identifiers: {{{edition.of}: "urn:isbn:978…"}}.'
        yield hint("price-code-unused", plan.place_of(("cover", "price_code")), why, help)


def back_empty(plan: Plan) -> Iterator[Finding]:
    """Does the back say something? Who turns the book over wants to know what it is about."""
    edition = plan.publication.settings.editions[plan.name]
    if isinstance(edition, CoverEdition) and not plan.publication.back:
        why = "The back of the cover says nothing of the book: there is neither a description nor a text for it."
        help = "Write a description, or under cover: back: what only the cover says."
        yield hint("back-empty", plan.place_of(("editions", plan.name)), why, help)


def cover_for_screen(plan: Plan) -> Iterator[Finding]:
    """Is the book one for a press? A screen's edition has no bleed, and its pictures too few pixels."""
    editions = plan.publication.settings.editions
    edition = editions[plan.name]
    book = editions.get(edition.of) if isinstance(edition, CoverEdition) else None
    if isinstance(edition, CoverEdition) and isinstance(book, PdfEdition) and not book.for_press:
        why = f"“{edition.of}” is made for the screen: it has no bleed, marks or printer. Its cover is for a press."
        help = "Name the edition that goes to the printer, as in for: print."
        yield hint("cover-for-screen", plan.place_of(("editions", plan.name, "for")), why, help)


COVER_CHECKS: tuple[Callable[[Plan], Iterator[Finding]], ...] = (
    spine_unknown,
    price_code_unused,
    back_empty,
    cover_for_screen,
)
