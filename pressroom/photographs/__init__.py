"""Photographs: found, read, looked at, and brought to the size that an edition needs. Only here are pictures opened.

`shelf` knows where files lie; `metadata` what they say; `looks` how they look; `album` joins them to figures;
`darkroom` makes pixels and `renditions` keeps them.
"""

from pressroom.photographs.album import Album, Photograph, gather
from pressroom.photographs.darkroom import Recipe
from pressroom.photographs.formats import UnusableError
from pressroom.photographs.metadata import Metadata
from pressroom.photographs.renditions import Rendition, render, render_all
from pressroom.photographs.shelf import Shelf

__all__ = [
    "Album",
    "Metadata",
    "Photograph",
    "Recipe",
    "Rendition",
    "Shelf",
    "UnusableError",
    "gather",
    "render",
    "render_all",
]
