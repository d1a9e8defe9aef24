"""Page views: paints the pages of proofs, and finds on them what is searched or clicked. Needs pdfium, which wants one
thread at a time.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2

from pressroom.design.letters import kept
from pressroom.errors import Place
from pressroom.preview.proofs import EbookPage, PageShape, ProofPage
from pressroom.publication.measures import MM_PER_INCH

_PT = 72 / MM_PER_INCH
"""Points in a millimetre."""
_QUALITY = 92
"""Of JPEGs: they are made in a fourth of the time of PNG and WebP, and show the same at this quality."""
MOST_PPI = 400
"""The most pixels per inch that a page is painted in."""
_NEAR = 6
"""How many points beside a letter a click may be."""
_AROUND = 12
"""How many letters before and after a click are looked for in the manuscript."""
_MOST_OPEN = 40
"""How many files are held open."""

PageBox = tuple[float, float, float, float]
"""Left, top, width and height in mm from the corner of the trim."""


@dataclass
class PageViews:
    """Paints pages. Files stay open, since the same ones are asked for again."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    files: dict[Path, pypdfium2.PdfDocument] = field(default_factory=dict)

    def paint(self, page: ProofPage, shape: PageShape, ppi: float) -> bytes:
        """A page with its bleed, as JPEG. Raises OSError or PdfiumError for a file that is gone or damaged."""
        cut = max(0.0, shape.around - shape.bleed) * _PT
        with self.lock:
            drawn = self._file(page.file)[page.number]
            picture = drawn.render(scale=min(ppi, MOST_PPI) / 72, crop=(cut, cut, cut, cut)).to_pil()
        data = io.BytesIO()
        picture.convert("RGB").save(data, "JPEG", quality=_QUALITY, subsampling=0)
        return data.getvalue()

    def find(self, page: ProofPage, shape: PageShape, words: str) -> list[list[PageBox]]:
        """Where on a page some words stand, each time in boxes: one for each line and each change of type."""
        with self.lock:
            text = self._file(page.file)[page.number].get_textpage()
            found, searcher = list[list[PageBox]](), text.search(words)
            while (hit := searcher.get_next()) is not None:
                found.append([_in_mm(text.get_rect(n), shape) for n in range(text.count_rects(*hit))])
        return found

    def place_at(self, page: ProofPage, shape: PageShape, x: float, y: float) -> Place | None:
        """The place in the manuscript of what stands at a point of a page, in mm from the corner of its trim."""
        with self.lock:
            text = self._file(page.file)[page.number].get_textpage()
            letter = text.get_index(x * _PT, (shape.height - y) * _PT, _NEAR, _NEAR)
            around = text.get_text_range(max(0, letter - _AROUND), 2 * _AROUND) if letter is not None else ""
        if around and (block := block_at(page, around)):
            return block
        for area in page.figures:
            left, top, right, bottom = area.box
            if left <= x <= right and top <= y <= bottom:
                return area.place
        return Place(page.source) if page.source else None

    def _file(self, path: Path) -> pypdfium2.PdfDocument:
        """A file that is open. Raises PdfiumError."""
        if path not in self.files:
            while len(self.files) >= _MOST_OPEN:
                self.files.pop(next(iter(self.files))).close()
            self.files[path] = pypdfium2.PdfDocument(path.read_bytes())
        return self.files[path]


def block_at(page: ProofPage | EbookPage, around: str) -> Place | None:
    """The place of the block in which some words stand; a page sets hyphens that the manuscript has not."""
    for text in _windows(kept(around)):
        at = page.text.find(text)
        if at >= 0:
            return next((block.place for block in reversed(page.blocks) if block.first <= at + len(text) // 2), None)
    return None


def _windows(letters: str) -> Iterator[str]:
    """Ever smaller parts of some letters around their middle, and then both halves."""
    for size in (len(letters), 14, 9):
        start = max(0, (len(letters) - size) // 2)
        if len(part := letters[start : start + size]) > 5:
            yield part
    half = len(letters) // 2
    yield from (part for part in (letters[half:], letters[:half]) if len(part) > 5)


def _in_mm(rect: tuple[float, float, float, float], shape: PageShape) -> PageBox:
    left, bottom, right, top = (number / _PT for number in rect)
    return round(left, 2), round(shape.height - top, 2), round(right - left, 2), round(top - bottom, 2)
