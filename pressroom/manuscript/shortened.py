"""Shortened text: takes letters from the beginning of a text, whose escaped characters keep their places."""

from __future__ import annotations

from markdown_it.token import Token


def shorten(text: Token, letters: int) -> None:
    """Take so many letters from the beginning of a text."""
    text.content = text.content[letters:]
    if "escaped" in text.meta:
        text.meta = {**text.meta, "escaped": [n - letters for n in text.meta["escaped"] if n >= letters]}
