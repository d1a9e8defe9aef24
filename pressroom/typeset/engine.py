"""The page engine: WeasyPrint. The only importer of weasyprint.

Other modules get pages as values (`boxes`); the engine's own objects, from which the PDF is written, stay here.

WeasyPrint only logs what it refuses (a property, a picture, a broken link). This module turns its log into findings;
its errors stop the edition.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.ffi import ffi
from weasyprint.text.fonts import FontConfiguration, get_hb_object_data, get_pango_font_hb_face, get_pango_font_key
from weasyprint.urls import URLFetcher, URLFetcherResponse

from pressroom.design import Composition, Style, Unit
from pressroom.errors import Finding, Place, PressroomError, Severity, advice, error
from pressroom.language.words import direction, words_for
from pressroom.typeset.adapt import Placing, adapt
from pressroom.typeset.boxes import FontStretch, PageBoxes, PaintedMarks
from pressroom.typeset.boxes.box_reader import read_marks, read_pages
from pressroom.typeset.breakdowns import BREAKDOWNS, breakdown
from pressroom.typeset.passes import FigureOrder, MakeUp, RenderedDocument, RenderedPage
from pressroom.typeset.tags import Written, shown
from pressroom.typeset.units import Laid, Side, blanks_before, folio

_ROOT = "file:///publication/"
"""The base address of pages. The folder does not exist: only files of the composition are served."""
_VARIANTS = {"PDF/UA-1": "pdf/ua-1", "PDF/A-2u": "pdf/a-2u"}
"""The standards that the engine writes itself; PDF/X is made in `pdf.finish`."""
OTHER_ORPHANS = (3, 4, 5, 1)
"""Values of the CSS property `orphans`, tried where the layout's own value separates notes from their calls. When a
page lacks exactly one line, the engine makes room by moving a note to the next page."""
_AT = re.compile(r" at (\d+):(\d+)")


@dataclass(frozen=True)
class LaidPage:
    """One page of the book: its boxes, its folio and its unit."""

    boxes: PageBoxes
    folio: str
    unit: Unit | None = None
    """The unit of the page; None for a blank page between two units."""
    number: int = 0
    """The index of the page in its unit, from 0."""
    ids: frozenset[str] = frozenset()
    """The ids that first stand on the page."""


@dataclass(frozen=True)
class _LiveUnit:
    """The engine's own document and pages of a unit, from which the PDF is written."""

    document: Any
    pages: tuple[Any, ...]


class MarkedPage:
    """A page of the engine that records the marked content of its boxes while it is painted."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.marks = PaintedMarks({})

    def __getattr__(self, name: str) -> Any:
        return getattr(self.page, name)

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page and record its marked content."""
        self.page.paint(stream, scale)
        self.marks = read_marks(self.page, stream)


class Engine:
    """The page engine for one composition: it lays out units, and writes their pages as one PDF."""

    def __init__(self, composition: Composition, modified: dt.datetime, step: Callable[[], None]) -> None:
        self.composition, self.modified, self.step = composition, modified, step
        edition = composition.page
        variant = _VARIANTS.get("" if edition.standard == "PDF/UA-1" and edition.for_press else edition.standard or "")
        self.options: dict[str, Any] = {"pdf_variant": variant} if variant else {}
        self.fetcher = _CompositionFetcher(composition)
        self.fonts = FontConfiguration()
        self.pictures: dict[str, Any] = {}
        self.collected: list[Finding] = []
        self.arrangements: dict[tuple[str, str], FigureOrder] = {}
        self._live: dict[str, _LiveUnit] = {}
        """The last layout of each unit, by its id."""
        self._font_reader = _FontReader()
        self.styles = [self._style(style) for style in composition.styles]

    def _style(self, style: Style) -> CSS:
        place = Place(f"layouts/{self.composition.publication.settings.layout}/{style.name}")
        with self._collecting_findings(place):
            return CSS(
                string=style.css,
                font_config=self.fonts,
                url_fetcher=self.fetcher,
                base_url=f"{_ROOT}styles/{style.name}",
            )

    def lay(self, unit: Unit, first: int, side: Side, folios: Mapping[str, str]) -> Laid:
        """Lay out a unit from a page number, on a side, with the folios that its references print."""
        best, live = self._lay(unit, first, side, folios)
        for orphans in OTHER_ORPHANS:
            if _notes_apart(best):
                style = f"<style>body > section {{ orphans: {orphans} }}</style>"
                other = self._lay(unit, first, side, folios, style)
                best, live = min((best, live), other, key=lambda tried: _notes_apart(tried[0]))
        self._live[unit.id] = live
        self.step()
        return best

    def _lay(
        self, unit: Unit, first: int, side: Side, folios: Mapping[str, str], style: str = ""
    ) -> tuple[Laid, _LiveUnit]:
        settings, place = self.composition.publication.settings, _place_of(unit)
        made = MakeUp(
            unit,
            first,
            side,
            adapt=lambda order, breaks, where, tables: adapt(
                unit.document, settings, self.modified, Placing(folios, order, breaks, where, tables)
            ),
            render=lambda html, number, on, skips: self._render(
                html.replace("</head>", f"{style}</head>", 1), number, on, place, skips
            ),
            words=words_for(settings.language),
            arrangement=self.arrangements.get((unit.id, style), FigureOrder()),
        ).make_up()
        self.arrangements[unit.id, style] = made.arrangement
        adapted, sheets = made.adapted, tuple(page.boxes for page in made.sheets)
        laid = Laid(
            unit, first, len(sheets), made.anchors, adapted.references, adapted.notes, sheets, made.findings
        )  # fmt: skip
        return laid, _LiveUnit(made.document.live, tuple(page.live for page in made.sheets))

    def _render(self, html: str, first: int, side: Side, place: Place, skips: Mapping[int, int]) -> RenderedDocument:
        """Lay out a document. `skips`: by page (from 0), how many page numbers are left out before it."""
        rules = [f"html {{ break-before: {side} }} @page :first {{ counter-reset: page {first} }}"]
        rules += [f"@page :nth({n + 1}) {{ counter-increment: page {by + 1} }}" for n, by in skips.items()]
        with self._collecting_findings(place):
            page = HTML(string=html, base_url=f"{_ROOT}text/unit.html", url_fetcher=self.fetcher)
            sheets = [*self.styles, CSS(string=" ".join(rules))]
            made = page.render(font_config=self.fonts, stylesheets=sheets, cache=self.pictures, **self.options)
            return RenderedDocument(tuple(map(RenderedPage, read_pages(made.pages), made.pages)), made)

    def _check_notes(self, laid: Laid) -> Iterator[Finding]:
        """Findings for notes that are missing, repeated, or on another page than their call."""
        pages = laid.sheets
        for note, call in laid.notes.items():
            there = [number for number, page in enumerate(pages) if note in page.anchors]
            if len(there) != 1:
                why = f"The note “{note}” is printed {len(there)} times; it belongs on the page that calls it, once."
                yield error("note-lost", Place(laid.unit.source), why, "Reword the paragraph that calls it.")
            elif there[0] != laid.anchors.get(call, there[0]):
                page = folio(laid.unit, laid.first + there[0])
                why = f"The note “{note}” stands on page {page}, after the one that calls it."
                yield advice("note-apart", Place(laid.unit.source), why, "Reword the paragraph, if that matters here.")

    def sheets(self, settled: Sequence[Laid], *, with_looks: bool = False) -> Iterator[LaidPage]:
        """All pages of the book in order, with the blank pages that let units begin on a recto or a verso.

        With looks, boxes carry their appearance, and `font_files` then holds the fonts of their letters.
        """
        fonts_of = self._font_reader.of if with_looks else None
        for laid, blanks in blanks_before(settled):
            if blanks:
                [blank] = read_pages([self._blank.live], fonts_of) if with_looks else [self._blank.boxes]
                yield from (LaidPage(blank, folio) for folio in blanks)
            pages = read_pages(self._live[laid.unit.id].pages, fonts_of) if with_looks else laid.sheets
            for n, page in enumerate(pages):
                ids = frozenset(id for id, place in laid.anchors.items() if place == n)
                yield LaidPage(page, folio(laid.unit, laid.first + n), laid.unit, n, ids)

    @property
    def font_files(self) -> Mapping[str, bytes]:
        """The font files in which letters are set, by their SHA-256."""
        return self._font_reader.files

    @cached_property
    def _blank(self) -> RenderedPage:
        """A blank page that the style sheets style as `:blank`: a verso between two rectos."""
        way = direction(self.composition.publication.settings.language)
        html = f"<!DOCTYPE html><html dir={way}><title>.</title><p>.</p><p style='break-before: recto'>.</p>"
        return self._render(html, 1, "recto", Place("layouts"), {}).pages[1]

    def write(self, settled: Sequence[Laid], sheets: Sequence[LaidPage]) -> Written:
        """Write the pages as one PDF. Raises PressroomError for errors of the engine."""
        is_tagged = self.options.get("pdf_variant") == _VARIANTS["PDF/UA-1"]
        pages = [self._live_page(sheet) for sheet in sheets]
        if is_tagged:
            pages = [MarkedPage(page) for page in pages]
        identifier = self.composition.publication.settings.identifier(self.composition.name)
        try:
            with self._collecting_findings(Place("layouts")):
                whole = self._live[settled[0].unit.id].document.copy(pages)
                data = whole.write_pdf(pdf_identifier=identifier.encode(), **self.options)
        except PressroomError:
            self._write_apart(settled)
            raise
        self.check(settled)
        if not is_tagged:
            return Written(bytes(data))
        return Written(bytes(data), shown([sheet.boxes for sheet in sheets], [page.marks for page in pages]))

    def _live_page(self, page: LaidPage) -> Any:
        return self._live[page.unit.id].pages[page.number] if page.unit else self._blank.live

    def _write_apart(self, settled: Sequence[Laid]) -> None:
        """Write unit by unit, to find the one that breaks the engine. Raises PressroomError with its place."""
        for laid in settled:
            with self._collecting_findings(_place_of(laid.unit)):
                self._live[laid.unit.id].document.write_pdf(**self.options)

    def check(self, settled: Sequence[Laid]) -> None:
        """Raise PressroomError if a unit has errors, such as a lost note; other findings are collected."""
        self.collected += [finding for laid in settled for finding in (*self._check_notes(laid), *laid.findings)]
        faults = [f for f in self.collected if f.severity is Severity.ERROR]
        if faults:
            raise PressroomError(dict.fromkeys(faults))

    def findings(self) -> tuple[Finding, ...]:
        """The engine's warnings that do not stop the edition, each once."""
        return tuple(dict.fromkeys(self.collected))

    @contextmanager
    def _collecting_findings(self, place: Place) -> Iterator[None]:
        handler = _LogHandler(place)
        logger = logging.getLogger("weasyprint")
        before, logger.propagate = logger.propagate, False
        logger.addHandler(handler)
        try:
            yield
        except BREAKDOWNS as fault:
            raise PressroomError([breakdown(fault, place)]) from fault
        finally:
            logger.removeHandler(handler)
            logger.propagate = before
            self.collected += handler.findings


def _place_of(unit: Unit) -> Place:
    """The source of a unit: its chapter, or the layout."""
    return Place(unit.source or f"layouts/{unit.kind}")


def _notes_apart(laid: Laid) -> int:
    """The number of notes on a later page than their calls."""
    return sum(laid.anchors.get(note, 0) > laid.anchors.get(call, 0) for note, call in laid.notes.items())


class _FontReader:
    """Finds the font files of letters: the layout’s fonts, or fallback fonts of the machine.

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


class _LogHandler(logging.Handler):
    """Turns WeasyPrint's log into findings. Its errors mean missing content, its warnings ignored rules."""

    def __init__(self, place: Place) -> None:
        super().__init__(logging.WARNING)
        self.place = place
        self.findings: list[Finding] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().rstrip(".")
        at = _AT.search(message)
        place = Place(self.place.file, int(at[1]), int(at[2])) if at else self.place
        severity = Severity.ERROR if record.levelno >= logging.ERROR else Severity.WARNING
        self.findings.append(Finding("page-engine", severity, place, f"The page engine says: {message}."))


class _CompositionFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no type hints
    """Serves the pictures and fonts of the composition, and nothing else: no network, no other file."""

    def __init__(self, composition: Composition) -> None:
        super().__init__(allowed_protocols=())
        self.files = {f"{_ROOT}pictures/{r.name}": r.path for r in composition.renditions}
        self.files |= {f"{_ROOT}fonts/{face.file.name}": face.file for face in composition.fonts}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The bytes behind an address of the composition. Raises ValueError for any other."""
        file = self.files.get(url.partition("#")[0])
        if file is None:
            raise ValueError(f"“{url.removeprefix(_ROOT)}” is not part of this publication")
        kind = "image/svg+xml" if file.suffix == ".svg" else ""
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind} if kind else None)
