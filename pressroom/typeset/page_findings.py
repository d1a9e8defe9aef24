"""Findings on the pages of a unit that is made up: notes apart from their calls, wide tables, white at the foot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pressroom.errors import Finding, Place, advice, error, warning
from pressroom.publication.measures import PT_PER_MM
from pressroom.typeset import floats, page_looks, tables_on_pages
from pressroom.typeset.page_looks import PageLook
from pressroom.typeset.passes import MadeUp
from pressroom.typeset.tables_on_pages import OPEN, UPRIGHT, WIDE
from pressroom.typeset.units import folio
from pressroom.xhtml import XHTML, text_of

_LINE = 6.0
"""By how much in pt notes may reach into the white below the text: letters stand in the middle of their lines."""


def page_findings(made: MadeUp, first: int) -> Iterator[Finding]:
    """Every finding on the pages of a unit whose first page has the number `first`."""
    yield from _notes(made, first)
    yield from _over_text(made, first)
    if made.adapted.order:
        yield from _gaps(made, first)
        yield from _figure_order(made, first)
        yield from _far_figures(made, first)
        yield from _tables(made, first)


def _notes(made: MadeUp, first: int) -> Iterator[Finding]:
    """Notes that are missing, repeated, or on another page than their call."""
    place, pages = Place(made.unit.source), defaultdict[str, list[int]](list)
    for number, sheet in enumerate(made.sheets):
        for id in sheet.boxes.anchors:
            pages[id].append(number)
    for note, call in made.adapted.notes.items():
        there = pages[note]
        if not there or there[-1] - there[0] != len(there) - 1:
            why = f"The note “{note}” is printed {len(there)} times; it belongs on the page that calls it, once."
            yield error("note-lost", place, why, "Reword the paragraph that calls it.")
        elif there[0] != made.anchors.get(call, there[0]):
            page = folio(made.unit, first + there[0])
            why = f"The note “{note}” stands on page {page}, after the one that calls it."
            yield advice("note-apart", place, why, "Reword the paragraph, if that matters here.")


def _over_text(made: MadeUp, first: int) -> Iterator[Finding]:
    """Notes that are printed over the text, since those called in a few lines have no room together."""
    for n, page in enumerate(made.document.boxes):
        look = page_looks.look(page)
        lowest = max((block.bottom for block in look.blocks if block.kind != "full"), default=0.0)
        if any(box.kind == "notes" and box.children and lowest > box.top + _LINE for box in page.boxes):
            why = (
                f"On page {_folio(made, first, n)} the notes are printed over the text: they are longer than the page."
            )
            yield error("note-over-text", Place(made.unit.source), why, "Shorten them, or call them further apart.")


def _gaps(made: MadeUp, first: int) -> Iterator[Finding]:
    """White above a figure that did not fit."""
    looks = [page_looks.look(page) for page in made.document.boxes]
    for n, (look, following) in enumerate(pairwise(looks)):
        if look.gap > page_looks.NOTED and _begins_with_figure(following) and _could_be_filled(looks[n + 1 :]):
            white, page = f"{look.gap / PT_PER_MM:.0f} mm", _folio(made, first, n)
            why = f"Page {page} stays white for {white} at its foot: the picture after it is taller than that."
            remedy = "Move the picture further down in the text, or make it smaller: .inset, aspect, crop."
            yield advice("page-gap", Place(made.unit.source), why, remedy)


def _could_be_filled(looks: Sequence[PageLook]) -> bool:
    """Whether something could fill the white before pages that begin with a figure: the figure, if it is made smaller,
    or text behind a full page. No text passes pictures that were given their pages; before these, white is meant.
    """
    kinds: dict[int, page_looks.BlockKind] = {}
    for block in (block for look in looks for block in look.blocks if block.kind != "heading"):
        kinds.setdefault(block.number, block.kind)
    first, *others = kinds.values()
    return first == "figure" or next((kind for kind in others if kind not in ("figure", "full")), "other") == "text"


def _figure_order(made: MadeUp, first: int) -> Iterator[Finding]:
    """Figures that stand before one which the manuscript has earlier."""
    placed = [(id, made.anchors[id]) for id in made.adapted.figures if id in made.anchors]
    for (before, page), (after, earlier) in pairwise(placed):
        if earlier < page:
            where, other = (folio(made.unit, first + sheet) for sheet in (page, earlier))
            why = (
                f"{_name(made, after)} stands on page {other}, before {_name(made, before)} on page {where}: a picture "
            )
            why += "over two pages goes where a left page begins."
            remedy = "Move one of them in the text, by a paragraph or two."
            yield advice("figure-order", Place(made.unit.source), why, remedy)


def _far_figures(made: MadeUp, first: int) -> Iterator[Finding]:
    """Figures further from the text around them than the facing page or the next."""
    begins, ends = dict[int, int](), dict[int, int]()
    for n, block in (
        (n, block) for n, page in enumerate(made.document.boxes) for block in page_looks.look(page).blocks
    ):
        begins.setdefault(block.number, n)
        ends[block.number] = n
    first_of = {number: id for id, number in reversed(tuple(made.adapted.figures.items()))}
    for number, id in sorted(first_of.items()):
        around = {ends.get(number - 1) if number - 1 not in first_of else None}
        around |= {begins.get(number + 1) if number + 1 not in first_of else None}
        pages = [page for page in around if page is not None]
        page = begins.get(number)
        if page is None or not pages or min(abs(page - each) for each in pages) <= floats.REACH:
            continue
        nearest = min(pages, key=lambda each: abs(page - each))
        why = f"{_name(made, id)} stands on page {_folio(made, first, page)}, the text around it on page "
        why += f"{_folio(made, first, nearest)}."
        remedy = "Move the picture in the text, make it smaller, or put more text between pictures."
        yield advice("figure-apart", Place(made.unit.source), why, remedy)


def _name(made: MadeUp, id: str) -> str:
    """A figure as a person finds it: by its number, else by its file."""
    figure = next(each for each in made.unit.document.root.iter(f"{XHTML}figure") if each.get("id") == id)
    number = next((each for each in figure.iter(f"{XHTML}span") if each.get("class") == "number"), None)
    image = next(figure.iter(f"{XHTML}img"), None)
    name = "" if image is None else str(image.get("src")).rpartition("/")[2]
    return f"Figure {text_of(number)}" if number is not None else f"The picture {name}".strip()


def _begins_with_figure(look: PageLook) -> bool:
    return bool(look.blocks) and look.blocks[0].kind in ("figure", "full")


def _tables(made: MadeUp, first: int) -> Iterator[Finding]:
    """Tables whose words had to be broken, and those that even so would be printed beyond the page."""
    place = Place(made.unit.source)
    kinds = {number: kind.replace(OPEN, "").strip() for number, kind in made.decisions.tables.items()}
    unreported = {number for number, kind in kinds.items() if kind not in ("", WIDE)}
    for n, page in enumerate(made.document.boxes):
        for table in (each for each in tables_on_pages.tables(page) if each.number in unreported):
            unreported.discard(table.number)
            kind = kinds[table.number]
            where = f"On page {_folio(made, first, n)}, a table has more in a row than the page is wide"
            standing = " It is upright: turned, no page has room for it." if UPRIGHT in kind else ""
            remedy = "Give it fewer columns or shorter words, or make two tables of it."
            if table.is_over:
                yield error("table-wide", place, f"{where}: some of it would be cut off.{standing}", remedy)
            elif kind == UPRIGHT:
                why = f"The table on page {_folio(made, first, n)} is upright: turned, no page has room for it."
                yield warning("table-upright", place, why, "Make two tables of it, or take {.landscape} away.")
            else:
                why = f"{where}: its type is smaller, and words are broken where they do not fit.{standing}"
                yield warning("table-wide", place, why, remedy)


def _folio(made: MadeUp, first: int, page: int) -> str:
    """The folio of a page of the text (from 0)."""
    return folio(made.unit, first + _sheet(made, page))


def _sheet(made: MadeUp, page: int) -> int:
    """The sheet of a page of the text (both from 0), behind the spreads that go before it."""
    return page + sum(by for before, by in made.skips.items() if before <= page)
