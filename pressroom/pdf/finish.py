"""Finishing: the work on the file, with pikepdf, that the page engine leaves undone.

Every PDF gets page labels. For a press, interactive parts are removed (`cleaning`), colours become `inks`, boxes are
set (`pageboxes`), and `marks` and the `slug` are drawn. Then the file claims its standard (`standards`).
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode

from pressroom.design import Composition
from pressroom.errors import Finding, Place, error
from pressroom.keeping.shelf import NO_SHELF, Shelf
from pressroom.language.words import is_rtl
from pressroom.pdf import cleaning, marks, pageboxes, resources, slug, standards
from pressroom.pdf.inks import InkPass, Inks, InkUse, Mix
from pressroom.pdf.saving import save
from pressroom.photographs import Profile
from pressroom.photographs.separation import ink_of
from pressroom.typeset.tags import Written, tag


@dataclass(frozen=True)
class FinishedPdf:
    """A finished file, and the findings about it."""

    file: Path
    findings: tuple[Finding, ...] = ()


def finish(
    written: Written,
    composition: Composition,
    folios: Sequence[str],
    modified: dt.datetime,
    shelf: Shelf = NO_SHELF,
) -> FinishedPdf:
    """A page engine's PDF, finished for its edition, in a file beside it: a long book is not held in memory. The same
    input gives the same bytes.

    The file is tagged where the engine noted the marked content of its pages. What `shelf` holds of its pages is not
    made again.
    """
    edition = composition.page
    form = standards.pdfx_of(composition)
    findings: list[Finding] = []
    with pikepdf.open(written.file) as pdf:
        pdf.Root.PageLabels = Dictionary(Nums=Array(list(_labels(folios))))
        if written.shown:
            tag(pdf, written.shown, shelf)
        if is_rtl(composition.publication.settings.language):
            _read_from_right(pdf)
        if edition.for_press:
            findings += _finish_for_press(pdf, composition, folios, modified, shelf)
        if edition.for_press or edition.standard == "PDF/A-2u":
            cleaning.drop_interpolation(pdf)
        standards.claim(pdf, composition, modified, written.file)
        resources.drop_unused(pdf)
        old = form is not None and form.pdf < "1.5"
        mode = ObjectStreamMode.disable if old else ObjectStreamMode.generate
        file = written.file.with_suffix(".finished")
        save(pdf, file, deterministic_id=True, object_stream_mode=mode, force_version=form.pdf if form else "")
    return FinishedPdf(file, tuple(findings))


def _read_from_right(pdf: pikepdf.Pdf) -> None:
    """Have viewers show the first of two facing pages at the right (ISO 32000-1, 12.2)."""
    if "/ViewerPreferences" not in pdf.Root:
        pdf.Root.ViewerPreferences = Dictionary()
    pdf.Root.ViewerPreferences.Direction = Name.R2L


def _labels(folios: Sequence[str]) -> Iterator[object]:
    """Page labels as a number tree (ISO 32000-1, 12.4.2): the first page of each run of folios, and its numerals."""
    index = 0
    for style, run in itertools.groupby(folios, key=_numerals):
        pages = list(run)
        yield index
        label = Dictionary(S=Name(style)) if style else Dictionary()
        if style == "/D" and pages[0] != "1":
            label.St = int(pages[0])
        yield label
        index += len(pages)


def _numerals(folio: str) -> str:
    if not folio:
        return ""
    return "/D" if folio.isdigit() else "/r"


def _finish_for_press(
    pdf: pikepdf.Pdf,
    composition: Composition,
    folios: Sequence[str],
    modified: dt.datetime,
    shelf: Shelf,
) -> list[Finding]:
    edition = composition.page
    form = standards.pdfx_of(composition)
    opaque = form is not None and form.opaque
    cleaning.drop_interactive(pdf, bookmarks=edition.printer is None and not opaque)
    cleaning.drop_empty_masks(pdf)
    printed = _mix_inks(pdf, composition, shelf)
    if opaque:
        cleaning.drop_transparency(pdf)
        standards.plain_fonts(pdf)
    pageboxes.set_boxes(pdf, composition, [page.patterns for page in printed])
    if edition.marks:
        marks.draw(pdf, edition, composition.folds)
        slug.draw(pdf, composition, folios, modified)
    transparent = [
        folio or f"[{n}]"
        for n, (folio, page) in enumerate(zip(folios, printed, strict=True), 1)
        if page.has_transparency
    ]
    return [_transparency(composition, transparent)] if opaque and transparent else []


def _mix_inks(pdf: pikepdf.Pdf, composition: Composition, shelf: Shelf) -> list[InkUse]:
    """Convert the colours of all pages; the use of inks on each."""
    if composition.profile:
        space = composition.profile.space
    else:  # without a printing condition, a PDF/A is in screen colours, and everything else in inks
        space = "rgb" if composition.page.standard == "PDF/A-2u" else "cmyk"
    press = InkPass(pdf, Inks(space, _mix(composition.profile)), shelf)
    printed = [press.page(page) for page in pdf.pages]
    press.drop_unused()
    return printed


def _mix(profile: Profile | None) -> Mix | None:
    """The separation of sRGB colours into inks for a printing condition; None where it has no CMYK."""
    if profile is None or profile.space != "cmyk":
        return None
    return partial(ink_of, profile=profile)


def _transparency(composition: Composition, pages: Sequence[str]) -> Finding:
    standard = composition.page.standard
    where = f"page {pages[0]}" if len(pages) == 1 else f"pages {', '.join(pages)}"
    why = f"On {where}, something shows through something else; {standard} has no transparency, and a press would "
    why += "print it in its own way or not at all."
    remedy = (
        "Look for opacity, shadows and half-clear colours in your style sheets, and for PNG or SVG pictures with a "
    )
    remedy += "clear ground; or write standard: PDF/X-4."
    return error("transparency", Place(f"the edition “{composition.name}”"), why, remedy)
