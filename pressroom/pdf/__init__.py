"""PDF: the pages that `typeset` lays out, finished for the screen or the press.

`finish` conducts: `cleaning` removes what a press refuses, `inks` converts colours, `pageboxes` sets the boxes, `marks`
and `slug` draw outside the bleed, `standards` makes the file a PDF/X or PDF/A. `imposition` makes proofs.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from pressroom import drafts
from pressroom.design import Composition
from pressroom.errors import Finding, PressroomError, has_errors
from pressroom.keeping.shelf import NO_SHELF, Shelf
from pressroom.language.words import is_rtl
from pressroom.pdf import standards
from pressroom.pdf.finish import finish
from pressroom.pdf.imposition import impose
from pressroom.pdf.inks import PlainPage
from pressroom.typeset import typeset_book
from pressroom.typeset.drawn_book import DrawnBook
from pressroom.typeset.engine.style_reading import StyleReader
from pressroom.typeset.typeset_book import Workshop

__all__ = ["DrawnBook", "MadePdf", "StyleReader", "Workshop", "bind", "export", "typeset"]


@dataclass(frozen=True)
class MadePdf:
    """A finished PDF that was written to a file."""

    folios: tuple[str, ...]
    """The folio of each page: “iv”, “12”. The sheets of a proof have empty ones."""
    findings: tuple[Finding, ...]


def typeset(composition: Composition, workshop: Workshop | None = None) -> DrawnBook:
    """The pages of a composition. Raises PressroomError where one could not be made as the manuscript asks, or where
    the edition cannot meet its standard.
    """
    faults = tuple(standards.faults(composition))
    if faults:
        raise PressroomError(faults)
    return typeset_book.typeset(composition, workshop)


def bind(
    book: DrawnBook, composition: Composition, modified: dt.datetime, file: Path, workshop: Workshop | None = None
) -> MadePdf:
    """Write the PDF of pages that are laid out, dated `modified`. Raises PressroomError where the standard forbids
    them.
    """
    folios = tuple(sheet.folio for sheet in book.sheets)
    with drafts.scratch() as folder, _shelf(composition, workshop) as shelf:
        written = typeset_book.write(book, composition, modified, folder / "pages.pdf")
        finished = finish(written, composition, folios, modified, shelf)
        if has_errors(finished.findings):
            raise PressroomError(finished.findings)
        shutil.move(finished.file, file)
    if composition.page.proof:
        from_right = is_rtl(composition.publication.settings.language)
        folios = ("",) * impose(file.read_bytes(), composition.page, file, from_right=from_right)
    return MadePdf(folios, (*written.findings, *finished.findings))


def export(composition: Composition, modified: dt.datetime, file: Path, workshop: Workshop | None = None) -> MadePdf:
    """Write the PDF of a composition, dated `modified`, with the findings on its pages. Raises PressroomError as the
    steps of it do.
    """
    book = typeset(composition, workshop)
    made = bind(book, composition, modified, file, workshop)
    return replace(made, findings=(*book.findings, *made.findings))


def _shelf(composition: Composition, workshop: Workshop | None) -> Shelf:
    """The finished pages of an edition that were kept."""
    if workshop is None or workshop.cache is None:
        return NO_SHELF
    profile, edition = composition.profile, composition.page
    printed = (profile.space, hashlib.sha256(profile.data).hexdigest()) if profile else None
    base = repr((workshop.builder, edition.standard, edition.for_press, printed))
    return Shelf(workshop.cache / "pages" / f"{composition.name}.finished", base, (PlainPage,))
