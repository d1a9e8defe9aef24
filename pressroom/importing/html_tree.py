"""HTML trees: a copy of a page’s elements with plain names, and what each element says of itself.

All that is read of foreign XHTML and HTML comes through here: names without namespaces, no comments, and no deeper
nesting than a writer can follow.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree

from pressroom.errors import CONTROL, Place

HtmlElement = etree._Element
PlaceIn = Callable[[HtmlElement], Place]
"""Says where an element stands in its source."""

_SVG = "http://www.w3.org/2000/svg"
_EPUB_TYPE = "data-epub-type"
_OPS = "{http://www.idpf.org/2007/ops}type"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NAME = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
_DEEPEST = 60
"""Elements that stand inside one another; deeper ones are opened up, and their words stay."""
BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table tbody td tfoot th"
    " thead tr ul caption".split()
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def plain_tree(body: HtmlElement) -> HtmlElement:
    """A copy of a tree: names without namespaces, no comments, and languages as `lang`."""
    tree = deepcopy(body)
    tree.tail = None
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction, etree.Entity)
    for element in tree.iter("*"):
        element.tag = _plain_name(str(element.tag))
        for full, plain in ((_OPS, _EPUB_TYPE), (_XML_LANG, "lang")):
            if full in element.attrib and plain not in element.attrib:
                element.set(plain, element.attrib.pop(full))
        for key, value in element.attrib.items():
            if CONTROL.search(value):
                element.attrib.pop(key)
                with contextlib.suppress(ValueError):  # a name that XML does not have
                    element.set(key, CONTROL.sub("", value))
        for part in ("text", "tail"):
            if (words := getattr(element, part)) and CONTROL.search(words):
                setattr(element, part, CONTROL.sub("", words))
    open_up(tree)
    return tree


def _plain_name(tag: str) -> str:
    """The name of an element without its namespace or prefix; one that is no name stands for nothing."""
    if tag == "o:p":  # Word’s mark of the end of a paragraph, which is none
        return "span"
    namespace, _, name = tag.rpartition("}")
    name = name.rpartition(":")[2]
    if not _NAME.fullmatch(name):
        return "span"
    return name if namespace == f"{{{_SVG}" else name.lower()


def open_up(tree: HtmlElement) -> int:
    """Take out the elements that stand deeper than `_DEEPEST`, and leave their contents where they were.

    Returns how deep the deepest one stood.
    """
    depths = {tree: 0}
    deep = []
    for element in tree.iterdescendants():
        depths[element] = depths[element.getparent()] + 1  # type: ignore[index]  # a descendant has a parent
        if depths[element] > _DEEPEST:
            deep.append(element)
    for element in reversed(deep):
        element.tag = "opened-up"
    if deep:
        etree.strip_tags(tree, "opened-up")
    return max(depths.values())


def kinds(element: HtmlElement) -> frozenset[str]:
    """What an element calls itself: its classes, its role and its epub:type, without “doc-”, in small letters."""
    said = " ".join(element.get(name, "") for name in ("class", "role", "epub:type", _EPUB_TYPE))
    return frozenset(kind.removeprefix("doc-") for kind in said.lower().split())


def parts_of_kinds(element: HtmlElement) -> frozenset[str]:
    """The words of which the names are made that an element calls itself: photo and credit of “photo-credit”."""
    return frozenset(part for kind in kinds(element) for part in re.split(r"[-_]+", kind))


def names_of(element: HtmlElement) -> frozenset[str]:
    """The words of all names that a page gives an element, also those for its scripts and for search engines."""
    said = " ".join(element.get(name, "") for name in ("data-gu-name", "data-component", "data-testid", "itemprop"))
    return parts_of_kinds(element) | frozenset(re.split(r"[-_\s]+", said.lower())) - {""}


def nodes_of(element: HtmlElement) -> Iterator[HtmlElement | str]:
    """The texts and elements in an element, in their order."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def has_blocks(element: HtmlElement) -> bool:
    """Whether there is a block somewhere in an element."""
    return any(inner.tag in BLOCKS for inner in element.iterdescendants("*"))


def is_block(node: HtmlElement | str) -> bool:
    """Whether a node stands for itself, and not in a line: as a block, or as one that holds blocks."""
    return not isinstance(node, str) and (node.tag in BLOCKS or has_blocks(node))


def words_in(element: HtmlElement) -> str:
    """The text in an element, with single spaces."""
    return " ".join("".join(str(text) for text in element.itertext()).split())


def is_empty(element: HtmlElement) -> bool:
    """Whether there is neither a word nor a thing to see in an element."""
    seen = ("img", "math", "svg", "hr", "video", "audio", "iframe", "object", "embed")
    return not words_in(element) and element.tag not in seen and next(element.iter(*seen), None) is None


def take_out(element: HtmlElement) -> None:
    """Take an element out of its tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    element.tail = None
    parent.remove(element)
