"""Photographs: found, read, looked at, and brought to the size that an edition needs. Only here are pictures opened.

`shelf` knows where files lie; `metadata` what they say; `looks` how they look; `album` joins them to figures;
`darkroom` makes pixels, with `colour` for light and `inks` for a press, whose `profiles` are found here; `renditions`
keeps them; `covers` puts words on them where `legibility` finds them read.
"""

from pressroom.photographs.album import Album, Photograph, gather
from pressroom.photographs.cover_pictures import CoverRecipe, CoverRendition, RelativeBox, WordsPlace, render_cover
from pressroom.photographs.darkroom import Recipe
from pressroom.photographs.formats import UnusableError
from pressroom.photographs.lettering import TypeLine, can_shape
from pressroom.photographs.metadata import Metadata
from pressroom.photographs.photo_finder import PhotoFinder
from pressroom.photographs.profiles import SRGB, Profile, find_profile
from pressroom.photographs.renditions import Rendition, render, render_all
from pressroom.photographs.separation import ink_of, ink_of_jpeg

__all__ = [
    "SRGB",
    "Album",
    "CoverRecipe",
    "CoverRendition",
    "Metadata",
    "PhotoFinder",
    "Photograph",
    "Profile",
    "Recipe",
    "RelativeBox",
    "Rendition",
    "TypeLine",
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
