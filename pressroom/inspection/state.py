"""The graphics state of a page (ISO 32000-1, 8.4), and the collected facts about what it paints."""

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
    """The graphics state. Operators change it; `q` keeps a copy."""

    matrix: Matrix
    fill: PaintColour = _BLACK
    stroke: PaintColour = _BLACK
    fill_space: Any = Name.DeviceGray
    stroke_space: Any = Name.DeviceGray
    fill_overprints: bool = False
    stroke_overprints: bool = False
    keeps_nought: bool = False
    """Overprint mode 1: where a DeviceCMYK colour has no ink of a plate, that plate keeps what is below."""
    line: float = 1.0
    size: float = 0.0
    font: Any = None
    text: Matrix = field(default_factory=Matrix)
    mode: int = 0
    """Text rendering mode (ISO 32000-1, 9.3.6): fill, stroke, both or neither."""
    depth: int = 0
    """How many forms this one is nested in."""


@dataclass
class Painted:
    """The facts that have been collected from a page so far."""

    measure_ink: MeasureInk
    paints: set[Paint] = field(default_factory=set)
    pictures: list[PlacedPicture] = field(default_factory=list)
    fonts: set[Font] = field(default_factory=set)
    transparency: dict[str, None] = field(default_factory=dict)
    known: dict[tuple[int, int], tuple[str, int | None]] = field(default_factory=dict)
    """Digest and total ink of the file’s pictures, by their objects."""
    parsed: dict[tuple[int, int], Sequence[Any]] = field(default_factory=dict)
    """The operators of the file’s forms, by their objects: many pages may draw one form."""
    followed: int = 0
    """Number of forms and patterns that were entered."""
    damage: str = ""
    """The first thing that could not be read."""

    def note_group(self, group: Any) -> None:
        """Note the transparency group of a page or a form, if it is one."""
        if isinstance(group, Dictionary) and group.get("/S") == Name.Transparency:
            self.transparency["a transparency group"] = None


def numbers_of(operands: Any) -> tuple[float, ...]:
    """Operands, or the items of an array, as numbers."""
    return tuple(float(n) for n in operands)


def matrix_of(numbers: Any) -> Matrix:
    """A matrix of six numbers."""
    a, b, c, d, e, f = numbers_of(numbers)
    return Matrix(a, b, c, d, e, f)


def height_of(matrix: Matrix) -> float:
    """The factor by which a matrix scales heights."""
    return math.hypot(matrix.c, matrix.d)


def area_of(matrix: Matrix) -> float:
    """The factor by which a matrix scales areas."""
    return matrix.a * matrix.d - matrix.b * matrix.c
