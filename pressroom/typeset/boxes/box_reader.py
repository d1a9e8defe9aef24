"""Reads the page engine's boxes, and makes `PageBoxes` of them. All names of its fields are here and in `appearance`.

They are private to the engine: if a test of this module fails after an update of WeasyPrint, read its
formatting_structure/boxes.py, document.py and pdf/tags.py beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any
from xml.etree.ElementTree import Element

from pressroom.typeset.boxes import (
    BoxAppearance,
    FontStretch,
    LaidBox,
    LaidBoxKind,
    PageBoxes,
    PaintedMarks,
    Rect,
    TextAppearance,
)
from pressroom.typeset.boxes.appearance import background_colour, box_appearance, text_appearance
from pressroom.typeset.boxes.lengths import pt, rectangle
from pressroom.typeset.elements import DocumentElement

FontsOf = Callable[[Any], tuple[FontStretch, ...]]
"""The fonts of a text box, which only the engine knows."""
_KINDS: dict[str, LaidBoxKind] = {
    "LineBox": "line", "TableBox": "table", "MarginBox": "margin", "FootnoteAreaBox": "notes",
}  # fmt: skip


def read_pages(pages: Sequence[Any], fonts_of: FontsOf | None = None) -> tuple[PageBoxes, ...]:
    """Reads the engine's pages into values, with appearances where `fonts_of` is given."""
    readers: dict[Element, _PageReader] = {}
    made: list[PageBoxes] = []
    for page in pages:
        root = next(child.element for child in page._page_box.children if child.element is not None)
        if root not in readers:
            readers[root] = _PageReader(root, fonts_of)
        made.append(readers[root].read(page))
    return tuple(made)


def read_document(element: Element) -> DocumentElement:
    """A document of the engine as values."""
    return _read_element(element, count())


def _read_element(element: Element, numbers: Iterator[int]) -> DocumentElement:
    number = next(numbers)
    children = tuple(_read_element(child, numbers) for child in element)
    if not isinstance(element.tag, str):
        return DocumentElement(number, "", tail=element.tail or "")
    attributes = tuple(element.attrib.items())
    return DocumentElement(number, element.tag, attributes, element.text or "", element.tail or "", children)


class _PageReader:
    """Reads the pages of one document."""

    def __init__(self, root: Element, fonts_of: FontsOf | None) -> None:
        self.document = read_document(root)
        self.numbers = {element: number for number, element in enumerate(root.iter())}
        self.fonts_of = fonts_of

    def read(self, page: Any) -> PageBoxes:
        """One page."""
        box, numbers = page._page_box, count()
        left, bottom = box.content_box_x(), box.content_box_y() + box.height
        notes = [child for child in box.children if _kind(child) == "notes" and child.children]
        backgrounds = (box.background, box.canvas_background) if self.fonts_of else ()
        return PageBoxes(
            document=self.document,
            width=pt(page.width),
            height=pt(page.height),
            left=pt(left),
            right=pt(left + box.width),
            bottom=pt(min([bottom, *(area.position_y for area in notes)])),
            anchors=tuple(page.anchors),
            boxes=tuple(self._box(child, numbers) for child in _inner(box)),
            backgrounds=tuple(colour for background in backgrounds if (colour := background_colour(background))),
        )

    def _box(self, box: Any, numbers: Iterator[int]) -> LaidBox:
        number, kind = next(numbers), _kind(box)
        part = str(box.element_tag or "").partition("::")[2]
        top, bottom = box.position_y, box.position_y + box.margin_height()
        return LaidBox(
            number=number,
            kind=kind,
            element=None if box.element is None else self.numbers[box.element],
            part=part,
            area=rectangle(*box.hit_area()),
            top=pt(top + _length(box.margin_top)),
            bottom=pt(bottom - _length(box.margin_bottom)),
            text=str(box.text) if kind == "text" else "",
            margin=str(box.at_keyword) if kind == "margin" else "",
            link="" if part else _link(box),
            is_hidden=box.style["visibility"] != "visible",
            from_right=box.style["direction"] == "rtl",
            looks=self._looks(box, kind, self.fonts_of) if self.fonts_of else None,
            children=tuple(self._box(child, numbers) for child in _inner(box)),
        )

    def _looks(self, box: Any, kind: LaidBoxKind, fonts_of: FontsOf) -> TextAppearance | BoxAppearance | None:
        if kind != "text":
            return box_appearance(box)
        is_seen = box.style["visibility"] == "visible" and box.style["font_size"] > 0
        return text_appearance(box, fonts_of(box)) if is_seen else None


def read_marks(page: Any, stream: Any) -> PaintedMarks:
    """What became of the boxes of a page, when it was painted on a stream of the engine."""
    boxes = dict(enumerate(_walk(page._page_box)))
    numbers = {box: number for number, box in boxes.items()}
    contents = {numbers[box]: int(mark["mcid"]) for box, mark in stream._tags.items() if box in numbers}
    links = {number: _rect(box.link_annotation["Rect"]) for number, box in boxes.items() if box.link_annotation}
    return PaintedMarks(contents, links)


def _rect(numbers: Sequence[Any]) -> Rect:
    """An area of a link: the engine keeps it in pt, as the PDF has it."""
    left, bottom, right, top = map(float, numbers)
    return left, bottom, right, top


def _walk(box: Any) -> Iterator[Any]:
    """The boxes in a box, in the order in which `_PageReader` counts them."""
    for child in _inner(box):
        yield child
        yield from _walk(child)


def _inner(box: Any) -> list[Any]:
    """What is directly in a box. What is positioned leaves a placeholder."""
    return [getattr(child, "_box", child) for child in getattr(box, "children", ()) or ()]


def _kind(box: Any) -> LaidBoxKind:
    if hasattr(box, "text"):
        return "text"
    if hasattr(box, "replacement"):
        return "picture"
    return "leader" if box.is_leader else _KINDS.get(type(box).__name__, "other")


def _link(box: Any) -> str:
    """Where the link leads that is the element of a box. The engine gives it to everything inside, too."""
    if not box.link or box.element is None or box.element.tag != "a":
        return ""
    kind, target = box.link[1]
    return str(target) if kind != "internal" else f"#{target}"


def _length(value: Any) -> float:
    """A length in CSS px; 0 for `auto`."""
    return float(value) if isinstance(value, int | float) else 0.0
