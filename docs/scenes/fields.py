"""Fields: arrays of heights, covers or colours over a picture, made by chance from a seed.

A field has the shape (height, width), a field of colours (height, width, 3). Colours are linear light, 1 is white.
Noise is made in the frequency domain: the power of its waves falls with their frequency, as in clouds and mountains.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Field = NDArray[np.float64]
Chance = np.random.Generator
Colour = tuple[float, float, float]


def places(height: int, width: int) -> tuple[Field, Field]:
    """The place of every pixel: y from 0 to 1, x from 0 to the ratio of the sides."""
    y, x = np.mgrid[0:height, 0:width] / height
    return y, x


def mix(first: ArrayLike, second: ArrayLike, share: ArrayLike) -> Field:
    """Colours between two, by the share of the second one at every pixel."""
    part = np.asarray(share, dtype=float)[..., None]
    blended: Field = np.asarray(first) * (1 - part) + np.asarray(second) * part
    return blended


def ramp(along: Field, *stops: tuple[float, Colour]) -> Field:
    """Colours along a field of numbers, between stops in rising order."""
    at = [where for where, _ in stops]
    return np.stack([np.interp(along, at, [colour[k] for _, colour in stops]) for k in range(3)], -1)


def edge(field: Field, soft: float = 0.7) -> Field:
    """0 to 1 where `field`, in pixels, passes 0: an edge that is smooth over about two pixels of softness."""
    return np.clip(field / (2 * soft) + 0.5, 0, 1)


def noise(chance: Chance, size: tuple[int, int], *, fall: float = 2.0, stretch: float = 1.0, low: float = 0.8) -> Field:
    """A field of `size` (height, width), of mean 0 and deviation 1, which repeats at its sides.

    `fall` is how fast the power falls with the frequency (0 is white noise, 2 clouds, 4 hills); `stretch` draws it out
    sideways; waves longer than the height divided by `low` are left out.
    """
    height, width = size
    down = np.fft.fftfreq(height)[:, None] * height
    across = np.fft.rfftfreq(width)[None] * height * stretch
    frequency = np.sqrt(down * down + across * across)
    frequency[0, 0] = 1
    waves = np.fft.rfft2(chance.standard_normal((height, width))) * frequency ** (-fall / 2) * (frequency > low)
    return _even(np.fft.irfft2(waves, s=(height, width)))


def band(chance: Chance, side: int, frequency: float) -> Field:
    """A square field whose waves lie within an octave: one layer of mountains."""
    down, across = np.fft.fftfreq(side)[:, None] * side, np.fft.rfftfreq(side)[None] * side
    octave = np.log2(np.maximum(np.hypot(down, across), 1e-9) / frequency)
    waves = np.fft.rfft2(chance.standard_normal((side, side))) * np.exp(-((octave / 0.45) ** 2))
    return _even(np.fft.irfft2(waves, s=(side, side)))


def line(chance: Chance, length: int, *, fall: float = 2.4, low: float = 1) -> Field:
    """Noise in one dimension: a crest, or the edge of water."""
    frequency = np.fft.rfftfreq(2 * length) * 2 * length
    frequency[0] = 1
    waves = np.fft.rfft(chance.standard_normal(2 * length)) * frequency ** (-fall / 2) * (frequency >= low)
    return _even(np.fft.irfft(waves, 2 * length)[:length])


def blur(field: Field, radius: float) -> Field:
    """A field, or one of colours, smoothed by a Gaussian of `radius` pixels; it repeats at its sides."""
    if field.ndim == 3:
        return np.stack([blur(field[..., k], radius) for k in range(field.shape[2])], -1)
    height, width = field.shape
    squares = np.fft.fftfreq(height)[:, None] ** 2 + np.fft.rfftfreq(width)[None] ** 2
    smooth: Field = np.fft.irfft2(np.fft.rfft2(field) * np.exp(-2 * (np.pi * radius) ** 2 * squares), s=(height, width))
    return smooth


def sampled(field: Field, y: Field, x: Field) -> Field:
    """A field that repeats, read between its points; `y` and `x` count its sides, so that 1 is once around."""
    height, width = field.shape[:2]
    down, across = y * height, x * width
    top, left = np.floor(down).astype(int), np.floor(across).astype(int)
    lower, right = (down - top)[..., None], (across - left)[..., None]
    values = field if field.ndim == 3 else field[..., None]
    corner = [[values[(top + i) % height, (left + j) % width] for j in (0, 1)] for i in (0, 1)]
    rows = [(1 - right) * pair[0] + right * pair[1] for pair in corner]
    read: Field = (1 - lower) * rows[0] + lower * rows[1]
    return read if field.ndim == 3 else read.reshape(y.shape)


def clouds(
    chance: Chance, size: tuple[int, int], *, amount: float = 0.5, soft: float = 0.5, stretch: float = 3
) -> Field:
    """How much cloud covers each pixel, 0 to 1."""
    shape = noise(chance, size, fall=2.7, stretch=stretch)
    shape = shape + 0.35 * noise(chance, size, fall=1.8, stretch=stretch * 1.5)
    cover: Field = np.clip((shape - (1 - 2 * amount)) / (2 * soft), 0, 1)
    return cover


def cells(distances: Iterable[Field]) -> tuple[NDArray[np.int64], Field]:
    """The nearest of some points at each place, by its number, and how much further away the second one is.

    `distances` are those to each point in turn (S. Worley, A Cellular Texture Basis Function, 1996).
    """
    nearest, first, second = np.array(0), np.array(np.inf), np.array(np.inf)
    for number, away in enumerate(distances):
        nearest = np.where(away < first, number, nearest)
        second = np.where(away < first, first, np.minimum(second, away))
        first = np.minimum(first, away)
    return nearest, second - first


def choice(chance: Chance, values: Sequence[float]) -> float:
    """One of the values."""
    return values[int(chance.integers(len(values)))]


def _even(field: Field) -> Field:
    even: Field = (field - field.mean()) / (field.std() + 1e-9)
    return even
