"""The page engine: WeasyPrint. Only this room imports it, and only its values leave.

`Engine` lays out units and draws their pages, `painter` makes values of painted pages, `margins` adds running heads and
folios, `writer` makes a PDF of drawn pages, `log` turns what the engine logs into findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from weasyprint import CSS, HTML

from pressroom.design import Composition, Unit
from pressroom.errors import Finding, Place
from pressroom.language.words import direction, words_for
from pressroom.typeset.adapt import Adapted, Placing, adapt
from pressroom.typeset.boxes import PageBoxes
from pressroom.typeset.boxes.box_reader import read_marks, read_pages
from pressroom.typeset.drawn_pages import DrawnUnit
from pressroom.typeset.engine import margins, pinned
from pressroom.typeset.engine.code_on_grid import keeping_code_on_grid
from pressroom.typeset.engine.continued_tables import continuing_tables
from pressroom.typeset.engine.dressing import picture_name
from pressroom.typeset.engine.fetcher import ROOT, CompositionFetcher
from pressroom.typeset.engine.font_reader import FontReader
from pressroom.typeset.engine.hyphenation import add_languages
from pressroom.typeset.engine.line_filling import LineFilling
from pressroom.typeset.engine.log import collecting_findings
from pressroom.typeset.engine.note_areas import measuring_notes
from pressroom.typeset.engine.painter import Painter
from pressroom.typeset.engine.parted_notes import parting_notes
from pressroom.typeset.engine.resumed_pages import PagesBefore
from pressroom.typeset.engine.style_reading import StyleReader
from pressroom.typeset.looked import LookedUnit
from pressroom.typeset.page_findings import page_findings
from pressroom.typeset.page_letters import letters_on
from pressroom.typeset.passes import MadeUp, MakeUp
from pressroom.typeset.rendered import RenderedDocument, RenderedPage
from pressroom.typeset.tags.painted import shown
from pressroom.typeset.units import DrawRequest, Laid, LayRequest, Side
from pressroom.typeset.unmarked import unmarked

MOST_HELD = 600
"""Pages whose layouts are held until they are drawn, at about 0.5 MB each. Of a longer book, others are laid out once
more: memory does not grow with its length.
"""
add_languages()
_VARIANTS = {"PDF/UA-1": "pdf/ua-1", "PDF/A-2u": "pdf/a-2u"}
"""The standards that the engine writes itself; PDF/X is made in `pdf.finish`."""


@dataclass(frozen=True)
class _LivePage:
    """A page of the engine's, with the margins that are still to be filled."""

    page: Any
    margins: margins.PendingMargins


class Engine:
    """The page engine for one composition. What it makes of a request depends on nothing that it made before."""

    def __init__(self, composition: Composition, style_reader: StyleReader | None = None) -> None:
        self.composition = composition
        self.fetcher = CompositionFetcher(composition, with_stand_ins=True)
        self.font_reader = FontReader()
        self._pictures: dict[str, Any] = {}
        self._style_findings: list[Finding] = []
        self._at_work = self._stand_ins()
        self._live: dict[str, tuple[LayRequest, MadeUp]] = {}
        """The last layouts of units, by their ids."""
        read = (style_reader or StyleReader()).read(composition, self.fetcher)
        self.fonts, self._styles = read.fonts, list(read.sheets)
        self._style_findings += read.findings

    def _stand_ins(self) -> Callable[[PagesBefore], AbstractContextManager[None]]:
        """What fills lines, parts notes, keeps code on the grid and resumes pages; nothing where the engine is not the
        one known.
        """
        if names := pinned.differing():
            self._style_findings.append(pinned.finding(names))
            return lambda _: nullcontext()
        return partial(_standing_in, LineFilling())

    # ---- laying out

    def lay(self, request: LayRequest) -> Laid:
        """Lay out a unit. Raises PressroomError where the engine breaks."""
        findings: list[Finding] = list(self._style_findings)
        made = self._make_up(request, findings)
        self._hold(replace(request, decisions=made.decisions), made)
        return Laid(len(made.sheets), made.anchors, made.decisions, tuple(dict.fromkeys(findings)))

    def _make_up(self, request: LayRequest, findings: list[Finding]) -> MadeUp:
        unit, before = request.unit, PagesBefore()
        words = words_for(self.composition.publication.settings.language)

        def adapted(order: Any, breaks: Any, where: Any, decisions: Any) -> Adapted:
            placing = Placing(request.folios, order, breaks, where, decisions.tables, decisions.fits, words.continued)
            return adapt(unit.document, placing)

        def rendered(html: str, side: Side) -> RenderedDocument:
            with collecting_findings(_place_of(unit), findings):
                return self._render(html, side, before)

        return MakeUp(unit, request.side, adapted, rendered, words, request.decisions).make_up()

    def _render(self, html: str, side: Side, before: PagesBefore) -> RenderedDocument:
        with margins.left_out() as pending, continuing_tables(), self._at_work(before):
            page = HTML(string=html, base_url=f"{ROOT}text/unit.html", url_fetcher=self.fetcher)
            sheets = [*self._styles, CSS(string=f"html {{ break-before: {side} }}")]
            made = page.render(font_config=self.fonts, stylesheets=sheets, cache=self._pictures)
        live = [_LivePage(one, pending[id(one._page_box)]) for one in made.pages]
        return RenderedDocument(tuple(map(RenderedPage, read_pages(made.pages), live)))

    # ---- drawing

    def draw(self, request: DrawRequest) -> DrawnUnit:
        """Draw a unit that was laid out; its layout is given up then. Raises PressroomError where the engine breaks."""
        made = self._made(request.laid)
        self._live.pop(request.laid.unit.id, None)
        return self._drawn(made, request.first, is_tagged=request.is_tagged)

    def look(self, request: LayRequest, first: int) -> LookedUnit:
        """The pages of a unit that was laid out, with appearances; `font_reader` then holds their fonts."""
        made = self._made(request)
        pages = read_pages(self._numbered(made, first), self.font_reader.of)
        return LookedUnit(pages, _letters(made), tuple(page_findings(made, first)))

    def _made(self, request: LayRequest) -> MadeUp:
        """The layout of a request, with decisions: the one that is held, or another."""
        known, made = self._live.get(request.unit.id, (None, None))
        return made if made is not None and known == request else self._make_up(request, [])

    def _hold(self, request: LayRequest, made: MadeUp) -> None:
        """Hold a layout until it is drawn, as long as there is room."""
        self._live.pop(request.unit.id, None)
        if sum(len(held.sheets) for _, held in self._live.values()) < MOST_HELD:
            self._live[request.unit.id] = request, made

    def _numbered(self, made: MadeUp, first: int) -> list[Any]:
        """The engine's pages of a unit, with running heads and folios."""
        for number, sheet in enumerate(made.sheets, first):
            sheet.live.margins.fill(number)
        return [sheet.live.page for sheet in made.sheets]

    def _drawn(self, made: MadeUp, first: int, *, is_tagged: bool) -> DrawnUnit:
        findings: list[Finding] = []
        with collecting_findings(_place_of(made.unit), findings):
            painted = self._painted(self._numbered(made, first), is_tagged=is_tagged)
        return replace(painted, letters=_letters(made), findings=(*page_findings(made, first), *findings))

    def _painted(self, pages: Sequence[Any], *, is_tagged: bool) -> DrawnUnit:
        painter = Painter({picture_name(address): address for address in self.fetcher.files})
        marks: list[dict[Any, Any]] = [{} for _ in pages]
        drawn = tuple(map(painter.paint, pages, marks))
        unit = DrawnUnit(drawn, painter.fonts(), ((),), font_files=painter.font_files)
        if not is_tagged:
            return unmarked(unit)
        return replace(unit, painted=shown(read_pages(pages), list(map(read_marks, pages, marks))))

    # ---- blank pages

    def blank(self, *, is_tagged: bool) -> DrawnUnit:
        """A blank page that the style sheets style as `:blank`: a verso between two rectos."""
        return self._painted(self._blank_page(), is_tagged=is_tagged)

    def look_at_blank(self) -> PageBoxes:
        """A blank page, with appearances."""
        return read_pages(self._blank_page(), self.font_reader.of)[0]

    def _blank_page(self) -> list[Any]:
        way = direction(self.composition.publication.settings.language)
        html = (
            f"<!DOCTYPE html><html dir={way} style='{_PLAIN}'><title>.</title><body style='{_PLAIN}'>"
            f"<div style='{_PLAIN}'>.</div><div style='{_PLAIN}; break-before: recto'>.</div>"
        )
        with collecting_findings(Place("layouts"), []):
            live: Any = self._render(html, "recto", PagesBefore()).pages[1].live
            live.margins.fill(2)
        return [live.page]


_PLAIN = "display: block; position: static; float: none; columns: auto"
"""What makes two pages with a blank one between them, whatever style sheets ask of the elements of text."""


@contextmanager
def _standing_in(filling: LineFilling, before: PagesBefore) -> Iterator[None]:
    with filling.at_work(), parting_notes(), measuring_notes(), keeping_code_on_grid(), before.at_work():
        yield


def _letters(made: MadeUp) -> tuple[tuple[range, ...], ...]:
    return tuple(letters_on(made.unit.document, [sheet.boxes for sheet in made.sheets]))


def engine_options(composition: Composition) -> dict[str, Any]:
    """What the engine is to make of a composition: the standard that it writes itself."""
    edition = composition.page
    variant = _VARIANTS.get("" if edition.standard == "PDF/UA-1" and edition.for_press else edition.standard or "")
    return {"pdf_variant": variant} if variant else {}


def _place_of(unit: Unit) -> Place:
    """The source of a unit: its chapter, or the layout."""
    return Place(unit.source or f"layouts/{unit.kind}")
