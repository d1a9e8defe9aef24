"""Ends of blocks: code that is never closed, rules under text, rows of a table that end after its head does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Finding, Place, Source, advice, error, warning
from pressroom.manuscript import breaks, markup
from pressroom.manuscript.nesting_depth import DEEPEST, TOO_DEEP
from pressroom.manuscript.pipe_tables import MOST_CELLS, WIDEST
from pressroom.manuscript.spellings import OPEN_BRACKETS


def findings(nodes: Sequence[Node], source: Source) -> Iterator[Finding]:
    """The findings on fences and tables in a run of blocks, also inside lists, quotations and notes."""
    for node in (each for top in nodes for each in top.walk()):
        if node.type == "fence" and not _is_closed(node, source):
            place = source.find(node.markup, *markup.lines_of(node))
            why = f"This code is never closed: all that follows is printed as code, to line {markup.lines_of(node)[1]}."
            yield error("fence-open", place, why, f"Add a line {node.markup} where the code ends.")
        elif node.type in ("html_block", "html_inline"):
            yield from _html_findings(node, source)
        elif TOO_DEEP in node.meta:
            why = f"More than {DEEPEST} marks of emphasis or links stand inside one another; the inner ones do nothing."
            yield warning("emphasis-deep", source.place(markup.lines_of(node)[0]), why, "Count the signs on this line.")
        elif OPEN_BRACKETS in node.meta:
            why = (
                f"{node.meta[OPEN_BRACKETS]} brackets are opened here and never closed; they are printed as they stand."
            )
            yield warning("brackets-open", source.place(markup.lines_of(node)[0]), why, "Close them, or delete them.")
        elif node.type == "hr" and breaks.UNDER_TEXT in node.meta:
            why = "This rule stands right under text. It is set as a break; elsewhere it makes all of it a heading."
            yield advice("rule-under-text", source.place(markup.lines_of(node)[0]), why, "Leave a blank line above it.")
        elif node.type == "heading" and node.markup in ("-", "=") and _underline(node, source) == node.markup:
            why = f"A single {node.markup} under this line makes it a heading."
            remedy = "If it is one, write ## before it; else delete the sign, or leave a blank line above it."
            yield warning("heading-sign", source.place(markup.lines_of(node)[0]), why, remedy)
        elif node.type == "table":
            yield from _table_findings(node, source.place(markup.lines_of(node)[0]))


def _table_findings(table: Node, place: Place) -> Iterator[Finding]:
    columns = sum(1 for node in table.children[0].walk() if node.type in ("th", "td")) if table.children else 0
    if table.children and table.children[0].type == "thead" and columns > WIDEST:
        why = f"This table has {columns} columns: no page has room for them, nor a screen."
        yield error("table-wide", place, why, "Make several tables of it, or print what matters of it.")
    elif table.meta.get("cells", 0) > MOST_CELLS:
        why = f"This table has {table.meta['cells']} cells: it takes hundreds of pages, and too much memory."
        yield error("table-long", place, why, "Make several tables of it, or print what matters of it.")
    if "rows cut" in table.meta:
        why = f"Row{_lines(table, 'rows cut')} of this table have far more cells than its head; they would be lost."
        yield error("table-cells", place, why, "Give the head as many cells.")
    elif "rows bare" in table.meta:
        why = f"Row{_lines(table, 'rows bare')} of this table: words without a bar, which are read as its first cell."
        yield advice("table-cells", place, why, "Leave a blank line under the table, if they are a paragraph.")
    if "rows ruled" in table.meta:
        why = f"Row{_lines(table, 'rows ruled')} of this table: a second line of dashes, which is printed as cells."
        yield warning("table-cells", place, why, "Delete it, or make two tables: a table has one head.")
    if "rows longer" in table.meta:
        why = f"Row{_lines(table, 'rows longer')} of this table: more cells than its head, which gets empty ones."
        remedy = "Give the head as many cells; write \\| for a bar that is part of the text."
        yield advice("table-cells", place, why, remedy)


def _html_findings(node: Node, source: Source) -> Iterator[Finding]:
    """The findings on a block of HTML without its end, and on a comment that takes in more than was meant."""
    if node.type == "html_block" and (end := _missing_end(node.content)):
        first, last = markup.lines_of(node)
        why = f"This HTML is never closed: all that follows is read as a part of it, to line {last}."
        yield error("html-open", source.place(first), why, f"Add {end} where it ends.")
    elif sign := _runs_on(node.content):
        block = node
        while not block.map and block.parent is not None:
            block = block.parent
        first, last = markup.lines_of(block)
        place = source.find(sign, source.find("<!--", first, last).line, last)
        why = "This stands in a comment that ends only at the next -->: nothing is printed up to there."
        remedy = "A comment ends with two hyphens, -->; and none can stand in another."
        yield warning("comment-runs-on", place, why, remedy)


_RAW = re.compile(r"\s*<((?:pre|script|style|textarea)(?![\w-])|!--|\?|!\[CDATA\[)", re.IGNORECASE)
"""How HTML begins that goes on to its end whatever stands in it (CommonMark 0.31, 4.6, kinds 1 to 5)."""
_ENDS = {"!--": "-->", "?": "?>", "![cdata[": "]]>"}


def _missing_end(html: str) -> str:
    """The end that raw HTML lacks; empty if it has one, or needs none."""
    begins = _RAW.match(html)
    name = begins[1].lower() if begins else ""
    end = _ENDS.get(name, f"</{name}>") if name else ""
    return "" if end in html.lower() else end


def _runs_on(html: str) -> str:
    """The sign in a comment by which more seems to be left out than was meant; empty if there is none."""
    comment = html[: html.find("-->")] if html.lstrip().startswith("<!--") and "-->" in html else ""
    inside = comment.lstrip()[4:]
    return next((sign for sign in ("–>", "—>", "<!--") if sign in inside), "")


def _underline(heading: Node, source: Source) -> str:
    """The signs under a heading."""
    return source.place(markup.lines_of(heading)[1]).excerpt.strip(" \t>")


def _is_closed(fence: Node, source: Source) -> bool:
    first, last = markup.lines_of(fence)
    ending = source.place(last).excerpt.strip(" \t>")
    return last > first and len(ending) >= len(fence.markup) and not ending.strip(fence.markup[0])


def _lines(table: Node, key: str) -> str:
    """“s on lines 4, 5 and more”."""
    lines = [line + 1 for line in table.meta[key]]
    shown = ", ".join(map(str, lines[:5])) + (" and more" if len(lines) > 5 else "")
    return f" on line {shown}" if len(lines) == 1 else f"s on lines {shown}"
