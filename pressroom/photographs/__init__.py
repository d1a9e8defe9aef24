"""Photographs: finds picture files, reads and checks them, and makes renditions. No other room opens a picture.

`photo_finder` finds files; `metadata` reads what they record; `probing` decodes each once; `album` joins them to
figures; `looking` tells the pacing what can be seen; `darkroom` develops pixels, in the colours of `srgb` or the inks
of `separation` and `profiles`; `renditions` keeps the results; `cover_pictures` puts words on them where `legibility`
says that they can be read.
"""

from pressroom.photographs.album import Album, Photograph, gather
from pressroom.photographs.cover_pictures import CoverRecipe, CoverRendition, RelativeBox, WordsPlace, render_cover
from pressroom.photographs.darkroom import Recipe
from pressroom.photographs.formats import UnusableError
from pressroom.photographs.lettering import TypeLine, can_shape
from pressroom.photographs.looking import SeenPicture, look_at
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
    "SeenPicture",
    "TypeLine",
    "UnusableError",
    "WordsPlace",
    "can_shape",
    "find_profile",
    "gather",
    "ink_of",
    "ink_of_jpeg",
    "look_at",
    "render",
    "render_all",
    "render_cover",
]
