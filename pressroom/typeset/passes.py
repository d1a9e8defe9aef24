"""Make-up: one unit on its pages. Figures float, spreads go between pages, captions say where their pictures are."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pressroom.design import Unit
from pressroom.language.words import Words
from pressroom.typeset import page_looks, runon, tables_on_pages
from pressroom.typeset.adapt import Adapted
from pressroom.typeset.boxes import PageBoxes
from pressroom.typeset.floats import BlockOrder
from pressroom.typeset.gap_filling import GapFilling
from pressroom.typeset.lonely_headings import with_their_text
from pressroom.typeset.rendered import RenderedDocument, RenderedPage
from pressroom.typeset.runon import Break
from pressroom.typeset.spreads import Insertion, insertions, last_of, overtaken
from pressroom.typeset.tables_on_pages import OPEN, TIGHT, UPRIGHT, WIDE
from pressroom.typeset.units import Decisions, Side

Adapt = Callable[[BlockOrder, tuple[Break, ...], Mapping[str, str], Decisions], Adapted]
"""The unit with its blocks in an order, some paragraphs broken, what its captions say of where their pictures are, and
what was decided of its tables and other blocks.
"""
Render = Callable[[str, Side], RenderedDocument]
"""Lays out a document, given as HTML, from a side on. Page numbers come later."""
LINES_TRIED = 4
"""Lines at the end of which a paragraph might be broken, from the last that fits."""
ROUNDS = 3
"""Layouts after which the words of captions about their pictures' places have settled."""


@dataclass(frozen=True)
class MadeUp:
    """A unit on its pages."""

    unit: Unit
    document: RenderedDocument
    adapted: Adapted
    decisions: Decisions
    sheets: tuple[RenderedPage, ...]
    anchors: Mapping[str, int]
    """Ids, and the sheet (from 0) on which each first stands."""
    skips: Mapping[int, int]
    """Before which pages of the document (from 0) how many page numbers belong to spreads."""


@dataclass
class MakeUp:
    """Makes up one unit, from a side on."""

    unit: Unit
    side: Side
    adapt: Adapt
    render: Render
    words: Words
    known: Decisions | None = None
    """Decisions that were made before; None has them found."""
    breaks: tuple[Break, ...] = ()
    """Where paragraphs go on past full pictures: found anew each time, since other numbers may move their lines."""
    order: BlockOrder = ()
    """With the parts of those paragraphs."""
    whereabouts: Mapping[str, str] = field(default_factory=dict)
    """What captions say that do not stand by their picture, by the ids of the figures."""

    def __post_init__(self) -> None:
        self.decisions = self.known or Decisions()

    def make_up(self) -> MadeUp:
        """The unit on its pages."""
        self.whereabouts = self._usual_whereabouts()
        adapted, document = self._open_tables(*self._fit_tables(*self._lay()))
        if adapted.order and self.known is None:
            adapted, document = self._in_figure_order(*self._fill_gaps(adapted, document), fills_gaps=True)
            adapted, document = self._centre_figures(adapted, document)
        if adapted.order:
            adapted, document = self._run_on(adapted, document)
            adapted, document = self._join_headings(adapted, document)
            adapted, document = self._part_opening(adapted, document)
        if adapted.order and self.known is None:
            adapted, document = self._in_figure_order(adapted, document, fills_gaps=False)
        inserted: tuple[Insertion, ...] = ()
        for _ in range(ROUNDS):
            anchors = _anchors(document.boxes)
            inserted = self._inserted(adapted, document)
            wanted = dict(self._whereabouts(adapted, anchors, inserted))
            if wanted == self.whereabouts:
                break
            self.whereabouts = wanted
            adapted, document = self._lay()
        sheets, places = self._assemble(document.pages, inserted)
        places |= dict(_lasts(adapted, places))
        return MadeUp(self.unit, document, adapted, self.decisions, sheets, places, _skips(inserted))

    def _lay(self) -> tuple[Adapted, RenderedDocument]:
        adapted = self._adapt()
        return adapted, self.render(adapted.html, self.side)

    def _adapt(self) -> Adapted:
        return self.adapt(self.order or self.decisions.order, self.breaks, self.whereabouts, self.decisions)

    def _usual_whereabouts(self) -> dict[str, str]:
        """What captions say of their pictures in most cases. Where that is right, no layout is made to find it out."""
        adapted = self._adapt()
        spreads = {spread.id: self.words.following_pages for spread in adapted.spreads}
        return {**spreads, **dict.fromkeys(adapted.full_pages, self.words.facing_page)}

    def _fit_tables(self, adapted: Adapted, document: RenderedDocument) -> tuple[Adapted, RenderedDocument]:
        """Give tables that run over the edge of the page more room and smaller type, or words that break anywhere."""
        for _ in (WIDE, TIGHT):
            found = [table for page in document.boxes for table in tables_on_pages.tables(page) if table.is_over]
            if not found:
                break
            known = self.decisions.tables
            first = {table.number: UPRIGHT if table.is_turned else WIDE for table in found}
            again = {number: f"{UPRIGHT} {TIGHT}" if name == UPRIGHT else TIGHT for number, name in known.items()}
            classes = {number: again.get(number, name) for number, name in first.items()}
            self.decisions = replace(self.decisions, tables={**known, **classes})
            adapted, document = self._lay()
        return adapted, document

    def _open_tables(self, adapted: Adapted, document: RenderedDocument) -> tuple[Adapted, RenderedDocument]:
        """Have pages part the rows of tables with one so high that it would leave the caption alone on its page."""
        found = {number for page in document.boxes for number in tables_on_pages.tables_without_rows(page)}
        if not found or self.known is not None:
            return adapted, document
        known = self.decisions.tables
        opened = {number: f"{known.get(number, '')} {OPEN}".strip() for number in found}
        self.decisions = replace(self.decisions, tables={**known, **opened})
        return self._lay()

    def _fill_gaps(self, adapted: Adapted, document: RenderedDocument) -> tuple[Adapted, RenderedDocument]:
        """Move figures, and make some smaller, so that less stays white; the best of all layouts is kept."""

        def laid(decisions: Decisions) -> tuple[Adapted, RenderedDocument]:
            self.decisions = decisions
            return self._lay()

        best = GapFilling(self.decisions, adapted, document, laid).best()
        self.decisions = best.decisions
        return best.adapted, best.document

    def _inserted(self, adapted: Adapted, document: RenderedDocument) -> tuple[Insertion, ...]:
        anchors, figures, pages = _anchors(document.boxes), [*adapted.figures], len(document.pages)
        return insertions(adapted.spreads, anchors, pages, first_is_recto=self.side == "recto", figures=figures)

    def _in_figure_order(
        self, adapted: Adapted, document: RenderedDocument, *, fills_gaps: bool
    ) -> tuple[Adapted, RenderedDocument]:
        """Have a figure begin a page where a spread, which goes between two pages, would come after it."""
        for _ in range(2 * len(adapted.spreads)):
            turned = self.decisions.fits.turned
            late = self._to_turn(adapted, document) - turned
            if not late:
                break
            order = () if fills_gaps else self.decisions.order
            self.decisions = replace(
                self.decisions, order=order, fits=replace(self.decisions.fits, turned=turned | late)
            )
            adapted, document = self._lay()
            adapted, document = self._fill_gaps(adapted, document) if fills_gaps else (adapted, document)
        return adapted, document

    def _to_turn(self, adapted: Adapted, document: RenderedDocument) -> frozenset[int]:
        """The block that must begin a page, so that a spread comes before it; where it does so, also the text before
        it, which then has the page before the spread.
        """
        figures, anchors = adapted.figures, _anchors(document.boxes)
        spread, late = overtaken(self._inserted(adapted, document), anchors, [*figures])
        if not late:
            return frozenset()
        block, between = figures[late], range(figures[spread] + 1, figures[late])
        is_turned = block in self.decisions.fits.turned
        return frozenset([block, *(between[:1] if is_turned or _begins_page(document, block) else ())])

    def _centre_figures(self, adapted: Adapted, document: RenderedDocument) -> tuple[Adapted, RenderedDocument]:
        """Centre figures that have a page for themselves."""
        fits = self.decisions.fits.centred(document.boxes)
        if fits == self.decisions.fits:
            return adapted, document
        self.decisions = replace(self.decisions, fits=fits)
        return self._lay()

    def _run_on(self, adapted: Adapted, document: RenderedDocument) -> tuple[Adapted, RenderedDocument]:
        """Break paragraphs after full pictures, so that their first lines fill the pages before these."""
        tried = {block for block, fewer in self.decisions.run_on.items() if fewer is None}
        while gap := self._next_gap(adapted, document, tried):
            fewer, better = self._broken(gap, adapted, document)
            adapted, document = better or (adapted, document)
            self.decisions = replace(self.decisions, run_on={**self.decisions.run_on, gap.block: fewer})
            tried.add(gap.block)
        return adapted, document

    def _join_headings(self, adapted: Adapted, document: RenderedDocument) -> tuple[Adapted, RenderedDocument]:
        """Put headings that a full picture parts from their text behind it; paragraphs then run on from anew."""
        looks = [page_looks.look(page) for page in document.boxes]
        order = with_their_text(looks, adapted.order)
        if self.known is not None or order == adapted.order:
            return adapted, document
        whole = len(adapted.order) - len(self.breaks)
        self.decisions = replace(self.decisions, order=runon.without_parts(order, self.breaks, whole), run_on={})
        self.order, self.breaks = (), ()
        return self._run_on(*self._lay())

    def _part_opening(self, adapted: Adapted, document: RenderedDocument) -> tuple[Adapted, RenderedDocument]:
        """Break the first paragraph of a chapter where a page ends, so that it does not open the next page again."""
        before = self.order, self.breaks
        for fewer in range(LINES_TRIED):
            place = runon.opening_break(document.boxes, fewer)
            if place is None or any(one.block == place.block for one in self.breaks):
                break
            at = adapted.order.index(place.block) + 1
            self.order = (*adapted.order[:at], len(adapted.order), *adapted.order[at:])
            self.breaks = (*before[1], place)
            trial = self._adapt()
            if trial.order == self.order:  # it can be broken there
                return trial, self.render(trial.html, self.side)
            self.order, self.breaks = before
        return adapted, document

    def _next_gap(self, adapted: Adapted, document: RenderedDocument, tried: Container[int]) -> runon.Gap | None:
        looks = [page_looks.look(page) for page in document.boxes]
        return next((gap for gap in runon.gaps(looks, adapted.order) if gap.block not in tried), None)

    def _broken(
        self, gap: runon.Gap, adapted: Adapted, document: RenderedDocument
    ) -> tuple[int | None, tuple[Adapted, RenderedDocument] | None]:
        """A layout with one more paragraph broken, so many lines before the last that fits; None twice if nothing is
        gained, or no line ends between two words.
        """
        before, blocks = (self.order, self.breaks), len(adapted.order)
        white, known = _white(document), self.decisions.run_on.get(gap.block)
        for fewer in sorted(range(LINES_TRIED), key=lambda each: each != known):
            place = runon.place_to_break(document.boxes, gap, fewer)
            if place is None or any(one.block == gap.block for one in before[1]):
                continue
            self.order, self.breaks = gap.filled(adapted.order, blocks), (*before[1], place.at)
            trial = self._adapt()
            if trial.order == self.order:  # it can be broken there
                laid = self.render(trial.html, self.side)
                if runon.count_lines(laid.boxes, gap.block) == place.lines and _white(laid) < white:
                    return fewer, (trial, laid)
            self.order, self.breaks = before
        return None, None

    def _whereabouts(
        self, adapted: Adapted, anchors: Mapping[str, int], inserted: Sequence[Insertion]
    ) -> Iterator[tuple[str, str]]:
        """What captions say that do not stand by their picture."""
        for insertion in inserted:
            words_on = anchors.get(f"{insertion.spread.id}-caption", 0)
            is_before = insertion.precedes_caption or words_on > insertion.after
            yield insertion.spread.id, self.words.preceding_pages if is_before else self.words.following_pages
        for id in adapted.full_pages:
            if id in anchors and anchors[id] != anchors.get(f"{id}-caption", anchors[id]):
                picture, caption = (
                    page + 2 * sum(i.after < page for i in inserted) for page in (anchors[id], anchors[f"{id}-caption"])
                )
                recto = max(caption, picture)
                is_facing = abs(caption - picture) == 1 and (recto % 2 == 0) == (self.side == "recto")
                yield id, self.words.facing_page if is_facing else self._overleaf(picture - caption)

    def _overleaf(self, pages: int) -> str:
        """Where a picture is, so many pages after its caption."""
        if pages < 0:
            return self.words.preceding_page if pages == -1 else self.words.preceding_pages
        return self.words.following_page if pages == 1 else self.words.following_pages

    def _assemble(
        self, pages: Sequence[RenderedPage], inserted: Sequence[Insertion]
    ) -> tuple[tuple[RenderedPage, ...], dict[str, int]]:
        """All sheets in their order, and where every id first stands among them."""
        sheets: list[RenderedPage] = []
        anchors: dict[str, int] = {}
        for n in range(-1, len(pages)):
            if n >= 0:
                for id in pages[n].boxes.anchors:
                    anchors.setdefault(id, len(sheets))
                sheets.append(pages[n])
            for insertion in (i for i in inserted if i.after == n):
                anchors[insertion.spread.id] = len(sheets)
                for page in self.render(insertion.spread.html, "verso").pages[:2]:
                    for id in page.boxes.anchors:
                        anchors.setdefault(id, len(sheets))
                    sheets.append(page)
        return tuple(sheets), anchors


def _begins_page(document: RenderedDocument, block: int) -> bool:
    looks = (page_looks.look(page) for page in document.boxes)
    return any(look.blocks and look.blocks[0].number == block for look in looks)


def _white(document: RenderedDocument) -> float:
    return page_looks.white([page_looks.look(page) for page in document.boxes])


def _anchors(pages: Sequence[PageBoxes]) -> dict[str, int]:
    anchors: dict[str, int] = {}
    for number, page in enumerate(pages):
        for id in page.anchors:
            anchors.setdefault(id, number)
    return anchors


def _lasts(adapted: Adapted, places: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """The last pages of figures whose captions stand on other pages than their pictures."""
    for id, pages in [*((id, 1) for id in adapted.full_pages), *((spread.id, 2) for spread in adapted.spreads)]:
        if id in places:
            yield last_of(id), max(places[id] + pages - 1, places.get(f"{id}-caption", 0))


def _skips(inserted: Sequence[Insertion]) -> dict[int, int]:
    """Before which pages of the text (from 0) how many numbers belong to spreads."""
    skips: dict[int, int] = {}
    for insertion in inserted:
        page = insertion.after + 1
        skips[page] = skips.get(page, 0) + 2
    return skips
