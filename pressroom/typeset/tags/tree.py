"""The structure tree of a tagged PDF as values: tags, pieces of marked content and links.

Types are those of ISO 32000-1, 14.8.4; the role map `ROLES` maps Pressroom's own types to standard ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from pressroom.typeset.boxes import Rect

ROLES: Mapping[str, str] = {"Aside": "Sect", "Em": "Span", "Gallery": "Sect", "Strong": "Span"}
"""Pressroom's own types, with the standard type of each."""
INLINE = frozenset(["Code", "Em", "Formula", "Link", "Quote", "Reference", "Span", "Strong"])
"""Types that are part of a line."""
GROUPING = frozenset(["Art", "Aside", "BlockQuote", "Div", "Document", "Gallery", "Index", "Sect"])
"""Types that hold no text directly: loose text in them becomes a paragraph."""


@dataclass(frozen=True)
class MarkedContent:
    """A piece of marked content: the text of one line in one style, or a picture."""

    sheet: int
    """Its page, from 0."""
    mcid: int
    element: int | None
    """The number of its element in the document."""
    part: str = ""
    """The pseudo-element that it belongs to: `before`, `after`, `marker`, `footnote-call`; empty for none."""
    out: str = ""
    """Why it is an artifact: its margin box (`@top-left`), `leader` or `hidden`; empty for text."""
    text: str = ""
    is_picture: bool = False
    rect: Rect = (0, 0, 0, 0)
    """Where it stands."""


@dataclass(frozen=True)
class Area:
    """A clickable area of a link, one for each line."""

    sheet: int
    element: int
    """The number of its element."""
    part: str
    """`footnote-call` and `footnote-marker` lead to the note and back; a link has none."""
    target: str
    """`#id` within the publication, or an address."""
    rect: Rect


@dataclass(frozen=True)
class Link:
    """A link: its target and its clickable areas."""

    target: str
    text: str
    """Its alternative text."""
    areas: tuple[Area, ...]


@dataclass(frozen=True)
class Tag:
    """A structure element."""

    type: str
    kids: tuple[TagNode, ...] = ()
    lang: str = ""
    """Its language, where it differs from that of its parent."""
    alt: str = ""
    expansion: str = ""
    """The full form of an abbreviation."""
    id: str = ""
    attributes: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Attributes by their owner: `Layout`, `List`, `Table`."""
    link: Link | None = None

    def having(self, *kids: TagNode) -> Tag:
        """A copy of the tag with other kids."""
        return replace(self, kids=kids)


TagNode = Tag | MarkedContent


def pieces(nodes: tuple[TagNode, ...]) -> Iterator[MarkedContent]:
    """All marked content under some nodes, in reading order."""
    for node in nodes:
        if isinstance(node, MarkedContent):
            yield node
        else:
            yield from pieces(node.kids)


def is_inline(node: TagNode) -> bool:
    """Whether a node is part of a line."""
    return isinstance(node, MarkedContent) or node.type in INLINE


def is_blank(node: TagNode) -> bool:
    """Whether a node is white space between words; a picture is not."""
    return isinstance(node, MarkedContent) and not node.is_picture and not node.text.strip()


def grouped(type: str, kids: tuple[TagNode, ...]) -> Tag:
    """A tag whose loose text becomes paragraphs, if its type allows no text or if there are blocks beside the text."""
    if type not in GROUPING and (type == "P" or all(map(_flows, kids))):
        return Tag(type, kids)
    found: list[TagNode] = []
    for flows, run in groupby(kids, key=_flows):
        nodes = tuple(run)
        if not flows:
            found += nodes
        elif not all(map(is_blank, nodes)):
            found.append(Tag("P", nodes))
    return Tag(type, tuple(found))


def _flows(node: TagNode) -> bool:
    """Whether a node can be in a paragraph: inline nodes, and notes, which are moved out later."""
    return is_inline(node) or (isinstance(node, Tag) and node.type == "Note")
