"""Pictures to pace: what the pacing is told of a publication: its pictures and the text between them, and its paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pressroom.design.estimates import CAPTION_BAND, LETTERS
from pressroom.design.grid import Grid, grid_for
from pressroom.design.library import Layout
from pressroom.pacing import PacingPaper, PictureToPace, weights_of
from pressroom.photographs import Album, SeenPicture
from pressroom.publication import (
    COLUMN,
    Block,
    Chapter,
    Figure,
    Focus,
    Gallery,
    PdfEdition,
    Prose,
    Settings,
    pictures_in,
)
from pressroom.xhtml import read_fragment, text_of

_PRESS_PPI, _SCREEN_PPI = 150, 100
"""The least resolution that is arranged, where the edition asks for none."""
_TO_COME = (6000, 4000)
"""The pixels of a photograph that has not arrived."""
_SUNK = 3
"""The share of a page, one to so many, that stays white above the text on it."""
_PICTURE_IN_TEXT = 700
"""The letters for which a picture stands that is set among text."""


def pacing_paper(settings: Settings, layout: Layout) -> PacingPaper:
    """The paper that is arranged for: that of the first press edition, else of the first PDF, else of the layout."""
    pages = [edition.page for edition in settings.editions.values() if edition.page and not edition.wrap]
    page = next((page for page in pages if page.for_press), pages[0] if pages else None)
    page = page or PdfEdition(format="pdf", trim=layout.manifest.papers[0].trim)
    grid = grid_for(page, layout.manifest.papers)
    unit, trim = grid.paper.unit, grid.trim
    side = (trim.width - grid.full_width) / 2
    head, captions = grid.paper.head * unit, CAPTION_BAND * unit
    chapters = next((side for side in ("verso", "next") if layout.options.has("chapters", side)), "recto")
    return PacingPaper(
        width=trim.width,
        height=trim.height,
        inner=side,
        outer=side,
        head=head,
        foot=trim.height - head - grid.paper.lines * unit,
        captions=captions,
        gap=layout.manifest.pictures.gap,
        bleed=page.bleed,
        beside=2,
        ppi=page.min_ppi or (_PRESS_PPI if page.for_press else _SCREEN_PPI),
        letters=max(1, int(_letters_of_a_page(grid))),
        chapters=chapters,  # type: ignore[arg-type]  # one of its three words
    )


def _letters_of_a_page(grid: Grid) -> float:
    return grid.paper.column * LETTERS * grid.paper.lines


def is_free(block: Block) -> bool:
    """Whether no word says where a picture or a gallery stands."""
    if isinstance(block, Figure):
        return block.placed == COLUMN and not block.is_told and block.share == 1
    return isinstance(block, Gallery) and block.placed == COLUMN


def has_pages(block: Block) -> bool:
    """Whether words give a picture or a gallery pages of its own."""
    return isinstance(block, Figure | Gallery) and (block.placed.own_page or block.placed.two_pages)


class PicturesToPace:
    """Makes the pictures to pace of chapters. `seen` has what was seen in each, by the id of its figure."""

    def __init__(self, album: Album, seen: Mapping[str, SeenPicture], paper: PacingPaper) -> None:
        self.album, self.seen, self.paper = album, seen, paper
        signals, stars = [each.sight.signals for each in seen.values()], [each.stars for each in seen.values()]
        self.sink = paper.letters // _SUNK
        """The letters for which there is no room above text: it begins lower on a page of its own, as chapters do."""
        self.weights = dict(zip(seen, weights_of(signals, stars), strict=True))

    def of(self, chapter: Chapter) -> Iterator[PictureToPace]:
        """The pictures of a chapter that have pages of their own, in their order."""
        title = len(chapter.title) + self.sink
        text, opens = title, True
        for block in chapter.blocks:
            if isinstance(block, Figure | Gallery) and (is_free(block) or has_pages(block)):
                for figure in pictures_in(block):
                    picture = self._picture(figure, block)
                    yield replace(picture, text=text, opens=opens, under_title=opens and text == title)
                    text, opens = 0, False
            elif letters := letters_in(block):
                text += letters if text else letters + self.sink

    def _picture(self, figure: Figure, block: Figure | Gallery) -> PictureToPace:
        photograph, seen = self.album.get(figure.id), self.seen.get(figure.id, SeenPicture())
        width, height = (photograph.width, photograph.height) if photograph else _TO_COME
        focus = photograph.focus if photograph and figure.framing.focus != Focus() else None
        is_gallery = isinstance(block, Gallery)
        return PictureToPace(
            figure.id,
            width,
            height,
            self.weights.get(figure.id, 0.5),
            seen.sight,
            letters=len(figure.caption.text if figure.caption else "") + len(figure.credit_line),
            faces=seen.faces,
            focus=(focus.x / 100, focus.y / 100) if focus else None,
            words=() if is_free(block) else (block.placed.name, *_modifiers(block)),
            group=block.id if is_gallery else "",
            tree=block.tree if isinstance(block, Gallery) else "",
        )


def _modifiers(block: Figure | Gallery) -> tuple[str, ...]:
    return tuple(word for word in block.placed.modifiers if word in block.classes)


def letters_in(block: Block) -> int:
    """The letters of a block of text; a picture among text stands for some lines."""
    if isinstance(block, Prose):
        return len(text_of(read_fragment(block.xhtml, recover=True)).strip())
    return _PICTURE_IN_TEXT
