"""Page fits: what make-up changes of single blocks of a chapter, so that its pages are filled.

A figure that nearly fits is made smaller and stands before the page ends. Figures that have a page for themselves,
though nobody asked for it, stand at its optical centre. A figure begins a page where a spread would otherwise come
after it that the manuscript has before it. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from lxml import etree

from pressroom.typeset.boxes import LaidBox, PageBoxes
from pressroom.typeset.floats import NOTED, PageBlock, blocks_on, look

LEAST_SHARE = 0.78
"""The least share of its size to which a figure is made smaller to fill a page."""
OPTICAL_CENTRE = 0.4
"""The share of the white on a page that is above its figures; at half, they would look too low."""
_TO_BE_SURE = 0.985
"""A share is this much smaller than it need be, since heights are whole lines."""


@dataclass(frozen=True)
class PageFits:
    """Changes of blocks, by their numbers."""

    shares: Mapping[int, float] = field(default_factory=dict)
    """The share of its size that a figure takes."""
    falls: Mapping[int, float] = field(default_factory=dict)
    """The white above a figure that begins a page."""
    turned: frozenset[int] = frozenset()
    """Blocks that begin a page."""

    def apply(self, blocks: Sequence[etree._Element]) -> None:
        """Write them as styles of the blocks."""
        for number, share in self.shares.items():
            _add_style(blocks[number], f"--share: {share:.4f}")
        for number, fall in self.falls.items():
            lines = f"calc(round(down, {fall:.2f}pt, var(--u, 1pt)))"
            _add_style(blocks[number], f"margin-top: {lines}; margin-break: keep")
        for number in sorted(self.turned):
            holder = etree.Element("div", {"style": "break-before: page"})
            blocks[number].addprevious(holder)  # what floats beside the text cannot begin a page itself

    def with_smaller(self, pages: Sequence[PageBoxes], hopeless: Iterable[int]) -> tuple[int, PageFits] | None:
        """The first figure that fills the page before it if it is made smaller, and the fits with it."""
        for page, following in pairwise(pages):
            gap, first = look(page).gap, next(blocks_on(following, following.boxes), None)
            if gap <= NOTED or first is None or first[0].kind != "figure" or first[0].number in hopeless:
                continue
            block, box = first
            picture = _height_of_pictures(box)
            share = (picture - (_needed(block, following) - gap)) / picture if picture else 0.0
            if LEAST_SHARE <= share < 1 and block.number not in self.shares:
                return block.number, replace(self, shares={**self.shares, block.number: share * _TO_BE_SURE})
        return None

    def centred(self, pages: Sequence[PageBoxes]) -> PageFits:
        """With white above figures that have a page for themselves."""
        return replace(self, falls=dict(_falls(pages)))


def _needed(block: PageBlock, following: PageBoxes) -> float:
    """The height that a figure takes at the foot of a page: its own, and the white above it, which is that below."""
    blocks = [each for each, _ in blocks_on(following, following.boxes)]
    after = next((each.top for each in blocks if each.top >= block.bottom), None)
    return block.bottom - block.top + (after - block.bottom if after is not None else NOTED / 2)


def _height_of_pictures(box: LaidBox) -> float:
    """The height of the picture in a figure, or of the rows of a gallery."""
    rows: dict[float, float] = {}
    for picture in _pictures(box):
        rows[round(picture.top)] = max(rows.get(round(picture.top), 0.0), picture.bottom - picture.top)
    return sum(rows.values())


def _pictures(box: LaidBox) -> Iterator[LaidBox]:
    if box.kind == "picture":
        yield box
    for child in box.children:
        yield from _pictures(child)


def _falls(pages: Sequence[PageBoxes]) -> Iterator[tuple[int, float]]:
    for page in pages:
        blocks, gap = list(blocks_on(page, page.boxes)), look(page).gap
        if gap > NOTED and blocks and all(block.kind == "figure" and any(_pictures(box)) for block, box in blocks):
            yield blocks[0][0].number, gap * OPTICAL_CENTRE


def _add_style(element: etree._Element, style: str) -> None:
    element.set("style", "; ".join(filter(None, (element.get("style"), style))))
