"""The conductor: read, check, lay out, export, check again, write. The only writer of products.

An edition with an error is not written, and an older product stays as it was; the other editions are made all the same.
"""

from pressroom.build.desk import Papers, photos
from pressroom.build.editions import build, check
from pressroom.build.finished import check_pdf
from pressroom.build.order import Manuscript, Order, Product, Progress, Report, Silent, told
from pressroom.build.reading import read

__all__ = [
    "Manuscript",
    "Order",
    "Papers",
    "Product",
    "Progress",
    "Report",
    "Silent",
    "build",
    "check",
    "check_pdf",
    "photos",
    "read",
    "told",
]
