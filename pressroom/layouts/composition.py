"""The hand-over from layouts to the exporters: every page of an edition as XHTML, with all that it refers to.

Inside a composition every link to another place of the publication is `#id`; ids are unique in the publication. Paths
are those of the ebook: units in `text/`, and beside it `styles/`, `pictures/` and `fonts/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pressroom.photographs import Profile, Rendition
from pressroom.publication import Edition, Publication

Matter = Literal["front", "body", "back"]
Start = Literal["recto", "verso", "next"]
NAVIGATION = "nav"
"""What the ebook's navigation document is called among its pages; no unit may have this id."""


@dataclass(frozen=True)
class Unit:
    """A chapter, front piece, list or index: what is laid out on its own and becomes one file of the ebook."""

    id: str
    """Also the stem of its file: `text/{id}.xhtml`."""
    kind: str
    """cover, half-title, title-page, imprint, contents, part, chapter, photographs, credits, colophon."""
    title: str
    matter: Matter
    """Front matter has folios in roman numerals."""
    start: Start
    """The side of the sheet on which it begins in print."""
    xhtml: str
    """A whole XHTML document."""
    source: str = ""
    """The source file that it comes from, for findings."""


@dataclass(frozen=True)
class ContentsEntry:
    """A line of the contents: a part, a chapter or a section, with what is under it."""

    title: str
    id: str
    """Where it leads: an id of the publication."""
    number: str = ""
    children: tuple[ContentsEntry, ...] = ()
    language: str = ""
    """Where it is not that of the book."""


@dataclass(frozen=True)
class Style:
    """A style sheet of an edition; later ones win."""

    name: str
    css: str


@dataclass(frozen=True)
class FontFace:
    """One cut of a family. One file for each family, weight and style: several under one name print wrong glyphs."""

    family: str
    weight: int
    italic: bool
    file: Path


@dataclass(frozen=True)
class Composition:
    """One edition, laid out as XHTML and ready to be exported."""

    publication: Publication
    name: str
    """The edition's name in publication.yaml."""
    edition: Edition
    units: tuple[Unit, ...]
    contents: tuple[ContentsEntry, ...]
    styles: tuple[Style, ...]
    renditions: tuple[Rendition, ...]
    fonts: tuple[FontFace, ...]
    cover: Rendition | None = None
    """The cover's picture, which is also among the renditions."""
    profile: Profile | None = None
    """For a press: the printing condition that its pictures were prepared for, with the ink that its printer takes."""
    folds: tuple[float, ...] = ()
    """Of a cover's sheet: where it is folded, in mm from the left of the trimmed sheet."""
    navigation: str = ""
    """For an ebook: its navigation document, `nav.xhtml`, with links as `#id`."""
