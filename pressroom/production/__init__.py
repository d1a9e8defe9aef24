"""Production: read a publication, lay it out, export it, check it and write it. The only writer of products.

An edition with an error is not written and its older product stays as it was; the other editions are still made.
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
