"""Entries of tables of contents."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TocEntry:
    """A page in its place."""

    file: str
    title: str = ""
    part: str = ""
    """The part that begins with it."""
    depth: int = 0
    """How many pages it stands below."""
    is_after_parts: bool = False
    """Whether it stands in no part, though there are some before it."""
