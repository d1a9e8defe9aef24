"""Slicing trees: several pictures on one page, in their own proportions, with even gaps.

A tree is written as a short string: `.` is a picture, `|` sets its parts side by side, `/` one above the other. In
`(./(.|.))` the first picture stands above a row of two. Pictures keep their order.

Sources: J. Geigel and A. Loui, “Using genetic algorithms for album page layouts” (IEEE MultiMedia 10/4, 2003), for the
trees; C. B. Atkins, “Blocked recursive image composition” (ACM Multimedia 2008), for widths that follow from heights.
Here the gaps are exact: the width of every part is an affine function of its height.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

CROP = 0.08
"""The greatest share of a picture that a page of several may cut away."""
_EXACT = 0.001
"""Millimetres by which a block may miss the height of its area."""
_SEEN = 0.002
"""A share of a picture too small to be seen; below it nothing is cut."""
_MOST_NESTED = 2
"""The depth of trees of five and more pictures: deeper ones have slivers, and no order that an eye finds."""
_ALL_TRIED = 5
"""The most pictures of which every tree is tried; of more, even rows and columns are enough."""

Parting = Literal[".", "|", "/"]


class TreeError(ValueError):
    """A string that is no slicing tree. The message says what is wrong, and at which sign."""


@dataclass(frozen=True)
class SlicingTree:
    """A picture, or parts that stand side by side or one above the other."""

    way: Parting = "."
    """`.` a picture, `|` parts side by side, `/` parts one above the other."""
    parts: tuple[SlicingTree, ...] = ()

    def __str__(self) -> str:
        return f"({self.way.join(map(str, self.parts))})" if self.parts else "."

    @property
    def pictures(self) -> int:
        """The number of its pictures."""
        return sum(part.pictures for part in self.parts) if self.parts else 1

    @property
    def depth(self) -> int:
        """How many brackets stand inside each other."""
        return 1 + max(part.depth for part in self.parts) if self.parts else 0


LEAF = SlicingTree()


class PictureFrame(NamedTuple):
    """The frame of a picture on a page, in mm from the upper left corner of its area."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class TreeLayout:
    """A tree with its pictures in place."""

    tree: SlicingTree
    frames: tuple[PictureFrame, ...]
    """The frame of each picture, in their order."""
    width: float
    """The width of all frames together with the gaps between them, in mm."""
    height: float
    crop: float = 0.0
    """The share of a picture that is cut away so that the block fills its area; 0 where all are whole."""


# ---- as a string


def parse_tree(text: str) -> SlicingTree:
    """Read a tree as it is typed; outer brackets and blanks may be left out. Raises TreeError."""
    signs = [(n, sign) for n, sign in enumerate(text, 1) if not sign.isspace()]
    for n, sign in signs:
        if sign not in ".|/()":
            raise TreeError(f"“{sign}” at sign {n} has no meaning; a tree has only the signs . | / ( )")
    tree, rest = _line(signs)
    if rest:
        raise TreeError(f"the bracket at sign {rest[0][0]} closes nothing")
    return tree


_Signs = Sequence[tuple[int, str]]


def _line(signs: _Signs) -> tuple[SlicingTree, _Signs]:
    """Parts with one sign between them, up to a closing bracket or the end."""
    part, signs = _part(signs)
    parts, way = [part], ""
    while signs and signs[0][1] in "|/":
        n, sign = signs[0]
        if way not in ("", sign):
            raise TreeError(f"“{sign}” at sign {n} stands beside “{way}”; put brackets around one of them")
        way = sign
        part, signs = _part(signs[1:])
        parts.append(part)
    if signs and signs[0][1] != ")":
        raise TreeError(f"before sign {signs[0][0]} a “|” or “/” is missing")
    return (parts[0] if len(parts) == 1 else SlicingTree("|" if way == "|" else "/", tuple(parts))), signs


def _part(signs: _Signs) -> tuple[SlicingTree, _Signs]:
    if not signs:
        raise TreeError("it ends where a picture is expected, written as “.”")
    n, sign = signs[0]
    if sign == ".":
        return LEAF, signs[1:]
    if sign != "(":
        raise TreeError(f"at sign {n} a picture is expected, written as “.”, and not “{sign}”")
    tree, rest = _line(signs[1:])
    if not rest:
        raise TreeError(f"the bracket at sign {n} is never closed")
    return tree, rest[1:]


# ---- all trees


@cache
def trees_of(pictures: int) -> tuple[SlicingTree, ...]:
    """Every tree of so many pictures whose order is theirs: 1, 2, 6, 22 for one to four; of more, those of depth 2."""
    if pictures == 1:
        return (LEAF,)
    found = (*_grown(pictures, "/"), *_grown(pictures, "|"))
    return tuple(tree for tree in found if pictures < 5 or tree.depth <= _MOST_NESTED)


@cache
def _grown(pictures: int, way: Literal["|", "/"]) -> tuple[SlicingTree, ...]:
    """The trees of so many pictures that are parted in one way; their parts are pictures, or parted in the other."""
    other: Literal["|", "/"] = "/" if way == "|" else "|"

    def lines(left: int, *, first: bool = False) -> Iterator[tuple[SlicingTree, ...]]:
        if not left:
            yield ()
        for count in range(1, left + 1 if not first else left):
            for head in (LEAF,) if count == 1 else _grown(count, other):
                yield from ((head, *tail) for tail in lines(left - count))

    return tuple(SlicingTree(way, parts) for parts in lines(pictures, first=True))


def _even_trees(aspects: Sequence[float]) -> Iterator[SlicingTree]:
    """Rows of about one height, and columns of about one width, in every number."""
    for count in range(1, len(aspects) + 1):
        yield _even(aspects, count, "/", "|")
        yield _even([1 / aspect for aspect in aspects], count, "|", "/")


def _even(lengths: Sequence[float], count: int, way: Literal["|", "/"], inner: Literal["|", "/"]) -> SlicingTree:
    """Pictures of these lengths in so many lines of about one length."""
    ends = [*accumulate(lengths)]
    lines: list[list[SlicingTree]] = [[] for _ in range(count)]
    for end, length in zip(ends, lengths, strict=True):
        lines[min(count - 1, int((end - length / 2) / ends[-1] * count))].append(LEAF)
    parts = tuple(SlicingTree(inner, tuple(line)) if len(line) > 1 else LEAF for line in lines if line)
    return parts[0] if len(parts) == 1 else SlicingTree(way, parts)


# ---- in millimetres


@dataclass(frozen=True)
class _Line:
    """The width of a part as a function of its height: width = `slope` × height + `offset`."""

    slope: float
    offset: float
    parts: tuple[_Line, ...] = ()


def _measured(tree: SlicingTree, aspects: Iterator[float], gap: float) -> _Line:
    if not tree.parts:
        return _Line(next(aspects), 0.0)
    parts = tuple(_measured(part, aspects, gap) for part in tree.parts)
    gaps = gap * (len(parts) - 1)
    if tree.way == "|":
        return _Line(sum(p.slope for p in parts), sum(p.offset for p in parts) + gaps, parts)
    slope = 1 / sum(1 / p.slope for p in parts)
    return _Line(slope, slope * (sum(p.offset / p.slope for p in parts) - gaps), parts)


def _frames(tree: SlicingTree, line: _Line, frame: PictureFrame, gap: float) -> Iterator[PictureFrame]:
    """The frames of the pictures of a part that fills `frame`."""
    if not tree.parts:
        yield frame
    x, y, width, height = frame
    for part, inner in zip(tree.parts, line.parts, strict=True):
        if tree.way == "|":
            wide = inner.slope * height + inner.offset
            yield from _frames(part, inner, PictureFrame(x, y, wide, height), gap)
            x += wide + gap
        else:
            high = (width - inner.offset) / inner.slope
            yield from _frames(part, inner, PictureFrame(x, y, width, high), gap)
            y += high + gap


def solve_tree(
    tree: SlicingTree,
    aspects: Sequence[float],
    area: tuple[float, float],
    gap: float,
    crop: float | Sequence[float] = CROP,
) -> TreeLayout | None:
    """Place pictures of these aspects (width to height) in an area, width and height in mm, with even gaps.

    The block fills the area where a crop of at most `crop` allows it: one share for all, or one for each picture, 0 for
    those that must stay whole. Else nothing is cut, and the block is as large as the area allows.
    None if the gaps leave no room for a picture.
    """
    limits = tuple(crop) if isinstance(crop, Sequence) else (crop,) * len(aspects)
    return _solved(tree, tuple(aspects), _Room(*area, gap, limits))


class _Room(NamedTuple):
    """The area of a block, in mm, and what may be done to fill it."""

    width: float
    height: float
    gap: float
    limits: tuple[float, ...]
    """The greatest crop of each picture."""
    least: float = 0.0
    """The least share of the area that the block must have."""


def _solved(tree: SlicingTree, aspects: tuple[float, ...], room: _Room) -> TreeLayout | None:
    line = _measured(tree, iter(aspects), room.gap)
    height = (room.width - line.offset) / line.slope
    if height <= 0:
        return None
    shown = aspects
    if abs(height / room.height - 1) > _SEEN:
        factor = _factor(tree, aspects, room, height)
        if factor != 1:
            shown = _cut_to(aspects, room.limits, factor)
            line = _measured(tree, iter(shown), room.gap)
            height = (room.width - line.offset) / line.slope
    width = room.width
    if height > room.height + _EXACT:
        width, height = line.slope * room.height + line.offset, room.height
    if width <= 0 or width * height < room.least * room.width * room.height:
        return None
    frames = tuple(_frames(tree, line, PictureFrame(0, 0, width, height), room.gap))
    if min(min(frame.width, frame.height) for frame in frames) <= 0:
        return None
    lost = max(1 - min(a / b, b / a) for a, b in zip(aspects, shown, strict=True))
    return TreeLayout(tree, frames, width, height, lost)


def _cut_to(aspects: Sequence[float], limits: Sequence[float], factor: float) -> tuple[float, ...]:
    """The aspects after a crop by one factor; each picture keeps to its own limit."""
    return tuple(a * min(max(factor, 1 - most), 1 / (1 - most)) for a, most in zip(aspects, limits, strict=True))


def _factor(tree: SlicingTree, aspects: Sequence[float], room: _Room, height: float) -> float:
    """The factor on all aspects by which a block of this height fills its room, or 1 if no crop within the limits does.

    A greater factor makes wider pictures, and so a lower block of the same width.
    """
    most = max(room.limits, default=0.0)
    if not (1 - 2 * most) * room.height < height < (1 + 2 * most) * room.height:
        return 1.0  # far beyond what a crop can do: gaps add little to what pictures do

    def too_high(factor: float) -> float:
        line = _measured(tree, iter(_cut_to(aspects, room.limits, factor)), room.gap)
        high = (room.width - line.offset) / line.slope
        return math.log(high / room.height) if high > 0 else -math.inf

    low, high = (1.0, 1 / (1 - most)) if height > room.height else (1 - most, 1.0)
    if not too_high(high) <= 0 <= too_high(low):
        return 1.0
    return _root(too_high, low, high, _EXACT / room.height)


def _root(function: Callable[[float], float], low: float, high: float, within: float) -> float:
    """Where a falling function is zero, between two places (regula falsi, after the Illinois rule)."""
    above, below = function(low), function(high)
    side = 0
    middle = low
    for _ in range(40):
        middle = (above * high - below * low) / (above - below) if above != below else low
        value = function(middle)
        if abs(value) < within:
            break
        if value > 0:
            low, above = middle, value
            below = below / 2 if side == 1 else below
            side = 1
        else:
            high, below = middle, value
            above = above / 2 if side == -1 else above
            side = -1
    return middle


def best_tree(
    aspects: Sequence[float], area: tuple[float, float], gap: float, crop: float | Sequence[float] = CROP
) -> TreeLayout | None:
    """The tree that covers most of an area with pictures of like size and little crop; None if there is no room."""
    limits = tuple(crop) if isinstance(crop, Sequence) else (crop,) * len(aspects)
    return max(filling_trees(tuple(aspects), area, gap, limits), key=lambda layout: _covers(layout, area), default=None)


@lru_cache(maxsize=20_000)
def filling_trees(
    aspects: tuple[float, ...], area: tuple[float, float], gap: float, limits: tuple[float, ...], least: float = 0.0
) -> tuple[TreeLayout, ...]:
    """Every tree of these pictures whose block has at least the `least` share of an area; see `solve_tree`.

    Of many pictures only even rows and columns are tried.
    """
    room = _Room(*area, gap, limits, least)
    trees = trees_of(len(aspects)) if len(aspects) <= _ALL_TRIED else _even_trees(aspects)
    return tuple(filter(None, (_solved(tree, aspects, room) for tree in trees)))


def _covers(layout: TreeLayout, area: tuple[float, float]) -> float:
    """How well a page is used: the share that is covered, less the crop and the unevenness of the pictures."""
    sizes = [frame.width * frame.height for frame in layout.frames]
    return sum(sizes) / (area[0] * area[1]) - layout.crop - 0.03 * math.log(max(sizes) / min(sizes))
