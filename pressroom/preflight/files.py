"""What can be said of a file that has been made, whatever was intended."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf

from pressroom.errors import Finding, Place, error, warning
from pressroom.publication import CoverEdition, EpubEdition, PdfEdition, Publication


@dataclass(frozen=True)
class MadeFile:
    """A product, before it is written."""

    publication: Publication
    name: str
    data: bytes

    @property
    def place(self) -> Place:
        """Findings on a product belong to its edition."""
        return Place(f"the edition “{self.name}”")


def check_file(made: MadeFile) -> tuple[Finding, ...]:
    """What can be said of a file that has been made, whatever was intended."""
    return tuple(finding for ask in FILE_CHECKS for finding in ask(made))


def ebook_large(made: MadeFile) -> Iterator[Finding]:
    """Is the ebook small enough for its store? A larger one is refused at the upload."""
    edition = made.publication.settings.editions[made.name]
    if isinstance(edition, EpubEdition) and len(made.data) > edition.max_mb * 1_000_000:
        why = f"The ebook has {len(made.data) / 1e6:.1f} MB; max_mb allows {edition.max_mb:g}."
        yield warning("ebook-large", made.place, why, "Lower image_px.")


def ebook_broken(made: MadeFile) -> Iterator[Finding]:
    """Can the finished ebook be opened, with its type first and unpacked (OCF 3.3, 4.2)? Readers refuse others."""
    edition = made.publication.settings.editions[made.name]
    if not isinstance(edition, EpubEdition):
        return
    with zipfile.ZipFile(io.BytesIO(made.data)) as ebook:
        first = ebook.infolist()[0]
        if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED or ebook.testzip():
            yield error("ebook-broken", made.place, "The ebook’s container is damaged; no reader would open it.")


def font_missing_in_file(made: MadeFile) -> Iterator[Finding]:
    """Is every font embedded? A printer’s machine would put another in its place."""
    for number, page in _pdf_pages(made):
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        for name, font in resources.get("/Font", pikepdf.Dictionary()).items():
            if not _is_embedded(font):
                why = f"The font {font.get('/BaseFont', name)} on page {number} is not embedded."
                yield error("font-not-embedded", made.place, why, "Choose fonts that are installed as files.")


def boxes_wrong(made: MadeFile) -> Iterator[Finding]:
    """Do the page boxes lie inside each other, trim within bleed within media? Presses cut by them."""
    for number, page in _pdf_pages(made):
        media, bleed, trim = ([float(n) for n in box] for box in (page.mediabox, page.bleedbox, page.trimbox))
        if not (_within(trim, bleed) and _within(bleed, media)):
            yield error("boxes-wrong", made.place, f"The boxes of page {number} do not lie inside each other.")


FILE_CHECKS: tuple[Callable[[MadeFile], Iterator[Finding]], ...] = (
    ebook_large,
    ebook_broken,
    font_missing_in_file,
    boxes_wrong,
)


def _pdf_pages(made: MadeFile) -> Iterator[tuple[int, pikepdf.Page]]:
    if isinstance(made.publication.settings.editions[made.name], PdfEdition | CoverEdition):
        with pikepdf.open(io.BytesIO(made.data)) as pdf:
            yield from enumerate(pdf.pages, 1)


def _is_embedded(font: pikepdf.Object) -> bool:
    inner = font.get("/DescendantFonts")
    described = inner[0] if inner is not None else font
    descriptor = described.get("/FontDescriptor")
    return descriptor is not None and any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _within(inner: list[float], outer: list[float], slack: float = 0.01) -> bool:
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )
