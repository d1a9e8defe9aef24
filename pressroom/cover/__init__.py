"""Covers: the front cover of every edition, and the sheet that a printed book is bound in.

`arrangement` places the words of the front on a grid, `linebreaks` breaks them into lines, and `front` makes the page
and asks for its picture. `back`, `back_pictures`, `barcode` and `spine` arrange the rest of a printed cover, and `wrap`
joins all of it.
"""

from pressroom.cover.back_pictures import back_recipes
from pressroom.cover.front import cover_picture, front_page, on_front
from pressroom.cover.wrap import lay_out_cover

__all__ = ["back_recipes", "cover_picture", "front_page", "lay_out_cover", "on_front"]
