"""The font files of letters: the layout’s fonts, or fallback fonts of the machine. Only fixed layouts ask for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from weasyprint.text.ffi import ffi
from weasyprint.text.fonts import get_hb_object_data, get_pango_font_hb_face, get_pango_font_key

from pressroom.typeset.boxes import FontStretch


class FontReader:
    """Finds the font files of letters.

    The engine keeps no shaped lines, so each line is shaped again, as when a PDF is painted.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        """The font files in which letters are set, by their SHA-256."""
        self._digests: dict[int, str] = {}

    def of(self, box: Any) -> tuple[FontStretch, ...]:
        """The letters of a box, divided by their font files."""
        layout = box.pango_layout
        layout.reactivate(box.style)
        line, _ = layout.get_first_line()
        stretches = tuple(self._stretches(layout.text.encode(), line.runs[0]))
        layout.deactivate()
        return stretches

    def _stretches(self, coded: bytes, run: Any) -> Iterator[FontStretch]:
        while run != ffi.NULL:
            item = run.data.item
            first = len(coded[: item.offset].decode())
            length = len(coded[item.offset : item.offset + item.length].decode())
            yield FontStretch(first, first + length, self._digest(item.analysis.font))
            run = run.next

    def _digest(self, font: Any) -> str:
        key = get_pango_font_key(font)[0]
        if key not in self._digests:
            data = bytes(get_hb_object_data(get_pango_font_hb_face(font)) or b"")
            self._digests[key] = hashlib.sha256(data).hexdigest()
            self.files[self._digests[key]] = data
        return self._digests[key]
