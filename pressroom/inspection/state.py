"""The graphics state of a content stream, and every operator that changes it (ISO 32000-1, 8.4).

This is the only place that interprets content streams: `operators` notes what is painted in each state, for preflight,
and `pdf.inks` writes the stream anew, for the press.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Matrix, Name

from pressroom.inspection.colourspaces import DEFAULTS, PaintColour, colour_in, family_of, first_of
from pressroom.inspection.pdf_names import name_of

_BLACK = PaintColour("gray", (0.0,))
_DEVICE = {
    "g": Name.DeviceGray, "G": Name.DeviceGray, "rg": Name.DeviceRGB, "RG": Name.DeviceRGB,
    "k": Name.DeviceCMYK, "K": Name.DeviceCMYK,
}  # fmt: skip
"""Operators that set a device colour space together with a colour."""
SIDES = {**dict.fromkeys("g rg k cs sc scn".split(), 0), **dict.fromkeys("G RG K CS SC SCN".split(), 1)}
"""Every operator of colour: 0 for the colour of fills, 1 for that of strokes."""


@dataclass
class State:
    """The graphics state. Operators change it; `q` keeps a copy. Pairs are for filling and for stroking."""

    matrix: Matrix = field(default_factory=Matrix)
    colours: tuple[PaintColour, PaintColour] = (_BLACK, _BLACK)
    spaces: tuple[Any, Any] = (Name.DeviceGray, Name.DeviceGray)
    overprints: tuple[bool | None, bool | None] = (False, False)
    """None where it is unknown, as in a form that is read apart from what draws it."""
    keeps_nought: bool = False
    """Overprint mode 1: where a DeviceCMYK colour has no ink of a plate, that plate keeps what is below."""
    alphas: tuple[float, float] = (1.0, 1.0)
    mask: Any = None
    """The dictionary of a soft mask."""
    blend: str = "Normal"
    line: float = 1.0
    size: float = 0.0
    font: Any = None
    text: Matrix = field(default_factory=Matrix)
    mode: int = 0
    """Text rendering mode (ISO 32000-1, 9.3.6): fill, stroke, both or neither."""
    is_uncoloured: bool = False
    """Whether a glyph or a pattern is painted in the colour that was set before it (8.7.3.3, 9.6.5)."""
    depth: int = 0
    """How many forms this one is nested in."""

    @property
    def blends(self) -> bool:
        """Whether colours mix with what is below them."""
        return self.blend not in ("Normal", "Compatible")

    @property
    def is_transparent(self) -> bool:
        """Whether what is painted now is partly transparent."""
        return self.mask is not None or self.blends or min(self.alphas) < 1


class Interpreter:
    """Reads one content stream with its own resources, and knows the state that each operator leaves."""

    def __init__(self, resources: Any, state: State) -> None:
        self.resources = resources if isinstance(resources, Dictionary) else Dictionary()
        self.state, self.before = copy(state), list[dict[str, Any]]()

    def take(self, operator: str, operands: Any) -> None:
        """Interpret one operator. Operands that it cannot use raise an error, and leave the state as it was."""
        if operator in SIDES:
            self._set_colour(operator, operands)
        elif operator in _CHANGES:
            _CHANGES[operator](self, operands)

    def use_pattern(self, name: Any, colour: PaintColour) -> None:
        """Take note of a pattern that becomes a colour; if it has none of its own, it is painted in `colour`."""

    def resource(self, kind: str, name: Any) -> Any:
        """A resource of the stream; None where it has none of that name."""
        group = self.resources.get(kind)
        return group.get(name) if isinstance(group, Dictionary) else None

    def space(self, name: Any) -> Any:
        """The colour space of a name: a resource, what replaces a device space, or the device space itself."""
        own = self.resource("/ColorSpace", DEFAULTS.get(f"/{name_of(name)}", name))
        return name if own is None else own

    def _set_colour(self, operator: str, operands: Any) -> None:
        if self.state.is_uncoloured:
            return
        side = SIDES[operator]
        space = self.state.spaces[side]
        if operator in _DEVICE:
            space = _DEVICE[operator]
            colour = PaintColour(family_of(space), numbers_of(operands))
        elif operator in ("cs", "CS"):
            space = self.space(operands[0])
            colour = first_of(space)
        elif operands and isinstance(operands[-1], Name):
            under = space[1] if isinstance(space, Array) and len(space) > 1 else None
            self.use_pattern(operands[-1], colour_in(under, numbers_of(operands[:-1])))
            colour = PaintColour("pattern")
        else:
            colour = colour_in(space, numbers_of(operands))
        self.state.spaces = on_side(self.state.spaces, side, space)
        self.state.colours = on_side(self.state.colours, side, colour)

    def _push(self, _: Any) -> None:
        self.before.append(dict(vars(self.state)))  # much faster than a copy of the object; `q` is frequent

    def _pop(self, _: Any) -> None:
        if self.before:
            vars(self.state).update(self.before.pop())

    def _move(self, operands: Any) -> None:
        self.state.matrix = matrix_of(operands) @ self.state.matrix

    def _set_line(self, operands: Any) -> None:
        self.state.line = float(operands[0])

    def _begin_text(self, _: Any) -> None:
        self.state.text = Matrix()

    def _set_font(self, operands: Any) -> None:
        size = float(operands[1])
        self.state.font, self.state.size = self.resource("/Font", operands[0]), size

    def _place_text(self, operands: Any) -> None:
        self.state.text = matrix_of(operands)

    def _set_mode(self, operands: Any) -> None:
        self.state.mode = int(operands[0])

    def _lose_colour(self, _: Any) -> None:
        self.state.is_uncoloured = True

    def _set_parameters(self, operands: Any) -> None:
        """The parameters that a name stands for (8.4.5)."""
        found = self.resource("/ExtGState", operands[0])
        given, state = {} if found is None else dict(found.items()), self.state
        (fills, strokes), (fill_alpha, stroke_alpha) = state.overprints, state.alphas
        mask, blend = given.get("/SMask", state.mask), given.get("/BM", f"/{state.blend}")
        font, size = given.get("/Font", (state.font, state.size))
        changed = {
            "overprints": (given.get("/op", given.get("/OP", fills)), given.get("/OP", strokes)),
            "keeps_nought": bool(given.get("/OPM", state.keeps_nought)),
            "alphas": (float(given.get("/ca", fill_alpha)), float(given.get("/CA", stroke_alpha))),
            "mask": mask if isinstance(mask, Dictionary) else None,  # the name None ends it
            "blend": name_of(blend[0] if isinstance(blend, Array) else blend),
            "line": float(given.get("/LW", state.line)),
            "font": font,
            "size": float(size),
        }
        vars(state).update(changed)


_CHANGES: dict[str, Callable[[Interpreter, Any], None]] = {
    "q": Interpreter._push, "Q": Interpreter._pop, "cm": Interpreter._move, "w": Interpreter._set_line,
    "gs": Interpreter._set_parameters, "BT": Interpreter._begin_text, "Tf": Interpreter._set_font,
    "Tm": Interpreter._place_text, "Tr": Interpreter._set_mode, "d1": Interpreter._lose_colour,
}  # fmt: skip


def on_side(pair: tuple[Any, Any], side: int, value: Any) -> tuple[Any, Any]:
    """A pair for fills and strokes with another value on one side."""
    return (value, pair[1]) if side == 0 else (pair[0], value)


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
