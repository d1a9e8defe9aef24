"""Make-up: one unit on its pages. Figures float, spreads go between pages, captions say where their pictures are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pressroom.design import Unit
from pressroom.errors import Finding, Place, advice, error, warning
from pressroom.language.words import Words
from pressroom.publication.measures import PT_PER_MM
from pressroom.typeset import floats, runon
from pressroom.typeset.adapt import Adapted
from pressroom.typeset.boxes import PageBoxes
from pressroom.typeset.floats import BlockOrder, PageLook
from pressroom.typeset.runon import Break
from pressroom.typeset.spreads import Insertion, insertions, last_of
from pressroom.typeset.units import Side, folio

Adapt = Callable[[BlockOrder, tuple[Break, ...], Mapping[str, str], Mapping[int, str]], Adapted]
"""The unit with its blocks in an order, some paragraphs broken, what its captions say of where their pictures are, and
its tables’ classes.
"""


@dataclass(frozen=True)
class RenderedPage:
    """A page of a document that was laid out."""

    boxes: PageBoxes
    live: object
    """The engine’s own page, which it paints. Nobody else looks into it, and it leaves this room in no value."""


@dataclass(frozen=True)
class RenderedDocument:
    """A document that was laid out."""

    pages: tuple[RenderedPage, ...]
    live: object
    """The engine’s own document."""

    @property
    def boxes(self) -> tuple[PageBoxes, ...]:
        """What stands on its pages."""
        return tuple(page.boxes for page in self.pages)


Render = Callable[[str, int, Side, Mapping[int, int]], RenderedDocument]
"""Pages of a document from a number and a side; before some of them, numbers are left out."""
LINES_TRIED = 4
"""Lines at the end of which a paragraph might be broken, from the last that fits."""
PASSES = 24
"""Layouts of a chapter in which gaps are filled; each fills one."""
MOVES = 3
"""How often one figure may give way: further from its place a reader would look for it in vain."""
WIDE, TIGHT = "wide", "wide tight"
"""Classes of a table that runs over the edge: with all the room there is, and with words that break anywhere."""
ROUNDS = 3
"""Layouts after which the words of captions about their pictures' places have settled."""


@dataclass(frozen=True)
class FigureOrder:
    """What has been found out about a unit's figures, for when it is laid out again with other numbers."""

    order: BlockOrder = ()
    fixed: frozenset[int] = frozenset()
    """Figures that have been moved, or by whose move nothing is gained."""
    tables: Mapping[int, str] = field(default_factory=dict)
    """Classes of the tables that are too wide without them."""


@dataclass(frozen=True)
class MadeUp:
    """A unit on its pages."""

    document: RenderedDocument
    adapted: Adapted
    arrangement: FigureOrder
    sheets: tuple[RenderedPage, ...]
    anchors: Mapping[str, int]
    """Ids, and the sheet (from 0) on which each first stands."""
    findings: tuple[Finding, ...] = ()


@dataclass
class MakeUp:
    """Makes up one unit, from a page number on a side."""

    unit: Unit
    first: int
    side: Side
    adapt: Adapt
    render: Render
    words: Words
    arrangement: FigureOrder = field(default_factory=FigureOrder)
    breaks: tuple[Break, ...] = ()
    """Where paragraphs go on past full pictures: found anew each time, since other numbers may move their lines."""
    order: BlockOrder = ()
    """With the parts of those paragraphs."""

    def make_up(self) -> MadeUp:
        """The unit on its pages."""
        adapted, document = self._fit_tables(*self._lay({}, {}))
        if adapted.order:
            adapted, document = self._fill_gaps(adapted, document)
            adapted, document = self._run_on(adapted, document)
        whereabouts: dict[str, str] = {}
        skips: dict[int, int] = {}
        inserted: tuple[Insertion, ...] = ()
        for _ in range(ROUNDS):
            anchors = _anchors(document.boxes)
            inserted = insertions(adapted.spreads, anchors, len(document.pages), first_is_recto=self.side == "recto")
            wanted = dict(self._whereabouts(adapted, anchors, inserted)), _skips(inserted)
            if wanted == (whereabouts, skips):
                break
            whereabouts, skips = wanted
            adapted, document = self._lay(whereabouts, skips)
        findings = (*self._gaps(document.boxes, skips), *self._tables(document.boxes, skips)) if adapted.order else ()
        sheets, places = self._assemble(document.pages, inserted)
        places |= dict(_lasts(adapted, places))
        return MadeUp(document, adapted, self.arrangement, sheets, places, findings)

    def _lay(self, whereabouts: Mapping[str, str], skips: Mapping[int, int]) -> tuple[Adapted, RenderedDocument]:
        order = self.order or self.arrangement.order
        adapted = self.adapt(order, self.breaks, whereabouts, self.arrangement.tables)
        later = {page: by for page, by in skips.items() if page}
        return adapted, self.render(adapted.html, self.first + skips.get(0, 0), self.side, later)

    def _fit_tables(self, adapted: Adapted, document: RenderedDocument) -> tuple[Adapted, RenderedDocument]:
        """Give tables that run over the edge of the page more room and smaller type, or words that break anywhere."""
        for _ in (WIDE, TIGHT):
            tables = (floats.tables(page) for page in document.boxes)
            wide = {number for found in tables for number, over in found.items() if over}
            if not wide:
                break
            known = self.arrangement.tables
            classes = {number: TIGHT if number in known else WIDE for number in wide}
            self.arrangement = replace(self.arrangement, tables={**known, **classes})
            adapted, document = self._lay({}, {})
        return adapted, document

    def _fill_gaps(self, adapted: Adapted, document: RenderedDocument) -> tuple[Adapted, RenderedDocument]:
        """Move figures that leave white above them, from the first page to the last; the best of all layouts is kept.

        A gap that is filled may open another one further on, which comes next: so no single step has to be better.
        """
        looks = [floats.look(page) for page in document.boxes]
        best = (floats.white(looks), self.arrangement.order, adapted, document)
        order, tried = adapted.order, Counter(dict.fromkeys(self.arrangement.fixed, MOVES))
        for _ in range(PASSES):
            step = floats.moved(looks, order, frozenset(n for n, times in tried.items() if times >= MOVES))
            if step is None:
                break
            figure, wanted = step
            self.arrangement = replace(self.arrangement, order=wanted)
            trial, trial_document = self._lay({}, {})
            trial_looks = [floats.look(page) for page in trial_document.boxes]
            tried[figure] += 1
            if floats.first_gap(trial_looks) < floats.first_gap(looks):
                continue
            order, looks = wanted, trial_looks
            if floats.white(looks) < best[0]:
                best = (floats.white(looks), order, trial, trial_document)
        self.arrangement = replace(self.arrangement, order=best[1], fixed=frozenset(tried))
        # settled: other numbers do not ask for it again
        return best[2], best[3]

    def _run_on(self, adapted: Adapted, document: RenderedDocument) -> tuple[Adapted, RenderedDocument]:
        """Break paragraphs after full pictures, so that their first lines fill the pages before these."""
        for _ in range(PASSES):
            found = runon.gaps([floats.look(page) for page in document.boxes], adapted.order)
            trials = (self._broken(gap, adapted, document) for gap in found)
            better = next((trial for trial in trials if trial), None)
            if better is None:
                break
            adapted, document = better
        return adapted, document

    def _broken(
        self, gap: runon.Gap, adapted: Adapted, document: RenderedDocument
    ) -> tuple[Adapted, RenderedDocument] | None:
        """A layout with one more paragraph broken; None if nothing is gained, or no line ends between two words."""
        before, blocks = (self.order, self.breaks), len(adapted.order)
        white = floats.white([floats.look(page) for page in document.boxes])
        for fewer in range(LINES_TRIED):
            place = runon.place_to_break(document.boxes, gap, fewer)
            if place is None or any(one.block == gap.block for one in before[1]):
                return None
            self.order, self.breaks = gap.filled(adapted.order, blocks), (*before[1], place.at)
            trial, trial_document = self._lay({}, {})
            fits = trial.order == self.order and runon.count_lines(trial_document.boxes, gap.block) == place.lines
            if fits and floats.white([floats.look(page) for page in trial_document.boxes]) < white:
                return trial, trial_document
            self.order, self.breaks = before
        return None

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

    def _tables(self, pages: Sequence[PageBoxes], skips: Mapping[int, int]) -> Iterator[Finding]:
        """Tables whose words had to be broken, and those that even so would be printed beyond the page."""
        told = {number for number, kind in self.arrangement.tables.items() if kind == TIGHT}
        for n, page in enumerate(pages):
            tables = floats.tables(page)
            for number in sorted(told & tables.keys()):
                where = f"On page {self._folio(n, skips)}, a table has more in a row than the page is wide"
                remedy = "Give it fewer columns or shorter words, or make two tables of it."
                if tables[number]:
                    yield error("table-wide", Place(self.unit.source), f"{where}: some of it would be cut off.", remedy)
                else:
                    why = f"{where}: its type is smaller, and words are broken where they do not fit."
                    yield warning("table-wide", Place(self.unit.source), why, remedy)
                told.discard(number)

    def _folio(self, page: int, skips: Mapping[int, int]) -> str:
        """What a page of the text (from 0) is called, behind the spreads that go before it."""
        return folio(self.unit, self.first + page + sum(by for before, by in skips.items() if before <= page))

    def _gaps(self, pages: Sequence[PageBoxes], skips: Mapping[int, int]) -> Iterator[Finding]:
        looks = [floats.look(page) for page in pages]
        for n, (look, following) in enumerate(pairwise(looks)):
            if look.gap > floats.NOTED and _begins_with_figure(following):
                white = f"{look.gap / PT_PER_MM:.0f} mm"
                page = self._folio(n, skips)
                why = f"Page {page} stays white for {white} at its foot: the picture after it is taller than that."
                remedy = "Move the picture further down in the text, or make it smaller: .inset, aspect, crop."
                yield advice("page-gap", Place(self.unit.source), why, remedy)

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
                number = self.first + len(sheets)
                sheets += self.render(insertion.spread.html, number, "verso", {}).pages[:2]
        return tuple(sheets), anchors


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


def _begins_with_figure(look: PageLook) -> bool:
    return bool(look.blocks) and look.blocks[0].kind in ("figure", "full")
