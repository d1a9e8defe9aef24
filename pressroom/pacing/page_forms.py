"""Page forms: the ways in which one page holds the next pictures, each with its costs. Words are those of Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pressroom.pacing.costs import BLEED_CROP, SIDE, Costs, added, priced
from pressroom.pacing.sequence import LEADING, LETTER, PacingPaper, PictureToPace, caption_letters
from pressroom.pacing.trees import CROP, PictureFrame, TreeLayout, filling_trees, parse_tree, solve_tree
from pressroom.pacing.windows import window_of

MM_PER_INCH = 25.4
SMALL = 0.84
"""The share of the type area that a picture with `.small` has."""
MOST_ON_A_PAGE = 8
_OFTEN = 5
"""The most pictures of usual shapes on a page; more are only strips."""
_KEPT = 4
"""The forms of a page that go on to a spread."""
_LEAST_SIDE = 26.0
"""Millimetres below which no side of a picture in a tree may be, unless all are strips."""
_LEAST_BLOCK = 0.5
"""The share of the type area that a block of several pictures has at least."""
_LEAST_ABOVE = 0.4
"""The share of the type area that pictures have at least, however long their captions are."""
_LEAST_COVER, _LEAST_OF_PAGE = 0.5, 0.4
"""The shares of the type area and of the page below which a page is slack."""


@dataclass(frozen=True)
class PageForm:
    """One way to place some pictures on one page."""

    words: tuple[str, ...]
    """The words of placement: `page`, `page small`, `bleed`, `head`, `edge`."""
    frames: tuple[PictureFrame, ...]
    """The frames in mm: of bleeding pictures from the corner of the page, else from that of the block."""
    costs: Costs
    cover: float
    """The share of the type area that is covered."""
    tree: str = ""
    """The slicing tree of several pictures."""
    total: float = 0.0

    @cached_property
    def pattern(self) -> str:
        """The form in a word, by which spreads are compared."""
        return self.tree or "-".join(self.words)

    @cached_property
    def is_block(self) -> bool:
        """Whether the pictures stand inside the type area."""
        return "page" in self.words

    @cached_property
    def width(self) -> float:
        """The width of the block, in mm."""
        return max(frame.x + frame.width for frame in self.frames)

    @cached_property
    def height(self) -> float:
        """The height of the block, in mm."""
        return max(frame.y + frame.height for frame in self.frames)

    @cached_property
    def areas(self) -> tuple[float, ...]:
        """The area of each picture, in mm²."""
        return tuple(frame.width * frame.height for frame in self.frames)


def page_forms(pictures: Sequence[PictureToPace], paper: PacingPaper) -> tuple[PageForm, ...]:
    """The best forms of a page with these pictures, best first. Words in the manuscript leave only the form they name.

    There is always a form for one picture: where it has too few pixels for all, it stands at its own size.
    """
    if any(picture.words or picture.group for picture in pictures):
        forms = list(_as_told(pictures, paper))
    elif len(pictures) == 1:
        forms = [*filter(None, _singles(pictures[0], paper))] or [_own_size(pictures[0], paper)]
    else:
        forms = list(_blocks(pictures, paper))
    return tuple(sorted(forms, key=lambda form: form.total)[:_KEPT])


# ---- one picture


def _singles(picture: PictureToPace, paper: PacingPaper) -> Iterator[PageForm | None]:
    for share in (1.0, SMALL):
        yield _mat(picture, paper, share)
    page = PictureFrame(0, 0, paper.width, paper.height)
    yield _form(("bleed",), picture, page, paper)
    for word, frame in _hung(picture, paper):
        yield _form((word,), picture, frame, paper)


def _mat(picture: PictureToPace, paper: PacingPaper, share: float) -> PageForm | None:
    """A picture whole inside the type area, or inside a share of it."""
    width, height = paper.area
    wide = min(width, _above_captions((picture,), paper)[1] * picture.aspect) * share
    frame = PictureFrame(0, 0, wide, wide / picture.aspect)
    cover = frame.width * frame.height / (width * height)
    white = priced(
        mat=max(0.0, 2 / 3 - cover),
        pale=max(0.0, 0.5 - frame.width * frame.height / paper.page),
        slack=slack(cover, [frame], paper),
    )
    return _form(("page",) if share == 1 else ("page", "small"), picture, frame, paper, white)


def _above_captions(pictures: Sequence[PictureToPace], paper: PacingPaper) -> tuple[float, float]:
    """The part of the type area that captions leave: those longer than their band take from the pictures."""
    width, height = paper.area
    return width, max(height * _LEAST_ABOVE, height + paper.captions - _caption_band(pictures, paper))


def _caption_band(pictures: Sequence[PictureToPace], paper: PacingPaper) -> float:
    """The height that the captions of a page take below its pictures, at least that of their band."""
    return max(paper.captions, math.ceil(caption_letters(pictures) * LETTER / paper.area[0]) * LEADING)


def _covered(frame: PictureFrame, paper: PacingPaper, *, in_area: bool) -> float:
    """The share of the type area that one picture covers."""
    width, height = paper.area
    if in_area:
        return frame.width * frame.height / (width * height)
    return min(1.0, (frame.height - paper.head) / height)


def _hung(picture: PictureToPace, paper: PacingPaper) -> Iterator[tuple[str, PictureFrame]]:
    """Pictures that bleed at the head: over the whole width, or to the fore edge only, clear of the gutter."""
    free = paper.height - paper.foot - _caption_band((picture,), paper)
    high = paper.width / picture.aspect
    if high > free > high * (1 - BLEED_CROP):
        high = free
    if 0.55 * paper.height < high <= free:
        yield "head", PictureFrame(0, 0, paper.width, high)
    wide = paper.width - paper.inner
    high = min(wide / picture.aspect, free)
    if high > 0.5 * paper.height:
        yield "edge", PictureFrame(0, 0, wide, high)


def _form(
    words: tuple[str, ...],
    picture: PictureToPace,
    frame: PictureFrame,
    paper: PacingPaper,
    white: Costs | None = None,
) -> PageForm | None:
    """A page of one picture; None if it must not stand so."""
    in_area = "page" in words
    costs = standing((picture,), (frame,), paper, CROP if in_area else BLEED_CROP, bleeds=not in_area)
    if costs is None:
        return None
    costs = added(costs, white or {})
    return PageForm(words, (frame,), costs, _covered(frame, paper, in_area=in_area), total=sum(costs.values()))


def _own_size(picture: PictureToPace, paper: PacingPaper) -> PageForm:
    """A picture at the size that its pixels allow."""
    width, height = paper.area
    wide = min(picture.width / paper.ppi * MM_PER_INCH, width, height * picture.aspect)
    frame = PictureFrame(0, 0, wide, wide / picture.aspect)
    costs = priced(small=1.0, slack=1.0)
    cover = _covered(frame, paper, in_area=True)
    return PageForm(("page", "small"), (frame,), costs, cover, total=sum(costs.values()))


# ---- several pictures


def _blocks(pictures: Sequence[PictureToPace], paper: PacingPaper) -> Iterator[PageForm]:
    """Blocks of several pictures, by the slicing trees that fill enough of the type area."""
    strips = sum(picture.is_strip for picture in pictures)
    if len(pictures) > _OFTEN and strips < len(pictures) / 2:
        return
    aspects = tuple(round(picture.aspect, 3) for picture in pictures)
    limits = tuple(CROP if picture.may_crop else 0.0 for picture in pictures)
    least_side = _LEAST_SIDE if not strips else _LEAST_SIDE / 2
    for layout in filling_trees(aspects, _above_captions(pictures, paper), paper.gap, limits, _LEAST_BLOCK):
        if min(min(frame[2:]) for frame in layout.frames) < least_side:
            continue
        form = block_form(layout, pictures, paper)
        if form is not None:
            yield form


def block_form(layout: TreeLayout, pictures: Sequence[PictureToPace], paper: PacingPaper) -> PageForm | None:
    """A page of several pictures with its costs; None if one of them must not stand so."""
    costs = standing(pictures, layout.frames, paper, CROP)
    if costs is None:
        return None
    width, height = paper.area
    areas = [frame.width * frame.height for frame in layout.frames]
    cover = sum(areas) / (width * height)
    parts = layout.tree.parts
    page = priced(
        white=1 - layout.width * layout.height / (width * height),
        slack=slack(cover, layout.frames, paper),
        column=max(0.0, 0.85 - layout.width / width),
        read=float(layout.tree.way == "|" and sum(bool(part.parts) for part in parts) > 1),
        jump=jump(areas),
    )
    costs = added(costs, page)
    return PageForm(("page",), layout.frames, costs, cover, str(layout.tree), sum(costs.values()))


# ---- what the manuscript says


def _as_told(pictures: Sequence[PictureToPace], paper: PacingPaper) -> Iterator[PageForm]:
    """The form that words in the manuscript name, at whatever cost; none if these pictures do not share a page."""
    first = pictures[0]
    if first.group:
        if first.words[:1] in ((), ("page",)) and all(picture.group == first.group for picture in pictures):
            yield from _told_gallery(pictures, paper)
    elif len(pictures) == 1:
        yield from _told_single(first, paper)


def _told_gallery(pictures: Sequence[PictureToPace], paper: PacingPaper) -> Iterator[PageForm]:
    aspects = tuple(picture.aspect for picture in pictures)
    tree = pictures[0].tree
    if tree:
        layouts = [*filter(None, [solve_tree(parse_tree(tree), aspects, paper.area, paper.gap)])]
    else:
        layouts = list(filling_trees(aspects, paper.area, paper.gap, (CROP,) * len(aspects)))
    forms = [form for layout in layouts if (form := block_form(layout, pictures, paper))]
    yield from forms or [_unpriced(("page",), layout.frames, tree) for layout in layouts[:1]]


def _told_single(picture: PictureToPace, paper: PacingPaper) -> Iterator[PageForm]:
    words = tuple(word for word in picture.words if word not in ("verso", "recto", "opener"))
    words = words or ("bleed",)
    free = [*filter(None, _singles(replace(picture, words=()), paper))]
    same = [form for form in free if form.words == words]
    yield from same
    if not same and words[0] in ("page", "bleed", "head", "edge"):
        width, height = paper.area
        wide = min(width, height * picture.aspect) * (SMALL if "small" in words else 1)
        frame = PictureFrame(0, 0, wide, wide / picture.aspect)
        if words[0] != "page":
            frame = PictureFrame(0, 0, paper.width, paper.height * (1 if words[0] == "bleed" else 0.7))
        yield _unpriced(words, (frame,))


def _unpriced(words: tuple[str, ...], frames: tuple[PictureFrame, ...], tree: str = "") -> PageForm:
    """A form that a person wants although the pacing would not take it."""
    return PageForm(words, frames, {}, 0.5, tree)


# ---- what every picture pays


def standing(
    pictures: Sequence[PictureToPace],
    frames: Sequence[PictureFrame],
    paper: PacingPaper,
    limit: float,
    *,
    bleeds: bool = False,
) -> Costs | None:
    """What pictures pay for their frames, on a page or over two; None if one of them must not stand so.

    It must not with a crop beyond `limit`, with any if it has a border, with a cut face, or below the least resolution.
    """
    crop = size = sliver = ppi = 0.0
    for picture, (_, _, width, height) in zip(pictures, frames, strict=True):
        aspect = width / height
        lost = 1 - min(aspect / picture.aspect, picture.aspect / aspect)
        resolution = min(picture.width, picture.height * aspect) / width * MM_PER_INCH
        if lost > limit + 0.001 or resolution < paper.ppi or (lost > 0.002 and not picture.may_crop):
            return None
        if lost > 0.002 and (picture.faces or picture.focus) and window_of(picture, aspect) is None:
            return None
        crop += lost
        size += _unwished(picture, width * height, paper)
        sliver += max(0.0, SIDE - min(width, height))
        ppi += max(0.0, 4 / 3 - resolution / paper.ppi) * 3
    lost_as = {"bleedcrop": crop} if bleeds else {"crop": crop}
    return priced(size=size, sliver=sliver, ppi=ppi, **lost_as)


def _unwished(picture: PictureToPace, area: float, paper: PacingPaper) -> float:
    """How far an area is from what the weight of a picture asks for: squared where it is near, linear beyond.

    A weak picture asks for a quarter of what it would have alone in the type area, a strong one for three times of it.
    """
    width = min(paper.area[0], paper.area[1] * picture.aspect)
    wished = min(1.3 * paper.page, width * width / picture.aspect * 0.25 * 12**picture.weight)
    distance = math.log(area / wished)
    far = distance * distance if abs(distance) < 1 else 2 * abs(distance) - 1
    return far * (0.7 if distance > 0 else 0.7 + picture.weight)


def slack(cover: float, frames: Sequence[PictureFrame], paper: PacingPaper) -> float:
    """1 for a page that has too little of its type area covered, or too little of all of it; else 0."""
    of_page = sum(frame.width * frame.height for frame in frames) / paper.page
    return float(cover < _LEAST_COVER or of_page < _LEAST_OF_PAGE)


def jump(areas: Sequence[float]) -> float:
    """The squared logarithm by which the largest picture is more than four times the smallest."""
    return max(0.0, math.log(max(areas) / min(areas) / 4)) ** 2 if areas else 0.0
