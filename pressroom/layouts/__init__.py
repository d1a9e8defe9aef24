"""Layouts: a publication and an edition become XHTML pages with their style sheets.

`library` finds a layout's files, `options` and `choosing` settle what a publication chooses of it, `grid`, `optics`,
`sizes` and `makeup` measure, `templates` runs Jinja, and `pages` puts an edition together as a `Composition`, the
hand-over to the exporters. Pure but for reading the layout and its fonts.
"""

from pressroom.layouts.catalogue import as_json, listing, purposes
from pressroom.layouts.choosing import Given
from pressroom.layouts.composition import Composition, ContentsEntry, FontFace, Style, Unit
from pressroom.layouts.condition import printing_condition
from pressroom.layouts.fonts import has_letter, lender_of
from pressroom.layouts.frontcover import front_of, has_cover
from pressroom.layouts.library import Layout, find_layout, known_layouts
from pressroom.layouts.pages import cover_picture, find_fonts, lay_out
from pressroom.layouts.pagination import PageBreak, PageList, PrintPage, page_list
from pressroom.layouts.sizes import (
    FULL_PAGES,
    effective_ppi,
    expected_ratio,
    placed_width,
    recipes,
    separated_for,
    size_to_deliver,
)
from pressroom.layouts.wrap import Bound, lay_out_cover
from pressroom.machine import BUILTIN

__all__ = [
    "BUILTIN",
    "FULL_PAGES",
    "Bound",
    "Composition",
    "ContentsEntry",
    "FontFace",
    "Given",
    "Layout",
    "PageBreak",
    "PageList",
    "PrintPage",
    "Style",
    "Unit",
    "as_json",
    "cover_picture",
    "effective_ppi",
    "expected_ratio",
    "find_fonts",
    "find_layout",
    "front_of",
    "has_cover",
    "has_letter",
    "known_layouts",
    "lay_out",
    "lay_out_cover",
    "lender_of",
    "listing",
    "page_list",
    "placed_width",
    "printing_condition",
    "purposes",
    "recipes",
    "separated_for",
    "size_to_deliver",
]
