"""Colours of a PDF: which family a colour space belongs to, and what one paint asks of the press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pikepdf
from pikepdf import Name

Family = Literal["gray", "rgb", "cmyk", "spot", "all", "none", "lab", "indexed", "pattern", "unknown"]
"""What a press makes of a colour space (ISO 32000-1, 8.6): a calibrated or ICC based one belongs to its process."""

_PLAIN: dict[str, Family] = {
    "/DeviceGray": "gray", "/G": "gray", "/CalGray": "gray",
    "/DeviceRGB": "rgb", "/RGB": "rgb", "/CalRGB": "rgb",
    "/DeviceCMYK": "cmyk", "/CMYK": "cmyk",
    "/Lab": "lab", "/Pattern": "pattern",
}  # fmt: skip
_BY_COMPONENTS: dict[int, Family] = {1: "gray", 3: "rgb", 4: "cmyk"}


@dataclass(frozen=True)
class Colour:
    """A colour that something is painted in."""

    family: Family
    values: tuple[float, ...] = ()
    """Components from 0 to 1; none for a pattern."""
    spot: str = ""
    """The name of a spot ink."""
    overprints: bool = False
    """Whether the ink below it stays (ISO 32000-1, 8.6.7)."""

    @property
    def ink(self) -> float:
        """Ink on one spot, in percent of one plate; 0 where the family is not of inks."""
        return 100 * sum(self.values) if self.family == "cmyk" else 0.0

    @property
    def is_white(self) -> bool:
        """Whether it leaves the paper as it is."""
        return bool(self.values) and all(v == (0 if self.family in ("cmyk", "spot", "all") else 1) for v in self.values)


def family_of(space: pikepdf.Object | None) -> Family:
    """The family of a colour space as it stands in a file."""
    if space is None:
        return "unknown"
    if isinstance(space, Name):
        return _PLAIN.get(str(space), "unknown")
    kind = str(space[0])
    if kind == "/ICCBased":
        return _BY_COMPONENTS.get(int(space[1].get("/N", 0)), "unknown")
    if kind in ("/Indexed", "/I"):
        return "indexed"
    if kind == "/Separation":
        return _separation(str(space[1]))
    return "spot" if kind == "/DeviceN" else _PLAIN.get(kind, "unknown")


def base_of(space: pikepdf.Object | None) -> Family:
    """The family of the colours in a picture: of an indexed space, that of its table."""
    if isinstance(space, pikepdf.Array) and str(space[0]) in ("/Indexed", "/I"):
        return family_of(space[1])
    return family_of(space)


def spot_of(space: pikepdf.Object | None) -> str:
    """The names of the spot inks of a colour space."""
    if not isinstance(space, pikepdf.Array) or str(space[0]) not in ("/Separation", "/DeviceN"):
        return ""
    names: Sequence[object] = [space[1]] if str(space[0]) == "/Separation" else list(space[1])
    return ", ".join(str(name)[1:] for name in names)


def is_calibrated(space: pikepdf.Object | None) -> bool:
    """Whether a space says by itself how its colours look, rather than leaving it to the output intent."""
    return isinstance(space, pikepdf.Array) and str(space[0]) in ("/ICCBased", "/CalRGB", "/CalGray", "/Lab")


def _separation(name: str) -> Family:
    if name in ("/All", "/None"):
        return "all" if name == "/All" else "none"
    return "spot"
