"""PDF: the pages of a composition, laid out unit by unit and finished for the screen or the press.

`adapt` turns a unit's XHTML into what the page engine wants, `engine` lays it out (the only importer of weasyprint),
`units` gives every unit its first page and every reference its number, `paging` knows what stands on which page,
`finish` mends the file (boxes, marks, labels).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from pressroom.errors import Finding
from pressroom.layouts import Composition
from pressroom.layouts.pagination import PrintPage
from pressroom.pdf.engine import Engine
from pressroom.pdf.finish import finish
from pressroom.pdf.paging import pages_of
from pressroom.pdf.units import settle
from pressroom.words import direction

__all__ = ["MadePdf", "export", "paginate"]


@dataclass(frozen=True)
class MadePdf:
    """A finished PDF."""

    data: bytes
    folios: tuple[str, ...]
    """What each page is called: “iv”, “12”; as many as there are pages."""
    findings: tuple[Finding, ...]
    pages: tuple[PrintPage, ...] = ()
    """What of the manuscript stands on which page."""


def export(composition: Composition, modified: dt.datetime, step: Callable[[], None] = lambda: None) -> MadePdf:
    """The PDF of a composition, dated `modified`; `step` is called for every unit that has been laid out.

    Raises PressroomError where a page could not be made as the manuscript asks.
    """
    settings = composition.publication.settings
    engine = Engine(composition, modified, step)
    settled = settle(composition.units, engine.lay)
    sheets = tuple(engine.sheets(settled))
    folios = tuple(sheet.folio for sheet in sheets)
    data = finish(engine.write(settled, sheets), composition.edition, folios, direction(settings.language))
    return MadePdf(data, folios, engine.findings(), tuple(pages_of(settled)))


def paginate(
    composition: Composition, modified: dt.datetime, step: Callable[[], None] = lambda: None
) -> tuple[PrintPage, ...]:
    """What of a composition would stand on which page: laid out as by `export`, and not written. Raises as it does."""
    engine = Engine(composition, modified, step)
    settled = settle(composition.units, engine.lay)
    engine.check(settled)
    return tuple(pages_of(settled))
