"""Page files: writes each fixed page as XHTML, with every line and picture at its position.

Page sizes are rounded to whole CSS pixels. Pictures and backgrounds that bleed are stretched to the rounded edge, so
that no white line shows between two pages. Places are in pt until they are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from pressroom.epub.links import Page
from pressroom.epub.pagelist import Marker
from pressroom.fixed.fixed_page import Element, FixedPage, Ground, Image, SheetNode, TypeRun
from pressroom.fixed.styles import FILE, Types, inline, px
from pressroom.language.words import direction
from pressroom.publication.measures import PT_PER_PX
from pressroom.typeset.boxes import Rectangle
from pressroom.xhtml import XHTML

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NAMESPACES = {None: XHTML[1:-1], "epub": "http://www.idpf.org/2007/ops"}
_NEAR = 0.75 * PT_PER_PX
"""Points from an edge at which a picture is meant to run over it: less than a pixel."""


@dataclass(frozen=True)
class Leaf:
    """A page of the ebook, with its id and its page-list marker."""

    id: str
    sheet: FixedPage
    marker: Marker | None
    """Its entry in the page list; None if the page is not counted."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in whole CSS px."""
        return round(px(self.sheet.width)), round(px(self.sheet.height))


class Renderer:
    """Writes the pages of one book as XHTML."""

    def __init__(self, language: str, title: str, types: Types) -> None:
        self.language, self.title, self.types = language, title, types

    def page(self, leaf: Leaf) -> Page:
        """The XHTML of one page."""
        sheet = leaf.sheet
        attributes = {"lang": self.language, _XML_LANG: self.language, "dir": direction(self.language)}
        root = etree.Element(f"{XHTML}html", attributes, nsmap=_NAMESPACES)
        self._head(root, leaf)
        width, height = leaf.size
        style = f"width: {width}px; height: {height}px"
        body = _add(root, "body", {"style": style, _EPUB_TYPE: f"{sheet.matter}matter"})
        if leaf.marker:
            marker = {_EPUB_TYPE: "pagebreak", "role": "doc-pagebreak", "id": leaf.marker.id}
            _add(body, "span", {**marker, "aria-label": leaf.marker.folio})
        if sheet.grounds:
            self._grounds(body, leaf)
        for node in sheet.kids:
            self._node(body, node, leaf)
        if sheet.furniture:
            furniture = _add(body, "div", {"aria-hidden": "true"})
            for run in sheet.furniture:
                self._run(furniture, run)
        return Page(leaf.id, f"text/{leaf.id}.xhtml", root)

    def _head(self, root: etree._Element, leaf: Leaf) -> None:
        head = _add(root, "head")
        _add(head, "meta", {"charset": "utf-8"})
        width, height = leaf.size
        _add(head, "meta", {"name": "viewport", "content": f"width={width}, height={height}"})
        named = (leaf.sheet.title or self.title, leaf.sheet.folio)
        _add(head, "title").text = " · ".join(filter(None, named))
        _add(head, "link", {"rel": "stylesheet", "type": "text/css", "href": f"../{FILE}"})

    # ---- the content of a page

    def _node(self, parent: etree._Element, node: SheetNode, leaf: Leaf) -> None:
        if isinstance(node, str):
            _append_text(parent, node)
        elif isinstance(node, TypeRun):
            self._run(parent, node)
        elif isinstance(node, Image):
            self._image(parent, node, leaf)
        else:
            element = _add(parent, node.name, dict(_attributes(node)))
            for kid in node.kids:
                self._node(element, kid, leaf)

    def _run(self, parent: etree._Element, run: TypeRun) -> None:
        place = {"left": run.left, "top": run.baseline - run.type.size}
        if run.word_spacing and " " in run.text.replace("\xa0", " "):
            place["word_spacing"] = run.word_spacing
        attributes = {"class": f"t {self.types.name(run.type)}", "style": inline(**place)}
        if run.hyphen:
            attributes["class"] += " h"
            attributes["data-hyphen"] = run.hyphen
        if run.direction != direction(self.language):
            attributes["dir"] = run.direction
        self._letters(_add(parent, "span", attributes), run)

    def _letters(self, span: etree._Element, run: TypeRun) -> None:
        """The text of a run, with spans around letters in fallback fonts."""
        done, text = 0, run.letters
        for lent in run.lent:
            _append_text(span, text[done : lent.start])
            if part := text[lent.start : lent.stop]:
                _add(span, "span", {"class": self.types.family(lent.family)}).text = part
            done = lent.stop
        _append_text(span, text[done:])

    def _image(self, parent: etree._Element, image: Image, leaf: Leaf) -> None:
        image = stretched(image, leaf)
        frame, box = image.frame, image.box
        span = _add(parent, "span", {"class": "i", "style": _place(frame)})
        shown = replace(box, left=box.left - frame.left, top=box.top - frame.top)
        attributes = {"src": image.address, "alt": image.alt, "style": _place(shown)}
        if image.is_silent:
            attributes["role"] = "presentation"
        if image.described_by:
            attributes["aria-details"] = image.described_by
        _add(span, "img", attributes)

    def _grounds(self, body: etree._Element, leaf: Leaf) -> None:
        under = _add(body, "div", {"aria-hidden": "true"})
        for ground in leaf.sheet.grounds:
            _add(under, "div", {"class": "g", "style": _ground(ground, leaf)})


def stretched(image: Image, leaf: Leaf) -> Image:
    """A picture whose frame is extended to the page edges that it nearly reaches."""
    frame = _to_edges(image.frame, leaf)
    across, down = frame.width / image.frame.width, frame.height / image.frame.height
    box = Rectangle(
        frame.left + (image.box.left - image.frame.left) * across,
        frame.top + (image.box.top - image.frame.top) * down,
        image.box.width * across,
        image.box.height * down,
    )
    return replace(image, frame=frame, box=box)


def _to_edges(box: Rectangle, leaf: Leaf) -> Rectangle:
    width, height = (pixels * PT_PER_PX for pixels in leaf.size)
    left, top = (0.0 if abs(edge) < _NEAR else edge for edge in (box.left, box.top))
    right = width if abs(box.right - leaf.sheet.width) < _NEAR else box.right
    bottom = height if abs(box.bottom - leaf.sheet.height) < _NEAR else box.bottom
    return Rectangle(left, top, right - left, bottom - top)


def _ground(ground: Ground, leaf: Leaf) -> str:
    box = _to_edges(ground.box, leaf)
    return "; ".join([_place(box), *(f"{name}: {value}" for name, value in ground.css)])


def _place(box: Rectangle) -> str:
    return inline(left=box.left, top=box.top, width=box.width, height=box.height)


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attributes:
        yield _EPUB_TYPE if name == "epub:type" else name, value
        if name == "lang":
            yield _XML_LANG, value


def _add(parent: etree._Element, name: str, attributes: dict[str, str] | None = None) -> etree._Element:
    return etree.SubElement(parent, f"{XHTML}{name}", attributes or {})


def _append_text(parent: etree._Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def leaves(sheets: Sequence[FixedPage], taken: set[str]) -> Iterator[Leaf]:
    """The pages with their ids, numbered from 1, and their markers. `taken` are the ids of their elements."""
    digits = len(str(len(sheets)))
    for number, sheet in enumerate(sheets, 1):
        id = f"p-{number:0{digits}}"
        yield Leaf(id, sheet, Marker(sheet.folio, _new_id(f"page-{sheet.folio}", taken), id) if sheet.folio else None)


def _new_id(id: str, taken: set[str]) -> str:
    while id in taken:
        id += "-begins"
    taken.add(id)
    return id
