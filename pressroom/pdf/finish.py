"""Finishing: what the page engine leaves to be done in the file, with pikepdf.

Every PDF gets page labels. For a press, what paper does not have goes (`cleaning`), `inks` are mixed, `boxes` set, and
`marks` and the `slug` drawn. Then the file says which of the `standards` it meets.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode

from pressroom.design import Composition
from pressroom.errors import Finding, Place, error
from pressroom.language.words import is_rtl
from pressroom.pdf import cleaning, marks, pageboxes, slug, standards
from pressroom.pdf.inks import InkPass, Inks, InkUse, Mix
from pressroom.publication import PdfEdition
from pressroom.typeset.tags import Written, tag


@dataclass(frozen=True)
class FinishedPdf:
    """A finished file, and what was found in it."""

    data: bytes
    findings: tuple[Finding, ...] = ()


def finish(
    written: Written, composition: Composition, folios: Sequence[str], modified: dt.datetime, mix: Mix | None = None
) -> FinishedPdf:
    """A page engine's PDF, finished for its edition. Same input, same bytes.

    `mix` makes inks of colours; of pages of which it is known what they show, the file is tagged.
    """
    edition = composition.edition
    assert isinstance(edition, PdfEdition)
    form = standards.pdfx_of(edition)
    findings: list[Finding] = []
    with pikepdf.open(io.BytesIO(written.data)) as pdf:
        pdf.Root.PageLabels = Dictionary(Nums=Array(list(_labels(folios))))
        if written.shown:
            tag(pdf, written.shown)
        if is_rtl(composition.publication.settings.language):
            _read_from_right(pdf)
        if edition.for_press:
            findings += _finish_for_press(pdf, composition, folios, modified, mix)
        if edition.for_press or edition.standard == "PDF/A-2u":
            cleaning.drop_interpolation(pdf)
        standards.say(pdf, composition, modified, written.data)
        out = io.BytesIO()
        pdf.remove_unreferenced_resources()
        old = form is not None and form.pdf < "1.5"
        mode = ObjectStreamMode.disable if old else ObjectStreamMode.preserve
        pdf.save(out, deterministic_id=True, object_stream_mode=mode, force_version=form.pdf if form else "")
    return FinishedPdf(out.getvalue(), tuple(findings))


def _read_from_right(pdf: pikepdf.Pdf) -> None:
    """Have viewers show the first of two facing pages at the right (ISO 32000-1, 12.2)."""
    if "/ViewerPreferences" not in pdf.Root:
        pdf.Root.ViewerPreferences = Dictionary()
    pdf.Root.ViewerPreferences.Direction = Name.R2L


def _labels(folios: Sequence[str]) -> Iterator[object]:
    """Runs of folios as a number tree (ISO 32000-1, 12.4.2): where each begins, its numerals, its first number."""
    index = 0
    for style, run in itertools.groupby(folios, key=_numerals):
        yield index
        yield Dictionary(S=Name(style)) if style else Dictionary()
        index += len(list(run))


def _numerals(folio: str) -> str:
    if not folio:
        return ""
    return "/D" if folio.isdigit() else "/r"


def _finish_for_press(
    pdf: pikepdf.Pdf, composition: Composition, folios: Sequence[str], modified: dt.datetime, mix: Mix | None
) -> list[Finding]:
    edition = composition.edition
    assert isinstance(edition, PdfEdition)
    form = standards.pdfx_of(edition)
    opaque = form is not None and form.opaque
    cleaning.drop_what_paper_lacks(pdf, bookmarks=edition.printer is None and not opaque)
    cleaning.drop_empty_masks(pdf)
    printed = _mix_inks(pdf, composition, mix)
    if opaque:
        cleaning.drop_transparency(pdf)
        standards.plain_fonts(pdf)
    pageboxes.set_boxes(pdf, composition, [page.patterns for page in printed])
    if edition.marks:
        marks.draw(pdf, edition, composition.folds)
        slug.draw(pdf, composition, folios, modified)
    veiled = [
        folio or f"[{n}]" for n, (folio, page) in enumerate(zip(folios, printed, strict=True), 1) if page.shows_through
    ]
    return [_shows_through(composition, veiled)] if opaque and veiled else []


def _mix_inks(pdf: pikepdf.Pdf, composition: Composition, mix: Mix | None) -> list[InkUse]:
    """Mix the colours of all pages; what was seen of each."""
    if composition.profile:
        space = composition.profile.space
    else:  # without a condition, the engine’s PDF/A is for a screen’s colours, and everything else for ink
        space = "rgb" if getattr(composition.edition, "standard", None) == "PDF/A-2u" else "cmyk"
    press = InkPass(pdf, Inks(space, mix))
    printed = [press.page(page) for page in pdf.pages]
    press.drop_idle()
    return printed


def _shows_through(composition: Composition, pages: Sequence[str]) -> Finding:
    standard = getattr(composition.edition, "standard", "")
    where = f"page {pages[0]}" if len(pages) == 1 else f"pages {', '.join(pages)}"
    why = f"On {where}, something shows through something else; {standard} has no transparency, and a press would "
    why += "print it in its own way or not at all."
    remedy = (
        "Look for opacity, shadows and half-clear colours in your style sheets, and for PNG or SVG pictures with a "
    )
    remedy += "clear ground; or write standard: PDF/X-4."
    return error("transparency", Place(f"the edition “{composition.name}”"), why, remedy)
