"""Page fits: what make-up changes of single blocks of a chapter, so that its pages are filled.

A figure that nearly fits is made smaller and stands before the page ends. Figures that have a page for themselves,
though nobody asked for it, stand at its optical centre. A figure begins a page where a spread would otherwise come
after it that the manuscript has before it. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from pressroom.typeset.boxes import LaidBox, PageBoxes
from pressroom.typeset.page_looks import NOTED, blocks_on, look

OPTICAL_CENTRE = 0.4
"""The share of the white on a page that is above its figures; at half, they would look too low."""


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

    def centred(self, pages: Sequence[PageBoxes]) -> PageFits:
        """With white above figures that have a page for themselves."""
        return replace(self, falls=dict(_falls(pages)))


def height_of_pictures(page: PageBoxes, box: LaidBox) -> float:
    """The height of the picture in a figure, or of the rows of a gallery."""
    rows: dict[float, float] = {}
    for picture in _pictures(page, box):
        rows[round(picture.top)] = max(rows.get(round(picture.top), 0.0), picture.bottom - picture.top)
    return sum(rows.values())


def _pictures(page: PageBoxes, box: LaidBox) -> Iterator[LaidBox]:
    """The pictures in a box, and the placeholders of those to come."""
    element = page.element(box)
    if box.kind == "picture" or (element is not None and "placeholder" in element.get("class").split()):
        yield box
    else:
        for child in box.children:
            yield from _pictures(page, child)


def _falls(pages: Sequence[PageBoxes]) -> Iterator[tuple[int, float]]:
    for page in pages:
        blocks, gap = list(blocks_on(page, page.boxes)), look(page).gap
        if (
            gap > NOTED
            and blocks
            and all(block.kind == "figure" and any(_pictures(page, box)) for block, box in blocks)
        ):
            yield blocks[0][0].number, gap * OPTICAL_CENTRE


def _add_style(element: etree._Element, style: str) -> None:
    element.set("style", "; ".join(filter(None, (element.get("style"), style))))
