"""The conductor: read, check, lay out, export, check again, write. The only writer of products.

An edition with an error is not written, and an older product stays as it was; the other editions are made all the same.
"""

from pressroom.production.conductor import build, check
from pressroom.production.finished import check_pdf
from pressroom.production.order import Manuscript, NoProgress, Order, Product, Progress, Report, collecting_errors
from pressroom.production.picture_desk import Papers, photos
from pressroom.production.reading import read

__all__ = [
    "Manuscript",
    "NoProgress",
    "Order",
    "Papers",
    "Product",
    "Progress",
    "Report",
    "build",
    "check",
    "check_pdf",
    "collecting_errors",
    "photos",
    "read",
]
