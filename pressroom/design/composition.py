"""The interface between layouts and exporters: every page of an edition as XHTML, with the files that it refers to.

In a composition, links within the publication are `#id`; ids are unique in the publication. Paths are those of the
ebook: units in `text/`, and beside it `styles/`, `pictures/` and `fonts/`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, Protocol

from lxml import etree

from pressroom.css import requests
from pressroom.photographs import Profile, Rendition
from pressroom.publication import Accessibility, Edition, PdfEdition, Publication, slug_of
from pressroom.rules.printers import PrinterRules
from pressroom.xhtml import XhtmlDocument

Matter = Literal["front", "body", "back"]
Start = Literal["recto", "verso", "next"]
NAVIGATION = "nav"
"""The id of the ebook's navigation document among its pages; no unit may have it."""
_PICTURES = "../pictures/"
_ADDRESSED = ("src", "href", "{http://www.w3.org/1999/xlink}href", "poster", "data")
_EMBEDDING, _RESTRICTED, _WHOLE_ONLY, _BITMAPS_ONLY = 0x000E, 0x0002, 0x0100, 0x0200
"""Bits of OS/2 fsType."""


@dataclass(frozen=True)
class Unit:
    """A chapter, front piece, list or index, laid out on its own; it becomes one file of the ebook."""

    id: str
    """The id, which is also the stem of its file: `text/{id}.xhtml`."""
    kind: str
    """cover, half-title, title-page, imprint, contents, part, chapter, photographs, credits, colophon."""
    title: str
    matter: Matter
    """Front matter has folios in roman numerals."""
    start: Start
    """The side on which it begins in print: recto, verso or the next page."""
    document: XhtmlDocument
    """Its page."""
    source: str = ""
    """The source file that it comes from, for findings."""

    @property
    def name(self) -> str:
        """What a person calls it: its title, or its id where it has none."""
        return self.title or self.id

    @property
    def xhtml(self) -> str:
        """Its page as text."""
        return self.document.text

    @property
    def ids(self) -> frozenset[str]:
        """The ids on its page."""
        return self.document.ids

    @cached_property
    def pictures(self) -> frozenset[str]:
        """The names of the renditions that its page displays or links to."""
        found = (address.partition("#")[0] for _, address in addresses_in(self.document))
        return frozenset(address.removeprefix(_PICTURES) for address in found if address.startswith(_PICTURES))


def addresses_in(document: XhtmlDocument) -> Iterator[tuple[etree._Element, str]]:
    """The addresses of pictures and links on a page, each with its element."""
    root = document.root
    for element in root.iter("*"):
        yield from ((element, element.get(name, "")) for name in _ADDRESSED if element.get(name))
        choices = (choice.split() for choice in element.get("srcset", "").split(","))
        yield from ((element, choice[0]) for choice in choices if choice)
    yield from ((root, asked.address) for style in document.styles for asked in requests(style))


@dataclass(frozen=True)
class ContentsEntry:
    """An entry of the contents (part, chapter or section), with the entries under it."""

    title: str
    id: str
    """The id of its target."""
    number: str = ""
    children: tuple[ContentsEntry, ...] = ()
    language: str = ""
    """The language of the title, where it differs from the book's."""
    is_part: bool = False
    """Whether it is a part, whose entries are chapters."""


@dataclass(frozen=True)
class Style:
    """A style sheet of an edition; later ones win."""

    name: str
    css: str
    is_own: bool = True
    """Whether it may hold anything: not one that comes with the builder, or that the builder writes."""


@dataclass(frozen=True)
class FontFace:
    """One face of a family. Each family, weight and style has one file; two files for one face print wrong glyphs."""

    family: str
    weight: int
    italic: bool
    file: Path
    permissions: int = 0
    """OS/2 fsType embedding bits."""
    number: int = 0
    """Its number in a file of several fonts (a collection, .ttc)."""
    completes: str = ""
    """For a companion: the family that it has letters for (see `design.companions`)."""

    @property
    def part(self) -> str:
        """Its file in an ebook, beside the package document."""
        stem = slug_of(self.family)
        if stem.replace("-", " ") != self.family.lower():  # another family may have the same slug
            stem += f"-{hashlib.sha256(self.family.encode()).hexdigest()[:6]}"
        if self.completes:  # one family may complete two, with a file for each
            stem += f"-with-{slug_of(self.completes)}"
        return f"fonts/{stem}-{self.weight}{'-italic' * self.italic}.woff2"

    @property
    def may_be_embedded(self) -> bool:
        """Whether a document may embed it (OpenType, OS/2 fsType: of bits 1 to 3 the most permissive counts; bit 9
        allows bitmaps only).
        """
        return self.permissions & _EMBEDDING != _RESTRICTED and not self.permissions & _BITMAPS_ONLY

    @property
    def may_be_subset(self) -> bool:
        """Whether a document may embed a subset of it."""
        return not self.permissions & _WHOLE_ONLY


class FrontCover(Protocol):
    """The front cover for the template; `cover.front` arranges it."""

    @property
    def faces(self) -> list[FontFace]:
        """The faces that its text is set in."""


@dataclass(frozen=True)
class Composition:
    """One edition, laid out as XHTML and ready to be exported."""

    publication: Publication
    name: str
    """The edition's name in publication.yaml."""
    edition: Edition
    """The edition as it is laid out: a fixed-layout ebook as the pages of a PDF."""
    units: tuple[Unit, ...]
    contents: tuple[ContentsEntry, ...]
    styles: tuple[Style, ...]
    renditions: tuple[Rendition, ...]
    fonts: tuple[FontFace, ...]
    """The faces that its file embeds."""
    cover: Rendition | None = None
    """The cover's picture, which is also among the renditions."""
    profile: Profile | None = None
    """For a press edition: the printing condition of its pictures, with the ink limit of its printer."""
    rules: PrinterRules | None = None
    """The rules of its printer, for a press edition."""
    folds: tuple[float, ...] = ()
    """The folds of a cover's sheet, in mm from the left of the trimmed sheet."""
    navigation: XhtmlDocument | None = None
    """For an ebook: its navigation document, `nav.xhtml`, with links as `#id`."""

    @property
    def page(self) -> PdfEdition:
        """The page that it is laid out on. Raises TypeError for a composition without pages."""
        if self.edition.page is None:
            raise TypeError(f"{self.name} has no pages")
        return self.edition.page

    @property
    def accessibility(self) -> Accessibility:
        """The publisher's accessibility statement. Only reflowable ebooks keep the claim of conformance, since text
        that cannot be enlarged fails WCAG 2.2, 1.4.4.
        """
        stated = self.publication.settings.accessibility
        return stated if self.edition.ebook else Accessibility(summary=stated.summary)
