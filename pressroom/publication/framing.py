"""Framing: which part of a photograph is shown, which point a further crop keeps, and which regions are blurred.

All measures are on the upright picture, from the left and the top, in per cent of its sides or in pixels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, WithJsonSchema

Window = tuple[int, int, int, int]
"""The left, top, right and bottom edge in pixels; right and bottom are exclusive."""
_NUMBER = r"(\d+(?:\.\d+)?)"
_POINT = re.compile(rf"{_NUMBER}%\s+{_NUMBER}%")
_RATIO = re.compile(rf"{_NUMBER}\s*[:/x×]\s*{_NUMBER}")
_PER_CENT = re.compile(rf"{_NUMBER}%\s+{_NUMBER}%\s+{_NUMBER}%\s+{_NUMBER}%")
_PIXELS = re.compile(rf"{_NUMBER}(?:px)?\s+{_NUMBER}(?:px)?\s+{_NUMBER}(?:px)?\s+{_NUMBER}(?:px)?")
LONGEST_RATIO = 20.0
"""The greatest ratio of the sides of a frame; beyond it a picture is no more than a line."""


@dataclass(frozen=True)
class Focus:
    """The point of a picture that a crop keeps in frame, in per cent from the left and the top."""

    x: float = 50
    y: float = 50


@dataclass(frozen=True)
class Region:
    """A rectangle on a picture."""

    x: float
    y: float
    width: float
    height: float
    unit: Literal["%", "px"] = "%"

    def box(self, width: int, height: int) -> Window:
        """The pixels of the region on a picture of this size: at least one, and none outside the picture."""
        across, down = (width / 100, height / 100) if self.unit == "%" else (1.0, 1.0)
        left, right = _pixels(self.x * across, (self.x + self.width) * across, width)
        top, bottom = _pixels(self.y * down, (self.y + self.height) * down, height)
        return left, top, right, bottom


def _pixels(start: float, end: float, side: int) -> tuple[int, int]:
    first = round(min(start, side - 1))
    return first, max(first + 1, round(min(end, side)))


@dataclass(frozen=True)
class Framing:
    """The crop, the shape and the blurred regions of a photograph."""

    focus: Focus = Focus()
    crop: Region | None = None
    aspect: float | None = None
    """The ratio of the frame's width to its height."""
    blur: tuple[Region, ...] = ()
    """Regions that must not be recognised: faces, number plates."""

    def window(self, width: int, height: int) -> Window:
        """The pixels of a picture of this size that are kept: its crop, cut to the aspect around the focus."""
        left, top, right, bottom = self.crop.box(width, height) if self.crop else (0, 0, width, height)
        across, down = right - left, bottom - top
        if self.aspect:
            wide, high = min(across, max(1, round(down * self.aspect))), min(down, max(1, round(across / self.aspect)))
            focus = self.focus_in((left, top, right, bottom), width, height)
            # As in object-position of CSS, the point at 60 % of the picture stands at 60 % of the frame.
            left += round((across - wide) * focus.x / 100)
            top += round((down - high) * focus.y / 100)
            right, bottom = left + wide, top + high
        return left, top, right, bottom

    def focus_in(self, window: Window, width: int, height: int) -> Focus:
        """The focus in per cent of a window on the picture, for a further crop of that window."""
        left, top, right, bottom = window
        x = (self.focus.x / 100 * width - left) / (right - left)
        y = (self.focus.y / 100 * height - top) / (bottom - top)
        return Focus(round(min(1.0, max(0.0, x)) * 100, 2), round(min(1.0, max(0.0, y)) * 100, 2))


def parse_focus(text: Any) -> Focus:
    """Read a point: “60% 40%”. Raises ValueError for any other text."""
    if isinstance(text, Focus):
        return text
    match = _POINT.fullmatch(str(text).strip())
    if not match or float(match[1]) > 100 or float(match[2]) > 100:
        raise ValueError(
            f"the focus “{text}” is not a point of the picture; write it from the left and the top: 60% 40%"
        )
    return Focus(float(match[1]), float(match[2]))


def parse_aspect(text: Any) -> float:
    """Read a ratio of width to height: “3:2”. Raises ValueError for any other text."""
    if isinstance(text, float):
        return text
    match = _RATIO.fullmatch(str(text).strip())
    ratio = float(match[1]) / float(match[2]) if match and float(match[2]) else 0.0
    if not 1 / LONGEST_RATIO <= ratio <= LONGEST_RATIO:
        raise ValueError(f"“{text}” is no shape of a picture; write its width to its height: 3:2")
    return ratio


def parse_region(text: Any) -> Region:
    """A rectangle as x, y, width and height: “10% 5% 80% 90%”, or in pixels “600 200 3000 2000”. Raises ValueError."""
    if isinstance(text, Region):
        return text
    clean = str(text).strip()
    share, pixels = _PER_CENT.fullmatch(clean), _PIXELS.fullmatch(clean)
    match = share or pixels
    x, y, width, height = (float(number) for number in match.groups()) if match else (0.0,) * 4
    region = Region(x, y, width, height, "px" if pixels else "%")
    beyond = share and (region.x + region.width > 100.01 or region.y + region.height > 100.01)
    if not (region.width and region.height) or beyond:
        raise ValueError(
            f"“{text}” is no part of the picture; write x, y, width and height from its left and top: 10% 5% 80% 90%"
        )
    if pixels and min(region.width, region.height) < 1:
        shares = " ".join(f"{100 * number:g}%" for number in (x, y, width, height))
        raise ValueError(f"“{text}” is less than a pixel: numbers without % are pixels; write {shares}")
    return region


def parse_regions(text: Any) -> tuple[Region, ...]:
    """Read rectangles with commas between them. Raises ValueError for any other text."""
    if isinstance(text, tuple):
        return text
    return tuple(parse_region(part) for part in str(text).split(","))


def _typed(parse: Any, example: str) -> Any:
    return (BeforeValidator(parse), WithJsonSchema({"type": "string", "examples": [example]}))


FocusText = Annotated[Focus, *_typed(parse_focus, "60% 40%")]
AspectText = Annotated[float, *_typed(parse_aspect, "3:2")]
RegionText = Annotated[Region, *_typed(parse_region, "10% 5% 80% 90%")]
RegionsText = Annotated[tuple[Region, ...], *_typed(parse_regions, "40% 10% 8% 12%")]
