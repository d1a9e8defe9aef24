"""Likeness: which pictures look alike, by their fingerprints (`probing`)."""

from __future__ import annotations

from typing import NamedTuple

_ALIKE = 26
"""The most bits that differ in two fingerprints of 256 bits, if the pictures look alike."""
_DISTINCT = range(40, 217)
"""The numbers of set bits that a usable fingerprint may have; fewer or more are those of a flat picture."""
_SAME_SHAPE = 0.05
"""The most by which the aspect ratios of two pictures differ, if these look alike."""


class Looks(NamedTuple):
    """What two pictures are compared by."""

    bits: int
    """The fingerprint."""
    ratio: float
    """Width to height of the whole picture, from which the fingerprint was taken."""

    @property
    def is_distinct(self) -> bool:
        """Whether the picture has enough light and shade to be compared."""
        return self.bits.bit_count() in _DISTINCT

    def is_like(self, other: Looks) -> bool:
        """Whether two pictures look alike: neighbouring frames, or one a copy of the other."""
        alike = (self.bits ^ other.bits).bit_count() <= _ALIKE
        return alike and abs(self.ratio / other.ratio - 1) <= _SAME_SHAPE


def looks_of(fingerprint: str, width: int, height: int) -> Looks:
    """The looks of a picture by its fingerprint in hexadecimal and its size in pixels."""
    return Looks(int(fingerprint or "0", 16), width / height)
