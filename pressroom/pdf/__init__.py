"""PDF: the pages of a composition, laid out unit by unit and finished for the screen or the press.

`adapt` turns a unit's XHTML into what the page engine wants, `engine` lays it out (the only importer of weasyprint),
`units` gives every unit its first page and every reference its number, `finish` mends the file (boxes, marks, labels),
`tags` tells of its pages those who do not see them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from pressroom.errors import Finding
from pressroom.layouts import Composition
from pressroom.pdf.engine import Engine
from pressroom.pdf.finish import finish
from pressroom.pdf.units import settle

__all__ = ["MadePdf", "export"]


@dataclass(frozen=True)
class MadePdf:
    """A finished PDF."""

    data: bytes
    folios: tuple[str, ...]
    """What each page is called: “iv”, “12”; as many as there are pages."""
    findings: tuple[Finding, ...]


def export(composition: Composition, modified: dt.datetime, step: Callable[[], None] = lambda: None) -> MadePdf:
    """The PDF of a composition, dated `modified`; `step` is called for every unit that has been laid out.

    Raises PressroomError where a page could not be made as the manuscript asks.
    """
    engine = Engine(composition, modified, step)
    settled = settle(composition.units, engine.lay)
    sheets = tuple(engine.sheets(settled))
    folios = tuple(sheet.folio for sheet in sheets)
    written = engine.write(settled, sheets)
    data = finish(written.data, composition.edition, folios, written.shown)
    return MadePdf(data, folios, engine.findings())
