"""Source texts: bytes of a text file, in whatever encoding, as a text with line feeds. Pure."""

from __future__ import annotations

import codecs

from pressroom.errors import CONTROL
from pressroom.photographs.text_encodings import decoded, encoding_of


def text_of_bytes(raw: bytes) -> tuple[str, str]:
    """The text without control characters and byte order marks, and the name of an encoding that was guessed."""
    guessed = ""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = raw.decode("utf-16", "replace")
    else:
        encoding = encoding_of([raw], "en")
        text, guessed = decoded(raw, encoding), encoding.name
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    return CONTROL.sub("", text), guessed
