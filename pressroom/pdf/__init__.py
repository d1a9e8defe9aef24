"""PDF: the pages of a composition, laid out unit by unit and finished for the screen or the press.

`adapt` turns a unit's XHTML into what the page engine wants, `engine` lays it out (the only importer of weasyprint),
`units` gives every unit its first page and every reference its number, `paging` knows what stands on which page.
`finish` mends the file: colours, boxes, marks, and what its standard asks for; `tags` tells of its pages those who do
not see them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from pressroom.design import Composition
from pressroom.design.pagination import PrintPage
from pressroom.errors import Finding, PressroomError, has_errors
from pressroom.language.words import is_rtl
from pressroom.pdf import standards
from pressroom.pdf.finish import finish
from pressroom.pdf.imposition import impose
from pressroom.pdf.inks import Mix
from pressroom.photographs import Profile
from pressroom.photographs.separation import ink_of
from pressroom.publication import PdfEdition
from pressroom.typeset.engine import Engine
from pressroom.typeset.page_letters import pages_of
from pressroom.typeset.units import settle

__all__ = ["MadePdf", "export", "paginate"]


@dataclass(frozen=True)
class MadePdf:
    """A finished PDF."""

    data: bytes
    folios: tuple[str, ...]
    """What each page is called: “iv”, “12”; as many as there are pages. The sheets of a proof have no name."""
    findings: tuple[Finding, ...]
    pages: tuple[PrintPage, ...] = ()
    """What of the manuscript stands on which page."""


def export(composition: Composition, modified: dt.datetime, step: Callable[[], None] = lambda: None) -> MadePdf:
    """The PDF of a composition, dated `modified`; `step` is called for every unit that has been laid out.

    Raises PressroomError where a page could not be made as the manuscript asks.
    """
    faults = tuple(standards.faults(composition))
    if faults:
        raise PressroomError(faults)
    engine = Engine(composition, modified, step)
    settled = settle(composition.units, engine.lay)
    sheets = tuple(engine.sheets(settled))
    folios = tuple(sheet.folio for sheet in sheets)
    written = engine.write(settled, sheets)
    finished = finish(written, composition, folios, modified, _mix(composition.profile))
    if has_errors(finished.findings):
        raise PressroomError(finished.findings)
    data, edition = finished.data, composition.edition
    if isinstance(edition, PdfEdition) and edition.proof:
        from_right = is_rtl(composition.publication.settings.language)
        data, sides = impose(data, edition, from_right=from_right)
        folios = ("",) * sides
    return MadePdf(data, folios, (*engine.findings(), *finished.findings), tuple(pages_of(settled)))


def paginate(
    composition: Composition, modified: dt.datetime, step: Callable[[], None] = lambda: None
) -> tuple[PrintPage, ...]:
    """What of a composition would stand on which page: laid out as by `export`, and not written. Raises as it does."""
    engine = Engine(composition, modified, step)
    settled = settle(composition.units, engine.lay)
    engine.check(settled)
    return tuple(pages_of(settled))


def _mix(profile: Profile | None) -> Mix | None:
    """How a printing condition makes colours of inks."""
    if profile is None or profile.space != "cmyk":
        return None
    return partial(ink_of, profile=profile)
