"""Page looks: the blocks on a laid-out page, and the white that a reader notices below them. Lengths are points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from pressroom.publication.measures import PT_PER_MM
from pressroom.typeset.boxes import LaidBox, PageBoxes

BlockKind = Literal["text", "heading", "figure", "full", "other"]
_KINDS: dict[str, BlockKind] = {kind: kind for kind in get_args(BlockKind)}
HAIR = 0.01
"""By how much lengths may differ in pt that are equal: whole numbers of lines, added up in one way or another."""
NOTED = 8 * PT_PER_MM + HAIR
"""White at the foot of a page that a reader notices, in pt: more than 8 mm."""
WIDE = 40 * PT_PER_MM + HAIR
"""White at the foot of a page that lets a figure leave its section, in pt: more than 40 mm."""


@dataclass(frozen=True)
class PageBlock:
    """The part of a chapter's block on one page, with its edges in pt from the top of the page."""

    number: int
    kind: BlockKind
    top: float
    bottom: float


@dataclass(frozen=True)
class PageLook:
    """The blocks on a laid-out page."""

    bottom: float
    """The lower edge of the text area, above the notes, in pt from the top of the page."""
    blocks: tuple[PageBlock, ...]

    @property
    def gap(self) -> float:
        """White in pt between the last block and the foot of the page; none where a picture fills the page."""
        if not self.blocks or any(block.kind == "full" for block in self.blocks):
            return 0.0
        return max(0.0, self.bottom - max(block.bottom for block in self.blocks))


def look(page: PageBoxes) -> PageLook:
    """The blocks of a page and their places."""
    return PageLook(page.bottom, tuple(block for block, _ in blocks_on(page, page.boxes)))


def blocks_on(page: PageBoxes, boxes: Iterable[LaidBox]) -> Iterator[tuple[PageBlock, LaidBox]]:
    """The blocks of a page with their boxes."""
    for box in boxes:
        element = page.element(box)
        number = element.get("data-block") if element else ""
        if element is None or not number:
            yield from blocks_on(page, box.children)
        elif not box.part:
            kind = _KINDS.get(element.get("data-kind"), "other")
            if kind == "full" and not _has_picture(page, box):
                kind = "text"  # its caption, which stands on the page after the picture
            yield PageBlock(int(number), kind, box.top, box.bottom), box


def _has_picture(page: PageBoxes, box: LaidBox) -> bool:
    element = page.element(box)
    if element is not None and element.get("class") == "picture":
        return True
    return any(_has_picture(page, child) for child in box.children)


def white(looks: Sequence[PageLook]) -> float:
    """The sum of squared gaps (in pt) that a reader notices, without the chapter's last page.

    Squares make one empty page worse than two half-empty ones. The same gaps on other pages are as white: so it is
    rounded.
    """
    return round(sum(look.gap**2 for look in looks[:-1] if look.gap > NOTED), 3)


def first_gap(looks: Sequence[PageLook]) -> int:
    """The first page (from 0) with white that a reader notices; the number of pages if there is none."""
    return next((n for n, look in enumerate(looks[:-1]) if look.gap > NOTED), len(looks))
