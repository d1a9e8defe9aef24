"""Photographs on the desk: what the preview shows of each picture, and what may be changed of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pressroom.photographs import Photograph
from pressroom.production import Manuscript
from pressroom.publication import Figure, Framing
from pressroom.reports import as_json, entries


@dataclass(frozen=True)
class DeskPhoto:
    """A figure with its photograph, as values that can be sent to a browser."""

    id: str
    values: Mapping[str, Any]
    """What `photos --json` tells of it, and its framing in per cent of the whole picture."""
    photograph: Photograph | None

    @property
    def whole(self) -> Photograph | None:
        """The photograph without its crop, blurred where it is to be blurred; None where there is none to frame."""
        one = self.photograph
        if one is None or one.kind == "drawing":
            return None
        frame = one.crop_and_blur
        window = (0, 0, frame.width, frame.height)
        return replace(one, width=frame.width, height=frame.height, crop_and_blur=replace(frame, window=window))


def desk_photos(manuscript: Manuscript) -> Iterator[DeskPhoto]:
    """Every figure of a publication, in reading order, with its sizes in all editions."""
    listed = entries(manuscript.publication, manuscript.album, manuscript.layout)
    for entry, values in zip(listed, as_json(listed), strict=True):
        figure, photograph = entry.figure, entry.photograph
        shown = {**values, "title": entry.title, "framing": _framing(figure, photograph) if photograph else None}
        yield DeskPhoto(figure.id, shown, photograph)


def _framing(figure: Figure, photograph: Photograph) -> dict[str, Any] | None:
    """The focus and the crop in per cent of the whole picture, and what the manuscript has settled of them."""
    if photograph.kind == "drawing":
        return None
    whole, framing = photograph.crop_and_blur, figure.framing
    left, top, right, bottom = Framing(crop=framing.crop).window(whole.width, whole.height)
    across, down = 100 / whole.width, 100 / whole.height
    crop = [round(n, 2) for n in (left * across, top * down, (right - left) * across, (bottom - top) * down)]
    return {
        "width": whole.width,
        "height": whole.height,
        "focus": [framing.focus.x, framing.focus.y],
        "crop": crop if framing.crop else None,
        "aspect": framing.aspect,
        "settled": [name for name in ("focus", "crop") if figure.origins.get(name) == "manuscript"],
    }
