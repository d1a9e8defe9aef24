"""Estimates of how pictures and captions fit on a page, where CSS cannot measure it. Lengths are units of the grid.

A style sheet cannot count the lines of a caption, nor choose the rows of a gallery. This module estimates both from the
widths of the font's characters, for the templates.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pressroom.design.caption_places import HostedCaptions
from pressroom.design.fonts import line_count
from pressroom.design.gallery_rows import BETWEEN, RowPage, fits, gallery_rows, row_ratio, screen_rows
from pressroom.design.grid import Grid, Paper
from pressroom.design.picture_fits import FigureFit, GalleryFit, Row
from pressroom.design.sheets import SheetLook, beside_fold, rows_by_tree, sheet_of, type_area
from pressroom.publication import FOOT, IN_MANUSCRIPTS, SMALL, SMALL_SHARE, Caption, Figure, Gallery

CAPTION_SIZE, CAPTION_LEADING = 0.5556, 0.75
"""Size and line height of captions: four of their lines are as high as three of the text."""
CAPTION_DROP = 0.25
"""The least distance of a caption's last baseline below that of the text line in its place."""
SURE = 0.985
"""Share of the measure in which caption lines are counted: one line too many leaves some white space, but one too few
would push the text off its grid.
"""
SMALLEST_FIT_ALONE = 0.3
"""The least share of the width of a picture of a gallery that has a page for itself."""
UNDER_PICTURE = 1.0
"""What a picture with a caption takes in lines below it, but for the caption."""
SMALLEST = 8
"""The least height of a picture in lines, however long its caption is."""
LETTERS = 2.8
"""Letters of text per unit of the measure."""
OPTICAL_CENTRE = 0.4
"""Share of the white space that is above a picture; at half, the picture would look too low."""
CAPTION_BAND = 3
"""Lines that captions below pictures on a page of their own take at least: facing pictures of one shape are alike then,
although one caption has a line more.
"""
_EVEN_HEADS = 5
"""Lines below a picture alone on its page that move it no higher: facing pictures of one size begin at one height."""
BAND = 30
"""The greatest width of captions that run on below the pictures of a page, in units: longer lines are hard to read."""
LONG = 6
"""Lines of a caption that is as wide as text from then on, though its picture is narrower: it would be a strip."""
NARROWEST_BLOCK = 22.0
"""The least width of captions that run on below several pictures, in units, if the page has it: as in page.css."""
NARROWEST_BESIDE = 6.0
"""The least width of a caption beside a picture that is alone on its page, in units."""
_TRIES = 6
"""How often the lines of captions are counted that are as wide as a block of pictures whose size depends on them."""
ROOM_FOR_NOTES = 4
"""Lines kept free at the foot of the page for the notes that a caption calls."""


@dataclass(frozen=True)
class Estimates:
    """Estimates for the pages of an edition; without a paper (an ebook) nothing is measured."""

    ratio_of: Callable[[Figure], float]
    paper: Paper | None = None
    widths: Mapping[str, float] = field(default_factory=dict)
    """Widths of the caption font's characters, in ems."""
    with_credits: bool = True
    """Whether credits are printed under the pictures."""
    captions_below: bool = False
    """Whether captions are never in the margin."""
    captions_beside: bool = False
    """Whether captions of pictures alone on their pages stand beside them."""
    elsewhere: str = ""
    """The longest reference that a caption may have to a picture on another page."""
    is_whole: Callable[[Figure], bool] = lambda _: False
    """Whether a picture must not be cropped."""
    look: SheetLook = field(default_factory=SheetLook)
    """How pages of several pictures look."""
    longest_place: str = ""
    """The longest word for a picture's place among others."""
    grid: Grid | None = None
    hosted: HostedCaptions = field(default_factory=dict)
    """Whose captions stand on the page of another picture."""
    caption_drop: float = CAPTION_DROP
    """The distance of a caption's last baseline below that of a text line, from the fonts."""

    @property
    def letters_in_a_line(self) -> int:
        """The letters of a list entry that fit in a line beside page number and leader; 0 without a paper."""
        return int(self.paper.column * LETTERS - 9) if self.paper else 0

    def figure(self, figure: Figure) -> FigureFit:
        """The fit of a figure and its caption on the page."""
        fit = self._figure(figure)
        goes_on = fit.goes_on or (figure.placed.floats and fit.below) or self._goes_on(fit.rows + fit.notes)
        fit = replace(fit, goes_on=goes_on)
        return replace(fit, fall=self._fall(figure, fit)) if figure.placed.is_plate and self.paper else fit

    def _goes_on(self, rows: int) -> bool:
        return self.paper is not None and rows + SMALLEST > self.paper.lines

    def _fall(self, figure: Figure, fit: FigureFit) -> int:
        assert self.paper is not None
        ratio, below = self.ratio_of(figure), fit.rows + 1 if fit.below or self.ratio_of(figure) >= 1 else 0
        if self._in_type_area(figure):
            below = _below(fit.rows) if fit.below else 0
            height = round(self._plate_width(figure, below + fit.notes) / ratio)
            below = max(below, _EVEN_HEADS)
        else:
            most = max(SMALLEST, self.paper.lines - below - fit.notes)
            width = self._full if figure.placed.full_width and ratio >= 1 else self.paper.column
            height = round(min(most, round(width / ratio)) * (SMALL_SHARE if SMALL in figure.classes else 1))
        return max(0, int((self.paper.lines - height - below - fit.notes) * OPTICAL_CENTRE))

    def _figure(self, figure: Figure) -> FigureFit:
        paper, ratio = self.paper, self.ratio_of(figure)
        if paper is None:
            return FigureFit()
        text, notes = self._words(figure), _room_for_notes((figure.caption,))
        if self._in_type_area(figure):
            return self._plate(figure, text, notes)
        if figure.placed.to_head:
            fit = FigureFit(self._rows(text, self._width_at_head(figure)), notes=notes)
            inside = replace(figure, placed=IN_MANUSCRIPTS["page"])
            return replace(self._figure(inside), inside=True) if self._goes_on(fit.rows + notes) else fit
        in_margin = (figure.placed.in_margin and FOOT not in figure.classes) or (figure.placed.is_plate and ratio < 1)
        if figure.placed.floats:
            rows = self._rows(text, paper.beside)
            if rows + SMALLEST + notes > paper.lines:  # a float must fit on one page
                return FigureFit(self._rows(text, paper.column), below=True, notes=notes)
            return FigureFit(rows, notes=notes)
        if not in_margin or paper.narrow:
            return FigureFit(self._rows(text, paper.column), notes=notes)
        rows = self._rows(text, paper.aside)
        too_long = rows > paper.column * figure.share / ratio or (self.captions_below and text)
        too_long = too_long or figure.id in self.hosted  # one below the other, each as long as it is
        if figure.caption_apart:  # beside the text of another page, which may be the first one of a chapter
            too_long = rows > paper.lines - paper.sink
        if too_long:
            return FigureFit(self._rows(text, paper.column), below=True, notes=notes)
        return FigureFit(rows, notes=notes)

    def _in_type_area(self, figure: Figure) -> bool:
        return figure.placed.is_plate and self.look.plates == "in the type area"

    def _plate_width(self, figure: Figure, below: float) -> float:
        """The width of a picture alone on its page, in units, where so many lines stay free below it."""
        assert self.paper is not None
        ratio = self.ratio_of(figure)
        width = min(self._full, max(SMALLEST, self.paper.lines - below) * ratio)
        return width * (SMALL_SHARE if SMALL in figure.classes else 1)

    def _width_at_head(self, figure: Figure) -> float:
        """The width of the caption below a picture that reaches the head, in units. At the fore edge it may have to be
        as far from the fold as from the fore edge, since a style sheet does not know on which side the page is.
        """
        assert self.paper is not None and self.grid is not None
        inset = self.paper.side + self.grid.bleed / self.paper.unit if figure.placement == "edge" else 0.0
        return min(BAND, self.grid.trim.width / self.paper.unit - 2 * self.paper.side - inset)

    def _plate(self, figure: Figure, text: str, notes: int) -> FigureFit:
        """A picture in the middle of the type area. Its caption stands beside it where it may and can."""
        if not text:
            return FigureFit(notes=notes)
        white = (self._full - self._plate_width(figure, notes)) / 2 - 1
        if self.captions_beside and white >= NARROWEST_BESIDE and figure.id not in self.hosted:
            rows = self._rows(text, white)
            if rows <= self._plate_width(figure, notes) / self.ratio_of(figure):
                return FigureFit(rows, notes=notes)
        rows = 0
        for _ in range(2):  # a picture over more lines is narrower, and so is its caption
            rows = self._rows(text, self._plate_width(figure, _below(rows) + notes))
        if as_text := rows > LONG:
            rows = self._rows(text, min(self._full, BAND))
        return FigureFit(max(rows, CAPTION_BAND - 1), below=True, notes=notes, as_text=as_text)

    def gallery(self, gallery: Gallery) -> GalleryFit:
        """The rows of a gallery, on as few pages as there can be; each page's rows are as large as fits.

        Captions that leave no room for rows have their pictures one to a page, each over a caption of full width.
        """
        figures, ratios = gallery.figures, [self.ratio_of(figure) for figure in gallery.figures]
        if self.paper is None:
            by_tree = [self._row(row) for row in rows_by_tree(gallery)]
            return GalleryFit(
                tuple(by_tree or (self._row(figures[row.start : row.stop]) for row in screen_rows(ratios)))
            )
        if sheet := self._over(gallery) or self._sheet(gallery):
            return sheet
        caption_rows = self._rows(self._words(gallery), self.paper.column) if gallery.caption else 0
        notes = _room_for_notes((gallery.caption, *(f.caption for f in figures)))
        room = self.paper.lines - caption_rows - notes - 1
        own = [self._rows(self._words(f), self.paper.column) if is_captioned(f) and f.number else 0 for f in figures]
        below = sum(own) + 1 if all(own) else 0  # and what the foot of each row leaves of a line
        found = gallery_rows(ratios, self._full, room, lambda n, wide: self._caption_height(figures[n], wide), below)
        room -= below if found.gathered else 0
        rows: list[Row] = []
        for page in found.pages:
            first, *others = self._page_of_rows(figures, page, room, captions=not found.gathered)
            left = room - sum(map(self._height, (first, *others)))
            fall = max(0, int(left * OPTICAL_CENTRE)) if gallery.placed.is_plate else 0
            rows += [replace(first, begins_page=bool(rows), fall=fall), *others]
        under = {f.id: (own[n], sum(own[n + 1 :])) for n, f in enumerate(figures)} if found.gathered else {}
        return GalleryFit(tuple(rows), caption_rows, len(found.pages), under, sum(own) if found.gathered else 0)

    def _over(self, gallery: Gallery) -> GalleryFit | None:
        """A picture over the fold with small ones beside it, their captions below them."""
        large, grid = gallery.large, self.grid
        if large is None or grid is None:
            return None
        width, _ = grid.column_beside(replace(large, placed=gallery.placed), self.ratio_of(large))
        blocks: tuple[Figure | Gallery, ...] = (*gallery.figures, gallery)
        words = " ".join(f"{self.longest_place} {self._words(block)}" for block in blocks)
        below = self._rows(words, width / grid.paper.unit) + _room_for_notes((gallery.caption,))
        sheet = beside_fold(gallery, grid, self.ratio_of, (below + 1) * grid.paper.unit, self.look)
        return GalleryFit((), below, sheet=sheet) if sheet else None

    def _sheet(self, gallery: Gallery) -> GalleryFit | None:
        """A gallery by its tree, over as much of the type area as its captions leave, which run on below it."""
        assert self.paper is not None
        captioned = (f for f in gallery.figures if f.caption or f.credit_line or f.described)
        blocks: tuple[Figure | Gallery, ...] = (*captioned, gallery)
        words = " ".join(f"{self.longest_place} {self._words(block)}" for block in blocks)
        notes = _room_for_notes((gallery.caption, *(f.caption for f in gallery.figures)))
        width, fit = min(self.paper.column, BAND), None
        for _ in range(_TRIES):  # captions are as wide as the block, which is narrower where more lines stand below it
            rows = self._rows(words, width)
            if 2 * rows > self.paper.lines:  # each caption stands under its own picture
                break
            area = type_area(self.paper, _below(rows) + notes)
            sheet = sheet_of(gallery, area, self.ratio_of, self.look, self.is_whole)
            if sheet is None:
                break
            fit = GalleryFit((), rows, sheet=sheet)
            width = self._full - 2 * sheet.start / self.paper.unit
            width = min(max(width, NARROWEST_BLOCK), self._full, BAND)
            if self._rows(words, width) <= rows:
                break
        return fit

    def _page_of_rows(self, figures: Sequence[Figure], page: RowPage, room: float, *, captions: bool) -> list[Row]:
        """The rows of a page; a picture that has it for itself is as large as its caption allows."""
        if page.worth:
            rows = [self._row(tuple(figures[row.start : row.stop]), page.fit) for row in page.rows]
            return rows if captions else [replace(row, rows=0) for row in rows]
        [only] = page.rows
        tried = [self._row(tuple(figures[only.start : only.stop]), fit, alone=True) for fit in fits(SMALLEST_FIT_ALONE)]
        return [next((row for row in tried if self._height(row) <= room), tried[-1])]

    def _row(self, figures: tuple[Figure, ...], fit: float = 1.0, *, alone: bool = False) -> Row:
        ratio = row_ratio([self.ratio_of(figure) for figure in figures])
        width = self._full * fit / ratio
        heights = (self._caption_rows(f, self._full if alone else width * self.ratio_of(f)) for f in figures)
        return Row(figures, ratio, rows := max(heights), fit, alone, goes_on=self._goes_on(rows))

    def _caption_height(self, figure: Figure, width: float) -> float:
        """The height of a picture's caption in a gallery, with the space above it."""
        rows = self._caption_rows(figure, width)
        return rows + UNDER_PICTURE if rows else 0

    def _caption_rows(self, figure: Figure, width: float) -> int:
        """Lines of the text under a picture of a gallery, which is a little narrower; 0 without one, and on screens."""
        return self._rows(self._words(figure), width - 1.3) if self.paper and is_captioned(figure) else 0

    def _height(self, row: Row) -> float:
        """The height of a row with its captions, in units."""
        return self._full * row.fit / row.ratio + row.rows + (UNDER_PICTURE if row.rows else 0) + BETWEEN

    @property
    def _full(self) -> float:
        paper = self.paper
        if paper is None or paper.narrow:
            return paper.column if paper else 0.0
        return paper.aside + paper.gap + paper.column

    def credit_of(self, block: Figure | Gallery) -> str:
        """The credit as it is printed under a picture."""
        return block.credit_line if self.with_credits and isinstance(block, Figure) else ""

    def _words(self, block: Figure | Gallery) -> str:
        """All the text under a picture, with a description below its heading."""
        described = "\n".join(("\n.", *block.described)) if isinstance(block, Figure) and block.described else ""
        where = self.elsewhere if block.caption_apart else ""
        texts = (where, block.number, block.caption.text if block.caption else "", self.credit_of(block))
        paragraphs = block.caption.xhtml.count('<span class="paragraph">') if block.caption else 0
        guests = "".join(f"\n{self.elsewhere} {self._words(guest)}" for guest in self.hosted.get(block.id, ()))
        return " ".join(filter(None, texts)) + "\n." * paragraphs + described + guests

    def _rows(self, text: str, width: float) -> int:
        """The height of a caption in lines of text, rounded up so that its last line does not go below them."""
        lines = sum(line_count(part, width * SURE / CAPTION_SIZE, self.widths) for part in text.split("\n"))
        return math.ceil(lines * CAPTION_LEADING + self.caption_drop)


def _below(rows: int) -> int:
    """The lines that captions of so many take below pictures on a page of their own."""
    return max(rows + 1, CAPTION_BAND)


def is_captioned(figure: Figure) -> bool:
    """Whether a picture of a gallery has text of its own."""
    return bool(figure.caption or figure.credit_line or figure.described)


def _room_for_notes(captions: Sequence[Caption | None]) -> int:
    return ROOM_FOR_NOTES if any(c and "noteref" in c.xhtml for c in captions) else 0
