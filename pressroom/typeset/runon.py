"""Run-on: a paragraph that goes on past a picture over a whole page, so that the page before the picture is filled.

A picture with a page of its own can stand between paragraphs only, for the page engine. So the paragraph that comes
after it is broken in two where one of its lines ends, and its first lines stand before the picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from pressroom.typeset.boxes import LaidBox, PageBoxes
from pressroom.typeset.floats import BlockOrder
from pressroom.typeset.page_letters import TYPOGRAPHIC
from pressroom.typeset.page_looks import NOTED, WIDE, BlockKind, PageLook

_NO_LETTER = re.compile(r"[\s\u00ad\u200b\u2060\u2010-]+")
"""What a line that is broken may lose or gain at its end."""
FEWEST = 2
"""Lines of a paragraph that stand on a page at least."""


@dataclass(frozen=True)
class Break:
    """A paragraph in two."""

    block: int
    """Its number."""
    letters: int
    """Letters of its first part, without spaces."""


@dataclass(frozen=True)
class Gap:
    """White before a full picture, and the paragraph after it whose first lines would fill it."""

    figure: int
    block: int
    height: float
    """In pt."""

    def filled(self, order: BlockOrder, rest: int) -> BlockOrder:
        """The blocks with the paragraph's first part before the picture, and the rest of it in its place."""
        at = order.index(self.figure)
        after = tuple(rest if number == self.block else number for number in order[at:])
        return (*order[:at], self.block, *after)


@dataclass(frozen=True)
class BreakPoint:
    """Where a paragraph may be broken."""

    at: Break
    lines: int
    """Lines of its first part."""


def gaps(looks: Sequence[PageLook], order: BlockOrder) -> Iterator[Gap]:
    """Where lines of a paragraph would fill the white before a full picture."""
    kinds: dict[int, BlockKind] = {}
    for block in (block for look in looks for block in look.blocks):
        kinds.setdefault(block.number, block.kind)  # a full picture, before it is a caption on the next page
    for page, following in pairwise(looks):
        first = following.blocks[0] if following.blocks else None
        if page.gap <= NOTED or first is None or kinds.get(first.number) == "other" or first.number not in order:
            continue
        rest = order[order.index(first.number) :]
        text = rest[1] if len(rest) > 1 else None  # further on, it would stand too far before its place
        if first.kind == "full" and text is not None and kinds.get(text) == "text":
            yield Gap(first.number, text, page.gap)


def place_to_break(pages: Sequence[PageBoxes], gap: Gap, fewer: int = 0) -> BreakPoint | None:
    """Where the lines end that fill a gap, or some lines before that. None for too few of them: also for so few that
    the sentence would break off above much white.
    """
    parts = [part for page in pages for part in _parts(page, page.boxes, gap.block)]
    lines = [line for part in parts for line in _lines(part)]
    high = lines[0].area.height if lines else 1.0
    count = min(len(lines) - FEWEST, int(gap.height / high + 0.1)) - fewer
    if count < FEWEST or gap.height - count * high > WIDE:
        return None
    return BreakPoint(Break(gap.block, _count(parts) - _count(lines[count:])), count)


def without_parts(order: BlockOrder, breaks: Sequence[Break], blocks: int) -> BlockOrder:
    """The order of whole blocks, of which there are so many: a paragraph stands where its second part does."""
    places = {blocks + n: one.block for n, one in enumerate(breaks)}
    return tuple(places.get(number, number) for number in order if number not in places.values())


def opening_break(pages: Sequence[PageBoxes], fewer: int = 0) -> Break | None:
    """Where to break a chapter's first paragraph that goes on overleaf: the page engine sets the first line there like
    the first of all, in small capitals. `fewer` lines are left to the other page if no word ends where the page does.
    """
    for page, following in pairwise(pages):
        block = next((n for n in _openings(following, following.boxes) if n in set(_openings(page, page.boxes))), None)
        if block is not None:
            parts = list(_parts(page, page.boxes, block))
            lines = [line for part in parts for line in _lines(part)]
            most = len(lines) - fewer
            return Break(block, _count(parts) - _count(lines[most:])) if most >= FEWEST else None
    return None


def _openings(page: PageBoxes, boxes: Iterable[LaidBox]) -> Iterator[int]:
    """The numbers of blocks on a page that begin a chapter."""
    for box in boxes:
        element = page.element(box)
        number = element.get("data-block") if element else ""
        if element is None or not number:
            yield from _openings(page, box.children)
        elif "first" in element.get("class").split():
            yield int(number)


def count_lines(pages: Sequence[PageBoxes], block: int) -> int:
    """How many lines a block has."""
    return sum(1 for page in pages for part in _parts(page, page.boxes, block) for _ in _lines(part))


def _parts(page: PageBoxes, boxes: Iterable[LaidBox], block: int) -> Iterator[LaidBox]:
    """What of a paragraph stands on a page."""
    for box in boxes:
        element = page.element(box)
        number = element.get("data-block") if element else ""
        if element is None or not number:
            yield from _parts(page, box.children, block)
        elif number == str(block) and element.tag == "p" and not box.part:
            yield box


def _lines(part: LaidBox) -> Iterator[LaidBox]:
    """The lines of a paragraph; beside an initial they are in a box of their own."""
    for box in part.children:
        if box.kind == "line":
            yield box
        elif box.element == part.element:
            yield from _lines(box)


def _count(boxes: Iterable[LaidBox]) -> int:
    """The letters in boxes."""
    return sum(len(_letters(_text(box))) for box in boxes)


def _text(box: LaidBox) -> str:
    """What the manuscript has of a line: not what a style sheet adds."""
    if box.part and box.part not in TYPOGRAPHIC:
        return ""
    return box.text or "".join(map(_text, box.children))


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text)


def broken(paragraph: etree._Element, letters: int) -> etree._Element | None:
    """Break a paragraph between two words of its own; what is broken off is returned. None if it cannot be there."""
    before = 0
    for owner in (paragraph, *paragraph):
        if owner is not paragraph:
            before += len(_letters("".join(_shown(owner))))
        text = (owner.text if owner is paragraph else owner.tail) or ""
        for space in re.finditer(r"[ \t\n]+", text):
            if before + len(_letters(text[: space.start()])) == letters:
                return _broken_off(paragraph, owner, text[: space.start()], text[space.end() :])
        before += len(_letters(text))
    return None


def _shown(element: etree._Element) -> Iterator[str]:
    """The text of an element, without notes, which stand at the foot of the page."""
    if element.get("class") != "fn":
        yield element.text or ""
        for child in element:
            yield from _shown(child)
            yield child.tail or ""


def _broken_off(paragraph: etree._Element, owner: etree._Element, head: str, tail: str) -> etree._Element:
    """The second part: from the text after an element on, or from the beginning of the paragraph's own."""
    rest = etree.Element("p", dict(paragraph.attrib))
    rest.attrib.pop("id", None)
    later = list(paragraph) if owner is paragraph else list(owner.itersiblings())
    rest.text = tail
    rest.extend(later)
    if owner is paragraph:
        owner.text = head
    else:
        owner.tail = head
    for part, name in ((paragraph, "run-on"), (rest, "run-over")):
        kept = [each for each in (part.get("class") or "").split() if part is paragraph or each != "first"]
        part.set("class", " ".join([*kept, name]))
    return rest
