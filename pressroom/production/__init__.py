"""Production: read a publication, lay it out, export it, check it and write it. The only writer of products.

An edition with an error is not written and its older product stays as it was; the other editions are still made.
Each name below is loaded when it is first used: an order is described before the rooms are loaded that carry it out.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressroom.production.conductor import check
    from pressroom.production.finished import check_epub, check_pdf
    from pressroom.production.order import Manuscript, NoProgress, Order, Product, Progress, Report, collecting_errors
    from pressroom.production.picture_desk import Papers, photos
    from pressroom.production.place_writing import write_places
    from pressroom.production.reading import read
    from pressroom.production.receipts import build

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
    "check_epub",
    "check_pdf",
    "collecting_errors",
    "photos",
    "read",
    "write_places",
]
_MODULES = {
    "build": "receipts",
    "check": "conductor",
    "check_epub": "finished",
    "check_pdf": "finished",
    "Papers": "picture_desk",
    "photos": "picture_desk",
    "read": "reading",
    "write_places": "place_writing",
}
"""The modules of names that `order` does not define."""


def __getattr__(name: str) -> object:
    """Load a name from its module (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES.get(name, 'order')}"), name)
