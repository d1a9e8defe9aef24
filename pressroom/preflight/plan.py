"""Checks of the plan: of the pictures and the cover of an edition before it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pressroom.cover.front import on_front
from pressroom.design import EditionInHand, effective_ppi, shown_width
from pressroom.errors import Finding, Place, advice, warning
from pressroom.photographs import Photograph
from pressroom.publication import (
    Figure,
    Focus,
    Gallery,
    isbn_of,
    pictures_in,
)
from pressroom.publication.measures import MM_PER_INCH
from pressroom.rules.caliper import spine_faults

MOST_CROPPED = 0.25
"""The share of a photograph that may be cropped to fill a page before it is reported."""


def picture_small(hand: EditionInHand) -> Iterator[Finding]:
    """Has every photograph enough pixels for its place in print? Too few print as blur or as blocks."""
    front = on_front(hand)
    page = front.page
    if page is None or page.least_ppi is None:
        return
    for figure, block, photograph in _photographs(hand):
        width = shown_width(figure, block, front)
        ppi = effective_ppi(photograph, width)
        if ppi < page.least_ppi:
            largest = photograph.width / page.least_ppi * MM_PER_INCH
            name = photograph.file.name
            why = f"“{name}” has {ppi:.0f} ppi when it is {width:.0f} mm wide; “{hand.name}” asks for {page.least_ppi}."
            remedy = f"Use a larger file, or a placement that is at most {largest:.0f} mm wide."
            yield warning("picture-small", figure.place, why, remedy)


def pictures_reduced(hand: EditionInHand) -> Iterator[Finding]:
    """Is `image_ppi` at least `min_ppi`? Otherwise the edition reduces every picture below its own minimum."""
    edition = hand.page
    if edition and edition.image_ppi < (edition.min_ppi or 0):
        why = f"“{hand.name}” reduces its pictures to {edition.image_ppi} ppi but asks for {edition.min_ppi}, so that "
        why += "all of them have too few pixels."
        remedy = f"Raise image_ppi to {edition.min_ppi} or more; 300 is usual in print."
        yield warning("image-ppi-low", Place(f"the edition “{hand.name}”"), why, remedy)


def picture_cropped(hand: EditionInHand) -> Iterator[Finding]:
    """Does a photograph that fills the page keep most of its area? Its photographer should see what is cropped."""
    front = on_front(hand)
    if not front.page:
        return
    for figure, _, photograph in _photographs(hand):
        if not figure.placed.reaches_edges:
            continue
        wide, high = front.grid.frame(figure, photograph.ratio) if front.grid else (photograph.ratio, 1.0)
        cropped = 1 - min(wide / high, photograph.ratio) / max(wide / high, photograph.ratio)
        if cropped > MOST_CROPPED and figure.framing.focus == Focus():
            name = photograph.file.name
            why = f"In “{hand.name}”, {cropped:.0%} of “{name}” is cut away at two edges to fill the page."
            remedy = (
                'Write focus: "60% 40%" under cover to choose what stays.'
                if figure is hand.publication.cover
                else 'Write focus="60% 40%" to choose what stays, or place it .wide or .page to show all of it.'
            )
            yield advice("picture-cropped", figure.place, why, remedy)


def _photographs(hand: EditionInHand) -> Iterator[tuple[Figure, Figure | Gallery, Photograph]]:
    """Every photograph of the edition with its figure, and with the gallery or figure that places it."""
    for block in _blocks(hand):
        for figure in pictures_in(block):
            photograph = hand.album.get(figure.id)
            if photograph is not None and photograph.kind == "photograph":
                yield figure, block, photograph


def _blocks(hand: EditionInHand) -> Iterator[Figure | Gallery]:
    """The figures and galleries of an edition: the cover, and those of the chapters unless it is a printed cover."""
    if hand.publication.cover is not None and hand.edition.shows_front:
        yield hand.publication.cover
    if hand.wrap:
        return
    yield from (block for _, block in hand.publication.illustrations())


# ---- checks of a printed cover


def spine_unknown(hand: EditionInHand) -> Iterator[Finding]:
    """Is the thickness of the paper known? With a wrong spine width, the title on the spine runs over a fold."""
    if hand.wrap:
        yield from spine_faults(hand.wrap, hand.rules, hand.name, hand.place_of)


def price_code_unused(hand: EditionInHand) -> Iterator[Finding]:
    """Has the book an ISBN, beside whose barcode the price code is printed? Without it neither is printed."""
    settings, cover = hand.settings, hand.wrap
    if cover is None or not settings.cover.price_code:
        return
    if not isbn_of(settings.identifiers.get(cover.of, "")):
        why = f"The price code is not printed: it stands beside the barcode of the ISBN, and “{cover.of}” has no ISBN."
        remedy = f'Write identifiers: {{{cover.of}: "urn:isbn:978…"}}.'
        yield advice("price-code-unused", hand.place_of(("cover", "price_code")), why, remedy)


def back_empty(hand: EditionInHand) -> Iterator[Finding]:
    """Has the back of the cover a text? Readers who turn the book over want to know what it is about."""
    if hand.wrap and not hand.publication.back:
        why = "The back of the cover has no text: readers who turn the book over do not learn what it is about."
        remedy = "Write a description, or a text for the cover alone under cover: back:."
        yield advice("back-empty", hand.place(), why, remedy)


def cover_for_screen(hand: EditionInHand) -> Iterator[Finding]:
    """Does the cover belong to a press edition? A PDF for the screen has no bleed, and too few pixels."""
    cover = hand.wrap
    book = hand.settings.editions.get(cover.of) if cover else None
    if cover and book and book.page and not book.for_press:
        why = (
            f"“{cover.of}” is made for the screen (no bleed, marks or printer), but a printed cover goes around a book "
        )
        why += "from the press."
        remedy = "Name the edition that goes to the printer, for example for: print."
        yield advice("cover-for-screen", hand.place("for"), why, remedy)


COVER_CHECKS: tuple[Callable[[EditionInHand], Iterator[Finding]], ...] = (
    spine_unknown,
    price_code_unused,
    back_empty,
    cover_for_screen,
)
