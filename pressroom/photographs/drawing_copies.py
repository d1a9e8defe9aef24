"""Copies in drawings: what <use> repeats, which must come to an end (SVG 2, 5.5), and the colours of gradients."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from pressroom.photographs.drawing_reading import AGAIN, SIMPLER, SVG, XML, UnfitDrawingError, local_name, parted_name

MAX_COPIES = 100_000
"""The most elements that <use> may repeat; page engines and reading systems fail beyond."""
MAX_COLOURS = 1000
"""The most colours of a gradient; drawing programs write a dozen, and 100,000 take 1 GB."""


def check_copies(root: etree._Element) -> None:
    """Refuse a drawing that contains itself, or whose nested <use> grows without end (SVG 2, 5.5)."""
    elements = list(root.iter())
    if next(root.iter(f"{{{SVG}}}use"), None) is None:
        return
    by_id: dict[str, etree._Element] = {}
    for element in elements:
        by_id.setdefault(element.get("id") or element.get(f"{{{XML}}}id") or "", element)
    drawn: dict[etree._Element, int] = {}
    opened: set[etree._Element] = set()
    stack = [root]
    while stack:
        element = stack.pop()
        if element in drawn:
            continue
        parts = [*element, *_used(element, by_id)]
        if element in opened:  # all its parts are counted
            opened.remove(element)
            drawn[element] = 1 + sum(drawn[part] for part in parts)
            if drawn[element] > len(elements) + MAX_COPIES:
                raise UnfitDrawingError("repeats its parts by <use> too many times.", SIMPLER)
        else:
            opened.add(element)
            if not opened.isdisjoint(parts):
                raise UnfitDrawingError("draws a part inside itself (<use>), without end.", AGAIN)
            stack += [element, *parts]


def check_gradients(root: etree._Element) -> None:
    """Refuse a gradient with more colours than anybody sees."""
    for gradient in root.iter(f"{{{SVG}}}linearGradient", f"{{{SVG}}}radialGradient"):
        if len(gradient) > MAX_COLOURS:
            why = f"has a gradient with {len(gradient):,} colours; {MAX_COLOURS:,} can be."
            raise UnfitDrawingError(why, SIMPLER)


def _used(element: etree._Element, by_id: dict[str, etree._Element]) -> Iterator[etree._Element]:
    """The elements that a <use> draws."""
    if local_name(element) == "use":
        addresses = (value[1:] for key, value in element.attrib.items() if parted_name(key)[1] == "href")
        found = (by_id.get(address, by_id.get(unquote(address))) for address in addresses)
        yield from (target for target in found if target is not None)
