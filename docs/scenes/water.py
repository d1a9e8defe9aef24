"""Water: lakes, the sea, a shore from above, ice."""

from __future__ import annotations

import numpy as np

from scenes.fields import Chance, Field, blur, cells, choice, clouds, edge, line, mix, noise, places, ramp, sampled
from scenes.land import grained, haze, sky
from scenes.terrain import SIDE, View, hills, ridges, seen, slopes, sunlight


def lake(chance: Chance, height: int, width: int) -> Field:
    """Mountains behind a still lake that mirrors them, early in the morning."""
    ground = 0.11 * ridges(chance, first=1.8, gain=1.7, rough=0.5) + 0.0022 * noise(
        chance, (SIDE, SIDE), fall=1.7, low=8
    )
    level = float(np.quantile(ground, 0.45))
    ground = np.maximum(ground - level, -0.001)
    east, north = _on_water(ground, chance)
    view = View(east, north, 0.006, chance.uniform(0.46, 0.56), angle=0.95, near=0.004, far=1.4)
    light = sunlight(ground, (choice(chance, (-1.0, 1.0)), 0.1), 0.38)
    colour = _slopes_with_snow(chance, ground)
    lit = colour * (0.13 * np.array((0.7, 0.9, 1.3)) + 1.35 * light[..., None] * np.array((1.15, 0.95, 0.72)))
    above = sky((height, width), (0.13, 0.27, 0.55), (0.80, 0.78, 0.78), view.horizon)
    cover = clouds(chance, (height, width), amount=0.40, soft=0.55, stretch=3)
    above = mix(above, (1.0, 0.86, 0.76), cover * 0.6)
    where = seen(ground, view, height, width, 1200)
    land = haze(sampled(lit, where.north, where.east) * grained(chance, where), where, (0.60, 0.66, 0.76), 0.7)
    dry = where.ground * edge(sampled(ground, where.north, where.east) * 6000, 0.7)
    scene = mix(above, land, dry)
    return _mirrored(chance, scene, 1 - dry, view.horizon)


def _on_water(ground: Field, chance: Chance) -> tuple[float, float]:
    """A place on the water with land some way before it."""
    ahead = np.linspace(0.01, 0.45, 40)
    best, place = -1.0, (0.5, 0.5)
    for east, north in chance.random((150, 2)):
        before = sampled(ground, north + ahead, np.full_like(ahead, east))
        open_water = int(np.argmax(before > 0)) if (before > 0).any() else 0
        score = min(open_water, 22) + 60 * float(before.max())
        if sampled(ground, np.array([north]), np.array([east]))[0] < 0 and score > best:
            best, place = score, (east, north)
    return place


def _mirrored(chance: Chance, scene: Field, wet: Field, horizon: float) -> Field:
    """The picture with what stands above the water mirrored in it, drawn out by small waves that grow to the front."""
    height, width = scene.shape[:2]
    y, _ = places(height, width)
    below = np.clip(y - horizon, 0.0005, 1)
    distance = 1 / below
    waves = noise(chance, (SIDE, SIDE), fall=1.7, stretch=3)
    column = np.arange(width)[None] / height - width / height / 2
    tilt = sampled(waves, np.log(distance) * 0.9, column * distance**0.8 * 0.12 + 0.5)
    row = np.clip((2 * horizon - y) * height - tilt * (3 + 60 * below) * height / 900, 0, height - 1)
    mirror = sampled(
        np.concatenate([scene, scene[::-1]]), row / (2 * height), np.broadcast_to(np.arange(width) / width, row.shape)
    )
    share = np.clip(0.9 - 0.75 * below + 0.05 * tilt, 0.1, 1)
    water = mix((0.016, 0.045, 0.055), mirror * np.array((0.86, 0.92, 0.96)), share)
    return mix(scene, water, wet * (y > horizon))


def _slopes_with_snow(chance: Chance, ground: Field) -> Field:
    """Woods by the water, then rock, then snow."""
    high = ground / ground.max() + 0.06 * noise(chance, (SIDE, SIDE), fall=1.6)
    steep = np.hypot(*slopes(ground))
    woods = (
        np.array((0.030, 0.055, 0.024)) * np.clip(1 + 0.5 * noise(chance, (SIDE, SIDE), fall=0.5), 0.3, 3)[..., None]
    )
    stone = np.array((0.25, 0.22, 0.20)) * np.clip(1 + 0.25 * noise(chance, (SIDE, SIDE), fall=1.2), 0.3, 2)[..., None]
    colour = mix(woods, stone, np.maximum(edge(high - 0.34, 0.05), edge(steep - 1.0, 0.15)))
    return mix(colour, (0.92, 0.94, 0.98), edge(high - 0.52, 0.05) * edge(1.15 - steep, 0.25))


def islands(chance: Chance, height: int, width: int) -> Field:
    """A sea with islands from a height, shallows around them, the sun low."""
    ground = 0.075 * hills(chance, fall=3.3, low=2)
    ground = ground - float(np.quantile(ground, 0.66))
    view = View(chance.random(), chance.random(), 0.075, chance.uniform(0.20, 0.32), angle=0.95, near=0.05, far=2.2)
    surface = np.maximum(ground, 0)
    where = seen(surface, view, height, width, 1200)
    light = sampled(sunlight(surface, (0.6, 1.0), 0.42), where.north, where.east)
    depth = sampled(ground, where.north, where.east)
    grain = grained(chance, where)
    shore = edge(0.0014 - depth, 0.0003)
    scrub = np.array((0.075, 0.105, 0.035)) * (0.3 + 1.7 * light)[..., None] * grain
    land = mix(scrub, np.array((0.62, 0.53, 0.38)) * (0.4 + 0.8 * light)[..., None], shore)
    water = ramp(
        -depth,
        (0, (0.30, 0.58, 0.52)),
        (0.0035, (0.07, 0.40, 0.45)),
        (0.012, (0.012, 0.15, 0.28)),
        (0.03, (0.006, 0.06, 0.16)),
    )
    waves = noise(chance, (SIDE, SIDE), fall=1.3, low=10, stretch=2)
    tilt = sampled(waves, where.north * 9, where.east * 9) + sampled(waves, where.north * 31, where.east * 31)
    y, x = places(height, width)
    sun = chance.uniform(0.25, 0.75) * width / height
    glitter = np.exp(-(((x - sun) / (0.10 + 0.35 * y)) ** 2)) * np.clip(tilt - 0.7, 0, 3) * np.clip(1.3 - y, 0, 1)
    water = water * np.clip(1 + 0.07 * tilt, 0.5, 2)[..., None] + (0.55 * glitter)[..., None] * np.array(
        (1.3, 1.1, 0.8)
    )
    foam = np.exp(-((depth / 0.0007) ** 2)) * np.clip(0.5 + 0.6 * tilt, 0, 1)
    scene = mix(mix(water, (0.95, 0.97, 0.98), foam), land, edge(depth, 0.0003))
    above = sky((height, width), (0.25, 0.43, 0.66), (1.0, 0.86, 0.66), view.horizon, (sun * height / width, 0.05))
    cover = clouds(chance, (height, width), amount=0.38, soft=0.6, stretch=6)
    above = mix(above, (1.0, 0.90, 0.80), cover * 0.5)
    return mix(above, haze(scene, where, (0.86, 0.80, 0.72), 0.55), where.ground)


def dusk(chance: Chance, height: int, width: int) -> Field:
    """The sea after sunset, the sky mirrored in waves that grow to the front."""
    y, x = places(height, width)
    horizon, hue, sun = chance.uniform(0.40, 0.58), chance.random(), chance.uniform(0.25, 0.75) * width / height
    stops = (
        (0.0, (0.03 + 0.04 * hue, 0.07, 0.2)),
        (0.45, (0.25 + 0.1 * hue, 0.2, 0.42)),
        (0.8, (0.95, 0.42, 0.30)),
        (1.0, (1.35, 0.78, 0.36)),
    )
    cover = clouds(chance, (height, width), amount=0.42, stretch=5) * np.clip((horizon - y) / horizon * 3, 0, 1)
    rim = np.clip(cover - np.roll(cover, -max(1, height // 70), 0), 0, 1) * np.clip(y / horizon, 0, 1) ** 2
    heaven = ramp(np.clip(y / horizon, 0, 1), *stops) * (1 - 0.62 * cover[..., None]) + rim[..., None] * (
        1.4,
        0.55,
        0.32,
    )
    heaven = heaven + np.exp(-np.hypot(x - sun, (y - horizon) * 2) * 3.2)[..., None] * (0.8, 0.38, 0.12)
    below = np.clip((y - horizon) / (1 - horizon), 1e-3, 1)
    tilt = _waves(chance, below, x - width / height / 2)
    mirror = ramp(np.clip(1 - below * 0.75 - 0.2 * tilt * (0.5 + below), 0, 1), *stops)
    sea = mirror * np.clip(0.55 + 0.25 * tilt, 0.08, 1)[..., None] * 0.8 + np.array((0.006, 0.02, 0.04))
    glitter = np.exp(-np.abs(x - sun) / (0.05 + 0.3 * below)) * np.clip(tilt - 0.25, 0, 2)
    sea = sea + glitter[..., None] * (1.7, 0.8, 0.3)
    wet = edge((y - horizon) * height)
    coast = horizon - 0.012 - np.clip(0.018 * line(chance, width, fall=2.2, low=2), -0.008, 0.05)
    return mix(mix(heaven, sea, wet), (0.10, 0.07, 0.12), edge((y - coast[None]) * height) * (1 - wet) * 0.9)


def _waves(chance: Chance, below: Field, aside: Field) -> Field:
    """How the surface leans at each pixel: four sizes of waves, in perspective."""
    distance = np.clip(1 / below, 1, 60)
    tilt = np.zeros_like(below)
    for number, strength in enumerate((0.5, 0.35, 0.22, 0.12)):
        surface = noise(chance, (SIDE, SIDE), fall=1.6, stretch=5)
        size = 0.30 * (1 + 0.7 * number)
        tilt += strength * sampled(
            surface, -np.log(distance) * 0.12 * (1 + number), aside * np.minimum(distance, 30) ** 0.9 * size
        )
    return tilt * np.clip(below * 14, 0.15, 1)


def shore(chance: Chance, height: int, width: int) -> Field:
    """A beach from above: sand, foam, water that grows deeper."""
    y, x = places(height, width)
    angle, start = chance.uniform(-0.5, 0.5), chance.uniform(0.4, 0.6)
    out = (x - width / height * start) * np.cos(angle) + (y - 0.5) * np.sin(angle)
    out = out + 0.035 * line(chance, height, fall=3)[:, None] + 0.02 * blur(noise(chance, (height, width), fall=3), 3)
    grain = 0.05 * noise(chance, (height, width), fall=0.9) + 0.05 * noise(chance, (height, width))
    sand = (
        np.array((0.78, 0.60, 0.41))
        * (1 + grain)[..., None]
        * (1 - 0.42 * np.clip((out + 0.16) / 0.14, 0, 1))[..., None]
    )
    swell = noise(chance, (height, width), fall=2.2)
    water = ramp(
        out + 0.02 * swell,
        (0, (0.46, 0.62, 0.52)),
        (0.12, (0.16, 0.52, 0.52)),
        (0.5, (0.03, 0.25, 0.36)),
        (1, (0.012, 0.10, 0.20)),
    )
    light = np.exp(-np.abs(noise(chance, (height, width), fall=1.9)) * 5) * np.exp(-np.clip(out, 0, 1) * 4)
    water = water * (1 + 0.35 * light + 0.06 * swell)[..., None]
    scene = mix(sand, water, np.clip(out / 0.03 + 0.5, 0, 1))
    lace = np.exp(-np.abs(noise(chance, (height, width), fall=1.5)) * 7)
    for off, wide, strength in ((0.0, 0.012, 1.0), (0.05, 0.02, 0.8), (0.13, 0.014, 0.55), (0.26, 0.010, 0.4)):
        from_crest = out - off - 0.018 * noise(chance, (height, width), fall=2.8)
        trail = 0.75 * np.exp(-np.clip(from_crest, 0, 1) / (wide * 2.5)) * (from_crest > 0) * lace
        scene = mix(scene, (1.02, 1.03, 1.02), np.clip((np.exp(-((from_crest / wide) ** 2)) + trail) * strength, 0, 1))
    return scene


def ice(chance: Chance, height: int, width: int) -> Field:
    """Floes from above: white plates with blue water between them."""
    y, x = places(height, width)
    count = int(chance.integers(90, 150))
    points = chance.random((count, 2)) * (1.1, width / height * 1.1) - 0.05
    bent_y = y + 0.010 * noise(chance, (height, width), fall=3)
    bent_x = x + 0.010 * noise(chance, (height, width), fall=3)
    sizes = chance.uniform(0.0, 0.05, count)
    owner, further = cells(
        np.hypot(bent_y - down, bent_x - across) - size for (down, across), size in zip(points, sizes, strict=True)
    )
    gap = further - chance.uniform(0.006, 0.05, count)[owner] + 0.004 * noise(chance, (height, width), fall=1.6)
    plate = edge(gap * height, 1.2)
    under = np.exp(-np.clip(-gap, 0, 1) * 45)
    water = mix((0.006, 0.05, 0.11), (0.05, 0.36, 0.46), under * 0.75)
    drifts = noise(chance, (height, width), fall=2.1, stretch=1.6)
    relief = np.roll(drifts, 2, 1) - drifts
    snow = np.array((0.90, 0.93, 0.97)) * (0.92 + 0.06 * drifts + 0.10 * relief)[..., None]
    snow = (
        snow * (0.86 + 0.14 * np.clip(gap * 30, 0, 1))[..., None] * chance.uniform(0.86, 1.03, count)[owner][..., None]
    )
    brash = edge(noise(chance, (height, width), fall=0.9, low=40) - 1.75, 0.2) * (1 - plate)
    return mix(mix(water, (0.72, 0.83, 0.90), brash * 0.9), snow, plate)
