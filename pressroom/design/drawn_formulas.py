"""Drawn formulas: for pages, MathML becomes pictures that stand on the baseline, in the size of the line around them.

The page engine knows no MathML. ziamath (Python, 4 MB with its STIX Two Math, MIT) draws the very MathML that ebooks
show. matplotlib’s mathtext reads TeX of its own, without matrices and `aligned`, and brings 60 MB.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from itertools import pairwise
from xml.etree import ElementTree

from lxml import etree

from pressroom.xhtml import MATHML, XHTML, XhtmlDocument

_SIZE = 100.0
"""The size in which formulas are drawn, in the units of the drawing: an em of the line around them."""
_LARGE = frozenset("∑∏∐⋃⋂⋁⋀⨁⨂⨀⨄⨆")
"""Operators whose limits stand beside them in a line of text, and above and below them apart (TeX, MathML Core)."""
_LIMITS = {"munder": "msub", "mover": "msup", "munderover": "msubsup"}
_SELECTORS = re.compile("[\ufe00-\ufe0f]")


def with_drawn_formulas(document: XhtmlDocument) -> XhtmlDocument:
    """A page whose formulas are pictures, with their text alternatives."""
    if next(document.root.iter(f"{MATHML}math"), None) is None:
        return document
    root = document.copy()
    for formula in list(root.iter(f"{MATHML}math")):
        picture = etree.Element(
            f"{XHTML}img", dict(_picture(etree.tostring(formula, encoding="unicode", with_tail=False)))
        )
        picture.tail = formula.tail
        if formula.get("display") == "block" and formula.getparent().get("class") != "formula":  # type: ignore[union-attr]
            picture.set("class", "formula apart")
        formula.getparent().replace(formula, picture)  # type: ignore[union-attr]  # it is inside a page
    return XhtmlDocument.of(root)


@lru_cache(maxsize=4096)
def _picture(formula: str) -> tuple[tuple[str, str], ...]:
    """The attributes of a formula’s picture: what it shows, how large it is in em, and where its baseline is."""
    from ziamath.zmath import Math  # noqa: PLC0415 - only pages with formulas need it

    root = ElementTree.fromstring(formula)  # noqa: S314 - the builder has made it
    alternative = root.get("alttext", "")
    _prepare(root, is_apart=root.get("display") == "block")
    drawn = Math(root, size=_SIZE, margin=0)
    width, height = drawn.getsize()
    address = f"data:image/svg+xml;base64,{b64encode(drawn.svg().encode()).decode()}"
    style = f"width: {width / _SIZE:.3f}em; vertical-align: {drawn.getyofst() / _SIZE:.3f}em"
    ratio = f"--width: {width / _SIZE:.3f}em; --ratio: {width / max(height, 1):.4f}"
    return ("class", "formula"), ("src", address), ("alt", alternative), ("style", f"{style}; {ratio}")


# ---- what ziamath reads in another way than browsers


def _prepare(root: ElementTree.Element, *, is_apart: bool) -> None:
    """Say in a formula what browsers know by themselves."""
    root.set("displaystyle", str(is_apart).lower())
    for element in root.iter():
        element.text = _SELECTORS.sub("", element.text) if element.text else element.text
        for kid in [kid for kid in element if _is_empty(kid)]:
            element[list(element).index(kid)] = _nothing(kid)
    for table in root.iter(f"{MATHML}mtable"):
        _drop_margins(table)
        _align(table)
    _limits_beside(root, is_apart=is_apart)


def _is_empty(element: ElementTree.Element) -> bool:
    """Whether an element draws nothing and has no width: the library gives it an endless height."""
    name = element.tag.removeprefix(MATHML)
    return not len(element) and not (element.text or "").strip() and (name != "mspace" or not element.get("width"))


def _nothing(element: ElementTree.Element) -> ElementTree.Element:
    """A space without width, in a cell if a cell had nothing."""
    space = ElementTree.Element(f"{MATHML}mspace", {"width": "0em"})
    if element.tag != f"{MATHML}mtd":
        return space
    cell = ElementTree.Element(element.tag, element.attrib)
    cell.append(space)
    return cell


def _drop_margins(table: ElementTree.Element) -> None:
    """Take out the cells that center a table in the column: the picture is as wide as its formula."""
    for row in table:
        for cell in [cell for cell in row if cell.get("style", "").startswith("width: 50%")]:
            row.remove(cell)


def _align(table: ElementTree.Element) -> None:
    """Align the columns of a table as its style attributes have it: MathML Core has no others."""
    rows: list[list[ElementTree.Element]] = [list(row) for row in table]
    for cell in (cell for row in rows for cell in row):
        way = re.search(r"text-align:\s*(left|right)", cell.get("style", ""))
        cell.set("columnalign", way[1] if way else "center")
    gaps = []
    widest = next((row for row in rows if len(row) == max(map(len, rows))), [])
    for before, after in pairwise(widest):
        is_joined = "padding-right: 0" in before.get("style", "") and "padding-left: 0" in after.get("style", "")
        gaps.append("0em" if is_joined else "0.9em")
    if gaps:
        table.set("columnspacing", " ".join(gaps))
    table.set("rowspacing", "0.5em")


def _limits_beside(element: ElementTree.Element, *, is_apart: bool) -> None:
    """Put the limits of sums beside them, where a formula stands in a line."""
    if "displaystyle" in element.attrib:
        is_apart = element.get("displaystyle") == "true"
    name = element.tag.removeprefix(MATHML)
    if not is_apart and name in _LIMITS and len(element) and _has_movable_limits(element[0]):
        element.tag = MATHML + _LIMITS[name]
    for kid in element:
        _limits_beside(kid, is_apart=is_apart)


def _has_movable_limits(base: ElementTree.Element) -> bool:
    return base.get("movablelimits") == "true" or (base.text or "").strip() in _LARGE
