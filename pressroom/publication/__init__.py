"""The model of a publication: its settings, its content and its editions. No I/O.

`about`, `editions` and `photo_notes` are forms that a person types; `content` is what the manuscript room makes of the
source files (frozen dataclasses); `framing` crops and blurs pictures. `isbn` checks numbers, `reading_order` lists the
ids of a chapter. Numbers, ids and references are settled here once, so that every edition agrees.
"""

from pressroom.language.bcp47 import bibliographic_code, tag_fault
from pressroom.publication.about import (
    Accessibility,
    Contents,
    Cover,
    Creator,
    Fonts,
    GeneratedEntry,
    Language,
    PartEntry,
    Series,
    Settings,
    Subject,
    slug_of,
)
from pressroom.publication.content import (
    FRONT_ROLES,
    Block,
    Box,
    BoxKind,
    Caption,
    Change,
    Chapter,
    ChapterRole,
    CitedEntry,
    Figure,
    Gallery,
    Generated,
    Heading,
    IndexMark,
    Note,
    NumberedTable,
    Part,
    Piece,
    Prose,
    Publication,
    pictures_in,
    walk,
)
from pressroom.publication.cover_edition import CoverEdition
from pressroom.publication.ebook_edition import EpubEdition
from pressroom.publication.edition_form import EditionForm
from pressroom.publication.editions import Edition
from pressroom.publication.framing import (
    Focus,
    Framing,
    Region,
    Window,
    parse_aspect,
    parse_focus,
    parse_region,
    parse_regions,
)
from pressroom.publication.isbn import isbn_digits, isbn_of, plain_identifier
from pressroom.publication.measures import Trim
from pressroom.publication.pdf_edition import PdfEdition
from pressroom.publication.photo_notes import FileCaptionData, MadeBy, PhotoNote, name_key
from pressroom.publication.placements import COLUMN, COVER, IN_MANUSCRIPTS, PLACEMENTS, Placement, placement_of

__all__ = [
    "COLUMN",
    "COVER",
    "FRONT_ROLES",
    "IN_MANUSCRIPTS",
    "PLACEMENTS",
    "Accessibility",
    "Block",
    "Box",
    "BoxKind",
    "Caption",
    "Change",
    "Chapter",
    "ChapterRole",
    "CitedEntry",
    "Contents",
    "Cover",
    "CoverEdition",
    "Creator",
    "Edition",
    "EditionForm",
    "EpubEdition",
    "Figure",
    "FileCaptionData",
    "Focus",
    "Fonts",
    "Framing",
    "Gallery",
    "Generated",
    "GeneratedEntry",
    "Heading",
    "IndexMark",
    "Language",
    "MadeBy",
    "Note",
    "NumberedTable",
    "Part",
    "PartEntry",
    "PdfEdition",
    "PhotoNote",
    "Piece",
    "Placement",
    "Prose",
    "Publication",
    "Region",
    "Series",
    "Settings",
    "Subject",
    "Trim",
    "Window",
    "bibliographic_code",
    "isbn_digits",
    "isbn_of",
    "name_key",
    "parse_aspect",
    "parse_focus",
    "parse_region",
    "parse_regions",
    "pictures_in",
    "placement_of",
    "plain_identifier",
    "slug_of",
    "tag_fault",
    "walk",
]
