"""Proofs: two pages to a sheet, for an office printer and a pair of scissors."""

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from conftest import Publish

from pressroom.pdf.imposition import booklet, impose, spreads
from pressroom.production import Order, build
from pressroom.publication import PdfEdition, Trim

A5_BOOKLET = PdfEdition(format="pdf", trim=Trim(148, 210), proof="booklet")


def numbered(pages: int, trim: Trim) -> bytes:
    """A PDF with the page number at the foot of each page, in the middle."""
    with pikepdf.new() as pdf:
        for n in range(pages):
            page = pdf.add_blank_page(page_size=(trim.width * 72 / 25.4, trim.height * 72 / 25.4))
            font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier)
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
            page.Contents = pdf.make_stream(f"BT /F 12 Tf 100 20 Td (p{n + 1}) Tj ET".encode())
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def halves(data: bytes) -> list[tuple[str, str]]:
    """What stands on the left and the right half of every sheet."""
    found = []
    for sheet in pypdfium2.PdfDocument(data):
        text, (wide, high) = sheet.get_textpage(), sheet.get_size()
        sides = (0, wide / 2), (wide / 2, wide)
        left, right = (text.get_text_bounded(begin, 0, end, high).strip() for begin, end in sides)
        found.append((left, right))
    return found


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (1, [(None, 0)]),
        (2, [(None, 0), (1, None)]),
        (5, [(None, 0), (1, 2), (3, 4)]),
    ],
)
def test_spreads_stand_as_they_are_read(pages: int, expected: Sequence[object]) -> None:
    assert spreads(pages) == expected


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (4, [(3, 0), (1, 2)]),
        (6, [(None, 0), (1, None), (5, 2), (3, 4)]),
        (8, [(7, 0), (1, 6), (5, 2), (3, 4)]),
    ],
)
def test_a_booklet_is_read_when_it_is_folded(pages: int, expected: Sequence[object]) -> None:
    assert booklet(pages) == expected


def test_pages_stand_on_their_halves_of_the_sheet(tmp_path: Path) -> None:
    sides = impose(numbered(4, Trim(148, 210)), A5_BOOKLET, tmp_path / "proof.pdf", from_right=False)
    assert sides == 2
    assert halves((tmp_path / "proof.pdf").read_bytes()) == [("p4", "p1"), ("p2", "p3")]


def test_a_book_read_from_right_to_left_is_folded_the_other_way(tmp_path: Path) -> None:
    impose(numbered(4, Trim(148, 210)), A5_BOOKLET, tmp_path / "proof.pdf", from_right=True)
    assert halves((tmp_path / "proof.pdf").read_bytes()) == [("p1", "p4"), ("p3", "p2")]


def test_large_pages_shrink_to_the_sheet_and_small_ones_stay(tmp_path: Path) -> None:
    letter = PdfEdition(format="pdf", trim=Trim(210, 270), proof="spreads", proof_on=Trim(279.4, 215.9))
    impose(numbered(2, Trim(210, 270)), letter, tmp_path / "proof.pdf", from_right=False)
    data = (tmp_path / "proof.pdf").read_bytes()
    sheet = pypdfium2.PdfDocument(data)[0]
    assert [round(n / 72 * 25.4, 1) for n in sheet.get_size()] == [279.4, 215.9]
    assert halves(data) == [("", "p1"), ("p2", "")]


@pytest.mark.slow
def test_a_proof_is_an_edition_of_its_own(publication: Publish) -> None:
    root = publication(
        settings="title: T\nlanguage: en\neditions: {proof: {format: pdf, trim: a5, proof: booklet}}\n",
        files={"book/one.md": "# One\n\nText.\n"},
    )
    report = build(Order(root))
    (product,) = report.products
    assert report.findings == []
    assert product.path.name == "t-proof.pdf"
    sheets = pypdfium2.PdfDocument(product.path)
    assert product.pages == len(sheets)
    assert [round(n / 72 * 25.4) for n in sheets[0].get_size()] == [297, 210]


def test_a_proof_keeps_no_standard_and_has_no_printer(publication: Publish) -> None:
    edition = "{format: pdf, proof: booklet, printer: kdp, standard: PDF/UA-1}"
    root = publication(settings=f"title: T\nlanguage: en\neditions: {{proof: {edition}}}\n")
    report = build(Order(root))
    assert {f.id for f in report.findings} >= {"proof-for-press"}
    assert report.products == []
