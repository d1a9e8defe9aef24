"""The contact sheet: what a picture desk wants to see of a publication's photographs, and which it must still ask for.

`entries` gathers what there is to know of each; `sheet` makes the page, `listing` the lines for a terminal, `missing`
the list of those to come. Pure: thumbnails come in as values, texts go out.
"""

from pressroom.reports.contactsheet import Thumbnail, contact_sheet
from pressroom.reports.entries import Grade, PhotoEntry, PhotoText, PhotoUse, PrintSize, WantedSize, entries
from pressroom.reports.listing import as_json, listing
from pressroom.reports.missing import missing_csv, missing_text

__all__ = [
    "Grade",
    "PhotoEntry",
    "PhotoText",
    "PhotoUse",
    "PrintSize",
    "Thumbnail",
    "WantedSize",
    "as_json",
    "contact_sheet",
    "entries",
    "listing",
    "missing_csv",
    "missing_text",
]
