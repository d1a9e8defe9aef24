"""Reading of drawings: SVG documents as trees, without repairing or fetching anything, and their size."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Mapping

from lxml import etree

MAX_BYTES = 20_000_000
SVG = "http://www.w3.org/2000/svg"
XML = "http://www.w3.org/XML/1998/namespace"
_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_LENGTH = re.compile(rf"\s*({_NUMBER})\s*(px|pt|pc|mm|cm|in)?\s*", re.IGNORECASE)
_PLAIN_ENTITY = re.compile(rb"""<!ENTITY\s+([\w.:-]+)\s+(?:"([^"&%<]{0,1000})"|'([^'&%<]{0,1000})')\s*>""")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
"""Lengths in px, 96 to the inch (CSS Values 4, 6.2)."""

AGAIN = "Export the drawing again."
PLAIN = "Export it as plain SVG."
SIMPLER = "Simplify it, or export it as a PNG."
_GROWING = ("uses XML entities, which can grow without end.", PLAIN)


class UnfitDrawingError(Exception):
    """A drawing cannot be used. The message continues a sentence that begins with its file’s name."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def unpacked(data: bytes) -> bytes:
    """The text of a drawing that may be packed (.svgz), but no more of it than a drawing may have."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return zlib.decompressobj(wbits=31).decompress(data, MAX_BYTES + 1)
    except zlib.error:
        raise UnfitDrawingError("is a packed drawing that is damaged.", AGAIN) from None


def parsed(data: bytes) -> etree._Element:
    """Parse an SVG document, without repairing or fetching anything. Entities that are plain text are filled in."""
    if len(data) > MAX_BYTES:
        raise UnfitDrawingError(
            f"has {len(data) / 1e6:.1f} MB; a drawing may have at most {MAX_BYTES / 1e6:.0f}.", SIMPLER
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    entities = _plain_entities(data)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        if "huge" in fault.msg.lower():  # how the parser names its own limits: depth 256, 10 MB in one attribute
            why = "is nested too deeply, or holds a picture of more than 7 MB."
            raise UnfitDrawingError(why, SIMPLER) from None
        raise UnfitDrawingError(f"is not well-formed SVG: {fault.msg.strip()}.", AGAIN) from None
    if root.tag != f"{{{SVG}}}svg":
        raise UnfitDrawingError("is no SVG drawing.", AGAIN)
    # An entity of an external DTD would be lost: inside an attribute the parser leaves only this warning.
    unknown = any(entry.type == etree.ErrorTypes.WAR_UNDECLARED_ENTITY for entry in parser.error_log)
    if unknown or not _fill_in(root, entities):
        raise UnfitDrawingError(*_GROWING)
    return root


def _plain_entities(data: bytes) -> dict[str, str]:
    """The entities of a document that are plain text, as Illustrator declares its namespaces."""
    found = {name: one or other for name, one, other in _PLAIN_ENTITY.findall(data)}
    if sum(len(text) * data.count(b"&%b;" % name) for name, text in found.items()) > MAX_BYTES:
        raise UnfitDrawingError(*_GROWING)
    return {name.decode(): text.decode("utf-8", "replace") for name, text in found.items()}


def _fill_in(root: etree._Element, entities: Mapping[str, str]) -> bool:
    """Fill in what the parser left of entities; False if one is not among those of plain text."""
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(each.content != entities.get(each.name or "") for each in declared.iterentities()):
        return False
    for element in root.iter("*") if entities else ():
        for name, value in element.attrib.items():
            element.set(name, value)  # with what the entities in it stand for
    for reference in list(root.iter(etree.Entity)):
        text = entities.get(reference.name or "") if isinstance(reference, etree._Entity) else None
        if text is None:
            return False
        reference.tail = text + (reference.tail or "")
    etree.strip_tags(root, etree.Entity)
    return True


def size(root: etree._Element) -> tuple[float, float]:
    """Width and height in the drawing’s own units, else in px. Raises UnfitDrawingError where it tells neither."""
    box = [float(number) for number in re.findall(_NUMBER, root.get("viewBox", ""))]
    if len(box) == 4 and all(0 < side < math.inf for side in box[2:]):
        return box[2], box[3]
    width, height = (_pixels(root.get(side, "")) for side in ("width", "height"))
    if 0 < width < math.inf and 0 < height < math.inf:
        return width, height
    raise UnfitDrawingError("has no viewBox, so that its size is unknown.", "Export it with a viewBox.")


def _pixels(length: str) -> float:
    """A length in px; 0 for one that depends on the page."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _PIXELS[(found[2] or "").lower()] if found else 0.0


# ---- names


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return parted_name(str(element.tag))[1]


def parted_name(name: str) -> tuple[str, str]:
    """The namespace and the local name of a qualified name."""
    namespace, _, local = name.rpartition("}")
    return namespace.lstrip("{"), local
