"""Tagged units: a unit's document with the marked content of every element, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf

from pressroom.typeset.elements import CONTINUED_ROW, DocumentElement
from pressroom.typeset.tags.tree import Area, Link, MarkedContent

Kid = DocumentElement | MarkedContent
_INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i img ins kbd mark q s samp small span strong sub sup time u var".split()
)


@dataclass(frozen=True)
class TaggedUnit:
    """A unit's document, and the marked content of its elements."""

    root: DocumentElement
    kids: Mapping[DocumentElement, tuple[Kid, ...]]
    """The content of an element: its own pieces of text, and the child elements with content on a page."""
    parents: Mapping[DocumentElement, DocumentElement]
    areas: Mapping[tuple[DocumentElement, str], tuple[Area, ...]]
    """The clickable areas of links, by their elements and pseudo-elements."""
    spreads: Mapping[str, TaggedUnit]
    """Spreads, which are laid out separately, by the ids of their figures."""
    owners: Mapping[tuple[int, int], DocumentElement]
    """The elements of all pieces, those of spreads included, by page and MCID."""

    def element(self, piece: MarkedContent) -> DocumentElement | None:
        """The element of a piece of marked content."""
        return self.owners.get((piece.sheet, piece.mcid))

    def around(self, element: DocumentElement) -> Iterator[DocumentElement]:
        """The ancestors of an element, the nearest first."""
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent

    def lang(self, element: DocumentElement) -> str:
        """The language of an element if it differs from that of its ancestors; else empty."""
        own = element.get("lang", "")
        outer = next((lang for e in self.around(element) if (lang := e.get("lang", ""))), "")
        return own if own != outer else ""

    def link(self, element: DocumentElement, part: str, target: str, text: str) -> Link | None:
        """The link of an element; None if it has no clickable area."""
        areas = self.areas.get((element, part), ())
        return Link(target or areas[0].target, text, areas) if areas else None


def source(
    root: DocumentElement,
    pieces: Iterable[MarkedContent],
    areas: Iterable[Area],
    spreads: Mapping[str, TaggedUnit] | None = None,
) -> TaggedUnit:
    """A document with its pieces of marked content; `pieces` are in the order of the pages.

    Elements are in document order, or in manuscript order if make-up has moved them.
    """
    parents = {child: parent for parent in root.iter() for child in parent} | dict(_captions_apart(root))
    kids: dict[DocumentElement, list[Kid]] = {}
    first: dict[DocumentElement, int] = {}
    owners = {key: element for apart in (spreads or {}).values() for key, element in apart.owners.items()}
    for piece in pieces:
        if piece.element is None or piece.out:
            continue
        element = owners[piece.sheet, piece.mcid] = root.elements[piece.element]
        if not _is_repeated(piece, element, parents, first):
            _meet(piece, element, kids, parents)
    for id, figure in _figures(root).items():
        if id in (spreads or {}) and figure not in kids:
            kids[figure] = []  # without a caption, the pages of the text have no part of it
            _meet(figure, parents[figure], kids, parents)
    clicked: dict[tuple[DocumentElement, str], tuple[Area, ...]] = {}
    for area in areas:
        key = root.elements[area.element], area.part
        clicked[key] = (*clicked.get(key, ()), area)
    in_order = {element: tuple(_in_order(element, shown)) for element, shown in kids.items()}
    return TaggedUnit(root, in_order, parents, clicked, spreads or {}, owners)


def _meet(
    kid: Kid,
    element: DocumentElement | None,
    kids: dict[DocumentElement, list[Kid]],
    parents: Mapping[DocumentElement, DocumentElement],
) -> None:
    """Record that an element has content on a page, and so have its ancestors."""
    while element is not None:
        is_known = element in kids
        kids.setdefault(element, []).append(kid)
        if is_known:
            return
        kid, element = element, parents.get(element)


def _is_repeated(
    piece: MarkedContent,
    element: DocumentElement | None,
    parents: Mapping[DocumentElement, DocumentElement],
    first: dict[DocumentElement, int],
) -> bool:
    """Whether a piece belongs to a table head that is repeated on a later page."""
    while element is not None and element.tag not in ("thead", "tfoot"):
        if element.get("class") == CONTINUED_ROW:
            return True
        element = parents.get(element)
    return element is not None and first.setdefault(element, piece.sheet) != piece.sheet


def _in_order(element: DocumentElement, kids: list[Kid]) -> Iterator[Kid]:
    """The content of an element: text keeps its place, elements are in document order."""
    places = {child: _place(child, number) for number, child in enumerate(element)}
    ordered = iter(
        sorted((kid for kid in kids if isinstance(kid, DocumentElement)), key=lambda kid: places.get(kid, inf))
    )
    yield from (kid if isinstance(kid, MarkedContent) else next(ordered) for kid in kids)


def _place(block: DocumentElement, number: int) -> float:
    """The position of a block in the manuscript; the second part of a split paragraph follows its first."""
    goes_on = block.get("data-goes-on")
    return int(goes_on) + 0.5 if goes_on else int(block.get("data-block") or number)


def _captions_apart(root: DocumentElement) -> Iterator[tuple[DocumentElement, DocumentElement]]:
    """The captions that make-up has moved, with their figures."""
    figures = _figures(root)
    for holder in root.iter("figure"):
        figure = figures.get(holder.get("data-of"))
        if figure is not None and figure is not holder:
            yield from ((caption, figure) for caption in holder)


def _figures(root: DocumentElement) -> dict[str, DocumentElement]:
    """The figures by their ids. Make-up may leave two with one id: the picture's, and one that holds its caption."""
    figures: dict[str, DocumentElement] = {}
    for figure in sorted(root.iter("figure"), key=lambda figure: (not figure.get("id"), _holds_caption(figure))):
        if id := figure_id(figure):
            figures.setdefault(id, figure)
    return figures


def _holds_caption(figure: DocumentElement) -> bool:
    return any(child.tag == "figcaption" for child in figure)


def figure_id(figure: DocumentElement) -> str:
    """The id of a figure; if make-up has moved the figure, its original id."""
    return figure.get("id", figure.get("data-of", ""))


def name_of(element: DocumentElement) -> str:
    """The name of an element; blocks in notes, which are spans in the document, have their original name."""
    name = element.tag
    marked = element.get("class", "")
    if name == "span" and marked == "fn":
        return "fn"
    return marked.removeprefix("note-") if name == "span" and marked.startswith("note-") else name


def is_block(element: DocumentElement) -> bool:
    """Whether an element begins a new line."""
    name = name_of(element)
    return name == "fn" or name not in _INLINE
