"""Photographs in drawings: on a press page they are in its inks, as all others are."""

from __future__ import annotations

import io
from base64 import b64decode, b64encode
from collections.abc import Iterator

from lxml import etree
from PIL import Image

from pressroom.photographs.darkroom import jpeg
from pressroom.photographs.profiles import Profile
from pressroom.photographs.separation import in_inks, ink_on
from pressroom.photographs.srgb import profile_of

_IMAGE = "{http://www.w3.org/2000/svg}image"
_ADDRESSES = ("href", "{http://www.w3.org/1999/xlink}href")
_BEGINNINGS = ("data:image/png;base64,", "data:image/jpeg;base64,")
_QUALITY = 92
"""Of the JPEGs that replace them."""


def photographs_in_inks(drawing: bytes, press: Profile) -> tuple[bytes, int | None]:
    """A cleaned drawing with its photographs in the inks of a press, and the most ink on one spot of them.

    One that lets shine through what is below stays in RGB, since no JPEG can do that: the check of the file reports it.
    """
    root = etree.fromstring(drawing)
    inks = [ink for element in root.iter(_IMAGE) for ink in _separated(element, press)]
    return (etree.tostring(root), max(inks)) if inks else (drawing, None)


def _separated(element: etree._Element, press: Profile) -> Iterator[int]:
    for name in _ADDRESSES:
        beginning = next((each for each in _BEGINNINGS if str(element.get(name)).startswith(each)), "")
        if not beginning:
            continue
        with Image.open(io.BytesIO(b64decode(str(element.get(name)).removeprefix(beginning)))) as picture:
            if picture.has_transparency_data:
                continue
            plain = picture if picture.mode in ("RGB", "L", "CMYK") else picture.convert("RGB")
            made = in_inks(plain, press, profile_of(picture))
        element.set(name, f"{_BEGINNINGS[1]}{b64encode(jpeg(made, _QUALITY, b'')).decode()}")
        yield ink_on(made) or 0
