"""Profiles: the printing conditions that pictures are prepared for, as ICC profiles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Profile:
    """A printing condition: how inks look on a paper, and what they are called in the trade."""

    name: str
    """As publication.yaml names it: coated-fogra39."""
    space: Literal["cmyk", "gray", "rgb"]
    condition: str
    """The condition in words: “Coated paper, ISO 12647-2:2004, FOGRA39”."""
    identifier: str
    """The condition in the registry of characterisations: “FOGRA39”."""
    registry: str
    """Address of that registry."""
    data: bytes = field(repr=False)
    """The ICC profile itself (ISO 15076-1)."""
    ink: int | None = None
    """Most ink that the condition takes on one spot, in percent of one plate."""
