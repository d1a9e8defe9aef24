"""Sizes: how large each picture stands on the pages of an edition, and how many pixels it must have for that."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

from pressroom.design.estimates import PANORAMA
from pressroom.design.grid import grid_for, pixels
from pressroom.design.library import Layout
from pressroom.photographs import Album, Photograph, Profile, Recipe
from pressroom.publication import Edition, EpubEdition, Figure, Gallery, PdfEdition, Publication, pictures_in
from pressroom.publication.editions import MM_PER_INCH, MOST_PIXELS, FixedPages
from pressroom.rules.stores import most_pixels, rules_for

DEFAULT_RATIO = 1.5
"""Width to height of a photograph that has not arrived: most cameras'."""
EBOOK_COVER = (1600, 2400)
"""Pixels of an ebook's cover: as most shops show it, enough for the largest (Amazon asks for 1600 across) and within
what each takes (Apple: 5.6 million). A store may like another size better.
"""
PRESS_QUALITY, SCREEN_QUALITY = 92, 85
"""Of JPEGs. A screen forgives more than a magnifying glass over ink."""
PRINT_PPI = 300
"""Pixels per inch at which photographs are asked for, even where an edition shows fewer."""


def recipes(
    publication: Publication, edition: Edition, layout: Layout, album: Album, profile: Profile | None = None
) -> Mapping[str, Recipe]:
    """How large each picture of an edition must be, in pixels, and in which inks, by its figure's id."""
    wanted: dict[str, Recipe] = {}
    for _, block in publication.illustrations():
        for figure in pictures_in(block):
            photograph = album.get(figure.id)
            if photograph is None:
                continue
            if isinstance(edition, FixedPages):
                width = pixels(placed_width(block, edition, layout, photograph.ratio), edition.image_ppi)
                wanted[figure.id] = _on_fixed_page(edition, width, photograph.ratio)
            elif isinstance(edition, PdfEdition):
                width = pixels(placed_width(block, edition, layout, photograph.ratio), edition.image_ppi)
                quality = PRESS_QUALITY if edition.for_press else SCREEN_QUALITY
                height = max(1, round(width / photograph.ratio))
                wanted[figure.id] = Recipe(width, height, quality, separated_for(profile))
            elif isinstance(edition, EpubEdition):
                wanted[figure.id] = _for_readers(edition, photograph.ratio)
    return wanted


def _on_fixed_page(edition: FixedPages, width: int, ratio: float) -> Recipe:
    """A picture of a fixed layout: of one that is cropped to its place, most pixels may never be seen."""
    if width * width / ratio > MOST_PIXELS:
        width = math.isqrt(int(MOST_PIXELS * ratio)) - 1
    return Recipe(width, max(1, round(width / ratio)), edition.quality)


def _for_readers(edition: EpubEdition, ratio: float) -> Recipe:
    """A picture of an ebook: its longest side as the edition has it, and no more pixels than a store takes."""
    most = most_pixels(edition.store)
    width, height = math.isqrt(math.floor(most * ratio)), math.isqrt(math.floor(most / ratio))
    return Recipe(min(edition.image_px, width), min(edition.image_px, height), edition.quality)


def cover_size(edition: Edition) -> tuple[int, int]:
    """Width and height of an ebook's cover, in pixels, as its store likes it best."""
    liked = rules_for(edition.store).cover if isinstance(edition, EpubEdition) else None
    return (liked.value.width, liked.value.height) if liked else EBOOK_COVER


def separated_for(profile: Profile | None) -> Profile | None:
    """The profile for which pictures are brought into inks; for any other they stay in sRGB."""
    return profile if profile and profile.space == "cmyk" else None


def expected_ratio(figure: Figure, edition: Edition, layout: Layout) -> float:
    """Width to height of a photograph that has not arrived: the shape that its figure asks for, or its placement."""
    if figure.framing.aspect:
        return figure.framing.aspect
    if figure.placed.on_cover and isinstance(edition, EpubEdition):
        across, down = cover_size(edition)
        return across / down
    if figure.placed.bleeds and isinstance(edition, PdfEdition):
        width, height = grid_for(edition, layout.manifest.papers).full_page(figure)
        return width / height
    return DEFAULT_RATIO


def placed_width(block: Figure | Gallery, edition: PdfEdition, layout: Layout, ratio: float = DEFAULT_RATIO) -> float:
    """How wide a picture of this ratio stands on an edition's page, in mm; those of a gallery share the full width."""
    grid = grid_for(edition, layout.manifest.papers)
    if isinstance(block, Gallery):
        return grid.full_width / (1 if ratio > PANORAMA else min(len(block.figures), 2))
    return grid.placed_width(block, ratio)


def effective_ppi(photograph: Photograph, block: Figure | Gallery, edition: PdfEdition, layout: Layout) -> float:
    """Pixels per inch that a photograph has at the size at which it stands on an edition's page."""
    return photograph.width / (placed_width(block, edition, layout, photograph.ratio) / MM_PER_INCH)


def size_to_deliver(
    figure: Figure, block: Figure | Gallery, edition: Edition, layout: Layout
) -> dict[Literal["width", "height"], int]:
    """Width and height in pixels, rounded up to tens, at which a missing photograph should be delivered."""
    ratio = expected_ratio(figure, edition, layout)
    width = 0.0
    if isinstance(edition, EpubEdition):
        most = _for_readers(edition, ratio)
        width = min(most.width, most.height * ratio)
    if figure.placed.on_cover and isinstance(edition, EpubEdition):
        width = float(cover_size(edition)[0])
    if isinstance(edition, PdfEdition):
        width = pixels(placed_width(block, edition, layout, ratio), max(PRINT_PPI, edition.image_ppi))
    return {"width": math.ceil(width / 10) * 10, "height": math.ceil(round(width / ratio) / 10) * 10}
