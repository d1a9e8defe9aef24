"""IIM: the older format of captions and credits in JPEG and TIFF, which agencies still write (IPTC-NAA IIM 4.2)."""

from __future__ import annotations

import codecs
import contextlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from PIL import Image, ImageFile, IptcImagePlugin

_CHARACTER_SET = (1, 90)
_UTF8 = b"\x1b%G"
"""The escape sequence of ISO 2022 that announces UTF-8."""


@dataclass(frozen=True)
class Record:
    """The editorial record (number 2) of a picture: its data sets by their numbers. 120 is the caption."""

    sets: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def text(self, number: int) -> str:
        """The first text of a data set that is not empty; “” if there is none."""
        return next(iter(self.texts(number)), "")

    def texts(self, number: int) -> tuple[str, ...]:
        """Every text of a data set that may occur several times."""
        return tuple(text for text in self.sets.get(number, ()) if text.strip())


def read_record(picture: Image.Image) -> Record | None:
    """The record of an opened picture; empty if the picture has none, None if it cannot be read."""
    if not isinstance(picture, ImageFile.ImageFile):
        return Record()
    try:
        sets = IptcImagePlugin.getiptcinfo(picture) or {}
    except (SyntaxError, OSError, ValueError, struct.error, IndexError, KeyError, TypeError):
        return None
    utf8 = _UTF8 in _listed(sets.get(_CHARACTER_SET))
    return Record(
        {
            number: tuple(decoded(raw, utf8=utf8) for raw in _listed(value))
            for (record, number), value in sets.items()
            if record == 2
        }
    )


def _listed(value: bytes | list[bytes] | None) -> list[bytes]:
    """The values of a data set. Pillow represents an empty one as None, also inside a list."""
    values = value if isinstance(value, list) else [value]
    return [raw for raw in values if raw]


def decoded(raw: bytes, *, utf8: bool = False) -> str:
    """Decode bytes as UTF-8 if they are valid, else as Windows-1252.

    Text declared as UTF-8 may end in half a character, since a by-line is cut after 32 bytes.
    """
    with contextlib.suppress(UnicodeDecodeError):
        return codecs.utf_8_decode(raw, "strict", not utf8)[0]
    with contextlib.suppress(UnicodeDecodeError):
        return raw.decode("cp1252")
    return raw.decode("latin-1")
