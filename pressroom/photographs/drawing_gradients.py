"""Round gradients of drawings that begin with a circle (`fr`, SVG 2), said without one.

All circles between the first, at the focus, and the last lie in one cone. Its tip is a focus without a circle, from
which the same colours come out. Colours that repeat are written down as often as the drawing needs them.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pressroom import css
from pressroom.photographs.drawing_outlines import length_in

_SVG = "{http://www.w3.org/2000/svg}"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_TURNS = 24
"""How often colours repeat at most: beyond, the last one goes on."""
_APART = 1e-5
"""By how much the places of colours differ at least: page engines mistake those at one place."""
_Stop = tuple[float, etree._Element]


def without_first_circle(root: etree._Element) -> None:
    """Say the round gradients of a drawing that have `fr` without it."""
    by_id = {each.get("id"): each for each in root.iter(f"{_SVG}radialGradient", f"{_SVG}linearGradient")}
    chains = [list(_chain(gradient, by_id)) for gradient in root.iter(f"{_SVG}radialGradient")]
    settled = [_settled(chain) for chain in chains if any(each.get("fr") for each in chain)]
    for gradient in filter(None, settled):  # when all are read, since one may take over what another says
        gradient.write()


@dataclass(frozen=True)
class _Settled:
    """What a gradient says that has no circle at its focus."""

    gradient: etree._Element
    numbers: dict[str, float]
    stops: list[_Stop]

    def write(self) -> None:
        for old in self.gradient.findall(f"{_SVG}stop"):
            self.gradient.remove(old)
        last = -1.0
        for at, stop in self.stops:
            own = copy.deepcopy(stop)
            last = max(at, last + _APART)
            own.set("offset", f"{last:.6g}")
            own.tail = None
            self.gradient.append(own)
        for name, value in self.numbers.items():
            self.gradient.set(name, f"{value:.6g}")
        self.gradient.set("spreadMethod", "pad")


def _chain(gradient: etree._Element, by_id: dict[str | None, etree._Element]) -> Iterator[etree._Element]:
    """A gradient, and those that it takes over what it does not say."""
    seen: set[etree._Element] = set()
    found: etree._Element | None = gradient
    while found is not None and found not in seen:
        seen.add(found)
        yield found
        href = next((value for key in _HREFS if (value := found.get(key))), "")
        found = by_id.get(href.removeprefix("#"))


def _settled(chain: list[etree._Element]) -> _Settled | None:
    def said(name: str, usual: str) -> str:
        return next((value for each in chain if (value := each.get(name))), usual)

    def number(name: str, usual: str) -> float:
        found = length_in(said(name, usual), 1.0)
        return 0.0 if found is None else found

    cx, cy, r = number("cx", "50%"), number("cy", "50%"), number("r", "50%")
    fx, fy, fr = number("fx", str(cx)), number("fy", str(cy)), number("fr", "0")
    stops = next((found for each in chain if (found := each.findall(f"{_SVG}stop"))), [])
    if not 0 < fr < r or not stops:
        return None
    start = -fr / (r - fr)
    placed = [(_offset(stop), stop) for stop in stops]
    way = said("spreadMethod", "pad")
    end = 1.0 if way == "pad" else float(_TURNS)
    written = placed if way == "pad" else _repeated(placed, start, end, mirrored=way == "reflect")
    numbers = {"fx": fx + start * (cx - fx), "fy": fy + start * (cy - fy), "fr": 0.0}
    numbers |= {"cx": fx + end * (cx - fx), "cy": fy + end * (cy - fy), "r": fr + end * (r - fr)}
    return _Settled(chain[0], numbers, [((at - start) / (end - start), stop) for at, stop in written])


def _offset(stop: etree._Element) -> float:
    found = length_in(stop.get("offset", "0"), 1.0)
    return min(1.0, max(0.0, found or 0.0))


def _repeated(stops: list[_Stop], start: float, end: float, *, mirrored: bool) -> list[_Stop]:
    """Colours in every turn between two places, of which every other one may be mirrored."""
    turned = [(1 - at, stop) for at, stop in stops[::-1]]
    found = [
        (turn + at, stop)
        for turn in range(math.floor(start), int(end))
        for at, stop in (turned if mirrored and turn % 2 else stops)
    ]
    first = next(n for n, (at, _) in enumerate(found) if at > start)
    if first:
        found[first - 1] = start, _between(found[first - 1], found[first], start)
    return found[max(0, first - 1) :]


def _between(one: _Stop, other: _Stop, place: float) -> etree._Element:
    """The colour at a place between two others."""
    share = (place - one[0]) / (other[0] - one[0])
    own = copy.deepcopy(one[1])
    colours = [css.plain_colour(stop.get("stop-color", "#000")) for _, stop in (one, other)]
    if all(len(colour) == len("#rrggbb") for colour in colours):
        parts = zip(*(bytes.fromhex(colour[1:]) for colour in colours), strict=True)
        own.set("stop-color", "#" + bytes(round(a + share * (b - a)) for a, b in parts).hex())
    return own
