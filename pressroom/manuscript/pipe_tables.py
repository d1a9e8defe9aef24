"""Tables: rows that are longer than the head of their table keep all their cells.

GitHub's rule for tables drops such cells. Here the table gets more columns, with empty cells in the shorter rows.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

WIDEST = 250
"""Columns of a table that the page engine is asked for: it takes minutes and more than 1 GB for many rows of more."""
MOST_CELLS = 20_000
"""Cells of a table that the page engine is asked for: each takes some 40 kB of memory."""
MOST_COLUMNS = 500
"""The most columns that a table gets by a longer row."""
MOST_ADDED = 50_000
"""The most cells that a table gets beside its own: a single row of many cells would make a table of millions."""

_RULE = re.compile(r":?-{3,}:?")
"""A cell of the line under the head."""


def whole_tables(dialect: MarkdownIt) -> None:
    """Keep the cells beyond the head of a table. `meta` of the table has the lines of its longer rows, from 0."""
    ruler = dialect.block.ruler
    read = dict(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))["table"]

    def table(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: FBT001  # the parser's form
        start = len(state.tokens)
        found = read(state, first, last, silent)
        if found and not silent:
            state.tokens[start:] = _whole(state, state.tokens[start:])
        return found

    ruler.at("table", table, {"alt": ["paragraph", "reference"]})


def _whole(state: StateBlock, tokens: list[Token]) -> list[Token]:
    head = sum(token.type == "th_open" for token in tokens)
    rows_typed = sum(token.type == "tr_open" for token in tokens)
    if head > WIDEST or head * rows_typed > MOST_CELLS:  # an error tells it: its cells need not be read
        tokens[0].meta["cells"] = head * rows_typed
        return [*tokens[: next(n for n, token in enumerate(tokens) if token.type == "thead_close") + 1], tokens[-1]]
    rows = {token.map[0]: _cells(state, token.map[0]) for token in tokens if token.type == "tr_open" and token.map}
    bare = [line for line in rows if "|" not in state.src[state.bMarks[line] : state.eMarks[line]]]
    if head > 1 and bare:
        tokens[0].meta["rows bare"] = bare
    ruled = [line for line, cells in rows.items() if len(cells) > 1 and all(map(_RULE.fullmatch, cells))]
    if ruled:
        tokens[0].meta["rows ruled"] = ruled
    longer = {line: cells for line, cells in rows.items() if len(cells) > head}
    if not longer:
        return tokens
    columns = max(map(len, longer.values()))
    is_too_large = columns > MOST_COLUMNS or (columns - head) * len(rows) > MOST_ADDED
    tokens[0].meta["rows cut" if is_too_large else "rows longer"] = sorted(longer)
    if is_too_large:
        return tokens
    whole: list[Token] = []
    for token in tokens:
        if token.type == "tr_close":
            line = next(each.map[0] for each in reversed(whole) if each.type == "tr_open" and each.map)
            kind = next(each.tag for each in reversed(whole) if each.tag in ("th", "td"))
            more = longer.get(line, [])[head:columns]
            for text in [*more, *[""] * (columns - head - len(more))]:
                whole += _cell(kind, text, line, token.level)
        whole.append(token)
    return whole


def _cells(state: StateBlock, line: int) -> list[str]:
    """The cells of a row as typed, without the pipes around it."""
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
    cells = escapedSplit(text)
    if cells and cells[0] == "":
        cells.pop(0)
    if cells and cells[-1] == "":
        cells.pop()
    return [cell.strip() for cell in cells]


def _cell(tag: str, text: str, line: int, level: int) -> list[Token]:
    opening, closing = Token(f"{tag}_open", tag, 1), Token(f"{tag}_close", tag, -1)
    words = Token("inline", "", 0, content=text, map=[line, line + 1], children=[])
    for token, depth in ((opening, 1), (words, 2), (closing, 1)):
        token.block, token.level = True, level + depth
    return [opening, words, closing]
