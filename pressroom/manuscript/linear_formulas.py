"""A formula as plain text on one line, near to Unicode’s linear format (Unicode Technical Note 28): E = mc², (a + b)/c.

Screen readers speak it in the language around it; lists, contents and page heads print it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from lxml import etree

_SUPERSCRIPTS = str.maketrans("0123456789+−-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+−-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_ACCENTS = {"¯": "\u0304", "ˆ": "\u0302", "^": "\u0302", "~": "\u0303", "˙": "\u0307", "¨": "\u0308", "⃗": "\u20d7"}
"""Combining marks for the accents over a letter."""
_LARGE = frozenset("∑∏∐∫∬∭∮⋃⋂⋁⋀")
_SPACED = frozenset("=<>≤≥≠≈≡∼≃+−±×÷⋅→⇒↔⇔∈∉⊂⊆∪∩∧∨∝")
_LEAVES = frozenset(["mi", "mn", "mo", "mtext", "ms"])
_INVISIBLE = re.compile("[\u2061-\u2064\ufe00-\ufe0f]")


@lru_cache(maxsize=4096)
def linear(made: str) -> str:
    """A formula on one line of plain text."""
    root = etree.fromstring(made.encode())
    return re.sub(r"\s+", " ", _line(root)).strip()


def _line(element: etree._Element) -> str:
    kids = [_line(kid) for kid in element]
    name = etree.QName(element).localname
    if name in _WRITERS:
        return _WRITERS[name](kids)
    if name in _LEAVES:
        text = _INVISIBLE.sub("", element.text or "")
        return f" {text.strip()} " if name == "mo" and text.strip() in _SPACED else text
    return "".join(kids)


def _sub(kids: list[str]) -> str:
    return kids[0] + _script(kids[1], "_", _SUBSCRIPTS) + " " * (len(kids[0]) > 1)


def _sup(kids: list[str]) -> str:
    return kids[0] + (_ACCENTS.get(kids[1].strip()) or _script(kids[1], "^", _SUPERSCRIPTS))


def _subsup(kids: list[str]) -> str:
    scripts = _script(kids[1], "_", _SUBSCRIPTS) + _script(kids[2], "^", _SUPERSCRIPTS)
    return kids[0] + scripts + " " * (kids[0].strip() in _LARGE)


def _grouped(text: str) -> str:
    text = text.strip()
    return text if len(text) < 2 or text.isdecimal() else f"({text})"


def _script(text: str, sign: str, table: dict[int, int]) -> str:
    text = text.strip()
    if text in ("′", "″", "‴"):
        return text
    bare = text.replace(" ", "")
    return bare.translate(table) if bare and all(ord(c) in table for c in bare) else sign + _grouped(text)


_WRITERS: Mapping[str, Callable[[list[str]], str]] = {
    "mfrac": lambda kids: f"{_grouped(kids[0])}/{_grouped(kids[1])}",
    "msqrt": lambda kids: f"√{_grouped(''.join(kids))}",
    "mroot": lambda kids: f"{_script(kids[1], '^', _SUPERSCRIPTS)}√{_grouped(kids[0])}",
    **dict.fromkeys(("msup", "mover"), _sup),
    **dict.fromkeys(("msub", "munder"), _sub),
    **dict.fromkeys(("msubsup", "munderover"), _subsup),
    "mtable": "; ".join,
    "mtr": lambda kids: " ".join(filter(None, (kid.strip() for kid in kids))),
    "mspace": lambda _: " ",
    "mphantom": lambda _: "",
}
"""How an element is written on a line, from what is in it."""
