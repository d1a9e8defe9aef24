"""Over forms: pictures that run over the gutter, or over two whole pages, each with its costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pressroom.pacing.costs import BLEED_CROP, Costs, added, priced
from pressroom.pacing.page_forms import jump, slack, standing
from pressroom.pacing.sequence import LEADING, LETTER, PacingPaper, PictureToPace, caption_letters
from pressroom.pacing.trees import CROP, PictureFrame, filling_trees
from pressroom.pacing.windows import CALM, seam_of, window_of

_OVER = 1.26
"""The least width of a picture over the gutter, in pages."""
_LEAST_COLUMN = 48.0
"""Millimetres that the column beside it has at least, margins included."""
_UNDER_COLUMN = 3.0
_STRIP = 26.0
"""Millimetres that a picture over two pages is high at least."""


@dataclass(frozen=True)
class OverForm:
    """A picture over both pages of a spread, with what stands beside it."""

    words: tuple[str, ...]
    """`over left`, `over right`, `spread`, `spread foot`. Left or right is the side of the column."""
    frames: tuple[PictureFrame, ...]
    """The frame of each picture, in mm from the upper left corner of the spread."""
    large: int
    """Which of the pictures runs over the gutter."""
    costs: Costs
    cover: tuple[float, float]
    """The share of the type area that is covered on each page."""
    total: float = 0.0

    @property
    def pattern(self) -> str:
        """The form in a word, by which spreads are compared."""
        return f"{'-'.join(self.words)}-{len(self.frames)}"


def over_forms(pictures: Sequence[PictureToPace], paper: PacingPaper) -> Iterator[OverForm]:
    """The forms of one to three pictures of which one runs over the gutter. Words in the manuscript win."""
    told = tuple(word for word in pictures[0].words if word not in ("verso", "recto"))
    group = pictures[0].group
    if (group and not told) or any((each.group, each.words) != (group, pictures[0].words) for each in pictures):
        return
    forms = [*_beside(pictures, paper), *(_whole(pictures[0], paper) if len(pictures) == 1 else ())]
    same = [form for form in forms if not told or form.words == told]
    yield from same
    if not same and told[:1] in (("over",), ("spread",)):
        yield _told(pictures, told, paper)


# ---- a column beside it


def _beside(pictures: Sequence[PictureToPace], paper: PacingPaper) -> Iterator[OverForm]:
    """A picture to head, foot and one side; captions and small pictures have the rest of the other page.

    What stands to the left comes first: the large picture is the first one beside a right column, else the last.
    """
    forms = (_with_column(pictures, side, paper) for side in ("right", "left"))
    yield from filter(None, forms)


def _with_column(pictures: Sequence[PictureToPace], side: str, paper: PacingPaper) -> OverForm | None:
    """The large picture is whole, as wide as the height of the page asks for, and no thin strip of it goes over."""
    right = side == "right"
    large = 0 if right else len(pictures) - 1
    width = pictures[large].aspect * paper.height
    if not _OVER * paper.width <= width <= 2 * paper.width - _LEAST_COLUMN - paper.outer:
        return None
    small = [*pictures[:large], *pictures[large + 1 :]]
    both = 2 * paper.width
    frame = PictureFrame(0.0 if right else both - width, 0, width, paper.height)
    column = both - width - paper.outer - 1.5 * paper.gap
    costs = _gutter_costs(pictures[large], frame, paper)
    beside = _in_column(small, column, caption_letters(pictures), paper) if small else ((), {}, 0.0)
    if costs is None or beside is None:
        return None
    frames, small_costs, filled = beside
    x = width + 1.5 * paper.gap if right else paper.outer
    placed = [PictureFrame(x + each.x, *each[1:]) for each in frames]
    free = (both - width) / paper.width
    areas = [each.width * each.height for each in (frame, *placed)]
    other = min(1.0, (width - paper.width - paper.outer) / paper.area[0] + filled * free)
    beside_it = PictureFrame(0, 0, width - paper.width, paper.height)
    extra = priced(
        jump=0.5 * jump(areas),
        mat=max(0.0, free - 0.45) * (1 - filled),
        slack=slack(other, [beside_it, *placed], paper),
    )
    costs = added(costs, small_costs, extra)
    placed.insert(large, frame)
    cover = (1.0, other) if right else (other, 1.0)
    return OverForm(("over", side), tuple(placed), large, costs, cover, sum(costs.values()))


def _in_column(
    pictures: Sequence[PictureToPace], width: float, letters: int, paper: PacingPaper
) -> tuple[tuple[PictureFrame, ...], Costs, float] | None:
    """Small pictures in a column above the captions, their costs, and the share of the column that they fill."""
    lines = -(-letters * LETTER // width)
    high = paper.height - paper.head - paper.foot - lines * LEADING - _UNDER_COLUMN
    if high <= 0:
        return None
    limits = tuple(CROP if picture.may_crop else 0.0 for picture in pictures)
    aspects = tuple(round(picture.aspect, 3) for picture in pictures)
    fitting = (each for each in filling_trees(aspects, (width, high), paper.gap, limits) if each.width > width - 0.5)
    layout = max(fitting, key=lambda each: each.height, default=None)
    costs = standing(pictures, layout.frames, paper, CROP) if layout else None
    if layout is None or costs is None:
        return None
    top = paper.head + high - layout.height
    frames = tuple(PictureFrame(f.x, f.y + top, f.width, f.height) for f in layout.frames)
    return frames, costs, min(1.0, layout.height / paper.area[1])


# ---- over two whole pages


def _whole(picture: PictureToPace, paper: PacingPaper) -> Iterator[OverForm]:
    """A picture over everything, if it has no caption; else to the head and both sides with a white foot for it. A
    panorama is a strip.
    """
    both, free = 2 * paper.width, paper.height - paper.foot - paper.captions
    high = min(both / picture.aspect, free)
    top = (free - high) * 0.45 if high < 0.5 * paper.height else 0.0
    for words, frame in (
        (("spread",), PictureFrame(0, 0, both, paper.height)),
        (("spread", "foot"), PictureFrame(0, top, both, high)),
    ):
        costs = _gutter_costs(picture, frame, paper)
        if costs is None or frame.height < _STRIP or ("foot" not in words and picture.letters):
            continue
        cover = min(1.0, frame.height / (paper.head + paper.area[1]))
        extra = priced(mat=max(0.0, 0.5 - frame.height / paper.height) * 2)
        costs = added(costs, extra, priced(slack=2.0 * (cover < 0.5)))
        yield OverForm(words, (frame,), 0, costs, (cover, cover), sum(costs.values()))


def _gutter_costs(picture: PictureToPace, frame: PictureFrame, paper: PacingPaper) -> Costs | None:
    """What a picture pays to run over the gutter; None if it must not."""
    costs = standing((picture,), (frame,), paper, BLEED_CROP, bleeds=True)
    at = (paper.width - frame.x) / frame.width
    window = window_of(picture, frame.width / frame.height, at) if costs is not None else None
    if costs is None or window is None:
        return None
    seam = seam_of(picture, window, at)
    on_two_pages = frame.width > 1.99 * paper.width
    if on_two_pages and seam > CALM and not (picture.faces or picture.focus):
        return None
    return added(costs, priced(seam=seam, orphan=max(0.0, 2 * (0.5 - picture.weight))))


def _told(pictures: Sequence[PictureToPace], words: tuple[str, ...], paper: PacingPaper) -> OverForm:
    """A form that a person wants although the pacing would not take it."""
    both = 2 * paper.width
    width = both if words[0] == "spread" else both * 0.75
    large = 0 if words[-1] != "left" else len(pictures) - 1
    small = PictureFrame(0, 0, both - width or _LEAST_COLUMN, _LEAST_COLUMN)
    frames = [small] * len(pictures)
    frames[large] = PictureFrame(0 if words[-1] != "left" else both - width, 0, width, paper.height)
    return OverForm(words, tuple(frames), large, {}, (1.0, 1.0))
