"""Ebook files: what a reading system needs of an EPUB, taken from the archive one file at a time."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

_OPF = {"opf": "http://www.idpf.org/2007/opf"}
_CONTAINER = "META-INF/container.xml"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml; charset=utf-8",
}
"""What is served of an ebook; a page in a frame asks for nothing else."""


def reading_order_of(archive: ZipFile) -> Iterator[str]:
    """The path of each page of an EPUB that this program made (EPUB 3.3, 5.7)."""
    container = _parsed(archive, _CONTAINER)
    package = container.xpath("string(//*[local-name()='rootfile']/@full-path)")
    opf = _parsed(archive, package)
    files = {item.get("id"): item.get("href", "") for item in opf.iterfind(".//opf:item", _OPF)}
    for reference in opf.iterfind(".//opf:itemref", _OPF):
        yield posixpath.join(posixpath.dirname(package), unquote(files[reference.get("idref")]))


def _parsed(archive: ZipFile, path: str) -> etree._Element:
    return etree.fromstring(archive.read(path), etree.XMLParser(resolve_entities=False, no_network=True))
