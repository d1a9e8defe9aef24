"""Colours of a PDF: the process that a colour space belongs to, and the inks of one colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pikepdf
from pikepdf import Array, Name

from pressroom.inspection.pdf_names import name_of

Family = Literal["gray", "rgb", "cmyk", "spot", "all", "none", "lab", "indexed", "pattern", "unknown"]
"""The process of a colour space (ISO 32000-1, 8.6): a calibrated or ICC-based one counts as gray, rgb or cmyk."""

_PLAIN: dict[str, Family] = {
    "/DeviceGray": "gray", "/G": "gray", "/CalGray": "gray",
    "/DeviceRGB": "rgb", "/RGB": "rgb", "/CalRGB": "rgb",
    "/DeviceCMYK": "cmyk", "/CMYK": "cmyk",
    "/Lab": "lab", "/Pattern": "pattern",
}  # fmt: skip
_BY_COMPONENTS: dict[int, Family] = {1: "gray", 3: "rgb", 4: "cmyk"}
DEFAULTS = {"/DeviceGray": "/DefaultGray", "/DeviceRGB": "/DefaultRGB", "/DeviceCMYK": "/DefaultCMYK"}
"""Resources that replace a device colour space (ISO 32000-1, 8.6.5.6)."""
_PLATES = ("Cyan", "Magenta", "Yellow", "Black")
_BLACKEST: dict[str, tuple[float, ...]] = {"cmyk": (0.0, 0.0, 0.0, 1.0), "rgb": (0.0, 0.0, 0.0), "gray": (0.0,)}


@dataclass(frozen=True)
class PaintColour:
    """A colour in which something is painted."""

    family: Family
    values: tuple[float, ...] = ()
    """Components from 0 to 1; none where they are unknown, as for a pattern."""
    spot: str = ""
    """The names of its spot colours."""
    overprints: bool = False
    """Whether it overprints what is below it (ISO 32000-1, 8.6.7)."""

    @property
    def ink(self) -> float:
        """Total ink, in percent of one plate; 0 outside of CMYK."""
        return 100 * sum(self.values) if self.family == "cmyk" else 0.0

    @property
    def is_white(self) -> bool:
        """Whether it leaves the paper bare."""
        nothing = 0 if self.family in ("cmyk", "spot", "all") else 1
        return bool(self.values) and all(value == nothing for value in self.values)


def family_of(space: Any) -> Family:
    """The process of a colour space, from its object in the file."""
    if isinstance(space, Name):
        return _PLAIN.get(f"/{name_of(space)}", "unknown")
    kind = _kind(space)
    if kind == "/ICCBased" and isinstance(_at(space, 1), pikepdf.Stream):
        return _BY_COMPONENTS.get(int(space[1].get("/N", 0)), "unknown")
    if kind in ("/Indexed", "/I"):
        return "indexed"
    if kind in ("/Separation", "/DeviceN"):
        return _of_inks(_inks(space))
    return _PLAIN.get(kind, "unknown")


def base_of(space: Any) -> Family:
    """The process of a picture’s colours; for an indexed space, that of its base."""
    return family_of(_at(space, 1) if _kind(space) in ("/Indexed", "/I") else space)


def components_of(space: Any) -> int:
    """The components of a colour where the space tells them; else 1, which all have at least."""
    if _kind(space) == "/ICCBased":
        return int(space[1].get("/N", 1))
    kind = f"/{name_of(space)}" if isinstance(space, Name) else _kind(space)
    return {"/DeviceRGB": 3, "/CalRGB": 3, "/Lab": 3, "/DeviceCMYK": 4}.get(kind, 1)


def spot_of(space: Any) -> str:
    """The names of the spot colours of a colour space."""
    return ", ".join(name for name in _inks(space) if name not in (*_PLATES, "All", "None"))


def is_calibrated(space: Any) -> bool:
    """Whether a space defines the appearance of its colours itself, and does not depend on the output intent."""
    inner = _at(space, 1) if _kind(space) in ("/Indexed", "/I") else space
    return _kind(inner) in ("/ICCBased", "/CalRGB", "/CalGray", "/Lab")


def colour_in(space: Any, numbers: Sequence[float]) -> PaintColour:
    """A colour from its components in a space. Separations of the process inks are CMYK."""
    family = family_of(space)
    if isinstance(space, Name):
        return PaintColour(family, tuple(numbers))
    if family in ("indexed", "lab"):
        return PaintColour("lab" if family == "lab" else base_of(space))
    inks = _inks(space)
    if family == "cmyk" and inks:
        by_ink = dict(zip(inks, numbers, strict=False))
        return PaintColour("cmyk", tuple(by_ink.get(plate, 0.0) for plate in _PLATES))
    return PaintColour(family, tuple(numbers), spot_of(space))


def first_of(space: Any) -> PaintColour:
    """The initial colour of a colour space (ISO 32000-1, 8.6.8): black, or full tint."""
    inks = _inks(space)
    return colour_in(space, [1.0] * len(inks) if inks else _BLACKEST.get(family_of(space), ()))


def _of_inks(names: Sequence[str]) -> Family:
    real = [name for name in names if name != "None"]
    if not real:
        return "none"
    if real == ["All"]:
        return "all"
    return "cmyk" if all(name in _PLATES for name in real) else "spot"


def _inks(space: Any) -> tuple[str, ...]:
    """The names of the inks of a Separation or DeviceN space."""
    kind, names = _kind(space), _at(space, 1)
    if kind == "/Separation" and isinstance(names, Name):
        return (name_of(names),)
    if kind == "/DeviceN" and isinstance(names, Array):
        return tuple(name_of(name) for name in names if isinstance(name, Name))
    return ()


def _kind(space: Any) -> str:
    return f"/{name_of(_at(space, 0))}" if isinstance(_at(space, 0), Name) else ""


def _at(space: Any, index: int) -> Any:
    return space[index] if isinstance(space, Array) and len(space) > index else None
