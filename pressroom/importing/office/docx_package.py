"""The package of a Word document: its parts as XML, with the names of the transitional format, and its pictures."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from lxml import etree

from pressroom.importing.archive import SourceArchive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DocxElement = etree._Element
"""An element of a part of a Word document."""
MAIN = "word/document.xml"
STORIES = (MAIN, "word/footnotes.xml", "word/endnotes.xml")
"""The parts that hold the words of a document."""
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W,
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R,
    b"http://purl.oclc.org/ooxml/officeDocument/math": MATH,
    b"http://purl.oclc.org/ooxml/drawingml/main": A,
    b"http://purl.oclc.org/ooxml/drawingml/picture": PIC,
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP,
}
"""The namespaces of the strict format (ISO/IEC 29500), which few programs write."""


class DocxPackage:
    """A Word document that is being read. Its parts are parsed once, and may be changed in memory."""

    def __init__(self, file: Path) -> None:
        self.archive = SourceArchive(file)
        self._parts: dict[str, DocxElement] = {}

    def name_of(self, part: str) -> str:
        """The name that a part has in this document: Word on the web adds numbers, as in word/document2.xml."""
        if self.archive.has(part):
            return part
        numbered = re.compile(re.escape(part.removesuffix(".xml")) + r"\d+\.xml")
        return next((name for name in self.archive.names if numbered.fullmatch(name)), part)

    def part(self, name: str) -> DocxElement | None:
        """A part as XML; None where the document has none."""
        name = self.name_of(name)
        if name not in self._parts and self.archive.has(name):
            root = self.archive.read_xml(name)
            if any(address.decode() in root.nsmap.values() for address in _STRICT):
                root = etree.fromstring(_transitional(etree.tostring(root)))
            self._parts[name] = root
        return self._parts.get(name)

    @property
    def stories(self) -> Iterator[tuple[str, DocxElement]]:
        """The parts with the words of the document: the text, footnotes and endnotes."""
        for name in STORIES:
            if (root := self.part(name)) is not None:
                yield self.name_of(name), root

    @cached_property
    def changed(self) -> Mapping[str, DocxElement]:
        """The parts that were read so far, which the copy for another reader has in their present form."""
        return self._parts

    def targets(self, part: str) -> dict[str, tuple[str, bool]]:
        """What the relationships of a part lead to, by their ids, and whether it lies outside of the document."""
        folder, name = posixpath.split(part)
        rels = self.part(f"{folder}/_rels/{name}.rels")
        found = {}
        for each in rels if rels is not None else ():
            target, is_outside = each.get("Target", ""), each.get("TargetMode") == "External"
            inside = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            found[each.get("Id", "")] = (target if is_outside else inside, is_outside)
        return found

    def names(self, kind: str) -> list[str]:
        """The parts whose names begin so: “word/header”."""
        return sorted(name for name in self.archive.names if name.startswith(kind) and name.endswith(".xml"))


def _transitional(data: bytes) -> bytes:
    for strict, transitional in _STRICT.items():
        data = data.replace(strict, transitional.strip("{}").encode())
    return data


def value(element: DocxElement | None, path: str = "", name: str = "val") -> str:
    """An attribute of Word of an element, or of the one at a path of Word’s names below it; “” if there is none."""
    found = (
        element.find("/".join(f"{W}{step}" for step in path.split("/"))) if element is not None and path else element
    )
    return found.get(f"{W}{name}", "") if found is not None else ""


def is_on(element: DocxElement | None, path: str) -> bool:
    """Whether a property that is on or off is on."""
    found = element.find("/".join(f"{W}{step}" for step in path.split("/"))) if element is not None else None
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def text_in(element: DocxElement) -> str:
    """The words in an element, with a space for each tab and line break."""
    pieces = []
    for each in element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen", f"{W}p"):
        if each.tag == f"{W}t":
            pieces.append(each.text or "")
        else:
            pieces.append("\u2011" if each.tag == f"{W}noBreakHyphen" else "\n" if each.tag == f"{W}p" else " ")
    return "".join(pieces).strip("\n")
