"""Sizes: how large each picture stands on the pages of an edition, and how many pixels it must have for that."""

from __future__ import annotations

from collections.abc import Mapping

from pressroom.layouts.grid import grid_for, pixels
from pressroom.layouts.library import Layout
from pressroom.layouts.makeup import PANORAMA
from pressroom.photographs import Album, Recipe
from pressroom.publication import Edition, EpubEdition, Figure, Gallery, PdfEdition, Publication

DEFAULT_RATIO = 1.5
"""Width to height of a photograph that has not arrived: most cameras'."""
PRINT_PPI = 300
"""Pixels per inch at which photographs are asked for, even where an edition shows fewer."""


def recipes(publication: Publication, edition: Edition, layout: Layout, album: Album) -> Mapping[str, Recipe]:
    """How large each picture of an edition must be, in pixels, by its figure's id."""
    wanted: dict[str, Recipe] = {}
    for _, block in publication.illustrations():
        for figure in block.figures if isinstance(block, Gallery) else (block,):
            photograph = album.get(figure.id)
            if photograph is None:
                continue
            if isinstance(edition, PdfEdition):
                width = pixels(placed_width(block, edition, layout, photograph.ratio), edition.image_ppi)
                wanted[figure.id] = Recipe(width, max(1, round(width / photograph.ratio)))
            elif isinstance(edition, EpubEdition):
                wanted[figure.id] = Recipe(edition.image_px, edition.image_px)
    return wanted


def placed_width(block: Figure | Gallery, edition: PdfEdition, layout: Layout, ratio: float = DEFAULT_RATIO) -> float:
    """How wide a picture of this ratio stands on an edition's page, in mm; those of a gallery share the full width."""
    grid = grid_for(edition, layout.manifest.papers)
    if isinstance(block, Gallery):
        return grid.full_width / (1 if ratio > PANORAMA else min(len(block.figures), 2))
    return grid.placed_width(block, ratio)


def size_to_deliver(block: Figure | Gallery, edition: Edition, layout: Layout) -> dict[str, int]:
    """Width and height in pixels, rounded up to tens, at which a missing photograph should be delivered."""
    width = edition.image_px if isinstance(edition, EpubEdition) else 0
    if isinstance(edition, PdfEdition):
        width = pixels(placed_width(block, edition, layout), max(PRINT_PPI, edition.image_ppi))
    return {"width": -(-width // 10) * 10, "height": -(-round(width / DEFAULT_RATIO) // 10) * 10}
