"""PDF: the pages of a composition, laid out unit by unit and finished for the screen or the press.

`adapt` turns a unit's XHTML into what the page engine wants, `engine` lays it out (the only importer of weasyprint),
`units` gives every unit its first page and every reference its number, `finish` mends the file (boxes, marks, labels).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from pressroom.errors import Finding
from pressroom.layouts import Composition
from pressroom.pdf.engine import Engine
from pressroom.pdf.finish import finish
from pressroom.pdf.imposition import impose
from pressroom.pdf.units import settle
from pressroom.publication import PdfEdition
from pressroom.words import direction

__all__ = ["MadePdf", "export"]


@dataclass(frozen=True)
class MadePdf:
    """A finished PDF."""

    data: bytes
    folios: tuple[str, ...]
    """What each page is called: “iv”, “12”; as many as there are pages. The sheets of a proof have no name."""
    findings: tuple[Finding, ...]


def export(composition: Composition, modified: dt.datetime, step: Callable[[], None] = lambda: None) -> MadePdf:
    """The PDF of a composition, dated `modified`; `step` is called for every unit that has been laid out.

    Raises PressroomError where a page could not be made as the manuscript asks.
    """
    engine = Engine(composition, modified, step)
    settled = settle(composition.units, engine.lay)
    sheets = tuple(engine.sheets(settled))
    folios = tuple(sheet.folio for sheet in sheets)
    edition = composition.edition
    data = finish(engine.write(settled, sheets), edition, folios, composition.folds)
    if isinstance(edition, PdfEdition) and edition.proof:
        from_right = direction(composition.publication.settings.language) == "rtl"
        data, sides = impose(data, edition, from_right=from_right)
        folios = ("",) * sides
    return MadePdf(data, folios, engine.findings())
