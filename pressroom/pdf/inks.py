"""Inks: every colour of a press PDF as its plates print it, and what prints over what.

The page engine writes colours of a screen (`rg`) and inks (`/DeviceCMYK cs … scn`) side by side. Here each becomes what
the printing condition has: `k`, `g` or `rg` (ISO 32000-1, 8.6.8). Solid black text and rules overprint (8.6.7, with
OPM 1), so that no light edge shows where plates meet inexactly; all else, white above all, knocks out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator

_SPACES = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
"""Components of a colour, by the space it is given in."""
_GROUP_SPACES = {"gray": Name.DeviceGray, "cmyk": Name.DeviceCMYK, "rgb": Name.DeviceRGB}
_SET = {1: ("g", "G"), 3: ("rg", "RG"), 4: ("k", "K")}
"""Operators that set a colour of so many components, to fill and to stroke."""
_SIDES = {
    op: side for ops in (*_SET.values(), ("cs", "CS"), ("sc", "SC"), ("scn", "SCN")) for side, op in enumerate(ops)
}
_PAINTS = frozenset(["f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Tj", "TJ", "'", '"'])


@dataclass(frozen=True)
class _State:
    """What of the graphics state matters here (ISO 32000-1, 8.4). Pairs are for filling and for stroking."""

    spaces: tuple[str, str] = ("/DeviceGray", "/DeviceGray")
    colours: tuple[Components | None, Components | None] = (None, None)
    """None where it is a pattern, a colour of another space, or whatever was set outside a form."""
    over: tuple[bool, bool] | None = None
    """What overprints now; None where nothing has been said yet."""
    alphas: tuple[float, float] = (1.0, 1.0)
    masked: bool = False

    @property
    def shows_through(self) -> bool:
        """Whether what is painted now lets through what is under it."""
        return self.masked or min(self.alphas) < 1


@dataclass(frozen=True)
class InkUse:
    """What was seen of a page."""

    shows_through: bool
    """Whether anything on it shows through something else."""
    patterns: tuple[Any, ...]
    """The patterns and gradients that it paints with itself, which are bound to its origin (ISO 32000-1, 8.7.3.1)."""


@dataclass
class InkPass:
    """One file on its way to the plates: how its colours are mixed, and what has been seen of it so far."""

    pdf: pikepdf.Pdf
    inks: Inks
    in_mask: bool = False
    seen: dict[tuple[int, int], bool] = field(default_factory=dict)
    """Forms and patterns that have been done, and whether anything in them shows through."""
    groups: dict[tuple[int, int], bool] = field(default_factory=dict)
    """Forms that are drawn, and whether something shows through there: only then it matters that they are groups."""
    spaces: set[str] = field(default_factory=set)
    """Names of colour spaces that are neither a device’s nor a pattern."""
    resources: list[Any] = field(default_factory=list)
    states: dict[tuple[bool, bool], Any] = field(default_factory=dict)

    @property
    def overprints(self) -> bool:
        """Whether there are plates to print over each other."""
        return self.inks.space == "cmyk" and not self.in_mask

    def page(self, page: pikepdf.Page) -> InkUse:
        """Rewrite the colours of a page."""
        resources = _entry(page.obj, "/Resources")
        painter = _Painter(self, resources).started()
        painter.run(pikepdf.parse_content_stream(page))
        page.Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(painter.out))
        return InkUse(painter.shows_through, tuple(painter.patterns.values()))

    def stream(self, stream: Any, outer: Any, *, pattern: bool = False) -> bool:
        """Rewrite the colours of a form or of a tiling pattern, once; whether anything in it shows through."""
        if stream.objgen not in self.seen:
            self.seen[stream.objgen] = False
            painter = _Painter(self, stream.get("/Resources", outer))
            if pattern:
                painter.started()
            painter.run(pikepdf.parse_content_stream(stream))
            stream.write(pikepdf.unparse_content_stream(painter.out))
            self.seen[stream.objgen] = painter.shows_through
            if "/CS" in stream.get("/Group", {}):
                stream.Group.CS = _GROUP_SPACES[self.inks.space]
        return self.seen[stream.objgen]

    def mask(self, stream: Any, outer: Any) -> None:
        """A soft mask is no colour: it stays in light and dark."""
        replace(self, inks=Inks("gray"), in_mask=True).stream(stream, outer)

    def shading(self, shading: Any) -> None:
        """The colours of a gradient, where it is one of the engine's: steps between two colours each."""
        wanted = {"gray": "/DeviceGray", "cmyk": "/DeviceCMYK"}.get(self.inks.space)
        space = shading.ColorSpace
        if not wanted or not isinstance(space, Name) or str(space) in ("/Pattern", wanted):
            return
        steps = list(_steps(shading.Function))
        if None in steps:
            return
        colours = [[self.inks.of(_numbers(step.get(key, default))) for key, default in _ENDS] for step in steps]
        if any(len(colour) != _SPACES[wanted] for pair in colours for colour in pair):
            return
        for step, (first, last) in zip(steps, colours, strict=True):
            step.C0, step.C1 = Array(first), Array(last)
        shading.ColorSpace = Name(wanted)

    def switch(self, resources: Any, over: tuple[bool, bool]) -> ContentStreamInstruction:
        """The operator that lets fills and strokes overprint, or knock out."""
        if over not in self.states:
            fills, strokes = over
            self.states[over] = self.pdf.make_indirect(Dictionary(Type=Name.ExtGState, OP=strokes, op=fills, OPM=1))
        name = f"/Over{over[0]:d}{over[1]:d}"
        _entry(resources, "/ExtGState")[name] = self.states[over]
        return _instruction("gs", Name(name))

    def drop_idle(self) -> None:
        """The engine offers spaces of light to every page, and makes a group of each background. What serves nothing
        goes: processors convert the colours of a group once more.
        """
        for objgen in [objgen for objgen, matters in self.groups.items() if not matters]:
            form = self.pdf.get_object(objgen)
            if "/Group" in form:
                del form["/Group"]
        for resources in self.resources:
            for name in [n for n in resources.get("/ColorSpace", {}) if n not in self.spaces]:
                del resources.ColorSpace[name]


_ENDS: Sequence[tuple[str, Sequence[float]]] = (("/C0", (0.0,)), ("/C1", (1.0,)))


class _Painter:
    """Rewrites one content stream."""

    def __init__(self, press: InkPass, resources: Any) -> None:
        self.press, self.resources = press, resources
        press.resources.append(resources)
        self.state, self.stack = _State(), list[_State]()
        self.out: list[Any] = []
        self.shows_through = False
        self.patterns: dict[str, Any] = {}

    def started(self) -> _Painter:
        """At the start of a page everything is black."""
        for side in (0, 1):
            self._set(side, (0.0,))
        return self

    def run(self, instructions: Sequence[Any]) -> None:
        """Copy instructions, with their colours mixed."""
        for instruction in instructions:
            operator = str(instruction.operator)
            if operator in _PAINTS:
                self._look_through()
            handler = _HANDLERS.get(operator)
            if handler is None:
                self.out.append(instruction)
            else:
                handler(self, operator, instruction)

    def _save(self, _operator: str, instruction: Any) -> None:
        self.stack.append(self.state)
        self.out.append(instruction)

    def _restore(self, _operator: str, instruction: Any) -> None:
        self.state = self.stack.pop()
        self.out.append(instruction)

    def _look_through(self) -> None:
        self.shows_through |= self.state.shows_through

    def _colour(self, operator: str, instruction: Any) -> None:
        self._set(_SIDES[operator], _numbers(instruction.operands))

    def _space(self, operator: str, instruction: Any) -> None:
        side, space = _SIDES[operator], str(instruction.operands[0])
        self.state = replace(self.state, spaces=_with(self.state.spaces, side, space))
        if space in _SPACES:
            self._set(side, BLACK if space == "/DeviceCMYK" else (0.0,) * _SPACES[space])
        else:
            self.press.spaces.add(space)
            self._keep(side, None, instruction)

    def _in_space(self, operator: str, instruction: Any) -> None:
        side = _SIDES[operator]
        if self.state.spaces[side] in _SPACES:
            self._set(side, _numbers(instruction.operands))
            return
        if isinstance(instruction.operands[-1], Name):
            name = str(instruction.operands[-1])
            self.patterns[name] = self.resources.Pattern[name]
            self._pattern(self.patterns[name])
        self._keep(side, None, instruction)

    def _pattern(self, pattern: Any) -> None:
        if int(pattern.PatternType) == 2:
            self.press.shading(pattern.Shading)
        else:
            self.shows_through |= self.press.stream(pattern, self.resources, pattern=True)

    def _set(self, side: int, colour: Components) -> None:
        mixed = self.press.inks.of(colour)
        self.state = replace(self.state, spaces=_with(self.state.spaces, side, f"/{_NAMES[len(colour)]}"))
        self._keep(side, mixed, _instruction(_SET[len(mixed)][side], *mixed))

    def _keep(self, side: int, colour: Components | None, instruction: Any) -> None:
        """Set a colour, and say whether it overprints."""
        self.out.append(instruction)
        colours = _with(self.state.colours, side, colour)
        over = (colours[0] == BLACK, colours[1] == BLACK)
        if self.press.overprints and over != self.state.over:
            self.out.append(self.press.switch(self.resources, over))
            self.state = replace(self.state, over=over)
        self.state = replace(self.state, colours=colours)

    def _graphics_state(self, _operator: str, instruction: Any) -> None:
        given = self.resources.ExtGState[instruction.operands[0]]
        fills, strokes = self.state.alphas
        alphas = (float(given.get("/ca", fills)), float(given.get("/CA", strokes)))
        mask = given.get("/SMask")
        masked = self.state.masked if mask is None else isinstance(mask, Dictionary)
        if isinstance(mask, Dictionary):
            self.press.mask(mask.G, self.resources)
        blends = str(given.get("/BM", "/Normal")) != "/Normal"
        self.state = replace(self.state, alphas=alphas, masked=masked or blends)
        self.out.append(instruction)

    def _do(self, _operator: str, instruction: Any) -> None:
        drawn = self.resources.XObject[instruction.operands[0]]
        self._look_through()
        if drawn.Subtype == Name.Form:
            clear = self.press.stream(drawn, self.resources) or self.state.shows_through
            self.press.groups[drawn.objgen] = clear or self.press.groups.get(drawn.objgen, False)
            self.shows_through |= clear
            self.out.append(instruction)
        else:
            self.shows_through |= "/SMask" in drawn
            self._knocking_out(_operator, instruction)

    def _gradient(self, operator: str, instruction: Any) -> None:
        self._look_through()
        self.press.shading(self.resources.Shading[instruction.operands[0]])
        self._knocking_out(operator, instruction)

    def _knocking_out(self, _operator: str, instruction: Any) -> None:
        """Pictures hide what is under them, whatever the colour of the text before them."""
        if not self.press.overprints or self.state.over == (False, False):
            self.out.append(instruction)
            return
        knock_out = self.press.switch(self.resources, (False, False))
        self.out += [_instruction("q"), knock_out, instruction, _instruction("Q")]


_NAMES = {number: space.removeprefix("/") for space, number in _SPACES.items()}
_HANDLERS: dict[str, Callable[[_Painter, str, Any], None]] = {
    "q": _Painter._save,
    "Q": _Painter._restore,
    "gs": _Painter._graphics_state,
    "Do": _Painter._do,
    "sh": _Painter._gradient,
    "INLINE IMAGE": _Painter._knocking_out,
    **dict.fromkeys(("cs", "CS"), _Painter._space),
    **dict.fromkeys(("sc", "scn", "SC", "SCN"), _Painter._in_space),
    **dict.fromkeys(("g", "rg", "k", "G", "RG", "K"), _Painter._colour),
}


def _instruction(operator: str, *operands: Any) -> ContentStreamInstruction:
    return ContentStreamInstruction(list(operands), Operator(operator))


def _numbers(operands: Any) -> Components:
    return tuple(float(n) for n in operands)


def _with(pair: tuple[Any, Any], side: int, value: Any) -> tuple[Any, Any]:
    return (value, pair[1]) if side == 0 else (pair[0], value)


def _entry(dictionary: Any, name: str) -> Any:
    """A dictionary in a dictionary, which is put there if need be."""
    if name not in dictionary:
        dictionary[name] = Dictionary()
    return dictionary[name]


def _steps(function: Any) -> Iterator[Any]:
    """The functions between two colours of which one is put together; None for one of another kind."""
    kind = 0 if isinstance(function, Array) else int(function.FunctionType)
    if kind == 3:
        for part in function.Functions:
            yield from _steps(part)
    else:
        yield function if kind == 2 else None


# ---- Mixing: a colour, however it was given, as a printing condition has it. Pure.

Components = tuple[float, ...]
"""One component of grey, three of light (sRGB) or four of ink, each from 0 to 1."""
Mix = Callable[[tuple[float, float, float]], tuple[float, float, float, float]]
"""How a colour of light is made of inks; a grey of black alone."""
BLACK: Components = (0.0, 0.0, 0.0, 1.0)
_SAME = 0.002
"""Components of a grey differ by less: half of what one of 256 steps is."""


@dataclass(frozen=True)
class Inks:
    """What there is to print with."""

    space: Literal["cmyk", "gray", "rgb"]
    mix: Mix | None = None
    """Without one, greys are as black as they are dark, and other colours stay as they are."""

    def of(self, colour: Components) -> Components:
        """A colour as it is printed. Greys are black ink alone: grey of four inks shifts with every sheet."""
        if self.space == "gray":
            return (round(_lightness(colour), 4),)
        if self.space == "rgb":
            return colour if len(colour) < 4 else _shortest(_light(colour))
        if len(colour) == 4:
            return colour
        is_grey = max(colour) - min(colour) < _SAME
        if is_grey and (self.mix is None or colour[0] in (0, 1)):
            return (0.0, 0.0, 0.0, round(1 - colour[0], 4))
        if self.mix is None:
            return colour
        red, green, blue = colour if len(colour) == 3 else colour * 3
        return tuple(round(ink, 4) for ink in self.mix((red, green, blue)))


def _light(inks: Components) -> Components:
    """Inks as light by plain arithmetic: for files without inks, to which a layout gave some."""
    return tuple(round((1 - ink) * (1 - inks[3]), 4) for ink in inks[:3])


def _shortest(light: Components) -> Components:
    return light[:1] if max(light) - min(light) < _SAME else light


def _lightness(colour: Components) -> float:
    """The grey of a colour (ISO 32000-1, 10.3.2)."""
    if len(colour) == 1:
        return colour[0]
    red, green, blue = _light(colour) if len(colour) == 4 else colour
    return 0.3 * red + 0.59 * green + 0.11 * blue
