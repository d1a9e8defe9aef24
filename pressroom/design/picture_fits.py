"""Picture fits: what is estimated of a figure or a gallery on its page. Lengths are lines of text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pressroom.design.sheets import SheetOfPictures
from pressroom.publication import Figure


@dataclass(frozen=True)
class FigureFit:
    """The place of a caption beside or below its picture."""

    rows: int = 0
    """Height of the caption, in lines of text."""
    below: bool = False
    """Whether a margin caption is too long for the margin, and goes below the picture."""
    notes: int = 0
    """Lines kept free for notes."""
    fall: int = 0
    """Lines above a picture that is alone on its page, which puts it at the optical centre."""
    goes_on: bool = False
    """Whether the caption is too long to be kept on its picture’s page, and goes on overleaf where that ends."""
    as_text: bool = False
    """Whether the caption below a picture in the type area is as wide as text."""
    inside: bool = False
    """Whether a picture that would reach the head stands inside the margins: its caption would leave it no room."""


@dataclass(frozen=True)
class Row:
    """Pictures of a gallery side by side, at one height."""

    figures: tuple[Figure, ...]
    ratio: float
    """Aspect ratio of the whole row."""
    rows: int = 0
    """Height of its highest caption, in lines of text."""
    fit: float = 1.0
    """The share of the full width that it takes."""
    alone: bool = False
    """Whether it is a picture that has a page for itself, with a caption of full width."""
    begins_page: bool = False
    """Whether it stands at the head of a further page of its gallery."""
    fall: int = 0
    """Lines above it, if it begins a page that the gallery has for itself: they put its rows at the optical centre."""
    goes_on: bool = False
    """Whether its captions are too long for one page, and go on overleaf."""


@dataclass(frozen=True)
class GalleryFit:
    """The rows of a gallery on all of its pages."""

    rows: tuple[Row, ...]
    caption_rows: int = 0
    pages: int = 1
    gathered: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """If the captions of its pictures stand below all rows: the lines of each and those under it, by picture."""
    gathered_rows: int = 0
    """The lines of all of these captions."""
    sheet: SheetOfPictures | None = None
    """The pictures by a slicing tree on a page of their own; None for rows."""
