"""The plan: questions about the pictures and the cover of an edition before it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pressroom.cover.front import on_front
from pressroom.design import EditionInHand, effective_ppi, expected_ratio, placed_width
from pressroom.errors import Finding, Place, advice, warning
from pressroom.photographs import Photograph
from pressroom.publication import (
    Figure,
    Focus,
    Framing,
    Gallery,
    isbn_of,
    pictures_in,
)
from pressroom.publication.measures import MM_PER_INCH
from pressroom.rules.caliper import spine_faults

MOST_CROPPED = 0.25
"""Share of a photograph that may be cut away to fill a page without a word."""


def picture_small(hand: EditionInHand) -> Iterator[Finding]:
    """Has every photograph enough pixels for its place in print? Too few print as blur or blocks."""
    front = on_front(hand)
    page, grid = front.page, front.grid
    if page is None or grid is None or page.min_ppi is None:
        return
    for figure, block, photograph in _photographs(hand):
        width = placed_width(block, grid, photograph.ratio)
        ppi = effective_ppi(photograph, block, grid)
        if ppi < page.min_ppi:
            largest = photograph.width / page.min_ppi * MM_PER_INCH
            name = photograph.file.name
            why = f"“{name}” has {ppi:.0f} ppi at {width:.0f} mm; “{hand.name}” asks for {page.min_ppi}."
            remedy = f"Deliver a larger file, or place it at most {largest:.0f} mm wide."
            yield warning("picture-small", figure.place, why, remedy)


def pictures_reduced(hand: EditionInHand) -> Iterator[Finding]:
    """Does the edition keep as many pixels as it asks for? Else every picture of it falls short."""
    edition = hand.page
    if edition and edition.image_ppi < (edition.min_ppi or 0):
        why = f"“{hand.name}” reduces its pictures to {edition.image_ppi} ppi and asks for {edition.min_ppi}; "
        why += "all of them fall short."
        place = Place(f"the edition “{hand.name}”")
        yield warning(
            "image-ppi-low", place, why, f"Raise image_ppi to {edition.min_ppi} or more; 300 is usual in print."
        )


def picture_cropped(hand: EditionInHand) -> Iterator[Finding]:
    """Is much of a photograph cut away where it fills the page? Its maker should see what is left."""
    front = on_front(hand)
    if not front.page:
        return
    for figure, _, photograph in _photographs(hand):
        if not figure.placed.bleeds:
            continue
        frame = expected_ratio(replace(figure, framing=Framing()), front)
        lost = 1 - min(frame, photograph.ratio) / max(frame, photograph.ratio)
        if lost > MOST_CROPPED and figure.framing.focus == Focus():
            name = photograph.file.name
            why = f"In “{hand.name}”, {lost:.0%} of “{name}” is cut away at both sides to fill the page."
            remedy = (
                'Say with focus="60% 40%" what must stay in frame, or place it .wide or .page, where nothing is cut.'
            )
            yield advice("picture-cropped", figure.place, why, remedy)


def _photographs(hand: EditionInHand) -> Iterator[tuple[Figure, Figure | Gallery, Photograph]]:
    """Every photograph of the edition, with its figure and the gallery that it stands in."""
    for block in _shown(hand):
        for figure in pictures_in(block):
            photograph = hand.album.get(figure.id)
            if photograph is not None and photograph.kind == "photograph":
                yield figure, block, photograph


def _shown(hand: EditionInHand) -> Iterator[Figure | Gallery]:
    if hand.publication.cover is not None and hand.edition.shows_front:
        yield hand.publication.cover
    if hand.wrap:
        return
    yield from (block for _, block in hand.publication.illustrations())


# ---- Questions about a printed cover before it is made.


def spine_unknown(hand: EditionInHand) -> Iterator[Finding]:
    """Does somebody say how thick the paper is? On a spine too wide or too narrow the title is bent around an edge."""
    if hand.wrap:
        yield from spine_faults(hand.wrap, hand.rules, hand.name, hand.place_of)


def price_code_unused(hand: EditionInHand) -> Iterator[Finding]:
    """Has the price a barcode to stand beside? Without an ISBN there is none."""
    settings, cover = hand.settings, hand.wrap
    if cover is None or not settings.cover.price_code:
        return
    if not isbn_of(settings.identifiers.get(cover.of, "")):
        why = f"The cover has no barcode, so that the price stands in none: “{cover.of}” has no ISBN."
        remedy = f'Write identifiers: {{{cover.of}: "urn:isbn:978…"}}.'
        yield advice("price-code-unused", hand.place_of(("cover", "price_code")), why, remedy)


def back_empty(hand: EditionInHand) -> Iterator[Finding]:
    """Does the back say something? Who turns the book over wants to know what it is about."""
    if hand.wrap and not hand.publication.back:
        why = "The back of the cover says nothing of the book: there is neither a description nor a text for it."
        remedy = "Write a description, or under cover: back: what only the cover says."
        yield advice("back-empty", hand.place(), why, remedy)


def cover_for_screen(hand: EditionInHand) -> Iterator[Finding]:
    """Is the book one for a press? A screen's edition has no bleed, and its pictures too few pixels."""
    cover = hand.wrap
    book = hand.settings.editions.get(cover.of) if cover else None
    if cover and book and book.page and not book.for_press:
        why = f"“{cover.of}” is made for the screen: it has no bleed, marks or printer. Its cover is for a press."
        remedy = "Name the edition that goes to the printer, as in for: print."
        yield advice("cover-for-screen", hand.place("for"), why, remedy)


COVER_CHECKS: tuple[Callable[[EditionInHand], Iterator[Finding]], ...] = (
    spine_unknown,
    price_code_unused,
    back_empty,
    cover_for_screen,
)
