"""Tables on pages: which may go on overleaf, which are too wide, and what is said of one that goes on."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from pressroom.typeset.elements import CONTINUED_ROW

MOST_ROWS_TOGETHER = 12
"""The rows of a table that are kept on one page. A longer table begins where it stands, and goes on overleaf."""


def number_tables(root: etree._Element, classes: Mapping[int, str]) -> None:
    """Number the tables of a unit in the order of the manuscript, and add the classes of those that are too wide."""
    for number, table in enumerate(root.iter("table"), 1):
        table.set("data-table", str(number))
        if sum(1 for _ in table.iter("tr")) > MOST_ROWS_TOGETHER:
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
