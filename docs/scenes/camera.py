"""The camera: linear light becomes a picture, with what lens and film do to it."""

from __future__ import annotations

import numpy as np
from PIL import Image

from scenes.fields import Chance, Field, places


def exposed(light: Field, chance: Chance, *, grain: float = 1.0) -> Image.Image:
    """Light as a picture in sRGB: darker in its corners, with a shoulder in the highlights and a fine grain."""
    height, width = light.shape[:2]
    y, x = places(height, width)
    off = np.hypot(x - width / height / 2, y - 0.5) / np.hypot(width / height / 2, 0.5)
    light = np.clip(light, 0, 8) * (1 - 0.30 * off**2.4)[..., None]
    light = np.clip(light * (1 + 0.18 * light) / (1 + light * 0.62), 0, 1)
    shown = np.where(light < 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    shown = shown + grain * (
        chance.standard_normal((height, width, 1)) * 0.010 + chance.standard_normal(shown.shape) * 0.004
    )
    return Image.fromarray((np.clip(shown * 1.05 - 0.012, 0, 1) * 255 + 0.5).astype("uint8"))
