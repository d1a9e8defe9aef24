"""Index places: writes words marked for the index as the place to which their entry leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Place, error
from pressroom.manuscript import markup
from pressroom.publication import IndexMark

if TYPE_CHECKING:
    from pressroom.manuscript.prose import ProseWriter


def written(node: Node, writer: ProseWriter) -> str:
    """Words marked for the index, as the place to which the entry leads."""
    read = (*markup.MARK_KEYS, markup.MARK_RANGE)
    given = {name: _single_spaced(markup.attribute(node, name)) for name in markup.MARK_KEYS}
    term, place = given["term"] or _single_spaced(markup.plain_text(node.children)), _place_of(node, writer)
    if not term:
        why = "This mark for the index names no term."
        writer.findings.append(error("index-empty", place, why, 'Write [words]{.index}, or []{.index term="…"}.'))
        return f"<span{writer.attributes(node, read)}>{writer.inside(node.children)}</span>"
    # An underscore, which no anchor of a heading has: there may be a section “IX 1”.
    anchor = str(node.attrs.get("id", "")) or f"{writer.chapter_id}--ix_{len(writer.marks) + 1}"
    leads = not given["see"]
    through = _through(node, place, writer, leads=leads)
    writer.marks.append(
        IndexMark(term, place, given["sub"], anchor if leads else "", given["see"], given["see-also"], through)
    )
    kept = writer.attributes(node, read)
    id = f' id="{anchor}"' if leads and "id" not in node.attrs else ""
    return f"<span{kept}{id}>{writer.inside(node.children)}</span>"


def _through(node: Node, place: Place, writer: ProseWriter, *, leads: bool) -> tuple[str, ...]:
    """The id of the element that a mark names as the end of its page range; empty if it names none."""
    if markup.MARK_RANGE not in node.attrs:
        return ()
    given = markup.attribute(node, markup.MARK_RANGE)
    href = given if "#" in given or "." in given else f"#{given}"
    label = writer.labels.resolve(href, writer.source.file) if href != "#" else None
    if label is None:
        writer.findings.append(writer.labels.dead(href, writer.source.file, place))
    elif not leads:
        why = "A “see” entry leads to no pages, so that “through” has no meaning."
        writer.findings.append(error("index-range", place, why, "Take out “through”, or “see”."))
    return (label.id,) if label and leads else ()


def _place_of(node: Node, writer: ProseWriter) -> Place:
    """The place of a mark: found by its words, or by `{.index` alone if typography has altered them."""
    typed = f"[{markup.plain_text(node.children)}]{{"
    exact = writer.source.find(typed, *writer.lines)
    return exact if exact.excerpt.startswith(typed, exact.column - 1) else writer.source.find("{.index", *writer.lines)


def _single_spaced(text: str) -> str:
    """A term of the index with plain single spaces: line breaks and no-break spaces are those of the text around it."""
    return " ".join(text.split())
