"""Transformations of CSS in drawings, said as SVG 1.1 says them: one matrix around the corner of the drawing.

Origins, boxes, and the properties `translate`, `rotate` and `scale` are those of CSS Transforms 1 and 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fontTools.misc.transform import Transform
from lxml import etree

from pressroom.photographs.drawing_outlines import box_of, length_in, matrix_of

OF_CSS = ("css-translate", "css-rotate", "css-scale")
"""Attributes that hold the properties of these names, in the order in which they act."""
_SIDES = {"left": "0%", "top": "0%", "center": "50%", "right": "100%", "bottom": "100%"}
_VERTICAL = ("top", "bottom")
_BY_SHAPE = ("fill-box", "stroke-box", "content-box", "border-box")
_UNITS = re.compile(r"[a-z]+[xyz3]?d?\s*\(|\d(?:px|deg|rad|turn|%)", re.IGNORECASE)
_KNOWN = re.compile(r"(?:\s|,|(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([-+\d.,eE\s]*\))*")
"""Transformations that all programs know."""


def settle_transform(element: etree._Element) -> None:
    """Give an element one transformation that all programs know, for what it and the style sheets ask for.

    What has no matrix of a plane, or turns around a box that cannot be told, stays as it is.
    """
    own = [element.get(name, "") for name in OF_CSS]
    origin, box = element.get("transform-origin", ""), element.get("transform-box", "")
    given = element.get("transform", "").strip()
    if not (any(own) or origin or (given and not _KNOWN.fullmatch(given))):
        element.attrib.pop("transform-box", None)
        return
    matrix = matrix_of(" ".join([*_as_functions(own), "" if given == "none" else given]))
    point = _origin(element, origin, box)
    if matrix is None or point is None:
        return
    x, y = point
    whole = Transform().translate(x, y).transform(matrix).translate(-x, -y)
    for name in (*OF_CSS, "transform-origin", "transform-box", "transform"):
        element.attrib.pop(name, None)
    if whole != Transform():
        element.set("transform", f"matrix({' '.join(f'{part:.6g}' for part in whole)})")


def _as_functions(values: list[str]) -> Iterator[str]:
    for name, value in zip(OF_CSS, values, strict=True):
        if value and value != "none":
            yield f"{name.removeprefix('css-')}({','.join(value.split())})"


def _origin(element: etree._Element, origin: str, box: str) -> tuple[float, float] | None:
    """The point around which an element turns; None where it cannot be told."""
    words = origin.replace(",", " ").split()[:2] or ["0", "0"]
    if len(words) == 1:
        words = ["50%", words[0]] if words[0] in _VERTICAL else [words[0], "50%"]
    if words[0] in _VERTICAL or words[1] in ("left", "right"):
        words.reverse()
    corners = box_of(element) if box in _BY_SHAPE else _view(element)
    if corners is None:
        return None
    left, top, right, bottom = corners
    x = length_in(_SIDES.get(words[0], words[0]), right - left)
    y = length_in(_SIDES.get(words[1], words[1]), bottom - top)
    return None if x is None or y is None else (left + x, top + y)


def _view(element: etree._Element) -> tuple[float, float, float, float]:
    """The nearest view box, whose corner counts as 0, 0 (CSS Transforms 1, 4)."""
    around = (each.get("viewBox", "") for each in element.iterancestors())
    numbers = next(([float(n) for n in re.findall(r"-?[\d.]+", box)] for box in around if box), [])
    return (0.0, 0.0, numbers[2], numbers[3]) if len(numbers) == 4 else (0.0, 0.0, 0.0, 0.0)
