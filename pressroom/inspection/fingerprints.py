"""Fingerprints: a hash of all that a page paints with. Two pages with the same one show the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from pressroom.inspection.embedding import font_of
from pressroom.inspection.page import inherited, unit_of

_DEEPEST = 12
"""How deep resources may be nested to be followed."""


class _TooDeepError(Exception):
    pass


@dataclass(frozen=True)
class Fingerprints:
    """The fingerprints of the pages of one file. What several pages share is read once."""

    known: dict[tuple[int, int], bytes] = field(default_factory=dict)
    """By objects of the file."""

    def of(self, page: Any) -> bytes | None:
        """The fingerprint of a page; None for one that is nested too deep, or without end."""
        parts = (page.get("/Contents"), inherited(page, "/Resources"), page.get("/Group"))
        try:
            told = [self._told(part, 0) for part in parts]
        except _TooDeepError:
            return None
        return hashlib.blake2b(b"\0".join([*told, repr(unit_of(page)).encode()]), digest_size=16).digest()

    def _told(self, thing: Any, depth: int) -> bytes:
        if depth > _DEEPEST:
            raise _TooDeepError
        if not isinstance(thing, pikepdf.Object) or not isinstance(thing, Array | Dictionary | pikepdf.Stream):
            return repr(thing).encode("utf-8", "surrogatepass")
        if thing.objgen == (0, 0):
            return self._described(thing, depth)
        if thing.objgen not in self.known:
            self.known[thing.objgen] = hashlib.blake2b(self._described(thing, depth), digest_size=16).digest()
        return self.known[thing.objgen]

    def _described(self, thing: Any, depth: int) -> bytes:
        if isinstance(thing, Array):
            return b"[%s]" % b" ".join(self._told(item, depth + 1) for item in thing)
        if thing.get("/Type") == pikepdf.Name.Font and (font := font_of(thing)).kind != "Type 3":
            return repr(font).encode("utf-8", "surrogatepass")  # its glyphs are not looked at
        entries = b" ".join(name.encode() + b" " + self._told(value, depth + 1) for name, value in thing.items())
        data = hashlib.blake2b(thing.read_raw_bytes()).digest() if isinstance(thing, pikepdf.Stream) else b""
        return b"<<%s>>%s" % (entries, data)
