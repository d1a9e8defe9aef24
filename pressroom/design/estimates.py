"""Estimates of how pictures and captions fit on a page, where CSS cannot measure it. Lengths are units of the grid.

A style sheet cannot count the lines of a caption, nor choose the rows of a gallery. This module estimates both from the
widths of the font's characters, for the templates.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pressroom.design.caption_places import HostedCaptions
from pressroom.design.fonts import line_count
from pressroom.design.grid import Grid, Paper
from pressroom.design.sheets import SheetLook, SheetOfPictures, beside_fold, rows_by_tree, sheet_of
from pressroom.publication import FOOT, SMALL, SMALL_SHARE, Caption, Figure, Gallery

CAPTION_SIZE, CAPTION_LEADING = 0.5556, 0.75
"""Size and line height of captions: four of their lines are as high as three of the text."""
CAPTION_DROP = 0.25
"""The least distance of a caption's last baseline below that of the text line in its place."""
SURE = 0.985
"""Share of the measure in which caption lines are counted: one line too many leaves some white space, but one too few
would push the text off its grid.
"""
PANORAMA = 2.2
"""The aspect ratio above which a picture has a row of a gallery to itself."""
NARROWEST_ROW = 1.2
"""The least aspect ratio of a row; without it, a single portrait would become huge."""
SMALLEST_FIT = 0.3
SMALLEST = 8
"""The least height of a picture in lines, however long its caption is."""
LETTERS = 2.8
"""Letters of text per unit of the measure."""
OPTICAL_CENTRE = 0.4
"""Share of the white space that is above a picture; at half, the picture would look too low."""
BAND = 30
"""The greatest width of captions that run on below the pictures of a page, in units: longer lines are hard to read."""
NARROWEST_BESIDE = 6.0
"""The least width of a caption beside a picture that is alone on its page, in units."""
ROOM_FOR_NOTES = 4
"""Lines kept free at the foot of the page for the notes that a caption calls."""


@dataclass(frozen=True)
class FigureFit:
    """The place of a caption beside or below its picture."""

    rows: int = 0
    """Height of the caption, in lines of text."""
    below: bool = False
    """Whether a margin caption is too long for the margin, and goes below the picture."""
    notes: int = 0
    """Lines kept free for notes."""
    fall: int = 0
    """Lines above a picture that is alone on its page, which puts it at the optical centre."""


@dataclass(frozen=True)
class Row:
    """Pictures of a gallery side by side, at one height."""

    figures: tuple[Figure, ...]
    ratio: float
    """Aspect ratio of the whole row."""
    rows: int = 0
    """Height of its highest caption, in lines of text."""
    alone: bool = False
    """Whether the gallery is too full for one page, so that each row has one picture and a caption of full width."""


@dataclass(frozen=True)
class GalleryFit:
    """The rows of a gallery, and the factor `fit` by which they shrink to fit one page."""

    rows: tuple[Row, ...]
    caption_rows: int = 0
    fit: float = 1.0
    sheet: SheetOfPictures | None = None
    """The pictures by a slicing tree on a page of their own; None for rows."""


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
        return replace(fit, fall=self._fall(figure, fit)) if figure.placed.is_plate and self.paper else fit

    def _fall(self, figure: Figure, fit: FigureFit) -> int:
        assert self.paper is not None
        ratio, below = self.ratio_of(figure), fit.rows + 1 if fit.below or self.ratio_of(figure) >= 1 else 0
        if self._in_type_area(figure):
            below = fit.rows + 1 if fit.below else 0
            height = round(self._plate_width(figure, below + fit.notes) / ratio)
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
        if too_long and not figure.caption_apart:
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
            rows = self._rows(text, self._plate_width(figure, rows + 1 + notes))
        return FigureFit(rows, below=True, notes=notes)

    def gallery(self, gallery: Gallery) -> GalleryFit:
        """The rows of a gallery, as large as fits on one page. Smaller rows make captions narrower and longer. If the
        captions alone would fill the page, each picture has a row with a caption of full width, and the gallery
        continues on the next page.
        """
        arrangement = arranged(gallery.figures, self.ratio_of)
        if self.paper is None:
            arrangement = rows_by_tree(gallery) or arrangement
            return GalleryFit(tuple(self._row(figures, 1.0) for figures in arrangement))
        if sheet := self._over(gallery) or self._sheet(gallery):
            return sheet
        caption_rows = self._rows(self._words(gallery), self.paper.column) if gallery.caption else 0
        notes = _room_for_notes((gallery.caption, *(f.caption for f in gallery.figures)))
        room = self.paper.lines - caption_rows - notes - 1
        fits = [n / 50 for n in range(50, round(SMALLEST_FIT * 50) - 1, -1)]
        for fit in fits:
            rows = tuple(self._row(figures, fit) for figures in arrangement)
            if self._height(rows, fit) <= room:
                return GalleryFit(rows, caption_rows, fit)
        for fit in fits:
            rows = tuple(self._row((figure,), fit, alone=True) for figure in gallery.figures)
            if max(self._height((row,), fit) for row in rows) <= room:
                break
        return GalleryFit(rows, caption_rows, fit)

    def _over(self, gallery: Gallery) -> GalleryFit | None:
        """A picture over the fold with small ones beside it, their captions below them."""
        large, grid = gallery.large, self.grid
        if large is None or grid is None:
            return None
        width, _ = grid.column_beside(replace(large, placed=gallery.placed), self.ratio_of(large))
        words = " ".join(f"{self.longest_place} {self._words(block)}" for block in (*gallery.figures, gallery))
        below = self._rows(words, width / grid.paper.unit) + _room_for_notes((gallery.caption,))
        sheet = beside_fold(gallery, grid, self.ratio_of, (below + 1) * grid.paper.unit, self.look)
        return GalleryFit((), below, sheet=sheet) if sheet else None

    def _sheet(self, gallery: Gallery) -> GalleryFit | None:
        """A gallery by its tree, over as much of the type area as its captions leave, which run on below it."""
        assert self.paper is not None
        captioned = (f for f in gallery.figures if f.caption or f.credit_line or f.described)
        words = " ".join(f"{self.longest_place} {self._words(block)}" for block in (*captioned, gallery))
        rows = self._rows(words, min(self.paper.column, BAND))
        notes = _room_for_notes((gallery.caption, *(f.caption for f in gallery.figures)))
        sheet = sheet_of(gallery, self.paper, self.ratio_of, rows + notes + 1, self.look)
        return GalleryFit((), rows, sheet=sheet) if sheet else None

    def _row(self, figures: tuple[Figure, ...], fit: float, *, alone: bool = False) -> Row:
        ratio = max(NARROWEST_ROW, sum(map(self.ratio_of, figures)))
        captioned = [f for f in figures if f.caption or f.credit_line or f.described]
        width = self._full * fit / ratio
        widths = [self._full if alone else width * self.ratio_of(f) for f in captioned]
        heights = [self._rows(self._words(f), across - 1.3) for f, across in zip(captioned, widths, strict=True)]
        return Row(figures, ratio, max(heights, default=0), alone)

    def _height(self, rows: Sequence[Row], fit: float) -> float:
        """Height of all rows with their captions, in units."""
        return sum(self._full * fit / row.ratio + row.rows + (1 if row.rows else 0) + 0.5 for row in rows)

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


def arranged(figures: Sequence[Figure], ratio_of: Callable[[Figure], float]) -> list[tuple[Figure, ...]]:
    """A gallery's pictures in rows of two and three, in their order: 4 = 2 + 2, 5 = 2 + 3, 7 = 2 + 2 + 3.

    Only a panorama has a row of its own.
    """
    rows: list[tuple[Figure, ...]] = []
    run: list[Figure] = []
    for figure in (*figures, None):
        if figure is not None and ratio_of(figure) <= PANORAMA:
            run.append(figure)
            continue
        rows += _twos_and_threes(run)
        run = []
        if figure is not None:
            rows.append((figure,))
    return rows


def _twos_and_threes(run: Sequence[Figure]) -> list[tuple[Figure, ...]]:
    count = len(run)
    twos = {0: 0, 1: 0, 2: 1}.get(count, -count % 3)
    cuts = [*range(0, 2 * twos, 2), *range(2 * twos, count, 3), count]
    return [tuple(run[start:end]) for start, end in pairwise(cuts)]


def _room_for_notes(captions: Sequence[Caption | None]) -> int:
    return ROOM_FOR_NOTES if any(c and "noteref" in c.xhtml for c in captions) else 0
