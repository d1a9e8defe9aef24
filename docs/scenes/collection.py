"""The collection: twenty-four pictures in the shapes that cameras have, each with its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image

from scenes import land, near, skies, water
from scenes.camera import exposed
from scenes.fields import Chance, Field

Scene = Callable[[Chance, int, int], Field]
SCENES: Mapping[str, Scene] = {
    scene.__name__.replace("_", "-"): scene
    for scene in (
        *(land.valley, land.layers, land.desert, land.downs, land.dunes),
        *(water.lake, water.islands, water.dusk, water.shore, water.ice),
        *(skies.night, skies.storm, skies.over_clouds),
        *(near.forest, near.snow, near.grass, near.window, near.stone),
    )
}
"""Every scene by its name."""


@dataclass(frozen=True)
class Picture:
    """One picture of the collection, and what is said of it."""

    name: str
    scene: str
    seed: int
    ratio: float
    """Width to height."""
    alt: str
    caption: str

    def drawn(self, long: int) -> Image.Image:
        """The picture with `long` pixels on its longer side. The same size gives the same picture."""
        return drawn(self.scene, self.seed, self.ratio, long)


def drawn(scene: str, seed: int, ratio: float, long: int) -> Image.Image:
    """A picture of a scene; `ratio` is its width to its height, `long` its longer side in pixels.

    Raises KeyError for a scene that there is not.
    """
    chance = np.random.default_rng([seed, sum(map(ord, scene))])
    width, height = (long, round(long / ratio)) if ratio >= 1 else (round(long * ratio), long)
    return exposed(SCENES[scene](chance, height - height % 2, width - width % 2), chance)


PICTURES = (
    Picture(
        "above-the-clouds",
        "over-clouds",
        8,
        3 / 2,
        "A sea of clouds at sunrise, seen from above; the sun stands over its edge",
        "The sun is up; the valleys are still under cloud.",
    ),
    Picture(
        "ridges",
        "layers",
        5,
        3,
        "Many mountain ridges behind one another, each paler than the one before it",
        "Each ridge is a little paler than the one in front of it. Haze tells how far away it is.",
    ),
    Picture(
        "high-valley",
        "valley",
        7,
        3 / 2,
        "A green valley between grey peaks with snow on them",
        "Meadows end where the rock becomes too steep to hold earth.",
    ),
    Picture(
        "still-lake",
        "lake",
        3,
        3 / 2,
        "A pointed peak and its mirror image in a lake",
        "No wind yet: the lake repeats the peak.",
    ),
    Picture(
        "lake-shore",
        "lake",
        8,
        4 / 5,
        "A steep wooded shore mirrored in dark water",
        "The shade leaves the north shore last.",
    ),
    Picture(
        "beech-trunks",
        "forest",
        6,
        2 / 3,
        "Tall trunks in green mist with beams of light between them",
        "The first light reaches the ground.",
    ),
    Picture(
        "forest-edge",
        "forest",
        1,
        16 / 9,
        "A row of trunks in mist; light falls through the leaves from the left",
        "Mist hides the trees that stand thirty steps away.",
    ),
    Picture(
        "grass",
        "grass",
        1,
        1,
        "Blades of grass in focus before discs of green light",
        "Grass at the edge of the wood, against the light.",
    ),
    Picture(
        "fields",
        "downs",
        4,
        3 / 2,
        "Green and yellow fields with hedges on the side of a hill in low sun",
        "Hedges keep the fields apart, and the wind off.",
    ),
    Picture(
        "dry-stones",
        "stone",
        1,
        4 / 3,
        "A wall of dry stones with patches of yellow lichen",
        "A wall without mortar. Lichen grows less than a millimetre a year.",
    ),
    Picture(
        "tables",
        "desert",
        1,
        16 / 9,
        "Flat-topped red rocks in steps under a sky with clouds",
        "Hard layers make the tables, soft ones the slopes.",
    ),
    Picture(
        "canyon",
        "desert",
        5,
        2 / 3,
        "Red cliffs in level layers, one above the other",
        "Layers lie as they were laid down, the oldest at the foot.",
    ),
    Picture(
        "dunes",
        "dunes",
        6,
        3 / 2,
        "Sand dunes with sharp crests, one side in the light",
        "The wind comes from the gentle side. Behind the crest the sand falls.",
    ),
    Picture(
        "islands",
        "islands",
        6,
        3 / 2,
        "Wooded islands in a blue sea with pale shallows around them",
        "Where the water is pale it is not deeper than a house is high.",
    ),
    Picture(
        "reef",
        "islands",
        3,
        1,
        "Small islands and reefs in turquoise water, seen from a height",
        "Reefs break the swell before it comes to land.",
    ),
    Picture(
        "surf",
        "shore",
        4,
        2 / 3,
        "A beach from above: sand, lines of foam, water that grows darker",
        "Three waves on their way to the sand.",
    ),
    Picture(
        "rain",
        "storm",
        6,
        16 / 9,
        "A dark sky with falling rain over a flat green plain",
        "Rain on the far side of the plain; here the grass is dry.",
    ),
    Picture(
        "floes",
        "ice",
        3,
        1,
        "White plates of ice with dark blue water between them, from above",
        "Plates that were one sheet in spring.",
    ),
    Picture(
        "field-of-snow",
        "snow",
        2,
        3 / 2,
        "Two bare trees at the edge of a white field",
        "Two trees, and nothing else that is not white.",
    ),
    Picture(
        "winter-road",
        "snow",
        6,
        3,
        "Two bare trees far off on a wide field of snow",
        "The trees by which people find the road in winter.",
    ),
    Picture(
        "after-sunset",
        "dusk",
        3,
        3 / 2,
        "The sea after sunset, orange at the horizon and violet above",
        "Ten minutes after the sun has gone.",
    ),
    Picture(
        "last-light",
        "dusk",
        1,
        4 / 3,
        "A low coast against an orange sky, waves with its light on them",
        "The coast is a line now.",
    ),
    Picture(
        "milky-way",
        "night",
        1,
        2 / 3,
        "The Milky Way over a black crest with trees",
        "The Milky Way is seen where no lamp is near.",
    ),
    Picture(
        "window",
        "window",
        5,
        3 / 2,
        "Drops of rain on a window; lamps of a street out of focus behind it",
        "Home: rain on the window, and the lamps of the street.",
    ),
)
"""In the order in which the book shows them."""
