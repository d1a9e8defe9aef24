"""Nesting: puts the text and pictures of one page into the elements of their unit's document, in reading order.

A picture is followed by its caption wherever that is on the page, and a note follows the paragraph that calls it.
Elements that only position their content are left out, since each piece of content has its own position.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from pressroom.fixed.fixed_page import Element, Image, SheetNode, TypeRun
from pressroom.typeset.elements import DocumentElement
from pressroom.typeset.tags.tagged_unit import TaggedUnit, figure_id, name_of
from pressroom.typeset.tags.tree import MarkedContent

_KEPT = frozenset(
    "a abbr article aside b bdi bdo blockquote caption cite code dd del dfn dl dt em figcaption figure footer h1 h2 h3"
    " h4 h5 h6 header i ins kbd li mark ol p pre q s samp section small strong sub sup table tbody td tfoot th thead"
    " time tr u ul var".split()
)
"""Elements that have a meaning by their name alone."""
_INSTEAD = {"div": "div", "details": "div", "summary": "p"}
"""Replacements for elements that have a meaning only by an attribute, and for `details`, which no page can open."""
_ALWAYS = (
    "lang", "dir", "title", "datetime", "href", "colspan", "rowspan", "scope", "start", "reversed", "type",
    "aria-hidden",
)  # fmt: skip
_ONCE = ("role", "aria-label", "aria-labelledby")
"""Attributes that only the page on which an element begins has, so that no name is announced twice."""
_HOSTS = frozenset("article aside blockquote body caption dd div dt figcaption figure li section td th".split())
"""Elements that allow a note at their end or between their blocks."""


@dataclass
class PageBuilder:
    """Builds the elements of one page."""

    source: TaggedUnit
    things: Callable[[MarkedContent], TypeRun | Image]
    begun: frozenset[DocumentElement]
    """Elements that have begun on earlier pages."""
    here: frozenset[str]
    """Ids whose target is on this page."""
    texts: Mapping[str, str]
    """Long descriptions by their ids, for screen readers; they are not displayed."""
    given: set[str] = field(default_factory=set)
    """Ids that are in use."""

    def grow(self) -> tuple[SheetNode, ...]:
        """The content of the page in reading order."""
        nodes, notes = self._nodes(self.source.root)
        lost = sorted(self.here - self.given)  # targets without text
        return (*(Element("span", (("id", id),)) for id in lost), *nodes, *notes)

    def _nodes(self, element: DocumentElement) -> tuple[tuple[SheetNode, ...], tuple[SheetNode, ...]]:
        """The nodes of an element, and the notes that must follow it."""
        name = name_of(element)
        if element.tag == "hr":
            return (), ()
        if name == "fn":
            return self._note(element)
        if "leaf" in element.get("class", "").split():
            return self._leaf(element), ()
        if name == "img":
            return tuple(self._image(kid) for kid in self._pieces(element)), ()
        if name == "tr":
            return (self._made(element, "tr", tuple(self._cells(element))),), ()
        return self._held(element, name)

    def _held(self, element: DocumentElement, name: str) -> tuple[tuple[SheetNode, ...], tuple[SheetNode, ...]]:
        """The content of an element, inside the element itself if that has a meaning."""
        kids, notes = self._kids(element)
        if name == "figure":
            return self._figure(element, kids, notes)
        if name in ("html", "body") or (name not in (*_KEPT, "summary") and not self._says(element)):
            return kids, notes
        if name == "dl":
            return _definitions(self._made(element, name, kids)), notes
        name = name if name in _KEPT else _INSTEAD.get(element.tag, "span")
        if name not in _HOSTS:
            return (self._made(element, name, kids),), notes
        return (self._made(element, name, (*kids, *notes)),), ()

    def _kids(self, element: DocumentElement) -> tuple[tuple[SheetNode, ...], tuple[SheetNode, ...]]:
        """The content of an element with notes between its blocks, and the notes that must follow the element."""
        found: list[SheetNode] = []
        pending: list[SheetNode] = []
        for kid in self.source.kids.get(element, ()):
            if isinstance(kid, MarkedContent):
                found += self._typed(self.things(kid))
                continue
            nodes, notes = self._nodes(kid)
            found += nodes
            if name_of(element) in ("section", "body", "div", "aside", "blockquote", "article"):
                found += notes
            else:
                pending += notes
        return tuple(found), tuple(pending)

    def _typed(self, thing: TypeRun | Image) -> Iterator[SheetNode]:
        """A run, and the space after its word where the line ends."""
        yield thing
        if isinstance(thing, TypeRun) and thing.end == "word":
            yield " "

    def _pieces(self, element: DocumentElement) -> Iterator[MarkedContent]:
        yield from (kid for kid in self.source.kids.get(element, ()) if isinstance(kid, MarkedContent))

    # ---- elements

    def _made(self, element: DocumentElement, name: str, kids: tuple[SheetNode, ...], **more: str) -> Element:
        attributes = {key: value for key in _ALWAYS if (value := element.get(key))}
        if element not in self.begun:
            attributes |= {key: value for key in _ONCE if (value := element.get(key))}
            if kind := element.get("data-type"):
                attributes["epub:type"] = kind
        if attributes.get("aria-labelledby", "") not in ("", *self.here):
            del attributes["aria-labelledby"]
        if id := self._id(element.get("id", "")):
            attributes["id"] = id
        return Element(name, tuple((attributes | more).items()), kids)

    def _id(self, id: str) -> str:
        """An id, if its target is on this page and no element has it yet; else empty."""
        if id not in self.here or id in self.given:
            return ""
        self.given.add(id)
        return id

    def _says(self, element: DocumentElement) -> bool:
        """Whether an element without a meaning of its own has a role or an attribute that gives it one."""
        keys = ("lang", "dir", "role", "aria-label", "aria-hidden", "data-type", "title")
        return element.get("id", "") in self.here or any(element.get(key) for key in keys)

    def _cells(self, row: DocumentElement) -> Iterator[SheetNode]:
        """All cells of a row, empty ones included, so that later cells keep their columns."""
        for cell in row:
            kids, notes = self._kids(cell)
            yield self._made(cell, name_of(cell), (*kids, *notes))

    def _image(self, piece: MarkedContent) -> Image:
        image = self.things(piece)
        element = self.source.element(piece)
        assert isinstance(image, Image)
        assert element is not None
        details = element.get("aria-details")
        return replace(image, described_by=details if details in self.texts else "")

    def _figure(
        self, element: DocumentElement, kids: tuple[SheetNode, ...], notes: tuple[SheetNode, ...]
    ) -> tuple[tuple[SheetNode, ...], tuple[SheetNode, ...]]:
        """A picture with its caption. A caption without a picture becomes a `div`: its picture is on another page."""
        pictures = [kid for kid in kids if isinstance(kid, Image) or (isinstance(kid, Element) and _shows(kid))]
        descriptions = tuple(
            Element("div", (("id", kid.described_by), ("class", "unseen")), (self.texts[kid.described_by],))
            for kid in kids
            if isinstance(kid, Image) and kid.described_by and kid.described_by not in self.given
        )
        id = {"id": own} if (own := self._id(figure_id(element))) else {}
        if pictures:
            before, caption, after = _around_caption(kids)
            inside = (*before, *descriptions, *notes, *caption)
            return (self._made(element, "figure", inside, **id), *after), ()
        alone = tuple(replace(k, name="div") if isinstance(k, Element) and k.name == "figcaption" else k for k in kids)
        return (self._made(element, "div", (*alone, *notes), **id),), ()

    def _leaf(self, element: DocumentElement) -> tuple[SheetNode, ...]:
        """Half of a spread picture. Only the verso half has the alt text."""
        kids, _ = self._kids(element)
        if "verso" not in element.get("class", "").split():
            return tuple(map(_unsaid, kids))
        figure = next((e.get("data-spread", "") for e in self.source.around(element) if e.get("data-spread")), "")
        if element.get("id", "") in self.here:  # it is one of several pictures, whose place is marked by itself
            return (self._made(element, "figure", kids),)
        id = {"id": own} if (own := self._id(figure)) else {}
        return (self._made(element, "figure", kids, **id),)

    def _note(self, element: DocumentElement) -> tuple[tuple[SheetNode, ...], tuple[SheetNode, ...]]:
        """The call of a note, and the note as a visible block, which no reading system hides."""
        id, call_id = element.get("id", ""), element.get("data-call", "")
        call: list[SheetNode] = []
        marker: list[SheetNode] = []
        text: list[SheetNode] = []
        for kid in self.source.kids.get(element, ()):
            if not isinstance(kid, MarkedContent):
                text += self._nodes(kid)[0]
            else:
                part: dict[str, list[SheetNode]] = {"footnote-call": call, "footnote-marker": marker}
                part.get(kid.part, text).extend(self._typed(self.things(kid)))
        made: tuple[SheetNode, ...] = ()
        if call:
            made = (_link(f"#{id}", "noteref", "doc-noteref", call, self._id(call_id)),)
        if not marker and not text:
            return made, ()
        back: tuple[SheetNode, ...] = (_link(f"#{call_id}", "backlink", "doc-backlink", marker),) if marker else ()
        return made, (self._footnote(id, (*back, *text)),)

    def _footnote(self, id: str, kids: tuple[SheetNode, ...]) -> Element:
        own = self._id(id)
        attributes = (("id", own), ("epub:type", "footnote"), ("role", "doc-footnote")) if own else ()
        return Element("div", attributes, _in_paragraphs(kids))


def _link(
    href: str,
    kind: Literal["noteref", "backlink"],
    role: str,
    kids: list[SheetNode],
    id: str = "",
) -> Element:
    own = (("id", id),) if id else ()
    return Element("a", (*own, ("href", href), ("epub:type", kind), ("role", role)), tuple(kids))


def _in_paragraphs(kids: tuple[SheetNode, ...]) -> tuple[SheetNode, ...]:
    """The blocks of a note; text before the first block moves into that block."""
    blocks = [n for n, kid in enumerate(kids) if isinstance(kid, Element) and kid.name in ("p", "div", "ul", "ol")]
    if not blocks:
        return (Element("p", (), kids),)
    first = kids[blocks[0]]
    head = kids[: blocks[0]]
    if isinstance(first, Element) and first.name == "p":
        return (replace(first, kids=(*head, *first.kids)), *kids[blocks[0] + 1 :])
    return ((Element("p", (), head),) if head else ()) + kids[blocks[0] :]


def _shows(element: Element) -> bool:
    """Whether an element is or contains a picture."""
    if element.name == "figure" or element.get("role") == "img":
        return True
    return any(isinstance(kid, Image) or (isinstance(kid, Element) and _shows(kid)) for kid in element.kids)


def _definitions(made: Element) -> tuple[SheetNode, ...]:
    """A definition list; the rest of one whose first term is on an earlier page becomes a `div`."""
    if made.kids and isinstance(made.kids[0], Element) and made.kids[0].name == "dt" and _name(made.kids[-1]) == "dd":
        return (made,)
    kids = tuple(
        replace(k, name="div") if _name(k) in ("dt", "dd") and isinstance(k, Element) else k for k in made.kids
    )
    return (replace(made, name="div", kids=kids),)


def _around_caption(
    kids: tuple[SheetNode, ...],
) -> tuple[tuple[SheetNode, ...], tuple[SheetNode, ...], tuple[SheetNode, ...]]:
    """What stands in a figure before its caption, the caption, and what stands behind it: the caption of another
    picture. In HTML a caption is the last thing in its figure.
    """
    at = next((n for n, kid in enumerate(kids) if _name(kid) == "figcaption"), len(kids))
    return kids[:at], kids[at : at + 1], kids[at + 1 :]


def _name(node: SheetNode) -> str:
    return node.name if isinstance(node, Element) else ""


def _unsaid(node: SheetNode) -> SheetNode:
    """What stands on the second half of a spread: its picture is described, its caption has no figure around it."""
    if isinstance(node, Image):
        return replace(node, alt="", described_by="", is_silent=True)
    return replace(node, name="div") if isinstance(node, Element) and node.name == "figcaption" else node
