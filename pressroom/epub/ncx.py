"""The contents as an NCX (DAISY Z39.86-2005), for reading systems older than EPUB 3."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from pressroom.design.composition import Composition, ContentsEntry
from pressroom.epub.links import Places
from pressroom.epub.pagelist import Marker

FILE = "toc.ncx"
_NAMESPACE = "http://www.daisy.org/z3986/2005/ncx/"
_NCX = f"{{{_NAMESPACE}}}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def render(composition: Composition, places: Places, markers: Sequence[Marker] = ()) -> bytes:
    """The NCX of a composition with the `markers` of its print pages, as an XML document in UTF-8."""
    settings = composition.publication.settings
    ncx = etree.Element(f"{_NCX}ncx", nsmap={None: _NAMESPACE}, version="2005-1")
    ncx.set(_XML_LANG, settings.language)
    head = etree.SubElement(ncx, f"{_NCX}head")
    figures = {
        "dtb:uid": settings.identifier(composition.name),
        "dtb:depth": str(_depth(composition.contents)),
        "dtb:totalPageCount": str(len(markers)),
        "dtb:maxPageNumber": str(max((int(m.folio) for m in markers if m.folio.isdecimal()), default=0)),
    }
    for name, content in figures.items():
        etree.SubElement(head, f"{_NCX}meta", name=name, content=content)
    _add_text(ncx, "docTitle", settings.title)
    _add_points(etree.SubElement(ncx, f"{_NCX}navMap"), composition.contents, places)
    if markers:
        _add_pages(etree.SubElement(ncx, f"{_NCX}pageList"), markers, places)
    _number_points(ncx, places)
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


def _add_pages(parent: etree._Element, markers: Sequence[Marker], places: Places) -> None:
    for marker in markers:
        kind = {"type": "normal", "value": marker.folio} if marker.folio.isdecimal() else {"type": "front"}
        page = etree.SubElement(parent, f"{_NCX}pageTarget", kind)
        _add_text(page, "navLabel", marker.folio)
        etree.SubElement(page, f"{_NCX}content", src=places.address(marker.id, FILE))


def _number_points(ncx: etree._Element, places: Places) -> None:
    """Number entries and pages in reading order; the standard requires the same number for the same target."""
    contents = list(ncx.iter(f"{_NCX}content"))
    addresses = sorted({str(content.get("src")) for content in contents}, key=places.order)
    ranks = {address: rank for rank, address in enumerate(addresses, 1)}
    for number, content in enumerate(contents, 1):
        point = content.getparent()
        assert point is not None
        point.set("id", f"point-{number}")
        point.set("playOrder", str(ranks[str(content.get("src"))]))
