"""Equations of Word (OMML) as MathML, element by element; `tex_of_mathml` makes LaTeX of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from pressroom.importing.office.docx_package import MATH, DocxElement

_ROWS = {"e", "num", "den", "deg", "sub", "sup", "fName", "lim", "oMath"}


def mathml_of(equation: DocxElement, *, is_block: bool) -> DocxElement:
    """An m:oMath as a `math` element."""
    math = etree.Element("math", {"display": "block"} if is_block else {})
    math.extend(_inside(equation))
    return math


def _inside(element: DocxElement | None) -> list[DocxElement]:
    return [made for child in (element if element is not None else ()) for made in _made(child)]


def _row(element: DocxElement | None) -> DocxElement:
    inside = _inside(element)
    if len(inside) == 1:
        return inside[0]
    row = etree.Element("mrow")
    row.extend(inside)
    return row


def _of(tag: str, *children: DocxElement) -> DocxElement:
    element = etree.Element(tag)
    element.extend(children)
    return element


def _sign(text: str, tag: str = "mo") -> DocxElement:
    element = etree.Element(tag)
    element.text = text
    return element


def _part(element: DocxElement, name: str) -> DocxElement:
    return _row(element.find(f"{MATH}{name}"))


def _property(element: DocxElement, name: str, default: str) -> str:
    found = element.find(f"{MATH}{etree.QName(element).localname}Pr/{MATH}{name}")
    return default if found is None else found.get(f"{MATH}val", "")


def _made(element: DocxElement) -> Iterator[DocxElement]:
    name = str(element.tag).rpartition("}")[2] if str(element.tag).startswith(MATH) else ""
    if name == "r":
        yield from _letters("".join(each.text or "" for each in element.iter(f"{MATH}t")))
    elif name in _MAKERS:
        yield _MAKERS[name](element)
    elif name in _ROWS or name in ("box", "borderBox", "phant"):
        yield from _inside(element if name in _ROWS else element.find(f"{MATH}e"))


def _letters(text: str) -> Iterator[DocxElement]:
    """The letters of a run: numbers together, names letter by letter, all else as signs."""
    number = ""
    for letter in (*text, ""):
        if letter and (letter.isdecimal() or (letter in ".," and number)):
            number += letter
            continue
        if number:
            yield _sign(number, "mn")
            number = ""
        if letter.strip():
            yield _sign(letter, "mi" if letter.isalpha() else "mo")


def _fraction(element: DocxElement) -> DocxElement:
    return _of("mfrac", _part(element, "num"), _part(element, "den"))


def _root(element: DocxElement) -> DocxElement:
    degree = _part(element, "deg")
    is_square = _property(element, "degHide", "0") in ("1", "on", "true", "") or (
        degree.tag == "mrow" and not len(degree)
    )
    return _of("msqrt", _part(element, "e")) if is_square else _of("mroot", _part(element, "e"), degree)


def _large(element: DocxElement) -> DocxElement:
    """A sum, product or integral with its limits."""
    sign = _sign(_property(element, "chr", "∫") or "∫")
    sub, sup = _part(element, "sub"), _part(element, "sup")
    has_sub, has_sup = (each.tag != "mrow" or len(each) > 0 for each in (sub, sup))
    if has_sub and has_sup:
        sign = _of("msubsup", sign, sub, sup)
    elif has_sub or has_sup:
        sign = _of("msub" if has_sub else "msup", sign, sub if has_sub else sup)
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


def _function(element: DocxElement) -> DocxElement:
    name = element.find(f"{MATH}fName")
    words = "".join(each.text or "" for each in (name if name is not None else element).iter(f"{MATH}t")).strip()
    is_plain = name is not None and all(each.tag == f"{MATH}r" for each in name if each.tag != f"{MATH}fNamePr")
    return _of("mrow", _sign(words, "mi") if is_plain and words else _part(element, "fName"), _part(element, "e"))


_MAKERS: Mapping[str, Callable[[DocxElement], DocxElement]] = {
    "f": _fraction,
    "rad": _root,
    "nary": _large,
    "d": _brackets,
    "m": _matrix,
    "eqArr": _lines,
    "acc": _accent,
    "bar": _bar,
    "func": _function,
    "sSup": lambda e: _of("msup", _part(e, "e"), _part(e, "sup")),
    "sSub": lambda e: _of("msub", _part(e, "e"), _part(e, "sub")),
    "sSubSup": lambda e: _of("msubsup", _part(e, "e"), _part(e, "sub"), _part(e, "sup")),
    "limLow": lambda e: _of("munder", _part(e, "e"), _part(e, "lim")),
    "limUpp": lambda e: _of("mover", _part(e, "e"), _part(e, "lim")),
    "groupChr": lambda e: _of("munder", _part(e, "e"), _sign(_property(e, "chr", "⏟"))),
}
