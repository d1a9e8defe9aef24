"""Continued tables: the row of a table's head that says so is laid out on later pages, and not where the table begins.

The engine repeats a head whole. Its function for tables is stood in for while pages are laid out, and handed a copy of
the table without that row where it begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import block

from pressroom.typeset.elements import CONTINUED_ROW

_table_layout = block.table_layout


@contextmanager
def continuing_tables() -> Iterator[None]:
    """A block in which the engine lays tables out so."""
    block.table_layout = _laid_out
    try:
        yield
    finally:
        block.table_layout = _table_layout


def _laid_out(context: Any, table: Any, bottom_space: Any, skip_stack: Any, *more: Any) -> Any:
    # The engine knows the borders of a table that collapses them by the numbers of its rows: it has no such row at all.
    if not skip_stack or table.style["border_collapse"] == "collapse":
        table = _without_row(table)
    return _table_layout(context, table, bottom_space, skip_stack, *more)


def _without_row(table: Any) -> Any:
    head = table.children[0] if table.children and table.children[0].is_header else None
    kept = [row for row in head.children if not _is_continued(row)] if head else []
    if head is None or len(kept) == len(head.children):
        return table
    return table.copy_with_children([head.copy_with_children(kept), *table.children[1:]])


def _is_continued(row: Any) -> bool:
    return row.element is not None and row.element.get("class") == CONTINUED_ROW
