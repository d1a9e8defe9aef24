"""What the pacing is given: pictures in their order, the paper, and what is asked of the book."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Literal

LETTER = 1.36
"""The width of a letter of captions, in mm."""
LEADING = 3.5
"""The height of a line of captions, in mm."""
_STRIP = 3.0
"""The ratio of the sides from which a picture is a strip."""
_UNRATED = 2.5
"""Where a picture without stars stands between those with one to five."""

Edges = tuple[float, float, float, float]
"""Left, top, right and bottom, as shares of a picture."""


@dataclass(frozen=True, eq=False)
class Sight:
    """What can be seen in a picture, in numbers small enough to be kept."""

    detail: tuple[tuple[float, ...], ...] = ()
    """A grid of rows, 24 by 24: how much there is to see in each cell, from 0."""
    signature: int = 0
    """A difference hash of 64 bits: pictures that are alike have nearly the same."""
    colour: tuple[float, float, float] = (50.0, 0.0, 0.0)
    """The mean colour in Lab."""
    signals: Mapping[str, float] = field(default_factory=dict)
    """What speaks for a strong picture, by name; see `SIGNALS`."""
    is_framed: bool = False
    """Whether it has a border, or is a drawing, a map or a screenshot, so that a crop would take something away."""

    @cached_property
    def columns(self) -> tuple[float, ...]:
        """The detail of each column, as a share of the whole."""
        whole = sum(map(sum, self.detail)) or 1.0
        return tuple(sum(column) / whole for column in zip(*self.detail, strict=True))

    @cached_property
    def rows(self) -> tuple[float, ...]:
        """The detail of each row, as a share of the whole."""
        whole = sum(map(sum, self.detail)) or 1.0
        return tuple(sum(row) / whole for row in self.detail)

    @cached_property
    def sums(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Columns and rows added up from the left and from the top."""
        return (0.0, *accumulate(self.columns)), (0.0, *accumulate(self.rows))

    @cached_property
    def smooth(self) -> tuple[tuple[tuple[float, ...], ...], float, float]:
        """The detail over cells of 3 by 3, its greatest value and its mean."""
        grid = self.detail
        near = [range(max(0, n - 1), min(len(grid), n + 2)) for n in range(len(grid))]
        cells = tuple(tuple(sum(grid[y][x] for y in down for x in across) for across in near) for down in near)
        return cells, max(map(max, cells)) or 1.0, sum(map(sum, cells)) / len(cells) ** 2

    @cached_property
    def centre(self) -> float:
        """Where the weight of the picture lies between left and right, as a share."""
        return sum((n + 0.5) * share for n, share in enumerate(self.columns)) / max(1, len(self.columns))


@dataclass(frozen=True, eq=False)
class PictureToPace:
    """A picture as the pacing sees it."""

    id: str
    width: int
    """Pixels across, after the crop that the manuscript asks for."""
    height: int
    weight: float = 0.5
    """From 0, weak, to 1, strong: its rank in the book."""
    sight: Sight = field(default_factory=Sight)
    letters: int = 40
    """Letters of its caption and credit."""
    text: int = 0
    """Letters of the text before it, headings included. A picture behind text begins a run of spreads."""
    opens: bool = False
    """Whether it is the first picture of a chapter, whose title belongs to the text before it."""
    under_title: bool = False
    """Whether nothing but the title stands before it, so that it may fill the page that faces the title."""
    faces: tuple[Edges, ...] = ()
    """Faces, which no crop and no gutter may touch."""
    focus: tuple[float, float] | None = None
    """The point that a crop keeps and a gutter spares, as shares from the left and the top."""
    words: tuple[str, ...] = ()
    """The words of placement that the manuscript has for it: they win."""
    group: str = ""
    """The gallery to which it belongs; its pictures stay together on one page."""
    tree: str = ""
    """The slicing tree of that gallery, if it has one."""

    @property
    def aspect(self) -> float:
        """Width to height."""
        return self.width / self.height

    @property
    def is_strip(self) -> bool:
        """Whether it is a panorama, lying or standing."""
        return not 1 / _STRIP < self.aspect < _STRIP

    @property
    def may_crop(self) -> bool:
        """Whether anything of it may be cut away."""
        return not self.sight.is_framed


@dataclass(frozen=True)
class PacingPaper:
    """The page that is paced for. Lengths are in mm."""

    width: float
    height: float
    inner: float = 16.0
    outer: float = 14.0
    head: float = 14.0
    foot: float = 11.0
    """The margin below the captions."""
    captions: float = 11.0
    """The band for captions between pictures and foot, at least three lines."""
    gap: float = 4.0
    bleed: float = 3.2
    ppi: float = 150.0
    """The least resolution of any picture, in pixels per inch."""
    letters: int = 1400
    """Letters of text that a page holds."""

    beside: int = 2
    """The most small pictures in the column beside a picture over the gutter."""
    chapters: Literal["verso", "recto", "next"] = "next"
    """The side on which a chapter begins."""

    @property
    def area(self) -> tuple[float, float]:
        """Width and height of the type area that pictures fill."""
        return self.width - self.inner - self.outer, self.height - self.head - self.foot - self.captions

    @property
    def covered(self) -> float:
        """The share of the type area that a book of pictures covers at least, on the whole.

        Of the shapes that cameras have, none fills a square. A hundredth or two are lost to captions on the page.
        """
        return 0.74 if self.width == self.height else 0.84

    @property
    def page(self) -> float:
        """The area of a page, in mm²."""
        return self.width * self.height

    @property
    def caption_letters(self) -> float:
        """The letters of captions that fit below the pictures of a page."""
        return self.area[0] / LETTER * int(self.captions / LEADING)


PAGES_A_PICTURE = 0.8
"""The pages for each picture, if a publication does not ask for a length."""


@dataclass(frozen=True)
class PacingWish:
    """What is asked of the book."""

    seed: int = 0
    """Another number gives another book of like quality: the taste of the builder. 0 has none."""
    pages: int | None = None
    """The pages with pictures that are wanted, about; by default four for five pictures."""


SIGNALS: Mapping[str, float] = {
    "contrast": 0.22,
    "gathered": 0.20,
    "pixels": 0.20,
    "colour": 0.18,
    "sharpness": 0.15,
    "entropy": 0.05,
}
"""The share of each signal in the weight of a picture. They tell strong from weak, and little between."""


def weights_of(signals: Sequence[Mapping[str, float]], stars: Sequence[float | None]) -> tuple[float, ...]:
    """The weight of each picture, evenly from 0 to 1, by its rank. A person's stars (XMP Rating) come first."""
    ranks = {name: _ranked([each.get(name, 0.0) for each in signals]) for name in SIGNALS}
    scores = [sum(share * ranks[name][n] for name, share in SIGNALS.items()) for n in range(len(signals))]
    rated = [_UNRATED if each is None else each for each in stars]
    return _ranked([10 * star + score for star, score in zip(rated, scores, strict=True)])


def _ranked(values: Sequence[float]) -> tuple[float, ...]:
    """Ranks of values, from 0 to 1; the first of equal values is the weaker one."""
    order = sorted(range(len(values)), key=lambda n: (values[n], n))
    ranks = dict(zip(order, range(len(order)), strict=True))
    return tuple(ranks[n] / max(1, len(values) - 1) if len(values) > 1 else 0.5 for n in range(len(values)))


def likeness(one: PictureToPace, other: PictureToPace) -> float:
    """How alike two pictures are: 0 not at all, 1 the same."""
    unlike = (one.sight.signature ^ other.sight.signature).bit_count() / 32
    return max(0.0, 1 - unlike) * max(0.0, 1 - colour_difference(one, other) / 40)


def colour_difference(one: PictureToPace, other: PictureToPace) -> float:
    """The distance of the mean colours in Lab (ΔE of CIE 1976)."""
    return math.dist(one.sight.colour, other.sight.colour)


def caption_letters(pictures: Sequence[PictureToPace]) -> int:
    """The letters of the captions of pictures, with a name for the place of each."""
    return sum(picture.letters + 14 for picture in pictures if picture.letters)
