"""Shelves: many small values in one file of the cache, each under the hash of all that it was made of."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from pressroom.keeping.values import classes, keep_value, kept_value

T = TypeVar("T")


@dataclass(frozen=True)
class Shelf:
    """The values of one file. What is not asked for between opening and closing is no longer kept then.

    Two builds may use one file: the last one that closes it keeps its values. Where it cannot be written, values are
    made anew the next time.
    """

    file: Path | None
    """None keeps nothing."""
    base: str = ""
    """The state of all that every value depends on."""
    kinds: tuple[type, ...] = ()
    """The classes of values, and of what they hold."""
    _asked: dict[bytes, object] = field(default_factory=dict)

    @property
    def keeps(self) -> bool:
        """Whether anything is kept between builds."""
        return self.file is not None

    def __enter__(self) -> Shelf:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.file is not None and fault is None and self._asked.keys() != self._known.keys():
            with contextlib.suppress(OSError):
                keep_value(self.file, self._asked)

    def value(self, kind: type[T], made_of: bytes, make: Callable[[], T]) -> T:
        """The value that is made of something: as it was kept, or made now."""
        if not self.keeps:
            return make()
        key = hashlib.blake2b(kind.__name__.encode() + made_of, digest_size=16, key=self._salt).digest()
        found = self._asked.get(key, self._known.get(key))
        if not isinstance(found, kind):
            found = make()
        self._asked[key] = found
        return found

    @cached_property
    def _salt(self) -> bytes:
        return hashlib.blake2b(self.base.encode("utf-8", "surrogatepass"), digest_size=32).digest()

    @cached_property
    def _known(self) -> dict[bytes, object]:
        found = kept_value(self.file, classes(self.kinds)) if self.file is not None else None
        return found if isinstance(found, dict) else {}


NO_SHELF = Shelf(None)
