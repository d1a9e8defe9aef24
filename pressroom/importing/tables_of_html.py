"""Tables of HTML as ours: with bars where every cell is a line, else drawn as a grid, whose cells may span others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pressroom.errors import Severity
from pressroom.importing.figures_of_html import take_typed_label
from pressroom.importing.html_page import HtmlPage, WriteBlocks
from pressroom.importing.html_styles import own_styles
from pressroom.importing.html_tree import BLOCKS, HtmlElement, is_empty, nodes_of, words_in
from pressroom.importing.words_of_html import line_of

_MOST_COLUMNS = 200
_LINE_BREAK = "<br>"
_CROSSING = re.compile(r"\\?\+(?=[-=])|(?<=[-=])\+")
_SIDE = re.compile(r"(?:[\w-]*(?:text|align)-)?(left|right|center)")
"""Classes that say how a cell is aligned: “right”, “has-text-align-right”."""
_SIDES = {"left": "left", "right": "right", "center": "center", "centre": "center"}


@dataclass
class _Cell:
    """A cell with its place in the table, of which columns and rows count from 0."""

    row: int
    column: int
    down: int
    across: int
    element: HtmlElement | None
    text: str = ""


@dataclass
class _Plan:
    """The cells of a table, and how many rows and columns there are."""

    cells: list[_Cell] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    head: int = 0
    """How many rows are its head."""

    @property
    def is_plain(self) -> bool:
        """Whether every cell is one line of one row and column."""
        spans = any(cell.down > 1 or cell.across > 1 for cell in self.cells)
        return self.head == 1 and not spans and not any("\n" in cell.text for cell in self.cells)


def table_of(table: HtmlElement, page: HtmlPage, blocks: WriteBlocks) -> list[str]:
    """A table as blocks of Markdown; one of a single cell, which is a box, as what is in it."""
    plan = _plan(table)
    filled = [cell for cell in plan.cells if cell.element is not None and not is_empty(cell.element)]
    if len(plan.cells) == 1 or not filled:
        return [block for cell in filled if cell.element is not None for block in blocks(cell.element)]
    for cell in filled:
        cell.text = _cell_text(cell, page, blocks)
    written = _with_bars(plan) if plan.is_plain else _drawn(plan)
    caption = _caption(table, page)
    return [f"{written}\n\n{caption}" if caption else written]


def _caption(table: HtmlElement, page: HtmlPage) -> str:
    """The line under a table, with its caption and id."""
    found = next((child for child in table if child.tag == "caption"), None)
    if found is not None:
        take_typed_label(found, page)
    text = line_of(nodes_of(found), page, " ") if found is not None else ""
    id = f"{{#{table.get('data-id')}}}" if table.get("data-id") else ""
    return f"Table: {' '.join(filter(None, (text, id)))}" if text else id


# ---- cells


def _plan(table: HtmlElement) -> _Plan:
    """Give every cell its place, as browsers do, and put empty ones where there are none."""
    plan, taken = _Plan(), set[tuple[int, int]]()
    rows = [*_rows(table)]
    plan.rows = len(rows)
    for n, row in enumerate(rows):
        column = 0
        for element in (each for each in row if each.tag in ("td", "th")):
            while (n, column) in taken:
                column += 1
            if column >= _MOST_COLUMNS:
                break
            cell = _Cell(n, column, _span(element, "rowspan", plan.rows - n), 1, element)
            across = _span(element, "colspan", _MOST_COLUMNS - column)
            while cell.across < across and (n, column + cell.across) not in taken:
                cell.across += 1
            taken |= {(n + down, column + right) for down in range(cell.down) for right in range(cell.across)}
            plan.cells.append(cell)
    plan.columns = 1 + max((column for _, column in taken), default=-1)
    empty = ((n, m) for n in range(plan.rows) for m in range(plan.columns) if (n, m) not in taken)
    plan.cells += [_Cell(n, m, 1, 1, None) for n, m in empty]
    plan.head = _head(rows, plan)
    return plan


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """The rows of a table, the head first and the foot last, without those of tables inside it."""
    parts = {"thead": 0, "tfoot": 2}
    for part in sorted(table, key=lambda each: parts.get(str(each.tag), 1)):
        if part.tag == "tr":
            yield part
        elif part.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in part if row.tag == "tr")


def _span(element: HtmlElement, name: str, most: int) -> int:
    typed = element.get(name, "1").strip()
    number = int(typed) if re.fullmatch(r"\d{1,6}", typed) else 1
    return max(1, min(most, number if number or name == "colspan" else most))


def _head(rows: Sequence[HtmlElement], plan: _Plan) -> int:
    """How many rows are the head: those that say so, or the first one if it has nothing but heads of columns."""
    said = sum(1 for row in rows if (parent := row.getparent()) is not None and parent.tag == "thead")
    if not said and len(rows) > 1:
        first = [cell for cell in rows[0] if cell.tag in ("td", "th")]
        said = int(bool(first) and all(cell.tag == "th" for cell in first))
    while 0 < said < plan.rows and any(cell.row < said < cell.row + cell.down for cell in plan.cells):
        said += 1
    return said if said < plan.rows else 0


def _cell_text(cell: _Cell, page: HtmlPage, blocks: WriteBlocks) -> str:
    """The Markdown of a cell: a line, or blocks."""
    assert cell.element is not None
    if not any(each.tag in BLOCKS - {"p", "div", "center"} for each in cell.element.iterdescendants("*")):
        return line_of(nodes_of(cell.element), page, _LINE_BREAK)
    for inner in [*cell.element.iterdescendants("table")]:
        page.remark("import-table-inside", Severity.WARNING, inner, words_in(inner)[:60])
        _open_table(inner)
    return "\n\n".join(blocks(cell.element))


def _open_table(table: HtmlElement) -> None:
    """Make paragraphs of the cells of a table that stands inside another."""
    for element in table.iter("*"):
        if element.tag in ("td", "th", "caption"):
            element.tag = "div"
        elif element.tag in ("table", "thead", "tbody", "tfoot", "tr"):
            element.tag = "section"


# ---- writing


def _alignments(plan: _Plan) -> list[str]:
    """How columns are aligned: as their last cells are."""
    found = [""] * plan.columns
    for cell in sorted(plan.cells, key=lambda each: each.row):
        if cell.element is not None and cell.across == 1:
            said = _side_of(cell.element)
            named = (_SIDE.fullmatch(name) for name in cell.element.get("class", "").split())
            found[cell.column] = _SIDES.get(said) or next((each[1] for each in named if each is not None), "")
    return found


def _side_of(element: HtmlElement) -> str:
    """How a cell is aligned by its style, its attribute or that of its only paragraph."""
    only = element[0] if len(element) == 1 and element[0].tag == "p" and not (element.text or "").strip() else element
    said = (own_styles(each).get("text-align") or each.get("align") for each in (element, only))
    return next(filter(None, said), "")


_RULES = {"": "---", "left": ":--", "right": "--:", "center": ":-:"}


def _with_bars(plan: _Plan) -> str:
    rows = [[""] * plan.columns for _ in range(plan.rows)]
    for cell in plan.cells:
        rows[cell.row][cell.column] = cell.text
    rules = f"|{'|'.join(_RULES[side] for side in _alignments(plan))}|"
    return "\n".join([_barred(rows[0]), rules, *map(_barred, rows[1:])])


def _barred(cells: Sequence[str]) -> str:
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


def _drawn(plan: _Plan) -> str:
    """A table as a drawing: its columns as wide as their longest lines, its rows as high as their cells."""
    texts = {id(cell): _grid_lines(cell.text) for cell in plan.cells}
    widths, heights = [3] * plan.columns, [1] * plan.rows
    for cell in sorted(plan.cells, key=lambda each: each.across):
        longest = max((sum(map(_width, line)) for line in texts[id(cell)]), default=0)
        missing = longest - _length(widths[cell.column : cell.column + cell.across])
        widths[cell.column + cell.across - 1] += max(0, missing)
    for cell in sorted(plan.cells, key=lambda each: each.down):
        missing = len(texts[id(cell)]) - _length(heights[cell.row : cell.row + cell.down], 1)
        heights[cell.row + cell.down - 1] += max(0, missing)
    columns, rows = _starts([width + 2 for width in widths]), _starts(heights)
    canvas = [[" "] * (columns[-1] + 1) for _ in range(rows[-1] + 1)]
    for cell in plan.cells:
        box = columns[cell.column], rows[cell.row], columns[cell.column + cell.across], rows[cell.row + cell.down]
        _draw(canvas, box, texts[id(cell)])
    if plan.head:
        canvas[rows[plan.head]] = [sign.replace("-", "=") for sign in canvas[rows[plan.head]]]
    _align(canvas[rows[plan.head]], columns, _alignments(plan))
    return "\n".join("".join(line).replace("\0", "").rstrip() for line in canvas)


def _grid_lines(text: str) -> list[str]:
    """The lines of a cell; a bar or a crossing in them is written so that it is no part of a box."""
    plain = _CROSSING.sub("&#43;", text.replace("\\|", "&#124;"))
    return plain.split("\n") if plain else []


def _length(parts: Sequence[int], between: int = 3) -> int:
    return sum(parts) + between * (len(parts) - 1)


def _starts(lengths: Sequence[int]) -> list[int]:
    """Where the lines around parts are, which are one sign apart from them."""
    starts = [0]
    for length in lengths:
        starts.append(starts[-1] + length + 1)
    return starts


def _draw(canvas: list[list[str]], box: tuple[int, int, int, int], lines: Sequence[str]) -> None:
    left, top, right, bottom = box
    for y in (top, bottom):
        for x in range(left, right + 1):
            canvas[y][x] = "+" if x in (left, right) or canvas[y][x] in "+|" else "-"
    for x in (left, right):
        for y in range(top + 1, bottom):
            canvas[y][x] = "+" if canvas[y][x] in "+-" else "|"
    for n, line in enumerate(lines, top + 1):
        x = left + 2
        for sign in line:
            width = _width(sign)
            if width:
                canvas[n][x : x + width] = [sign, *["\0"] * (width - 1)]
            else:
                canvas[n][x - 1] += sign
            x += width


def _width(sign: str) -> int:
    """The places that a letter takes in a drawing, as docutils counts them, which reads it."""
    return 0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _align(line: list[str], columns: Sequence[int], sides: Sequence[str]) -> None:
    """Put the colons into a rule that say how columns are aligned."""
    if not set(line) <= set("+-="):
        return
    for left, right, side in zip(columns, columns[1:], sides, strict=False):
        if side in ("left", "center"):
            line[left + 1] = ":"
        if side in ("right", "center"):
            line[right - 1] = ":"
