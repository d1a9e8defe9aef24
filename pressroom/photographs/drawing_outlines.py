"""Outlines of shapes in drawings: what box they fill and how long they are, which some properties of CSS count by."""

from __future__ import annotations

import math
import re

from fontTools.misc.transform import Transform
from fontTools.pens.basePen import AbstractPen, NullPen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.perimeterPen import PerimeterPen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import parse_path
from fontTools.svgLib.path.shapes import PathBuilder
from lxml import etree

from pressroom.photographs.drawing_reading import local_name

DrawnBox = tuple[float, float, float, float]
"""Left, top, right, bottom, in the units of the element."""
_SHAPES = frozenset("rect circle ellipse line polyline polygon path".split())
_GROUPS = frozenset(("g", "a", "svg"))
_PART = re.compile(r"([a-zA-Z]\w*)\s*\(([^)]*)\)")
_NUMBER = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*([a-z%]*)", re.IGNORECASE)
_DEGREES = {"": 1.0, "deg": 1.0, "grad": 0.9, "turn": 360.0, "rad": 180 / math.pi}
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6}
_UNREAD = (ValueError, TypeError, LookupError, AttributeError, AssertionError, ArithmeticError)
"""The errors that shapes with words for numbers raise."""


def box_of(element: etree._Element) -> DrawnBox | None:
    """The box that a shape, or a group of shapes, fills without its lines; None for words and what cannot be told."""
    pen = BoundsPen(None)
    try:
        is_told = _draw(element, pen)
    except _UNREAD:
        return None
    return pen.bounds if is_told else None


def length_of(shape: etree._Element) -> float | None:
    """How long the line around a shape is; None where that cannot be told."""
    pen = PerimeterPen(None)
    try:
        return pen.value if _draw(shape, pen) else None
    except _UNREAD:
        return None


def _draw(element: etree._Element, pen: AbstractPen) -> bool:
    """Draw the outline of an element with a pen; False if a part of it has none that can be told."""
    name = local_name(element)
    if name in _GROUPS:
        inner = (TransformPen(pen, _matrix(child)) for child in element)
        return all(_draw(child, each) for child, each in zip(element, inner, strict=True) if isinstance(child.tag, str))
    if name not in _SHAPES:
        return name in ("title", "desc", "metadata", "defs")
    outlines = PathBuilder()
    plain = {key: value for key, value in element.attrib.items() if key != "transform"}
    outlines.add_path_from_element(etree.Element(element.tag, plain))
    for path in outlines.paths:
        parse_path(path, pen if path else NullPen())
    return True


def _matrix(element: etree._Element) -> Transform:
    found = matrix_of(element.get("transform", ""))
    if found is None:
        raise ValueError(element.get("transform"))
    return found


# ---- transformations


def matrix_of(text: str) -> Transform | None:
    """A list of transformations of SVG or CSS as one matrix; None if one of them is not of a plane, or has no meaning.

    Lengths are px, angles degrees, where they have no unit.
    """
    whole = Transform()
    for name, given in _PART.findall(text):
        numbers = _NUMBER.findall(given)
        try:
            whole = whole.transform(_single(name.lower(), numbers))
        except _UNREAD:
            return None
    return whole if not _PART.sub("", text).strip(" ,\t\r\n") else None


def _single(name: str, numbers: list[tuple[str, str]]) -> Transform:
    if name.startswith("translate"):
        return Transform().translate(*_by_axis(name, [float(n) * _PIXELS[unit.lower()] for n, unit in numbers], 0.0))
    if name.startswith("scale"):
        shares = [float(n) / (100 if unit == "%" else 1) for n, unit in numbers]
        return Transform().scale(*_by_axis(name, shares, shares[0] if name == "scale" else 1.0))
    if name == "matrix":
        return Transform(*(float(n) for n, _ in numbers))
    angles = [math.radians(float(n) * _DEGREES[unit.lower()]) if n else 0.0 for n, unit in numbers[:1]]
    if name in ("rotate", "rotatez"):
        x, y = (float(n) for n, _ in numbers[1:3]) if len(numbers) > 2 else (0.0, 0.0)
        return Transform().translate(x, y).rotate(angles[0]).translate(-x, -y)
    if name.startswith("skew"):
        both = [math.radians(float(n) * _DEGREES[unit.lower()]) for n, unit in numbers]
        x, y = _by_axis(name, both, 0.0)
        return Transform(1, math.tan(y), math.tan(x), 1, 0, 0)
    raise KeyError(name)


def _by_axis(name: str, numbers: list[float], other: float) -> tuple[float, float]:
    """The numbers for x and y: of a name that ends in one of these, or of both, of which the second may be left out."""
    if name.endswith("y"):
        return other, numbers[0]
    if name.endswith("x"):
        return numbers[0], other
    return numbers[0], numbers[1] if len(numbers) > 1 else other


def length_in(text: str, whole: float) -> float | None:
    """A length in px, or a share of a whole; None if it has another unit."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    if found[2] == "%":
        return float(found[1]) / 100 * whole
    scale = _PIXELS.get(found[2].lower())
    return float(found[1]) * scale if scale is not None else None
