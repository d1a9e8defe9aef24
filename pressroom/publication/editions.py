"""Editions: every form that publication.yaml can name, and what is made where it names none."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pressroom.publication.cover_edition import CoverEdition
from pressroom.publication.ebook_edition import EpubEdition
from pressroom.publication.pdf_edition import PdfEdition

Edition = Annotated[EpubEdition | PdfEdition | CoverEdition, Field(discriminator="format")]

DEFAULT_EDITIONS: dict[str, EpubEdition | PdfEdition | CoverEdition] = {
    "ebook": EpubEdition(format="epub", pages_from="print"),
    "screen": PdfEdition(format="pdf", standard="PDF/UA-1"),
    "print": PdfEdition(
        format="pdf",
        bleed=3.0,
        marks=("crop", "registration"),
        standard="PDF/X-4",
        profile="coated-fogra39",
        image_ppi=300,
        min_ppi=200,
    ),
}
"""The editions of a publication that names none."""
