"""The contact sheet: what a picture desk wants to see of a publication's photographs, and which it must still ask for.

`entries` gathers what there is to know of each; `sheet` makes the page, `listing` the lines for a terminal, `missing`
the list of those to come. Pure: thumbnails come in as values, texts go out.
"""

from pressroom.contactsheet.entries import Entry, Grade, Line, PrintSize, Use, Wanted, entries
from pressroom.contactsheet.listing import as_json, listing
from pressroom.contactsheet.missing import missing_csv, missing_text
from pressroom.contactsheet.sheet import Thumbnail, contact_sheet

__all__ = [
    "Entry",
    "Grade",
    "Line",
    "PrintSize",
    "Thumbnail",
    "Use",
    "Wanted",
    "as_json",
    "contact_sheet",
    "entries",
    "listing",
    "missing_csv",
    "missing_text",
]
