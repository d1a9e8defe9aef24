"""A foreign sign: a piece of text that nobody means to be printed, and how it is found."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

ESCAPED = 0x100000
"""Added to the code of a character that the author has escaped: no pattern takes it for markup."""
OPAQUE = "\0"
"""Stands for code, pictures, calls of notes and tags of HTML, which are not text."""


@dataclass(frozen=True)
class ForeignSign:
    """A piece of text that nobody means to be printed."""

    id: str
    """The id of its finding."""
    what: str
    """What it probably is, as the end of the sentence “This looks like …”."""
    remedy: str
    """How it is written here."""
    pattern: re.Pattern[str] = field(repr=False)
    needs: str = ""
    """A text without which the pattern cannot match: a search for it is quick."""
    fate: str = "is printed as it stands"
    """What becomes of it."""


def sign(id: str, needs: str, pattern: str, what: str, remedy: str) -> ForeignSign:
    """A sign. In its pattern `^` and `$` stand for the ends of a line; a paragraph ends where the text does."""
    return ForeignSign(id, what, remedy, re.compile(pattern, re.MULTILINE), needs)


def without_backslashes(sign: ForeignSign) -> ForeignSign:
    """A sign of TeX whose backslashes Markdown takes for its own."""
    return replace(sign, fate="loses its backslashes")


def escaped_sign(character: str) -> str:
    """A character as it stands in a text in which the author has escaped it."""
    return chr(ESCAPED + ord(character))
