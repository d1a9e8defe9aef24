"""Lettering: sets words on a picture with Pillow alone, without the page engine. Lengths are in pixels."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

from pressroom.contrast import Rgb

_JOINING = ("R", "AL", "AN")
"""Classes of letters that run from right to left (UAX 9)."""
_MARKS = ("Mn", "Mc", "Me")


@dataclass(frozen=True)
class TypeLine:
    """One line of type on a picture."""

    text: str
    font: Path
    size: float
    """Size of the em."""
    x: float
    """The left end of the line, or its right end if `at_right`."""
    baseline: float
    at_right: bool = False
    is_rtl: bool = False


def can_shape(text: str) -> bool:
    """Whether this machine can shape a text: letters that join, reorder or stack need Raqm and FriBiDi."""
    return _with_raqm() or not any(_is_complex(c) for c in unicodedata.normalize("NFC", text))


def _is_complex(character: str) -> bool:
    return unicodedata.bidirectional(character) in _JOINING or unicodedata.category(character) in _MARKS


def _with_raqm() -> bool:
    return bool(features.check("raqm"))


def draw_lines(picture: Image.Image, lines: Sequence[TypeLine], ink: Rgb) -> None:
    """Draw lines of type on a picture in RGB."""
    canvas = ImageDraw.Draw(picture)
    with_raqm = _with_raqm()
    engine = ImageFont.Layout.RAQM if with_raqm else ImageFont.Layout.BASIC
    for line in lines:
        canvas.text(
            (line.x, line.baseline),
            line.text,
            font=ImageFont.truetype(line.font, line.size, layout_engine=engine),
            fill=ink,
            anchor="rs" if line.at_right else "ls",
            direction=("rtl" if line.is_rtl else "ltr") if with_raqm else None,
            features=["onum"] if with_raqm else None,  # old-style figures, as in the style sheets
        )
