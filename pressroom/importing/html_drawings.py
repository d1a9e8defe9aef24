"""Drawings in pages: an `<svg>` becomes a file of its own; one that only holds a picture becomes that picture."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from pressroom.importing.html_styles import pixels_of
from pressroom.importing.html_tree import HtmlElement, parts_of_kinds, take_out, words_in
from pressroom.importing.picture_collection import PictureCollection

SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_CASED = "clipPath foreignObject linearGradient radialGradient textPath feGaussianBlur feOffset feMerge feBlend".split()
_NAME = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_NAMES = {name.lower(): name for name in _CASED} | {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio"}
"""Names that HTML parsers write in small letters."""


def take_drawings(tree: HtmlElement, pictures: PictureCollection, stem: str) -> None:
    """Put a picture in place of each drawing of a page: `pictures` gets the drawing, or it is one around a picture."""
    for icon in [each for each in tree.iter("svg") if _is_icon(each)]:
        take_out(icon)
    for n, drawing in enumerate([*tree.iter("svg")], 1):
        images = [*drawing.iter("image")]
        alone = len(images) == 1 and next(drawing.iter("path", "text", "rect", "circle", "line", "use"), None) is None
        picture = etree.Element("img", alt=_alt(drawing))
        if alone:
            picture.set("src", images[0].get(_XLINK) or images[0].get("xlink:href") or images[0].get("href") or "")
        else:
            picture.set("src", f"{stem}-drawing-{n}.svg")
            pictures.add(picture.get("src", ""), _file_of(drawing), f"{stem}-drawing-{n}.svg", f"a drawing in {stem}")
        drawing.addprevious(picture)
        take_out(drawing)


def _is_icon(drawing: HtmlElement) -> bool:
    """Whether a drawing is a sign of the page’s own, as on its buttons: it says so, or has neither size nor box."""
    if next(drawing.iter("image", "text"), None) is not None:
        return False
    holders = [up for up in drawing.iterancestors("button", "a") if up.tag == "button" or not words_in(up)]
    sizes = pixels_of(drawing)
    is_sized = bool(sizes) or any(drawing.get(name) for name in ("viewbox", "viewBox", "width", "height", "style"))
    is_said = drawing.get("aria-hidden") == "true" or "icon" in parts_of_kinds(drawing)
    is_tiny = bool(sizes) and max(sizes) <= _ICON
    return not is_sized or is_tiny or is_said or bool(holders)


_ICON = 24
"""The most pixels of an icon."""


def _alt(drawing: HtmlElement) -> str:
    title = next(drawing.iter("title"), None)
    return drawing.get("aria-label") or (words_in(title) if title is not None else "")


def _file_of(drawing: HtmlElement) -> bytes:
    copy = deepcopy(drawing)
    copy.tail = None
    for script in [*copy.iter("script")]:
        take_out(script)
    for element in copy.iter("*"):
        name = _NAMES.get(str(element.tag), str(element.tag))
        element.tag = f"{{{SVG}}}{name if _NAME.fullmatch(name) else 'g'}"
        for name in list(element.attrib):
            value = str(element.attrib.pop(name))
            if name == "xlink:href":
                element.set(_XLINK, value)
            elif _NAME.fullmatch(str(name)) and not str(name).lower().startswith(("on", "xmlns")):
                element.set(_NAMES.get(str(name), str(name)), value)
    root = etree.Element(copy.tag, dict(copy.attrib), nsmap={None: SVG})
    root.text = copy.text
    root.extend([*copy])
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")
