"""The contents once more, as an NCX (DAISY Z39.86-2005): for reading systems that came before EPUB 3."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from pressroom.epub.links import Places
from pressroom.layouts.composition import Composition, ContentsEntry

FILE = "toc.ncx"
_NAMESPACE = "http://www.daisy.org/z3986/2005/ncx/"
_NCX = f"{{{_NAMESPACE}}}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def render(composition: Composition, places: Places) -> bytes:
    """The NCX of a composition, as an XML document in UTF-8."""
    settings = composition.publication.settings
    ncx = etree.Element(f"{_NCX}ncx", nsmap={None: _NAMESPACE}, version="2005-1")
    ncx.set(_XML_LANG, settings.language)
    head = etree.SubElement(ncx, f"{_NCX}head")
    figures = {
        "dtb:uid": settings.identifier(composition.name),
        "dtb:depth": str(_depth(composition.contents)),
        "dtb:totalPageCount": "0",
        "dtb:maxPageNumber": "0",
    }
    for name, content in figures.items():
        etree.SubElement(head, f"{_NCX}meta", name=name, content=content)
    _add_text(ncx, "docTitle", settings.title)
    _add_points(etree.SubElement(ncx, f"{_NCX}navMap"), composition.contents, places)
    _number_points(ncx)
    return etree.tostring(ncx, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _depth(entries: Sequence[ContentsEntry]) -> int:
    return max((1 + _depth(entry.children) for entry in entries), default=0)


def _add_points(parent: etree._Element, entries: Sequence[ContentsEntry], places: Places) -> None:
    for entry in entries:
        point = etree.SubElement(parent, f"{_NCX}navPoint")
        _add_text(point, "navLabel", entry.title)
        etree.SubElement(point, f"{_NCX}content", src=places.address(entry.id, FILE))
        _add_points(point, entry.children, places)


def _add_text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(etree.SubElement(parent, f"{_NCX}{name}"), f"{_NCX}text").text = text


def _number_points(ncx: etree._Element) -> None:
    """Number the entries as they are read. Two that lead to one place share its number, as the standard asks."""
    orders: dict[str, int] = {}
    for number, content in enumerate(ncx.iter(f"{_NCX}content"), 1):
        order = orders.setdefault(content.get("src", ""), len(orders) + 1)
        point = content.getparent()
        assert point is not None
        point.set("id", f"point-{number}")
        point.set("playOrder", str(order))
