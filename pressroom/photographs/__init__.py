"""Photographs: found, looked at, and brought to the size that an edition needs. The only room that opens pictures."""

from pressroom.photographs.album import Album, Photograph, gather
from pressroom.photographs.renditions import Recipe, Rendition, render, render_all

__all__ = ["Album", "Photograph", "Recipe", "Rendition", "gather", "render", "render_all"]
