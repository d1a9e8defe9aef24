"""Standing: a title whose products are as its sources ask is known before a process is begun for it."""

from __future__ import annotations

from pressroom.production import Order, Report, receipts


def unchanged(order: Order, builder: str) -> Report | None:
    """The report of a build that has nothing to do; None where something has to be made.

    `builder` is the state of what all titles are built with, which is looked at once for all.
    """
    return receipts.unchanged(order, receipts.inputs_of(order.root, builder)) if order.keeps else None
