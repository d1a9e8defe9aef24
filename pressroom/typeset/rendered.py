"""Rendered documents: what the page engine hands to make-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pressroom.typeset.boxes import PageBoxes


@dataclass(frozen=True)
class RenderedPage:
    """A page of a document that was laid out."""

    boxes: PageBoxes
    live: Any
    """The engine’s own page, which it paints. Nobody else looks into it, and it leaves this room in no value."""


@dataclass(frozen=True)
class RenderedDocument:
    """A document that was laid out."""

    pages: tuple[RenderedPage, ...]

    @property
    def boxes(self) -> tuple[PageBoxes, ...]:
        """What stands on its pages."""
        return tuple(page.boxes for page in self.pages)
