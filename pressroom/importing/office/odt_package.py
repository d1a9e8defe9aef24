"""The package of an OpenDocument text: its parts as XML, and its styles.

odfdo and odfpy, by their descriptions, give names to elements, and leave to their callers what these mean: which
paragraph is a caption, what a change has taken away. So elements are read here, with lxml alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pressroom.importing.archive import SourceArchive
from pressroom.importing.html_tree import take_out
from pressroom.importing.office.style_words import heading_level, role_of_name

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE = f"{{{_OASIS}:office:1.0}}"
TEXT = f"{{{_OASIS}:text:1.0}}"
STYLE = f"{{{_OASIS}:style:1.0}}"
TABLE = f"{{{_OASIS}:table:1.0}}"
DRAW = f"{{{_OASIS}:drawing:1.0}}"
SVG = f"{{{_OASIS}:svg-compatible:1.0}}"
FO = f"{{{_OASIS}:xsl-fo-compatible:1.0}}"
META = f"{{{_OASIS}:meta:1.0}}"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"

_MANIFEST = "META-INF/manifest.xml"

OdtElement = etree._Element
"""An element of a part of an OpenDocument text."""


@dataclass(frozen=True)
class OdtStyles:
    """The styles of paragraphs and of letters, by family and name."""

    by_name: dict[tuple[str, str], OdtElement]
    lists: dict[str, OdtElement]
    default: OdtElement | None
    """The properties of letters that hold where no style says otherwise."""

    def chain(self, family: str, name: str) -> Iterator[OdtElement]:
        """A style, and those that it is based on."""
        seen: set[str] = set()
        while (family, name) in self.by_name and name not in seen:
            seen.add(name)
            yield self.by_name[family, name]
            name = self.by_name[family, name].get(f"{STYLE}parent-style-name", "")

    def names(self, name: str, family: str = "paragraph") -> Iterator[str]:
        """The names of a style, and of those that it is based on, as people see them.

        One that the file does not describe, as Pandoc leaves those of LibreOffice, has its own name.
        """
        yield from list(map(_shown_name, self.chain(family, name))) or [name]

    def role(self, name: str) -> str:
        """What a paragraph is by the first of its styles whose name says it."""
        return next(filter(None, map(role_of_name, self.names(name))), "")

    def level(self, name: str) -> int:
        """The level of a heading, by the outline of a style or its name."""
        for style in self.chain("paragraph", name):
            outline = style.get(f"{STYLE}default-outline-level", "")
            if outline.isdecimal():
                return int(outline)
            if level := heading_level(_shown_name(style)):
                return level
        return 0

    def said(self, family: str, name: str, property: str) -> str:
        """A property of letters or paragraphs, from the first style that says it."""
        for style in self.chain(family, name):
            for kind in ("text-properties", "paragraph-properties", "graphic-properties"):
                properties = style.find(f"{STYLE}{kind}")
                if properties is not None and (value := properties.get(property)):
                    return value
        return ""

    def language(self, family: str, name: str) -> str:
        """The language that a style gives; “” for that of the document."""
        language, country = (self.said(family, name, f"{FO}{part}") for part in ("language", "country"))
        return _tag(language, country)

    @property
    def main_language(self) -> str:
        """The language of the document."""
        properties = self.default
        if properties is None:
            return ""
        return _tag(properties.get(f"{FO}language", ""), properties.get(f"{FO}country", ""))


def _shown_name(style: OdtElement) -> str:
    return str(style.get(f"{STYLE}display-name") or style.get(f"{STYLE}name", ""))


def _tag(language: str, country: str) -> str:
    if language in ("", "none", "zxx"):
        return ""
    return language if country in ("", "none") else f"{language}-{country}"


def become(element: OdtElement, tag: str, attributes: dict[str, str]) -> None:
    """Make an element another one, which holds the same."""
    element.tag = tag
    element.attrib.clear()
    element.attrib.update(attributes)


def unwrap(element: OdtElement) -> None:
    """Put the elements in an element in its place."""
    for child in [*element]:
        element.addprevious(child)
    take_out(element)


class OdtPackage:
    """An OpenDocument text that is being read."""

    def __init__(self, file: Path) -> None:
        self.archive = SourceArchive(file)
        if self.archive.has(_MANIFEST) and b"encryption-data" in self.archive.read(_MANIFEST):
            why = f"{file.name} is protected with a password, so that nothing in it can be read."
            raise self.archive.refusal("import-encrypted", why, "Save it without a password, and import that.")
        self.content = self.archive.read_xml("content.xml")
        parts = [self._part("styles.xml"), self.content]
        self.styles = _styles([part for part in parts if part is not None])
        self.meta = self._part("meta.xml")
        self.master = parts[0]

    def _part(self, name: str) -> OdtElement | None:
        return self.archive.read_xml(name) if self.archive.has(name) else None

    @property
    def text(self) -> OdtElement:
        """The text of the document. Raises PressroomError where there is none."""
        found = self.content.find(f"{OFFICE}body/{OFFICE}text")
        if found is None:
            raise self.archive.broken("it has no text")
        return found


def _styles(parts: list[OdtElement]) -> OdtStyles:
    by_name: dict[tuple[str, str], OdtElement] = {}
    lists: dict[str, OdtElement] = {}
    default: OdtElement | None = None
    for part in parts:
        for style in part.iter(f"{STYLE}style"):
            by_name[style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")] = style
        for style in part.iter(f"{TEXT}list-style"):
            lists[style.get(f"{STYLE}name", "")] = style
        for style in part.iter(f"{STYLE}default-style"):
            if style.get(f"{STYLE}family") == "paragraph":
                default = style.find(f"{STYLE}text-properties")
    return OdtStyles(by_name, lists, default)
