"""Terrain: a landscape of heights, looked at as a camera looks.

Heights are made as F. K. Musgrave's ridged multifractals (Texturing and Modeling, 2nd ed. 1998, chapter 14): layers of
finer and finer ridges, strongest where the ground is already high. The view is drawn column by column, from the front
to the back: what stands behind a higher crest is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenes.fields import Chance, Field, band, blur, noise, sampled

SIDE = 1024
"""Points along a side of the map of heights. The map repeats, so that no view ends."""


@dataclass(frozen=True)
class View:
    """Where a camera stands and looks: all lengths in sides of the map."""

    east: float
    north: float
    height: float
    horizon: float
    """Where the horizon lies in the picture: 0 is its head, 1 its foot."""
    angle: float = 1.1
    """How wide the picture looks: its width at the distance of one."""
    near: float = 0.02
    far: float = 1.6
    turned: float = 0.0
    """Radians from north to the east."""


@dataclass(frozen=True)
class Seen:
    """What a camera sees at every pixel: whether there is ground, how far away, and which place of the map."""

    ground: Field
    distance: Field
    east: Field
    north: Field


def ridges(chance: Chance, *, octaves: int = 7, first: float = 2, gain: float = 2.0, rough: float = 0.52) -> Field:
    """Heights of mountains, 0 to about 1."""
    heights, weight, strength, frequency = np.zeros((SIDE, SIDE)), np.ones((SIDE, SIDE)), 1.0, first
    for _ in range(octaves):
        ridge = np.clip(1 - np.abs(band(chance, SIDE, frequency)) / 1.9, 0, 1) ** 2 * weight
        heights += ridge * strength
        weight = np.clip(ridge * gain, 0, 1)
        strength, frequency = strength * rough, frequency * 2
    return _from_0_to_1(heights)


def hills(chance: Chance, *, fall: float = 3.6, low: float = 1.5) -> Field:
    """Heights of soft hills, 0 to 1."""
    heights = noise(chance, (SIDE, SIDE), fall=fall, low=low)
    return _from_0_to_1(heights)


def _from_0_to_1(heights: Field) -> Field:
    scaled: Field = (heights - heights.min()) / (heights.max() - heights.min())
    return scaled


def seen(heights: Field, view: View, height: int, width: int, steps: int = 900) -> Seen:
    """What `view` shows of a landscape in a picture of this size. Heights are in sides of the map."""
    distances = np.geomspace(view.near, view.far, steps)
    across = (np.arange(width) / width - 0.5) * view.angle
    east, north = _on_map(view, distances[:, None], across[None])
    scale = width / view.angle
    rows = view.horizon * height + (view.height - sampled(heights, north, east)) / distances[:, None] * scale
    crest = np.minimum.accumulate(rows, axis=0)
    found, ground = np.empty((height, width)), np.empty((height, width))
    pixels = np.arange(height, dtype=float)
    for column in range(width):
        found[:, column] = np.interp(-pixels, -crest[:, column], np.arange(steps, dtype=float))
        ground[:, column] = pixels - crest[-1, column]
    distance = np.interp(found, np.arange(steps), distances)
    east, north = _on_map(view, distance, across[None])
    return Seen(np.clip(ground + 0.5, 0, 1), distance, east, north)


def _on_map(view: View, distance: Field, across: Field) -> tuple[Field, Field]:
    """The place of the map that lies `distance` ahead, and `across` to the side for each one of it."""
    ahead, aside = distance, distance * across
    sine, cosine = np.sin(view.turned), np.cos(view.turned)
    return view.east + aside * cosine + ahead * sine, view.north + ahead * cosine - aside * sine


def lookout(heights: Field, chance: Chance, *, above: float, tries: int = 40) -> tuple[float, float, float]:
    """A place with a wide view to the north, as (east, north, height): high ground that falls away before it."""
    places = chance.random((tries, 2))
    ahead = np.linspace(0.05, 0.7, 14)

    def openness(east: float, north: float) -> float:
        here = sampled(heights, np.array([north]), np.array([east]))[0]
        before = sampled(heights, north + ahead, np.full_like(ahead, east))
        return float(here - before[:5].max() - 0.6 * before.mean())

    east, north = max(places, key=lambda place: openness(*place))
    return east, north, float(sampled(heights, np.array([north]), np.array([east]))[0]) + above


def slopes(heights: Field) -> tuple[Field, Field]:
    """How steeply the ground rises to the north and to the east."""
    north = (np.roll(heights, -1, 0) - np.roll(heights, 1, 0)) * SIDE / 2
    east = (np.roll(heights, -1, 1) - np.roll(heights, 1, 1)) * SIDE / 2
    return north, east


def sunlight(heights: Field, towards: tuple[float, float], elevation: float) -> Field:
    """How much of the sun falls on each place: by the slope, and 0 in the shadow of what stands before it.

    `towards` is the direction of the sun (east, north), `elevation` its height in radians.
    """
    east, north = np.asarray(towards) / np.hypot(*towards)
    rise_north, rise_east = slopes(heights)
    level = np.cos(elevation) * (-rise_east * east - rise_north * north) + np.sin(elevation)
    light = np.clip(level / np.sqrt(1 + rise_east**2 + rise_north**2), 0, 1)
    shade = np.ones_like(heights)
    for step in np.unique(np.geomspace(2, 200, 48).astype(int)):
        behind = np.roll(heights, (-round(north * step), -round(east * step)), (0, 1))
        over = behind - heights - step / SIDE * np.tan(elevation)
        shade = np.minimum(shade, np.clip(1 - over * SIDE / (0.4 + step / 18), 0, 1))
    fallen: Field = light * blur(shade, 0.8)
    return fallen
