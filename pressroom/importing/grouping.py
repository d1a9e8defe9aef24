"""Grouping: which photographs make a chapter, and which are so alike that one of them is enough.

A folder with subfolders becomes a chapter for each of them, in the natural order of their names. Else days decide: a
chapter ends with its day, unless no more than three hours lie between two pictures, as in a night. If such chapters
had fewer than six pictures on average, they end at pauses of two days, a week, a month or half a year: at the shortest
for which there are six. A set of one day is one chapter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pressroom.importing.photo_files import natural
from pressroom.importing.shots import Shot, in_order
from pressroom.language.dates import day_in_words

_NIGHT = dt.timedelta(hours=3)
_PAUSES = tuple(dt.timedelta(days=days) for days in (2, 7, 30, 182))
_FEWEST = 6
"""Pictures that the chapters have on average, at least."""
_SAME_SCENE = dt.timedelta(hours=1)
"""Pictures that look alike and were taken later than this are meant as two: one place, before and after."""


@dataclass(frozen=True)
class ShotGroup:
    """The photographs of one chapter, in their order."""

    folder: str
    """The subfolder that they lie in; “” if days decide."""
    shots: tuple[Shot, ...]

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days on which they were taken, without those that are doubted."""
        return tuple(sorted({shot.day for shot in self.shots if shot.day}))

    def days_in_words(self, language: str) -> str:
        """“14 January 2024”, “14 January 2024 – 20 January 2024”, or “” where the day of a photograph is unknown."""
        if not self.shots or not all(shot.day for shot in self.shots):
            return ""
        first, last = (day_in_words(day, language) for day in (self.days[0], self.days[-1]))
        return first if first == last else f"{first} – {last}"


def grouped(shots: Sequence[Shot]) -> list[ShotGroup]:
    """The photographs as chapters."""
    by_folder = sorted(shots, key=_folder)
    groups = [
        ShotGroup(folder, tuple(in_order(inside))) for folder, inside in groupby(by_folder, lambda s: s.file.folder)
    ]
    if len(groups) > 1:
        return groups
    whole = in_order(shots)
    best = next((cut for cut in _cuts(whole) if len(whole) >= _FEWEST * len(cut)), [whole])
    return [ShotGroup("", tuple(part)) for part in best]


def _folder(shot: Shot) -> list[tuple[tuple[int, int | str], ...]]:
    """A key that sorts by folder, the pictures that lie in none first."""
    return [natural(step) for step in shot.file.folder.split("/")]


def _cuts(shots: Sequence[Shot]) -> Iterator[list[list[Shot]]]:
    """The chapters by days, then by longer and longer pauses."""
    yield _cut(shots, _NIGHT, by_day=True)
    for pause in _PAUSES:
        yield _cut(shots, pause)


def _cut(shots: Sequence[Shot], pause: dt.timedelta, *, by_day: bool = False) -> list[list[Shot]]:
    """Shots cut where at least this pause lies between two of them, and, by day, where another day begins."""
    parts = [list(shots[:1])]
    for before, shot in pairwise(shots):
        known = before.time is not None and shot.time is not None
        is_later = known and shot.time - before.time >= pause  # type: ignore[operator]  # both are known
        if is_later and not (by_day and shot.time.date() == before.time.date()):  # type: ignore[union-attr]  # as above
            parts.append([])
        parts[-1].append(shot)
    return parts


# ---- near-duplicates


@dataclass(frozen=True)
class SetAside:
    """A photograph that is not shown, and the one that is shown instead."""

    shot: Shot
    like: str
    """The name of the other; “” for a photograph that a person has rejected."""
    is_copy: bool = False
    """Whether both have the same bytes."""


def without_twins(shots: Sequence[Shot]) -> tuple[list[Shot], list[SetAside]]:
    """The photographs without the rejected ones, and each scene once: the one with most stars, then most pixels."""
    rejected = [SetAside(shot, "") for shot in shots if shot.frame.capture.rating < 0]
    kept: list[Shot] = []
    aside: dict[str, SetAside] = {}
    for shot in sorted((shot for shot in shots if shot.frame.capture.rating >= 0), key=_standing, reverse=True):
        other = next((each for each in kept if _is_twin(shot, each)), None)
        if other is None:
            kept.append(shot)
        else:
            aside[shot.name] = SetAside(shot, other.name, shot.frame.probe.digest == other.frame.probe.digest)
    names = {shot.name for shot in kept}
    return [s for s in shots if s.name in names], rejected + [aside[s.name] for s in shots if s.name in aside]


def _standing(shot: Shot) -> tuple[float, int]:
    return shot.frame.capture.rating, shot.frame.probe.width * shot.frame.probe.height


def _is_twin(shot: Shot, other: Shot) -> bool:
    one, two = shot.frame.probe, other.frame.probe
    if one.digest == two.digest:
        return True
    if one.is_graphic or two.is_graphic:
        return False
    if shot.time and other.time and abs(shot.time - other.time) > _SAME_SCENE:
        return False
    return shot.looks.is_distinct and shot.looks.is_like(other.looks)
