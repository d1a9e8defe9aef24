"""XMP: reads the packet of metadata in a picture’s file, which is RDF in XML (ISO 16684-1)."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

NAMESPACES = {
    "cc": "http://creativecommons.org/ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "MP": "http://ns.microsoft.com/photo/1.2/",
    "MPReg": "http://ns.microsoft.com/photo/1.2/t/Region#",
    "MPRI": "http://ns.microsoft.com/photo/1.2/t/RegionInfo#",
    "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "stArea": "http://ns.adobe.com/xmp/sType/Area#",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}
"""Namespaces by the standard’s prefixes. A file may use other prefixes."""
_ROOT = re.compile(r"<((?:[\w.-]+:)?(?:xmpmeta|xapmeta|RDF))\b")
_NOTHING = " \t\r\n\0\ufeff"


@dataclass(frozen=True)
class Packet:
    """A packet, or a structure inside one. Its properties have the standard’s names: “dc:creator”."""

    nodes: tuple[etree._Element, ...] = ()
    """The elements that hold the properties: several if a program wrote a description for each namespace."""
    language: str = ""
    """The reader’s language as a BCP 47 tag, which decides between translations of a text."""

    def text(self, name: str) -> str:
        """The text of a property, in the language nearest to the reader’s; “” if there is none."""
        texts = self._texts(name)
        return min(texts, key=lambda text: _distance(text[0], self.language), default=("", ""))[1]

    def texts(self, name: str) -> tuple[str, ...]:
        """Every text of a property that is a list."""
        return tuple(text for _, text in self._texts(name))

    def within(self, name: str) -> Packet:
        """The first structure in a property, which has properties of its own."""
        return next(self.each(name), Packet((), self.language))

    def each(self, name: str) -> Iterator[Packet]:
        """Every structure in a property that is a list, or its only one."""
        items = (item for node in self.nodes for element in node.findall(_full(name)) for item in _items(element))
        yield from (Packet((_inside(item),), self.language) for item in items)

    def _texts(self, name: str) -> Iterator[tuple[str, str]]:
        """The non-empty texts of a property as pairs of language and text."""
        for node in self.nodes:
            elements = (item for element in node.findall(_full(name)) for item in _items(element))
            texts = [("", node.get(_full(name), "")), *((_language(item), _text(item)) for item in elements)]
            yield from ((language, text.strip()) for language, text in texts if text.strip())


def read_packet(raw: object, language: str) -> Packet | None:
    """Parse a packet as Pillow returns it, mostly bytes. None if it cannot be read, or has a DTD."""
    if not isinstance(raw, bytes | str):
        return None
    text = _decoded(raw).strip(_NOTHING)
    if not text:
        return Packet()
    document = _trimmed(text)
    if not document:
        return None
    # Comments are removed, since they would split a text.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(document.encode("utf-8", "surrogateescape"), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        return None
    return Packet(
        tuple(d for rdf in root.iter(_full("rdf:RDF")) for d in rdf.findall(_full("rdf:Description"))), language
    )


def _decoded(raw: bytes | str) -> str:
    """A packet’s text. Bytes that are not valid stay marked as such, so that the parser refuses them."""
    if isinstance(raw, str):  # a TIFF may hold it as text, which Pillow decodes as Latin-1
        with contextlib.suppress(UnicodeError):
            return raw.encode("latin-1").decode("utf-8")
        return raw
    start = raw.find(b"<")
    if raw[start + 1 : start + 2] == b"\0":
        return raw.decode("utf-16-be" if start % 2 else "utf-16-le", "replace")
    return raw.decode("utf-8", "surrogateescape")


def _trimmed(text: str) -> str:
    """The XML document without its wrapper and the padding behind it; “” if there is none.

    A document with a DTD counts as none, since entities can grow without end.
    """
    root = _ROOT.search(text)
    if root is None:
        return ""
    end = text.find(">", text.rfind(f"</{root[1]}")) + 1 or len(text)
    return "" if "<!DOCTYPE" in text[:end] else text[root.start() : end]


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


_CONTAINERS = tuple(_full(name) for name in ("rdf:Alt", "rdf:Seq", "rdf:Bag"))


def _items(element: etree._Element) -> list[etree._Element]:
    """The items of a property: those of its list, or the property itself."""
    container = next(element.iterchildren(*_CONTAINERS), None)
    return [element] if container is None else container.findall(_full("rdf:li"))


def _inside(item: etree._Element) -> etree._Element:
    """The element with the properties of a structure: the description inside it, or the item itself."""
    description = item.find(_full("rdf:Description"))
    return item if description is None else description


def _text(item: etree._Element) -> str:
    """The text of an item. One with qualifiers is in `rdf:value`, and a URL may be an attribute."""
    value = _inside(item).findtext(_full("rdf:value"))
    return value or item.get(_full("rdf:resource")) or item.text or ""


def _language(item: etree._Element) -> str:
    return item.get(_full("xml:lang"), "").replace("_", "-")


def _distance(tag: str, language: str) -> int:
    """The distance between a text’s language and the reader’s: 0 same, 1 another variety, 2 the default, 3 another."""
    tag, language = tag.lower(), language.lower()
    if tag == language:
        return 0
    if tag.partition("-")[0] == language.partition("-")[0]:
        return 1
    return 2 if tag in ("x-default", "") else 3
