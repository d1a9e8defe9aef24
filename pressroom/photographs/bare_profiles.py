"""Bare profiles: a colour profile (ICC.1) with what it says of colours, and without its words: a workshop names its
machines there, and a program its user.
"""

from __future__ import annotations

import struct

_HEADER = 128
_COLOURS = frozenset(
    b"rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad cicp A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 gamt".split()
)
"""The tags of which colours are made (ICC.1:2022, clause 9)."""
_WORDS = b"text\0\0\0\0-\0\0\0"
_OWN = ((4, 8), (24, 36), (40, 44), (48, 64), (80, 128))
"""Where a header names the program, the day, the system, the device and its maker, and an id (clause 7.2)."""


def bare_profile(profile: bytes) -> bytes:
    """A profile without its words; empty for one that is damaged."""
    try:
        (number,) = struct.unpack_from(">L", profile, _HEADER)
        entries = [struct.unpack_from(">4sLL", profile, _HEADER + 4 + 12 * n) for n in range(min(number, 100))]
    except struct.error:
        return b""
    tags = {
        name: profile[at : at + size] for name, at, size in entries if name in _COLOURS and at + size <= len(profile)
    }
    if not tags:
        return b""
    tags |= {b"cprt": _WORDS, b"desc": _WORDS}
    table, body, at = b"", b"", _HEADER + 4 + 12 * len(tags)
    for name, data in sorted(tags.items()):
        table += struct.pack(">4sLL", name, at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = bytearray(profile[:_HEADER])
    for start, end in _OWN:
        head[start:end] = bytes(end - start)
    head[:4] = struct.pack(">L", at + len(body))
    return bytes(head) + struct.pack(">L", len(tags)) + table + body
