"""Operators: a page's content read as a press would, from state to state (ISO 32000-1, 8.4)."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import Dictionary, Matrix, Name

from pressroom.inspection.colours import Colour, base_of, family_of, is_calibrated, spot_of
from pressroom.inspection.fonts import Font, font_of
from pressroom.inspection.page import Paint, PlacedPicture, Use

MeasureInk = Callable[[bytes], int | None]
"""Most ink on one spot of a picture in ink, from the bytes of a JPEG; None where that cannot be said."""

_DEEPEST = 20
"""Forms within forms that are followed; files that hold themselves end here."""
_BLACK = Colour("gray", (0.0,))
_OF_INTEREST = "q Q cm Do gs cs CS sc scn SC SCN g G rg RG k K sh Tf Tm Tr Tj TJ ' \" w f F f* B B* b b* S s BI ID EI"


@dataclass(frozen=True)
class _State:
    """What is in force while a page is painted."""

    matrix: Matrix
    fill: Colour = _BLACK
    stroke: Colour = _BLACK
    fill_space: Any = Name.DeviceGray
    stroke_space: Any = Name.DeviceGray
    fill_overprints: bool = False
    stroke_overprints: bool = False
    line: float = 1.0
    size: float = 0.0
    text: Matrix = field(default_factory=Matrix)
    mode: int = 0
    """How letters are painted: filled, stroked, both, not at all."""


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


def read_page(page: pikepdf.Page, found: Painted) -> None:
    """Everything that a page paints."""
    group = page.obj.get("/Group")
    if group is not None and family_of(group.get("/CS")) == "rgb":
        found.transparency["a transparency group in RGB"] = None
    _read(page, page.obj.get("/Resources", Dictionary()), _State(Matrix()), found, 0)


def _read(stream: Any, resources: Any, state: _State, found: Painted, depth: int) -> None:
    if depth > _DEEPEST:
        return
    reader = _Reader(resources, state, found, depth)
    for step in pikepdf.parse_content_stream(stream, _OF_INTEREST):
        if isinstance(step, pikepdf.ContentStreamInlineImage):
            reader.place_inline(step.iimage)
        else:
            reader.take(str(step.operator), step.operands)


class _Reader:
    """Goes through one stream, with its own resources."""

    def __init__(self, resources: Any, state: _State, found: Painted, depth: int) -> None:
        self.resources, self.state, self.found, self.depth = resources, state, found, depth
        self.before: list[_State] = []

    def take(self, operator: str, operands: Any) -> None:
        """One operator of the stream."""
        if operator in _SIMPLE_COLOURS:
            self._set_colour(operator, operands)
        elif operator in _AREAS or operator in _LINES:
            self._paint_path(operator)
        else:
            act = _ACTS.get(operator)
            if act is not None:
                act(self, operands)

    # ---- state

    def push(self, _: Any) -> None:
        """`q`"""
        self.before.append(self.state)

    def pop(self, _: Any) -> None:
        """`Q`"""
        if self.before:
            self.state = self.before.pop()

    def move(self, operands: Any) -> None:
        """`cm`"""
        self.state = replace(self.state, matrix=_matrix(operands) @ self.state.matrix)

    def width(self, operands: Any) -> None:
        """`w`"""
        self.state = replace(self.state, line=float(operands[0]))

    def graphics(self, operands: Any) -> None:
        """`gs`: overprint and everything that lets something shine through."""
        given = self._resource("/ExtGState", operands[0])
        if given is None:
            return
        stroke = bool(given.get("/OP", self.state.stroke_overprints))
        fill = bool(given.get("/op", given.get("/OP", self.state.fill_overprints)))
        self.state = replace(self.state, stroke_overprints=stroke, fill_overprints=fill)
        for key in ("/ca", "/CA"):
            if float(given.get(key, 1)) < 1:
                self.found.transparency[f"an opacity of {float(given[key]):.0%}"] = None
        if given.get("/SMask", Name.None_) != Name.None_:
            self.found.transparency["a soft mask"] = None
        mode = given.get("/BM", Name.Normal)
        if mode not in (Name.Normal, Name.Compatible):
            self.found.transparency[f"the blend mode {str(mode)[1:]}"] = None

    # ---- colour

    def fill_space(self, operands: Any) -> None:
        """`cs`"""
        space = self._space(operands[0])
        self.state = replace(self.state, fill_space=space, fill=_first_of(space))

    def stroke_space(self, operands: Any) -> None:
        """`CS`"""
        space = self._space(operands[0])
        self.state = replace(self.state, stroke_space=space, stroke=_first_of(space))

    def fill_in(self, operands: Any) -> None:
        """`sc` and `scn`"""
        self.state = replace(self.state, fill=self._colour(self.state.fill_space, operands))

    def stroke_in(self, operands: Any) -> None:
        """`SC` and `SCN`"""
        self.state = replace(self.state, stroke=self._colour(self.state.stroke_space, operands))

    def _set_colour(self, operator: str, operands: Any) -> None:
        space = _SIMPLE_COLOURS[operator]
        colour = Colour(family_of(space), tuple(float(n) for n in operands))
        if operator.islower():
            self.state = replace(self.state, fill=colour, fill_space=space)
        else:
            self.state = replace(self.state, stroke=colour, stroke_space=space)

    def _space(self, name: Any) -> Any:
        own = self._resource("/ColorSpace", name)
        return name if own is None else own

    def _colour(self, space: Any, operands: Sequence[Any]) -> Colour:
        family = family_of(space)
        if operands and isinstance(operands[-1], Name):
            self._read_pattern(operands[-1])
            return Colour("pattern")
        return Colour(family, tuple(float(n) for n in operands), spot_of(space))

    def _read_pattern(self, name: Any) -> None:
        pattern = self._resource("/Pattern", name)
        if isinstance(pattern, pikepdf.Stream):
            inner = pattern.get("/Resources", self.resources)
            _read(pattern, inner, _State(self.state.matrix), self.found, self.depth + 1)
        elif pattern is not None:
            self._note_shading(pattern.get("/Shading"))

    # ---- painting

    def _paint_path(self, operator: str) -> None:
        if operator in _AREAS:
            self._note("area", self.state.fill, 0.0, overprints=self.state.fill_overprints)
        if operator in _LINES:
            size = self.state.line * _scale(self.state.matrix)
            self._note("line", self.state.stroke, size, overprints=self.state.stroke_overprints)

    def font(self, operands: Any) -> None:
        """`Tf`"""
        font = self._resource("/Font", operands[0])
        self.state = replace(self.state, size=float(operands[1]))
        if font is not None:
            self.found.fonts.add(font_of(font))

    def text_matrix(self, operands: Any) -> None:
        """`Tm`"""
        self.state = replace(self.state, text=_matrix(operands))

    def text_mode(self, operands: Any) -> None:
        """`Tr`"""
        self.state = replace(self.state, mode=int(operands[0]))

    def show(self, _: Any) -> None:
        """`Tj` and its kin."""
        state, size = self.state, self.state.size * _scale(self.state.text @ self.state.matrix)
        if state.mode in (0, 2, 4, 6):
            self._note("text", state.fill, size, overprints=state.fill_overprints)
        if state.mode in (1, 2, 5, 6):
            self._note("text", state.stroke, size, overprints=state.stroke_overprints)

    def _note(self, use: Use, colour: Colour, size: float, *, overprints: bool) -> None:
        self.found.paints.add(Paint(use, replace(colour, overprints=overprints), round(size, 2)))

    def shade(self, operands: Any) -> None:
        """`sh`"""
        self._note_shading(self._resource("/Shading", operands[0]))

    def _note_shading(self, shading: Any) -> None:
        if shading is not None:
            space = shading.get("/ColorSpace")
            self._note("area", Colour(family_of(space), (), spot_of(space)), 0.0, overprints=False)

    # ---- pictures and forms

    def draw(self, operands: Any) -> None:
        """`Do`"""
        drawn = self._resource("/XObject", operands[0])
        if drawn is None:
            return
        if str(drawn.get("/Subtype")) == "/Image":
            self._place(str(operands[0])[1:], drawn)
        else:
            self._follow(drawn)

    def _follow(self, form: Any) -> None:
        group = form.get("/Group")
        if group is not None and family_of(group.get("/CS")) == "rgb":
            self.found.transparency["a transparency group in RGB"] = None
        matrix = _matrix(form["/Matrix"]) if "/Matrix" in form else Matrix()
        inner = replace(self.state, matrix=matrix @ self.state.matrix)
        _read(form, form.get("/Resources", self.resources), inner, self.found, self.depth + 1)

    def place_inline(self, picture: pikepdf.PdfInlineImage) -> None:
        """A small picture that lies among the operators."""
        space = self._space(picture.obj.get("/CS", picture.obj.get("/ColorSpace", Name.DeviceGray)))
        matrix = self.state.matrix
        wide, high = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
        size = (picture.width, picture.height)
        family, bits = base_of(space), picture.bits_per_component
        self.found.pictures.append(
            PlacedPicture(
                "inline", "", size, wide, high, family, is_calibrated(space), bits, has_mask=False, interpolates=False
            )
        )

    def _place(self, name: str, picture: Any) -> None:
        if picture.get("/ImageMask", False):
            self._note("area", self.state.fill, 0.0, overprints=self.state.fill_overprints)
        space = picture.get("/ColorSpace")
        if isinstance(space, Name):
            space = self._space(space)
        has_mask = "/SMask" in picture
        if has_mask:
            self.found.transparency["a picture that is partly see-through"] = None
        matrix, (digest, ink) = self.state.matrix, self._known(picture, space)
        self.found.pictures.append(
            PlacedPicture(
                name,
                digest,
                (int(picture.get("/Width", 0)), int(picture.get("/Height", 0))),
                math.hypot(matrix.a, matrix.b),
                math.hypot(matrix.c, matrix.d),
                "gray" if picture.get("/ImageMask", False) else base_of(space),
                is_calibrated(space),
                int(picture.get("/BitsPerComponent", 1)),
                has_mask or "/Mask" in picture,
                bool(picture.get("/Interpolate", False)),
                ink,
            )
        )

    def _known(self, picture: Any, space: Any) -> tuple[str, int | None]:
        """Digest and ink of a picture, found once for the whole file."""
        if picture.objgen not in self.found.known:
            data = picture.read_raw_bytes()
            is_jpeg = str(picture.get("/Filter", "")) == "/DCTDecode"
            ink = self.found.measure_ink(data) if is_jpeg and base_of(space) == "cmyk" else None
            self.found.known[picture.objgen] = (hashlib.sha256(data).hexdigest(), ink)
        return self.found.known[picture.objgen]

    def _resource(self, kind: str, name: Any) -> Any:
        group = self.resources.get(kind)
        return None if group is None else group.get(str(name))


_SIMPLE_COLOURS = {
    "g": Name.DeviceGray, "G": Name.DeviceGray, "rg": Name.DeviceRGB, "RG": Name.DeviceRGB,
    "k": Name.DeviceCMYK, "K": Name.DeviceCMYK,
}  # fmt: skip
_AREAS = frozenset(("f", "F", "f*", "B", "B*", "b", "b*"))
_LINES = frozenset(("S", "s", "B", "B*", "b", "b*"))
_ACTS: dict[str, Callable[[_Reader, Any], None]] = {
    "q": _Reader.push, "Q": _Reader.pop, "cm": _Reader.move, "w": _Reader.width, "gs": _Reader.graphics,
    "cs": _Reader.fill_space, "CS": _Reader.stroke_space, "sc": _Reader.fill_in, "scn": _Reader.fill_in,
    "SC": _Reader.stroke_in, "SCN": _Reader.stroke_in, "Tf": _Reader.font, "Tm": _Reader.text_matrix,
    "Tr": _Reader.text_mode, "Tj": _Reader.show, "TJ": _Reader.show, "'": _Reader.show, '"': _Reader.show,
    "sh": _Reader.shade, "Do": _Reader.draw,
}  # fmt: skip


def _first_of(space: Any) -> Colour:
    """The colour that is in force when only a space has been named (ISO 32000-1, 8.6.8): black, or full ink."""
    family = family_of(space)
    values: dict[str, tuple[float, ...]] = {"cmyk": (0, 0, 0, 1), "rgb": (0, 0, 0), "gray": (0,)}
    return Colour(family, values.get(family, (1.0,)), spot_of(space))


def _matrix(numbers: Any) -> Matrix:
    return Matrix(*(float(n) for n in numbers))


def _scale(matrix: Matrix) -> float:
    """How much larger a matrix makes things, upright."""
    return math.hypot(matrix.c, matrix.d)
