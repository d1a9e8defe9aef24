"""A unit's document with its marked content: every element with its text on the pages, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf

from pressroom.typeset.elements import DocumentElement
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
    """What an element shows: its own text, and the elements in it that show something."""
    parents: Mapping[DocumentElement, DocumentElement]
    areas: Mapping[tuple[DocumentElement, str], tuple[Area, ...]]
    """Where links can be clicked, by their elements and pseudo-elements."""
    spreads: Mapping[str, TaggedUnit]
    """Pictures that were laid out apart, by the ids of their figures."""
    owners: Mapping[tuple[int, int], DocumentElement]
    """The elements of pieces, theirs among them, by page and number."""

    def element(self, piece: MarkedContent) -> DocumentElement | None:
        """What a piece of marked content is a piece of."""
        return self.owners.get((piece.sheet, piece.mcid))

    def around(self, element: DocumentElement) -> Iterator[DocumentElement]:
        """The elements in which an element stands, from the inside."""
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent

    def lang(self, element: DocumentElement) -> str:
        """The language of an element, if it is another than around it."""
        own = element.get("lang", "")
        outer = next((lang for e in self.around(element) if (lang := e.get("lang", ""))), "")
        return own if own != outer else ""

    def link(self, element: DocumentElement, part: str, target: str, text: str) -> Link | None:
        """The link that an element is, if it can be clicked."""
        areas = self.areas.get((element, part), ())
        return Link(target or areas[0].target, text, areas) if areas else None


def source(
    root: DocumentElement,
    pieces: Iterable[MarkedContent],
    areas: Iterable[Area],
    spreads: Mapping[str, TaggedUnit] | None = None,
) -> TaggedUnit:
    """A document with its pieces of marked content, which come in the order of the pages.

    Elements come in the order of the document, or the manuscript’s where make-up has moved them.
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
    for figure in root.iter("figure"):
        if figure_id(figure) in (spreads or {}) and figure not in kids:
            kids[figure] = []  # without a caption, nothing of it is on the pages of the text
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
    """Whether a piece of an element repeats the head of a table on another page, for the eye."""
    while element is not None and element.tag not in ("thead", "tfoot"):
        element = parents.get(element)
    return element is not None and first.setdefault(element, piece.sheet) != piece.sheet


def _in_order(element: DocumentElement, kids: list[Kid]) -> Iterator[Kid]:
    """Text keeps its place between its neighbours; elements are in document order."""
    places = {child: _place(child, number) for number, child in enumerate(element)}
    ordered = iter(
        sorted((kid for kid in kids if isinstance(kid, DocumentElement)), key=lambda kid: places.get(kid, inf))
    )
    yield from (kid if isinstance(kid, MarkedContent) else next(ordered) for kid in kids)


def _place(block: DocumentElement, number: int) -> float:
    """Where the manuscript has a block of a chapter: the second part of a broken paragraph comes after its first."""
    goes_on = block.get("data-goes-on")
    return int(goes_on) + 0.5 if goes_on else int(block.get("data-block") or number)


def _captions_apart(root: DocumentElement) -> Iterator[tuple[DocumentElement, DocumentElement]]:
    """Captions that make-up has put before text, with the figures that they belong to."""
    figures = {id: figure for figure in root.iter("figure") if (id := figure.get("id"))}
    for holder in root.iter("figure"):
        figure = figures.get(holder.get("data-of"))
        if figure is not None:
            yield from ((caption, figure) for caption in holder)


def figure_id(figure: DocumentElement) -> str:
    """The id of a figure; of one that make-up has parted from its place, the one that it had."""
    return figure.get("id", figure.get("data-of", ""))


def name_of(element: DocumentElement) -> str:
    """The name of an element; in notes, whose blocks are spans, the name it had."""
    name = element.tag
    marked = element.get("class", "")
    if name == "span" and marked == "fn":
        return "fn"
    return marked.removeprefix("note-") if name == "span" and marked.startswith("note-") else name


def is_block(element: DocumentElement) -> bool:
    """Whether an element makes lines of its own."""
    name = name_of(element)
    return name == "fn" or name not in _INLINE
