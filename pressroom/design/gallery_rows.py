"""The rows of a gallery: its pictures in their order, side by side at one height, on as many pages as they need.

Of all ways to divide the pictures into rows, the one is taken in which they are largest and most alike in size. Rows
are as wide as the page allows, so that a gallery fills what it takes of the page. Lengths are units of the grid.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

BETWEEN = 0.5
"""The space between two pictures of a row: what the letters leave of a line."""
NARROWEST_ROW = 1.2
"""The least aspect ratio of a row; without it, a single portrait would become huge."""
MOST_IN_ROW, MOST_ON_PAGE = 4, 12
"""More pictures would be stamps."""
SMALLEST_FIT = 0.5
"""The least share of the width that rows take, if they have to be smaller for all of them to fit on one page."""
PANORAMA = 2.2
"""The aspect ratio above which a picture has a row on a screen to itself."""
STRIP = 0.2
"""The share of the width below which a row is too low: a strip."""
NARROW = 0.9
"""What a page is worth with a row that is not as wide as the others, compared with one without."""
GATHERED = 0.6
"""What captions under their pictures may cost of a page's worth, before they are gathered below all rows."""
NARROW_CAPTION = 0.8
"""How high a caption may be, in parts of its picture, before all are gathered: it would be a thin column."""
MOST_GATHERED = 0.5
"""The share of the page that gathered captions may take."""
FILLED = 0.15
"""By how much a page is worth more if pictures cover all of it."""

CaptionHeight = Callable[[int, float], float]
"""The height of the caption of a picture (by its number) that is so wide; 0 without a caption."""


@dataclass(frozen=True)
class RowPage:
    """The rows of a gallery on one page."""

    rows: tuple[range, ...]
    """Each with the numbers of its pictures."""
    fit: float
    """The share of the width that they take."""
    worth: float
    """By which it is chosen: the larger and the more alike pictures are, the more. 0 if they do not fit."""
    has_strip: bool = False
    """Whether one of its rows is too low."""


def row_ratio(ratios: Sequence[float]) -> float:
    """The aspect ratio of a whole row."""
    return max(NARROWEST_ROW, sum(ratios))


@dataclass(frozen=True)
class GalleryRows:
    """The rows of a gallery, and where its captions are."""

    pages: tuple[RowPage, ...]
    gathered: bool = False
    """Whether the captions of its pictures stand below all rows."""


def gallery_rows(
    ratios: Sequence[float], width: float, height: float, captions: CaptionHeight, below: float
) -> GalleryRows:
    """The rows of a gallery. `below` is the height of all captions below each other, over the width of the text; 0 for
    captions that cannot stand there, since they have no numbers.

    A long caption under a narrow picture would make all rows small: then all captions stand below the rows.
    """
    pages = gallery_pages(ratios, width, height, captions)
    if 0 < below <= height * MOST_GATHERED:
        gathered = gallery_pages(ratios, width, height - below, lambda _n, _width: 0.0)
        costs = len(pages) > 1 or pages[0].worth < GATHERED * gathered[0].worth
        if len(gathered) == 1 and (costs or _has_thin_captions(ratios, pages[0], width, captions)):
            return GalleryRows(gathered, gathered=True)
    return GalleryRows(pages)


def _has_thin_captions(ratios: Sequence[float], page: RowPage, width: float, captions: CaptionHeight) -> bool:
    """Whether a caption would be a thin column of many lines under its picture."""
    sizes = enumerate(widths(ratios, [page], width))
    return any(captions(n, wide) > NARROW_CAPTION * wide / ratios[n] for n, wide in sizes)


def gallery_pages(ratios: Sequence[float], width: float, height: float, captions: CaptionHeight) -> tuple[RowPage, ...]:
    """The rows of all pages of a gallery, where rows are so wide and pages so high at most.

    It takes as few pages as there can be without a strip; if a panorama makes one anyway, as few as there can be.
    """
    fitting: list[tuple[RowPage, ...]] = []
    for count in range(math.ceil(len(ratios) / MOST_ON_PAGE), max(2, len(ratios))):
        cuts = [round(len(ratios) * n / count) for n in range(count + 1)]
        pages = tuple(_best_page(ratios, range(*cut), width, height, captions) for cut in pairwise(cuts))
        if all(page.worth for page in pages):
            fitting.append(pages)
            if not any(page.has_strip for page in pages):
                return pages
    return fitting[0] if fitting else tuple(RowPage((range(n, n + 1),), 1.0, 0.0) for n in range(len(ratios)))


def fits(least: float) -> Iterator[float]:
    """Shares of the width, from all of it down to a least one."""
    return (n / 50 for n in range(50, round(least * 50) - 1, -1))


def widths(ratios: Sequence[float], pages: Sequence[RowPage], width: float) -> list[float]:
    """How wide each picture of a gallery is."""
    return [
        _row_height(ratios[row.start : row.stop], width * page.fit) * ratios[n]
        for page in pages
        for row in page.rows
        for n in row
    ]


def _best_page(ratios: Sequence[float], span: range, width: float, height: float, captions: CaptionHeight) -> RowPage:
    """The best rows for some pictures on one page; its worth is 0 if they do not fit."""

    @cache
    def measured(start: int, stop: int, fit: float) -> tuple[float, float]:
        high = _row_height(ratios[start:stop], width * fit)
        under = max(captions(n, high * ratios[n]) for n in range(start, stop))
        return high, high + under + BETWEEN

    def page(rows: tuple[range, ...]) -> RowPage:
        for fit in fits(SMALLEST_FIT):
            heights = [measured(row.start, row.stop, fit) for row in rows]
            if sum(all_of_it for _, all_of_it in heights) <= height:
                high = [high for high, _ in heights]
                has_strip = len(ratios) > 1 and min(high) < STRIP * width
                return RowPage(
                    rows, fit, _width_counts(rows, fit) * _worth(ratios, rows, high, width * height), has_strip
                )
        return RowPage(rows, SMALLEST_FIT, 0.0)

    pages = (page(rows) for rows in _divisions(span))
    return max(pages, key=lambda one: (one.worth > 0, not one.has_strip, round(one.worth, 6), -len(one.rows)))


def _width_counts(rows: Sequence[range], fit: float) -> float:
    """What rows are worth for being so wide; pictures one below the other, which could be side by side, lose more."""
    return fit if any(len(row) > 1 for row in rows) else fit**2


def _worth(ratios: Sequence[float], rows: Sequence[range], heights: Sequence[float], page: float) -> float:
    """The sum of the pictures' sizes, each the root of its area: large ones count less than many of one size."""
    areas = [high**2 * ratios[n] for row, high in zip(rows, heights, strict=True) for n in row]
    is_narrow = any(sum(ratios[row.start : row.stop]) < NARROWEST_ROW for row in rows)
    return sum(map(math.sqrt, areas)) * (1 + FILLED * sum(areas) / page) * (NARROW if is_narrow else 1)


def _divisions(span: range) -> Iterator[tuple[range, ...]]:
    """All ways to divide pictures into rows."""
    if not span:
        yield ()
    for count in range(1, min(MOST_IN_ROW, len(span)) + 1):
        yield from ((span[:count], *rest) for rest in _divisions(span[count:]))


def _row_height(ratios: Sequence[float], width: float) -> float:
    return (width - BETWEEN * (len(ratios) - 1)) / row_ratio(ratios)


# ---- screens, where every row is as wide as the text


def screen_rows(ratios: Sequence[float]) -> list[range]:
    """Pictures in rows of two and three, in their order: 4 = 2 + 2, 5 = 2 + 3, 7 = 2 + 2 + 3.

    Only a panorama has a row of its own.
    """
    rows: list[range] = []
    start = 0
    for n, ratio in enumerate((*ratios, math.inf)):
        if ratio > PANORAMA:
            rows += _twos_and_threes(range(start, n))
            rows += [range(n, n + 1)] * (n < len(ratios))
            start = n + 1
    return rows


def _twos_and_threes(run: range) -> list[range]:
    count = len(run)
    twos = {0: 0, 1: 0, 2: 1}.get(count, -count % 3)
    cuts = [*range(0, 2 * twos, 2), *range(2 * twos, count, 3), count]
    return [run[start:end] for start, end in pairwise(cuts)]
