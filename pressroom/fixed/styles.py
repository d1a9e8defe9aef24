"""Styles of fixed pages: one style sheet for all pages, with a class for every type.

Text is on its baseline whatever ascent a browser uses for a font: each line starts with an empty inline block, 1 em
high, whose foot is the baseline (CSS 2.2, 10.8). Lengths are pt, and are written in CSS px.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pressroom.design.composition import FontFace
from pressroom.publication.measures import PT_PER_PX
from pressroom.typeset.boxes import RuleLine, Type

FILE = "styles/fixed.css"
_GENERIC = frozenset(["serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"])
_DIGITS = {"word_spacing": 4}
"""After the point: what is added to every space of a line adds up. Else a hundredth of a CSS px is enough."""
_BASE = """\
html, body { margin: 0; padding: 0 }
body { position: relative; overflow: hidden; background: #fff; color: #000; -webkit-text-size-adjust: none; \
text-size-adjust: none; text-rendering: geometricPrecision; font-kerning: normal; font-synthesis: none; hyphens: none }
body * { margin: 0; padding: 0; border: 0 }
ul, ol { list-style: none }
q::before, q::after { content: none }
a { color: inherit; text-decoration: none }
.t, .i, .g { position: absolute }
.t { z-index: 1; white-space: pre; line-height: 0; text-indent: 0; text-align: start; text-decoration: none; \
text-transform: none }
.t::before { content: ""; display: inline-block; width: 0; height: 1em }
.h::after { content: attr(data-hyphen); content: attr(data-hyphen) / "" }
.i { overflow: hidden }
.i > img { position: absolute; max-width: none; max-height: none }
.g { box-sizing: border-box }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
"""


class Types:
    """The classes of types, numbered in order of use."""

    def __init__(self) -> None:
        self._names: dict[Type, str] = {}
        self._families: dict[str, str] = {}

    def name(self, type: Type) -> str:
        """The class of a type."""
        return self._names.setdefault(type, f"t{len(self._names) + 1}")

    def family(self, family: str) -> str:
        """The class of letters in a fallback font."""
        return self._families.setdefault(family, f"f{len(self._families) + 1}")

    def css(self) -> Iterator[str]:
        """The rules of all types that pages use."""
        for family, name in self._families.items():
            yield f'.{name} {{ font-family: "{family}" }}'
        for type, name in self._names.items():
            yield f".{name} {{ {_declarations(declared(type))} }}"


def sheet(faces: Iterable[FontFace], types: Types) -> str:
    """The style sheet of all pages."""
    return "\n".join([*map(_font_face, faces), _BASE, *types.css(), ""])


def px(length: float) -> float:
    """CSS px of a length in pt."""
    return length / PT_PER_PX


def inline(**lengths: float) -> str:
    """Lengths in pt as a `style` attribute, in CSS px; `_` stands for a hyphen."""
    return "; ".join(
        f"{name.replace('_', '-')}: {round(px(value), _DIGITS.get(name, 2)) + 0}px" for name, value in lengths.items()
    )


def line(rule: RuleLine) -> str:
    """A rule as the value of a border."""
    return f"{px(rule.width):.3f}px {rule.style} {rule.colour}"


def declared(type: Type) -> Mapping[str, str]:
    """A type as CSS."""
    families = ", ".join(f if f in _GENERIC else f'"{f}"' for f in type.families)
    css = {"font-family": families, "font-size": f"{px(type.size):.7g}px", "font-weight": str(type.weight)}
    css |= {"font-style": type.style, "color": type.colour}
    if type.letter_spacing:
        css["letter-spacing"] = f"{px(type.letter_spacing):.5g}px"
    return css | dict(type.properties)


def _declarations(css: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in css.items())


def _font_face(face: FontFace) -> str:
    which = f'font-family: "{face.family}"; font-weight: {face.weight}; font-style: '
    address = f'url(../{face.part}) format("woff2")'
    return f"@font-face {{ {which}{'italic' if face.italic else 'normal'}; src: {address} }}"
