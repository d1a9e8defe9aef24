"""Painted pages: finds the element of each piece of marked content, and the areas of links.

The page engine writes a structure tree of boxes, in which a block that is broken across pages is there twice, and
margin boxes are missing. Pressroom does not use it. The engine records which box became which marked content, and every
box knows its element; from that, `mapping` builds the tree anew from the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pressroom.typeset.boxes import LaidBox, PageBoxes, PaintedMarks, Rect
from pressroom.typeset.elements import DocumentElement
from pressroom.typeset.tags.tree import Area, MarkedContent


@dataclass(frozen=True)
class PaintedPage:
    """One painted page."""

    root: DocumentElement
    """The document of its unit."""
    pieces: tuple[MarkedContent, ...] = ()
    """Its marked content, in the order of its boxes."""
    areas: tuple[Area, ...] = ()
    """The areas of its links."""


def shown(pages: Sequence[PageBoxes], marks: Sequence[PaintedMarks]) -> tuple[PaintedPage, ...]:
    """The marked content of every page, after all pages are painted."""
    numbered = enumerate(zip(pages, marks, strict=True))
    return tuple(_MarkReader(number, page, painted).read() for number, (page, painted) in numbered)


def on_sheet(page: PaintedPage, sheet: int) -> PaintedPage:
    """The same page in another place of the book: `sheet` counts from 0."""
    pieces = tuple(replace(piece, sheet=sheet) for piece in page.pieces)
    return replace(page, pieces=pieces, areas=tuple(replace(area, sheet=sheet) for area in page.areas))


class _MarkReader:
    """Reads the marked content of one page."""

    def __init__(self, number: int, page: PageBoxes, marks: PaintedMarks) -> None:
        self.number, self.page, self.marks = number, page, marks
        self.pieces: list[MarkedContent] = []
        self.areas: list[Area] = []

    def read(self) -> PaintedPage:
        """Read all boxes in layout order."""
        for box in self.page.boxes:
            self._walk(box, box.margin)
        return PaintedPage(self.page.document, tuple(self.pieces), tuple(self.areas))

    def _walk(self, box: LaidBox, out: str) -> None:
        """Read a box and its children. `out` is why the content is an artifact: its margin box, `leader`, `hidden`."""
        out = out or ("leader" if box.kind == "leader" else "hidden" if box.is_hidden else "")
        if not out:
            self.areas += self._areas_of(box)
        if box.number in self.marks.contents:
            is_picture = box.kind != "text"
            mcid, rect = self.marks.contents[box.number], self._rect(box)
            piece = MarkedContent(self.number, mcid, box.element, box.part, out, box.text, is_picture, rect)
            if box.text or is_picture or out:
                self.pieces.append(piece)
        for child in box.children:
            self._walk(child, out)

    def _areas_of(self, box: LaidBox) -> Iterator[Area]:
        """The areas of a box that is a link itself; the engine also marks the boxes inside a link."""
        if box.element is None:
            return
        if box.part.startswith("footnote-"):
            yield Area(self.number, box.element, box.part, "", self._rect(box))
        elif box.link and box.number in self.marks.links:
            yield Area(self.number, box.element, "", box.link, _upright(self.marks.links[box.number]))

    def _rect(self, box: LaidBox) -> Rect:
        """The area, from the lower left corner of the page, as PDF counts."""
        left, top, width, height = box.area.left, box.area.top, box.area.width, box.area.height
        high = self.page.height
        return _upright((left, high - top - height, left + width, high - top))


def _upright(rect: tuple[float, ...]) -> Rect:
    left, bottom, right, top = rect
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
