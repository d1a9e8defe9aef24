"""Inks: rewrites every colour of a press PDF for its printing condition, and sets what overprints.

The page engine writes screen colours (`rg`) and inks (`/DeviceCMYK cs … scn`) side by side. Here each becomes a colour
of the printing condition: `k`, `g` or `rg` (ISO 32000-1, 8.6.8). Solid black text and rules overprint (8.6.7, with OPM
1), so that misregistered plates leave no light edge; all else, white above all, knocks out.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator

from pressroom.inspection.colourspaces import PaintColour
from pressroom.inspection.state import SIDES, Interpreter, State, numbers_of, on_side
from pressroom.keeping.shelf import NO_SHELF, Shelf
from pressroom.pdf.resources import content_of, deflated, description

_SPACES = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
"""Number of components, by colour space."""
_GROUP_SPACES = {"gray": Name.DeviceGray, "cmyk": Name.DeviceCMYK, "rgb": Name.DeviceRGB}
_SET = {1: ("g", "G"), 3: ("rg", "RG"), 4: ("k", "K")}
"""Operators that set a colour of so many components, to fill and to stroke."""
_STATES = frozenset(["q", "Q", "gs", *SIDES])
"""Operators that change what is known here of the state: colours, not places."""
_PAINTS = frozenset(["f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Tj", "TJ", "'", '"', "Do", "sh"])


@dataclass(frozen=True)
class InkUse:
    """The facts about a page that finishing needs."""

    has_transparency: bool
    """Whether anything on it is partly transparent."""
    patterns: tuple[Any, ...]
    """The patterns and gradients of its own content stream, which are relative to its origin (ISO 32000-1, 8.7.3.1)."""


@dataclass(frozen=True)
class PlainPage:
    """The content of a page without forms, patterns and gradients, in inks."""

    content: bytes
    """Deflated."""
    has_transparency: bool
    switches: tuple[tuple[bool, bool], ...]
    """What overprints on it, in fills and strokes."""


@dataclass
class InkPass:
    """The conversion of one file: its inks, and what has been converted so far."""

    pdf: pikepdf.Pdf
    inks: Inks
    shelf: Shelf = NO_SHELF
    """Pages that were converted before."""
    in_mask: bool = False
    seen: dict[tuple[int, int], bool] = field(default_factory=dict)
    """Forms and patterns that have been rewritten, and whether anything in them is transparent."""
    groups: dict[tuple[int, int], bool] = field(default_factory=dict)
    """Forms that are drawn, and whether transparency is involved: only then it matters that they are groups."""
    spaces: set[str] = field(default_factory=set)
    """Names of the colour spaces in use that are not device spaces."""
    resources: list[Any] = field(default_factory=list)
    states: dict[tuple[bool, bool], Any] = field(default_factory=dict)

    @property
    def overprints(self) -> bool:
        """Whether there are plates to print over each other."""
        return self.inks.space == "cmyk" and not self.in_mask

    def page(self, page: pikepdf.Page) -> InkUse:
        """Rewrite the colours of a page."""
        content, resources = content_of(page), _entry(page.obj, "/Resources")
        told = description(resources, content)
        if told is None:
            painter = _Painter(self, resources)
            page.Contents = deflated(self.pdf, zlib.compress(painter.written([*_START, *_parsed(page)])))
            return InkUse(painter.has_transparency, tuple(painter.patterns.values()))
        known = self.shelf.value(
            PlainPage, told + b"\0" + content, lambda: _Painter(self, resources).plain(_parsed(page))
        )
        self.resources.append(resources)
        for over in known.switches:
            self.switch(resources, over)
        page.Contents = deflated(self.pdf, known.content)
        return InkUse(known.has_transparency, ())

    def stream(self, stream: Any, outer: Any, *, pattern: bool = False) -> bool:
        """Rewrite the colours of a form or a tiling pattern, once. Returns whether anything in it is transparent."""
        if stream.objgen not in self.seen:
            self.seen[stream.objgen] = False
            painter = _Painter(self, stream.get("/Resources", outer))
            stream.write(painter.written([*(_START if pattern else ()), *pikepdf.parse_content_stream(stream)]))
            self.seen[stream.objgen] = painter.has_transparency
            if "/CS" in stream.get("/Group", {}):
                stream.Group.CS = _GROUP_SPACES[self.inks.space]
        return self.seen[stream.objgen]

    def mask(self, stream: Any, outer: Any) -> None:
        """Rewrite a soft mask in grey: it holds lightness, not colour."""
        replace(self, inks=Inks("gray"), in_mask=True).stream(stream, outer)

    def shading(self, shading: Any) -> None:
        """Rewrite the colours of a gradient that is made of steps between two colours, as the engine’s are."""
        wanted = {"gray": "/DeviceGray", "cmyk": "/DeviceCMYK"}.get(self.inks.space)
        space = shading.ColorSpace
        if not wanted or not isinstance(space, Name) or str(space) in ("/Pattern", wanted):
            return
        steps = list(_steps(shading.Function))
        if None in steps:
            return
        colours = [[self.inks.of(numbers_of(step.get(key, default))) for key, default in _ENDS] for step in steps]
        if any(len(colour) != _SPACES[wanted] for pair in colours for colour in pair):
            return
        for step, (first, last) in zip(steps, colours, strict=True):
            step.C0, step.C1 = Array(first), Array(last)
        shading.ColorSpace = Name(wanted)

    def switch(self, resources: Any, over: tuple[bool, bool]) -> ContentStreamInstruction:
        """The operator that makes fills and strokes overprint or knock out."""
        if over not in self.states:
            fills, strokes = over
            self.states[over] = self.pdf.make_indirect(Dictionary(Type=Name.ExtGState, OP=strokes, op=fills, OPM=1))
        name = f"/Over{over[0]:d}{over[1]:d}"
        _entry(resources, "/ExtGState")[name] = self.states[over]
        return _instruction("gs", Name(name))

    def drop_unused(self) -> None:
        """Remove colour spaces that no page uses, and groups without transparency. The engine gives every page the
        former and every background the latter, and processors convert the colours of a group once more.
        """
        for objgen in [objgen for objgen, matters in self.groups.items() if not matters]:
            form = self.pdf.get_object(objgen)
            if "/Group" in form:
                del form["/Group"]
        for resources in self.resources:
            for name in [n for n in resources.get("/ColorSpace", {}) if n not in self.spaces]:
                del resources.ColorSpace[name]


def _parsed(page: pikepdf.Page) -> Sequence[Any]:
    return pikepdf.parse_content_stream(page)


_ENDS: Sequence[tuple[str, Sequence[float]]] = (("/C0", (0.0,)), ("/C1", (1.0,)))


class _Painter(Interpreter):
    """Rewrites one content stream. A form may be drawn in many states, and is rewritten once, for all of them."""

    def __init__(self, press: InkPass, resources: Any) -> None:
        super().__init__(resources, State(overprints=(None, None)))
        self.press = press
        press.resources.append(resources)
        self.out: list[Any] = []
        self.has_transparency = False
        self.patterns: dict[str, Any] = {}
        self.switches: dict[tuple[bool, bool], None] = {}

    def plain(self, instructions: Sequence[Any]) -> PlainPage:
        """A plain page of these instructions."""
        content = zlib.compress(self.written([*_START, *instructions]))
        return PlainPage(content, self.has_transparency, tuple(self.switches))

    def written(self, instructions: Sequence[Any]) -> bytes:
        """A content stream of these instructions with their colours converted."""
        for instruction in instructions:
            operator = str(instruction.operator)
            if operator in _STATES:
                self.take(operator, instruction.operands)
            if operator in _PAINTS:
                self.has_transparency |= self.state.is_transparent
            if operator in SIDES:
                self._colour(operator, instruction)
            elif operator in _HANDLERS:
                _HANDLERS[operator](self, instruction)
            else:
                self.out.append(instruction)
        return pikepdf.unparse_content_stream(self.out)

    def use_pattern(self, name: Any, colour: PaintColour) -> None:
        """Rewrite the colours of a pattern."""
        pattern = self.patterns[str(name)] = self.resource("/Pattern", name)
        if int(pattern.PatternType) == 2:
            self.press.shading(pattern.Shading)
        else:
            self.has_transparency |= self.press.stream(pattern, self.resources, pattern=True)

    def _colour(self, operator: str, instruction: Any) -> None:
        """Set a colour, and switch overprinting where it changes."""
        side, mixed = SIDES[operator], None
        colour, space = self.state.colours[side], self.state.spaces[side]
        if isinstance(space, Name) and str(space) in _SPACES:
            mixed = self.press.inks.of(colour.values)
            instruction = _instruction(_SET[len(mixed)][side], *mixed)
        elif operator in ("cs", "CS"):
            self.press.spaces.add(str(instruction.operands[0]))
        self.out.append(instruction)
        fills, strokes = on_side(self.state.overprints, side, mixed == BLACK)
        over = (bool(fills), bool(strokes))
        if self.press.overprints and over != self.state.overprints:
            self.out.append(self._switch(over))
            self.state.overprints = over

    def _switch(self, over: tuple[bool, bool]) -> ContentStreamInstruction:
        self.switches[over] = None
        return self.press.switch(self.resources, over)

    def _use_state(self, instruction: Any) -> None:
        if self.state.mask is not None:
            self.press.mask(self.state.mask.G, self.resources)
        self.out.append(instruction)

    def _draw(self, instruction: Any) -> None:
        drawn = self.resource("/XObject", instruction.operands[0])
        if drawn.Subtype == Name.Form:
            clear = self.press.stream(drawn, self.resources) or self.state.is_transparent
            self.press.groups[drawn.objgen] = clear or self.press.groups.get(drawn.objgen, False)
            self.has_transparency |= clear
            self.out.append(instruction)
        else:
            self.has_transparency |= "/SMask" in drawn
            self._knocking_out(instruction)

    def _gradient(self, instruction: Any) -> None:
        self.press.shading(self.resource("/Shading", instruction.operands[0]))
        self._knocking_out(instruction)

    def _knocking_out(self, instruction: Any) -> None:
        """Paint a picture or a gradient without overprinting, whatever the colour of the text before it."""
        if not self.press.overprints or self.state.overprints == (False, False):
            self.out.append(instruction)
            return
        knock_out = self._switch((False, False))
        self.out += [_instruction("q"), knock_out, instruction, _instruction("Q")]


_HANDLERS: dict[str, Callable[[_Painter, Any], None]] = {
    "gs": _Painter._use_state,
    "Do": _Painter._draw,
    "sh": _Painter._gradient,
    "INLINE IMAGE": _Painter._knocking_out,
}


def _instruction(operator: str, *operands: Any) -> ContentStreamInstruction:
    return ContentStreamInstruction(list(operands), Operator(operator))


_START = (_instruction("g", 0), _instruction("G", 0))
"""The initial colours of a page, which are black (ISO 32000-1, 8.4)."""


def _entry(dictionary: Any, name: str) -> Any:
    """The dictionary under a key of another, added where there is none."""
    if name not in dictionary:
        dictionary[name] = Dictionary()
    return dictionary[name]


def _steps(function: Any) -> Iterator[Any]:
    """The exponential functions that a stitching function joins; None for a function of another kind."""
    kind = 0 if isinstance(function, Array) else int(function.FunctionType)
    if kind == 3:
        for part in function.Functions:
            yield from _steps(part)
    else:
        yield function if kind == 2 else None


# ---- Mixing: a colour of any device space as a colour of the printing condition. Pure.

Components = tuple[float, ...]
"""One component of grey, three of sRGB or four of CMYK, each from 0 to 1."""
Mix = Callable[[tuple[float, float, float]], tuple[float, float, float, float]]
"""Separates an sRGB colour into inks; a grey into black alone."""
BLACK: Components = (0.0, 0.0, 0.0, 1.0)
_SAME = 0.002
"""The components of a grey differ by less than this: half a step of 256."""


@dataclass(frozen=True)
class Inks:
    """The process of a printing condition, and its separation."""

    space: Literal["cmyk", "gray", "rgb"]
    mix: Mix | None = None
    """Without one, greys become black by plain arithmetic, and other colours stay as they are."""

    def of(self, colour: Components) -> Components:
        """A colour of the process. Greys are black ink alone: a grey of four inks changes its hue with every sheet."""
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
    """CMYK as RGB by plain arithmetic: for files in RGB whose layout names inks."""
    return tuple(round((1 - ink) * (1 - inks[3]), 4) for ink in inks[:3])


def _shortest(light: Components) -> Components:
    return light[:1] if max(light) - min(light) < _SAME else light


def _lightness(colour: Components) -> float:
    """The lightness of a colour (ISO 32000-1, 10.3.2)."""
    if len(colour) == 1:
        return colour[0]
    red, green, blue = _light(colour) if len(colour) == 4 else colour
    return 0.3 * red + 0.59 * green + 0.11 * blue
