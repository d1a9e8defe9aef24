"""Photographs: finds picture files, reads and checks them, and makes renditions. No other room opens a picture.

`photo_finder` finds files; `metadata` reads what they record; `probing` decodes each once; `album` joins them to
figures; `looking` tells the pacing what can be seen; `frames` reads pictures that are in no publication yet. `darkroom`
develops pixels, in the colours of `srgb` or the inks of `separation` and `profiles`; `renditions` keeps the results.
`formats` opens files by their content, with `signatures`, `tiffs` and `jpegs`. `drawings` cleans SVG, and
`plain_drawings` makes of it what pages and ebooks show alike: `drawing_styles` works out style sheets,
`drawing_rewrites` says what CSS and SVG 2 turn, clip and count as SVG 1.1 says it, and `drawing_renderer` makes paths.
`cover_pictures` puts words on pictures where `legibility` says that they can be read.
"""

from pressroom.photographs.album import Album, Photograph, gather
from pressroom.photographs.cover_pictures import CoverRecipe, CoverRendition, RelativeBox, WordsPlace, render_cover
from pressroom.photographs.darkroom import Recipe
from pressroom.photographs.drawing_renderer import DrawingFonts
from pressroom.photographs.formats import UnusableError
from pressroom.photographs.jpegs import is_whole
from pressroom.photographs.lettering import TypeLine, can_shape
from pressroom.photographs.looking import SeenPicture, look_at
from pressroom.photographs.metadata import Metadata
from pressroom.photographs.photo_finder import PhotoFinder
from pressroom.photographs.plain_drawings import DrawingRecipe, family_for
from pressroom.photographs.profiles import SRGB, Profile, find_profile
from pressroom.photographs.renditions import Rendition, render, render_all
from pressroom.photographs.separation import ink_of, ink_of_jpeg

__all__ = [
    "SRGB",
    "Album",
    "CoverRecipe",
    "CoverRendition",
    "DrawingFonts",
    "DrawingRecipe",
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
    "family_for",
    "find_profile",
    "gather",
    "ink_of",
    "ink_of_jpeg",
    "is_whole",
    "look_at",
    "render",
    "render_all",
    "render_cover",
]
