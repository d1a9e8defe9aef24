"""Files for the engine: the pictures and fonts of the composition, and nothing else.

While pages are laid out, a photograph is a stand-in that has the size of its frame: no pixels are read, and lines do
not depend on how many an edition has. A drawing is itself, because it is painted with its page.
"""

from __future__ import annotations

import re
import struct
from base64 import b64decode
from collections.abc import Mapping
from io import BytesIO
from math import sqrt

from PIL import Image
from weasyprint.urls import URLFetcher, URLFetcherResponse

from pressroom.design import Composition

ROOT = "file:///publication/"
"""The base address of pages. The folder does not exist: only files of the composition are served."""


_IN_ADDRESS = re.compile("data:(image/(?:svg[+]xml|png|jpeg));base64,")
"""The beginning of an address that holds a picture itself."""
_MOST_PIXELS = 80_000_000
"""The size of a stand-in that Pillow opens without a warning."""
_FRAME = b"\xff\xc0\x00\x11\x08"
"""The beginning of a JPEG's frame header, before height and width (ITU-T T.81, B.2.2)."""


def _stand_in(width: int, height: int) -> bytes:
    """A photograph that says it has this size in px, or this ratio if that is too much, and holds a single pixel."""
    scale = min(1.0, sqrt(_MOST_PIXELS / (width * height)))
    small = BytesIO()
    Image.new("RGB", (1, 1)).save(small, "JPEG")
    before, _, after = small.getvalue().partition(_FRAME)
    return before + _FRAME + struct.pack(">HH", max(1, round(height * scale)), max(1, round(width * scale))) + after[4:]


class CompositionFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no type hints
    """Serves the files of a composition by their addresses: no network, no other file."""

    def __init__(self, composition: Composition, *, with_stand_ins: bool = False) -> None:
        super().__init__(allowed_protocols=())
        self.with_stand_ins = with_stand_ins
        self.frames = {f"{ROOT}pictures/{r.name}": r.frame for r in composition.renditions}
        self.files = {f"{ROOT}pictures/{r.name}": r.path for r in composition.renditions}
        self.files |= {f"{ROOT}fonts/{face.file.name}": face.file for face in composition.fonts}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The bytes behind an address of the composition. Raises ValueError for any other."""
        if held := _IN_ADDRESS.match(url):  # a formula, or a photograph in a drawing
            return URLFetcherResponse(url, b64decode(url[held.end() :]), {"Content-Type": held[1]})
        file = self.files.get(url.partition("#")[0])
        if file is None:
            raise ValueError(f"“{url.removeprefix(ROOT)}” is not part of this publication")
        kind = "image/svg+xml" if file.suffix == ".svg" else ""
        if self.with_stand_ins and not kind and url in self.frames:
            return URLFetcherResponse(url, _stand_in(*self.frames[url]), {"Content-Type": "image/jpeg"})
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind} if kind else None)
