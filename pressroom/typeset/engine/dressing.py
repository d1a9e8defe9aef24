"""Dressing: neutral pages get the colours and pictures of their edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import md5

import pydyf
from tinycss2.color5 import parse_color
from weasyprint.pdf.stream import Stream

from pressroom.typeset.drawn_pages import DrawnForm, DrawnPage, DrawnUnit, PdfValue, PictureUse
from pressroom.typeset.engine.fetcher import ROOT
from pressroom.typeset.neutral import Neutral

_DRAWN = b"/i"
"""What the name of every picture begins with in operators: most pages draw none."""


def picture_name(address: str) -> str:
    """The engine's name for a picture."""
    return md5(address.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Dresser:
    """Makes neutral pages those of an edition."""

    colours: tuple[tuple[bytes, bytes], ...]
    """Operators that set colours, on neutral pages and on those of the edition."""
    drawing: tuple[tuple[bytes, bytes], ...]
    """Names of pictures in operators, likewise."""
    addresses: Mapping[str, str]
    names: Mapping[str, str]
    """The engine's names of pictures, likewise."""
    bleed: float | None

    @classmethod
    def of(cls, pages: Neutral) -> Dresser:
        """The dresser for an edition."""
        addresses = {f"{ROOT}pictures/{place}": f"{ROOT}pictures/{name}" for place, name in pages.pictures}
        names = {picture_name(place): picture_name(address) for place, address in addresses.items()}
        drawing = tuple((_DRAWN + place.encode(), _DRAWN + name.encode()) for place, name in names.items())
        return cls(tuple(_colours(pages.colours)), drawing, addresses, names, pages.bleed)

    def dress(self, unit: DrawnUnit) -> DrawnUnit:
        """A unit of the edition."""
        return replace(unit, pages=tuple(map(self._page, unit.pages)))

    def _page(self, page: DrawnPage) -> DrawnPage:
        forms: dict[int, DrawnForm] = {}
        return replace(
            page,
            operators=self._renamed(page.operators),
            pictures=tuple(map(self._picture, page.pictures)),
            resources={kind: self._value(held, forms) for kind, held in page.resources.items()},
            bleed=page.bleed if self.bleed is None else dict.fromkeys(page.bleed, self.bleed),
        )

    def _renamed(self, operators: bytes) -> bytes:
        for neutral, own in (*self.colours, *(self.drawing if _DRAWN in operators else ())):
            operators = operators.replace(neutral, own)
        return operators

    def _picture(self, use: PictureUse) -> PictureUse:
        address = self.addresses.get(use.address, use.address)
        return replace(use, address=address, name=self.names.get(use.name, use.name))

    def _value(self, value: PdfValue, forms: dict[int, DrawnForm]) -> PdfValue:
        if isinstance(value, DrawnForm):
            if id(value) not in forms:
                entries, resources = self._value(value.entries, forms), self._value(value.resources, forms)
                forms[id(value)] = DrawnForm(self._renamed(value.operators), entries, resources, value.name)
            return forms[id(value)]
        if isinstance(value, Mapping):
            return {self._key(name): self._value(inner, forms) for name, inner in value.items()}
        return [self._value(inner, forms) for inner in value] if isinstance(value, list) else value

    def _key(self, name: str) -> str:
        """The name of a resource: `i`, the name of the picture, and whether it is interpolated."""
        return f"i{self.names[name[1:-1]]}{name[-1]}" if name[1:-1] in self.names else name


def _colours(colours: tuple[tuple[str, str], ...]) -> Iterator[tuple[bytes, bytes]]:
    for marker, colour in colours:
        for stroke in (False, True):
            yield _set_colour(marker, stroke=stroke), _set_colour(colour, stroke=stroke)


def _set_colour(colour: str, *, stroke: bool) -> bytes:
    """The operators by which the engine sets a colour."""
    resources = pydyf.Dictionary({"ExtGState": pydyf.Dictionary()})
    stream = Stream({}, None, resources, {}, None, {}, None)
    stream.set_color(parse_color(colour), stroke)
    return b"\n".join(line for line in map(pydyf._to_bytes, stream.stream) if not line.endswith(b" gs"))
