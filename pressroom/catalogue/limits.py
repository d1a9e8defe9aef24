"""Limits: what one title may need, and which titles one machine builds.

They are named tuples, so that help waits for nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")
GIGABYTE = 1_000_000_000


class Limits(NamedTuple):
    """What one title may need; None sets no limit."""

    memory: int | None = 4 * GIGABYTE
    """Bytes of memory."""
    seconds: float | None = 3600


class Shard(NamedTuple):
    """The share of one machine among several: every `of`-th title, from the `number`-th."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def share(self, titles: Sequence[T]) -> tuple[T, ...]:
        """The titles of this share."""
        return tuple(titles[self.number - 1 :: self.of])
