"""Equations of Word (OMML) as MathML, element by element; `tex_of_mathml` makes LaTeX of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from pressroom.importing.office.docx_package import MATH, DocxElement
from pressroom.importing.tex_of_mathml import FUNCTIONS

_WORDS = re.compile(r"\d(?:[\d.,]*\d)?|[^\W\d_]+|\S")
"""Numbers, words, and signs of one letter."""


def mathml_of(equation: DocxElement, *, is_block: bool) -> DocxElement:
    """An m:oMath as a `math` element."""
    math = etree.Element("math", {"display": "block"} if is_block else {})
    math.extend(_inside(equation))
    return math


def _inside(element: DocxElement | None) -> list[DocxElement]:
    return [made for child in (element if element is not None else ()) for made in _made(child)]


def _made(element: DocxElement) -> Iterator[DocxElement]:
    if not isinstance(element.tag, str):
        return
    name = etree.QName(element).localname
    if name == "r":
        yield from _run(element)
    elif name in _MAKERS and element.tag.startswith(MATH):
        yield _MAKERS[name](element)
    elif name != "del" and not name.endswith("Pr"):  # words that were deleted, and properties
        yield from _inside(element)


def _row(element: DocxElement | None) -> DocxElement:
    inside = _inside(element)
    return inside[0] if len(inside) == 1 else _of("mrow", *inside)


def _of(tag: str, *children: DocxElement) -> DocxElement:
    element = etree.Element(tag)
    element.extend(children)
    return element


def _sign(text: str, tag: str = "mo", **attributes: str) -> DocxElement:
    element = etree.Element(tag, attributes)
    element.text = text
    return element


def _part(element: DocxElement, name: str) -> DocxElement:
    return _row(element.find(f"{MATH}{name}"))


def _property(element: DocxElement, name: str, default: str) -> str:
    found = _switch(element, name)
    return default if found is None else found.get(f"{MATH}val", "")


def _switch(element: DocxElement, name: str) -> DocxElement | None:
    return element.find(f"{MATH}{etree.QName(element).localname}Pr/{MATH}{name}")


def _is_on(switch: DocxElement | None) -> bool:
    """Whether a property is there and not set to no; one without a value is set."""
    return switch is not None and switch.get(f"{MATH}val", "1") in ("1", "on", "true", "")


# ---- letters


def _run(run: DocxElement) -> Iterator[DocxElement]:
    """The letters of a run: numbers and upright words together, names letter by letter, all else as signs."""
    text = "".join(part.text or "" for part in run.iter() if isinstance(part.tag, str) and part.tag.endswith("}t"))
    if _is_on(_switch(run, "nor")):
        yield _sign(text, "mtext")
        return
    style = _property(run, "sty", "i")
    for word in _WORDS.findall(text):
        if not word[0].isalpha():
            yield _sign(word, "mn" if word[0].isdecimal() else "mo")
        elif word in FUNCTIONS:
            yield _sign(word, "mi")
        elif style == "p":
            yield _sign(word, "mi", mathvariant="normal")
        else:
            yield from (_sign(letter, "mi", **{"mathvariant": "bold"} if "b" in style else {}) for letter in word)


# ---- structures


def _fraction(element: DocxElement) -> DocxElement:
    return _of("mfrac", _part(element, "num"), _part(element, "den"))


def _root(element: DocxElement) -> DocxElement:
    degree = _part(element, "deg")
    is_square = _is_on(_switch(element, "degHide")) or _is_empty(degree)
    return _of("msqrt", _part(element, "e")) if is_square else _of("mroot", _part(element, "e"), degree)


def _is_empty(row: DocxElement) -> bool:
    return row.tag == "mrow" and not len(row)


def _large(element: DocxElement) -> DocxElement:
    """A sum, product or integral with its limits."""
    sign = _sign(_property(element, "chr", "∫") or "∫")
    sub, sup = _part(element, "sub"), _part(element, "sup")
    if not _is_empty(sub) and not _is_empty(sup):
        sign = _of("msubsup", sign, sub, sup)
    elif not _is_empty(sub) or not _is_empty(sup):
        sign = _of("msup", sign, sup) if _is_empty(sub) else _of("msub", sign, sub)
    return _of("mrow", sign, _part(element, "e"))


def _brackets(element: DocxElement) -> DocxElement:
    row = _of("mrow", _sign(_property(element, "begChr", "(")))
    for n, part in enumerate(element.findall(f"{MATH}e")):
        row.extend(([_sign(_property(element, "sepChr", "|"))] if n else []) + [_row(part)])
    row.append(_sign(_property(element, "endChr", ")")))
    return row


def _matrix(element: DocxElement) -> DocxElement:
    rows = ([*row.findall(f"{MATH}e")] for row in element.findall(f"{MATH}mr"))
    return _of("mtable", *(_of("mtr", *(_of("mtd", _row(cell)) for cell in row)) for row in rows))


def _lines(element: DocxElement) -> DocxElement:
    return _of("mtable", *(_of("mtr", _of("mtd", _row(line))) for line in element.findall(f"{MATH}e")))


def _accent(element: DocxElement) -> DocxElement:
    return _of("mover", _part(element, "e"), _sign(_property(element, "chr", "\u0302")))


def _bar(element: DocxElement) -> DocxElement:
    is_over = _property(element, "pos", "bot") == "top"
    return _of("mover" if is_over else "munder", _part(element, "e"), _sign("¯" if is_over else "_"))


def _brace(element: DocxElement) -> DocxElement:
    is_over = _property(element, "pos", "bot") == "top"
    return _of("mover" if is_over else "munder", _part(element, "e"), _sign(_property(element, "chr", "⏟")))


def _before(element: DocxElement) -> DocxElement:
    """Signs below and above before a letter, as isotopes have them."""
    scripts = _of("msubsup", etree.Element("mrow"), _part(element, "sub"), _part(element, "sup"))
    return _of("mrow", scripts, _part(element, "e"))


def _phantom(element: DocxElement) -> DocxElement:
    show = _switch(element, "show")
    return _of("mrow" if show is None or _is_on(show) else "mphantom", _part(element, "e"))


_MAKERS: Mapping[str, Callable[[DocxElement], DocxElement]] = {
    "f": _fraction,
    "rad": _root,
    "nary": _large,
    "d": _brackets,
    "m": _matrix,
    "eqArr": _lines,
    "acc": _accent,
    "bar": _bar,
    "groupChr": _brace,
    "sPre": _before,
    "phant": _phantom,
    "func": lambda e: _of("mrow", _part(e, "fName"), _part(e, "e")),
    "sSup": lambda e: _of("msup", _part(e, "e"), _part(e, "sup")),
    "sSub": lambda e: _of("msub", _part(e, "e"), _part(e, "sub")),
    "sSubSup": lambda e: _of("msubsup", _part(e, "e"), _part(e, "sub"), _part(e, "sup")),
    "limLow": lambda e: _of("munder", _part(e, "e"), _part(e, "lim")),
    "limUpp": lambda e: _of("mover", _part(e, "e"), _part(e, "lim")),
}
