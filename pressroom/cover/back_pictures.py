"""Pictures on the back of a printed cover: one photograph, or a strip of several, over its words.

They run over the head and the outer edge of the sheet and end at the fold of the spine. Text and barcode have the
colour below for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pressroom.cover.arrangement import CoverSheet
from pressroom.cover.front import on_front
from pressroom.design.edition_in_hand import EditionInHand
from pressroom.design.sizes import separated_for
from pressroom.photographs import Photograph, Profile, Recipe, Rendition
from pressroom.publication import Figure, Focus
from pressroom.publication.measures import pixels

MOST_HIGH = (0.5, 0.44, 0.38, 0.32, 0.26)
"""The shares of the page's height that pictures may take; the first at which the words have room is chosen."""
CROPPED = 1.2
"""How much higher pictures may be than their proportions ask: what they lose at their sides is under 17 %."""
GAP = 0.5
"""The space between two pictures of a strip, in units of the grid."""


@dataclass(frozen=True)
class BackPicture:
    """A picture in its place on the back. Shares are of the width of all pictures, with one gap."""

    rendition: Rendition
    alt: str
    focus: Focus
    before: float
    """The share of the pictures before it."""
    share: float
    """Its own share."""


@dataclass(frozen=True)
class BackPictures:
    """All pictures of the back."""

    pictures: tuple[BackPicture, ...]
    height: float
    """In units of the grid, from the trim."""
    gap: float = GAP


def back_recipes(hand: EditionInHand, profile: Profile | None) -> Mapping[str, Recipe]:
    """The pixels of the pictures on the back, by the ids of their figures; none for other editions than a cover."""
    page = on_front(hand).page
    shown = list(_shown(hand)) if hand.wrap and page else []
    if not page or not shown:
        return {}
    ratios, inks = [photograph.ratio for _, photograph in shown], separated_for(profile)
    recipes: dict[str, Recipe] = {}
    for figure, photograph in shown:
        share = photograph.ratio / sum(ratios)
        least = photograph.ratio * MOST_HIGH[0] * page.trim.height if len(shown) > 1 else 0.0
        width = pixels(max(share * (page.trim.width + page.bleed), least), page.image_ppi)
        recipes[figure.id] = Recipe(width, max(1, round(width / photograph.ratio)), page.picture_quality, inks)
    return recipes


def _shown(hand: EditionInHand) -> Iterator[tuple[Figure, Photograph]]:
    for figure in hand.publication.back_pictures:
        if figure.id in hand.album:
            yield figure, hand.album[figure.id]


def back_pictures(
    figures: Sequence[Figure], renditions: Mapping[str, Rendition], sheet: CoverSheet, most: float
) -> BackPictures | None:
    """The pictures of the back, as high as their proportions ask or a little higher, up to a share of the page."""
    shown = [(figure, renditions[figure.id]) for figure in figures if figure.id in renditions]
    if not shown:
        return None
    ratios = [rendition.width / rendition.height for _, rendition in shown]
    shares = [ratio / sum(ratios) for ratio in ratios]
    height = min(CROPPED * (sheet.width - GAP * (len(shown) - 1)) / sum(ratios), most * sheet.height)
    before = [0.0, *accumulate(shares)]
    pictures = (
        BackPicture(rendition, figure.alt, rendition.focus, before[n], shares[n])
        for n, (figure, rendition) in enumerate(shown)
    )
    return BackPictures(tuple(pictures), round(height, 4))
