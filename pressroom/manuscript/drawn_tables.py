"""Tables that are drawn with characters, as Pandoc writes those of Word: simple, multiline and grid tables.

The grammar is that of Pandoc's manual (“Tables”). A grid table with spans is left as text, which is reported.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

_DASHES = re.compile(r" {0,3}-{2,}(?: +-+)* *")
_COLUMNS = re.compile(r" {0,3}-{2,}(?: +-{2,})+ *")
_WHOLE = re.compile(r" {0,3}-{3,} *")
_GRID = re.compile(r"\+(?::?-{2,}:?\+)+")
_GRID_LINE = re.compile(r"\+(?::?[-=]{2,}:?\+)+")
_BLOCKS = re.compile(r"\n[ \t]*\n|^[ \t]*(?:[-*+]|\d+[.)])[ \t]", re.MULTILINE)


@dataclass(frozen=True)
class _Row:
    line: int
    cells: list[str]


@dataclass(frozen=True)
class _Drawn:
    """A table as it was drawn."""

    end: int
    """The line after it, from 0."""
    body: list[_Row]
    head: _Row | None = None
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
    body = [_Row(n, _cut(lines[n], columns)) for n in range(first + 2, end)]
    after = end + 1 if lines[end].strip() else end
    head = _Row(first, _cut(lines[first], columns))
    return _Drawn(after, body, head, [_alignment(lines[first], span) for span in columns])


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
    head = _joined(lines, range(first + 1, inner), columns) if inner > first else None
    numbers = range(inner + 1, close)
    chunks = [list(run) for blank, run in groupby(numbers, key=lambda n: not lines[n].strip()) if not blank]
    if len(chunks) == 1 and all(_cut(lines[n], columns)[0] for n in chunks[0]):
        chunks = [[n] for n in chunks[0]]
    aligned = [_alignment(lines[inner - 1], span) for span in columns] if head else []
    return _Drawn(close + 1, [_joined(lines, chunk, columns) for chunk in chunks], head, aligned)


def _joined(lines: _Lines, numbers: Sequence[int], columns: Sequence[tuple[int, int]]) -> _Row:
    rows = [_cut(lines[n], columns) for n in numbers]
    return _Row(numbers[0], ["\n".join(filter(None, cells)) for cells in zip(*rows, strict=True)])


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
    corners = [n for n, sign in enumerate(lines[first].strip()) if sign == "+"]
    rows: list[_Row] = []
    head: _Row | None = None
    aligned = _grid_alignment(lines[first].strip())
    n, start = first + 1, first + 1
    while (line := lines[n].strip())[:1] in ("|", "+") and line:
        if _GRID_LINE.fullmatch(line):
            if n > start:
                rows.append(_Row(start, _boxes(lines, range(start, n), corners)))
            if "=" in line and head is None and len(rows) == 1:
                head, aligned = rows.pop(), _grid_alignment(line)
            start = n + 1
        elif not _has_walls(line, corners):
            return None
        n += 1
    return _Drawn(n, rows, head, aligned) if n == start else None


def _grid_alignment(line: str) -> list[str]:
    names = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): ""}
    return [names[part[0] == ":", part[-1] == ":"] for part in line.strip("+").split("+")]


def _boxes(lines: _Lines, numbers: Sequence[int], corners: Sequence[int]) -> list[str]:
    cells = []
    for left, right in pairwise(corners):
        texts = [_between(lines[n].strip(), left, right) for n in numbers]
        margin = min((len(text) - len(text.lstrip()) for text in texts if text.strip()), default=0)
        cells.append("\n".join(text[margin:].rstrip() for text in texts).strip("\n"))
    return cells


def _between(line: str, left: int, right: int) -> str:
    return "".join(sign for sign, at in _placed(line) if left < at < right)


def _has_walls(line: str, corners: Sequence[int]) -> bool:
    """Whether a line has a bar at every corner: one without is a cell over several columns."""
    return {at for sign, at in _placed(line) if sign == "|"}.issuperset(corners)


def _placed(line: str) -> Iterator[tuple[str, int]]:
    at = 0
    for sign in line:
        yield sign, at
        at += _width(sign)


# ---- tokens


def _push(state: StateBlock, drawn: _Drawn, first: int) -> None:
    state.line = drawn.end
    state.push("table_open", "table", 1).map = [first, drawn.end]
    if drawn.head is not None and any(drawn.head.cells):
        state.push("thead_open", "thead", 1).map = [drawn.head.line, drawn.head.line + 1]
        _push_row(state, drawn.head, "th", drawn.aligned)
        state.push("thead_close", "thead", -1)
    state.push("tbody_open", "tbody", 1).map = [drawn.body[0].line, drawn.end]
    for row in drawn.body:
        _push_row(state, row, "td", drawn.aligned)
    state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)


def _push_row(state: StateBlock, row: _Row, tag: str, aligned: Sequence[str]) -> None:
    lines = [row.line, row.line + 1 + max(cell.count("\n") for cell in row.cells)]
    state.push("tr_open", "tr", 1).map = lines
    for n, text in enumerate(row.cells):
        cell = state.push(f"{tag}_open", tag, 1)
        if n < len(aligned) and aligned[n]:
            cell.attrs = {"style": f"text-align:{aligned[n]}"}
        if _BLOCKS.search(text):
            _push_blocks(state, text, row.line)
        else:
            words = state.push("inline", "", 0)
            words.content, words.map, words.children = text, lines, []
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
