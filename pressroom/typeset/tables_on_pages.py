"""Tables on pages: which may go on overleaf, which are too wide, and what is said of one that goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from pressroom.typeset.boxes import LaidBox, PageBoxes
from pressroom.typeset.elements import CONTINUED_ROW

WIDE, TIGHT = "wide", "wide tight"
"""Classes of a table that runs over the edge: with all the room there is, and with words that break anywhere."""
OPEN = "open"
"""The class of a table with a row that no page can hold beside the caption: its rows may be parted."""
TURNED, UPRIGHT = "turned", "upright"
"""Classes of a `landscape` table: on a page of its own, or as others if no page has room for it."""
LETTERS_OF_NOTE = 50
"""Letters on a line of a note, at the least: so much room is left for notes below a turned table."""
MOST_ROWS_TOGETHER = 12
"""The rows of a table that are kept on one page. A longer table begins where it stands, and goes on overleaf."""
_NEARLY = 0.375
"""Tolerance for rounded widths, in pt."""


def number_tables(root: etree._Element, classes: Mapping[int, str]) -> None:
    """Number the tables of a unit in the order of the manuscript, and add the classes of those that are too wide."""
    for number, table in enumerate(root.iter("table"), 1):
        table.set("data-table", str(number))
        if sum(1 for _ in table.iter("tr")) > MOST_ROWS_TOGETHER or OPEN in classes.get(number, "").split():
            table.set("class", f"{table.get('class', '')} long".strip())
            around = table.getparent()
            if around is not None and around.get("class") == "table":
                around.set("class", "table long")
        if classes.get(number):
            table.set("class", f"{table.get('class', '')} {classes[number]}".strip())


def say_continued(root: etree._Element, word: str) -> None:
    """Give the head of each numbered table a row for later pages, “Table 1 (continued)”."""
    for table in root.iter("table"):
        head, number = table.find("thead"), table.find("caption/span[@class='number']")
        if head is not None and number is not None:
            row = etree.Element("tr", {"class": CONTINUED_ROW})
            columns = sum(int(cell.get("colspan", "1")) for cell in head[0])
            etree.SubElement(row, "td", {"colspan": str(columns), "data-continued": f"{number.text} ({word})"})
            head.insert(0, row)


def turn_tables(root: etree._Element) -> None:
    """Mark the tables that stand on a page of their own, turned to the left, with what is around them."""
    for table in list(root.iter("table")):
        names = table.get("class", "").split()
        if "landscape" in names and "upright" not in names:
            table.set("class", f"{table.get('class')} {TURNED}")
            around = _around(table)
            around.set("class", f"table {TURNED}")
            around.set("style", f"--notes: {_lines_of_notes(table)}")


def _lines_of_notes(table: etree._Element) -> int:
    """The most lines that the notes of a table take at the foot of its page."""
    called = {call.get("href", "").removeprefix("#") for call in table.iter("a") if call.get("class") == "noteref"}
    notes = [each for each in table.getroottree().iter("aside") if each.get("id") in called] if called else []
    lengths = [len("".join(map(str, note.itertext()))) for note in notes]
    return sum(1 + length // LETTERS_OF_NOTE for length in lengths) + (2 if notes else 0)


def _around(table: etree._Element) -> etree._Element:
    """What is around a table with its caption; a table without one gets it here."""
    parent = table.getparent()
    assert parent is not None  # it stands in a section
    if "table" in parent.get("class", "").split():
        return parent
    around = etree.Element("div")
    parent.replace(table, around)
    around.append(table)
    around.tail, table.tail = table.tail, None
    return around


# ---- on laid-out pages


@dataclass(frozen=True)
class PageTable:
    """A table on a page."""

    number: int
    is_turned: bool
    is_over: bool
    """Whether it runs over the edge: of the type area, or, turned, of the page of its own."""


def tables(page: PageBoxes) -> Iterator[PageTable]:
    """The tables of a page."""
    for number, table, around in _tables(page, page.boxes, None):
        element = page.element(table)
        if element is not None and TURNED in element.get("class").split():
            yield PageTable(number, is_turned=True, is_over=around is None or _is_larger(table, around))
        else:
            beyond = page.left - table.area.left if table.from_right else table.area.right - page.right
            yield PageTable(number, is_turned=False, is_over=beyond > _NEARLY)


def tables_without_rows(page: PageBoxes) -> Iterator[int]:
    """The numbers of the tables that show a caption on a page and no row: the engine finds no room for the first."""
    waiting = list(page.boxes)
    while waiting:
        box = waiting.pop()
        element = page.element(box)
        if element is None or not element.get("data-table"):
            waiting += box.children
        elif "caption" in (tags := set(_tags(page, box))) and "tbody" not in tags:
            yield int(element.get("data-table"))


def _tags(page: PageBoxes, box: LaidBox) -> Iterator[str]:
    """The names of the elements in a box."""
    for child in box.children:
        element = page.element(child)
        if element is not None:
            yield element.tag
        yield from _tags(page, child)


def _is_larger(table: LaidBox, around: LaidBox) -> bool:
    """Whether a table, turned, is larger than what is around it."""
    high, wide = table.bottom - table.top, table.area.right - table.area.left
    return high > around.area.right - around.area.left + _NEARLY or wide > around.bottom - around.top + _NEARLY


def _tables(
    page: PageBoxes, boxes: Iterable[LaidBox], around: LaidBox | None
) -> Iterator[tuple[int, LaidBox, LaidBox | None]]:
    """The tables among boxes, by number, with what is around them."""
    for box in boxes:
        element = page.element(box)
        if element is not None and element.get("data-table") and box.kind == "table":
            yield int(element.get("data-table")), box, around
        else:
            is_around = element is not None and "table" in element.get("class").split()
            yield from _tables(page, box.children, box if is_around else around)
