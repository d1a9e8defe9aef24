"""Land: mountains, valleys, deserts and fields."""

from __future__ import annotations

import numpy as np

from scenes.fields import Chance, Colour, Field, blur, cells, choice, clouds, edge, mix, noise, places, ramp, sampled
from scenes.terrain import SIDE, Seen, View, hills, lookout, ridges, seen, slopes, sunlight


def haze(ground: Field, where: Seen, air: Field | Colour, thickness: float) -> Field:
    """Ground as it looks through the air before it; `thickness` is how much of it lies in one side of the map."""
    return mix(ground, air, 1 - np.exp(-thickness * where.distance))


def sky(
    size: tuple[int, int], above: Colour, below: Colour, horizon: float, sun: tuple[float, float] | None = None
) -> Field:
    """A clear sky, lighter to the horizon, with the glow of a sun at (x, y) where there is one."""
    height, width = size
    y, x = places(height, width)
    light = ramp(np.clip(y / horizon, 0, 1) ** 1.3, (0, above), (1, below))
    if sun is None:
        return light
    off = np.hypot(x - sun[0] * width / height, (y - sun[1]) * 1.1)
    glow: Field = np.exp(-off * 9)[..., None] * (1.1, 0.8, 0.45) + np.exp(-off * 2.2)[..., None] * (0.34, 0.21, 0.08)
    return light + glow


def valley(chance: Chance, height: int, width: int) -> Field:
    """A mountain valley in the afternoon: meadows, woods up to their line, rock, snow on what is highest."""
    smooth = ridges(chance, first=2.0, gain=1.6, rough=0.47) * 0.12
    ground = smooth + 0.0007 * noise(chance, (SIDE, SIDE), fall=1.5, low=8)
    view = View(*lookout(ground, chance, above=0.03), chance.uniform(0.28, 0.38), angle=1.0, near=0.02, far=1.5)
    where = seen(ground, view, height, width)
    sun = (choice(chance, (-1.0, 1.0)), -0.35)
    light, colour = sunlight(ground, sun, 0.8), _alpine(chance, smooth)
    lit = colour * (0.10 * np.array((0.7, 0.9, 1.25)) + 1.25 * light[..., None] * np.array((1.08, 1.0, 0.86)))
    land = sampled(lit, where.north, where.east) * grained(chance, where)
    above = sky((height, width), (0.14, 0.30, 0.62), (0.62, 0.74, 0.86), view.horizon + 0.1)
    cover = clouds(chance, (height, width), amount=0.44, soft=0.5, stretch=2.4) * 0.9
    above = mix(above, (0.95, 0.95, 0.97), cover)
    return mix(above, haze(land, where, (0.52, 0.64, 0.80), 0.6), where.ground)


def _alpine(chance: Chance, ground: Field) -> Field:
    """Colours of a mountain by height and slope."""
    high = ground / 0.12 + 0.05 * noise(chance, (SIDE, SIDE), fall=1.6)
    steep = np.hypot(*slopes(ground))
    meadow = mix(
        (0.11, 0.17, 0.035), (0.19, 0.19, 0.06), np.clip(0.5 + 0.4 * noise(chance, (SIDE, SIDE), fall=2), 0, 1)
    )
    woods = np.array((0.020, 0.042, 0.018)) * (1 + 0.5 * noise(chance, (SIDE, SIDE), fall=0.4))[..., None].clip(0.3)
    stone = np.array((0.23, 0.21, 0.19)) * (1 + 0.22 * noise(chance, (SIDE, SIDE), fall=1.2))[..., None]
    patches = np.clip(0.6 * noise(chance, (SIDE, SIDE), fall=1.7, low=6) + 0.7, 0, 1) * edge(0.58 - high, 0.03)
    colour = mix(meadow, woods, patches * edge(high - 0.10, 0.05))
    colour = mix(colour, stone, np.maximum(edge(high - 0.56, 0.05), edge(steep - 0.9, 0.15)))
    return mix(colour, (0.92, 0.94, 0.98), edge(high - 0.68, 0.03) * edge(1.0 - steep, 0.25))


def grained(chance: Chance, where: Seen) -> Field:
    """Detail that the map is too coarse for: stronger where the ground is near."""
    fine = noise(chance, (SIDE, SIDE), fall=1.1, low=12)
    near = np.clip(0.20 / where.distance, 0.2, 1.4)
    grain = sampled(fine, where.north * 6, where.east * 6) + 0.8 * sampled(fine, where.north * 23, where.east * 23)
    return np.clip(1 + 0.17 * near * grain, 0.25, 2)[..., None]


def layers(chance: Chance, height: int, width: int) -> Field:
    """Ridges behind one another against a low sun, the valleys filled with haze."""
    trees = np.clip(noise(chance, (SIDE, SIDE), fall=0.6, low=20), 0, 3)
    ground = 0.085 * ridges(chance, first=2.2, gain=1.3, rough=0.5) + 0.06 * hills(chance) + 0.0014 * trees
    horizon = chance.uniform(0.34, 0.46)
    view = View(*lookout(ground, chance, above=0.035), horizon, angle=0.7, near=0.06, far=2.4)
    where = seen(ground, view, height, width, 1200)
    y, x = places(height, width)
    sun = (chance.uniform(0.25, 0.75), horizon - chance.uniform(0.10, 0.2))
    warm = chance.random()
    air = np.array((1.0, 0.74 - 0.08 * warm, 0.50 - 0.16 * warm))
    above = sky((height, width), (0.16, 0.27, 0.46), (0.95, 0.72, 0.50 - 0.12 * warm), horizon + 0.06, sun)
    cover = clouds(chance, (height, width), amount=0.36, soft=0.6, stretch=6) * np.clip(1.2 - y / horizon, 0, 1)
    above = mix(above, np.array((0.85, 0.62, 0.52)), cover * 0.6)
    off = np.hypot(x - sun[0] * width / height, y - sun[1])
    light = sunlight(ground, (0.3, 1.0), 0.22)
    land = np.array((0.030, 0.040, 0.036)) * (0.5 + 2.2 * sampled(light, where.north, where.east))[..., None]
    low = np.clip(1.25 - sampled(ground, where.north, where.east) / 0.08, 0, 1)
    mist = air * (0.50 + 0.55 * np.exp(-1.5 * off))[..., None]
    share = 1 - np.exp(-(0.35 + 1.25 * low) * where.distance * 1.35)
    return mix(above, mix(land * grained(chance, where), mist, share), where.ground)


def desert(chance: Chance, height: int, width: int) -> Field:
    """A canyon land: level layers of red rock, cut into tables and steps."""
    base = ridges(chance, octaves=7, first=1.6, rough=0.5)
    steps = base * 7 + 0.25 * noise(chance, (SIDE, SIDE), fall=3)
    whole = np.floor(steps)
    ground = (whole + np.clip((steps - whole - 0.30) / 0.28, 0, 1) ** 1.5) / 7 * 0.11
    view = View(*lookout(ground, chance, above=0.03), chance.uniform(0.26, 0.36), angle=1.1, near=0.02, far=1.8)
    where = seen(ground, view, height, width, 1200)
    light = sunlight(ground, (choice(chance, (-1.0, 1.0)), -0.25), 0.45)
    strata = np.interp(ground * 245, np.arange(28), chance.uniform(0.72, 1.22, 28))
    steep = np.hypot(*slopes(ground))
    rock = np.array((0.50, 0.20, 0.095)) * strata[..., None]
    sand = np.array((0.56, 0.33, 0.19)) * (1 + 0.08 * noise(chance, (SIDE, SIDE), fall=1.4))[..., None]
    shrubs = edge(noise(chance, (SIDE, SIDE), fall=0.5, low=30) - 1.5, 0.2) * edge(0.5 - steep, 0.1)
    colour = mix(mix(sand, rock, edge(steep - 0.45, 0.15)), (0.07, 0.08, 0.04), shrubs * 0.8)
    lit = colour * (0.17 * np.array((0.75, 0.9, 1.2)) + 1.25 * light[..., None] * np.array((1.08, 0.98, 0.82)))
    land = sampled(lit, where.north, where.east) * grained(chance, where)
    above = sky((height, width), (0.09, 0.25, 0.58), (0.60, 0.70, 0.78), view.horizon + 0.1)
    cover = clouds(chance, (height, width), amount=0.30, soft=0.4, stretch=3)
    above = mix(above, (0.93, 0.92, 0.92), cover * 0.85)
    return mix(above, haze(land, where, (0.66, 0.62, 0.66), 0.5), where.ground)


def downs(chance: Chance, height: int, width: int) -> Field:
    """Green hills in the evening, hedges between fields, long shadows."""
    ground = hills(chance, fall=4.4, low=1.8) * 0.13
    view = View(*lookout(ground, chance, above=0.045), chance.uniform(0.26, 0.40), angle=0.9, near=0.02, far=1.3)
    cells, hedge = _fields(chance)
    trees = np.clip(hedge * (0.5 + noise(chance, (SIDE, SIDE), fall=0.9, low=8)), 0, 1)
    ground = ground + 0.0045 * trees
    where = seen(ground, view, height, width, 1200)
    light = sunlight(ground, (choice(chance, (-1.0, 1.0)), 0.35), 0.20)
    crop = ramp(
        cells,
        (0, (0.075, 0.14, 0.025)),
        (0.4, (0.14, 0.21, 0.035)),
        (0.6, (0.30, 0.25, 0.09)),
        (0.8, (0.17, 0.11, 0.055)),
        (1, (0.09, 0.19, 0.03)),
    )
    crop = mix(crop, (0.018, 0.036, 0.012), np.clip(trees * 1.6, 0, 1))
    lit = crop * (0.17 * np.array((0.72, 0.9, 1.25)) + 3.4 * light[..., None] * np.array((1.15, 0.92, 0.60)))
    land = sampled(lit, where.north, where.east) * grained(chance, where)
    above = sky(
        (height, width), (0.24, 0.42, 0.66), (0.98, 0.83, 0.62), view.horizon + 0.05, (chance.uniform(-0.2, 0.1), 0.2)
    )
    cover = clouds(chance, (height, width), amount=0.42, soft=0.5, stretch=5)
    above = mix(above, (1.0, 0.80, 0.66), cover * 0.55)
    return mix(above, haze(land, where, (0.86, 0.74, 0.60), 0.75), where.ground)


def _fields(chance: Chance, count: int = 190) -> tuple[Field, Field]:
    """A number for the field at each place, and how near a hedge between two fields is, 0 to 1."""
    points = chance.random((count, 2))
    row, column = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    column = column + 0.012 * noise(chance, (SIDE, SIDE), fall=3.2)
    row = row + 0.012 * noise(chance, (SIDE, SIDE), fall=3.2)

    def around(axis: Field, at: float) -> Field:
        """The distance along one side of the map, which goes around."""
        return np.abs((axis - at + 0.5) % 1 - 0.5)

    owner, further = cells(np.hypot(around(row, north), around(column, east) * 0.75) for north, east in points)
    return chance.random(count)[owner], np.clip(1 - further * 260, 0, 1)


def dunes(chance: Chance, height: int, width: int) -> Field:
    """Sand: sharp crests, one side in the light, ripples near the eye."""
    swell = noise(chance, (SIDE, SIDE), fall=5.5, low=1.5)
    across = np.mgrid[0:SIDE, 0:SIDE][1] / SIDE * 5 + 0.55 * swell + 0.05 * noise(chance, (SIDE, SIDE), fall=4.5, low=4)
    phase = across % 1
    crest = np.where(phase < 0.68, phase / 0.68, (1 - phase) / 0.32)
    tall = np.clip(0.7 + 0.3 * noise(chance, (SIDE, SIDE), fall=5, low=1.5), 0.05, 1.6)
    ground = blur(0.050 * crest**1.25 * tall + 0.012 * swell, 2)
    view = View(
        *lookout(ground, chance, above=0.03),
        chance.uniform(0.22, 0.34),
        angle=0.8,
        near=0.05,
        far=1.4,
        turned=chance.uniform(-0.6, 0.6),
    )
    where = seen(ground, view, height, width, 1200)
    light = sampled(sunlight(ground, (1.0, 0.3), 0.34), where.north, where.east)
    ripple = np.sin(where.east * 900 + 9 * sampled(swell, where.north * 2, where.east * 2) + 90 * where.north)
    near = np.clip(0.10 / where.distance - 0.12, 0, 1)
    lit = np.array((1.0, 0.60, 0.30)) * (0.12 + 1.7 * light * (1 + 0.16 * near * ripple))[..., None]
    land = (np.array((0.04, 0.02, 0.035)) + lit) * (0.5 + 0.5 * grained(chance, where))
    above = sky((height, width), (0.10, 0.26, 0.60), (0.66, 0.74, 0.80), view.horizon + 0.1)
    return mix(above, haze(land, where, (0.80, 0.70, 0.62), 0.40), where.ground)
