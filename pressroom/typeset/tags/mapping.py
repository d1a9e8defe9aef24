"""Mapping from XHTML elements to the tags of a PDF.

The tree has the order of the document: a picture is followed by its caption wherever that is on the page, and a block
that is broken across pages has one tag.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pressroom.publication import LEFT
from pressroom.typeset.boxes import Rect
from pressroom.typeset.elements import DocumentElement
from pressroom.typeset.tags import lists, tables
from pressroom.typeset.tags.tagged_unit import TaggedUnit, figure_id, name_of
from pressroom.typeset.tags.tree import (
    GROUPING,
    MarkedContent,
    Tag,
    TagNode,
    grouped,
    is_blank,
    is_inline,
    pieces,
)

_TYPES = {
    **dict.fromkeys(("section", "nav"), "Sect"),
    **dict.fromkeys(("div", "header", "footer", "main", "details"), "Div"),
    **dict.fromkeys(("p", "pre", "address", "summary"), "P"),
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    **dict.fromkeys(("code", "kbd", "samp"), "Code"),
    **dict.fromkeys(("em", "i"), "Em"),
    **dict.fromkeys(("strong", "b"), "Strong"),
    "article": "Art",
    "aside": "Aside",
    "blockquote": "BlockQuote",
    "q": "Quote",
    "figcaption": "Caption",
}
"""All other elements are inline and have no tag of their own."""
_UNSAID = ("presentation", "none")
"""Roles of a decorative picture; any other element with them loses its meaning."""


def grow(source: TaggedUnit) -> tuple[TagNode, ...]:
    """The tags of a unit."""
    return TagBuilder(source).nodes(source.root)


class TagBuilder:
    """Builds the tags of one document."""

    def __init__(self, source: TaggedUnit) -> None:
        self.source = source

    def nodes(self, element: DocumentElement) -> tuple[TagNode, ...]:
        """The tag of an element, or the tags of its content if it has no tag of its own."""
        role, name = element.get("role"), name_of(element)
        if name == "hr" or role == "separator" or (name in ("img", "svg") and role in _UNSAID):
            return ()
        made = self._made(element)
        lang = self.source.lang(element)
        if not lang or element is self.source.root or not made:
            return made
        if len(made) == 1 and isinstance(made[0], Tag):
            return (replace(made[0], lang=lang),)
        return (Tag("Span" if all(map(is_inline, made)) else "Div", made, lang=lang),)

    def kids(self, element: DocumentElement) -> tuple[TagNode, ...]:
        """The tags and text of an element's content."""
        found: list[TagNode] = []
        for kid in self.source.kids.get(element, ()):
            found += (kid,) if isinstance(kid, MarkedContent) else self.nodes(kid)
        return tuple(found)

    def _made(self, element: DocumentElement) -> tuple[TagNode, ...]:
        name = name_of(element)
        match name:
            case "figure":
                return tuple(self._figure(element))
            case "img":
                alt = element.get("alt", "").strip()
                tag = (_pictured(alt, self.kids(element)),) if alt else ()
                return tuple(replace(one, type="Formula") for one in tag) if _is_formula(element) else tag
            case "a":
                return self._link(element)
            case "fn":
                return tuple(self._note(element))
            case "table":
                return tables.table(element, self.source, self.kids)
            case "ul" | "ol" | "menu" | "dl":
                return lists.listed(element, self.source, self.kids)
            case "abbr" if element.get("title"):
                return _kept(Tag("Span", self.kids(element), expansion=element.get("title", "")))
            case "section" if element.get("role") == "doc-index":
                return _kept(grouped("Index", self.kids(element)))
        type = _TYPES.get(name)
        if type is None or element.tag in ("html", "body"):
            return self.kids(element)
        return _kept(grouped(type, self.kids(element)))

    def _figure(self, element: DocumentElement) -> Iterator[TagNode]:
        """A picture with its caption; a figure that contains figures is a gallery with a shared caption."""
        apart = self.source.spreads.get(figure_id(element))
        apart_kids = tuple(_of_spread(apart)) if apart else ()
        kids = tuple(kid for kid in (*apart_kids, *_flat(self.kids(element))) if not is_blank(kid))
        captions = tuple(kid for kid in kids if isinstance(kid, Tag) and kid.type == "Caption")
        others = tuple(kid for kid in kids if kid not in captions)
        alts = list(dict.fromkeys(alt for e in (element, *([apart.root] if apart else [])) for alt in _alts(e)))
        if apart and "gallery" in element.get("class").split():
            yield grouped("Gallery", tuple(_beside_fold(apart_kids, large_last=LEFT in element.get("class").split())))
        elif any(e is not element and e.get("id") for e in element.iter("figure")):
            yield grouped("Gallery", kids)
        elif any(alts):
            shows = pieces(others)
            yield _pictured("; ".join(filter(None, alts)), (*shows, *captions))
        elif kids:  # a decorative picture, or none
            shown = others if not alts else ()
            yield grouped("Div", (*shown, *(replace(caption, type="P") for caption in captions)))

    def _link(self, element: DocumentElement) -> tuple[TagNode, ...]:
        kids = self.kids(element)
        text = element.get("aria-label") or "".join(element.itertext())
        after = "".join(piece.text for piece in pieces(kids) if piece.part == "after")
        named = " ".join(f"{text} {after}".split())
        link = self.source.link(element, "", "", named)
        if link is None or not kids:
            return kids
        tag = Tag("Link", kids, link=link)
        is_call = element.get("class") == "noteref-again"
        return (Tag("Reference", (tag,)),) if is_call or lists.is_contents(element, self.source) else (tag,)

    def _note(self, element: DocumentElement) -> Iterator[TagNode]:
        """The call of a note, and the note, which `after_their_paragraphs` moves later."""
        id, number = element.get("id", ""), element.get("data-number", "")
        kids = self.kids(element)
        call = tuple(k for k in kids if isinstance(k, MarkedContent) and k.part == "footnote-call")
        marker = tuple(k for k in kids if isinstance(k, MarkedContent) and k.part == "footnote-marker")
        text = tuple(k for k in kids if k not in call and k not in marker)
        there = self.source.link(element, "footnote-call", f"#{id}", number)
        back = self.source.link(element, "footnote-marker", f"#{element.get('data-call', '')}", number)
        if call and there:
            yield Tag("Reference", (Tag("Link", call, link=there),))
        label = Tag("Lbl", (Tag("Link", marker, link=back),) if back else marker)
        yield Tag("Note", (*((label,) if marker else ()), *grouped("Note", text).kids), id=id)


def _of_spread(apart: TaggedUnit) -> Iterator[TagNode]:
    """What a spread’s two pages show, and its caption if that stands on them."""
    for node in TagBuilder(apart).kids(apart.root):
        yield from _flat(node.kids if isinstance(node, Tag) and node.type == "Sect" else (node,))


def _beside_fold(nodes: tuple[TagNode, ...], *, large_last: bool) -> Iterator[TagNode]:
    """The pictures of a gallery of which one runs over the fold: its halves and its caption are one figure."""
    pictures = [node for node in nodes if isinstance(node, Tag) and node.type == "Figure"]
    halves = tuple(one for one in pictures if not any(isinstance(k, Tag) and k.type == "Caption" for k in one.kids))
    captions = tuple(node for node in nodes if isinstance(node, Tag) and node.type == "Caption")
    large = [_pictured(halves[0].alt, (*pieces(halves), *captions[:1]))] if halves else []
    small = [one for one in pictures if one not in halves]
    yield from (*small, *large) if large_last else (*large, *small)
    yield from (replace(caption, type="P") for caption in captions[1:])


def _is_formula(picture: DocumentElement) -> bool:
    return "formula" in picture.get("class").split()


def _kept(tag: Tag) -> tuple[TagNode, ...]:
    """A tag, unless it is empty; a `Div` around one block is replaced by the block."""
    if tag.type == "Div" and len(tag.kids) == 1:
        return tag.kids
    return (tag,) if tag.kids else ()


def _flat(nodes: Iterable[TagNode]) -> Iterator[TagNode]:
    for node in nodes:
        if isinstance(node, Tag) and node.type == "Div":
            yield from _flat(node.kids)
        else:
            yield node


def _alts(element: DocumentElement) -> Iterator[str]:
    """The alt texts of the pictures in an element."""
    for e in element.iter():
        if e.tag == "img":
            yield e.get("alt", "").strip()
        elif e.get("role") == "img":
            yield e.get("aria-label", "").strip()


def _pictured(alt: str, kids: tuple[TagNode, ...]) -> Tag:
    shown = [piece for piece in kids if isinstance(piece, MarkedContent)]
    boxes = [piece.rect for piece in shown if piece.sheet == shown[0].sheet]
    attributes = {"Layout": {"BBox": _around(boxes)}} if boxes else {}
    return Tag("Figure", kids, alt=alt, attributes=attributes)


def _around(boxes: list[Rect]) -> Rect:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


# ---- notes in reading order: after the paragraph that calls them, so that no sentence is interrupted

_HOSTS = frozenset(["Caption", "LBody", "P", "TD"])
"""Blocks that allow a note at their end. A note called in a heading or a table head follows the whole block."""


def after_their_paragraphs(nodes: tuple[TagNode, ...]) -> tuple[TagNode, ...]:
    """The tags with every note moved to the end of the block that calls it."""
    found: list[TagNode] = []
    for node in nodes:
        settled, notes = _settled(node)
        found += [settled, *notes]
    return tuple(found)


def _settled(node: TagNode) -> tuple[TagNode, list[Tag]]:
    """A node without the notes that must follow it, and these notes."""
    if not isinstance(node, Tag) or node.type == "Note":
        return node, []
    kids: list[TagNode] = []
    pending: list[Tag] = []
    for kid in node.kids:
        if isinstance(kid, Tag) and kid.type == "Note":
            pending.append(kid)
            continue
        settled, notes = _settled(kid)
        kids.append(settled)
        if node.type in GROUPING:
            kids += notes
        else:
            pending += notes
    if node.type in _HOSTS or node.type in GROUPING:
        return node.having(*kids, *pending), []
    return node.having(*kids), pending
