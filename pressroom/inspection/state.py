"""The graphics state: what is in force while a page is painted, and what was found on it so far (ISO 32000-1, 8.4)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Dictionary, Matrix, Name

from pressroom.inspection.colourspaces import PaintColour
from pressroom.inspection.embedding import Font
from pressroom.inspection.images import MeasureInk
from pressroom.inspection.page import Paint, PlacedPicture

_BLACK = PaintColour("gray", (0.0,))


@dataclass
class State:
    """What is in force while a page is painted. It changes as operators do; `q` keeps a copy."""

    matrix: Matrix
    fill: PaintColour = _BLACK
    stroke: PaintColour = _BLACK
    fill_space: Any = Name.DeviceGray
    stroke_space: Any = Name.DeviceGray
    fill_overprints: bool = False
    stroke_overprints: bool = False
    keeps_nought: bool = False
    """Overprint mode 1: an ink of DeviceCMYK that a colour has none of stays as it is below."""
    line: float = 1.0
    size: float = 0.0
    font: Any = None
    text: Matrix = field(default_factory=Matrix)
    mode: int = 0
    """How letters are painted: filled, stroked, both, not at all."""
    depth: int = 0
    """Forms within forms."""


@dataclass
class Painted:
    """What has been found on a page so far."""

    measure_ink: MeasureInk
    paints: set[Paint] = field(default_factory=set)
    pictures: list[PlacedPicture] = field(default_factory=list)
    fonts: set[Font] = field(default_factory=set)
    transparency: dict[str, None] = field(default_factory=dict)
    known: dict[tuple[int, int], tuple[str, int | None]] = field(default_factory=dict)
    """Digest and ink of the pictures of the file, by their object."""
    parsed: dict[tuple[int, int], Sequence[Any]] = field(default_factory=dict)
    """The operators of the forms of the file, by their object: many pages may draw one."""
    followed: int = 0
    """Forms and patterns so far."""
    damage: str = ""
    """The first thing that could not be read."""

    def note_group(self, group: Any) -> None:
        """A page or a form may be a group of things that let each other through."""
        if isinstance(group, Dictionary) and group.get("/S") == Name.Transparency:
            self.transparency["a transparency group"] = None


def numbers_of(operands: Any) -> tuple[float, ...]:
    """The numbers that an operator or an array holds."""
    return tuple(float(n) for n in operands)


def matrix_of(numbers: Any) -> Matrix:
    """A matrix of six numbers."""
    a, b, c, d, e, f = numbers_of(numbers)
    return Matrix(a, b, c, d, e, f)


def height_of(matrix: Matrix) -> float:
    """How much larger a matrix makes things, upright."""
    return math.hypot(matrix.c, matrix.d)


def area_of(matrix: Matrix) -> float:
    """How much larger a matrix makes areas."""
    return matrix.a * matrix.d - matrix.b * matrix.c
