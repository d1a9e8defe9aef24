"""Tags: the structure tree of a PDF for assistive technology (PDF/UA-1, ISO 14289-1), built from the document.

`painted` reads the element of each piece of marked content, `tagged_unit` joins the pieces to the document, `mapping`
(with `lists` and `tables`) builds tags, `line_ends` finds where words end, `embed` writes the tree into the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from pressroom.errors import Finding
from pressroom.keeping.shelf import NO_SHELF, Shelf
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
    """The PDF as the page engine writes it."""

    file: Path
    shown: tuple[PaintedPage, ...] = ()
    """What each page shows, in a file that is to be tagged."""
    findings: tuple[Finding, ...] = ()
    """What the page engine reported while it wrote."""


def tag(pdf: pikepdf.Pdf, pages: Sequence[PaintedPage], shelf: Shelf = NO_SHELF) -> None:
    """Tag a PDF, in place; `pages` are the painted pages of the whole file. `shelf` holds contents that were marked."""
    margins = {
        (piece.sheet, piece.mcid): piece.out for page in pages for piece in page.pieces if piece.out.startswith("@")
    }
    units = [(unit, after_their_paragraphs(grow(unit))) for unit in _units(pages)]
    ends = {(piece.sheet, piece.mcid): end for unit, nodes in units for piece, end in line_ends(nodes, unit)}
    tree = Tag("Document", tuple(tag for _, nodes in units for tag in nodes))
    TagWriter(pdf, ends, shelf).write(tree, margins)


def _units(pages: Sequence[PaintedPage]) -> Iterator[TaggedUnit]:
    """The documents of the units in book order. Spreads, which are laid out separately, are joined to their figures."""
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
    """The id of the figure whose spread a document is; empty for any other document."""
    return next((e.get("data-spread", "") for e in root.iter("section") if e.get("data-spread")), "")
