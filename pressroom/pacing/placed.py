"""What comes out: the frame of each picture on its spread, and the words of Markdown that ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pressroom.pacing.book import Pacing
from pressroom.pacing.over_forms import OverForm
from pressroom.pacing.page_forms import MM_PER_INCH, PageForm
from pressroom.pacing.sequence import Edges, PacingPaper, PictureToPace
from pressroom.pacing.spread_forms import SpreadForm
from pressroom.pacing.trees import PictureFrame
from pressroom.pacing.windows import WHOLE, window_of

_OPTICAL = 0.4
"""The share of the white that stands above a block: the optical centre lies higher than the middle."""
_NOTABLE, _TINY = 0.05, 0.002
"""The crop from which it matters which part of a picture is shown: any crop of one with faces."""


@dataclass(frozen=True)
class PictureOnSpread:
    """A picture in its place."""

    picture: PictureToPace
    spread: int
    """The number of its spread, from 0."""
    frame: PictureFrame
    """Its frame in mm, from the upper left corner of the spread, without the bleed."""
    window: Edges
    """The part of it that is shown."""
    bleeds: bool = False
    is_small: bool = False
    """Whether it has too few pixels for every form, and stands at its own size."""

    @property
    def crop(self) -> float:
        """The share of it that is cut away."""
        left, top, right, bottom = self.window
        return 1 - (right - left) * (bottom - top)

    @property
    def ppi(self) -> float:
        """Its resolution in pixels per inch."""
        return self.picture.width * (self.window[2] - self.window[0]) / self.frame.width * MM_PER_INCH


@dataclass(frozen=True)
class WordsOfPlacement:
    """What a page says in Markdown: the classes of a picture, or of a gallery around several."""

    pictures: tuple[str, ...]
    """The ids of its pictures; those of a gallery are more than one."""
    classes: tuple[str, ...]
    tree: str = ""
    """The slicing tree of a gallery."""
    focuses: tuple[str, ...] = ()
    """The point that a crop of each picture keeps, “50% 20%”; “” where the middle or the manuscript’s own is right."""

    @property
    def focus(self) -> str:
        """The focus of a picture that has its page alone."""
        return self.focuses[0] if len(self.focuses) == len(self.pictures) == 1 else ""

    def __str__(self) -> str:
        """As it is written between braces."""
        attributes = [f".{name}" for name in self.classes]
        attributes += [f'tree="{self.tree}"'] if self.tree else []
        attributes += [f'focus="{self.focus}"'] if self.focus else []
        return " ".join(attributes)


def placed(pacing: Pacing) -> Iterator[PictureOnSpread]:
    """Every picture in its place, in their order."""
    for number, spread in enumerate(pacing.spreads):
        form = spread.form
        pictures = pacing.pictures[form.first : form.last]
        if form.over:
            yield from _over(form.over, pictures, number, pacing.paper)
            continue
        done = 0
        for page, is_recto in ((form.verso, False), (form.recto, True)):
            if page:
                own = pictures[done : done + len(page.frames)]
                yield from _on_page(page, own, number, pacing.paper, is_recto=is_recto)
                done += len(own)


def _over(
    form: OverForm, pictures: tuple[PictureToPace, ...], spread: int, paper: PacingPaper
) -> Iterator[PictureOnSpread]:
    for n, (picture, frame) in enumerate(zip(pictures, form.frames, strict=True)):
        seam = (paper.width - frame.x) / frame.width if n == form.large else None
        window = window_of(picture, frame.width / frame.height, seam) or WHOLE
        yield PictureOnSpread(picture, spread, frame, window, bleeds=n == form.large)


def _on_page(
    page: PageForm, pictures: tuple[PictureToPace, ...], spread: int, paper: PacingPaper, *, is_recto: bool
) -> Iterator[PictureOnSpread]:
    width, height = paper.area
    x, y = paper.width if is_recto else 0.0, 0.0
    if page.is_block:
        x += (paper.inner if is_recto else paper.outer) + (width - page.width) / 2
        y = paper.head + (height - page.height) * _OPTICAL
    elif page.words == ("edge",) and is_recto:
        x += paper.inner
    for picture, frame in zip(pictures, page.frames, strict=True):
        own = PictureFrame(x + frame.x, y + frame.y, frame.width, frame.height)
        window = window_of(picture, frame.width / frame.height) or WHOLE
        yield PictureOnSpread(picture, spread, own, window, not page.is_block, "small" in page.costs)


def words(pacing: Pacing) -> tuple[WordsOfPlacement, ...]:
    """The words for every page, in the order of the pictures. The first page of a spread has its side, `verso`; so has
    a picture at the fore edge, whose caption begins below its left side.
    """
    by_id = {each.picture.id: each for each in placed(pacing)}
    return tuple(each for spread in pacing.spreads for each in _words_of(spread.form, pacing.pictures, by_id))


def _words_of(
    form: SpreadForm, pictures: tuple[PictureToPace, ...], by_id: dict[str, PictureOnSpread]
) -> Iterator[WordsOfPlacement]:
    ids = tuple(picture.id for picture in pictures[form.first : form.last])
    focuses = tuple(_focus(by_id[id]) for id in ids)
    if form.over:
        yield WordsOfPlacement(ids, form.over.words, focuses=focuses)
        return
    if form.opens and form.verso:
        yield WordsOfPlacement(ids, ("opener",), focuses=focuses)
        return
    done = 0
    for page, side in ((form.verso, "verso"), (form.recto, "recto")):
        if page is None:
            continue
        own = slice(done, done + len(page.frames))
        done += len(page.frames)
        is_named = side == "verso" or (not form.verso and not form.text) or "edge" in page.words
        named = (side,) if is_named else ()
        yield WordsOfPlacement(ids[own], (*page.words, *named), page.tree, focuses[own])


def _focus(place: PictureOnSpread) -> str:
    """The focus by which a crop of a style sheet shows the same part; “” where the middle does, or nobody would see."""
    if place.picture.focus or place.crop < (_TINY if place.picture.faces else _NOTABLE):
        return ""
    left, top, right, bottom = place.window
    x, y = _share(left, right), _share(top, bottom)
    return "" if (x, y) == (50, 50) else f"{x}% {y}%"


def _share(start: float, end: float) -> int:
    """Where a window lies between the two ends of a picture, in per cent."""
    rest = 1 - (end - start)
    return round(start / rest * 100) if rest > 0.001 else 50
