"""The content of a publication: parts, chapters, and their blocks. Every piece knows its place in the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pressroom.errors import Place, Source
from pressroom.publication.about import GeneratedKind as PieceName
from pressroom.publication.about import Settings
from pressroom.publication.arrange_setting import ArrangeSetting
from pressroom.publication.framing import Framing
from pressroom.publication.photo_notes import MadeBy
from pressroom.publication.placements import FOOT, LEFT, Placement

BoxKind = Literal["epigraph", "pullquote", "sidebar", "timeline", "only"]
ChapterRole = Literal[
    "foreword", "preface", "introduction", "dedication", "acknowledgements", "prologue", "chapter", "epilogue",
    "afterword", "appendix", "notes", "bibliography",
]  # fmt: skip
ONLY = "only"
"""The class of words that some editions show."""
ONLY_IN = "only-in-"
"""The beginning of the classes that name these editions."""
FRONT_ROLES = frozenset({"foreword", "preface", "dedication", "acknowledgements"})
"""The roles of chapters whose pages have roman numerals."""


@dataclass(frozen=True)
class Caption:
    """The caption of a picture or a gallery."""

    xhtml: str
    """The caption with its markup and the calls of its notes."""
    text: str
    """The caption as plain text, for lists."""


@dataclass(frozen=True)
class Figure:
    """A photograph or drawing with its alt text, caption and credit: three texts for three readers."""

    id: str
    number: str
    """The number as printed: “3”, in a gallery “3a”; empty for a picture without caption and id."""
    file: str
    """The file as the manuscript writes it; empty for a photograph that has not arrived."""
    alt: str
    caption: Caption | None
    credit: str
    placed: Placement
    """Its row in the table of placements."""
    place: Place
    framing: Framing = field(default_factory=Framing)
    share: float = 1.0
    """The share of the width of its placement that the picture takes."""
    long_description: str = ""
    classes: tuple[str, ...] = ()
    is_told: bool = False
    """Whether the manuscript names its placement, be it the column."""
    made_by: MadeBy = ""
    note_on_making: str = ""
    """The words after the credit of a picture made by artificial intelligence, in the book's language."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """The origins of alt, caption, credit and long_description: manuscript, photos.yaml, XMP, IPTC or EXIF. Of focus,
    aspect and crop those that the manuscript gives, which outranks photos.yaml.
    """

    @property
    def placement(self) -> str:
        """The name of the placement, which templates compare and print as a CSS class."""
        return self.placed.name

    @property
    def caption_apart(self) -> bool:
        """Whether its caption stands on another page than the picture."""
        return self.placed.caption_apart and FOOT not in self.classes

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
    """Figures that stand together, with one number and one shared caption."""

    id: str
    number: str
    figures: tuple[Figure, ...]
    caption: Caption | None
    placed: Placement
    place: Place
    classes: tuple[str, ...] = ()
    tree: str = ""
    """How its pictures share a page: a slicing tree; empty if the program chooses."""

    @property
    def caption_apart(self) -> bool:
        """Whether its caption stands on another page: never."""
        return False

    @property
    def large(self) -> Figure | None:
        """The picture that runs over the fold: what stands left comes first; None for other galleries."""
        if self.placement != "over" or not self.figures:
            return None
        return self.figures[-1 if LEFT in self.classes else 0]

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
    """From 2 to 6; the chapter's own title is level 1."""
    xhtml: str
    text: str
    place: Place


@dataclass(frozen=True)
class Prose:
    """Blocks without a layout of their own (paragraphs, lists, tables, code), as well-formed XHTML."""

    xhtml: str
    place: Place


@dataclass(frozen=True)
class Box:
    """A block set apart from the running text: an epigraph, a sidebar, …"""

    kind: BoxKind
    blocks: tuple[Block, ...]
    place: Place
    id: str = ""
    title: str = ""
    editions: tuple[str, ...] = ()
    """The editions that hold an `only` block; empty for all."""


Block = Heading | Prose | Figure | Gallery | Box


@dataclass(frozen=True)
class Note:
    """A note, numbered within its chapter."""

    id: str
    call_id: str
    """The id of the place in the text that calls it."""
    number: str
    xhtml: str
    """The paragraphs of the note."""
    place: Place


@dataclass(frozen=True)
class IndexMark:
    """A mark for the index: a place with its term, or a cross-reference to another term."""

    term: str
    place: Place
    sub: str = ""
    """The subentry under the term."""
    anchor: str = ""
    """The id of the place; empty for a cross-reference, which leads to no page."""
    see: str = ""
    """The term after “see”."""
    see_also: str = ""
    """The term after “see also”."""
    through: tuple[str, ...] = ()
    """The ids at which a page range may end; an edition takes the first that it holds."""


@dataclass(frozen=True)
class NumberedTable:
    """A table with a caption, for the list of tables."""

    id: str
    number: str
    """The number as printed: “3”."""
    text: str
    """The caption as plain text."""
    place: Place


@dataclass(frozen=True)
class Chapter:
    """A chapter, made of one source file and ready to be laid out."""

    id: str
    title: str
    place: Place
    title_xhtml: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    role: ChapterRole = "chapter"
    language: str = ""
    """The language of the chapter (BCP 47); empty if it is that of the book."""
    date: str = ""
    where: str = ""
    """The place from which the chapter reports, as printed."""
    number: str = ""
    """The number as printed: “3”; empty for a chapter without one."""
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    arrange: ArrangeSetting | None = None
    """How its pictures are arranged, where it says so itself."""
    in_text: tuple[Figure, ...] = ()
    """The pictures in its text, whose places are marked by elements of their ids: signs in lines, pictures in cells."""
    marks: tuple[IndexMark, ...] = ()
    """Its marks for the index, in reading order."""
    tables: tuple[NumberedTable, ...] = ()
    """Its tables with captions, in reading order."""

    @property
    def file(self) -> str:
        """The source file that it was read from."""
        return self.place.file


@dataclass(frozen=True)
class Generated:
    """A piece that the builder generates: contents, list of photographs, index, credits, colophon."""

    kind: PieceName
    place: Place

    @property
    def id(self) -> str:
        """Its id in every edition."""
        return self.kind


@dataclass(frozen=True)
class Part:
    """A part: chapters under a common title."""

    id: str
    title: str
    number: str
    """The number of the part: “1”."""
    pieces: tuple[Chapter | Generated, ...]
    place: Place


@dataclass(frozen=True)
class Change:
    """A change that typesetting has made in a text."""

    place: Place
    """The line of the text. A text of photos.yaml or of a file has the line of its picture."""
    rule: str
    """The name of the rule: “quotes”, “dash”, “no-break space” …"""
    before: str
    """The text as typed, with a few words around the change."""
    after: str
    """The same text as it is set."""
    origin: str = ""
    """The origin of the text: photos.yaml, XMP, IPTC or EXIF; empty for the manuscript."""


@dataclass(frozen=True)
class CitedEntry:
    """A work in the bibliography."""

    id: str
    xhtml: str
    """The work as the style of citations has it."""
    cited_at: tuple[str, ...] = ()
    """The ids of the places that cite it."""


Piece = Part | Chapter | Generated


@dataclass(frozen=True)
class Publication:
    """A publication with its settings and content; all numbers and references are settled."""

    settings: Settings
    pieces: tuple[Piece, ...]
    changes: tuple[Change, ...] = ()
    """The changes that typesetting has made, in reading order."""
    cover: Figure | None = None
    """The photograph of the front cover; None for a cover without one."""
    back: tuple[str, ...] = ()
    """The paragraphs on the back of a printed cover, each as the XHTML inside it."""
    sources: tuple[Source, ...] = field(default=(), repr=False, compare=False)
    """The source files that its chapters were read from, by which preflight looks for lost words."""
    works: tuple[CitedEntry, ...] = ()
    """The works that it cites, in the order of the style of citations."""
    back_pictures: tuple[Figure, ...] = ()
    """The photographs on the back of a printed cover."""

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

    def numbered(self) -> Iterator[Figure | Gallery]:
        """Every figure and gallery with a number, for lists; of a gallery without one, its numbered pictures."""
        for _, block in self.illustrations():
            yield from (each for each in ((block,) if block.number else pictures_in(block)) if each.number)

    def pictures(self) -> Iterator[tuple[str, Figure]]:
        """Every picture with the file that names it: those of the cover, of the chapters, and in their text."""
        if self.cover is not None:
            yield self.cover.place.file, self.cover
        yield from ((figure.place.file, figure) for figure in self.back_pictures)
        yield from ((chapter.file, figure) for chapter, figure in self.figures())
        yield from ((chapter.file, figure) for chapter in self.chapters() for figure in chapter.in_text)


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block in reading order, boxes before the blocks inside them."""
    for block in blocks:
        yield block
        if isinstance(block, Box):
            yield from walk(block.blocks)
