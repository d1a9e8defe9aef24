"""Imposition: proofs for the office printer, two pages beside each other on every sheet.

As spreads, facing pages are beside each other. As a booklet, pages are in the order in which sheets that are printed on
both sides, folded once and put into each other can be read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from pressroom.pdf.saving import save
from pressroom.publication import PdfEdition
from pressroom.publication.measures import PT_PER_MM

Pair = tuple[int | None, int | None]
"""The pages on the left and the right half of a sheet, from 0; None for an empty half."""


def impose(data: bytes, edition: PdfEdition, file: Path, *, from_right: bool) -> int:
    """Write a finished PDF two pages to a sheet, bleed and marks cut off; the number of its sheets' sides is returned.

    `from_right` is for books that are read from right to left. Pages are made smaller where two of them are wider than
    the sheet, never larger.
    """
    with pikepdf.open(io.BytesIO(data)) as book, pikepdf.new() as proof:
        pairs = spreads(len(book.pages)) if edition.proof == "spreads" else booklet(len(book.pages))
        for left, right in pairs:
            _add_sheet(proof, book, (right, left) if from_right else (left, right), edition)
        proof.docinfo[Name.Title] = book.docinfo.get(Name.Title, "")
        save(proof, file, deterministic_id=True)
    return len(pairs)


def spreads(pages: int) -> Sequence[Pair]:
    """The first page alone at the right, then pairs, then perhaps a last one alone at the left."""
    rest = [(n, n + 1 if n + 1 < pages else None) for n in range(1, pages, 2)]
    return [(None, 0), *rest]


def booklet(pages: int) -> Sequence[Pair]:
    """Front and back of every sheet, the outermost first; blank pages at the end make the number a multiple of four."""
    whole = -(-pages // 4) * 4
    return list(_folded(whole, pages))


def _folded(whole: int, pages: int) -> Iterator[Pair]:
    def page(number: int) -> int | None:
        return number if number < pages else None

    for sheet in range(0, whole // 2, 2):
        yield page(whole - 1 - sheet), page(sheet)
        yield page(sheet + 1), page(whole - 2 - sheet)


def _add_sheet(proof: pikepdf.Pdf, book: pikepdf.Pdf, pair: Pair, edition: PdfEdition) -> None:
    wide, high = (length * PT_PER_MM for length in _landscape(edition))
    scale = min(wide / 2 / (edition.trim.width * PT_PER_MM), high / (edition.trim.height * PT_PER_MM), 1)
    forms, operators = Dictionary(), []
    for half, number in enumerate(pair):
        if number is None:
            continue
        page = book.pages[number]
        forms[f"/P{half}"] = proof.copy_foreign(page.as_form_xobject())
        left, bottom, right, top = (float(n) for n in page.trimbox)
        x = wide / 2 - (right - left) * scale * (1 - half)
        y = (high - (top - bottom) * scale) / 2
        operators.append(f"q {scale:.5f} 0 0 {scale:.5f} {x - left * scale:.3f} {y - bottom * scale:.3f} cm")
        operators.append(f"{left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n /P{half} Do Q")
    sheet = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, round(wide, 3), round(high, 3)]))
    sheet.Resources = Dictionary(XObject=forms)
    sheet.Contents = proof.make_stream("\n".join(operators).encode())
    proof.pages.append(pikepdf.Page(proof.make_indirect(sheet)))


def _landscape(edition: PdfEdition) -> tuple[float, float]:
    """Width and height of the sheet, in mm."""
    paper = edition.proof_on
    return max(paper.width, paper.height), min(paper.width, paper.height)
