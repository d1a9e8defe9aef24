"""Rewrites of drawings: what the renderer does not know, said in what it knows. For attributes that are spelled out.

Lines that do not scale (`vector-effect`, as maps that were zoomed have them) get the width that they show, and masks by
opacity (`mask-type`, as Figma writes them) become masks by light, all of them white.
"""

from __future__ import annotations

import math
import re

from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
_PAINTS = ("fill", "stroke", "stop-color", "flood-color")
_TRANSFORM = re.compile(r"(matrix|scale)\s*\(([^)]*)\)")
_NUMBERS = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_LENGTH = re.compile(rf"\s*({_NUMBERS.pattern})\s*(?:px)?\s*", re.IGNORECASE)


def rewrite(root: etree._Element) -> None:
    """Say what the renderer does not know in another way."""
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
