"""Lonely headings: one at the end of a page, before a picture that has pages of its own, goes to the text it is for.

Where text can be drawn forward below it, or a paragraph runs on there, it stays. Else it stands behind the picture: no
reader looks for a section's first words on the other side of a leaf.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from pressroom.typeset.floats import BlockOrder
from pressroom.typeset.page_looks import BlockKind, PageLook

_OF_A_SECTION: frozenset[BlockKind] = frozenset(["text", "other", "figure"])


def with_their_text(looks: Sequence[PageLook], order: BlockOrder) -> BlockOrder:
    """The order with headings behind the full pictures that part them from their text."""
    kinds: dict[int, BlockKind] = {}
    for block in (block for look in looks for block in look.blocks):
        kinds.setdefault(block.number, block.kind)
    for heads in _lonely(looks):
        at = order.index(heads[0])
        rest = order[at + len(heads) :]
        full = tuple(takewhile(lambda number: kinds.get(number) == "full", rest))
        following = kinds.get(rest[len(full)], "heading") if len(full) < len(rest) else "heading"
        if following in _OF_A_SECTION:
            order = (*order[:at], *full, *heads, *rest[len(full) :])
    return order


def _lonely(looks: Sequence[PageLook]) -> Iterator[BlockOrder]:
    """The headings at the foot of each page that is followed by a full picture, in their order."""
    for page, following in pairwise(looks):
        heads = tuple(takewhile(lambda block: block.kind == "heading", reversed(page.blocks)))
        if heads and following.blocks and following.blocks[0].kind == "full":
            yield tuple(block.number for block in reversed(heads))
