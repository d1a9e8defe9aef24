"""Near things: a forest in mist, trees in snow, grass against the light, stone, rain on a window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from scenes.fields import Chance, Colour, Field, blur, choice, edge, line, mix, noise, places, ramp, sampled
from scenes.terrain import SIDE


def forest(chance: Chance, height: int, width: int) -> Field:
    """Trunks in mist, beams of light from above."""
    y, x = places(height, width)
    sun = chance.uniform(0.25, 0.75) * width / height
    glow = np.exp(-np.hypot((x - sun) * 0.9, (y - 0.12) * 0.8) * 2.3)
    mist = np.array((0.72, 0.80, 0.52 + 0.2 * chance.random()))
    light = mist * (0.28 + 1.15 * glow)[..., None]
    leaves = blur(noise(chance, (height, width), fall=1.5), 1.2)
    for layer in range(1, 7):
        near = layer / 6
        light = _undergrowth(chance, light, glow, mist, near)
        bark = np.clip(1 + 0.5 * noise(chance, (height, width), fall=1.4, stretch=6), 0.3, 2.4)
        trunk = np.array((0.031, 0.039, 0.025)) * bark[..., None]
        veil = mix(trunk, mist * (0.3 + glow)[..., None], np.full(y.shape, 1 - np.exp(-2.8 * (1 - near)) * 0.95))
        light = mix(light, veil, _trunks(chance, height, width, near))
        crown = (leaves + 0.55 * noise(chance, (height, width), fall=1.3)) * 0.9 - 1.1 + 2.6 * (0.34 - y) * near
        light = mix(light, np.array((0.03, 0.05, 0.012)) * (1 + 9 * glow[..., None]), np.clip(crown, 0, 1) * near)
    return light + _beams(chance, x - sun, y)[..., None] * (1.1, 1.0, 0.6)


def _undergrowth(chance: Chance, light: Field, glow: Field, mist: Field, near: float) -> Field:
    height, width = glow.shape
    y, _ = places(height, width)
    top = 0.60 + 0.30 * near + 0.012 * line(chance, width, fall=1.8)[None]
    plants = np.clip(1 + 0.9 * noise(chance, (height, width), fall=1.25, stretch=2.2), 0.1, 4)
    ground = np.array((0.05, 0.075, 0.02)) * plants[..., None] * (1 + 2.2 * glow[..., None])
    ground = mix(ground, mist * (0.25 + glow)[..., None], np.full(glow.shape, 0.75 * (1 - near)))
    return mix(light, ground, np.clip((y - top) * height / 6, 0, 1))


def _trunks(chance: Chance, height: int, width: int, near: float) -> Field:
    """Where the trunks of one layer stand: thicker and fewer the nearer they are."""
    y, x = places(height, width)
    mask = np.zeros((height, width))
    for _ in range(int((26 - 24 * near) * width / height / 1.5) + 1):
        foot, thick = chance.uniform(-0.05, width / height + 0.05), (0.004 + 0.026 * near**2) * chance.uniform(0.6, 1.5)
        axis = foot + chance.normal(0, 0.03) * (y[:, :1] - 0.5) + chance.normal(0, 0.015) * np.sin(y[:, :1] * 3 + foot)
        half = thick * (0.75 + 0.5 * y[:, :1] ** 2 + 2 * np.clip(y[:, :1] - (0.68 + 0.2 * near), 0, 1))
        mask = np.maximum(mask, edge((half - np.abs(x - axis)) * height, 0.8))
    return mask


def _beams(chance: Chance, aside: Field, y: Field) -> Field:
    angle = np.arctan2(aside, y + 0.25)
    strength = np.interp(angle, np.linspace(-1.6, 1.6, 600), np.clip(line(chance, 600, fall=1.5, low=6), 0, 3))
    beams: Field = 0.30 * strength * np.exp(-y * 2.0) * np.exp(-np.abs(angle) * 1.3)
    return beams


def snow(chance: Chance, height: int, width: int) -> Field:
    """A field of snow with a few bare trees and their blue shadows."""
    y, x = places(height, width)
    horizon = chance.uniform(0.36, 0.5)
    light = ramp(y, (0, (0.55, 0.66, 0.80)), (horizon, (0.93, 0.90, 0.88)))
    woods = (y - (horizon - 0.01 + 0.012 * line(chance, width, fall=2.0, low=2))[None]) * 14
    light = mix(light, mix((0.36, 0.42, 0.50), (0.82, 0.82, 0.84), np.clip(woods, 0, 1)), edge(woods * height / 14, 2))
    ground = horizon + 0.03 + 0.016 * line(chance, width, fall=3.4)
    below = np.clip((y - ground[None]) / (1 - horizon), 0, 1)
    drifts = blur(noise(chance, (SIDE, SIDE), fall=2.8, stretch=3), 2)
    shape = sampled(drifts, np.log1p(below * 20) * 0.25, np.broadcast_to(x * 0.66, x.shape))
    slope = (np.roll(shape, -2, 1) - shape) * height / 90
    lit = np.clip(0.62 + 0.5 * slope + 0.16 * shape + 0.02 * chance.standard_normal(y.shape), 0, 1)
    light = mix(light, mix((0.40, 0.52, 0.74), (1.03, 0.98, 0.92), lit), edge((y - ground[None]) * height, 1))
    middle = choice(chance, (0.31, 0.66)) * width
    trees = Image.new("L", (width, height))
    for _ in range(int(chance.integers(1, 5))):
        column, size = middle + chance.normal(0, 0.09) * width, chance.uniform(0.07, 0.13) * height
        foot = height * (ground[int(np.clip(column, 0, width - 1))] + 0.015 + 0.02 * chance.random())
        _Tree(chance, ImageDraw.Draw(trees)).branch((column, foot), chance.normal(0, 0.04), size)
        fallen = np.clip(y - foot / height, 0, 1)
        shadow = np.exp(-(((x - column / height - fallen * 1.5) / (0.012 + 0.06 * fallen)) ** 2)) * (fallen > 0)
        light = mix(light, (0.36, 0.48, 0.70), np.clip(shadow * np.exp(-fallen * 5) * 0.5, 0, 1))
    return mix(light, (0.06, 0.055, 0.06), np.asarray(trees, float) / 255)


@dataclass(frozen=True)
class _Tree:
    chance: Chance
    paint: ImageDraw.ImageDraw

    def branch(self, start: tuple[float, float], angle: float, length: float, left: int = 7) -> None:
        """Draw a branch, and the smaller ones that leave it, `left` times over."""
        end = start[0] + np.sin(angle) * length, start[1] - np.cos(angle) * length
        self.paint.line([start, end], fill=255 if left > 2 else 190, width=max(1, int(length / 9)))
        if not left or length <= 1.5:
            return
        for _ in range(3 if left > 2 else 2):
            at = self.chance.uniform(0.6, 1)
            here = start[0] + (end[0] - start[0]) * at, start[1] + (end[1] - start[1]) * at
            turned = angle + self.chance.normal(0, 0.48)
            self.branch(here, turned, length * self.chance.uniform(0.58, 0.82), left - 1)


@dataclass(frozen=True)
class _Palette:
    deep: Colour
    light: Colour
    middle: Colour


_PALETTES = (
    _Palette((0.05, 0.13, 0.03), (0.75, 0.80, 0.22), (0.18, 0.36, 0.06)),
    _Palette((0.12, 0.04, 0.02), (1.1, 0.50, 0.12), (0.5, 0.13, 0.03)),
    _Palette((0.02, 0.04, 0.10), (0.5, 0.7, 1.1), (0.10, 0.16, 0.35)),
)


def grass(chance: Chance, height: int, width: int) -> Field:
    """Blades of grass in focus before discs of light out of it."""
    y, x = places(height, width)
    ratio = width / height
    tones = _PALETTES[int(chance.integers(len(_PALETTES)))]
    ground = np.clip(0.5 + 0.4 * blur(noise(chance, (height, width), fall=3), height / 30), 0, 1)
    light = mix(tones.deep, tones.middle, ground)
    for _ in range(int(46 * ratio)):
        _disc(
            light,
            (chance.uniform(0, ratio), chance.beta(1.3, 2.2)),
            chance.uniform(0.015, 0.07),
            np.array(tones.light) * chance.uniform(0.03, 0.28),
        )
    light = blur(light, height / 260)
    for _ in range(int(chance.integers(9, 20))):
        foot, top = chance.uniform(0.1, 0.9) * ratio, chance.uniform(0.12, 0.6)
        sway, wide, soft = chance.normal(0, 0.25), chance.uniform(0.004, 0.012), choice(chance, (1.2, 1.2, 5, 14))
        up = np.clip((1.02 - y) / (1.02 - top), 0, 1)
        half = wide * (1 - up**1.6) * (y > top)
        off = x - foot - sway * up**2
        blade = np.clip((half - np.abs(off)) * height / soft + (0.5 if soft < 2 else 0.3), 0, 1) * (half > 0)
        rim = np.clip(off / (half + 1e-4), -1, 1) * np.sign(sway)
        colour = mix(
            np.array(tones.middle) * 0.5, np.array(tones.light) * 1.1, np.clip(0.35 + 0.5 * rim + 0.25 * up, 0, 1)
        )
        light = mix(light, colour, blade)
    return light


def _disc(light: Field, middle: tuple[float, float], radius: float, colour: Field) -> None:
    """Add a point of light out of focus, a disc with a brighter rim; lengths are in heights of the picture."""
    height, width = light.shape[:2]
    rows = slice(max(0, int((middle[1] - radius) * height) - 3), max(0, int((middle[1] + radius) * height) + 4))
    columns = slice(max(0, int((middle[0] - radius) * height) - 3), max(0, int((middle[0] + radius) * height) + 4))
    y, x = (axis[rows, columns] for axis in places(height, width))
    off = np.hypot(x - middle[0], y - middle[1])
    disc = edge((radius - off) * height, 1.5) * (0.7 + 0.3 * np.clip(off / radius, 0, 1) ** 4)
    light[rows, columns] += disc[..., None] * colour


def window(chance: Chance, height: int, width: int) -> Field:
    """Rain on a window at night: drops in focus, lights of a street behind them out of it."""
    ratio = width / height
    y, _ = places(height, width)
    light = ramp(y, (0, (0.010, 0.016, 0.034)), (0.6, (0.030, 0.032, 0.05)), (1, (0.015, 0.014, 0.022)))
    lamps = ((1.2, 0.62, 0.18), (1.1, 0.25, 0.12), (0.5, 0.8, 1.0), (1.0, 0.9, 0.7), (0.25, 0.9, 0.45))
    for _ in range(int(58 * ratio)):
        colour = np.array(lamps[int(chance.choice(5, p=(0.42, 0.2, 0.12, 0.2, 0.06)))]) * chance.uniform(0.08, 0.6)
        _disc(
            light,
            (chance.uniform(0, ratio), np.clip(chance.normal(0.58, 0.16), 0, 1)),
            chance.uniform(0.016, 0.05),
            colour,
        )
    light = blur(light, height / 220) + 0.010
    small = np.clip(light, 0, 4)
    for _ in range(int(260 * ratio)):
        radius = 0.003 + 0.016 * chance.random() ** 3
        _drop(light, small, (chance.uniform(0, ratio), chance.random()), radius)
    return light * 1.25


def _drop(light: Field, behind: Field, middle: tuple[float, float], radius: float) -> None:
    """A drop: it shows what is behind it upside down, dark above, with a spark."""
    height, width = light.shape[:2]
    rows = slice(
        max(0, int((middle[1] - radius * 1.2) * height) - 2), max(0, int((middle[1] + radius * 1.2) * height) + 3)
    )
    columns = slice(max(0, int((middle[0] - radius) * height) - 2), max(0, int((middle[0] + radius) * height) + 3))
    y, x = (axis[rows, columns] for axis in places(height, width))
    if not y.size:
        return
    down, across = (y - middle[1]) / (radius * 1.15), (x - middle[0]) / radius
    inside = edge((1 - np.hypot(down, across)) * radius * height, 0.7)
    view = sampled(
        behind,
        np.clip(middle[1] - down * 0.24, 0, 0.999),
        np.clip(middle[0] - across * 0.24, 0, width / height - 0.001) / (width / height),
    )
    shape = np.clip(0.55 + 0.55 * down - 0.35 * np.hypot(down, across) ** 4, 0.04, 1.3)
    spark = np.exp(-(((down + 0.45) ** 2 + (across + 0.3) ** 2) / 0.03)) * 0.5
    light[rows, columns] = mix(light[rows, columns], view * shape[..., None] * 1.5 + spark[..., None], inside)


def stone(chance: Chance, height: int, width: int) -> Field:
    """A wall of dry stones in raking light, lichen on some of them."""
    y, x = places(height, width)
    ratio, rows = width / height, int(chance.integers(7, 11))
    bent = y + 0.008 * noise(chance, (height, width), fall=3.2)
    course = np.floor(bent * rows).astype(int)
    within = bent * rows - course
    joints = np.empty_like(y)
    owner = np.empty(y.shape, dtype=int)
    start = 0
    for row in range(-1, rows + 2):
        cuts = np.sort(np.concatenate([[-0.1], np.cumsum(chance.uniform(0.10, 0.34, int(ratio * 12) + 3)) - 0.1]))
        here = course == row
        across = x[here] + 0.006 * (y[here] * rows % 1)
        stone_of = np.searchsorted(cuts, across)
        stone_of = np.clip(stone_of, 1, len(cuts) - 1)
        joints[here] = np.minimum(across - cuts[stone_of - 1], cuts[stone_of] - across)
        owner[here] = start + stone_of
        start += len(cuts)
    joints = np.minimum(joints, np.minimum(within, 1 - within) / rows) + 0.0035 * noise(
        chance, (height, width), fall=1.8
    )
    swell = np.clip(joints / 0.020, 0, 1)
    relief = (
        0.8 * (1 - (1 - swell) ** 2)
        + 0.10 * noise(chance, (height, width), fall=2.4, low=6)
        + 0.035 * noise(chance, (height, width), fall=1.2)
    )
    relief = relief + 0.35 * chance.random(start + 1)[owner]
    lean = relief - np.roll(relief, (max(1, height // 260), max(1, height // 200)), (0, 1))
    tone = mix((0.20, 0.18, 0.155), (0.36, 0.33, 0.28), chance.random(start + 1)[owner])
    patches = edge(noise(chance, (height, width), fall=1.7, low=3) - 1.25, 0.25)
    tone = mix(tone, _lichen(chance), patches * 0.7)
    lit = np.clip(0.42 + 1.5 * lean, 0.05, 2.2) * (0.25 + 0.75 * edge(swell - 0.25, 0.2))
    wall: Field = tone * lit[..., None] * 2.4
    return wall


def _lichen(chance: Chance) -> Colour:
    return ((0.50, 0.42, 0.10), (0.42, 0.47, 0.36), (0.55, 0.30, 0.08))[int(chance.integers(3))]
