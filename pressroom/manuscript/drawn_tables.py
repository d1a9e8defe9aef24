"""Tables that are drawn with characters, as Pandoc writes those of Word: simple, multiline and grid tables.

The grammar is that of Pandoc's manual (“Tables”). Docutils reads the lines of a grid, whose cells may span columns and
rows; one that it cannot read is left as text, which is reported.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

_DASHES = re.compile(r" {0,3}-{2,}(?: +-+)* *")
_COLUMNS = re.compile(r" {0,3}-{2,}(?: +-{2,})+ *")
_WHOLE = re.compile(r" {0,3}-{3,} *")
_GRID = re.compile(r"\+(?::?-{2,}:?\+)+")
_GRID_LINE = re.compile(r"\+(?::?[-=]{2,}:?\+)+")
_PIPED_LINE = re.compile(r"\|(?: ?:?-{2,}:? ?\|)+")
_WIDE = "\ue0f2"
"""A private character behind each of double width, so that columns of characters are columns of the table."""
_BLOCKS = re.compile(r"\n[ \t]*\n|^[ \t]*(?:[-*+]|\d+[.)])[ \t]", re.MULTILINE)


@dataclass(frozen=True)
class _Cell:
    text: str
    column: int
    """From 0."""
    across: int = 1
    down: int = 1
    """The columns and rows that it spans."""


@dataclass(frozen=True)
class _Row:
    line: int
    cells: Sequence[_Cell]

    @classmethod
    def of(cls, line: int, texts: Iterable[str]) -> _Row:
        """A row in which no cell spans others."""
        return cls(line, [_Cell(text, column) for column, text in enumerate(texts)])


@dataclass(frozen=True)
class _Drawn:
    """A table as it was drawn."""

    end: int
    """The line after it, from 0."""
    body: list[_Row]
    head: Sequence[_Row] = ()
    aligned: Sequence[str] = field(default_factory=list)
    """The alignment of each column: left, right, center, or empty."""


def drawn_tables(dialect: MarkdownIt) -> None:
    """Read the tables that Pandoc draws."""
    dialect.block.ruler.before("fence", "drawn_table", _drawn_table, {"alt": ["paragraph", "reference"]})


def _drawn_table(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001  # the parser's form
    if state.is_code_block(first):
        return False
    lines = _Lines(state, last)
    line = lines[first]
    if _GRID.fullmatch(line.strip()):
        drawn = _grid(lines, first)
    elif _DASHES.fullmatch(line):
        drawn = _bounded(lines, first)
    elif line.strip() and _COLUMNS.fullmatch(lines[first + 1]):
        drawn = _simple(lines, first)
    else:
        return False
    if drawn is None or not drawn.body:
        return False
    if not silent:
        _push(state, drawn, first)
    return True


@dataclass(frozen=True)
class _Lines:
    """The lines of the block that is being parsed; empty ones after its end."""

    state: StateBlock
    last: int

    def __getitem__(self, n: int) -> str:
        if n >= self.last or (self.state.sCount[n] < self.state.blkIndent and not self.state.isEmpty(n)):
            return ""
        return self.state.getLines(n, n + 1, self.state.blkIndent, False).expandtabs(4).rstrip()  # noqa: FBT003


# ---- simple and multiline tables


def _simple(lines: _Lines, first: int) -> _Drawn | None:
    """A head, a line of dashes for each column, and rows up to a blank line or to dashes."""
    columns = _spans(lines[first + 1])
    end = first + 2
    while lines[end].strip() and not _DASHES.fullmatch(lines[end]):
        end += 1
    body = [_Row.of(n, _cut(lines[n], columns)) for n in range(first + 2, end)]
    after = end + 1 if lines[end].strip() else end
    head = _Row.of(first, _cut(lines[first], columns))
    return _Drawn(after, body, [head], [_alignment(lines[first], span) for span in columns])


def _bounded(lines: _Lines, first: int) -> _Drawn | None:
    """Rows between two lines of dashes; those of several lines are parted by blank lines."""
    inner = first
    while lines[inner].strip() and not _COLUMNS.fullmatch(lines[inner]):
        inner += 1
    if not lines[inner].strip() or (inner != first and not _WHOLE.fullmatch(lines[first])):
        return None  # a break
    close = next((n for n in range(inner + 1, lines.last) if _DASHES.fullmatch(lines[n])), None)
    if close is None or lines[close + 1].strip():
        return None
    columns = _spans(lines[inner])
    head = [_joined(lines, range(first + 1, inner), columns)] if inner > first else []
    numbers = range(inner + 1, close)
    chunks = [list(run) for blank, run in groupby(numbers, key=lambda n: not lines[n].strip()) if not blank]
    if len(chunks) == 1 and all(_cut(lines[n], columns)[0] for n in chunks[0]):
        chunks = [[n] for n in chunks[0]]
    aligned = [_alignment(lines[inner - 1], span) for span in columns] if head else []
    return _Drawn(close + 1, [_joined(lines, chunk, columns) for chunk in chunks], head, aligned)


def _joined(lines: _Lines, numbers: Sequence[int], columns: Sequence[tuple[int, int]]) -> _Row:
    rows = [_cut(lines[n], columns) for n in numbers]
    return _Row.of(numbers[0], ["\n".join(filter(None, cells)) for cells in zip(*rows, strict=True)])


def _spans(dashes: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"-+", dashes)]


def _cut(line: str, columns: Sequence[tuple[int, int]]) -> list[str]:
    """The cells of a line, cut where columns begin."""
    starts = [0, *(start for start, _ in columns[1:]), 10**6]
    cells = ["" for _ in columns]
    at = 0
    for sign in line:
        n = next(n for n, (start, end) in enumerate(pairwise(starts)) if start <= at < end)
        cells[n] += sign
        at += _width(sign)
    return [cell.strip() for cell in cells]


def _width(sign: str) -> int:
    """The places that a character takes: a combining one none, one of CJK two."""
    return 0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _alignment(head: str, span: tuple[int, int]) -> str:
    """How a column is aligned: by where the words of its head lie over the dashes."""
    cell = head.ljust(span[1])[span[0] : span[1]]
    if not cell.strip():
        return ""
    at_left, at_right = cell[0] != " ", cell[-1] != " "
    return "" if at_left and at_right else "left" if at_left else "right" if at_right else "center"


# ---- grid tables


def _grid(lines: _Lines, first: int) -> _Drawn | None:
    """A table of boxes: everything up to a line that has no side of one."""
    from docutils.parsers.rst.tableparser import GridTableParser, TableMarkupError  # noqa: PLC0415  # few need it
    from docutils.statemachine import StringList  # noqa: PLC0415

    end = first
    while lines[end].strip()[:1] in ("|", "+"):
        end += 1
    drawn = [*_with_rules([lines[n].strip() for n in range(first, end)])]
    block = StringList(
        [
            _GRID_LINE.sub(lambda line: line[0].replace(":", "=" if "=" in line[0] else "-"), each)
            for each in _without_foot(drawn)
        ]
    )
    block.pad_double_width(_WIDE)
    try:
        _, head, body = GridTableParser().parse(block)
    except (TableMarkupError, IndexError, AssertionError):  # the latter two for lines that are too short or too long
        return None
    rule = next((line for line in drawn if _GRID_LINE.fullmatch(line) and "=" in line), drawn[0])
    return _Drawn(end, [*_rows(body, first)], [*_rows(head, first)], _grid_alignment(rule))


def _with_rules(drawn: Sequence[str]) -> Iterator[str]:
    """The lines of a grid; a line under its head that is drawn as one of a table with pipes becomes one of a grid."""
    has_head = any(_GRID_LINE.fullmatch(line) and "=" in line for line in drawn)
    for line in drawn:
        if _PIPED_LINE.fullmatch(line) and not has_head:
            has_head = True
            yield line.replace("|", "+").replace("-", "=").replace(" ", "=")
        else:
            yield line


def _without_foot(drawn: Sequence[str]) -> Iterator[str]:
    """The lines of a grid whose foot, which Pandoc puts between lines of =, is a part of its body."""
    heads = [n for n, line in enumerate(drawn) if _GRID_LINE.fullmatch(line) and "=" in line]
    for n, line in enumerate(drawn):
        yield line.replace("=", "-") if n in heads[1:] else line


def _rows(found: Iterable[Sequence[Any]], first: int) -> Iterator[_Row]:
    """Rows as docutils found them: the cells with the rows and columns that each spans beside its own."""
    for row in found:
        cells = [_Cell(_unpadded(each[3]), column, each[1] + 1, each[0] + 1) for column, each in enumerate(row) if each]
        yield _Row(first + next((each[2] for each in row if each), 0), cells)


def _unpadded(lines: Iterable[str]) -> str:
    """The text of a cell, without the margin that all of its lines have."""
    texts = [line.replace(_WIDE, "").rstrip() for line in lines]
    margin = min((len(text) - len(text.lstrip()) for text in texts if text), default=0)
    return "\n".join(text[margin:] for text in texts).strip("\n")


def _grid_alignment(line: str) -> list[str]:
    names = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): ""}
    return [names[part[0] == ":", part[-1] == ":"] for part in line.strip("+").split("+")]


# ---- tokens


def _push(state: StateBlock, drawn: _Drawn, first: int) -> None:
    state.line = drawn.end
    state.push("table_open", "table", 1).map = [first, drawn.end]
    if any(cell.text for row in drawn.head for cell in row.cells):
        state.push("thead_open", "thead", 1).map = [drawn.head[0].line, drawn.body[0].line]
        for row in drawn.head:
            _push_row(state, row, "th", drawn.aligned)
        state.push("thead_close", "thead", -1)
    state.push("tbody_open", "tbody", 1).map = [drawn.body[0].line, drawn.end]
    for row in drawn.body:
        _push_row(state, row, "td", drawn.aligned)
    state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)


def _push_row(state: StateBlock, row: _Row, tag: str, aligned: Sequence[str]) -> None:
    lines = [row.line, row.line + 1 + max((cell.text.count("\n") for cell in row.cells), default=0)]
    state.push("tr_open", "tr", 1).map = lines
    for cell in row.cells:
        opening = state.push(f"{tag}_open", tag, 1)
        opening.meta = {name: count for name, count in (("colspan", cell.across), ("rowspan", cell.down)) if count > 1}
        opening.meta["column"] = cell.column
        if cell.column < len(aligned) and aligned[cell.column]:
            opening.attrs = {"style": f"text-align:{aligned[cell.column]}"}
        if _BLOCKS.search(cell.text):
            _push_blocks(state, cell.text, row.line)
        else:
            words = state.push("inline", "", 0)
            words.content, words.map, words.children = cell.text, lines, []
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)


def _push_blocks(state: StateBlock, text: str, line: int) -> None:
    """The blocks of a cell: paragraphs and lists."""
    inner: list[Token] = []
    state.md.block.parse(text, state.md, state.env, inner)
    for token in inner:
        token.level += state.level
        token.map = [token.map[0] + line, token.map[1] + line] if token.map else None
    state.tokens += inner
