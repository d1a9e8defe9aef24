"""Asked lines: what the engine asks where a line begins, and how wide that line and those below it are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import strut

from pressroom.language.bcp47 import primary_subtag
from pressroom.typeset.engine.custom_properties import share_of, word_of
from pressroom.typeset.engine.line_text import is_atom, text_in
from pressroom.typeset.lines.total_fit import Fit

PIECE = "pressroom_piece"
"""The attribute of a text box: what of it stands in a line."""
_MOST_WIDTHS = 60
"""The most lines beside floats whose widths are asked for."""
_NARROW = 45
"""Letters in a line, with its spaces, below which a column is narrow, and text in it ragged."""
_IDEOGRAPHIC, _NARROW_IDEOGRAPHIC = frozenset(["ja", "zh"]), 16
"""Languages that are written without spaces in letters of one width, and the letters of a narrow column in them."""
_IDEOGRAPHIC_FIT = Fit(tracking=0.05, last_tracking=0.1)
"""Their lines are filled between letters (W3C, Requirements for Japanese Text Layout, 3.8.4)."""

split_inline_box = inline.split_inline_box
"""The engine's own, whatever stands in for it."""


@dataclass(frozen=True)
class AskedLine:
    """What the engine asks where a line begins, in its own order."""

    context: Any
    box: Any
    position_x: float
    max_x: float
    bottom_space: float
    skip_stack: Any
    containing_block: Any
    absolute_boxes: Any
    fixed_boxes: Any
    line_placeholders: Any
    waiting_floats: Any
    line_children: Any
    first_letter_style: Any
    first_line_style: Any

    @property
    def width(self) -> float:
        """The width of this line in px."""
        return self.max_x - self.position_x

    @property
    def start(self) -> tuple[int, ...]:
        """Where it begins, as the engine counts: children, then a byte."""
        return tuple(_steps(self.skip_stack))

    @property
    def is_full(self) -> bool:
        """Whether the last line is as wide as the others."""
        return bool(self.box.style["text_align_last"] == "justify")

    def can_be_planned(self) -> bool:
        """Whether the text flows, and its layout does not ask for the engine's own lines."""
        style = self.box.style
        return (
            style["white_space"] == "normal"
            and style["font_size"] > 0
            and not self.first_letter_style
            and word_of(style, "--lines") != "first-fit"
        )

    def needs_plan(self) -> bool:
        """Whether the text may be wider than a line: titles and labels are not planned in vain."""
        held = [box for box in self.box.descendants() if is_atom(box) or isinstance(box, boxes.TextBox)]
        letters = sum(len(text_in(box)) for box in held)
        return self.is_full or letters * self.box.style["font_size"] > self.width or any(map(is_atom, held))

    def fit(self, letters: float) -> Fit:
        """How lines of so many letters are set."""
        style = self.box.style
        is_ideographic = primary_subtag(style["lang"] or "") in _IDEOGRAPHIC
        is_narrow = letters < (_NARROW_IDEOGRAPHIC if is_ideographic else _NARROW)
        is_ragged = style["text_align_all"] != "justify" or (is_narrow and word_of(style, "--narrow") != "justified")
        fit, tracking = _IDEOGRAPHIC_FIT if is_ideographic else Fit(), share_of(style, "--letter-fit")
        if tracking is not None:
            fit = replace(fit, tracking=tracking, last_tracking=tracking)
        return replace(fit, is_ragged=is_ragged)

    def widths(self) -> tuple[tuple[float, ...], bool]:
        """The widths of this line and those below, with that of all further ones; and whether a float begins here."""
        floats = [] if self.start else list(_floats(self.box))
        if not floats:
            return self._widths_from(self.width), False
        shapes = self.context.excluded_shapes
        self.context.excluded_shapes = shapes.copy()
        forget_pieces(self.box)
        split_inline_box(  # once without effect: an initial has its place then, and lines beside it their widths
            self.context, self.box, self.position_x, self.max_x, self.bottom_space, self.skip_stack,
            self.containing_block, [], [], [], [], [], self.first_letter_style, self.first_line_style,
        )  # fmt: skip
        widths = self._widths_from(self._available(self.box.position_y) - self.box.text_indent)
        self.context.excluded_shapes = shapes
        return widths, True

    def _widths_from(self, first: float) -> tuple[float, ...]:
        shapes, block = self.context.excluded_shapes, self.containing_block.width
        if not shapes:
            return first, block
        height = strut(self.box.style)[0]
        foot = max(shape.position_y + shape.margin_height() for shape in shapes)
        beside = min(_MOST_WIDTHS, int(max(0, foot - self.box.position_y) / max(height, 1)) + 1)
        below = (self._available(self.box.position_y + height * number) for number in range(1, beside + 1))
        return first, *below, block

    def _available(self, y: float) -> float:
        """The width of a line at a height, beside the floats there."""
        probe = self.box.copy()
        probe.position_y, probe.width, probe.height = y, 0, strut(self.box.style)[0]
        return float(inline.avoid_collisions(self.context, probe, self.containing_block, outer=False)[2])

    def is_last_of_page(self) -> bool:
        """Whether no other line has room below it."""
        foot = self.box.position_y + 2 * strut(self.box.style)[0]
        return bool(self.context.overflows_page(self.bottom_space, foot))


def forget_pieces(box: Any) -> None:
    """Let the engine fill the lines of a paragraph itself."""
    for leaf in box.descendants():
        vars(leaf).pop(PIECE, None)


def _steps(skip_stack: Any) -> Iterator[int]:
    while skip_stack:
        ((number, skip_stack),) = skip_stack.items()
        yield number


def _floats(box: Any) -> Iterator[Any]:
    for child in box.children:
        if child.is_floated():
            yield child
        elif isinstance(child, boxes.InlineBox) and child.is_in_normal_flow():
            yield from _floats(child)
