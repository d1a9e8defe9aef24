"""Looked-at pages: boxes with their appearances, for an edition that is not drawn: the fixed-layout ebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pressroom.design import Unit
from pressroom.design.pagination import PrintPage
from pressroom.errors import Finding
from pressroom.typeset.boxes import PageBoxes


@dataclass(frozen=True)
class LaidPage:
    """One page of the book: its boxes, its folio and its unit."""

    boxes: PageBoxes
    folio: str
    unit: Unit | None = None
    """The unit of the page; None for a blank page between two units."""
    number: int = 0
    """The index of the page in its unit, from 0."""
    ids: frozenset[str] = frozenset()
    """The ids that first stand on the page."""


@dataclass(frozen=True)
class LookedUnit:
    """The pages of a unit with their numbers."""

    pages: tuple[PageBoxes, ...]
    letters: tuple[tuple[range, ...], ...]
    """For each page, which letters of the unit stand on it."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class LookedBook:
    """All pages of a book, blank ones among them."""

    pages: tuple[LaidPage, ...]
    print_pages: tuple[PrintPage, ...]
    font_files: Mapping[str, bytes]
    """The font files in which letters are set, by their SHA-256."""
    findings: tuple[Finding, ...]
