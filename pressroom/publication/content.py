"""What a publication holds: parts, chapters, and the blocks that chapters are made of. Every piece knows its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pressroom.errors import Place
from pressroom.publication.about import GeneratedKind as PieceName
from pressroom.publication.about import Settings
from pressroom.publication.framing import Framing
from pressroom.publication.photo_notes import MadeBy
from pressroom.publication.placements import Placement

BoxKind = Literal["epigraph", "pullquote", "sidebar", "timeline", "only"]
ChapterRole = Literal[
    "foreword", "preface", "introduction", "dedication", "acknowledgements", "prologue", "chapter", "epilogue",
    "afterword", "appendix", "notes", "bibliography",
]  # fmt: skip
FRONT_ROLES = frozenset({"foreword", "preface", "dedication", "acknowledgements"})
"""Chapters whose pages carry roman numerals."""


@dataclass(frozen=True)
class Caption:
    """What stands under a picture."""

    xhtml: str
    """With its markup and the calls of its notes."""
    text: str
    """As plain words, for lists."""


@dataclass(frozen=True)
class Figure:
    """A photograph or drawing with its alt text, caption and credit: three texts for three readers."""

    id: str
    number: str
    """As printed: “3”, in a gallery “3a”; empty where nothing refers to it and no caption shows it."""
    file: str
    """As the manuscript writes it; empty for a photograph that has not arrived."""
    alt: str
    caption: Caption | None
    credit: str
    placed: Placement
    """Its row in the table of placements."""
    place: Place
    framing: Framing = field(default_factory=Framing)
    long_description: str = ""
    classes: tuple[str, ...] = ()
    made_by: MadeBy = ""
    note_on_making: str = ""
    """What the credit adds of a picture that was not, or not only, made with a camera; in the book's language."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where alt, caption, credit and long_description come from: manuscript, photos.yaml, XMP, IPTC or EXIF."""

    @property
    def placement(self) -> str:
        """The name of the placement, which templates compare and print as a CSS class."""
        return self.placed.name

    @property
    def described(self) -> tuple[str, ...]:
        """The long description in its paragraphs."""
        parts = re.split(r"\n[ \t]*\n", self.long_description)
        return tuple(filter(None, (re.sub(r"[ \t\n]+", " ", part).strip() for part in parts)))

    @property
    def credit_line(self) -> str:
        """The credit as printed."""
        return " · ".join(filter(None, (self.credit, self.note_on_making)))


@dataclass(frozen=True)
class Gallery:
    """Figures shown together, under one number and one shared caption."""

    id: str
    number: str
    figures: tuple[Figure, ...]
    caption: Caption | None
    placed: Placement
    place: Place

    @property
    def placement(self) -> str:
        """The name of the placement."""
        return self.placed.name


def pictures_in(block: Figure | Gallery) -> tuple[Figure, ...]:
    """The single pictures of a figure or gallery."""
    return block.figures if isinstance(block, Gallery) else (block,)


@dataclass(frozen=True)
class Heading:
    """A section's heading inside a chapter."""

    id: str
    level: int
    """2 to 6: a chapter's own title is level 1."""
    xhtml: str
    text: str
    place: Place


@dataclass(frozen=True)
class Prose:
    """Anything that needs no layout of its own: paragraphs, lists, tables, code. Well-formed XHTML."""

    xhtml: str
    place: Place


@dataclass(frozen=True)
class Box:
    """A block set apart from the text."""

    kind: BoxKind
    blocks: tuple[Block, ...]
    place: Place
    id: str = ""
    title: str = ""
    editions: tuple[str, ...] = ()
    """For `only`: the editions that show it."""


Block = Heading | Prose | Figure | Gallery | Box


@dataclass(frozen=True)
class Note:
    """A note, numbered within its chapter."""

    id: str
    call_id: str
    """The id of the place in the text that calls it."""
    number: str
    xhtml: str
    """Its paragraphs."""
    place: Place


@dataclass(frozen=True)
class IndexMark:
    """A place that the index leads to, or a word of which it says where else to look."""

    term: str
    place: Place
    sub: str = ""
    """What of the term is meant: an entry under it."""
    anchor: str = ""
    """The id of the place; empty for a cross-entry, which leads to no page."""
    see: str = ""
    """The term to look under instead."""
    see_also: str = ""
    """A term to look under as well."""
    through: tuple[str, ...] = ()
    """Where what is said of it ends, if not at the place itself: ids, of which an edition takes the first it holds."""


@dataclass(frozen=True)
class Chapter:
    """One source file, ready to be laid out."""

    id: str
    title: str
    place: Place
    title_xhtml: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    role: ChapterRole = "chapter"
    language: str = ""
    """Its own, as a BCP 47 tag; empty where it is the book's."""
    date: str = ""
    where: str = ""
    """The place that a report is from."""
    number: str = ""
    """As printed: “3”; empty for a chapter that is not counted."""
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    marks: tuple[IndexMark, ...] = ()
    """What of it the index lists."""

    @property
    def file(self) -> str:
        """The source file that it was read from."""
        return self.place.file


@dataclass(frozen=True)
class Generated:
    """A piece that the builder writes: contents, list of photographs, index, credits, colophon."""

    kind: PieceName
    place: Place

    @property
    def id(self) -> str:
        """Its id in every edition."""
        return self.kind


@dataclass(frozen=True)
class Part:
    """A title over a run of chapters."""

    id: str
    title: str
    number: str
    """As counted: “1”."""
    pieces: tuple[Chapter | Generated, ...]
    place: Place


@dataclass(frozen=True)
class Change:
    """What typography has altered in a text."""

    place: Place
    """The line; of what photos.yaml or a file says, that of its picture."""
    rule: str
    """What altered it: “quotes”, “dash”, “no-break space” …"""
    before: str
    """As it was typed, with a few words around it."""
    after: str
    """As it is set."""
    origin: str = ""
    """Where the text comes from, if not from the manuscript: photos.yaml, XMP, IPTC or EXIF."""


Piece = Part | Chapter | Generated


@dataclass(frozen=True)
class Publication:
    """A whole publication, with every number and reference settled."""

    settings: Settings
    pieces: tuple[Piece, ...]
    changes: tuple[Change, ...] = ()
    """What typography has altered, in reading order."""
    cover: Figure | None = None
    """The photograph of the front cover, where one is named."""
    back: tuple[str, ...] = ()
    """What a printed cover says on its back: paragraphs, as the XHTML that stands in them."""

    def chapters(self) -> Iterator[Chapter]:
        """Every chapter, in reading order."""
        for piece in self.pieces:
            inner = piece.pieces if isinstance(piece, Part) else (piece,)
            yield from (p for p in inner if isinstance(p, Chapter))

    def illustrations(self) -> Iterator[tuple[Chapter, Figure | Gallery]]:
        """Every figure and gallery with its chapter, in reading order; a gallery's pictures count as one."""
        for chapter in self.chapters():
            for block in walk(chapter.blocks):
                if isinstance(block, Figure | Gallery):
                    yield chapter, block

    def figures(self) -> Iterator[tuple[Chapter, Figure]]:
        """Every single picture with its chapter, in reading order."""
        for chapter, block in self.illustrations():
            yield from ((chapter, figure) for figure in pictures_in(block))

    def pictures(self) -> Iterator[tuple[str, Figure]]:
        """Every picture with the file that names it: the cover's, and those of the chapters."""
        if self.cover is not None:
            yield self.cover.place.file, self.cover
        yield from ((chapter.file, figure) for chapter, figure in self.figures())


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block, and those inside boxes."""
    for block in blocks:
        yield block
        if isinstance(block, Box):
            yield from walk(block.blocks)
