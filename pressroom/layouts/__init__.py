"""Layouts: a publication and an edition become XHTML pages with their style sheets.

`library` finds a layout's files, `grid`, `sizes` and `makeup` measure, `templates` runs Jinja, and `pages` puts
an edition together as a `Composition`, the hand-over to the exporters. Pure but for reading the layout and its fonts.
"""

from pressroom.layouts.composition import Composition, ContentsEntry, FontFace, Style, Unit
from pressroom.layouts.frontcover import has_cover
from pressroom.layouts.library import BUILTIN, Layout, find_layout
from pressroom.layouts.pages import cover_picture, find_fonts, lay_out
from pressroom.layouts.sizes import effective_ppi, placed_width, recipes, size_to_deliver

__all__ = [
    "BUILTIN",
    "Composition",
    "ContentsEntry",
    "FontFace",
    "Layout",
    "Style",
    "Unit",
    "cover_picture",
    "effective_ppi",
    "find_fonts",
    "find_layout",
    "has_cover",
    "lay_out",
    "placed_width",
    "recipes",
    "size_to_deliver",
]
