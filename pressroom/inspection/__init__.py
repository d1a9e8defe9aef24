"""Inspection: what a finished PDF holds, read from its bytes, whoever made it.

`document` reads what the file says of itself, `page` goes through a page's operators as a press would and notes every
colour, picture and font; `colours` and `fonts` know their kinds. Nothing is judged here: preflight does that.
"""

from pressroom.inspection.colours import Colour
from pressroom.inspection.document import Inspected, Intent, inspect
from pressroom.inspection.fonts import Font
from pressroom.inspection.page import Boxes, PageFacts, PlacedPicture
from pressroom.inspection.pictures import pictures_of

__all__ = ["Boxes", "Colour", "Font", "Inspected", "Intent", "PageFacts", "PlacedPicture", "inspect", "pictures_of"]
