"""Ebook parting: a file that holds several chapters becomes a page for each, at the places to which the contents lead.

What the contents name below a chapter is a section of it, and stays. A line of the contents with nothing but a title at
its place, and others below it, is a part.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeGuard

from lxml import etree

from pressroom.importing.ebook_package import EbookItem, TocLine, resolved
from pressroom.importing.ebook_pages import SpinePage
from pressroom.importing.html_tree import HEADINGS, HtmlElement, is_empty, parts_of_kinds, words_in

_LONGEST_NUMBER = 20
"""Letters of “Chapter Twenty-one”, about."""
_Place = tuple[str, str]
"""A file, and an id in it."""


def part_pages(pages: Sequence[SpinePage], contents: Sequence[TocLine]) -> tuple[list[SpinePage], tuple[TocLine, ...]]:
    """The pages, of which none holds two chapters of the contents, and the contents with the names of pages."""
    made: list[SpinePage] = []
    moved: dict[_Place, str] = {}
    taken = {page.name for page in pages}
    for page in pages:
        pieces = [*_pieces(page, [*_beginnings(page, contents)], taken)]
        made += pieces
        if len(pieces) > 1:
            ids = ((piece, each.get("id") or each.get("name")) for piece in pieces for each in piece.body.iter("*"))
            moved |= {(page.name, id): piece.name for piece, id in ids if id}
    if moved:
        for page in made:
            _lead_links(page, moved)
    return made, tuple(_renamed(line, moved) for line in contents)


def _renamed(line: TocLine, moved: Mapping[_Place, str]) -> TocLine:
    file = moved.get((line.file, line.id), line.file)
    return replace(line, file=file, children=tuple(_renamed(child, moved) for child in line.children))


def _lead_links(page: SpinePage, moved: Mapping[_Place, str]) -> None:
    """Let the links of a page lead to the pages in which their ids stand now."""
    for link in page.body.iter("a"):
        target = resolved(page.source or page.name, link.get("href", ""))
        if target in moved:
            way = posixpath.relpath(moved[target], posixpath.dirname(page.name) or ".")
            link.set("href", f"{way}#{target[1]}")


# ---- where chapters begin


def _beginnings(page: SpinePage, contents: Sequence[TocLine]) -> Iterator[HtmlElement]:
    """The elements of a page with which its chapters and parts begin, in their order."""
    by_id = {id: each for each in page.body.iter("*") if (id := each.get("id") or each.get("name"))}
    order = {element: n for n, element in enumerate(page.body.iter("*"))}
    found = {element for line in _chapter_lines(contents, page, by_id) if (element := by_id.get(line.id)) is not None}
    yield from sorted(found, key=lambda element: order[element])


def _chapter_lines(
    lines: Sequence[TocLine], page: SpinePage, by_id: Mapping[str, HtmlElement], *, may_be_parts: bool = True
) -> Iterator[TocLine]:
    """The lines of the contents that name chapters and parts of a page, and no sections of its chapters."""
    here = [line for line in lines if line.file == page.name]
    grouped = [line for line in here if line.children]
    are_parts = may_be_parts and len(here) == len(lines) and bool(grouped)
    are_parts = are_parts and all(_is_title_only(line, page, by_id) for line in grouped)
    for line in lines:
        is_here = line.file == page.name
        if is_here and line.id:
            yield line
        if line.children and (are_parts or not is_here):
            yield from _chapter_lines(line.children, page, by_id, may_be_parts=not is_here)


def _is_title_only(line: TocLine, page: SpinePage, by_id: Mapping[str, HtmlElement]) -> bool:
    """Whether nothing but headings stands between the place of a line and that of the first one below it."""
    first = next((child for child in line.children if child.file == page.name), None)
    start, end = by_id.get(line.id), by_id.get(first.id) if first else None
    if end is None or (line.id and start is None):
        return False
    is_inside = start is None
    for element in page.body.iter("*"):
        is_inside = is_inside or element is start
        if element is end:
            return True
        words = (element.text or "") if isinstance(element.tag, str) else ""
        if is_inside and words.strip() and not _is_heading(element):
            return False
    return False


def _is_heading(element: HtmlElement) -> bool:
    return any(up.tag in HEADINGS for up in (element, *element.iterancestors()))


# ---- pieces


def _pieces(page: SpinePage, beginnings: Sequence[HtmlElement], taken: set[str]) -> Iterator[SpinePage]:
    """A page in pieces, each of which begins at one of these elements. Only the first one keeps the name."""
    body, name = page.body, page.name
    for element in beginnings:
        start = _whole_start(element, body)
        if start is body:
            continue
        rest = _cut_before(start, body)
        yield replace(page, body=body, item=replace(page.item, name=name), source=page.name)
        body, name = rest, _free_name(page.item, taken)
    yield replace(page, body=body, item=replace(page.item, name=name), source=page.name)


def _free_name(item: EbookItem, taken: set[str]) -> str:
    stem, suffix = posixpath.splitext(item.name)
    n = 2
    while f"{stem}-{n}{suffix}" in taken:
        n += 1
    taken.add(f"{stem}-{n}{suffix}")
    return f"{stem}-{n}{suffix}"


def _whole_start(element: HtmlElement, body: HtmlElement) -> HtmlElement:
    """The outermost element that begins with this one, or with the number of its chapter: the heading around an anchor,
    the section around a heading.
    """
    while element is not body:
        while _is_number(number := element.getprevious()):
            element = number
        before, parent = [*element.itersiblings(preceding=True)], element.getparent()
        if parent is None or (parent.text or "").strip():
            break
        if any((each.tail or "").strip() or not is_empty(each) for each in before):
            break
        element = parent
    return element


def _is_number(element: HtmlElement | None) -> TypeGuard[HtmlElement]:
    """Whether an element is the number that stands over the title of a chapter."""
    if element is None or element.tag not in ("p", "div") or (element.tail or "").strip():
        return False
    words = words_in(element)
    return words.isdigit() or (0 < len(words) <= _LONGEST_NUMBER and "number" in parts_of_kinds(element))


def _cut_before(element: HtmlElement, body: HtmlElement) -> HtmlElement:
    """Take an element and all that follows it out of a body, into a body of its own."""
    moved = [element, *element.itersiblings()]
    parent = element.getparent()
    while parent is not None:
        kept = {str(key): str(value) for key, value in parent.attrib.items() if key != "id"}
        shell = etree.Element(str(parent.tag), kept)
        shell.extend(moved)
        if parent is body:
            return shell
        shell.tail, parent.tail = parent.tail, None
        moved = [shell, *parent.itersiblings()]
        parent = parent.getparent()
    raise AssertionError("the element is in the body")
