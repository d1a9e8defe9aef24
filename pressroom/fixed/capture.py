"""Captures the laid-out pages of the page engine as `FixedPage` values, for a fixed-layout ebook.

`placing` reads the positions of letters and pictures, and `nesting` puts them into the elements of the document.
`typeset.tags`, which tags PDFs, already knows the element of each piece of text, and where words end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pressroom.design import Composition, FontFace, PrintPage
from pressroom.errors import Finding
from pressroom.fixed.fixed_page import FixedPage, Image, TypeRun
from pressroom.fixed.nesting import PageBuilder
from pressroom.fixed.placing import Placed, placed
from pressroom.fixed.typefaces import Lettering
from pressroom.typeset.boxes import PaintedMarks
from pressroom.typeset.elements import DocumentElement
from pressroom.typeset.looked import LaidPage
from pressroom.typeset.tags import shown
from pressroom.typeset.tags.line_ends import End, line_ends
from pressroom.typeset.tags.mapping import after_their_paragraphs, grow
from pressroom.typeset.tags.painted import PaintedPage
from pressroom.typeset.tags.tagged_unit import source
from pressroom.typeset.typeset_book import look as look_at

__all__ = ["LaidSheets", "lay_sheets"]

_NEAR = 0.0375
"""Points between runs that are one."""


@dataclass(frozen=True)
class LaidSheets:
    """The pages of a fixed-layout ebook."""

    sheets: tuple[FixedPage, ...]
    fonts: tuple[FontFace, ...]
    """The faces that they are set in, fallback fonts of the machine included."""
    pages: tuple[PrintPage, ...]
    """The letters of each unit on each page."""
    findings: tuple[Finding, ...]


def lay_sheets(composition: Composition, step: Callable[[str], None] = lambda name: None) -> LaidSheets:
    """The pages of a composition as values: laid out as by `export`, and not written. Raises as it does."""
    looked = look_at(composition, step)
    lettering = Lettering(composition.fonts, looked.font_files)
    sheets = tuple(sheets_of(looked.pages, lettering))
    return LaidSheets(sheets, lettering.used, looked.print_pages, looked.findings)


def sheets_of(pages: Sequence[LaidPage], lettering: Lettering) -> Iterator[FixedPage]:
    """The pages of a book in order, blank ones included; `lettering` records their fonts."""
    found = [placed(page.boxes, lettering) for page in pages]
    # Text runs and pictures stand in for marked content: a box maps to the number of its run or picture.
    looks = shown([page.boxes for page in pages], [PaintedMarks(one.boxes) for one in found])
    ends = _ends(looks)
    begun: dict[DocumentElement, set[DocumentElement]] = {}
    for n, page in enumerate(pages):
        things = [_ended(thing, ends.get((n, m))) for m, thing in enumerate(found[n].things)]
        seen = begun.setdefault(looks[n].root, set())
        yield _sheet(page, n, looks[n], replace(found[n], things=things), seen)
        seen |= set(_around(looks[n]))


def _ends(looks: Sequence[PaintedPage]) -> dict[tuple[int, int], End]:
    """The line ends by the numbers of page and run. A word may be broken across two pages."""
    ends: dict[tuple[int, int], End] = {}
    for root in dict.fromkeys(look.root for look in looks):
        unit = source(root, (piece for look in looks if look.root == root for piece in look.pieces), ())
        nodes = after_their_paragraphs(grow(unit))
        ends |= {(piece.sheet, piece.mcid): end for piece, end in line_ends(nodes, unit)}
    return ends


def _ended(thing: TypeRun | Image, end: End | None) -> TypeRun | Image:
    return replace(thing, end=end) if end and isinstance(thing, TypeRun) else thing


def _sheet(page: LaidPage, number: int, look: PaintedPage, found: Placed, begun: set[DocumentElement]) -> FixedPage:
    unit = page.unit
    grower = PageBuilder(
        source(look.root, look.pieces, ()),
        things=lambda piece: found.things[piece.mcid],
        begun=frozenset(begun),
        here=page.ids & _ids(look.root),
        texts=dict(_descriptions(look.root)),
    )
    furniture = (found.things[piece.mcid] for piece in look.pieces if piece.out and piece.out != "hidden")
    return FixedPage(
        unit=unit.id if unit else "",
        kind=unit.kind if unit else "blank",
        title=unit.title if unit else "",
        matter=unit.matter if unit else "body",
        folio=page.folio,
        is_recto=number % 2 == 0,
        width=page.boxes.width,
        height=page.boxes.height,
        kids=grower.grow() if unit else (),
        furniture=tuple(_joined([thing for thing in furniture if isinstance(thing, TypeRun)])),
        grounds=tuple(found.grounds),
    )


def _joined(runs: Sequence[TypeRun]) -> Iterator[TypeRun]:
    """Runs, each joined with those that follow without a gap: the page engine returns a leader dot by dot."""
    held: TypeRun | None = None
    for run in sorted(runs, key=lambda run: (run.baseline, run.left)):
        if held and held.baseline == run.baseline and held.type == run.type and _meet(held, run):
            held = replace(held, text=held.text + run.text, width=run.left + run.width - held.left)
        else:
            if held:
                yield held
            held = run
    if held:
        yield held


def _meet(run: TypeRun, following: TypeRun) -> bool:
    is_near = abs(run.left + run.width - following.left) < _NEAR and not run.lent and not following.lent
    return is_near and run.direction == following.direction == "ltr" and run.word_spacing == following.word_spacing


def _ids(root: DocumentElement) -> set[str]:
    """The ids of link targets in a document: of elements, of note calls, and of the figure of a spread."""
    names = ("id", "data-call", "data-spread", "data-of")
    return {id for element in root.iter() for name in names if (id := element.get(name))}


def _descriptions(root: DocumentElement) -> Iterator[tuple[str, str]]:
    """The long descriptions of pictures, by their ids; pages do not display them."""
    for details in root.iter("details"):
        texts = (" ".join("".join(p.itertext()).split()) for p in details.iter("p"))
        yield details.get("id", ""), " ".join(texts)


def _around(look: PaintedPage) -> Iterator[DocumentElement]:
    """The elements with content on a page."""
    parents: Mapping[DocumentElement, DocumentElement] = {
        child: parent for parent in look.root.iter() for child in parent
    }
    for piece in look.pieces:
        element = None if piece.element is None or piece.out else look.root.elements[piece.element]
        while element is not None:
            yield element
            element = parents.get(element)
