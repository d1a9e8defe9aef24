"""Tags of lists, with labels and bodies, and of tables of contents and lists of photographs (TOC)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from pressroom.typeset.elements import DocumentElement
from pressroom.typeset.tags.tagged_unit import TaggedUnit, name_of
from pressroom.typeset.tags.tree import MarkedContent, Tag, TagNode, grouped, is_blank, is_inline

ListKids = Callable[[DocumentElement], tuple[TagNode, ...]]
_NUMBERING = {"a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}
_CONTENTS = frozenset(["toc", "loi", "lot"])
"""The terms of the EPUB structural vocabulary for lists of contents, illustrations and tables."""


def is_contents(element: DocumentElement, source: TaggedUnit) -> bool:
    """Whether an element is in a table of contents or a list of pictures."""
    return any(e.get("role") == "doc-toc" or e.get("data-type") in _CONTENTS for e in source.around(element))


def listed(element: DocumentElement, source: TaggedUnit, kids: ListKids) -> tuple[TagNode, ...]:
    """The tags of a list or a table of contents."""
    items = [kid for kid in source.kids.get(element, ()) if isinstance(kid, DocumentElement)]
    if is_contents(element, source):
        return (Tag("TOC", tuple(_entry(kids(item)) for item in items)),)
    if name_of(element) == "dl":
        made = tuple(_defined(items, source, kids))
        return (Tag("L", made, attributes={"List": {"ListNumbering": "/None"}}),)
    made = tuple(_item(item, source, kids) for item in items)
    has_labels = any(isinstance(kid, Tag) and kid.type == "Lbl" for item in made for kid in item.kids)
    ordered = _NUMBERING.get(element.get("type", ""), "Decimal") if name_of(element) == "ol" else "Disc"
    return (Tag("L", made, attributes={"List": {"ListNumbering": f"/{ordered if has_labels else 'None'}"}}),)


def _item(item: DocumentElement, source: TaggedUnit, kids: ListKids) -> Tag:
    found = kids(item)
    marker = tuple(kid for kid in found if isinstance(kid, MarkedContent) and kid.part == "marker")
    body = Tag("LBody", _mixed(tuple(kid for kid in found if kid not in marker)), lang=source.lang(item))
    return Tag("LI", (Tag("Lbl", marker), body) if marker else (body,))


def _defined(items: list[DocumentElement], source: TaggedUnit, kids: ListKids) -> Iterator[Tag]:
    """Terms as labels, definitions as bodies. A `div` may hold each group."""
    labels: tuple[TagNode, ...] = ()
    bodies: tuple[TagNode, ...] = ()
    for item in items:
        if name_of(item) not in ("dt", "dd"):
            inner = [kid for kid in source.kids.get(item, ()) if isinstance(kid, DocumentElement)]
            yield from _defined(inner, source, kids)
        elif name_of(item) == "dt":
            if bodies:
                yield _definition(labels, bodies)
                labels, bodies = (), ()
            labels = (*labels, *_spoken(item, source, kids, "Span"))
        else:
            bodies = (*bodies, *_spoken(item, source, kids, "P"))
    if labels or bodies:
        yield _definition(labels, bodies)


def _spoken(item: DocumentElement, source: TaggedUnit, kids: ListKids, type: str) -> tuple[TagNode, ...]:
    """The content of a term or its definition, in a tag of its own only if it needs one."""
    found, lang = kids(item), source.lang(item)
    if lang or (type == "P" and all(map(is_inline, found))):
        return (Tag(type, found, lang=lang),)
    return _mixed(found)


def _definition(labels: tuple[TagNode, ...], bodies: tuple[TagNode, ...]) -> Tag:
    return Tag("LI", tuple(tag for tag in (Tag("Lbl", labels), Tag("LBody", bodies)) if tag.kids))


def _entry(found: tuple[TagNode, ...]) -> Tag:
    """An entry of a table of contents: its number, its link, and the entries under it."""
    made: list[TagNode] = []
    for label, run in groupby(found, key=lambda kid: is_inline(kid) and not _leads(kid)):
        nodes = tuple(run)
        if not label:
            made += nodes
        elif not all(map(is_blank, nodes)):
            made.append(Tag("Lbl", nodes))
    return Tag("TOCI", tuple(made))


def _leads(node: TagNode) -> bool:
    return isinstance(node, Tag) and node.type == "Reference"


def _mixed(found: tuple[TagNode, ...]) -> tuple[TagNode, ...]:
    """The content of a list body: text beside blocks becomes a paragraph, text alone does not."""
    return grouped("LBody", found).kids
