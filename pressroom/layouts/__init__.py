"""Layouts: a publication and an edition become XHTML pages with their style sheets.

`library` finds a layout's files, `grid`, `sizes` and `makeup` measure, `templates` runs Jinja, and `pages` puts
an edition together as a `Composition`, the hand-over to the exporters. Pure but for reading the layout and its fonts.
"""

from pressroom.layouts.composition import Composition, ContentsEntry, FontFace, Style, Unit
from pressroom.layouts.library import BUILTIN, Layout, find_layout
from pressroom.layouts.pages import find_fonts, lay_out
from pressroom.layouts.sizes import FULL_PAGES, effective_ppi, expected_ratio, placed_width, recipes, size_to_deliver

__all__ = [
    "BUILTIN",
    "FULL_PAGES",
    "Composition",
    "ContentsEntry",
    "FontFace",
    "Layout",
    "Style",
    "Unit",
    "effective_ppi",
    "expected_ratio",
    "find_fonts",
    "find_layout",
    "lay_out",
    "placed_width",
    "recipes",
    "size_to_deliver",
]
