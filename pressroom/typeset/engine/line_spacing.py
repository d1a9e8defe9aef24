"""Spacing lines: the engine's shaped text, with spaces and letters moved as a line needs it.

The engine sets spaces by shaping a text again in parts: what is kerned with a space is not kerned when it is drawn, and
letterspace parts ligatures. Here glyphs are moved after they are shaped, so what is drawn is what was measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any

import weasyprint.draw.text
from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi
from weasyprint.text.line_break import Layout, first_line_metrics

from pressroom.typeset.engine.line_text import byte_offsets, style_key
from pressroom.typeset.lines.breakpoints import SPACES, UNSEEN

SPACED = "pressroom_spaced"
"""The attribute of a text box that has the spacing of its piece of a line."""
_OF_LAYOUT = ("font_kerning", "text_decoration_line", "overflow_wrap", "tab_size")
"""What the engine's layout of a text depends on besides `style_key`."""
_MOST_PIECES = 4_000
"""Pieces that are remembered at once: the lines of a long chapter, in about 4 MB."""


@dataclass(frozen=True)
class PieceSpacing:
    """How a piece of a line is set."""

    tracking: float = 0.0
    """What is added to each letter, in px."""
    is_elastic: bool = True
    """Whether its spaces are set with those of the line."""
    ends_line: bool = False
    """Whether its last letter is that of the line: nothing is added after it."""

    def spaces_in(self, text: str) -> int:
        """The number of its spaces that can be set."""
        return sum(map(text.count, SPACES)) if self.is_elastic else 0


class SpacedLayout(Layout):  # type: ignore[misc]  # WeasyPrint has no type hints
    """A shaped text with its own spacing, kept while the engine lets go of Pango's objects."""

    def __init__(self, text: str, style: Any, spacing: PieceSpacing) -> None:
        super().__init__(style)
        self.spacing, self.space = spacing, 0.0
        self.set_text(text)

    def set_text(self, text: str, justify: bool = False) -> None:  # noqa: FBT001, FBT002 - the engine's own
        """Take a text. It is shaped when its line is asked for."""
        super().set_text(text)
        self._is_spaced, self.moved = False, 0

    def get_first_line(self) -> tuple[Any, int | None]:
        """The line with moved glyphs, and where the next one would begin."""
        line, index = super().get_first_line()
        if not self._is_spaced:
            self._space(line)
            self._is_spaced = True
        return line, index

    def _space(self, line: Any) -> None:
        space, letter = round(self.space * TO_UNITS), round(self.spacing.tracking * TO_UNITS)
        if not space and not letter:
            return
        moves = self._moves(space, letter)
        for where, geometry in _clusters(line):
            move = moves.get(where, 0)
            geometry.width += move
            self.moved += move

    def _moves(self, space: int, letter: int) -> dict[int, int]:
        """What is added after each letter, by its first byte, in Pango's units."""
        still = dict.fromkeys(UNSEEN, 0) | dict.fromkeys(SPACES, space * self.spacing.is_elastic)
        offsets = byte_offsets(self.text)
        moves = {byte: still.get(sign, letter) for byte, sign in zip(offsets, self.text, strict=False)}
        if self.text and self.spacing.ends_line and self.text[-1] not in still:
            moves[offsets[-2]] = 0
        return moves


def _clusters(line: Any) -> Iterator[tuple[int, Any]]:
    """The first glyph of each cluster of a line, with the byte of its letter."""
    run = line.runs[0]
    while run != ffi.NULL:
        offset, glyphs = run.data.item.offset, run.data.glyphs
        before, infos = -1, glyphs.glyphs
        for number, cluster in enumerate(ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)):
            if cluster != before:
                yield offset + cluster, infos[number].geometry
            before = cluster
        run = run.next


class ShapedPieces:
    """Pieces of lines as they were shaped. A unit is laid out again with most of its lines the same."""

    def __init__(self) -> None:
        self._known: dict[Any, tuple[Any, ...]] = {}

    def line(self, text: str, style: Any, spacing: PieceSpacing) -> tuple[Any, ...]:
        """A piece of a line, as the engine's `split_first_line` hands it out."""
        key = text, spacing, style_key(style), repr([style[name] for name in _OF_LAYOUT])
        if key not in self._known:
            if len(self._known) >= _MOST_PIECES:
                self._known.clear()
            self._known[key] = _shaped(text, style, spacing)
        layout, *measures = self._known[key]
        return copy(layout), *measures  # its spaces are set for the line that it stands in


def _shaped(text: str, style: Any, spacing: PieceSpacing) -> tuple[Any, ...]:
    layout = SpacedLayout(text, style, spacing)
    line, _ = layout.get_first_line()
    moved = layout.moved * FROM_UNITS  # Pango has measured the line before
    _, length, resume_at, width, height, baseline = first_line_metrics(line, text, layout, None, False, style)  # noqa: FBT003
    return layout, length, resume_at, width + moved, height, baseline


# ---- spaces of a whole line


def spaces_in(box: Any) -> int:
    """The number of spaces of a line or a part of it that can be set."""
    if isinstance(box, boxes.TextBox):
        spacing: PieceSpacing | None = getattr(box, SPACED, None)
        return spacing.spaces_in(box.text) if spacing else 0
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        return sum(spaces_in(child) for child in box.children if child.is_in_normal_flow())
    return 0


def set_spaces(box: Any, each: float, x: float = 0.0) -> float:
    """Set the spaces of a line, and move what stands after them; what it grew by so far, in px."""
    if isinstance(box, boxes.TextBox):
        box.position_x += x
        if number := spaces_in(box):
            box.pango_layout.space = each
            box.justification_spacing = each
            box.width += each * number
            x += each * number
        return x
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.translate(x, 0)
        return x
    box.position_x += x
    before = x
    for child in box.children[:: -1 if box.style["direction"] == "rtl" else 1]:
        if child.is_in_normal_flow():
            x = set_spaces(child, each, x)
    box.width += x - before
    return x


@contextmanager
def rounded() -> Iterator[None]:
    """A block in which the engine rounds what it moves glyphs by; it cuts, and half a point is lost in a line."""
    vars(weasyprint.draw.text)["int"] = round
    try:
        yield
    finally:
        del vars(weasyprint.draw.text)["int"]
