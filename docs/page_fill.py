"""How pages are filled: white, the order of figures, where captions are. For tests and `make looks`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from pressroom import cover, design, photographs, production
from pressroom.design.grid import Grid
from pressroom.publication.measures import PT_PER_MM
from pressroom.typeset.boxes import LaidBox, PageBoxes
from pressroom.typeset.elements import DocumentElement
from pressroom.typeset.looked import LaidPage
from pressroom.typeset.typeset_book import look

Span = tuple[float, float]


@dataclass(frozen=True)
class FilledPage:
    """A page of the book, and what stands in its type area."""

    laid: LaidPage
    grid: Grid
    is_verso: bool

    @property
    def boxes(self) -> PageBoxes:
        """What stands on it."""
        return self.laid.boxes

    @cached_property
    def pictures(self) -> tuple[str, ...]:
        """The ids of the figures whose pictures it shows, from top to bottom as they are written."""
        return tuple(dict.fromkeys(id for box, id in self.figures() if box.kind == "picture" and id))

    @cached_property
    def captions(self) -> tuple[str, ...]:
        """The ids of the figures whose captions begin on it."""
        return tuple(id for id in self.boxes.anchors if id.endswith("-caption"))

    @cached_property
    def lines(self) -> int:
        """Its lines of running text, without captions."""
        return sum(1 for box, id in self.figures() if box.kind == "line" and not id)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is on it."""
        return not self.spans

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """What heights of the type area hold pictures or lines, in pt."""
        top = self.grid.paper.head * self.grid.paper.unit * PT_PER_MM
        foot = top + self.grid.paper.lines * self.grid.paper.unit * PT_PER_MM
        found = sorted(
            (max(top, box.area.top), min(foot, box.area.bottom))
            for box, _ in self.figures()
            if box.kind in ("picture", "line")
        )
        return tuple(span for span in found if span[1] > span[0])

    @property
    def filled(self) -> float:
        """The share of the type area's height beside which something stands."""
        high, end = 0.0, 0.0
        for top, foot in self.spans:
            high += max(0.0, foot - max(top, end))
            end = max(end, foot)
        return high / (self.grid.paper.lines * self.grid.paper.unit * PT_PER_MM)

    def figures(self) -> Iterator[tuple[LaidBox, str]]:
        """Every box of the type area, with the id of the figure that it belongs to."""
        waiting: list[tuple[LaidBox, str]] = [(box, "") for box in reversed(self.boxes.boxes) if box.kind != "margin"]
        while waiting:
            box, id = waiting.pop()
            element = self.boxes.element(box)
            if element is not None:
                id = _figure_id(element) or id
            yield box, id
            waiting += [(child, id) for child in reversed(box.children)]


def _figure_id(element: DocumentElement) -> str:
    """The figure that an element is, or is the picture of; “” for any other."""
    if element.get("data-spread"):
        return str(element.get("data-spread"))
    is_own = element.tag == "figure" or element.get("class") == "picture"
    return str(element.get("id") or element.get("data-of") or "") if is_own else ""


@dataclass(frozen=True)
class FilledBook:
    """All pages of a book, with what is wrong with how they are filled."""

    pages: tuple[FilledPage, ...]
    wanted: tuple[str, ...]
    """The ids of all figures of the manuscript, in its order."""
    findings: tuple[str, ...]

    @property
    def order(self) -> tuple[str, ...]:
        """The figures in the order in which a reader meets them."""
        return tuple(dict.fromkeys(id for page in self.pages for id in page.pictures))

    @property
    def out_of_order(self) -> list[tuple[str, str]]:
        """Figures that stand before one that the manuscript has earlier."""
        place = {id: n for n, id in enumerate(self.wanted)}
        return [(a, b) for a, b in pairwise(self.order) if place.get(a, -1) > place.get(b, len(place))]

    @property
    def body(self) -> Sequence[FilledPage]:
        """The pages of the chapters, with blank ones between them."""
        chapters = [n for n, page in enumerate(self.pages) if page.laid.unit and page.laid.unit.kind == "chapter"]
        return self.pages[chapters[0] : chapters[-1] + 1] if chapters else ()

    @property
    def slack(self) -> list[str]:
        """The folios of pages with pictures that are less than half full."""
        return [page.laid.folio for page in self.body if page.pictures and page.filled < 0.5]

    @property
    def stranded(self) -> list[str]:
        """The folios of pages with a line or two of text or a caption, and nothing else."""
        return [page.laid.folio for page in self.body if page.spans and not page.pictures and page.lines <= 2]

    @property
    def faults(self) -> list[str]:
        """All of it, a line for each kind, and what make-up reports."""
        kinds = {
            "pages": [str(len(self.pages))],
            "pictures on less than half of the page": self.slack,
            "only a line or a caption": self.stranded,
            "blank pages that face each other": self.blank_spreads,
            "out of order": [f"{later} before {earlier}" for later, earlier in self.out_of_order],
        }
        return [f"{kind}: {', '.join(found) or 'none'}" for kind, found in kinds.items()] + list(self.findings)

    @property
    def blank_spreads(self) -> list[str]:
        """The folios of blank pages that face a blank page."""
        return [b.laid.folio for a, b in pairwise(self.pages) if a.is_verso and a.is_blank and b.is_blank]


def filled_book(root: Path, edition: str) -> FilledBook:
    """The pages of an edition of the publication at `root`, as they are printed."""
    manuscript = production.read(production.Order(root))
    hand = manuscript.edition(edition)
    styling, recipes = design.styling_of(hand), design.recipes(hand)
    renditions = dict(photographs.render_all(hand.album, recipes, root / ".pressroom/renditions"))
    front, _ = cover.cover_picture(hand)
    if front:
        renditions["cover"] = photographs.render_cover(hand.album.get("cover"), front, root / ".pressroom/renditions")
    composition = design.lay_out(hand, styling, renditions, cover.front_page(hand, styling, renditions))
    book = look(replace(composition))
    assert hand.grid is not None
    pages = tuple(FilledPage(page, hand.grid, n % 2 == 1) for n, page in enumerate(book.pages))
    figures = tuple(figure.id for _, figure in hand.publication.figures())
    return FilledBook(pages, figures, tuple(f"{finding.id}: {finding.message}" for finding in book.findings))
