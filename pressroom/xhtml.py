"""XHTML: documents that are parsed once, and fragments of them. Nothing is repaired, fetched or expanded."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

XHTML = "{http://www.w3.org/1999/xhtml}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
_HOLDER = '<holder xmlns:epub="http://www.idpf.org/2007/ops">'
"""The start tag around a fragment: it declares the one prefix that a manuscript may use."""
_HOLDER_END = "</holder>"


@dataclass(frozen=True)
class XhtmlDocument:
    """A whole document: its text, and the tree that it was parsed into once. It travels to another process as text."""

    text: str
    _parsed: etree._Element | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, root: etree._Element) -> XhtmlDocument:
        """The document of a tree, which must not be changed afterwards."""
        return cls(etree.tostring(root.getroottree(), encoding="unicode"), root)

    @cached_property
    def root(self) -> etree._Element:
        """Its tree, for reading only: to change it, take a `copy`. Raises lxml.etree.XMLSyntaxError."""
        if self._parsed is not None:
            return self._parsed
        parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False)
        return etree.fromstring(self.text.encode(), parser)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of its elements."""
        return frozenset(ids_of(self.root))

    @property
    def styles(self) -> Iterator[str]:
        """The CSS of its style elements and style attributes."""
        for element in self.root.iter("*"):
            yield from filter(None, (element.text if element.tag == f"{XHTML}style" else "", element.get("style")))

    def copy(self) -> etree._Element:
        """A copy of the tree, which may be changed."""
        return deepcopy(self.root.getroottree()).getroot()

    def __reduce__(self) -> tuple[type[XhtmlDocument], tuple[str]]:
        return XhtmlDocument, (self.text,)


def ids_of(root: etree._Element) -> Iterator[str]:
    """The ids in a tree, in their order."""
    yield from (id for element in root.iter("*") if (id := element.get("id")))


# ---- fragments


def read_fragment(xhtml: str, *, recover: bool = False) -> etree._Element:
    """An element around a fragment. Raises lxml.etree.XMLSyntaxError for faulty XHTML unless `recover` is set."""
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, recover=recover)
    return etree.fromstring(f"{_HOLDER}{xhtml}{_HOLDER_END}".encode(), parser)


def write_fragment(holder: etree._Element) -> str:
    """The fragment inside an element that `read_fragment` returned."""
    whole = etree.tostring(holder, encoding="unicode", with_tail=False)
    return whole.removeprefix(_HOLDER).removesuffix(_HOLDER_END) if whole.endswith(_HOLDER_END) else ""


def text_of(element: etree._Element) -> str:
    """The words in an element, without comments."""
    return "".join(element.itertext())


# ---- texts as they are written. xml.sax has the same functions, and loads what fetches files from the network.

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_IN_TEXT = str.maketrans(_ESCAPES)
_IN_ATTRIBUTES = str.maketrans(_ESCAPES | {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def escaped(text: str) -> str:
    """A text as it is written between tags."""
    return text.translate(_IN_TEXT)


def quoted(text: str) -> str:
    """A text as it is written for the value of an attribute, with the quotes around it."""
    value = text.translate(_IN_ATTRIBUTES)
    if '"' not in value:
        return f'"{value}"'
    return '"' + value.replace('"', "&quot;") + '"' if "'" in value else f"'{value}'"
