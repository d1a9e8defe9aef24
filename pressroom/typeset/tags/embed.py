"""Writes tags into the PDF: the structure tree, its parent tree and ids, artifacts in the pages, and the links.

ISO 32000-1: 14.6 marked content, 14.7 structure, 14.8.2.2 artifacts, 12.5.6.5 links.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from pressroom.keeping.shelf import NO_SHELF, Shelf
from pressroom.typeset.tags.line_ends import End
from pressroom.typeset.tags.marked_content import ShownGlyphs, Typist, artifact, glyphs_in
from pressroom.typeset.tags.tree import ROLES, Area, Link, MarkedContent, Tag, TagNode

_MARK = re.compile(rb"^/(?:Span|Figure)\n<</MCID (\d+)>>\nBDC$", re.MULTILINE)
"""The beginning of a piece of marked content as the page engine writes it, one operand to a line."""
_PRINT = 4
"""The Print flag of an annotation, the only one that PDF/UA requires."""


class Marking(NamedTuple):
    """What becomes of a piece of marked content."""

    text: str | None
    """Its text in the document; None for one outside the tree."""
    end: End | None = None
    margin: str = ""
    """The margin box of a piece outside the tree."""


class TagWriter:
    """Writes the structure tree of one file."""

    def __init__(self, pdf: pikepdf.Pdf, ends: Mapping[tuple[int, int], End], shelf: Shelf = NO_SHELF) -> None:
        self.pdf, self.ends, self.shelf = pdf, ends, shelf
        self.typist = Typist()
        self.pages = list(pdf.pages)
        self.parents: list[dict[int, pikepdf.Object]] = [{} for _ in self.pages]
        """For each page, the structure elements of its marked content, by MCID."""
        self.texts: dict[tuple[int, int], str] = {}
        self.links: list[pikepdf.Object] = []
        """The structure elements of the annotations; their numbers in the parent tree follow those of the pages."""
        self.ids: dict[str, pikepdf.Object] = {}

    def write(self, tree: Tag, artifacts: Mapping[tuple[int, int], str]) -> None:
        """Replace the page engine’s structure tree. `artifacts` has the margin boxes of pieces, by page and MCID."""
        for page in self.pages:
            if Name.Annots in page:
                del page[Name.Annots]
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = Array([self._tag(tree, root)])
        root.RoleMap = Dictionary({f"/{own}": Name(f"/{standard}") for own, standard in ROLES.items()})
        self.pdf.Root.StructTreeRoot = root
        for number, page in enumerate(self.pages):
            self._mark(number, page, artifacts)
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(list(self._numbers()))))
        root.ParentTreeNextKey = len(self.pages) + len(self.links)
        if self.ids:
            names = [part for id in sorted(self.ids, key=str.encode) for part in (String(id), self.ids[id])]
            limits = [String(min(self.ids, key=str.encode)), String(max(self.ids, key=str.encode))]
            leaf = self.pdf.make_indirect(Dictionary(Limits=Array(limits), Names=Array(names)))
            root.IDTree = self.pdf.make_indirect(Dictionary(Kids=Array([leaf])))

    def _tag(self, tag: Tag, parent: pikepdf.Object) -> pikepdf.Object:
        element = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{tag.type}"), P=parent))
        if tag.lang:
            element.Lang = String(tag.lang)
        if tag.alt:
            element.Alt = String(tag.alt)
        if tag.expansion:
            element.E = String(tag.expansion)
        if tag.id:
            element.ID = String(tag.id)
            self.ids[tag.id] = element
        if sets := [_attributes(owner, values) for owner, values in tag.attributes.items() if values]:
            element.A = sets[0] if len(sets) == 1 else Array(sets)
        own = [kid.sheet for kid in tag.kids if isinstance(kid, MarkedContent)]
        if own:
            element.Pg = self.pages[own[0]].obj
        kids = [self._kid(kid, element, own[0] if own else -1) for kid in tag.kids]
        if tag.link:
            kids += self._annotations(tag.link, element)
        element.K = Array(kids)
        return element

    def _kid(self, kid: TagNode, element: pikepdf.Object, sheet: int) -> pikepdf.Object | int:
        if isinstance(kid, Tag):
            return self._tag(kid, element)
        self.parents[kid.sheet][kid.mcid] = element
        self.texts[kid.sheet, kid.mcid] = kid.text
        if kid.sheet == sheet:
            return kid.mcid
        return Dictionary(Type=Name.MCR, Pg=self.pages[kid.sheet].obj, MCID=kid.mcid)

    # ---- links

    def _annotations(self, link: Link, element: pikepdf.Object) -> list[pikepdf.Object]:
        """One annotation for each page that a link is on."""
        by_sheet = groupby(link.areas, key=lambda area: area.sheet)
        return [self._annotation(link, sheet, list(areas), element) for sheet, areas in by_sheet]

    def _annotation(self, link: Link, sheet: int, areas: list[Area], element: pikepdf.Object) -> pikepdf.Object:
        lefts, bottoms, rights, tops = zip(*(area.rect for area in areas), strict=True)
        page = self.pages[sheet]
        annotation = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=_numbers((min(lefts), min(bottoms), max(rights), max(tops))),
            BS=Dictionary(W=0),
            F=_PRINT,
            P=page.obj,
            Contents=String(link.text or link.target),
            StructParent=len(self.pages) + len(self.links),
        )
        if len(areas) > 1:
            corners = [n for area in areas for n in _corners(*area.rect)]
            annotation.QuadPoints = _numbers(corners)
        if link.target.startswith("#"):
            annotation.Dest = String(link.target[1:])
        else:
            annotation.A = Dictionary(Type=Name.Action, S=Name.URI, URI=String(link.target))
        made = self.pdf.make_indirect(annotation)
        if Name.Annots not in page:
            page.Annots = Array()
        page.Annots.append(made)
        self.links.append(element)
        return Dictionary(Type=Name.OBJR, Obj=made, Pg=page.obj)

    # ---- pages

    def _mark(self, number: int, page: pikepdf.Page, artifacts: Mapping[tuple[int, int], str]) -> None:
        """Mark all content outside the tree as artifacts, and correct the Unicode values of the text."""
        data = page.Contents.read_bytes()
        pieces = [(number, int(mcid)) for mcid in _MARK.findall(data)]
        marks = {at[1]: Marking(self.texts.get(at), self.ends.get(at), artifacts.get(at, "")) for at in pieces}
        shown: ShownGlyphs = self.shelf.value(tuple, data, lambda: glyphs_in(data))
        told = repr((sorted(marks.items()), self.typist.meanings(shown, page)))
        made_of = told.encode("utf-8", "surrogatepass") + data
        content = self.shelf.value(bytes, made_of, lambda: zlib.compress(self._marked(data, marks, page)))
        page.Contents = self.pdf.make_stream(content, Filter=Name.FlateDecode)
        page.Tabs = Name.S
        page.StructParents = number

    def _marked(self, data: bytes, marks: Mapping[int, Marking], page: pikepdf.Page) -> bytes:
        """The content of a page with its marks."""
        made: list[bytes] = []
        done = 0
        for found in _MARK.finditer(data):
            mcid = int(found[1])
            mark = marks[mcid]
            made.append(data[done : found.start()])
            done = found.end()
            if mark.text is None:
                made.append(artifact(mark.margin))
            elif mark.text:
                stop = data.index(b"\nEMC", done)
                made.append(self.typist.typed(mcid, data[done:stop], mark.text, mark.end, page))
                done = stop
            else:
                made.append(found[0])
        return b"".join(made) + data[done:]

    def _numbers(self) -> Iterable[object]:
        """The parent tree, a number tree: the elements of each page by MCID, then the element of each link."""
        for number, marks in enumerate(self.parents):
            yield number
            yield self.pdf.make_indirect(Array([marks.get(n) for n in range(max(marks, default=-1) + 1)]))
        for number, element in enumerate(self.links, start=len(self.pages)):
            yield number
            yield element


def _attributes(owner: str, values: Mapping[str, object]) -> Dictionary:
    made = Dictionary(O=Name(f"/{owner}"))
    for name, value in values.items():
        made[f"/{name}"] = _value(value)
    return made


def _value(value: object) -> pikepdf.Object | int:
    if isinstance(value, int):
        return value
    if isinstance(value, tuple):
        return _numbers(value)
    if isinstance(value, list):
        return Array([String(item) for item in value])
    text = str(value)
    return Name(text) if text.startswith("/") else String(text)


def _corners(left: float, bottom: float, right: float, top: float) -> tuple[float, ...]:
    """QuadPoints in the order that PDF viewers expect: upper left, upper right, lower left, lower right."""
    return left, top, right, top, left, bottom, right, bottom


def _numbers(values: Iterable[float]) -> Array:
    return Array([round(n, 3) for n in values])
