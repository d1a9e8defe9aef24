"""Paced shots: the pages on which the photographs of new chapters stand, as words of placement. Pure.

`pacing` decides; here it is asked for the photographs of a person’s folder, before they are figures of a publication.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pressroom.importing.grouping import ShotGroup
from pressroom.importing.shots import Shot
from pressroom.pacing import PacingPaper, PictureToPace, pace, weights_of, words
from pressroom.photographs.metadata import printed_credit

_ASKED = 40
"""Letters of a caption that is still to be written."""


def paced(chapters: Sequence[tuple[str, ShotGroup]], paper: PacingPaper) -> list[tuple[tuple[Shot, ...], str]]:
    """Every page of chapters, which are given with their titles: its photographs, and the words for it."""
    shots = {shot.name: shot for _, group in chapters for shot in group.shots}
    weights = weights_by_name(list(shots.values()))
    pictures = [
        _to_pace(shot, weights[shot.name], title=0 if n else len(title) + paper.letters // 3)
        for title, group in chapters
        for n, shot in enumerate(group.shots)
    ]
    return [(tuple(shots[name] for name in page.pictures), str(page)) for page in words(pace(pictures, paper))]


def weights_by_name(shots: Sequence[Shot]) -> Mapping[str, float]:
    """How strong each photograph is among the others, from 0 to 1. A person’s stars come first."""
    signals = [shot.frame.seen.sight.signals for shot in shots]
    weights = weights_of(signals, [shot.frame.capture.rating or None for shot in shots])
    return {shot.name: weight for shot, weight in zip(shots, weights, strict=True)}


def strongest(shots: Sequence[Shot], ratio: float) -> Shot:
    """The photograph for a cover of this ratio: the one with most stars, then the strongest in what a crop leaves."""
    weights = weights_by_name(shots)

    def standing(shot: Shot) -> tuple[float, bool, float]:
        left = min(shot.ratio / ratio, ratio / shot.ratio)
        return shot.frame.capture.rating, not shot.frame.seen.sight.is_framed, (0.2 + weights[shot.name]) * left

    return max(shots, key=standing)


def _to_pace(shot: Shot, weight: float, *, title: int) -> PictureToPace:
    """A photograph as `pacing` asks for it. `title` is the space that a title before it takes, in letters of text."""
    said, probe, seen = shot.frame.metadata, shot.frame.probe, shot.frame.seen
    caption = said.caption or said.headline
    return PictureToPace(
        id=shot.name,
        width=probe.width,
        height=probe.height,
        weight=weight,
        sight=seen.sight,
        letters=(len(caption) or _ASKED) + len(printed_credit(said)),
        text=title,
        opens=title > 0,
        under_title=title > 0,
        faces=seen.faces,
    )
