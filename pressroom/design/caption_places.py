"""Caption places: on whose page the caption of a picture stands that leaves no room for one on its own.

The caption of a picture that fills its page stands on the facing page, if a picture with white around it is there; else
on the next page that has room. A caption beside text is made up with the text (`typeset.adapt`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pressroom.publication import SIDES, SMALL, Block, Chapter, Figure, Gallery

HostedCaptions = Mapping[str, tuple[Figure, ...]]
"""The figures whose captions stand elsewhere, by the id of the figure, gallery or chapter where they do."""
STANDINGS = ("facing", "end")
"""Words of the option `captions`: those of facing pictures on one page; all at the end of their chapter."""
_VERSO, _RECTO = SIDES


def hosted_captions(chapters: Iterable[Chapter], standing: str = "", *, with_credits: bool = True) -> HostedCaptions:
    """Whose captions stand where others do: only those that must, or as a word of `STANDINGS` says.

    Where credits are printed `with_credits`, one alone wants its place as a caption does.
    """
    hosted: dict[str, tuple[Figure, ...]] = {}
    for chapter in chapters:
        if standing == "end":
            hosted[chapter.id] = tuple(_with_pages(chapter.blocks))
            continue
        for guest, host in _pairs(chapter.blocks, together=standing == "facing"):
            hosted[host.id] = (*hosted.get(host.id, ()), guest)
    printed = {
        id: tuple(guest for guest in guests if _has_words(guest, with_credits=with_credits))
        for id, guests in hosted.items()
    }
    return {id: guests for id, guests in printed.items() if guests}


def _with_pages(blocks: Iterable[Block]) -> Iterator[Figure]:
    """The pictures with a page or two of their own."""
    yield from (b for b in blocks if isinstance(b, Figure) and (b.placed.own_page or b.placed.two_pages))


def _has_words(figure: Figure, *, with_credits: bool) -> bool:
    """Whether anything is printed with a picture."""
    return bool(figure.caption or figure.number or figure.described or (with_credits and figure.credit_line))


def _pairs(blocks: Sequence[Block], *, together: bool) -> Iterator[tuple[Figure, Figure | Gallery]]:
    sides = _sides(blocks)
    for n, block in enumerate(blocks):
        if not isinstance(block, Figure):
            continue
        facing = _facing(blocks, sides, n)
        if block.caption_apart and not block.placed.opens_chapter:
            before = blocks[n - 1] if n else None
            is_by_text = not isinstance(before, Figure | Gallery)  # there the caption stands beside it
            near = [facing] if is_by_text else [facing, before, *blocks[n + 1 : n + 2]]
            host = next((one for one in near if isinstance(one, Figure | Gallery) and has_room(one)), None)
        else:
            host = facing if together and has_room(block) and facing and _room(facing) > _room(block) else None
        if host is not None:
            yield block, host


def has_room(block: Figure | Gallery) -> bool:
    """Whether a picture has a page of its own, with room for captions."""
    return block.placed.own_page and not block.caption_apart


def _room(block: Figure | Gallery) -> int:
    """How much white a page leaves, compared with others."""
    if isinstance(block, Gallery):
        return 1
    return 3 if SMALL in block.classes else 2 if block.placed.is_plate else 0


def _sides(blocks: Sequence[Block]) -> list[str]:
    """The side on which each picture’s page stands, as far as words say so."""
    sides: list[str] = []
    last = ""
    for block in blocks:
        if not isinstance(block, Figure | Gallery) or not (block.placed.own_page or block.placed.two_pages):
            last = ""
        elif said := next((side for side in SIDES if side in block.classes), ""):
            last = said
        elif block.placed.two_pages:
            last = _RECTO
        else:
            last = {_VERSO: _RECTO, _RECTO: _VERSO}.get(last, "")
        sides.append(last)
    return sides


def _facing(blocks: Sequence[Block], sides: Sequence[str], n: int) -> Figure | Gallery | None:
    """The picture whose page faces that of a picture, if that is known."""
    block = blocks[n]
    step = {_VERSO: 1, _RECTO: -1}.get(sides[n])
    if step is None or not 0 <= n + step < len(blocks) or block.placed.two_pages:  # type: ignore[union-attr]  # it has a side
        return None
    other = blocks[n + step]
    is_picture = isinstance(other, Figure | Gallery) and other.placed.own_page
    return other if is_picture and sides[n + step] not in ("", sides[n]) else None  # type: ignore[return-value]
