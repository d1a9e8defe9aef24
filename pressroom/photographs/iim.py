"""IIM: the older format of captions and credits in JPEG and TIFF, which agencies still write (IPTC-NAA IIM 4.2)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from PIL import Image, ImageFile, IptcImagePlugin

from pressroom.photographs.text_encodings import UTF8, Encoding, decoded, encoding_of

_CHARACTER_SET = (1, 90)
_UTF8 = b"\x1b%G"
"""The escape sequence of ISO 2022 that announces UTF-8."""


@dataclass(frozen=True)
class Record:
    """The editorial record (number 2) of a picture: its data sets by their numbers. 120 is the caption."""

    sets: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    encoding: Encoding = UTF8
    """The encoding of its texts, told from their bytes if the file does not name it."""

    def text(self, number: int) -> str:
        """The first text of a data set that is not empty; “” if there is none."""
        return next(iter(self.texts(number)), "")

    def texts(self, number: int) -> tuple[str, ...]:
        """Every text of a data set that may occur several times."""
        return tuple(text for text in self.sets.get(number, ()) if text.strip())


def read_record(picture: Image.Image, language: str) -> Record | None:
    """The record of an opened picture, for a reader of this language. None if it cannot be read."""
    if not isinstance(picture, ImageFile.ImageFile):
        return Record()
    try:
        sets = IptcImagePlugin.getiptcinfo(picture) or {}
    except (SyntaxError, OSError, ValueError, struct.error, IndexError, KeyError, TypeError):
        return None
    raw = {number: _listed(value) for (record, number), value in sets.items() if record == 2}
    is_declared = _UTF8 in _listed(sets.get(_CHARACTER_SET))
    encoding = encoding_of((text for texts in raw.values() for text in texts), language, utf8=is_declared)
    return Record({number: tuple(decoded(text, encoding) for text in texts) for number, texts in raw.items()}, encoding)


def _listed(value: bytes | list[bytes] | None) -> list[bytes]:
    """The values of a data set. Pillow represents an empty one as None, also inside a list."""
    values = value if isinstance(value, list) else [value]
    return [raw for raw in values if raw]
