"""Rewrites of drawings: what the renderer does not know, said in what it knows. For attributes that are spelled out.

Lines that do not scale (`vector-effect`, as maps that were zoomed have them) get the width that they show, and masks by
opacity (`mask-type`, as Figma writes them) become masks by light, all of them white.
"""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Sequence

from lxml import etree

from pressroom.photographs.drawing_clips import clips_as_elements
from pressroom.photographs.drawing_gradients import without_first_circle
from pressroom.photographs.drawing_outlines import length_of
from pressroom.photographs.drawing_transforms import settle_transform

_SVG = "{http://www.w3.org/2000/svg}"
_PAINTS = ("fill", "stroke", "stop-color", "flood-color")
_REVERSED = "auto-start-reverse"
_CONTEXT = {"stroke": "none", "fill": "#000"}
"""What a marker can take over of its line, with what is usual."""
_TRANSFORM = re.compile(r"(matrix|scale)\s*\(([^)]*)\)")
_NUMBERS = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_LENGTH = re.compile(rf"\s*({_NUMBERS.pattern})\s*(?:px)?\s*", re.IGNORECASE)


def rewrite(root: etree._Element) -> None:
    """Say what the renderer does not know in another way."""
    without_first_circle(root)
    clips_as_elements(root)
    _own_markers(root)
    for element in root.iter(etree.Element):
        settle_transform(element)
        _count_dashes(element)
    for element in root.iter():
        if element.attrib.pop("vector-effect", "") == "non-scaling-stroke":
            _keep_line(element)
    for mask in root.iter(f"{_SVG}mask"):
        if mask.attrib.pop("mask-type", "") == "alpha":
            _whiten(mask)


def _keep_line(element: etree._Element) -> None:
    """Divide the width and the dashes of a line by what it is scaled with."""
    scale = math.prod(_scale(each.get("transform", "")) for each in (element, *element.iterancestors()))
    if not scale or math.isclose(scale, 1.0):
        return
    width = _LENGTH.fullmatch(_inherited(element, "stroke-width", "1"))
    if width:
        element.set("stroke-width", f"{float(width[1]) / scale:g}")
    for name in ("stroke-dasharray", "stroke-dashoffset"):
        if dashes := _NUMBERS.findall(_inherited(element, name, "")):
            element.set(name, " ".join(f"{float(dash) / scale:g}" for dash in dashes))


def _own_markers(root: etree._Element) -> None:
    """Give lines markers of their own where these turn as they begin, or have the colours of their lines (SVG 2, 11.6).

    A marker says so by `auto-start-reverse`, `context-stroke` and `context-fill`.
    """
    markers = {f"url(#{each.get('id')})": each for each in root.iter(f"{_SVG}marker")}
    asking = {name: each for name, each in markers.items() if _asks_its_line(each)}
    made: dict[tuple[str, ...], str] = {}
    for line in list(root.iter(etree.Element)) if asking else ():
        for place in ("start", "mid", "end"):
            name = line.get(f"marker-{place}", "").replace("'", "").replace('"', "").strip()
            if name in asking:
                paints = [_inherited(line, paint, usual) for paint, usual in _CONTEXT.items()]
                key = (name, *paints, str(place == "start"))
                if key not in made:
                    made[key] = _own_marker(asking[name], paints, f"-{len(made)}", is_first=place == "start")
                line.set(f"marker-{place}", made[key])


def _asks_its_line(marker: etree._Element) -> bool:
    return marker.get("orient") == _REVERSED or any(
        each.get(paint, "").startswith("context-") for each in marker.iter() for paint in _CONTEXT
    )


def _own_marker(marker: etree._Element, paints: Sequence[str], suffix: str, *, is_first: bool) -> str:
    """A copy of a marker with the paints of its line, turned around where the line begins; the address of it."""
    own = copy.deepcopy(marker)
    own.set("id", f"{marker.get('id')}{suffix}")
    known = dict(zip(("context-stroke", "context-fill"), paints, strict=True))
    for each in own.iter():
        for paint in _CONTEXT:
            if each.get(paint) in known:
                each.set(paint, known[str(each.get(paint))])
    if own.get("orient") == _REVERSED:
        own.set("orient", "auto")
        if is_first:
            turn = f"rotate(180 {marker.get('refX', 0)} {marker.get('refY', 0)})"
            around = etree.Element(f"{_SVG}g", {"transform": turn})
            around.extend(list(own))
            own.append(around)
            own.set("overflow", "visible")
    marker.addnext(own)
    return f"url(#{own.get('id')})"


def _count_dashes(element: etree._Element) -> None:
    """Count the dashes of a shape that says itself how long it is (`pathLength`, SVG 2) in the drawing’s units."""
    said = _LENGTH.fullmatch(element.attrib.pop("pathLength", ""))
    if not said or not float(said[1]) or (length := length_of(element)) is None:
        return
    for name in ("stroke-dasharray", "stroke-dashoffset"):
        if dashes := _NUMBERS.findall(_inherited(element, name, "")):
            element.set(name, " ".join(f"{float(dash) * length / float(said[1]):g}" for dash in dashes))


def _scale(transform: str) -> float:
    """By how much a transformation enlarges, on the average of both directions; turning and moving enlarge nothing."""
    found = 1.0
    for name, given in _TRANSFORM.findall(transform):
        numbers = [float(number) for number in _NUMBERS.findall(given)]
        if name == "scale" and numbers:
            found *= math.sqrt(abs(numbers[0] * numbers[-1]))
        elif len(numbers) == 6:
            found *= math.sqrt(abs(numbers[0] * numbers[3] - numbers[1] * numbers[2]))
    return found


def _inherited(element: etree._Element, name: str, usual: str) -> str:
    return next((value for each in (element, *element.iterancestors()) if (value := each.get(name))), usual)


def _whiten(mask: etree._Element) -> None:
    """Give all that a mask shows the colour white: its light is then its opacity. Gradients keep their colours."""
    mask.set("fill", mask.get("fill", "#fff"))
    for element in mask.iter():
        for name in _PAINTS:
            if element.get(name, "none").strip() not in ("none", "") and not element.get(name, "").startswith("url"):
                element.set(name, "#fff")
