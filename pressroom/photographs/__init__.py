"""Photographs: found, read, looked at, and brought to the size that an edition needs. Only here are pictures opened.

`shelf` knows where files lie; `metadata` what they say; `looks` how they look; `album` joins them to figures;
`darkroom` makes pixels, with `colour` for light and `inks` for a press, whose `profiles` are found here; `renditions`
keeps them; `covers` puts words on them where `legibility` finds them read.
"""

from pressroom.photographs.album import Album, Photograph, gather
from pressroom.photographs.covers import Box, CoverRecipe, CoverRendition, WordsPlace, render_cover
from pressroom.photographs.darkroom import Recipe
from pressroom.photographs.formats import UnusableError
from pressroom.photographs.inks import ink_of, ink_of_jpeg
from pressroom.photographs.lettering import Line, can_shape
from pressroom.photographs.metadata import Metadata
from pressroom.photographs.profiles import SRGB, Profile, find_profile
from pressroom.photographs.renditions import Rendition, render, render_all
from pressroom.photographs.shelf import Shelf

__all__ = [
    "SRGB",
    "Album",
    "Box",
    "CoverRecipe",
    "CoverRendition",
    "Line",
    "Metadata",
    "Photograph",
    "Profile",
    "Recipe",
    "Rendition",
    "Shelf",
    "UnusableError",
    "WordsPlace",
    "can_shape",
    "find_profile",
    "gather",
    "ink_of",
    "ink_of_jpeg",
    "render",
    "render_all",
    "render_cover",
]
