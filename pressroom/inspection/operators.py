"""Operators: everything that the content stream of a page paints, in the graphics state in which it does (`state`).

An operator that is damaged is skipped, as processors do, and noted. Only operators that matter for colours, pictures,
fonts and lines are parsed.
"""

from __future__ import annotations

import hashlib
import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

import pikepdf
from pikepdf import Dictionary, Matrix, Name

from pressroom.inspection.colourspaces import PaintColour, base_of, components_of, family_of, is_calibrated, spot_of
from pressroom.inspection.embedding import Font, font_of
from pressroom.inspection.images import IsWhole, MeasureInk, ink_in, is_damaged
from pressroom.inspection.page import ENDLESS, IMMENSE, MOST_CONTENT, PageContent, Paint, PaintUse, PlacedPicture
from pressroom.inspection.pdf_names import name_of
from pressroom.inspection.state import Interpreter, State, area_of, height_of, matrix_of
from pressroom.inspection.stream_lengths import unpacked_length

_DEEPEST = 20
"""How deep forms may be nested; a form that draws itself ends here."""
_MOST = 10_000
"""The most forms and patterns that are entered on one page: their number can grow exponentially with depth."""
_OF_INTEREST = (
    "q Q cm Do gs cs CS sc scn SC SCN g G rg RG k K sh BT Tf Tm Tr Tj TJ ' \" w f F f* B B* b b* S s BI ID EI d1"
)
DAMAGE = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError, OverflowError)
"""The errors that reading a damaged object raises."""


@dataclass(frozen=True)
class SharedObjects:
    """What is known of the objects of a file that several pages may use, by their numbers."""

    pictures: dict[tuple[int, int], tuple[str, int | None, bool]] = field(default_factory=dict)
    """Digest and total ink of pictures, and whether they are damaged."""
    fonts: dict[tuple[int, int], Font] = field(default_factory=dict)
    forms: dict[tuple[int, int], Sequence[Any]] = field(default_factory=dict)
    """The operators of forms."""


@dataclass
class Painted:
    """The facts that have been collected from a page so far."""

    measure_ink: MeasureInk
    is_whole: IsWhole | None = None
    """Asks whether pictures can be decoded; None where nobody asks."""
    paints: set[Paint] = field(default_factory=set)
    pictures: list[PlacedPicture] = field(default_factory=list)
    fonts: set[Font] = field(default_factory=set)
    transparency: dict[str, None] = field(default_factory=dict)
    shared: SharedObjects = field(default_factory=SharedObjects)
    followed: int = 0
    """Number of forms and patterns that were entered."""
    damage: str = ""
    """The first thing that could not be read."""

    def content(self) -> PageContent:
        """The facts, when all of the page has been read."""
        return PageContent(
            frozenset(self.paints), tuple(self.pictures), frozenset(self.fonts), tuple(self.transparency), self.damage
        )

    def note_group(self, group: Any) -> None:
        """Note the transparency group of a page or a form, if it is one."""
        if isinstance(group, Dictionary) and group.get("/S") == Name.Transparency:
            self.transparency["a transparency group"] = None


def read_page(page: Any, resources: Any, scale: float, found: Painted) -> None:
    """Collect everything that a page paints into `found`; `scale` is the size of its units in points."""
    found.note_group(page.get("/Group"))
    state = State(Matrix(scale, 0, 0, scale, 0, 0))
    _read(pikepdf.Page(page), resources, state, found)


def _read(stream: Any, resources: Any, state: State, found: Painted) -> None:
    found.followed += 1
    if state.depth > _DEEPEST or found.followed > _MOST:
        found.damage = ENDLESS
        return
    reader = _Reader(resources, state, found)
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
    if key in found.shared.forms:
        return found.shared.forms[key]
    try:
        if _is_immense(stream):
            found.damage = IMMENSE
            return ()
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            steps = pikepdf.parse_content_stream(stream, _OF_INTEREST)
    except DAMAGE as fault:
        found.damage = found.damage or f"operators that cannot be read ({fault})"
        return ()
    if warned:
        found.damage = found.damage or f"operators that cannot all be read ({warned[0].message})"
    if key is not None:
        found.shared.forms[key] = steps
    return steps


def _is_immense(stream: Any) -> bool:
    contents = stream.obj.get("/Contents") if isinstance(stream, pikepdf.Page) else stream
    parts = contents if isinstance(contents, pikepdf.Array) else [contents]
    lengths = (unpacked_length(part, MOST_CONTENT) for part in parts if isinstance(part, pikepdf.Stream))
    return any(total > MOST_CONTENT for total in accumulate(lengths))


class _Reader(Interpreter):
    """Notes what one content stream paints."""

    def __init__(self, resources: Any, state: State, found: Painted) -> None:
        super().__init__(resources, state)
        self.found = found
        self.start = state.matrix
        """The space of patterns: the initial matrix of the stream (ISO 32000-1, 8.7.3.1)."""
        self.drawn: set[tuple[int, int]] = set()
        """Type 3 fonts whose glyphs have been read."""

    def take(self, operator: str, operands: Any) -> None:
        """Interpret one operator of the stream."""
        super().take(operator, operands)
        if operator in _AREAS or operator in _LINES:
            self._paint_path(operator)
        elif operator in _ACTS:
            _ACTS[operator](self, operands)

    def note_transparency(self, _: Any) -> None:
        """`gs`"""
        state = self.state
        kinds = [f"an opacity of {alpha:.0%}" for alpha in state.alphas if alpha < 1]
        kinds += ["a soft mask"] if state.mask is not None else []
        kinds += [f"the blend mode {state.blend}"] if state.blends else []
        self.found.transparency |= dict.fromkeys(kinds)

    # ---- patterns

    def use_pattern(self, name: Any, colour: PaintColour) -> None:
        """Collect what a pattern paints."""
        pattern = self.resource("/Pattern", name)
        if pattern is None:
            return
        if not isinstance(pattern, pikepdf.Stream):
            self._note_shading(pattern.get("/Shading"))
            return
        matrix = matrix_of(pattern["/Matrix"]) if "/Matrix" in pattern else Matrix()
        state = State(matrix @ self.start, depth=self.state.depth + 1)
        if int(pattern.get("/PaintType", 1)) == _UNCOLOURED:
            state = replace(state, colours=(colour, colour), is_uncoloured=True)
        _read(pattern, pattern.get("/Resources", self.resources), state, self.found)

    # ---- painting

    def _paint_path(self, operator: str) -> None:
        if operator in _AREAS:
            self._note("area", filled=True)
        if operator in _LINES:
            self._note("line", filled=False, size=self.state.line * math.sqrt(abs(area_of(self.state.matrix))))

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
        used = self._font(font)
        if used.is_embedded or self.state.mode != _INVISIBLE:
            self.found.fonts.add(used)
        if used.kind == "Type 3" and font.objgen not in self.drawn:
            self.drawn.add(font.objgen)
            self._draw_glyphs(font)

    def _font(self, font: Any) -> Font:
        fonts = self.found.shared.fonts
        if not font.is_indirect:
            return font_of(font)
        if font.objgen not in fonts:
            fonts[font.objgen] = font_of(font)
        return fonts[font.objgen]

    def _draw_glyphs(self, font: Any) -> None:
        """Collect what the glyphs of a Type 3 font paint: each is a content stream (ISO 32000-1, 9.6.5)."""
        size = Matrix(self.state.size, 0, 0, self.state.size, 0, 0)
        matrix = matrix_of(font.get("/FontMatrix", (0.001, 0, 0, 0.001, 0, 0))) @ size @ self.state.text
        matrix, depth, fill = matrix @ self.state.matrix, self.state.depth + 1, self.state.colours[0]
        inner = replace(self.state, matrix=matrix, colours=(fill, fill), font=None, depth=depth)
        for glyph in font.get("/CharProcs", Dictionary()).values():
            _read(glyph, font.get("/Resources", self.resources), inner, self.found)

    def _note(self, use: PaintUse, *, filled: bool, size: float = 0.0) -> None:
        state, side = self.state, 0 if filled else 1
        # Outside of overprint mode 1, a DeviceCMYK colour paints all four plates (ISO 32000-1, 8.6.7).
        overprints = bool(state.overprints[side]) and (state.keeps_nought or state.spaces[side] != Name.DeviceCMYK)
        self.found.paints.add(Paint(use, replace(state.colours[side], overprints=overprints), round(size, 2)))

    def shade(self, operands: Any) -> None:
        """`sh`"""
        self._note_shading(self.resource("/Shading", operands[0]))

    def _note_shading(self, shading: Any) -> None:
        if shading is not None:
            space = shading.get("/ColorSpace")
            space = self.space(space) if isinstance(space, Name) else space
            self.found.paints.add(Paint("area", PaintColour(family_of(space), (), spot_of(space)), 0.0))

    # ---- pictures and forms

    def draw(self, operands: Any) -> None:
        """`Do`"""
        drawn = self.resource("/XObject", operands[0])
        if drawn is None:
            return
        if drawn.get("/Subtype") == Name.Image:
            self._place(name_of(operands[0]), drawn)
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
        space = self.space(space) if isinstance(space, Name) else space
        if "/SMask" in picture or int(picture.get("/SMaskInData", 0)):
            self.found.transparency["a partly transparent picture"] = None
        bits = 1 if is_mask else int(picture.get("/BitsPerComponent", 8))  # JPEG 2000 holds its own
        matrix, (digest, ink, damaged) = self.state.matrix, self._known(picture, space, bits)
        self.found.pictures.append(
            PlacedPicture(
                name,
                digest,
                (int(picture.get("/Width", 0)), int(picture.get("/Height", 0))),
                math.hypot(matrix.a, matrix.b),
                math.hypot(matrix.c, matrix.d),
                "gray" if is_mask else base_of(space),
                is_calibrated(space),
                bits,
                ink,
                damaged,
            )
        )

    def _known(self, picture: Any, space: Any, bits: int) -> tuple[str, int | None, bool]:
        """Digest and total ink of a picture, and whether it is damaged, found out once for the whole file."""
        if not isinstance(picture, pikepdf.Stream):
            return "", None, False
        known = self.found.shared.pictures
        if picture.objgen not in known:
            digest = hashlib.sha256(picture.read_raw_bytes()).hexdigest()
            ink = ink_in(picture, self.found.measure_ink) if base_of(space) == "cmyk" else None
            asked = self.found.is_whole
            damaged = asked is not None and is_damaged(picture, bits * components_of(space), asked)
            known[picture.objgen] = (digest, ink, damaged)
        return known[picture.objgen]


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
_ACTS: dict[str, Callable[[_Reader, Any], None]] = {
    "gs": _Reader.note_transparency, "Tj": _Reader.show, "TJ": _Reader.show, "'": _Reader.show, '"': _Reader.show,
    "sh": _Reader.shade, "Do": _Reader.draw,
}  # fmt: skip
