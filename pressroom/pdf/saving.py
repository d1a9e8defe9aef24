"""Saving: a PDF is written to a file through a stream of our own, which tells a full disk when all is over.

Given a file, qpdf throws in a destructor where the last write fails, and that ends the whole process.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO, Any

import pikepdf


class _Stream(io.RawIOBase):
    """Writes to a file, and keeps the first fault instead of raising it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.fault: OSError | None = None

    def writable(self) -> bool:
        """That it can be written to, as its buffer asks."""
        return True

    def write(self, data: Any) -> int:
        """Write some bytes; after a fault, no more."""
        if self.fault is None:
            try:
                return self.file.write(data)
            except OSError as fault:
                self.fault = fault
        return len(data)


def save(pdf: pikepdf.Pdf, file: Path, **how: Any) -> None:
    """Write a PDF to a file; `how` is what `pikepdf.Pdf.save` takes. Raises OSError if it cannot be written whole."""
    with file.open("wb", buffering=0) as target:
        stream = _Stream(target)
        with io.BufferedWriter(stream, 1 << 20) as buffered:
            pdf.save(buffered, **how)
        if stream.fault:
            raise stream.fault
