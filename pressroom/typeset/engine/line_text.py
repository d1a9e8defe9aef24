"""The text of a paragraph of the engine's as runs: shaped once by the engine itself, with places to part words.

All names of the engine's fields are private to it: `line_filling` says what to do when it changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from weasyprint.css.properties import INHERITED
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.percent import resolve_percentages
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import _font_style_cache_key, create_layout, get_log_attrs

from pressroom.typeset.engine.custom_properties import word_of
from pressroom.typeset.engine.parted_words import parting_points, spare_points
from pressroom.typeset.lines.breakpoints import ATOM, SOFT_HYPHEN, Run

Path = tuple[int, ...]
"""The way to a box: the numbers of the children that lead to it."""
_SHORT = 4
"""Letters of texts that are asked for again and again: spaces, hyphens, a letter before one."""
_JOINED = re.compile("[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufeff\u0900-\u0dff]")
"""Letters that are joined to each other: Arabic, Devanagari and its kin."""
_OUTSIDE = {
    **dict.fromkeys("-\u2010\u2011.,’‘'·،", 0.5),
    **dict.fromkeys("“”„\"‚«»‹›", 0.4),
    **dict.fromkeys(":;!?؛؟", 0.25),
    **dict.fromkeys("–—()[]", 0.12),
}  # fmt: skip
"""How much of its ink a sign shows beyond the edge: the lighter, the more, so that the edge looks straight."""


_BETWEEN = re.compile(r"\S (?=\S)")
"""A letter and a space between words."""
_POINT = re.compile(r"[.,:;](?=\d)")
"""A point that belongs to a number: Pango parts “.78” behind it, which Unicode (UAX 14, LB25) forbids."""
_QUOTED = re.compile(r"(?:(?<=\s)|(?<=^))[“‘«„‚‹](?=[\u0e00-\u0e7f])|[\u0e00-\u0e7f](?=[”’»›])")
"""What a line must not end with: a quotation mark before a Thai word, and a Thai letter before such a mark."""


class NotTextError(Exception):
    """There is something else than text and simple boxes in a line."""


def leaves(box: Any, path: Path = ()) -> Iterator[tuple[Path, Any, float]]:
    """The texts, pictures and formulas of a line box, with what stands before each in px. Raises NotTextError.

    What stands after the last letter comes with no text box.
    """
    edge = 0.0
    for here, leaf, width in _steps(box, path):
        if leaf is None:
            edge += width
        else:
            yield here, leaf, edge
            edge = 0.0
    if edge:
        yield (len(box.children),), None, edge


def _steps(box: Any, path: Path) -> Iterator[tuple[Path, Any, float]]:
    for number, child in enumerate(box.children):
        here = (*path, number)
        if not child.is_in_normal_flow():
            continue
        if is_atom(child) or (isinstance(child, boxes.TextBox) and ("\n" not in child.text or child.text == "\n")):
            yield here, child, 0.0
        elif isinstance(child, boxes.InlineBox) and not child.is_leader:
            yield here, None, _edge(child, "left")
            yield from _steps(child, here)
            yield here, None, _edge(child, "right")
        else:
            raise NotTextError


def is_atom(leaf: Any) -> bool:
    """Whether it is a picture or a formula: one sign, whose width is its own."""
    return isinstance(leaf, boxes.InlineReplacedBox)


def text_in(leaf: Any) -> str:
    """The text of a leaf."""
    return ATOM if is_atom(leaf) else str(leaf.text)


def width_of(atom: Any, containing_block: Any) -> float:
    """The width of a picture or a formula with its margins, in px."""
    atom = atom.copy()
    resolve_percentages(atom, containing_block)
    return float(inline.atomic_box(None, atom, 0, None, containing_block, [], []).margin_width())


def _edge(box: Any, side: str) -> float:
    return sum(_length(box.style[name]) for name in (f"margin_{side}", f"padding_{side}", f"border_{side}_width"))


def _length(value: Any) -> float:
    if isinstance(value, int | float):
        return value
    if value == "auto":
        return 0.0
    if getattr(value, "unit", None) not in ("px", None):
        raise NotTextError  # a percentage, which the engine has not resolved yet
    return float(getattr(value, "value", 0) or 0)


def breaks_in(text: str, language: str | None) -> list[bool]:
    """Whether a line may begin with each letter of a text, and with what comes after it.

    A picture or a formula is like a letter, so that no bracket and no comma is parted from it.
    """
    attributes = get_log_attrs(text.replace(ATOM, "x"), language)
    begins = [bool(attributes[n].is_line_break) for n in range(len(text) + 1)]
    for quoted in _QUOTED.finditer(text):  # Pango breaks Thai at any word, also behind its quotation mark
        begins[quoted.end()] = False
    for point in _POINT.finditer(text):
        begins[point.end()] = False
    return begins


def styled(style: Any, first_line_style: Any) -> Any:
    """A style as it is in the first line of a paragraph."""
    style = style.copy()
    for name, value in first_line_style.items():
        if name in INHERITED:
            style[name] = value
    return style


def style_key(style: Any) -> tuple[Any, ...]:
    """What the shape of a text depends on, besides its letters."""
    names = ("letter_spacing", "word_spacing", "hyphens", "white_space", "direction", "hyphenate_limit_chars")
    return _font_style_cache_key(style, include_size=True), *(style[name] for name in names)


class TextShaper:
    """Shapes texts, and remembers short ones."""

    def __init__(self) -> None:
        self._advances: dict[Any, Sequence[float]] = {}
        self._outside: dict[Any, tuple[float, float]] = {}

    def run(
        self, leaf: Any, before: float, first_line_style: Any, containing_block: Any, *, parts_more: bool = False
    ) -> Run:
        """A leaf as a run; with `parts_more`, its words may also be parted where few letters are left on a line."""
        if leaf is None:
            return Run("", (0.0,), before)
        if is_atom(leaf):
            return Run(ATOM, (0.0, width_of(leaf, containing_block)), before, moves_letters=False)
        style = leaf.style if first_line_style is None or is_code(leaf) else styled(leaf.style, first_line_style)
        key, text, hyphen = style_key(style), leaf.text, style["hyphenate_character"]
        points = parting_points(text, leaf.style)
        spare = spare_points(text, leaf.style) - points if parts_more else frozenset()
        hyphenated = {text[point - 1] for point in points | spare} | ({SOFT_HYPHEN} & set(text))
        return Run(
            text=text,
            at=self.advances(text, style, key),
            before=before,
            wraps=style["white_space"] not in ("nowrap", "pre"),
            begins_line=not leaf.element_tag.endswith("::footnote-call"),
            has_elastic_spaces=not is_code(leaf),
            moves_letters=not is_code(leaf) and not _JOINED.search(text),
            points=points | spare,
            spare=spare,
            hyphens={letter: self._hyphen_after(letter, hyphen, style, key) for letter in hyphenated},
            edges={sign: self._edges(sign, style, key) for sign in {*text, *hyphen[-1:]} & _OUTSIDE.keys()},
            kerned={at: kerned for at, kerned in self._kerned(text, style, key) if kerned},
            hyphen=hyphen,
        )

    def _kerned(self, text: str, style: Any, key: Any) -> Iterator[tuple[int, float]]:
        """Where a space stands between two letters, and what kerning with them adds to it, in px."""
        for found in _BETWEEN.finditer(text):
            parts = found[0][0], " ", text[found.end()]
            apart = sum(self.advances(part, style, key)[-1] for part in parts)
            yield found.start() + 1, self.advances("".join(parts), style, key)[-1] - apart

    def _hyphen_after(self, letter: str, hyphen: str, style: Any, key: Any) -> float:
        """What a hyphen adds to the width: it may be kerned with the letter before it."""
        if letter == SOFT_HYPHEN:
            return self.advances(hyphen, style, key)[-1]
        return self.advances(letter + hyphen, style, key)[-1] - self.advances(letter, style, key)[-1]

    def space(self, style: Any) -> float:
        """The natural word space, in px."""
        at = self.advances("n n", style, style_key(style))
        return at[2] - at[1]

    def advances(self, text: str, style: Any, key: Any) -> Sequence[float]:
        """Where each letter of a text begins, and where the last one ends, in px."""
        if len(text) > _SHORT:
            return _advances(text, style)
        if (text, key) not in self._advances:
            self._advances[text, key] = _advances(text, style)
        return self._advances[text, key]

    def _edges(self, sign: str, style: Any, key: Any) -> tuple[float, float]:
        if (sign, key) not in self._outside:
            self._outside[sign, key] = _outside(sign, style)
        return self._outside[sign, key]


def is_code(leaf: Any) -> bool:
    """Whether a text is code, of which each space counts."""
    return word_of(leaf.style, "--spaces") == "fixed"


def byte_offsets(text: str) -> Sequence[int]:
    """The byte at which each letter of a text begins, and where the last one ends."""
    if text.isascii():
        return range(len(text) + 1)
    return (0, *accumulate(len(letter.encode()) for letter in text))


def _advances(text: str, style: Any) -> Sequence[float]:
    if text in ("", "\n"):
        return (0.0,) * (len(text) + 1)
    layout = create_layout(text, style, None, None, 0)
    line, _ = layout.get_first_line()
    widths = _cluster_widths(line)
    layout.deactivate()
    begins, offsets = sorted(widths), byte_offsets(text)
    at = [0.0] * (offsets[-1] + 1)
    x = 0.0
    for first, after in zip(begins, [*begins[1:], offsets[-1]], strict=True):
        at[first] = x
        for byte in range(first + 1, after):  # within a ligature, in proportion
            at[byte] = x + widths[first] * (byte - first) / (after - first)
        x += widths[first]
    # The engine's line_size: Pango leaves out half a letterspace at either end.
    at[-1] = x + (0 if style["letter_spacing"] == "normal" else style["letter_spacing"])
    return at if text.isascii() else [at[byte] for byte in offsets]


def _cluster_widths(line: Any) -> dict[int, float]:
    """The widths of the glyphs of a line in px, by the byte of the letter to which they belong."""
    widths: dict[int, float] = {}
    run = line.runs[0]
    while run != ffi.NULL:
        offset, glyphs = run.data.item.offset, run.data.glyphs
        infos, clusters = glyphs.glyphs, ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)
        for number, cluster in enumerate(clusters):
            where = offset + cluster
            widths[where] = widths.get(where, 0.0) + infos[number].geometry.width * FROM_UNITS
        run = run.next
    return widths


def _outside(sign: str, style: Any) -> tuple[float, float]:
    """How far a sign stands out at the beginning and the end of a line: its own margin, and a part of its ink."""
    layout = create_layout(sign, style, None, None, 0)
    line, _ = layout.get_first_line()
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ink, logical)
    left, right = ink.x, logical.width - ink.x - ink.width
    layout.deactivate()
    outside = _OUTSIDE[sign] * ink.width
    sides = [max(0, margin + outside) * FROM_UNITS for margin in (left, right)]
    return (sides[1], sides[0]) if style["direction"] == "rtl" else (sides[0], sides[1])
