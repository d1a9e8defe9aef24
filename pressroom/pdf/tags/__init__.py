"""Tags: what a PDF tells those who do not see its pages. Made anew from the document, by PDF/UA-1 (ISO 14289-1).

`shown` says which marked content of the pages is whose, `source` joins it to the document, `grow` makes tags of its
elements (`lists`, `tables`, `notes`), `lines` knows where words end, `write` puts all of it into the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

import pikepdf

from pressroom.pdf.tags.grow import grow
from pressroom.pdf.tags.lines import line_ends
from pressroom.pdf.tags.notes import after_their_paragraphs
from pressroom.pdf.tags.shown import Noted, Shown, shown
from pressroom.pdf.tags.source import Source, source
from pressroom.pdf.tags.tree import Tag
from pressroom.pdf.tags.write import Writer

__all__ = ["Noted", "Shown", "shown", "tag"]


def tag(pdf: pikepdf.Pdf, pages: Sequence[Shown]) -> None:
    """Tag a file that shows these pages."""
    margins = {
        (piece.sheet, piece.mcid): piece.out for page in pages for piece in page.pieces if piece.out.startswith("@")
    }
    units = [(unit, after_their_paragraphs(grow(unit))) for unit in _units(pages)]
    ends = {(piece.sheet, piece.mcid): end for unit, nodes in units for piece, end in line_ends(nodes, unit)}
    tree = Tag("Document", tuple(tag for _, nodes in units for tag in nodes))
    Writer(pdf, ends).write(tree, margins)


def _units(pages: Sequence[Shown]) -> Iterator[Source]:
    """The documents of the units, in the order of the book. Spreads, laid out apart, are joined to their figures."""
    apart = {id: _source(root, pages) for root in _roots(pages) if (id := _spread(root))}
    for root in _roots(pages):
        if not _spread(root):
            yield _source(root, pages, apart)


def _source(root: Element, pages: Sequence[Shown], spreads: dict[str, Source] | None = None) -> Source:
    own = [page for page in pages if page.root is root]
    return source(root, (p for page in own for p in page.pieces), (a for page in own for a in page.areas), spreads)


def _roots(pages: Sequence[Shown]) -> list[Element]:
    return list(dict.fromkeys(page.root for page in pages))


def _spread(root: Element) -> str:
    """Of which figure a document is the picture."""
    return next((e.get("data-spread", "") for e in root.iter("section") if e.get("data-spread")), "")
