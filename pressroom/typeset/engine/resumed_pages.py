"""Resumed pages: a unit that is laid out again begins with those pages that come out as they did.

Two layouts of a unit differ in few blocks: a figure has moved. The engine notes for every page where its content
begins, with counters, and can go on from there. So the pages before the first change are copied from the last layout,
and the engine makes the others. They are the same as in a whole layout: the last page before the change is made again,
since what stands on it tells where the page before it ends, and so is every page on which a note or a float goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

import weasyprint.layout
from weasyprint.formatting_structure import boxes
from weasyprint.layout import page as page_layout
from weasyprint.layout.absolute import AbsolutePlaceholder

from pressroom.typeset.engine.line_plans import PLAN, LinePlan
from pressroom.typeset.engine.line_text import leaves

_make_all_pages = weasyprint.layout.make_all_pages


@dataclass(frozen=True)
class _Start:
    """Where a page begins."""

    entry: Any
    """What the engine has noted of it."""
    lines: tuple[tuple[Any, LinePlan | None], ...]
    """The paragraphs from there on that were begun, or tried, on the page before, with their plans."""
    is_alone: bool
    """Whether nothing else goes on there: no note, no float."""


@dataclass(frozen=True)
class _PageBefore:
    """A page of the last layout, without its margins."""

    start: _Start
    box: Any
    parts: tuple[Any, ...]
    """The text, and the areas of notes."""


class PagesBefore:
    """The pages of the last layout of one unit."""

    def __init__(self) -> None:
        self._root: Any = None
        """The document of that layout."""
        self._style_for: Any = None
        """The engine's styles of its elements."""
        self._pages: list[_PageBefore] = []

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """A block in which the engine begins with the pages that come out as before."""
        weasyprint.layout.make_all_pages = self.make_all_pages
        try:
            yield
        finally:
            weasyprint.layout.make_all_pages = _make_all_pages

    def make_all_pages(self, context: Any, root_box: Any, html: Any, pages: Sequence[Any]) -> Iterator[Any]:
        """The engine's function of this name. With `pages`, it is called once more for numbers of pages in the text."""
        made: list[_PageBefore] = []
        kept = [] if pages else self._kept(context, root_box, html)
        known = [page.start for page in self._pages[: len(kept) + 1]] if kept else [_start(context, root_box, 0)]
        for number, page in enumerate(_make_all_pages(context, root_box, html, pages or kept)):
            made.append(_PageBefore(known[number], page, tuple(page.children)))
            yield page
            if number + 1 == len(known):
                known.append(_start(context, root_box, number + 1))
            if context.reported_footnotes:  # the engine makes a page for notes alone if it is told that it has none yet
                context.page_maker[number + 1][-1]["content_changed"] = True
        is_running = any(any(found.values()) for found in context.running_elements.values())
        is_fixed = any(page.box.fixed_boxes for page in made)  # what is fixed on one page stands on all
        is_plain = not (pages or is_running or is_fixed or context.target_collector.counter_lookup_items)
        self._root, self._pages = html.etree_element, made if is_plain else []
        self._style_for = context.style_for

    def _kept(self, context: Any, root_box: Any, html: Any) -> list[Any]:
        """The pages that come out as before, for the document in hand; the engine goes on after them."""
        if not self._pages or self._pages[0].start.entry[2] != context.page_maker[0][2]:
            return []
        elements: dict[Any, Any] = {None: None}
        self._pair(self._root, html.etree_element, context.style_for, elements)
        number = self._first_to_make(elements, root_box)
        if not number:
            return []
        context.style_for.initial_page_sizes.update(self._style_for.initial_page_sizes)
        context.page_maker = [_entry(page.start, is_to_make=False) for page in self._pages[:number]]
        context.page_maker.append(_entry(self._pages[number].start, is_to_make=True))
        _hand_over(self._pages[number].start, root_box)
        for page in self._pages[:number]:
            page_layout.set_page_type_computed_styles(page.box.page_type, html, context.style_for)
        return [_copied_page(page, elements) for page in self._pages[:number]]

    def _pair(self, before: Any, now: Any, style_for: Any, elements: dict[Any, Any]) -> bool:
        """Pair the elements of two documents up to the first that differ; whether none does."""
        if (before.tag, before.text, before.attrib) != (now.tag, now.text, now.attrib):
            return False
        if _styles(self._style_for, before) != _styles(style_for, now):
            return False
        elements[before] = now
        for one, other in zip(before, now, strict=False):
            if not self._pair(one, other, style_for, elements) or one.tail != other.tail:
                return False
        return len(before) == len(now)

    def _first_to_make(self, elements: dict[Any, Any], root_box: Any) -> int:
        """The page from which the engine goes on; 0 if from the first."""
        same = 0
        while same < len(self._pages) and _is_same(self._pages[same], elements):
            same += 1
        for number in range(same - 1, 0, -1):
            start = self._pages[number].start
            if start.is_alone and _leads_to_text(start.entry[0], root_box):
                return number
        return 0


def _start(context: Any, root_box: Any, number: int) -> _Start:
    entry = context.page_maker[number]
    tried = tuple(takewhile(lambda line: hasattr(line, PLAN), _lines_from(entry[0], root_box)))
    is_alone = not context.reported_footnotes and not context.broken_out_of_flow
    lines = tuple((line, getattr(line, PLAN)) for line in tried)
    return _Start((*entry[:3], deepcopy(entry[3])), lines, is_alone)


def _entry(start: _Start, *, is_to_make: bool) -> Any:
    """What the engine notes of a page."""
    state = {"content_changed": is_to_make, "pages_wanted": False, "anchors": [], "content_lookups": []}
    return (*start.entry[:3], deepcopy(start.entry[3]), state)


def _way(resume_at: Any, box: Any) -> list[Any]:
    """The boxes that lead to a place, down to a line, or to a row whose cells go on side by side."""
    way = [box]
    while resume_at and len(resume_at) == 1 and not isinstance(way[-1], boxes.LineBox):
        ((number, resume_at),) = resume_at.items()
        way.append(way[-1].children[number])
    return way


def _leads_to_text(resume_at: Any, root_box: Any) -> bool:
    """Whether only plain blocks lead to a place: rows and columns hold more than one."""
    *blocks, last = _way(resume_at, root_box)
    return all(map(_is_plain, blocks)) and (_is_plain(last) or isinstance(last, boxes.LineBox))


def _is_plain(box: Any) -> bool:
    columns = box.style["column_count"], box.style["column_width"]
    return type(box) is boxes.BlockBox and columns == ("auto", "auto")


def _hand_over(start: _Start, root_box: Any) -> None:
    """Have paragraphs go on with the lines with which they were begun."""
    for (before, plan), line in zip(start.lines, _lines_from(start.entry[0], root_box), strict=False):
        own = plan and replace(plan, box=line, leaves=tuple(leaf for _, leaf, _ in leaves(line)))
        setattr(line, PLAN, own if plan and plan.box is before else None)


def _lines_from(resume_at: Any, box: Any) -> Iterator[Any]:
    """The paragraphs from a place on; none where it lies in several cells of a row."""
    if isinstance(box, boxes.LineBox):
        yield box
        return
    if resume_at and len(resume_at) > 1:
        return
    ((first, rest),) = resume_at.items() if resume_at else ((0, None),)
    for number, child in enumerate(getattr(box, "children", ())[first:], first):
        yield from _lines_from(rest if number == first else None, child)


# ---- what has not changed


def _styles(style_for: Any, element: Any) -> list[Any]:
    """What style sheets say of an element: some selectors look ahead. Values of its own attribute are as the attribute
    is, and no two of them are equal; so only the weights of its declarations are told.
    """
    known, has_own = style_for.get_computed_styles(), "style" in element.attrib
    found = (known.get((element, part)) for part in (None, "before", "after", "first-letter", "first-line"))
    given = [style.cascaded if style else {} for style in found]
    return [{name: weight for name, (_, weight) in each.items()} for each in given] if has_own else given


def _is_same(page: _PageBefore, elements: dict[Any, Any]) -> bool:
    """Whether all that stands on a page has not changed."""
    return all(box.element in elements for part in page.parts for box in _all(part))


def _all(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from _all(child)


def _copied_page(page: _PageBefore, elements: dict[Any, Any]) -> Any:
    box = page.box.copy()
    box.children = [_copied(part, elements) for part in page.parts]
    return box


def _copied(box: Any, elements: dict[Any, Any]) -> Any:
    """A box with all in it, for the elements of another document."""
    if isinstance(box, AbsolutePlaceholder):
        placeholder = AbsolutePlaceholder(box._box)
        placeholder.set_laid_out_box(_copied(box._box, elements))
        return placeholder
    made = box.copy()
    made.element = elements[box.element]
    if hasattr(box, "children"):
        made.children = [_copied(child, elements) for child in box.children]
    return made
