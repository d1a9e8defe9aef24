"""Tags of tables: every data cell refers to the header cells of its row and column (ISO 32000-1, 14.8.5.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from pressroom.typeset.elements import CONTINUED_ROW, DocumentElement
from pressroom.typeset.tags.tagged_unit import TaggedUnit, name_of
from pressroom.typeset.tags.tree import Tag, TagNode, grouped

TableKids = Callable[[DocumentElement], tuple[TagNode, ...]]
_GROUPS = {"thead": "THead", "tbody": "TBody", "tfoot": "TFoot"}


@dataclass(frozen=True, eq=False)
class _Cell:
    """A cell, and the rows and columns (from 0) that it spans."""

    element: DocumentElement
    rows: range
    columns: range

    @property
    def is_head(self) -> bool:
        return name_of(self.element) == "th"

    @property
    def scope(self) -> str:
        """Whether a header cell is for a row or a column; Markdown has column headers only."""
        scope = self.element.get("scope", "")
        return "Row" if scope in ("row", "rowgroup") else "Column"


def table(element: DocumentElement, source: TaggedUnit, kids: TableKids) -> tuple[TagNode, ...]:
    """The tags of a table, with its caption first."""
    rows = [e for e in element.iter() if _is_row(e) and _table_of(e, source) is element]
    cells = tuple(_laid_out(rows))
    heads = tuple(cell for cell in cells if cell.is_head)
    of_rows = {n: tuple(group) for n, group in groupby(cells, lambda cell: cell.rows[0])}
    ids = {cell.element: f"{_name(element, source)}-{cell.rows[0] + 1}-{cell.columns[0] + 1}" for cell in cells}
    made = {row: Tag("TR", tuple(_cell(c, heads, ids, source, kids) for c in of_rows.get(n, ())))
            for n, row in enumerate(rows)}  # fmt: skip
    captions = [node for e in element if name_of(e) == "caption" for node in kids(e)]
    found: list[TagNode] = [Tag("Caption", tuple(captions))] if captions else []
    for child in element:
        type = _GROUPS.get(name_of(child))
        if type and (inner := tuple(made[row] for row in child if row in made)):
            found.append(Tag(type, inner))
        elif child in made:
            found.append(made[child])
    return (Tag("Table", tuple(found)),) if made else kids(element)


def _cell(
    cell: _Cell, all_heads: tuple[_Cell, ...], ids: dict[DocumentElement, str], source: TaggedUnit, kids: TableKids
) -> Tag:
    spans = {"RowSpan": len(cell.rows), "ColSpan": len(cell.columns)}
    attributes: dict[str, object] = {name: span for name, span in spans.items() if span > 1}
    if cell.is_head:
        attributes["Scope"] = f"/{cell.scope}"
    elif heads := [ids[head.element] for head in _heads(cell, all_heads)]:
        attributes["Headers"] = heads
    tag = grouped("TH" if cell.is_head else "TD", kids(cell.element))
    id = ids[cell.element] if cell.is_head else ""
    return Tag(tag.type, tag.kids, source.lang(cell.element), id=id, attributes={"Table": attributes})


def _is_row(element: DocumentElement) -> bool:
    """Whether an element is a row of the manuscript; the row that says “continued” is part of a repeated head."""
    return name_of(element) == "tr" and bool(element.children) and element.get("class") != CONTINUED_ROW


def _heads(cell: _Cell, all_heads: tuple[_Cell, ...]) -> Iterator[_Cell]:
    for head in all_heads:
        if (head.scope == "Row" and _meet(head.rows, cell.rows)) or (
            head.scope == "Column" and _meet(head.columns, cell.columns) and head.rows[0] < cell.rows[0]
        ):
            yield head


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _laid_out(rows: list[DocumentElement]) -> Iterator[_Cell]:
    """The cells with their rows and columns; cells that span down from rows above keep their places."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for element in row:
            while (number, column) in taken:
                column += 1
            across, down = (max(1, int(element.get(name, "1") or 1)) for name in ("colspan", "rowspan"))
            cell = _Cell(element, range(number, number + down), range(column, column + across))
            taken |= {(r, c) for r in cell.rows for c in cell.columns}
            yield cell


def _table_of(row: DocumentElement, source: TaggedUnit) -> DocumentElement | None:
    return next((e for e in source.around(row) if name_of(e) == "table"), None)


def _name(element: DocumentElement, source: TaggedUnit) -> str:
    """A prefix for the ids of a table’s header cells, unique in the publication: its unit and its number there."""
    unit = next((e.get("id", "") for e in source.root.iter("section") if e.get("id")), "")
    tables = [e for e in source.root.iter() if name_of(e) == "table"]
    return f"{unit}-table-{tables.index(element) + 1}"
