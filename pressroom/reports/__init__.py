"""Reports for a picture desk and a printer, as texts: values go in, HTML or plain text comes out, without I/O.

`entries` gathers all facts about each photograph; `contactsheet` shows them on a page, `listing` in a terminal, and
`missing` lists the photographs to come, `arrangement` has what arranged pages cost. `lighttable` shows a finished PDF
with its findings.
"""

from pressroom.reports.contactsheet import Thumbnail, contact_sheet
from pressroom.reports.entries import Grade, PhotoEntry, PhotoText, PhotoUse, PrintSize, WantedSize, entries
from pressroom.reports.listing import as_json, listing
from pressroom.reports.missing import missing_csv, missing_text
from pressroom.reports.paced_spreads import arrangement

__all__ = [
    "Grade",
    "PhotoEntry",
    "PhotoText",
    "PhotoUse",
    "PrintSize",
    "Thumbnail",
    "WantedSize",
    "arrangement",
    "as_json",
    "contact_sheet",
    "entries",
    "listing",
    "missing_csv",
    "missing_text",
]
