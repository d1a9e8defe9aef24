"""Pictures of a PDF's pages, for the eye."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2

_WIDE = 480
"""Pixels across: enough to know a page by, on a screen of twice the usual density."""
_QUALITY = 80


def pictures_of(data: bytes) -> Iterator[bytes]:
    """Every page of a PDF as a JPEG, all of its sheet."""
    for page in pypdfium2.PdfDocument(data):
        picture = page.render(scale=_WIDE / page.get_width()).to_pil().convert("RGB")
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=_QUALITY)
        yield out.getvalue()
