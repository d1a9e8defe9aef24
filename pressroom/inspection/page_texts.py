"""Page texts: the words of a PDF as people’s readers have them: what PDFium finds, Chrome and Edge search and copy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdfium2

_BROKEN = re.compile("[\u0002\ufffe]")
"""What PDFium writes in the place of a hyphen at the end of a line; Chrome searches without it."""


def texts_of(file: Path, pages: Iterable[int]) -> Iterator[str]:
    """The texts of some pages, by their numbers from 0; no more of a file that PDFium cannot read."""
    try:
        document = pypdfium2.PdfDocument(file)
        for number in pages:
            yield _BROKEN.sub("", document[number].get_textpage().get_text_range())
    except pypdfium2.PdfiumError:
        return
