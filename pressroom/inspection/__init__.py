"""Inspection: what a finished PDF holds, read from its bytes, whoever made it.

`document` reads what the file says of itself, `page` goes through a page's operators as a press would and notes every
colour, picture and font; `colours` and `fonts` know their kinds. Nothing is judged here: preflight does that.
"""

from pressroom.inspection.colourspaces import PaintColour
from pressroom.inspection.document import Inspected, Intent, inspect
from pressroom.inspection.embedding import Font
from pressroom.inspection.images import pictures_of
from pressroom.inspection.page import Boxes, PageFacts, PlacedPicture

__all__ = [
    "Boxes",
    "Font",
    "Inspected",
    "Intent",
    "PageFacts",
    "PaintColour",
    "PlacedPicture",
    "inspect",
    "pictures_of",
]
