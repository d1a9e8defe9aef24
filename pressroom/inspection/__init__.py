"""Inspection: the contents of a finished PDF, read from its bytes, whichever program made it.

`document` reads the catalogue, the metadata and the claims of the file, `page` the boxes of a page, `operators` every
colour, picture and font that its content stream paints, in the graphics state that `state` follows. `colourspaces` and
`embedding` classify colours and fonts; `page_texts` has the text as a reader finds it. Inspection does not judge:
preflight does.
"""

from pressroom.inspection.colourspaces import PaintColour
from pressroom.inspection.document import Inspected, Intent, inspect
from pressroom.inspection.embedding import Font
from pressroom.inspection.images import pictures_of
from pressroom.inspection.page import Boxes, PageContent, PageFacts, Paint, PlacedPicture
from pressroom.inspection.page_texts import texts_of

__all__ = [
    "KEPT",
    "Boxes",
    "Font",
    "Inspected",
    "Intent",
    "PageFacts",
    "PaintColour",
    "PlacedPicture",
    "inspect",
    "pictures_of",
    "texts_of",
]

KEPT: tuple[type, ...] = (Font, PageContent, Paint, PaintColour, PlacedPicture)
"""The values that may be kept of a page (`Shelf`)."""
