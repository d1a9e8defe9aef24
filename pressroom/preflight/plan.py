"""What can be said of an edition before it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pressroom.cover.front import front_of, has_cover
from pressroom.design import Layout, effective_ppi, expected_ratio, placed_width
from pressroom.errors import Finding, Place, advice, warning
from pressroom.forms import PlaceOf
from pressroom.photographs import Album, Photograph
from pressroom.publication import (
    CoverEdition,
    Edition,
    Figure,
    Focus,
    Framing,
    Gallery,
    PdfEdition,
    Publication,
    isbn_of,
    pictures_in,
)
from pressroom.publication.editions import MM_PER_INCH
from pressroom.rules.caliper import spine_faults

MOST_CROPPED = 0.25
"""Share of a photograph that may be cut away to fill a page without a word."""


@dataclass(frozen=True)
class Plan:
    """An edition that is about to be made."""

    publication: Publication
    name: str
    layout: Layout
    album: Album
    place_of: PlaceOf = lambda _: Place("book/publication.yaml")
    """Where a key of publication.yaml stands."""


def picture_small(plan: Plan) -> Iterator[Finding]:
    """Has every photograph enough pixels for its place in print? Too few print as blur or blocks."""
    edition = front_of(plan.publication.settings.editions[plan.name], plan.publication.settings)
    if not isinstance(edition, PdfEdition) or edition.min_ppi is None:
        return
    for figure, block, photograph in _photographs(plan):
        width = placed_width(block, edition, plan.layout, photograph.ratio)
        ppi = effective_ppi(photograph, block, edition, plan.layout)
        if ppi < edition.min_ppi:
            largest = photograph.width / edition.min_ppi * MM_PER_INCH
            name = photograph.file.name
            why = f"“{name}” has {ppi:.0f} ppi at {width:.0f} mm; “{plan.name}” asks for {edition.min_ppi}."
            remedy = f"Deliver a larger file, or place it at most {largest:.0f} mm wide."
            yield warning("picture-small", figure.place, why, remedy)


def pictures_reduced(plan: Plan) -> Iterator[Finding]:
    """Does the edition keep as many pixels as it asks for? Else every picture of it falls short."""
    edition = plan.publication.settings.editions[plan.name]
    if isinstance(edition, PdfEdition) and edition.image_ppi < (edition.min_ppi or 0):
        why = f"“{plan.name}” reduces its pictures to {edition.image_ppi} ppi and asks for {edition.min_ppi}; "
        why += "all of them fall short."
        place = Place(f"the edition “{plan.name}”")
        yield warning(
            "image-ppi-low", place, why, f"Raise image_ppi to {edition.min_ppi} or more; 300 is usual in print."
        )


def picture_cropped(plan: Plan) -> Iterator[Finding]:
    """Is much of a photograph cut away where it fills the page? Its maker should see what is left."""
    edition = front_of(plan.publication.settings.editions[plan.name], plan.publication.settings)
    if not isinstance(edition, PdfEdition):
        return
    for figure, _, photograph in _photographs(plan):
        if not figure.placed.bleeds:
            continue
        frame = expected_ratio(replace(figure, framing=Framing()), edition, plan.layout)
        lost = 1 - min(frame, photograph.ratio) / max(frame, photograph.ratio)
        if lost > MOST_CROPPED and figure.framing.focus == Focus():
            name = photograph.file.name
            why = f"In “{plan.name}”, {lost:.0%} of “{name}” is cut away at both sides to fill the page."
            remedy = (
                'Say with focus="60% 40%" what must stay in frame, or place it .wide or .page, where nothing is cut.'
            )
            yield advice("picture-cropped", figure.place, why, remedy)


def _photographs(plan: Plan) -> Iterator[tuple[Figure, Figure | Gallery, Photograph]]:
    """Every photograph of the edition, with its figure and the gallery that it stands in."""
    for block in _shown(plan, plan.publication.settings.editions[plan.name]):
        for figure in pictures_in(block):
            photograph = plan.album.get(figure.id)
            if photograph is not None and photograph.kind == "photograph":
                yield figure, block, photograph


def _shown(plan: Plan, edition: Edition) -> Iterator[Figure | Gallery]:
    if plan.publication.cover is not None and has_cover(edition):
        yield plan.publication.cover
    if isinstance(edition, CoverEdition):
        return
    yield from (block for _, block in plan.publication.illustrations())


# ---- Questions about a printed cover before it is made.


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
        remedy = f'Write identifiers: {{{edition.of}: "urn:isbn:978…"}}.'
        yield advice("price-code-unused", plan.place_of(("cover", "price_code")), why, remedy)


def back_empty(plan: Plan) -> Iterator[Finding]:
    """Does the back say something? Who turns the book over wants to know what it is about."""
    edition = plan.publication.settings.editions[plan.name]
    if isinstance(edition, CoverEdition) and not plan.publication.back:
        why = "The back of the cover says nothing of the book: there is neither a description nor a text for it."
        remedy = "Write a description, or under cover: back: what only the cover says."
        yield advice("back-empty", plan.place_of(("editions", plan.name)), why, remedy)


def cover_for_screen(plan: Plan) -> Iterator[Finding]:
    """Is the book one for a press? A screen's edition has no bleed, and its pictures too few pixels."""
    editions = plan.publication.settings.editions
    edition = editions[plan.name]
    book = editions.get(edition.of) if isinstance(edition, CoverEdition) else None
    if isinstance(edition, CoverEdition) and isinstance(book, PdfEdition) and not book.for_press:
        why = f"“{edition.of}” is made for the screen: it has no bleed, marks or printer. Its cover is for a press."
        remedy = "Name the edition that goes to the printer, as in for: print."
        yield advice("cover-for-screen", plan.place_of(("editions", plan.name, "for")), why, remedy)


COVER_CHECKS: tuple[Callable[[Plan], Iterator[Finding]], ...] = (
    spine_unknown,
    price_code_unused,
    back_empty,
    cover_for_screen,
)
