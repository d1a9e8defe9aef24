"""Tables of MyST: lists of lists, and values with commas, as tables with bars. Pure."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from itertools import zip_longest

from pressroom.importing.folders.typed_lines import TypedLine, text_of

_ROW = re.compile(r"^\s*[*-]\s+[-*](?:\s+(.*))?$")
_CELL = re.compile(r"^\s+[-*](?:\s+(.*))?$")


def list_table(lines: Sequence[TypedLine], heads: int) -> list[TypedLine]:
    """A list of rows, each a list of cells, as a table. What has several lines in a cell is joined."""
    rows: list[list[list[TypedLine]]] = []
    for line in lines:
        if match := _ROW.match(line.text):
            rows.append([[line.saying(match[1] or "")]])
        elif rows and (match := _CELL.match(line.text)) and len(line.indent) <= 4:
            rows[-1].append([line.saying(match[1] or "")])
        elif rows and not line.is_blank:
            rows[-1][-1].append(line.saying(line.text.strip()))
    cells = [[" ".join(part.text for part in cell) for cell in row] for row in rows]
    return _table(cells, heads, [row[0][0] for row in rows])


def csv_table(lines: Sequence[TypedLine], header: str, heads: int) -> list[TypedLine]:
    """Values with commas as a table."""
    kept = [line for line in lines if not line.is_blank]
    rows = list(csv.reader(text_of(kept).splitlines(), skipinitialspace=True))
    if header:
        rows = [*csv.reader([header], skipinitialspace=True), *rows]
        kept = [kept[0], *kept] if kept else []
    return _table(rows, max(heads, 1 if header else 0), kept)


def _table(rows: list[list[str]], heads: int, places: Sequence[TypedLine]) -> list[TypedLine]:
    """Rows as a table with bars. One without a head has an empty one, since these tables cannot do without."""
    if not rows or not places:
        return []
    width = max(map(len, rows))
    head = (
        [" ".join(filter(None, cells)) for cells in zip_longest(*rows[:heads], fillvalue="")] if heads else [""] * width
    )
    lines = [_row([*head, *[""] * (width - len(head))]), f"|{'---|' * width}"]
    lines += [_row([*row, *[""] * (width - len(row))]) for row in rows[heads:]]
    return [places[min(max(0, n - 1), len(places) - 1)].saying(line) for n, line in enumerate(lines)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
