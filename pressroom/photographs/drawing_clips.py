"""Clips of drawings that CSS writes as shapes, `clip-path: circle(40%)` (CSS Masking 1), said as elements of SVG."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from lxml import etree

from pressroom.photographs.drawing_outlines import DrawnBox, box_of, length_in

_SVG = "{http://www.w3.org/2000/svg}"
_SHAPE = re.compile(r"\s*(circle|ellipse|inset|polygon|path)\s*\((.*)\)\s*(?:fill-box|border-box|stroke-box)?\s*", re.S)
_SIDES = {"left": "0%", "top": "0%", "center": "50%", "right": "100%", "bottom": "100%"}


def clips_as_elements(root: etree._Element) -> None:
    """Give every element that a shape of CSS clips an element for it, where that can be told."""
    numbers = 0
    for element in list(root.iter(etree.Element)):
        shape = _shape_of(element)
        if shape is not None:
            numbers += 1
            clip = etree.Element(f"{_SVG}clipPath", {"id": f"css-clip-{numbers}"})
            clip.append(shape)
            root.insert(0, clip)
            element.set("clip-path", f"url(#css-clip-{numbers})")


def _shape_of(element: etree._Element) -> etree._Element | None:
    found = _SHAPE.fullmatch(element.get("clip-path", ""))
    box = box_of(element) if found else None
    if found is None or box is None:
        return None
    attributes = _ATTRIBUTES[found[1]](found[2].strip(), box)
    name = {"inset": "rect", "polygon": "polygon"}.get(found[1], found[1])
    return etree.Element(f"{_SVG}{name}", attributes) if attributes else None


def _circle(given: str, box: DrawnBox) -> dict[str, str] | None:
    radius, x, y = _around(given, box)
    wide, high = box[2] - box[0], box[3] - box[1]
    r = _radius(radius or "closest-side", math.hypot(wide, high) / math.sqrt(2), [x, wide - x, y, high - y])
    return None if r is None else _numbers(cx=box[0] + x, cy=box[1] + y, r=r)


def _ellipse(given: str, box: DrawnBox) -> dict[str, str] | None:
    radii, x, y = _around(given, box)
    wide, high = box[2] - box[0], box[3] - box[1]
    words = (radii or "closest-side closest-side").split()
    rx, ry = _radius(words[0], wide, [x, wide - x]), _radius(words[-1], high, [y, high - y])
    return None if rx is None or ry is None else _numbers(cx=box[0] + x, cy=box[1] + y, rx=rx, ry=ry)


def _radius(word: str, whole: float, sides: Sequence[float]) -> float | None:
    if word in ("closest-side", "farthest-side"):
        return min(map(abs, sides)) if word == "closest-side" else max(map(abs, sides))
    return length_in(word, whole)


def _around(given: str, box: DrawnBox) -> tuple[str, float, float]:
    """What stands before “at”, and the point behind it."""
    before, _, at = given.partition("at ") if "at " in given else (given, "", "")
    words = [*at.split(), "50%", "50%"][:2]
    x = length_in(_SIDES.get(words[0], words[0]), box[2] - box[0])
    y = length_in(_SIDES.get(words[1], words[1]), box[3] - box[1])
    return before.strip(), x or 0.0, y or 0.0


def _inset(given: str, box: DrawnBox) -> dict[str, str] | None:
    sides, _, rounded = given.partition("round")
    words = sides.split()
    top = words[0] if words else "0"
    right = words[1] if len(words) > 1 else top
    bottom, left = words[2] if len(words) > 2 else top, words[3] if len(words) > 3 else right
    wide, high = box[2] - box[0], box[3] - box[1]
    lengths = [length_in(top, high), length_in(right, wide), length_in(bottom, high), length_in(left, wide)]
    radius = length_in((rounded.split() or ["0"])[0], wide)
    known = [length for length in (*lengths, radius) if length is not None]
    if len(known) < 5:
        return None
    t, r, b, le, rx = known
    return _numbers(x=box[0] + le, y=box[1] + t, width=max(0.0, wide - le - r), height=max(0.0, high - t - b), rx=rx)


def _polygon(given: str, box: DrawnBox) -> dict[str, str] | None:
    rule = "evenodd" if given.startswith("evenodd") else "nonzero"
    points = list(_points(given.removeprefix(rule).strip(" ,").split(","), box))
    if None in points:
        return None
    return {"points": " ".join(map(str, points)), "clip-rule": rule}


def _points(pairs: Sequence[str], box: DrawnBox) -> Iterator[str | None]:
    for pair in pairs:
        x, y = [*pair.split(), "?", "?"][:2]
        across, down = length_in(x, box[2] - box[0]), length_in(y, box[3] - box[1])
        yield None if across is None or down is None else f"{box[0] + across:g},{box[1] + down:g}"


def _path(given: str, box: DrawnBox) -> dict[str, str] | None:
    rule = "evenodd" if given.startswith("evenodd") else "nonzero"
    line = given.removeprefix(rule).strip(" ,\"'")
    return {"d": line, "clip-rule": rule, "transform": f"translate({box[0]:g} {box[1]:g})"}


def _numbers(**given: float) -> dict[str, str]:
    return {name: f"{number:g}" for name, number in given.items()}


_ATTRIBUTES = {"circle": _circle, "ellipse": _ellipse, "inset": _inset, "polygon": _polygon, "path": _path}
