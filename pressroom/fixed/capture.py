"""Sheets: pages of the engine as values, each thing in its place and in its element, for a fixed-layout ebook.

`placing` reads what stands where, `growing` puts the elements of the document around it. `tags`, which tells those who
do not see a PDF of its pages, knows already what belongs to which element and where words end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element as Original

from pressroom.design import Composition, FontFace, PrintPage
from pressroom.errors import Finding
from pressroom.fixed.fixed_page import FixedPage, Image, TypeRun
from pressroom.fixed.nesting import PageBuilder
from pressroom.fixed.placing import Placed, placed
from pressroom.fixed.typefaces import Lettering
from pressroom.typeset.boxtree import tree
from pressroom.typeset.engine import Engine
from pressroom.typeset.engine import EnginePage as Page
from pressroom.typeset.page_letters import pages_of
from pressroom.typeset.tags import Noted, shown
from pressroom.typeset.tags.line_ends import line_ends
from pressroom.typeset.tags.mapping import after_their_paragraphs, grow
from pressroom.typeset.tags.painted import PaintedPage
from pressroom.typeset.tags.tagged_unit import source
from pressroom.typeset.units import settle

__all__ = ["LaidSheets", "lay_sheets"]

_NEAR = 0.05
"""Pixels between runs that are one."""


@dataclass(frozen=True)
class LaidSheets:
    """The pages of a fixed-layout ebook."""

    sheets: tuple[FixedPage, ...]
    fonts: tuple[FontFace, ...]
    """The faces that they are set in, those of the machine among them."""
    pages: tuple[PrintPage, ...]
    """What of the manuscript stands on which of them."""
    findings: tuple[Finding, ...]


def lay_sheets(composition: Composition, modified: dt.datetime, step: Callable[[], None] = lambda: None) -> LaidSheets:
    """The pages of a composition as values: laid out as by `export`, and not written. Raises as it does."""
    engine = Engine(composition, modified, step)
    settled = settle(composition.units, engine.lay)
    engine.check(settled)
    lettering = Lettering(composition.fonts)
    sheets = tuple(sheets_of(tuple(engine.sheets(settled)), lettering))
    return LaidSheets(sheets, lettering.used, tuple(pages_of(settled)), engine.findings())


def sheets_of(pages: Sequence[Page], lettering: Lettering) -> Iterator[FixedPage]:
    """The pages of a book in their order, blank ones among them; `lettering` comes to know their fonts."""
    found = [placed(page.page, lettering) for page in pages]
    noted = [_noted(page.page, one) for page, one in zip(pages, found, strict=True)]
    looks = list(shown(noted))
    ends = _ends(looks)
    begun: dict[Original, set[Original]] = {}
    for n, page in enumerate(pages):
        things = [_ended(thing, ends.get((n, m))) for m, thing in enumerate(found[n].things)]
        seen = begun.setdefault(looks[n].root, set())
        yield _sheet(page, n, looks[n], replace(found[n], things=things), seen)
        seen |= set(_around(looks[n]))


def _noted(page: Any, found: Placed) -> Noted:
    """A page as if it had been painted: its boxes are known by the numbers of what they show."""
    noted = Noted(page)
    noted.marks = dict(found.boxes)
    return noted


def _ends(looks: Sequence[PaintedPage]) -> dict[tuple[int, int], Any]:
    """How lines end, by page and thing. A word may be broken between two pages."""
    ends: dict[tuple[int, int], Any] = {}
    for root in dict.fromkeys(look.root for look in looks):
        unit = source(root, (piece for look in looks if look.root is root for piece in look.pieces), ())
        nodes = after_their_paragraphs(grow(unit))
        ends |= {(piece.sheet, piece.mcid): end for piece, end in line_ends(nodes, unit)}
    return ends


def _ended(thing: TypeRun | Image, end: Any) -> TypeRun | Image:
    return replace(thing, end=end) if end and isinstance(thing, TypeRun) else thing


def _sheet(page: Page, number: int, look: PaintedPage, found: Placed, begun: set[Original]) -> FixedPage:
    laid = page.laid
    box = tree(page.page)
    here = {id for id, place in laid.anchors.items() if place == page.number} if laid else set()
    grower = PageBuilder(
        source(look.root, look.pieces, ()),
        things=lambda piece: found.things[piece.mcid],
        begun=frozenset(begun),
        here=frozenset(here & _ids(look.root)),
        texts=dict(_descriptions(look.root)),
    )
    furniture = (found.things[piece.mcid] for piece in look.pieces if piece.out and piece.out != "hidden")
    return FixedPage(
        unit=laid.unit.id if laid else "",
        kind=laid.unit.kind if laid else "blank",
        title=laid.unit.title if laid else "",
        matter=laid.unit.matter if laid else "body",
        folio=page.folio,
        is_recto=number % 2 == 0,
        width=float(box.margin_width()),
        height=float(box.margin_height()),
        kids=grower.grow() if laid else (),
        furniture=tuple(_joined([thing for thing in furniture if isinstance(thing, TypeRun)])),
        grounds=tuple(found.grounds),
    )


def _joined(runs: Sequence[TypeRun]) -> Iterator[TypeRun]:
    """Runs with those before them on which they follow closely: a leader is given dot by dot."""
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


def _ids(root: Original) -> set[str]:
    """What can be referred to in a document: its ids, those of notes’ calls, and the figure that a spread is of."""
    names = ("id", "data-call", "data-spread", "data-of")
    return {id for element in root.iter() for name in names if (id := element.get(name))}


def _descriptions(root: Original) -> Iterator[tuple[str, str]]:
    """Long descriptions of pictures, which a page does not show."""
    for details in root.iter("details"):
        texts = (" ".join("".join(p.itertext()).split()) for p in details.iter("p"))
        yield details.get("id", ""), " ".join(texts)


def _around(look: PaintedPage) -> Iterator[Original]:
    """The elements of which a page shows something."""
    parents: Mapping[Original, Original] = {child: parent for parent in look.root.iter() for child in parent}
    for piece in look.pieces:
        element = piece.element if not piece.out else None
        while element is not None:
            yield element
            element = parents.get(element)
