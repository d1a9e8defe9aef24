"""Spread forms: what two facing pages can hold of the next pictures, each with its costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pressroom.pacing.costs import Costs, added, priced
from pressroom.pacing.facing_pages import facing, leaves_captions
from pressroom.pacing.over_forms import OverForm, over_forms
from pressroom.pacing.page_forms import MOST_ON_A_PAGE, PageForm, page_forms
from pressroom.pacing.sequence import PacingPaper, PictureToPace

_STRONG = {"bleed": 1.0, "head": 0.5, "edge": 0.5}
"""How strongly a page bleeds."""
_MOST = 8
"""The most pictures of a spread, unless galleries or panoramas are on it."""
_MOST_APART = 3
"""Facing pages differ by so many pictures at most."""
_KEPT = 6
"""The spreads that are kept for each number of pictures."""
_ALONE = 0.6
"""The weight from which a picture may have a spread alone."""

SpreadStart = tuple[int, bool]
"""Where a spread begins: the next picture, and whether the first page of the text before it stands already."""


@dataclass(frozen=True)
class SpreadForm:
    """One way to fill a spread, from picture `first` up to `last`, which is the next one."""

    first: int
    last: int
    verso: PageForm | None = None
    recto: PageForm | None = None
    over: OverForm | None = None
    text: Literal["", "verso", "recto"] = ""
    """The page of it that has text."""
    opens: bool = False
    """Whether a chapter begins on it."""
    extra: Costs = field(default_factory=dict)
    """What the two pages cost together, beside what each costs alone."""

    @cached_property
    def total(self) -> float:
        """The sum of its costs, without those of turning to it."""
        parts = (each.total for each in (self.verso, self.recto, self.over) if each)
        return sum(parts) + sum(self.extra.values())

    @property
    def costs(self) -> Costs:
        """Its costs by name."""
        return added(*(each.costs for each in (self.verso, self.recto, self.over) if each), self.extra)

    @cached_property
    def pattern(self) -> str:
        """The pattern that an eye sees: what stands left and right."""
        if self.over:
            return self.over.pattern
        sides = {"verso": self.verso, "recto": self.recto}
        return " ".join("text" if name == self.text else page.pattern if page else "-" for name, page in sides.items())

    @cached_property
    def pictures(self) -> int:
        """The number of its pictures."""
        return self.last - self.first

    @cached_property
    def bleeds(self) -> float:
        """1 for a picture that fills a page or runs over two, half for one that bleeds at the head."""
        if self.over:
            return 1.0
        return max((_STRONG.get(page.words[0], 0.0) for page in (self.verso, self.recto) if page), default=0.0)

    @cached_property
    def is_quiet(self) -> bool:
        """Whether an eye rests here."""
        return self.pictures <= 2 or bool(self.text)

    @property
    def cover(self) -> tuple[float | None, float | None]:
        """The share of the type area that each page covers; None for a page of text."""
        if self.over:
            return self.over.cover
        left, right = (page.cover if page else 0.0 for page in (self.verso, self.recto))
        return (None if self.text == "verso" else left, None if self.text == "recto" else right)

    @cached_property
    def white(self) -> float:
        """What its pages of pictures leave white of their type areas, in type areas."""
        return sum(1 - cover for cover in self.cover if cover is not None)


class SpreadMaker:
    """Makes the spreads that can begin at a place of the sequence; keeps the forms of pages that it has priced."""

    def __init__(self, pictures: Sequence[PictureToPace], paper: PacingPaper) -> None:
        self.pictures, self.paper = tuple(pictures), paper
        starts = [n for n, picture in enumerate(pictures) if picture.text and n]
        self.ends = {n: min((s for s in starts if s > n), default=len(pictures)) for n in range(len(pictures))}
        self.pages: dict[tuple[int, int], tuple[PageForm, ...]] = {}

    def spreads(self, start: SpreadStart) -> dict[SpreadStart, list[SpreadForm]]:
        """The best spreads that begin at `start`, by where the next one begins."""
        first, has_begun = start
        found: dict[SpreadStart, list[SpreadForm]] = {}
        picture = self.pictures[first]
        has_begun = has_begun or (picture.opens and self.paper.chapters == "recto")
        text_pages = -(-picture.text // self.paper.letters) - has_begun
        if picture.text and text_pages % 2:
            self._keep(found, self._beside_text(first), begun=False)
        if not found:
            self._keep(found, self._pairs(first), begun=False)
            self._keep(found, self._overs(first), begun=False)
            self._keep(found, self._last_page(first), begun=True)
        if picture.under_title and not has_begun:
            self._keep(found, self._opener(first), begun=True)
        return found

    def _keep(self, found: dict[SpreadStart, list[SpreadForm]], spreads: Iterator[SpreadForm], *, begun: bool) -> None:
        """Sort spreads in by where they end, and keep the best of each; two of one pattern are one too many."""
        count = len(self.pictures)
        for spread in spreads:
            end = (spread.last, begun and spread.text == "recto" and spread.last < count)
            found.setdefault(end, []).append(spread)
        for end, several in found.items():
            several.sort(key=lambda spread: spread.total)
            patterns: dict[str, SpreadForm] = {}
            for spread in several:
                patterns.setdefault(spread.pattern, spread)
            found[end] = list(patterns.values())[:_KEPT]

    def page(self, first: int, last: int) -> tuple[PageForm, ...]:
        """The forms of one page with the pictures from `first` up to `last`."""
        if (first, last) not in self.pages:
            parted = self._parts_gallery(first) or self._parts_gallery(last)
            self.pages[first, last] = () if parted else page_forms(self.pictures[first:last], self.paper)
        return self.pages[first, last]

    def _parts_gallery(self, at: int) -> bool:
        """Whether the pictures before and after a place belong to one gallery."""
        inside = 0 < at < len(self.pictures) and self.pictures[at].group
        return bool(inside) and self.pictures[at - 1].group == inside

    # ---- two pages

    def _pairs(self, first: int) -> Iterator[SpreadForm]:
        """Two pages that face each other; at the end of a run one may stay empty."""
        end = self.ends[first]
        best: dict[int, list[float]] = {}
        for middle, last in self._partings(first, end):
            left, right = self.pictures[first:middle], self.pictures[middle:last]
            if _is_on(left, "recto") or _is_on(right, "verso"):
                continue
            totals = best.setdefault(last, [])
            for verso in self.page(first, middle):
                for recto in self.page(middle, last):
                    if len(totals) >= _KEPT and verso.total + recto.total > totals[_KEPT - 1]:
                        break
                    if not leaves_captions(verso, recto, left, right):
                        continue
                    extra = facing(verso, recto, left, right, self.paper)
                    totals.append(verso.total + recto.total + sum(extra.values()))
                    totals.sort()
                    yield SpreadForm(first, last, verso, recto, extra=extra)
        yield from self._half_empty(first)

    def _partings(self, first: int, end: int) -> Iterator[tuple[int, int]]:
        for middle in range(first + 1, min(end, first + self._most(first)) + 1):
            if middle == end or not self.page(first, middle):
                continue
            grouped = self.pictures[first].group or self.pictures[middle].group
            for last in range(middle + 1, min(end, middle + self._most(middle)) + 1):
                is_even = abs((middle - first) - (last - middle)) <= _MOST_APART and last - first <= _MOST
                if grouped or is_even or self._are_strips(first, last):
                    yield middle, last

    def _are_strips(self, first: int, last: int) -> bool:
        """Whether all these pictures are panoramas, of which a page holds more than of others."""
        return all(picture.is_strip for picture in self.pictures[first:last])

    def _most(self, first: int) -> int:
        """The most pictures of a page that begins here: a gallery has all of its own."""
        group = self.pictures[first].group if first < len(self.pictures) else ""
        return sum(picture.group == group for picture in self.pictures[first:]) if group else MOST_ON_A_PAGE

    def _half_empty(self, first: int) -> Iterator[SpreadForm]:
        picture = self.pictures[first]
        last = first + (self._most(first) if picture.group else 1)
        for form in self.page(first, min(last, self.ends[first])):
            extra = priced(blank=1.0, orphan=float(picture.weight < _ALONE))
            if "recto" in picture.words:
                yield SpreadForm(first, last, recto=form, extra=extra)
            else:
                yield SpreadForm(first, last, verso=form, extra=extra)

    # ---- one picture over both

    def _overs(self, first: int) -> Iterator[SpreadForm]:
        for last in range(first + 1, min(self.ends[first], first + 1 + self.paper.beside) + 1):
            if self._parts_gallery(first) or self._parts_gallery(last):
                continue
            for form in over_forms(self.pictures[first:last], self.paper):
                yield SpreadForm(first, last, over=form)

    # ---- text

    def _beside_text(self, first: int) -> Iterator[SpreadForm]:
        """Text on the left page, pictures on the right: the way in which a chapter opens."""
        opens = self.pictures[first].opens
        most = max(4, self._most(first)) if self.pictures[first].group else 4
        for last in range(first + 1, min(self.ends[first], first + most) + 1):
            if _is_on(self.pictures[first:last], "verso"):
                continue
            for form in self.page(first, last):
                if form.words == ("bleed",) and self.pictures[first].letters and not self.pictures[first].words:
                    continue  # its caption would come behind it, on the next page
                extra = priced(timid=opens * (2.0 if last > first + 2 else float(form.is_block)))
                yield SpreadForm(first, last, recto=form, text="verso", opens=opens, extra=extra)

    def _opener(self, first: int) -> Iterator[SpreadForm]:
        """A picture that fills the left page before the title of its chapter."""
        picture = self.pictures[first]
        if picture.text <= self.paper.letters and picture.words in ((), ("opener",)):
            for form in self.page(first, first + 1):
                if form.words == ("bleed",):
                    yield SpreadForm(first, first + 1, verso=form, text="recto", opens=True)

    def _last_page(self, first: int) -> Iterator[SpreadForm]:
        """The last pictures of a run on the left page; the text that follows begins on the right one."""
        last = self.ends[first]
        follows = self.pictures[last] if last < len(self.pictures) else None
        if last - first > self._most(first) or _is_on(self.pictures[first:last], "recto"):
            return
        if follows and follows.opens and self.paper.chapters == "verso":
            return
        extra = priced(neighbour=float(bool(follows and follows.opens)))
        has_text = bool(follows and not follows.opens)
        for form in self.page(first, last):
            if form.words == ("bleed",) and self.pictures[first].letters and not has_text:
                continue  # beside it there would be no words that its caption could stand with
            yield SpreadForm(first, last, verso=form, text="recto", extra=extra)


def _is_on(pictures: Sequence[PictureToPace], side: str) -> bool:
    """Whether the manuscript puts the page of these pictures on a side."""
    return side in pictures[0].words
