"""What can be said of an ebook that has been made, whatever was intended. Of a PDF: `press`."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pressroom.errors import Finding, Place, error
from pressroom.publication import EpubEdition, Publication


@dataclass(frozen=True)
class MadeFile:
    """A product, before it is put in its place."""

    publication: Publication
    name: str
    file: Path

    @property
    def place(self) -> Place:
        """Findings on a product belong to its edition."""
        return Place(f"the edition “{self.name}”")


def check_file(made: MadeFile) -> tuple[Finding, ...]:
    """What can be said of a file that has been made, whatever was intended."""
    return tuple(finding for ask in FILE_CHECKS for finding in ask(made))


def ebook_too_large(made: MadeFile) -> Iterator[Finding]:
    """Does the ebook keep to its budget? A larger one is refused at the upload."""
    edition = made.publication.settings.editions[made.name]
    if isinstance(edition, EpubEdition) and (size := made.file.stat().st_size) > edition.max_mb * 1_000_000:
        why = f"The ebook has {size / 1e6:.2f} MB; max_mb allows {edition.max_mb:g}. It is not written."
        yield error("ebook-too-large", made.place, why, "Raise max_mb, or show fewer pictures.")


def ebook_broken(made: MadeFile) -> Iterator[Finding]:
    """Can the finished ebook be opened, with its type first and unpacked (OCF 3.3, 4.2)? Readers refuse others."""
    edition = made.publication.settings.editions[made.name]
    if not isinstance(edition, EpubEdition):
        return
    with zipfile.ZipFile(made.file) as ebook:
        first = ebook.infolist()[0]
        if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED or ebook.testzip():
            yield error("ebook-broken", made.place, "The ebook’s container is damaged; no reader would open it.")


FILE_CHECKS: tuple[Callable[[MadeFile], Iterator[Finding]], ...] = (ebook_too_large, ebook_broken)
