"""Placing: the words of placement that a chapter of photographs begins with. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from pressroom.importing.shots import Shot

_PANORAMA = 2.2
"""Width to height from which a picture lies over two pages."""


def placements(shots: Sequence[Shot]) -> list[str]:
    """A placement for each photograph of a chapter: panoramas over two pages, the others alone on theirs."""
    return [".spread" if shot.ratio >= _PANORAMA else ".page" for shot in shots]


def strongest(shots: Sequence[Shot], ratio: float) -> Shot:
    """The photograph for the cover: most stars, no drawing, nearest to the cover’s shape, most pixels."""
    return max(shots, key=lambda shot: (shot.frame.capture.rating, not shot.frame.probe.is_graphic, _fit(shot, ratio)))


def _fit(shot: Shot, ratio: float) -> tuple[float, int]:
    """How well a picture fills a shape, in tenths; and its pixels."""
    part = min(shot.ratio / ratio, ratio / shot.ratio)
    return round(part, 1), shot.frame.probe.width * shot.frame.probe.height
