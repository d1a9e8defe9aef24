"""Names in a PDF, as text."""

from __future__ import annotations

from typing import Any

from pikepdf import Name


def name_of(value: Any) -> str:
    """The text of a PDF name, without its slash; of anything else, as Python shows it.

    A name is bytes (ISO 32000-1, 7.3.5). Most are UTF-8; others are read as Windows-1252, and a byte that means
    nothing there becomes a question mark in a diamond. So a name never makes a file unreadable.
    """
    if not isinstance(value, Name):
        return str(value).removeprefix("/")
    held = bytes(value).removeprefix(b"/")
    try:
        return held.decode("utf-8")
    except UnicodeDecodeError:
        return held.decode("cp1252", "replace")
