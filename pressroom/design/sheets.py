"""Sheets: pages of pictures alone. A slicing tree gives each picture of a gallery its frame on the page, in mm."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Annotated, Literal

from pydantic import Field

from pressroom.design.grid import Grid, Paper
from pressroom.forms import Form
from pressroom.pacing.trees import CROP, PictureFrame, SlicingTree, TreeLayout, best_tree, parse_tree, solve_tree
from pressroom.publication import LEFT, Figure, Gallery
from pressroom.publication.measures import Length

OPTICAL_CENTRE = 0.4
"""The share of the white of a page that stands above its pictures."""
_SIDE = 0.08
"""How far from the middle of the block, in parts of it, the centre of a picture stands at one side."""

_IN_A_ROW = {2: (0, 2), 3: (0, 1, 2)}
"""The places of two and of three pictures side by side."""

_ROWS_BESIDE = {1: (1,), 2: (0, 2)}
"""The rows of one and of two pictures in a column."""


class SheetLook(Form):
    """How a layout sets pages of several pictures."""

    gap: Length = 4.0
    """Between two pictures, in mm."""
    crop: Annotated[float, Field(ge=0, le=0.5)] = CROP
    """The greatest share of a picture that is cut away so that the block fills its page."""
    trees: bool = False
    """Whether a gallery on a page of its own is set by a tree where none is written."""
    plates: Literal["in the column", "in the type area"] = "in the column"
    """Where an upright picture alone on its page stands: a book of pictures uses the whole type area."""


@dataclass(frozen=True)
class SheetPicture:
    """A picture of a gallery in its frame."""

    figure: Figure
    frame: PictureFrame
    """In mm from the upper left corner of the type area."""
    place: int | None
    """Where it stands among the others: the index of a word of `Words.places`; None if no word tells it from others."""


@dataclass(frozen=True)
class SheetOfPictures:
    """The pictures of a gallery on a page of their own."""

    pictures: tuple[SheetPicture, ...]
    high: float
    """Millimetres from the head of the type area to the foot of the pictures; captions begin below it."""
    start: float
    """Millimetres from the left edge of the type area to that of the pictures."""

    def of(self, figure: Figure) -> SheetPicture:
        """One of its pictures."""
        return next(one for one in self.pictures if one.figure.id == figure.id)


def sheet_of(
    gallery: Gallery,
    paper: Paper,
    ratio_of: Callable[[Figure], float],
    below: float,
    look: SheetLook,
    is_whole: Callable[[Figure], bool] = lambda _: False,
) -> SheetOfPictures | None:
    """The pictures of a gallery on a page of this paper, of whose lines so many stay free below them. Nothing is cut off
    pictures that are shown whole: drawings, screenshots, what has a frame.

    None if they stand in rows instead: nobody asks for a tree, or there is no room for one.
    """
    across = (paper.column if paper.narrow else paper.aside + paper.gap + paper.column) * paper.unit
    area = across, (paper.lines - below) * paper.unit
    ratios = [ratio_of(figure) for figure in gallery.figures]
    if not gallery.placed.is_plate or not (gallery.tree or look.trees):
        return None
    crops = [0.0 if is_whole(figure) else look.crop for figure in gallery.figures]
    if gallery.tree:
        laid = solve_tree(parse_tree(gallery.tree), ratios, area, look.gap, crops)
    else:
        laid = best_tree(ratios, area, look.gap, crops)
    if laid is None:
        return None
    right, down = (area[0] - laid.width) / 2, (area[1] - laid.height) * OPTICAL_CENTRE
    pictures = tuple(
        SheetPicture(figure, frame._replace(x=frame.x + right, y=frame.y + down), place)
        for figure, frame, place in zip(gallery.figures, laid.frames, _places(laid), strict=True)
    )
    return SheetOfPictures(pictures, down + laid.height, right)


def beside_fold(
    gallery: Gallery, grid: Grid, ratio_of: Callable[[Figure], float], below: float, look: SheetLook
) -> SheetOfPictures | None:
    """The small pictures of a gallery beside the one over the fold, at the foot of a column. So many mm of it stay free
    for captions. None if there is no room.
    """
    large = gallery.large
    small = [figure for figure in gallery.figures if figure is not large]
    if large is None:
        return None
    width, height = grid.column_beside(replace(large, placed=gallery.placed), ratio_of(large))
    area = width, height - below
    if not small:
        return SheetOfPictures((), 0.0, 0.0)
    laid = best_tree([ratio_of(figure) for figure in small], area, look.gap, look.crop) if min(area) > 0 else None
    if laid is None:
        return None
    down, side = area[1] - laid.height, 0 if LEFT in gallery.classes else 2
    rows = _ROWS_BESIDE.get(len(small)) if laid.tree.way != "|" else None
    pictures = tuple(
        SheetPicture(figure, frame._replace(y=frame.y + down), 3 * rows[n] + side if rows else None)
        for n, (figure, frame) in enumerate(zip(small, laid.frames, strict=True))
    )
    return SheetOfPictures(pictures, area[1], 0.0)


def _places(laid: TreeLayout) -> tuple[int | None, ...]:
    """Where each picture stands in its block, as one of nine places by rows; none if two would have the same."""
    rows = [_third(frame.y, frame.height, laid.height) for frame in laid.frames]
    columns = [_third(frame.x, frame.width, laid.width) for frame in laid.frames]
    for row in set(rows):
        beside = sorted((n for n, at in enumerate(rows) if at == row), key=lambda n: laid.frames[n].x)
        if len(beside) in _IN_A_ROW and _are_apart([laid.frames[n] for n in beside]):
            for n, column in zip(beside, _IN_A_ROW[len(beside)], strict=True):
                columns[n] = column
    places = tuple(3 * row + column for row, column in zip(rows, columns, strict=True))
    return places if len({*places}) == len(places) else (None,) * len(places)


def _are_apart(frames: Sequence[PictureFrame]) -> bool:
    """Whether frames stand side by side, from left to right."""
    return all(one.x + one.width <= other.x for one, other in pairwise(frames))


def _third(start: float, length: float, whole: float) -> int:
    """Whether something is at the beginning (0), in the middle (1) or at the end (2)."""
    off = (start + length / 2) / whole - 0.5
    return 1 if abs(off) < _SIDE else 2 * (off > 0)


def widths_on_sheet(
    gallery: Gallery, grid: Grid, ratio_of: Callable[[Figure], float], look: SheetLook
) -> Mapping[str, float]:
    """The greatest width in mm that each picture can have, by the figure's id: that without captions."""
    large = gallery.large
    sheet = beside_fold(gallery, grid, ratio_of, 0, look) if large else sheet_of(gallery, grid.paper, ratio_of, 0, look)
    widths = {one.figure.id: one.frame.width for one in sheet.pictures} if sheet else {}
    if large:
        widths[large.id] = grid.placed_width(replace(large, placed=gallery.placed), ratio_of(large))
    return widths


def rows_by_tree(gallery: Gallery) -> list[tuple[Figure, ...]]:
    """The pictures of a gallery as rows that reflow, as its tree groups them; none without a tree."""
    if gallery.large:
        return [figures for figures in _beside(gallery) if figures]
    if not gallery.tree:
        return []
    ends = [0, *accumulate(_rows(parse_tree(gallery.tree)))]
    return [gallery.figures[start:end] for start, end in pairwise(ends)]


def _beside(gallery: Gallery) -> tuple[tuple[Figure, ...], ...]:
    """The picture over the fold and those beside it, in their order."""
    if LEFT in gallery.classes:
        return gallery.figures[:-1], gallery.figures[-1:]
    return gallery.figures[:1], gallery.figures[1:]


def _rows(tree: SlicingTree) -> Iterator[int]:
    """The number of pictures in each row: what stands side by side is one."""
    if tree.way == "/":
        for part in tree.parts:
            yield from _rows(part)
    else:
        yield tree.pictures
