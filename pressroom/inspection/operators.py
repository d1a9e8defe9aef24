"""Operators: the content stream of a page, interpreted as a raster image processor does (ISO 32000-1, 8.4).

An operator that is damaged is skipped, as processors do, and noted. Only operators that matter for colours, pictures,
fonts and lines are parsed. `pdf.inks` does not share this code: it rewrites streams, must keep every operator, may
trust the page engine, and tracks the colours that it writes, not those that it reads.
"""

from __future__ import annotations

import hashlib
import math
import warnings
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from typing import Any

import pikepdf
from pikepdf import Dictionary, Matrix, Name

from pressroom.inspection.colourspaces import (
    DEFAULTS,
    PaintColour,
    base_of,
    colour_in,
    family_of,
    first_of,
    is_calibrated,
    spot_of,
)
from pressroom.inspection.embedding import font_of
from pressroom.inspection.images import ink_in
from pressroom.inspection.page import ENDLESS, Paint, PaintUse, PlacedPicture
from pressroom.inspection.state import Painted, State, area_of, height_of, matrix_of, numbers_of

_DEEPEST = 20
"""How deep forms may be nested; a form that draws itself ends here."""
_MOST = 10_000
"""The most forms and patterns that are entered on one page: their number can grow exponentially with depth."""
_OF_INTEREST = (
    "q Q cm Do gs cs CS sc scn SC SCN g G rg RG k K sh BT Tf Tm Tr Tj TJ ' \" w f F f* B B* b b* S s BI ID EI d1"
)
DAMAGE = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError, OverflowError)
"""The errors that reading a damaged object raises."""


def read_page(page: Any, resources: Any, scale: float, found: Painted) -> None:
    """Collect everything that a page paints into `found`; `scale` is the size of its units in points."""
    found.note_group(page.get("/Group"))
    state = State(Matrix(scale, 0, 0, scale, 0, 0))
    _read(pikepdf.Page(page), resources, state, found)


def _read(stream: Any, resources: Any, state: State, found: Painted, *, has_colours: bool = True) -> None:
    found.followed += 1
    if state.depth > _DEEPEST or found.followed > _MOST:
        found.damage = ENDLESS
        return
    reader = _Stream(resources, state, found)
    reader.has_colours = has_colours
    for step in _steps(stream, found):
        operator = "BI"
        try:
            if isinstance(step, pikepdf.ContentStreamInlineImage):
                reader.place_inline(step.iimage)
            else:
                operator = bytes(step.operator).decode("latin-1")
                reader.take(operator, step.operands)
        except DAMAGE:
            found.damage = found.damage or f"the operator “{operator}” has operands that it cannot use"


def _steps(stream: Any, found: Painted) -> Sequence[Any]:
    """The operators of a page or a form; a form’s are kept, since other pages may draw it."""
    key = stream.objgen if isinstance(stream, pikepdf.Stream) and stream.is_indirect else None
    if key in found.parsed:
        return found.parsed[key]
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            steps = pikepdf.parse_content_stream(stream, _OF_INTEREST)
    except DAMAGE as fault:
        found.damage = found.damage or f"operators that cannot be read ({fault})"
        return ()
    if warned:
        found.damage = found.damage or f"operators that cannot all be read ({warned[0].message})"
    if key is not None:
        found.parsed[key] = steps
    return steps


class _Stream:
    """Interprets one content stream with its own resources."""

    def __init__(self, resources: Any, state: State, found: Painted) -> None:
        self.resources = resources if isinstance(resources, Dictionary) else Dictionary()
        self.state, self.found = state, found
        self.start = state.matrix
        """The space of patterns: the initial matrix of the stream (ISO 32000-1, 8.7.3.1)."""
        self.before: list[State] = []
        self.has_colours = True
        """False for an uncoloured glyph or pattern, which is painted in the current colour (8.7.3.3, 9.6.5)."""
        self.drawn: set[tuple[int, int]] = set()
        """Type 3 fonts whose glyphs have been read."""

    def take(self, operator: str, operands: Any) -> None:
        """Interpret one operator of the stream."""
        if operator in _COLOURING and not self.has_colours:
            return
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
        self.before.append(copy(self.state))

    def pop(self, _: Any) -> None:
        """`Q`"""
        if self.before:
            self.state = self.before.pop()

    def move(self, operands: Any) -> None:
        """`cm`"""
        self.state.matrix = matrix_of(operands) @ self.state.matrix

    def width(self, operands: Any) -> None:
        """`w`"""
        self.state.line = float(operands[0])

    def graphics(self, operands: Any) -> None:
        """`gs`: overprint, line width, font and transparency."""
        settings = self._resource("/ExtGState", operands[0])
        if settings is None:
            return
        state = self.state
        self.state = replace(
            state,
            stroke_overprints=bool(settings.get("/OP", state.stroke_overprints)),
            fill_overprints=bool(settings.get("/op", settings.get("/OP", state.fill_overprints))),
            keeps_nought=bool(settings.get("/OPM", int(state.keeps_nought))),
            line=float(settings.get("/LW", state.line)),
        )
        if "/Font" in settings:
            self.state = replace(self.state, font=settings.Font[0], size=float(settings.Font[1]))
        for key in ("/ca", "/CA"):
            if float(settings.get(key, 1)) < 1:
                self.found.transparency[f"an opacity of {float(settings[key]):.0%}"] = None
        if settings.get("/SMask", Name.None_) != Name.None_:
            self.found.transparency["a soft mask"] = None
        mode = settings.get("/BM", Name.Normal)
        mode = mode[0] if isinstance(mode, pikepdf.Array) else mode
        if mode not in (Name.Normal, Name.Compatible):
            self.found.transparency[f"the blend mode {str(mode)[1:]}"] = None

    # ---- colour

    def fill_space(self, operands: Any) -> None:
        """`cs`"""
        space = self._space(operands[0])
        self.state = replace(self.state, fill_space=space, fill=first_of(space))

    def stroke_space(self, operands: Any) -> None:
        """`CS`"""
        space = self._space(operands[0])
        self.state = replace(self.state, stroke_space=space, stroke=first_of(space))

    def fill_in(self, operands: Any) -> None:
        """`sc` and `scn`"""
        self.state.fill = self._colour(self.state.fill_space, operands)

    def stroke_in(self, operands: Any) -> None:
        """`SC` and `SCN`"""
        self.state.stroke = self._colour(self.state.stroke_space, operands)

    def _set_colour(self, operator: str, operands: Any) -> None:
        space = _SIMPLE_COLOURS[operator]
        colour = PaintColour(family_of(space), numbers_of(operands))
        if operator.islower():
            self.state = replace(self.state, fill=colour, fill_space=space)
        else:
            self.state = replace(self.state, stroke=colour, stroke_space=space)

    def _space(self, name: Any) -> Any:
        own = self._resource("/ColorSpace", name)
        if own is None and str(name) in DEFAULTS:
            own = self._resource("/ColorSpace", DEFAULTS[str(name)])
        return name if own is None else own

    def _colour(self, space: Any, operands: Sequence[Any]) -> PaintColour:
        if not (operands and isinstance(operands[-1], Name)):
            return colour_in(space, numbers_of(operands))
        under = space[1] if isinstance(space, pikepdf.Array) and len(space) > 1 else None
        self._read_pattern(operands[-1], colour_in(under, numbers_of(operands[:-1])))
        return PaintColour("pattern")

    def _read_pattern(self, name: Any, colour: PaintColour) -> None:
        """Collect what a pattern paints; `colour` is the one in which an uncoloured pattern is painted."""
        pattern = self._resource("/Pattern", name)
        if pattern is None:
            return
        if not isinstance(pattern, pikepdf.Stream):
            self._note_shading(pattern.get("/Shading"))
            return
        matrix = matrix_of(pattern["/Matrix"]) if "/Matrix" in pattern else Matrix()
        own, state = pattern.get("/Resources", self.resources), State(matrix @ self.start, depth=self.state.depth + 1)
        has_colours = int(pattern.get("/PaintType", 1)) != _UNCOLOURED
        if not has_colours:
            state = replace(state, fill=colour, stroke=colour)
        _read(pattern, own, state, self.found, has_colours=has_colours)

    # ---- painting

    def _paint_path(self, operator: str) -> None:
        if operator in _AREAS:
            self._note("area", filled=True)
        if operator in _LINES:
            self._note("line", filled=False, size=self.state.line * math.sqrt(abs(area_of(self.state.matrix))))

    def begin_text(self, _: Any) -> None:
        """`BT`"""
        self.state.text = Matrix()

    def font(self, operands: Any) -> None:
        """`Tf`"""
        font = self._resource("/Font", operands[0])
        self.state = replace(self.state, font=font, size=float(operands[1]))

    def text_matrix(self, operands: Any) -> None:
        """`Tm`"""
        self.state.text = matrix_of(operands)

    def text_mode(self, operands: Any) -> None:
        """`Tr`"""
        self.state.mode = int(operands[0])

    def show(self, _: Any) -> None:
        """`Tj`, `TJ`, `'` and `"`."""
        state, size = self.state, self.state.size * height_of(self.state.text @ self.state.matrix)
        if state.font is not None:
            self._use_font(state.font)
        if state.mode in (0, 2, 4, 6):
            self._note("text", filled=True, size=size)
        if state.mode in (1, 2, 5, 6):
            self._note("text", filled=False, size=size)

    def _use_font(self, font: Any) -> None:
        """Note a font. Invisible text (mode 3), as under a scan, needs no embedded one."""
        used = font_of(font)
        if used.is_embedded or self.state.mode != _INVISIBLE:
            self.found.fonts.add(used)
        if used.kind == "Type 3" and font.objgen not in self.drawn:
            self.drawn.add(font.objgen)
            self._draw_glyphs(font)

    def _draw_glyphs(self, font: Any) -> None:
        """Collect what the glyphs of a Type 3 font paint: each is a content stream (ISO 32000-1, 9.6.5)."""
        size = Matrix(self.state.size, 0, 0, self.state.size, 0, 0)
        matrix = matrix_of(font.get("/FontMatrix", (0.001, 0, 0, 0.001, 0, 0))) @ size @ self.state.text
        matrix, depth, fill = matrix @ self.state.matrix, self.state.depth + 1, self.state.fill
        inner = replace(self.state, matrix=matrix, stroke=fill, font=None, depth=depth)
        for glyph in font.get("/CharProcs", Dictionary()).values():
            _read(glyph, font.get("/Resources", self.resources), inner, self.found)

    def uncoloured(self, _: Any) -> None:
        """`d1`: the glyph is painted in the colour of its text."""
        self.has_colours = False

    def _note(self, use: PaintUse, *, filled: bool, size: float = 0.0) -> None:
        state = self.state
        colour, space = (state.fill, state.fill_space) if filled else (state.stroke, state.stroke_space)
        is_on = state.fill_overprints if filled else state.stroke_overprints
        # Outside of overprint mode 1, a DeviceCMYK colour paints all four plates (ISO 32000-1, 8.6.7).
        overprints = is_on and (state.keeps_nought or space != Name.DeviceCMYK)
        self.found.paints.add(Paint(use, replace(colour, overprints=overprints), round(size, 2)))

    def shade(self, operands: Any) -> None:
        """`sh`"""
        self._note_shading(self._resource("/Shading", operands[0]))

    def _note_shading(self, shading: Any) -> None:
        if shading is not None:
            space = shading.get("/ColorSpace")
            space = self._space(space) if isinstance(space, Name) else space
            self.found.paints.add(Paint("area", PaintColour(family_of(space), (), spot_of(space)), 0.0))

    # ---- pictures and forms

    def draw(self, operands: Any) -> None:
        """`Do`"""
        drawn = self._resource("/XObject", operands[0])
        if drawn is None:
            return
        if drawn.get("/Subtype") == Name.Image:
            self._place(str(operands[0])[1:], drawn)
        elif drawn.get("/Subtype") == Name.Form:
            self._follow(drawn)

    def _follow(self, form: Any) -> None:
        self.found.note_group(form.get("/Group"))
        matrix = matrix_of(form["/Matrix"]) if "/Matrix" in form else Matrix()
        inner = replace(self.state, matrix=matrix @ self.state.matrix, depth=self.state.depth + 1)
        _read(form, form.get("/Resources", self.resources), inner, self.found)

    def place_inline(self, picture: pikepdf.PdfInlineImage) -> None:
        """An inline image, whose keys may be abbreviated (ISO 32000-1, 8.9.7)."""
        keys = picture.obj
        full = {long: keys.get(long, keys.get(short)) for short, long in _INLINE_KEYS.items()}
        self._place("inline", {key: value for key, value in full.items() if value is not None})

    def _place(self, name: str, picture: Any) -> None:
        is_mask = bool(picture.get("/ImageMask", False))
        if is_mask:
            self._note("area", filled=True)
        space = picture.get("/ColorSpace")
        space = self._space(space) if isinstance(space, Name) else space
        if "/SMask" in picture or int(picture.get("/SMaskInData", 0)):
            self.found.transparency["a partly transparent picture"] = None
        matrix, (digest, ink) = self.state.matrix, self._known(picture, space)
        self.found.pictures.append(
            PlacedPicture(
                name,
                digest,
                (int(picture.get("/Width", 0)), int(picture.get("/Height", 0))),
                math.hypot(matrix.a, matrix.b),
                math.hypot(matrix.c, matrix.d),
                "gray" if is_mask else base_of(space),
                is_calibrated(space),
                1 if is_mask else int(picture.get("/BitsPerComponent", 8)),  # JPEG 2000 holds its own
                ink,
            )
        )

    def _known(self, picture: Any, space: Any) -> tuple[str, int | None]:
        """Digest and total ink of a picture, computed once for the whole file."""
        if not isinstance(picture, pikepdf.Stream):
            return "", None
        if picture.objgen not in self.found.known:
            digest = hashlib.sha256(picture.read_raw_bytes()).hexdigest()
            ink = ink_in(picture, self.found.measure_ink) if base_of(space) == "cmyk" else None
            self.found.known[picture.objgen] = (digest, ink)
        return self.found.known[picture.objgen]

    def _resource(self, kind: str, name: Any) -> Any:
        group = self.resources.get(kind)
        return group.get(str(name)) if isinstance(group, Dictionary) else None


_SIMPLE_COLOURS = {
    "g": Name.DeviceGray, "G": Name.DeviceGray, "rg": Name.DeviceRGB, "RG": Name.DeviceRGB,
    "k": Name.DeviceCMYK, "K": Name.DeviceCMYK,
}  # fmt: skip
_COLOURING = frozenset((*_SIMPLE_COLOURS, "cs", "CS", "sc", "scn", "SC", "SCN"))
_AREAS = frozenset(("f", "F", "f*", "B", "B*", "b", "b*"))
_LINES = frozenset(("S", "s", "B", "B*", "b", "b*"))
_UNCOLOURED = 2
"""PaintType of a pattern that is painted in the current colour."""
_INVISIBLE = 3
"""The text rendering mode of invisible text."""
_INLINE_KEYS = {
    "/W": "/Width", "/H": "/Height", "/CS": "/ColorSpace", "/BPC": "/BitsPerComponent", "/IM": "/ImageMask",
    "/I": "/Interpolate",
}  # fmt: skip
_ACTS: dict[str, Callable[[_Stream, Any], None]] = {
    "q": _Stream.push, "Q": _Stream.pop, "cm": _Stream.move, "w": _Stream.width, "gs": _Stream.graphics,
    "cs": _Stream.fill_space, "CS": _Stream.stroke_space, "sc": _Stream.fill_in, "scn": _Stream.fill_in,
    "SC": _Stream.stroke_in, "SCN": _Stream.stroke_in, "BT": _Stream.begin_text, "Tf": _Stream.font,
    "Tm": _Stream.text_matrix, "Tr": _Stream.text_mode, "Tj": _Stream.show, "TJ": _Stream.show, "'": _Stream.show,
    '"': _Stream.show, "sh": _Stream.shade, "Do": _Stream.draw, "d1": _Stream.uncoloured,
}  # fmt: skip
