"""XMP: the packet of metadata inside a picture’s file, which is RDF written as XML (ISO 16684-1)."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

NAMESPACES = {
    "cc": "http://creativecommons.org/ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}
"""What the standard’s prefixes stand for. A file may call its namespaces otherwise."""
_ROOT = re.compile(r"<((?:[\w.-]+:)?(?:xmpmeta|xapmeta|RDF))\b")
_NOTHING = " \t\r\n\0\ufeff"


@dataclass(frozen=True)
class Packet:
    """A packet, or a structure in one. Its properties go by the names that the standard gives them: “dc:creator”."""

    nodes: tuple[etree._Element, ...] = ()
    """What carries the properties: several, where a program wrote one description for each namespace."""
    language: str = ""
    """BCP 47 tag of the reader: decides between the languages of a text."""

    def text(self, name: str) -> str:
        """A property as one text, in the language nearest to the reader’s; “” when there is none."""
        told = min(self._told(name), key=lambda told: _distance(told[0], self.language), default=("", ""))
        return told[1]

    def texts(self, name: str) -> tuple[str, ...]:
        """Every text of a property that is a list."""
        return tuple(text for _, text in self._told(name))

    def within(self, name: str) -> Packet:
        """The first structure that a property holds, with properties of its own."""
        items = [item for node in self.nodes for element in node.findall(_full(name)) for item in _items(element)]
        return Packet(tuple(_inside(item) for item in items[:1]), self.language)

    def _told(self, name: str) -> Iterator[tuple[str, str]]:
        """The texts of a property that are not empty, each after its language."""
        for node in self.nodes:
            elements = (item for element in node.findall(_full(name)) for item in _items(element))
            told = [("", node.get(_full(name), "")), *((_language(item), _text(item)) for item in elements)]
            yield from ((language, text.strip()) for language, text in told if text.strip())


def read_packet(raw: object, language: str) -> Packet | None:
    """A packet as Pillow hands it over, mostly bytes. None when it cannot be read, or brings a DTD."""
    if not isinstance(raw, bytes | str):
        return None
    text = _decoded(raw).strip(_NOTHING)
    if not text:
        return Packet()
    document = _trimmed(text)
    if not document:
        return None
    # Comments go, so that a text is in one piece.
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
    """A packet’s text. Bytes that are not what they seem stay recognisable, for the parser to refuse."""
    if isinstance(raw, str):  # a TIFF may hold it as text, which Pillow takes for Latin-1
        with contextlib.suppress(UnicodeError):
            return raw.encode("latin-1").decode("utf-8")
        return raw
    start = raw.find(b"<")
    if raw[start + 1 : start + 2] == b"\0":
        return raw.decode("utf-16-be" if start % 2 else "utf-16-le", "replace")
    return raw.decode("utf-8", "surrogateescape")


def _trimmed(text: str) -> str:
    """The document alone, without its wrapper and what programs leave behind it; “” when there is none.

    A document type is turned away with all that comes after it: entities can grow without end.
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
    """What a property holds: the items of its list, else itself."""
    container = next(element.iterchildren(*_CONTAINERS), None)
    return [element] if container is None else container.findall(_full("rdf:li"))


def _inside(item: etree._Element) -> etree._Element:
    """What carries the properties of a structure: a description inside it, else itself."""
    description = item.find(_full("rdf:Description"))
    return item if description is None else description


def _text(item: etree._Element) -> str:
    """A text; one that has qualifiers stands in `rdf:value`, and an address may be an attribute."""
    value = _inside(item).findtext(_full("rdf:value"))
    return value or item.get(_full("rdf:resource")) or item.text or ""


def _language(item: etree._Element) -> str:
    return item.get(_full("xml:lang"), "").replace("_", "-")


def _distance(tag: str, language: str) -> int:
    """How far a text is from the reader: in the same language, in a variety of it, in the default one, in another."""
    tag, language = tag.lower(), language.lower()
    if tag == language:
        return 0
    if tag.partition("-")[0] == language.partition("-")[0]:
        return 1
    return 2 if tag in ("x-default", "") else 3
