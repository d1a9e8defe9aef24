"""Drawings: SVG files, which stay vector. Checked, because an SVG can hold a program or ask for the network."""

from __future__ import annotations

import re

from lxml import etree

_FORBIDDEN = frozenset(("script", "foreignObject", "iframe", "embed", "object", "audio", "video", "handler"))
_REMOTE = re.compile(r"url\(\s*['\"]?(?!#|data:image/)|@import", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*")


class UnfitDrawingError(Exception):
    """Why a drawing cannot be taken in; reads on from its name."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


def size_of(data: bytes) -> tuple[float, float]:
    """Width and height of a safe drawing, in its own units. Raises UnfitDrawingError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise UnfitDrawingError(f"is not well-formed SVG: {fault.msg}.", "Export the drawing again.") from None
    if etree.QName(root).localname != "svg":
        raise UnfitDrawingError("is no SVG drawing.", "Export the drawing again.")
    if root.getroottree().docinfo.internalDTD is not None and any(True for _ in _entities(root)):
        raise UnfitDrawingError("declares entities, which can grow without end.", "Export it as plain SVG.")
    for node in root.itersiblings(preceding=True):
        if isinstance(node, etree._ProcessingInstruction):
            raise UnfitDrawingError(
                f"asks for a style sheet or a program (<?{node.target}?>).", "Export it as plain SVG."
            )
    _check(root)
    return _size(root)


def _entities(root: etree._Element) -> list[object]:
    dtd = root.getroottree().docinfo.internalDTD
    return list(dtd.iterentities()) if dtd is not None else []


def _check(root: etree._Element) -> None:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname
        if name in _FORBIDDEN:
            raise UnfitDrawingError(f"holds a <{name}>, which no book may run.", "Export it as plain SVG.")
        if name == "style" and _REMOTE.search(element.text or ""):
            raise UnfitDrawingError("asks for a file outside itself.", "Embed it, or draw without it.")
        for key, value in element.attrib.items():
            _check_attribute(etree.QName(key).localname, str(value))


def _check_attribute(name: str, value: str) -> None:
    if name.lower().startswith("on"):
        raise UnfitDrawingError(f"holds a program ({name}), which no book may run.", "Export it as plain SVG.")
    if name == "href" and not value.startswith(("#", "data:image/")):
        raise UnfitDrawingError(f"asks for “{value}” outside itself.", "Embed it, or draw without it.")
    if _REMOTE.search(value):
        raise UnfitDrawingError("asks for a file outside itself.", "Embed it, or draw without it.")


def _size(root: etree._Element) -> tuple[float, float]:
    box = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", root.get("viewBox", ""))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        return box[2], box[3]
    width, height = (_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height"))
    if width and height and float(width[1]) and float(height[1]):
        return float(width[1]), float(height[1])
    raise UnfitDrawingError("says no size: it has no viewBox.", "Export it with a viewBox.")
