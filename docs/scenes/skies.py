"""Skies: stars, a storm over a plain, clouds from above."""

from __future__ import annotations

import numpy as np

from scenes.fields import Chance, Field, blur, choice, edge, line, mix, noise, places, ramp, sampled
from scenes.land import haze, sky
from scenes.terrain import SIDE, View, seen, sunlight


def night(chance: Chance, height: int, width: int) -> Field:
    """Stars, the band of the galaxy, a crest with trees, a last glow."""
    y, x = places(height, width)
    ratio = width / height
    light = ramp(
        y, (0, (0.004, 0.008, 0.022)), (0.6, (0.012, 0.028, 0.06)), (0.85, (0.10, 0.10, 0.10)), (1, (0.24, 0.16, 0.08))
    )
    angle = chance.uniform(0.5, 1.1) * choice(chance, (-1.0, 1.0))
    along = (x - ratio / 2) * np.cos(angle) + (y - 0.4) * np.sin(angle)
    aside = -(x - ratio / 2) * np.sin(angle) + (y - 0.4) * np.cos(angle)
    patches, veils = noise(chance, (height, width), fall=2.2), noise(chance, (height, width), fall=2.6)
    galaxy = np.exp(-((aside / 0.16) ** 2)) * np.clip(0.7 + 0.35 * patches, 0, 3) * np.exp(-((along / 0.9) ** 2))
    dust = np.exp(-(((aside + 0.03 * veils) / 0.05) ** 2)) * np.clip(0.55 + 0.6 * veils, 0, 1)
    light = light + (galaxy * (1 - 0.8 * dust))[..., None] * (0.085, 0.075, 0.095)
    light = light + (galaxy * np.clip(patches, 0, None))[..., None] * (0.03, 0.012, 0.03)
    light = light + _stars(chance, galaxy) * np.clip((0.86 - y) * 6, 0, 1)[..., None]
    crest = 0.80 + 0.07 * line(chance, width, fall=2.6) + 0.006 * line(chance, width, fall=0.8, low=40)
    return mix(light, (0.004, 0.005, 0.008), edge((y - crest[None]) * height)) * 1.7


def _stars(chance: Chance, galaxy: Field) -> Field:
    """Points of light in four sizes, more of them where the galaxy is."""
    height, width = galaxy.shape
    dense = 900 * width / height * (height / 900) ** 1.2
    light = np.zeros((height, width, 3))
    for size, (share, strength) in enumerate(((9, 0.05), (1.4, 0.22), (0.16, 0.9), (0.02, 3.2))):
        count = max(2, int(dense * share)) * 2
        rows, columns = chance.integers(0, height, count), chance.integers(0, width, count)
        kept = chance.random(count) < 0.3 + galaxy[rows, columns] * 0.7
        rows, columns = rows[kept], columns[kept]
        colour = mix((0.75, 0.85, 1.15), (1.15, 0.95, 0.7), chance.random(len(rows)))
        points = np.zeros((height, width, 3))
        np.add.at(points, (rows, columns), colour * (strength * chance.uniform(0.4, 1.4, len(rows)))[:, None])
        light += points if size == 0 else blur(points, 0.55 + 0.25 * size) * (3 + 3 * size)
    return light


def storm(chance: Chance, height: int, width: int) -> Field:
    """A plain under heavy cloud: rain on one side, one field in the sun."""
    y, x = places(height, width)
    ratio, horizon = width / height, chance.uniform(0.62, 0.74)
    distance = 1 / np.clip(horizon + 0.05 - y, 0.05, 1)
    ceiling = noise(chance, (SIDE, SIDE), fall=2.9) + 0.4 * noise(chance, (SIDE, SIDE), fall=2.1)
    above = sampled(ceiling, distance * 0.06, (x - ratio / 2) * distance * 0.05)
    higher = sampled(ceiling, distance * 0.06 + 0.006, (x - ratio / 2) * distance * 0.05)
    glow = np.exp(-(((y - horizon) / 0.13) ** 2))
    cloud = np.clip(0.60 + 0.22 * above + 0.55 * (above - higher), 0.10, 2)
    light = np.array((0.19, 0.235, 0.30)) * cloud[..., None] + glow[..., None] * (0.50, 0.43, 0.30)
    shower = np.exp(-(((x - ratio * chance.uniform(0.2, 0.8) + 0.12 * (y - horizon)) / 0.24) ** 2)) * edge(
        y - horizon + 0.42, 0.16
    )
    streaks = np.clip(0.8 + 0.12 * noise(chance, (height, width), fall=1.6, stretch=0.12), 0, 1)
    light = mix(light, (0.22, 0.25, 0.30), np.clip(0.75 * shower * streaks, 0, 0.85))
    return mix(
        light, _plain(chance, np.clip((y - horizon) / (1 - horizon), 0, 1), x - ratio / 2), edge((y - horizon) * height)
    )


def _plain(chance: Chance, below: Field, aside: Field) -> Field:
    """Flat fields that run to the horizon; one of them lies in the sun."""
    distance = 1 / (below + 0.03)
    grass = noise(chance, (SIDE, SIDE), fall=1.4, low=4)
    broad = noise(chance, (SIDE, SIDE), fall=2.6, low=2)
    texture = 0.4 * sampled(grass, np.log(distance) * 1.1, aside * distance * 0.10) + 0.25 * sampled(
        grass, np.log(distance) * 4.3, aside * distance * 0.41
    )
    strips = sampled(broad, distance * 0.035, aside * distance * 0.012)
    ground = mix((0.075, 0.085, 0.028), (0.17, 0.14, 0.055), np.clip(0.5 + 0.5 * strips, 0, 1))
    lit = np.exp(-(((below - chance.uniform(0.10, 0.25)) / 0.07) ** 2)) * np.clip(
        0.55 + 0.5 * sampled(broad, distance * 0.02, aside * distance * 0.02), 0, 1.6
    )
    shown: Field = ground * np.clip(1 + texture, 0.15, 3)[..., None] * (0.75 + 2.6 * lit)[..., None] * (1.05, 1.0, 0.9)
    return shown


def over_clouds(chance: Chance, height: int, width: int) -> Field:
    """A sea of clouds from a summit, at sunrise."""
    swell = noise(chance, (SIDE, SIDE), fall=3.2, low=2)
    billows = 1 - np.abs(noise(chance, (SIDE, SIDE), fall=2.3, low=4)) / 2.2
    cover = 0.020 * swell + 0.030 * np.clip(billows, 0, 1) ** 1.5
    view = View(chance.random(), chance.random(), 0.11, chance.uniform(0.30, 0.42), angle=1.0, near=0.05, far=2.6)
    where = seen(blur(cover, 1.5), view, height, width, 1200)
    light = blur(sunlight(cover, (1.0, 0.5), 0.28), 1.2)
    shade = np.array((0.20, 0.25, 0.42)) * (0.45 + 12 * cover)[..., None]
    land = sampled(shade + 1.25 * light[..., None] * np.array((1.2, 0.80, 0.55)), where.north, where.east)
    sun = (chance.uniform(0.2, 0.8), view.horizon - 0.06)
    above = sky((height, width), (0.13, 0.24, 0.50), (1.05, 0.72, 0.50), view.horizon, sun)
    return mix(above, haze(land, where, (1.0, 0.74, 0.56), 0.30), where.ground)
