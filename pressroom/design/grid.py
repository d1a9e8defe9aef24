"""The grid of a layout's pages. One unit is the distance between two lines of text, and every length on a page is a
number of units. A layout states the numbers for its papers; those for other trim sizes are derived.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from pressroom.forms import Form
from pressroom.publication import FOOT, SMALL, SMALL_SHARE, Figure, PdfEdition, Trim
from pressroom.publication.measures import Length, TrimSize

MARKS_ROOM = 7.0
"""Millimetres around the bleed for printer's marks (5 mm long, 2 mm outside the bleed)."""
LINES_IN_TEXT = 6
"""The height of a picture in a list, a cell or a note, in lines of text; the style sheets have the same."""
OVER_COLUMN, OVER_LEAST = 11, 4
"""Of a picture over the fold, in units: the column that it leaves free with its gap; how far it reaches at least on the
other page. The style sheets have the same.
"""
OVER_CROP = 0.17
"""The most that is cut of it; then it is not as high as its page. The style sheets have the same."""
NARROW_BESIDE = 9.0
"""Width in units of a picture beside the text on a paper without a margin column."""


class Paper(Form):
    """A layout's grid on one trim size. Widths and heights are in units."""

    trim: TrimSize
    """The trim size, in mm."""
    unit: Length
    """Distance between two baselines, in mm."""
    side: float
    """Outer and inner margin; the inner margin alone if pages are mirrored."""
    aside: float
    """Width of the margin column, for captions."""
    gap: float = 1
    """Gap between margin column and text."""
    column: float
    """The text's measure."""
    head: Annotated[int, Field(ge=0)]
    """Lines above the text."""
    lines: Annotated[int, Field(ge=5)]
    """Lines of text."""
    sink: Annotated[int, Field(ge=0)]
    """Lines from the head to the first line of a chapter."""
    narrow: bool = False
    """Whether the margin is too narrow for captions, which are then below the pictures."""
    mirrored: bool = False
    """Whether versos and rectos mirror each other; the outer margin is then the rest beside inner margin and text."""

    @property
    def beside(self) -> float:
        """Width of a picture that floats beside the text, in units: that of the margin column, if there is one."""
        return NARROW_BESIDE if self.narrow else self.aside


@dataclass(frozen=True)
class Grid:
    """A paper's grid, fitted to an edition."""

    paper: Paper
    trim: Trim
    bleed: float
    """Millimetres."""
    gutter: float
    """Millimetres of a spread that are printed on both pages, since the binding hides some."""
    margin_for_marks: float
    """Millimetres between the bleed and the edge of the sheet."""

    @property
    def full_width(self) -> float:
        """The greatest width of a picture within the margins, in mm: margin column, gap and text together."""
        paper = self.paper
        full = paper.column if paper.narrow else paper.aside + paper.gap + paper.column
        return full * paper.unit

    @property
    def column_width(self) -> float:
        """The text's measure, in mm."""
        return self.paper.column * self.paper.unit

    def placed_width(self, figure: Figure, ratio: float) -> float:
        """The width of an uncropped picture of this ratio on the page, in mm, bleed included."""
        if figure.placed.reaches_edges:
            wide, high = self.frame(figure, ratio)
            return max(wide, high * ratio)
        if figure.placed.floats:
            return self.paper.beside * self.paper.unit
        if figure.placed.in_text:
            lines = self.column_width * ratio if figure.share < 1 else self.paper.unit * LINES_IN_TEXT * ratio
            return min(self.column_width * figure.share, lines)
        share = SMALL_SHARE if SMALL in figure.classes else figure.share
        across = self.full_width if figure.placed.full_width else self.column_width
        return min(across, self.paper.lines * self.paper.unit * ratio) * share  # none is higher than the type area

    def frame(self, figure: Figure, ratio: float) -> tuple[float, float]:
        """Width and height in mm of the frame of a picture of this ratio that reaches the edges of a page, bleed
        included; what is outside the frame is cropped. The style sheets have the same lengths.
        """
        wide, high = self.full_page(figure)
        side = self.paper.side * self.paper.unit
        if figure.placement == "over":
            column = side + OVER_COLUMN * self.paper.unit
            most = 2 * (self.trim.width - self.gutter) - column
            least = self.trim.width + OVER_LEAST * self.paper.unit
            wide = max(least, min(self.trim.height * ratio, most)) + self.bleed
            return wide, min(high, wide / ratio / (1 - OVER_CROP))
        if figure.placement == "edge":
            wide -= self.bleed + side
        if figure.placed.to_head or FOOT in figure.classes:
            high = min(wide / ratio, (self.paper.head + self.paper.lines - 1) * self.paper.unit + self.bleed)
        return wide, high

    def column_beside(self, figure: Figure, ratio: float) -> tuple[float, float]:
        """Width and height in mm of the column beside a picture over the fold, for captions and small pictures."""
        reach = self.frame(figure, ratio)[0] - self.bleed
        edges = (self.paper.side + 1) * self.paper.unit
        return 2 * (self.trim.width - self.gutter) - reach - edges, self.paper.lines * self.paper.unit

    def full_page(self, figure: Figure) -> tuple[float, float]:
        """Width and height of a full-bleed picture on one page or two, in mm, bleed included."""
        pages = 2 * (self.trim.width - self.gutter) if figure.placed.two_pages else self.trim.width
        return pages + 2 * self.bleed, self.trim.height + 2 * self.bleed


def grid_for(edition: PdfEdition, papers: tuple[Paper, ...]) -> Grid:
    """The grid of an edition: that of the layout for its trim size, else derived from the paper nearest in width."""
    trim = edition.trim
    paper = min(papers, key=lambda p: (abs(p.trim.width - trim.width), abs(p.trim.height - trim.height)))
    if paper.trim != trim:
        paper = _scaled(paper, trim) if paper.mirrored else _fitted(paper, trim)
    return Grid(paper, trim, edition.bleed, edition.gutter, MARKS_ROOM if edition.marks else 0.0)


def _fitted(paper: Paper, trim: Trim) -> Paper:
    """A paper with the same type size and margins, and a wider or narrower column."""
    foot = round(paper.trim.height / paper.unit) - paper.head - paper.lines
    lines = max(5, int(trim.height / paper.unit) - paper.head - foot)
    column = trim.width / paper.unit - 2 * paper.side - (0 if paper.narrow else paper.aside + paper.gap)
    return paper.model_copy(update={"trim": trim, "lines": lines, "column": round(max(5, column), 2)})


def _scaled(paper: Paper, trim: Trim) -> Paper:
    """A paper with the same proportions; half of a change in width goes into the type, half into the measure."""
    unit = round(paper.unit * math.sqrt(trim.width / paper.trim.width), 3)
    across = (trim.width / unit) / (paper.trim.width / paper.unit)
    down = (trim.height / unit) / (paper.trim.height / paper.unit)
    changes = {
        "trim": trim,
        "unit": unit,
        "side": round(paper.side * across, 3),
        "column": round(paper.column * across, 3),
        "head": round(paper.head * down),
        "lines": max(5, int(paper.lines * down)),
        "sink": round(paper.sink * down),
    }
    return paper.model_copy(update=changes)


def variables(grid: Grid) -> str:
    """The grid as CSS variables for the layout's style sheets."""
    paper = grid.paper
    values = {
        "page-w": f"{grid.trim.width:g}mm",
        "page-h": f"{grid.trim.height:g}mm",
        "bleed": f"{grid.bleed:g}mm",
        "gutter": f"{grid.gutter:g}mm",
        "slug": f"{grid.bleed + grid.margin_for_marks:g}mm",
        "unit": f"{paper.unit:g}mm",
        "side": f"{paper.side:g}",
        "aside": f"{paper.aside:g}",
        "gap": f"{paper.gap:g}",
        "column": f"{paper.column:g}",
        "head": str(paper.head),
        "lines": str(paper.lines),
        "sink": str(paper.sink),
    }
    return ":root {" + "".join(f" --{name}: {value};" for name, value in values.items()) + " }\n"
