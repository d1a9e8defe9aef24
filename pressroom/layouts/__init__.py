"""Layouts: a publication and an edition become XHTML pages with their style sheets.

`library` finds a layout's files, `options` and `choosing` settle what a publication chooses of it, `grid`, `optics`,
`sizes` and `makeup` measure, `templates` runs Jinja, and `pages` puts an edition together as a `Composition`, the
hand-over to the exporters. Pure but for reading the layout and its fonts.
"""

from pressroom.layouts.catalogue import as_json, listing, purposes
from pressroom.layouts.choosing import Given
from pressroom.layouts.composition import Composition, ContentsEntry, FontFace, Style, Unit
from pressroom.layouts.frontcover import has_cover
from pressroom.layouts.library import BUILTIN, Layout, find_layout, known_layouts
from pressroom.layouts.pages import cover_picture, find_fonts, lay_out
from pressroom.layouts.pagination import PageBreak, PageList, PrintPage, page_list
from pressroom.layouts.sizes import FULL_PAGES, effective_ppi, expected_ratio, placed_width, recipes, size_to_deliver

__all__ = [
    "BUILTIN",
    "FULL_PAGES",
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
    "has_cover",
    "known_layouts",
    "lay_out",
    "listing",
    "page_list",
    "placed_width",
    "purposes",
    "recipes",
    "size_to_deliver",
]
