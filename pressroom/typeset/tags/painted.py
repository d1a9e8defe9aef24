"""What the pages show: which piece of marked content belongs to which element, and where the links are.

The engine writes a structure tree of its own, of boxes: what a page breaks is there twice, what stands in a margin has
no place. It is not used. `Noted` pages keep which box became which marked content when they are painted, and every box
knows its element: with that the tree is made anew from the document (`grow`).

With `boxtree`, this is what reads the engine's private parts: `Stream._tags`, a few fields of boxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from pressroom.typeset.boxtree import tree
from pressroom.typeset.tags.tree import Area, MarkedContent, Rect

_PT_PER_PX = 0.75


class Noted:
    """A page of the engine which, when it is painted, keeps what marked content its boxes became."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.marks: dict[Any, int] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.page, name)

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page, as the engine’s own does."""
        self.page.paint(stream, scale)
        self.marks = {box: mark["mcid"] for box, mark in stream._tags.items()}


@dataclass
class PaintedPage:
    """One page as it was painted."""

    root: Element
    """The document that the page is of."""
    pieces: list[MarkedContent] = field(default_factory=list)
    """Its marked content, in the order of its boxes."""
    areas: list[Area] = field(default_factory=list)
    """Where its links are."""


def shown(pages: Sequence[Noted]) -> tuple[PaintedPage, ...]:
    """What every page shows, after all have been painted."""
    return tuple(_BoxReader(number, page).read() for number, page in enumerate(pages))


class _BoxReader:
    """Reads the boxes of one page."""

    def __init__(self, number: int, page: Noted) -> None:
        self.number, self.page = number, page
        self.height = page.height

    def read(self) -> PaintedPage:
        """Walk over all boxes, as they were laid out."""
        box = tree(self.page)
        self.shown = PaintedPage(next(child.element for child in box.children if child.element is not None))
        for child in box.children:
            margin = getattr(child, "at_keyword", "") if type(child).__name__ == "MarginBox" else ""
            self._walk(child, margin)
        return self.shown

    def _walk(self, box: Any, out: str) -> None:
        """`out` tells why what is in the box is no part of the text: the margin where it stands, a leader, hidden."""
        box = getattr(box, "_box", box)  # what is positioned leaves a placeholder
        out = out or ("leader" if box.is_leader else "hidden" if box.style["visibility"] != "visible" else "")
        part = str(box.element_tag or "").partition("::")[2]
        if box.element is not None and (part.startswith("footnote-") or box.link_annotation) and not out:
            self.shown.areas += self._areas(box, part)
        if box in self.page.marks:
            text = getattr(box, "text", "")
            is_picture = not hasattr(box, "text")
            piece = MarkedContent(
                self.number, self.page.marks[box], box.element, part, out, text, is_picture, self._rect(box)
            )
            if text or is_picture or out:
                self.shown.pieces.append(piece)
        for child in getattr(box, "children", ()):
            self._walk(child, out)

    def _areas(self, box: Any, part: str) -> Iterator[Area]:
        """Of links, only the boxes that are the link itself: the engine gives one to everything inside it, too."""
        if part.startswith("footnote-"):
            yield Area(self.number, box.element, part, "", self._rect(box))
        elif box.element.tag == "a" and not part and box.link:
            kind, target = box.link[1]
            rect = tuple(float(n) for n in box.link_annotation["Rect"])
            yield Area(self.number, box.element, "", target if kind != "internal" else f"#{target}", _upright(rect))

    def _rect(self, box: Any) -> Rect:
        """In points from the lower left corner of the page."""
        left, top, width, height = box.hit_area()
        high = self.height
        return _upright(tuple(n * _PT_PER_PX for n in (left, high - top - height, left + width, high - top)))


def _upright(rect: tuple[float, ...]) -> Rect:
    left, bottom, right, top = rect
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
