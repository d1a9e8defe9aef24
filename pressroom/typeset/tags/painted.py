"""What the pages show: which piece of marked content belongs to which element, and where the links are.

The engine writes a structure tree of its own, of boxes: what a page breaks is there twice, what stands in a margin has
no place. It is not used. It is known which box became which marked content when it was painted, and every box knows its
element: with that the tree is made anew from the document (`grow`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pressroom.typeset.boxes import LaidBox, PageBoxes, PaintedMarks, Rect
from pressroom.typeset.elements import DocumentElement
from pressroom.typeset.tags.tree import Area, MarkedContent


@dataclass(frozen=True)
class PaintedPage:
    """One page as it was painted."""

    root: DocumentElement
    """The document that the page is of."""
    pieces: tuple[MarkedContent, ...] = ()
    """Its marked content, in the order of its boxes."""
    areas: tuple[Area, ...] = ()
    """The areas of its links."""


def shown(pages: Sequence[PageBoxes], marks: Sequence[PaintedMarks]) -> tuple[PaintedPage, ...]:
    """What every page shows, after all have been painted."""
    numbered = enumerate(zip(pages, marks, strict=True))
    return tuple(_MarkReader(number, page, painted).read() for number, (page, painted) in numbered)


class _MarkReader:
    """Reads the marked content of one page."""

    def __init__(self, number: int, page: PageBoxes, marks: PaintedMarks) -> None:
        self.number, self.page, self.marks = number, page, marks
        self.pieces: list[MarkedContent] = []
        self.areas: list[Area] = []

    def read(self) -> PaintedPage:
        """Walk over all boxes, as they were laid out."""
        for box in self.page.boxes:
            self._walk(box, box.margin)
        return PaintedPage(self.page.document, tuple(self.pieces), tuple(self.areas))

    def _walk(self, box: LaidBox, out: str) -> None:
        """`out` is why the content of the box is an artifact: its margin, a leader, hidden."""
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
        """The boxes that are links themselves: the engine marks everything inside a link, too."""
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
