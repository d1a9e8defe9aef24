"""Values: frozen values in files of the cache, which are read without trust.

An entry that is damaged, of another version or of strangers is none: its checksum is compared first, and only the
classes that its reader names come out of it. A pickle of strangers could run any program.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pressroom import keeping

_CHECKSUM = 32
_DAMAGE = (AttributeError, EOFError, ImportError, IndexError, KeyError, MemoryError, TypeError, ValueError)
"""What unpickling raises for an entry of another shape."""
Classes = Mapping[tuple[str, str], type]
"""The classes that may come out of an entry, by module and name; numbers, texts and collections always may."""


def classes(kinds: Iterable[type]) -> Classes:
    """Some classes by module and name."""
    return {(kind.__module__, kind.__qualname__): kind for kind in kinds}


def keep_value(file: Path, value: object) -> None:
    """Write a value to the cache. Raises OSError."""
    packed = zlib.compress(pickle.dumps(value, protocol=5), level=1)
    keeping.keep(file, hashlib.sha256(packed).digest() + packed)


def kept_value(file: Path, known: Classes) -> object:
    """The value of an entry; None if there is none, or one that cannot be trusted."""
    try:
        data = file.read_bytes()
        if hashlib.sha256(data[_CHECKSUM:]).digest() != data[:_CHECKSUM]:
            return None
        keeping.touch(file)
        return _Reader(zlib.decompress(data[_CHECKSUM:]), known).load()
    except (OSError, zlib.error, pickle.UnpicklingError, *_DAMAGE):
        return None


class _Reader(pickle.Unpickler):
    """Reads values of some classes, and refuses every other one."""

    def __init__(self, data: bytes, known: Classes) -> None:
        super().__init__(io.BytesIO(data))
        self.known = known

    def find_class(self, module: str, name: str) -> Any:
        """The class of a value. Raises UnpicklingError for any other."""
        if (module, name) not in self.known:
            raise pickle.UnpicklingError(f"{module}.{name} is not a value that is kept here")
        return self.known[module, name]
