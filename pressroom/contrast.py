"""Contrast of two colours, as WCAG 2.2 defines it (relative luminance and contrast ratio). Pure."""

from __future__ import annotations

from functools import cache

Rgb = tuple[int, int, int]
"""A colour in sRGB; each channel from 0 to 255."""
READABLE = 4.5
"""The least contrast of text with its background (success criterion 1.4.3), as a ratio to 1."""


def luminance(colour: Rgb) -> float:
    """Relative luminance: 0 for black, 1 for white."""
    red, green, blue = (linear_light()[channel] for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def linear_light() -> tuple[float, ...]:
    """The light of each of the 256 values of a channel, from 0 to 1 (IEC 61966-2-1)."""
    shares = [value / 255 for value in range(256)]
    return tuple(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
