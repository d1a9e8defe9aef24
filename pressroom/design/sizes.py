"""Sizes: the size of each picture on the pages of an edition, and the pixels that it needs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from pressroom.design.drawing_fonts import completed_drawing_fonts
from pressroom.design.edition_in_hand import EditionInHand
from pressroom.design.estimates import CAPTION_LEADING
from pressroom.design.gallery_rows import gallery_rows, widths
from pressroom.design.grid import Grid
from pressroom.design.sheets import widths_on_sheet
from pressroom.photographs import DrawingFonts, DrawingRecipe, Photograph, Profile, Recipe
from pressroom.publication import Edition, Figure, Gallery, pictures_in
from pressroom.publication.edition_form import PictureSize
from pressroom.publication.measures import MM_PER_INCH, pixels
from pressroom.rules.stores import most_pixels, rules_for
from pressroom.whereabouts import CACHE

DEFAULT_RATIO = 1.5
"""Ratio of width to height assumed for a missing photograph: that of most cameras."""
EBOOK_COVER = (1600, 2400)
"""The default size of an ebook's cover in pixels: enough for the shop that asks for most (Amazon: 1600 wide), and
within the limit of each (Apple: 5.6 million pixels). A store's rules may prefer another size.
"""
CAPTION_LETTERS = 3.6
"""Letters of a caption for each unit of its width, on average."""
LINE_ART_PPI = 600
"""Pixels per inch of a drawing that pages can show as a picture only: the usual least for line art."""
PRINT_PPI = 300
"""Pixels per inch requested from photographers, even where an edition needs fewer."""


def recipes(hand: EditionInHand, profile: Profile | None = None, cache: Path | None = None) -> Mapping[str, Recipe]:
    """The size in pixels, the JPEG quality and the profile of each picture of an edition, by its figure's id.

    `cache` is the folder for fonts that are kept between builds. Raises PressroomError for a damaged font of drawings,
    OSError if the cache cannot be written.
    """
    wanted: dict[str, Recipe] = {}
    needs_fonts = any(photograph.drawing.is_rendered for photograph in hand.album.values())
    fonts = completed_drawing_fonts(hand, cache or hand.layout.root / CACHE / "fonts") if needs_fonts else None
    for _, block in hand.publication.illustrations():
        for figure in pictures_in(block):
            photograph = hand.album.get(figure.id)
            if photograph is not None and (size := _picture_size(hand, figure, block, photograph.ratio)):
                wanted[figure.id] = _recipe(size, profile, _drawing_recipe(hand, figure, block, photograph, fonts))
    for figure in (figure for chapter in hand.publication.chapters() for figure in chapter.in_text):
        photograph = hand.album.get(figure.id)
        if photograph is not None and (size := _picture_size(hand, figure, figure, photograph.ratio)):
            wanted[figure.id] = _recipe(size, profile, _drawing_recipe(hand, figure, figure, photograph, fonts))
    return wanted


def _recipe(size: PictureSize, profile: Profile | None, drawing: DrawingRecipe | None) -> Recipe:
    return Recipe(size.width, size.height, size.quality, separated_for(profile) if size.in_inks else None, drawing)


def _drawing_recipe(
    hand: EditionInHand, figure: Figure, block: Figure | Gallery, photograph: Photograph, fonts: DrawingFonts | None
) -> DrawingRecipe | None:
    """How the edition shows a drawing, if that depends on the edition."""
    if fonts is None or not photograph.drawing.is_rendered:
        return None
    width = pixels(shown_width(figure, block, hand), LINE_ART_PPI)
    return DrawingRecipe(fonts, on_pages=hand.settings.editions[hand.name].ebook is None, width=width)


def _picture_size(hand: EditionInHand, figure: Figure, block: Figure | Gallery, ratio: float) -> PictureSize | None:
    """The pixels that the edition needs for a picture of this ratio; None if it does not use the picture."""
    width = shown_width(figure, block, hand)
    return hand.edition.picture_size(ratio, width, most_pixels(hand.ebook.store if hand.ebook else "generic"))


def cover_size(edition: Edition) -> tuple[int, int]:
    """The width and height of an ebook's cover in pixels that its store prefers."""
    preferred = rules_for(edition.ebook.store).cover if edition.ebook else None
    return (preferred.value.width, preferred.value.height) if preferred else EBOOK_COVER


def separated_for(profile: Profile | None) -> Profile | None:
    """The CMYK profile that pictures are separated for; None if they stay in sRGB."""
    return profile if profile and profile.space == "cmyk" else None


def expected_ratio(figure: Figure, hand: EditionInHand) -> float:
    """Ratio of width to height of a missing photograph, from its figure or its placement."""
    if figure.framing.aspect:
        return figure.framing.aspect
    if figure.placed.on_cover and hand.ebook:
        across, down = cover_size(hand.ebook)
        return across / down
    if figure.placed.bleeds and hand.grid:
        width, height = hand.grid.full_page(figure)
        return width / height
    return DEFAULT_RATIO


def shown_width(figure: Figure, block: Figure | Gallery, hand: EditionInHand) -> float:
    """The width of a picture on the edition's pages, in mm; 0 without pages. `block` is what places it."""
    if not hand.grid:
        return 0.0
    if isinstance(block, Gallery):
        on_sheet = widths_on_sheet(block, hand.grid, lambda each: _ratio(each, hand), hand.layout.manifest.pictures)
        if figure.id in on_sheet:
            return on_sheet[figure.id]
        return _gallery_widths(block, hand.grid, [_ratio(each, hand) for each in block.figures])[
            block.figures.index(figure)
        ]
    return placed_width(figure, hand.grid, _ratio(figure, hand))


def _ratio(figure: Figure, hand: EditionInHand) -> float:
    photograph = hand.album.get(figure.id)
    return photograph.ratio if photograph else expected_ratio(figure, hand)


def _gallery_widths(gallery: Gallery, grid: Grid, ratios: Sequence[float]) -> list[float]:
    """The widths of a gallery's pictures in mm. The lines of captions are estimated here; `estimates` counts them."""

    def caption(number: int, width: float) -> float:
        shown = gallery.figures[number]
        letters = len(shown.caption.text if shown.caption else "") + len(shown.credit_line)
        return math.ceil(letters / (CAPTION_LETTERS * max(1.0, width - 1))) * CAPTION_LEADING + bool(letters)

    unit, column = grid.paper.unit, grid.paper.column
    full, room = grid.full_width / unit, grid.paper.lines - 2
    below = [caption(n, column) for n, figure in enumerate(gallery.figures) if figure.number]
    found = gallery_rows(ratios, full, room, caption, sum(below) if len(below) == len(ratios) and all(below) else 0)
    return [width * unit for width in widths(ratios, found.pages, full)]


def placed_width(figure: Figure, grid: Grid, ratio: float = DEFAULT_RATIO) -> float:
    """The width of a picture of this ratio that stands by itself, in mm."""
    return grid.placed_width(figure, ratio)


def effective_ppi(photograph: Photograph, width: float) -> float:
    """The pixels per inch of a photograph that is so many mm wide."""
    return photograph.width / (width / MM_PER_INCH)


def size_to_deliver(
    figure: Figure, block: Figure | Gallery, hand: EditionInHand
) -> dict[Literal["width", "height"], int]:
    """Width and height in pixels, rounded up to tens, at which a missing photograph should be delivered."""
    ratio = expected_ratio(figure, hand)
    width = 0.0
    if hand.page and hand.grid:
        width = pixels(shown_width(figure, block, hand), max(PRINT_PPI, hand.page.image_ppi))
    elif figure.placed.on_cover and hand.ebook:
        width = float(cover_size(hand.ebook)[0])
    elif most := _picture_size(hand, figure, block, ratio):
        width = min(most.width, most.height * ratio)
    return {"width": math.ceil(width / 10) * 10, "height": math.ceil(round(width / ratio) / 10) * 10}
