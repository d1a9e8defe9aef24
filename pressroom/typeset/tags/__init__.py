"""Tags: the structure of a PDF for assistive technology, made from the document after PDF/UA-1 (ISO 14289-1).

`shown` says which marked content of the pages is whose, `source` joins it to the document, `grow` makes tags of its
elements (`lists`, `tables`, `notes`), `lines` knows where words end, `write` puts all of it into the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf

from pressroom.errors import Finding
from pressroom.typeset.elements import DocumentElement
from pressroom.typeset.tags.embed import TagWriter
from pressroom.typeset.tags.line_ends import line_ends
from pressroom.typeset.tags.mapping import after_their_paragraphs, grow
from pressroom.typeset.tags.painted import PaintedPage, shown
from pressroom.typeset.tags.tagged_unit import TaggedUnit, source
from pressroom.typeset.tags.tree import Tag

__all__ = ["PaintedPage", "Written", "shown", "tag"]


@dataclass(frozen=True)
class Written:
    """The file of the page engine."""

    data: bytes
    shown: tuple[PaintedPage, ...] = ()
    """What each page shows, in a file that is to be tagged."""
    findings: tuple[Finding, ...] = ()
    """What the page engine reported while it wrote."""


def tag(pdf: pikepdf.Pdf, pages: Sequence[PaintedPage]) -> None:
    """Tag a file that shows these pages."""
    margins = {
        (piece.sheet, piece.mcid): piece.out for page in pages for piece in page.pieces if piece.out.startswith("@")
    }
    units = [(unit, after_their_paragraphs(grow(unit))) for unit in _units(pages)]
    ends = {(piece.sheet, piece.mcid): end for unit, nodes in units for piece, end in line_ends(nodes, unit)}
    tree = Tag("Document", tuple(tag for _, nodes in units for tag in nodes))
    TagWriter(pdf, ends).write(tree, margins)


def _units(pages: Sequence[PaintedPage]) -> Iterator[TaggedUnit]:
    """The documents of the units, in the order of the book. Spreads, laid out apart, are joined to their figures."""
    apart = {id: _source(root, pages) for root in _roots(pages) if (id := _spread(root))}
    for root in _roots(pages):
        if not _spread(root):
            yield _source(root, pages, apart)


def _source(
    root: DocumentElement, pages: Sequence[PaintedPage], spreads: dict[str, TaggedUnit] | None = None
) -> TaggedUnit:
    own = [page for page in pages if page.root == root]
    return source(root, (p for page in own for p in page.pieces), (a for page in own for a in page.areas), spreads)


def _roots(pages: Sequence[PaintedPage]) -> list[DocumentElement]:
    return list(dict.fromkeys(page.root for page in pages))


def _spread(root: DocumentElement) -> str:
    """The figure whose picture a document is."""
    return next((e.get("data-spread", "") for e in root.iter("section") if e.get("data-spread")), "")
