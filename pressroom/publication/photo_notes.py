"""What is known of a photograph outside the manuscript: its entry in photos.yaml, and the caption data in its file."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from pressroom.forms import Form
from pressroom.publication.framing import AspectText, FocusText, Framing, RegionsText, RegionText

Text = Annotated[str, Field(min_length=1, max_length=2000)]
MadeBy = Literal["", "ai", "partly ai"]
"""Whether a picture was made by artificial intelligence, wholly or in part, after IPTC's digital source types."""


def name_key(file: str) -> str:
    """The key of a picture's name: without folders, in small letters, with composed accents (NFC)."""
    return unicodedata.normalize("NFC", file.rpartition("/")[2]).casefold()


class PhotoNote(Form):
    """An entry of photos.yaml: what is known of one photograph. The manuscript wins over it."""

    alt: Text | None = None
    """What it shows, for readers who cannot see it."""
    caption: Text | None = None
    """The text under it, in Markdown."""
    credit: Text | None = None
    """Who made it, as printed."""
    focus: FocusText | None = None
    """The point that a crop keeps in frame: “60% 40%”."""
    aspect: AspectText | None = None
    """The shape that it is cropped to: “3:2”."""
    crop: RegionText | None = None
    """The part that is shown, as x, y, width and height: “10% 5% 80% 90%”, or in pixels."""
    blur: RegionsText = ()
    """The parts that must not be recognised, as x, y, width and height with commas between them."""
    long_description: Text | None = None
    """A full description of a picture that a short one cannot convey."""

    @property
    def framing(self) -> Framing:
        """The crop, shape and blurred regions that the entry asks for."""
        return Framing(self.focus or Framing().focus, self.crop, self.aspect, self.blur)


@dataclass(frozen=True)
class FileCaptionData:
    """The texts in a photograph's file (XMP, IPTC, EXIF) that a publication may print. Plain text."""

    alt: str = ""
    caption: str = ""
    credit: str = ""
    long_description: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)
    """The part of the file in which each text was found: XMP, IPTC or EXIF."""
    made_by: MadeBy = ""
