"""Layouts: a publication and an edition become XHTML pages with their style sheets.

`library` finds a layout's files, `options` and `choosing` read the options that a publication sets, `grid`, `optics`,
`sizes` and `estimates` measure, `templates` runs Jinja, and `compose` builds the `Composition` of an edition for the
exporters. `companions` completes families in the scripts that they lack. The room reads the files of the layout and its
fonts, and writes none but cut companions into the cache.
"""

from pressroom.design.arranging import Arranged, arranged, to_arrange
from pressroom.design.choosing import GivenOptions
from pressroom.design.companions import LetterScript, has_companion, has_one_weight, script_of, standing
from pressroom.design.companions import sources as companion_sources
from pressroom.design.compose import lay_out
from pressroom.design.composition import Composition, ContentsEntry, FontFace, Style, Unit
from pressroom.design.condition import printing_condition
from pressroom.design.drawing_fonts import drawing_fonts, letters_lacking
from pressroom.design.edition_in_hand import EditionInHand
from pressroom.design.fonts import code_points, has_letter, lender_of
from pressroom.design.layout_list import as_json, listing, purposes
from pressroom.design.library import Layout, find_layout, known_layouts
from pressroom.design.pagination import PageBreak, PageList, PrintPage, page_list
from pressroom.design.sizes import (
    effective_ppi,
    expected_ratio,
    placed_width,
    recipes,
    separated_for,
    shown_width,
    size_to_deliver,
)
from pressroom.design.styling import Styling, find_fonts, styling_of
from pressroom.design.unread_files import unread_files
from pressroom.whereabouts import BUILTIN

__all__ = [
    "BUILTIN",
    "Arranged",
    "Composition",
    "ContentsEntry",
    "EditionInHand",
    "FontFace",
    "GivenOptions",
    "Layout",
    "LetterScript",
    "PageBreak",
    "PageList",
    "PrintPage",
    "Style",
    "Styling",
    "Unit",
    "arranged",
    "as_json",
    "code_points",
    "companion_sources",
    "drawing_fonts",
    "effective_ppi",
    "expected_ratio",
    "find_fonts",
    "find_layout",
    "has_companion",
    "has_letter",
    "has_one_weight",
    "known_layouts",
    "lay_out",
    "lender_of",
    "letters_lacking",
    "listing",
    "page_list",
    "placed_width",
    "printing_condition",
    "purposes",
    "recipes",
    "script_of",
    "separated_for",
    "shown_width",
    "size_to_deliver",
    "standing",
    "styling_of",
    "to_arrange",
    "unread_files",
]
